//! The signed envelope in which data owned by the server goes down to tablets.

use std::io::{Read, Write};

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::codec::{Blob, Hash32, Unreadable, decode, encode};
use crate::ids::{BranchId, SiteId};
use crate::sign::{PublicKey, Purpose, Signature, SigningKey, sha256};

/// Largest content of an envelope once inflated, in bytes.
pub const MAX_CONTENT: u64 = 8 << 20;

/// What an envelope holds and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(flat)]
pub enum Scope {
    /// [`crate::day_list::DayList`] of a site and date.
    #[n(0)]
    DayList {
        /// The site.
        #[n(0)]
        site: SiteId,
        /// The date.
        #[cbor(n(1), with = "crate::codec::date")]
        date: NaiveDate,
    },
    /// [`crate::day_list::SiteCard`] of a site.
    #[n(1)]
    Site {
        /// The site.
        #[n(0)]
        site: SiteId,
    },
    /// [`crate::day_list::Roster`] of the town.
    #[n(2)]
    Roster,
}

/// What the signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Header {
    /// Kind and scope.
    #[n(0)]
    pub scope: Scope,
    /// The branch it was made on.
    #[n(1)]
    pub branch: BranchId,
    /// The journal entry that last changed it.
    #[n(2)]
    pub seq: u64,
    /// SHA-256 of the packed content.
    #[n(3)]
    pub hash: Hash32,
}

/// A signed piece of server-owned data.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Envelope {
    /// What it is.
    #[n(0)]
    pub header: Header,
    /// The content: CBOR, deflated.
    #[n(1)]
    pub packed: Blob,
    /// By the commune's key, over the header.
    #[n(2)]
    pub signature: Signature,
}

/// Why an envelope is not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not signed by the commune, or the content is not the one signed.
    #[error("the signature does not hold")]
    Signature,
    /// The content cannot be read.
    #[error(transparent)]
    Content(#[from] Unreadable),
}

impl Envelope {
    /// Packs and signs a content.
    pub fn seal<T: Encode<()>>(
        scope: Scope,
        branch: BranchId,
        seq: u64,
        content: &T,
        key: &SigningKey,
    ) -> Self {
        let packed = deflate(&encode(content));
        let header = Header {
            scope,
            branch,
            seq,
            hash: sha256(&[&packed]),
        };
        let signature = key.sign(Purpose::Envelope, &encode(&header));
        Self {
            header,
            packed: packed.into(),
            signature,
        }
    }

    /// Checks the signature and reads the content.
    ///
    /// # Errors
    /// [`Refused`] when it is not the commune's or cannot be read.
    pub fn open<T: for<'b> Decode<'b, ()>>(&self, commune: &PublicKey) -> Result<T, Refused> {
        let signed = commune.verifies(Purpose::Envelope, &encode(&self.header), &self.signature);
        if !signed || sha256(&[&self.packed.0]) != self.header.hash {
            return Err(Refused::Signature);
        }
        Ok(decode(&inflate(&self.packed.0, MAX_CONTENT)?)?)
    }
}

/// Deflates bytes.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(6));
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Inflates bytes, up to a limit that a hostile sender cannot pass.
///
/// # Errors
/// [`Unreadable`] when the bytes are damaged or inflate beyond `limit` bytes.
pub fn inflate(bytes: &[u8], limit: u64) -> Result<Vec<u8>, Unreadable> {
    let mut out = Vec::new();
    flate2::read::DeflateDecoder::new(bytes)
        .take(limit + 1)
        .read_to_end(&mut out)
        .map_err(|e| Unreadable::Malformed(e.to_string()))?;
    if out.len() as u64 > limit {
        Err(Unreadable::TooLarge(out.len()))
    } else {
        Ok(out)
    }
}
