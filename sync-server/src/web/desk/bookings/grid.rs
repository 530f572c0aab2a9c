//! Weeks and months as they are shown.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use server_ui::desk::bookings::{ClassRow, GridCell, GridDay, GridRow, GridWeek, Places, label, reason};
use server_ui::desk::form::{Choice, FormState};
use shared::ids::FormulaId;
use shared::operation::ActivityRecord;

use super::ground::Data;
use super::people::Person;
use super::wish::{FREE, PLAIN, cell_name, formula_word, shown, site_name};
use crate::bookings::{DayIs, Skip, Wanted, Wish};
use crate::web::desk::day::day_of;

/// Whom a grid is for.
pub(super) enum Whose<'p> {
    Child(&'p Person),
    Class(&'p [Person]),
}

/// The grid, and the form that holds what stands.
pub(super) struct Grid {
    pub(super) weeks: Vec<GridWeek>,
    pub(super) standing: FormState,
}

/// Draws up the weeks.
pub(super) fn grid(data: &Data, whose: &Whose<'_>, weeks: &[Vec<NaiveDate>], today: NaiveDate) -> Grid {
    let rows = rows_of(data, whose, weeks);
    let mut cells = BTreeMap::new();
    let mut drawn = Vec::new();
    for week in weeks {
        let dates = days_of(data, whose, week);
        let days = dates.iter().map(|date| day(data, whose, *date, today)).collect();
        let rows = rows
            .iter()
            .map(|activity| row(data, whose, activity, &dates, &mut cells))
            .collect();
        let first = week.first().copied().unwrap_or(today);
        drawn.push(GridWeek {
            label: day_of(first, today),
            days,
            rows,
        });
    }
    let mut standing = FormState::default();
    if matches!(whose, Whose::Child(_)) {
        standing = standing.with("vu", shown(&cells));
    }
    for (name, value) in cells {
        standing = standing.with(name, value);
    }
    for activity in rows {
        if let Some(site) = usual_site(data, whose, activity) {
            standing = standing.with(site_name(activity), site);
        }
    }
    Grid {
        weeks: drawn,
        standing,
    }
}

fn people<'p>(whose: &Whose<'p>) -> Vec<&'p Person> {
    match whose {
        Whose::Child(child) => vec![child],
        Whose::Class(children) => children.iter().collect(),
    }
}

/// The activities that concern them: at their school's site, or where they have been before.
fn rows_of<'d>(data: &'d Data, whose: &Whose<'_>, weeks: &[Vec<NaiveDate>]) -> Vec<&'d ActivityRecord> {
    let people = people(whose);
    let has = |activity: &ActivityRecord| {
        let dates = weeks.iter().flatten();
        dates.into_iter().any(|date| {
            people
                .iter()
                .any(|child| !data.standing(child.id, activity.id, *date).is_empty())
        })
    };
    let near = |activity: &ActivityRecord| people.iter().any(|child| data.is_near(child.id, activity));
    let some_near = data.activities.iter().any(near);
    data.activities
        .iter()
        // Wednesdays are often spent at a site that is nobody's school.
        .filter(|activity| !some_near || near(activity) || has(activity) || is_apart(data, activity))
        .collect()
}

/// None of its sites stands in a school, or it fills a day without school.
fn is_apart(data: &Data, activity: &ActivityRecord) -> bool {
    let whole_day = activity.closes.0.saturating_sub(activity.opens.0) >= 6 * 60;
    whole_day || data.sites_of(activity).iter().all(|site| site.school.is_none())
}

/// Monday to Friday, and the days of the week-end on which something takes place.
fn days_of(data: &Data, whose: &Whose<'_>, week: &[NaiveDate]) -> Vec<NaiveDate> {
    let people = people(whose);
    let used = |date: &NaiveDate| {
        let bit = 1_u8 << date.weekday().num_days_from_monday();
        data.activities.iter().any(|activity| {
            activity.weekdays & bit != 0
                || people
                    .iter()
                    .any(|child| !data.standing(child.id, activity.id, *date).is_empty())
        })
    };
    week.iter()
        .enumerate()
        .filter(|(n, date)| *n < 5 || used(date))
        .map(|(_, date)| *date)
        .collect()
}

fn day(data: &Data, whose: &Whose<'_>, date: NaiveDate, today: NaiveDate) -> GridDay {
    let closed = match data.day(date) {
        DayIs::Holiday(name) | DayIs::Closed(name) | DayIs::Vacation(name) => Some(name),
        DayIs::Usual => match whose {
            Whose::Child(child) => data.closed(child.id, date),
            Whose::Class(children) => children.first().and_then(|child| data.closed(child.id, date)),
        },
    };
    let notes = people(whose)
        .first()
        .map(|child| data.notes(child.id, date))
        .unwrap_or_default();
    GridDay {
        label: day_of(date, today),
        closed,
        notes,
    }
}

/// The site in the field of an activity: a class has the usual site of each child.
fn usual_site(data: &Data, whose: &Whose<'_>, activity: &ActivityRecord) -> Option<String> {
    let Whose::Child(child) = whose else { return None };
    let id = data.site_for(child.id, activity)?;
    let site = data.own_sites.iter().find(|site| site.id == id)?;
    Some(site.slug.to_string())
}

