//! The shipper: what a commune wrote is off-site a few seconds later, and proved to be.
//!
//! One thread keeps the turns and a few work, so that no request ever waits for the target: what is slow,
//! full or gone costs the shipper's own time. A commune has a turn when it changed, two seconds after the
//! last at the soonest; one whose target fails waits longer from try to try. Of all processes that serve a
//! commune one ships at a time ([`crate::jobs::lease`]). In a turn, the journal is read by a plain reader
//! and put as segments; each is read back, opened and compared before the row `offsite` moves on. When all
//! of it is there, the printable lists of the coming days and what is public follow.

mod beside;
mod by_hand;
mod failure;
mod fork;
mod history;
mod keep;
mod lists;
mod piece;
mod public;
mod queue;
pub(super) mod snapshots;
mod survey;
#[cfg(test)]
mod tests;
mod turn;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use shared::slug::Slug;
use shared::time::UtcMs;

use super::Target;
use crate::clock::{Stopwatch, random};
use crate::commune::Commune;
use crate::host::{Host, HostError};
use crate::jobs::lease::Holder;
use crate::metrics;
use crate::store::StoreError;
use queue::{Queue, Turn};
use turn::{Known, Means};

pub use by_hand::ByHand;
pub use failure::Failure as ShipFailure;
pub(crate) use lists::DAYS_AHEAD;
pub(crate) use public::{LONGEST_PAGE, MEDIA_TYPES};
pub use snapshots::Sent;

/// So many communes have their turn at a time.
const WORKERS: usize = 4;
/// A worker that has nothing to do looks again after so long at most.
const NAP: Duration = Duration::from_secs(1);

/// The threads that ship; dropping it ends them at once.
pub struct Shipper {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    host: Arc<Host>,
    means: Means,
    queue: Mutex<Queue>,
    wake: Condvar,
    known: Mutex<BTreeMap<Slug, Arc<Mutex<Known>>>>,
    over: AtomicBool,
}

impl Shipper {
    /// Starts shipping every commune of a host. Those that are on the list are looked at one after the
    /// other, those that are opened or written as soon as they are.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when there is no folder or thread to be had.
    pub fn start(host: &Arc<Host>, target: Target, keep_ms: i64) -> Result<Self, StoreError> {
        let unavailable = |error: std::io::Error| StoreError::Unavailable(error.to_string());
        let passing = snapshots::passing_folder(host.data()).map_err(unavailable)?;
        snapshots::sweep(&passing);
        metrics::ships();
        let shared = Arc::new(Shared {
            host: Arc::clone(host),
            means: Means {
                target,
                keep_ms,
                long: turn::LONG,
                passing,
                holder: Holder::drawn(),
                stopping: AtomicBool::new(false),
                beside: true,
            },
            queue: Mutex::default(),
            wake: Condvar::new(),
            known: Mutex::default(),
            over: AtomicBool::new(false),
        });
        let heard = Arc::downgrade(&shared);
        host.at_opening(move |commune| {
            let (slug, heard) = (commune.slug.clone(), heard.clone());
            let changed = move || {
                if let Some(shared) = heard.upgrade() {
                    shared.changed(&slug);
                }
            };
            changed();
            commune.at_write(changed);
        });
        for commune in host.held_open() {
            // It was opened before: whoever writes it is not heard, but it is looked at now and then.
            shared.changed(&commune.slug);
        }
        let mut threads = Vec::new();
        for n in 0..WORKERS {
            let shared = Arc::clone(&shared);
            let work = move || {
                if n == 0 {
                    shared.enlist();
                }
                shared.work();
            };
            let builder = std::thread::Builder::new().name(format!("preau-ship-{n}"));
            threads.push(builder.spawn(work).map_err(unavailable)?);
        }
        Ok(Self { shared, threads })
    }

    /// Where it ships to.
    pub fn target(&self) -> &Target {
        &self.shared.means.target
    }

