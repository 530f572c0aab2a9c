//! The key that browsers know a town's messages by (VAPID): made once, sealed in the record, so that subscriptions
//! outlive a machine.

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use shared::codec::Blob;
use shared::operation::{Actor, Body, Channel};
use shared::time::UtcMs;

use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::store::{Read, StoreError};

/// What it is sealed for.
const PURPOSE: &str = "push key";
/// How long a token is good, in ms; a service refuses more than 24 hours.
const TOKEN_MS: i64 = 12 * 60 * 60 * 1000;

/// The key of a town.
pub struct PushKey {
    pair: EcdsaKeyPair,
}

impl PushKey {
    fn of(pkcs8: &[u8]) -> Option<Self> {
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &random).ok()?;
        Some(Self { pair })
    }

    /// Its public half, an uncompressed point.
    pub fn public(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    /// The header `Authorization` of a message to a service: `origin` is scheme and host of where it goes, `contact`
    /// whom the service may write to.
    pub(super) fn authorization(&self, origin: &str, contact: &str, now: UtcMs) -> Option<String> {
        let encode = |bytes: &[u8]| data_encoding::BASE64URL_NOPAD.encode(bytes);
        let head = encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let claims = serde_json::json!({
            "aud": origin,
            "exp": now.plus_ms(TOKEN_MS).0 / 1000,
            "sub": contact,
        });
        let signed = format!("{head}.{}", encode(claims.to_string().as_bytes()));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).ok()?;
        let token = format!("{signed}.{}", encode(signature.as_ref()));
        Some(format!("vapid t={token}, k={}", encode(self.public())))
    }
}

impl std::fmt::Debug for PushKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PushKey")
    }
}

fn row<R: Read + ?Sized>(tx: &mut R) -> Result<Option<Vec<u8>>, StoreError> {
    let row = tx.first(include_str!("../record/push/key.sql"), &[])?;
    row.map(|row| row.bytes(1)).transpose()
}

/// The town's key, where one was made and it can be opened.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn held(commune: &Commune) -> Result<Option<PushKey>, StoreError> {
    let sealed = commune.store.read(|tx| row(tx))?;
    Ok(sealed
        .and_then(|sealed| commune.keys.unseal(PURPOSE, &sealed))
        .and_then(|pkcs8| PushKey::of(&pkcs8)))
}

/// The town's key, made now where there is none.
///
/// # Errors
/// [`CorridorError`]; nothing changed then.
pub fn made(commune: &Commune) -> Result<Option<PushKey>, CorridorError> {
    if let Some(key) = held(commune)? {
        return Ok(Some(key));
    }
    let random = SystemRandom::new();
    let Ok(pkcs8) = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random) else {
        return Ok(None);
    };
    let Some(key) = PushKey::of(pkcs8.as_ref()) else {
        return Ok(None);
    };
    let body = Body::SetPushKey {
        public: Blob(key.public().to_vec()),
        sealed: Blob(commune.keys.seal(PURPOSE, pkcs8.as_ref())),
    };
    let operation = commune.operation(Actor::System, Channel::Job, body);
    let made = commune.submit_all_if(vec![operation], |tx| match row(tx)? {
        None => Ok(()),
        Some(_) => Err(StoreError::Unavailable(FASTER.into())),
    });
    match made {
        Ok(()) => Ok(Some(key)),
        Err(CorridorError::Store(StoreError::Unavailable(why))) if why == FASTER => Ok(held(commune)?),
        Err(error) => Err(error),
    }
}

/// Why a key is not written.
const FASTER: &str = "another process made the key";
