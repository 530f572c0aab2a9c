//! Rows of marks, sheets and envelopes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use shared::codec::{Hash32, decode, encode};
use shared::digest::SheetRef;
use shared::envelope::{Envelope, Scope};
use shared::ids::{BranchId, MarkId, SiteId};
use shared::sheet::Values;

use crate::error::ReplicaError;

/// Where a mark stands with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkState {
    /// No receipt covers it.
    Pending,
    /// A receipt covers it.
    Accepted,
    /// The server keeps it aside for a person.
    SetAside,
}

impl MarkState {
    fn of(number: i64) -> Self {
        match number {
            0 => Self::Pending,
            1 => Self::Accepted,
            _ => Self::SetAside,
        }
    }

    fn number(self) -> i64 {
        match self {
            Self::Pending => 0,
            Self::Accepted => 1,
            Self::SetAside => 2,
        }
    }
}

/// A mark row.
#[derive(Clone, Debug)]
pub struct StoredMark {
    /// Its id.
    pub id: MarkId,
    /// Its packed value.
    pub value: Vec<u8>,
    /// Where it stands.
    pub state: MarkState,
    /// A receipt covered it once, even if the server has forgotten since.
    pub receipted: bool,
    /// The journal entry of the receipt that covered it first; 0 before.
    pub accepted_seq: u64,
}

/// Own marks by where they stand; the four are disjoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// No receipt.
    pub pending: u64,
    /// A receipt, not yet in backup.
    pub accepted: u64,
    /// In a verified off-site segment.
    pub in_backup: u64,
    /// Kept aside by the server.
    pub set_aside: u64,
}

fn site_of(row: &Row<'_>, column: usize) -> rusqlite::Result<SiteId> {
    let bytes: Vec<u8> = row.get(column)?;
    SiteId::from_slice(&bytes).ok_or(rusqlite::Error::InvalidQuery)
}

fn mark_of(row: &Row<'_>, column: usize) -> rusqlite::Result<MarkId> {
    let bytes: Vec<u8> = row.get(column)?;
    MarkId::from_slice(&bytes).ok_or(rusqlite::Error::InvalidQuery)
}

fn sheet_of(row: &Row<'_>) -> rusqlite::Result<SheetRef> {
    let date: String = row.get(1)?;
    let date = date
        .parse::<NaiveDate>()
        .map_err(|_| rusqlite::Error::InvalidQuery)?;
    Ok(SheetRef {
        site: site_of(row, 0)?,
        date,
    })
}

fn key(sheet: &SheetRef) -> (&[u8], String) {
    (sheet.site.as_bytes(), sheet.date.to_string())
}

