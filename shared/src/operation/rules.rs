//! Rules of booking as data: who may book what until when, what it costs, and what becomes of it afterwards.
//!
//! A set is about some activities and counts for their sessions from a date on. Where several live sets are about an
//! activity on a date, the one that begins last counts. Inside a set, lines that speak of the same thing are read as
//! a table: the first whose case fits counts. `docs/rules.md` explains each with examples.

mod moment;

pub use moment::{Count, Counted, Moment};

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::codec::{date, is_false, maybe_date};
use crate::ids::{ActivityId, ClassId, FormulaId, RuleSetId, SchoolId, SiteId};
use crate::money::Cents;

/// Rules of booking for some activities, from a date on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RuleSetRecord {
    /// Its id.
    #[n(0)]
    pub id: RuleSetId,
    /// Its name, such as « Cantine 2026-2027 ».
    #[n(1)]
    pub name: String,
    /// What it is about.
    #[n(2)]
    pub activities: Vec<ActivityId>,
    /// The first session it counts for.
    #[cbor(n(3), with = "date")]
    pub from: NaiveDate,
    /// The last one, where there is an end.
    #[cbor(n(4), with = "maybe_date", has_nil)]
    pub until: Option<NaiveDate>,
    /// Families are judged by it; otherwise it is a draft.
    #[cbor(n(5), skip_if = "is_false")]
    pub live: bool,
    /// From when until when booking is possible at all. None: as soon as the calendar is known.
    #[n(6)]
    pub openings: Vec<Opening>,
    /// Until when one may add. None: until the session begins.
    #[n(7)]
    pub add: Vec<Delay>,
    /// Until when one may cancel. None: until the session begins.
    #[n(8)]
    pub cancel: Vec<Delay>,
    /// What a child or a household must be or have.
    #[n(9)]
    pub conditions: Vec<ConditionRule>,
    /// How many a child may have.
    #[n(10)]
    pub limits: Vec<Limit>,
    /// What goes, or does not go, with what.
    #[n(11)]
    pub links: Vec<Link>,
    /// Groups that places are counted in; a child is in the first that fits.
    #[n(12)]
    pub groups: Vec<Group>,
    /// How many places there are. Where no line fits, an activity's own number counts.
    #[n(13)]
    pub places: Vec<Places>,
    /// Whoever finds no place may wait for one.
    #[n(14)]
    pub waiting: Option<Waiting>,
    /// What a session costs; the first line that fits counts, and nothing is free by mistake: no line, no price shown.
    #[n(15)]
    pub prices: Vec<Price>,
    /// When it is paid.
    #[n(16)]
    pub payment: Payment,
}

/// The sessions that a line of a table speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Case {
    /// Bit 0 is Monday, bit 6 Sunday.
    #[n(0)]
    pub weekdays: u8,
    /// In which part of the school year.
    #[n(1)]
    pub season: Season,
    /// At which sites; none: at all.
    #[n(2)]
    pub sites: Vec<SiteId>,
    /// In which formulas; none: in all.
    #[n(3)]
    pub formulas: Vec<FormulaId>,
    /// Of which of the set's activities; none: of all.
    #[n(4)]
    pub activities: Vec<ActivityId>,
}

impl Case {
    /// All sessions.
    pub const fn all() -> Self {
        Self {
            weekdays: 0x7f,
            season: Season::Any,
            sites: Vec::new(),
            formulas: Vec::new(),
            activities: Vec::new(),
        }
    }
}

/// A part of the school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Season {
    /// All of it.
    #[n(0)]
    Any,
    /// Outside school holidays.
    #[n(1)]
    School,
    /// In school holidays.
    #[n(2)]
    Holidays,
    /// The first day of class after school holidays.
    #[n(3)]
    FirstDayBack,
}

