//! Of whom the journal speaks: what a family reads of it in its own history.
//!
//! The table `about` is derived: for each entry the ids of those it speaks of, found by a pure function of its body
//! ([`speaks_of`]). It is filled behind the writers, by a job and before somebody reads, up to `about_head`; whoever
//! empties it loses nothing.

mod fill;
mod read;
mod since;
mod speaks;
#[cfg(test)]
mod tests;

pub use fill::{fill, fill_some, is_behind};
pub use read::{Found, first_since, newest};
pub use since::since;
pub use speaks::{Spoken, speaks_of};
