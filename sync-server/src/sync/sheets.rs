//! The server's sheets. The mark rows are the record; the document of a sheet is derived from the
//! changes that came with them, and may be behind: what came since it was saved lies beside it and is
//! applied when somebody needs the document.

use std::collections::BTreeSet;

use shared::codec::{Blob, Hash32, decode, encode};
use shared::digest::{SheetRef, sheet_digest};
use shared::ids::{DeviceId, MarkId, SiteId};
use shared::sheet::{Fault, Sheet, Values, check};
use shared::wire::Payload;

use super::shelf::{Label, Open, Shelf};
use crate::clock::random;
use crate::store::{Read, Row, StoreError, Write};

/// What is known of a sheet without its document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// Digest of its rows.
    pub(super) digest: Hash32,
    /// How many rows it has.
    pub(super) marks: u64,
    /// The journal entry that last changed it.
    pub(super) changed_seq: u64,
    /// Tablets whose cursor is below this need the whole document.
    pub(super) whole_since: u64,
}

/// Reads where a sheet stands; `None` where it has never had a mark.
pub(super) fn standing<R: Read + ?Sized>(
    tx: &mut R,
    sheet: &SheetRef,
) -> Result<Option<Standing>, StoreError> {
    let row = tx.first(include_str!("../record/sheet/get.sql"), &of(sheet))?;
    row.map(|row| {
        Ok(Standing {
            digest: row.hash(0)?,
            marks: row.count(1)?,
            changed_seq: row.count(2)?,
            whole_since: row.count(3)?,
        })
    })
    .transpose()
}

fn of(sheet: &SheetRef) -> [crate::store::Value; 2] {
    [sheet.site.into(), sheet.date.into()]
}

/// A sheet with its document, brought up to the changes that came.
pub(super) struct Stored {
    pub(super) open: Open,
    pub(super) changed_seq: u64,
    /// Tablets whose cursor is below this need the whole document.
    pub(super) whole_since: u64,
    /// Under which it goes back to the shelf; none before the sheet is stored.
    label: Option<Label>,
}

impl Stored {
    fn empty(actor: [u8; 16]) -> Self {
        Self {
            open: Open::of(Sheet::new(actor)),
            changed_seq: 0,
            whole_since: 0,
            label: None,
        }
    }

    /// What a copy with these heads lacks: single changes up to a limit, else all of it.
    pub(super) fn since(&mut self, heads: &[Hash32], at_most: usize) -> Payload {
        match self.open.document.changes_since(heads, at_most) {
            Some(changes) => Payload::Changes(changes),
            None => Payload::Whole(self.open.whole()),
        }
    }

    /// Puts the document on the shelf, now that the store has it.
    pub(super) fn shelve(self, sheet: SheetRef, shelf: &Shelf) {
        if let Some(label) = self.label {
            shelf.put(sheet, label, self.open);
        }
    }
}

/// Loads a sheet, off the shelf where it is there.
pub(super) fn load<R: Read + ?Sized>(
    tx: &mut R,
    sheet: &SheetRef,
    shelf: &Shelf,
    actor: [u8; 16],
) -> Result<Stored, StoreError> {
    let Some(standing) = standing(tx, sheet)? else {
        return Ok(Stored::empty(actor));
    };
    let row = tx.first(include_str!("../record/sheet/document.sql"), &of(sheet))?;
    let (saved, derived_seq) = match row {
        Some(row) => (row.bytes(0)?, row.count(1)?),
        None => (Vec::new(), 0),
    };
    let label = Label {
        rows: standing.digest,
        saved,
    };
    let open = match shelf.take(sheet, &label) {
        Some(open) => open,
        None => catch_up(tx, sheet, derived_seq, actor)?,
    };
    Ok(Stored {
        open,
        changed_seq: standing.changed_seq,
        whole_since: standing.whole_since,
        label: Some(label),
    })
}

/// The heads of a sheet's document, brought up to the changes that came, and whether it had to be
/// completed from the rows for that.
pub(super) fn heads<R: Read + ?Sized>(
    tx: &mut R,
    sheet: &SheetRef,
    shelf: &Shelf,
    actor: [u8; 16],
) -> Result<(Vec<Hash32>, bool), StoreError> {
    let row = tx.first(include_str!("../record/sheet/document.sql"), &of(sheet))?;
    let standing = standing(tx, sheet)?;
    if let (Some(row), Some(standing)) = (row, standing)
        && row.count(1)? >= standing.changed_seq
    {
        let heads = decode(&row.bytes(0)?).map_err(|e| StoreError::Shape(e.to_string()))?;
        return Ok((heads, false));
    }
    let mut stored = load(tx, sheet, shelf, actor)?;
    let told = (stored.open.document.heads(), stored.open.broken);
    stored.shelve(*sheet, shelf);
    Ok(told)
}

