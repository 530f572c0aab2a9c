//! The families' first page, before log-in and after, beside a static page of the same size and beside a Django page
//! that asks the same questions of the same store: requests a second of one core, and how long a browser waits.

mod django;
mod still;

use serde_json::Value;
use sync_server::clock::Stopwatch;
use sync_server::demo;

use crate::board::{cookie_of, encoded};
use crate::hosts::{Line, Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::town::FINE;
use django::Django;
use still::Still;
pub(crate) use still::serve;

/// Browsers that ask at the same time.
const BROWSERS: usize = 4;
/// Pages that each asks for in one turn.
const PAGES: usize = 150;
/// Turns of a run: whoever goes first changes.
const TURNS: usize = 3;
/// The page.
const PAGE: &str = "/demo/";
/// The share of Django's processor time that a page may take.
const SHARE: f64 = 1.0 / 20.0;

/// Someone who serves the page.
trait Server {
    /// `host:port`.
    fn address(&self) -> &str;
    /// Milliseconds of processor time so far, of all its processes.
    fn processor_ms(&self) -> f64;
}

impl Server for Process {
    fn address(&self) -> &str {
        self.address()
    }

    fn processor_ms(&self) -> f64 {
        self.processor_ms()
    }
}

/// What one server took in one run.
#[derive(Clone, Default)]
struct Taken {
    /// How long each page took.
    waits: Samples,
    /// Milliseconds of processor time, of all pages together.
    processor_ms: f64,
    seconds: f64,
    bytes: usize,
}

impl Taken {
    /// Milliseconds of processor time a page.
    fn a_page(&self) -> f64 {
        self.processor_ms / (BROWSERS * PAGES * TURNS) as f64
    }

    /// What one core would serve in a second, if it did nothing else.
    fn a_core(&self) -> f64 {
        1000.0 / self.a_page()
    }
}

pub(crate) fn measure(runs: usize) -> Vec<Vec<Figure>> {
    let mut all: Vec<Vec<Figure>> = (0..runs).map(|_| Vec::new()).collect();
    for place in [Place::files(), Place::postgres()] {
        let host = place.host();
        let slug = "demo".parse().expect(FINE);
        let commune = host.create(&slug, "Ville", "Europe/Paris", "mairie").expect(FINE);
        demo::fill(&host, &commune, 1).expect(FINE);
        drop((commune, host));
        let ours = Process::start(&place);
        ours.surveyed(1);
        let django = Django::start(&place);
        let family = log_in(&place, ours.address());
        for (who, cookie) in [("a family that is in", family.as_str()), ("anybody", "")] {
            let page = Line::to(ours.address()).get(PAGE, cookie).1.len();
            let still = Still::start(page);
            for run in &mut all {
                let parties: [&dyn Server; 3] = [&ours, &still, &django];
                let taken = turns(parties, cookie);
                run.extend(figures(&format!("home, {who}, {}", place.engine()), &taken));
            }
        }
    }
    all
}

/// Each in turn, several times.
fn turns(parties: [&dyn Server; 3], cookie: &str) -> [Taken; 3] {
    let mut all: [Taken; 3] = Default::default();
    for turn in 0..TURNS {
        for nth in 0..parties.len() {
            let nth = (nth + turn) % parties.len();
            let (party, taken) = (parties[nth], &mut all[nth]);
            let (before, watch) = (party.processor_ms(), Stopwatch::start());
            let (waits, bytes) = ask(party.address(), cookie);
            taken.seconds += watch.seconds();
            taken.processor_ms += party.processor_ms() - before;
            taken.waits.extend(waits);
            taken.bytes = bytes;
        }
    }
    all
}

/// Every browser asks for its pages, one after the other. Also answers how many bytes a page has.
fn ask(server: &str, cookie: &str) -> (Samples, usize) {
    std::thread::scope(|scope| {
        let browser = || {
            let mut line = Line::to(server);
            let mut samples = Samples::default();
            let mut bytes = 0;
            for _ in 0..PAGES {
                let (head, page) = samples.time(|| line.get(PAGE, cookie));
                assert!(head.contains(" 200 "), "{head}");
                bytes = page.len();
            }
            (samples, bytes)
        };
        let browsers: Vec<_> = (0..BROWSERS).map(|_| scope.spawn(browser)).collect();
        let mut all = (Samples::default(), 0);
        for browser in browsers {
            let (samples, bytes) = browser.join().expect(FINE);
            all.0.extend(samples);
            all.1 = bytes;
        }
        all
    })
}

fn figures(name: &str, [ours, still, django]: &[Taken; 3]) -> Vec<Figure> {
    let pages = (BROWSERS * PAGES * TURNS) as f64;
    let rate = |taken: &Taken| pages / taken.seconds;
    let note = format!(
        "{name}: a core serves {:.0} pages/s of {} bytes, a static page of that size {:.0}/s, Django {:.0}/s ({} bytes); \
         {BROWSERS} browsers together got {:.0}, {:.0} and {:.0}/s; p99 {:.2}, {:.2} and {:.2} ms",
        ours.a_core(),
        ours.bytes,
        still.a_core(),
        django.a_core(),
        django.bytes,
        rate(ours),
        rate(still),
        rate(django),
        ours.waits.quantile(0.99),
        still.waits.quantile(0.99),
        django.waits.quantile(0.99),
    );
    let processor = |taken: &Taken| {
        let mut samples = Samples::default();
        samples.count(taken.a_page());
        samples
    };
    let figure = |what: &str, ours: Samples, floor: Samples, goal, notes| Figure {
        name: format!("{name}: {what}"),
        unit: Unit::Ms,
        ours,
        floor,
        goal,
        notes,
    };
    let (mine, other) = (processor(ours), processor(django));
    vec![
        figure(
            "a wait, beside a static page",
            ours.waits.clone(),
            still.waits.clone(),
            None,
            Vec::new(),
        ),
        figure(
            "a wait, beside Django",
            ours.waits.clone(),
            django.waits.clone(),
            None,
            Vec::new(),
        ),
        figure(
            "processor a page, beside a static page",
            mine.clone(),
            processor(still),
            None,
            Vec::new(),
        ),
        figure(
            "processor a page, beside Django",
            mine,
            other,
            Some(SHARE),
            vec![note],
        ),
    ]
}

/// Logs the first family of the demo town in.
fn log_in(place: &Place, server: &str) -> String {
    let text = std::fs::read_to_string(place.data().join("demo.json")).expect(FINE);
    let demo: Value = serde_json::from_str(&text).expect(FINE);
    let guardian = &demo["families"][0]["guardians"][0];
    let mut line = Line::to(server);
    let (head, page) = line.get("/demo/connexion", "");
    let page = String::from_utf8_lossy(&page).into_owned();
    let (_, rest) = page.split_once("name=\"jeton\" value=\"").expect(FINE);
    let (token, _) = rest.split_once('"').expect(FINE);
    let form = format!(
        "jeton={token}&identifiant={}&mot_de_passe={}",
        encoded(&guardian["email"]),
        encoded(&guardian["password"])
    );
    let (head, _) = line.post("/demo/connexion", &cookie_of(&head), &form);
    assert!(head.contains(" 303 "), "{head}");
    cookie_of(&head)
}
