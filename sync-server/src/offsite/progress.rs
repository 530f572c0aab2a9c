//! How far a commune is off-site: one row of its own store, written only after what was put there was
//! read back and proved.

use shared::codec::Hash32;
use shared::ids::BranchId;
use shared::receipt::Position;
use shared::time::UtcMs;

use crate::store::{Read, Row, StoreError, Write};

/// What is known of the target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Which target, as it is shown.
    pub target: String,
    /// The newest entry that was read back from there.
    pub at: Option<Position>,
    /// When.
    pub verified_at: Option<UtcMs>,
    /// The newest snapshot read back from there: its newest entry, and when it was made.
    pub snapshot: Option<(u64, UtcMs)>,
    /// When the oldest snapshot there of this history was made.
    pub oldest_at: Option<UtcMs>,
    /// Digest of the set of withdrawals that was read back last.
    pub withdrawals: Option<Hash32>,
    /// When the target was last asked for something.
    pub tried_at: Option<UtcMs>,
    /// Since when nothing could be put there; `None` while all is well.
    pub failing_since: Option<UtcMs>,
    /// Why.
    pub error: Option<String>,
    /// Objects there that are none of ours, or are spoilt.
    pub strange: u64,
}

impl Progress {
    /// Of a target of which nothing is known yet.
    pub fn towards(target: &str) -> Self {
        Self {
            target: target.to_owned(),
            ..Self::default()
        }
    }

    /// Number of the newest entry off-site; 0 before the first.
    pub fn seq(&self) -> u64 {
        self.at.map_or(0, |at| at.seq)
    }

    /// Up to where the current branch is off-site, as tablets are told: 0 before its first entry is.
    pub fn backed_up(&self, branch: BranchId) -> u64 {
        self.at.filter(|at| at.branch == branch).map_or(0, |at| at.seq)
    }

    /// What the store says; `None` where nothing was ever shipped.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn read<R: Read + ?Sized>(tx: &mut R) -> Result<Option<Self>, StoreError> {
        let Some(row) = tx.first(include_str!("sql/get.sql"), &[])? else {
            return Ok(None);
        };
        let at = |column| Ok::<_, StoreError>(row.opt(column, Row::int)?.map(UtcMs));
        let place = row.opt(1, Row::uuid)?.zip(row.opt(3, Row::hash)?);
        let seq = row.count(2)?;
        Ok(Some(Self {
            target: row.text(0)?,
            at: place.map(|(branch, hash)| Position {
                branch: BranchId(branch),
                seq,
                hash,
            }),
            verified_at: at(4)?,
            snapshot: row.opt(5, Row::count)?.zip(at(6)?),
            oldest_at: at(7)?,
            withdrawals: row.opt(8, Row::hash)?,
            tried_at: at(9)?,
            failing_since: at(10)?,
            error: row.opt(11, Row::text)?,
            strange: row.count(12)?,
        }))
    }

    /// Writes it. The caller holds the lease in the same transaction.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn write(&self, tx: &mut dyn Write) -> Result<(), StoreError> {
        let params = [
            self.target.as_str().into(),
            self.at.map(|at| at.branch).into(),
            self.seq().into(),
            self.at.map(|at| at.hash).into(),
            self.verified_at.into(),
            self.snapshot.map(|(seq, _)| seq).into(),
            self.snapshot.map(|(_, made_at)| made_at).into(),
            self.oldest_at.into(),
            self.withdrawals.into(),
            self.tried_at.into(),
            self.failing_since.into(),
            self.error.clone().into(),
            self.strange.into(),
        ];
        tx.execute(include_str!("sql/put.sql"), &params)?;
        Ok(())
    }
}
