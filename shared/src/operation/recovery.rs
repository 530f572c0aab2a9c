//! What the record says of a return from a loss: how it began, what is closed meanwhile, what is
//! taken back from tablets' signed lists.

use minicbor::{Decode, Encode};

use super::ReservationLine;
use crate::codec::Hash32;
use crate::ids::ReservationId;

/// Why a commune's history was cut and a new branch begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Cause {
    /// It was restored from a snapshot or from segments.
    #[n(0)]
    Restored,
    /// Nothing was left: it is rebuilt from its key and its tablets.
    #[n(1)]
    Rebuilt,
    /// Its store was found to be an older one than what is off-site.
    #[n(2)]
    SetBack,
}

impl Cause {
    /// All.
    pub const ALL: [Self; 3] = [Self::Restored, Self::Rebuilt, Self::SetBack];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Restored => "restored",
            Self::Rebuilt => "rebuilt",
            Self::SetBack => "set_back",
        }
    }

    /// The cause with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == word)
    }
}

/// A part of the service that can be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Capability {
    /// Looking things up.
    #[n(0)]
    Consultation,
    /// Pointing.
    #[n(1)]
    Attendance,
    /// Making, changing and cancelling reservations.
    #[n(2)]
    Reservation,
    /// Paying.
    #[n(3)]
    Payment,
}

impl Capability {
    /// All.
    pub const ALL: [Self; 4] = [
        Self::Consultation,
        Self::Attendance,
        Self::Reservation,
        Self::Payment,
    ];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consultation => "consultation",
            Self::Attendance => "attendance",
            Self::Reservation => "reservation",
            Self::Payment => "payment",
        }
    }

    /// The capability with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// How far a capability is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Openness {
    /// It works.
    #[n(0)]
    Open,
    /// It can be looked at, and nothing changed.
    #[n(1)]
    ReadOnly,
    /// It is closed.
    #[n(2)]
    Closed,
}

impl Openness {
    /// All.
    pub const ALL: [Self; 3] = [Self::Open, Self::ReadOnly, Self::Closed];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::ReadOnly => "read_only",
            Self::Closed => "closed",
        }
    }

    /// The state with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// One reservation as a signed list of a lost branch has it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum TakenBack {
    /// The list has it, the record does not.
    #[n(0)]
    Made {
        /// As it is to stand.
        #[n(0)]
        line: ReservationLine,
        /// SHA-256 of the list's packed content, which the record keeps.
        #[n(1)]
        proof: Hash32,
    },
    /// The record has it, the list does not.
    #[n(1)]
    Cancelled {
        /// Which.
        #[n(0)]
        reservation: ReservationId,
        /// As above.
        #[n(1)]
        proof: Hash32,
    },
    /// Both have it, otherwise.
    #[n(2)]
    Changed {
        /// Which one ends.
        #[n(0)]
        reservation: ReservationId,
        /// What stands in its place.
        #[n(1)]
        line: ReservationLine,
        /// As above.
        #[n(2)]
        proof: Hash32,
    },
}

impl TakenBack {
    /// The list that proves it.
    pub fn proof(&self) -> Hash32 {
        match self {
            Self::Made { proof, .. } | Self::Cancelled { proof, .. } | Self::Changed { proof, .. } => *proof,
        }
    }
}
