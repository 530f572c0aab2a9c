//! Files of a small town, planned against what its record holds.

mod files;
mod laws;
mod stories;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::ids::{ChildId, ClassId, GuardianId, HouseholdId, SchoolId};
use shared::operation::{Authority, ChildRecord, ClassRecord, GuardianRecord, HouseholdRecord};
use uuid::Uuid;

use super::*;

pub(super) const FERRY: SchoolId = SchoolId(Uuid::from_u128(0x5c1));
pub(super) const MICHEL: SchoolId = SchoolId(Uuid::from_u128(0x5c2));
pub(super) const CP: ClassId = ClassId(Uuid::from_u128(0xc1a));
pub(super) const LEA: ChildId = ChildId(Uuid::from_u128(0xc1));
pub(super) const MARTIN: HouseholdId = HouseholdId(Uuid::from_u128(0xf1));
const NAMESPACE: Uuid = Uuid::from_u128(0x1234);

/// Two schools, one class, Léa Martin and her mother Claire.
pub(super) fn town() -> Holdings {
    let school = |id, name: &str| KnownSchool {
        id,
        name: name.into(),
    };
    let known = |version| Some(version);
    let class = ClassRecord {
        id: CP,
        school: FERRY,
        name: "CP – Mme Petit".into(),
        level: "CP".into(),
        retired: false,
    };
    let claire = GuardianRecord {
        id: GuardianId(Uuid::from_u128(0x61)),
        first_name: "Claire".into(),
        last_name: "Martin".into(),
        email: Some("claire@exemple.fr".into()),
        phone: Some("06 39 98 00 01".into()),
        authority: Authority::Full,
    };
    let household = HouseholdRecord {
        id: MARTIN,
        name: "Famille Martin".into(),
        guardians: vec![claire],
    };
    let lea = ChildRecord {
        id: LEA,
        first_name: "Léa".into(),
        last_name: "Martin".into(),
        born: day("2019-03-04"),
        school: Some(FERRY),
        class: Some(CP),
        households: vec![MARTIN],
        badges: Vec::new(),
        must_know: Some("Trousse au bureau".into()),
        phone: None,
        symbol: None,
        health: Some("PAI arachide".into()),
        reference: None,
        left_on: None,
    };
    Holdings {
        schools: vec![
            school(FERRY, "École primaire Jules-Ferry"),
            school(MICHEL, "École Louise-Michel"),
        ],
        classes: BTreeMap::from([(
            CP,
            Known {
                record: class,
                version: known(3),
            },
        )]),
        children: BTreeMap::from([(
            LEA,
            Known {
                record: lea,
                version: known(5),
            },
        )]),
        households: BTreeMap::from([(
            MARTIN,
            Known {
                record: household,
                version: known(4),
            },
        )]),
    }
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn planned(file: &str, choices: &Choices, holdings: &Holdings) -> Plan {
    let table = read(file.as_bytes()).unwrap();
    let mapping = recognise(&table);
    plan(&table, &mapping, choices, holdings, NAMESPACE, day("2026-11-23"))
}

/// What the corridor would make of a plan.
pub(super) fn applied(plan: &Plan, mut holdings: Holdings) -> Holdings {
    for operation in operations::of(plan, NAMESPACE) {
        let version = Some(operation.seen.unwrap_or(0) + 1);
        match operation.body {
            shared::operation::Body::PutClass { class } => {
                holdings.classes.insert(
                    class.id,
                    Known {
                        record: class,
                        version,
                    },
                );
            }
            shared::operation::Body::PutHousehold { household } => {
                holdings.households.insert(
                    household.id,
                    Known {
                        record: household,
                        version,
                    },
                );
            }
            shared::operation::Body::PutChild { child } => {
                for home in &child.households {
                    assert!(
                        holdings.households.contains_key(home),
                        "a household before its children"
                    );
                }
                if let Some(class) = child.class {
                    assert_eq!(Some(holdings.classes[&class].record.school), child.school);
                }
                holdings.children.insert(
                    child.id,
                    Known {
                        record: child,
                        version,
                    },
                );
            }
            other => panic!("an import never asks for {}", other.kind()),
        }
    }
    // As the record reads them back.
    for household in holdings.households.values_mut() {
        household.record.guardians.sort_by_key(|guardian| guardian.id);
    }
    for child in holdings.children.values_mut() {
        child.record.households.sort_unstable();
    }
    holdings
}

/// Takes a file in; what is left to do when it comes again must be nothing.
pub(super) fn taken(file: &str, choices: &Choices, holdings: &Holdings) -> (Plan, Holdings) {
    let first = planned(file, choices, holdings);
    let after = applied(&first, holdings.clone());
    let again = planned(file, choices, &after);
    assert!(again.is_idle(), "the same file twice: {again:#?}");
    (first, after)
}

/// The only fault of a line.
pub(super) fn fault(plan: &Plan, place: usize) -> &Why {
    match &plan.lines[place].verdict {
        Verdict::Wrong(faults) => &faults[0].why,
        other => panic!("line {place} is {other:?}"),
    }
}
