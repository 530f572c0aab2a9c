//! What an import says, in French: on its pages and in the files it gives back.

use std::sync::LazyLock;

use shared::words::{FluentArgs, Locale, Words};

use super::columns::{Field, Part};
use super::plan::{Change, Fault, Why};
use super::read::Unreadable;

static FRENCH: LazyLock<Words> = LazyLock::new(|| Words::of_desk(Locale::Fr));

fn t(key: &str) -> String {
    FRENCH.t(key)
}

fn with(key: &str, values: &[(&str, &str)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in values {
        args.set(*name, *value);
    }
    FRENCH.with(key, &args)
}

/// What a field is called.
pub fn field_word(field: Field) -> String {
    match field {
        Field::LastName => t("desk-import-field-last-name"),
        Field::UsageName => t("desk-import-field-usage-name"),
        Field::FirstName => t("desk-import-field-first-name"),
        Field::Born => t("desk-import-field-born"),
        Field::Reference => t("desk-import-field-reference"),
        Field::School => t("desk-import-field-school"),
        Field::Class => t("desk-import-field-class"),
        Field::Level => t("desk-import-field-level"),
        Field::Phone => t("desk-import-field-phone"),
        Field::MustKnow => t("desk-import-field-must-know"),
        Field::LeftOn => t("desk-import-field-left-on"),
        Field::One(part) => with(
            "desk-import-field-of-guardian",
            &[("part", &part_word(part)), ("nth", "1")],
        ),
        Field::Two(part) => with(
            "desk-import-field-of-guardian",
            &[("part", &part_word(part)), ("nth", "2")],
        ),
    }
}

fn part_word(part: Part) -> String {
    match part {
        Part::LastName => t("desk-import-part-last-name"),
        Part::UsageName => t("desk-import-part-usage-name"),
        Part::FirstName => t("desk-import-part-first-name"),
        Part::Email => t("desk-import-part-email"),
        Part::Phone => t("desk-import-part-phone"),
    }
}

/// What is wrong with a line, in a sentence that says what to do.
pub fn fault_words(fault: &Fault) -> String {
    match &fault.why {
        Why::NoLastName => t("desk-import-no-last-name"),
        Why::NoFirstName => t("desk-import-no-first-name"),
        Why::NoBirth => t("desk-import-no-birth"),
        Why::BadDate(said) => with("desk-import-bad-date", &[("said", said)]),
        Why::BornLater => t("desk-import-born-later"),
        Why::BadPhone(said) => with("desk-import-bad-phone", &[("said", said)]),
        Why::BadEmail(said) => with("desk-import-bad-email", &[("said", said)]),
        Why::TooLong => t("desk-import-too-long"),
        Why::UnknownSchool { said, closest: None } => with("desk-import-unknown-school", &[("said", said)]),
        Why::UnknownSchool {
            said,
            closest: Some(name),
        } => with(
            "desk-import-unknown-school-closest",
            &[("said", said), ("name", name)],
        ),
        Why::UnknownClass { said, closest: None } => with("desk-import-unknown-class", &[("said", said)]),
        Why::UnknownClass {
            said,
            closest: Some(name),
        } => with(
            "desk-import-unknown-class-closest",
            &[("said", said), ("name", name)],
        ),
        Why::ClassOfWhichSchool(said) => with("desk-import-class-of-which-school", &[("said", said)]),
        Why::ReferenceOfAnother(name) => with("desk-import-reference-of-another", &[("name", name)]),
        Why::OtherBirth(born) => {
            let born = super::values::shown(*born);
            with("desk-import-other-birth", &[("born", &born)])
        }
        Why::OtherReference(reference) => with("desk-import-other-reference", &[("reference", reference)]),
        Why::SeveralFit => t("desk-import-several-fit"),
        Why::UnknownChild => t("desk-import-unknown-child"),
        Why::Contradicts { line, said, .. } => {
            let line = line.to_string();
            with("desk-import-contradicts", &[("line", &line), ("said", said)])
        }
        Why::GuardianWithoutName => t("desk-import-guardian-without-name"),
        Why::WhichHousehold(name) => with("desk-import-which-household", &[("name", name)]),
    }
}

/// What would change, as « Classe : CP – Mme Petit, au lieu de GS – Mme Roy ».
pub fn change_words(change: &Change) -> String {
    let field = field_word(change.field);
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => with(
            "desk-import-change",
            &[("field", &field), ("old", old), ("new", new)],
        ),
        (None, Some(new)) => with(
            "desk-import-change-from-nothing",
            &[("field", &field), ("new", new)],
        ),
        (old, None) => {
            let old = old.clone().unwrap_or_default();
            with(
                "desk-import-change-to-nothing",
                &[("field", &field), ("old", &old)],
            )
        }
    }
}

/// Why a file cannot be read, and what to do.
pub fn unreadable_words(why: Unreadable) -> String {
    match why {
        Unreadable::Empty => t("desk-import-file-empty"),
        Unreadable::NoLines => t("desk-import-file-no-lines"),
        Unreadable::TooManyLines => {
            let most = super::MAX_LINES.to_string();
            with("desk-import-file-too-many-lines", &[("most", &most)])
        }
        Unreadable::TooManyColumns => t("desk-import-file-too-many-columns"),
        Unreadable::OtherSpreadsheet => t("desk-import-file-other-spreadsheet"),
        Unreadable::Damaged => t("desk-import-file-damaged"),
        Unreadable::NotText => t("desk-import-file-not-text"),
    }
}

/// A file is too large.
pub fn too_large_words(mb: usize) -> String {
    with("desk-import-file-too-large", &[("mb", &mb.to_string())])
}

/// No column says what must be said.
pub fn needs_words(field: Field) -> String {
    with("desk-import-columns-need", &[("field", &field_word(field))])
}

/// Two columns say the same.
pub fn twice_words(field: Field) -> String {
    with("desk-import-columns-twice", &[("field", &field_word(field))])
}

/// « né(e) le 04/03/2019 ».
pub fn born_words(born: chrono::NaiveDate) -> String {
    with("desk-import-born", &[("date", &super::values::shown(born))])
}

/// The columns that stand before those of the file in what was left out.
pub(super) fn column_names() -> (String, String) {
    (t("desk-import-column-line"), t("desk-import-column-reason"))
}
