//! Children and households of the signed data: pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::day_list::{Badge, BadgeKind, Contact, ListedChild, RosterChild, Symbol};
use shared::ids::{ChildId, GuardianId, HouseholdId};
use shared::operation::{Authority, Body, ChildRecord, GuardianRecord, HouseholdRecord};

use super::evidence::Evidence;
use super::held::Held;
use super::things::{Places, Planned, Wanted, made_id};

/// A child as its fullest source has it.
pub(super) struct Child {
    id: ChildId,
    first_name: String,
    last_name: String,
    born: NaiveDate,
    pub(super) school: Option<String>,
    pub(super) class: Option<String>,
    households: Vec<HouseholdId>,
    badges: Vec<Badge>,
    must_know: Option<String>,
    phone: Option<String>,
    contacts: Vec<Contact>,
    health: Option<String>,
    symbol: Option<Symbol>,
}

impl Child {
    fn listed(card: &ListedChild) -> Self {
        Self {
            id: card.id,
            first_name: card.first_name.clone(),
            last_name: card.last_name.clone(),
            born: card.born,
            school: card.school.clone(),
            class: card.class.clone(),
            households: card.households.clone(),
            badges: card.badges.clone(),
            must_know: card.must_know.clone(),
            phone: card.phone.clone(),
            contacts: card.contacts.clone(),
            health: card.health.clone(),
            symbol: card.symbol,
        }
    }

    /// A roster knows the year of birth alone.
    fn on_roster(card: &RosterChild) -> Option<Self> {
        let allergy = card.allergy.as_ref().map(|_| Badge {
            kind: BadgeKind::Allergy,
            text: String::new(),
        });
        Some(Self {
            id: card.id,
            first_name: card.first_name.clone(),
            last_name: card.last_name.clone(),
            born: NaiveDate::from_ymd_opt(card.birth_year, 1, 1)?,
            school: card.school.clone(),
            class: None,
            households: Vec::new(),
            badges: allergy.into_iter().collect(),
            must_know: card.allergy.clone(),
            phone: card.phone.clone(),
            contacts: Vec::new(),
            health: None,
            symbol: None,
        })
    }

    pub(super) fn record(self, places: &Places) -> ChildRecord {
        let (school, class) = places.find(self.school.as_deref(), self.class.as_deref());
        let mut households = self.households;
        households.sort();
        households.dedup();
        ChildRecord {
            id: self.id,
            first_name: self.first_name,
            last_name: self.last_name,
            born: self.born,
            school,
            class,
            households,
            badges: self.badges,
            must_know: self.must_know,
            phone: self.phone,
            symbol: self.symbol,
            health: self.health,
            reference: None,
            left_on: None,
        }
    }
}

/// Each child once: as the newest list has it, else as the newest roster has it. A child whose
/// withdrawal is known is never made again.
pub(super) fn children(evidence: &Evidence, held: &Held, wanted: Wanted<'_>) -> Vec<Child> {
    let is_wanted = |id: &ChildId| {
        !held.withdrawn.contains(id)
            && match wanted {
                Wanted::Everything => true,
                Wanted::Missing { children, .. } => children.contains(id) && !held.children.contains_key(id),
            }
    };
    let mut all: BTreeMap<ChildId, Child> = BTreeMap::new();
    for (_, _, list) in &evidence.lists {
        for card in list.children.iter().filter(|card| is_wanted(&card.id)) {
            all.entry(card.id).or_insert_with(|| Child::listed(card));
        }
    }
    for (_, roster) in &evidence.rosters {
        for card in roster.children.iter().filter(|card| is_wanted(&card.id)) {
            if !all.contains_key(&card.id) {
                all.extend(Child::on_roster(card).map(|child| (card.id, child)));
            }
        }
    }
    all.into_values().collect()
}

/// The households that children belong to and the record lacks, with whoever is to be called. A list
/// says whom to call for a child, not of which household they are: where a child has several, a person
/// stands in the one that a child with no other household tells of, else in the first.
pub(super) fn households(
    children: &[Child],
    held: &Held,
    machine: &BTreeSet<i64>,
    wanted: Wanted<'_>,
) -> Vec<Planned> {
    let mut sure: BTreeMap<(String, String), HouseholdId> = BTreeMap::new();
    for child in children {
        if let [only] = child.households[..] {
            for contact in known(child) {
                sure.entry((contact.name.clone(), contact.phone.clone()))
                    .or_insert(only);
            }
        }
    }
    let mut made: BTreeMap<HouseholdId, (BTreeSet<&str>, BTreeMap<GuardianId, GuardianRecord>)> =
        BTreeMap::new();
    for child in children {
        for household in &child.households {
            made.entry(*household).or_default().0.insert(&child.last_name);
        }
        for contact in known(child) {
            let told = sure.get(&(contact.name.clone(), contact.phone.clone()));
            let home = told
                .filter(|home| child.households.contains(home))
                .or(child.households.first());
            if let Some(home) = home {
                let guardian = guardian(*home, contact);
                made.entry(*home).or_default().1.insert(guardian.id, guardian);
            }
        }
    }
    let here: BTreeMap<HouseholdId, &(HouseholdRecord, i64)> =
        held.households.iter().map(|known| (known.0.id, known)).collect();
    let mut planned = Vec::new();
    for (id, (names, guardians)) in made {
        let household = HouseholdRecord {
            id,
            name: names.into_iter().collect::<Vec<_>>().join(" – "),
            guardians: guardians.into_values().collect(),
        };
        let seen = match here.get(&id) {
            None => None,
            Some((now, version)) => {
                let mut now = now.clone();
                now.guardians.sort_by_key(|guardian| guardian.id);
                if !matches!(wanted, Wanted::Everything) || !machine.contains(version) || now == household {
                    continue;
                }
                Some(*version)
            }
        };
        planned.push(Planned {
            seen,
            body: Body::PutHousehold { household },
        });
    }
    planned
}

/// Whom to call, without the number that has no name.
fn known(child: &Child) -> impl Iterator<Item = &Contact> {
    child
        .contacts
        .iter()
        .filter(|contact| contact.name != "À appeler d’abord")
}

fn guardian(home: HouseholdId, contact: &Contact) -> GuardianRecord {
    let (name, authority) = [
        (" (sans autorité parentale)", Authority::None),
        (" (autorité selon jugement)", Authority::ByJudgment),
    ]
    .into_iter()
    .find_map(|(end, authority)| Some((contact.name.strip_suffix(end)?, authority)))
    .unwrap_or((&contact.name, Authority::Full));
    let (first_name, last_name) = name.split_once(' ').unwrap_or(("", name));
    GuardianRecord {
        id: GuardianId(made_id(
            "guardian",
            &format!("{home}/{}/{}", contact.name, contact.phone),
        )),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        email: None,
        phone: Some(contact.phone.clone()),
        authority,
    }
}
