//! Reading typed values out of a form. What is wrong is noted beside its field and something
//! harmless is answered: whoever reads asks [`FormState::sound`] before using any of it.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};
use shared::codec::Minute;
use shared::slug::Slug;
use shared::text::search_key;

use super::flaw::Flaw;
use super::state::FormState;

/// Longest telephone number looked at.
const MAX_PHONE: usize = 30;
/// Longest address (RFC 5321).
const MAX_EMAIL: usize = 254;

impl FormState {
    /// A text of one line that must be there, at most `max` characters long.
    pub fn text(&mut self, name: &str, max: usize) -> String {
        let text = self.maybe_text(name, max);
        self.required(name, text)
    }

    /// A text of one line that may be left out.
    pub fn maybe_text(&mut self, name: &str, max: usize) -> Option<String> {
        let words: Vec<&str> = self.value(name).split_whitespace().collect();
        let text = words.join(" ");
        self.at_most(name, text, max)
    }

    /// A text of several lines that may be left out.
    pub fn maybe_lines(&mut self, name: &str, max: usize) -> Option<String> {
        let text = self.value(name).replace("\r\n", "\n").trim().to_owned();
        self.at_most(name, text, max)
    }

    fn at_most(&mut self, name: &str, text: String, max: usize) -> Option<String> {
        if text.chars().count() > max {
            self.flaw(name, Flaw::TooLong(max));
        }
        (!text.is_empty()).then_some(text)
    }

    fn required<T: Default>(&mut self, name: &str, found: Option<T>) -> T {
        found.unwrap_or_else(|| {
            if self.flaw_of(name).is_none() {
                self.flaw(name, Flaw::Missing);
            }
            T::default()
        })
    }

    /// A telephone number, where there is one.
    pub fn maybe_phone(&mut self, name: &str) -> Option<String> {
        let phone = self.maybe_text(name, MAX_PHONE)?;
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let plain = phone.chars().all(|c| c.is_ascii_digit() || " +.-()/".contains(c));
        if digits < 4 || !plain {
            self.flaw(name, Flaw::NotAPhone);
        }
        Some(phone)
    }

    /// An e-mail address, where there is one.
    pub fn maybe_email(&mut self, name: &str) -> Option<String> {
        let email = self.maybe_text(name, MAX_EMAIL)?;
        let fits = email.split_once('@').is_some_and(|(who, host)| {
            !who.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        });
        if !fits
            || email.contains(|c: char| c.is_whitespace() || c == ',' || c == ';')
            || email.matches('@').count() != 1
        {
            self.flaw(name, Flaw::NotAnEmail);
        }
        Some(email)
    }

    /// An e-mail address that must be there.
    pub fn email(&mut self, name: &str) -> String {
        let email = self.maybe_email(name);
        self.required(name, email)
    }

    /// A date, where there is one: as browsers send it, or `23/11/2026` as people type it.
    pub fn maybe_date(&mut self, name: &str) -> Option<NaiveDate> {
        let text = self.value(name).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let date = text
            .parse()
            .ok()
            .or_else(|| NaiveDate::parse_from_str(&text, "%d/%m/%Y").ok())
            .filter(|date| (1900..=2199).contains(&chrono::Datelike::year(date)));
        if date.is_none() {
            self.flaw(name, Flaw::NotADate);
        }
        date
    }

    /// A date that must be there.
    pub fn date(&mut self, name: &str) -> NaiveDate {
        let date = self.maybe_date(name);
        self.required(name, date)
    }

    /// A time of day, where there is one: as browsers send it, or `8 h 30` as people type it.
    pub fn maybe_time(&mut self, name: &str) -> Option<Minute> {
        let text = self.value(name).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let time = time_of(&text);
        if time.is_none() {
            self.flaw(name, Flaw::NotATime);
        }
        time
    }

    /// A time of day that must be there.
    pub fn time(&mut self, name: &str) -> Minute {
        let time = self.maybe_time(name);
        let missing = time.is_none();
        if missing && self.flaw_of(name).is_none() {
            self.flaw(name, Flaw::Missing);
        }
        time.unwrap_or(Minute(0))
    }

    /// A whole number, where there is one, from `least` to `most`.
    pub fn maybe_number(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        let text: String = self.value(name).split_whitespace().collect();
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok().filter(|n| (least..=most).contains(n));
        if number.is_none() {
            self.flaw(name, Flaw::NotANumber(least, most));
        }
        number
    }

    /// A whole number that must be there.
    pub fn number(&mut self, name: &str, least: i64, most: i64) -> i64 {
        let number = self.maybe_number(name, least, most);
        self.required(name, number)
    }

