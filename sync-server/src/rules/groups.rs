//! The group of a child, in which places are counted: by the rules that count for an activity on a date.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use shared::booking::{Ground, GroupName, group_of, set_for};
use shared::codec::decode;
use shared::ids::{ActivityId, ChildId};
use shared::money::Cents;
use shared::operation::{Payment, RuleSetRecord};
use shared::time::UtcMs;

use super::{Children, Scope, children, town};
use crate::store::{Read, StoreError};

/// The live rules, and what groups of some children depend on where they speak of groups.
#[derive(Debug)]
pub struct Groups(Ground);

impl Groups {
    /// Reads it for some children: one query where no rules speak of groups.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn read(tx: &mut dyn Read, of: &BTreeSet<ChildId>) -> Result<Self, StoreError> {
        let mut ground = town::bare();
        for row in tx.query(include_str!("sql/sets.sql"), &[])? {
            let set: RuleSetRecord =
                decode(&row.bytes(0)?).map_err(|error| StoreError::Shape(error.to_string()))?;
            ground.sets.push(set);
        }
        if of.is_empty() || ground.sets.iter().all(|set| set.groups.is_empty()) {
            return Ok(Self(ground));
        }
        let scope = Scope {
            household: None,
            guardian: None,
            children: Children::Listed(of.iter().copied().collect()),
            from: NaiveDate::MIN,
            until: NaiveDate::MAX,
            activities: None,
            carts: None,
            now: UtcMs(0),
        };
        children::read(tx, &scope, &mut ground)?;
        Ok(Self(ground))
    }

    /// The group that a child takes a place of.
    pub fn of(&self, child: ChildId, activity: ActivityId, date: NaiveDate) -> Option<GroupName> {
        let set = set_for(activity, date, &self.0)?;
        let group = group_of(self.0.children.get(&child)?, set, date)?;
        Some(group.to_owned())
    }

    /// Until when something that is booked now is to be paid, where it is paid at once.
    pub fn pay_until(
        &self,
        (activity, date): (ActivityId, NaiveDate),
        total: Cents,
        now: UtcMs,
    ) -> Option<UtcMs> {
        let set = set_for(activity, date, &self.0)?;
        match set.payment {
            Payment::AtBooking { within_minutes, .. } if total > Cents::ZERO => {
                Some(now.plus_ms(i64::from(within_minutes) * 60_000))
            }
            Payment::AtBooking { .. } | Payment::Billed => None,
        }
    }
}
