//! Which families the town hall works for: chosen from the invented town as it is founded, the same each time. Pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::ids::{ActivityId, ChildId, HouseholdId, ReservationId, SiteId};

use super::calendar::day;
use super::facts::{Facts, Key};
use crate::returns;

/// A reservation to make or to cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Booking {
    /// About what.
    pub(super) about: returns::Key,
    /// As the form says it.
    pub(super) what: &'static str,
    /// The one that stands, if one does.
    pub(super) standing: Option<ReservationId>,
}

/// What the town hall does on one day.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    /// Reservations to make.
    pub(super) books: Vec<Booking>,
    /// Reservations to cancel.
    pub(super) cancels: Vec<Booking>,
    /// Families that can be reached elsewhere.
    pub(super) moves: Vec<HouseholdId>,
}

/// Everything the town hall does.
#[derive(Clone, Debug, Default)]
pub(super) struct Acts {
    /// The activity whose places are counted from the beginning, and how many there are.
    pub(super) limited: Option<(ActivityId, usize)>,
    /// On the day that the backup has.
    pub(super) eve: Work,
    /// On the day that burns.
    pub(super) last: Work,
    /// At dead of night, minutes before.
    pub(super) late: Work,
    /// After the loss, on the rebuilt server: for families that have nothing to do with what was lost.
    pub(super) after: Work,
    /// After the loss, on the rebuilt server: for those that were served on the lost day too.
    pub(super) again: Again,
}

/// What is asked for once more, because nobody knows any more that it was done.
#[derive(Clone, Debug, Default)]
pub(super) struct Again {
    /// The very same reservation.
    pub(super) same: Vec<Booking>,
    /// The same day, another formula.
    pub(super) otherwise: Vec<Booking>,
    /// Cancelled on the lost day; now cancelled and made anew.
    pub(super) anew: Vec<Booking>,
    /// The last place, which another child was given on the lost day.
    pub(super) last_place: Option<Booking>,
    /// A family that moved on the lost day says another number.
    pub(super) moves: Vec<HouseholdId>,
}

/// Canteen days in the weeks to come, on every tablet's lists.
const AHEAD: [(u32, u32); 6] = [(3, 22), (3, 23), (3, 25), (3, 26), (3, 29), (3, 30)];
/// A canteen day that no tablet has on a list yet.
const FAR: (u32, u32) = (5, 20);
/// Wednesdays on which places are few.
const WEDNESDAYS: [(u32, u32); 2] = [(3, 24), (3, 31)];

/// A child with what it is booked for.
struct Child {
    id: ChildId,
    household: HouseholdId,
    site: SiteId,
    standing: BTreeMap<NaiveDate, ReservationId>,
}

/// Children one after the other, of another family each time.
struct Pool {
    children: std::vec::IntoIter<Child>,
    used: BTreeSet<HouseholdId>,
}

impl Pool {
    /// Children who come to an activity, each at the site it usually goes to.
    fn of(facts: &Facts, activity: ActivityId) -> Self {
        let mut children: BTreeMap<ChildId, Child> = BTreeMap::new();
        for ((site, date, what, child), id) in &facts.standing {
            let home = facts.homes.get(child).and_then(|homes| homes.first());
            if let (true, Some(home)) = (*what == activity, home) {
                let entry = children.entry(*child).or_insert_with(|| Child {
                    id: *child,
                    household: *home,
                    site: *site,
                    standing: BTreeMap::new(),
                });
                entry.standing.insert(*date, *id);
            }
        }
        let children: Vec<Child> = children.into_values().collect();
        Self {
            children: children.into_iter(),
            used: BTreeSet::new(),
        }
    }

    fn next(&mut self, fits: impl Fn(&Child) -> bool) -> Option<Child> {
        let used = &mut self.used;
        self.children
            .find(|child| fits(child) && used.insert(child.household))
    }
}

/// Chooses: `size` is how many families of each kind are served in a day.
pub(super) fn choose(facts: &Facts, size: usize) -> Acts {
    let Some(canteen) = facts.names.activity_named("cantine") else {
        return Acts::default();
    };
    let mut pool = Pool::of(facts, canteen);
    let ahead: Vec<NaiveDate> = AHEAD.into_iter().map(|(month, date)| day(month, date)).collect();
    let mut turn = 0;
    let mut next_date = || {
        turn += 1;
        ahead[turn % ahead.len()]
    };
    let free = |pool: &mut Pool, date: NaiveDate| {
        let child = pool.next(|child| !child.standing.contains_key(&date))?;
        Some((child.booking(date, canteen, "cantine/repas"), child.household))
    };
    let taken = |pool: &mut Pool, date: NaiveDate| {
        let child = pool.next(|child| child.standing.contains_key(&date))?;
        Some((child.booking(date, canteen, "cantine/repas"), child.household))
    };
    let mut acts = Acts::default();
    for work in [&mut acts.eve, &mut acts.last, &mut acts.after] {
        for _ in 0..size {
            work.books
                .extend(free(&mut pool, next_date()).map(|(booking, _)| booking));
            work.cancels
                .extend(taken(&mut pool, next_date()).map(|(booking, _)| booking));
            work.moves
                .extend(free(&mut pool, next_date()).map(|(_, household)| household));
        }
    }
    acts.last
        .books
        .extend(free(&mut pool, day(FAR.0, FAR.1)).map(|(booking, _)| booking));
    acts.late
        .books
        .extend(free(&mut pool, next_date()).map(|(booking, _)| booking));
    // Served on the lost day, and once more after it.
    if let Some((booking, _)) = free(&mut pool, next_date()) {
        acts.last.books.push(booking);
        acts.again.same.push(booking);
    }
    if let Some((booking, _)) = taken(&mut pool, next_date()) {
        acts.last.cancels.push(booking);
        acts.again.anew.push(booking);
    }
    if let Some((_, household)) = free(&mut pool, next_date()) {
        acts.last.moves.push(household);
        acts.again.moves.push(household);
    }
    let mut used = pool.used;
    wednesdays(facts, &mut acts, &mut used);
    acts
}

