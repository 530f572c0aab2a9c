//! Short sentences about sets as a whole.

use chrono::NaiveDate;

use crate::words::{t, t1, with};

/// Why a set is shown again and nothing was done: somebody changed it meanwhile, or it is not sound.
pub fn refused_words(stale: bool) -> String {
    if stale {
        t("desk-rules-refused-stale")
    } else {
        t("desk-rules-refused-errors")
    }
}

/// The name of a copy.
pub fn copy_name(name: &str) -> String {
    t1("desk-rules-copy-name", "name", name)
}

/// The word to type before a draft is deleted.
pub fn delete_word() -> String {
    t("desk-rules-delete-word")
}

/// From when until when.
pub fn span_words(from: NaiveDate, until: Option<NaiveDate>) -> String {
    let day = |date: NaiveDate| date.format("%d/%m/%Y").to_string();
    match until {
        None => t1("desk-rules-span-from", "from", day(from)),
        Some(until) => with(
            "desk-rules-span-from-until",
            &[("from", &day(from)), ("until", &day(until))],
        ),
    }
}
