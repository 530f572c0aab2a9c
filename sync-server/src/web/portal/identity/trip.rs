//! What somebody takes to the provider and brings back.

use serde::{Deserialize, Serialize};
use shared::codec::Hash32;
use shared::ids::GuardianId;
use shared::sign::sha256;
use shared::time::UtcMs;

use super::Way;
use crate::clock::random;
use crate::commune::Commune;
use crate::store::{Row, StoreError};
use crate::web::visit::Secret;

/// How long somebody may be away, in ms.
pub(crate) const AWAY_MS: i64 = 10 * 60 * 1000;
/// What the trip is sealed for.
const SEALED: &str = "identity trip";

/// What somebody takes along.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Trip {
    state: String,
    nonce: String,
    verifier: String,
    redirect: String,
    /// SHA-256 of the cookie of the browser that left.
    browser: String,
    /// Whose account the identity is to be tied to; to get in, where nobody's.
    pub(super) tie: Option<GuardianId>,
}

fn word() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&random::<32>())
}

fn browser_of(secret: &Secret) -> String {
    sha256(&[b"identity trip", secret]).hex()
}

fn key(state: &str) -> Hash32 {
    sha256(&[b"identity state", state.as_bytes()])
}

impl Trip {
    /// A new one, and the cookie that binds it to a browser.
    pub(super) fn new(redirect: String, tie: Option<GuardianId>) -> (Self, Secret) {
        let browser: Secret = random();
        let trip = Self {
            state: word(),
            nonce: word(),
            verifier: word(),
            redirect,
            browser: browser_of(&browser),
            tie,
        };
        (trip, browser)
    }

    /// What the provider is told of it.
    pub(super) fn way(&self) -> Way<'_> {
        Way {
            redirect: &self.redirect,
            state: &self.state,
            nonce: &self.nonce,
            verifier: &self.verifier,
        }
    }

    /// Keeps it until somebody comes back.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(super) fn keep(&self, commune: &Commune) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(self).map_err(|error| StoreError::Shape(error.to_string()))?;
        let params = [
            key(&self.state).into(),
            commune.keys.seal(SEALED, &bytes).into(),
            commune.clock.now().into(),
        ];
        commune
            .store
            .write(move |tx| tx.execute(include_str!("sql/trip_put.sql"), &params).map(|_| ()))
    }

    /// Takes up the trip of a state: once, in time, in the browser that left.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(super) fn take(
        commune: &Commune,
        state: &str,
        browser: Option<&Secret>,
    ) -> Result<Option<Self>, StoreError> {
        let Some(browser) = browser.map(browser_of) else {
            return Ok(None);
        };
        let key = key(state);
        let row = commune.store.write(move |tx| {
            let row = tx.first(include_str!("sql/trip_get.sql"), &[key.into()])?;
            if row.is_some() {
                tx.execute(include_str!("sql/trip_end.sql"), &[key.into()])?;
            }
            Ok::<Option<Row>, StoreError>(row)
        })?;
        let Some(row) = row else { return Ok(None) };
        let made_at = UtcMs(row.int(1)?);
        let opened = commune.keys.unseal(SEALED, &row.bytes(0)?);
        let trip: Option<Self> = opened.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let age_ms = commune.clock.now().0.saturating_sub(made_at.0);
        Ok(trip.filter(|trip| (0..AWAY_MS).contains(&age_ms) && trip.browser == browser))
    }
}
