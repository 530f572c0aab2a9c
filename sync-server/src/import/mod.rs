//! Importing children and families from the files other programs write.
//!
//! A file becomes a [`Table`], its headers a proposed [`Mapping`], and table, mapping and what the
//! record holds a [`Plan`]: line by line what is new, what changes, what stays, what cannot be
//! taken and why. All of that is pure. Only [`operations`] of a plan that somebody confirmed go
//! through the corridor.

mod columns;
mod holdings;
pub mod operations;
mod plan;
mod read;
mod report;
pub mod values;
mod words;

pub use columns::{Field, Mapping, Part, recognise};
pub use holdings::{Holdings, Known, KnownSchool, load};
pub use plan::{Change, Choices, Counts, Fault, Plan, Planned, Task, Verdict, Why, plan};
pub use read::{Line, MAX_BYTES, MAX_LINES, Table, Unreadable, read};
pub use report::{model, skipped_csv};
pub use words::{
    born_words, change_words, fault_words, field_word, needs_words, too_large_words, twice_words,
    unreadable_words,
};

#[cfg(test)]
mod tests;
