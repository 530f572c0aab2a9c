//! The sheets held open in memory, each with its marks. A sheet whose transaction fails, or that
//! another process has written, is dropped and loaded again.

use std::collections::BTreeMap;

use rusqlite::Connection;
use shared::digest::SheetRef;
use shared::fold::Marks;
use shared::ids::MarkId;
use shared::mark::unpack;
use shared::sheet::Sheet;

use crate::error::ReplicaError;
use crate::store::marks::{self, MarkState, StoredMark};

/// How many sheets are held open; the oldest date goes first.
const HELD: usize = 12;
/// Beyond this many single changes a document is saved whole when it is next loaded.
const SAVE_ABOVE: usize = 100;

/// One open sheet.
pub(crate) struct OpenSheet {
    /// The document.
    pub(crate) document: Sheet,
    /// The marks that can be read, for the fold.
    pub(crate) marks: Marks,
    /// Where each mark stands with the server.
    pub(crate) states: BTreeMap<MarkId, MarkState>,
}

/// A sheet as it is shown: its marks, without the document, which takes longer to load than all else.
pub(crate) struct SeenSheet {
    /// The marks that can be read, for the fold.
    pub(crate) marks: Marks,
    /// Where each mark stands with the server.
    pub(crate) states: BTreeMap<MarkId, MarkState>,
}

/// The open sheets of a process.
pub(crate) struct OpenSheets {
    /// The actor of this start of the program: fresh, never stored.
    pub(crate) actor: [u8; 16],
    held: BTreeMap<SheetRef, OpenSheet>,
    seen: BTreeMap<SheetRef, SeenSheet>,
    seen_version: i64,
    generation: u64,
}

impl OpenSheets {
    pub(crate) fn new(actor: [u8; 16], seen_version: i64) -> Self {
        Self {
            actor,
            held: BTreeMap::new(),
            seen: BTreeMap::new(),
            seen_version,
            generation: 0,
        }
    }

    /// Moves whenever a mark, or where one stands, may have changed: what was folded before is
    /// out of date.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// Marks were added.
    pub(crate) fn changed(&mut self) {
        self.generation += 1;
    }

    /// Drops everything when another process has written since.
    pub(crate) fn refresh(&mut self, data_version: i64) {
        if self.seen_version != data_version {
            self.seen_version = data_version;
            self.forget_all();
        }
    }

    /// Drops one sheet: what is in memory may not be what is on disk.
    pub(crate) fn forget(&mut self, sheet: &SheetRef) {
        self.held.remove(sheet);
        self.seen.remove(sheet);
        self.changed();
    }

    /// Drops all of them.
    pub(crate) fn forget_all(&mut self) {
        self.held.clear();
        self.seen.clear();
        self.changed();
    }

    /// The marks of a sheet and where they stand.
    pub(crate) fn look(
        &mut self,
        db: &Connection,
        sheet: &SheetRef,
    ) -> Result<(&Marks, &BTreeMap<MarkId, MarkState>), ReplicaError> {
        if let Some(open) = self.held.get(sheet) {
            return Ok((&open.marks, &open.states));
        }
        if !self.seen.contains_key(sheet) {
            let seen = read(sheet, &marks::of_sheet(db, sheet)?);
            make_room(&mut self.seen);
            self.seen.insert(*sheet, seen);
        }
        let seen = self.seen.get(sheet).ok_or_else(lost)?;
        Ok((&seen.marks, &seen.states))
    }

    /// Opens a sheet inside a transaction or outside.
    pub(crate) fn open(&mut self, db: &Connection, sheet: &SheetRef) -> Result<&mut OpenSheet, ReplicaError> {
        if !self.held.contains_key(sheet) {
            let open = load(db, sheet, self.actor)?;
            self.seen.remove(sheet);
            make_room(&mut self.held);
            self.held.insert(*sheet, open);
        }
        self.held.get_mut(sheet).ok_or_else(lost)
    }
}

/// The oldest dates go first.
fn make_room<T>(held: &mut BTreeMap<SheetRef, T>) {
    while held.len() >= HELD {
        let oldest = held.keys().min_by_key(|s| s.date).copied();
        oldest.map(|s| held.remove(&s));
    }
}

fn lost() -> ReplicaError {
    ReplicaError::Fault("feuille".into())
}

/// Reads the marks of rows. One of a newer version is kept and synced; this program cannot show it.
fn read(sheet: &SheetRef, rows: &[StoredMark]) -> SeenSheet {
    let mut seen = SeenSheet {
        marks: Marks::default(),
        states: BTreeMap::new(),
    };
    for row in rows {
        seen.states
            .entry(row.id)
            .and_modify(|s| *s = (*s).max(row.state))
            .or_insert(row.state);
        if let Ok(mark) = unpack(&row.value) {
            seen.marks.add(sheet.site, row.id, mark);
        }
    }
    seen
}

/// Loads a sheet; where document and rows differ, the rows are right.
fn load(db: &Connection, sheet: &SheetRef, actor: [u8; 16]) -> Result<OpenSheet, ReplicaError> {
    let rows = marks::of_sheet(db, sheet)?;
    let (saved, changes) = marks::document(db, sheet)?;
    let values = marks::values(rows.iter());
    let mut document = match Sheet::load(saved.as_deref(), &changes, actor) {
        Ok(document) => document,
        Err(fault) => {
            tracing::error!(sheet = %sheet.id(), %fault, "a document cannot be read; it is made again from the marks");
            Sheet::new(actor)
        }
    };
    let repaired = document.complete(&values)?;
    if repaired || changes.len() > SAVE_ABOVE {
        save(db, sheet, &mut document, actor)?;
    }
    let SeenSheet { marks, states } = read(sheet, &rows);
    Ok(OpenSheet {
        document,
        marks,
        states,
    })
}

/// Saves a document whole, after reading back what was saved.
pub(crate) fn save(
    db: &Connection,
    sheet: &SheetRef,
    document: &mut Sheet,
    actor: [u8; 16],
) -> Result<(), ReplicaError> {
    let saved = document.save();
    if Sheet::load(Some(&saved), &[], actor)?.heads() != document.heads() {
        return Err(ReplicaError::Fault("la feuille relue diffère".into()));
    }
    marks::save_document(db, sheet, &saved)
}
