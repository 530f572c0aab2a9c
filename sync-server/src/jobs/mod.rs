//! What runs without being asked: once for each commune, whichever process does it.
//!
//! Every process of a host runs the same thread ([`Runner`]). It goes through the communes that the
//! process holds open (one that nobody asked for since the start has nothing to be done), looks at
//! each about once an hour, and does what is due and no other process does: [`lease`]. Its jobs:
//!
//! * `tidy`, hourly where there is something: sessions, throttles, imports in the making and contacts
//!   of tablets that are too old are removed;
//! * `sheets`, at each look where there is something: documents of sheets that are behind what tablets
//!   handed in are brought up and saved;
//! * `discrepancies`, at each look where something moved: the dates of the last five weeks are judged again,
//!   so that the desk counts what is open and its page is quick;
//! * `history`, at each look where something was written: of whom new entries of the journal speak;
//! * `accounts`, at each look where there is something: what opened accounts that families deleted longer ago than
//!   the town restores them is forgotten;
//! * `offers`, every minute where there is something: free places are offered to those who wait, offers and wishes that
//!   are over end, and what was to be paid in time and was not is given back;
//! * `check`, at night in the commune's own zone: the journal's chain, and every sheet against its
//!   rows. After a day on which something was written, and after a week in any case. It changes
//!   nothing: problems are a metric (`preau_check_problems`) and loud lines of the log.
//!
//! A look reads a few dozen rows and writes nothing, so that an idle commune costs about that an hour.

pub mod check;
pub mod ephemera;
#[cfg(test)]
pub(crate) mod ground;
pub mod lease;
mod offers;
mod round;
#[cfg(test)]
mod tests;
pub mod when;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use shared::time::UtcMs;

pub use round::{Course, Jobs, catch_up};

use crate::clock::Clock;
use crate::host::Host;
use crate::store::StoreError;

/// How often the communes that are open are gone through; most of them rest.
const ROUND_EVERY: Duration = Duration::from_mins(1);

/// The thread that runs the jobs of one process; dropping it ends it.
pub struct Runner {
    stop: Arc<Stop>,
    thread: Option<JoinHandle<()>>,
}

struct Stop {
    clock: Clock,
    asked: Mutex<bool>,
    wake: Condvar,
}

impl Course for Stop {
    fn now(&self) -> UtcMs {
        self.clock.now()
    }

    fn is_over(&self) -> bool {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Runner {
    /// Starts it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when there is no thread to be had.
    pub fn start(host: &Arc<Host>) -> Result<Self, StoreError> {
        let stop = Arc::new(Stop {
            clock: host.clock,
            asked: Mutex::new(false),
            wake: Condvar::new(),
        });
        let (host, course) = (Arc::clone(host), Arc::clone(&stop));
        let run = move || {
            let mut jobs = Jobs::default();
            while !course.is_over() {
                let communes = host.held_open();
                let round = AssertUnwindSafe(|| jobs.round(&communes, &*course));
                if catch_unwind(round).is_err() {
                    tracing::error!("a job panicked; the next round goes on");
                }
                drop(communes);
                let asked = course.asked.lock().unwrap_or_else(PoisonError::into_inner);
                let waited = course
                    .wake
                    .wait_timeout_while(asked, ROUND_EVERY, |asked| !*asked);
                drop(waited);
            }
        };
        let thread = std::thread::Builder::new()
            .name("preau-jobs".into())
            .spawn(run)
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            stop,
            thread: Some(thread),
        })
    }

    /// Ends it: a job under way ends at its next read, its lease is given back.
    pub fn stop(mut self) {
        self.end();
    }

    /// Tells it to end, and does not wait.
    pub fn abandon(mut self) {
        self.thread = None;
    }

    fn end(&mut self) {
        *self.stop.asked.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.wake.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.end();
    }
}
