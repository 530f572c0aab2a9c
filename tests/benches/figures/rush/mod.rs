//! Booking opens: thousands of families log in and validate in the same minutes for a few hundred places. On SQLite,
//! and on PostgreSQL with one, two and four servers; beside a static page and one bare write for each validation.

mod browser;
mod families;

use std::sync::atomic::{AtomicUsize, Ordering};

use sync_server::clock::Stopwatch;

use crate::floor::{self, JsonMark};
use crate::hosts::{Line, Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::portal::{Server, Still};
use crate::town::{FINE, Serving, folder};
use crate::{Scale, floor_postgres};
use browser::{End, Steps, tries};

/// Families, where `--sites=N` does not say how many.
const FAMILIES: usize = 2_500;
/// Places for them.
const PLACES: usize = 300;
/// Browsers at the same time: the others stand behind them in the same minutes.
const BROWSERS: usize = 64;
/// Bytes of the static page: about those of a cart with one line.
const STATIC_BYTES: usize = 8_000;

pub(crate) fn measure(scale: Scale) -> Vec<Figure> {
    let families = scale.sites.unwrap_or(FAMILIES);
    let places = (PLACES * families / FAMILIES).max(1);
    let mut figures = on(Place::files, 1, families, places);
    for servers in [1, 2, 4] {
        figures.extend(on(Place::postgres, servers, families, places));
    }
    figures
}

/// What a rush came to.
struct Rush {
    steps: Steps,
    seconds: f64,
    booked: usize,
    full: usize,
}

fn on(place: fn() -> Place, servers: usize, families: usize, places: usize) -> Vec<Figure> {
    let place = place();
    let host = place.host();
    let slug = "demo".parse().expect(FINE);
    let commune = host.create(&slug, "Ville", "Europe/Paris", "mairie").expect(FINE);
    families::found(&commune, families, u32::try_from(places).expect(FINE));
    drop((commune, host));
    let running: Vec<Process> = (0..servers).map(|_| Process::start(&place)).collect();
    for server in &running {
        server.surveyed(1);
    }
    let addresses: Vec<String> = running.iter().map(|one| one.address().to_owned()).collect();
    let rush = breaks(&addresses, families);
    assert_eq!(rush.booked + rush.full, families, "everybody got an answer");
    assert_eq!(
        booked(&place),
        rush.booked,
        "what families were told is what is booked"
    );
    assert_eq!(rush.booked, places, "every place is taken, and none twice");
    drop(running);
    let still = Still::start(STATIC_BYTES);
    let pages = static_pages(still.address(), families);
    let bare = bare_writes(&place, rush.booked);
    figures(&place, servers, families, rush, pages, bare)
}

/// Everybody comes at once; so many at a time as there are browsers.
fn breaks(servers: &[String], families: usize) -> Rush {
    let next = AtomicUsize::new(0);
    let watch = Stopwatch::start();
    let ends = std::thread::scope(|scope| {
        let browser = || {
            let (mut steps, mut booked, mut full) = (Steps::default(), 0, 0);
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= families {
                    return (steps, booked, full);
                }
                match tries(n, &servers[n % servers.len()], &mut steps) {
                    End::Booked => booked += 1,
                    End::Full => full += 1,
                }
            }
        };
        let browsers: Vec<_> = (0..BROWSERS).map(|_| scope.spawn(browser)).collect();
        let mut all = Vec::new();
        for browser in browsers {
            all.push(browser.join().expect("every answer was a place or « complet »"));
        }
        all
    });
    let mut rush = Rush {
        steps: Steps::default(),
        seconds: watch.seconds(),
        booked: 0,
        full: 0,
    };
    for (steps, booked, full) in ends {
        rush.steps.extend(steps);
        rush.booked += booked;
        rush.full += full;
    }
    rush
}

/// Reservations that stand.
fn booked(place: &Place) -> usize {
    let host = place.host();
    let commune = host.commune("demo").expect(FINE);
    let sql = "select cast(count(*) as bigint) from reservation where cancelled_at is null";
    let row = commune.store.read(|tx| tx.first(sql, &[])).expect(FINE);
    usize::try_from(row.expect(FINE).int(0).expect(FINE)).expect(FINE)
}

