//! Easter of the Gregorian calendar, and the days that hang on it.

use chrono::{Days, NaiveDate};

/// Easter Sunday (Meeus, Jones and Butcher); `None` beyond the years a date can name.
pub fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let rest = year.rem_euclid(100);
    let skipped = century - (century + 8).div_euclid(25) + 1;
    let moon = (19 * golden + century - century.div_euclid(4) - skipped.div_euclid(3) + 15).rem_euclid(30);
    let sunday =
        (32 + 2 * century.rem_euclid(4) + 2 * rest.div_euclid(4) - moon - rest.rem_euclid(4)).rem_euclid(7);
    let late = (golden + 11 * moon + 22 * sunday).div_euclid(451);
    let day = moon + sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(day.div_euclid(31)).ok()?,
        u32::try_from(day.rem_euclid(31) + 1).ok()?,
    )
}

/// Good Friday.
pub(super) fn good_friday(year: i32) -> Option<NaiveDate> {
    easter(year)?.checked_sub_days(Days::new(2))
}

/// So many days after Easter Sunday.
pub(super) fn after_easter(year: i32, days: u64) -> Option<NaiveDate> {
    easter(year)?.checked_add_days(Days::new(days))
}
