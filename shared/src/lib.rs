//! The domain of Préau: what a mark is, how marks fold to presences, what a sheet, a receipt,
//! a day list and an operation are, and how each is written to disk and wire.
//!
//! This crate does no I/O, reads no clock and draws no random number: instants and random bytes
//! are parameters. It builds for wasm32. Feature `sign` adds hashes and signatures, feature
//! `crdt` the sheet as an automerge document; the tablet's screens use neither.

#[cfg(feature = "sign")]
pub mod addresses;
pub mod booking;
pub mod calendar;
pub mod codec;
#[cfg(feature = "sign")]
pub mod credential;
pub mod custody;
pub mod day_list;
pub mod day_view;
#[cfg(feature = "sign")]
pub mod digest;
#[cfg(feature = "sign")]
pub mod envelope;
pub mod exceptional;
pub mod fold;
pub mod ids;
#[cfg(feature = "sign")]
pub mod journal;
pub mod mark;
pub mod mode;
pub mod money;
#[cfg(feature = "sign")]
pub mod offsite;
pub mod operation;
pub mod position;
#[cfg(feature = "sign")]
pub mod receipt;
pub mod screen;
#[cfg(feature = "sign")]
pub mod seal;
#[cfg(feature = "crdt")]
pub mod sheet;
#[cfg(feature = "sign")]
pub mod sign;
pub mod slug;
#[cfg(feature = "sign")]
pub mod snapshot;
pub mod symbol;
pub mod text;
pub mod time;
#[cfg(feature = "sign")]
pub mod wire;
pub mod withdrawal;
pub mod words;

#[cfg(all(test, feature = "sign"))]
mod golden;
