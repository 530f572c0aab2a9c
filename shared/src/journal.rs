//! The journal's chain: each entry's hash covers a header and a salted commitment of the body,
//! never the body itself. Blanking a body and its salt leaves the chain whole.

use minicbor::{Decode, Encode};

use crate::codec::{Hash32, encode};
use crate::ids::{BranchId, OperationId};
use crate::operation::{Actor, Channel};
use crate::receipt::Position;
use crate::sign::sha256;
use crate::time::UtcMs;

/// The version of the header written by this program.
pub const ENTRY_VERSION: u32 = 1;

/// What the chain hashes of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Header {
    /// [`ENTRY_VERSION`].
    #[n(0)]
    pub version: u32,
    /// The branch it was written on.
    #[n(1)]
    pub branch: BranchId,
    /// Its number, from 1, without holes.
    #[n(2)]
    pub seq: u64,
    /// Server clock when the operation was received.
    #[n(3)]
    pub received_at: UtcMs,
    /// The operation.
    #[n(4)]
    pub operation: OperationId,
    /// When its maker says it was made.
    #[n(5)]
    pub at: UtcMs,
    /// Who.
    #[n(6)]
    pub actor: Actor,
    /// Through what.
    #[n(7)]
    pub channel: Channel,
    /// The name of its body's kind.
    #[n(8)]
    pub kind: String,
    /// Where a merged entry comes from.
    #[n(9)]
    pub origin: Option<Position>,
    /// [`commitment`] of body and outcome.
    #[n(10)]
    pub commitment: Hash32,
    /// The version the actor had in view.
    #[n(11)]
    pub seen: Option<i64>,
    /// Of a merged entry: when the server that was lost had received it. Deadlines are judged by it.
    #[n(12)]
    pub first_received_at: Option<UtcMs>,
}

impl Header {
    /// The instant by which its operation is judged.
    pub fn judged_at(&self) -> UtcMs {
        self.first_received_at.unwrap_or(self.received_at)
    }
}

/// Commitment to an encoded body and its encoded outcome under a random salt of 32 bytes.
pub fn commitment(salt: &Hash32, body: &[u8], outcome: &[u8]) -> Hash32 {
    let length = u64::try_from(body.len()).unwrap_or(u64::MAX).to_be_bytes();
    sha256(&[b"preau/body/1\0", &salt.0, &length, body, outcome])
}

/// Hash of an entry, given the hash of the one before ([`Hash32::ZERO`] for the first).
pub fn entry_hash(previous: &Hash32, header: &Header) -> Hash32 {
    sha256(&[b"preau/entry/1\0", &previous.0, &encode(header)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::AgentId;
    use uuid::Uuid;

    #[test]
    fn an_entry_has_this_hash_for_ever() {
        let salt = Hash32([9; 32]);
        let header = Header {
            version: ENTRY_VERSION,
            branch: BranchId(Uuid::from_u128(1)),
            seq: 1,
            received_at: UtcMs(1_795_420_800_000),
            operation: OperationId(Uuid::from_u128(2)),
            at: UtcMs(1_795_420_799_000),
            actor: Actor::Agent(AgentId(Uuid::from_u128(3))),
            channel: Channel::Desk,
            kind: "put_site".into(),
            origin: None,
            commitment: commitment(&salt, b"body", b"outcome"),
            seen: None,
            first_received_at: None,
        };
        assert_eq!(
            header.commitment.hex(),
            "c1a175eeef4ea41832b42ebec44cd4f4ce3768964165e59907b33a2de51ec42e"
        );
        assert_eq!(
            entry_hash(&Hash32::ZERO, &header).hex(),
            "f53e87763c58c26fa5b37b74dfce757e102d294eacf1a2ed5908d963954dcad7"
        );
        assert_ne!(commitment(&salt, b"bod", b"youtcome"), header.commitment);
    }
}
