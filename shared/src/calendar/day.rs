//! What a day is for the children of a commune.

use chrono::{Datelike, NaiveDate, Weekday};

use super::holidays::public_holiday;
use super::vacations::{Vacation, known, vacations};
use super::{HolidayRegion, SchoolZone};
use crate::operation::{CalendarRecord, LocalKind, LocalPeriod};

/// How far the two ends of holidays are looked for from a day of them, in days.
const LONGEST_HOLIDAYS: usize = 200;

/// A commune's calendar, ready to be asked.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: SchoolZone,
    region: HolidayRegion,
    good_friday: bool,
    local: Vec<LocalPeriod>,
    vacations: &'static [Vacation],
    known: &'static [(NaiveDate, NaiveDate)],
}

/// What a day is. The first that applies counts: a period of the commune's own, a public holiday,
/// school holidays, the week-end, school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// A public holiday and its name.
    PublicHoliday(&'static str),
    /// School holidays and their name.
    Vacation(&'static str),
    /// A period the commune entered.
    Local(String, LocalKind),
    /// Saturday or Sunday.
    WeekEnd,
    /// A day of a school week: whether there is class on it is the rhythm's business
    /// ([`Calendar::school_day`]).
    School,
    /// No calendar of that day is known: ask the town, never guess.
    Unknown,
}

impl DayKind {
    /// The name of the holiday or period; none for the others.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::PublicHoliday(name) | Self::Vacation(name) => Some(name),
            Self::Local(name, _) => Some(name),
            Self::WeekEnd | Self::School | Self::Unknown => None,
        }
    }
}

/// Whether a school has class on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchoolDay {
    /// No class.
    No,
    /// In the morning only.
    Morning,
    /// Morning and afternoon.
    Whole,
    /// Nobody has said yet: the zone's calendar is not published, and the commune entered nothing.
    Unknown,
}

impl Calendar {
    /// Reads the record.
    pub fn of(record: &CalendarRecord) -> Self {
        Self {
            zone: record.zone,
            region: record.region,
            good_friday: record.good_friday,
            local: record.local.clone(),
            vacations: vacations(record.zone),
            known: known(record.zone),
        }
    }

    /// The zone whose school holidays are followed.
    pub fn zone(&self) -> SchoolZone {
        self.zone
    }

    /// What a day is.
    pub fn day(&self, date: NaiveDate) -> DayKind {
        match self.local_on(date) {
            // A long stretch of school keeps its Sundays and public holidays; a single day named
            // on purpose, such as a Saturday that makes up for a bridge, is school whatever it was.
            Some(own) if own.kind == LocalKind::School && own.from != own.until => {
                match self.published(date) {
                    DayKind::Vacation(_) if !is_week_end(date) => local(own),
                    DayKind::Vacation(_) => DayKind::WeekEnd,
                    DayKind::School | DayKind::Unknown => local(own),
                    stays @ (DayKind::PublicHoliday(_) | DayKind::Local(..) | DayKind::WeekEnd) => stays,
                }
            }
            Some(own) => local(own),
            None => self.published(date),
        }
    }

    /// Whether a school of eight or nine half-days a week has class. Eight: no Wednesday. Nine:
    /// Wednesday morning. Nobody has class on Saturday.
    pub fn school_day(&self, date: NaiveDate, half_days: u8) -> SchoolDay {
        let named = self
            .local_on(date)
            .is_some_and(|own| own.kind == LocalKind::School && own.from == own.until);
        match self.day(date) {
            DayKind::Local(_, LocalKind::School) if named => SchoolDay::Whole,
            DayKind::Unknown if date.weekday() == Weekday::Wed && half_days < 9 => SchoolDay::No,
            DayKind::Unknown => SchoolDay::Unknown,
            DayKind::School | DayKind::Local(_, LocalKind::School) => match (date.weekday(), half_days) {
                (Weekday::Sat | Weekday::Sun, _) | (Weekday::Wed, ..9) => SchoolDay::No,
                (Weekday::Wed, _) => SchoolDay::Morning,
                _ => SchoolDay::Whole,
            },
            DayKind::PublicHoliday(_)
            | DayKind::Vacation(_)
            | DayKind::Local(_, LocalKind::Closed | LocalKind::Vacation)
            | DayKind::WeekEnd => SchoolDay::No,
        }
    }

    /// The published school holidays of a date, whatever else the day is.
    pub fn vacation_on(&self, date: NaiveDate) -> Option<&Vacation> {
        self.vacations
            .iter()
            .find(|period| period.from <= date && date <= period.until)
    }

    /// The first and the last day of the school holidays around a date, with the days of rest within them; `None` on
    /// a day outside. What the commune entered counts as in [`Self::day`]: its holidays are some, its stretch of
    /// school is none.
    pub fn holidays_around(&self, date: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        if !self.is_holiday(date) {
            return None;
        }
        let last = |days: &mut dyn Iterator<Item = NaiveDate>| {
            days.take(LONGEST_HOLIDAYS)
                .take_while(|day| self.is_holiday(*day))
                .last()
                .unwrap_or(date)
        };
        let from = last(&mut std::iter::successors(Some(date), NaiveDate::pred_opt));
        let until = last(&mut date.iter_days());
        Some((from, until))
    }

    /// Whether a date is in school holidays, its days of rest among them, as the commune has them.
    pub fn is_holiday(&self, date: NaiveDate) -> bool {
        match self.local_on(date) {
            Some(own) if own.kind == LocalKind::Vacation => true,
            Some(own) if own.kind == LocalKind::School && own.from != own.until => false,
            _ => self.vacation_on(date).is_some(),
        }
    }

    /// The public holiday of a date, whatever else the day is.
    pub fn public_holiday(&self, date: NaiveDate) -> Option<&'static str> {
        public_holiday(self.region, self.good_friday, date)
    }

    /// Whether anything is known of the school year on a date: it is published, or the commune said.
    pub fn knows(&self, date: NaiveDate) -> bool {
        let published = |(from, until): &(NaiveDate, NaiveDate)| *from <= date && date <= *until;
        self.local_on(date).is_some() || self.vacation_on(date).is_some() || self.known.iter().any(published)
    }

    /// The last of our own periods over a date: who corrects a period enters another after it.
    pub fn local_on(&self, date: NaiveDate) -> Option<&LocalPeriod> {
        self.local
            .iter()
            .rev()
            .find(|period| period.from <= date && date <= period.until)
    }

    /// What the day is but for the commune's own periods.
    fn published(&self, date: NaiveDate) -> DayKind {
        if let Some(name) = public_holiday(self.region, self.good_friday, date) {
            DayKind::PublicHoliday(name)
        } else if let Some(period) = self.vacation_on(date) {
            DayKind::Vacation(period.name)
        } else if is_week_end(date) {
            DayKind::WeekEnd
        } else if self
            .known
            .iter()
            .any(|(from, until)| *from <= date && date <= *until)
        {
            DayKind::School
        } else {
            DayKind::Unknown
        }
    }
}

fn is_week_end(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn local(own: &LocalPeriod) -> DayKind {
    DayKind::Local(own.name.clone(), own.kind)
}
