//! The journal's rows: appended, found, checked.

use shared::codec::{Hash32, decode, encode};
use shared::ids::{BranchId, OperationId};
use shared::journal::{Header, commitment, entry_hash};
use shared::offsite::BranchBirth;
use shared::operation::{Actor, Channel, Outcome};
use shared::receipt::Position;
use shared::time::UtcMs;

use crate::store::{Read, Row, StoreError, Value, Write};

/// One entry, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the chain hashes.
    pub header: Header,
    /// Salt of the commitment; blanked with the body.
    pub salt: Option<Hash32>,
    /// The encoded body; `None` once erased.
    pub body: Option<Vec<u8>>,
    /// The encoded outcome.
    pub outcome: Vec<u8>,
    /// Hash of the entry before.
    pub previous: Hash32,
}

impl Entry {
    /// The entry's own hash.
    pub fn hash(&self) -> Hash32 {
        entry_hash(&self.previous, &self.header)
    }

    /// Whether body and outcome are those committed to; an erased body is.
    pub fn keeps_its_word(&self) -> bool {
        match (&self.salt, &self.body) {
            (Some(salt), Some(body)) => commitment(salt, body, &self.outcome) == self.header.commitment,
            (None, None) => true,
            _ => false,
        }
    }
}

/// What an earlier operation with the same id was.
pub struct Earlier {
    /// Who asked.
    pub actor: Actor,
    /// What was asked; `None` once erased.
    pub body: Option<Vec<u8>>,
    /// What was answered.
    pub outcome: Outcome,
}

fn shape(error: impl std::fmt::Display) -> StoreError {
    StoreError::Shape(error.to_string())
}

/// The operation with this id, if it was applied.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn find(tx: &mut dyn Write, id: OperationId) -> Result<Option<Earlier>, StoreError> {
    let Some(row) = tx.first(include_str!("../record/journal/by_operation.sql"), &[id.into()])? else {
        return Ok(None);
    };
    Ok(Some(Earlier {
        actor: decode(&row.bytes(0)?).map_err(shape)?,
        body: row.opt(1, Row::bytes)?,
        outcome: decode(&row.bytes(2)?).map_err(shape)?,
    }))
}

/// The branch that is written now.
///
/// # Errors
/// [`StoreError::Moved`] when there is none: the commune was moved, and nothing is written here.
pub fn current_branch<R: Read + ?Sized>(tx: &mut R) -> Result<BranchId, StoreError> {
    match tx.first(include_str!("../record/branch/current.sql"), &[])? {
        Some(row) => Ok(BranchId(row.uuid(0)?)),
        None => Err(StoreError::Moved),
    }
}

/// The newest entry; seq 0 before the first.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn head<R: Read + ?Sized>(tx: &mut R, branch: BranchId) -> Result<Position, StoreError> {
    match tx.first(include_str!("../record/journal/head.sql"), &[])? {
        Some(row) => Ok(Position {
            branch,
            seq: row.count(0)?,
            hash: row.hash(1)?,
        }),
        None => Ok(Position {
            branch,
            seq: 0,
            hash: Hash32::ZERO,
        }),
    }
}

/// Whether this store's history contains a point of the journal.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn contains<R: Read + ?Sized>(tx: &mut R, at: &Position) -> Result<bool, StoreError> {
    if at.seq == 0 {
        return Ok(current_branch(tx)? == at.branch);
    }
    let params = [at.seq.into(), at.branch.into()];
    let found = tx.first(include_str!("../record/journal/hash_at.sql"), &params)?;
    Ok(found.map(|row| row.hash(0)).transpose()? == Some(at.hash))
}

/// Appends an entry.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn append(tx: &mut dyn Write, entry: &Entry) -> Result<(), StoreError> {
    let h = &entry.header;
    tx.execute(
        include_str!("../record/journal/append.sql"),
        &[
            h.seq.into(),
            h.branch.into(),
            h.operation.into(),
            h.at.into(),
            h.received_at.into(),
            encode(&h.actor).into(),
            h.channel.as_str().into(),
            h.kind.as_str().into(),
            h.seen.into(),
            entry.salt.into(),
            entry.body.clone().into(),
            entry.outcome.clone().into(),
            h.commitment.into(),
            h.origin.as_ref().map(encode).into(),
            entry.previous.into(),
            entry.hash().into(),
            h.first_received_at.into(),
        ],
    )?;
    crate::metrics::journaled();
    Ok(())
}

