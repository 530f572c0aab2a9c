//! What a form or an address asks for, made into a plan. What is not this family's does not exist.

use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::NaiveDate;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::period::TakenKind;
use shared::booking::Ground;
use shared::calendar::Calendar;
use shared::ids::{ActivityId, ChildId, FormulaId};
use shared::operation::ActivityRecord;

use super::plan::{Plan, Row, What, offered};
use super::span::{Dates, school_year, this_month, this_period};
use crate::bookings::{MAX_DAYS, Weekdays};

/// How many letters of its id stand for a child in the boxes of a typical week.
const MARK_LETTERS: usize = 8;

/// The ways to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Period,
    Week,
    Copy,
}

impl View {
    /// Which of them a form is of.
    pub(super) fn of(form: &FormState) -> Self {
        match form.value("vue") {
            "semaine" => Self::Week,
            "copie" => Self::Copy,
            _ => Self::Period,
        }
    }

    /// Where its form is.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Period => "/reservations/periode",
            Self::Week => "/reservations/periode/semaine",
            Self::Copy => "/reservations/periode/copie",
        }
    }
}

/// From when until when: one of the spans with a name, or the dates that were typed. What is past is left out.
pub(super) fn dates(form: &mut FormState, calendar: Option<&Calendar>, today: NaiveDate) -> Dates {
    let named = match form.value("sur") {
        "periode" => Some(this_period(calendar, today)),
        "mois" => Some(this_month(today)),
        "annee" => Some(school_year(calendar, today)),
        _ => None,
    };
    if let Some(dates) = named {
        return dates;
    }
    let typed = Dates {
        from: form.date("du"),
        until: form.date("au"),
    };
    let dates = typed.not_before(today);
    if !form.is_flawed() && dates.until < dates.from {
        form.flaw("au", Flaw::Said("portal-period-over"));
    } else if !form.is_flawed() && (dates.until - dates.from).num_days() > MAX_DAYS.cast_signed() {
        form.flaw("au", Flaw::Said("portal-period-long"));
    }
    dates
}

/// One month of them, where a script sends month after month: « 2026-11 ».
pub(super) fn month_of(form: &FormState, dates: Dates) -> Dates {
    let month = form.value("mois");
    let mut months = dates.months().into_iter();
    months
        .find(|part| !month.is_empty() && month_words(part.from) == month)
        .unwrap_or(dates)
}

/// « 2026-11 ».
pub(super) fn month_words(date: NaiveDate) -> String {
    date.format("%Y-%m").to_string()
}

/// What is asked for in these dates; what is wrong with the form is noted in it.
pub(super) fn plan(form: &mut FormState, ground: &Ground, dates: Dates) -> Plan {
    let what = match View::of(form) {
        View::Period => period(form, ground, dates),
        View::Week => week(form, ground, dates),
        View::Copy => copy(form, ground),
    };
    Plan { dates, what }
}

fn period(form: &mut FormState, ground: &Ground, dates: Dates) -> What {
    let activities = offered(ground, dates);
    let children = form.some_choices("enfant", |word| child_named(ground, word));
    let chosen = form.some_choices("activite", |word| {
        let mut all = activities.iter();
        all.find(|one| one.slug.as_str() == word).copied()
    });
    let weekdays = Weekdays(form.weekdays("jour"));
    let mut rows = Vec::new();
    for activity in chosen {
        let formula = formula(form, activity);
        for child in &children {
            rows.push(Row {
                child: *child,
                activity: activity.id,
                weekdays,
                formula,
            });
        }
    }
    What::Weekly {
        rows,
        replaces: false,
    }
}

fn week(form: &mut FormState, ground: &Ground, dates: Dates) -> What {
    let activities = offered(ground, dates);
    let replaces = form.has("remplacer");
    let ticked = form.choices("s", |word| boxed(ground, &activities, word));
    if ticked.is_empty() && !replaces && !form.is_flawed() {
        form.flaw("s", Flaw::NoneChosen);
    }
    // Where one child was shown alone, what the others have stays as it is.
    let shown = form.choices("enfant", |word| child_named(ground, word));
    let mut rows = Vec::new();
    for activity in activities {
        let formula = formula(form, activity);
        let meant = ground.children.keys();
        for child in meant.filter(|child| shown.is_empty() || shown.contains(child)) {
            let days = ticked
                .iter()
                .filter(|(whose, what, _)| whose == child && *what == activity.id);
            let weekdays = days.fold(0, |all, (.., day)| all | 1 << day);
            if weekdays != 0 || replaces {
                rows.push(Row {
                    child: *child,
                    activity: activity.id,
                    weekdays: Weekdays(weekdays),
                    formula,
                });
            }
        }
    }
    What::Weekly { rows, replaces }
}

