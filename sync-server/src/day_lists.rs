//! Server-owned data for tablets, made from the record: day lists, site cards, the roster.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::codec::Hash32;
use shared::day_list::{
    Badge, BadgeKind, DayList, ListedActivity, ListedChild, ListedFormula, ListedRow, Roster, RosterChild,
    SiteActivity, SiteCard, SiteStaff,
};
use shared::ids::{ActivityId, ChildId, FormulaId, HouseholdId, SiteId, StaffId};
use shared::mode::Mode;

use crate::store::{Read, Row, StoreError, Value};

fn shape(what: &str) -> StoreError {
    StoreError::Shape(what.to_owned())
}

/// The day list of a site and date.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn day_list(tx: &mut dyn Read, site: SiteId, date: NaiveDate) -> Result<DayList, StoreError> {
    let day = [date.into(), site.into()];
    let mut badges: BTreeMap<ChildId, Vec<Badge>> = BTreeMap::new();
    for row in tx.query(include_str!("record/child/badges_of_day.sql"), &day)? {
        let kind = badge_kind(row.int(1)?).ok_or_else(|| shape("badge"))?;
        badges.entry(ChildId(row.uuid(0)?)).or_default().push(Badge {
            kind,
            text: row.text(2)?,
        });
    }
    let mut households: BTreeMap<ChildId, Vec<HouseholdId>> = BTreeMap::new();
    for row in tx.query(include_str!("record/child/households_of_day.sql"), &day)? {
        households
            .entry(ChildId(row.uuid(0)?))
            .or_default()
            .push(HouseholdId(row.uuid(1)?));
    }
    let children = tx
        .query(include_str!("record/child/of_day.sql"), &day)?
        .iter()
        .map(|row| {
            let id = ChildId(row.uuid(0)?);
            Ok(ListedChild {
                contacts: Vec::new(),
                health: None,
                symbol: None,
                id,
                first_name: row.text(1)?,
                last_name: row.text(2)?,
                born: row.date(3)?,
                school: row.opt(4, Row::text)?,
                class: row.opt(5, Row::text)?,
                households: households.remove(&id).unwrap_or_default(),
                badges: badges.remove(&id).unwrap_or_default(),
                must_know: row.opt(6, Row::text)?,
                phone: row.opt(7, Row::text)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let rows = tx
        .query(include_str!("record/reservation/of_day.sql"), &day)?
        .iter()
        .map(listed_row)
        .collect::<Result<Vec<_>, _>>()?;
    let weekday = 1_u8 << chrono::Datelike::weekday(&date).num_days_from_monday();
    let activities = activities(tx, site)?
        .into_iter()
        .filter(|a| a.weekdays & weekday != 0 || rows.iter().any(|row| row.activity == a.activity.id))
        .map(|a| a.activity)
        .collect();
    Ok(DayList {
        aliases: Vec::new(),
        notices: Vec::new(),
        site,
        date,
        activities,
        children,
        rows,
    })
}

fn listed_row(row: &Row) -> Result<ListedRow, StoreError> {
    Ok(ListedRow {
        note: None,
        standing: None,
        child: ChildId(row.uuid(0)?),
        activity: ActivityId(row.uuid(1)?),
        formula: row.opt(2, Row::uuid)?.map(FormulaId),
        group: row.opt(3, Row::text)?,
        sitting: row.opt(4, Row::int)?.and_then(|n| u8::try_from(n).ok()),
        table: row.opt(5, Row::text)?,
        expected_in: row.opt(6, Row::minute)?,
        expected_out: row.opt(7, Row::minute)?,
        comes_from: row.opt(8, Row::text)?,
        goes_to: row.opt(9, Row::text)?,
    })
}

fn badge_kind(number: i64) -> Option<BadgeKind> {
    Some(match number {
        0 => BadgeKind::Pai,
        1 => BadgeKind::Allergy,
        2 => BadgeKind::Diet,
        3 => BadgeKind::LeavesAlone,
        4 => BadgeKind::ForbiddenCollector,
        _ => return None,
    })
}

/// The activities of a site, in the order of the day.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn activities(tx: &mut dyn Read, site: SiteId) -> Result<Vec<SiteActivity>, StoreError> {
    let mut formulas: BTreeMap<ActivityId, Vec<ListedFormula>> = BTreeMap::new();
    for row in tx.query(
        include_str!("record/activity/formulas_of_site.sql"),
        &[site.into()],
    )? {
        let slug = row.text(2)?.parse().map_err(|_| shape("slug"))?;
        let formula = ListedFormula {
            id: FormulaId(row.uuid(1)?),
            slug,
            name: row.text(3)?,
        };
        formulas
            .entry(ActivityId(row.uuid(0)?))
            .or_default()
            .push(formula);
    }
    tx.query(include_str!("record/activity/of_site.sql"), &[site.into()])?
        .iter()
        .map(|row| {
            let id = ActivityId(row.uuid(0)?);
            let activity = ListedActivity {
                id,
                slug: row.text(1)?.parse().map_err(|_| shape("slug"))?,
                name: row.text(2)?,
                mode: Mode::parse(&row.text(3)?).ok_or_else(|| shape("mode"))?,
                opens: row.minute(4)?,
                closes: row.minute(5)?,
                formulas: formulas.remove(&id).unwrap_or_default(),
            };
            let weekdays = u8::try_from(row.int(6)?).map_err(|_| shape("weekdays"))?;
            Ok(SiteActivity { activity, weekdays })
        })
        .collect()
}

/// The card of a site.
///
/// # Errors
/// [`StoreError`] of the engine; [`StoreError::Shape`] when there is no such site.
pub fn site_card(
    tx: &mut dyn Read,
    site: SiteId,
    commune: (&str, chrono_tz::Tz),
    note_key: Hash32,
) -> Result<SiteCard, StoreError> {
    let row = tx.query(include_str!("record/site/all.sql"), &[])?;
    let id = Value::from(site);
    let row = row
        .iter()
        .find(|row| row.0.first() == Some(&id))
        .ok_or_else(|| shape("no such site"))?;
    let staff = tx
        .query(include_str!("record/staff/of_site.sql"), &[site.into()])?
        .iter()
        .map(|row| {
            Ok(SiteStaff {
                pin: None,
                until: None,
                id: StaffId(row.uuid(0)?),
                name: row.text(1)?,
                role: row.text(2)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(SiteCard {
        nursery: false,
        others: Vec::new(),
        site,
        slug: row.text(1)?.parse().map_err(|_| shape("slug"))?,
        name: row.text(2)?,
        commune: commune.0.to_owned(),
        zone: commune.1.name().to_owned(),
        activities: activities(tx, site)?,
        staff,
        note_key,
    })
}

/// The town's roster. The allergy line is what staff must know of a child with a PAI or allergy;
/// diets and the rest stay at the child's own site.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn roster(tx: &mut dyn Read) -> Result<Roster, StoreError> {
    let children = tx
        .query(include_str!("record/child/roster.sql"), &[])?
        .iter()
        .map(|row| {
            let in_danger = !row.is_null(7);
            Ok(RosterChild {
                id: ChildId(row.uuid(0)?),
                first_name: row.text(1)?,
                last_name: row.text(2)?,
                birth_year: chrono::Datelike::year(&row.date(3)?),
                school: row.opt(4, Row::text)?,
                allergy: if in_danger { row.opt(5, Row::text)? } else { None },
                phone: row.opt(6, Row::text)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Roster { children })
}
