//! A lost history that was found again: what it brings, what a person decides.

mod words;

pub use words::{broke, kind_words};
