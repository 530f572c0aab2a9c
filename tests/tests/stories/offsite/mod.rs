//! What leaves the house, into a folder and into a store that speaks S3.

pub(crate) mod lying;
mod shipping;
mod target;
