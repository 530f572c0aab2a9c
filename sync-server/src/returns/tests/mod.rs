//! What holds of returns from a loss.

mod pure;
mod stored;
