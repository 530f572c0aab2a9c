//! Codes of a second factor that change every half minute: RFC 6238 with HMAC-SHA-1 and six digits, what every app
//! knows without being told.

use ring::hmac;
use shared::time::UtcMs;
use subtle::ConstantTimeEq;

/// How long a code lasts, in milliseconds.
const STEP_MS: i64 = 30_000;
/// Steps before and after that are taken: telephones go wrong by half a minute.
const AROUND: i64 = 1;
/// Bytes of a secret: as many as the hash makes (RFC 4226, section 4).
pub(super) const SECRET: usize = 20;

/// The code of a step.
fn code(secret: &[u8], step: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = bytes.last().map_or(0, |last| usize::from(last & 0x0f));
    let four = bytes
        .get(offset..offset + 4)
        .and_then(|four| <[u8; 4]>::try_from(four).ok())
        .unwrap_or_default();
    (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
}

/// The step of a code that was typed, if it is one of now; spaces do not matter.
pub(super) fn step_of(secret: &[u8], typed: &str, now: UtcMs) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let current = now.0.div_euclid(STEP_MS);
    // All are compared, whichever fits.
    (current - AROUND..=current + AROUND)
        .rev()
        .fold(None, |fits, step| {
            let right = format!("{:06}", code(secret, step));
            let same = bool::from(right.as_bytes().ct_eq(digits.as_bytes()));
            if same && fits.is_none() { Some(step) } else { fits }
        })
}

/// What an app shows that holds the secret.
#[cfg(test)]
pub(super) fn shown(secret: &[u8], now: UtcMs) -> String {
    format!("{:06}", code(secret, now.0.div_euclid(STEP_MS)))
}

/// What an app reads from a QR code.
pub(super) fn address(commune: &str, login: &str, secret: &[u8]) -> String {
    format!(
        "otpauth://totp/{}:{}?secret={}&issuer={}",
        encoded(commune),
        encoded(login),
        text(secret),
        encoded(commune)
    )
}

/// The secret as it is typed where no camera is.
pub(super) fn text(secret: &[u8]) -> String {
    data_encoding::BASE32_NOPAD.encode(secret)
}

/// Reads it back.
pub(super) fn secret_of(text: &str) -> Option<Vec<u8>> {
    let secret = data_encoding::BASE32_NOPAD.decode(text.as_bytes()).ok()?;
    (secret.len() == SECRET).then_some(secret)
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-._~@".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B.
    const KEY: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        for (second, right) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(code(KEY, second / 30), right, "{second}");
        }
    }

    #[test]
    fn a_code_is_taken_half_a_minute_early_or_late_and_no_longer() {
        let now = UtcMs(1_111_111_109_000);
        assert_eq!(step_of(KEY, "081804", now), Some(37_037_036));
        assert_eq!(step_of(KEY, " 081 804 ", now), Some(37_037_036));
        assert!(step_of(KEY, "081804", now.plus_ms(30_000)).is_some());
        assert!(step_of(KEY, "081804", now.plus_ms(-30_000)).is_some());
        assert_eq!(step_of(KEY, "081804", now.plus_ms(61_000)), None);
        for wrong in ["81804", "0081804", "", "081805", "08180é"] {
            assert_eq!(step_of(KEY, wrong, now), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_read_as_it_was_written() {
        assert_eq!(secret_of(&text(KEY)).as_deref(), Some(KEY));
        assert_eq!(secret_of("GEZDGNBV"), None, "too short to be ours");
        assert_eq!(
            address("Ville d’Essai", "a@b.example", KEY),
            "otpauth://totp/Ville%20d%E2%80%99Essai:a@b.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Ville%20d%E2%80%99Essai"
        );
    }
}
