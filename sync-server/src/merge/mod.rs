//! A lost history was found again: what is missing of it here is merged into the record.
//!
//! The result is a function of the record and of the lost history. Each lost operation ends in exactly one
//! [`Fate`]; run twice, the second run writes nothing. Work goes in chunks, so that the town goes on
//! meanwhile: each chunk is judged against the record of its own transaction, and a run that was killed is
//! run again.

mod booked;
mod facts;
mod history;
mod judge;
mod open;
mod rehearse;
mod report;
mod resolve;
mod run;
pub mod runs;
mod sides;
pub mod source;
pub mod subjects;
mod view;
mod weigh;

pub use open::{Open, open};
pub use report::{Counts, Line, MergeError, Report};
pub use resolve::{Resolved, known_to, resolve};
pub use sides::Field;

use std::sync::Arc;

use shared::codec::{Hash32, encode};
use shared::ids::OperationId;
use shared::offsite::BranchBirth;
use shared::operation::Actor;
use uuid::Uuid;

use crate::commune::Commune;
use crate::corridor::journal::Entry;
use crate::store::{Read, StoreError};

use history::{History, Item};
use run::{Errand, Run, Start};

/// Entries weighed and written in one transaction: others get their turn between two.
const CHUNK: usize = 100;

/// A lost history as it could be read from wherever it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Its entries with the hash each claims, along its branches and in order of their numbers. Those that
    /// this commune has too may be among them, or left out.
    pub entries: Vec<(Entry, Hash32)>,
    /// How its branches begin, as far as that is known.
    pub births: Vec<BranchBirth>,
    /// What could not be read, in French.
    pub problems: Vec<String>,
}

/// What a merge would do now: the same run over a copy in memory. Nothing is written, and no writer waits.
/// Blocks: call it on the blocking pool.
///
/// # Errors
/// [`MergeError`].
pub fn plan(commune: &Commune, lost: &Lost) -> Result<Report, MergeError> {
    let history = Arc::new(History::of(lost));
    let (start, copy) = commune.store.read(|tx| {
        let start = Start::of(tx, &history)?;
        let fork = start.fork.map_or(0, |fork| fork.seq);
        let copy = rehearse::copy(tx, &history, fork)?;
        Ok::<_, StoreError>((start, copy))
    })?;
    let mut errand = errand(commune, Actor::Host, "");
    errand.sheet_actor = None;
    let mut run = Run::new(errand, history, start);
    while run.step(&copy)?.is_some() {}
    Ok(run.report)
}

/// Merges what is missing here. `source` is where the history was read from, without a password. Others
/// write in between; a run that stopped is run again. Blocks: call it on the blocking pool.
///
/// # Errors
/// [`MergeError`]; what was merged before stands.
pub fn merge(commune: &Commune, lost: Lost, actor: Actor, source: &str) -> Result<Report, MergeError> {
    let history = History::of(&lost);
    drop(lost);
    merge_in(commune, history, errand(commune, actor, source), || true)
}

/// Of how many lost entries it is known what became of them: how far a merge is.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn accounted<R: Read + ?Sized>(tx: &mut R) -> Result<u64, StoreError> {
    let row = tx.first(include_str!("../record/lost/count.sql"), &[])?;
    row.map_or(Ok(0), |row| row.count(0))
}

/// The same in chunks of one's own; `between` is done after each and answers whether the run goes on.
fn merge_in(
    commune: &Commune,
    history: History,
    errand: Errand,
    mut between: impl FnMut() -> bool,
) -> Result<Report, MergeError> {
    let history = Arc::new(history);
    let (start, before) = commune.store.read(|tx| {
        let branch = crate::corridor::journal::current_branch(tx)?;
        let head = crate::corridor::journal::head(tx, branch)?;
        Ok::<_, StoreError>((Start::of(tx, &history)?, head))
    })?;
    let mut run = Run::new(errand, history, start);
    run.look(&commune.store)?;
    let mut told = before;
    while let Some(head) = run.step(&commune.store)? {
        if head != told {
            commune.announce(head);
            told = head;
        }
        if !between() {
            break;
        }
    }
    if run.report.by_kind.contains_key("rename_commune") {
        commune.outdate();
    }
    Ok(run.report)
}

fn errand(commune: &Commune, actor: Actor, source: &str) -> Errand {
    Errand {
        clock: commune.clock,
        zone: commune.zone,
        commune: commune.keys.signing.public(),
        sheet_actor: Some(commune.sheet_actor),
        actor,
        source: source.to_owned(),
        chunk: CHUNK,
    }
}

/// Namespace of the ids of what is written instead of a lost operation, or of a part of it.
fn namespace() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"merge.preau")
}

/// The id under which a part of a lost operation is written: it follows from the operation and its place.
fn part_id(item: &Item) -> OperationId {
    OperationId(Uuid::new_v5(
        &namespace(),
        &encode(&(item.header.operation, item.at)),
    ))
}

#[cfg(test)]
mod tests;
