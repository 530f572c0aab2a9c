//! The texts of screens, mails and prints, from the Fluent files beside this module.

use fluent_bundle::concurrent::FluentBundle;
pub use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// A language of the product. French first; English second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Locale {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

macro_rules! texts {
    ($($locale:literal: $($area:literal)*;)*) => {
        [$(&[$(include_str!(concat!("words/", $locale, "/", $area, ".ftl"))),*],)*]
    };
}

/// What the tablet says, French then English: the desk's texts would only weigh on its screens.
const OF_TABLET: [&[&str]; 2] = texts! {
    "fr": "app" "core" "tablet" "tablet-staff" "tablet-child" "tablet-sync" "tablet-service";
    "en": "app" "core" "tablet" "tablet-staff" "tablet-child" "tablet-sync" "tablet-service";
};

/// What the town hall's pages say, French then English.
const OF_DESK: [&[&str]; 2] = texts! {
    "fr": "app" "core" "desk" "desk-structure" "desk-calendar" "desk-families" "desk-import" "desk-bookings"
        "desk-lists" "desk-devices" "desk-merge" "desk-recovery" "desk-outages" "desk-discrepancies" "desk-service" "public" "portal" "portal-door" "portal-join" "portal-account"
        "portal-pages" "portal-home" "portal-bookings" "portal-period" "portal-notices" "letters" "desk-accounts" "desk-portal" "desk-requests" "desk-letters"
        "booking"
        "portal-cart" "desk-rules" "desk-booking";
    "en": "app" "core" "desk" "desk-structure" "desk-calendar" "desk-families" "desk-import" "desk-bookings"
        "desk-lists" "desk-devices" "desk-merge" "desk-recovery" "desk-outages" "desk-discrepancies" "desk-service" "public" "portal" "portal-door" "portal-join" "portal-account"
        "portal-pages" "portal-home" "portal-bookings" "portal-period" "portal-notices" "letters" "desk-accounts" "desk-portal" "desk-requests" "desk-letters"
        "booking"
        "portal-cart" "desk-rules" "desk-booking";
};

/// The texts of one language.
pub struct Words(FluentBundle<FluentResource>);

impl Words {
    /// Loads what the tablet says in a language.
    pub fn of_tablet(locale: Locale) -> Self {
        Self::load(locale, OF_TABLET)
    }

    /// Loads what the town hall's pages say in a language.
    pub fn of_desk(locale: Locale) -> Self {
        Self::load(locale, OF_DESK)
    }

    /// A line of a file that cannot be read is left out; a test makes sure there is none.
    fn load(locale: Locale, [french, english]: [&'static [&'static str]; 2]) -> Self {
        let (tag, files) = match locale {
            Locale::Fr => ("fr", french),
            Locale::En => ("en", english),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        for text in files {
            let resource = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self(bundle)
    }

    /// The text of a key; the key itself where there is none.
    pub fn t(&self, key: &str) -> String {
        self.with(key, &FluentArgs::new())
    }

    /// The text of a key with one value put in.
    pub fn t1<'a>(&self, key: &str, name: &'a str, value: impl Into<FluentValue<'a>>) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        self.with(key, &args)
    }

    /// The text of a key with several values put in.
    pub fn with(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.0.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        self.0
            .format_pattern(pattern, Some(args), &mut Vec::new())
            .into_owned()
    }
}

/// « 8 h 30 », with no-break spaces.
pub fn hour(time: chrono::NaiveTime) -> String {
    use chrono::Timelike;
    format!("{}\u{a0}h\u{a0}{:02}", time.hour(), time.minute())
}

/// « 8 h 30 », and « 18 h » on the hour, with no-break spaces.
pub fn hour_or_full(time: chrono::NaiveTime) -> String {
    use chrono::Timelike;
    if time.minute() == 0 {
        format!("{}\u{a0}h", time.hour())
    } else {
        hour(time)
    }
}

/// « 12,50 € », with no-break spaces.
pub fn money(cents: crate::money::Cents) -> String {
    let typed = cents.typed();
    let (sign, digits) = typed
        .strip_prefix('-')
        .map_or(("", typed.as_str()), |rest| ("−", rest));
    let (whole, part) = digits.split_once(',').unwrap_or((digits, "00"));
    let mut euros = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            euros.push('\u{a0}');
        }
        euros.push(digit);
    }
    format!("{sign}{euros},{part}\u{a0}€")
}

/// « vendredi 20 novembre à 12 h »: an instant on the clock of a zone, to the minute.
pub fn date_time(at: crate::time::UtcMs, zone: chrono_tz::Tz) -> String {
    format!("{} à {}", day(at.date_in(zone)), hour_or_full(at.time_in(zone)))
}

/// « lundi 23 novembre ».
pub fn day(date: chrono::NaiveDate) -> String {
    use chrono::Datelike;
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
    let weekday = DAYS[date.weekday().num_days_from_monday() as usize];
    let number = if date.day() == 1 {
        "1er".to_owned()
    } else {
        date.day().to_string()
    };
    format!("{weekday} {number} {}", MONTHS[date.month0() as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_language_can_be_read() {
        for text in OF_TABLET.into_iter().chain(OF_DESK).flatten() {
            assert!(FluentResource::try_new((*text).to_owned()).is_ok(), "{text}");
        }
    }

    #[test]
    fn dates_and_hours_are_written_as_people_read_them() {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        assert_eq!(day(date), "dimanche 1er novembre");
        assert_eq!(
            hour(chrono::NaiveTime::from_hms_opt(8, 5, 0).unwrap()),
            "8\u{a0}h\u{a0}05"
        );
        let six = chrono::NaiveTime::from_hms_opt(18, 0, 0).unwrap();
        assert_eq!(hour_or_full(six), "18\u{a0}h");
        let noon = crate::time::UtcMs::parse("2026-11-20T11:00:00Z").unwrap();
        assert_eq!(
            date_time(noon, chrono_tz::Europe::Paris),
            "vendredi 20 novembre à 12\u{a0}h"
        );
    }

    #[test]
    fn amounts_are_written_as_people_read_them() {
        for (cents, written) in [
            (0, "0,00\u{a0}€"),
            (1250, "12,50\u{a0}€"),
            (-305, "−3,05\u{a0}€"),
            (123_456_789, "1\u{a0}234\u{a0}567,89\u{a0}€"),
        ] {
            assert_eq!(money(crate::money::Cents(cents)), written);
        }
    }
}
