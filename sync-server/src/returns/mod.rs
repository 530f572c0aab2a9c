//! After a loss: what the record knows of returns from one, what tablets' signed data proves of the
//! history that was cut off, and what is still owed.
//!
//! Planning is pure ([`proposals`], [`things`]); reading and writing stand beside it. Proposals are
//! never stored: they follow from the lists handed back and the record as it is.

mod evidence;
mod held;
mod people;
mod plan;
mod read;
mod recoveries;
mod status;
mod things;
mod write;

#[cfg(test)]
mod tests;

pub use evidence::{Evidence, Lineage, Source, chosen};
pub use held::{Held, Key, Reserved, key};
pub use plan::{Proposal, Weight, proposals, spoken_of};
pub use read::{Ground, ground, lineage};
pub use recoveries::{Recovery, SignedOff, newest, recoveries, withheld};
pub use status::{Status, TabletStatus, Verdict, status};
pub use things::{Planned, Wanted, things};
pub use write::{Accepted, accept, rebuild};
