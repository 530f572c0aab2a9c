//! Sites, schools, activities and staff of the signed data, as operations that make them again: pure.
//!
//! What a list does not say is filled with what usually holds and stays to be completed by a person;
//! whoever saved a thing by hand since is never overwritten.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use shared::codec::{Minute, encode};
use shared::day_list::{ListedActivity, ListedFormula};
use shared::ids::{ActivityId, ClassId, FormulaId, OperationId, SchoolId, ServiceId, SiteId, StaffId};
use shared::operation::{
    ActivityRecord, Body, ClassRecord, FormulaRecord, Meal, SchoolKind, SchoolRecord, ServiceRecord,
    SiteRecord, StaffRecord,
};
use uuid::Uuid;

use super::evidence::Evidence;
use super::held::Held;
use super::people;
use super::plan::{is_reservation, namespace};
use crate::short_names::made_from;

/// An operation to come, with the version it must have seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The version.
    pub seen: Option<i64>,
    /// What is asked.
    pub body: Body,
}

impl Planned {
    /// Its id follows from what it asks: sent again, it changes nothing.
    pub fn id(&self) -> OperationId {
        let mut name = b"operation/".to_vec();
        name.extend_from_slice(&self.seen.unwrap_or(0).to_be_bytes());
        name.extend_from_slice(&encode(&self.body));
        OperationId(Uuid::new_v5(&namespace(), &name))
    }
}

/// What is made again.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'w> {
    /// Everything, and better where more is known now: nothing was left.
    Everything,
    /// These children and activities, where the record lacks them; what it has stays.
    Missing {
        /// The children.
        children: &'w BTreeSet<shared::ids::ChildId>,
        /// The activities.
        activities: &'w BTreeSet<ActivityId>,
        /// The sites.
        sites: &'w BTreeSet<SiteId>,
        /// The formulas: those that were withdrawn and nobody asks for stay so.
        formulas: &'w BTreeSet<FormulaId>,
    },
}

impl Wanted<'_> {
    fn is_everything(self) -> bool {
        matches!(self, Self::Everything)
    }

    fn site(self, site: SiteId) -> bool {
        match self {
            Self::Everything => true,
            Self::Missing { sites, .. } => sites.contains(&site),
        }
    }

    fn formula(self, formula: FormulaId) -> bool {
        match self {
            Self::Everything => true,
            Self::Missing { formulas, .. } => formulas.contains(&formula),
        }
    }

    fn activity(self, activity: ActivityId) -> bool {
        match self {
            Self::Everything => true,
            Self::Missing { activities, .. } => activities.contains(&activity),
        }
    }
}

pub(super) fn made_id(what: &str, name: &str) -> Uuid {
    Uuid::new_v5(&namespace(), format!("{what}/{name}").as_bytes())
}

/// What stands in a name until a person gives it.
const TO_COMPLETE: &str = "à compléter";

/// The operations, each after what it refers to. `machine` are journal entries that no person made.
pub fn things(evidence: &Evidence, held: &Held, machine: &BTreeSet<i64>, wanted: Wanted<'_>) -> Vec<Planned> {
    let mut plan = Plan {
        evidence,
        held,
        machine,
        wanted,
        out: Vec::new(),
    };
    plan.commune();
    let mut places = Places::of(held);
    let children = people::children(evidence, held, wanted);
    for child in &children {
        if let Some(school) = &child.school {
            let id = places.school(school, &mut plan.out);
            if let Some(class) = &child.class {
                places.class(id, class, &mut plan.out);
            }
        }
    }
    plan.sites();
    plan.activities();
    if wanted.is_everything() {
        plan.staff();
    }
    let known = people::households(&children, held, machine, wanted);
    plan.out.extend(known);
    for child in children {
        let record = child.record(&places);
        match held.children.get(&record.id) {
            None => plan.put(None, Body::PutChild { child: record }),
            Some((now, version)) => {
                let mut now = now.clone();
                now.households.sort();
                if wanted.is_everything() && machine.contains(version) && now != record {
                    plan.put(Some(*version), Body::PutChild { child: record });
                }
            }
        }
    }
    plan.out
}

/// Schools and classes by name: lists know them by nothing else.
pub(super) struct Places {
    schools: BTreeMap<String, SchoolId>,
    classes: BTreeMap<(SchoolId, String), ClassId>,
    /// Those of the record: what was made by us and renamed by a person since is still what lists mean.
    here: BTreeSet<Uuid>,
}

