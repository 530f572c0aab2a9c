//! Ephemera: rows that are lost in a fire without harm, and how long each is kept. Whoever reads
//! them judges their age; that they are removed keeps the tables small and the secrets few.

use shared::time::UtcMs;

use crate::store::{Read, StoreError, Value, Write};

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A session of the desk ends after this long without a page, in ms.
pub const SESSION_IDLE_MS: i64 = 8 * HOUR_MS;
/// It ends after this long in any case, in ms: a board that reloads itself is never idle.
pub const SESSION_WHOLE_MS: i64 = 24 * HOUR_MS;
/// A count of failures says nothing any more after this long, in ms.
const THROTTLE_MS: i64 = DAY_MS;
/// An import in the making is kept so long, in ms: it holds a file of children.
pub const DRAFT_MS: i64 = DAY_MS;
/// A tablet that was not heard of for so long, in ms, is not said to have been.
const CONTACT_MS: i64 = 400 * DAY_MS;

/// Somebody who went to an identity provider is back after this long, in ms, or begins anew.
const TRIP_MS: i64 = HOUR_MS;

/// Whether anything is there to be removed. Costs no write.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn any(tx: &mut dyn Read, now: UtcMs) -> Result<bool, StoreError> {
    let params: [Value; 6] = [
        SESSION_IDLE_MS,
        SESSION_WHOLE_MS,
        THROTTLE_MS,
        DRAFT_MS,
        CONTACT_MS,
        TRIP_MS,
    ]
    .map(|kept_ms| now.plus_ms(-kept_ms).into());
    Ok(tx.first(include_str!("sql/ephemera_any.sql"), &params)?.is_some())
}

/// Removes what is too old; answers how many rows went.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn remove(tx: &mut dyn Write, now: UtcMs) -> Result<u64, StoreError> {
    let before = |kept_ms: i64| Value::from(now.plus_ms(-kept_ms));
    let sessions = [before(SESSION_IDLE_MS), before(SESSION_WHOLE_MS)];
    let mut gone = tx.execute(include_str!("sql/ephemera_sessions.sql"), &sessions)?;
    gone += tx.execute(include_str!("sql/ephemera_throttles.sql"), &[before(THROTTLE_MS)])?;
    gone += tx.execute(include_str!("sql/ephemera_drafts.sql"), &[before(DRAFT_MS)])?;
    gone += tx.execute(include_str!("sql/ephemera_contacts.sql"), &[before(CONTACT_MS)])?;
    gone += tx.execute(include_str!("sql/ephemera_trips.sql"), &[before(TRIP_MS)])?;
    Ok(gone)
}
