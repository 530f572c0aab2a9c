//! Sets in words, and what is wrong with them.

use std::sync::LazyLock;

use server_ui::desk::rules::{Found, Table, span_words};
use shared::booking::{self, Facts, Names, Said, Severity};
use shared::ids::{ActivityId, ClassId, FormulaId, SchoolId, SiteId};
use shared::operation::RuleSetRecord;
use shared::words::{Locale, Words};

pub(super) use server_ui::desk::rules::{copy_name, delete_word};

use super::sets::Sets;

pub(super) static FRENCH: LazyLock<Words> = LazyLock::new(|| Words::of_desk(Locale::Fr));

impl Names for Sets {
    fn activity(&self, id: ActivityId) -> Option<&str> {
        let found = self.activities.iter().find(|one| one.id == id);
        found.map(|one| one.name.as_str())
    }

    fn formula(&self, id: FormulaId) -> Option<&str> {
        let mut all = self.activities.iter().flat_map(|activity| &activity.formulas);
        all.find(|one| one.id == id).map(|one| one.name.as_str())
    }

    fn site(&self, id: SiteId) -> Option<&str> {
        let found = self.sites.iter().find(|one| one.id == id);
        found.map(|one| one.name.as_str())
    }

    fn school(&self, id: SchoolId) -> Option<&str> {
        let found = self.schools.iter().find(|one| one.id == id);
        found.map(|one| one.name.as_str())
    }

    fn class(&self, id: ClassId) -> Option<&str> {
        let found = self.classes.iter().find(|one| one.id == id);
        found.map(|one| one.name.as_str())
    }
}

/// From when until when a set counts.
pub(super) fn span(set: &RuleSetRecord) -> String {
    span_words(set.from, set.until)
}

/// The lines of a table as families read them.
pub(super) fn table(set: &RuleSetRecord, table: Table, sets: &Sets) -> Vec<String> {
    let said = Said::new(&FRENCH, sets);
    let town = |words: &Option<String>, line: String| match words {
        Some(words) => format!("{words} – {line}"),
        None => line,
    };
    match table {
        Table::Openings => {
            let lines = set.openings.iter();
            lines.map(|one| town(&one.words, said.opening(one))).collect()
        }
        Table::Add => set
            .add
            .iter()
            .map(|one| town(&one.words, said.add(one)))
            .collect(),
        Table::Cancel => {
            let lines = set.cancel.iter();
            lines.map(|one| town(&one.words, said.cancel(one))).collect()
        }
        Table::Conditions => {
            let lines = set.conditions.iter();
            lines.map(|one| town(&one.words, said.condition(one))).collect()
        }
        Table::Limits => set
            .limits
            .iter()
            .map(|one| town(&one.words, said.limit(one)))
            .collect(),
        Table::Links => set.links.iter().map(|one| said.link(one)).collect(),
        Table::Groups => set.groups.iter().map(|one| said.group(one)).collect(),
        Table::Places => set.places.iter().map(|one| said.places(one)).collect(),
        Table::Waiting => set.waiting.iter().map(|one| said.waiting(one)).collect(),
        Table::Prices => set.prices.iter().map(|one| said.price(one)).collect(),
        Table::Payment => vec![said.payment(&set.payment)],
    }
}

/// What is wrong with a set, as if it were live among the others.
pub(super) fn check(set: &RuleSetRecord, sets: &Sets) -> Vec<Found> {
    let others: Vec<RuleSetRecord> = sets
        .all
        .iter()
        .map(|(other, _)| other)
        .filter(|other| other.live && other.id != set.id)
        .cloned()
        .collect();
    let facts = Facts {
        ground: &sets.ground,
        documents: &sets.settings.documents,
    };
    let said = Said::new(&FRENCH, sets);
    booking::check(set, &others, &facts)
        .iter()
        .map(|flaw| Found {
            grave: flaw.severity() == Severity::Error,
            words: said.flaw(flaw, sets.ground.zone),
        })
        .collect()
}