fn row(
    data: &Data,
    whose: &Whose<'_>,
    activity: &ActivityRecord,
    dates: &[NaiveDate],
    values: &mut BTreeMap<String, String>,
) -> GridRow {
    let sites = data.sites_of(activity);
    let site = people(whose)
        .first()
        .and_then(|child| data.site_for(child.id, activity))
        .map(|id| data.site_name(id));
    let mut choices: Vec<Choice> = sites
        .iter()
        .map(|site| Choice::new(site.slug.to_string(), site.name.clone()))
        .collect();
    let several = choices.len() > 1;
    if let Whose::Class(_) = whose {
        choices.insert(0, Choice::new("", label::usual_site()));
    }
    let cells = dates
        .iter()
        .map(|date| match whose {
            Whose::Child(child) => child_cell(data, child, activity, *date, values),
            Whose::Class(children) => class_cell(data, children, activity, *date, values),
        })
        .collect();
    GridRow {
        activity: activity.name.clone(),
        site_field: several.then(|| (site_name(activity), choices)),
        site: site.unwrap_or_default(),
        cells,
    }
}

fn formulas(activity: &ActivityRecord) -> Vec<Choice> {
    if activity.formulas.is_empty() {
        return vec![Choice::new(PLAIN, label::booked())];
    }
    activity
        .formulas
        .iter()
        .map(|formula| Choice::new(formula.slug.to_string(), formula.name.clone()))
        .collect()
}

fn probe(child: &Person, activity: &ActivityRecord, site: shared::ids::SiteId, date: NaiveDate) -> Wanted {
    Wanted {
        child: child.id,
        activity: activity.id,
        site,
        date,
        wish: Wish::Booked {
            formula: None,
            replacing: true,
        },
    }
}

fn closed_or_none(skip: &Skip) -> GridCell {
    match skip {
        Skip::Weekday | Skip::NotOffered => GridCell::None,
        _ => GridCell::Closed,
    }
}

fn places(
    data: &Data,
    activity: &ActivityRecord,
    site: shared::ids::SiteId,
    date: NaiveDate,
) -> Option<Places> {
    let (taken, capacity) = data.places(activity.id, site, date)?;
    Some(Places { taken, capacity })
}

fn child_cell(
    data: &Data,
    child: &Person,
    activity: &ActivityRecord,
    date: NaiveDate,
    values: &mut BTreeMap<String, String>,
) -> GridCell {
    let standing = data.standing(child.id, activity.id, date);
    let own = standing
        .iter()
        .find(|s| data.own_sites.iter().any(|site| site.id == s.site));
    if let (None, Some(there)) = (own, standing.first()) {
        return GridCell::Stands(reason::elsewhere(&data.site_name(there.site)));
    }
    let Some(site) = own.map(|s| s.site).or_else(|| data.site_for(child.id, activity)) else {
        return GridCell::None;
    };
    if own.is_none()
        && let Some(skip) = data.obstacle(&probe(child, activity, site, date), false)
    {
        return closed_or_none(&skip);
    }
    let value = own.map_or_else(String::new, |s| formula_word(activity, s.formula));
    let mut choices = vec![Choice::new("", label::none())];
    choices.extend(formulas(activity));
    // A formula that is no longer offered, or none where there are some, still stands.
    if !value.is_empty() && choices.iter().all(|choice| choice.value != value) {
        choices.push(Choice::new(value.clone(), label::booked()));
    }
    let name = cell_name(date, activity);
    values.insert(name.clone(), value.clone());
    GridCell::Choice {
        name,
        choices,
        booked: !value.is_empty(),
        counted: None,
        places: places(data, activity, site, date),
    }
}

fn class_cell(
    data: &Data,
    children: &[Person],
    activity: &ActivityRecord,
    date: NaiveDate,
    values: &mut BTreeMap<String, String>,
) -> GridCell {
    let has = |child: &&Person| !data.standing(child.id, activity.id, date).is_empty();
    let booked = children.iter().filter(has).count();
    let mut obstacles = Vec::new();
    let mut site = None;
    for child in children {
        let Some(at) = data.site_for(child.id, activity) else {
            continue;
        };
        site.get_or_insert(at);
        obstacles.push(data.obstacle(&probe(child, activity, at, date), false));
    }
    let Some(site) = site else { return GridCell::None };
    let all_barred = obstacles.iter().all(Option::is_some);
    if booked == 0
        && all_barred
        && let Some(Some(skip)) = obstacles.first()
    {
        return closed_or_none(skip);
    }
    let mut choices = vec![Choice::new("", label::unchanged())];
    if !all_barred {
        choices.extend(formulas(activity));
    }
    if booked > 0 {
        choices.push(Choice::new(FREE, label::free()));
    }
    let name = cell_name(date, activity);
    values.insert(name.clone(), String::new());
    GridCell::Choice {
        name,
        choices,
        booked: booked > 0,
        counted: Some((booked, children.len())),
        places: places(data, activity, site, date),
    }
}

/// The children of a class with what each has on the days of a week.
pub(super) fn class_rows(
    data: &Data,
    children: &[Person],
    week: &[NaiveDate],
    address: impl Fn(&Person) -> String,
) -> Vec<ClassRow> {
    let dates = days_of(data, &Whose::Class(children), week);
    let said = |child: &Person, date: NaiveDate| {
        let mut all = Vec::new();
        for activity in &data.activities {
            for standing in data.standing(child.id, activity.id, date) {
                all.push(in_words(activity, standing.formula));
            }
        }
        all
    };
    children
        .iter()
        .map(|child| ClassRow {
            id: child.id.to_string(),
            name: child.name(),
            address: address(child),
            days: dates.iter().map(|date| said(child, *date)).collect(),
        })
        .collect()
}

/// « Cantine, Panier PAI »: the first formula is the usual one and is not said.
pub(super) fn in_words(activity: &ActivityRecord, formula: Option<FormulaId>) -> String {
    let place = formula.and_then(|id| activity.formulas.iter().position(|formula| formula.id == id));
    match place {
        Some(place) if place > 0 => format!("{}, {}", activity.name, activity.formulas[place].name),
        _ => activity.name.clone(),
    }
}
