//! Moments in words.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::Said;
use crate::codec::Minute;
use crate::operation::{Count, Counted, Moment};
use crate::words::{day, hour_or_full};

impl Said<'_> {
    /// A moment: « le vendredi de la semaine précédente, à 12 h », « 2 jours ouvrés avant, à 12 h ».
    pub fn moment(&self, moment: &Moment) -> String {
        match *moment {
            Moment::Hours { hours, count } if is_plain(count) => {
                self.with("booking-moment-hours", [("hours", hours.into())])
            }
            Moment::Hours { hours, count } => self.with(
                "booking-moment-hours-of",
                [("hours", hours.into()), ("count", self.count(&count).into())],
            ),
            Moment::Days { days: 0, at, .. } => {
                self.with("booking-moment-same-day", [("at", until(at).into())])
            }
            Moment::Days { days: 1, count, at } if is_plain(count) => {
                self.with("booking-moment-eve", [("at", until(at).into())])
            }
            Moment::Days { days, count, at } => self.with(
                "booking-moment-days",
                [("days", self.days(days, count).into()), ("at", until(at).into())],
            ),
            Moment::Weekday {
                weekday,
                weeks,
                count,
                at,
            } => {
                let key = match weeks {
                    0 => "booking-moment-this-week",
                    1 => "booking-moment-last-week",
                    _ => "booking-moment-weeks",
                };
                let said = self.with(
                    key,
                    [
                        ("weekday", self.weekday(weekday).into()),
                        ("weeks", weeks.into()),
                        ("at", until(at).into()),
                    ],
                );
                self.at_latest(said, count)
            }
            Moment::DayOfMonth {
                day,
                months,
                count,
                at,
            } => {
                let key = match months {
                    0 => "booking-moment-this-month",
                    1 => "booking-moment-last-month",
                    _ => "booking-moment-months",
                };
                let day = self.with("booking-moment-day", [("day", day.into())]);
                let said = self.with(
                    key,
                    [
                        ("day", day.into()),
                        ("months", months.into()),
                        ("at", until(at).into()),
                    ],
                );
                self.at_latest(said, count)
            }
            Moment::LastSchoolDay { at } => {
                self.with("booking-moment-last-school-day", [("at", until(at).into())])
            }
            Moment::Week { hours } => self.with("booking-moment-week", [("hours", hours.into())]),
            Moment::Period { days: 0, at, .. } => {
                self.with("booking-moment-period", [("at", until(at).into())])
            }
            Moment::Period { days, count, at } => self.with(
                "booking-moment-before-period",
                [("days", self.days(days, count).into()), ("at", until(at).into())],
            ),
            Moment::At { date, second } => {
                let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap_or_default();
                self.with(
                    "booking-moment-at",
                    [("date", dated(date).into()), ("at", hour_or_full(time).into())],
                )
            }
            Moment::Start => self.t("booking-moment-start"),
            Moment::End => self.t("booking-moment-end"),
        }
    }

    /// Which days count: « jours ouvrés », « jours (sans le samedi et le dimanche) ».
    pub fn count(&self, count: &Count) -> String {
        let days = self.t(match count.days {
            Counted::Calendar => "booking-days-calendar",
            Counted::Worked => "booking-days-worked",
            Counted::Workable => "booking-days-workable",
            Counted::School => "booking-days-school",
            Counted::Open => "booking-days-open",
            Counted::NotHolidays => "booking-days-not-holidays",
            Counted::NotVacations => "booking-days-not-vacations",
        });
        self.without(days, *count)
    }

    /// « 2 jours ouvrés ».
    fn days(&self, days: u16, count: Count) -> String {
        let key = match count.days {
            Counted::Calendar => "booking-count-calendar",
            Counted::Worked => "booking-count-worked",
            Counted::Workable => "booking-count-workable",
            Counted::School => "booking-count-school",
            Counted::Open => "booking-count-open",
            Counted::NotHolidays => "booking-count-not-holidays",
            Counted::NotVacations => "booking-count-not-vacations",
        };
        self.without(self.with(key, [("days", days.into())]), count)
    }

    fn without(&self, days: String, count: Count) -> String {
        if !skips(count) {
            return days;
        }
        let weekdays = self.weekdays(count.skipped);
        self.with(
            "booking-count-skipped",
            [("count", days.into()), ("weekdays", weekdays.into())],
        )
    }

    fn at_latest(&self, moment: String, count: Count) -> String {
        if is_plain(count) {
            return moment;
        }
        let count = self.count(&count);
        self.with(
            "booking-moment-at-latest",
            [("moment", moment.into()), ("count", count.into())],
        )
    }
}

/// All days count.
fn is_plain(count: Count) -> bool {
    count.days == Counted::Calendar && !skips(count)
}

/// Some weekdays do not count.
fn skips(count: Count) -> bool {
    (0..7).any(|day| count.skipped >> day & 1 == 1)
}

fn until(at: Minute) -> String {
    hour_or_full(at.time())
}

/// « vendredi 20 novembre 2026 ».
pub(super) fn dated(date: NaiveDate) -> String {
    format!("{} {}", day(date), date.year())
}
