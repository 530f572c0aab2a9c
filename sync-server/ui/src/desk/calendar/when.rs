//! Days in words.

use chrono::{Datelike, NaiveDate};

use crate::words::{t1, with};

/// « lundi 23 novembre 2026 ».
pub(super) fn date_words(date: NaiveDate) -> String {
    format!("{} {}", shared::words::day(date), date.year())
}

/// « le … », « du … au … », or « à partir du …, jusqu’à nouvel ordre ».
pub(super) fn when_words(from: NaiveDate, until: Option<NaiveDate>) -> String {
    let first = date_words(from);
    match until {
        None => t1("calendar-when-open", "from", first),
        Some(until) if until == from => t1("calendar-when-one", "from", first),
        Some(until) => {
            let first = if until.year() == from.year() {
                shared::words::day(from)
            } else {
                first
            };
            with(
                "calendar-when-span",
                &[("from", &first), ("until", &date_words(until))],
            )
        }
    }
}
