//! What lies on the disks: marks on the server and on a tablet, and what was set aside. For the
//! end of a story, when nobody writes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use shared::ids::{DeviceId, MarkId};
use shared::mark::{Mark, unpack};
use tablet_replica::store::{Db, MarkState, marks};

use crate::rows::rows;
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

/// The marks on the server's disk.
///
/// # Panics
/// When they cannot be read.
pub fn server_marks(town: &Town) -> Marks {
    let mut all = Marks::new();
    for row in rows(town, "select id, value from mark", &[]) {
        let new = all
            .entry(MarkId::from_slice(row.bytes(0)).expect("an id"))
            .or_default()
            .insert(row.bytes(1).to_owned());
        assert!(new, "one value stands in two rows");
    }
    all
}

/// What the server set aside, oldest first.
///
/// # Panics
/// When it cannot be read.
pub fn kept_aside(town: &Town) -> Vec<KeptAside> {
    let found = rows(
        town,
        "select device, reason, payload from quarantine order by seq",
        &[],
    );
    let kept = found.iter().map(|row| KeptAside {
        device: row.bytes(0).to_owned(),
        reason: row.text(1).to_owned(),
        payload: row.bytes(2).to_owned(),
    });
    kept.collect()
}

/// The marks on a tablet's disk, with where each stands.
///
/// # Panics
/// When they cannot be read.
pub fn tablet_marks(tablet: &Tablet) -> BTreeMap<MarkId, (BTreeSet<Vec<u8>>, MarkState)> {
    marks_in(tablet.home())
}

/// The same of the tablet that lives in this folder.
///
/// # Panics
/// When they cannot be read.
pub fn marks_in(home: &Path) -> BTreeMap<MarkId, (BTreeSet<Vec<u8>>, MarkState)> {
    let db = Db::open(home).expect("the tablet's file opens");
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
    rows(town, "select id from mark where returned <> 0 order by id", &[])
        .iter()
        .map(|row| MarkId::from_slice(row.bytes(0)).expect("an id"))
        .collect()
}
