//! The communes that a process holds open: never two of one name, and no more than it has room for.
//!
//! What is opened and closed for one commune happens under that commune's own place: who asks for it
//! waits, who asks for another does not. One that somebody uses (a request, a listener) is never closed;
//! where all are used, the table holds more than its bound and shrinks again later.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use shared::slug::Slug;

/// What is held open, by short name.
pub(super) struct Table<T> {
    most: AtomicUsize,
    places: Mutex<Places<T>>,
    /// Nothing is kept any more: the process is about to stop.
    ending: AtomicBool,
}

struct Places<T> {
    by_slug: BTreeMap<Slug, (u64, Arc<Place<T>>)>,
    turn: u64,
}

/// Where one of them stands, or will. Whoever opens or closes it holds the place meanwhile.
struct Place<T>(Mutex<Option<Arc<T>>>);

impl<T> Place<T> {
    /// A panic while opening or closing leaves the place empty or full, and either is fine.
    fn hold(&self) -> MutexGuard<'_, Option<Arc<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hold_if_free(&self) -> Option<MutexGuard<'_, Option<Arc<T>>>> {
        match self.0.try_lock() {
            Ok(held) => Some(held),
            Err(TryLockError::Poisoned(held)) => Some(held.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// Whether what stands here is open for nobody at this instant.
    fn is_unused(&self) -> bool {
        self.hold_if_free()
            .is_some_and(|held| held.as_ref().is_some_and(|open| Arc::strong_count(open) == 1))
    }
}

impl<T> Table<T> {
    /// An empty one that keeps so many open.
    pub(super) fn keeping(most: usize) -> Self {
        Self {
            most: AtomicUsize::new(most.max(1)),
            places: Mutex::new(Places {
                by_slug: BTreeMap::new(),
                turn: 0,
            }),
            ending: AtomicBool::new(false),
        }
    }

    /// Keeps so many open from now on, at least one.
    pub(super) fn keep(&self, most: usize) {
        self.most.store(most.max(1), Ordering::Relaxed);
    }

    /// How many are kept open.
    pub(super) fn most(&self) -> usize {
        self.most.load(Ordering::Relaxed)
    }

    /// The one of that name, opened if it is not; then those used least lately are closed, if there are too many.
    ///
    /// # Errors
    /// Those of `open`; nothing is held then.
    pub(super) fn get<E>(&self, slug: &Slug, open: impl FnOnce() -> Result<Arc<T>, E>) -> Result<Arc<T>, E> {
        let place = self.place(slug);
        let mut held = place.hold();
        if let Some(open) = held.clone() {
            drop(held);
            drop(place);
            self.make_room();
            return Ok(open);
        }
        let opened = open();
        if let Ok(opened) = &opened {
            *held = Some(Arc::clone(opened));
        }
        drop(held);
        drop(place);
        match &opened {
            Ok(_) => self.make_room(),
            Err(_) => self.tidy(slug),
        }
        opened
    }

    /// Closes one that nobody uses. Answers whether it is closed.
    pub(super) fn close_unused(&self, slug: &Slug) -> bool {
        let place = self
            .places()
            .by_slug
            .get(slug)
            .map(|(_, place)| Arc::clone(place));
        let closed = place.is_none_or(|place| close(&place) != Closing::InUse);
        self.tidy(slug);
        closed
    }

    /// Lets go of one, whoever still uses it: what it stands for is no longer here.
    pub(super) fn let_go(&self, slug: &Slug) -> Option<Arc<T>> {
        let place = {
            let places = self.places();
            Arc::clone(&places.by_slug.get(slug)?.1)
        };
        let gone = place.hold().take();
        drop(place);
        self.tidy(slug);
        gone
    }

    /// The one of that name, if it is open and nobody is at its place; it counts as used.
    pub(super) fn at_hand(&self, slug: &Slug) -> Option<Arc<T>> {
        let place = {
            let mut places = self.places();
            places.turn += 1;
            let turn = places.turn;
            let (used, place) = places.by_slug.get_mut(slug)?;
            *used = turn;
            Arc::clone(place)
        };
        let held = place.hold_if_free()?;
        held.clone()
    }

    /// Whether that one is open, or just being opened or closed.
    pub(super) fn has(&self, slug: &Slug) -> bool {
        let places = self.places();
        let place = places.by_slug.get(slug);
        place.is_some_and(|(_, place)| place.hold_if_free().is_none_or(|held| held.is_some()))
    }

    /// All that are open; one that is just being opened or closed is not waited for.
    pub(super) fn all(&self) -> Vec<Arc<T>> {
        let places = self.places();
        let open = places.by_slug.values();
        open.filter_map(|(_, place)| place.hold_if_free()?.clone())
            .collect()
    }

    /// The process is about to stop. Answers all that are open.
    pub(super) fn end(&self) -> Vec<Arc<T>> {
        self.ending.store(true, Ordering::SeqCst);
        self.all()
    }

    /// Whether the process is about to stop.
    pub(super) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::SeqCst)
    }

    fn places(&self) -> MutexGuard<'_, Places<T>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self, slug: &Slug) -> Arc<Place<T>> {
        let mut places = self.places();
        places.turn += 1;
        let turn = places.turn;
        let empty = || (turn, Arc::new(Place(Mutex::new(None))));
        let (used, place) = places.by_slug.entry(slug.clone()).or_insert_with(empty);
        *used = turn;
        Arc::clone(place)
    }

