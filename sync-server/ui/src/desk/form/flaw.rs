//! What is wrong with a field, in words that say what to do.

use crate::words::{t, t1, with};

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing was typed.
    Missing,
    /// Nothing was chosen.
    NoneChosen,
    /// Longer than this many characters.
    TooLong(usize),
    /// No date.
    NotADate,
    /// No time of day.
    NotATime,
    /// No whole number, or not between these two.
    NotANumber(i64, i64),
    /// No e-mail address.
    NotAnEmail,
    /// No telephone number.
    NotAPhone,
    /// No short name for addresses.
    NotASlug,
    /// Not among what is offered, or no longer.
    UnknownChoice,
    /// Another record has it.
    Taken,
    /// Not the word that was asked for.
    WrongWord(String),
    /// The text of this key.
    Said(&'static str),
    /// These words, already whole: the corridor's own refusals.
    Words(String),
}

impl Flaw {
    /// The sentence beside the field.
    pub(in crate::desk) fn words(&self) -> String {
        match self {
            Self::Missing => t("form-missing"),
            Self::NoneChosen => t("form-none-chosen"),
            Self::TooLong(max) => t1("form-too-long", "max", *max),
            Self::NotADate => t("form-not-a-date"),
            Self::NotATime => t("form-not-a-time"),
            Self::NotANumber(least, most) => with(
                "form-not-a-number",
                &[("least", &least.to_string()), ("most", &most.to_string())],
            ),
            Self::NotAnEmail => t("form-not-an-email"),
            Self::NotAPhone => t("form-not-a-phone"),
            Self::NotASlug => t("form-not-a-slug"),
            Self::UnknownChoice => t("form-unknown-choice"),
            Self::Taken => t("form-taken"),
            Self::WrongWord(word) => t1("form-wrong-word", "word", word.as_str()),
            Self::Said(key) => t(key),
            Self::Words(words) => words.clone(),
        }
    }
}
