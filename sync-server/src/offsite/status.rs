//! What the town hall is told of its backup.

use shared::time::UtcMs;

use super::Progress;
use crate::commune::Commune;
use crate::corridor::journal;
use crate::store::{Row, StoreError};

/// Whoever's newest entry waits longer than this, in ms, is told.
pub const LATE_MS: i64 = 10 * 60 * 1000;

/// How a commune stands off-site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Where it is shipped to; `None` where it never was.
    pub target: Option<String>,
    /// When something was last proved to be there.
    pub verified_at: Option<UtcMs>,
    /// Entries of the journal that are not there yet.
    pub waiting: u64,
    /// When the oldest of them was written.
    pub waiting_since: Option<UtcMs>,
    /// When the newest snapshot there was made.
    pub snapshot_at: Option<UtcMs>,
    /// When the oldest snapshot there was made.
    pub oldest_at: Option<UtcMs>,
    /// Objects there that are none of ours, or are spoilt.
    pub strange: u64,
    /// What is to be shown loudly.
    pub trouble: Option<Trouble>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The target could not be used, and why.
    Failing {
        /// Since when.
        since: UtcMs,
        /// What it said, in French.
        why: String,
    },
    /// Entries wait for more than ten minutes, though nothing failed: no process ships.
    Late {
        /// When the oldest of them was written.
        since: UtcMs,
    },
}

/// How a commune stands off-site. Four small reads.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn status(commune: &Commune) -> Result<Status, StoreError> {
    let now = commune.clock.now();
    commune.store.read(|tx| {
        let Some(progress) = Progress::read(tx)? else {
            return Ok(Status {
                target: None,
                verified_at: None,
                waiting: 0,
                waiting_since: None,
                snapshot_at: None,
                oldest_at: None,
                strange: 0,
                trouble: None,
            });
        };
        let branch = journal::current_branch(tx)?;
        let head = journal::head(tx, branch)?;
        let since = tx.first(include_str!("sql/waiting_since.sql"), &[progress.seq().into()])?;
        let waiting_since = since.map(|row| Row::int(&row, 0)).transpose()?.map(UtcMs);
        Ok(Status {
            waiting: head.seq.saturating_sub(progress.seq()),
            waiting_since,
            snapshot_at: progress.snapshot.map(|(_, made_at)| made_at),
            oldest_at: progress.oldest_at,
            strange: progress.strange,
            verified_at: progress.verified_at,
            trouble: trouble(&progress, waiting_since, now),
            target: Some(progress.target),
        })
    })
}

fn trouble(progress: &Progress, waiting_since: Option<UtcMs>, now: UtcMs) -> Option<Trouble> {
    if let (Some(since), Some(why)) = (progress.failing_since, &progress.error) {
        return Some(Trouble::Failing {
            since,
            why: why.clone(),
        });
    }
    let since = waiting_since.filter(|since| now.0.saturating_sub(since.0) > LATE_MS)?;
    Some(Trouble::Late { since })
}
