//! Passwords: argon2id with the parameters OWASP gives (19 MiB, two passes, one lane).

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::clock::random;

/// Shortest password accepted, in characters.
pub const MIN_CHARS: usize = 12;

fn argon() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The PHC form of a password under a fresh salt. Takes tens of milliseconds: not for async code.
pub fn hash(password: &str) -> String {
    let salt = SaltString::encode_b64(&random::<16>());
    let hashed = salt.and_then(|salt| {
        argon()
            .hash_password(password.as_bytes(), &salt)
            .map(|h| h.to_string())
    });
    hashed.unwrap_or_default()
}

/// Whether a password is the one hashed. Takes as long for an unknown account (`None`).
pub fn verify(password: &str, phc: Option<&str>) -> bool {
    // A hash of nothing anyone knows, so that the answer's delay does not tell accounts apart.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$KYZjE5Br9/Yb0bXyJ5n0s8qYjB9gq2x0u5xYcGq0V1s";
    let parsed = PasswordHash::new(phc.unwrap_or(NOBODY));
    let holds = parsed.is_ok_and(|parsed| argon().verify_password(password.as_bytes(), &parsed).is_ok());
    holds && phc.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        let phc = hash("quatre mots pour voir");
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("quatre mots pour voir", Some(&phc)));
        assert!(!verify("quatre mots pour rien", Some(&phc)));
        assert!(!verify("quatre mots pour voir", None));
    }
}