/// Reads the saved document and applies what came since. What cannot be read or applied is left
/// out, and the document completed from the rows instead: under an actor of its own, because the same
/// may be done elsewhere.
fn catch_up<R: Read + ?Sized>(
    tx: &mut R,
    sheet: &SheetRef,
    derived_seq: u64,
    actor: [u8; 16],
) -> Result<Open, StoreError> {
    let saved = tx.first(include_str!("../record/sheet/saved.sql"), &of(sheet))?;
    let saved = saved.map(|row| row.bytes(0)).transpose()?;
    let params = [sheet.site.into(), sheet.date.into(), derived_seq.into()];
    let behind = tx.query(include_str!("../record/sheet/changes_since.sql"), &params)?;
    let behind = behind.iter().map(one_change).collect::<Result<Vec<_>, _>>()?;
    let derived = derived(saved.as_deref(), &behind, actor);
    if let Some(fault) = &derived.unreadable {
        tracing::error!(sheet = %sheet.id(), %fault, "a stored sheet cannot be read; it is made again from the rows");
    }
    if !derived.left_out.is_empty() {
        tracing::warn!(sheet = %sheet.id(), changes = derived.left_out.len(), "changes that came cannot be applied; their marks are taken from the rows");
    }
    let mut open = Open::of(derived.document);
    if derived.unreadable.is_some() || !derived.left_out.is_empty() {
        open.document = open.document.under(random());
        open.document
            .complete(&rows(tx, sheet)?)
            .map_err(|fault| StoreError::Damaged(fault.to_string()))?;
        open.broken = true;
    }
    Ok(open)
}

/// A document with what came since it was saved.
pub(crate) struct Derived {
    /// The document.
    pub(crate) document: Sheet,
    /// Why what was saved cannot be read.
    pub(crate) unreadable: Option<Fault>,
    /// What came and cannot be applied, by its place.
    pub(crate) left_out: BTreeSet<usize>,
}

/// Applies what came to what was saved.
pub(crate) fn derived(saved: Option<&[u8]>, behind: &[Payload], actor: [u8; 16]) -> Derived {
    let mut left_out = BTreeSet::new();
    loop {
        let (mut document, unreadable) = match Sheet::load(saved, &[], actor) {
            Ok(document) => (document, None),
            Err(fault) => (Sheet::new(actor), Some(fault)),
        };
        let failed = (0..behind.len())
            .filter(|nth| !left_out.contains(nth))
            .find(|nth| apply(&mut document, &behind[*nth]).is_err());
        match failed {
            // What a failure leaves behind is not to be built on: once more, without it.
            Some(nth) => left_out.insert(nth),
            None => {
                return Derived {
                    document,
                    unreadable,
                    left_out,
                };
            }
        };
    }
}

fn apply(document: &mut Sheet, payload: &Payload) -> Result<(), Fault> {
    let checked = check(payload).map_err(|unsound| unsound.fault)?;
    if !document.can_take(&checked) {
        return Err(Fault::HeadMissing);
    }
    document.apply(checked, &[])
}

/// A row of `sheet_change`.
pub(crate) fn one_change(row: &Row) -> Result<Payload, StoreError> {
    let bytes = vec![Blob(row.bytes(1)?)];
    Ok(if row.int(0)? == PACKET {
        Payload::Packets(bytes)
    } else {
        Payload::Changes(bytes)
    })
}

/// Form of a row of `sheet_change`: one change.
const CHANGE: i64 = 0;
/// Form of a row of `sheet_change`: a packet of changes.
const PACKET: i64 = 1;

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

/// Digest and number of rows.
pub(super) fn told(rows: &Values) -> (Hash32, u64) {
    let pairs = rows
        .iter()
        .flat_map(|(id, values)| values.iter().map(move |v| (*id, &v[..])));
    let count: usize = rows.values().map(BTreeSet::len).sum();
    (sheet_digest(pairs), count as u64)
}

/// Stores a sheet whose document is up to its rows.
pub(super) fn store(
    tx: &mut dyn Write,
    sheet: &SheetRef,
    stored: &mut Stored,
    rows: &Values,
) -> Result<(), StoreError> {
    let (digest, marks) = told(rows);
    let standing = Standing {
        digest,
        marks,
        changed_seq: stored.changed_seq,
        whole_since: stored.whole_since,
    };
    put(tx, sheet, &standing)?;
    let heads = encode(&stored.open.document.heads());
    stored.open.broken = false;
    let params = [
        sheet.site.into(),
        sheet.date.into(),
        heads.clone().into(),
        stored.changed_seq.into(),
        stored.open.document.save().into(),
    ];
    tx.execute(include_str!("../record/sheet/put_document.sql"), &params)?;
    stored.label = Some(Label {
        rows: digest,
        saved: heads,
    });
    Ok(())
}

