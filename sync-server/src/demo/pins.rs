//! PINs of the staff, hashed so that a tablet can check them within a moment.

use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use shared::ids::StaffId;

use super::StaffPin;

/// Memory of one hash, in KiB: what a small tablet spares.
const MEMORY_KIB: u32 = 8 * 1024;

/// The PHC forms, on every core.
pub(super) fn hash_all(pins: &[StaffPin]) -> Vec<(StaffId, String)> {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let share = pins.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = pins
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(hash).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_default())
            .collect()
    })
}

fn hash(pin: &StaffPin) -> (StaffId, String) {
    let params = Params::new(MEMORY_KIB, 2, 1, None).unwrap_or_default();
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let salt = SaltString::encode_b64(&pin.salt);
    let hashed = salt.and_then(|salt| {
        argon
            .hash_password(pin.pin.as_bytes(), &salt)
            .map(|hash| hash.to_string())
    });
    (pin.staff, hashed.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::{PasswordHash, PasswordVerifier};

    use super::*;
    use crate::demo::town;

    #[test]
    fn a_pin_of_the_demo_opens_its_tablet() {
        let pins = town(3, "2026-11-22".parse().unwrap()).staff_pins;
        let hashed = hash_all(&pins[..2]);
        for (pin, (staff, phc)) in pins.iter().zip(&hashed) {
            assert_eq!(pin.staff, *staff);
            assert!(phc.starts_with("$argon2id$v=19$m=8192,t=2,p=1$"));
            let parsed = PasswordHash::new(phc).unwrap();
            assert!(
                Argon2::default()
                    .verify_password(pin.pin.as_bytes(), &parsed)
                    .is_ok()
            );
        }
        assert_eq!(
            hash_all(&pins[..2]),
            hashed,
            "the same seed makes the same hashes"
        );
    }
}
