//! The families' first page, before log-in and after, and the month's grid of a child, beside a static page of the same size and beside a Django page
//! that asks the same questions of the same store: requests a second of one core, and how long a browser waits.

mod django;
mod still;
mod words;

use serde_json::Value;
use sync_server::clock::Stopwatch;
use sync_server::demo;

use crate::board::{cookie_of, encoded};
use crate::hosts::{Line, Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::town::FINE;
use django::Django;
pub(crate) use still::{Still, serve};

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

/// The month of one child; its id stands in place of the word.
const GRID: &str = "/demo/reservations?vue=mois&enfant=ENFANT";

/// Someone who serves the page.
pub(crate) trait Server {
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

/// The first page.
pub(crate) fn measure(runs: usize) -> Vec<Vec<Figure>> {
    over_both(runs, |place, parties, family, run| {
        for (who, cookie) in [("a family that is in", family), ("anybody", "")] {
            let [ours, theirs] = [parties.0.address(), parties.1.address()]
                .map(|server| words::of(&Line::to(server).get(PAGE, cookie).1));
            assert_eq!(ours, theirs, "Django draws the same page: {who}");
            let name = format!("home, {who}, {}", place.engine());
            run.extend(beside_others(&name, PAGE, cookie, parties, Some(SHARE)));
        }
    })
}

/// The month's grid of one child.
pub(crate) fn grid(runs: usize) -> Vec<Vec<Figure>> {
    over_both(runs, |place, parties, family, run| {
        let child = demo_of(place)["families"][0]["children"][0]["id"].clone();
        let page = GRID.replace("ENFANT", child.as_str().expect(FINE));
        let name = format!("grid of a month, {}", place.engine());
        run.extend(beside_others(&name, &page, family, parties, None));
    })
}

/// A demo town on each engine, served by us and by Django, and a family that is in.
fn over_both(
    runs: usize,
    measure: impl Fn(&Place, (&Process, &Django), &str, &mut Vec<Figure>),
) -> Vec<Vec<Figure>> {
    let mut all: Vec<Vec<Figure>> = (0..runs).map(|_| Vec::new()).collect();
    for place in [Place::files(), Place::postgres()] {
        let host = place.host();
        let slug = "demo".parse().expect(FINE);
        let commune = host.create(&slug, "Ville", "Europe/Paris", "mairie").expect(FINE);
        demo::fill(&host, &commune, 1).expect(FINE);
        drop((commune, host));
        // As a server of PostgreSQL does by itself within a minute; those of tests do not.
        if let Some(database) = place.database() {
            database.client().batch_execute("analyze").expect(FINE);
        }
        let ours = Process::start(&place);
        ours.surveyed(1);
        let django = Django::start(&place);
        let family = log_in(&place, ours.address());
        for run in &mut all {
            measure(&place, (&ours, &django), &family, run);
        }
    }
    all
}

/// A page beside a static one of its size and beside Django's.
fn beside_others(
    name: &str,
    page: &str,
    cookie: &str,
    (ours, django): (&Process, &Django),
    goal: Option<f64>,
) -> Vec<Figure> {
    let bytes = Line::to(ours.address()).get(page, cookie).1.len();
    let still = Still::start(bytes);
    let parties: [&dyn Server; 3] = [ours, &still, django];
    figures(name, &turns(parties, page, cookie), goal)
}

/// Each in turn, several times.
fn turns(parties: [&dyn Server; 3], page: &str, cookie: &str) -> [Taken; 3] {
    let mut all: [Taken; 3] = Default::default();
    for turn in 0..TURNS {
        for nth in 0..parties.len() {
            let nth = (nth + turn) % parties.len();
            let (party, taken) = (parties[nth], &mut all[nth]);
            let (before, watch) = (party.processor_ms(), Stopwatch::start());
            let (waits, bytes) = ask(party.address(), page, cookie);
            taken.seconds += watch.seconds();
            taken.processor_ms += party.processor_ms() - before;
            taken.waits.extend(waits);
            taken.bytes = bytes;
        }
    }
    all
}

/// Every browser asks for its pages, one after the other. Also answers how many bytes a page has.
fn ask(server: &str, page: &str, cookie: &str) -> (Samples, usize) {
    std::thread::scope(|scope| {
        let browser = || {
            let mut line = Line::to(server);
            let mut samples = Samples::default();
            let mut bytes = 0;
            for _ in 0..PAGES {
                let (head, drawn) = samples.time(|| line.get(page, cookie));
                assert!(head.contains(" 200 "), "{head}");
                bytes = drawn.len();
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

fn figures(name: &str, [ours, still, django]: &[Taken; 3], goal: Option<f64>) -> Vec<Figure> {
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
        figure("processor a page, beside Django", mine, other, goal, vec![note]),
    ]
}

/// What `demo.json` says of the town's people.
fn demo_of(place: &Place) -> Value {
    let text = std::fs::read_to_string(place.data().join("demo.json")).expect(FINE);
    serde_json::from_str(&text).expect(FINE)
}

/// Logs the first family of the demo town in.
fn log_in(place: &Place, server: &str) -> String {
    let demo = demo_of(place);
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
