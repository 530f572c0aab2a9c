//! How processes learn of each other's writes: `NOTIFY preau, 'SLUG'`.
//!
//! A commit that notifies takes a lock that all notifying commits of the database share, so that
//! towns would wait for each other's disks. The word is therefore sent right after the commit, by a
//! transaction of its own that waits for no disk and carries the words of all towns since the last.
//! A word that is lost with its process costs a short delay: whoever listens also looks now and then.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use postgres::fallible_iterator::FallibleIterator;

use super::Pool;
use super::connection::{Connection, fault};
use crate::store::StoreError;

/// How long a listener waits before it looks whether it is to stop.
const LISTEN: Duration = Duration::from_millis(500);
/// How long it waits before it connects again.
const AGAIN: Duration = Duration::from_secs(2);

/// Tells other processes, from a thread of its own.
pub(super) struct Notifier {
    words: Sender<String>,
    thread: Option<JoinHandle<()>>,
}

impl Notifier {
    pub(super) fn start(pool: Weak<Pool>) -> Self {
        let (words, heard) = channel();
        let thread = std::thread::Builder::new()
            .name("preau-notify".into())
            .spawn(move || tell_all(&pool, &heard))
            .inspect_err(|error| tracing::error!(%error, "no thread for notifications"))
            .ok();
        Self { words, thread }
    }

    pub(super) fn tell(&self, slug: &str) {
        let _ = self.words.send(slug.to_owned());
    }

    /// Sends what is left, and ends.
    pub(super) fn finish(self) {
        drop(self.words);
        if let Some(thread) = self.thread {
            let _ = thread.join();
        }
    }
}

fn tell_all(pool: &Weak<Pool>, heard: &Receiver<String>) {
    let mut line: Option<Connection> = None;
    while let Ok(first) = heard.recv() {
        let slugs: BTreeSet<String> = std::iter::once(first).chain(heard.try_iter()).collect();
        let Some(pool) = pool.upgrade() else { return };
        if line.as_ref().is_none_or(|line| line.client.is_closed()) {
            line = connect(&pool).ok();
        }
        let slugs: Vec<String> = slugs.into_iter().collect();
        let told = line
            .as_mut()
            .map(|line| line.client.execute(include_str!("sql/notify.sql"), &[&slugs]));
        if !matches!(told, Some(Ok(_))) {
            line = None;
            crate::metrics::notify_failed();
        }
    }
}

/// No disk is waited for: nothing is written.
fn connect(pool: &Pool) -> Result<Connection, StoreError> {
    let mut line = pool.connect()?;
    line.run("SET synchronous_commit = off")?;
    Ok(line)
}

/// Hears what other processes tell, on a thread of its own, until it is dropped.
pub struct SignalListener {
    stop: Arc<std::sync::atomic::AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl SignalListener {
    /// Calls `heard` with the slug of each commune that changed, and with `None` when words may
    /// have been missed: at the start, and after the line was cut.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when there is no thread to be had.
    pub fn start(
        pool: &Arc<Pool>,
        heard: impl Fn(Option<&str>) + Send + 'static,
    ) -> Result<Self, StoreError> {
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (pool, stopped) = (Arc::downgrade(pool), Arc::clone(&stop));
        let thread = std::thread::Builder::new()
            .name("preau-listen".into())
            .spawn(move || {
                while !stopped.load(std::sync::atomic::Ordering::Relaxed) {
                    let Some(pool) = pool.upgrade() else { return };
                    if let Err(error) = listen(&pool, &stopped, &heard) {
                        tracing::warn!(%error, "the line for notifications was cut");
                    }
                    drop(pool);
                    std::thread::park_timeout(AGAIN);
                }
            })
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            stop,
            thread: Some(thread),
        })
    }
}

impl Drop for SignalListener {
    fn drop(&mut self) {
        self.stop.store(true, std::sync::atomic::Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

fn listen(
    pool: &Pool,
    stopped: &std::sync::atomic::AtomicBool,
    heard: &impl Fn(Option<&str>),
) -> Result<(), StoreError> {
    let mut line = pool.connect()?;
    line.run("LISTEN preau")?;
    heard(None);
    while !stopped.load(std::sync::atomic::Ordering::Relaxed) {
        {
            let mut notifications = line.client.notifications();
            let mut words = notifications.timeout_iter(LISTEN);
            while let Some(word) = words.next().map_err(|error| fault(&error))? {
                heard(Some(word.payload()));
                // Where others never pause, there is always one more word to hear.
                if stopped.load(std::sync::atomic::Ordering::Relaxed) {
                    return Ok(());
                }
            }
        }
        if line.client.is_closed() {
            return Err(StoreError::Unavailable("the server closed the line".into()));
        }
    }
    Ok(())
}
