//! That a process serves is noted each minute in the host's own list. Whoever begins to serve sees there for how
//! long no process did: several processes over one database note the same row, so that one of them is enough.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use shared::time::UtcMs;

use super::OUTAGE_MS;
use crate::host::Host;
use crate::store::{Read, Row, StoreError};

/// How often it is noted.
const BEAT: Duration = Duration::from_mins(1);
/// A span is told to communes for so long after its end, in ms: one that nobody opens for longer had no
/// tablets that waited.
const TOLD_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// A span in which no process served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// When one was last known to.
    pub from: UtcMs,
    /// When the next one began.
    pub until: UtcMs,
}

/// Notes that this process serves; dropping it ends that.
pub struct Alive {
    stop: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Alive {
    /// Begins, and answers the spans of the last months in which no process served: the one that ends now
    /// among them.
    ///
    /// # Errors
    /// [`StoreError`] of the host's list.
    pub fn begin(host: &Arc<Host>) -> Result<(Self, Vec<Silence>), StoreError> {
        let now = host.clock.now();
        let silences = host.control().write(move |tx| {
            let row = tx.first(include_str!("../record/control/alive_get.sql"), &[])?;
            let last = row.map(|row| row.int(0)).transpose()?;
            if let Some(last) = last.filter(|last| now.0.saturating_sub(*last) >= OUTAGE_MS) {
                tx.execute(
                    include_str!("../record/control/silence_put.sql"),
                    &[last.into(), now.into()],
                )?;
            }
            tx.execute(include_str!("../record/control/alive_put.sql"), &[now.into()])?;
            silences(tx, now)
        })?;
        let stop = Arc::new((Mutex::new(false), Condvar::new()));
        let (host, stopped) = (Arc::clone(host), Arc::clone(&stop));
        let thread = std::thread::Builder::new()
            .name("preau-alive".into())
            .spawn(move || beat(&host, &stopped))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let alive = Self {
            stop,
            thread: Some(thread),
        };
        Ok((alive, silences))
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        let (asked, wake) = &*self.stop;
        *asked.lock().unwrap_or_else(PoisonError::into_inner) = true;
        wake.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn beat(host: &Host, stop: &(Mutex<bool>, Condvar)) {
    let (asked, wake) = stop;
    loop {
        let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        let (asked, _) = wake
            .wait_timeout_while(asked, BEAT, |asked| !*asked)
            .unwrap_or_else(PoisonError::into_inner);
        let is_over = *asked;
        drop(asked);
        let now = host.clock.now();
        let noted = host
            .control()
            .write(move |tx| tx.execute(include_str!("../record/control/alive_put.sql"), &[now.into()]));
        if let Err(error) = noted {
            tracing::debug!(%error, "that this process serves is not noted");
        }
        if is_over {
            return;
        }
    }
}

fn silences<R: Read + ?Sized>(tx: &mut R, now: UtcMs) -> Result<Vec<Silence>, StoreError> {
    let since = now.plus_ms(-TOLD_MS);
    let rows = tx.query(include_str!("../record/control/silences.sql"), &[since.into()])?;
    rows.iter()
        .map(|row| {
            Ok(Silence {
                from: UtcMs(Row::int(row, 0)?),
                until: UtcMs(row.int(1)?),
            })
        })
        .collect()
}