/// From when until when booking is possible.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Opening {
    /// For which sessions.
    #[n(0)]
    pub case: Case,
    /// From when; none: as soon as the calendar is known.
    #[n(1)]
    pub from: Option<Moment>,
    /// Until when; none: deadlines alone say.
    #[n(2)]
    pub until: Option<Moment>,
    /// How the town puts it, shown to whoever it stops.
    #[n(3)]
    pub words: Option<String>,
}

/// A deadline, and what becomes of what comes after it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Delay {
    /// For which sessions.
    #[n(0)]
    pub case: Case,
    /// Until then, that instant included, all is as usual.
    #[n(1)]
    pub until: Moment,
    /// What comes after, in order of time. After the last, and where nothing is said: refused.
    #[n(2)]
    pub late: Vec<Late>,
    /// How the town puts it, shown to whoever it stops.
    #[n(3)]
    pub words: Option<String>,
    /// Nobody, not the town hall either, goes beyond it.
    #[cbor(n(4), skip_if = "is_false")]
    pub strict: bool,
}

/// What comes after a deadline.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Late {
    /// Until when.
    #[n(0)]
    pub until: Moment,
    /// By where it comes in; what is not named is refused.
    #[n(1)]
    pub ways: Vec<Way>,
}

/// What becomes of something late that comes in somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Way {
    /// By where.
    #[n(0)]
    pub entrance: Entrance,
    /// What becomes of it.
    #[n(1)]
    pub verdict: Verdict,
    /// What it costs.
    #[n(2)]
    pub cost: Cost,
    /// It costs nothing with a certificate within so many days after the session.
    #[n(3)]
    pub excused_within_days: Option<u16>,
}

/// By where something comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Entrance {
    /// On line.
    #[n(0)]
    Portal,
    /// On the telephone.
    #[n(1)]
    Phone,
    /// At the town hall.
    #[n(2)]
    Desk,
    /// The child stands at the door.
    #[n(3)]
    Door,
}

impl Entrance {
    /// All.
    pub const ALL: [Self; 4] = [Self::Portal, Self::Phone, Self::Desk, Self::Door];

    /// The word forms use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Phone => "phone",
            Self::Desk => "desk",
            Self::Door => "door",
        }
    }
}

/// What becomes of something late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Verdict {
    /// No; whom to call is said.
    #[n(0)]
    Refuse,
    /// The town hall decides.
    #[n(1)]
    Request,
    /// Yes.
    #[n(2)]
    Accept,
}

