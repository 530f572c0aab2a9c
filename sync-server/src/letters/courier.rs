//! The thread that carries letters: it hears of every write, looks through the journal for what families are to be
//! told, and sends what waits.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use shared::slug::Slug;
use shared::time::UtcMs;

use super::send::{self, Turn};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::host::{Host, HostError};
use crate::jobs::lease::Holder;
use crate::metrics;
use crate::notices::Seen;
use crate::push::Pusher;
use crate::store::StoreError;

/// How long it sleeps when nothing is written and nothing is due.
const ROUND: Duration = Duration::from_mins(1);
/// How often every commune that is open is looked at whatever was heard, in ms.
const ROUND_MS: i64 = 60_000;
/// How long it leaves a mail server alone that was down: at first, and at most.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(1));
/// How soon a commune is looked at again whose letters another process sends, in ms.
const THEIRS_MS: i64 = 30_000;

/// The courier of one process; dropping it ends it.
pub struct Courier {
    host: Arc<Host>,
    thread: Option<JoinHandle<()>>,
}

impl Courier {
    /// Starts it. Every commune of the list is looked at once, so that letters of before leave whether anybody asks
    /// for its pages or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when there is no thread to be had.
    pub fn start(host: &Arc<Host>) -> Result<Self, StoreError> {
        let heard = Arc::downgrade(host);
        host.at_opening(move |commune| {
            let (slug, heard) = (commune.slug.clone(), heard.clone());
            let wrote = move || {
                if let Some(host) = heard.upgrade() {
                    host.letters.ring(&slug);
                }
            };
            // That it is opened is no reason to look: it would be opened by looking.
            commune.at_write(wrote);
        });
        for commune in host.held_open() {
            host.letters.ring(&commune.slug);
        }
        let contact = host.letters.post().map_or_else(
            || host.letters.base().unwrap_or("https://preau.invalid").to_owned(),
            |post| format!("mailto:{}", post.from),
        );
        let mut rounds = Rounds {
            host: Arc::clone(host),
            holder: Holder::drawn(),
            due: BTreeMap::new(),
            oldest: BTreeMap::new(),
            pause: PAUSES.0,
            followed: BTreeMap::new(),
            pusher: Pusher::start(contact)?,
        };
        let thread = std::thread::Builder::new()
            .name("preau-letters".into())
            .spawn(move || rounds.run())
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            host: Arc::clone(host),
            thread: Some(thread),
        })
    }

    fn end(&mut self) {
        self.host.letters.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.end();
    }
}

struct Rounds {
    host: Arc<Host>,
    holder: Holder,
    /// When a commune is to be looked at again.
    due: BTreeMap<Slug, UtcMs>,
    /// Since when the oldest letter of a commune waits.
    oldest: BTreeMap<Slug, UtcMs>,
    pause: Duration,
    /// Up to where this process looked through a commune's journal: a hint that saves reads.
    followed: BTreeMap<Slug, Seen>,
    pusher: Pusher,
}

impl Rounds {
    fn run(&mut self) {
        self.enlist();
        let mut round = self.host.clock.now();
        while !self.host.letters.is_over() {
            let rung = self.host.letters.wait(self.sleep());
            let now = self.host.clock.now();
            let due = self.due.iter().filter(|(_, at)| **at <= now);
            let mut turns: BTreeSet<Slug> = due.map(|(slug, _)| slug.clone()).chain(rung).collect();
            if now.0.saturating_sub(round.0).saturating_abs() >= ROUND_MS {
                // A command may have written what nobody here heard of.
                let open = self.host.held_open();
                turns.extend(open.iter().map(|commune| commune.slug.clone()));
                round = now;
            }
            let mut down = false;
            for slug in turns {
                if self.host.letters.is_over() {
                    return;
                }
                let turn = catch_unwind(AssertUnwindSafe(|| self.turn(&slug, down)));
                match turn {
                    Ok(is_down) => down |= is_down,
                    Err(_) => {
                        tracing::error!(commune = %slug, "sending letters panicked; it is tried again");
                        self.due.insert(slug, now.plus_ms(THEIRS_MS));
                    }
                }
            }
            self.tell();
            if down {
                self.host.letters.pause(self.pause);
                self.pause = (self.pause * 2).min(PAUSES.1);
            } else {
                self.pause = PAUSES.0;
            }
        }
    }

