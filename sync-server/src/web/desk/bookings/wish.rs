//! What a form asks for.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use server_ui::desk::form::{Flaw, FormState};
use shared::codec::Minute;
use shared::ids::{FormulaId, ReservationId, SiteId};
use shared::operation::{ActivityRecord, ReservationLine};
use uuid::Uuid;

use super::ground::Data;
use super::people::Person;
use crate::bookings::{self, MAX_DAYS, Wanted, Weekdays, Wish};

/// How far from today reservations are entered, in days.
const BACK_DAYS: u64 = 430;
/// See [`BACK_DAYS`].
const AHEAD_DAYS: u64 = 800;
/// Children x dates of one form.
const MAX_WISHES: usize = 10_000;

/// A reservation without a formula, as a form says it.
pub(super) const PLAIN: &str = "oui";
/// In a class: what stands is to be cancelled.
pub(super) const FREE: &str = "annuler";

/// How the reservations of a period are taken, where that was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct How {
    arrives: Option<Minute>,
    leaves: Option<Minute>,
    group: Option<String>,
    comes_from: Option<String>,
    goes_to: Option<String>,
}

/// Everything that a form asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) wanted: Vec<Wanted>,
    pub(super) how: How,
    pub(super) vacations_too: bool,
}

/// Which way a form was filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Week,
    Month,
    Period,
}

impl Way {
    pub(super) fn parse(word: &str) -> Self {
        match word {
            "mois" => Self::Month,
            "periode" => Self::Period,
            _ => Self::Week,
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Week => "semaine",
            Self::Month => "mois",
            Self::Period => "periode",
        }
    }

    /// The weeks that are shown, each whole.
    pub(super) fn weeks(self, date: NaiveDate) -> Vec<Vec<NaiveDate>> {
        match self {
            Self::Month => bookings::month(date),
            Self::Week | Self::Period => vec![bookings::week(date)],
        }
    }
}

/// The dates that a form may speak of, first and last.
pub(super) fn limits(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = today.checked_sub_days(Days::new(BACK_DAYS)).unwrap_or(today);
    let last = today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(today);
    (first, last)
}

/// The dates that a form needs the record of, first and last.
pub(super) fn span(form: &FormState, way: Way, date: NaiveDate, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let (first, last) = limits(today);
    if way == Way::Period {
        let read = |name: &str| form.value(name).parse::<NaiveDate>().ok();
        let from = read("du").unwrap_or(today).clamp(first, last);
        return (from, read("au").unwrap_or(today).clamp(from, last));
    }
    let weeks = way.weeks(date);
    let from = weeks.first().and_then(|week| week.first()).copied();
    let until = weeks.last().and_then(|week| week.last()).copied();
    (from.unwrap_or(date), until.unwrap_or(date))
}

/// The name of a cell's field.
pub(super) fn cell_name(date: NaiveDate, activity: &ActivityRecord) -> String {
    format!("c.{date}.{}", activity.slug)
}

/// The name of the field of an activity's site.
pub(super) fn site_name(activity: &ActivityRecord) -> String {
    format!("site.{}", activity.slug)
}

/// What a form says of a formula.
pub(super) fn formula_word(activity: &ActivityRecord, formula: Option<FormulaId>) -> String {
    let known = formula.and_then(|id| activity.formulas.iter().find(|formula| formula.id == id));
    match (known, formula) {
        (Some(formula), _) => formula.slug.to_string(),
        (None, Some(id)) => id.to_string(),
        (None, None) => PLAIN.to_owned(),
    }
}

/// A word that names no formula of the activity.
struct NoFormula;

fn formula_of(activity: &ActivityRecord, word: &str) -> Result<Option<FormulaId>, NoFormula> {
    if word == PLAIN && activity.formulas.is_empty() {
        return Ok(None);
    }
    let found = activity
        .formulas
        .iter()
        .find(|formula| formula.slug.as_str() == word);
    found.map(|formula| Some(formula.id)).ok_or(NoFormula)
}

/// The cells as the form showed them, for a child: who changed nothing asks for nothing.
pub(super) fn shown(cells: &BTreeMap<String, String>) -> String {
    let filled = cells.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = filled.map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join(" ")
}

