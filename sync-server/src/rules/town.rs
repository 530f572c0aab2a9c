//! What rules ask about the town.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use minicbor::Decode;
use shared::booking::Ground;
use shared::calendar::Calendar;
use shared::codec::decode;
use shared::ids::{ActivityId, FormulaId, SchoolId, ServiceId, SiteId};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, CalendarRecord, FormulaRecord, Meal, SchoolKind, SchoolRecord, SiteRecord,
};

use super::shape;
use crate::store::{Read, Row, StoreError};

/// Columns of `town.sql`.
const ID: usize = 3;
const OTHER: usize = 4;
const NAME: usize = 5;
const WORD: usize = 6;
const PHONE: usize = 7;
const FIRST_NUMBER: usize = 8;
const ENCODED: usize = 13;

/// Everything but children, reservations and carts. Closed days and rules of other years are left out.
pub(super) fn read(tx: &mut dyn Read, from: NaiveDate, until: NaiveDate) -> Result<Ground, StoreError> {
    let mut ground = bare();
    for row in tx.query(include_str!("sql/town.sql"), &[from.into(), until.into()])? {
        take(&mut ground, &row)?;
    }
    Ok(ground)
}

/// Nothing at all.
pub(super) fn bare() -> Ground {
    Ground {
        zone: chrono_tz::Europe::Paris,
        calendar: None,
        exceptional: Vec::new(),
        sets: Vec::new(),
        activities: BTreeMap::new(),
        services: BTreeMap::new(),
        sites: BTreeMap::new(),
        schools: BTreeMap::new(),
        children: BTreeMap::new(),
        household: None,
        standing: Vec::new(),
        wishes: Vec::new(),
        taken: BTreeMap::new(),
        queues: BTreeMap::new(),
        held: BTreeMap::new(),
    }
}

fn take(ground: &mut Ground, row: &Row) -> Result<(), StoreError> {
    match row.int(0)? {
        1 => {
            let activity = activity(row)?;
            ground.activities.insert(activity.id, activity);
        }
        2 => {
            if let Some(activity) = ground.activities.get_mut(&ActivityId(row.uuid(ID)?)) {
                activity.sites.push(SiteId(row.uuid(OTHER)?));
            }
        }
        3 => {
            if let Some(activity) = ground.activities.get_mut(&ActivityId(row.uuid(ID)?)) {
                activity.formulas.push(formula(row)?);
            }
        }
        4 => {
            let site = site(row)?;
            ground.sites.insert(site.id, site);
        }
        5 => {
            let school = school(row)?;
            ground.schools.insert(school.id, school);
        }
        6 => {
            ground.services.insert(ServiceId(row.uuid(ID)?), row.text(NAME)?);
        }
        7 => ground.sets.push(encoded(row)?),
        8 => ground.exceptional.push(encoded(row)?),
        9 => {
            let calendar: CalendarRecord = encoded(row)?;
            ground.calendar = Some(Calendar::of(&calendar));
        }
        _ => ground.zone = row.text(NAME)?.parse().map_err(|_| shape("zone"))?,
    }
    Ok(())
}

fn encoded<T: for<'b> Decode<'b, ()>>(row: &Row) -> Result<T, StoreError> {
    decode(&row.bytes(ENCODED)?).map_err(|error| StoreError::Shape(error.to_string()))
}

fn small(row: &Row, column: usize) -> Result<u8, StoreError> {
    u8::try_from(row.int(column)?).map_err(|_| shape("a small number"))
}

fn activity(row: &Row) -> Result<ActivityRecord, StoreError> {
    let capacity = row.opt(FIRST_NUMBER + 4, Row::int)?.map(u32::try_from);
    Ok(ActivityRecord {
        id: ActivityId(row.uuid(ID)?),
        slug: row.text(2)?.parse().map_err(|_| shape("slug"))?,
        name: row.text(NAME)?,
        service: ServiceId(row.uuid(OTHER)?),
        mode: Mode::parse(&row.text(WORD)?).ok_or_else(|| shape("mode"))?,
        weekdays: small(row, FIRST_NUMBER)?,
        opens: row.minute(FIRST_NUMBER + 1)?,
        closes: row.minute(FIRST_NUMBER + 2)?,
        sites: Vec::new(),
        formulas: Vec::new(),
        retired: row.flag(FIRST_NUMBER + 3)?,
        capacity: capacity.transpose().map_err(|_| shape("capacity"))?,
    })
}

fn formula(row: &Row) -> Result<FormulaRecord, StoreError> {
    Ok(FormulaRecord {
        id: FormulaId(row.uuid(OTHER)?),
        slug: row.text(2)?.parse().map_err(|_| shape("slug"))?,
        name: row.text(NAME)?,
        meal: Meal::parse(&row.text(WORD)?).ok_or_else(|| shape("meal"))?,
    })
}

fn site(row: &Row) -> Result<SiteRecord, StoreError> {
    Ok(SiteRecord {
        id: SiteId(row.uuid(ID)?),
        slug: row.text(2)?.parse().map_err(|_| shape("slug"))?,
        name: row.text(NAME)?,
        school: row.opt(OTHER, Row::uuid)?.map(SchoolId),
        phone: row.opt(PHONE, Row::text)?,
        retired: row.flag(FIRST_NUMBER)?,
        nursery: row.flag(FIRST_NUMBER + 1)?,
    })
}

fn school(row: &Row) -> Result<SchoolRecord, StoreError> {
    let kinds = [SchoolKind::Public, SchoolKind::Private, SchoolKind::Outside];
    let word = row.text(WORD)?;
    let kind = kinds.into_iter().find(|kind| kind.as_str() == word);
    Ok(SchoolRecord {
        id: SchoolId(row.uuid(ID)?),
        name: row.text(NAME)?,
        kind: kind.ok_or_else(|| shape("kind of school"))?,
        half_days: small(row, FIRST_NUMBER)?,
        starts: row.minute(FIRST_NUMBER + 1)?,
        ends: row.minute(FIRST_NUMBER + 2)?,
        retired: row.flag(FIRST_NUMBER + 3)?,
    })
}
