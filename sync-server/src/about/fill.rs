//! Filling `about` from the journal.

use std::collections::BTreeSet;

use shared::operation::decode_body;
use uuid::Uuid;

use super::speaks::speaks_of;
use crate::commune::Commune;
use crate::corridor::journal;
use crate::store::{Read, StoreError, Write};

/// Entries looked through in one transaction: nobody waits for long.
const AT_ONCE: u64 = 200;

/// Whether entries are still to be looked through.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn is_behind(tx: &mut dyn Read) -> Result<bool, StoreError> {
    let done = head(tx)?;
    let newest = tx.first(include_str!("../record/journal/head.sql"), &[])?;
    Ok(newest.map_or(Ok(0), |row| row.count(0))? > done)
}

fn head<R: Read + ?Sized>(tx: &mut R) -> Result<u64, StoreError> {
    let row = tx.first(include_str!("../record/about/head.sql"), &[])?;
    row.map_or(Ok(0), |row| row.count(0))
}

/// Looks through all that is left, unless it is told to stop.
///
/// # Errors
/// See [`is_behind`].
pub fn fill(commune: &Commune, mut go_on: impl FnMut() -> bool) -> Result<u64, StoreError> {
    let mut entries = 0;
    while go_on() {
        let more = commune.store.write(step)?;
        entries += more;
        if more < AT_ONCE {
            break;
        }
    }
    Ok(entries)
}

/// Looks through so many steps at most, before somebody reads. Writes nothing where nothing is left.
///
/// # Errors
/// See [`is_behind`].
pub fn fill_some(commune: &Commune, steps: u32) -> Result<(), StoreError> {
    if !commune.store.read(is_behind)? {
        return Ok(());
    }
    let mut left = steps;
    fill(commune, || {
        let goes_on = left > 0;
        left = left.saturating_sub(1);
        goes_on
    })
    .map(|_| ())
}

/// Answers how many entries it looked through.
fn step(tx: &mut dyn Write) -> Result<u64, StoreError> {
    let after = head(tx)?;
    let entries = journal::page(tx, after, AT_ONCE)?;
    let mut last = after;
    for (entry, _) in &entries {
        last = entry.header.seq;
        // What was erased speaks of nobody any more; a kind that a newer program wrote is for that program.
        let Some(Ok(body)) = entry.body.as_deref().map(decode_body) else {
            continue;
        };
        let spoken = speaks_of(&body);
        let mut people: BTreeSet<Uuid> = spoken.people;
        for reservation in spoken.reservations {
            let sql = include_str!("../record/reservation/whose.sql");
            if let Some(row) = tx.first(sql, &[reservation.into()])? {
                people.insert(row.uuid(0)?);
            }
        }
        for request in spoken.requests {
            let sql = include_str!("../record/request/get.sql");
            if let Some(row) = tx.first(sql, &[request.into()])? {
                people.insert(row.uuid(0)?);
            }
        }
        for wish in spoken.wishes {
            let sql = include_str!("../record/wish/whose.sql");
            if let Some(row) = tx.first(sql, &[wish.into()])? {
                people.insert(row.uuid(0)?);
            }
        }
        let seq = entry.header.seq;
        let rows: Vec<_> = people
            .into_iter()
            .map(|person| vec![person.into(), seq.into()])
            .collect();
        tx.execute_many(include_str!("../record/about/put.sql"), &rows)?;
    }
    if last > after {
        tx.execute(include_str!("../record/about/set_head.sql"), &[last.into()])?;
    }
    Ok(entries.len() as u64)
}
