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

/// The texts of one language.
pub struct Words(FluentBundle<FluentResource>);

impl Words {
    /// Loads the texts of a language. A line of the file that cannot be read is left out; a test
    /// makes sure there is none.
    pub fn new(locale: Locale) -> Self {
        let (tag, text) = match locale {
            Locale::Fr => ("fr", include_str!("words/fr.ftl")),
            Locale::En => ("en", include_str!("words/en.ftl")),
        };
        let resource = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
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
        for text in [include_str!("words/fr.ftl"), include_str!("words/en.ftl")] {
            assert!(FluentResource::try_new(text.to_owned()).is_ok());
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
    }
}
