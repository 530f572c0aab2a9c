//! Digests of marks: two replicas of a site agree when theirs are equal.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::codec::Hash32;
use crate::ids::{MarkId, SheetId, SiteId};

/// Digest of a sheet: SHA-256 over its (mark id, packed value) pairs in order; ids are their 16
/// bytes, each value stands after its length as four bytes, big-endian.
pub fn sheet_digest<'a>(sorted: impl Iterator<Item = (MarkId, &'a [u8])>) -> Hash32 {
    let mut hasher = Sha256::new();
    for (id, value) in sorted {
        hasher.update(id.as_bytes());
        hasher.update(u32::try_from(value.len()).unwrap_or(u32::MAX).to_be_bytes());
        hasher.update(value);
    }
    Hash32(hasher.finalize().into())
}

/// A sheet, named by what it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, minicbor::Decode)]
pub struct SheetRef {
    /// The site.
    #[n(0)]
    pub site: SiteId,
    /// The date.
    #[cbor(n(1), with = "crate::codec::date")]
    pub date: NaiveDate,
}

impl SheetRef {
    /// The id of the sheet.
    pub fn id(&self) -> SheetId {
        SheetId::of(self.site, self.date)
    }
}

/// Digest of a window: SHA-256 over (sheet id, sheet digest) of every sheet that has a mark, in
/// order of sheet id.
pub fn window_digest(sheets: &BTreeMap<SheetRef, Hash32>) -> Hash32 {
    let by_id: BTreeMap<SheetId, &Hash32> = sheets
        .iter()
        .map(|(sheet, digest)| (sheet.id(), digest))
        .collect();
    let mut hasher = Sha256::new();
    for (id, digest) in by_id {
        hasher.update(id.as_bytes());
        hasher.update(digest.0);
    }
    Hash32(hasher.finalize().into())
}
