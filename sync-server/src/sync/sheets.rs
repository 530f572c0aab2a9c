//! The server's sheets: documents derived from the mark rows.

use std::collections::BTreeSet;

use shared::codec::{Hash32, decode, encode};
use shared::digest::{SheetRef, sheet_digest};
use shared::ids::{DeviceId, MarkId, SiteId};
use shared::sheet::{Sheet, Values};
use shared::wire::Payload;

use super::shelf::{Open, Shelf};
use crate::store::{Read, StoreError, Write};

/// A sheet as stored.
pub(super) struct Stored {
    pub(super) open: Open,
    pub(super) changed_seq: u64,
    /// Tablets whose cursor is below this need the whole document.
    pub(super) whole_since: u64,
}

impl Stored {
    /// What a copy with these heads lacks: single changes up to a limit, else all of it.
    pub(super) fn since(&mut self, heads: &[Hash32], at_most: usize) -> Payload {
        match self.open.document.changes_since(heads, at_most) {
            Some(changes) => Payload::Changes(changes),
            None => Payload::Whole(self.open.whole()),
        }
    }
}

/// Loads a sheet, off the shelf where it is there. A document that cannot be read is made again
/// from the rows.
pub(super) fn load<R: Read + ?Sized>(
    tx: &mut R,
    sheet: &SheetRef,
    shelf: &Shelf,
    actor: [u8; 16],
) -> Result<Stored, StoreError> {
    let row = tx.first(
        include_str!("../record/sheet/get.sql"),
        &[sheet.site.into(), sheet.date.into()],
    )?;
    let Some(row) = row else {
        return Ok(Stored {
            open: Open::of(Sheet::new(actor)),
            changed_seq: 0,
            whole_since: 0,
        });
    };
    let (changed_seq, whole_since) = (row.count(4)?, row.count(5)?);
    let heads: Option<Vec<Hash32>> = decode(&row.bytes(1)?).ok();
    let open = match heads.and_then(|heads| shelf.take(sheet, &heads)) {
        Some(open) => open,
        None => Open::of(read(&row.bytes(0)?, sheet, actor)),
    };
    Ok(Stored {
        open,
        changed_seq,
        whole_since,
    })
}

fn read(saved: &[u8], sheet: &SheetRef, actor: [u8; 16]) -> Sheet {
    match Sheet::load(Some(saved), &[], actor) {
        Ok(document) => document,
        Err(fault) => {
            tracing::error!(sheet = %sheet.id(), %fault, "a stored sheet cannot be read; it is made again from the rows");
            Sheet::new(actor)
        }
    }
}

/// The mark rows of a sheet.
pub(super) fn rows<R: Read + ?Sized>(tx: &mut R, sheet: &SheetRef) -> Result<Values, StoreError> {
    let rows = tx.query(
        include_str!("../record/mark/of_sheet.sql"),
        &[sheet.site.into(), sheet.date.into()],
    )?;
    let mut all = Values::new();
    for row in rows {
        all.entry(MarkId(row.uuid(0)?)).or_default().insert(row.bytes(1)?);
    }
    Ok(all)
}

/// Stores a sheet with the digest of its rows.
pub(super) fn store(
    tx: &mut dyn Write,
    sheet: &SheetRef,
    stored: &mut Stored,
    rows: &Values,
) -> Result<(), StoreError> {
    let pairs = rows
        .iter()
        .flat_map(|(id, values)| values.iter().map(move |v| (*id, &v[..])));
    let count: usize = rows.values().map(BTreeSet::len).sum();
    let params = [
        sheet.site.into(),
        sheet.date.into(),
        stored.open.document.save().into(),
        encode(&stored.open.document.heads()).into(),
        sheet_digest(pairs).into(),
        (count as u64).into(),
        stored.changed_seq.into(),
        stored.whole_since.into(),
    ];
    tx.execute(include_str!("../record/sheet/put.sql"), &params)?;
    Ok(())
}

/// Remembers changes as they came, for the other tablets.
pub(super) fn remember(
    tx: &mut dyn Write,
    sheet: &SheetRef,
    seq: u64,
    device: DeviceId,
    changes: &[shared::codec::Blob],
) -> Result<(), StoreError> {
    for (nth, change) in (0_i64..).zip(changes) {
        let params = [
            sheet.site.into(),
            sheet.date.into(),
            seq.into(),
            nth.into(),
            device.into(),
            change.0.clone().into(),
        ];
        tx.execute(include_str!("../record/sheet/put_change.sql"), &params)?;
    }
    Ok(())
}

/// Forgets remembered changes: whoever lacks them gets the whole document.
pub(super) fn forget(tx: &mut dyn Write, sheet: &SheetRef) -> Result<(), StoreError> {
    tx.execute(
        include_str!("../record/sheet/clear_changes.sql"),
        &[sheet.site.into(), sheet.date.into()],
    )?;
    Ok(())
}

/// Brings a sheet up to its rows, after marks came in by a person's decision and not by a change of
/// the document; tablets get the whole document then.
///
/// # Errors
/// [`StoreError`] of the engine, or [`StoreError::Damaged`] when the document cannot be made.
pub fn follow_settlement(
    tx: &mut dyn Write,
    payload: Hash32,
    seq: u64,
    actor: [u8; 16],
) -> Result<(), StoreError> {
    let Some(row) = tx.first(include_str!("../record/quarantine/get.sql"), &[payload.into()])? else {
        return Ok(());
    };
    let sheet = SheetRef {
        site: SiteId(row.uuid(1)?),
        date: row.date(2)?,
    };
    let rows = rows(tx, &sheet)?;
    if rows.is_empty() {
        return Ok(());
    }
    let mut stored = load(tx, &sheet, &Shelf::default(), actor)?;
    let grew = stored
        .open
        .document
        .complete(&rows)
        .map_err(|fault| StoreError::Damaged(fault.to_string()))?;
    if !grew {
        return Ok(());
    }
    if !stored.open.document.agrees(&rows) {
        return Err(StoreError::Damaged(format!(
            "the rows and the sheet of {} differ",
            sheet.id()
        )));
    }
    forget(tx, &sheet)?;
    stored.changed_seq = seq;
    stored.whole_since = seq;
    store(tx, &sheet, &mut stored, &rows)
}

/// Makes the sheets that the mark rows call for and that are not there: after a replay.
///
/// # Errors
/// [`StoreError`] of the engine, or [`StoreError::Damaged`] when a document cannot be made.
pub fn derive(tx: &mut dyn Write, actor: [u8; 16]) -> Result<(), StoreError> {
    for row in tx.query(include_str!("../record/mark/sheets_missing.sql"), &[])? {
        let sheet = SheetRef {
            site: SiteId(row.uuid(0)?),
            date: row.date(1)?,
        };
        let seq = row.count(2)?;
        let rows = rows(tx, &sheet)?;
        let mut stored = Stored {
            open: Open::of(Sheet::new(actor)),
            changed_seq: seq,
            whole_since: seq,
        };
        stored
            .open
            .document
            .complete(&rows)
            .map_err(|fault| StoreError::Damaged(fault.to_string()))?;
        store(tx, &sheet, &mut stored, &rows)?;
    }
    Ok(())
}
