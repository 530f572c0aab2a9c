//! What the text of a letter needs and no record may hold: it waits sealed beside the record until the letter left.

use minicbor::{Decode, Encode};
use shared::codec::{decode, encode};
use shared::time::UtcMs;

use crate::keys::Keys;

/// What it is sealed for.
const PURPOSE: &str = "letter";

/// A link or codes, good until an instant: a letter that could not leave before is dropped.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Secret {
    /// The path of a link on this server, with a slash in front. The letter puts the server's own address before it,
    /// never the one that a request named.
    #[n(0)]
    pub path: Option<String>,
    /// Lines that stand apart in the letter, such as codes.
    #[n(1)]
    pub lines: Vec<String>,
    /// Until when it is good.
    #[n(2)]
    pub expires_at: UtcMs,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secret")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl Secret {
    pub(super) fn seal(&self, keys: &Keys) -> Vec<u8> {
        keys.seal(PURPOSE, &encode(self))
    }

    /// `None` when it was sealed with other keys.
    pub(super) fn open(keys: &Keys, sealed: &[u8]) -> Option<Self> {
        decode(&keys.unseal(PURPOSE, sealed)?).ok()
    }
}