/// Entries after `after`, oldest first, with the hash each row claims.
///
/// # Errors
/// [`StoreError`] of the engine, or of a row that is no entry.
pub fn page<R: Read + ?Sized>(
    tx: &mut R,
    after: u64,
    limit: u64,
) -> Result<Vec<(Entry, Hash32)>, StoreError> {
    let rows = tx.query(
        include_str!("../record/journal/page.sql"),
        &[after.into(), limit.into()],
    )?;
    rows.iter().map(entry_of).collect()
}

/// An entry and the hash its row claims; the columns stand as in the table.
///
/// # Errors
/// [`StoreError::Shape`] for a row that is no entry.
pub fn entry_of(row: &Row) -> Result<(Entry, Hash32), StoreError> {
    let channel = Channel::named(&row.text(6)?).ok_or_else(|| shape("unknown channel"))?;
    let entry = Entry {
        header: Header {
            version: shared::journal::ENTRY_VERSION,
            branch: BranchId(row.uuid(1)?),
            seq: row.count(0)?,
            received_at: UtcMs(row.int(4)?),
            operation: OperationId(row.uuid(2)?),
            at: UtcMs(row.int(3)?),
            actor: decode(&row.bytes(5)?).map_err(shape)?,
            channel,
            kind: row.text(7)?,
            origin: row
                .opt(13, Row::bytes)?
                .map(|bytes| decode(&bytes))
                .transpose()
                .map_err(shape)?,
            commitment: row.hash(12)?,
            seen: row.opt(8, Row::int)?,
            // Snapshots of older programs lack the column.
            first_received_at: match row.0.len() {
                ..=16 => None,
                _ => row.opt(16, Row::int)?.map(UtcMs),
            },
        },
        salt: row.opt(9, Row::hash)?,
        body: row.opt(10, Row::bytes)?,
        outcome: row.bytes(11)?,
        previous: row.hash(14)?,
    };
    Ok((entry, row.hash(15)?))
}

/// Begins a commune's first branch.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn begin_branch(tx: &mut dyn Write, branch: BranchId, born_at: UtcMs) -> Result<(), StoreError> {
    tx.execute(
        include_str!("../record/branch/put.sql"),
        &[
            branch.into(),
            Value::Null,
            Value::Null,
            Value::Null,
            born_at.into(),
        ],
    )?;
    Ok(())
}

/// Goes on to a branch as it once began: after the newest entry, or before the first.
///
/// # Errors
/// [`StoreError::Damaged`] when it did not begin here; [`StoreError`] of the engine.
pub fn enter_branch(tx: &mut dyn Write, birth: &BranchBirth) -> Result<(), StoreError> {
    let Some(parent) = birth.parent else {
        return begin_branch(tx, birth.id, birth.born_at);
    };
    let current = current_branch(tx)?;
    let here = head(tx, current)?;
    if (here.seq, here.hash) != (parent.seq, parent.hash) {
        return Err(StoreError::Damaged(format!(
            "branch {} began after entry {}, not after {}",
            birth.id, parent.seq, here.seq
        )));
    }
    tx.execute(include_str!("../record/branch/end.sql"), &[])?;
    tx.execute(
        include_str!("../record/branch/put.sql"),
        &[
            birth.id.into(),
            parent.branch.into(),
            parent.seq.into(),
            parent.hash.into(),
            birth.born_at.into(),
        ],
    )?;
    Ok(())
}

/// Ends the current branch at the newest entry and begins another from there. Answers the fork. A branch is
/// born after those it stems from, whatever the clock says: a clock that was set back must not make the branch
/// of before look like the newer one to whoever restores.
///
/// # Errors
/// [`StoreError`] of the engine, or when no branch is current.
pub fn fork_branch(tx: &mut dyn Write, branch: BranchId, born_at: UtcMs) -> Result<Position, StoreError> {
    let parent = current_branch(tx)?;
    let fork = head(tx, parent)?;
    let last = tx.first(include_str!("../record/branch/last_birth.sql"), &[])?;
    let born_at = match last {
        Some(row) => born_at.max(UtcMs(row.int(0)?).plus_ms(1)),
        None => born_at,
    };
    tx.execute(include_str!("../record/branch/end.sql"), &[])?;
    tx.execute(
        include_str!("../record/branch/put.sql"),
        &[
            branch.into(),
            parent.into(),
            fork.seq.into(),
            fork.hash.into(),
            born_at.into(),
        ],
    )?;
    Ok(fork)
}
