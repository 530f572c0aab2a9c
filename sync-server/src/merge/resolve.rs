//! What became of an entry that an old receipt names, and how far a lost branch is accounted for.

use std::collections::BTreeMap;

use shared::ids::BranchId;
use shared::operation::Fate;
use shared::receipt::Position;
use shared::time::UtcMs;
use shared::wire::Known;

use crate::corridor::journal;
use crate::store::{Read, Row, StoreError};

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// What became of it; [`Fate::AlreadyThere`] for an entry of this very journal.
    pub fate: Fate,
    /// The entry of this journal that holds it, or a part of it.
    pub entry: Option<Position>,
    /// What it stands against, or why it is listed only.
    pub why: String,
    /// When somebody decided, if there was anything to decide.
    pub settled_at: Option<UtcMs>,
}

/// What became of the entry at a point of this journal or of a lost one; `None` where nothing is known of it.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn resolve<R: Read + ?Sized>(tx: &mut R, at: &Position) -> Result<Option<Resolved>, StoreError> {
    if at.seq > 0 && journal::contains(tx, at)? {
        return Ok(Some(Resolved {
            fate: Fate::AlreadyThere,
            entry: Some(*at),
            why: String::new(),
            settled_at: None,
        }));
    }
    let key = [at.branch.into(), at.seq.into(), at.hash.into()];
    let row = tx.first(include_str!("../record/lost/resolve.sql"), &key)?;
    row.map(|row| {
        let entry = match (row.opt(1, Row::count)?, row.opt(2, Row::uuid)?) {
            (Some(seq), Some(branch)) => Some(Position {
                branch: BranchId(branch),
                seq,
                hash: row.hash(3)?,
            }),
            _ => None,
        };
        Ok(Resolved {
            fate: Fate::named(&row.text(0)?).ok_or_else(|| StoreError::Shape("fate".into()))?,
            entry,
            why: row.text(4)?,
            settled_at: row.opt(5, Row::int)?.map(UtcMs),
        })
    })
    .transpose()
}

/// The branches of a history, `here` being those of this store and `current` the one it writes: where a lost
/// part of one is accounted for without a hole, as far as that reaches.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn known_to<R: Read + ?Sized>(
    tx: &mut R,
    current: BranchId,
    here: Vec<Known>,
) -> Result<Vec<Known>, StoreError> {
    let rows = tx.query(include_str!("../record/lost/known.sql"), &[])?;
    if rows.is_empty() {
        return Ok(here);
    }
    let order: Vec<BranchId> = here.iter().map(|known| known.branch).collect();
    let mut reach: BTreeMap<BranchId, u64> = here.iter().map(|known| (known.branch, known.seq)).collect();
    let mut more = Vec::new();
    for row in rows {
        let branch = BranchId(row.uuid(0)?);
        let (first, last, entries) = (row.count(1)?, row.count(2)?, row.count(3)?);
        let whole = entries == last - first + 1;
        // It goes on from what is here of it, or from the branch it stems from.
        let goes_on = branch != current
            && match reach.get(&branch) {
                Some(known) => *known + 1 >= first && last > *known,
                None => first == 1 || reach.values().any(|known| *known + 1 >= first),
            };
        if whole && goes_on && reach.insert(branch, last).is_none() {
            more.push(branch);
        }
    }
    Ok(order
        .into_iter()
        .chain(more)
        .map(|branch| Known {
            branch,
            seq: reach.get(&branch).copied().unwrap_or(0),
        })
        .collect())
}
