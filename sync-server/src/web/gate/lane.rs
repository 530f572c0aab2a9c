//! One kind of requests: how many may be here, how many are worked on, and whose turn it is. Pure:
//! it is told what happens and answers what may be done.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// The commune a request is for, or says to be for.
pub(super) type Town = Arc<str>;

/// Names somebody who waits for a turn.
pub(super) type Ticket = u64;

/// How much of one kind may be here at a time; each for the process and for one commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Requests worked on.
    pub(super) places: usize,
    /// Of one commune.
    pub(super) places_each: usize,
    /// Requests that were let in: being read, waiting, worked on.
    pub(super) room: usize,
    /// Of one commune.
    pub(super) room_each: usize,
    /// Bytes of their bodies.
    pub(super) bytes: usize,
    /// Of one commune.
    pub(super) bytes_each: usize,
}

/// Requests of one kind.
#[derive(Debug)]
pub(super) struct Lane {
    bounds: Bounds,
    towns: BTreeMap<Town, Here>,
    /// Communes for whom somebody waits and a place of their own is free, the next one first.
    turns: VecDeque<Town>,
    all: Count,
}

/// What is here of one commune.
#[derive(Debug, Default)]
struct Here {
    count: Count,
    waiting: VecDeque<Ticket>,
    /// It stands in the line of turns.
    in_line: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    inside: usize,
    bytes: usize,
    working: usize,
}

impl Lane {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            towns: BTreeMap::new(),
            turns: VecDeque::new(),
            all: Count::default(),
        }
    }

    /// Lets a request in with so many bytes, if there is room; answers whether it did. One alone is
    /// let in whatever it weighs.
    pub(super) fn enter(&mut self, town: &Town, bytes: usize) -> bool {
        let of_town = self.towns.get(town).map(|here| here.count).unwrap_or_default();
        let fits = |held: Count, room: usize, most: usize| {
            held.inside < room && (held.inside == 0 || held.bytes + bytes <= most)
        };
        let Bounds {
            room,
            room_each,
            bytes: most,
            bytes_each,
            ..
        } = self.bounds;
        if !fits(self.all, room, most) || !fits(of_town, room_each, bytes_each) {
            return false;
        }
        let here = self.towns.entry(Arc::clone(town)).or_default();
        for count in [&mut self.all, &mut here.count] {
            count.inside += 1;
            count.bytes += bytes;
        }
        true
    }

    /// A request goes that was let in with so many bytes and neither waits nor is worked on.
    pub(super) fn leave(&mut self, town: &Town, bytes: usize) {
        let Some(here) = self.towns.get_mut(town) else {
            return;
        };
        for count in [&mut self.all, &mut here.count] {
            count.inside = count.inside.saturating_sub(1);
            count.bytes = count.bytes.saturating_sub(bytes);
        }
        if here.count.inside == 0 && !here.in_line {
            self.towns.remove(town);
        }
    }

    /// A request that was let in waits for its turn.
    pub(super) fn wait(&mut self, town: &Town, ticket: Ticket) {
        if let Some(here) = self.towns.get_mut(town) {
            here.waiting.push_back(ticket);
        }
        self.line_up(town);
    }

    /// Whoever waited waits no more.
    pub(super) fn give_up(&mut self, town: &Town, ticket: Ticket) {
        if let Some(here) = self.towns.get_mut(town) {
            here.waiting.retain(|waiting| *waiting != ticket);
        }
    }

    /// The next who is worked on, if a place is free: communes take turns.
    pub(super) fn next(&mut self) -> Option<Ticket> {
        while self.all.working < self.bounds.places {
            let town = self.turns.pop_front()?;
            let Some(here) = self.towns.get_mut(&town) else {
                continue;
            };
            here.in_line = false;
            let Some(ticket) = here.waiting.pop_front() else {
                if here.count.inside == 0 {
                    self.towns.remove(&town);
                }
                continue;
            };
            here.count.working += 1;
            self.all.working += 1;
            self.line_up(&town);
            return Some(ticket);
        }
        None
    }

    /// A request was worked on.
    pub(super) fn done(&mut self, town: &Town) {
        if let Some(here) = self.towns.get_mut(town) {
            here.count.working = here.count.working.saturating_sub(1);
            self.all.working = self.all.working.saturating_sub(1);
        }
        self.line_up(town);
    }

    /// Puts a commune at the end of the line where it has a turn to take.
    fn line_up(&mut self, town: &Town) {
        let Some(here) = self.towns.get_mut(town) else {
            return;
        };
        let may = here.count.working < self.bounds.places_each && !here.waiting.is_empty();
        if may && !here.in_line {
            here.in_line = true;
            self.turns.push_back(Arc::clone(town));
        }
    }

    /// How many are worked on at a time.
    pub(super) fn places(&self) -> usize {
        self.bounds.places.min(self.bounds.places_each)
    }

    /// How many are worked on.
    pub(super) fn working(&self) -> usize {
        self.all.working
    }

    /// How many are here, those worked on included.
    pub(super) fn inside(&self) -> usize {
        self.all.inside
    }

    /// Bytes of the bodies that are here.
    pub(super) fn bytes(&self) -> usize {
        self.all.bytes
    }

    #[cfg(test)]
    pub(super) fn working_of(&self, town: &Town) -> usize {
        self.towns.get(town).map_or(0, |here| here.count.working)
    }

    #[cfg(test)]
    pub(super) fn is_forgotten(&self) -> bool {
        self.towns.is_empty() && self.turns.is_empty() && self.all == Count::default()
    }
}
