//! What leaves the house: the target ([`Target`]: a folder or a bucket), and how it is used.
//!
//! What lies there and how it is sealed is [`shared::offsite`].

pub mod address;
mod failure;
pub mod lists;
pub mod opened;
mod progress;
mod reader;
mod ship;
pub mod situation;
mod status;
pub mod target;
#[cfg(test)]
mod tests;

pub use address::{Access, TargetAddress};
pub use failure::TargetError;
pub use progress::Progress;
pub use reader::TargetReader;
pub use ship::{ByHand, Sent, ShipFailure, Shipper, send_snapshot};
pub(crate) use ship::{DAYS_AHEAD, LONGEST_PAGE, MEDIA_TYPES};
pub use status::{LATE_MS, Status, Trouble, status};
pub use target::{Object, Put, Target};
