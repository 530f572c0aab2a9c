//! Who serves, and who must be alone for that: a store is not exchanged under a server.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Host, HostError, HostLock};

/// The name of the lock.
const SERVING: &str = "serving";
/// How often a lock that goes with a connection is looked after.
const LOOK: Duration = Duration::from_secs(5);

/// Held by a process as long as it serves: whoever exchanges a store of this host is refused.
pub struct Serving {
    stop: Arc<AtomicBool>,
    keeper: Option<JoinHandle<()>>,
    lock: Option<HostLock>,
}

impl Host {
    /// Begins to serve, together with other processes.
    ///
    /// # Errors
    /// [`HostError::Exchanging`] while a store of this host is being exchanged.
    pub fn begin_serving(self: &Arc<Self>) -> Result<Serving, HostError> {
        let lock = self.backend().try_share(SERVING)?.ok_or(HostError::Exchanging)?;
        let stop = Arc::new(AtomicBool::new(false));
        if self.backend().pool().is_none() {
            return Ok(Serving {
                stop,
                keeper: None,
                lock: Some(lock),
            });
        }
        let (host, stopped) = (Arc::clone(self), Arc::clone(&stop));
        let keeper = std::thread::Builder::new()
            .name("preau-serving".into())
            .spawn(move || keep(&host, lock, &stopped))
            .map_err(|error| HostError::Folder(error.to_string()))?;
        Ok(Serving {
            stop,
            keeper: Some(keeper),
            lock: None,
        })
    }

    /// Holds the host against whoever serves it, until it is dropped.
    ///
    /// # Errors
    /// [`HostError::Served`] while a process serves it, or is alone itself.
    pub fn unserved(&self) -> Result<HostLock, HostError> {
        self.backend().try_lock(SERVING)?.ok_or(HostError::Served)
    }
}

/// Takes the lock again whenever the connection it went with was lost.
fn keep(host: &Host, lock: HostLock, stopped: &AtomicBool) {
    let mut held = Some(lock);
    while !stopped.load(Ordering::Relaxed) {
        std::thread::park_timeout(LOOK);
        if held.as_mut().is_some_and(HostLock::is_held) {
            continue;
        }
        held = match host.backend().try_share(SERVING) {
            Ok(taken) => {
                if taken.is_none() {
                    tracing::error!("a store of this host is being exchanged while this process serves it");
                }
                taken
            }
            Err(_) => None,
        };
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(keeper) = self.keeper.take() {
            keeper.thread().unpark();
            let _ = keeper.join();
        }
        self.lock = None;
    }
}
