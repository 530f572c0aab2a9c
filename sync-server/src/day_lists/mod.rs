//! Server-owned data for tablets, made from the record: day lists, site cards, the roster.

mod card;
mod children;
mod sent;
mod special;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use shared::day_list::{Alias, DayList, ListedRow};
use shared::ids::{ActivityId, ChildId, FormulaId, SiteId};
use shared::text::sort_key;

pub use card::{activities, roster, site_card};

use crate::store::{Read, Row, StoreError};

fn shape(what: &str) -> StoreError {
    StoreError::Shape(what.to_owned())
}

/// The day list of a site and date.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn day_list(tx: &mut dyn Read, site: SiteId, date: NaiveDate) -> Result<DayList, StoreError> {
    let mut list = own(tx, site, date)?;
    list.aliases = aliases(
        tx,
        include_str!("../record/alias/of_day.sql"),
        &[site.into(), date.into()],
    )?;
    sent::take_in(tx, &mut list)?;
    Ok(list)
}

/// Who the unknown children of a date are, wherever they were pointed.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn aliases_of(tx: &mut dyn Read, date: NaiveDate) -> Result<BTreeMap<ChildId, ChildId>, StoreError> {
    let found = aliases(tx, include_str!("../record/alias/of_date.sql"), &[date.into()])?;
    Ok(found.into_iter().map(|a| (a.unknown, a.child)).collect())
}

fn aliases(tx: &mut dyn Read, sql: &str, params: &[crate::store::Value]) -> Result<Vec<Alias>, StoreError> {
    let rows = tx.query(sql, params)?;
    rows.iter()
        .map(|row| {
            Ok(Alias {
                unknown: ChildId(row.uuid(0)?),
                child: ChildId(row.uuid(1)?),
            })
        })
        .collect()
}

/// The list of the site's own children, before those whom other sites send.
fn own(tx: &mut dyn Read, site: SiteId, date: NaiveDate) -> Result<DayList, StoreError> {
    let mut cards = children::reserved(tx, site, date)?;
    let rows = tx
        .query(
            include_str!("../record/reservation/of_day.sql"),
            &[date.into(), site.into()],
        )?
        .iter()
        .map(listed_row)
        .collect::<Result<Vec<_>, _>>()?;
    let reserved: BTreeSet<ActivityId> = rows.iter().map(|row| row.activity).collect();
    let named: BTreeSet<FormulaId> = rows.iter().filter_map(|row| row.formula).collect();
    let weekday = 1_u8 << date.weekday().num_days_from_monday();
    let offers = card::offers(tx, site)?;
    let (eaten, eating) = card::meals(&offers);
    let services = offers.iter().map(|o| (o.activity.id, o.service)).collect();
    let activities = offers
        .into_iter()
        .filter(|o| (!o.retired && o.weekdays & weekday != 0) || reserved.contains(&o.activity.id))
        .map(|o| o.listed(&named))
        .collect();
    let mut list = DayList {
        aliases: Vec::new(),
        notices: Vec::new(),
        site,
        date,
        activities,
        children: Vec::new(),
        rows,
    };
    let eats = |row: &ListedRow| match row.formula {
        Some(formula) => eaten.contains(&formula),
        None => eating.contains(&row.activity),
    };
    special::apply(tx, &mut list, &mut cards, &eats, &services)?;
    let listed: BTreeSet<ChildId> = list.rows.iter().map(|row| row.child).collect();
    list.children = cards
        .into_iter()
        .map(|card| card.card)
        .filter(|card| listed.contains(&card.id))
        .collect();
    in_order(&mut list);
    Ok(list)
}

/// Activities in the order of the day, children in French order, rows by both.
fn in_order(list: &mut DayList) {
    list.activities
        .sort_by(|a, b| (a.opens, &a.slug).cmp(&(b.opens, &b.slug)));
    list.children
        .sort_by_cached_key(|c| (sort_key(&c.last_name, &c.first_name), c.id));
    let activity: BTreeMap<ActivityId, usize> = list
        .activities
        .iter()
        .enumerate()
        .map(|(i, a)| (a.id, i))
        .collect();
    let child: BTreeMap<ChildId, usize> = list.children.iter().enumerate().map(|(i, c)| (c.id, i)).collect();
    list.rows.sort_by_key(|row| {
        (
            activity.get(&row.activity).copied(),
            child.get(&row.child).copied(),
        )
    });
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

#[cfg(test)]
mod tests;
