//! The tablet without a screen: its encrypted file, its sheets, and the way to the server. The
//! window and the headless tablet are the same code.

pub mod app;
pub mod clock;
mod crew;
mod day;
mod document;
mod error;
mod export;
mod key;
mod people;
mod point;
pub mod prune;
mod salvage;
mod service;
mod sheets;
mod status;
pub mod store;
pub mod sync;
mod tablet;

pub use day::{DayOf, Lists};
pub use error::ReplicaError;
pub use point::{Absence, Target};
pub use salvage::Salvaged;
pub use status::{SheetStatus, Status};
pub use tablet::Tablet;
