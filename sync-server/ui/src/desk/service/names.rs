//! Names of the parts of the service, of how far they are open, and wordings to begin from.

use shared::operation::{Capability, Openness};

use crate::desk::form::Choice;
use crate::words::{t, with};

/// « Réservations ».
pub fn part_words(part: Capability) -> String {
    match part {
        Capability::Consultation => t("service-consultation"),
        Capability::Attendance => t("service-attendance"),
        Capability::Reservation => t("service-reservation"),
        Capability::Payment => t("service-payment"),
    }
}

/// « En lecture seule ».
pub fn state_words(state: Openness) -> String {
    match state {
        Openness::Open => t("service-open"),
        Openness::ReadOnly => t("service-read-only"),
        Openness::Closed => t("service-closed"),
    }
}

/// « Réservations fermées »: both in one breath.
pub fn standing(part: Capability, state: Openness) -> String {
    use Capability as C;
    use Openness as O;
    match (part, state) {
        (C::Consultation, O::Open) => t("service-consultation-stands-open"),
        (C::Consultation, O::ReadOnly) => t("service-consultation-stands-read-only"),
        (C::Consultation, O::Closed) => t("service-consultation-stands-closed"),
        (C::Attendance, O::Open) => t("service-attendance-stands-open"),
        (C::Attendance, O::ReadOnly) => t("service-attendance-stands-read-only"),
        (C::Attendance, O::Closed) => t("service-attendance-stands-closed"),
        (C::Reservation, O::Open) => t("service-reservation-stands-open"),
        (C::Reservation, O::ReadOnly) => t("service-reservation-stands-read-only"),
        (C::Reservation, O::Closed) => t("service-reservation-stands-closed"),
        (C::Payment, O::Open) => t("service-payment-stands-open"),
        (C::Payment, O::ReadOnly) => t("service-payment-stands-read-only"),
        (C::Payment, O::Closed) => t("service-payment-stands-closed"),
    }
}

/// What a state of a part does, in a sentence.
pub(super) fn effect(part: Capability, state: Openness) -> String {
    use Capability as C;
    use Openness as O;
    match (part, state) {
        (C::Consultation, O::Open) => t("service-consultation-is-open"),
        (C::Consultation, O::ReadOnly) => t("service-consultation-is-read-only"),
        (C::Consultation, O::Closed) => t("service-consultation-is-closed"),
        (C::Attendance, O::Open) => t("service-attendance-is-open"),
        (C::Attendance, O::ReadOnly) => t("service-attendance-is-read-only"),
        (C::Attendance, O::Closed) => t("service-attendance-is-closed"),
        (C::Reservation, O::Open) => t("service-reservation-is-open"),
        (C::Reservation, O::ReadOnly) => t("service-reservation-is-read-only"),
        (C::Reservation, O::Closed) => t("service-reservation-is-closed"),
        (C::Payment, O::Open) => t("service-payment-is-open"),
        (C::Payment, O::ReadOnly) => t("service-payment-is-read-only"),
        (C::Payment, O::Closed) => t("service-payment-is-closed"),
    }
}

/// Wordings to begin from, each under a short name.
fn wordings(part: Capability) -> Vec<(&'static str, String)> {
    match part {
        Capability::Consultation => vec![
            ("verification", t("service-preset-consultation-check")),
            ("complet", t("service-preset-consultation-soon")),
        ],
        Capability::Attendance => vec![
            ("papier", t("service-preset-attendance-paper")),
            ("verification", t("service-preset-attendance-check")),
        ],
        Capability::Reservation => vec![
            ("verification", t("service-preset-reservation-check")),
            ("acquis", t("service-preset-reservation-kept")),
        ],
        Capability::Payment => vec![
            ("verification", t("service-preset-payment-check")),
            ("guichet", t("service-preset-payment-office")),
        ],
    }
}

/// The same, to choose from.
pub fn presets(part: Capability) -> Vec<Choice> {
    let choices = wordings(part).into_iter();
    choices.map(|(name, words)| Choice::new(name, words)).collect()
}

/// The wording under a short name.
pub fn preset(part: Capability, name: &str) -> Option<String> {
    let mut all = wordings(part).into_iter();
    all.find(|(known, _)| *known == name).map(|(_, words)| words)
}

/// « Point de situation du 24 novembre à 18 h »: what a new post is called at first.
pub fn preset_title(day: &str, hour: &str) -> String {
    with("service-incident-preset", &[("day", day), ("hour", hour)])
}

/// Who works at the command line.
pub fn by_host() -> String {
    t("service-by-host")
}

/// Somebody whose account is not in the record.
pub fn by_unknown() -> String {
    t("service-by-unknown")
}
