//! What stands in a form, and what is wrong with it.

use shared::operation::Refusal;

use super::flaw::Flaw;

/// What stands in a form: as it was typed, or as the record has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormState {
    pairs: Vec<(String, String)>,
    flaws: Vec<(String, Flaw)>,
    seen: Option<i64>,
    token: String,
    newer: Option<Vec<(String, String)>>,
}

impl FormState {
    /// From what was sent: names and values in the order of the form. U+0000, which no keyboard makes and
    /// no store keeps, is left out.
    pub fn read(sent: Vec<(String, String)>) -> Self {
        let mut state = Self::default();
        for (name, mut value) in sent {
            value.retain(|c| c != '\0');
            match name.as_str() {
                "jeton" => state.token = value,
                "version" => state.seen = value.parse().ok(),
                _ => state.pairs.push((name, value)),
            }
        }
        state
    }

    /// The form of a record at a version.
    #[must_use]
    pub fn of_version(mut self, version: i64) -> Self {
        self.seen = Some(version);
        self
    }

    /// With one more value under a name.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.pairs.push((name.into(), value.into()));
        self
    }

    /// With a value where there is one.
    #[must_use]
    pub fn with_maybe(self, name: impl Into<String>, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With several values under a name.
    #[must_use]
    pub fn with_all(mut self, name: &str, values: impl IntoIterator<Item = String>) -> Self {
        self.pairs
            .extend(values.into_iter().map(|value| (name.to_owned(), value)));
        self
    }

    /// With the days of a week: bit 0 is Monday.
    #[must_use]
    pub fn with_weekdays(self, name: &str, days: u8) -> Self {
        self.with_all(
            name,
            (0..7)
                .filter(|day| days & (1 << day) != 0)
                .map(|day: u8| day.to_string()),
        )
    }

    /// Puts a value in place of all under a name.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.drop_all(name);
        self.pairs.push((name.to_owned(), value.into()));
    }

    /// Takes all values of a name out.
    pub fn drop_all(&mut self, name: &str) {
        self.pairs.retain(|(n, _)| n != name);
    }

    /// What stands under a name; empty where nothing does.
    pub fn value(&self, name: &str) -> &str {
        first(&self.pairs, name)
    }

    /// All that stands under a name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        all(&self.pairs, name)
    }

    /// Whether anything stands under a name: a box that is ticked, a button that was used.
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(n, _)| n == name)
    }

    /// Names and values, in order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The token that came with it.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The version that whoever filled it in had seen.
    pub fn seen(&self) -> Option<i64> {
        self.seen
    }

    /// Notes what is wrong with a field.
    pub fn flaw(&mut self, name: &str, flaw: Flaw) {
        self.flaws.push((name.to_owned(), flaw));
    }

    /// Notes why the corridor refused; a name that is taken belongs to the field `named`.
    pub fn refuse(&mut self, named: &str, refusal: &Refusal) {
        let flaw = match refusal {
            Refusal::Taken(_) => Flaw::Taken,
            other => Flaw::Words(other.to_string()),
        };
        self.flaw(named, flaw);
    }

    /// What was made of the form, unless something is wrong with it.
    pub fn sound<T>(&self, made: T) -> Option<T> {
        self.flaws.is_empty().then_some(made)
    }

    /// Whether something is wrong with it.
    pub fn is_flawed(&self) -> bool {
        !self.flaws.is_empty()
    }

    /// Everything that is wrong, in the order it was found.
    pub fn flaws(&self) -> &[(String, Flaw)] {
        &self.flaws
    }

    /// The first thing that is wrong with a field.
    pub(super) fn flaw_of(&self, name: &str) -> Option<&Flaw> {
        self.flaws.iter().find(|(n, _)| n == name).map(|(_, flaw)| flaw)
    }

    /// Somebody changed the record while this was being filled in: shows what it holds now beside
    /// what was typed, and goes on from its present version.
    pub fn overtaken(&mut self, newer: Self, version: i64) {
        self.newer = Some(newer.pairs);
        self.seen = Some(version);
    }

    /// Whether somebody changed the record meanwhile.
    pub fn is_overtaken(&self) -> bool {
        self.newer.is_some()
    }

    /// What the record holds under a name now, where that differs from what was typed.
    pub(super) fn newer(&self, name: &str) -> Option<Vec<&str>> {
        let newer = all(self.newer.as_ref()?, name);
        let mine = self.all(name);
        let filled = |values: &[&str]| -> Vec<String> {
            let mut values: Vec<String> = values
                .iter()
                .map(|v| v.trim().to_owned())
                .filter(|v| !v.is_empty())
                .collect();
            values.sort();
            values
        };
        (filled(&newer) != filled(&mine)).then_some(newer)
    }
}

fn first<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(n, _)| n == name)
        .map_or("", |(_, value)| value.as_str())
}

fn all<'a>(pairs: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    pairs
        .iter()
        .filter(|(n, _)| n == name)
        .map(|(_, value)| value.as_str())
        .collect()
}
