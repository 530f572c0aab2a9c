//! Children and households with their guardians.

use std::collections::BTreeMap;

use shared::day_list::{Badge, BadgeKind, Symbol};
use shared::ids::{ChildId, ClassId, GuardianId, HouseholdId, SchoolId};
use shared::operation::{Authority, ChildRecord, GuardianRecord, HouseholdRecord};

use super::{Versioned, gathered, shape};
use crate::store::{Read, Row, StoreError};

/// All children, whole.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn children(tx: &mut dyn Read) -> Result<Vec<Versioned<ChildRecord>>, StoreError> {
    let mut households = gathered(tx, include_str!("child/all_households.sql"))?;
    let mut badges: BTreeMap<ChildId, Vec<Badge>> = BTreeMap::new();
    for row in tx.query(include_str!("child/all_badges.sql"), &[])? {
        badges
            .entry(ChildId(row.uuid(0)?))
            .or_default()
            .push(badge(&row)?);
    }
    let rows = tx.query(include_str!("child/records.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let (mut child, version) = child_of(row)?;
            let homes = households.remove(&child.id.0).unwrap_or_default();
            child.households = homes.into_iter().map(HouseholdId).collect();
            child.badges = badges.remove(&child.id).unwrap_or_default();
            Ok((child, version))
        })
        .collect()
}

/// One child, whole.
///
/// # Errors
/// See [`children`].
pub fn child(tx: &mut dyn Read, id: ChildId) -> Result<Option<Versioned<ChildRecord>>, StoreError> {
    let Some(row) = tx.first(include_str!("child/get.sql"), &[id.into()])? else {
        return Ok(None);
    };
    let (mut child, version) = child_of(&row)?;
    for row in tx.query(include_str!("child/households.sql"), &[id.into()])? {
        child.households.push(HouseholdId(row.uuid(0)?));
    }
    for row in tx.query(include_str!("child/badges.sql"), &[id.into()])? {
        child.badges.push(badge(&row)?);
    }
    Ok(Some((child, version)))
}

/// All households with their guardians.
///
/// # Errors
/// See [`children`].
pub fn households(tx: &mut dyn Read) -> Result<Vec<Versioned<HouseholdRecord>>, StoreError> {
    let mut guardians: BTreeMap<HouseholdId, Vec<GuardianRecord>> = BTreeMap::new();
    for row in tx.query(include_str!("household/all_guardians.sql"), &[])? {
        guardians
            .entry(HouseholdId(row.uuid(1)?))
            .or_default()
            .push(guardian(&row)?);
    }
    let rows = tx.query(include_str!("household/all.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let id = HouseholdId(row.uuid(0)?);
            let household = HouseholdRecord {
                id,
                name: row.text(1)?,
                guardians: guardians.remove(&id).unwrap_or_default(),
            };
            Ok((household, row.int(2)?))
        })
        .collect()
}

/// One household with its guardians.
///
/// # Errors
/// See [`children`].
pub fn household(
    tx: &mut dyn Read,
    id: HouseholdId,
) -> Result<Option<Versioned<HouseholdRecord>>, StoreError> {
    let Some(row) = tx.first(include_str!("household/get.sql"), &[id.into()])? else {
        return Ok(None);
    };
    let guardians = tx.query(include_str!("household/guardians.sql"), &[id.into()])?;
    let household = HouseholdRecord {
        id,
        name: row.text(1)?,
        guardians: guardians.iter().map(guardian).collect::<Result<_, _>>()?,
    };
    Ok(Some((household, row.int(2)?)))
}

fn guardian(row: &Row) -> Result<GuardianRecord, StoreError> {
    Ok(GuardianRecord {
        id: GuardianId(row.uuid(0)?),
        first_name: row.text(2)?,
        last_name: row.text(3)?,
        email: row.opt(4, Row::text)?,
        phone: row.opt(5, Row::text)?,
        authority: Authority::parse(&row.text(6)?).ok_or_else(|| shape("authority"))?,
    })
}

fn child_of(row: &Row) -> Result<Versioned<ChildRecord>, StoreError> {
    let number = |i| row.opt(i, |row, i| u8::try_from(row.int(i)?).map_err(|_| shape("symbol")));
    let symbol = match (number(8)?, number(9)?) {
        (Some(colour), Some(shape)) => Some(Symbol { colour, shape }),
        _ => None,
    };
    let child = ChildRecord {
        id: ChildId(row.uuid(0)?),
        first_name: row.text(1)?,
        last_name: row.text(2)?,
        born: row.date(3)?,
        school: row.opt(4, Row::uuid)?.map(SchoolId),
        class: row.opt(5, Row::uuid)?.map(ClassId),
        households: Vec::new(),
        badges: Vec::new(),
        must_know: row.opt(6, Row::text)?,
        phone: row.opt(7, Row::text)?,
        symbol,
        health: row.opt(10, Row::text)?,
        reference: row.opt(11, Row::text)?,
        left_on: row.opt(12, Row::date)?,
    };
    Ok((child, row.int(13)?))
}

fn badge(row: &Row) -> Result<Badge, StoreError> {
    let kinds = [
        BadgeKind::Pai,
        BadgeKind::Allergy,
        BadgeKind::Diet,
        BadgeKind::LeavesAlone,
        BadgeKind::ForbiddenCollector,
    ];
    let number = usize::try_from(row.count(1)?).ok();
    let kind = number.and_then(|number| kinds.get(number).copied());
    Ok(Badge {
        kind: kind.ok_or_else(|| shape("badge"))?,
        text: row.text(2)?,
    })
}
