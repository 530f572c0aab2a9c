//! Spans in which tablets could not reach the server: how they become known, and what was taken off line in
//! them and came back.
//!
//! Those of the server are found by the host itself ([`Alive`], [`tell`]); returns from a loss are shown as
//! outages without being written ([`read`]); the line of a school is noted by an agent. What tablets made in
//! one, and what became of it, is worked out of the marks of its days when somebody looks ([`account`]).

mod account;
mod alive;
mod read;
mod tell;
#[cfg(test)]
mod tests;

pub use account::{Account, Came, TabletAccount, account};
pub use alive::{Alive, Silence};
pub use read::{Outage, outage, outages};
pub use tell::tell;

/// No process alive for so long, in ms, is an outage.
pub const OUTAGE_MS: i64 = 5 * 60 * 1000;
