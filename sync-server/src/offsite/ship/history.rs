//! What a store knows of its own history: its branches, and which entry stands where.

use shared::codec::Hash32;
use shared::ids::BranchId;
use shared::offsite::{BranchBirth, MAX_ENTRIES, SEGMENT_BYTES, Segment, Shipped};
use shared::receipt::Position;
use shared::time::UtcMs;

use crate::corridor::journal;
use crate::store::{Read, Row, StoreError};

/// The branches of this history, oldest first.
pub(super) fn branches(tx: &mut dyn Read) -> Result<Vec<BranchBirth>, StoreError> {
    let rows = tx.query(include_str!("../sql/branches.sql"), &[])?;
    let mut births = rows
        .iter()
        .map(|row| {
            let parent = row.opt(1, Row::uuid)?;
            let fork = row.opt(2, Row::count)?.zip(row.opt(3, Row::hash)?);
            Ok(BranchBirth {
                id: BranchId(row.uuid(0)?),
                parent: parent.zip(fork).map(|(parent, (seq, hash))| Position {
                    branch: BranchId(parent),
                    seq,
                    hash,
                }),
                born_at: UtcMs(row.int(4)?),
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    // A clock that went back must not turn the order of a history round.
    births.sort_by_key(|birth| (birth.parent.map_or(0, |parent| parent.seq), birth.born_at));
    Ok(births)
}

/// The entry with this number, as it stands here; before the first of all, zeros on its branch.
pub(super) fn place(tx: &mut dyn Read, seq: u64) -> Result<Option<Position>, StoreError> {
    if seq == 0 {
        let first = branches(tx)?.into_iter().find(|birth| birth.parent.is_none());
        return Ok(first.map(|birth| Position {
            branch: birth.id,
            seq: 0,
            hash: Hash32::ZERO,
        }));
    }
    let row = tx.first(include_str!("../sql/place.sql"), &[seq.into()])?;
    row.map(|row| {
        Ok(Position {
            branch: BranchId(row.uuid(0)?),
            seq,
            hash: row.hash(1)?,
        })
    })
    .transpose()
}

/// Whether the entry at this place is ours.
pub(super) fn holds(tx: &mut dyn Read, at: &Position) -> Result<bool, StoreError> {
    Ok(place(tx, at.seq)?.is_some_and(|here| here.hash == at.hash))
}

/// Numbers of the entries that the next segment takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// The entry before the first.
    pub(super) after: u64,
    /// How many.
    pub(super) count: u64,
}

/// The next segment after an entry; `None` where nothing waits. `again` counts the tries of these
/// entries whose names were taken by something spoilt: each cuts them otherwise.
pub(super) fn next(tx: &mut dyn Read, after: u64, again: u64) -> Result<Option<Segment>, StoreError> {
    let Some(cut) = cut(tx, after, again)? else {
        return Ok(None);
    };
    segment(tx, cut).map(Some)
}

fn cut(tx: &mut dyn Read, after: u64, again: u64) -> Result<Option<Cut>, StoreError> {
    let params = [after.into(), (MAX_ENTRIES as u64).into()];
    let rows = tx.query(include_str!("../sql/weights.sql"), &params)?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let branch = first.uuid(1)?;
    let (mut count, mut bytes) = (0, 0);
    for row in &rows {
        bytes += ENTRY_BYTES + row.count(2)?;
        if row.uuid(1)? != branch || (count > 0 && bytes > SEGMENT_BYTES as u64) {
            break;
        }
        count += 1;
    }
    if again == 0 {
        return Ok(Some(Cut { after, count }));
    }
    // Further back, where the branch reaches so far; else shorter.
    let begins = branches(tx)?.into_iter().find(|birth| birth.id.0 == branch);
    let begins = begins
        .and_then(|birth| birth.parent)
        .map_or(0, |parent| parent.seq);
    let back = again.min(after - begins.min(after));
    let shorter = (again - back).min(count - 1);
    Ok(Some(Cut {
        after: after - back,
        count: (count - shorter + back).min(MAX_ENTRIES as u64),
    }))
}

/// About what an entry weighs beyond its body and outcome, in bytes.
const ENTRY_BYTES: u64 = 256;

fn segment(tx: &mut dyn Read, cut: Cut) -> Result<Segment, StoreError> {
    let entries = journal::page(tx, cut.after, cut.count)?;
    let missing = || StoreError::Damaged("the journal changed while it was read".into());
    let (first, _) = entries.first().ok_or_else(missing)?;
    let id = first.header.branch;
    let known = branches(tx)?;
    let branch = known
        .into_iter()
        .find(|birth| birth.id == id)
        .ok_or_else(missing)?;
    let before = match branch.parent {
        Some(parent) if parent.seq == cut.after => parent,
        _ => Position {
            branch: id,
            seq: cut.after,
            hash: first.previous,
        },
    };
    Ok(Segment {
        branch,
        before,
        entries: entries.into_iter().map(|(entry, _)| shipped(entry)).collect(),
    })
}

fn shipped(entry: journal::Entry) -> Shipped {
    Shipped {
        header: entry.header,
        salt: entry.salt,
        body: entry.body.map(Into::into),
        outcome: entry.outcome.into(),
    }
}

/// The newest entry.
pub(super) fn newest(tx: &mut dyn Read) -> Result<Position, StoreError> {
    let branch = journal::current_branch(tx)?;
    journal::head(tx, branch)
}
