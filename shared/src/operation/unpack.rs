//! Reading an operation's body back.

use super::body::{Body, KINDS};
use crate::codec::{Unreadable, decode};

/// Reads a body; tells a kind this program does not know yet from damage.
///
/// # Errors
/// [`Unreadable::Newer`] with the number of the kind, or what is wrong with the bytes.
pub fn decode_body(bytes: &[u8]) -> Result<Body, Unreadable> {
    let mut head = minicbor::Decoder::new(bytes);
    let number = head
        .array()
        .and_then(|_| head.u32())
        .map_err(|e| Unreadable::Malformed(e.to_string()))?;
    if KINDS.iter().all(|(n, _)| *n != number) {
        return Err(Unreadable::Newer(number));
    }
    decode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::encode;
    use crate::ids::AgentId;

    #[test]
    fn numbers_and_names_are_each_used_once() {
        for (i, (number, name)) in KINDS.iter().enumerate() {
            assert_eq!(usize::try_from(*number), Ok(i));
            assert_eq!(KINDS.iter().filter(|(_, other)| other == name).count(), 1);
        }
    }

    #[test]
    fn a_kind_of_tomorrow_is_not_damage() {
        let mut bytes = encode(&Body::AgentLoggedIn {
            agent: AgentId(uuid::Uuid::from_u128(1)),
        });
        assert_eq!(
            data_encoding::HEXLOWER.encode(&bytes),
            "820f5000000000000000000000000000000001"
        );
        assert!(decode_body(&bytes).is_ok());
        bytes.splice(1..2, [0x19, 0x03, 0xe7]);
        assert_eq!(decode_body(&bytes), Err(Unreadable::Newer(999)));
    }
}
