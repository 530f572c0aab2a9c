//! Reading what speaks of some people, newest first.

use std::collections::BTreeSet;
use std::ops::Range;

use shared::journal::Header;
use shared::operation::{Body, decode_body};
use shared::time::UtcMs;
use uuid::Uuid;

use crate::corridor::journal;
use crate::store::{Read, StoreError};

/// An entry that speaks of them.
#[derive(Clone, Debug)]
pub struct Found {
    /// Who, through what, when.
    pub header: Header,
    /// What.
    pub body: Body,
}

/// The newest entries of a span of the journal that speak of any of these people, newest first, `limit` at most. The
/// second answer is the place to go on below, where there may be more.
///
/// # Errors
/// [`StoreError`] of the engine, or of a row that is no entry.
pub fn newest(
    tx: &mut dyn Read,
    people: &BTreeSet<Uuid>,
    span: Range<u64>,
    limit: u64,
) -> Result<(Vec<Found>, Option<u64>), StoreError> {
    let mut seqs = BTreeSet::new();
    for person in people {
        let params = [(*person).into(), span.end.into(), span.start.into(), limit.into()];
        for row in tx.query(include_str!("../record/about/before.sql"), &params)? {
            seqs.insert(row.count(0)?);
        }
    }
    let newest: Vec<u64> = seqs.into_iter().rev().take(limit as usize).collect();
    let full = newest.len() as u64 == limit;
    let more = newest.last().copied().filter(|_| full);
    let mut found = Vec::with_capacity(newest.len());
    for seq in newest {
        let entry = journal::page(tx, seq.saturating_sub(1), 1)?.into_iter().next();
        if let Some((entry, _)) = entry
            && let Some(Ok(body)) = entry.body.as_deref().map(decode_body)
        {
            found.push(Found {
                header: entry.header,
                body,
            });
        }
    }
    Ok((found, more))
}

/// The first entry that was received at an instant or later, found by halves: entries stand in the order in which
/// they were received, but for a clock that was set back.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn first_since(tx: &mut dyn Read, from: UtcMs) -> Result<u64, StoreError> {
    let newest = tx.first(include_str!("../record/journal/head.sql"), &[])?;
    let (mut low, mut high) = (1, newest.map_or(Ok(0), |row| row.count(0))? + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let row = tx.first(include_str!("../record/about/received.sql"), &[middle.into()])?;
        if row.map_or(Ok(i64::MAX), |row| row.int(0))? < from.0 {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
