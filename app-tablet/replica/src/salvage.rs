//! A damaged file: what can still be read of it, and beginning again beside it. Nothing of the old
//! file is changed or removed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use shared::digest::SheetRef;
use shared::ids::MarkId;

use crate::clock::Clock;
use crate::error::ReplicaError;
use crate::key;
use crate::store::marks::{self, MarkState, SalvagedMark};
use crate::store::meta::{self, Enrolment, Met};
use crate::store::{Db, FILE};
use crate::tablet::Tablet;

/// What was read of a damaged file.
#[derive(Default)]
pub(crate) struct Left {
    pub(crate) enrolment: Option<Enrolment>,
    pub(crate) marks: Vec<SalvagedMark>,
    met: Option<Met>,
    addresses: Option<shared::addresses::Addresses>,
    server_typed: Option<String>,
}

/// What came of setting a file aside.
#[derive(Clone, Debug)]
pub struct Salvaged {
    /// Where the old file lies.
    pub aside: PathBuf,
    /// Marks taken over from it.
    pub marks: usize,
    /// The tablet still knows its commune.
    pub enrolled: bool,
}

/// Reads what can be read: whatever cannot is left out.
pub(crate) fn read(home: &Path) -> Left {
    let mut marks: BTreeMap<(SheetRef, MarkId, Vec<u8>), SalvagedMark> = BTreeMap::new();
    // A damaged page ends a walk: from the other end the rest can be reached.
    for from_the_first in [true, false] {
        for row in each(home, |db| Ok(marks::salvage(db, from_the_first))).unwrap_or_default() {
            marks.entry((row.sheet, row.id, row.value.clone())).or_insert(row);
        }
    }
    Left {
        enrolment: each(home, meta::enrolment).flatten(),
        marks: marks.into_values().collect(),
        met: each(home, meta::met).flatten(),
        addresses: each(home, meta::addresses).flatten(),
        server_typed: each(home, meta::server_typed).flatten(),
    }
}

/// One reading, each on a connection of its own: after a page that does not fit its sum the cipher
/// gives nothing more.
fn each<T>(home: &Path, read: impl FnOnce(&Connection) -> Result<T, ReplicaError>) -> Option<T> {
    read(&opened(home).ok()?).ok()
}

/// The file without the care a sound one gets: no migration, nothing written.
fn opened(home: &Path) -> Result<Connection, ReplicaError> {
    let key = key::of(home, true)?;
    let db = Connection::open(home.join(FILE))?;
    db.pragma_update(None, "key", format!("x'{}'", key.as_str()))?;
    Ok(db)
}

impl Tablet {
    /// Keeps the file of a home folder aside, with its key, and makes a new one with what could be
    /// read: title, addresses and marks. The marks are handed in again; the server knows those it
    /// has.
    ///
    /// # Errors
    /// [`ReplicaError::Disk`] when the folder cannot be written.
    pub fn set_aside(home: &Path, clock: &Clock) -> Result<Salvaged, ReplicaError> {
        let left = read(home);
        let now = clock.now().wall;
        let aside = free_folder(home, now.0)?;
        let disk = |e: std::io::Error| ReplicaError::Disk(e.to_string());
        fs::copy(home.join(key::FILE), aside.join(key::FILE)).map_err(disk)?;
        // The journal of the database goes first: without it the file is only older, not torn.
        for name in ["-wal", "-shm", ""] {
            let name = format!("{FILE}{name}");
            if home.join(&name).exists() {
                fs::rename(home.join(&name), aside.join(&name)).map_err(disk)?;
            }
        }
        let mut db = Db::open(home)?;
        let tx = db.begin()?;
        if let Some(enrolment) = &left.enrolment {
            let today = now.date_in(enrolment.zone());
            let from = left.met.as_ref().map_or(today, |met| met.from);
            meta::put_enrolment(&tx, enrolment)?;
            meta::put_met(&tx, &Met::nobody(from))?;
        }
        if let Some(addresses) = &left.addresses {
            meta::put_addresses(&tx, addresses)?;
        }
        if let Some(server) = &left.server_typed {
            meta::put_server_typed(&tx, server)?;
        }
        for row in &left.marks {
            let state = match row.state {
                MarkState::SetAside => MarkState::SetAside,
                MarkState::Pending | MarkState::Accepted => MarkState::Pending,
            };
            let of = (row.own, row.device_seq);
            marks::insert(&tx, &row.sheet, row.id, &row.value, of, state)?;
        }
        tx.commit()?;
        Ok(Salvaged {
            aside,
            marks: left.marks.len(),
            enrolled: left.enrolment.is_some(),
        })
    }
}

/// A folder of its own for each file set aside.
fn free_folder(home: &Path, at: i64) -> Result<PathBuf, ReplicaError> {
    let mut at = at;
    loop {
        let aside = home.join(format!("aside-{at}"));
        match fs::create_dir(&aside) {
            Ok(()) => return Ok(aside),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => at += 1,
            Err(error) => return Err(ReplicaError::Disk(error.to_string())),
        }
    }
}
