//! Looks for worlds that go wrong.

use std::time::Duration;

use super::{Case, Lie, Tally, Wrong, play, shrink};
use crate::clock::Stopwatch;

/// How long to look, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Search {
    /// The seed of the first world; the others follow it.
    pub seed: u64,
    /// How many worlds at most.
    pub worlds: u64,
    /// For how long at most; at least one world is played.
    pub time: Duration,
    /// A rule broken on purpose.
    pub lie: Lie,
}

/// A world that went wrong.
#[derive(Clone, Debug)]
pub struct Found {
    /// The story as it was drawn.
    pub case: Case,
    /// What was wrong.
    pub wrong: Wrong,
}

impl Found {
    /// The same story with as few steps as possible.
    #[must_use]
    pub fn shrunk(&self) -> Self {
        let (case, wrong) = shrink(&self.case, &self.wrong);
        Self { case, wrong }
    }
}

/// Plays one world after another until one goes wrong; answers it, with what happened in all of them.
pub fn search(search: Search) -> (Tally, Option<Found>) {
    let watch = Stopwatch::start();
    let mut tally = Tally::default();
    for n in 0..search.worlds {
        if n > 0 && watch.elapsed() >= search.time {
            break;
        }
        let case = Case::of(search.seed.wrapping_add(n)).lying(search.lie);
        match play(&case) {
            Ok(ending) => tally.add(&ending.tally),
            Err(wrong) => return (tally, Some(Found { case, wrong })),
        }
    }
    (tally, None)
}
