//! Causes, moments and lengths in words.

use shared::operation::OutageCause;
use shared::words::FluentArgs;

use crate::words::{t, t1, with, with_args};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// What it was, in a few words.
pub(super) fn cause_words(cause: OutageCause) -> String {
    match cause {
        OutageCause::Server => t("outages-cause-server"),
        OutageCause::Loss => t("outages-cause-loss"),
        OutageCause::Line => t("outages-cause-line"),
        OutageCause::Other => t("outages-cause-other"),
    }
}

/// « lundi 23 novembre à 16 h 42 ».
pub fn moment_words(day: &str, hour: &str) -> String {
    with("outages-moment", &[("day", day), ("hour", hour)])
}

/// « à 16 h 42 », with its day where that is to be said.
pub fn at_words(day: Option<&str>, hour: &str) -> String {
    match day {
        Some(day) => with("outages-at-day", &[("day", day), ("hour", hour)]),
        None => t1("outages-at", "hour", hour),
    }
}

/// « 40 minutes », « 3 h 20 », « 8 jours »; `ms` is a length in ms.
pub(super) fn length_words(ms: i64) -> String {
    // Instants are shown to the minute: what lies between them is rounded, or it would seem a minute short.
    let ms = (ms + MINUTE_MS / 2) / MINUTE_MS * MINUTE_MS;
    let (hours, minutes) = (ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS);
    if ms < HOUR_MS {
        return t1("outages-minutes", "count", minutes.max(1));
    }
    if ms >= 2 * DAY_MS {
        return t1("outages-days", "count", (ms + DAY_MS / 2) / DAY_MS);
    }
    let mut args = FluentArgs::new();
    args.set("hours", hours);
    args.set("minutes", format!("{minutes:02}"));
    with_args("outages-hours", &args)
}
