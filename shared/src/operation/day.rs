//! What the record says of days: the calendar of the commune and exceptional days.

use chrono::NaiveDate;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::calendar::{HolidayRegion, SchoolZone};
use crate::codec::{Minute, date, is_false, maybe_date};
use crate::ids::{ActivityId, ClassId, ExceptionalDayId, SchoolId, ServiceId, SiteId};

/// The calendar of a commune.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CalendarRecord {
    /// Whose school holidays.
    #[n(0)]
    pub zone: SchoolZone,
    /// Whose public holidays.
    #[n(1)]
    pub region: HolidayRegion,
    /// Good Friday is a holiday here: in Alsace-Moselle only communes with a Protestant church have it.
    #[cbor(n(2), skip_if = "is_false")]
    pub good_friday: bool,
    /// Days of our own.
    #[n(3)]
    pub local: Vec<LocalPeriod>,
}

/// Days on which a commune departs from the calendar of its zone.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LocalPeriod {
    /// First day.
    #[cbor(n(0), with = "date")]
    pub from: NaiveDate,
    /// Last day.
    #[cbor(n(1), with = "date")]
    pub until: NaiveDate,
    /// Its name, such as « Pont de l’Ascension ».
    #[n(2)]
    pub name: String,
    /// What those days are.
    #[n(3)]
    pub kind: LocalKind,
}

/// What a local period makes of its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum LocalKind {
    /// Nothing is open.
    #[n(0)]
    Closed,
    /// No school; holiday activities may be open.
    #[n(1)]
    Vacation,
    /// School takes place though the zone has none.
    #[n(2)]
    School,
}

/// A closure, strike, absent teacher or outing.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ExceptionalDayRecord {
    /// Its id.
    #[n(0)]
    pub id: ExceptionalDayId,
    /// What happens.
    #[n(1)]
    pub kind: ExceptionalKind,
    /// First day.
    #[cbor(n(2), with = "date")]
    pub from: NaiveDate,
    /// Last day; open while nobody knows.
    #[cbor(n(3), with = "maybe_date", has_nil)]
    pub until: Option<NaiveDate>,
    /// Whole schools.
    #[n(4)]
    pub schools: Vec<SchoolId>,
    /// Single classes.
    #[n(5)]
    pub classes: Vec<ClassId>,
    /// Why, in the words families and staff read: « Sortie au musée », « Grève du 24 novembre ».
    #[n(6)]
    pub words: String,
    /// What becomes of the meals of those days.
    #[n(7)]
    pub meals: MealEffect,
    /// The minimum service of a strike, where there is one.
    #[n(8)]
    pub minimum_service: Option<MinimumService>,
    /// Of a closure: at these sites alone.
    #[cbor(n(9), skip_if = "Vec::is_empty")]
    pub sites: Vec<SiteId>,
    /// Of a closure: of these services alone.
    #[cbor(n(10), skip_if = "Vec::is_empty")]
    pub services: Vec<ServiceId>,
    /// Of a closure: the reservations it meets are cancelled, and their places free, until it is taken back; otherwise
    /// they stand and rest.
    #[cbor(n(11), skip_if = "is_false")]
    pub cancels: bool,
}

/// What happens on an exceptional day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum ExceptionalKind {
    /// The school is closed: nothing takes place for its children.
    #[n(0)]
    Closure,
    /// Strike.
    #[n(1)]
    Strike,
    /// A teacher is absent: children may stay at home.
    #[n(2)]
    TeacherAbsent,
    /// The class is out during school hours.
    #[n(3)]
    Outing,
}

impl ExceptionalKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Closure, Self::Strike, Self::TeacherAbsent, Self::Outing];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closure => "closure",
            Self::Strike => "strike",
            Self::TeacherAbsent => "teacher_absent",
            Self::Outing => "outing",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What becomes of meals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum MealEffect {
    /// Served as usual.
    #[n(0)]
    Kept,
    /// Not ordered, not counted.
    #[n(1)]
    Cancelled,
    /// A picnic is ordered instead.
    #[n(2)]
    Picnic,
}

impl MealEffect {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Kept, Self::Cancelled, Self::Picnic];

    /// The word stored in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Cancelled => "cancelled",
            Self::Picnic => "picnic",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|effect| effect.as_str() == word)
    }
}

/// The free session that replaces school during a strike (service minimum d’accueil, Code de
/// l’éducation, article L133-4): the list of the whole school, nobody of which is expected.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MinimumService {
    /// The activity its marks name.
    #[n(0)]
    pub activity: ActivityId,
    /// Where.
    #[n(1)]
    pub site: SiteId,
    /// When it opens.
    #[n(2)]
    pub opens: Minute,
    /// When it closes.
    #[n(3)]
    pub closes: Minute,
}
