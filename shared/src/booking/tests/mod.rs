//! Rules of real towns, and what holds of all rules.

mod booking_rules;
mod moments;
mod properties;
mod seasons;
mod sites;
pub(in crate::booking) mod town;
