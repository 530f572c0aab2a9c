//! Places: how many there are, who has one, who comes first.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ground::{ChildFacts, Ground, GroupName, Queued, SessionKey};
use super::super::when::{fits, set_for};
use super::conditions::group_of;
use super::line::Add;
use crate::ids::{FormulaId, WishId};
use crate::operation::RuleSetRecord;
use crate::time::UtcMs;

/// What the lines before changed about places.
#[derive(Default)]
pub(super) struct Changes {
    places: BTreeMap<(SessionKey, Option<GroupName>), i64>,
    /// Offers that were taken.
    pub(super) taken_up: BTreeSet<WishId>,
    /// Who joined the queue.
    pub(super) waits: BTreeMap<SessionKey, u32>,
}

impl Changes {
    /// So many places more are taken in a session, in all and in a group.
    pub(super) fn take(&mut self, session: SessionKey, group: Option<&str>, more: i64) {
        *self.places.entry((session, None)).or_default() += more;
        if let Some(group) = group {
            *self.places.entry((session, Some(group.to_owned()))).or_default() += more;
        }
    }
}

/// Whether there is a place.
pub(super) enum Room {
    /// There is.
    Some,
    /// There is none, of so many.
    None(u32),
}

/// How many places there are where none is left for a child, in all or in its group, whoever waits.
///
/// What is judged otherwise, such as a history that is merged, is still never more than there are places.
pub fn full(
    child: &ChildFacts,
    session: SessionKey,
    formula: Option<FormulaId>,
    ground: &Ground,
    now: UtcMs,
) -> Option<u32> {
    let places = Places {
        ground,
        changes: &Changes::default(),
        set: set_for(session.activity, session.date, ground),
        child,
        session,
        formula,
        now,
    };
    let group = places.set.and_then(|set| group_of(child, set, session.date));
    let of_group = group.map(|group| places.group_has(group));
    if let Some(Room::None(capacity)) = of_group {
        return Some(capacity);
    }
    places
        .capacity(None)
        .filter(|capacity| places.free(*capacity, None) <= 0)
}

/// The places of one session as a line finds them.
pub(super) struct Places<'a> {
    ground: &'a Ground,
    changes: &'a Changes,
    set: Option<&'a RuleSetRecord>,
    child: &'a ChildFacts,
    session: SessionKey,
    formula: Option<FormulaId>,
    now: UtcMs,
}

impl<'a> Places<'a> {
    pub(super) fn of(
        line: &'a Add<'_>,
        child: &'a ChildFacts,
        ground: &'a Ground,
        changes: &'a Changes,
        now: UtcMs,
    ) -> Self {
        Self {
            ground,
            changes,
            set: line.set,
            child,
            session: line.wish.session,
            formula: line.wish.formula,
            now,
        }
    }

    /// How many places there are, in all or in a group; none: as many as like.
    fn capacity(&self, group: Option<&str>) -> Option<u32> {
        let date = self.session.date;
        let line = self.set.and_then(|set| {
            set.places.iter().find(|line| {
                line.group.as_deref() == group
                    && line.from.is_none_or(|from| from <= date)
                    && line.until.is_none_or(|until| date <= until)
                    && fits(&line.case, &self.session, self.formula, self.child, self.ground)
            })
        });
        match (line, group) {
            (Some(line), _) => Some(line.places),
            (None, None) => self.ground.activities.get(&self.session.activity)?.capacity,
            (None, Some(_)) => None,
        }
    }

    fn queue(&self) -> impl Iterator<Item = &'a Queued> + '_ {
        let queue = self.ground.queues.get(&self.session);
        let all = queue.map_or(&[][..], Vec::as_slice).iter();
        all.filter(|one| !self.changes.taken_up.contains(&one.wish))
    }

    /// An offer that stands takes a place.
    fn offered(&self) -> impl Iterator<Item = &'a Queued> + '_ {
        let now = self.now;
        self.queue()
            .filter(move |one| one.offered_until.is_some_and(|until| until > now))
    }

    /// Those who wait for an offer, the first first.
    fn waiting(&self) -> impl Iterator<Item = &'a Queued> + '_ {
        self.queue().filter(|one| one.offered_until.is_none())
    }

    /// How many places nobody has, was offered or holds; below zero where there are fewer than are taken.
    fn free(&self, capacity: u32, group: Option<&str>) -> i64 {
        let key = (self.session, group.map(ToOwned::to_owned));
        let of = |all: &BTreeMap<(SessionKey, Option<GroupName>), u32>| {
            all.get(&key).map_or(0, |count| i64::from(*count))
        };
        let offered = self
            .offered()
            .filter(|one| group.is_none() || one.group.as_deref() == group)
            .count();
        i64::from(capacity)
            - of(&self.ground.taken)
            - of(&self.ground.held)
            - self.changes.places.get(&key).copied().unwrap_or(0)
            - offered as i64
    }

    /// Whether there is a place for a newcomer in a group, or for whoever has this wish in the queue: those ahead come
    /// first, as far as their groups have places.
    pub(super) fn room(&self, group: Option<&str>, own: Option<WishId>) -> Room {
        let mut ahead: BTreeMap<Option<&str>, i64> = BTreeMap::new();
        for one in self.waiting().take_while(|one| Some(one.wish) != own) {
            *ahead.entry(one.group.as_deref()).or_default() += 1;
        }
        if let Some(capacity) = group.and_then(|group| self.capacity(Some(group))) {
            let first = ahead.get(&group).copied().unwrap_or(0);
            if self.free(capacity, group) <= first {
                return Room::None(capacity);
            }
        }
        let Some(capacity) = self.capacity(None) else {
            return Room::Some;
        };
        let first: i64 = ahead
            .into_iter()
            .map(
                |(group, waiting)| match group.and_then(|name| self.capacity(Some(name))) {
                    Some(capacity) => waiting.min(self.free(capacity, group).max(0)),
                    None => waiting,
                },
            )
            .sum();
        if self.free(capacity, None) <= first {
            return Room::None(capacity);
        }
        Room::Some
    }

    /// Whether a group has a place, whoever waits.
    pub(super) fn group_has(&self, group: &str) -> Room {
        match self.capacity(Some(group)) {
            Some(capacity) if self.free(capacity, Some(group)) <= 0 => Room::None(capacity),
            _ => Room::Some,
        }
    }

    /// How many wait, with those who joined just now.
    pub(super) fn queue_len(&self) -> u32 {
        let joined = self.changes.waits.get(&self.session).copied().unwrap_or(0);
        u32::try_from(self.waiting().count())
            .unwrap_or(u32::MAX)
            .saturating_add(joined)
    }

    /// The group in which a standing offer was made.
    pub(super) fn offer(&self, wish: WishId) -> Option<&'a Queued> {
        self.offered().find(|one| one.wish == wish)
    }
}
