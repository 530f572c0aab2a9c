//! What rules ask about children and households.

use std::collections::BTreeMap;

use shared::booking::{ChildFacts, Ground, HouseholdFacts};
use shared::codec::decode;
use shared::custody;
use shared::ids::{ChildId, ClassId, GuardianId, HouseholdId, SchoolId};
use shared::money::Cents;
use shared::operation::{Authority, CustodyRecord, DocumentRecord};
use uuid::Uuid;

use super::{AT_ONCE, Children, Scope, padded, shape};
use crate::store::{Read, Row, StoreError, Value};

/// Who asks, as the record knows them.
struct Asks {
    guardian: GuardianId,
    household: HouseholdId,
    authority: Authority,
}

/// What one statement found.
#[derive(Default)]
struct Found {
    children: BTreeMap<ChildId, ChildFacts>,
    homes: Vec<HouseholdFacts>,
    asks: Option<Asks>,
}

/// Children, and the household that asks. Whoever is not of it is left out; a guardian decides where its authority is.
pub(super) fn read(tx: &mut dyn Read, scope: &Scope, ground: &mut Ground) -> Result<(), StoreError> {
    let mut found = Found::default();
    let (mode, listed): (i64, Vec<Uuid>) = match &scope.children {
        Children::OfHousehold => (0, Vec::new()),
        Children::Listed(children) => (1, children.iter().map(|child| child.0).collect()),
        Children::All => (2, Vec::new()),
    };
    let turns: Vec<&[Uuid]> = if listed.is_empty() {
        vec![&[]]
    } else {
        listed.chunks(AT_ONCE).collect()
    };
    for ids in turns {
        let head: [Value; 3] = [scope.household.into(), scope.guardian.into(), mode.into()];
        let params: Vec<Value> = head.into_iter().chain(padded(ids)).collect();
        for row in tx.query(include_str!("sql/children.sql"), &params)? {
            take(&mut found, &row)?;
        }
    }
    let home = scope.household.or(found.asks.as_ref().map(|asks| asks.household));
    if let Some(home) = home {
        found.children.retain(|_, child| child.households.contains(&home));
        ground.household = found.homes.into_iter().find(|facts| facts.id == home);
    }
    for child in found.children.values_mut() {
        child.decides = decides(scope, home, found.asks.as_ref(), child.custody.as_ref());
    }
    ground.children = found.children;
    Ok(())
}

/// The town hall decides for every child; a guardian for those of its household over which it has authority.
fn decides(
    scope: &Scope,
    home: Option<HouseholdId>,
    asks: Option<&Asks>,
    custody: Option<&CustodyRecord>,
) -> bool {
    match asks {
        Some(asks) => {
            home == Some(asks.household)
                && custody::authority(asks.guardian, asks.authority, custody) != Authority::None
        }
        None => scope.guardian.is_none(),
    }
}

fn take(found: &mut Found, row: &Row) -> Result<(), StoreError> {
    match row.int(0)? {
        1 => {
            let child = child(row)?;
            found.children.insert(child.id, child);
        }
        2 => {
            if let Some(child) = found.children.get_mut(&ChildId(row.uuid(1)?)) {
                child.households.push(HouseholdId(row.uuid(2)?));
            }
        }
        3 => {
            if let Some(child) = found.children.get_mut(&ChildId(row.uuid(1)?)) {
                child.documents.push(DocumentRecord {
                    kind: row.text(4)?,
                    until: row.opt(6, Row::date)?,
                });
            }
        }
        4 => {
            let facts = HouseholdFacts {
                id: HouseholdId(row.uuid(1)?),
                residence: row.opt(6, Row::text)?,
                unpaid: Cents(row.int(8)?),
            };
            if !found.homes.contains(&facts) {
                found.homes.push(facts);
            }
        }
        _ => {
            found.asks = Some(Asks {
                guardian: GuardianId(row.uuid(1)?),
                household: HouseholdId(row.uuid(2)?),
                authority: Authority::parse(&row.text(5)?).ok_or_else(|| shape("authority"))?,
            });
        }
    }
    Ok(())
}

fn child(row: &Row) -> Result<ChildFacts, StoreError> {
    let custody: Option<CustodyRecord> = match row.opt(9, Row::bytes)? {
        Some(bytes) => Some(decode(&bytes).map_err(|_| shape("custody"))?),
        None => None,
    };
    Ok(ChildFacts {
        id: ChildId(row.uuid(1)?),
        first_name: row.text(4)?,
        born: row.text(5)?.parse().map_err(|_| shape("date of birth"))?,
        school: row.opt(2, Row::uuid)?.map(SchoolId),
        class: row.opt(3, Row::uuid)?.map(ClassId),
        levels: row
            .opt(7, Row::text)?
            .map(|word| levels(&word))
            .unwrap_or_default(),
        left_on: row.opt(6, Row::date)?,
        households: Vec::new(),
        custody,
        decides: false,
        documents: Vec::new(),
    })
}

/// « CE1-CE2 » is two levels.
pub(crate) fn levels(word: &str) -> Vec<String> {
    let parts = word.split(|c: char| !c.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