    /// Closes those used least lately, as long as there are too many and one that nobody uses.
    fn make_room(&self) {
        let (mut over, mut unused) = {
            let places = self.places();
            let over = places.by_slug.len().saturating_sub(self.most());
            if over == 0 {
                return;
            }
            let unused: Vec<(u64, Slug, Arc<Place<T>>)> = places
                .by_slug
                .iter()
                .filter(|(_, (_, place))| place.is_unused())
                .map(|(slug, (used, place))| (*used, slug.clone(), Arc::clone(place)))
                .collect();
            (over, unused)
        };
        unused.sort_by_key(|(used, ..)| *used);
        for (_, slug, place) in unused {
            let closed = close(&place) == Closing::Closed;
            drop(place);
            self.tidy(&slug);
            over -= usize::from(closed);
            if over == 0 {
                return;
            }
        }
    }

    /// Takes an empty place away. Who is on the way to it keeps it: there is never a second one of that name.
    fn tidy(&self, slug: &Slug) {
        let mut places = self.places();
        let is_idle = |(_, place): &(u64, Arc<Place<T>>)| {
            Arc::strong_count(place) == 1 && place.hold_if_free().is_some_and(|held| held.is_none())
        };
        if places.by_slug.get(slug).is_some_and(is_idle) {
            places.by_slug.remove(slug);
        }
    }
}

#[derive(PartialEq)]
enum Closing {
    Closed,
    WasClosed,
    InUse,
}

