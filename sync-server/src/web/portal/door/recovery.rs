//! Codes for a lost telephone: ten signs of Crockford's base 32, of which only the SHA-256 is kept, each good once.

use shared::codec::Hash32;
use shared::ids::GuardianId;
use shared::sign::sha256;

use crate::clock::random;

const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs of a code: 50 bits, and six tries.
const CHARS: usize = 10;
/// Codes given out at once.
const MANY: usize = 8;

/// Draws new codes, as they are shown.
pub(super) fn draw() -> Vec<String> {
    (0..MANY)
        .map(|_| {
            let bytes: [u8; CHARS] = random();
            let signs: String = bytes
                .iter()
                .map(|byte| char::from(SIGNS[usize::from(byte & 31)]))
                .collect();
            let (first, second) = signs.split_at(CHARS / 2);
            format!("{first}-{second}")
        })
        .collect()
}

/// What is kept of a code, as it was typed; `None` for what is none.
pub(super) fn hash(guardian: GuardianId, typed: &str) -> Option<Hash32> {
    let signs: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '–' | '—'))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    let fits = signs.len() == CHARS && signs.bytes().all(|sign| SIGNS.contains(&sign));
    fits.then(|| sha256(&[b"preau recovery code", guardian.as_bytes(), signs.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_code_is_known_again_as_people_type_it_and_for_its_owner_alone() {
        let (karim, lea) = (GuardianId(Uuid::from_u128(1)), GuardianId(Uuid::from_u128(2)));
        let kept = hash(karim, "0ABCD-1FGHJ");
        assert!(kept.is_some());
        for typed in ["oabcd lfghj", "0ABCDIFGHJ", " 0abcd–1fghj "] {
            assert_eq!(hash(karim, typed), kept, "{typed}");
        }
        assert_ne!(hash(lea, "0ABCD-1FGHJ"), kept);
        for none in ["", "123456", "0ABCD-1FGHU", "0ABCD-1FGHJ2"] {
            assert_eq!(hash(karim, none), None, "{none}");
        }
    }

    #[test]
    fn no_two_codes_are_the_same() {
        let codes = draw();
        let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!((codes.len(), distinct.len()), (MANY, MANY));
        assert!(
            codes
                .iter()
                .all(|code| hash(GuardianId(Uuid::nil()), code).is_some())
        );
    }
}
