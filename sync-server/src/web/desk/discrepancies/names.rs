//! Names of what discrepancies speak of.

use std::collections::BTreeMap;

use server_ui::desk::discrepancies::words;
use server_ui::desk::form::Choice;
use shared::ids::{ActivityId, DeviceId, FormulaId, SiteId, StaffId};

use super::super::day::crew;
use super::super::quarantine::end_of;
use super::super::reach::Reach;
use crate::record;
use crate::store::{Read, StoreError};

/// Names, read once for a page.
pub(super) struct Names {
    sites: Vec<(SiteId, String, String, bool)>,
    activities: Vec<(ActivityId, String, String)>,
    formulas: BTreeMap<FormulaId, String>,
    /// The formulas that are still offered, by activity.
    offered: BTreeMap<ActivityId, Vec<FormulaId>>,
    devices: BTreeMap<DeviceId, String>,
    crew: BTreeMap<StaffId, String>,
}

impl Names {
    pub(super) fn load(tx: &mut dyn Read) -> Result<Self, StoreError> {
        let mut sites: Vec<_> = record::sites(tx)?
            .into_iter()
            .map(|(site, _)| (site.id, site.slug.to_string(), site.name, site.retired))
            .collect();
        sites.sort_by_cached_key(|(_, slug, name, _)| (shared::text::search_key(name), slug.clone()));
        let mut activities = Vec::new();
        let mut formulas = BTreeMap::new();
        let mut offered: BTreeMap<ActivityId, Vec<FormulaId>> = BTreeMap::new();
        for (activity, _) in record::activities(tx)? {
            for formula in activity.formulas {
                offered.entry(activity.id).or_default().push(formula.id);
                formulas.insert(formula.id, formula.name);
            }
            activities.push((activity.id, activity.slug.to_string(), activity.name));
        }
        let mut devices = BTreeMap::new();
        for row in tx.query(include_str!("../../../record/device/all.sql"), &[])? {
            devices.insert(DeviceId(row.uuid(0)?), row.text(1)?);
        }
        Ok(Self {
            sites,
            activities,
            formulas,
            offered,
            devices,
            crew: crew(tx)?,
        })
    }

    pub(super) fn site(&self, id: SiteId) -> &str {
        let found = self.sites.iter().find(|(one, ..)| *one == id);
        found.map_or("", |(_, _, name, _)| name)
    }

    pub(super) fn site_slug(&self, id: SiteId) -> &str {
        let found = self.sites.iter().find(|(one, ..)| *one == id);
        found.map_or("", |(_, slug, ..)| slug)
    }

    pub(super) fn site_named(&self, slug: &str) -> Option<SiteId> {
        let found = self.sites.iter().find(|(_, one, ..)| one == slug);
        found.map(|(id, ..)| *id)
    }

    /// The sites that may be asked for.
    pub(super) fn sites(&self, reach: &Reach) -> Vec<Choice> {
        self.sites
            .iter()
            .filter(|(id, _, _, retired)| reach.has(*id) && !retired)
            .map(|(_, slug, name, _)| Choice::new(slug, name))
            .collect()
    }

    pub(super) fn activity(&self, id: ActivityId) -> String {
        let found = self.activities.iter().find(|(one, ..)| *one == id);
        found.map_or_else(words::minimum_service, |(_, _, name)| name.clone())
    }

    pub(super) fn activity_slug(&self, id: ActivityId) -> Option<&str> {
        let found = self.activities.iter().find(|(one, ..)| *one == id);
        found.map(|(_, slug, _)| slug.as_str())
    }

    pub(super) fn activity_named(&self, slug: &str) -> Option<ActivityId> {
        let found = self.activities.iter().find(|(_, one, _)| one == slug);
        found.map(|(id, ..)| *id)
    }

    pub(super) fn activities(&self) -> Vec<Choice> {
        self.activities
            .iter()
            .map(|(_, slug, name)| Choice::new(slug, name))
            .collect()
    }

    pub(super) fn formula(&self, id: FormulaId) -> Option<&str> {
        self.formulas.get(&id).map(String::as_str)
    }

    /// The formula of an activity that has but one.
    pub(super) fn only_formula(&self, activity: ActivityId) -> Option<FormulaId> {
        match self.offered.get(&activity).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }

    pub(super) fn device(&self, id: DeviceId) -> String {
        match self.devices.get(&id) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => format!("… {}", end_of(id.0)),
        }
    }

    pub(super) fn staff(&self, id: StaffId) -> Option<&str> {
        self.crew.get(&id).map(String::as_str)
    }
}
