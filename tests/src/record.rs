//! What lies on the disks: marks on the server and on a tablet, and what was set aside. For the
//! end of a story, when nobody writes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::Connection;
use shared::ids::{DeviceId, MarkId};
use shared::mark::{Mark, unpack};
use tablet_replica::store::{Db, MarkState, marks};

use crate::town::SLUG;
use crate::{Tablet, Town};

/// Every value of every mark.
pub type Marks = BTreeMap<MarkId, BTreeSet<Vec<u8>>>;

/// A payload that the server set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAside {
    /// Who handed it in.
    pub device: Vec<u8>,
    /// The word that says why.
    pub reason: String,
    /// Its bytes.
    pub payload: Vec<u8>,
}

fn store(data: &Path) -> Connection {
    Connection::open(data.join("communes").join(format!("{SLUG}.db"))).expect("the town's store opens")
}

/// The marks on the server's disk.
///
/// # Panics
/// When they cannot be read.
pub fn server_marks(town: &Town) -> Marks {
    let db = store(&town.data());
    let mut query = db
        .prepare("select id, value from mark")
        .expect("the table of marks");
    let rows = query
        .query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))
        .expect("its rows");
    let mut all = Marks::new();
    for row in rows {
        let (id, value) = row.expect("a row");
        let new = all
            .entry(MarkId::from_slice(&id).expect("an id"))
            .or_default()
            .insert(value);
        assert!(new, "one value stands in two rows");
    }
    all
}

/// What the server set aside, oldest first.
///
/// # Panics
/// When it cannot be read.
pub fn kept_aside(town: &Town) -> Vec<KeptAside> {
    let db = store(&town.data());
    let mut query = db
        .prepare("select device, reason, payload from quarantine order by seq")
        .expect("the table");
    let rows = query.query_map([], |row| {
        Ok(KeptAside {
            device: row.get(0)?,
            reason: row.get(1)?,
            payload: row.get(2)?,
        })
    });
    rows.expect("its rows").map(|row| row.expect("a row")).collect()
}

/// The marks on a tablet's disk, with where each stands.
///
/// # Panics
/// When they cannot be read.
pub fn tablet_marks(tablet: &Tablet) -> BTreeMap<MarkId, (BTreeSet<Vec<u8>>, MarkState)> {
    let db = Db::open(tablet.home()).expect("the tablet's file opens");
    let mut all = BTreeMap::new();
    for sheet in marks::all_sheets(db.reader()).expect("its sheets") {
        for row in marks::of_sheet(db.reader(), &sheet).expect("its rows") {
            let entry = all.entry(row.id).or_insert_with(|| (BTreeSet::new(), row.state));
            assert!(entry.0.insert(row.value), "one value stands in two rows");
        }
    }
    all
}

/// The device sequences of a tablet's marks, sorted.
///
/// # Panics
/// When a mark cannot be read.
pub fn sequences<'m>(values: impl IntoIterator<Item = &'m Vec<u8>>, device: DeviceId) -> Vec<u64> {
    let marks = values
        .into_iter()
        .map(|value| unpack(value).expect("a mark that can be read"));
    let mut all: Vec<u64> = marks
        .filter(|m: &Mark| m.device == device)
        .map(|m| m.device_seq)
        .collect();
    all.sort_unstable();
    all
}

/// The marks that came back after a loss without a receipt that covers them.
///
/// # Panics
/// When they cannot be read.
pub fn returned(town: &Town) -> Vec<MarkId> {
    let db = store(&town.data());
    let mut query = db
        .prepare("select id from mark where returned <> 0 order by id")
        .expect("the table of marks");
    let rows = query
        .query_map([], |row| row.get::<_, Vec<u8>>(0))
        .expect("its rows");
    rows.map(|id| MarkId::from_slice(&id.expect("a row")).expect("an id"))
        .collect()
}
