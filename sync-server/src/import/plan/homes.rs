//! Guardians and households. Nobody comes near a child in whose lines it does not stand: a guardian
//! joins a household only when the file names it for every child there.

use std::collections::{BTreeMap, BTreeSet};

use shared::ids::{ChildId, GuardianId, HouseholdId};
use shared::operation::{Authority, ChildRecord, GuardianRecord, HouseholdRecord};
use shared::text::search_key;

use super::Why;
use super::board::{Board, Step};
use super::entry::{Entry, Person, person_key};
use super::matching::{change, put};
use crate::import::columns::{Field, Part};
use crate::import::values;

type Wrong = (Field, Why);

impl Board<'_> {
    /// What a line says of the child's guardians.
    pub(super) fn families(
        &self,
        entry: &Entry,
        child: &mut ChildRecord,
        step: &mut Step,
    ) -> Result<(), Wrong> {
        if entry.guardians.is_empty() {
            return Ok(());
        }
        if child.households.is_empty() {
            let home = self
                .home_of_siblings(entry)
                .unwrap_or_else(|| self.new_home(child));
            child.households.push(home);
            step.households
                .entry(home)
                .or_insert_with(|| match self.now.households.get(&home) {
                    Some(there) => there.record.clone(),
                    None => HouseholdRecord {
                        id: home,
                        name: format!("Famille {}", child.last_name),
                        guardians: Vec::new(),
                    },
                });
        }
        for person in &entry.guardians {
            self.guardian(person, child, step)?;
        }
        // What stayed as it was is not written.
        step.households.retain(|id, household| {
            self.now
                .households
                .get(id)
                .is_none_or(|there| there.record != *household)
        });
        Ok(())
    }

    fn guardian(&self, person: &Person, child: &mut ChildRecord, step: &mut Step) -> Result<(), Wrong> {
        let mut homes: BTreeMap<HouseholdId, HouseholdRecord> = BTreeMap::new();
        for id in &child.households {
            let there = step.households.get(id).cloned();
            if let Some(home) = there.or_else(|| self.now.households.get(id).map(|home| home.record.clone()))
            {
                homes.insert(*id, home);
            }
        }
        let mut found = false;
        for (id, mut home) in homes.clone() {
            for guardian in &mut home.guardians {
                if is_same(person, guardian) {
                    self.contacts(person, guardian, step)?;
                    found = true;
                }
            }
            step.households.insert(id, home);
        }
        if found {
            return Ok(());
        }
        let field = (person.field)(Part::LastName);
        let home = match child.households.as_slice() {
            [only] if self.may_join(person, *only, child.id) => *only,
            [_] => {
                let home = self.new_home(child);
                child.households.push(home);
                home
            }
            _ => return Err((field, Why::WhichHousehold(person.name()))),
        };
        let used = |id| {
            let planned = || step.households.values().flat_map(|home| &home.guardians);
            self.guardian_ids.contains(&id) || planned().any(|guardian| guardian.id.0 == id)
        };
        let id = GuardianId(self.fresh("guardian", &format!("{home}/{}", person.key()), used));
        change(step, field, None, Some(&person.name()));
        let mut guardian = GuardianRecord {
            id,
            first_name: person.first.clone(),
            last_name: person.last.clone(),
            email: None,
            phone: None,
            authority: Authority::Full,
        };
        self.contacts(person, &mut guardian, step)?;
        let record = step.households.entry(home).or_insert_with(|| HouseholdRecord {
            id: home,
            name: format!("Famille {}", person.last),
            guardians: Vec::new(),
        });
        record.guardians.push(guardian);
        // The order in which the record keeps them.
        record.guardians.sort_by_key(|guardian| guardian.id);
        Ok(())
    }

    fn contacts(&self, person: &Person, guardian: &mut GuardianRecord, step: &mut Step) -> Result<(), Wrong> {
        for (part, said, slot) in [
            (Part::Email, &person.email, &mut guardian.email),
            (Part::Phone, &person.phone, &mut guardian.phone),
        ] {
            let field = (person.field)(part);
            if let Some(said) = said {
                // Whoever stands in the first column of one line may stand in the second of another.
                self.state(step, guardian.id.0, Field::One(part), said)
                    .map_err(|why| (field, why))?;
                put(step, field, slot, said);
            }
        }
        Ok(())
    }

    /// Whether the file names a guardian for every other child of a household.
    fn may_join(&self, person: &Person, home: HouseholdId, child: ChildId) -> bool {
        let others = self
            .members
            .get(&home)
            .into_iter()
            .flatten()
            .filter(|other| **other != child);
        others
            .map(|other| self.named_for(*other))
            .all(|named| named.is_some_and(|named| named.contains(&person.key())))
    }

    /// A household of exactly the guardians that the file names for this child, at least one of whom
    /// has the same e-mail or telephone there.
    fn home_of_siblings(&self, entry: &Entry) -> Option<HouseholdId> {
        let wanted = self.named.get(&self.whom(entry))?;
        let mut homes = BTreeSet::new();
        for person in &entry.guardians {
            let called = self.by_guardian.get(&person.key()).into_iter().flatten();
            homes.extend(called.copied().filter(|home| {
                let guardians = &self.now.households[home].record.guardians;
                let same_hand = self.begun.get(home) == Some(&entry.number);
                let sure = guardians.iter().any(|g| same_hand || has_same_contact(person, g));
                sure && self.guardians_of(*home) == *wanted
            }));
        }
        homes.into_iter().next()
    }

    /// The guardians of a household, those that the file is still to name included.
    fn guardians_of(&self, home: HouseholdId) -> BTreeSet<String> {
        let there = self.now.households[&home].record.guardians.iter();
        let mut all: BTreeSet<String> = there.map(|g| person_key(&g.last_name, &g.first_name)).collect();
        if self.begun.contains_key(&home) {
            for child in self.members.get(&home).into_iter().flatten() {
                all.extend(self.named_for(*child).into_iter().flatten().cloned());
            }
        }
        all
    }

    fn new_home(&self, child: &ChildRecord) -> HouseholdId {
        let used = |id| self.now.households.contains_key(&HouseholdId(id));
        HouseholdId(self.fresh("household", &child.id.to_string(), used))
    }
}

/// Whether a guardian of the child is the one a line speaks of: by names, or by first name and
/// contact, when the last name changed.
fn is_same(person: &Person, guardian: &GuardianRecord) -> bool {
    person.is_called(&guardian.last_name, &guardian.first_name)
        || (search_key(&person.first) == search_key(&guardian.first_name)
            && has_same_contact(person, guardian))
}

fn has_same_contact(person: &Person, guardian: &GuardianRecord) -> bool {
    let same = |a: &Option<String>, b: &Option<String>| matches!((a, b), (Some(a), Some(b)) if values::plain(a) == values::plain(b));
    same(&person.email, &guardian.email) || same(&person.phone, &guardian.phone)
}
