//! Schools, sites, classes, services and activities.

use std::collections::BTreeMap;

use shared::ids::{ActivityId, ClassId, FormulaId, SchoolId, ServiceId, SiteId};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, ClassRecord, FormulaRecord, Meal, SchoolKind, SchoolRecord, ServiceRecord, SiteRecord,
};

use super::{Versioned, gathered, shape};
use crate::store::{Read, Row, StoreError};

fn small(row: &Row, column: usize) -> Result<u8, StoreError> {
    u8::try_from(row.int(column)?).map_err(|_| shape("a small number"))
}

/// All schools, in order of name.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn schools(tx: &mut dyn Read) -> Result<Vec<Versioned<SchoolRecord>>, StoreError> {
    let kinds = [SchoolKind::Public, SchoolKind::Private, SchoolKind::Outside];
    let rows = tx.query(include_str!("school/all.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let word = row.text(2)?;
            let kind = kinds.into_iter().find(|kind| kind.as_str() == word);
            let school = SchoolRecord {
                id: SchoolId(row.uuid(0)?),
                name: row.text(1)?,
                kind: kind.ok_or_else(|| shape("kind of school"))?,
                half_days: small(row, 3)?,
                starts: row.minute(4)?,
                ends: row.minute(5)?,
                retired: row.flag(6)?,
            };
            Ok((school, row.int(7)?))
        })
        .collect()
}

/// One school.
///
/// # Errors
/// See [`schools`].
pub fn school(tx: &mut dyn Read, id: SchoolId) -> Result<Option<Versioned<SchoolRecord>>, StoreError> {
    Ok(schools(tx)?.into_iter().find(|(school, _)| school.id == id))
}

/// All sites, in order of name.
///
/// # Errors
/// See [`schools`].
pub fn sites(tx: &mut dyn Read) -> Result<Vec<Versioned<SiteRecord>>, StoreError> {
    let rows = tx.query(include_str!("site/records.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let site = SiteRecord {
                id: SiteId(row.uuid(0)?),
                slug: row.text(1)?.parse().map_err(|_| shape("slug"))?,
                name: row.text(2)?,
                school: row.opt(3, Row::uuid)?.map(SchoolId),
                phone: row.opt(4, Row::text)?,
                retired: row.flag(5)?,
                nursery: row.flag(6)?,
            };
            Ok((site, row.int(7)?))
        })
        .collect()
}

/// One site.
///
/// # Errors
/// See [`schools`].
pub fn site(tx: &mut dyn Read, id: SiteId) -> Result<Option<Versioned<SiteRecord>>, StoreError> {
    Ok(sites(tx)?.into_iter().find(|(site, _)| site.id == id))
}

/// All classes, in order of name.
///
/// # Errors
/// See [`schools`].
pub fn classes(tx: &mut dyn Read) -> Result<Vec<Versioned<ClassRecord>>, StoreError> {
    let rows = tx.query(include_str!("class/all.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let class = ClassRecord {
                id: ClassId(row.uuid(0)?),
                school: SchoolId(row.uuid(1)?),
                name: row.text(2)?,
                level: row.text(3)?,
                retired: row.flag(4)?,
            };
            Ok((class, row.int(5)?))
        })
        .collect()
}

/// One class.
///
/// # Errors
/// See [`schools`].
pub fn class(tx: &mut dyn Read, id: ClassId) -> Result<Option<Versioned<ClassRecord>>, StoreError> {
    Ok(classes(tx)?.into_iter().find(|(class, _)| class.id == id))
}

/// All services, in order of name.
///
/// # Errors
/// See [`schools`].
pub fn services(tx: &mut dyn Read) -> Result<Vec<Versioned<ServiceRecord>>, StoreError> {
    let rows = tx.query(include_str!("service/all.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let service = ServiceRecord {
                id: ServiceId(row.uuid(0)?),
                slug: row.text(1)?.parse().map_err(|_| shape("slug"))?,
                name: row.text(2)?,
                retired: row.flag(3)?,
            };
            Ok((service, row.int(4)?))
        })
        .collect()
}

/// One service.
///
/// # Errors
/// See [`schools`].
pub fn service(tx: &mut dyn Read, id: ServiceId) -> Result<Option<Versioned<ServiceRecord>>, StoreError> {
    Ok(services(tx)?.into_iter().find(|(service, _)| service.id == id))
}

/// All activities with their sites and the formulas still offered, in the order of the day.
///
/// # Errors
/// See [`schools`].
pub fn activities(tx: &mut dyn Read) -> Result<Vec<Versioned<ActivityRecord>>, StoreError> {
    let mut sites = gathered(tx, include_str!("activity/all_sites.sql"))?;
    let mut formulas = formulas(tx)?;
    let rows = tx.query(include_str!("activity/records.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let id = ActivityId(row.uuid(0)?);
            let capacity = row.opt(9, Row::int)?;
            let activity = ActivityRecord {
                id,
                slug: row.text(1)?.parse().map_err(|_| shape("slug"))?,
                name: row.text(2)?,
                service: ServiceId(row.uuid(3)?),
                mode: Mode::parse(&row.text(4)?).ok_or_else(|| shape("mode"))?,
                weekdays: small(row, 5)?,
                opens: row.minute(6)?,
                closes: row.minute(7)?,
                sites: sites
                    .remove(&id.0)
                    .unwrap_or_default()
                    .into_iter()
                    .map(SiteId)
                    .collect(),
                formulas: formulas.remove(&id).unwrap_or_default(),
                retired: row.flag(8)?,
                capacity: capacity
                    .map(u32::try_from)
                    .transpose()
                    .map_err(|_| shape("capacity"))?,
            };
            Ok((activity, row.int(10)?))
        })
        .collect()
}

/// One activity.
///
/// # Errors
/// See [`schools`].
pub fn activity(tx: &mut dyn Read, id: ActivityId) -> Result<Option<Versioned<ActivityRecord>>, StoreError> {
    Ok(activities(tx)?
        .into_iter()
        .find(|(activity, _)| activity.id == id))
}

fn formulas(tx: &mut dyn Read) -> Result<BTreeMap<ActivityId, Vec<FormulaRecord>>, StoreError> {
    let mut all: BTreeMap<ActivityId, Vec<FormulaRecord>> = BTreeMap::new();
    for row in tx.query(include_str!("activity/all_formulas.sql"), &[])? {
        let formula = FormulaRecord {
            id: FormulaId(row.uuid(1)?),
            slug: row.text(2)?.parse().map_err(|_| shape("slug"))?,
            name: row.text(3)?,
            meal: Meal::parse(&row.text(4)?).ok_or_else(|| shape("meal"))?,
        };
        all.entry(ActivityId(row.uuid(0)?)).or_default().push(formula);
    }
    Ok(all)
}
