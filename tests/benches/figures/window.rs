//! The tablet's window: how soon the list is there, and how soon it follows a letter.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use serde_json::{Value, json};
use sync_server::clock::Stopwatch;
use system_tests::clock::pause;
use system_tests::screen::Pixels;
use system_tests::{Browser, Screen, programs};

use crate::measure::{Figure, Samples, Unit};
use crate::town::{Client, FINE, Serving, Town, folder, tablet};

/// Children of the list.
const CHILDREN: usize = 400;
/// Starts measured in a run, after one that warms the disk.
const STARTS: usize = 3;
/// How often the list is shown in a run, and how often each search is typed.
const ROUNDS: usize = 3;
/// Frames that the page may take for one step; beyond, the bench says which step it was and ends.
const PATIENCE: usize = 400;
/// When the window is opened: an evening of the bench's day.
const NOW: &str = "2026-11-23T16:35:00+01:00";
/// Lines of the screen on which rows stand: every seventh, so that no row slips through.
const ROWS: (u64, u64) = (300, 680);
/// A screen that does not change for so long shows all it will.
const AT_REST_S: f64 = 1.5;
/// The goal for a start, in ms.
const START_MS: f64 = 2000.0;

/// From the start of the program to its first list, by the screen's own pixels.
pub(crate) fn cold_start() -> Vec<Figure> {
    let home = enrolled_home();
    let pixels = folder();
    let screen = Screen::watched(pixels.path());
    let looked_at = Pixels::of(pixels.path());
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    for start in 0..=STARTS {
        let app = open_app(home.path(), &screen);
        let (first, list) = watch(&looked_at);
        close(app);
        if start > 0 {
            ours.add(list);
            floor.add(first);
        }
    }
    let median = ours.quantile(0.5);
    let goal = if median < START_MS { "met" } else { "MISSED" };
    let note = format!(
        "cold start: {STARTS} starts with {CHILDREN} children on the list and no server; \
         half of them took {median:.0} ms at most (goal below {START_MS:.0} ms: {goal}); {}",
        screens_size()
    );
    vec![Figure {
        name: "start of the app to its first list".into(),
        ours,
        floor,
        goal: None,
        unit: Unit::Ms,
        notes: vec![note],
    }]
}

/// A tablet's folder with the list of the bench's town, its server gone.
fn enrolled_home() -> tempfile::TempDir {
    let town = Town::founded(1, CHILDREN);
    let (server, client) = (Serving::start(town.router()), Client::new());
    let home = folder();
    drop(tablet(home.path(), &town, &server, &client));
    home
}

fn open_app(home: &Path, screen: &Screen) -> Child {
    Command::new(programs::find("preau-tablet-app"))
        .args(["--now", NOW])
        .env("DISPLAY", screen.display())
        .env("PREAU_TABLET_HOME", home)
        .env("XDG_DATA_HOME", home.join("xdg-data"))
        .env("XDG_CACHE_HOME", home.join("xdg-cache"))
        .env("XDG_CONFIG_HOME", home.join("xdg-config"))
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect(FINE)
}

fn close(mut app: Child) {
    app.kill().expect(FINE);
    app.wait().expect(FINE);
    // Its web process goes a moment after it, and the next start must not share the processor with it.
    pause(Duration::from_millis(700));
}

/// Seconds until the window drew anything, and until the rows stood as they stayed.
fn watch(pixels: &Pixels) -> (f64, f64) {
    let rows = || pixels.lines((ROWS.0..ROWS.1).step_by(7));
    let watch = Stopwatch::start();
    let (mut seen, mut first, mut last) = (rows(), None, 0.0);
    loop {
        pause(Duration::from_millis(3));
        let (now, at) = (rows(), watch.seconds());
        if now != seen {
            seen = now;
            first = first.or(Some(at));
            last = at;
        }
        if let Some(first) = first
            && at - last > AT_REST_S
        {
            return (first, last);
        }
        assert!(at < 60.0, "the window shows nothing after a minute");
    }
}

/// What the screens weigh.
fn screens_size() -> String {
    let wasm = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app-tablet/dist/tablet_ui_bg.wasm");
    let raw = fs::metadata(&wasm).map_or(0, |file| file.len());
    let packed = Command::new("gzip").arg("-9c").arg(&wasm).output().expect(FINE);
    let packed = packed.stdout.len();
    let goal = if packed < 500_000 { "met" } else { "MISSED" };
    format!("the screens are {raw} bytes of wasm, {packed} by gzip (goal below 500,000: {goal})")
}

/// The list of 400 children in the window, beside a page of HTML that shows the same rows.
pub(crate) fn list() -> Vec<Figure> {
    let home = enrolled_home();
    let screen = Screen::landscape();
    let window = Browser::tablet(&screen, home.path(), NOW);
    window.wait(&format!("li.row:nth-of-type({CHILDREN})"));
    let page = static_page(&window);

    let (shown, typed) = (rounds(&window, &show_script()), rounds(&window, &type_script()));

    let server = Serving::start(Router::new().route("/", get(move || async move { Html(page) })));
    window.visit(&format!("{}/", server.address));
    window.wait("li.row");
    window.read(STATIC_LIST, &[]);
    let (shown_static, typed_static) = (rounds(&window, &show_script()), rounds(&window, &type_script()));

    let note = format!(
        "the list: {CHILDREN} children; shown {ROUNDS} times, {} letters typed and taken back; \
         a frame of this window is 16.7 ms, a tick of its clock 1 ms",
        ROUNDS * WORDS.len()
    );
    vec![
        Figure {
            name: "list of 400 children: asked for to painted".into(),
            ours: shown,
            floor: shown_static,
            goal: None,
            unit: Unit::Ms,
            notes: vec![note],
        },
        Figure {
            name: "list of 400 children: letter typed to painted".into(),
            ours: typed,
            floor: typed_static,
            goal: None,
            unit: Unit::Ms,
            notes: Vec::new(),
        },
    ]
}

