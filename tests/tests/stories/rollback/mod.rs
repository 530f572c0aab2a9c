//! The rollback matrix: a server put back to a backup of any age, tablets in any state, and whatever
//! the server wrote in between. Every cell ends alike: each mark that a living tablet holds is on the
//! server and on all tablets of the site, once; digests are equal, `verify` is clean, nothing waits,
//! and a quiet exchange costs one round trip.
//!
//! A restore begins a new branch, on which lists come back too, and the server learns who agrees with it.
//!
//! Nobody is told of the rollback. What the tablets cannot bring back is what no living tablet held.

mod cell;
mod ground;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use ground::Ground;

/// How old the backup is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    /// Just before the last exchange.
    LastExchange,
    /// Of the evening before.
    OneDay,
    /// Of the first evening.
    Days,
    /// Before the tablet was enrolled.
    BeforeEnrolment,
    /// A store with the same key and nothing but the founding.
    Founding,
}

/// How the fire finds the tablet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Everything was acknowledged.
    Acknowledged,
    /// Taps wait, on today's sheet and on an older one.
    Pending,
    /// The server had committed its taps, and the answer never came.
    AnswerLost,
    /// It has met the server on the first day only, and tapped every day.
    OffLine,
    /// Two tablets live from one image, and both tap.
    Cloned,
    /// Its own memory is that of two days ago, and it taps.
    SetBack,
    /// It was withdrawn after the backup, and another tablet knows that.
    Withdrawn,
    /// Its program starts anew between two taps.
    Restarted,
    /// Its lists are newer than the server's.
    NewerLists,
}

/// What the server wrote after it was put back, before the tablet came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrote {
    /// Nothing.
    Nothing,
    /// The other tablet tapped on, and came first.
    OthersFirst,
    /// The same tablet tapped on before it noticed.
    SameTablet,
    /// The desk changed today's list.
    Lists,
    /// The desk wrote until the journal was longer than the one that burnt.
    PastTheHead,
    /// A new tablet pointed on the same sheets.
    NewActor,
}

const AGES: [Age; 5] = [
    Age::LastExchange,
    Age::OneDay,
    Age::Days,
    Age::BeforeEnrolment,
    Age::Founding,
];
const STATES: [State; 9] = [
    State::Acknowledged,
    State::Pending,
    State::AnswerLost,
    State::OffLine,
    State::Cloned,
    State::SetBack,
    State::Withdrawn,
    State::Restarted,
    State::NewerLists,
];
const WROTE: [Wrote; 6] = [
    Wrote::Nothing,
    Wrote::OthersFirst,
    Wrote::SameTablet,
    Wrote::Lists,
    Wrote::PastTheHead,
    Wrote::NewActor,
];

/// A cell of the matrix.
#[derive(Clone, Copy, Debug)]
struct Cell {
    age: Age,
    state: State,
    wrote: Wrote,
    /// Put back by a restore: it stands on a new branch.
    forked: bool,
}

impl Cell {
    /// Round trips that the dearest exchange of this cell may take: one that finds out and one that
    /// mends it. Showing the credential to a server that does not know the tablet costs one more, and
    /// so does a tablet whose own memory is not the server's last word on it.
    fn trips(self) -> u32 {
        let stranger = matches!(self.age, Age::BeforeEnrolment | Age::Founding);
        let doubled = matches!(self.state, State::Cloned | State::SetBack);
        let mends = if self.forked { RESTORED } else { SET_BACK };
        mends + u32::from(stranger) + u32::from(doubled)
    }

    /// Bytes up and down that the dearest exchange may take.
    fn bytes(self) -> u64 {
        if self.forked { 2 * BYTES } else { BYTES }
    }
}

/// Trips after a store was put back: one that finds out and one that mends it.
const SET_BACK: u32 = 2;
/// The same on a new branch, with lists to hand back, and the word that all is back.
const RESTORED: u32 = 4;

/// Bytes up and down that the dearest exchange may take: all lists of the site and all sheets, twice.
const BYTES: u64 = 24_000;

/// Fifty-four cells in which any two values of two axes meet.
fn pairs(forked: bool) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (s, state) in STATES.into_iter().enumerate() {
        for (w, wrote) in WROTE.into_iter().enumerate() {
            let age = AGES[(s + w) % AGES.len()];
            cells.push(Cell {
                age,
                state,
                wrote,
                forked,
            });
        }
    }
    cells
}

/// All two hundred and seventy.
fn whole(forked: bool) -> Vec<Cell> {
    let mut cells = Vec::new();
    for age in AGES {
        for state in STATES {
            cells.extend(WROTE.map(|wrote| Cell {
                age,
                state,
                wrote,
                forked,
            }));
        }
    }
    cells
}

/// Plays cells on two threads and says which failed, and how.
#[track_caller]
fn play(cells: &[Cell]) {
    let ground = Ground::lived();
    let next = AtomicUsize::new(0);
    let failed: Mutex<Vec<String>> = Mutex::default();
    let fails = |cell: &Cell, why: &str| {
        let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.push(format!("{cell:?}: {why}"));
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(cell) = cells.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match catch_unwind(AssertUnwindSafe(|| cell::play(&ground, *cell))) {
                        Ok(cost) if cost.round_trips > cell.trips() || cost.bytes > cell.bytes() => {
                            fails(cell, &format!("an exchange took {cost:?}"));
                        }
                        Ok(_) => {}
                        Err(why) => fails(cell, why.downcast_ref::<String>().map_or("?", |why| why)),
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(
        failed.is_empty(),
        "{} of {} cells:\n{}",
        failed.len(),
        cells.len(),
        failed.join("\n")
    );
}

/// The pairs that a run takes.
fn some(forked: bool) -> Vec<Cell> {
    let mut cells = pairs(forked);
    if test_postgres::wanted() {
        // Copying a database takes longer than all else: two cells for each state of a tablet.
        cells.retain({
            let mut nth = 0..;
            move |_| {
                nth.next()
                    .is_some_and(|n: usize| (n / WROTE.len() + n % WROTE.len()).is_multiple_of(3))
            }
        });
    }
    cells
}

#[test]
fn whatever_was_lost_comes_back_in_every_pair_of_circumstances() {
    play(&some(false));
}

#[test]
fn whatever_was_lost_comes_back_on_a_new_branch_too() {
    play(&some(true));
}

#[test]
#[ignore = "a minute and more: scripts/test.sh --test stories rollback -- --ignored"]
fn whatever_was_lost_comes_back_in_every_cell() {
    play(&whole(false));
    play(&whole(true));
}
