//! The server is put back to an older copy of its folder, after it acknowledged more. What comes back from the
//! tablet by itself, and what is lost for ever: PouchDB with each way of keeping checkpoints, and our own line.

use std::collections::BTreeSet;
use std::fs;

use chrono::{Days, NaiveDate};
use shared::ids::{DeviceId, MarkId};
use sync_server::clock::random;
use system_tests::record::{server_marks, tablet_marks};
use system_tests::town::{MONDAY, copy};
use system_tests::{Tablet, Town};
use tablet_replica::store::MarkState;
use uuid::Uuid;

use super::node::{Couch, Pouch};
use crate::Scale;
use crate::measure::{Figure, Samples, Unit};
use crate::town::{FINE, folder, monday, site};
use crate::workload::{MARKS, TABLETS, TabletDay, sheet};

/// Tablet's days that the older copy of the server holds, and all in the end: 140 marks each.
const COPIED: usize = 1;
const WHOLE: usize = TABLETS;
/// Exchanges after the server was put back, each with one new mark: what does not come back by then never will.
const EXCHANGES: usize = 3;

/// What became of the marks.
struct Outcome {
    system: String,
    checkpoints: &'static str,
    /// Acknowledged before the server was put back.
    acknowledged: usize,
    /// Of these, not in the copy.
    forgotten: usize,
    /// Of these, not on the server after all exchanges.
    lost: usize,
    /// Whether the client says that all is handed in.
    content: bool,
}

/// Each once.
pub(crate) fn measure(_: Scale) -> Vec<Figure> {
    let mut outcomes: Vec<Outcome> = ["both", "target", "source"].map(pouch).into();
    outcomes.push(ours(&Town::in_files(), "Préau, SQLite"));
    outcomes.push(ours(&Town::in_postgres(), "Préau, PostgreSQL"));
    println!(
        "\n| the server was put back | checkpoints | documents acknowledged | forgotten by the copy | lost for ever | \
         the client says |\n| --- | --- | --- | --- | --- | --- |"
    );
    for outcome in &outcomes {
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            outcome.system,
            outcome.checkpoints,
            outcome.acknowledged,
            outcome.forgotten,
            outcome.lost,
            if outcome.content {
                "all handed in"
            } else {
                "not all handed in"
            }
        );
    }
    let figure = |outcome: Outcome| {
        let (mut lost, mut forgotten) = (Samples::default(), Samples::default());
        lost.count(outcome.lost as f64);
        forgotten.count(outcome.forgotten as f64);
        Figure {
            name: format!("lost for ever, {}, of what the copy forgot", outcome.system),
            ours: lost,
            floor: forgotten,
            goal: Some(0.0),
            unit: Unit::Count,
            notes: Vec::new(),
        }
    };
    outcomes
        .into_iter()
        .filter(|outcome| outcome.system.starts_with("Préau"))
        .map(figure)
        .collect()
}

/// A tablet that holds its marks in PouchDB.
fn pouch(checkpoints: &'static str) -> Outcome {
    let home = folder();
    let (data, older) = (home.path().join("server"), home.path().join("older"));
    let mut pouch = Pouch::start(&home.path().join("tablet"));
    let device = DeviceId(Uuid::from_bytes(random()));
    let days: Vec<TabletDay> = (0..=WHOLE)
        .map(|nth| {
            let date = monday()
                .checked_add_days(Days::new((nth / TABLETS) as u64))
                .expect(FINE);
            TabletDay::of(sheet(site(0), date), nth % TABLETS, device, (nth * MARKS) as u64)
        })
        .collect();
    let push = |pouch: &mut Pouch, server: &Couch| {
        let to = format!("http://{}/site", server.address());
        pouch.push("tablet", &to, BATCH, checkpoints);
        pouch.list(&to)
    };

    let server = Couch::start(&data);
    let port = server.port();
    for day in &days[..COPIED] {
        pouch.write("tablet", &day.documents());
    }
    let copied = push(&mut pouch, &server);
    drop(server);
    copy(&data, &older);
    let server = Couch::start_on(&data, port);
    for day in &days[COPIED..WHOLE] {
        pouch.write("tablet", &day.documents());
    }
    let acknowledged = push(&mut pouch, &server);
    assert_eq!(acknowledged, pouch.list("tablet"), "the server took all");
    drop(server);

    fs::remove_dir_all(&data).expect(FINE);
    copy(&older, &data);
    let server = Couch::start_on(&data, port);
    let news = String::from_utf8(days[WHOLE].documents()).expect(FINE);
    let mut held = BTreeSet::new();
    for news in news.lines().take(EXCHANGES) {
        pouch.write("tablet", news.as_bytes());
        held = push(&mut pouch, &server);
    }
    Outcome {
        system: "PouchDB".to_owned(),
        checkpoints,
        acknowledged: acknowledged.len(),
        forgotten: acknowledged.difference(&copied).count(),
        lost: acknowledged.difference(&held).count(),
        // A replication that does not end well ends the bench.
        content: true,
    }
}

const BATCH: usize = 100;

/// Our programs: `preau-tablet`, a process for each gesture, and `preau-server`.
fn ours(town: &Town, system: &str) -> Outcome {
    let mut server = town.server();
    let tablet = town.tablet("tablet", &server.url(), &["jules-ferry"]);
    let mut taps = taps(&tablet);
    let mut tap = |count: usize| {
        for (what, child, date) in taps.drain(..count) {
            tablet.tap(what, &child, "cantine", &["--date", &date]);
        }
    };
    tap(COPIED * MARKS);
    tablet.sync();
    let copied: BTreeSet<MarkId> = server_marks(town).into_keys().collect();
    server.stop();
    town.back_up("older");
    server.restart();
    tap((WHOLE - COPIED) * MARKS);
    tablet.sync();
    assert_eq!(tablet.status()["pending"], 0, "all is green");
    let acknowledged: BTreeSet<MarkId> = tablet_marks(&tablet)
        .into_iter()
        .filter(|(_, (_, state))| *state == MarkState::Accepted)
        .map(|(id, _)| id)
        .collect();
    server.stop();

    town.put_back("older");
    server.restart();
    for _ in 0..EXCHANGES {
        tap(1);
        tablet.sync();
    }
    let held: BTreeSet<MarkId> = server_marks(town).into_keys().collect();
    let content = tablet.status()["pending"] == 0;
    server.stop();
    town.verify();
    Outcome {
        system: system.to_owned(),
        checkpoints: "–",
        acknowledged: acknowledged.len(),
        forgotten: acknowledged.difference(&copied).count(),
        lost: acknowledged.difference(&held).count(),
        content,
    }
}

/// What is there to tap on the days to come: what, who, when.
fn taps(tablet: &Tablet) -> Vec<(&'static str, String, String)> {
    let first: NaiveDate = MONDAY.parse().expect(FINE);
    let mut all = Vec::new();
    for day in 0..12 {
        let date = first.checked_add_days(Days::new(day)).expect(FINE).to_string();
        let children = tablet.expected(&date, "cantine");
        all.extend(children.iter().map(|child| ("in", child.clone(), date.clone())));
    }
    assert!(
        all.len() >= WHOLE * MARKS + EXCHANGES,
        "enough children: {}",
        all.len()
    );
    all
}
