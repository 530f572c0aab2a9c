//! A town's server as a process.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::programs::command_under;

/// A server; it is killed when it goes out of scope.
pub struct Server {
    under: Vec<OsString>,
    place: Vec<OsString>,
    log: PathBuf,
    now: String,
    address: String,
    options: Vec<OsString>,
    environment: Vec<(String, String)>,
    child: Option<Child>,
}

impl Server {
    /// Starts one on a free port and waits until it listens. `place` are the options that say where its town lies,
    /// `log` is the file of its log.
    pub fn start(place: Vec<OsString>, log: PathBuf, now: &str) -> Self {
        Self::start_under(Vec::new(), place, log, now, "127.0.0.1:0")
    }

    /// The same under another program, such as one that takes it into a network of its own, at an
    /// address of that network.
    pub fn start_under(
        under: Vec<OsString>,
        place: Vec<OsString>,
        log: PathBuf,
        now: &str,
        listen: &str,
    ) -> Self {
        Self::start_in(under, listen, place, log, now, &[], &[])
    }

    /// Starts one on a free port with these options of `serve` and these settings in its environment.
    pub fn start_with(
        place: Vec<OsString>,
        log: PathBuf,
        now: &str,
        options: &[&str],
        environment: &[(&str, String)],
    ) -> Self {
        Self::start_in(Vec::new(), "127.0.0.1:0", place, log, now, options, environment)
    }

    /// The same under another program, at an address of its network.
    #[expect(clippy::too_many_arguments, reason = "each is what a process is started with")]
    pub fn start_in(
        under: Vec<OsString>,
        listen: &str,
        place: Vec<OsString>,
        log: PathBuf,
        now: &str,
        options: &[&str],
        environment: &[(&str, String)],
    ) -> Self {
        let mut server = Self {
            under,
            place,
            log,
            now: now.to_owned(),
            address: listen.to_owned(),
            options: options.iter().map(OsString::from).collect(),
            environment: environment
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            child: None,
        };
        server.launch();
        server
    }

    /// `host:port`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its address as a tablet is told it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends it as a power cut would, between any two instructions.
    ///
    /// # Panics
    /// When it has ended already, or cannot be ended.
    pub fn kill9(&mut self) {
        let mut child = self.child.take().expect("a server that runs");
        child.kill().expect("one's own child can be killed");
        child.wait().expect("a killed child ends");
    }

    /// Ends it as its host would: it finishes what is under way.
    ///
    /// # Panics
    /// When it does not run, or does not end well.
    pub fn stop(&mut self) {
        let mut child = self.child.take().expect("a server that runs");
        let asked = Command::new("kill")
            .arg(child.id().to_string())
            .status()
            .expect("kill");
        assert!(asked.success());
        let status = child.wait().expect("a child that was asked to ends");
        assert!(
            status.success(),
            "the server ended with {status}; its log:\n{}",
            self.log()
        );
    }

    /// Whether it runs, as far as nobody but its owner ended it.
    pub fn runs(&self) -> bool {
        self.child.is_some()
    }

    /// Starts it again on the same port, and at the time stated at first.
    pub fn restart(&mut self) {
        assert!(self.child.is_none(), "it runs");
        self.launch();
    }

    /// Starts it again at another time.
    pub fn restart_at(&mut self, now: &str) {
        now.clone_into(&mut self.now);
        self.restart();
    }

    /// The most memory it ever had in use, in MiB.
    ///
    /// # Panics
    /// When it does not run.
    pub fn peak_mib(&self) -> u64 {
        let id = self.child.as_ref().expect("a server that runs").id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("its status");
        let line = status.lines().find(|line| line.starts_with("VmHWM"));
        let digits: String = line
            .unwrap_or_default()
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        digits.parse::<u64>().expect("its memory in KiB") >> 10
    }

    /// Everything it logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn launch(&mut self) {
        let log = File::options()
            .create(true)
            .append(true)
            .open(&self.log)
            .expect("a file for the log");
        let mut child = command_under(&self.under, "preau-server")
            .args(&self.place)
            .args(["--now", &self.now, "--json", "serve", "--listen", &self.address])
            .args(&self.options)
            .envs(self.environment.iter().cloned())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("preau-server can be started");
        let stdout = child.stdout.take().expect("its stdout is ours");
        self.child = Some(child);
        let mut line = String::new();
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("its first line");
        let said: serde_json::Value = serde_json::from_str(&line)
            .unwrap_or_else(|_| panic!("it does not listen: {line:?}; its log:\n{}", self.log()));
        said["listening"]
            .as_str()
            .expect("an address")
            .clone_into(&mut self.address);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
