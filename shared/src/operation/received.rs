//! What tablets hand in, as operations carry it.

use minicbor::{Decode, Encode};

use crate::codec::Blob;
use crate::ids::MarkId;

/// What becomes of a payload that was kept aside.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Settlement {
    /// Its readable marks are taken in.
    #[n(0)]
    Taken {
        /// The marks, packed, as they were read from it.
        #[n(0)]
        marks: Vec<ReceivedMark>,
    },
    /// It is left aside for good; its bytes stay.
    #[n(1)]
    Left,
}

/// A mark as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReceivedMark {
    /// Its id.
    #[n(0)]
    pub id: MarkId,
    /// Its packed value.
    #[n(1)]
    pub value: Blob,
    /// Another tablet's mark that no receipt covers: returned after a loss.
    #[n(2)]
    pub returned: bool,
}
