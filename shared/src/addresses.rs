//! The signed list of addresses at which a commune's server may be found. A tablet trusts the
//! key, not the name.

use minicbor::{Decode, Encode};

use crate::codec::encode;
use crate::sign::{PublicKey, Purpose, Signature, SigningKey};
use crate::slug::Slug;
use crate::time::UtcMs;

/// Where to look, in order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Places {
    /// The commune.
    #[n(0)]
    pub commune: Slug,
    /// When the list was made: the newest wins.
    #[n(1)]
    pub at: UtcMs,
    /// Server addresses, main first, such as `https://preau.example.fr`.
    #[n(2)]
    pub servers: Vec<String>,
    /// Where a newer signed list may be published when no server answers.
    #[n(3)]
    pub fallback: Option<String>,
}

/// A signed list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Addresses {
    /// The list.
    #[n(0)]
    pub places: Places,
    /// By the commune's key.
    #[n(1)]
    pub signature: Signature,
}

impl Addresses {
    /// Signs a list.
    pub fn sign(places: Places, key: &SigningKey) -> Self {
        let signature = key.sign(Purpose::Addresses, &encode(&places));
        Self { places, signature }
    }

    /// Whether the commune published it.
    pub fn is_of(&self, commune: &PublicKey) -> bool {
        commune.verifies(Purpose::Addresses, &encode(&self.places), &self.signature)
    }
}