    /// Ships what is owed, for as long as `within`, then ends. What is left is shipped by whoever comes next.
    pub fn finish(mut self, within: Duration) {
        let shared = &self.shared;
        shared.means.stopping.store(true, Ordering::Relaxed);
        shared.queue().hurry(shared.now());
        shared.wake.notify_all();
        let watch = Stopwatch::start();
        let mut queue = shared.queue();
        while !queue.is_over() && watch.seconds() < within.as_secs_f64() {
            queue = shared
                .wake
                .wait_timeout(queue, NAP / 10)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        let owed = queue.owed().len();
        drop(queue);
        if owed > 0 {
            tracing::warn!(
                communes = owed,
                "not everything is off-site; it is shipped at the next start"
            );
        }
        self.end();
    }

    /// Tells it to end, and does not wait.
    pub fn abandon(mut self) {
        self.threads.clear();
    }

    fn end(&mut self) {
        self.shared.over.store(true, Ordering::Relaxed);
        self.shared.means.target.stop();
        self.shared.wake.notify_all();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
        let known = std::mem::take(&mut *self.shared.known());
        for (slug, known) in known {
            let open = self
                .shared
                .host
                .held_open()
                .into_iter()
                .find(|commune| commune.slug == slug);
            if let (Some(commune), Ok(mut known)) = (open, known.lock()) {
                turn::leave(&commune, &mut known);
            }
        }
    }
}

impl Drop for Shipper {
    fn drop(&mut self) {
        self.end();
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<Slug, Arc<Mutex<Known>>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> UtcMs {
        self.host.clock.now()
    }

    fn changed(&self, slug: &Slug) {
        self.queue().changed(slug, self.now());
        self.wake.notify_one();
    }

    /// Every commune of the list is looked at once, whether anybody asks for it or not.
    fn enlist(&self) {
        match self.host.list() {
            Ok(listed) => {
                let now = self.now();
                let mut queue = self.queue();
                for one in listed {
                    queue.add(&one.slug, now);
                }
            }
            Err(error) => {
                tracing::error!(%error, "the list of communes cannot be read: those are shipped that are used");
            }
        }
    }

    fn work(&self) {
        while !self.over.load(Ordering::Relaxed) {
            let mut queue = self.queue();
            match queue.take(self.now()) {
                Ok(slug) => {
                    drop(queue);
                    self.take_turn(&slug);
                }
                Err(due) => {
                    let until = due.map_or(NAP, |due| {
                        let ms = due.0.saturating_sub(self.now().0).max(1);
                        Duration::from_millis(ms as u64).min(NAP)
                    });
                    let _ = self.wake.wait_timeout(queue, until);
                }
            }
        }
    }

    fn take_turn(&self, slug: &Slug) {
        let turn = catch_unwind(AssertUnwindSafe(|| self.turn(slug))).unwrap_or_else(|_| {
            tracing::error!(commune = %slug, "shipping panicked; it is tried again");
            Turn::Failed
        });
        let stopping = self.means.stopping.load(Ordering::Relaxed);
        let uneven = i64::from(u16::from_be_bytes(random())) % 1_000;
        let mut queue = self.queue();
        match turn {
            // One last try each.
            Turn::Rests | Turn::Sleeps | Turn::Failed | Turn::Theirs(_) if stopping => queue.forget(slug),
            turn => queue.done(slug, turn, self.now(), uneven),
        }
        drop(queue);
        self.wake.notify_all();
    }

    fn turn(&self, slug: &Slug) -> Turn {
        let open = self
            .host
            .held_open()
            .into_iter()
            .find(|commune| commune.slug == *slug);
        let was_open = open.is_some();
        let commune = match open {
            Some(commune) => commune,
            None => match self.host.commune(slug.as_str()) {
                Ok(commune) => commune,
                Err(
                    HostError::Unknown(_) | HostError::Moved { .. } | HostError::Store(StoreError::Moved),
                ) => {
                    self.known().remove(slug);
                    return Turn::Gone;
                }
                Err(error) => {
                    tracing::debug!(commune = %slug, %error, "a commune that cannot be opened is not shipped");
                    return Turn::Failed;
                }
            },
        };
        let known = Arc::clone(self.known().entry(slug.clone()).or_default());
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = turn::turn(&commune, &self.means, &mut known);
        if was_open || turn != Turn::Rests {
            return turn;
        }
        turn::leave(&commune, &mut known);
        drop(commune);
        self.host.close_unused(slug);
        Turn::Sleeps
    }
}

/// Puts a snapshot off-site by hand: made, put, read back, proved.
///
/// # Errors
/// [`ShipFailure`].
pub fn send_snapshot(commune: &Commune, target: &Target, data: &Path) -> Result<Sent, ShipFailure> {
    let folder = snapshots::passing_folder(data)?;
    snapshots::send(commune, target, &folder)
}
