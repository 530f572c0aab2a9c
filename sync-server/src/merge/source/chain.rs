//! A journal that an engine still reads, from where it left the living history.

use shared::codec::Hash32;
use shared::ids::BranchId;
use shared::receipt::Position;

use super::sieve::{Living, Sieve};
use crate::corridor::journal;
use crate::store::{Read, Row, StoreError};

/// Entries read at once.
const PAGE: u64 = 200;

/// Reads what follows the last entry that both have. Answers whether all of it was there and sound.
///
/// # Errors
/// [`StoreError`]: of the source, which is damaged then or no store of a commune, or of the living history.
pub(super) fn read(tx: &mut dyn Read, sieve: &mut Sieve<'_>) -> Result<bool, StoreError> {
    let Some(head) = tx.first(include_str!("../../record/journal/head.sql"), &[])? else {
        return Ok(true);
    };
    let head = head.count(0)?;
    let fork = fork(tx, &sieve.living, head)?;
    sieve.share(fork.map_or(0, |fork| fork.seq));
    let (mut after, mut previous) = fork.map_or((0, Hash32::ZERO), |fork| (fork.seq, fork.hash));
    let mut sound = true;
    loop {
        let sql = include_str!("../../record/journal/found.sql");
        let rows = tx.query(sql, &[after.into(), PAGE.into()])?;
        if rows.is_empty() {
            return Ok(sound);
        }
        let mut entries = Vec::with_capacity(rows.len());
        for row in &rows {
            let seq = row.count(0)?;
            let follows = seq == after + 1;
            after = seq;
            let Ok((entry, hash)) = journal::entry_of(row) else {
                sieve.unreadable(seq);
                sound = false;
                continue;
            };
            sound &= follows && entry.previous == previous;
            previous = hash;
            entries.push((entry, hash));
        }
        if !entries.is_empty() {
            sound &= sieve.take(entries)?;
        }
    }
}

/// The last entry that both have: histories that share one share all before it.
fn fork(tx: &mut dyn Read, living: &Living<'_>, head: u64) -> Result<Option<Position>, StoreError> {
    let mut same = None;
    let (mut low, mut high) = (0, head.min(living.head()?.seq));
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        match shared(tx, living, middle)? {
            Some(at) => {
                same = Some(at);
                low = middle;
            }
            None => high = middle - 1,
        }
    }
    Ok(same)
}

fn shared(tx: &mut dyn Read, living: &Living<'_>, seq: u64) -> Result<Option<Position>, StoreError> {
    let params = [seq.into(), seq.into()];
    let row: Option<Row> = tx.first(include_str!("../../record/journal/between.sql"), &params)?;
    let Some(row) = row else { return Ok(None) };
    let there = Position {
        seq: row.count(0)?,
        branch: BranchId(row.uuid(1)?),
        hash: row.hash(2)?,
    };
    Ok(living.at(seq)?.filter(|here| *here == there))
}
