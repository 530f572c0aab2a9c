//! One line as the facts it states.

use chrono::NaiveDate;
use shared::text::search_key;

use super::{Fault, Why};
use crate::import::columns::{Field, Mapping, Part};
use crate::import::read::Line;
use crate::import::values;

/// Longest name that the record takes, in characters.
const NAME_CHARS: usize = 120;

/// What a line states.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) number: usize,
    pub(super) last: String,
    /// The name of birth, when the child goes by another.
    pub(super) birth_name: Option<String>,
    pub(super) first: String,
    pub(super) born: Option<NaiveDate>,
    pub(super) reference: Option<String>,
    pub(super) school: Option<String>,
    pub(super) class: Option<String>,
    pub(super) level: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) must_know: Option<String>,
    pub(super) left_on: Option<NaiveDate>,
    pub(super) guardians: Vec<Person>,
    /// Last and first name were written in capitals: their spelling says little.
    pub(super) shouted: (bool, bool),
    pub(super) faults: Vec<Fault>,
}

/// A guardian as a line states it.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Names the columns it stands in.
    pub(super) field: fn(Part) -> Field,
    pub(super) last: String,
    pub(super) birth_name: Option<String>,
    pub(super) first: String,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
}

impl Person {
    /// Names as search compares them.
    pub(super) fn key(&self) -> String {
        person_key(&self.last, &self.first)
    }

    /// Whether someone goes by these names.
    pub(super) fn is_called(&self, last: &str, first: &str) -> bool {
        let key = person_key(last, first);
        let by_birth = self.birth_name.as_ref().map(|name| person_key(name, &self.first));
        key == self.key() || by_birth.is_some_and(|other| other == key)
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first, self.last).trim().to_owned()
    }
}

/// Names as search compares them, last name first.
pub(super) fn person_key(last: &str, first: &str) -> String {
    format!("{}|{}", search_key(last), search_key(first))
}

/// Reads a line.
pub(super) fn read(line: &Line, mapping: &Mapping, today: NaiveDate) -> Entry {
    let mut reader = Reader {
        line,
        mapping,
        faults: Vec::new(),
    };
    let own = reader.name(Field::LastName);
    let usage = reader.name(Field::UsageName);
    let last_shouted = if usage.0.is_some() { usage.1 } else { own.1 };
    let (last, birth_name) = match (usage.0, own.0) {
        (Some(usage), own) => (usage, own),
        (None, own) => (own.unwrap_or_default(), None),
    };
    let (first, first_shouted) = reader.name(Field::FirstName);
    let first = first.unwrap_or_default();
    let born = reader.date(Field::Born);
    if born.is_some_and(|born| born > today) {
        reader.fault(Field::Born, Why::BornLater);
    }
    let mut entry = Entry {
        number: line.number,
        last,
        birth_name,
        first,
        born,
        reference: reader.text(Field::Reference).map(|text| values::reference(&text)),
        school: reader.text(Field::School),
        class: reader.text(Field::Class),
        level: reader.text(Field::Level),
        phone: reader.phone(Field::Phone),
        must_know: reader.text(Field::MustKnow),
        left_on: reader.date(Field::LeftOn),
        guardians: Vec::new(),
        shouted: (last_shouted, first_shouted),
        faults: Vec::new(),
    };
    entry.reference = entry.reference.filter(|reference| !reference.is_empty());
    let sides: [fn(Part) -> Field; 2] = [Field::One, Field::Two];
    entry
        .guardians
        .extend(sides.into_iter().filter_map(|side| reader.person(side)));
    if entry.last.is_empty() {
        reader.fault(Field::LastName, Why::NoLastName);
    }
    if entry.first.is_empty() {
        reader.fault(Field::FirstName, Why::NoFirstName);
    }
    entry.faults = reader.faults;
    entry
}

struct Reader<'a> {
    line: &'a Line,
    mapping: &'a Mapping,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, field: Field, why: Why) {
        let column = self.mapping.columns(field).next();
        self.faults.push(Fault { column, why });
    }

    /// What the first column that says something says, and which one it is.
    fn said(&self, field: Field) -> Option<(usize, String)> {
        self.mapping
            .columns(field)
            .filter_map(|column| Some((column, self.line.cells.get(column)?)))
            .find(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| (column, cell.clone()))
    }

    fn text(&mut self, field: Field) -> Option<String> {
        let (column, text) = self.said(field)?;
        let longest = if field == Field::MustKnow {
            usize::MAX
        } else {
            NAME_CHARS
        };
        if text.chars().count() > longest {
            self.faults.push(Fault {
                column: Some(column),
                why: Why::TooLong,
            });
            return None;
        }
        Some(text)
    }

    /// A name, and whether it was written in capitals.
    fn name(&mut self, field: Field) -> (Option<String>, bool) {
        let text = self.text(field);
        let shouted = text.as_deref().is_some_and(values::shouted);
        (text.map(|text| values::name(&text)), shouted)
    }

    fn read<T>(
        &mut self,
        field: Field,
        how: impl Fn(&str) -> Option<T>,
        why: impl Fn(String) -> Why,
    ) -> Option<T> {
        let (column, text) = self.said(field)?;
        let found = how(&text);
        if found.is_none() {
            let text: String = text.chars().take(NAME_CHARS).collect();
            self.faults.push(Fault {
                column: Some(column),
                why: why(text),
            });
        }
        found
    }

    fn date(&mut self, field: Field) -> Option<NaiveDate> {
        self.read(field, values::date, Why::BadDate)
    }

    fn phone(&mut self, field: Field) -> Option<String> {
        self.read(field, values::phone, Why::BadPhone)
    }

    fn person(&mut self, side: fn(Part) -> Field) -> Option<Person> {
        let own = self.name(side(Part::LastName)).0;
        let usage = self.name(side(Part::UsageName)).0;
        let first = self.name(side(Part::FirstName)).0.unwrap_or_default();
        let email = self.read(side(Part::Email), values::email, Why::BadEmail);
        let phone = self.phone(side(Part::Phone));
        let (last, birth_name) = match (usage, own) {
            (Some(usage), own) => (usage, own),
            (None, own) => (own.unwrap_or_default(), None),
        };
        if last.is_empty() {
            if !first.is_empty() || email.is_some() || phone.is_some() {
                self.fault(side(Part::LastName), Why::GuardianWithoutName);
            }
            return None;
        }
        Some(Person {
            field: side,
            last,
            birth_name,
            first,
            email,
            phone,
        })
    }
}
