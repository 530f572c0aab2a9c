//! All sets of rules, and what their lines may name.

use chrono::{Days, NaiveDate};
use server_ui::desk::Notice;
use server_ui::desk::form::Choice;
use server_ui::desk::rules::Choices;
use shared::booking::Ground;
use shared::codec::decode;
use shared::ids::{ActivityId, RuleSetId};
use shared::operation::{
    ActivityRecord, BookingSettingsRecord, ClassRecord, RuleSetRecord, SchoolRecord, SiteRecord,
};

use crate::record::{self, Versioned};
use crate::rules;
use crate::store::{Read, StoreError};
use crate::web::desk::reply::DeskError;
use crate::web::desk::visit::Desk;

/// How long a place is held where nobody set it, in minutes.
const HOLD_MINUTES: u32 = 20;

/// How far ahead closures and rules are looked at for contradictions, in days.
const CHECKED_DAYS: u64 = 400;

/// Everything.
#[derive(Clone)]
pub(super) struct Sets {
    pub(super) all: Vec<Versioned<RuleSetRecord>>,
    pub(super) activities: Vec<ActivityRecord>,
    pub(super) sites: Vec<SiteRecord>,
    pub(super) schools: Vec<SchoolRecord>,
    pub(super) classes: Vec<ClassRecord>,
    pub(super) settings: BookingSettingsRecord,
    pub(super) settings_version: i64,
    pub(super) today: NaiveDate,
    /// The town as rules are checked against it: its calendar, places and closures.
    pub(super) ground: Ground,
}

impl Sets {
    pub(super) fn read(tx: &mut dyn Read, today: NaiveDate) -> Result<Self, StoreError> {
        let mut all: Vec<Versioned<RuleSetRecord>> = Vec::new();
        for row in tx.query(include_str!("sql/all.sql"), &[])? {
            all.push((stored(&row.bytes(0)?)?, row.int(1)?));
        }
        // The newest rules first.
        all.sort_by(|(one, _), (other, _)| {
            (other.from, &one.name, one.id).cmp(&(one.from, &other.name, other.id))
        });
        let found = tx.first(include_str!("sql/settings.sql"), &[])?;
        let (settings, settings_version) = match found {
            Some(row) => (stored(&row.bytes(0)?)?, row.int(1)?),
            None => (
                BookingSettingsRecord {
                    hold_minutes: HOLD_MINUTES,
                    phone: None,
                    documents: Vec::new(),
                },
                0,
            ),
        };
        let bare = |(record, _)| record;
        Ok(Self {
            all,
            activities: record::activities(tx)?.into_iter().map(bare).collect(),
            sites: record::sites(tx)?.into_iter().map(|(site, _)| site).collect(),
            schools: record::schools(tx)?
                .into_iter()
                .map(|(school, _)| school)
                .collect(),
            classes: record::classes(tx)?.into_iter().map(|(class, _)| class).collect(),
            settings,
            settings_version,
            today,
            ground: rules::town(tx, today, today + Days::new(CHECKED_DAYS))?,
        })
    }

    pub(super) async fn load(desk: &Desk) -> Result<Self, DeskError> {
        let found = desk.visit.app.with(&desk.visit.slug, |commune| {
            let today = commune.today();
            commune.store.read(|tx| Self::read(tx, today))
        });
        Ok(found.await?)
    }

    /// The set of an id.
    pub(super) fn find(&self, id: RuleSetId) -> Option<&Versioned<RuleSetRecord>> {
        self.all.iter().find(|(set, _)| set.id == id)
    }

    /// The set of the address.
    pub(super) fn of(&self, desk: &Desk) -> Result<Versioned<RuleSetRecord>, DeskError> {
        let id = RuleSetId(desk.uuid("id")?);
        self.find(id)
            .cloned()
            .ok_or_else(|| desk.said(Notice::PageUnknown))
    }

    /// The set that sessions of an activity are judged by on a day.
    pub(super) fn counting(&self, activity: ActivityId, on: NaiveDate) -> Option<RuleSetId> {
        let live = self.all.iter().map(|(set, _)| set).filter(|set| {
            set.live
                && set.activities.contains(&activity)
                && set.from <= on
                && set.until.is_none_or(|until| on <= until)
        });
        live.max_by_key(|set| (set.from, set.id)).map(|set| set.id)
    }

    /// Whether a set counts for one of its activities today.
    pub(super) fn counts_today(&self, set: &RuleSetRecord) -> bool {
        set.activities
            .iter()
            .any(|activity| self.counting(*activity, self.today) == Some(set.id))
    }

    /// The names of a set's activities.
    pub(super) fn activity_names(&self, set: &RuleSetRecord) -> String {
        let named = self
            .activities
            .iter()
            .filter(|activity| set.activities.contains(&activity.id));
        let names: Vec<&str> = named.map(|activity| activity.name.as_str()).collect();
        names.join(", ")
    }

    /// Activities to choose from: those still offered, and those that a set names already.
    pub(super) fn activity_choices(&self, set: Option<&RuleSetRecord>) -> Vec<Choice> {
        self.activities
            .iter()
            .filter(|one| !one.retired || set.is_some_and(|set| set.activities.contains(&one.id)))
            .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
            .collect()
    }

    /// What the lines of a set may name.
    pub(super) fn choices(&self, set: &RuleSetRecord) -> Choices {
        let own: Vec<&ActivityRecord> = self
            .activities
            .iter()
            .filter(|one| set.activities.contains(&one.id))
            .collect();
        let several = own.len() > 1;
        let formulas = own.iter().flat_map(|activity| {
            activity.formulas.iter().map(move |formula| {
                let name = if several {
                    format!("{} – {}", activity.name, formula.name)
                } else {
                    formula.name.clone()
                };
                Choice::new(formula.id.to_string(), name)
            })
        });
        let held = |site: &&SiteRecord| own.iter().any(|activity| activity.sites.contains(&site.id));
        let school = |class: &ClassRecord| {
            let found = self.schools.iter().find(|school| school.id == class.school);
            found.map(|school| school.name.clone()).unwrap_or_default()
        };
        // What the town no longer asks for stays in view where a line names it.
        let mut documents = self.settings.documents.clone();
        for rule in &set.conditions {
            if let shared::operation::Condition::Documents(named) = &rule.condition {
                for kind in named {
                    if !documents.contains(kind) {
                        documents.push(kind.clone());
                    }
                }
            }
        }
        Choices {
            activities: own
                .iter()
                .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
                .collect(),
            others: self.activity_choices(Some(set)),
            sites: self
                .sites
                .iter()
                .filter(held)
                .map(|site| Choice::new(site.id.to_string(), site.name.clone()))
                .collect(),
            formulas: formulas.collect(),
            schools: self
                .schools
                .iter()
                .filter(|one| !one.retired)
                .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
                .collect(),
            classes: self
                .classes
                .iter()
                .filter(|one| !one.retired)
                .map(|one| Choice::new(one.id.to_string(), format!("{} – {}", school(one), one.name)))
                .collect(),
            documents: documents
                .into_iter()
                .map(|kind| Choice::new(kind.clone(), kind))
                .collect(),
            groups: set
                .groups
                .iter()
                .map(|group| Choice::new(group.name.clone(), group.name.clone()))
                .collect(),
        }
    }
}

fn stored<T: for<'a> minicbor::Decode<'a, ()>>(bytes: &[u8]) -> Result<T, StoreError> {
    decode(bytes).map_err(|_| StoreError::Shape("rules".into()))
}
