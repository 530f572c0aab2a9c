//! The line to the server: the exchange that runs by itself, and what the screen says of it.

use std::sync::Arc;
use std::time::Duration;

use shared::screen::Link;
use shared::time::UtcMs;
use shared::words::{day, hour};

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::listen::{Heard, News};
use super::{App, Inner};
use crate::clock::random;
use crate::error::ReplicaError;
use crate::store::marks;
use crate::sync::{self, held};
use crate::tablet::Tablet;

/// First wait after a failure, in ms; doubled at each failure.
const FIRST_WAIT_MS: u64 = 1_000;
/// Longest wait after failures, in ms.
const LONGEST_WAIT_MS: u64 = 20_000;
/// How often the machine's routes are looked at while off line, in ms.
const LOOK_MS: u64 = 1_000;
/// Longest time that the tablet stays away with its backlog, whatever a server asks, in ms.
const LONGEST_AWAY_MS: u64 = 300_000;
/// Wait when all is well and nobody tells of a change, in ms.
const QUIET_MS: u64 = 60_000;

/// How long a person must have paused before their taps are handed in, in ms: an exchange for each
/// tap would send more envelope than marks.
const PAUSE_MS: u64 = 2_000;
/// How long a tap waits at most for a person who does not pause, in ms.
const LONGEST_HELD_MS: u64 = 10_000;

/// What is known of the line.
pub(super) struct Line {
    heard: Arc<Heard>,
    online: bool,
    off_since: Option<UtcMs>,
    failures: u32,
    /// Until when the server wants no backlog, by the tablet's uptime in ms: today alone is handed in.
    away_until_ms: Option<u64>,
    /// How many contradictions each date has.
    conflicts: BTreeMap<NaiveDate, usize>,
}

impl Line {
    pub(super) fn at_start(tablet: &mut Tablet) -> Result<Self, ReplicaError> {
        let conflicts = if tablet.enrolment.is_some() {
            by_date(tablet)?
        } else {
            BTreeMap::new()
        };
        Ok(Self {
            heard: Arc::default(),
            online: false,
            off_since: tablet.met().last_sync,
            failures: 0,
            away_until_ms: None,
            conflicts,
        })
    }
}

impl Line {
    fn goes_off(&mut self, tablet: &Tablet) {
        if self.online || self.off_since.is_none() {
            self.off_since = Some(tablet.now());
        }
        self.online = false;
    }
}

/// A wait that doubles at each failure, in ms.
fn growing_ms(failures: u32) -> u64 {
    FIRST_WAIT_MS.saturating_mul(1 << failures.min(10).saturating_sub(1))
}

/// Half of a wait at least, so that tablets that lost one server do not return as one. `dice` is any number.
fn uneven(longest_ms: u64, dice: u16) -> u64 {
    longest_ms / 2 + u64::from(dice) * (longest_ms / 2) / u64::from(u16::MAX)
}

/// How long to stay away when a server asks for it: as long as it says or a little longer, for others
/// were told the same; without its word, longer at each failure. Never more than some minutes.
fn away_ms(after_s: Option<u64>, failures: u32, dice: u16) -> u64 {
    let wait_ms = match after_s {
        Some(seconds) => {
            let asked_ms = seconds
                .saturating_mul(1_000)
                .clamp(FIRST_WAIT_MS, LONGEST_AWAY_MS);
            asked_ms + u64::from(dice) * (asked_ms / 4) / u64::from(u16::MAX)
        }
        None => uneven(growing_ms(failures).saturating_mul(2), dice),
    };
    wait_ms.min(LONGEST_AWAY_MS)
}

fn by_date(tablet: &mut Tablet) -> Result<BTreeMap<NaiveDate, usize>, ReplicaError> {
    let mut counted = BTreeMap::new();
    for (date, _) in tablet.conflicts()? {
        *counted.entry(date).or_insert(0) += 1;
    }
    Ok(counted)
}

