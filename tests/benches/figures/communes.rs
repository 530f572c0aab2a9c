//! What a host of many towns costs that nobody asks for: time to start, memory, file descriptors, processor, disk.

use std::fs;
use std::time::Duration;

use rusqlite::Connection;
use shared::slug::Slug;
use sync_server::demo;
use sync_server::keys::Keys;
use system_tests::clock::pause;

use crate::hosts::{Line, Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::town::FINE;

/// Towns of each size of host; the first is what the others are held against.
const SIZES: [usize; 3] = [1, 100, 2_000];
/// How long an idle server is watched, in seconds.
const IDLE_S: u64 = 10;

/// All runs in SQLite: founding the towns takes longer than measuring them.
pub(crate) fn in_files(runs: usize) -> Vec<Vec<Figure>> {
    measure(runs, &Place::files())
}

/// The same in PostgreSQL, where every town is founded: there is nothing to copy.
pub(crate) fn in_postgres(runs: usize) -> Vec<Vec<Figure>> {
    measure(runs, &Place::postgres())
}

fn measure(runs: usize, place: &Place) -> Vec<Vec<Figure>> {
    let mut all: Vec<Vec<Figure>> = (0..runs).map(|_| Vec::new()).collect();
    let mut alone: Vec<Seen> = Vec::new();
    let (mut founded, mut disk_of_one) = (0, 0.0);
    for size in SIZES {
        found(place, founded, size);
        founded = size;
        let seen: Vec<Seen> = (0..runs).map(|_| Seen::of(place, size)).collect();
        if size == SIZES[0] {
            alone.clone_from(&seen);
            disk_of_one = place.disk_kib();
            continue;
        }
        let each = (place.disk_kib() - disk_of_one) / (size - SIZES[0]) as f64;
        for (run, (many, one)) in all.iter_mut().zip(seen.iter().zip(&alone)) {
            run.extend(figures(place.engine(), size, many, one, each));
        }
    }
    all
}

/// Makes towns, small ones but for the first, which is the demo's.
fn found(place: &Place, from: usize, to: usize) {
    let host = place.host();
    for n in from..to {
        if n > 1 && place.database().is_none() {
            copy(place, n);
            continue;
        }
        let commune = host
            .create(&slug(n), "Ville", "Europe/Paris", "mairie")
            .expect(FINE);
        if n == 0 {
            demo::fill(&host, &commune, 1).expect(FINE);
        }
        drop(commune);
        assert!(host.close_unused(&slug(n)), "nobody uses it");
    }
}

fn slug(n: usize) -> Slug {
    if n == 0 {
        "demo".into()
    } else {
        format!("ville-{n}")
    }
    .parse()
    .expect(FINE)
}

/// A small town as a copy of the first one under another name: a file is sooner copied than founded.
fn copy(place: &Place, n: usize) {
    let (slug, folder) = (slug(n), place.data().join("communes"));
    let file = folder.join(format!("{slug}.db"));
    fs::copy(folder.join("ville-1.db"), &file).expect(FINE);
    Keys::create(&place.data().join("keys"), &slug).expect(FINE);
    let rename = Connection::open(&file).expect(FINE);
    rename.pragma_update(None, "synchronous", "off").expect(FINE);
    rename
        .execute("update commune set slug = ?1", [slug.as_str()])
        .expect(FINE);
    let list = Connection::open(place.data().join("control.db")).expect(FINE);
    list.pragma_update(None, "synchronous", "off").expect(FINE);
    list.execute(
        "insert into commune (slug, name, created_at) values (?1, 'Ville', 0)",
        [slug.as_str()],
    )
    .expect(FINE);
}

/// What one start of a server showed.
#[derive(Clone)]
struct Seen {
    healthz_s: f64,
    page_s: f64,
    survey_s: f64,
    kib: f64,
    database_kib: f64,
    descriptors: f64,
    processor_ms: f64,
}

impl Seen {
    fn of(place: &Place, towns: usize) -> Self {
        let server = Process::start(place);
        let mut line = Line::to(server.address());
        let (head, _) = line.get("/healthz", "");
        let healthz_s = server.age();
        assert!(head.contains(" 200 "), "{head}");
        let (head, page) = line.get("/demo/gestion/connexion", "");
        let page_s = server.age();
        assert!(head.contains(" 200 ") && !page.is_empty(), "{head}");
        server.surveyed(towns);
        let survey_s = server.age();
        // Whatever the survey's end still sets free.
        pause(Duration::from_secs(2));
        let before = server.processor_ms();
        pause(Duration::from_secs(IDLE_S));
        Self {
            healthz_s,
            page_s,
            survey_s,
            kib: server.kib(),
            database_kib: place.database_kib(),
            descriptors: server.descriptors(),
            processor_ms: (server.processor_ms() - before) * 60.0 / IDLE_S as f64,
        }
    }
}

fn figures(engine: &str, towns: usize, many: &Seen, one: &Seen, disk_kib: f64) -> Vec<Figure> {
    let figure = |what: &str, unit: Unit, number: fn(&Seen) -> f64, notes: Vec<String>| {
        let of = |seen: &Seen| {
            let mut samples = Samples::default();
            samples.count(number(seen));
            samples
        };
        Figure {
            name: format!("{towns} communes, {engine}: {what}"),
            unit,
            ours: of(many),
            floor: of(one),
            goal: None,
            notes,
        }
    };
    let each = |number: fn(&Seen) -> f64| (number(many) - number(one)) / (towns - 1) as f64;
    let note = format!(
        "{towns} communes, {engine}: every one was looked at {:.1} s after the start; a small commune that nobody uses \
         takes {disk_kib:.0} KiB of disk, {:.2} KiB of the server's memory, {:.2} KiB of the database server's, \
         {:.3} file descriptors; the idle server took {:.0} ms of processor a minute, that of one commune {:.0} ms",
        many.survey_s,
        each(|seen| seen.kib),
        each(|seen| seen.database_kib),
        each(|seen| seen.descriptors),
        many.processor_ms,
        one.processor_ms,
    );
    vec![
        figure(
            "start to /healthz",
            Unit::Ms,
            |seen| seen.healthz_s * 1e3,
            vec![note],
        ),
        figure(
            "start to the first page of one",
            Unit::Ms,
            |seen| seen.page_s * 1e3,
            Vec::new(),
        ),
        figure("memory of the server", Unit::Kib, |seen| seen.kib, Vec::new()),
        figure(
            "file descriptors",
            Unit::Count,
            |seen| seen.descriptors,
            Vec::new(),
        ),
    ]
}
