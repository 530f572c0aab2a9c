//! A page of the live board, as a browser that is logged in asks for it: on both engines, by one, two and four servers.

use std::fmt::Write;

use axum::Router;
use axum::routing::get;
use serde_json::Value;
use sync_server::clock::Stopwatch;
use sync_server::demo;

use crate::hosts::{Line, Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::town::{FINE, Serving};

/// Browsers that ask at the same time.
const BROWSERS: usize = 4;
/// Pages that each asks for.
const PAGES: usize = 60;
/// The page: the canteen of a school.
const PAGE: &str = "/demo/gestion/jour?site=jules-ferry&date=2026-11-23&activite=cantine";

pub(crate) fn measure(runs: usize) -> Vec<Vec<Figure>> {
    let mut all: Vec<Vec<Figure>> = (0..runs).map(|_| Vec::new()).collect();
    for place in [Place::files(), Place::postgres()] {
        let host = place.host();
        let commune = host
            .create(&"demo".parse().expect(FINE), "Ville", "Europe/Paris", "mairie")
            .expect(FINE);
        demo::fill(&host, &commune, 1).expect(FINE);
        drop((commune, host));
        let counts: &[usize] = if place.database().is_some() {
            &[1, 2, 4]
        } else {
            &[1]
        };
        for count in counts {
            let servers: Vec<Process> = (0..*count).map(|_| Process::start(&place)).collect();
            for server in &servers {
                server.surveyed(1);
            }
            let cookie = log_in(&place, servers[0].address());
            let bytes = Line::to(servers[0].address()).get(PAGE, &cookie).1.len();
            let blank = "x".repeat(bytes);
            let bare =
                Serving::start(Router::new().route("/demo/gestion/jour", get(move || async move { blank })));
            let bare = [bare.address.trim_start_matches("http://").to_owned()];
            let servers: Vec<String> = servers.iter().map(|server| server.address().to_owned()).collect();
            for run in &mut all {
                run.push(figure(&place, &servers, &bare, &cookie, bytes));
            }
        }
    }
    all
}

fn figure(place: &Place, servers: &[String], bare: &[String], cookie: &str, bytes: usize) -> Figure {
    let (ours, seconds) = ask(servers, cookie);
    let (floor, bare_seconds) = ask(bare, cookie);
    let pages = (BROWSERS * PAGES) as f64;
    let name = format!("board, {}, {} process(es)", place.engine(), servers.len());
    let note = format!(
        "{name}: {BROWSERS} browsers, {:.0} pages/s of {bytes} bytes, bare answers {:.0}/s",
        pages / seconds,
        pages / bare_seconds
    );
    Figure {
        name,
        unit: Unit::Ms,
        ours,
        floor,
        goal: None,
        notes: vec![note],
    }
}

/// Every browser asks for its pages, one after the other, of each server in turn.
fn ask(servers: &[String], cookie: &str) -> (Samples, f64) {
    let watch = Stopwatch::start();
    let samples = std::thread::scope(|scope| {
        let browser = |nth: usize| {
            let mut lines: Vec<Line> = servers.iter().map(|server| Line::to(server)).collect();
            let mut samples = Samples::default();
            for page in 0..PAGES {
                let line = (nth + page) % lines.len();
                let (head, _) = samples.time(|| lines[line].get(PAGE, cookie));
                assert!(head.contains(" 200 "), "{head}");
            }
            samples
        };
        let browsers: Vec<_> = (0..BROWSERS)
            .map(|nth| scope.spawn(move || browser(nth)))
            .collect();
        let mut all = Samples::default();
        for browser in browsers {
            all.extend(browser.join().expect(FINE));
        }
        all
    });
    (samples, watch.seconds())
}

/// Logs in; the cookie of the session is of the record, and every server takes it.
pub(crate) fn log_in(place: &Place, server: &str) -> String {
    let text = std::fs::read_to_string(place.data().join("demo.json")).expect(FINE);
    let demo: Value = serde_json::from_str(&text).expect(FINE);
    let agents = demo["agents"].as_array().expect(FINE);
    let agent = agents
        .iter()
        .find(|agent| agent["role"] == "gestionnaire")
        .expect(FINE);
    let mut line = Line::to(server);
    let (head, page) = line.get("/demo/gestion/connexion", "");
    let page = String::from_utf8_lossy(&page).into_owned();
    let (_, rest) = page.split_once("name=\"jeton\" value=\"").expect(FINE);
    let (token, _) = rest.split_once('"').expect(FINE);
    let form = format!(
        "jeton={token}&email={}&mot_de_passe={}",
        encoded(&agent["email"]),
        encoded(&agent["password"])
    );
    let (head, _) = line.post("/demo/gestion/connexion", &cookie_of(&head), &form);
    assert!(head.contains(" 303 "), "{head}");
    cookie_of(&head)
}

/// The cookie that an answer gives.
pub(crate) fn cookie_of(head: &str) -> String {
    let mut pairs = head
        .lines()
        .filter_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
    pairs.rfind(|pair| !pair.ends_with('=')).expect(FINE).to_owned()
}

/// Text as a form sends it.
pub(crate) fn encoded(text: &Value) -> String {
    let mut all = String::new();
    for byte in text.as_str().expect(FINE).bytes() {
        write!(all, "%{byte:02X}").expect(FINE);
    }
    all
}
