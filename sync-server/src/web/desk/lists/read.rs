//! Lists and meals of a day, out of its day list.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use server_ui::desk::lists::{Kitchen, ListPart, ListRow, ListSheet, PartBy};
use shared::day_list::{Badge, BadgeKind, DayList, ListedActivity, ListedChild, ListedRow, Standing};
use shared::ids::{ChildId, FormulaId};
use shared::operation::Meal;
use shared::text::search_key;
use shared::words::hour;

use crate::record;
use crate::store::{Read, StoreError};

/// What is eaten with each formula of the town.
pub(super) fn meals(tx: &mut dyn Read) -> Result<BTreeMap<FormulaId, Meal>, StoreError> {
    let activities = record::activities(tx)?;
    let formulas = activities.into_iter().flat_map(|(activity, _)| activity.formulas);
    Ok(formulas.map(|formula| (formula.id, formula.meal)).collect())
}

/// The list of one activity of a day, parted. `health`: what staff must know is shown too.
pub(super) fn sheet(
    day: &DayList,
    activity: &ListedActivity,
    by: PartBy,
    site: &str,
    date: &str,
    health: bool,
) -> ListSheet {
    let cards: BTreeMap<ChildId, &ListedChild> = day.children.iter().map(|c| (c.id, c)).collect();
    let mut parts: BTreeMap<(bool, String, Option<String>), Vec<ListRow>> = BTreeMap::new();
    for listed in day.rows.iter().filter(|row| row.activity == activity.id) {
        let card = cards.get(&listed.child).copied();
        let name = part_of(listed, card, by);
        // Those without a group stand last.
        let place = (
            name.is_none(),
            search_key(name.as_deref().unwrap_or_default()),
            name,
        );
        parts
            .entry(place)
            .or_default()
            .push(row(listed, card, activity, health));
    }
    ListSheet {
        site: site.to_owned(),
        date: date.to_owned(),
        activity: activity.name.clone(),
        hours: format!(
            "{} – {}",
            hour(activity.opens.time()),
            hour(activity.closes.time())
        ),
        mode: activity.mode,
        notices: day.notices.clone(),
        parts: parts
            .into_iter()
            .map(|((_, _, name), rows)| ListPart { name, rows })
            .collect(),
    }
}

fn part_of(listed: &ListedRow, card: Option<&ListedChild>, by: PartBy) -> Option<String> {
    match by {
        PartBy::Group => listed
            .group
            .clone()
            .or_else(|| listed.sitting.map(PartBy::sitting)),
        PartBy::Class => card.and_then(|card| card.class.clone().or_else(|| card.school.clone())),
    }
}

fn row(listed: &ListedRow, card: Option<&ListedChild>, activity: &ListedActivity, health: bool) -> ListRow {
    let formula = listed.formula.and_then(|id| {
        let known = activity.formulas.iter().find(|formula| formula.id == id);
        known.map(|formula| formula.name.clone())
    });
    let at = |minute: Option<shared::codec::Minute>| minute.map(|minute| hour(minute.time()));
    let first_contact = |card: &ListedChild| card.contacts.first().map(|contact| contact.phone.clone());
    ListRow {
        last_name: card.map(|c| c.last_name.clone()).unwrap_or_default(),
        first_name: card.map(|c| c.first_name.clone()).unwrap_or_default(),
        class: card.and_then(|c| c.class.clone()),
        school: card.and_then(|c| c.school.clone()),
        group: listed.group.clone(),
        formula,
        sitting: listed.sitting,
        table: listed.table.clone(),
        expected_in: at(listed.expected_in),
        expected_out: at(listed.expected_out),
        comes_from: listed.comes_from.clone(),
        goes_to: listed.goes_to.clone(),
        badges: card.map(|c| c.badges.clone()).unwrap_or_default(),
        must_know: card.filter(|_| health).and_then(|c| c.must_know.clone()),
        phone: card.and_then(|c| c.phone.clone().or_else(|| first_contact(c))),
        standing: listed.standing.clone(),
        note: listed.note.clone(),
    }
}

/// What the kitchen prepares for a site and day.
pub(super) fn kitchen(day: &DayList, meals: &BTreeMap<FormulaId, Meal>) -> Kitchen {
    let cards: BTreeMap<ChildId, &ListedChild> = day.children.iter().map(|c| (c.id, c)).collect();
    let mut kitchen = Kitchen::default();
    let mut of_which: BTreeMap<(u8, String), usize> = BTreeMap::new();
    for row in &day.rows {
        let meal = row
            .formula
            .and_then(|id| meals.get(&id))
            .copied()
            .unwrap_or_default();
        match (&row.standing, meal) {
            (Some(Standing::Away { picnic, .. }), _) => kitchen.picnics += usize::from(*picnic),
            (_, Meal::None) => {}
            (Some(Standing::Free), _) => kitchen.free += 1,
            (_, Meal::Basket) => kitchen.baskets += 1,
            (_, Meal::Picnic) => kitchen.picnics += 1,
            (_, Meal::Meal) => {
                kitchen.meals += 1;
                let badges = cards.get(&row.child).map(|card| card.badges.as_slice());
                for words in badges.unwrap_or_default().iter().filter_map(eats_otherwise) {
                    *of_which.entry(words).or_default() += 1;
                }
            }
        }
    }
    kitchen.of_which = of_which
        .into_iter()
        .map(|((_, words), count)| (words, count))
        .collect();
    kitchen
}

/// What the cook must heed, diets first.
fn eats_otherwise(badge: &Badge) -> Option<(u8, String)> {
    let text = badge.text.trim();
    match badge.kind {
        BadgeKind::Diet if !text.is_empty() => Some((0, text.to_owned())),
        BadgeKind::Diet => Some((0, Kitchen::diet())),
        BadgeKind::Allergy => Some((1, Kitchen::allergy(text))),
        BadgeKind::Pai => Some((2, Kitchen::pai(text))),
        BadgeKind::LeavesAlone | BadgeKind::ForbiddenCollector => None,
    }
}

/// The day list of a site as it is printed.
pub(super) fn day(
    tx: &mut dyn Read,
    site: shared::ids::SiteId,
    date: NaiveDate,
) -> Result<DayList, StoreError> {
    crate::day_lists::day_list(tx, site, date)
}
