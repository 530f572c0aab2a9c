//! What the record says of returns from a loss.

use shared::codec::decode;
use shared::ids::BranchId;
use shared::operation::{Actor, Cause};
use shared::time::UtcMs;
use shared::withdrawal::Withdrawn;

use crate::store::{Read, Row, StoreError};

/// A return from a loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The branch that began with it.
    pub branch: BranchId,
    /// Why.
    pub cause: Cause,
    /// What the commune came back from.
    pub source: String,
    /// When the newest entry that came back had been received.
    pub restored_to: Option<UtcMs>,
    /// When it began.
    pub began_at: UtcMs,
    /// The journal entry that says so.
    pub began_seq: u64,
    /// Whether the grow-only set of withdrawals could be read.
    pub withdrawals_read: bool,
    /// The word that it is over.
    pub signed_off: Option<SignedOff>,
    /// The version a form must have seen.
    pub version: i64,
}

/// The word that a return from a loss is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedOff {
    /// When.
    pub at: UtcMs,
    /// By whom.
    pub by: Actor,
    /// What they noted.
    pub note: String,
}

fn recovery(row: &Row) -> Result<Recovery, StoreError> {
    let shape = |what: &str| StoreError::Shape(what.to_owned());
    let signed_off = if row.is_null(7) {
        None
    } else {
        Some(SignedOff {
            at: UtcMs(row.int(7)?),
            by: decode(&row.bytes(8)?).map_err(|e| StoreError::Shape(e.to_string()))?,
            note: row.opt(9, Row::text)?.unwrap_or_default(),
        })
    };
    Ok(Recovery {
        branch: BranchId(row.uuid(0)?),
        cause: Cause::named(&row.text(1)?).ok_or_else(|| shape("cause"))?,
        source: row.text(2)?,
        restored_to: row.opt(3, Row::int)?.map(UtcMs),
        began_at: UtcMs(row.int(4)?),
        began_seq: row.count(5)?,
        withdrawals_read: row.flag(6)?,
        signed_off,
        version: row.int(10)?,
    })
}

/// All returns from a loss, the newest first.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn recoveries<R: Read + ?Sized>(tx: &mut R) -> Result<Vec<Recovery>, StoreError> {
    let rows = tx.query(include_str!("../record/recovery/all.sql"), &[])?;
    rows.iter().map(recovery).collect()
}

/// The newest return from a loss.
///
/// # Errors
/// See [`recoveries`].
pub fn newest<R: Read + ?Sized>(tx: &mut R) -> Result<Option<Recovery>, StoreError> {
    let row = tx.first(include_str!("../record/recovery/newest.sql"), &[])?;
    row.as_ref().map(recovery).transpose()
}

/// Whether somebody is kept out until a person vouches for them: the withdrawals could not be read
/// when the commune came back, so that this subject may be among them.
///
/// # Errors
/// See [`recoveries`].
pub fn withheld<R: Read + ?Sized>(
    tx: &mut R,
    kind: Withdrawn,
    subject: [u8; 16],
) -> Result<bool, StoreError> {
    let Some(recovery) = newest(tx)?.filter(|recovery| !recovery.withdrawals_read) else {
        return Ok(false);
    };
    let key = [recovery.branch.into(), kind.as_str().into(), subject[..].into()];
    let sql = include_str!("../record/recovery/is_confirmed.sql");
    Ok(tx.first(sql, &key)?.is_none())
}