/// What the grid of one child asks for.
pub(super) fn of_child(form: &mut FormState, data: &Data, child: &Person, dates: &[NaiveDate]) -> Asked {
    let seen: BTreeMap<String, String> = form
        .value("vu")
        .split_whitespace()
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut wanted = Vec::new();
    for activity in &data.activities {
        let site = site_said(form, data, activity).or_else(|| data.site_for(child.id, activity));
        for date in dates {
            let name = cell_name(*date, activity);
            if !form.has(&name) || form.value(&name) == seen.get(&name).map_or("", String::as_str) {
                continue;
            }
            let word = form.value(&name).to_owned();
            let standing = data.standing(child.id, activity.id, *date);
            let own = standing
                .iter()
                .find(|s| data.own_sites.iter().any(|o| o.id == s.site));
            // What stands stays where it is: another site is chosen for what is new.
            let Some(site) = own.map(|s| s.site).or(site) else {
                continue;
            };
            let wish = if word.is_empty() {
                Wish::Free
            } else if let Ok(formula) = formula_of(activity, &word) {
                Wish::Booked {
                    formula,
                    replacing: true,
                }
            } else {
                form.flaw(&name, Flaw::UnknownChoice);
                continue;
            };
            wanted.push(wanted_of(child, activity, site, *date, wish));
        }
    }
    Asked {
        wanted,
        how: How::default(),
        // Whoever chooses a single day of the holidays means it.
        vacations_too: true,
    }
}

/// What the grid of a class asks for.
pub(super) fn of_class(form: &mut FormState, data: &Data, children: &[Person], dates: &[NaiveDate]) -> Asked {
    let chosen = chosen(form, children);
    let mut wanted = Vec::new();
    for activity in &data.activities {
        let said = site_said(form, data, activity);
        for date in dates {
            let name = cell_name(*date, activity);
            let word = form.value(&name).to_owned();
            if word.is_empty() {
                continue;
            }
            let wish = if word == FREE {
                Wish::Free
            } else if let Ok(formula) = formula_of(activity, &word) {
                Wish::Booked {
                    formula,
                    replacing: true,
                }
            } else {
                form.flaw(&name, Flaw::UnknownChoice);
                continue;
            };
            wanted.extend(chosen.iter().filter_map(|child| {
                let site = place(data, child, activity, *date, said, wish)?;
                Some(wanted_of(child, activity, site, *date, wish))
            }));
        }
    }
    Asked {
        wanted,
        how: How::default(),
        vacations_too: true,
    }
}

/// What a period asks for.
pub(super) fn of_period(form: &mut FormState, data: &Data, children: &[Person], today: NaiveDate) -> Asked {
    let (from, until) = (form.date("du"), form.date("au"));
    let weekdays = form.weekdays("jours");
    let (first, last) = limits(today);
    if !form.is_flawed() {
        if until < from {
            form.flaw("au", Flaw::Said("bookings-end-before-start"));
        } else if from < first || until > last {
            form.flaw("du", Flaw::Said("bookings-too-far"));
        } else if (until - from).num_days() >= i64::try_from(MAX_DAYS).unwrap_or(i64::MAX) {
            form.flaw("au", Flaw::Said("bookings-too-long"));
        }
    }
    let free = form.choice("acte", false, |word| match word {
        "reserver" => Some(false),
        "annuler" => Some(true),
        _ => None,
    });
    let what = what(form, data);
    let said = form.maybe_choice("site", |word| {
        let found = data.own_sites.iter().find(|site| site.slug.as_str() == word);
        found.map(|site| site.id)
    });
    let how = How {
        arrives: form.maybe_time("arrivee"),
        leaves: form.maybe_time("depart"),
        group: form.maybe_text("groupe", 60),
        comes_from: form.maybe_text("vient_de", 80),
        goes_to: form.maybe_text("va_a", 80),
    };
    if let (Some(arrives), Some(leaves)) = (how.arrives, how.leaves)
        && leaves <= arrives
    {
        form.flaw("depart", Flaw::Said("bookings-leaves-before"));
    }
    let chosen = chosen(form, children);
    let replacing = form.has("remplacer");
    let mut wanted = Vec::new();
    if let (Some((activity, formula)), false) = (what, form.is_flawed()) {
        if said.is_some_and(|site| !activity.sites.contains(&site)) {
            form.flaw("site", Flaw::Said("bookings-not-at-site"));
        }
        let wish = if free {
            Wish::Free
        } else {
            Wish::Booked { formula, replacing }
        };
        let dates = bookings::dates(from, until, Weekdays(weekdays));
        if dates.len().saturating_mul(chosen.len()) > MAX_WISHES {
            form.flaw("au", Flaw::Said("bookings-too-many"));
        } else {
            for child in &chosen {
                wanted.extend(dates.iter().filter_map(|date| {
                    let site = place(data, child, activity, *date, said, wish)?;
                    Some(wanted_of(child, activity, site, *date, wish))
                }));
            }
        }
    }
    Asked {
        wanted,
        how,
        vacations_too: form.has("vacances"),
    }
}

