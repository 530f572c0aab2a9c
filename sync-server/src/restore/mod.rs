//! A commune comes back: from a snapshot, or from a snapshot and the segments that follow it, to the end or to
//! a moment; or from nothing but its key.
//!
//! A store is filled beside the old one, replayed, forked and verified; then it takes the old one's place
//! in one step. Whatever stops it before that, the old store is as it was; killed anywhere, the same
//! command is run again. What is damaged or missing is told and never hides the rest.

mod error;
mod finish;
mod history;
mod own_journal;
pub mod rebuild;
mod replay;
mod report;
pub(crate) mod source;
#[cfg(test)]
pub(crate) mod tests;
mod tree;
pub(crate) mod walk;

use std::path::PathBuf;
use std::sync::Arc;

use shared::slug::Slug;
use shared::time::UtcMs;

use crate::host::{Host, HostLock};
use crate::keys::{self, Keys};
pub use error::RestoreError;
pub(crate) use finish::{Beginning, begin};
use replay::Reached;
pub use report::{Cut, Restored, Tail, Withdrawn};
use source::Source;

/// The points at which a restore may be killed, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// It is known what there is.
    Planned,
    /// The store beside the old one holds the snapshot.
    Filled,
    /// The segments are replayed.
    Replayed,
    /// The new branch has begun.
    Branched,
    /// The new store is verified.
    Verified,
    /// The key is in its place.
    Keyed,
    /// The new store is in the place of the old one.
    Swapped,
    /// The host's list names the commune.
    Listed,
}

impl Step {
    /// All, in their order.
    pub const ALL: [Self; 8] = [
        Self::Planned,
        Self::Filled,
        Self::Replayed,
        Self::Branched,
        Self::Verified,
        Self::Keyed,
        Self::Swapped,
        Self::Listed,
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Filled => "filled",
            Self::Replayed => "replayed",
            Self::Branched => "branched",
            Self::Verified => "verified",
            Self::Keyed => "keyed",
            Self::Swapped => "swapped",
            Self::Listed => "listed",
        }
    }
}

/// Who is told of each step.
pub type Steps = Arc<dyn Fn(Step) + Send + Sync>;

/// What is to come back.
#[derive(Clone, Debug)]
pub struct Asked {
    /// A snapshot file, a folder or an address.
    pub from: String,
    /// Up to which moment; to the end if none is given.
    pub at: Option<UtcMs>,
    /// A key file or a recovery sheet; the host's own folder of keys if none is given.
    pub key: Option<PathBuf>,
    /// Only looks.
    pub dry_run: bool,
}

/// Brings a commune back.
///
/// # Errors
/// [`RestoreError`]; the old store is as it was then.
pub fn restore(
    host: &Arc<Host>,
    slug: &Slug,
    asked: &Asked,
    steps: &Steps,
) -> Result<Restored, RestoreError> {
    let keys = keys_for(host, slug, asked.key.as_ref())?;
    let _alone = if asked.dry_run {
        None
    } else {
        Some(alone(host, slug)?)
    };
    let source = Source::open(&asked.from, slug)?;
    let history = history::History {
        host,
        slug,
        keys: &keys,
        source: &source,
        asked,
        steps,
    };
    let done = history.build().and_then(|built| {
        if asked.dry_run {
            finish::only_told(&history, built)
        } else {
            finish::finish(&history, built)
        }
    });
    if done.is_err() && !asked.dry_run {
        // What was filled is of no more use; the next attempt would throw it away as well.
        let _ = host.backend().drop_beside(slug);
    }
    done
}

/// The keys that were named, or those of the host.
fn keys_for(host: &Host, slug: &Slug, named: Option<&PathBuf>) -> Result<Keys, RestoreError> {
    let folder = &host.setup().keys;
    Ok(match named {
        None => Keys::load(folder, slug)?,
        Some(file) => {
            let given = Keys::read(file, slug)?;
            keys::may_import(folder, &given)?;
            given
        }
    })
}

/// Keeps everybody else away from the commune's store: those who serve it, and those who restore, create or
/// move.
fn alone(host: &Arc<Host>, slug: &Slug) -> Result<(HostLock, Option<HostLock>), RestoreError> {
    let others = host.backend().try_lock("create")?.ok_or(RestoreError::Busy)?;
    // A commune that is not listed is served by nobody.
    let listed = host.line(slug)?.is_some_and(|line| line.moved.is_none());
    let served = listed.then(|| host.unserved()).transpose()?;
    Ok((others, served))
}
