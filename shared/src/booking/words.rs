//! Rules and refusals in words.

mod flaw;
mod moment;
mod reason;
mod said;
mod whole;

pub use reason::sentence;
pub use whole::Chapter;

use crate::ids::{ActivityId, ClassId, FormulaId, SchoolId, SiteId};
use crate::words::{FluentArgs, FluentValue, Words};

use super::ground::Ground;

/// Who knows what things are called.
pub trait Names {
    /// An activity.
    fn activity(&self, id: ActivityId) -> Option<&str>;
    /// A formula of any activity.
    fn formula(&self, id: FormulaId) -> Option<&str>;
    /// A site.
    fn site(&self, id: SiteId) -> Option<&str>;
    /// A school.
    fn school(&self, id: SchoolId) -> Option<&str>;
    /// A class.
    fn class(&self, id: ClassId) -> Option<&str>;
}

/// A ground knows all but classes, of which it needs no names.
impl Names for Ground {
    fn activity(&self, id: ActivityId) -> Option<&str> {
        self.activities.get(&id).map(|activity| activity.name.as_str())
    }

    fn formula(&self, id: FormulaId) -> Option<&str> {
        let mut all = self.activities.values().flat_map(|activity| &activity.formulas);
        all.find(|formula| formula.id == id)
            .map(|formula| formula.name.as_str())
    }

    fn site(&self, id: SiteId) -> Option<&str> {
        self.sites.get(&id).map(|site| site.name.as_str())
    }

    fn school(&self, id: SchoolId) -> Option<&str> {
        self.schools.get(&id).map(|school| school.name.as_str())
    }

    fn class(&self, _: ClassId) -> Option<&str> {
        None
    }
}

/// Says what rules mean, for the rules' editor, the help beside a grid and the règlement.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    words: &'a Words,
    names: &'a dyn Names,
}

impl<'a> Said<'a> {
    /// In these words, with these names.
    pub fn new(words: &'a Words, names: &'a dyn Names) -> Self {
        Self { words, names }
    }

    fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    fn with<const N: usize>(&self, key: &str, facts: [(&str, FluentValue<'_>); N]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in facts {
            args.set(name.to_owned(), value);
        }
        self.words.with(key, &args)
    }

    /// « lundi, mardi et jeudi ».
    fn and(&self, mut all: Vec<String>) -> String {
        let Some(last) = all.pop() else {
            return String::new();
        };
        if all.is_empty() {
            return last;
        }
        self.with(
            "booking-and",
            [("first", all.join(", ").into()), ("last", last.into())],
        )
    }

    /// Parts that have commas of their own, in one sentence.
    fn semicolons(&self, all: Vec<String>) -> String {
        all.into_iter()
            .reduce(|first, last| {
                self.with(
                    "booking-or-list",
                    [("first", first.into()), ("last", last.into())],
                )
            })
            .unwrap_or_default()
    }

    fn named<I: Copy>(&self, ids: &[I], name: impl Fn(I) -> Option<&'a str>) -> String {
        let name = |id| name(id).map_or_else(|| self.t("booking-unknown-name"), str::to_owned);
        self.and(ids.iter().map(|id| name(*id)).collect())
    }

    fn activities(&self, ids: &[ActivityId]) -> String {
        let names = self.names;
        self.named(ids, |id| names.activity(id))
    }

    /// Weekdays of a set of bits, of which bit 0 is Monday: « le lundi et le jeudi ».
    pub fn weekdays(&self, bits: u8) -> String {
        if bits & 0x7f == 0x1f {
            return self.t("booking-on-working-days");
        }
        let days = (0..7u8)
            .filter(|day| bits >> day & 1 == 1)
            .map(|day| self.weekday(day));
        let days: Vec<String> = days.collect();
        if days.is_empty() {
            return self.t("booking-on-no-day");
        }
        self.and(days)
    }

    /// 0 is Monday: « le lundi ».
    fn weekday(&self, day: u8) -> String {
        self.t(match day {
            0 => "booking-on-monday",
            1 => "booking-on-tuesday",
            2 => "booking-on-wednesday",
            3 => "booking-on-thursday",
            4 => "booking-on-friday",
            5 => "booking-on-saturday",
            _ => "booking-on-sunday",
        })
    }
}

#[cfg(test)]
mod tests;
