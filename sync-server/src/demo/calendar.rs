//! When school is held: weekdays, public holidays, school holidays of zone C.

use chrono::{Datelike, NaiveDate, Weekday};

type Ymd = (i32, u32, u32);

/// First and last days without school, of 2026-2027 in zone C. Dates that no line covers are
/// school days if their weekday is.
const SCHOOL_HOLIDAYS: [(Ymd, Ymd); 6] = [
    ((2026, 10, 17), (2026, 11, 1)),
    ((2026, 12, 19), (2027, 1, 3)),
    ((2027, 2, 6), (2027, 2, 21)),
    ((2027, 4, 3), (2027, 4, 18)),
    ((2027, 5, 7), (2027, 5, 8)),
    ((2027, 7, 3), (2027, 8, 31)),
];

/// Public holidays with a date of their own.
const FIXED: [(u32, u32); 8] = [
    (1, 1),
    (5, 1),
    (5, 8),
    (7, 14),
    (8, 15),
    (11, 1),
    (11, 11),
    (12, 25),
];

/// Public holidays that move with Easter Sunday: its Monday, Ascension, Whit Monday.
const AFTER_EASTER_DAYS: [i64; 3] = [1, 39, 50];

/// Whether the town's childcare is open in term time on this date.
pub(super) fn is_open(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
        && !is_public_holiday(date)
        && !is_school_holiday(date)
}

/// Whether school is held: Monday, Tuesday, Thursday and Friday of an open week.
pub(super) fn is_school_day(date: NaiveDate) -> bool {
    is_open(date) && date.weekday() != Weekday::Wed
}

/// The calendar year in which the school year of this date began.
pub(super) fn school_year(date: NaiveDate) -> i32 {
    if date.month() >= 8 {
        date.year()
    } else {
        date.year() - 1
    }
}

/// Weeks since the beginning of our calendar, so that parents can alternate across new years.
pub(super) fn week(date: NaiveDate) -> i32 {
    (date.num_days_from_ce() - 1).div_euclid(7)
}

/// The bit of a date's weekday: bit 0 is Monday.
pub(super) fn weekday_bit(date: NaiveDate) -> u8 {
    1 << date.weekday().num_days_from_monday()
}

fn is_school_holiday(date: NaiveDate) -> bool {
    let ymd = (date.year(), date.month(), date.day());
    SCHOOL_HOLIDAYS
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&ymd))
}

fn is_public_holiday(date: NaiveDate) -> bool {
    let moving = || {
        let since = easter(date.year()).map(|sunday| date.signed_duration_since(sunday).num_days());
        since.is_some_and(|days| AFTER_EASTER_DAYS.contains(&days))
    };
    FIXED.contains(&(date.month(), date.day())) || moving()
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, (n / 31).unsigned_abs(), (n % 31 + 1).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_is_where_the_calendar_has_it() {
        for sunday in [
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2038-04-25",
        ] {
            assert_eq!(easter(day(sunday).year()), Some(day(sunday)));
        }
    }

    #[test]
    fn nobody_comes_on_holidays() {
        for closed in [
            "2026-11-11",
            "2027-03-29",
            "2027-05-06",
            "2027-05-07",
            "2027-05-17",
            "2026-10-20",
            "2027-07-05",
        ] {
            assert!(!is_open(day(closed)), "{closed}");
        }
        assert!(
            is_school_day(day("2026-11-23"))
                && is_school_day(day("2026-12-18"))
                && is_school_day(day("2027-01-04"))
        );
        assert!(
            is_open(day("2026-11-25")) && !is_school_day(day("2026-11-25")),
            "a Wednesday without school"
        );
    }

    #[test]
    fn parents_alternate_across_the_new_year() {
        assert_eq!(week(day("2027-01-04")) - week(day("2026-12-28")), 1);
        assert_eq!(week(day("2026-11-23")), week(day("2026-11-29")));
    }
}