    fn enlist(&mut self) {
        match self.host.list() {
            Ok(listed) => {
                let now = self.host.clock.now();
                self.due.extend(listed.into_iter().map(|one| (one.slug, now)));
            }
            Err(error) => {
                tracing::error!(%error, "the list of communes cannot be read: letters leave of those that are used");
            }
        }
    }

    fn sleep(&self) -> Duration {
        let now = self.host.clock.now();
        let next = self.due.values().min();
        let ms = next.map_or(i64::MAX, |next| next.0.saturating_sub(now.0));
        Duration::from_millis(u64::try_from(ms).unwrap_or(0)).min(ROUND)
    }

    /// Looks at a commune; `true` when the mail server is down. Where it was found down a moment ago it is not asked
    /// again.
    fn turn(&mut self, slug: &Slug, down: bool) -> bool {
        self.due.remove(slug);
        let open = self.host.held_open();
        let open = open.into_iter().find(|commune| commune.slug == *slug);
        let was_open = open.is_some();
        let commune = match open.map_or_else(|| self.host.commune(slug.as_str()), Ok) {
            Ok(commune) => commune,
            Err(HostError::Unknown(_) | HostError::Moved { .. } | HostError::Store(StoreError::Moved)) => {
                self.oldest.remove(slug);
                self.followed.remove(slug);
                return false;
            }
            Err(error) => {
                tracing::debug!(commune = %slug, %error, "a commune that cannot be opened sends no letters");
                self.due
                    .insert(slug.clone(), self.host.clock.now().plus_ms(THEIRS_MS));
                return false;
            }
        };
        let turn = self.of(&commune, down);
        drop(commune);
        if !was_open {
            self.host.close_unused(slug);
        }
        let now = self.host.clock.now();
        match turn {
            Ok(Turn::Rests(next)) => {
                if let Some(next) = next {
                    self.due.insert(slug.clone(), next.max(now.plus_ms(1)));
                }
                false
            }
            Ok(Turn::More) => {
                self.due.insert(slug.clone(), now);
                false
            }
            Ok(Turn::Theirs) => {
                self.due.insert(slug.clone(), now.plus_ms(THEIRS_MS));
                false
            }
            Ok(Turn::Down) => {
                self.due.insert(slug.clone(), now);
                true
            }
            Err(error) => {
                tracing::error!(commune = %slug, %error, "letters could not be sent; it is tried again");
                metrics::letter("failed");
                self.due.insert(slug.clone(), now.plus_ms(THEIRS_MS));
                false
            }
        }
    }

    fn of(&mut self, commune: &Arc<Commune>, down: bool) -> Result<Turn, CorridorError> {
        let seen = self.followed.entry(commune.slug.clone()).or_default();
        match crate::notices::follow(commune, seen) {
            Ok(buzzes) => self.pusher.hand_out(commune, buzzes),
            Err(error) => {
                tracing::error!(commune = %commune.slug, %error, "what families are to be told cannot be found out");
            }
        }
        let turn = if down {
            None
        } else {
            Some(send::turn(commune, &self.host.letters, self.holder)?)
        };
        let waits = commune.store.read(send::queue)?;
        match waits.oldest {
            Some(oldest) => self.oldest.insert(commune.slug.clone(), oldest),
            None => self.oldest.remove(&commune.slug),
        };
        Ok(turn.unwrap_or(Turn::Rests(waits.next)))
    }

    fn tell(&self) {
        let now = self.host.clock.now();
        let oldest = self.oldest.values().min();
        let seconds = oldest.map_or(0, |oldest| now.0.saturating_sub(oldest.0).max(0) / 1000);
        metrics::letters_wait(seconds as f64);
    }
}
