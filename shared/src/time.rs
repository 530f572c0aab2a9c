//! Instants in UTC milliseconds and civil dates in a commune's zone.

use std::fmt;

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveTime, SecondsFormat, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[serde(transparent)]
#[cbor(transparent)]
pub struct UtcMs(#[n(0)] pub i64);

impl UtcMs {
    /// The civil date of this instant in `zone`.
    pub fn date_in(self, zone: Tz) -> NaiveDate {
        self.utc().with_timezone(&zone).date_naive()
    }

    /// The civil time of day of this instant in `zone`.
    pub fn time_in(self, zone: Tz) -> NaiveTime {
        self.utc().with_timezone(&zone).time()
    }

    /// The same instant as chrono's type; out-of-range values are clamped to its limits.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }

    /// Reads RFC 3339. The error is the text that could not be read.
    ///
    /// # Errors
    /// The text is not an RFC 3339 instant.
    pub fn parse(text: &str) -> Result<Self, NotAnInstant> {
        DateTime::parse_from_rfc3339(text)
            .map(|t| Self(t.timestamp_millis()))
            .map_err(|_| NotAnInstant(text.to_owned()))
    }

    /// The instant at which a civil time occurs on a date in `zone`. In the hour that repeats the
    /// earlier one is meant; in the hour that is skipped, the instant the clocks jump to.
    pub fn at_civil(date: NaiveDate, time: NaiveTime, zone: Tz) -> Self {
        Self::civil(date, time, zone, LocalResult::earliest)
    }

    /// As [`Self::at_civil`], but the later one in the hour that repeats.
    pub fn at_civil_later(date: NaiveDate, time: NaiveTime, zone: Tz) -> Self {
        Self::civil(date, time, zone, LocalResult::latest)
    }

    fn civil(
        date: NaiveDate,
        time: NaiveTime,
        zone: Tz,
        which: fn(LocalResult<DateTime<Tz>>) -> Option<DateTime<Tz>>,
    ) -> Self {
        let civil = date.and_time(time);
        if let Some(found) = which(zone.from_local_datetime(&civil)) {
            return Self(found.timestamp_millis());
        }
        // Clocks jump by no more than a day, which the islands of the date line did.
        let minute = time.with_second(0).and_then(|time| time.with_nanosecond(0));
        let minute = date.and_time(minute.unwrap_or(time));
        (1..=24 * 60)
            .filter_map(|more| which(zone.from_local_datetime(&(minute + Duration::minutes(more)))))
            .map(|found| Self(found.timestamp_millis()))
            .next()
            .unwrap_or(Self(civil.and_utc().timestamp_millis()))
    }

    /// This instant moved by `ms` milliseconds; saturates.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

impl fmt::Display for UtcMs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

/// A text that is not an RFC 3339 instant.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("« {0} » n’est pas un instant RFC 3339, par exemple 2026-11-23T08:00:00+01:00")]
pub struct NotAnInstant(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_hour_is_the_instant_the_clocks_jump_to() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
        for (minute, second) in [(0, 0), (15, 0), (30, 0), (59, 59)] {
            let time = NaiveTime::from_hms_opt(2, minute, second).unwrap();
            for at in [
                UtcMs::at_civil(date, time, chrono_tz::Europe::Paris),
                UtcMs::at_civil_later(date, time, chrono_tz::Europe::Paris),
            ] {
                assert_eq!(at.to_string(), "2026-03-29T01:00:00.000Z", "{time}");
            }
        }
    }

    #[test]
    fn a_repeated_hour_is_its_first_occurrence_or_its_second() {
        let date = NaiveDate::from_ymd_opt(2026, 10, 25).unwrap();
        let time = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        let first = UtcMs::at_civil(date, time, chrono_tz::Europe::Paris);
        let second = UtcMs::at_civil_later(date, time, chrono_tz::Europe::Paris);
        assert_eq!(first.to_string(), "2026-10-25T00:30:00.000Z");
        assert_eq!(second.to_string(), "2026-10-25T01:30:00.000Z");
    }

    #[test]
    fn an_overseas_town_has_its_own_date() {
        let at = UtcMs::parse("2026-11-23T22:30:00Z").unwrap();
        assert_eq!(at.date_in(chrono_tz::Indian::Reunion).to_string(), "2026-11-24");
        assert_eq!(
            at.date_in(chrono_tz::America::Martinique).to_string(),
            "2026-11-23"
        );
    }
}
