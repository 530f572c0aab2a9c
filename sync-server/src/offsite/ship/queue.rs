//! Which commune is next: those that changed, those that failed a while ago, those that are looked at
//! now and then. Nothing here knows what is done with them.

use std::collections::{BTreeMap, BTreeSet};

use shared::slug::Slug;
use shared::time::UtcMs;

/// Two turns of a commune that both find something lie so far apart, in ms.
pub(super) const APART_MS: i64 = 2_000;
/// One that is open, and of which nobody said that it changed, is looked at so often, in ms: what another
/// process wrote may have gone unheard.
pub(super) const LOOK_MS: i64 = 60_000;
/// One that nobody has open is opened so often to be looked at, in ms.
pub(super) const SLEEP_MS: i64 = 6 * 60 * 60 * 1000;
/// The longest time between two tries at a target that fails, in ms.
const LONGEST_MS: i64 = 60_000;

/// What came of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// All there was is off-site.
    Rests,
    /// The same, and nobody has it open.
    Sleeps,
    /// There is more.
    Goes,
    /// Another process has it until then.
    Theirs(UtcMs),
    /// It did not work.
    Failed,
    /// It is not here any more.
    Gone,
}

#[derive(Debug, Default)]
struct Place {
    due: UtcMs,
    began: UtcMs,
    changed: bool,
    failures: u32,
}

/// The communes of one process.
#[derive(Debug, Default)]
pub(super) struct Queue {
    places: BTreeMap<Slug, Place>,
    at_work: BTreeSet<Slug>,
}

impl Queue {
    /// A commune to be looked at as soon as there is time.
    pub(super) fn add(&mut self, slug: &Slug, now: UtcMs) {
        self.places.entry(slug.clone()).or_insert_with(|| Place {
            due: now,
            ..Place::default()
        });
    }

    /// A commune changed. One that fails is not tried sooner for it.
    pub(super) fn changed(&mut self, slug: &Slug, now: UtcMs) {
        self.add(slug, now);
        if let Some(place) = self.places.get_mut(slug) {
            place.changed = true;
            if place.failures == 0 {
                place.due = place.due.min(soon(place.began, now));
            }
        }
    }

    /// The next that is due and nobody works on; or when to ask again.
    pub(super) fn take(&mut self, now: UtcMs) -> Result<Slug, Option<UtcMs>> {
        let waiting = self
            .places
            .iter()
            .filter(|(slug, _)| !self.at_work.contains(*slug));
        let Some((slug, place)) = waiting.min_by_key(|(_, place)| place.due) else {
            return Err(None);
        };
        // What lies further ahead than anything is put off was put there before a clock was set back.
        if place.due > now && place.due.0.saturating_sub(now.0) <= SLEEP_MS {
            return Err(Some(place.due));
        }
        let slug = slug.clone();
        if let Some(place) = self.places.get_mut(&slug) {
            place.began = now;
            place.changed = false;
        }
        self.at_work.insert(slug.clone());
        Ok(slug)
    }

    /// Its turn is over. `uneven`, from 0 to 999, spreads tries that would else fall together.
    pub(super) fn done(&mut self, slug: &Slug, turn: Turn, now: UtcMs, uneven: i64) {
        self.at_work.remove(slug);
        let Some(place) = self.places.get_mut(slug) else {
            return;
        };
        place.failures = match turn {
            Turn::Failed => place.failures.saturating_add(1),
            _ => 0,
        };
        place.due = match turn {
            Turn::Gone => {
                self.places.remove(slug);
                return;
            }
            Turn::Rests | Turn::Sleeps if place.changed => soon(place.began, now),
            Turn::Rests => now.plus_ms(LOOK_MS / 2 + LOOK_MS * uneven / 2_000),
            Turn::Sleeps => now.plus_ms(SLEEP_MS / 2 + SLEEP_MS * uneven / 2_000),
            Turn::Goes => now,
            Turn::Theirs(until) => {
                let until = UtcMs(until.0.clamp(now.0, now.0.saturating_add(LOOK_MS)));
                until.plus_ms(uneven)
            }
            Turn::Failed => {
                let wait = (APART_MS << place.failures.min(10).saturating_sub(1)).min(LONGEST_MS);
                now.plus_ms(wait / 2 + wait * uneven / 1_000)
            }
        };
    }

    /// Those that changed since they were last looked at, or failed.
    pub(super) fn owed(&self) -> Vec<Slug> {
        let owed = self
            .places
            .iter()
            .filter(|(_, place)| place.changed || place.failures > 0);
        owed.map(|(slug, _)| slug.clone()).collect()
    }

