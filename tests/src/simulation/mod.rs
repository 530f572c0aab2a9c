//! Seeded worlds in one process: real tablets and a real server on real files, time and randomness in the world's
//! hands, and between them a line that loses, repeats, reorders, delays and damages. What a world comes to is held
//! against a simple book: which marks were green where, which places still live, which copies were put back.
//! docs/simulation.md says what is covered and what was found.

mod case;
mod faulty;
mod fire;
mod ground;
mod hall;
mod heal;
mod line;
mod lists;
mod merge;
mod offsite;
mod oracle;
mod pad;
mod scratch;
mod search;
mod shrink;
mod taps;
mod world;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use case::{Case, Deed, Lie, Step};
pub use search::{Found, Search, search};
pub use shrink::shrink;

use crate::Dice;

/// A rule that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub what: String,
    /// In which step, counted from 0; `None` while the world was healing.
    pub at: Option<usize>,
}

impl Wrong {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            at: None,
        }
    }

    /// What is wrong without its ids and numbers: two worlds go wrong in one way when these are equal.
    pub fn kind(&self) -> String {
        let plain = |word: &&str| !word.contains(|c: char| c.is_ascii_digit());
        self.what
            .split([' ', '-', ':'])
            .filter(plain)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// For an error that nothing excuses.
    pub(crate) fn of<E: fmt::Debug>(what: &'static str) -> impl Fn(E) -> Self {
        move |error| Self::new(format!("{what}: {error:?}"))
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "{} (in step {at})", self.what),
            None => write!(f, "{} (in the end)", self.what),
        }
    }
}

/// What happened in worlds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Worlds.
    pub worlds: u64,
    /// Simulated minutes.
    pub minutes: u64,
    /// Steps.
    pub steps: u64,
    /// Taps that were green.
    pub taps: u64,
    /// Taps that were refused.
    pub refused: u64,
    /// Exchanges that ended well.
    pub exchanges: u64,
    /// Frames that reached the server.
    pub frames: u64,
    /// Messages lost, damaged, or heard again.
    pub line_troubles: u64,
    /// Deaths of a tablet's or the server's process.
    pub deaths: u64,
    /// Statements and commits that found a disk full, on tablets or the server.
    pub full: u64,
    /// Clocks set.
    pub clocks: u64,
    /// Tablets set back or doubled.
    pub tablets_back: u64,
    /// Servers set back.
    pub servers_back: u64,
    /// Tablets withdrawn or lost.
    pub gone: u64,
    /// Turns of shipping.
    pub ships: u64,
    /// Objects off-site that somebody damaged or took away.
    pub spoilt: u64,
    /// Servers of which nothing was left.
    pub fires: u64,
    /// Attempts to restore one, those that were killed or refused included.
    pub attempts: u64,
    /// Servers restored from off-site.
    pub restored: u64,
    /// Servers rebuilt from their key and their tablets.
    pub rebuilt: u64,
    /// Reservations that an agent took back from tablets' lists.
    pub taken_back: u64,
    /// Runs of a merge that ended.
    pub merges: u64,
    /// Lost entries that a merge wrote, found there, left to a person, or only told.
    pub merged: u64,
    /// Parts of the service opened or closed.
    pub switched: u64,
    /// Most rounds of exchanges until a world was quiet.
    pub rounds: u64,
}

impl Tally {
    /// Adds another.
    pub fn add(&mut self, other: &Self) {
        self.worlds += other.worlds;
        self.minutes += other.minutes;
        self.steps += other.steps;
        self.taps += other.taps;
        self.refused += other.refused;
        self.exchanges += other.exchanges;
        self.frames += other.frames;
        self.line_troubles += other.line_troubles;
        self.deaths += other.deaths;
        self.full += other.full;
        self.clocks += other.clocks;
        self.tablets_back += other.tablets_back;
        self.servers_back += other.servers_back;
        self.gone += other.gone;
        self.ships += other.ships;
        self.spoilt += other.spoilt;
        self.fires += other.fires;
        self.attempts += other.attempts;
        self.restored += other.restored;
        self.rebuilt += other.rebuilt;
        self.taken_back += other.taken_back;
        self.merges += other.merges;
        self.merged += other.merged;
        self.switched += other.switched;
        self.rounds = self.rounds.max(other.rounds);
    }
}

/// What is left of a world, in one number each: the same story ends in the same numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// What happened.
    pub tally: Tally,
    /// Branch, number and hash of the newest entry of the server's journal: it stands for all before. Without the
    /// hash where the server came back from a loss.
    pub head: String,
}

/// Plays a story to its end, heals the world, and looks whether every rule held.
///
/// # Errors
/// The first rule that did not; a panic is one.
pub fn play(case: &Case) -> Result<Ending, Wrong> {
    // Tablet and server draw from one source each, so that what one draws does not move the other's.
    let source = |salt: u64| {
        let mut dice = Dice::from_seed(case.seed ^ salt);
        Box::new(move |bytes: &mut [u8]| dice.fill(bytes))
    };
    // Made before the world's randomness begins, whichever world is the first of the process.
    ground::made();
    #[expect(clippy::disallowed_methods, reason = "a simulated world")]
    let _drawn = (
        tablet_replica::clock::draw_from(source(0x7461_626c)),
        sync_server::clock::draw_from(source(0x7365_7276)),
    );
    let mut at = None;
    let played = catch_unwind(AssertUnwindSafe(|| {
        let mut world = world::World::new(case)?;
        for (n, step) in case.steps.iter().enumerate() {
            at = Some(n);
            world.step(step)?;
        }
        at = None;
        world.heal()?;
        world.judge()?;
        world.ending()
    }));
    let said = |panic: Box<dyn std::any::Any + Send>| {
        let text = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Wrong::new(format!("a panic: {}", text.unwrap_or_default()))
    };
    played
        .unwrap_or_else(|panic| Err(said(panic)))
        .map_err(|wrong| Wrong { at, ..wrong })
}
