//! The document of a sheet as it lies on the disk. It is derived: where it cannot be read, or
//! differs from the rows, it is made again from them and stored before anybody builds on it.

use rusqlite::Connection;
use shared::digest::SheetRef;
use shared::sheet::Sheet;

use crate::error::ReplicaError;
use crate::sheets::save;
use crate::store::marks::{self, StoredMark};

/// Loads the document of a sheet, whose rows are given, inside a transaction that writes.
pub(crate) fn load(
    db: &Connection,
    sheet: &SheetRef,
    rows: &[StoredMark],
    actor: [u8; 16],
) -> Result<Sheet, ReplicaError> {
    let (saved, changes) = marks::document(db, sheet)?;
    let (mut document, unreadable) = match Sheet::load(saved.as_deref(), &changes, actor) {
        Ok(document) => (document, false),
        Err(fault) => {
            tracing::error!(sheet = %sheet.id(), %fault, "a document cannot be read; it is made again from the marks");
            (Sheet::new(actor), true)
        }
    };
    let completed = document.complete(&marks::values(rows))?;
    if unreadable || completed {
        save(db, sheet, &mut document, actor)?;
    }
    Ok(document)
}