impl Places {
    fn of(held: &Held) -> Self {
        let schools = held.schools.iter().map(|(s, _)| (s.name.clone(), s.id)).collect();
        let classes = held
            .classes
            .iter()
            .map(|(c, _)| ((c.school, c.name.clone()), c.id))
            .collect();
        let here = held.schools.iter().map(|(s, _)| s.id.0);
        let here = here.chain(held.classes.iter().map(|(c, _)| c.id.0)).collect();
        Self {
            schools,
            classes,
            here,
        }
    }

    /// The school of that name, made if need be.
    fn school(&mut self, name: &str, out: &mut Vec<Planned>) -> SchoolId {
        if let Some(id) = self.schools.get(name) {
            return *id;
        }
        let id = SchoolId(made_id("school", name));
        self.schools.insert(name.to_owned(), id);
        if self.here.contains(&id.0) {
            return id;
        }
        let school = SchoolRecord {
            id,
            name: name.to_owned(),
            kind: SchoolKind::Public,
            half_days: 8,
            starts: Minute::new(8, 30),
            ends: Minute::new(16, 30),
            retired: false,
        };
        out.push(Planned {
            seen: None,
            body: Body::PutSchool { school },
        });
        id
    }

    fn class(&mut self, school: SchoolId, name: &str, out: &mut Vec<Planned>) {
        let key = (school, name.to_owned());
        if self.classes.contains_key(&key) {
            return;
        }
        let id = ClassId(made_id("class", &format!("{school}/{name}")));
        self.classes.insert(key, id);
        if self.here.contains(&id.0) {
            return;
        }
        let class = ClassRecord {
            id,
            school,
            name: name.to_owned(),
            level: level_of(name),
            retired: false,
        };
        out.push(Planned {
            seen: None,
            body: Body::PutClass { class },
        });
    }

    /// The ids of a child's school and class.
    pub(super) fn find(
        &self,
        school: Option<&str>,
        class: Option<&str>,
    ) -> (Option<SchoolId>, Option<ClassId>) {
        let school = school.and_then(|name| self.schools.get(name)).copied();
        let class = school
            .zip(class)
            .and_then(|(school, class)| self.classes.get(&(school, class.to_owned())));
        (school, class.copied())
    }
}

/// The level that a class's name begins with: « CE1 – Mme Petit ».
fn level_of(name: &str) -> String {
    const LEVELS: [&str; 9] = ["TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2"];
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let levels: Vec<&str> = words
        .filter(|word| LEVELS.contains(&word.to_ascii_uppercase().as_str()))
        .collect();
    levels.join("-").to_ascii_uppercase()
}

struct Plan<'p> {
    evidence: &'p Evidence,
    held: &'p Held,
    machine: &'p BTreeSet<i64>,
    wanted: Wanted<'p>,
    out: Vec<Planned>,
}

