//! A tap, from the call until it is on the disk.

use chrono::Days;
use shared::digest::SheetRef;
use tablet_replica::Target;
use tablet_replica::store::{Db, marks};

use crate::floor::TwoRows;
use crate::measure::{Figure, Samples, Unit};
use crate::town::{Client, EVENING, FINE, Serving, Town, child, folder, monday, site, tablet};

/// Taps on each sheet.
const TAPS: usize = 400;
/// Sheets measured, each from empty.
const SHEETS: u64 = 5;

pub(crate) fn measure() -> Vec<Figure> {
    let town = Town::founded(1, TAPS);
    let (server, client) = (Serving::start(town.router()), Client::new());
    let home = folder();
    let shared_tablet = tablet(home.path(), &town, &server, &client);
    let mut tablet = shared_tablet.lock().expect(FINE);
    let target = |day: u64| Target {
        site: site(0),
        date: monday().checked_add_days(Days::new(day)).expect(FINE),
        activity: EVENING,
    };
    for n in 0..TAPS {
        tablet.arrive(target(0), child(n), None, None).expect(FINE);
    }
    let (mark, change) = sizes(home.path(), target(0));
    let mut floor_file = TwoRows::open(&home.path().join("floor.db"));
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    for turn in 0..SHEETS * TAPS as u64 {
        let (day, n) = (1 + turn / TAPS as u64, (turn % TAPS as u64) as usize);
        let mut tap = || ours.time(|| tablet.arrive(target(day), child(n), None, None).expect(FINE));
        let id = shared::ids::mint(
            crate::town::morning().plus_ms(turn as i64),
            sync_server::clock::random(),
        );
        let mut bare = || floor.time(|| floor_file.write(id.as_bytes(), &mark, &change));
        // Whoever goes second writes to a disk that has just been busy: they take turns.
        if turn % 2 == 0 {
            tap();
            bare();
        } else {
            bare();
            tap();
        }
    }
    let note = format!(
        "tap: {} taps on {SHEETS} sheets of {TAPS}; a mark is {} bytes, its change {} bytes",
        SHEETS as usize * TAPS,
        mark.len(),
        change.len()
    );
    vec![Figure {
        name: "tap to durable".into(),
        ours,
        floor,
        goal: Some(1.5),
        unit: Unit::Ms,
        notes: vec![note],
    }]
}

/// Bytes as large as a mark and a change of this sheet are on average.
fn sizes(home: &std::path::Path, target: Target) -> (Vec<u8>, Vec<u8>) {
    let db = Db::open(home).expect(FINE);
    let sheet = SheetRef {
        site: target.site,
        date: target.date,
    };
    let rows = marks::of_sheet(db.reader(), &sheet).expect(FINE);
    let (_, changes) = marks::document(db.reader(), &sheet).expect(FINE);
    let mark = rows.iter().map(|row| row.value.len()).sum::<usize>() / rows.len();
    let change = changes.iter().map(Vec::len).sum::<usize>() / changes.len();
    (vec![0x5a; mark], vec![0xa5; change])
}
