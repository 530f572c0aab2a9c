//! Ed25519 signatures over domain-separated messages, and SHA-256.

use ed25519_dalek::{Signer, Verifier};
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::codec::Hash32;

/// What a signature is about. The label stands before the message, so that a signature made for
/// one purpose is worth nothing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// [`crate::receipt::Receipt`].
    Receipt,
    /// [`crate::envelope::Envelope`].
    Envelope,
    /// [`crate::credential::Credential`].
    Credential,
    /// [`crate::withdrawal::Withdrawal`].
    Withdrawal,
    /// [`crate::addresses::Addresses`].
    Addresses,
    /// A request of a tablet: [`crate::wire::Signed`].
    Request,
    /// A server's answer to a request: [`crate::wire::SignedAnswer`].
    Answer,
    /// An enrolment: proof that the tablet holds its key.
    Enrolment,
    /// [`crate::offsite::PrintedList`].
    PrintedList,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Receipt => b"preau/receipt/1\0",
            Self::Envelope => b"preau/envelope/1\0",
            Self::Credential => b"preau/credential/1\0",
            Self::Withdrawal => b"preau/withdrawal/1\0",
            Self::Addresses => b"preau/addresses/1\0",
            Self::Request => b"preau/request/1\0",
            Self::Answer => b"preau/answer/1\0",
            Self::Enrolment => b"preau/enrolment/1\0",
            Self::PrintedList => b"preau/printed-list/1\0",
        }
    }
}

/// A signing key: of a commune, or of a tablet.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// From 32 secret bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs a message for a purpose.
    pub fn sign(&self, purpose: Purpose, message: &[u8]) -> Signature {
        Signature(self.0.sign(&[purpose.label(), message].concat()).to_bytes())
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({:?})", self.public())
    }
}

/// A public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct PublicKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl PublicKey {
    /// From 32 bytes; `None` for another length.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Whether the signature is of this key, for this purpose, over this message.
    pub fn verifies(&self, purpose: Purpose, message: &[u8], signature: &Signature) -> bool {
        let Ok(key) = ed25519_dalek::VerifyingKey::from_bytes(&self.0) else {
            return false;
        };
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        key.verify(&[purpose.label(), message].concat(), &signature)
            .is_ok()
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// A signature.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Signature(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 64]);

impl Signature {
    /// From 64 bytes; `None` for another length.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0[..8]))
    }
}

/// SHA-256 of the parts, one after the other.
pub fn sha256(parts: &[&[u8]]) -> Hash32 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    Hash32(hasher.finalize().into())
}
