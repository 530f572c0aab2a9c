//! A tablet's credential, signed by the commune: a server restored from a backup older than the
//! enrolment still knows the tablet.

use minicbor::{Decode, Encode};

use crate::codec::encode;
use crate::ids::{DeviceId, SiteId};
use crate::sign::{PublicKey, Purpose, Signature, SigningKey};
use crate::slug::Slug;
use crate::time::UtcMs;

/// What the commune says of a tablet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Grant {
    /// The commune.
    #[n(0)]
    pub commune: Slug,
    /// The tablet.
    #[n(1)]
    pub device: DeviceId,
    /// The tablet's key.
    #[n(2)]
    pub key: PublicKey,
    /// The sites it points at.
    #[n(3)]
    pub sites: Vec<SiteId>,
    /// When it was enrolled.
    #[n(4)]
    pub since: UtcMs,
}

/// A signed grant.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Credential {
    /// What is granted.
    #[n(0)]
    pub grant: Grant,
    /// By the commune's key.
    #[n(1)]
    pub signature: Signature,
}

impl Credential {
    /// Signs a grant.
    pub fn sign(grant: Grant, key: &SigningKey) -> Self {
        let signature = key.sign(Purpose::Credential, &encode(&grant));
        Self { grant, signature }
    }

    /// Whether the commune granted it.
    pub fn is_of(&self, commune: &PublicKey) -> bool {
        commune.verifies(Purpose::Credential, &encode(&self.grant), &self.signature)
    }
}
