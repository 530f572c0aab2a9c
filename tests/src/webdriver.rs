//! A window driven as a hand and an eye would: the tablet app's by WebKitWebDriver, a browser's by
//! chromedriver. Gestures are real ones; what the page shows is read from its document.

use std::fs;
use std::io::Error;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::time::timeout;

use crate::clock::wait_for;
use crate::programs;
use crate::screen::Screen;

/// How long one command may take; a driver that waits for a window which never comes says nothing.
const COMMAND: Duration = Duration::from_mins(1);

/// A window and the driver that moves it.
pub struct Browser {
    runtime: Runtime,
    client: Option<Client>,
    driver: Child,
    /// A folder that no other process knows of: who names it belongs to this window.
    folder: PathBuf,
}

impl Browser {
    /// Opens the tablet app's window. `home` is the tablet's own folder.
    pub fn tablet(screen: &Screen, home: &Path, now: &str) -> Self {
        let app = programs::find("preau-tablet-app");
        // The driver hands its surroundings on to the app.
        let driver = || {
            let mut driver = Command::new("WebKitWebDriver");
            driver
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("DISPLAY", screen.display())
                .env("PREAU_TABLET_HOME", home)
                .env("XDG_DATA_HOME", home.join("xdg-data"))
                .env("XDG_CACHE_HOME", home.join("xdg-cache"))
                .env("XDG_CONFIG_HOME", home.join("xdg-config"))
                .env_remove("WAYLAND_DISPLAY")
                .env_remove("RUST_LOG")
                .arg("--host=127.0.0.1");
            driver
        };
        let wanted = json!({"webkitgtk:browserOptions": {"binary": app, "args": ["--now", now]}});
        Self::open(driver, home, &wanted)
    }

    /// Opens a desk's browser. `profile` is its folder.
    pub fn desk(profile: &Path) -> Self {
        Self::chromium(profile, &json!({}), &Value::Null)
    }

    /// Opens a desk's browser whose user has switched scripts off. What a test asks the driver for
    /// is not of the page, and still answered.
    pub fn desk_without_scripts(profile: &Path) -> Self {
        let off = json!({"profile.managed_default_content_settings.javascript": 2});
        Self::chromium(profile, &off, &Value::Null)
    }

    /// Opens the browser of a telephone, 390 pixels wide, with scripts on or off.
    pub fn phone(profile: &Path, scripted: bool) -> Self {
        let javascript = if scripted { 1 } else { 2 };
        let preferences = json!({"profile.managed_default_content_settings.javascript": javascript});
        let screen =
            json!({"deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 2.0, "touch": false}});
        Self::chromium(profile, &preferences, &screen)
    }

    fn chromium(profile: &Path, preferences: &Value, screen: &Value) -> Self {
        let arguments = [
            "--headless".to_owned(),
            // Tests may run as root, where Chromium's sandbox refuses to.
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--window-size=1280,900".to_owned(),
            format!("--user-data-dir={}", profile.display()),
        ];
        let mut options = json!({"args": arguments, "prefs": preferences});
        if !screen.is_null() {
            options["mobileEmulation"] = screen.clone();
        }
        let wanted = json!({"browserName": "chrome", "goog:chromeOptions": options});
        Self::open(|| Command::new("chromedriver"), profile, &wanted)
    }

    /// A driver now and then loses the window it started, and waits for it in silence: that one is ended, and another
    /// tries once. A program that really does not start fails both times.
    fn open(driver: impl Fn() -> Command, folder: &Path, wanted: &Value) -> Self {
        Self::opened(driver(), folder, wanted)
            .or_else(|| Self::opened(driver(), folder, wanted))
            .expect("a window opens within a minute, at the second try at the latest")
    }

    fn opened(mut command: Command, folder: &Path, wanted: &Value) -> Option<Self> {
        fs::create_dir_all(folder).expect("a folder for the window");
        let name = command.get_program().to_string_lossy().into_owned();
        let port = free_port();
        let driver = command
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| cannot_start(&name, &error));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime for one window");
        let mut browser = Self {
            runtime,
            client: None,
            driver,
            folder: folder.to_owned(),
        };
        wait_for(&name, || TcpStream::connect(("127.0.0.1", port)).ok());
        let wanted = wanted.as_object().expect("written as an object above").clone();
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted);
        let session = browser
            .runtime
            .block_on(async { timeout(COMMAND, builder.connect(&address)).await });
        match session {
            Ok(client) => browser.client = Some(client.expect("the window opens")),
            Err(_) => {
                eprintln!("{name}: no window within a minute");
                return None;
            }
        }
        Some(browser)
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("a window that is open")
    }

    fn run<T>(&self, command: impl Future<Output = Result<T, CmdError>>) -> Result<T, CmdError> {
        let done = self.runtime.block_on(async { timeout(COMMAND, command).await });
        done.expect("the driver answers within a minute")
    }

    // --- reading -------------------------------------------------------------------------------

    /// What a script of the test answers; `None` while the page is between two documents.
    pub fn look(&self, script: &str, about: &[Value]) -> Option<Value> {
        self.run(self.client().execute(script, about.to_vec())).ok()
    }

    /// What a script of the test answers.
    ///
    /// # Panics
    /// When it fails.
    #[track_caller]
    pub fn read(&self, script: &str, about: &[Value]) -> Value {
        self.run(self.client().execute(script, about.to_vec()))
            .expect("a script that runs")
    }

    /// What a script answers that calls its last argument when it is done.
    ///
    /// # Panics
    /// When it fails.
    #[track_caller]
    pub fn read_later(&self, script: &str) -> Value {
        self.run(self.client().execute_async(script, Vec::new()))
            .expect("a script that runs")
    }