/// Inserts a value of a mark; answers whether it was new.
///
/// # Errors
/// Those of the engine.
pub fn insert(
    db: &Connection,
    sheet: &SheetRef,
    id: MarkId,
    value: &[u8],
    (own, device_seq): (bool, u64),
    state: MarkState,
) -> Result<bool, ReplicaError> {
    let (site, date) = key(sheet);
    let mut known = db.prepare_cached(include_str!("sql/mark_values.sql"))?;
    let held: Vec<Vec<u8>> = known
        .query_map(params![site, date, id.as_bytes()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    if held.iter().any(|other| other == value) {
        return Ok(false);
    }
    let nth = i64::try_from(held.len()).unwrap_or(i64::MAX);
    let seq = i64::try_from(device_seq).unwrap_or(i64::MAX);
    db.prepare_cached(include_str!("sql/mark_insert.sql"))?
        .execute(params![
            site,
            date,
            id.as_bytes(),
            nth,
            value,
            own,
            seq,
            state.number()
        ])?;
    Ok(true)
}

/// All rows of a sheet.
///
/// # Errors
/// Those of the engine.
pub fn of_sheet(db: &Connection, sheet: &SheetRef) -> Result<Vec<StoredMark>, ReplicaError> {
    let (site, date) = key(sheet);
    let mut statement = db.prepare_cached(include_str!("sql/mark_of_sheet.sql"))?;
    let rows = statement.query_map(params![site, date], |row| {
        Ok(StoredMark {
            id: mark_of(row, 0)?,
            value: row.get(1)?,
            state: MarkState::of(row.get(2)?),
            receipted: row.get::<_, i64>(3)? > 0,
            accepted_seq: u64::try_from(row.get::<_, i64>(3)?).unwrap_or(0),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Own marks, newest first: those that are owed or were refused, or all others.
///
/// # Errors
/// Those of the engine.
pub fn newest_own(
    db: &Connection,
    unsettled: bool,
    most: usize,
) -> Result<Vec<(SheetRef, StoredMark)>, ReplicaError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(include_str!("sql/mark_own_newest.sql"))?;
    let rows = statement.query_map(params![unsettled, most], |row| {
        let seq: i64 = row.get(5)?;
        let mark = StoredMark {
            id: mark_of(row, 2)?,
            value: row.get(3)?,
            state: MarkState::of(row.get(4)?),
            receipted: seq > 0,
            accepted_seq: u64::try_from(seq).unwrap_or(0),
        };
        Ok((sheet_of(row)?, mark))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A row of a damaged file.
#[derive(Clone, Debug)]
pub(crate) struct SalvagedMark {
    pub(crate) sheet: SheetRef,
    pub(crate) id: MarkId,
    pub(crate) value: Vec<u8>,
    pub(crate) own: bool,
    pub(crate) device_seq: u64,
    pub(crate) state: MarkState,
}

/// The rows from one end of the table up to where it cannot be read any more.
pub(crate) fn salvage(db: &Connection, from_the_first: bool) -> Vec<SalvagedMark> {
    let sql = if from_the_first {
        include_str!("sql/mark_salvage_up.sql")
    } else {
        include_str!("sql/mark_salvage_down.sql")
    };
    let read = |row: &Row<'_>| {
        Ok(SalvagedMark {
            sheet: sheet_of(row)?,
            id: mark_of(row, 2)?,
            value: row.get(3)?,
            own: row.get(4)?,
            device_seq: row.get::<_, i64>(5).map(|n| u64::try_from(n).unwrap_or(0))?,
            state: MarkState::of(row.get(6)?),
        })
    };
    let Ok(mut statement) = db.prepare(sql) else {
        return Vec::new();
    };
    let Ok(rows) = statement.query_map([], read) else {
        return Vec::new();
    };
    rows.map_while(Result::ok).collect()
}

/// The rows of a sheet as the document should have them.
pub fn values<'m>(rows: impl IntoIterator<Item = &'m StoredMark>) -> Values {
    let mut all = Values::new();
    for row in rows {
        all.entry(row.id).or_default().insert(row.value.clone());
    }
    all
}

/// The sheet and value of a mark.
///
/// # Errors
/// Those of the engine.
pub fn find(db: &Connection, id: MarkId) -> Result<Option<(SheetRef, Vec<u8>)>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("sql/mark_find.sql"))?;
    Ok(statement
        .query_row([id.as_bytes()], |row| Ok((sheet_of(row)?, row.get(2)?)))
        .optional()?)
}

/// The next device sequence.
///
/// # Errors
/// Those of the engine.
pub fn next_seq(db: &Connection) -> Result<u64, ReplicaError> {
    let next: i64 = db
        .prepare_cached(include_str!("sql/mark_next_seq.sql"))?
        .query_row([], |row| row.get(0))?;
    Ok(u64::try_from(next).unwrap_or(1))
}

fn sheets(db: &Connection, sql: &str) -> Result<Vec<SheetRef>, ReplicaError> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], sheet_of)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sheets with an own mark that has no receipt, oldest first.
///
/// # Errors
/// Those of the engine.
pub fn owed_sheets(db: &Connection) -> Result<Vec<SheetRef>, ReplicaError> {
    sheets(db, include_str!("sql/mark_owed_sheets.sql"))
}

/// Sheets with a mark that no receipt has covered yet.
///
/// # Errors
/// Those of the engine.
pub fn uncovered_sheets(db: &Connection) -> Result<Vec<SheetRef>, ReplicaError> {
    sheets(db, include_str!("sql/mark_uncovered_sheets.sql"))
}

/// Sheets with a mark.
///
/// # Errors
/// Those of the engine.
pub fn all_sheets(db: &Connection) -> Result<Vec<SheetRef>, ReplicaError> {
    sheets(db, include_str!("sql/mark_sheets.sql"))
}

/// Marks a row accepted by the receipt at `seq`.
///
/// # Errors
/// Those of the engine.
pub fn accept(db: &Connection, id: MarkId, seq: u64) -> Result<(), ReplicaError> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    db.prepare_cached(include_str!("sql/mark_accept.sql"))?
        .execute(params![id.as_bytes(), seq])?;
    Ok(())
}

/// Own accepted marks of a sheet have no receipt any more: the server forgot.
///
/// # Errors
/// Those of the engine.
pub fn pending_again(db: &Connection, sheet: &SheetRef) -> Result<usize, ReplicaError> {
    let (site, date) = key(sheet);
    Ok(db
        .prepare_cached(include_str!("sql/mark_own_pending_again.sql"))?
        .execute(params![site, date])?)
}

/// The server keeps this mark aside.
///
/// # Errors
/// Those of the engine.
pub fn set_aside(db: &Connection, id: MarkId) -> Result<(), ReplicaError> {
    db.prepare_cached(include_str!("sql/mark_set_aside.sql"))?
        .execute([id.as_bytes()])?;
    Ok(())
}

/// Own marks by where they stand. Where nothing is said of the backup, no receipt on the branch of now
/// covers any.
///
/// # Errors
/// Those of the engine.
pub fn counts(db: &Connection, in_backup_to: Option<u64>) -> Result<Counts, ReplicaError> {
    let backed_up = i64::try_from(in_backup_to.unwrap_or(0)).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(include_str!("sql/mark_counts.sql"))?;
    let count = |row: &Row<'_>, i| row.get::<_, i64>(i).map(|n| u64::try_from(n).unwrap_or(0));
    let counts = statement.query_row([backed_up], |row| {
        Ok(Counts {
            pending: count(row, 0)?,
            accepted: count(row, 1)?,
            in_backup: count(row, 2)?,
            set_aside: count(row, 3)?,
        })
    })?;
    if in_backup_to.is_some() {
        return Ok(counts);
    }
    Ok(Counts {
        pending: counts.pending + counts.accepted + counts.in_backup,
        accepted: 0,
        in_backup: 0,
        set_aside: counts.set_aside,
    })
}

/// Own marks without a receipt, and own marks the server keeps aside: few rows are read.
///
/// # Errors
/// Those of the engine.
pub fn owed(db: &Connection) -> Result<(usize, usize), ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("sql/mark_owed_counts.sql"))?;
    let count = |row: &Row<'_>, i| {
        row.get::<_, i64>(i)
            .map(|n| usize::try_from(n).unwrap_or(usize::MAX))
    };
    Ok(statement.query_row([], |row| Ok((count(row, 0)?, count(row, 1)?)))?)
}

