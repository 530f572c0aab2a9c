//! Which decisions fit which kind of discrepancy.

use shared::operation::{Decision, DiscrepancyKind};

/// A decision, before its details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// It is as the tablets say.
    Confirm,
    /// A reservation is made.
    Reserve,
    /// The absence is justified.
    Justify,
    /// It was otherwise.
    Correct,
    /// The unknown child is this one.
    Attach,
    /// It is left as it is.
    Ignore,
}

impl Choice {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Confirm,
        Self::Reserve,
        Self::Justify,
        Self::Correct,
        Self::Attach,
        Self::Ignore,
    ];

    /// The word of the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reserve => "reserve",
            Self::Justify => "justify",
            Self::Correct => "correct",
            Self::Attach => "attach",
            Self::Ignore => "ignore",
        }
    }

    /// The decision of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// Which it is.
    pub fn of(decision: &Decision) -> Self {
        match decision {
            Decision::Confirm => Self::Confirm,
            Decision::Correct { .. } => Self::Correct,
            Decision::Justify { .. } => Self::Justify,
            Decision::Reserve { .. } => Self::Reserve,
            Decision::Attach { .. } => Self::Attach,
            Decision::Ignore => Self::Ignore,
        }
    }
}

/// The decisions that fit a kind, in the order in which they are offered; `child` tells whether it is about
/// a child.
pub fn fits(kind: DiscrepancyKind, child: bool) -> &'static [Choice] {
    use Choice::{Attach, Confirm, Correct, Ignore, Justify, Reserve};
    use DiscrepancyKind as K;
    match kind {
        _ if !child => &[Confirm, Ignore],
        K::UnknownChild => &[Attach, Ignore],
        K::BookedNoMark => &[Confirm, Justify, Correct, Ignore],
        K::NotBooked | K::ClosedDay => &[Confirm, Reserve, Correct, Ignore],
        K::NeverClosed
        | K::PresentAndAbsent
        | K::OutBeforeIn
        | K::NeverLeft
        | K::TwoSites
        | K::AfterClosing
        | K::ClockJumped
        | K::Returned
        | K::TwoCorrections
        | K::TwoValues => &[Confirm, Correct, Ignore],
    }
}
