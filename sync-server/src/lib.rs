//! The server of Préau: the corridor, the stores, the tablets' endpoint, the desk.

pub mod bookings;
pub mod changes;
pub mod clock;
pub mod commune;
pub mod corridor;
pub mod day_lists;
pub mod demo;
pub mod doctor;
pub mod host;
pub mod import;
pub mod jobs;
pub mod keys;
pub mod machine;
pub mod metrics;
pub mod offsite;
pub mod passwords;
pub mod pins;
pub mod record;
pub mod restore;
pub mod returns;
pub(crate) mod short_names;
pub mod snapshot;
pub mod store;
pub mod sync;
pub mod verify;
pub mod web;
