//! What leaves the house, into a folder and into a store that speaks S3.

mod target;
