//! From when until when: the spans that a family is offered, by the town's calendar. Pure.

use chrono::{Datelike, Days, Months, NaiveDate};
use shared::calendar::{Calendar, DayKind};

/// How far ahead the end of a stretch of school is looked for, in days.
const LONGEST_STRETCH: usize = 200;

/// From a day until another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dates {
    pub(super) from: NaiveDate,
    pub(super) until: NaiveDate,
}

impl Dates {
    /// What of it is not past.
    pub(super) fn not_before(self, today: NaiveDate) -> Self {
        Self {
            from: self.from.max(today),
            ..self
        }
    }

    /// Whether a day is in it.
    pub(super) fn has(self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.until
    }

    /// The months that it touches, each by its part of the span.
    pub(super) fn months(self) -> Vec<Self> {
        let mut months = Vec::new();
        let mut from = self.from;
        while from <= self.until {
            let until = last_of_month(from).min(self.until);
            months.push(Self { from, until });
            from = until + Days::new(1);
        }
        months
    }
}

/// The holidays that today is in, or the stretch of school until the next ones.
pub(super) fn this_period(calendar: Option<&Calendar>, today: NaiveDate) -> Dates {
    let Some(calendar) = calendar else {
        return this_month(today);
    };
    if let Some((_, until)) = calendar.holidays_around(today) {
        return Dates { from: today, until };
    }
    let school = |day: &NaiveDate| calendar.holidays_around(*day).is_none();
    let until = today.iter_days().take(LONGEST_STRETCH).take_while(school).last();
    Dates {
        from: today,
        until: until.unwrap_or(today),
    }
}

/// What is left of this month.
pub(super) fn this_month(today: NaiveDate) -> Dates {
    Dates {
        from: today,
        until: last_of_month(today),
    }
}

/// What is left of the school year; in the summer holidays the next one.
pub(super) fn school_year(calendar: Option<&Calendar>, today: NaiveDate) -> Dates {
    let first_month = calendar.map_or(9, |calendar| calendar.zone().first_month());
    let begins = |year: i32| NaiveDate::from_ymd_opt(year, first_month, 1).unwrap_or(today);
    let next = (today.year()..=today.year() + 1)
        .map(begins)
        .find(|begin| *begin > today);
    let next = next.unwrap_or(today);
    let end = end_before(calendar, next);
    if end >= today {
        return Dates {
            from: today,
            until: end,
        };
    }
    let holidays = calendar.and_then(|calendar| calendar.holidays_around(today));
    Dates {
        from: holidays.map_or(next, |(_, until)| until + Days::new(1)),
        until: end_before(calendar, next + Months::new(12)),
    }
}

/// The last day of school before a year begins.
fn end_before(calendar: Option<&Calendar>, begin: NaiveDate) -> NaiveDate {
    let eve = begin - Days::new(1);
    let Some(calendar) = calendar else { return eve };
    let idle = |day: &NaiveDate| {
        calendar.holidays_around(*day).is_some()
            || matches!(calendar.day(*day), DayKind::Unknown | DayKind::WeekEnd)
    };
    let back = std::iter::successors(Some(eve), NaiveDate::pred_opt);
    back.take(LONGEST_STRETCH).find(|day| !idle(day)).unwrap_or(eve)
}

fn last_of_month(date: NaiveDate) -> NaiveDate {
    let first = date.with_day(1).unwrap_or(date);
    first + Months::new(1) - Days::new(1)
}

#[cfg(test)]
mod tests {
    use shared::calendar::{HolidayRegion, SchoolZone};
    use shared::operation::CalendarRecord;

    use super::*;

    fn zone_a() -> Calendar {
        Calendar::of(&CalendarRecord {
            zone: SchoolZone::A,
            region: HolidayRegion::Metropole,
            good_friday: false,
            local: Vec::new(),
        })
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn words(dates: Dates) -> String {
        format!("{} {}", dates.from, dates.until)
    }

    #[test]
    fn a_period_of_school_ends_on_the_eve_of_holidays_and_holidays_with_themselves() {
        let calendar = zone_a();
        let of = |today: &str| words(this_period(Some(&calendar), date(today)));
        assert_eq!(of("2026-11-23"), "2026-11-23 2026-12-18");
        assert_eq!(of("2026-12-18"), "2026-12-18 2026-12-18");
        assert_eq!(of("2026-12-19"), "2026-12-19 2027-01-03");
        assert_eq!(
            words(this_period(None, date("2026-11-23"))),
            "2026-11-23 2026-11-30"
        );
    }

    #[test]
    fn a_school_year_ends_with_its_last_day_of_school_and_in_summer_the_next_is_meant() {
        let calendar = zone_a();
        let of = |today: &str| words(school_year(Some(&calendar), date(today)));
        assert_eq!(of("2026-11-23"), "2026-11-23 2027-07-02");
        assert_eq!(of("2026-07-20"), "2026-09-01 2027-07-02");
        assert_eq!(
            words(school_year(None, date("2026-11-23"))),
            "2026-11-23 2027-08-31"
        );
    }

    #[test]
    fn months_make_up_the_span() {
        let dates = Dates {
            from: date("2026-11-23"),
            until: date("2027-01-15"),
        };
        let parts: Vec<String> = dates.months().into_iter().map(words).collect();
        assert_eq!(
            parts,
            [
                "2026-11-23 2026-11-30",
                "2026-12-01 2026-12-31",
                "2027-01-01 2027-01-15"
            ]
        );
    }
}