/// A document as stored: its saved form, and the changes since.
pub type StoredDocument = (Option<Vec<u8>>, Vec<Vec<u8>>);

/// A sheet's document as stored.
///
/// # Errors
/// Those of the engine.
pub fn document(db: &Connection, sheet: &SheetRef) -> Result<StoredDocument, ReplicaError> {
    let (site, date) = key(sheet);
    let mut get = db.prepare_cached(include_str!("sql/sheet_get.sql"))?;
    let saved: Option<Option<Vec<u8>>> = get.query_row(params![site, date], |row| row.get(0)).optional()?;
    let mut changes = db.prepare_cached(include_str!("sql/change_all.sql"))?;
    let changes = changes
        .query_map(params![site, date], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok((saved.flatten(), changes))
}

/// Stores one more change of a document.
///
/// # Errors
/// Those of the engine.
pub fn add_change(db: &Connection, sheet: &SheetRef, bytes: &[u8]) -> Result<(), ReplicaError> {
    let (site, date) = key(sheet);
    db.prepare_cached(include_str!("sql/change_insert.sql"))?
        .execute(params![site, date, bytes])?;
    Ok(())
}

/// Stores a document whole, in place of its changes.
///
/// # Errors
/// Those of the engine.
pub fn save_document(db: &Connection, sheet: &SheetRef, saved: &[u8]) -> Result<(), ReplicaError> {
    let (site, date) = key(sheet);
    db.prepare_cached(include_str!("sql/sheet_put_saved.sql"))?
        .execute(params![site, date, saved])?;
    db.prepare_cached(include_str!("sql/change_clear.sql"))?
        .execute(params![site, date])?;
    Ok(())
}

/// Keeps a document that is given up, as it was.
///
/// # Errors
/// Those of the engine.
pub fn keep_aside(db: &Connection, sheet: &SheetRef, at: i64, bytes: &[u8]) -> Result<(), ReplicaError> {
    let (site, date) = key(sheet);
    db.prepare_cached(include_str!("sql/aside_insert.sql"))?
        .execute(params![site, date, at, bytes])?;
    Ok(())
}

/// The heads the server is known to hold of a sheet.
///
/// # Errors
/// Those of the engine.
pub fn server_heads(db: &Connection, sheet: &SheetRef) -> Result<Option<Vec<Hash32>>, ReplicaError> {
    let (site, date) = key(sheet);
    let mut get = db.prepare_cached(include_str!("sql/sheet_get.sql"))?;
    let heads: Option<Option<Vec<u8>>> = get.query_row(params![site, date], |row| row.get(1)).optional()?;
    Ok(heads.flatten().map(|bytes| decode(&bytes)).transpose()?)
}

/// Remembers the heads the server holds.
///
/// # Errors
/// Those of the engine.
pub fn put_server_heads(db: &Connection, sheet: &SheetRef, heads: &[Hash32]) -> Result<(), ReplicaError> {
    let (site, date) = key(sheet);
    let encoded = encode(&heads.to_vec());
    db.prepare_cached(include_str!("sql/sheet_put_server_heads.sql"))?
        .execute(params![site, date, encoded])?;
    Ok(())
}

/// Nothing is known of the server's documents any more.
///
/// # Errors
/// Those of the engine.
pub fn forget_server_heads(db: &Connection) -> Result<(), ReplicaError> {
    db.execute(include_str!("sql/sheet_forget_server.sql"), [])?;
    Ok(())
}

/// The digests of the sheets that the newest receipt covers.
///
/// # Errors
/// Those of the engine.
pub fn covered(db: &Connection) -> Result<BTreeMap<SheetRef, Hash32>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("sql/sheet_covered.sql"))?;
    let rows = statement.query_map([], |row| {
        let digest: Vec<u8> = row.get(2)?;
        Ok((
            sheet_of(row)?,
            Hash32::from_slice(&digest).ok_or(rusqlite::Error::InvalidQuery)?,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Remembers the digest of a sheet that the newest receipt covers; `None` when it covers none.
///
/// # Errors
/// Those of the engine.
pub fn put_covered(db: &Connection, sheet: &SheetRef, digest: Option<Hash32>) -> Result<(), ReplicaError> {
    let (site, date) = key(sheet);
    let digest = digest.map(|d| d.0.to_vec());
    db.prepare_cached(include_str!("sql/sheet_put_covered.sql"))?
        .execute(params![site, date, digest])?;
    Ok(())
}

pub(super) fn scope_key(scope: &Scope) -> (i64, Vec<u8>, String) {
    match scope {
        Scope::DayList { site, date } => (0, site.as_bytes().to_vec(), date.to_string()),
        Scope::Site { site } => (1, site.as_bytes().to_vec(), String::new()),
        Scope::Roster => (2, Vec::new(), String::new()),
    }
}

/// Stores an envelope that was opened and believed; an older one of its branch is replaced.
///
/// # Errors
/// Those of the engine.
pub fn put_envelope(db: &Connection, envelope: &Envelope) -> Result<(), ReplicaError> {
    let (kind, site, date) = scope_key(&envelope.header.scope);
    let seq = i64::try_from(envelope.header.seq).unwrap_or(i64::MAX);
    db.prepare_cached(include_str!("sql/envelope_put.sql"))?
        .execute(params![
            kind,
            site,
            date,
            envelope.header.branch.as_bytes(),
            seq,
            encode(envelope)
        ])?;
    Ok(())
}

/// The envelopes of a branch give way to whatever comes next, however low its seq; until then they stay.
///
/// # Errors
/// Those of the engine.
pub fn yield_envelopes(db: &Connection, branch: BranchId) -> Result<(), ReplicaError> {
    db.prepare_cached(include_str!("sql/envelope_yield.sql"))?
        .execute([branch.as_bytes()])?;
    Ok(())
}

/// The envelope of a scope: the current branch's, however low its seq, before any other.
///
/// # Errors
/// Those of the engine.
pub fn envelope(
    db: &Connection,
    scope: &Scope,
    branch: Option<BranchId>,
) -> Result<Option<Envelope>, ReplicaError> {
    let (kind, site, date) = scope_key(scope);
    let branch = branch.map(|b| b.as_bytes().to_vec());
    let mut statement = db.prepare_cached(include_str!("sql/envelope_get.sql"))?;
    let bytes: Option<Vec<u8>> = statement
        .query_row(params![kind, site, date, branch], |row| row.get(0))
        .optional()?;
    Ok(bytes.map(|bytes| decode(&bytes)).transpose()?)
}

/// Lists of the same weekday before a date, newest first.
///
/// # Errors
/// Those of the engine.
pub fn lists_of_weekday(
    db: &Connection,
    site: SiteId,
    before: NaiveDate,
    branch: Option<BranchId>,
) -> Result<Vec<Envelope>, ReplicaError> {
    let branch = branch.map(|b| b.as_bytes().to_vec());
    let mut statement = db.prepare_cached(include_str!("sql/envelope_last_weekday.sql"))?;
    let rows = statement.query_map(params![site.as_bytes(), before.to_string(), branch], |row| {
        row.get(0)
    })?;
    let bytes: Vec<Vec<u8>> = rows.collect::<Result<_, _>>()?;
    bytes.iter().map(|bytes| Ok(decode(bytes)?)).collect()
}

/// Adds a withdrawal to the set.
///
/// # Errors
/// Those of the engine.
pub fn put_withdrawal(
    db: &Connection,
    withdrawal: &shared::withdrawal::Withdrawal,
) -> Result<(), ReplicaError> {
    db.prepare_cached(include_str!("sql/withdrawal_put.sql"))?
        .execute([encode(withdrawal)])?;
    Ok(())
}

/// The whole set.
///
/// # Errors
/// Those of the engine.
pub fn withdrawals(db: &Connection) -> Result<Vec<shared::withdrawal::Withdrawal>, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("sql/withdrawal_all.sql"))?;
    let rows: Vec<Vec<u8>> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    rows.iter().map(|bytes| Ok(decode(bytes)?)).collect()
}

/// Whether this tablet made a mark.
///
/// # Errors
/// Those of the engine.
pub fn is_own(db: &Connection, id: MarkId) -> Result<bool, ReplicaError> {
    let mut statement = db.prepare_cached(include_str!("sql/mark_is_own.sql"))?;
    Ok(statement
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?
        .unwrap_or(false))
}
