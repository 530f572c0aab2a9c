//! Counting days: which count, and how one goes back over them.

use std::iter::successors;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::LONGEST;
use crate::booking::ground::{ChildFacts, Ground, SessionKey};
use crate::booking::when::{half_days, takes_place};
use crate::calendar::{Calendar, DayKind, SchoolDay};
use crate::operation::{Count, Counted, LocalKind};

/// A way to count, for a session and a child.
pub(super) struct Counting<'a> {
    pub(super) count: Count,
    pub(super) session: &'a SessionKey,
    pub(super) child: &'a ChildFacts,
    pub(super) ground: &'a Ground,
}

impl Counting<'_> {
    /// The day so many counted days before a date; the date itself for none, whether it counts or not.
    pub(super) fn days_before(&self, date: NaiveDate, days: u16) -> Option<NaiveDate> {
        if days == 0 {
            return Some(date);
        }
        let mut left = days;
        for day in successors(date.pred_opt(), NaiveDate::pred_opt).take(LONGEST) {
            if self.counts(day)? {
                left -= 1;
                if left == 0 {
                    return Some(day);
                }
            }
        }
        None
    }

    /// The date itself where it counts, else the last before it that does.
    pub(super) fn last_until(&self, date: NaiveDate) -> Option<NaiveDate> {
        for day in successors(Some(date), NaiveDate::pred_opt).take(LONGEST) {
            if self.counts(day)? {
                return Some(day);
            }
        }
        None
    }

    /// So many hours before an instant of the town's clock; those of days that do not count are left out. Where they
    /// end at midnight, the day they began on is meant, not the one before it.
    pub(super) fn hours_before(&self, start: NaiveDateTime, hours: u16) -> Option<NaiveDateTime> {
        let mut left = Duration::hours(hours.into());
        let mut end = start;
        if hours == 0 {
            return Some(start);
        }
        for day in successors(Some(start.date()), NaiveDate::pred_opt).take(LONGEST) {
            let midnight = day.and_time(NaiveTime::MIN);
            if self.counts(day)? {
                if left <= end - midnight {
                    return Some(end - left);
                }
                left -= end - midnight;
            }
            end = midnight;
        }
        None
    }

    /// Whether a day counts; `None` where nobody can say.
    fn counts(&self, date: NaiveDate) -> Option<bool> {
        if self.count.skipped >> date.weekday().num_days_from_monday() & 1 == 1 {
            return Some(false);
        }
        let calendar = || self.ground.calendar.as_ref();
        match self.count.days {
            Counted::Calendar => Some(true),
            Counted::Worked => Some(is_worked(calendar()?, date)),
            Counted::Workable => {
                let calendar = calendar()?;
                Some(date.weekday() != Weekday::Sun && !is_public_holiday(calendar, date))
            }
            Counted::School => match calendar()?.school_day(date, half_days(self.child, self.ground)?) {
                SchoolDay::No => Some(false),
                SchoolDay::Morning | SchoolDay::Whole => Some(true),
                SchoolDay::Unknown => None,
            },
            Counted::Open => takes_place(
                &SessionKey {
                    date,
                    ..*self.session
                },
                self.child,
                self.ground,
            ),
            Counted::NotHolidays => Some(!is_public_holiday(calendar()?, date)),
            Counted::NotVacations => {
                let calendar = calendar().filter(|calendar| calendar.knows(date))?;
                Some(!is_public_holiday(calendar, date) && !calendar.is_holiday(date))
            }
        }
    }
}

/// Monday to Friday, no public holiday, and the town is not closed.
fn is_worked(calendar: &Calendar, date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
        && !is_public_holiday(calendar, date)
        && !matches!(calendar.day(date), DayKind::Local(_, LocalKind::Closed))
}

/// A public holiday, unless the town made it a day of school on purpose.
fn is_public_holiday(calendar: &Calendar, date: NaiveDate) -> bool {
    calendar.public_holiday(date).is_some()
        && !matches!(calendar.day(date), DayKind::Local(_, LocalKind::School))
}