    /// Everything owed is due now: the process is about to stop.
    pub(super) fn hurry(&mut self, now: UtcMs) {
        let owed = self.owed();
        self.places
            .retain(|slug, _| owed.contains(slug) || self.at_work.contains(slug));
        for place in self.places.values_mut() {
            place.due = now;
        }
    }

    /// Whether nothing is left, and nobody works.
    pub(super) fn is_over(&self) -> bool {
        self.at_work.is_empty() && self.places.is_empty()
    }

    /// It is not to be looked at any more.
    pub(super) fn forget(&mut self, slug: &Slug) {
        self.at_work.remove(slug);
        self.places.remove(slug);
    }
}

fn soon(began: UtcMs, now: UtcMs) -> UtcMs {
    let next = began.plus_ms(APART_MS);
    // A turn that seems to have begun after now began before the clock was set back.
    if next.0 <= now.plus_ms(APART_MS).0 {
        next.max(now)
    } else {
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().unwrap()
    }

    const NOW: UtcMs = UtcMs(1_795_420_800_000);

    #[test]
    fn a_commune_that_changes_all_the_time_has_a_turn_every_two_seconds() {
        let mut queue = Queue::default();
        queue.changed(&slug("ville"), NOW);
        assert_eq!(queue.take(NOW), Ok(slug("ville")));
        assert_eq!(queue.take(NOW), Err(None), "nobody works on it twice");
        queue.changed(&slug("ville"), NOW.plus_ms(5));
        queue.done(&slug("ville"), Turn::Rests, NOW.plus_ms(10), 0);
        assert_eq!(queue.take(NOW.plus_ms(20)), Err(Some(NOW.plus_ms(APART_MS))));
        assert_eq!(queue.take(NOW.plus_ms(APART_MS)), Ok(slug("ville")));
        queue.done(&slug("ville"), Turn::Rests, NOW.plus_ms(APART_MS), 500);
        let rests = queue.take(NOW.plus_ms(APART_MS)).unwrap_err().unwrap();
        assert!(rests.0 - NOW.0 > LOOK_MS / 2, "it rests");
        queue.changed(&slug("ville"), NOW.plus_ms(APART_MS + 100));
        assert_eq!(queue.take(NOW.plus_ms(2 * APART_MS)), Ok(slug("ville")));
    }

    #[test]
    fn one_that_fails_waits_longer_and_longer_and_holds_up_nobody() {
        let mut queue = Queue::default();
        queue.add(&slug("a"), NOW);
        queue.add(&slug("b"), NOW);
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..8 {
            assert_eq!(queue.take(now), Ok(slug("a")));
            queue.done(&slug("a"), Turn::Failed, now, 500);
            queue.changed(&slug("a"), now);
            assert_eq!(queue.take(now), Ok(slug("b")), "the other goes on");
            queue.done(&slug("b"), Turn::Sleeps, now, 999);
            let next = queue.take(now).unwrap_err().unwrap();
            waits.push(next.0 - now.0);
            now = next;
            queue.forget(&slug("b"));
            queue.add(&slug("b"), now);
        }
        assert!(
            waits.is_sorted() && waits[0] >= APART_MS / 2 && waits[7] <= LONGEST_MS * 3 / 2,
            "{waits:?}"
        );
    }

    #[test]
    fn a_clock_that_is_set_back_puts_nothing_off_for_long() {
        let mut queue = Queue::default();
        queue.changed(&slug("ville"), NOW);
        assert_eq!(queue.take(NOW), Ok(slug("ville")));
        queue.done(&slug("ville"), Turn::Rests, NOW, 0);
        let long_ago = NOW.plus_ms(-86_400_000);
        queue.changed(&slug("ville"), long_ago);
        assert_eq!(queue.take(long_ago), Ok(slug("ville")));
    }

    #[test]
    fn at_the_end_what_is_owed_is_due_and_the_rest_is_let_go() {
        let mut queue = Queue::default();
        for name in ["rests", "owes", "fails"] {
            queue.add(&slug(name), NOW);
        }
        for _ in 0..3 {
            let taken = queue.take(NOW).unwrap();
            let turn = if taken == slug("fails") {
                Turn::Failed
            } else {
                Turn::Rests
            };
            queue.done(&taken, turn, NOW, 0);
        }
        queue.changed(&slug("owes"), NOW);
        queue.hurry(NOW);
        let mut left = vec![queue.take(NOW).unwrap(), queue.take(NOW).unwrap()];
        left.sort();
        assert_eq!(left, [slug("fails"), slug("owes")]);
        assert!(queue.take(NOW).is_err() && !queue.is_over());
        for slug in &left {
            queue.done(slug, Turn::Gone, NOW, 0);
        }
        assert!(queue.is_over());
    }
}
