//! Leases: of all processes that serve a commune, one runs a job at a time.
//!
//! A lease is a row of the commune's own store, taken in a transaction that writes, so that both
//! engines give it to one only. It ends by itself, for a process may die; so its holder may go on
//! without knowing that it was overtaken. Therefore each holder gets a **fencing token** larger
//! than all before, and whatever a job writes is written in a transaction that first asks whether
//! the token is still the newest ([`Lease::hold`]). Clocks decide only who waits how long, never
//! who may write.

use shared::time::UtcMs;

use crate::clock::random;
use crate::metrics;
use crate::store::{Read, Row, StoreError, Write};

/// No lease is given for longer, in ms: one that claims to last longer was written by a clock that
/// was ahead, or by this one before it was set back, and is taken over.
pub const LONGEST_MS: i64 = 10 * 60 * 1000;

/// Who takes leases: a process, drawn anew at each start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder(pub [u8; 16]);

impl Holder {
    /// A new one.
    pub fn drawn() -> Self {
        Self(random())
    }
}

/// The row of a job, as far as it decides who may run it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who took it last.
    pub holder: Holder,
    /// The token given then; never given again.
    pub token: i64,
    /// Until when it is held; zero once it was given back.
    pub until: UtcMs,
    /// When the job was last done, if ever.
    pub done_at: Option<UtcMs>,
}

/// What becomes of somebody who asks for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is theirs, under this token, until then.
    Granted {
        /// The new token.
        token: i64,
        /// When it ends by itself.
        until: UtcMs,
    },
    /// Somebody else has it.
    Refused(Held),
}

/// Decides who gets a job: whoever asks first, until it is given back or has run out.
pub fn decide(current: Option<Held>, now: UtcMs, for_ms: i64) -> Decision {
    let for_ms = for_ms.clamp(0, LONGEST_MS);
    match current {
        Some(held) if is_held(held.until, now) => Decision::Refused(held),
        current => Decision::Granted {
            token: current.map_or(1, |held| held.token.saturating_add(1)),
            until: now.plus_ms(for_ms),
        },
    }
}

fn is_held(until: UtcMs, now: UtcMs) -> bool {
    until > now && until.0.saturating_sub(now.0) <= LONGEST_MS
}

/// A job that is ours for now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    job: String,
    token: i64,
    until: UtcMs,
}

/// What came of [`Lease::take`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The job is ours.
    Ours(Lease),
    /// Somebody else has it.
    Theirs(Held),
}

impl Lease {
    /// Asks for a job for `for_ms` milliseconds, at most [`LONGEST_MS`].
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn take(
        tx: &mut dyn Write,
        job: &str,
        holder: Holder,
        now: UtcMs,
        for_ms: i64,
    ) -> Result<Taken, StoreError> {
        let before = held(tx, job)?;
        Ok(match decide(before, now, for_ms) {
            Decision::Refused(held) => Taken::Theirs(held),
            Decision::Granted { token, until } => {
                let params = [job.into(), (&holder.0).into(), token.into(), until.into()];
                if tx.execute(include_str!("sql/lease_put.sql"), &params)? == 1 {
                    if before.is_some_and(|before| before.until != UtcMs(0)) {
                        metrics::lease_taken_over();
                    }
                    Taken::Ours(Self {
                        job: job.to_owned(),
                        token,
                        until,
                    })
                } else {
                    // Somebody was faster, on an engine that let both of us look at once.
                    held(tx, job)?.map_or_else(|| Err(overtaken(job)), |held| Ok(Taken::Theirs(held)))?
                }
            }
        })
    }

    /// To be asked first in every transaction that writes for the job. It writes the row as it is:
    /// until this transaction ends, nobody can take the job over.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when somebody else took the job over: nothing may be written.
    pub fn hold(&self, tx: &mut dyn Write) -> Result<(), StoreError> {
        let params = [self.job.as_str().into(), self.token.into()];
        match tx.execute(include_str!("sql/lease_hold.sql"), &params)? {
            1 => Ok(()),
            _ => Err(overtaken(&self.job)),
        }
    }

    /// Holds it for `for_ms` milliseconds from now.
    ///
    /// # Errors
    /// Those of [`Lease::hold`].
    pub fn renew(&mut self, tx: &mut dyn Write, now: UtcMs, for_ms: i64) -> Result<(), StoreError> {
        let until = now.plus_ms(for_ms.clamp(0, LONGEST_MS));
        let params = [self.job.as_str().into(), self.token.into(), until.into()];
        if tx.execute(include_str!("sql/lease_renew.sql"), &params)? != 1 {
            return Err(overtaken(&self.job));
        }
        self.until = until;
        Ok(())
    }

    /// Gives it back; `done_at` notes that the job was done. Of a lease that was taken over nothing
    /// is noted.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn release(&self, tx: &mut dyn Write, done_at: Option<UtcMs>) -> Result<(), StoreError> {
        let params = [self.job.as_str().into(), self.token.into(), done_at.into()];
        tx.execute(include_str!("sql/lease_release.sql"), &params)?;
        Ok(())
    }

    /// The fencing token: larger than that of every holder before.
    pub fn token(&self) -> i64 {
        self.token
    }

    /// Until when it is held, unless it is renewed.
    pub fn until(&self) -> UtcMs {
        self.until
    }
}

fn overtaken(job: &str) -> StoreError {
    StoreError::Unavailable(format!("the lease of {job} was taken over"))
}

/// The row of a job; `None` when nobody ever took it.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn held<R: Read + ?Sized>(tx: &mut R, job: &str) -> Result<Option<Held>, StoreError> {
    let row = tx.first(include_str!("sql/lease_get.sql"), &[job.into()])?;
    row.map(|row| {
        let holder = row.bytes(0)?.try_into();
        Ok(Held {
            holder: Holder(holder.map_err(|_| StoreError::Shape("lease holder".into()))?),
            token: row.int(1)?,
            until: UtcMs(row.int(2)?),
            done_at: row.opt(3, Row::int)?.map(UtcMs),
        })
    })
    .transpose()
}

#[cfg(test)]
mod tests;
