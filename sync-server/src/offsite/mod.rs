//! What leaves the house: the target ([`Target`]: a folder or a bucket), and how it is used.
//!
//! What lies there and how it is sealed is [`shared::offsite`].

pub mod address;
mod failure;
mod reader;
pub mod target;
#[cfg(test)]
mod tests;

pub use address::{Access, TargetAddress};
pub use failure::TargetError;
pub use reader::TargetReader;
pub use target::{Object, Put, Target};
