//! The server's signed word on what it holds.

use minicbor::{Decode, Encode};

use crate::codec::{Hash32, encode};
use crate::ids::DeviceId;
pub use crate::position::Position;
use crate::sign::{PublicKey, Purpose, Signature, SigningKey};

/// What a receipt says: at that point of the journal, the sheets of this tablet's window had this
/// digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Statement {
    /// The tablet it is given to.
    #[n(0)]
    pub device: DeviceId,
    /// The point of the journal.
    #[n(1)]
    pub at: Position,
    /// [`crate::digest::window_digest`] of the tablet's sites from its first date on.
    #[n(2)]
    pub window: Hash32,
}

/// A signed statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Receipt {
    /// What it says.
    #[n(0)]
    pub statement: Statement,
    /// By the commune's key.
    #[n(1)]
    pub signature: Signature,
}

impl Receipt {
    /// Signs a statement.
    pub fn sign(statement: Statement, key: &SigningKey) -> Self {
        Self {
            statement,
            signature: key.sign(Purpose::Receipt, &encode(&statement)),
        }
    }

    /// Whether the commune said so.
    pub fn is_of(&self, commune: &PublicKey) -> bool {
        commune.verifies(Purpose::Receipt, &encode(&self.statement), &self.signature)
    }
}