impl Plan<'_> {
    fn put(&mut self, seen: Option<i64>, body: Body) {
        self.out.push(Planned { seen, body });
    }

    /// A commune that is rebuilt is founded under its short name; its cards know its name.
    fn commune(&mut self) {
        let (slug, name) = &self.held.commune;
        let Some((_, card)) = self.evidence.cards.first() else {
            return;
        };
        let named = self.wanted.is_everything() && slug == name && !card.commune.is_empty();
        if named && card.commune != *name {
            let body = Body::RenameCommune {
                name: card.commune.clone(),
                zone: card.zone.clone(),
                label: self.held.label.clone(),
            };
            self.put(None, body);
        }
    }

    /// From their cards; else as other sites' cards name them; else as a list or a tablet has their id.
    fn sites(&mut self) {
        let mut known: BTreeMap<SiteId, (Option<SiteRecord>, Option<String>)> = BTreeMap::new();
        for (_, card) in &self.evidence.cards {
            let record = SiteRecord {
                id: card.site,
                slug: card.slug.clone(),
                name: card.name.clone(),
                school: None,
                phone: None,
                retired: false,
                nursery: card.nursery,
            };
            known.entry(card.site).or_default().0.get_or_insert(record);
            for other in &card.others {
                known
                    .entry(other.site)
                    .or_default()
                    .1
                    .get_or_insert_with(|| other.name.clone());
            }
        }
        for (_, _, list) in &self.evidence.lists {
            known.entry(list.site).or_default();
        }
        for (_, site) in &self.held.tablets {
            known.entry(*site).or_default();
        }
        let mut taken: Vec<String> = self.held.sites.iter().map(|(s, _)| s.slug.to_string()).collect();
        let carded = known.values().filter_map(|(card, _)| card.as_ref());
        taken.extend(carded.map(|card| card.slug.to_string()));
        // Those of which most is known first: they have their own short names.
        let mut known: Vec<_> = known.into_iter().collect();
        known.sort_by_key(|(id, (card, _))| (card.is_none(), *id));
        known.retain(|(id, _)| self.wanted.site(*id));
        for (id, (card, name)) in known {
            let now = self.held.sites.iter().find(|(site, _)| site.id == id);
            let name = name.unwrap_or_else(|| format!("Site {TO_COMPLETE} ({})", &id.to_string()[32..]));
            match (now, card) {
                (None, Some(site)) => self.put(None, Body::PutSite { site }),
                (None, None) => {
                    let used: Vec<&str> = taken.iter().map(String::as_str).collect();
                    let Some(slug) = made_from(&name, "site", &used) else {
                        continue;
                    };
                    taken.push(slug.to_string());
                    let site = SiteRecord {
                        id,
                        slug,
                        name,
                        school: None,
                        phone: None,
                        retired: false,
                        nursery: false,
                    };
                    self.put(None, Body::PutSite { site });
                }
                (Some((now, version)), Some(site))
                    if self.wanted.is_everything() && self.machine.contains(version) && *now != site =>
                {
                    self.put(Some(*version), Body::PutSite { site });
                }
                _ => {}
            }
        }
    }

    /// From cards first, which know the days of the week; then from lists.
    fn activities(&mut self) {
        let mut known: BTreeMap<ActivityId, Known> = BTreeMap::new();
        for (_, card) in &self.evidence.cards {
            for offered in &card.activities {
                let entry = known.entry(offered.activity.id).or_default();
                entry.take(&offered.activity, card.site);
                entry.weekdays |= offered.weekdays;
                entry.carded = true;
            }
        }
        for (_, _, list) in &self.evidence.lists {
            let booked: BTreeSet<ActivityId> = list
                .rows
                .iter()
                .filter(|row| is_reservation(row))
                .map(|row| row.activity)
                .collect();
            let weekday = 1_u8 << list.date.weekday().num_days_from_monday();
            for listed in list.activities.iter().filter(|a| booked.contains(&a.id)) {
                let entry = known.entry(listed.id).or_default();
                entry.take(listed, list.site);
                if !entry.carded {
                    entry.weekdays |= weekday;
                }
            }
        }
        known.retain(|id, _| self.wanted.activity(*id));
        let service = self.service(&known);
        for (id, known) in known {
            let now = self.held.activities.iter().find(|(a, _)| a.id == id);
            let Some(mut made) = known.record(id, service) else {
                continue;
            };
            // A site that is neither here nor asked for would be refused.
            let here = |site: &SiteId| {
                self.wanted.site(*site) || self.held.sites.iter().any(|(known, _)| known.id == *site)
            };
            made.sites.retain(here);
            match now {
                None => self.put(None, Body::PutActivity { activity: made }),
                Some((now, version)) => {
                    let ours = self.wanted.is_everything() && self.machine.contains(version);
                    let formulas: BTreeSet<_> = now.formulas.iter().map(|f| f.id).collect();
                    let lacking: Vec<FormulaRecord> = made
                        .formulas
                        .iter()
                        .filter(|f| !formulas.contains(&f.id) && self.wanted.formula(f.id))
                        .cloned()
                        .collect();
                    if ours {
                        made.service = now.service;
                        let mut now = now.clone();
                        now.sites.sort();
                        if made != now {
                            self.put(Some(*version), Body::PutActivity { activity: made });
                        }
                    } else if !lacking.is_empty() {
                        let mut grown = now.clone();
                        let free = |f: &FormulaRecord| now.formulas.iter().all(|n| n.slug != f.slug);
                        grown.formulas.extend(lacking.into_iter().filter(free));
                        if grown != *now {
                            self.put(Some(*version), Body::PutActivity { activity: grown });
                        }
                    }
                }
            }
        }
    }

    /// The service under which activities stand until a person sorts them.
    fn service(&mut self, known: &BTreeMap<ActivityId, Known>) -> ServiceId {
        let id = ServiceId(made_id("service", "accueil"));
        let lacks = |id: &ActivityId| self.held.activities.iter().all(|(a, _)| a.id != *id);
        let here = self.held.services.iter().any(|(service, _)| service.id == id);
        if here || !known.keys().any(lacks) {
            return id;
        }
        let taken: Vec<&str> = self
            .held
            .services
            .iter()
            .map(|(service, _)| service.slug.as_str())
            .collect();
        if let Some(slug) = made_from("accueil", "service", &taken) {
            let service = ServiceRecord {
                id,
                slug,
                name: format!("Accueil ({TO_COMPLETE})"),
                retired: false,
            };
            self.put(None, Body::PutService { service });
        }
        id
    }

    /// Whoever points somewhere, with the PIN that the newest card has.
    fn staff(&mut self) {
        let mut known: BTreeMap<StaffId, (StaffRecord, Option<String>)> = BTreeMap::new();
        for (_, card) in &self.evidence.cards {
            for member in &card.staff {
                let entry = known.entry(member.id).or_insert_with(|| {
                    let record = StaffRecord {
                        id: member.id,
                        name: member.name.clone(),
                        role: member.role.clone(),
                        sites: Vec::new(),
                        until: member.until,
                    };
                    (record, None)
                });
                entry.0.sites.push(card.site);
                if entry.1.is_none() {
                    entry.1.clone_from(&member.pin);
                }
            }
        }
        for (id, (mut record, pin)) in known {
            record.sites.sort();
            record.sites.dedup();
            let now = self.held.staff.iter().find(|(member, _)| member.id == id);
            match now {
                None => self.put(None, Body::PutStaff { staff: record }),
                Some((now, version)) => {
                    let mut sites = now.sites.clone();
                    sites.sort();
                    let same = StaffRecord { sites, ..now.clone() };
                    if self.machine.contains(version) && same != record {
                        self.put(Some(*version), Body::PutStaff { staff: record });
                    }
                }
            }
            if pin.is_some() {
                self.put(None, Body::SetStaffPin { staff: id, phc: pin });
            }
        }
    }
}

