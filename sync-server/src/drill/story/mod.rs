//! What happens, day by day.

mod after;
mod before;
mod fire;
mod reckoning;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use super::acts::{Acts, Work};
use super::desk::{Account, Desk, Wish};
use super::facts::{Facts, Key};
use super::held::Held;
use super::report::Report;
use super::tally::Things;
use super::world::World;
use super::{DrillError, Sabotage};
use crate::clock::Stopwatch;

/// The story with all that is remembered of it.
pub(super) struct Story<'w> {
    world: World<'w>,
    acts: Acts,
    /// Children pointed on a whole day, at most.
    children: usize,
    /// The record as the town was founded.
    founding: Facts,
    /// In the store that burnt, or on a tablet, when it burnt.
    before: Facts,
    /// What had been shipped off-site when the fire broke out, where anything was.
    shipped: Things,
    /// In the rebuilt server, before anybody touched it.
    survived: Things,
    /// The newest entry that came back with the backup.
    fork: u64,
    /// The journal that burnt; once it is known what came back, only what is newer.
    burnt: Vec<fire::BurntEntry>,
    /// What living things hold.
    held: Held,
    /// After tablets alone, in a copy of the world.
    reseeded: Things,
    /// Where the burnt data lie.
    disk: PathBuf,
    /// The store that a restore set aside, where both lie in one database.
    set_aside: Option<String>,
    /// Whoever had to help with a link of the host after the loss.
    helper: Option<Account>,
    /// The agent who was added on the day that burnt.
    newcomer: Option<Account>,
    merge: Option<(Value, Value)>,
    problems: Vec<String>,
}

/// Plays it all.
///
/// # Errors
/// [`DrillError`] when it does not come to its end.
pub(super) fn play(world: World<'_>) -> Result<Report, DrillError> {
    let watch = Stopwatch::start();
    let children = world.options.children;
    let disk = world.path("disque-perdu");
    let mut story = Story {
        world,
        acts: Acts::default(),
        children,
        founding: Facts::default(),
        before: Facts::default(),
        shipped: Things::new(),
        survived: Things::new(),
        fork: 0,
        burnt: Vec::new(),
        held: BTreeMap::new(),
        reseeded: Things::new(),
        disk,
        set_aside: None,
        helper: None,
        newcomer: None,
        merge: None,
        problems: Vec::new(),
    };
    story.is_founded()?;
    story.eve()?;
    story.last_day()?;
    story.burns()?;
    story.is_rebuilt()?;
    story.goes_on()?;
    story.tablets_alone()?;
    story.disk_is_found()?;
    story.tablets_come_back()?;
    story.reckoning(watch)
}

impl Story<'_> {
    fn say(&self, words: &str) {
        self.world.say(words);
    }

    fn is_sabotaged(&self, how: Sabotage) -> bool {
        self.world.options.sabotage == Some(how)
    }

    /// Notes what was done before the fire, as whoever did it was told.
    fn did(&mut self, keys: impl IntoIterator<Item = Key>) {
        self.world.done.extend(keys);
    }
}

/// An agent does a day's work.
fn do_work(desk: &mut Desk, work: &Work) -> Result<BTreeSet<Key>, DrillError> {
    let mut done = BTreeSet::new();
    for booking in &work.books {
        desk.book(&wish(booking))?;
        done.insert(booking.key());
    }
    for booking in &work.cancels {
        desk.cancel(&wish(booking))?;
        done.extend(booking.standing.map(Key::Cancellation));
    }
    for (n, household) in work.moves.iter().enumerate() {
        let who = household.to_string();
        let end = who.get(..6).unwrap_or_default();
        desk.move_family(
            *household,
            &format!("06 39 98 {:02} 01", n % 100),
            &format!("famille.{end}@demo.example"),
        )?;
        done.insert(Key::Household(*household));
    }
    Ok(done)
}

fn wish(booking: &super::acts::Booking) -> Wish<'_> {
    Wish {
        child: booking.about.3,
        what: booking.what,
        date: booking.about.1,
    }
}