    /// One of several things, where one was chosen; `parse` knows their words.
    pub fn maybe_choice<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = self.value(name).to_owned();
        if word.is_empty() {
            return None;
        }
        let found = parse(&word);
        if found.is_none() {
            self.flaw(name, Flaw::UnknownChoice);
        }
        found
    }

    /// One of several things; `otherwise` only fills the place while nothing sound was chosen.
    pub fn choice<T>(&mut self, name: &str, otherwise: T, parse: impl Fn(&str) -> Option<T>) -> T {
        let found = self.maybe_choice(name, parse);
        if found.is_none() && self.flaw_of(name).is_none() {
            self.flaw(name, Flaw::NoneChosen);
        }
        found.unwrap_or(otherwise)
    }

    /// All things ticked under a name.
    pub fn choices<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let found: Vec<Option<T>> = self.all(name).into_iter().map(parse).collect();
        if found.iter().any(Option::is_none) {
            self.flaw(name, Flaw::UnknownChoice);
        }
        found.into_iter().flatten().collect()
    }

    /// The same, of which there must be one at least.
    pub fn some_choices<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let found = self.choices(name, parse);
        if found.is_empty() && self.flaw_of(name).is_none() {
            self.flaw(name, Flaw::NoneChosen);
        }
        found
    }

    /// The days of a week that are ticked, one at least: bit 0 is Monday.
    pub fn weekdays(&mut self, name: &str) -> u8 {
        let days = self.some_choices(name, |word| word.parse::<u8>().ok().filter(|day| *day < 7));
        days.into_iter().fold(0, |all, day| all | 1 << day)
    }

    /// An id, or whatever else has a strict text form, that the form itself put there.
    pub fn id<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let id = self.value(name).parse().ok();
        if id.is_none() {
            self.flaw(name, Flaw::UnknownChoice);
        }
        id
    }

    /// A short name for addresses, where one was typed.
    pub fn maybe_slug(&mut self, name: &str) -> Option<Slug> {
        let text = self.maybe_text(name, 200)?;
        let slug = text.parse().ok();
        if slug.is_none() {
            self.flaw(name, Flaw::NotASlug);
        }
        slug
    }

    /// Asks that a word be typed, accents and case aside, before what cannot be undone.
    pub fn word(&mut self, name: &str, word: &str) {
        if search_key(self.value(name)) != search_key(word) {
            self.flaw(name, Flaw::WrongWord(word.to_owned()));
        }
    }
}

/// `08:30`, `8:30`, `8h30`, `8 h 30`, `8h`.
fn time_of(text: &str) -> Option<Minute> {
    let tight: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let (hours, minutes) = tight.split_once([':', 'h'])?;
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    // A browser may send seconds.
    let minutes = minutes.split(':').next()?;
    let time = NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)?;
    Some(Minute::of(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> FormState {
        FormState::read(pairs.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect())
    }

    #[test]
    fn what_people_type_is_understood() {
        let mut form = sent(&[
            ("jeton", "abc"),
            ("version", "12"),
            ("nom", "  École   Jaurès "),
            ("debut", "8 h 30"),
            ("fin", "16:30"),
            ("le", "23/11/2026"),
            ("jours", "0"),
            ("jours", "4"),
            ("places", "1 200"),
            ("mot", "retirer"),
        ]);
        assert_eq!((form.token(), form.seen()), ("abc", Some(12)));
        assert_eq!(form.text("nom", 80), "École Jaurès");
        assert_eq!(form.time("debut"), Minute::new(8, 30));
        assert_eq!(form.time("fin"), Minute::new(16, 30));
        assert_eq!(form.date("le").to_string(), "2026-11-23");
        assert_eq!(form.weekdays("jours"), 0b1_0001);
        assert_eq!(form.number("places", 1, 2000), 1200);
        form.word("mot", "RETIRER");
        assert_eq!(form.maybe_phone("telephone"), None);
        assert!(form.sound(()).is_some());
    }

    #[test]
    fn what_does_not_do_is_noted_once_beside_its_field() {
        let mut form = sent(&[
            ("nom", "   "),
            ("debut", "25:00"),
            ("le", "31/02/2026"),
            ("jours", "9"),
            ("telephone", "demander à Léa"),
            ("courriel", "a@b"),
            ("places", "-1"),
            ("slug", "Pas Bien"),
            ("genre", "x"),
        ]);
        form.text("nom", 80);
        form.time("debut");
        form.date("le");
        form.weekdays("jours");
        form.maybe_phone("telephone");
        form.email("courriel");
        form.number("places", 0, 10);
        form.maybe_slug("slug");
        form.choice("genre", 0, |_| None);
        form.word("mot", "RETIRER");
        let flaws: Vec<_> = form.flaws().iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            flaws,
            [
                "nom",
                "debut",
                "le",
                "jours",
                "telephone",
                "courriel",
                "places",
                "slug",
                "genre",
                "mot"
            ]
        );
        assert!(form.sound(()).is_none());
        assert!(form.flaws().iter().all(|(_, flaw)| !flaw.words().is_empty()));
    }

    #[test]
    fn what_somebody_else_changed_is_told_apart() {
        let mut form = sent(&[
            ("nom", "Jaurès"),
            ("sites", "a"),
            ("sites", "b"),
            ("telephone", ""),
        ]);
        let newer = FormState::default()
            .with("nom", "Jean-Jaurès")
            .with("sites", "b")
            .with("sites", "a");
        form.overtaken(newer, 7);
        assert_eq!(form.newer("nom"), Some(vec!["Jean-Jaurès"]));
        assert_eq!(form.newer("sites"), None);
        assert_eq!(form.newer("telephone"), None, "nothing here and nothing there");
        assert_eq!(form.seen(), Some(7));
    }
}