impl App {
    /// Exchanges with the server for ever: when told of a change, once whoever taps pauses, and after
    /// a growing, uneven wait while nobody answers.
    pub async fn run_sync(&self) {
        let listener = self.clone();
        tokio::spawn(async move { listener.listen().await });
        loop {
            let enrolled = self
                .with(|_, tablet| Ok(tablet.enrolment.is_some()))
                .await
                .unwrap_or(false);
            let wait_ms = if enrolled { self.exchange().await } else { QUIET_MS };
            let _ = tokio::time::timeout(Duration::from_millis(wait_ms), self.called_for()).await;
        }
    }

    /// Waits until something calls for an exchange.
    async fn called_for(&self) {
        let heard = self.heard();
        loop {
            tokio::select! {
                () = self.0.wake.notified() => return self.pause().await,
                news = heard.next() => if self.is_new(news).await { return },
                () = network_returns(), if !self.is_online() => return,
            }
        }
    }

    /// Waits until whoever taps pauses.
    async fn pause(&self) {
        let quiet = async {
            let again = || tokio::time::timeout(Duration::from_millis(PAUSE_MS), self.0.wake.notified());
            while again().await.is_ok() {}
        };
        let _ = tokio::time::timeout(Duration::from_millis(LONGEST_HELD_MS), quiet).await;
    }

    /// Whether the tablet lacks what it heard of: its own taps come back as news, too.
    async fn is_new(&self, news: News) -> bool {
        let News::Changed(branch, seq) = news else {
            return true;
        };
        let known = move |_: &Inner, tablet: &mut Tablet| {
            let met = tablet.met();
            Ok(met.branch == Some(branch) && seq <= met.cursor)
        };
        !self.with(known).await.unwrap_or(false)
    }

    pub(super) fn heard(&self) -> Arc<Heard> {
        self.0
            .line
            .lock()
            .map(|line| Arc::clone(&line.heard))
            .unwrap_or_default()
    }

    /// One attempt, with today alone while the server wants no backlog. Answers how long to wait
    /// before the next, in ms.
    pub(super) async fn exchange(&self) -> u64 {
        let away_ms = self.with(Inner::away_ms).await.unwrap_or(0);
        let (tablet, transport) = (&self.0.tablet, &self.0.transport);
        let outcome = if away_ms > 0 {
            sync::run_today(tablet, transport).await
        } else {
            sync::run(tablet, transport).await
        };
        let inner = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || inner.after(&outcome, away_ms > 0)).await;
        if let Ok(on_change) = self.0.on_change.lock()
            && let Some(tell) = on_change.as_ref()
        {
            tell();
        }
        done.unwrap_or(LONGEST_WAIT_MS)
    }

    pub(super) fn is_online(&self) -> bool {
        self.0.line.lock().is_ok_and(|line| line.online)
    }
}

/// Ends when the machine's routes change to something: a line came back. Where the machine does
/// not tell, the growing wait alone decides.
async fn network_returns() {
    let before = routes();
    loop {
        tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
        let now = routes();
        if now != before && now.is_some_and(|table| table.lines().count() > 1) {
            return;
        }
    }
}

fn routes() -> Option<String> {
    std::fs::read_to_string("/proc/net/route").ok()
}

impl Inner {
    /// For how long the server wants no backlog, in ms.
    fn away_ms(&self, tablet: &mut Tablet) -> Result<u64, ReplicaError> {
        let line = self
            .line
            .lock()
            .map_err(|_| ReplicaError::Fault("ligne".into()))?;
        let left = line.away_until_ms.unwrap_or(0);
        // A clock that began again knows nothing of what was asked before: it is not obeyed for ever.
        Ok(left
            .saturating_sub(tablet.clock.now().mono_ms)
            .min(LONGEST_AWAY_MS))
    }

