//! A ground with what is looked up often at hand.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::ground::{ChildFacts, Ground, HouseholdFacts, SessionKey, Standing, WishFacts};
use super::super::when::set_for;
use super::Asked;
use crate::calendar::DayKind;
use crate::custody::is_with;
use crate::ids::{ActivityId, ChildId, ReservationId};
use crate::operation::{Entrance, RuleSetRecord};

/// A ground, an instant and an entrance, with what many judgements ask again.
pub(in crate::booking) struct Index<'g> {
    pub(super) ground: &'g Ground,
    pub(super) asked: Asked,
    standing: BTreeMap<(ChildId, NaiveDate), Vec<&'g Standing>>,
    by_id: BTreeMap<ReservationId, &'g Standing>,
    wishes: BTreeMap<(ChildId, SessionKey), Vec<&'g WishFacts>>,
    sets: RefCell<BTreeMap<(ActivityId, NaiveDate), Option<&'g RuleSetRecord>>>,
    days: RefCell<BTreeMap<NaiveDate, DayKind>>,
    with: RefCell<BTreeMap<(ChildId, NaiveDate), bool>>,
}

impl<'g> Index<'g> {
    pub(in crate::booking) fn new(ground: &'g Ground, asked: Asked) -> Self {
        let mut standing: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in &ground.standing {
            standing
                .entry((one.child, one.session.date))
                .or_default()
                .push(one);
        }
        let mut wishes: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in &ground.wishes {
            wishes.entry((one.child, one.session)).or_default().push(one);
        }
        Self {
            ground,
            // Nobody on line goes beyond a rule, whatever is said.
            asked: Asked {
                beyond: asked.beyond && asked.entrance != Entrance::Portal,
                ..asked
            },
            by_id: ground.standing.iter().map(|one| (one.id, one)).collect(),
            standing,
            wishes,
            sets: RefCell::default(),
            days: RefCell::default(),
            with: RefCell::default(),
        }
    }

    pub(super) fn on_line(&self) -> bool {
        self.asked.entrance == Entrance::Portal
    }

    /// What stands for a child on a day.
    pub(super) fn standing_on(&self, child: ChildId, date: NaiveDate) -> &[&'g Standing] {
        self.standing.get(&(child, date)).map_or(&[], Vec::as_slice)
    }

    /// What stands for a child between two days.
    pub(super) fn standing_between(
        &self,
        child: ChildId,
        (first, last): (NaiveDate, NaiveDate),
    ) -> impl Iterator<Item = &'g Standing> {
        let range = self.standing.range((child, first)..=(child, last));
        range.flat_map(|(_, of_day)| of_day.iter().copied())
    }

    pub(super) fn standing(&self, id: ReservationId) -> Option<&'g Standing> {
        self.by_id.get(&id).copied()
    }

    /// What a child asked and waits for of a session.
    pub(super) fn wishes(&self, child: ChildId, session: SessionKey) -> &[&'g WishFacts] {
        self.wishes.get(&(child, session)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn set(&self, activity: ActivityId, date: NaiveDate) -> Option<&'g RuleSetRecord> {
        let mut sets = self.sets.borrow_mut();
        *sets
            .entry((activity, date))
            .or_insert_with(|| set_for(activity, date, self.ground))
    }

    /// What the calendar says of a date; unknown where there is none.
    pub(super) fn day(&self, date: NaiveDate) -> DayKind {
        let mut days = self.days.borrow_mut();
        let calendar = self.ground.calendar.as_ref();
        days.entry(date)
            .or_insert_with(|| calendar.map_or(DayKind::Unknown, |calendar| calendar.day(date)))
            .clone()
    }

    /// Whether a child is with the household that asks on a date.
    pub(super) fn is_with(&self, child: &ChildFacts, household: &HouseholdFacts, date: NaiveDate) -> bool {
        if child.custody.is_none() {
            return true;
        }
        let mut with = self.with.borrow_mut();
        *with.entry((child.id, date)).or_insert_with(|| {
            is_with(
                child.custody.as_ref(),
                self.ground.calendar.as_ref(),
                date,
                household.id,
            )
        })
    }

    /// The name of an activity.
    pub(super) fn name(&self, activity: ActivityId) -> Option<String> {
        self.ground.activities.get(&activity).map(|one| one.name.clone())
    }
}
