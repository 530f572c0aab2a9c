//! Whom a guardian sees, as far as the history and the copy of their data go.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::calendar::Calendar;
use shared::ids::{ActivityId, ChildId, GuardianId, HouseholdId};
use uuid::Uuid;

use crate::record::{self, SeenChild};
use crate::store::{Read, StoreError};
use crate::web::portal::session::Guardian;

/// A child that the guardian sees.
pub(super) struct Seen {
    pub(super) child: SeenChild,
    /// Ids that tablets gave it before it was recognised.
    aliases: Vec<ChildId>,
}

/// Whom a guardian sees.
pub(super) struct Sight {
    pub(super) guardian: GuardianId,
    pub(super) household: HouseholdId,
    /// The guardians of the household, by their first names.
    pub(super) others: BTreeMap<GuardianId, String>,
    pub(super) children: Vec<Seen>,
    /// Which days are holidays.
    calendar: Option<Calendar>,
    /// Names of activities.
    pub(super) activities: BTreeMap<ActivityId, String>,
}

impl Sight {
    /// Reads it.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(super) fn of(tx: &mut dyn Read, guardian: &Guardian) -> Result<Self, StoreError> {
        let household = record::household(tx, guardian.household)?;
        let guardians = household
            .map(|(household, _)| household.guardians)
            .unwrap_or_default();
        let mut children = Vec::new();
        for child in record::children_seen(tx, guardian.id)? {
            let rows = tx.query(include_str!("sql/aliases.sql"), &[child.id.into()])?;
            let aliases = rows.iter().map(|row| Ok(ChildId(row.uuid(0)?)));
            let aliases = aliases.collect::<Result<_, StoreError>>()?;
            children.push(Seen { child, aliases });
        }
        let calendar = record::calendar(tx)?.map(|(calendar, _)| Calendar::of(&calendar));
        let activities = record::activities(tx)?
            .into_iter()
            .map(|(activity, _)| (activity.id, activity.name))
            .collect();
        Ok(Self {
            guardian: guardian.id,
            household: guardian.household,
            others: guardians
                .into_iter()
                .map(|one| (one.id, one.first_name))
                .collect(),
            children,
            calendar,
            activities,
        })
    }

    /// All ids that entries may speak of.
    pub(super) fn people(&self) -> Vec<Uuid> {
        let children = self.children.iter().flat_map(|child| {
            let aliases = child.aliases.iter().map(|alias| alias.0);
            std::iter::once(child.child.id.0).chain(aliases)
        });
        [self.guardian.0, self.household.0]
            .into_iter()
            .chain(children)
            .collect()
    }

    /// The child, under whichever of its ids.
    pub(super) fn child(&self, id: ChildId) -> Option<&SeenChild> {
        let mut all = self.children.iter();
        all.find(|seen| seen.child.id == id || seen.aliases.contains(&id))
            .map(|seen| &seen.child)
    }

    /// The child, where it is with this household on a day: what it does then is this household's.
    pub(super) fn child_on(&self, id: ChildId, date: NaiveDate) -> Option<&SeenChild> {
        self.child(id)
            .filter(|child| child.is_ours_on(self.calendar.as_ref(), date))
    }

    /// The name of an activity.
    pub(super) fn activity(&self, id: ActivityId) -> String {
        self.activities.get(&id).cloned().unwrap_or_default()
    }
}