fn copy(form: &mut FormState, ground: &Ground) -> What {
    let nobody = ChildId(uuid::Uuid::nil());
    let from = form.choice("de", nobody, |word| child_named(ground, word));
    let to = form.choice("vers", nobody, |word| child_named(ground, word));
    if from == to && !form.is_flawed() {
        form.flaw("vers", Flaw::Said("portal-period-copy-same"));
    }
    What::Copy { from, to }
}

/// How an activity is taken: as the form says, or in the one or the first way that there is.
fn formula(form: &mut FormState, activity: &ActivityRecord) -> Option<FormulaId> {
    let name = format!("formule-{}", activity.slug);
    let chosen = form.maybe_choice(&name, |word| {
        let mut all = activity.formulas.iter();
        all.find(|one| one.slug.as_str() == word).map(|one| one.id)
    });
    chosen.or_else(|| activity.formulas.first().map(|one| one.id))
}

fn child_named(ground: &Ground, word: &str) -> Option<ChildId> {
    let id: ChildId = word.parse().ok()?;
    ground.children.contains_key(&id).then_some(id)
}

/// What stands for a child in a box: the end of its id is different even in those made at the same instant.
pub(super) fn mark(child: ChildId) -> String {
    let text = child.0.simple().to_string();
    text.chars().skip(text.len() - MARK_LETTERS).collect()
}

/// A box of a typical week: « 0000c001.cantine.1 ».
pub(super) fn box_of(child: ChildId, activity: &ActivityRecord, day: u32) -> String {
    format!("{}.{}.{day}", mark(child), activity.slug)
}

fn boxed(ground: &Ground, activities: &[&ActivityRecord], word: &str) -> Option<(ChildId, ActivityId, u8)> {
    let mut parts = word.split('.');
    let (whose, what, day) = (parts.next()?, parts.next()?, parts.next()?);
    let mut children = ground.children.keys().filter(|child| mark(**child) == whose);
    // Two children that the box cannot tell apart are neither of them meant.
    let child = children.next().filter(|_| children.next().is_none())?;
    let activity = activities.iter().find(|one| one.slug.as_str() == what)?;
    let day: u8 = day.parse().ok().filter(|day| *day < 7)?;
    Some((*child, activity.id, day))
}

/// The ways of being taken that a family may leave out, and their words in addresses.
pub(super) const LEFT_OUT: [(TakenKind, &str); 3] = [
    (TakenKind::Late, "hors-delai"),
    (TakenKind::Requested, "demande"),
    (TakenKind::Waiting, "attente"),
];

/// The name under which they stand.
const WITHOUT: &str = "sans";

/// What the family leaves out.
pub(super) fn without(form: &mut FormState) -> BTreeSet<TakenKind> {
    let named = |word: &str| LEFT_OUT.iter().find(|(_, known)| *known == word);
    let chosen = form.choices(WITHOUT, |word| named(word).map(|(kind, _)| *kind));
    chosen.into_iter().collect()
}

/// What was asked for, with one way left out or taken back.
pub(super) fn turned(pairs: &[(String, String)], word: &str) -> Vec<(String, String)> {
    let one = (WITHOUT.to_owned(), word.to_owned());
    if pairs.contains(&one) {
        pairs.iter().filter(|pair| **pair != one).cloned().collect()
    } else {
        pairs.iter().cloned().chain([one]).collect()
    }
}

/// What was asked for, to be sent again: with the dates that it came to, whatever the day on which it is sent.
pub(super) fn pairs(form: &FormState, dates: Dates) -> Vec<(String, String)> {
    let others = form
        .pairs()
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "sur" | "du" | "au" | "mois"));
    let fixed = [("du", dates.from.to_string()), ("au", dates.until.to_string())];
    let fixed = fixed.map(|(name, value)| (name.to_owned(), value));
    others.cloned().chain(fixed).collect()
}

/// The same as a query.
pub(super) fn query(pairs: &[(String, String)]) -> String {
    let escaped = |text: &str| {
        let mut out = String::with_capacity(text.len());
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    };
    let parts: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    parts.join("&")
}
