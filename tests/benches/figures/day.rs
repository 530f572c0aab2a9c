//! Opening a day that is not in memory: what an animateur waits for when picking up the tablet.

use shared::digest::SheetRef;
use shared::mark::unpack;
use tablet_replica::store::{Db, marks};
use tablet_replica::{Lists, Tablet, Target};

use crate::measure::{Figure, Samples, Unit};
use crate::town::{Client, EVENING, FINE, Serving, Town, child, folder, monday, morning, site, tablet};

const CHILDREN: usize = 400;
const ROUNDS: usize = 60;

pub(crate) fn measure() -> Vec<Figure> {
    let town = Town::founded(1, CHILDREN);
    let (server, client) = (Serving::start(town.router()), Client::new());
    let home = folder();
    let target = Target {
        site: site(0),
        date: monday(),
        activity: EVENING,
    };
    {
        let tablet = tablet(home.path(), &town, &server, &client);
        let mut tablet = tablet.lock().expect(FINE);
        for n in 0..CHILDREN {
            tablet.arrive(target, child(n), None, None).expect(FINE);
        }
        for n in 0..CHILDREN {
            tablet.leave(target, child(n), None).expect(FINE);
        }
        for n in 0..CHILDREN {
            tablet.arrive(target, child(n), None, None).expect(FINE);
        }
    }
    let clock = tablet_replica::clock::Clock::starting_at(morning());
    let sheet = SheetRef {
        site: target.site,
        date: target.date,
    };
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    // The first opening saves the document whole; the others find it so.
    for round in 0..=ROUNDS {
        let mut tablet = Tablet::open(home.path(), clock).expect(FINE);
        let mut sample = Samples::default();
        let day = sample.time(|| {
            tablet
                .day(&mut Lists::default(), target.site, target.date)
                .expect(FINE)
        });
        assert_eq!(day.rows.len(), CHILDREN, "every child is on the list");
        drop(tablet);
        let db = Db::open(home.path()).expect(FINE);
        let mut bare = Samples::default();
        let read = bare.time(|| {
            let rows = marks::of_sheet(db.reader(), &sheet).expect(FINE);
            rows.iter()
                .map(|row| unpack(&row.value).expect(FINE))
                .collect::<Vec<_>>()
        });
        assert_eq!(read.len(), 3 * CHILDREN, "every mark was read");
        if round > 0 {
            ours.extend(sample);
            floor.extend(bare);
        }
    }
    let note = format!(
        "opening a day: {CHILDREN} children, {} marks, {ROUNDS} openings, the file opened beforehand on both sides",
        3 * CHILDREN
    );
    vec![Figure {
        name: "opening and folding a day".into(),
        ours,
        floor,
        goal: None,
        unit: Unit::Ms,
        notes: vec![note],
    }]
}