/// What is typed, a letter more or less each time.
const WORDS: [&str; 8] = ["n", "no", "nom", "nom5", "nom51", "nom5", "nom", ""];

/// A script of its own for each round: a driver gives up on one that lasts half a minute, which a few rounds do where
/// two processors draw the window and all else.
fn rounds(window: &Browser, script: &str) -> Samples {
    let mut all = Samples::default();
    for _ in 0..ROUNDS {
        all.extend(samples(&window.read_later(script)));
    }
    all
}

/// How the two scripts below wait for the eye: a frame is begun, and the task after it runs.
fn script(work: &str) -> String {
    format!(
        "const done = arguments[arguments.length - 1];
        const painted = () => new Promise(done => requestAnimationFrame(() => {{
            const line = new MessageChannel();
            line.port1.onmessage = done;
            line.port2.postMessage(0);
        }}));
        const until = async (what, holds) => {{
            for (let n = 0; !holds(); n += 1) {{
                if (n > {PATIENCE}) throw `after {PATIENCE} frames still not ${{what}}: ${{rows()}} rows, ${{seen()}} shown`;
                await painted();
            }}
        }};
        const rest = async () => {{ for (let n = 0; n < 4; n += 1) await painted(); }};
        const rows = () => document.querySelectorAll('li.row').length;
        const seen = () => document.querySelectorAll('li.row:not([hidden])').length;
        const idle = () => document.querySelector('.rows').getAttribute('aria-busy') === 'false';
        const click = id => document.querySelector(`[data-testid=\"${{id}}\"]`).click();
        const times = [];
        (async () => {{ {work} return times; }})().then(done, cause => done(String(cause)));"
    )
}

/// Leaves the list and comes back to it.
fn show_script() -> String {
    script(&format!(
        "click('date-prev');
        await until('an empty day', () => rows() === 0 && idle());
        await rest();
        const from = performance.now();
        click('date-next');
        await until('the whole list', () => rows() >= {CHILDREN});
        await painted();
        times.push(performance.now() - from);
        await until('at rest', idle);
        await rest();"
    ))
}

/// Types into the search.
fn type_script() -> String {
    script(&format!(
        "const field = document.querySelector('[data-testid=\"search\"]');
        const begins = word => name => name.textContent.toLowerCase().split(' ').some(part => part.startsWith(word));
        const wanted = word => [...document.querySelectorAll('li.row .name')].filter(begins(word)).length;
        for (const word of {words}) {{
            const goal = wanted(word);
            await rest();
            field.value = word;
            const from = performance.now();
            field.dispatchEvent(new Event('input', {{bubbles: true}}));
            await painted();
            times.push(performance.now() - from);
            await until(`${{goal}} rows for ${{word}}`, () => seen() === goal);
        }}",
        words = json!(WORDS)
    ))
}

/// Times in ms as a script gave them.
fn samples(times: &Value) -> Samples {
    let mut samples = Samples::default();
    let list = times.as_array().unwrap_or_else(|| panic!("the list: {times}"));
    for time in list {
        samples.count(time.as_f64().expect(FINE));
    }
    samples
}

/// The page as it stands, without its program: the same rows, the same styles.
fn static_page(window: &Browser) -> String {
    let script = "const page = document.documentElement.cloneNode(true);
        page.querySelectorAll('script, link').forEach(part => part.remove());
        return page.outerHTML";
    let html = window.read(script, &[]);
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app-tablet/dist");
    let mut sheets: Vec<_> = fs::read_dir(dist)
        .expect(FINE)
        .flatten()
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "css"))
        .collect();
    // base.css says the order of the layers, and comes first by its name.
    sheets.sort();
    let styles: String = sheets
        .iter()
        .map(|sheet| fs::read_to_string(sheet).expect(FINE))
        .collect();
    let html = html.as_str().expect(FINE);
    html.replacen("</head>", &format!("<style>{styles}</style></head>"), 1)
}

/// The least that makes a static list answer the two scripts: the rows go and come back as HTML, and a letter hides
/// those that do not have it.
const STATIC_LIST: &str = "const list = document.querySelector('li.row').parentElement;
    const html = list.innerHTML;
    document.querySelector('[data-testid=\"date-prev\"]').onclick = () => { list.innerHTML = ''; };
    document.querySelector('[data-testid=\"date-next\"]').onclick = () => { list.innerHTML = html; };
    document.querySelector('[data-testid=\"search\"]').oninput = event => {
        const word = event.target.value.toLowerCase();
        for (const row of list.children) {
            const parts = row.querySelector('.name').textContent.toLowerCase().split(' ');
            row.hidden = !parts.some(part => part.startsWith(word));
        }
    };";
