//! Full disks, damaged files, lists that change under the finger.

use std::fs;
use std::path::Path;

use shared::fold::State;
use shared::screen::{Deed, ListSource};

use super::world::*;
use crate::app::App;
use crate::clock::Clock;
use crate::store::{FILE, marks};
use crate::tablet::Tablet;

fn limit(pad: &Pad, pages: i64) {
    let tablet = pad.app.0.tablet.lock().unwrap();
    let db = tablet.db.reader();
    let now: i64 = db.query_row("pragma page_count", [], |row| row.get(0)).unwrap();
    db.pragma_update(None, "max_page_count", now + pages).unwrap();
}

#[tokio::test]
async fn a_full_disk_loses_nothing_shows_nothing_green_and_work_goes_on_when_there_is_room() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    pad.tap(EVENING, TOM, Deed::In).await;
    limit(&pad, 0);
    let memo = "x".repeat(500);
    let mut stored = 0;
    let trouble = loop {
        match pad
            .app
            .note(pad.list(EVENING), LEA.to_string(), memo.clone())
            .await
        {
            Ok(_) => stored += 1,
            Err(trouble) => break trouble,
        }
        assert!(stored < 200, "the disk fills up");
    };
    assert!(
        trouble.message.contains("ne peut plus écrire sur son disque") && !trouble.damaged,
        "{trouble:?}"
    );
    let day = pad.day(EVENING).await;
    assert_eq!(
        day.link.waiting,
        1 + stored,
        "nothing is counted that is not on the disk"
    );
    let card = pad.app.card(pad.list(EVENING), LEA.to_string()).await.unwrap();
    assert_eq!(card.memos.len(), stored);
    limit(&pad, 10_000);
    assert_eq!(
        pad.tap(EVENING, LEA, Deed::In).await.rows[0].state,
        State::Present
    );
    drop(pad);
    let again = App::with_clock(&world.home("a"), Clock::starting_at(start())).unwrap();
    let link = again.sync_page().await.unwrap().link;
    assert_eq!(link.waiting, 2 + stored);
}

/// Many marks, so that the file has pages to lose; the tablet is closed afterwards.
async fn filled(world: &World, name: &str) -> usize {
    let pad = world.tablet(name, &[FERRY]);
    for n in 0..120 {
        let child = [LEA, TOM, EMMA, OTHER_EMMA][n % 4];
        let deed = if n % 8 < 4 { Deed::In } else { Deed::Out };
        pad.tap(EVENING, child, deed).await;
    }
    120
}