/// What is known of an activity.
#[derive(Default)]
struct Known {
    listed: Option<ListedActivity>,
    formulas: Vec<ListedFormula>,
    sites: BTreeSet<SiteId>,
    weekdays: u8,
    carded: bool,
}

impl Known {
    /// The first that is taken is the newest: of later ones only what it lacks counts.
    fn take(&mut self, listed: &ListedActivity, site: SiteId) {
        self.sites.insert(site);
        for formula in &listed.formulas {
            let twice = |f: &ListedFormula| f.id == formula.id || f.slug == formula.slug;
            if !self.formulas.iter().any(twice) {
                self.formulas.push(formula.clone());
            }
        }
        if self.listed.is_none() {
            self.listed = Some(listed.clone());
        }
    }

    fn record(&self, id: ActivityId, service: ServiceId) -> Option<ActivityRecord> {
        let listed = self.listed.as_ref()?;
        let formulas = self.formulas.clone();
        Some(ActivityRecord {
            id,
            slug: listed.slug.clone(),
            name: listed.name.clone(),
            service,
            mode: listed.mode,
            weekdays: self.weekdays,
            opens: listed.opens,
            closes: listed.closes,
            sites: self.sites.iter().copied().collect(),
            formulas: formulas
                .into_iter()
                .map(|f| FormulaRecord {
                    meal: meal_of(listed, &f),
                    id: f.id,
                    slug: f.slug,
                    name: f.name,
                })
                .collect(),
            retired: false,
            capacity: None,
        })
    }
}

/// Lists do not say what is eaten with a formula; its name does, most of the time. The kitchen counts
/// on it, so a meal too many is better than one too few.
fn meal_of(activity: &ListedActivity, formula: &ListedFormula) -> Meal {
    let words = shared::text::search_key(&format!("{} {}", formula.name, formula.slug));
    let whole = shared::text::search_key(&format!("{} {}", activity.name, activity.slug));
    let says = |text: &str, any: &[&str]| any.iter().any(|word| text.contains(word));
    if says(&words, &["pique", "picnic"]) {
        Meal::Picnic
    } else if says(&words, &["panier"]) {
        Meal::Basket
    } else if says(&words, &["sans repas"]) {
        Meal::None
    } else if says(&words, &["repas", "dejeuner", "cantine"])
        || says(&whole, &["cantine", "restaura", "dejeuner"])
    {
        Meal::Meal
    } else {
        Meal::None
    }
}
