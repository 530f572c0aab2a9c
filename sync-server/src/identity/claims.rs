//! What a signed token must say, judged without a clock or a network of its own.

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;
use shared::time::UtcMs;

/// How far the provider's clock may be from ours, in seconds.
const LEEWAY_S: i64 = 60;
/// How long ago a token may have been made, in seconds: somebody comes straight back.
const OLDEST_S: i64 = 10 * 60;
/// Levels of eIDAS that do: the lowest, or more.
const LEVELS: [&str; 3] = ["eidas1", "eidas2", "eidas3"];

/// Why a token is not believed. For the log: it names no one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOurs {
    /// It is no token, or is signed otherwise than ours are.
    #[error("unreadable, or not signed with ES256 or RS256")]
    Unreadable,
    /// No key of the provider fits.
    #[error("signed with a key that the provider does not publish")]
    UnknownKey,
    /// The signature does not hold.
    #[error("the signature does not hold")]
    Signature,
    /// Another provider made it.
    #[error("another issuer")]
    Issuer,
    /// It is for somebody else.
    #[error("another audience")]
    Audience,
    /// It is too old, or of the future.
    #[error("expired, or not of now")]
    Time,
    /// It answers another question.
    #[error("another nonce")]
    Nonce,
    /// The person was identified less well than we ask.
    #[error("a level below eidas1")]
    Level,
    /// It is about somebody else, or nobody.
    #[error("another subject")]
    Subject,
    /// The provider does not know the code: it was used, is too old, or was made up.
    #[error("the code opens nothing")]
    Code,
}

/// What was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Who answers.
    pub issuer: &'a str,
    /// Who asked.
    pub client: &'a str,
    /// Now.
    pub now: UtcMs,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: Option<String>,
    sub: Option<String>,
    aud: Option<Value>,
    azp: Option<String>,
    exp: Option<i64>,
    iat: Option<i64>,
    nonce: Option<String>,
    acr: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
}

/// The key that a token names.
pub(super) fn key_id(token: &str) -> Result<Option<String>, NotOurs> {
    Ok(decode_header(token).map_err(|_| NotOurs::Unreadable)?.kid)
}

/// The subject of the token that says who somebody is.
///
/// # Errors
/// [`NotOurs`].
pub(super) fn who(
    token: &str,
    keys: &[Jwk],
    expected: &Expected<'_>,
    nonce: &str,
) -> Result<String, NotOurs> {
    let claims = opened(token, keys, expected)?;
    let now_s = expected.now.0.div_euclid(1000);
    let expires = claims.exp.ok_or(NotOurs::Time)?;
    let made = claims.iat.ok_or(NotOurs::Time)?;
    if expires + LEEWAY_S <= now_s || made > now_s + LEEWAY_S || made < now_s - OLDEST_S {
        return Err(NotOurs::Time);
    }
    if nonce.is_empty() || claims.nonce.as_deref() != Some(nonce) {
        return Err(NotOurs::Nonce);
    }
    if !claims.acr.as_deref().is_some_and(|level| LEVELS.contains(&level)) {
        return Err(NotOurs::Level);
    }
    claims.sub.filter(|sub| !sub.is_empty()).ok_or(NotOurs::Subject)
}

/// The name that the token about a person gives, where it is about `subject`.
///
/// # Errors
/// [`NotOurs`].
pub(super) fn name(
    token: &str,
    keys: &[Jwk],
    expected: &Expected<'_>,
    subject: &str,
) -> Result<String, NotOurs> {
    let claims = opened(token, keys, expected)?;
    let now_s = expected.now.0.div_euclid(1000);
    if claims.exp.is_some_and(|expires| expires + LEEWAY_S <= now_s) {
        return Err(NotOurs::Time);
    }
    if claims.sub.as_deref() != Some(subject) {
        return Err(NotOurs::Subject);
    }
    let names = [claims.given_name, claims.family_name];
    Ok(names.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// What a token says, once its signature, its maker and its reader are right.
fn opened(token: &str, keys: &[Jwk], expected: &Expected<'_>) -> Result<Claims, NotOurs> {
    let header = decode_header(token).map_err(|_| NotOurs::Unreadable)?;
    if !matches!(header.alg, Algorithm::ES256 | Algorithm::RS256) {
        return Err(NotOurs::Unreadable);
    }
    let fits = |key: &&Jwk| match &header.kid {
        Some(kid) => key.common.key_id.as_ref() == Some(kid),
        None => keys.len() == 1,
    };
    let key = keys.iter().find(fits).ok_or(NotOurs::UnknownKey)?;
    let key = DecodingKey::from_jwk(key).map_err(|_| NotOurs::UnknownKey)?;
    // Only the signature is judged there: times by our own clock, the rest below.
    let mut validation = Validation::new(header.alg);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let claims = decode::<Claims>(token, &key, &validation)
        .map_err(|_| NotOurs::Signature)?
        .claims;
    if claims.iss.as_deref() != Some(expected.issuer) {
        return Err(NotOurs::Issuer);
    }
    let for_us = match &claims.aud {
        Some(Value::String(one)) => one == expected.client,
        Some(Value::Array(all)) => {
            all.iter().any(|one| one == expected.client)
                && (all.len() == 1 || claims.azp.as_deref() == Some(expected.client))
        }
        _ => false,
    };
    if !for_us {
        return Err(NotOurs::Audience);
    }
    Ok(claims)
}

#[cfg(test)]
#[path = "claims_tests.rs"]
mod tests;