/// Activity and formula of a period: `cantine/repas`, or `garderie-soir`.
fn what<'d>(form: &mut FormState, data: &'d Data) -> Option<(&'d ActivityRecord, Option<FormulaId>)> {
    form.choice("quoi", None, |word| {
        let (slug, formula) = word.split_once('/').unwrap_or((word, PLAIN));
        let activity = data.activities.iter().find(|a| a.slug.as_str() == slug)?;
        Some(Some((activity, formula_of(activity, formula).ok()?)))
    })
}

/// The children ticked; the only one where there is no choice.
fn chosen<'p>(form: &mut FormState, children: &'p [Person]) -> Vec<&'p Person> {
    if let [only] = children
        && !form.has("enfant")
    {
        return vec![only];
    }
    form.some_choices("enfant", |word| {
        children.iter().find(|child| child.id.to_string() == word)
    })
}

/// The site that a form says for an activity.
fn site_said(form: &mut FormState, data: &Data, activity: &ActivityRecord) -> Option<SiteId> {
    form.maybe_choice(&site_name(activity), |word| {
        let sites = data.sites_of(activity);
        sites
            .into_iter()
            .find(|site| site.slug.as_str() == word)
            .map(|site| site.id)
    })
}

/// Where a wish of several is for one child. What is cancelled is cancelled where it stands.
fn place(
    data: &Data,
    child: &Person,
    activity: &ActivityRecord,
    date: NaiveDate,
    said: Option<SiteId>,
    wish: Wish,
) -> Option<SiteId> {
    let own = |site: &SiteId| data.own_sites.iter().any(|own| own.id == *site);
    let standing = data.standing(child.id, activity.id, date);
    let there = standing.iter().map(|s| s.site).find(own);
    match (wish, said) {
        (Wish::Free, None) => there.or_else(|| data.site_for(child.id, activity)),
        (_, Some(said)) => Some(said),
        (Wish::Booked { .. }, None) => there.or_else(|| data.site_for(child.id, activity)),
    }
}

fn wanted_of(child: &Person, activity: &ActivityRecord, site: SiteId, date: NaiveDate, wish: Wish) -> Wanted {
    Wanted {
        child: child.id,
        activity: activity.id,
        site,
        date,
        wish,
    }
}

/// The reservation that a wish comes to. Its id follows from the seed of the form, so that the same
/// form makes the same reservations. What was not said is as it was the last time.
pub(super) fn line(wanted: &Wanted, how: &How, data: &Data, seed: Uuid) -> ReservationLine {
    let name = format!(
        "{}/{}/{}/{}",
        wanted.child, wanted.activity, wanted.site, wanted.date
    );
    let usual = data.usual(wanted.child, wanted.activity, wanted.site).cloned();
    let formula = match wanted.wish {
        Wish::Booked { formula, .. } => formula,
        Wish::Free => None,
    };
    let or_usual = |said: &Option<String>, pick: fn(&ReservationLine) -> Option<String>| {
        said.clone().or_else(|| usual.as_ref().and_then(pick))
    };
    ReservationLine {
        id: ReservationId(Uuid::new_v5(&seed, name.as_bytes())),
        child: wanted.child,
        activity: wanted.activity,
        site: wanted.site,
        date: wanted.date,
        formula,
        group: or_usual(&how.group, |line| line.group.clone()),
        sitting: usual.as_ref().and_then(|line| line.sitting),
        table: usual.as_ref().and_then(|line| line.table.clone()),
        expected_in: how.arrives.or(usual.as_ref().and_then(|line| line.expected_in)),
        expected_out: how.leaves.or(usual.as_ref().and_then(|line| line.expected_out)),
        comes_from: or_usual(&how.comes_from, |line| line.comes_from.clone()),
        goes_to: or_usual(&how.goes_to, |line| line.goes_to.clone()),
        household: None,
    }
}
