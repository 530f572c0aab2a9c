//! When everything happens: March 2021, by the clocks of France.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Europe::Paris;
use chrono_tz::Tz;
use shared::time::UtcMs;

/// The town's clocks.
pub(super) const ZONE: Tz = Paris;

/// A day of the story.
pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, month, day).unwrap_or_default()
}

/// A moment of a day, by the town's clocks.
pub(super) fn at(date: NaiveDate, hour: u32, minute: u32) -> UtcMs {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    UtcMs::at_civil(date, time, ZONE)
}

/// A day, said: « mardi 9 mars ».
pub(super) fn said(date: NaiveDate) -> String {
    use chrono::Datelike as _;
    const DAYS: [&str; 7] = [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ];
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let weekday = DAYS[date.weekday().num_days_from_monday() as usize % DAYS.len()];
    let month = MONTHS[date.month0() as usize % MONTHS.len()];
    format!("{weekday} {} {month}", date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fire_breaks_out_in_the_night_of_a_tuesday() {
        assert_eq!(said(day(3, 10)), "mercredi 10 mars");
        assert_eq!(at(day(3, 10), 0, 47).to_string(), "2021-03-09T23:47:00.000Z");
        // The clocks were put forward on 28 March.
        assert_eq!(at(day(4, 2), 9, 0).to_string(), "2021-04-02T07:00:00.000Z");
        assert_eq!((day(4, 2) - day(3, 10)).num_days(), 23);
        assert_eq!((day(3, 18) - day(3, 10)).num_days(), 8);
    }
}
