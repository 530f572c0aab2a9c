//! The password that somebody who is in is asked for once more, before what opens the account is changed.

use shared::ids::GuardianId;
use shared::operation::Guessing;
use shared::time::UtcMs;

use super::super::family::Guest;
use super::guessing;
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::passwords;
use crate::store::{Row, StoreError};
use crate::web::WebError;
use crate::web::hashing::{self, MAX_CHARS};
use crate::web::throttle::{self, Subject};

/// Whether it was the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web::portal) enum Known {
    /// It was.
    Yes,
    /// It was not.
    No,
    /// Too many were not; again from then on.
    Locked(UtcMs),
}

/// Whether this is a guardian's password. Tries are counted as at the door: a telephone that lies about open is not to
/// be guessed at.
///
/// # Errors
/// [`WebError`] of the store.
pub(in crate::web::portal) async fn knows_password(
    guest: &Guest,
    guardian: GuardianId,
    password: &str,
) -> Result<Known, WebError> {
    if password.is_empty() || password.chars().count() > MAX_CHARS {
        return Ok(Known::No);
    }
    let password = password.to_owned();
    let client = guest.visit.address_of_client();
    let place = hashing::place().await?;
    let known = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let known = check(commune, guardian, &password)?;
        if matches!(known, Known::Locked(_)) {
            guessing::note(commune, Guessing::Passwords, 6, client)?;
        }
        Ok::<_, CorridorError>(known)
    });
    let known = known.await;
    drop(place);
    known
}

fn check(commune: &Commune, guardian: GuardianId, password: &str) -> Result<Known, StoreError> {
    let now = commune.clock.now();
    let subjects = [Subject::Password(guardian)];
    if let Some(until) = throttle::attempt(commune, &subjects)? {
        return Ok(Known::Locked(until));
    }
    let sql = include_str!("../../../record/guardian/account.sql");
    let row = commune.store.read(|tx| tx.first(sql, &[guardian.into()]))?;
    let phc = row.map(|row| row.opt(2, Row::text)).transpose()?.flatten();
    if passwords::verify(password, phc.as_deref()) {
        commune
            .store
            .write(move |tx| throttle::was_right(tx, &subjects))?;
        return Ok(Known::Yes);
    }
    let until = commune
        .store
        .read(|tx| throttle::locked_until(tx, &subjects, now))?;
    Ok(until.map_or(Known::No, Known::Locked))
}