/// The static page, asked for by as many browsers at once.
fn static_pages(server: &str, pages: usize) -> (Samples, f64) {
    together(
        pages,
        || Line::to(server),
        |line, _| {
            let (head, _) = line.get("/demo/", "");
            assert!(head.contains(" 200 "), "{head}");
        },
    )
}

/// One row and one commit for each validation, by the same web library on the same engine.
fn bare_writes(place: &Place, writes: usize) -> (Samples, f64) {
    let here = folder();
    let serving = match place.database() {
        None => Serving::start(floor::router(&here.path().join("floor.db"))),
        Some(database) => Serving::start(floor_postgres::router(database, BROWSERS)),
    };
    let address = serving.address.trim_start_matches("http://").to_owned();
    together(
        writes,
        || Line::to(&address),
        |line, n| {
            let body = serde_json::to_string(&[row(n)]).expect(FINE);
            let (head, _) = line.post("/rows", "", &body);
            assert!(head.contains(" 200 "), "{head}");
        },
    )
}

fn row(n: usize) -> JsonMark {
    JsonMark {
        id: format!("{n:032x}"),
        site: format!("{:032x}", 1),
        date: "2026-11-25".into(),
        kind: "book".into(),
        child: format!("{n:032x}"),
        activity: format!("{:032x}", 2),
        device: format!("{n:032x}"),
        device_seq: 1,
        device_time: 1,
        mono_ms: 1,
        boot: 1,
        offset_ms: None,
        after: None,
        replaces: None,
        at: None,
    }
}

/// Work that is done so many times by all browsers together: how long each took, and all of it.
fn together<T>(
    times: usize,
    open: impl Fn() -> T + Sync,
    work: impl Fn(&mut T, usize) + Sync,
) -> (Samples, f64) {
    let next = AtomicUsize::new(0);
    let watch = Stopwatch::start();
    let samples = std::thread::scope(|scope| {
        let browser = || {
            let (mut samples, mut line) = (Samples::default(), open());
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= times {
                    return samples;
                }
                samples.time(|| work(&mut line, n));
            }
        };
        let browsers: Vec<_> = (0..BROWSERS).map(|_| scope.spawn(browser)).collect();
        let mut all = Samples::default();
        for browser in browsers {
            all.extend(browser.join().expect(FINE));
        }
        all
    });
    (samples, watch.seconds())
}

fn figures(
    place: &Place,
    servers: usize,
    families: usize,
    rush: Rush,
    (pages, pages_s): (Samples, f64),
    (bare, bare_s): (Samples, f64),
) -> Vec<Figure> {
    let name = format!("rush, {}, {servers} process(es)", place.engine());
    let requests = rush.steps.all.len() as f64;
    let rate = requests / rush.seconds;
    let quantiles = |samples: &Samples| {
        let [p50, p95, p99] = [0.5, 0.95, 0.99].map(|share| samples.quantile(share));
        format!("{p50:.1} / {p95:.1} / {p99:.1} ms")
    };
    let note = format!(
        "{name}: {families} families, {} places, {BROWSERS} browsers, {:.1} s in all, {rate:.0} requests/s \
         (a static page {:.0}/s, bare writes {:.0}/s); p50 / p95 / p99: log-in {}, into the cart {}, validation {}; \
         {} were told that it is full",
        rush.booked,
        rush.seconds,
        families as f64 / pages_s,
        rush.booked as f64 / bare_s,
        quantiles(&rush.steps.log_in),
        quantiles(&rush.steps.cart),
        quantiles(&rush.steps.validate),
        rush.full,
    );
    let figure = |what: &str, ours: Samples, floor: Samples, notes: Vec<String>| Figure {
        name: format!("{name}: {what}"),
        unit: Unit::Ms,
        ours,
        floor,
        goal: None,
        notes,
    };
    vec![
        figure(
            "a request, beside a static page",
            rush.steps.all.clone(),
            pages,
            Vec::new(),
        ),
        figure(
            "a validation, beside a bare write",
            rush.steps.validate,
            bare,
            vec![note],
        ),
    ]
}
