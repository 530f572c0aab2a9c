//! What the record holds of schools, classes, children and households: all that a file is compared
//! with.

use std::collections::BTreeMap;

use shared::ids::{ChildId, ClassId, HouseholdId, SchoolId};
use shared::operation::{ChildRecord, ClassRecord, HouseholdRecord};

use crate::record;
use crate::store::{Read, StoreError};

/// A school that children may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSchool {
    /// Its id.
    pub id: SchoolId,
    /// Its name.
    pub name: String,
}

/// A record with the version it is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<T> {
    /// The record.
    pub record: T,
    /// Its version; `None` when it is only planned.
    pub version: Option<i64>,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Schools, by name.
    pub schools: Vec<KnownSchool>,
    /// Classes.
    pub classes: BTreeMap<ClassId, Known<ClassRecord>>,
    /// Children.
    pub children: BTreeMap<ChildId, Known<ChildRecord>>,
    /// Households.
    pub households: BTreeMap<HouseholdId, Known<HouseholdRecord>>,
}

/// Reads it from the record.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn load(tx: &mut dyn Read) -> Result<Holdings, StoreError> {
    let schools = record::schools(tx)?
        .into_iter()
        .filter(|(school, _)| !school.retired);
    let classes = record::classes(tx)?
        .into_iter()
        .filter(|(class, _)| !class.retired);
    let school = |(school, _): (shared::operation::SchoolRecord, i64)| KnownSchool {
        id: school.id,
        name: school.name,
    };
    Ok(Holdings {
        schools: schools.map(school).collect(),
        classes: classes
            .map(|(record, version)| (record.id, known(record, version)))
            .collect(),
        children: record::children(tx)?
            .into_iter()
            .map(|(record, version)| (record.id, known(record, version)))
            .collect(),
        households: record::households(tx)?
            .into_iter()
            .map(|(record, version)| (record.id, known(record, version)))
            .collect(),
    })
}

fn known<T>(record: T, version: i64) -> Known<T> {
    Known {
        record,
        version: Some(version),
    }
}
