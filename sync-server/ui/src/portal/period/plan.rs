//! What pages about many days show.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::money::Cents;
use shared::operation::Why;

/// What becomes of what can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TakenKind {
    /// It is booked.
    Booked,
    /// It is booked, and costs more or otherwise than in time.
    Late,
    /// The town hall will decide.
    Requested,
    /// It waits for a place.
    Waiting,
    /// It is cancelled.
    Cancelled,
    /// The town hall will decide whether it is cancelled.
    CancelRequested,
}

/// What can be, of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub kind: TakenKind,
    /// A line for each child and activity.
    pub lines: Vec<TakenLine>,
}

/// What can be for one child in one activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenLine {
    /// First name.
    pub child: String,
    /// The activity's name.
    pub activity: String,
    /// The formula's, where there are several.
    pub formula: Option<String>,
    /// The price of each, where it is the same.
    pub each: Option<Cents>,
    /// Of all.
    pub total: Cents,
    /// How many days.
    pub count: usize,
    /// Which days, by month.
    pub months: Vec<MonthDays>,
}

/// Some days of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthDays {
    /// The first of them.
    pub first: NaiveDate,
    /// Their numbers.
    pub days: Vec<u32>,
}

/// How many of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Booked, those that cost more included.
    pub booked: usize,
    /// Those of them that cost more or otherwise than in time.
    pub late: usize,
    /// Asked of the town hall.
    pub requested: usize,
    /// Waiting for a place.
    pub waiting: usize,
    /// Cancelled, or to be.
    pub cancelled: usize,
    /// The price of what is booked.
    pub total: Cents,
    /// How much of it comes of being late.
    pub surcharge: Cents,
    /// What cancellations cost all the same.
    pub due: Cents,
    /// Not possible.
    pub refused: usize,
    /// Booked already.
    pub already: usize,
    /// In the cart already.
    pub in_cart: usize,
    /// What the family leaves out, by what would have become of it.
    pub left_out: BTreeMap<TakenKind, usize>,
}

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, kind: TakenKind, cents: Cents, surcharge: Cents) {
        match kind {
            TakenKind::Booked => {
                self.booked += 1;
                self.total = self.total + cents;
            }
            TakenKind::Late => {
                self.booked += 1;
                self.late += 1;
                self.total = self.total + cents;
                self.surcharge = self.surcharge + surcharge;
            }
            TakenKind::Requested => self.requested += 1,
            TakenKind::Waiting => self.waiting += 1,
            TakenKind::Cancelled | TakenKind::CancelRequested => {
                self.cancelled += 1;
                self.due = self.due + cents;
            }
        }
    }

    /// How many lines go into the cart.
    pub fn taken(&self) -> usize {
        self.booked + self.requested + self.waiting + self.cancelled
    }
}

/// Why something cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// A rule, the calendar or the number of places says so.
    Rule {
        /// Which kind.
        why: Why,
        /// A number it turns on.
        number: Option<i64>,
        /// A name it turns on.
        name: Option<String>,
        /// How the town puts it.
        words: Option<String>,
        /// Whoever calls may still be helped.
        call: bool,
    },
    /// It is booked with another formula, by its name.
    OtherFormula(Option<String>),
    /// It takes place nowhere that is for this child.
    Nowhere,
}

impl Because {
    /// The calendar says so: whole holidays are meant.
    pub fn is_of_the_calendar(&self) -> bool {
        matches!(
            self,
            Self::Rule {
                why: Why::Closed | Why::NotOffered,
                ..
            }
        )
    }
}

/// What cannot be, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub because: Because,
    /// How many.
    pub count: usize,
    /// Whose, of what, when.
    pub lines: Vec<RefusedLine>,
}

/// Days that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLine {
    /// Children and activities; none where it is all that was asked for.
    pub of: Vec<(String, String)>,
    /// The days.
    pub folds: Vec<Fold>,
}

/// A run of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub until: NaiveDate,
    /// How many of them were asked for.
    pub count: usize,
}

/// What a day loses and gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayChange {
    /// The day.
    pub date: NaiveDate,
    /// Children and activities that are cancelled.
    pub away: Vec<(String, String)>,
    /// Those that are booked.
    pub new: Vec<(String, String)>,
}

/// What is not the same for another child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The activity's name.
    pub activity: String,
    /// What.
    pub differs: Differs,
}

/// What differs: there, and here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Differs {
    /// The site, by name.
    Site(String, String),
    /// The price.
    Price(Cents, Cents),
}