/// Zeroes a page in the table of marks.
fn harm(home: &Path) {
    let db = crate::store::Db::open(home).unwrap();
    let root: i64 = db
        .reader()
        .query_row(
            "select rootpage from sqlite_schema where name = 'mark'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let size = 4096;
    let count: i64 = db
        .reader()
        .query_row("pragma page_count", [], |row| row.get(0))
        .unwrap();
    db.reader()
        .execute_batch("pragma wal_checkpoint(truncate)")
        .unwrap();
    drop(db);
    let mut bytes = fs::read(home.join(FILE)).unwrap();
    // A leaf of the table: the first page after its root that a walk stumbles over.
    for page in (root + 1)..=count {
        let from = usize::try_from((page - 1) * size).unwrap();
        let to = from + usize::try_from(size).unwrap();
        let sound = bytes[from..to].to_vec();
        bytes[from..to].fill(0);
        fs::write(home.join(FILE), &bytes).unwrap();
        let open = || crate::store::Db::open(home);
        let walked = open().map_or(0, |db| marks::salvage(db.reader(), true).len());
        let titled = open().is_ok_and(|db| crate::store::meta::enrolment(db.reader()).is_ok());
        if titled && walked < 120 {
            return;
        }
        bytes[from..to].copy_from_slice(&sound);
    }
    panic!("no page of the marks was found");
}

#[tokio::test]
async fn a_damaged_file_says_so_gives_what_it_can_and_is_set_aside() {
    let world = World::without_pins();
    let made = filled(&world, "a").await;
    let home = world.home("a");
    harm(&home);
    let app = App::with_clock(&home, Clock::starting_at(start()));
    let app = match app {
        Err(trouble) => {
            assert!(trouble.damaged, "{trouble:?}");
            None
        }
        Ok(app) => {
            let pad = Pad { app, site: FERRY };
            let trouble = pad.app.sync_page().await.unwrap_err();
            assert!(
                trouble.damaged && trouble.message.contains("endommagé"),
                "{trouble:?}"
            );
            Some(pad.app)
        }
    };
    let (carried, read) = Tablet::export_of_damaged(&home).unwrap();
    assert!(read > 0 && read < made, "{read} of {made} could be read");
    let other = world.tablet("bb", &[FERRY]);
    let imported = other.app.0.tablet.lock().unwrap().import(&carried).unwrap();
    assert_eq!(imported.marks, read as u64);

    let again = match app {
        Some(app) => {
            assert!(app.start_again().await.unwrap().enrolled);
            app
        }
        None => App::begin_again(&home, Clock::starting_at(start())).unwrap(),
    };
    world.send_down(&home, 5);
    let pad = Pad {
        app: again,
        site: FERRY,
    };
    assert_eq!(pad.day(EVENING).await.link.waiting, read);
    pad.tap(EVENING, LEA, Deed::In).await;
    let aside: Vec<_> = fs::read_dir(&home)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    assert_eq!(aside.len(), 1);
    assert!(aside[0].join(FILE).exists() && aside[0].join("replica.key").exists());
}

#[tokio::test]
async fn a_file_of_which_nothing_reads_is_set_aside_too() {
    let world = World::without_pins();
    filled(&world, "a").await;
    let home = world.home("a");
    let bytes = fs::read(home.join(FILE)).unwrap();
    fs::write(home.join(FILE), &bytes[..bytes.len() / 2 / 4096 * 4096 / 8]).unwrap();
    let _ = fs::remove_file(home.join(format!("{FILE}-wal")));
    let opened = App::with_clock(&home, Clock::starting_at(start()));
    assert!(opened.err().expect("a sentence").damaged);
    let again = App::begin_again(&home, Clock::starting_at(start())).unwrap();
    assert!(!again.start().await.enrolled, "it asks for a code");
}

#[tokio::test]
async fn a_day_without_a_list_is_pointed_all_the_same() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    let mut ask = pad.ask(EVENING);
    ask.date = Some("2026-11-24".into());
    let day = pad.app.day(ask.clone()).await.unwrap();
    assert_eq!(
        (day.list, day.rows.len(), day.activities.len()),
        (ListSource::Missing, 0, 4)
    );
    let mut tap = pad.gesture(EVENING, INES, Deed::In);
    tap.date = "2026-11-24".into();
    let tapped = pad.app.tap(tap).await.unwrap();
    assert_eq!(tapped.rows[0].first_name, "Inès");
    assert!(!tapped.rows[0].booked);
}

#[tokio::test]
async fn a_list_that_changes_under_the_finger_keeps_the_tap() {
    let world = World::without_pins();
    let pad = world.tablet("a", &[FERRY]);
    assert_eq!(pad.row(EVENING, LEA).await.state, State::Expected);
    // Her reservation was cancelled elsewhere while the tablet was off line.
    let mut changed = list(FERRY);
    changed
        .rows
        .retain(|row| (row.child, row.activity) != (LEA, EVENING));
    changed.rows.push(reserved(INES, EVENING));
    world.send_lists(&world.home("a"), 2, &[changed]);
    let tapped = pad.tap(EVENING, LEA, Deed::In).await;
    let lea = tapped.rows.iter().find(|row| row.first_name == "Léa").unwrap();
    assert_eq!(
        (lea.state, lea.booked),
        (State::Present, false),
        "here, and said to be unexpected"
    );
    let evening = tapped.activities.last().unwrap();
    assert_eq!((evening.unexpected, evening.expected), (1, 4));
    assert!(
        pad.day(EVENING)
            .await
            .rows
            .iter()
            .any(|row| row.first_name == "Inès")
    );
}
