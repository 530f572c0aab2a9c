//! All that a town has set up: dozens of records, read together.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use server_ui::desk::form::Choice;
use server_ui::desk::structure::Choices;
use shared::ids::{AgentId, SchoolId, ServiceId, SiteId, StaffId};
use shared::operation::{
    ActivityRecord, AgentRecord, ClassRecord, SchoolRecord, ServiceRecord, SiteRecord, StaffRecord,
};
use shared::text::search_key;

use super::super::reach::Reach;
use crate::record::{self, Versioned};
use crate::store::{Read, StoreError};

/// A town's set-up, by name.
pub(super) struct Town {
    pub(super) schools: Vec<Versioned<SchoolRecord>>,
    pub(super) sites: Vec<Versioned<SiteRecord>>,
    pub(super) classes: Vec<Versioned<ClassRecord>>,
    pub(super) services: Vec<Versioned<ServiceRecord>>,
    pub(super) activities: Vec<Versioned<ActivityRecord>>,
    pub(super) staff: Vec<Versioned<StaffRecord>>,
    pub(super) staff_with_code: BTreeSet<StaffId>,
    pub(super) agents: Vec<Versioned<AgentRecord>>,
    pub(super) agents_dismissed: BTreeSet<AgentId>,
    pub(super) agents_active: BTreeSet<AgentId>,
    pub(super) today: NaiveDate,
    /// How far whoever looks reaches.
    pub(super) reach: Reach,
}

impl Town {
    pub(super) fn load(tx: &mut dyn Read, today: NaiveDate, reach: Reach) -> Result<Self, StoreError> {
        let mut town = Self {
            schools: record::schools(tx)?,
            sites: record::sites(tx)?,
            classes: record::classes(tx)?,
            services: record::services(tx)?,
            activities: record::activities(tx)?,
            staff: record::staff(tx)?,
            staff_with_code: record::staff_with_pin(tx)?,
            agents: record::agents(tx)?,
            agents_dismissed: record::agents_dismissed(tx)?,
            agents_active: record::agents_with_password(tx)?,
            today,
            reach,
        };
        // The engine orders by bytes; people look for É beside E.
        town.schools.sort_by_cached_key(|(s, _)| search_key(&s.name));
        town.sites.sort_by_cached_key(|(s, _)| search_key(&s.name));
        town.services.sort_by_cached_key(|(s, _)| search_key(&s.name));
        town.staff.sort_by_cached_key(|(s, _)| search_key(&s.name));
        town.agents.sort_by_cached_key(|(a, _)| search_key(&a.name));
        let school_names: Vec<(SchoolId, String)> = town
            .schools
            .iter()
            .map(|(s, _)| (s.id, search_key(&s.name)))
            .collect();
        town.classes.sort_by_cached_key(|(c, _)| {
            let school = school_names.iter().find(|(id, _)| *id == c.school);
            (school.map(|(_, name)| name.clone()), search_key(&c.name))
        });
        Ok(town)
    }

    /// What can be chosen in forms. What is retired is offered only to the record that has it.
    pub(super) fn choices(&self, kept: &Kept) -> Choices {
        Choices {
            schools: self
                .schools
                .iter()
                .filter(|(s, _)| !s.retired || kept.schools.contains(&s.id))
                .map(|(s, _)| Choice::new(s.id.to_string(), &s.name))
                .collect(),
            sites: self
                .sites
                .iter()
                .filter(|(s, _)| self.reach.has(s.id))
                .filter(|(s, _)| !s.retired || kept.sites.contains(&s.id))
                .map(|(s, _)| Choice::new(s.id.to_string(), &s.name))
                .collect(),
            services: self
                .services
                .iter()
                .filter(|(s, _)| !s.retired || kept.services.contains(&s.id))
                .map(|(s, _)| Choice::new(s.id.to_string(), &s.name))
                .collect(),
        }
    }

    /// Names of sites, in the order of names.
    pub(super) fn site_names(&self, ids: &[SiteId]) -> Vec<String> {
        self.sites
            .iter()
            .filter(|(site, _)| ids.contains(&site.id))
            .map(|(site, _)| site.name.clone())
            .collect()
    }

    /// Name of a school.
    pub(super) fn school_name(&self, id: SchoolId) -> String {
        let school = self.schools.iter().find(|(school, _)| school.id == id);
        school.map(|(school, _)| school.name.clone()).unwrap_or_default()
    }

    /// Name of a service.
    pub(super) fn service_name(&self, id: ServiceId) -> String {
        let service = self.services.iter().find(|(service, _)| service.id == id);
        service
            .map(|(service, _)| service.name.clone())
            .unwrap_or_default()
    }
}

/// What a record refers to already: offered to it even when retired.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) schools: Vec<SchoolId>,
    pub(super) sites: Vec<SiteId>,
    pub(super) services: Vec<ServiceId>,
}

/// The id that a form's word stands for, when it is among what is offered.
pub(super) fn offered<T: std::str::FromStr>(choices: &[Choice], word: &str) -> Option<T> {
    choices.iter().find(|choice| choice.value == word)?;
    word.parse().ok()
}
