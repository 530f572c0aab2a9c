//! Stories of judging.

mod adding;
mod cancelling;
mod laws;
mod life;
mod reasons;
mod together;
mod town;
