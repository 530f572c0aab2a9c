//! Stories of judging.

mod adding;
mod town;
