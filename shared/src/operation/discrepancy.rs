//! What the town hall decides of discrepancies (écarts de pointage).

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use super::ReservationLine;
use crate::codec::{Hash32, date};
use crate::ids::{ActivityId, ChildId, SettlementId, SiteId};
use crate::mark::Reason;
use crate::time::UtcMs;

/// Of which kind a discrepancy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum DiscrepancyKind {
    /// Nobody closed the list.
    #[n(0)]
    NeverClosed,
    /// Booked, and no mark says anything.
    #[n(1)]
    BookedNoMark,
    /// Present, and not booked.
    #[n(2)]
    NotBooked,
    /// One tablet says present, another absent.
    #[n(3)]
    PresentAndAbsent,
    /// A departure without any arrival.
    #[n(4)]
    OutBeforeIn,
    /// Never checked out.
    #[n(5)]
    NeverLeft,
    /// At two sites at once.
    #[n(6)]
    TwoSites,
    /// Still there after the activity had closed.
    #[n(7)]
    AfterClosing,
    /// The tablet's clock jumped, or the tablet doubted it.
    #[n(8)]
    ClockJumped,
    /// Pointed on a day on which nothing is open.
    #[n(9)]
    ClosedDay,
    /// A child nobody knows.
    #[n(10)]
    UnknownChild,
    /// A mark of another tablet, handed back after a loss, that no receipt covers.
    #[n(11)]
    Returned,
    /// Two different corrections of one mark.
    #[n(12)]
    TwoCorrections,
    /// One mark id with two values.
    #[n(13)]
    TwoValues,
}

impl DiscrepancyKind {
    /// All.
    pub const ALL: [Self; 14] = [
        Self::NeverClosed,
        Self::BookedNoMark,
        Self::NotBooked,
        Self::PresentAndAbsent,
        Self::OutBeforeIn,
        Self::NeverLeft,
        Self::TwoSites,
        Self::AfterClosing,
        Self::ClockJumped,
        Self::ClosedDay,
        Self::UnknownChild,
        Self::Returned,
        Self::TwoCorrections,
        Self::TwoValues,
    ];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NeverClosed => "never_closed",
            Self::BookedNoMark => "booked_no_mark",
            Self::NotBooked => "not_booked",
            Self::PresentAndAbsent => "present_and_absent",
            Self::OutBeforeIn => "out_before_in",
            Self::NeverLeft => "never_left",
            Self::TwoSites => "two_sites",
            Self::AfterClosing => "after_closing",
            Self::ClockJumped => "clock_jumped",
            Self::ClosedDay => "closed_day",
            Self::UnknownChild => "unknown_child",
            Self::Returned => "returned",
            Self::TwoCorrections => "two_corrections",
            Self::TwoValues => "two_values",
        }
    }

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// A discrepancy and what was decided of it. Once the evidence is another (a further mark, a cancelled
/// reservation), it is another discrepancy and open again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SettledDiscrepancy {
    /// The decision's id.
    #[n(0)]
    pub id: SettlementId,
    /// Of which kind.
    #[n(1)]
    pub kind: DiscrepancyKind,
    /// Where.
    #[n(2)]
    pub site: SiteId,
    /// When.
    #[cbor(n(3), with = "date")]
    pub date: NaiveDate,
    /// In which activity; nil where the site is meant.
    #[n(4)]
    pub activity: ActivityId,
    /// Which child; `None` where the list is meant.
    #[n(5)]
    pub child: Option<ChildId>,
    /// Digest of what showed it: marks, reservation, closing.
    #[n(6)]
    pub evidence: Hash32,
    /// What was decided.
    #[n(7)]
    pub decision: Decision,
    /// Why, in a person's words; never empty for [`Decision::Ignore`].
    #[n(8)]
    pub note: String,
}

/// What the town hall decides of a discrepancy.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Decision {
    /// It is as the tablets say.
    #[n(0)]
    Confirm,
    /// It was otherwise: this is what counts.
    #[n(1)]
    Correct {
        /// What is right.
        #[n(0)]
        stated: Stated,
    },
    /// The absence is justified.
    #[n(2)]
    Justify {
        /// Why the child was absent.
        #[n(0)]
        reason: Reason,
    },
    /// A reservation is made for what took place.
    #[n(3)]
    Reserve {
        /// As it is to stand.
        #[n(0)]
        line: ReservationLine,
    },
    /// The unknown child is this one.
    #[n(4)]
    Attach {
        /// Who it is.
        #[n(0)]
        child: ChildId,
    },
    /// It is left as it is; the note says why.
    #[n(5)]
    Ignore,
}

impl Decision {
    /// The word stored in the record.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Correct { .. } => "correct",
            Self::Justify { .. } => "justify",
            Self::Reserve { .. } => "reserve",
            Self::Attach { .. } => "attach",
            Self::Ignore => "ignore",
        }
    }
}

/// What the town hall says took place, for one child and activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Stated {
    /// The child was there.
    #[n(0)]
    Present {
        /// From when, where that is known.
        #[n(0)]
        from: Option<UtcMs>,
        /// Until when, where that is known.
        #[n(1)]
        until: Option<UtcMs>,
    },
    /// The child was not there.
    #[n(1)]
    Absent {
        /// Why.
        #[n(0)]
        reason: Reason,
    },
}