/// The last place given twice, and a day taken otherwise.
fn wednesdays(facts: &Facts, acts: &mut Acts, used: &mut BTreeSet<HouseholdId>) {
    let Some(activity) = facts.names.activity_named("mercredi") else {
        return;
    };
    let mut taken: BTreeMap<(SiteId, NaiveDate), usize> = BTreeMap::new();
    for (site, date, what, _) in facts.standing.keys() {
        if *what == activity {
            *taken.entry((*site, *date)).or_default() += 1;
        }
    }
    let [full, other] = WEDNESDAYS.map(|(month, date)| day(month, date));
    let fullest = taken.iter().filter(|((_, date), _)| *date == full);
    let Some(((site, _), count)) = fullest.max_by_key(|(_, count)| **count) else {
        return;
    };
    acts.limited = Some((activity, count + 1));
    let mut pool = Pool::of(facts, activity);
    pool.used.append(used);
    let here = |child: &Child| child.site == *site && !child.standing.contains_key(&full);
    if let (Some(first), Some(second)) = (pool.next(here), pool.next(here)) {
        acts.last
            .books
            .push(first.booking(full, activity, "mercredi/journee"));
        acts.again.last_place = Some(second.booking(full, activity, "mercredi/journee"));
    }
    let room = |child: &Child| {
        let count = taken.get(&(child.site, other)).copied().unwrap_or_default();
        child.site != *site && count < acts.limited.map_or(0, |(_, places)| places)
    };
    if let Some(child) = pool.next(|child| room(child) && !child.standing.contains_key(&other)) {
        acts.last
            .books
            .push(child.booking(other, activity, "mercredi/journee"));
        acts.again
            .otherwise
            .push(child.booking(other, activity, "mercredi/matin"));
    }
}

impl Child {
    fn booking(&self, date: NaiveDate, activity: ActivityId, what: &'static str) -> Booking {
        Booking {
            about: (self.site, date, activity, self.id),
            what,
            standing: self.standing.get(&date).copied(),
        }
    }
}

impl Booking {
    /// The reservation.
    pub(super) fn key(&self) -> Key {
        Key::Booking(self.about)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::demo;
    use crate::drill::calendar::at;
    use crate::drill::facts;
    use crate::store::testing::Place;

    #[test]
    fn every_family_is_served_once_but_those_that_are_to_be_served_twice() {
        let place = Place::new();
        let host = place.host(Clock::starting_at(at(day(3, 5), 6, 0)));
        let commune = host
            .create(&"demo".parse().unwrap(), "Ville", "Europe/Paris", "mairie")
            .unwrap();
        demo::fill(&host, &commune, 1).unwrap();
        let facts = commune.store.read(facts::read).unwrap();
        let acts = choose(&facts, 5);
        assert_eq!(
            (acts.eve.books.len(), acts.eve.cancels.len(), acts.eve.moves.len()),
            (5, 5, 5)
        );
        assert_eq!(
            (
                acts.after.books.len(),
                acts.after.cancels.len(),
                acts.after.moves.len()
            ),
            (5, 5, 5)
        );
        // Five, one beyond every list, one asked for again, the last place, and a Wednesday.
        assert_eq!(
            (
                acts.last.books.len(),
                acts.last.cancels.len(),
                acts.last.moves.len()
            ),
            (9, 6, 6)
        );
        let Again {
            same,
            otherwise,
            anew,
            last_place,
            moves,
        } = &acts.again;
        assert_eq!(
            (same.len(), otherwise.len(), anew.len(), moves.len()),
            (1, 1, 1, 1)
        );
        let (_, places) = acts.limited.unwrap();
        let last = last_place.unwrap().about;
        let there = facts
            .standing
            .keys()
            .filter(|key| (key.0, key.1, key.2) == (last.0, last.1, last.2));
        assert_eq!(there.count() + 1, places, "one place is left");

        let works = [&acts.eve, &acts.last, &acts.late, &acts.after];
        let mut families: Vec<HouseholdId> = works.iter().flat_map(|work| work.moves.clone()).collect();
        for work in works {
            for booking in &work.books {
                assert!(!facts.standing.contains_key(&booking.about), "{booking:?}");
                families.push(facts.homes[&booking.about.3][0]);
            }
            for booking in &work.cancels {
                assert_eq!(facts.standing.get(&booking.about), booking.standing.as_ref());
                families.push(facts.homes[&booking.about.3][0]);
            }
        }
        let all = families.len();
        families.sort();
        families.dedup();
        assert_eq!(families.len(), all, "no family is served twice by chance");
    }
}