/// What something late costs. The first three are for adding, the others for cancelling; `Free` is for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Cost {
    /// As if it were in time.
    #[n(0)]
    Free,
    /// This instead of the price.
    #[n(1)]
    Replaces(#[n(0)] Cents),
    /// This besides the price.
    #[n(2)]
    Adds(#[n(0)] Cents),
    /// The whole price is due.
    #[n(3)]
    Full,
    /// So many hundredths of the price are due.
    #[n(4)]
    Part(#[n(0)] u8),
    /// This is due.
    #[n(5)]
    Due(#[n(0)] Cents),
}

/// A condition, and what becomes of whoever does not meet it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ConditionRule {
    /// What must be.
    #[n(0)]
    pub condition: Condition,
    /// What becomes of the others, by where they come in; what is not named is refused.
    #[n(1)]
    pub otherwise: Vec<Way>,
    /// How the town puts it.
    #[n(2)]
    pub words: Option<String>,
    /// Of which of the set's activities; none: of all.
    #[n(3)]
    pub activities: Vec<ActivityId>,
}

/// What a child or a household must be or have.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Condition {
    /// An age, in whole months.
    #[n(0)]
    Age {
        /// At least.
        #[n(0)]
        from_months: Option<u16>,
        /// Less than.
        #[n(1)]
        under_months: Option<u16>,
        /// On which day.
        #[n(2)]
        on: AgeOn,
    },
    /// One of these schools.
    #[n(1)]
    Schools(#[n(0)] Vec<SchoolId>),
    /// One of these classes.
    #[n(2)]
    Classes(#[n(0)] Vec<ClassId>),
    /// One of these levels: PS … CM2.
    #[n(3)]
    Levels(#[n(0)] Vec<String>),
    /// The household lives in one of these communes, by INSEE code.
    #[n(4)]
    Residence(#[n(0)] Vec<String>),
    /// The town hall holds these documents, valid on the day of the session.
    #[n(5)]
    Documents(#[n(0)] Vec<String>),
    /// The household owes no more than this.
    #[n(6)]
    UnpaidAtMost(#[n(0)] Cents),
}

/// The day on which an age is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum AgeOn {
    /// That of the session.
    #[n(0)]
    Session,
    /// 1 September of the school year.
    #[n(1)]
    SchoolYear,
    /// 31 December of the calendar year.
    #[n(2)]
    CalendarYear,
}

/// At most so many.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Limit {
    /// How many sessions of a child.
    #[n(0)]
    pub most: u16,
    /// In which span.
    #[n(1)]
    pub per: Span,
    /// Of which activities, counted together; none: of all of the set.
    #[n(2)]
    pub activities: Vec<ActivityId>,
    /// How the town puts it.
    #[n(3)]
    pub words: Option<String>,
}

/// A span of time around a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Span {
    /// Its day.
    #[n(0)]
    Day,
    /// Its week, from Monday.
    #[n(1)]
    Week,
    /// Its month.
    #[n(2)]
    Month,
    /// The holidays, or the stretch of school, that it is in.
    #[n(3)]
    Period,
    /// Its school year, from 1 September (from the month in which the zone's begins).
    #[n(4)]
    Year,
}

/// What goes, or does not go, with what on the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Link {
    /// How.
    #[n(0)]
    pub kind: LinkKind,
    /// An activity of the set.
    #[n(1)]
    pub activity: ActivityId,
    /// The other.
    #[n(2)]
    pub other: ActivityId,
}

/// How two activities go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum LinkKind {
    /// Never both.
    #[n(0)]
    Excludes,
    /// The first only with the other.
    #[n(1)]
    Needs,
    /// Whoever books the first books the other too.
    #[n(2)]
    Brings,
}

/// A group that places are counted in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Group {
    /// Its name, such as « Moins de 6 ans ».
    #[n(0)]
    pub name: String,
    /// One of these levels; none: any.
    #[n(1)]
    pub levels: Vec<String>,
    /// At least this old on the day, in months.
    #[n(2)]
    pub from_months: Option<u16>,
    /// Younger than this on the day, in months.
    #[n(3)]
    pub under_months: Option<u16>,
}

/// How many places there are.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Places {
    /// In which sessions.
    #[n(0)]
    pub case: Case,
    /// The name of a group; none: in all.
    #[n(1)]
    pub group: Option<String>,
    /// From this day on.
    #[cbor(n(2), with = "maybe_date", has_nil)]
    pub from: Option<NaiveDate>,
    /// Until this day.
    #[cbor(n(3), with = "maybe_date", has_nil)]
    pub until: Option<NaiveDate>,
    /// How many.
    #[n(4)]
    pub places: u32,
}

/// Waiting for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Waiting {
    /// How long an offered place is kept, in minutes.
    #[n(0)]
    pub offer_minutes: u32,
    /// At most so many wait for a session.
    #[n(1)]
    pub most: Option<u32>,
}

/// What a session costs.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Price {
    /// In which sessions.
    #[n(0)]
    pub case: Case,
    /// How much.
    #[n(1)]
    pub cents: Cents,
}

/// When a session is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Payment {
    /// With the bill of the month.
    #[n(0)]
    Billed,
    /// When it is booked; what is not paid within so many minutes is given back. What is cancelled in time is credited
    /// where the flag says so, and lost otherwise.
    #[n(1)]
    AtBooking {
        /// Within so many minutes.
        #[n(0)]
        within_minutes: u32,
        /// A cancellation in time is credited.
        #[n(1)]
        credited: bool,
    },
}
