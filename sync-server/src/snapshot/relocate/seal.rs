//! The seal of a store whose commune has left.

use shared::codec::Hash32;
use shared::ids::BranchId;
use shared::time::UtcMs;

use crate::store::{Read, StoreError, Write};

/// What a sealed store says of its commune's departure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Where it went, without a password.
    pub to: String,
    /// When.
    pub at: UtcMs,
    /// The branch it was on, and is on.
    pub branch: BranchId,
    /// How many tables went along.
    pub tables: u64,
    /// How many rows.
    pub rows: u64,
    /// How many distinct marks.
    pub marks: u64,
    /// How many journal entries.
    pub entries: u64,
    /// The hash of the newest.
    pub head: Hash32,
}

/// The seal of a store, if it has one.
pub(super) fn find(tx: &mut dyn Read) -> Result<Option<Seal>, StoreError> {
    let Some(row) = tx.first(include_str!("../sql/sealed.sql"), &[])? else {
        return Ok(None);
    };
    Ok(Some(Seal {
        to: row.text(0)?,
        at: UtcMs(row.int(1)?),
        branch: BranchId(row.uuid(2)?),
        tables: row.count(3)?,
        rows: row.count(4)?,
        marks: row.count(5)?,
        entries: row.count(6)?,
        head: row.hash(7)?,
    }))
}

/// Seals a store: no branch of it is current any more, so that nothing more can be written to its
/// record, and no receipt given for what it holds.
pub(super) fn put(tx: &mut dyn Write, seal: &Seal) -> Result<(), StoreError> {
    tx.execute(include_str!("../../record/branch/end.sql"), &[])?;
    tx.execute(
        include_str!("../sql/seal.sql"),
        &[
            seal.to.as_str().into(),
            seal.at.into(),
            seal.branch.into(),
            seal.tables.into(),
            seal.rows.into(),
            seal.marks.into(),
            seal.entries.into(),
            seal.head.into(),
        ],
    )?;
    Ok(())
}