/// Stores where a sheet stands; its document may be behind.
pub(super) fn put(tx: &mut dyn Write, sheet: &SheetRef, standing: &Standing) -> Result<(), StoreError> {
    let params = [
        sheet.site.into(),
        sheet.date.into(),
        standing.digest.into(),
        standing.marks.into(),
        standing.changed_seq.into(),
        standing.whole_since.into(),
    ];
    tx.execute(include_str!("../record/sheet/put.sql"), &params)?;
    Ok(())
}

/// Remembers changes as they came, for the other tablets and for the document.
pub(super) fn remember(
    tx: &mut dyn Write,
    sheet: &SheetRef,
    seq: u64,
    device: DeviceId,
    payload: &Payload,
) -> Result<(), StoreError> {
    let (form, pieces) = match payload {
        Payload::Changes(changes) => (CHANGE, changes),
        Payload::Packets(packets) => (PACKET, packets),
        Payload::Whole(_) => return Ok(()),
    };
    for (nth, piece) in (0_i64..).zip(pieces) {
        let params = [
            sheet.site.into(),
            sheet.date.into(),
            seq.into(),
            nth.into(),
            device.into(),
            piece.0.clone().into(),
            form.into(),
        ];
        tx.execute(include_str!("../record/sheet/put_change.sql"), &params)?;
    }
    Ok(())
}

/// Whether these packets are among what came.
pub(super) fn has_packets(
    tx: &mut dyn Write,
    sheet: &SheetRef,
    packets: &[Blob],
) -> Result<bool, StoreError> {
    for packet in packets {
        let params = [sheet.site.into(), sheet.date.into(), packet.0.clone().into()];
        if tx
            .first(include_str!("../record/sheet/has_packet.sql"), &params)?
            .is_none()
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Saves documents that are behind what came, `at_most` of them; answers how many there were.
///
/// # Errors
/// [`StoreError`] of the engine, or [`StoreError::Damaged`] when a document cannot be made.
pub fn catch_up_behind(
    tx: &mut dyn Write,
    shelf: &Shelf,
    actor: [u8; 16],
    at_most: u64,
) -> Result<u64, StoreError> {
    let behind = tx.query(include_str!("../record/sheet/behind.sql"), &[at_most.into()])?;
    for row in &behind {
        let sheet = SheetRef {
            site: SiteId(row.uuid(0)?),
            date: row.date(1)?,
        };
        save(tx, &sheet, shelf, actor)?;
    }
    Ok(behind.len() as u64)
}

/// Brings the document of a sheet up to its rows, and saves it. Where it had to be completed from
/// them, whoever lacks anything gets the whole of it.
pub(super) fn save(
    tx: &mut dyn Write,
    sheet: &SheetRef,
    shelf: &Shelf,
    actor: [u8; 16],
) -> Result<(), StoreError> {
    let mut stored = load(tx, sheet, shelf, actor)?;
    let rows = rows(tx, sheet)?;
    if !stored.open.document.agrees(&rows) {
        stored.open.document = stored.open.document.under(random());
        stored
            .open
            .document
            .complete(&rows)
            .map_err(|fault| StoreError::Damaged(fault.to_string()))?;
        stored.open.broken = true;
    }
    if !stored.open.document.agrees(&rows) {
        return Err(StoreError::Damaged(format!(
            "the rows and the sheet of {} differ",
            sheet.id()
        )));
    }
    if stored.open.broken {
        forget(tx, sheet)?;
        stored.whole_since = stored.changed_seq;
    }
    store(tx, sheet, &mut stored, &rows)
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
    follow(tx, &sheet, seq, actor)
}

fn follow(tx: &mut dyn Write, sheet: &SheetRef, seq: u64, actor: [u8; 16]) -> Result<(), StoreError> {
    let rows = rows(tx, sheet)?;
    if rows.is_empty() {
        return Ok(());
    }
    let mut stored = load(tx, sheet, &Shelf::default(), actor)?;
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
    forget(tx, sheet)?;
    stored.changed_seq = seq;
    stored.whole_since = seq;
    store(tx, sheet, &mut stored, &rows)
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
            changed_seq: seq,
            whole_since: seq,
            ..Stored::empty(actor)
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

/// The same, and brings those that are there up to the rows that came after entry `since`: after a
/// replay on top of a snapshot.
///
/// # Errors
/// See [`derive`].
pub fn derive_since(tx: &mut dyn Write, since: u64, actor: [u8; 16]) -> Result<(), StoreError> {
    derive(tx, actor)?;
    let sql = include_str!("../record/mark/sheets_since.sql");
    for row in tx.query(sql, &[since.into()])? {
        let sheet = SheetRef {
            site: SiteId(row.uuid(0)?),
            date: row.date(1)?,
        };
        follow(tx, &sheet, row.count(2)?, actor)?;
    }
    Ok(())
}