    /// Whether something is in the document.
    pub fn has(&self, selector: &str) -> bool {
        let found = self.look(
            "return document.querySelector(arguments[0]) !== null",
            &[selector.into()],
        );
        found == Some(Value::Bool(true))
    }

    /// Waits until something is in the document.
    #[track_caller]
    pub fn wait(&self, selector: &str) {
        wait_for(selector, || self.has(selector).then_some(()));
    }

    /// What people read there, with plain spaces; nothing where there is nothing.
    pub fn words(&self, selector: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        let text = self.look(script, &[selector.into()]);
        let text = text.as_ref().and_then(Value::as_str).unwrap_or_default();
        text.replace(['\u{a0}', '\u{202f}', '\n'], " ").trim().to_owned()
    }

    /// Waits until people read that there.
    #[track_caller]
    pub fn wait_words(&self, selector: &str, part: &str) {
        let waited = format!("« {part} » in {selector}");
        wait_for(&waited, || self.words(selector).contains(part).then_some(()));
    }

    /// An attribute of something.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let script = "return document.querySelector(arguments[0])?.getAttribute(arguments[1])";
        self.look(script, &[selector.into(), name.into()])?
            .as_str()
            .map(str::to_owned)
    }

    /// The `data-testid` of what the keyboard stands on.
    pub fn focus(&self) -> String {
        let focus = self.read("return document.activeElement?.dataset.testid ?? ''", &[]);
        focus.as_str().unwrap_or_default().to_owned()
    }

    // --- gestures ------------------------------------------------------------------------------

    /// Goes to an address.
    ///
    /// # Panics
    /// When it cannot be reached.
    pub fn visit(&self, address: &str) {
        self.run(self.client().goto(address))
            .expect("an address that answers");
    }

    /// Loads the page anew.
    ///
    /// # Panics
    /// When it cannot be loaded.
    pub fn reload(&self) {
        self.run(self.client().refresh()).expect("a page that loads");
    }

    /// Clicks, once it can be clicked: what lies beyond the edge is scrolled to first.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let scroll = "document.querySelector(arguments[0])?.closest('li, button, a')?.scrollIntoView({block: 'nearest'})";
        wait_for(&format!("a click on {selector}"), || {
            self.look(scroll, &[selector.into()])?;
            let found = self.find(selector)?;
            self.run(found.click()).ok()
        });
    }

    /// Clicks what asks for another page, and waits until that page is there: what a test then waits for may have
    /// stood on the page before too.
    #[track_caller]
    pub fn leave(&self, selector: &str) {
        self.read("window.left = false", &[]);
        self.click(selector);
        wait_for(&format!("another page after {selector}"), || {
            let arrived = "return window.left === undefined && document.readyState === 'complete'";
            (self.look(arrived, &[]) == Some(Value::Bool(true))).then_some(())
        });
    }

    /// Holds the tablet upright.
    ///
    /// # Panics
    /// When the window does not take the size.
    pub fn upright(&self) {
        self.run(self.client().set_window_size(800, 1280))
            .expect("a window of another size");
        wait_for("a window held upright", || {
            let width = self.look("return window.innerWidth", &[])?;
            (width.as_u64()? <= 800).then_some(())
        });
    }

    /// Types in place of what stood there.
    #[track_caller]
    pub fn fill(&self, selector: &str, text: &str) {
        let field = wait_for(selector, || self.find(selector));
        self.run(field.clear()).expect("a field that can be emptied");
        self.run(field.send_keys(text)).expect("a field that takes text");
    }

    /// Presses a key where the keyboard stands.
    ///
    /// # Panics
    /// When the window does not take it.
    #[track_caller]
    pub fn press(&self, key: char) {
        let focus = self
            .run(self.client().active_element())
            .expect("something has the focus");
        self.run(focus.send_keys(&key.to_string()))
            .expect("a key that is taken");
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.run(self.client().find(Locator::Css(selector))).ok()
    }

    // --- ending --------------------------------------------------------------------------------

    /// Ends a program of this window as a power cut would.
    ///
    /// # Panics
    /// When it does not run.
    pub fn kill9(mut self, program: &Path) {
        // The session dies with it: there is nothing to close.
        self.client = None;
        let is_it = |pid: &u32| {
            let path = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
            // So the kernel calls a program that was built anew since it was started.
            path.to_string_lossy().trim_end_matches(" (deleted)") == program.to_string_lossy()
        };
        let pid = self.processes().into_iter().find(is_it);
        kill9(pid.unwrap_or_else(|| panic!("{} does not run", program.display())));
    }

    /// The processes of this window: they know its folder.
    fn processes(&self) -> Vec<u32> {
        let folder = self.folder.to_string_lossy().into_owned();
        let numbers = fs::read_dir("/proc").into_iter().flatten().flatten();
        let others = |pid: &u32| *pid != std::process::id();
        let pids = numbers.filter_map(|entry| entry.file_name().to_string_lossy().parse().ok());
        let names_it = |pid: &u32| {
            ["environ", "cmdline"].iter().any(|file| {
                let bytes = fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
                String::from_utf8_lossy(&bytes).contains(&folder)
            })
        };
        pids.filter(others).filter(names_it).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let _ = self
                .runtime
                .block_on(async { timeout(COMMAND, client.close()).await });
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        // A driver that is killed leaves its window behind.
        self.processes().into_iter().for_each(kill9);
    }
}

fn kill9(pid: u32) {
    // One that ended by itself meanwhile is as good.
    let _ = Command::new("kill")
        .args(["-9", &pid.to_string()])
        .stderr(Stdio::null())
        .status();
}

/// A port nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}

/// Fails with what to do.
pub(crate) fn cannot_start(name: &str, error: &Error) -> ! {
    panic!("{name} cannot be started ({error}). Run: scripts/setup.sh tests (make test does that by itself).")
}
