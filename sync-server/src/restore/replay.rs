//! Entries of the journal on their way into the store that is filled, in mode *recorded*.

use shared::codec::Hash32;
use shared::ids::BranchId;
use shared::offsite::BranchBirth;
use shared::receipt::Position;
use shared::time::UtcMs;

use super::RestoreError;
use super::walk::Entries;
use crate::corridor::replay::recorded;
use crate::corridor::{CorridorError, journal};
use crate::store::{Store, StoreError, Write};

/// Where a history stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    pub(super) at: Position,
    /// When the newest entry had been received; `None` before the first.
    pub(super) received_at: Option<UtcMs>,
}

impl Reached {
    /// Before the first entry.
    pub(super) const NOTHING: Self = Self {
        at: Position {
            branch: BranchId(uuid::Uuid::nil()),
            seq: 0,
            hash: Hash32::ZERO,
        },
        received_at: None,
    };
}

/// Replays into a store.
pub(super) struct Replayer<'s> {
    store: &'s Store,
    /// How the branches of the history begin, the oldest first.
    births: Vec<BranchBirth>,
}

impl<'s> Replayer<'s> {
    pub(super) fn new(store: &'s Store, births: Vec<BranchBirth>) -> Self {
        Self { store, births }
    }

    /// Replays entries in one transaction. Where one cannot be, those before it are; answers what is
    /// wrong then, in French.
    pub(super) fn take(&self, entries: Entries) -> Result<Option<String>, RestoreError> {
        let Err((seq, why)) = self.put(entries.clone())? else {
            return Ok(None);
        };
        let sound: Entries = entries
            .into_iter()
            .take_while(|(entry, _)| entry.header.seq < seq)
            .collect();
        if let Err((seq, why)) = self.put(sound)? {
            return Err(CorridorError::Replay { seq, why }.into());
        }
        Ok(Some(format!(
            "L’opération {seq} ne peut pas être rejouée ({why}) : le journal s’arrête avant elle."
        )))
    }

    /// All of them, or the one that cannot be.
    fn put(&self, entries: Entries) -> Result<Result<(), (u64, String)>, RestoreError> {
        let births = self.births.clone();
        let put = self.store.write(move |tx| {
            for (entry, claimed) in &entries {
                let seq = entry.header.seq;
                enter(tx, &births, entry.header.branch)?;
                recorded(tx, entry, *claimed).map_err(|error| match error {
                    CorridorError::Refused(refusal) => CorridorError::Replay {
                        seq,
                        why: refusal.to_string(),
                    },
                    other => other,
                })?;
            }
            Ok::<_, CorridorError>(())
        });
        match put {
            Ok(()) => Ok(Ok(())),
            Err(CorridorError::Replay { seq, why }) => Ok(Err((seq, why))),
            Err(error) => Err(error.into()),
        }
    }

    /// Where the store stands.
    pub(super) fn reached(&self) -> Result<Reached, RestoreError> {
        Ok(self
            .store
            .read(|tx| {
                let branch = match journal::current_branch(tx) {
                    Ok(branch) => branch,
                    Err(StoreError::Moved) => return Ok(None),
                    Err(error) => return Err(error),
                };
                let at = journal::head(tx, branch)?;
                let last = journal::page(tx, at.seq.saturating_sub(1), 1)?;
                Ok(Some(Reached {
                    at,
                    received_at: last.first().map(|(entry, _)| entry.header.received_at),
                }))
            })?
            .unwrap_or(Reached::NOTHING))
    }
}

/// Goes on to the branch of the next entry, through those on which nothing was written.
fn enter(tx: &mut dyn Write, births: &[BranchBirth], branch: BranchId) -> Result<(), StoreError> {
    let current = match journal::current_branch(tx) {
        Ok(current) if current == branch => return Ok(()),
        Ok(current) => Some(current),
        Err(StoreError::Moved) => None,
        Err(error) => return Err(error),
    };
    let place = |wanted| births.iter().position(|birth| birth.id == wanted);
    let last = place(branch)
        .ok_or_else(|| StoreError::Damaged(format!("nothing is known of how branch {branch} began")))?;
    let first = match current {
        Some(current) => place(current).map_or(last, |place| place + 1),
        None => 0,
    };
    for birth in births.iter().take(last + 1).skip(first) {
        journal::enter_branch(tx, birth)?;
    }
    Ok(())
}
