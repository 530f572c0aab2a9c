//! What the record says of a lost history that was found again: what became of each of its entries.

use minicbor::{Decode, Encode};

use super::{Actor, Channel};
use crate::codec::Blob;
use crate::ids::OperationId;
use crate::position::Position;
use crate::time::UtcMs;

/// An entry of a lost history that was not written into the journal as it was: what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LostEntry {
    /// Where it stood.
    #[n(0)]
    pub at: Position,
    /// The operation.
    #[n(1)]
    pub operation: OperationId,
    /// When its maker says it was made.
    #[n(2)]
    pub made_at: UtcMs,
    /// When the lost server received it.
    #[n(3)]
    pub received_at: UtcMs,
    /// Who asked.
    #[n(4)]
    pub actor: Actor,
    /// Through what.
    #[n(5)]
    pub channel: Channel,
    /// The name of its body's kind.
    #[n(6)]
    pub kind: String,
    /// What became of it.
    #[n(7)]
    pub fate: Fate,
    /// The encoded body, kept for whoever has to settle it: the part of it that is still open.
    #[n(8)]
    pub body: Option<Blob>,
    /// What it stands against, or why it is listed only; said to a person, in French.
    #[n(9)]
    pub why: String,
}

/// What became of a lost entry. One that is written as it was has the journal's entry itself, with its
/// origin, to say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Fate {
    /// Written into the journal.
    #[n(0)]
    Applied,
    /// The record says the same already.
    #[n(1)]
    AlreadyThere,
    /// The record says otherwise: a person decides.
    #[n(2)]
    ToSettle,
    /// Capability, recovery, job, enrolment, session: told, never merged.
    #[n(3)]
    Listed,
}

impl Fate {
    /// All.
    pub const ALL: [Self; 4] = [Self::Applied, Self::AlreadyThere, Self::ToSettle, Self::Listed];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::AlreadyThere => "already_there",
            Self::ToSettle => "to_settle",
            Self::Listed => "listed",
        }
    }

    /// The fate with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// What a person decides of a lost entry that stands against the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Choice {
    /// The record stays as it is.
    #[n(0)]
    Keep,
    /// What was found again is written over it.
    #[n(1)]
    Take,
}

impl Choice {
    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Take => "take",
        }
    }
}
