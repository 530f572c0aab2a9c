//! What the record holds, as far as planning needs it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::exceptional::{Met, closed_by};
use shared::ids::{ActivityId, ChildId, DeviceId, ReservationId, SiteId};
use shared::operation::{
    ActivityRecord, ChildRecord, ClassRecord, ExceptionalDayRecord, HouseholdRecord, ReservationLine,
    SchoolRecord, ServiceRecord, SiteRecord, StaffRecord,
};

use crate::record::Versioned;

/// A reservation of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserved {
    /// As it stands or stood.
    pub line: ReservationLine,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// The journal entry that made or cancelled it.
    pub version: i64,
}

/// One child, activity, site and date: one reservation stands at a time.
pub type Key = (SiteId, NaiveDate, ActivityId, ChildId);

/// The key of a line.
pub fn key(line: &ReservationLine) -> Key {
    (line.site, line.date, line.activity, line.child)
}

/// What the record holds.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Its short name and its name.
    pub commune: (String, String),
    /// Where the town hall's label comes from.
    pub label: String,
    /// Schools.
    pub schools: Vec<Versioned<SchoolRecord>>,
    /// Classes.
    pub classes: Vec<Versioned<ClassRecord>>,
    /// Sites.
    pub sites: Vec<Versioned<SiteRecord>>,
    /// Services.
    pub services: Vec<Versioned<ServiceRecord>>,
    /// Activities.
    pub activities: Vec<Versioned<ActivityRecord>>,
    /// Staff.
    pub staff: Vec<Versioned<StaffRecord>>,
    /// Households.
    pub households: Vec<Versioned<HouseholdRecord>>,
    /// Children.
    pub children: BTreeMap<ChildId, Versioned<ChildRecord>>,
    /// Children that were taken out of the record for good.
    pub withdrawn: BTreeSet<ChildId>,
    /// Exceptional days.
    pub exceptional: Vec<ExceptionalDayRecord>,
    /// Reservations of the days in question, standing or not.
    pub reservations: Vec<Reserved>,
    /// Journal entries by which lists were taken back: what they wrote is nobody's decision.
    pub taken_back: BTreeSet<i64>,
    /// Sites of tablets.
    pub tablets: Vec<(DeviceId, SiteId)>,
}

impl Held {
    /// The ids of all reservations.
    pub fn ids(&self) -> BTreeSet<ReservationId> {
        self.reservations.iter().map(|r| r.line.id).collect()
    }

    /// Whether the record's own list hides a child's row: the child left, or what it takes there is closed.
    pub fn hides(&self, (site, date, activity, child): Key) -> bool {
        let Some((child, _)) = self.children.get(&child) else {
            return false;
        };
        let mut activities = self.activities.iter();
        let met = Met {
            school: child.school,
            class: child.class,
            site,
            service: activities
                .find(|(one, _)| one.id == activity)
                .map(|(one, _)| one.service),
        };
        child.left_on.is_some_and(|left| left <= date) || closed_by(&self.exceptional, date, &met).is_some()
    }
}
