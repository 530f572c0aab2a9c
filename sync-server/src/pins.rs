//! PINs of the staff: four to six digits, hashed for a tablet to check off line.
//!
//! A tablet has little memory and somebody waits before it, so the hash is lighter than that of a
//! password; what protects four digits is the lock after six failures and the sealed store.

use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::clock::random;

/// Fewest digits.
pub const MIN_DIGITS: usize = 4;
/// Most digits.
pub const MAX_DIGITS: usize = 6;

/// Why a PIN does not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Not four to six digits.
    Shape,
    /// Among the first that anybody tries.
    Weak,
}

/// The PHC form of a PIN under a fresh salt (8 MiB, two passes, one lane). Takes tens of
/// milliseconds: not for async code.
pub fn hash(pin: &str) -> String {
    let params = Params::new(8 * 1024, 2, 1, None).unwrap_or_default();
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let salt = SaltString::encode_b64(&random::<16>());
    let hashed = salt.and_then(|salt| argon.hash_password(pin.as_bytes(), &salt).map(|h| h.to_string()));
    hashed.unwrap_or_default()
}

/// Whether a PIN may be given.
///
/// # Errors
/// [`Unfit`] says why not.
pub fn check(pin: &str) -> Result<(), Unfit> {
    let digits: Vec<u8> = pin.bytes().collect();
    if !(MIN_DIGITS..=MAX_DIGITS).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Unfit::Shape);
    }
    let steps = |step: i16| {
        digits
            .windows(2)
            .all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == step)
    };
    // 1212, 123123, 1221: half of it says the rest.
    let (head, tail) = digits.split_at(digits.len() / 2);
    let halves = digits.len().is_multiple_of(2) && (head == tail || head.iter().rev().eq(tail));
    let doubled = digits.len() == 6 && digits.chunks(2).all(|pair| pair == &digits[..2]);
    let year = digits.len() == 4 && (digits.starts_with(b"19") || digits.starts_with(b"20"));
    if steps(0) || steps(1) || steps(-1) || halves || doubled || year {
        return Err(Unfit::Weak);
    }
    Ok(())
}

/// A PIN of four digits drawn at random.
pub fn draw() -> String {
    loop {
        let number = u64::from_be_bytes(random::<8>()) % 10_000;
        let pin = format!("{number:04}");
        if check(&pin).is_ok() {
            return pin;
        }
    }
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::{PasswordHash, PasswordVerifier};

    use super::*;

    #[test]
    fn what_anybody_tries_first_is_refused() {
        for weak in [
            "0000", "1234", "4321", "9876", "111111", "123456", "1212", "121212", "1221", "123123", "1987",
            "2026",
        ] {
            assert_eq!(check(weak), Err(Unfit::Weak), "{weak}");
        }
        for shape in ["", "123", "1234567", "12a4", "12 34", "１２３４"] {
            assert_eq!(check(shape), Err(Unfit::Shape), "{shape}");
        }
        for good in ["7294", "0583", "90417", "482913"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn a_drawn_pin_does_and_is_known_again_with_light_parameters() {
        let pin = draw();
        assert_eq!(check(&pin), Ok(()));
        let phc = hash(&pin);
        assert!(phc.starts_with("$argon2id$v=19$m=8192,t=2,p=1$"), "{phc}");
        let parsed = PasswordHash::new(&phc).unwrap();
        assert!(Argon2::default().verify_password(pin.as_bytes(), &parsed).is_ok());
        assert_ne!(phc, hash(&pin), "each has a salt of its own");
    }
}
