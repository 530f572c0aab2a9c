//! Where a commune's journal stands.

use minicbor::{Decode, Encode};

use crate::codec::Hash32;
use crate::ids::BranchId;

/// A point of a commune's journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Position {
    /// The branch.
    #[n(0)]
    pub branch: BranchId,
    /// Number of the newest journal entry; 0 before the first.
    #[n(1)]
    pub seq: u64,
    /// Hash of that entry.
    #[n(2)]
    pub hash: Hash32,
}
