//! Instants that follow from a session, and the days that are counted to them.

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::codec::{Minute, date};

/// An instant that follows from a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Moment {
    /// So many hours before the session begins, days that are not counted left out.
    #[n(0)]
    Hours {
        /// How many.
        #[n(0)]
        hours: u16,
        /// On which days they run.
        #[n(1)]
        count: Count,
    },
    /// So many days before, at an hour.
    #[n(1)]
    Days {
        /// How many.
        #[n(0)]
        days: u16,
        /// Which days count.
        #[n(1)]
        count: Count,
        /// Until what hour of that day.
        #[n(2)]
        at: Minute,
    },
    /// A weekday of this week or of one before, at an hour; where that day does not count, the last before it that does.
    #[n(2)]
    Weekday {
        /// 0 is Monday, 6 Sunday.
        #[n(0)]
        weekday: u8,
        /// How many weeks before that of the session.
        #[n(1)]
        weeks: u8,
        /// Which days count.
        #[n(2)]
        count: Count,
        /// Until what hour of that day.
        #[n(3)]
        at: Minute,
    },
    /// A day of a month before, at an hour; beyond the month's end, its last day. Where that day does not count, the last
    /// before it that does.
    #[n(3)]
    DayOfMonth {
        /// 1 to 31.
        #[n(0)]
        day: u8,
        /// How many months before that of the session.
        #[n(1)]
        months: u8,
        /// Which days count.
        #[n(2)]
        count: Count,
        /// Until what hour of that day.
        #[n(3)]
        at: Minute,
    },
    /// The last day of class before the school holidays that come before the session, or that it is in, at an hour.
    #[n(4)]
    LastSchoolDay {
        /// Until what hour of that day.
        #[n(0)]
        at: Minute,
    },
    /// So many hours before the Monday, 0 h, of the session's week.
    #[n(5)]
    Week {
        /// How many.
        #[n(0)]
        hours: u16,
    },
    /// So many days before the first day of the holidays, or of the stretch of school, that the session is in.
    #[n(6)]
    Period {
        /// How many.
        #[n(0)]
        days: u16,
        /// Which days count.
        #[n(1)]
        count: Count,
        /// Until what hour of that day.
        #[n(2)]
        at: Minute,
    },
    /// An instant of the town's clock, whatever the session.
    #[n(7)]
    At {
        /// The day.
        #[cbor(n(0), with = "date")]
        date: NaiveDate,
        /// Seconds since midnight.
        #[n(1)]
        second: u32,
    },
    /// When the session begins.
    #[n(8)]
    Start,
    /// When the session ends.
    #[n(9)]
    End,
}

/// Which days count in a delay. Every delay names its calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Count {
    /// Which days.
    #[n(0)]
    pub days: Counted,
    /// Weekdays that do not count besides; bit 0 is Monday.
    #[n(1)]
    pub skipped: u8,
}

/// Kinds of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Counted {
    /// All (jours calendaires).
    #[n(0)]
    Calendar,
    /// Monday to Friday but public holidays and days on which the town is closed (jours ouvrés).
    #[n(1)]
    Worked,
    /// Monday to Saturday but public holidays (jours ouvrables, Code du travail, article L3133-1 and L3141-3).
    #[n(2)]
    Workable,
    /// Days on which the child's school has class (jours de classe).
    #[n(3)]
    School,
    /// Days on which the activity takes place (jours d’ouverture).
    #[n(4)]
    Open,
    /// All but public holidays.
    #[n(5)]
    NotHolidays,
    /// All but public and school holidays.
    #[n(6)]
    NotVacations,
}