    /// What an attempt says of the line; answers how long to wait before the next, in ms.
    fn after(&self, outcome: &Result<sync::Outcome, ReplicaError>, of_today: bool) -> u64 {
        let (Ok(mut tablet), Ok(mut line), Ok(mut lists)) =
            (held(&self.tablet), self.line.lock(), self.lists.lock())
        else {
            return LONGEST_WAIT_MS;
        };
        match outcome {
            Ok(_) | Err(ReplicaError::ListRefused(_)) => {
                let told = outcome.as_ref().is_ok_and(|o| !o.lists);
                if !told {
                    lists.clear();
                }
                let nothing_new = told && outcome.as_ref().is_ok_and(|o| o.received == 0);
                if !nothing_new && let Ok(conflicts) = by_date(&mut tablet) {
                    line.conflicts = conflicts;
                }
                line.online = true;
                line.off_since = None;
                if of_today {
                    let until = line.away_until_ms.unwrap_or(0);
                    return until
                        .saturating_sub(tablet.clock.now().mono_ms)
                        .clamp(1, QUIET_MS);
                }
                line.failures = 0;
                line.away_until_ms = None;
                QUIET_MS
            }
            Err(ReplicaError::Later { after_s, today, .. }) => {
                line.failures = line.failures.saturating_add(1);
                let wait_ms = away_ms(*after_s, line.failures, u16::from_be_bytes(random()));
                // Where only today was tried, what was asked for the backlog stands.
                if !of_today {
                    line.away_until_ms = Some(tablet.clock.now().mono_ms + wait_ms);
                }
                if *today {
                    line.online = true;
                    line.off_since = None;
                } else {
                    line.goes_off(&tablet);
                }
                wait_ms
            }
            Err(error) => {
                if !matches!(error, ReplicaError::NoNetwork(_)) {
                    tracing::warn!(%error, "an exchange failed");
                }
                line.goes_off(&tablet);
                line.failures = line.failures.saturating_add(1);
                uneven(
                    growing_ms(line.failures).min(LONGEST_WAIT_MS),
                    u16::from_be_bytes(random()),
                )
            }
        }
    }

    /// Remembers how many contradictions a date has.
    pub(super) fn note_conflicts(&self, date: NaiveDate, count: usize) {
        if let Ok(mut line) = self.line.lock() {
            line.conflicts.insert(date, count);
        }
    }

    /// Remembers how many contradictions every date has.
    pub(super) fn count_conflicts(&self, counted: BTreeMap<NaiveDate, usize>) {
        if let Ok(mut line) = self.line.lock() {
            line.conflicts = counted;
        }
    }

    /// What the screen says of the line.
    pub(super) fn link(&self, tablet: &mut Tablet) -> Result<Link, ReplicaError> {
        let line = self
            .line
            .lock()
            .map_err(|_| ReplicaError::Fault("ligne".into()))?;
        let (waiting, quarantined) = marks::owed(tablet.db.reader())?;
        let zone = tablet.zone();
        let today = tablet.today();
        let label = |at: UtcMs| {
            let (date, time) = (at.date_in(zone), hour(at.time_in(zone)));
            if date == today {
                time
            } else {
                format!("{}, {time}", day(date))
            }
        };
        Ok(Link {
            online: line.online,
            since: line.off_since.filter(|_| !line.online).map(label),
            waiting,
            quarantined,
            conflicts: line.conflicts.values().sum(),
            last_sync: tablet.met().last_sync.map(label),
            withdrawn: tablet.met().withdrawn,
            back: tablet.back(),
            withheld: tablet.met().withheld == Some(true),
            attendance: tablet.attendance()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_word_is_obeyed_unevenly_and_never_for_more_than_minutes() {
        assert_eq!(away_ms(Some(40), 1, 0), 40_000, "never earlier than it asked");
        assert_eq!(away_ms(Some(40), 1, u16::MAX), 50_000);
        assert_eq!(away_ms(Some(0), 9, 0), FIRST_WAIT_MS);
        for dice in [0, 700, u16::MAX] {
            assert_eq!(away_ms(Some(u64::MAX), 1, dice), LONGEST_AWAY_MS);
            assert!(away_ms(None, u32::MAX, dice) <= LONGEST_AWAY_MS);
        }
        let without_word: Vec<u64> = (1..5).map(|failures| away_ms(None, failures, 0)).collect();
        assert_eq!(without_word, [1_000, 2_000, 4_000, 8_000]);
    }

    #[test]
    fn waits_after_failures_grow_and_differ() {
        assert_eq!(
            (growing_ms(1), growing_ms(2), growing_ms(6)),
            (1_000, 2_000, 32_000)
        );
        assert_eq!((uneven(20_000, 0), uneven(20_000, u16::MAX)), (10_000, 20_000));
    }
}
