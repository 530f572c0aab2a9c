//! Who hears that a commune's record changed, whichever process changed it.
//!
//! A listener is told the newest point of the journal and nothing in between: it then looks for
//! itself. What this process writes is told at once. What others write is told by the engine where
//! it can ([`Commune::look`] is then called), and found by **one** watcher for each commune that
//! somebody listens to: every second it asks a file for the number that moves with every write of
//! others; where there is no such number it looks at the journal every few seconds, for the engine's
//! word may be lost. The watcher ends with the last listener.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::receipt::Position;
use tokio::sync::watch;

use crate::commune::Commune;
use crate::metrics::Listening;
use crate::store::StoreError;

/// How often the store is asked whether others wrote.
const ASK_EVERY: Duration = Duration::from_secs(1);
/// Every how many of these the journal is looked at where the store has no answer.
const LOOK_EVERY: u32 = 5;

/// Listeners of one commune in this process.
#[derive(Debug)]
pub(crate) struct Changes(Mutex<State>);

#[derive(Debug)]
struct State {
    /// `None` once the process is about to stop.
    newest: Option<watch::Sender<Option<Position>>>,
    listeners: usize,
    watched: bool,
}

impl Default for Changes {
    fn default() -> Self {
        Self(Mutex::new(State {
            newest: Some(watch::channel(None).0),
            listeners: 0,
            watched: false,
        }))
    }
}

impl Changes {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing is done under the lock that could leave it half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everyone, unless they were told as much.
    pub(crate) fn tell(&self, head: Position) {
        if let Some(newest) = &self.state().newest {
            newest.send_if_modified(|told| {
                let news = is_news(*told, &head);
                if news {
                    *told = Some(head);
                }
                news
            });
        }
    }

    /// Lets everyone go, and lets nobody in any more.
    pub(crate) fn close(&self) {
        self.state().newest = None;
    }

    /// How many listen.
    pub(crate) fn listeners(&self) -> usize {
        self.state().listeners
    }

    /// Whether the watcher goes on; when it does not, the next listener starts another.
    fn goes_on(&self) -> bool {
        let mut state = self.state();
        state.watched = state.listeners > 0 && state.newest.is_some();
        state.watched
    }
}

/// Whether `head` is more than what was told. Points of two branches cannot be compared: the last
/// word stands, and the next look sets it right.
fn is_news(told: Option<Position>, head: &Position) -> bool {
    told.is_none_or(|told| told.branch != head.branch || told.seq < head.seq)
}

/// Somebody who listens, until it is dropped.
pub struct Listener {
    commune: Arc<Commune>,
    newest: Option<watch::Receiver<Option<Position>>>,
    told: Option<Position>,
    _counted: Listening,
}

impl Listener {
    /// Listens to a commune. The watcher starts where there is a runtime to run it.
    pub(crate) fn new(commune: Arc<Commune>) -> Self {
        let mut state = commune.changes().state();
        state.listeners += 1;
        let newest = state.newest.as_ref().map(watch::Sender::subscribe);
        if let Ok(runtime) = tokio::runtime::Handle::try_current()
            && newest.is_some()
            && !state.watched
        {
            state.watched = true;
            runtime.spawn(watch(Arc::clone(&commune)));
        }
        drop(state);
        Self {
            commune,
            newest,
            told: None,
            _counted: Listening::begin(),
        }
    }

    /// The newest point of the journal: at once when nothing was told yet, then whenever there is a
    /// newer one. `None`: the process is about to stop, or the store cannot be read; whoever
    /// listened comes again, here or elsewhere.
    pub async fn next(&mut self) -> Option<Position> {
        loop {
            let head = if self.told.is_none() {
                let commune = Arc::clone(&self.commune);
                tokio::task::spawn_blocking(move || commune.head())
                    .await
                    .ok()?
                    .ok()?
            } else {
                let newest = self.newest.as_mut()?;
                newest.changed().await.ok()?;
                let newest = *newest.borrow_and_update();
                newest?
            };
            if is_news(self.told, &head) {
                self.told = Some(head);
                return Some(head);
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.commune.changes().state().listeners -= 1;
    }
}

/// Watches a commune for its listeners.
async fn watch(commune: Arc<Commune>) {
    let mut seen = None;
    let mut asked: u32 = 0;
    loop {
        tokio::time::sleep(ASK_EVERY).await;
        if !commune.changes().goes_on() {
            return;
        }
        asked = asked.wrapping_add(1);
        let (watched, in_turn) = (Arc::clone(&commune), asked.is_multiple_of(LOOK_EVERY));
        let ask = move || {
            let version = watched.store.data_version()?;
            if seen != version || (version.is_none() && in_turn) {
                watched.look();
            }
            Ok::<_, StoreError>(version)
        };
        match tokio::task::spawn_blocking(ask).await {
            Ok(Ok(version)) => seen = version,
            Ok(Err(error)) => {
                tracing::warn!(commune = %commune.slug, %error, "changes cannot be watched");
            }
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests;
