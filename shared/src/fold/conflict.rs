//! Contradictions between marks.

use crate::ids::{ActivityId, ChildId, MarkId};

/// Two marks that cannot both be right, or a mark that cannot stand alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// One tablet says here, another absent, neither having seen the other.
    PresentAndAbsent {
        /// The child.
        child: ChildId,
        /// The activity.
        activity: ActivityId,
        /// The arrival or departure.
        present: MarkId,
        /// The absence.
        absent: MarkId,
    },
    /// A departure without any arrival.
    OutBeforeIn {
        /// The child.
        child: ChildId,
        /// The activity.
        activity: ActivityId,
        /// The departure.
        out: MarkId,
    },
    /// At two sites at once.
    TwoSites {
        /// The child.
        child: ChildId,
        /// Activity of the stay that began first.
        activity: ActivityId,
        /// A mark of the stay that began first.
        a: MarkId,
        /// A mark of the other.
        b: MarkId,
    },
    /// Two different corrections of one mark.
    TwoCorrections {
        /// The mark corrected.
        of: MarkId,
        /// The correction with the earlier time.
        a: MarkId,
        /// The correction with the later time.
        b: MarkId,
        /// The child, where known.
        child: Option<ChildId>,
    },
    /// One mark id with two values.
    TwoValues {
        /// The id.
        mark: MarkId,
    },
    /// The tablet's clock jumped between two marks, or the tablet doubted it (both ids equal).
    ClockJumped {
        /// The last mark before.
        before: MarkId,
        /// The first mark after.
        after: MarkId,
        /// The child of the latter, if it is about one.
        child: Option<ChildId>,
    },
}

impl Conflict {
    /// The child it is about, where it is about one.
    pub fn child(&self) -> Option<ChildId> {
        match self {
            Self::PresentAndAbsent { child, .. }
            | Self::OutBeforeIn { child, .. }
            | Self::TwoSites { child, .. } => Some(*child),
            Self::TwoCorrections { child, .. } | Self::ClockJumped { child, .. } => *child,
            Self::TwoValues { .. } => None,
        }
    }

    /// The name tools print.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::PresentAndAbsent { .. } => "present_and_absent",
            Self::OutBeforeIn { .. } => "out_before_in",
            Self::TwoSites { .. } => "two_sites",
            Self::TwoCorrections { .. } => "two_corrections",
            Self::TwoValues { .. } => "two_values",
            Self::ClockJumped { .. } => "clock_jumped",
        }
    }

    /// The marks that contradict each other.
    pub fn marks(&self) -> Vec<MarkId> {
        match self {
            Self::PresentAndAbsent { present, absent, .. } => vec![*present, *absent],
            Self::OutBeforeIn { out, .. } => vec![*out],
            Self::TwoSites { a, b, .. } | Self::TwoCorrections { a, b, .. } => vec![*a, *b],
            Self::TwoValues { mark } => vec![*mark],
            Self::ClockJumped { before, after, .. } if before == after => vec![*after],
            Self::ClockJumped { before, after, .. } => vec![*before, *after],
        }
    }
}
