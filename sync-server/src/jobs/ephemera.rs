//! Ephemera: rows that are lost in a fire without harm, and how long each is kept. Whoever reads
//! them judges their age; that they are removed keeps the tables small and the secrets few.

use shared::time::UtcMs;

use crate::store::{Read, StoreError, Value, Write};
use crate::web::portal::session::{IDLE_MS, WHOLE_MS};

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
/// What a letter carries is kept so long, in ms: longer than any link lives, and than a letter waits for a mail server.
const LETTER_MS: i64 = 10 * DAY_MS;
/// A code of a second factor is one of another day after this long, in ms; its steps are half minutes.
const FACTOR_MS: i64 = DAY_MS;
/// A cart on which nobody worked for so long, in ms, is forgotten.
const CART_MS: i64 = 60 * DAY_MS;
/// When a line was put into a cart that was taken out again is no longer asked after this long, in ms: six times the
/// longest hold there may be.
const TAKEN_OUT_MS: i64 = 6 * DAY_MS;
/// A step of a second factor, in ms.
const STEP_MS: i64 = 30_000;

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
    let families: [Value; 4] = [
        now.plus_ms(-IDLE_MS).into(),
        now.plus_ms(-WHOLE_MS).into(),
        now.plus_ms(-LETTER_MS).into(),
        step_of(now).into(),
    ];
    let carts = [CART_MS, 0, TAKEN_OUT_MS].map(|kept_ms| now.plus_ms(-kept_ms).into());
    let cart = tx.first(include_str!("sql/ephemera_any_cart.sql"), &carts)?;
    let desk = tx.first(include_str!("sql/ephemera_any.sql"), &params)?;
    let portal = tx.first(include_str!("sql/ephemera_any_of_families.sql"), &families)?;
    Ok(desk.is_some() || portal.is_some() || cart.is_some())
}

/// The last step of a second factor that nobody can use any more.
fn step_of(now: UtcMs) -> i64 {
    now.plus_ms(-FACTOR_MS).0.div_euclid(STEP_MS)
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
    let of_families = [before(IDLE_MS), before(WHOLE_MS)];
    gone += tx.execute(include_str!("sql/ephemera_portal_sessions.sql"), &of_families)?;
    gone += tx.execute(
        include_str!("sql/ephemera_letter_secrets.sql"),
        &[before(LETTER_MS)],
    )?;
    gone += tx.execute(
        include_str!("sql/ephemera_letter_tries.sql"),
        &[before(LETTER_MS)],
    )?;
    gone += tx.execute(include_str!("sql/ephemera_carts.sql"), &[before(CART_MS)])?;
    gone += tx.execute(include_str!("sql/ephemera_holds.sql"), &[now.into()])?;
    gone += tx.execute(
        include_str!("sql/ephemera_taken_out.sql"),
        &[before(TAKEN_OUT_MS)],
    )?;
    gone += tx.execute(
        include_str!("sql/ephemera_factor_steps.sql"),
        &[step_of(now).into()],
    )?;
    Ok(gone)
}
