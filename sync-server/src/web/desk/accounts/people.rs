//! Guardians, their children, and how far each got into the portal.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::ids::{ChildId, ClassId, GuardianId, HouseholdId, SchoolId};
use shared::time::UtcMs;

use crate::store::{Read, Row, StoreError};

/// A day, in ms.
pub(super) const DAY_MS: i64 = 86_400_000;

/// How far a guardian got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing was sent.
    None,
    /// A link was mailed, and nobody opened it.
    Asked(UtcMs),
    /// What was mailed came back.
    Bounced,
    /// Gets in.
    Active(UtcMs),
    /// Deleted, and can be restored until then.
    Deleted(UtcMs),
}

impl State {
    /// The word that a filter asks for.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::None => "aucun",
            Self::Asked(_) => "envoye",
            Self::Bounced => "rejete",
            Self::Active(_) => "actif",
            Self::Deleted(_) => "supprime",
        }
    }
}

/// What the record says of an account.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// There is a login.
    pub(super) login: bool,
    pub(super) activated_at: Option<UtcMs>,
    pub(super) deleted_at: Option<UtcMs>,
    /// The newest link to activate that still opens something was issued then.
    pub(super) asked_at: Option<UtcMs>,
    /// The contact e-mail takes nothing.
    pub(super) bounced: bool,
}

/// How far somebody got; a deleted account can be restored for so many days.
pub(super) fn state_of(facts: Facts, restore_days: u16) -> State {
    match facts {
        Facts {
            deleted_at: Some(at), ..
        } => State::Deleted(at.plus_ms(i64::from(restore_days) * DAY_MS)),
        Facts { login: true, .. } => State::Active(facts.activated_at.unwrap_or(UtcMs(0))),
        Facts { bounced: true, .. } => State::Bounced,
        Facts {
            asked_at: Some(at), ..
        } => State::Asked(at),
        _ => State::None,
    }
}

/// A child of a household.
#[derive(Clone, Debug)]
pub(super) struct Kid {
    pub(super) id: ChildId,
    pub(super) name: String,
    pub(super) school: Option<SchoolId>,
    pub(super) class: Option<ClassId>,
}

/// A guardian.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: GuardianId,
    pub(super) household: HouseholdId,
    pub(super) home: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) key: String,
    pub(super) state: State,
    /// The contact e-mail takes nothing.
    pub(super) bounced: bool,
    /// Codes on paper were given to the household then.
    pub(super) codes_at: Option<UtcMs>,
    pub(super) children: Vec<Kid>,
}

impl Person {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim()
            .to_owned()
    }

    /// A link to activate can be mailed.
    pub(super) fn can_be_asked(&self) -> bool {
        let gets_in = matches!(self.state, State::Active(_) | State::Deleted(_));
        self.email.is_some() && !gets_in && !self.bounced
    }
}

/// What narrows a list of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Narrow {
    pub(super) school: Option<SchoolId>,
    pub(super) class: Option<ClassId>,
}

impl Narrow {
    /// Whether a child is meant.
    pub(super) fn has(&self, kid: &Kid) -> bool {
        self.school.is_none_or(|school| kid.school == Some(school))
            && self.class.is_none_or(|class| kid.class == Some(class))
    }

    /// Whether somebody has a child that is meant.
    pub(super) fn fits(&self, person: &Person) -> bool {
        *self == Self::default() || person.children.iter().any(|kid| self.has(kid))
    }
}

/// Children who have not left, by household.
pub(super) fn kids(
    tx: &mut dyn Read,
    today: NaiveDate,
) -> Result<BTreeMap<HouseholdId, Vec<Kid>>, StoreError> {
    let mut all: BTreeMap<HouseholdId, Vec<Kid>> = BTreeMap::new();
    for row in tx.query(include_str!("sql/children.sql"), &[])? {
        if row.opt(6, Row::date)?.is_some_and(|left| left <= today) {
            continue;
        }
        let kid = Kid {
            id: ChildId(row.uuid(1)?),
            name: format!("{} {}", row.text(2)?, row.text(3)?),
            school: row.opt(4, Row::uuid)?.map(SchoolId),
            class: row.opt(5, Row::uuid)?.map(ClassId),
        };
        all.entry(HouseholdId(row.uuid(0)?)).or_default().push(kid);
    }
    Ok(all)
}

/// Addresses whose newest letter came back.
pub(super) fn bounced(tx: &mut dyn Read) -> Result<BTreeSet<String>, StoreError> {
    let mut newest: BTreeMap<String, (i64, bool)> = BTreeMap::new();
    for row in tx.query(include_str!("sql/bounces.sql"), &[])? {
        let (at, came_back) = (row.int(2)?, row.text(1)? == "bounced");
        let entry = newest.entry(row.text(0)?).or_insert((at, came_back));
        if at >= entry.0 {
            *entry = (at, came_back);
        }
    }
    Ok(newest
        .into_iter()
        .filter(|(_, (_, came_back))| *came_back)
        .map(|(address, _)| address)
        .collect())
}

fn at_of(tx: &mut dyn Read, sql: &str) -> Result<BTreeMap<uuid::Uuid, UtcMs>, StoreError> {
    let rows = tx.query(sql, &[])?;
    rows.iter()
        .map(|row| Ok((row.uuid(0)?, UtcMs(row.int(1)?))))
        .collect()
}

/// All guardians in the order of their names. Gone through in memory: a town has some thousands.
pub(super) fn people(tx: &mut dyn Read, today: NaiveDate) -> Result<Vec<Person>, StoreError> {
    let restore_days = crate::record::portal(tx)?.0.restore_days;
    let kids = kids(tx, today)?;
    let bounced = bounced(tx)?;
    let asked = at_of(tx, include_str!("sql/links.sql"))?;
    let codes = at_of(tx, include_str!("sql/codes.sql"))?;
    let rows = tx.query(include_str!("sql/guardians.sql"), &[])?;
    rows.iter()
        .map(|row| {
            let (id, household) = (row.uuid(0)?, HouseholdId(row.uuid(1)?));
            let email = row.opt(4, Row::text)?;
            let came_back = email.as_ref().is_some_and(|email| bounced.contains(email));
            let facts = Facts {
                login: !row.is_null(6),
                activated_at: row.opt(7, Row::int)?.map(UtcMs),
                deleted_at: row.opt(8, Row::int)?.map(UtcMs),
                asked_at: asked.get(&id).copied(),
                bounced: came_back,
            };
            Ok(Person {
                id: GuardianId(id),
                household,
                home: row.text(10)?,
                first_name: row.text(2)?,
                last_name: row.text(3)?,
                email,
                phone: row.opt(5, Row::text)?,
                key: row.text(9)?,
                state: state_of(facts, restore_days),
                bounced: came_back,
                codes_at: codes.get(&household.0).copied(),
                children: kids.get(&household).cloned().unwrap_or_default(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_says_what_matters_most() {
        let day = |n: i64| UtcMs(n * DAY_MS);
        let mut facts = Facts::default();
        assert_eq!(state_of(facts, 30), State::None);
        facts.asked_at = Some(day(1));
        assert_eq!(state_of(facts, 30), State::Asked(day(1)));
        facts.bounced = true;
        assert_eq!(state_of(facts, 30), State::Bounced);
        facts.login = true;
        facts.activated_at = Some(day(2));
        assert_eq!(state_of(facts, 30), State::Active(day(2)));
        facts.deleted_at = Some(day(3));
        assert_eq!(state_of(facts, 30), State::Deleted(day(33)));
    }
}
