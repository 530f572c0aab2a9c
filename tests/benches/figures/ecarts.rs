//! The page of écarts de pointage over a period with more than five thousand of them open, as a browser that
//! is logged in asks for it, beside the two statements that it cannot do without: the lines of its first page
//! and the counts by site, activity and kind.

use chrono::{Days, NaiveDate};
use sync_server::commune::Commune;
use sync_server::demo;
use sync_server::discrepancies::{open_within, refresh};
use sync_server::store::Value;

use crate::board::log_in;
use crate::hosts::{Line, Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::town::FINE;

/// Pages asked for in a run.
const PAGES: usize = 60;
/// How many are open at least.
const OPEN: u64 = 5_000;
/// Lines on a page.
const LINES: i64 = 100;

pub(crate) fn measure(runs: usize) -> Vec<Vec<Figure>> {
    let mut all: Vec<Vec<Figure>> = (0..runs).map(|_| Vec::new()).collect();
    for place in [Place::files(), Place::postgres()] {
        let host = place.host();
        let commune = host
            .create(&"demo".parse().expect(FINE), "Ville", "Europe/Paris", "mairie")
            .expect(FINE);
        // Two weeks were booked, and nobody pointed anything.
        demo::fill(&host, &commune, 1).expect(FINE);
        let (period, open) = period(&commune);
        let server = Process::start(&place);
        server.surveyed(1);
        let cookie = log_in(&place, server.address());
        let page = format!("/demo/gestion/ecarts?du={}&au={}", period.0, period.1);
        let mut line = Line::to(server.address());
        let bytes = line.get(&page, &cookie).1.len();
        for run in &mut all {
            let (mut ours, mut floor) = (Samples::default(), Samples::default());
            for _ in 0..PAGES {
                let (head, _) = ours.time(|| line.get(&page, &cookie));
                assert!(head.contains(" 200 "), "{head}");
                floor.time(|| bare(&commune, period));
            }
            let name = format!("écarts, {}", place.engine());
            run.push(Figure {
                notes: vec![format!(
                    "{name}: {open} open, a page of {LINES} lines and {bytes} bytes"
                )],
                name,
                unit: Unit::Ms,
                ours,
                floor,
                goal: Some(3.0),
            });
        }
    }
    all
}

/// The shortest period up to yesterday in which so many are open.
fn period(commune: &Commune) -> ((NaiveDate, NaiveDate), u64) {
    let until = commune.today() - Days::new(1);
    for days in 1..15 {
        let period = (until - Days::new(days), until);
        let left = refresh::refresh(commune, period, usize::MAX).expect(FINE);
        assert_eq!(left, 0);
        let counts = commune.store.read(|tx| open_within(tx, period)).expect(FINE);
        let open = counts.values().sum();
        if open >= OPEN {
            return (period, open);
        }
    }
    panic!("the town has not that many");
}

/// What the page reads at least.
fn bare(commune: &Commune, period: (NaiveDate, NaiveDate)) {
    let none = Vec::<u8>::new();
    let params: Vec<Value> = vec![
        period.0.into(),
        period.1.into(),
        true.into(),
        none.clone().into(),
        true.into(),
        none.clone().into(),
        true.into(),
        "".into(),
        true.into(),
        none.into(),
        LINES.into(),
        0_i64.into(),
    ];
    let lines = include_str!("../../../sync-server/src/web/desk/discrepancies/sql/open_page.sql");
    let read = commune.store.read(|tx| {
        let lines = tx.query(lines, &params)?.len();
        Ok::<_, sync_server::store::StoreError>((lines, open_within(tx, period)?.len()))
    });
    let (lines, kinds) = read.expect(FINE);
    assert!(lines > 0 && kinds > 0);
}