/// Closes what stands at a place, if nobody uses it. The place is held until that is done, so that whoever asks for
/// it meanwhile opens it only then.
fn close<T>(place: &Place<T>) -> Closing {
    let Some(mut held) = place.hold_if_free() else {
        return Closing::InUse;
    };
    match held.take() {
        None => Closing::WasClosed,
        // Others can only be had from this place, and it is held.
        Some(open) => match Arc::try_unwrap(open) {
            Ok(unused) => {
                drop(unused);
                Closing::Closed
            }
            Err(used) => {
                *held = Some(used);
                Closing::InUse
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::mpsc::channel;

    use super::*;

    fn slug(n: usize) -> Slug {
        format!("ville-{n}").parse().unwrap()
    }

    /// What stands for a store: opened twice at once it is damaged, and its writes count.
    #[derive(Default)]
    struct File {
        open: AtomicBool,
        opened: AtomicUsize,
        written: AtomicUsize,
    }

    struct Opened(Arc<File>);

    impl Opened {
        fn open(file: &Arc<File>) -> Result<Arc<Self>, String> {
            assert!(
                !file.open.swap(true, Ordering::SeqCst),
                "open twice at the same time"
            );
            file.opened.fetch_add(1, Ordering::SeqCst);
            Ok(Arc::new(Self(Arc::clone(file))))
        }
    }

    impl Drop for Opened {
        fn drop(&mut self) {
            assert!(self.0.open.swap(false, Ordering::SeqCst), "closed twice");
        }
    }

    fn files(n: usize) -> Vec<Arc<File>> {
        (0..n).map(|_| Arc::default()).collect()
    }

    #[test]
    fn what_is_at_hand_is_open_and_nobody_is_waited_for() {
        let table: Table<()> = Table::keeping(2);
        let slug = slug(1);
        assert!(
            table.at_hand(&slug).is_none() && !table.has(&slug),
            "nothing is opened for it"
        );
        table.get(&slug, || Ok::<_, String>(Arc::default())).unwrap();
        assert!(table.at_hand(&slug).is_some());
        let place = table.place(&slug);
        let held = place.hold();
        assert!(table.at_hand(&slug).is_none(), "somebody opens or closes it");
        drop(held);
        assert!(table.at_hand(&slug).is_some());
    }

    #[test]
    fn many_threads_on_a_small_table_open_nothing_twice_and_lose_nothing() {
        const THREADS: usize = 16;
        const TURNS: usize = 2_000;
        let (table, files) = (Table::keeping(2), files(7));
        let together = Barrier::new(THREADS);
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                let (table, files, together) = (&table, &files, &together);
                scope.spawn(move || {
                    together.wait();
                    for turn in 0..TURNS {
                        let n = (thread + turn * (1 + thread % 3)) % files.len();
                        let open = table.get(&slug(n), || Opened::open(&files[n])).unwrap();
                        assert!(open.0.open.load(Ordering::SeqCst), "used after it was closed");
                        open.0.written.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        let written: usize = files.iter().map(|file| file.written.load(Ordering::SeqCst)).sum();
        assert_eq!(written, THREADS * TURNS);
        let opened: usize = files.iter().map(|file| file.opened.load(Ordering::SeqCst)).sum();
        assert!(
            opened > files.len(),
            "some were closed and opened again: {opened}"
        );
        // Whoever opens next makes the room that was in use before.
        drop(table.get(&slug(0), || Opened::open(&files[0])).unwrap());
        drop(table.get(&slug(1), || Opened::open(&files[1])).unwrap());
        drop(table.get(&slug(2), || Opened::open(&files[2])).unwrap());
        assert!(table.all().len() <= 2);
        let left = files.iter().filter(|file| file.open.load(Ordering::SeqCst));
        assert_eq!(left.count(), table.all().len());
        let places = table.places().by_slug.len();
        assert!(places <= 2, "empty places are left: {places}");
    }

    #[test]
    fn while_one_is_being_opened_another_is_had_at_once() {
        let (table, files) = (Table::keeping(4), files(2));
        let files = &files;
        let (begun, has_begun) = channel();
        let (go_on, may_go_on) = channel::<()>();
        std::thread::scope(|scope| {
            let slow = scope.spawn(|| {
                table.get(&slug(0), move || {
                    begun.send(()).unwrap();
                    may_go_on.recv().unwrap();
                    Opened::open(&files[0])
                })
            });
            has_begun.recv().unwrap();
            // With one lock around every opening this would wait for ever.
            table.get(&slug(1), || Opened::open(&files[1])).unwrap();
            assert_eq!(table.all().len(), 1, "one that is being opened is not waited for");
            go_on.send(()).unwrap();
            assert!(slow.join().unwrap().is_ok());
        });
        assert_eq!(table.all().len(), 2);
    }

    #[test]
    fn what_somebody_uses_stays_open_and_the_one_used_least_lately_goes() {
        let (table, files) = (Table::keeping(2), files(4));
        let get = |n: usize| table.get(&slug(n), || Opened::open(&files[n])).unwrap();
        let is_open = |n: usize| files[n].open.load(Ordering::SeqCst);
        let listener = get(0);
        drop(get(1));
        drop(get(2));
        assert!(is_open(0) && !is_open(1) && is_open(2), "the unused one went");
        let other = get(2);
        drop(get(3));
        assert!(is_open(0) && is_open(2), "both are in use");
        assert!(!table.close_unused(&slug(0)));
        drop((listener, other));
        drop(get(3));
        drop(get(1));
        assert_eq!(table.all().len(), 2, "the table is back at its bound");
        assert!(is_open(1) && is_open(3));
        assert!(table.close_unused(&slug(3)) && !is_open(3));
        assert!(table.close_unused(&slug(3)), "it was closed");
    }

    #[test]
    fn what_cannot_be_opened_is_not_held_and_is_tried_again() {
        let (table, files) = (Table::keeping(2), files(1));
        let refused = table.get(&slug(0), || Err::<Arc<Opened>, _>("no key".to_owned()));
        assert_eq!(refused.err().as_deref(), Some("no key"));
        assert!(table.places().by_slug.is_empty());
        let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _ = table.get(&slug(0), || -> Result<Arc<Opened>, String> {
                panic!("a fault of ours")
            });
        }));
        assert!(died.is_err());
        assert!(table.get(&slug(0), || Opened::open(&files[0])).is_ok());
    }

    #[test]
    fn a_table_that_ends_says_so() {
        let (table, files) = (Table::keeping(2), files(1));
        table.get(&slug(0), || Opened::open(&files[0])).unwrap();
        assert!(!table.is_ending());
        assert_eq!(table.end().len(), 1);
        assert!(table.is_ending());
    }
}
