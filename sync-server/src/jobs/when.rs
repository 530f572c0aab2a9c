//! When a job is due.

use chrono::{Days, NaiveTime};
use chrono_tz::Tz;
use shared::slug::Slug;
use shared::time::UtcMs;

/// What is too old is removed so often, in ms.
pub const TIDY_EVERY_MS: i64 = 60 * 60 * 1000;
/// A commune in which nothing was written is checked all the same after so long, in ms: disks forget
/// too.
const IDLE_CHECK_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// A day, in ms.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The first minute of the night in which communes are checked.
const FROM_MINUTE: u32 = 60;
/// For how many minutes they are spread.
const SPREAD_MINUTES: u32 = 240;

/// Whether rows that are too old are to be removed, where there are any.
pub fn tidy_is_due(done_at: Option<UtcMs>, now: UtcMs) -> bool {
    // Either way round: a clock that was set back must not put it off for days.
    done_at.is_none_or(|done| now.0.saturating_sub(done.0).saturating_abs() >= TIDY_EVERY_MS)
}

/// The commune's last night: the newest instant, up to now, at which its check may begin. Communes
/// of one zone are spread over some hours by their names.
pub fn last_night(now: UtcMs, zone: Tz, slug: &Slug) -> UtcMs {
    let spread = slug.as_str().bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    let minute = FROM_MINUTE + spread % SPREAD_MINUTES;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or_default();
    let today = now.date_in(zone);
    let tonight = UtcMs::at_civil(today, time, zone);
    match today.checked_sub_days(Days::new(1)) {
        Some(yesterday) if tonight > now => UtcMs::at_civil(yesterday, time, zone),
        _ => tonight,
    }
}

/// What decides whether a commune is checked.
#[derive(Clone, Copy, Debug)]
pub struct Checked {
    /// When its branch began.
    pub born_at: UtcMs,
    /// When its newest entry of the journal was written.
    pub last_write: UtcMs,
    /// When it was checked last.
    pub done_at: Option<UtcMs>,
}

/// Whether a commune is to be checked: once a night where something was written since the last
/// check, once a week where nothing was.
pub fn check_is_due(known: Checked, night: UtcMs, now: UtcMs) -> bool {
    let last = known.done_at.unwrap_or(known.born_at);
    let written = known.done_at.is_none_or(|done| known.last_write >= done);
    let rested = now.0.saturating_sub(last.0) >= IDLE_CHECK_MS;
    is_before(last, night, now) && (written || rested || last > now)
}

/// Whether something happened before last night. What claims to lie more than a day ahead was noted
/// by a clock that has been set back since; less is the difference between two machines.
pub fn is_before(done: UtcMs, night: UtcMs, now: UtcMs) -> bool {
    done < night || done.0.saturating_sub(now.0) > DAY_MS
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America, Europe, Indian};
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> UtcMs {
        UtcMs::parse(text).unwrap()
    }

    fn slug(text: &str) -> Slug {
        text.parse().unwrap()
    }

    #[test]
    fn a_night_is_that_of_the_commune_wherever_it_lies() {
        let noon = at("2026-11-23T12:00:00Z");
        for zone in [Europe::Paris, Indian::Reunion, America::Martinique] {
            let night = last_night(noon, zone, &slug("ville"));
            let time = night.time_in(zone);
            assert!(night <= noon && noon.0 - night.0 < DAY_MS, "{zone}");
            assert!((1..5).contains(&chrono::Timelike::hour(&time)), "{zone}: {time}");
        }
        let names: std::collections::BTreeSet<_> = ["ville", "bourg", "village", "hameau"]
            .map(|name| last_night(noon, Europe::Paris, &slug(name)))
            .into();
        assert!(names.len() > 1, "they do not all begin at once");
    }

    #[test]
    fn what_is_too_old_is_looked_for_every_hour_whatever_the_clock_did() {
        let noon = at("2026-11-23T12:00:00Z");
        assert!(tidy_is_due(None, noon));
        assert!(!tidy_is_due(Some(noon), noon.plus_ms(TIDY_EVERY_MS - 1)));
        assert!(tidy_is_due(Some(noon), noon.plus_ms(TIDY_EVERY_MS)));
        assert!(tidy_is_due(Some(noon.plus_ms(DAY_MS)), noon));
    }

    #[test]
    fn a_commune_is_checked_after_a_day_with_writes_and_after_a_week_without() {
        let monday = at("2026-11-23T12:00:00Z");
        let due = |known: Checked, now: UtcMs| {
            check_is_due(known, last_night(now, Europe::Paris, &slug("ville")), now)
        };
        let fresh = Checked {
            born_at: monday,
            last_write: monday,
            done_at: None,
        };
        assert!(!due(fresh, monday.plus_ms(60_000)), "not on the day it is made");
        assert!(
            !due(fresh, monday.plus_ms(-60_000)),
            "nor where a clock is a little behind"
        );
        assert!(due(fresh, monday.plus_ms(-2 * DAY_MS)), "a clock was set back");
        let tuesday = monday.plus_ms(DAY_MS);
        assert!(due(fresh, tuesday));
        let done = Checked {
            done_at: Some(tuesday),
            ..fresh
        };
        assert!(!due(done, tuesday.plus_ms(1)) && !due(done, tuesday.plus_ms(2 * DAY_MS)));
        assert!(due(done, tuesday.plus_ms(7 * DAY_MS)));
        let written = Checked {
            last_write: tuesday.plus_ms(60_000),
            ..done
        };
        assert!(!due(written, tuesday.plus_ms(120_000)), "the night has not come");
        assert!(due(written, tuesday.plus_ms(DAY_MS)));
    }

    proptest! {
        #[test]
        fn a_night_is_never_ahead_and_never_more_than_a_day_and_an_hour_ago(now in 0..4_000_000_000_000_i64, name in "[a-z]{1,12}") {
            let (now, slug) = (UtcMs(now), slug(&name));
            for zone in [Europe::Paris, America::Miquelon, Indian::Reunion] {
                let night = last_night(now, zone, &slug);
                prop_assert!(night <= now && now.0 - night.0 <= 25 * 60 * 60 * 1000);
                prop_assert_eq!(last_night(night, zone, &slug), night);
            }
        }

        /// Whatever the clock did, a commune that was just checked is not checked again at once.
        #[test]
        fn once_checked_it_rests(now in DAY_MS..4_000_000_000_000_i64, born in 0..4_000_000_000_000_i64, wrote in 0..4_000_000_000_000_i64) {
            let now = UtcMs(now);
            let known = Checked { born_at: UtcMs(born), last_write: UtcMs(wrote), done_at: Some(now) };
            prop_assert!(!check_is_due(known, last_night(now, Europe::Paris, &slug("ville")), now));
        }
    }
}
