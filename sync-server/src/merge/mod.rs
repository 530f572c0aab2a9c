//! A lost history was found again: what is missing of it here is merged into the record.
//!
//! The result is a function of the record and of the lost history. Each lost operation ends in exactly one
//! [`Fate`]; run twice, the second run writes nothing. Work goes in chunks, so that the town goes on
//! meanwhile: each chunk is judged against the record of its own transaction, and a run that was killed is
//! run again.

mod report;
pub mod runs;
pub mod source;

pub use report::{Line, MergeError, Report};

use shared::codec::Hash32;
use shared::ids::OperationId;
use shared::offsite::BranchBirth;
use shared::operation::{Actor, Channel, Fate};
use shared::receipt::Position;
use shared::time::UtcMs;

use crate::commune::Commune;
use crate::corridor::journal::Entry;
use crate::store::{Read, StoreError};

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

/// What a merge would do now; nothing is written. Blocks: call it on the blocking pool.
///
/// # Errors
/// [`MergeError`].
pub fn plan(_commune: &Commune, _lost: &Lost) -> Result<Report, MergeError> {
    Err(MergeError::Unreadable("la fusion n’est pas encore là".into()))
}

/// Merges what is missing here. `source` is where the history was read from, without a password. Others
/// write in between; a run that stopped is run again. Blocks: call it on the blocking pool.
///
/// # Errors
/// [`MergeError`]; what was merged before stands.
pub fn merge(_commune: &Commune, _lost: Lost, _actor: Actor, _source: &str) -> Result<Report, MergeError> {
    Err(MergeError::Unreadable("la fusion n’est pas encore là".into()))
}

/// Of how many lost entries it is known what became of them: how far a merge is.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn accounted<R: Read + ?Sized>(tx: &mut R) -> Result<u64, StoreError> {
    let row = tx.first(include_str!("../record/lost/count.sql"), &[])?;
    row.map_or(Ok(0), |row| row.count(0))
}

/// What became of an entry that a receipt of a lost history names.
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
pub fn resolve<R: Read + ?Sized>(_tx: &mut R, _at: &Position) -> Result<Option<Resolved>, StoreError> {
    Ok(None)
}

/// A lost entry that stands against the record, for whoever decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Which: what [`shared::operation::Body::SettleLost`] names.
    pub at: Position,
    /// The operation.
    pub operation: OperationId,
    /// Who asked.
    pub actor: Actor,
    /// Through what.
    pub channel: Channel,
    /// When its maker made it.
    pub made_at: UtcMs,
    /// When the lost server had received it.
    pub received_at: UtcMs,
    /// The name of its body's kind.
    pub kind: String,
    /// Of whom or what it speaks, in French: « Foyer Martin », « Léa Martin, cantine, 24 novembre 2026 ».
    pub title: String,
    /// What it stands against, in French.
    pub why: String,
    /// Both sides, field by field; equal fields are left out.
    pub fields: Vec<Field>,
    /// What is found again can be written over the record (otherwise only keeping it is offered).
    pub takeable: bool,
    /// An older entry of the same subject that is open too: it is to be settled first.
    pub after: Option<Position>,
}

/// One field of both sides, in French; `None` where that side says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What the lost history says.
    pub found: Option<String>,
    /// What the record says today.
    pub here: Option<String>,
}

/// Everything that is still to settle, oldest first.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn open<R: Read + ?Sized>(_tx: &mut R) -> Result<Vec<Open>, StoreError> {
    Ok(Vec::new())
}
