//! Stories of judging.

mod adding;
mod cancelling;
mod reasons;
mod together;
mod town;
