//! What families book, ask for and wait for.
//!
//! A booking carries what became of each of its lines. The corridor judges it again where it is live, by the same
//! pure function (`crate::booking`), and refuses a booking that says otherwise than the record; where it is replayed,
//! what was decided is written.

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::codec::maybe_date;
use crate::ids::{GuardianId, HouseholdId, OperationId, ReservationId, WishId};
use crate::money::Cents;
use crate::time::UtcMs;

use super::record::ReservationLine;

/// What a family books and cancels at once.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BookingRecord {
    /// For which household.
    #[n(0)]
    pub household: HouseholdId,
    /// Who is told of it by mail, where somebody is.
    #[n(1)]
    pub guardian: Option<GuardianId>,
    /// Each line once.
    #[n(2)]
    pub lines: Vec<BookingLine>,
    /// Why the town hall went beyond its rules, where it did.
    #[n(3)]
    pub beyond: Option<String>,
    /// The other booking of the same form, where there are two: a family is told of both as one.
    #[n(4)]
    pub told_with: Option<OperationId>,
}

/// A line of a booking.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BookingLine {
    /// What is asked.
    #[n(0)]
    pub ask: Ask,
    /// What became of it.
    #[n(1)]
    pub decided: Decided,
    /// Places of that session which others held for a time when it was judged.
    #[n(2)]
    pub others_held: u32,
    /// Those of them that were of the child's group, where places are counted in groups.
    #[n(3)]
    pub others_held_of_group: u32,
    /// The rules that the town hall went beyond, in the words shown, where it went beyond rules; `None` where nobody wrote
    /// them down.
    #[n(4)]
    pub overruled: Option<Vec<String>>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
#[expect(clippy::large_enum_variant, reason = "nearly all lines are of the large kind")]
pub enum Ask {
    /// A reservation.
    #[n(0)]
    Add {
        /// Which.
        #[n(0)]
        line: ReservationLine,
        /// The one with another formula that gives way to it.
        #[n(1)]
        replaces: Option<ReservationId>,
        /// The wish whose offer is taken.
        #[n(2)]
        wish: Option<WishId>,
    },
    /// None any more.
    #[n(1)]
    Cancel {
        /// Which.
        #[n(0)]
        reservation: ReservationId,
    },
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Decided {
    /// It is booked.
    #[n(0)]
    Booked {
        /// At this price.
        #[n(0)]
        priced: Priced,
        /// It is given back unless it is paid by then.
        #[n(1)]
        due_at: Option<UtcMs>,
    },
    /// The town hall will decide.
    #[n(1)]
    Requested {
        /// Under this id.
        #[n(0)]
        wish: WishId,
        /// At this price if it says yes.
        #[n(1)]
        priced: Priced,
    },
    /// It waits for a place.
    #[n(2)]
    Waiting {
        /// Under this id.
        #[n(0)]
        wish: WishId,
        /// At this price if there is one.
        #[n(1)]
        priced: Priced,
    },
    /// It is cancelled.
    #[n(3)]
    Cancelled {
        /// What is due all the same.
        #[n(0)]
        due: Cents,
        /// What was paid is credited.
        #[n(1)]
        credited: Cents,
    },
    /// The town hall will decide whether it is cancelled.
    #[n(4)]
    CancelRequested {
        /// Under this id.
        #[n(0)]
        wish: WishId,
        /// What is due all the same if it says yes.
        #[n(1)]
        due: Cents,
    },
    /// Nothing is changed.
    #[n(5)]
    Refused {
        /// Why.
        #[n(0)]
        why: Why,
        /// The sentence that was shown.
        #[n(1)]
        words: String,
    },
}

/// A price with what it is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Priced {
    /// In time; `None` where the town set none.
    #[n(0)]
    pub base: Option<Cents>,
    /// What lateness or a condition makes of it: what is added, or the whole of what is due instead; or nothing.
    #[n(1)]
    pub surcharge: Cents,
    /// What is due.
    #[n(2)]
    pub total: Cents,
}

impl Priced {
    /// How much more it is than in time; below zero where it is less.
    pub fn more_than_in_time(&self) -> Cents {
        self.total - self.base.unwrap_or(Cents::ZERO)
    }
}

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Why {
    /// Too late.
    #[n(0)]
    Deadline,
    /// Booking has not opened.
    #[n(1)]
    NotYet,
    /// Booking has closed.
    #[n(2)]
    WindowClosed,
    /// No place is left.
    #[n(3)]
    Full,
    /// The child has as many as it may.
    #[n(4)]
    Limit,
    /// It does not go with another one of that day.
    #[n(5)]
    Excluded,
    /// It goes only with another one of that day.
    #[n(6)]
    Needs,
    /// Too young or too old.
    #[n(7)]
    Age,
    /// Not for its school.
    #[n(8)]
    School,
    /// Not for its class or level.
    #[n(9)]
    Class,
    /// Not for where the household lives.
    #[n(10)]
    Residence,
    /// A document is missing.
    #[n(11)]
    Documents,
    /// Too much is unpaid.
    #[n(12)]
    Unpaid,
    /// The town or the school is closed, or it is a holiday.
    #[n(13)]
    Closed,
    /// Nothing takes place then and there.
    #[n(14)]
    NotOffered,
    /// The child has left.
    #[n(15)]
    Left,
    /// It is booked at another site.
    #[n(16)]
    Elsewhere,
    /// It is so already.
    #[n(17)]
    Already,
    /// The price is another than the one shown.
    #[n(18)]
    PriceChanged,
    /// This guardian does not decide for this child, or not on that day.
    #[n(19)]
    NotYours,
    /// The day is past.
    #[n(20)]
    Past,
    /// Families do not book this themselves.
    #[n(21)]
    NotOnLine,
    /// It cannot be cancelled once it is bought.
    #[n(22)]
    Final,
    /// What it goes with was refused.
    #[n(23)]
    With,
}

/// A place that is offered for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PlaceOffer {
    /// To which wish.
    #[n(0)]
    pub wish: WishId,
    /// Until when.
    #[n(1)]
    pub until: UtcMs,
}

/// How what is owed for a reservation was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum BookingSettled {
    /// The surcharge, or what a late cancellation costs, is waived.
    #[n(0)]
    Waived,
    /// It was paid.
    #[n(1)]
    Paid,
    /// It is owed again.
    #[n(2)]
    Restored,
}

/// How families book.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BookingSettingsRecord {
    /// How long a limited place is held in a cart, in minutes.
    #[n(0)]
    pub hold_minutes: u32,
    /// The number to call where a rule refuses; none: the portal's.
    #[n(1)]
    pub phone: Option<String>,
    /// The kinds of documents that rules may ask for: « Assurance », « Fiche sanitaire ».
    #[n(2)]
    pub documents: Vec<String>,
}

/// What rules ask about a household.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct HouseholdFactsRecord {
    /// Which.
    #[n(0)]
    pub household: HouseholdId,
    /// The commune it lives in: an INSEE code.
    #[n(1)]
    pub residence: Option<String>,
    /// What it owes and has not paid in time.
    #[n(2)]
    pub unpaid: Cents,
}

/// A document that the town hall holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DocumentRecord {
    /// Its kind, one of the settings'.
    #[n(0)]
    pub kind: String,
    /// Until when it is valid, where it ends.
    #[cbor(n(1), with = "maybe_date", has_nil)]
    pub until: Option<NaiveDate>,
}
