//! How far back a family's history reaches.

use chrono::{Datelike, NaiveDate};

/// The month in which a school year begins, on its first day.
const BEGINS: u32 = 9;

/// The first day that is shown on `today`. Where the town sets a number of school years, so many whole ones before
/// this one; otherwise the one before until 1 October, and this one alone from then on.
pub fn since(today: NaiveDate, years: Option<u8>) -> NaiveDate {
    let began = if today.month() >= BEGINS {
        today.year()
    } else {
        today.year() - 1
    };
    let back = match years {
        Some(years) => i32::from(years),
        None => i32::from(today.month() == BEGINS),
    };
    NaiveDate::from_ymd_opt(began - back, BEGINS, 1).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_year_before_is_seen_until_the_first_of_october() {
        for (today, first) in [
            ("2026-08-31", "2025-09-01"),
            ("2026-09-01", "2025-09-01"),
            ("2026-09-30", "2025-09-01"),
            ("2026-10-01", "2026-09-01"),
            ("2026-12-31", "2026-09-01"),
            ("2027-01-01", "2026-09-01"),
            ("2027-08-31", "2026-09-01"),
            ("2027-09-01", "2026-09-01"),
        ] {
            assert_eq!(since(day(today), None), day(first), "{today}");
        }
    }

    #[test]
    fn a_town_may_show_more_years_or_this_one_alone() {
        for (today, years, first) in [
            ("2026-08-31", 0, "2025-09-01"),
            ("2026-09-01", 0, "2026-09-01"),
            ("2026-09-30", 1, "2025-09-01"),
            ("2026-10-01", 1, "2025-09-01"),
            ("2026-10-01", 3, "2023-09-01"),
            ("2026-10-01", 255, "1771-09-01"),
        ] {
            assert_eq!(since(day(today), Some(years)), day(first), "{today}, {years}");
        }
    }
}
