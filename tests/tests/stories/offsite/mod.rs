//! What leaves the house, into a folder and into a store that speaks S3.

mod lists;
pub(crate) mod lying;
mod public;
mod shipping;
mod target;
