//! Attempts to log in, counted in the store: across processes, and across a restart.
//!
//! An attempt is counted before its password is looked at, and given back when it was right. A
//! hundred guesses sent at once are then no better than six sent in turn.

use std::net::IpAddr;

use shared::time::UtcMs;

use crate::store::{StoreError, Value, Write};

/// How long a subject stays locked, and how long a failure counts.
pub(super) const LOCK_MS: i64 = 15 * 60 * 1000;
/// Attempts at one account.
const OF_ACCOUNT: i64 = 6;
/// Attempts from one address: a whole town hall may stand behind it.
const OF_ADDRESS: i64 = 60;
/// Rows older than this say nothing any more.
const KEPT_MS: i64 = 24 * 60 * 60 * 1000;

/// Failures of one subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tries {
    failures: i64,
    locked_until: UtcMs,
    last_at: UtcMs,
}

impl Tries {
    /// One more attempt, or until when there can be none.
    fn one_more(self, now: UtcMs, limit: i64) -> Result<Self, UtcMs> {
        if self.locked_until > now {
            return Err(self.locked_until);
        }
        let forgotten = self.locked_until != UtcMs(0) || now.0.saturating_sub(self.last_at.0) >= LOCK_MS;
        let failures = if forgotten { 1 } else { self.failures + 1 };
        let locked_until = if failures >= limit {
            now.plus_ms(LOCK_MS)
        } else {
            UtcMs(0)
        };
        Ok(Self {
            failures,
            locked_until,
            last_at: now,
        })
    }
}

/// Whose attempts are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// An account, there or not, by its e-mail in lower case.
    Account(String),
    /// An address.
    Address(IpAddr),
}

impl Subject {
    fn key(&self) -> String {
        match self {
            Self::Account(email) => format!("agent:{email}"),
            Self::Address(IpAddr::V4(address)) => format!("ip:{address}"),
            // A household or an office holds a whole /64.
            Self::Address(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
                Some(address) => format!("ip:{address}"),
                None => {
                    let [a, b, c, d, ..] = address.segments();
                    format!("ip:{a:x}:{b:x}:{c:x}:{d:x}::/64")
                }
            },
        }
    }

    fn limit(&self) -> i64 {
        match self {
            Self::Account(_) => OF_ACCOUNT,
            Self::Address(_) => OF_ADDRESS,
        }
    }
}

/// Counts an attempt for each subject. `Ok(Some(until))`: one of them is locked, and nothing was
/// counted.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn charge(
    tx: &mut dyn Write,
    subjects: &[Subject],
    now: UtcMs,
) -> Result<Option<UtcMs>, StoreError> {
    let mut counted = Vec::with_capacity(subjects.len());
    for subject in subjects {
        match tries(tx, subject)?.one_more(now, subject.limit()) {
            Ok(tries) => counted.push(tries),
            Err(until) => return Ok(Some(until)),
        }
    }
    tx.execute(
        include_str!("sql/throttle_prune.sql"),
        &[now.plus_ms(-KEPT_MS).into()],
    )?;
    for (subject, tries) in subjects.iter().zip(counted) {
        let params: [Value; 4] = [
            subject.key().into(),
            tries.failures.into(),
            tries.locked_until.into(),
            tries.last_at.into(),
        ];
        tx.execute(include_str!("sql/throttle_put.sql"), &params)?;
    }
    Ok(None)
}

/// The attempt was right: the account's are forgotten. Those of the address stay, or whoever holds
/// one account could guess at all others for ever.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn clear(tx: &mut dyn Write, subjects: &[Subject]) -> Result<(), StoreError> {
    for subject in subjects
        .iter()
        .filter(|subject| matches!(subject, Subject::Account(_)))
    {
        tx.execute(include_str!("sql/throttle_clear.sql"), &[subject.key().into()])?;
    }
    Ok(())
}

/// Until when a subject is locked after the attempt just counted.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn locked_until(
    tx: &mut dyn Write,
    subjects: &[Subject],
    now: UtcMs,
) -> Result<Option<UtcMs>, StoreError> {
    let mut latest = None;
    for subject in subjects {
        let until = tries(tx, subject)?.locked_until;
        latest = latest.max((until > now).then_some(until));
    }
    Ok(latest)
}

fn tries(tx: &mut dyn Write, subject: &Subject) -> Result<Tries, StoreError> {
    let row = tx.first(include_str!("sql/throttle_get.sql"), &[subject.key().into()])?;
    row.map_or(Ok(Tries::default()), |row| {
        Ok(Tries {
            failures: row.int(0)?,
            locked_until: UtcMs(row.int(1)?),
            last_at: UtcMs(row.int(2)?),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: UtcMs = UtcMs(1_795_345_200_000);

    fn after(attempts: i64, apart_ms: i64) -> Tries {
        let at = |n: i64| NOON.plus_ms(n * apart_ms);
        (0..attempts)
            .try_fold(Tries::default(), |tries, n| tries.one_more(at(n), OF_ACCOUNT))
            .unwrap()
    }

    #[test]
    fn the_sixth_failure_locks_for_a_quarter_of_an_hour() {
        assert_eq!(after(5, 0).locked_until, UtcMs(0));
        let locked = after(6, 0);
        assert_eq!(locked.one_more(NOON, OF_ACCOUNT), Err(NOON.plus_ms(LOCK_MS)));
        assert_eq!(
            locked.one_more(NOON.plus_ms(LOCK_MS - 1), OF_ACCOUNT),
            Err(NOON.plus_ms(LOCK_MS))
        );
        let again = locked.one_more(NOON.plus_ms(LOCK_MS), OF_ACCOUNT).unwrap();
        assert_eq!((again.failures, again.locked_until), (1, UtcMs(0)));
    }

    #[test]
    fn failures_of_long_ago_do_not_add_up() {
        assert_eq!(after(40, LOCK_MS).failures, 1);
        assert_eq!(after(5, LOCK_MS - 1).failures, 5);
    }

    #[test]
    fn neighbours_of_one_network_share_a_count() {
        let key = |text: &str| Subject::Address(text.parse().unwrap()).key();
        assert_eq!(key("2001:db8:0:7::1"), key("2001:db8:0:7:ffff::2"));
        assert_ne!(key("2001:db8:0:7::1"), key("2001:db8:0:8::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }
}
