//! What is open, read-only or closed, who switched it when, and what families are told of an incident.

mod names;

pub use names::{part_words, state_words};
