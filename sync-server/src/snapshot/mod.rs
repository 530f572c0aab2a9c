//! Snapshots: a whole commune in one encrypted file, from either engine and into either.
//!
//! Rows are read in pages by primary key over one consistent view and written in batches: neither
//! side ever holds a table in memory. The format is [`shared::snapshot`] and `docs/formats.md`.

mod error;
mod pour;
mod read;
pub mod relocate;
mod restore;
mod statements;
pub mod tables;
mod write;

pub use error::SnapshotError;
pub use pour::{Rows, sums};
pub use read::{Beginning, Taker, beginning, birth, check, head, read};
pub use restore::{restore_into, restore_lasting};
pub(crate) use statements::insert;
pub use write::{Making, write};

use shared::snapshot::{Cell, Manifest, TableEnd, Totals};

use crate::store::Value;

/// What a snapshot was found to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// What it is of.
    pub manifest: Manifest,
    /// Its tables in order, with how many rows each has and their digest.
    pub tables: Vec<(String, TableEnd)>,
    /// The totals.
    pub totals: Totals,
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Text(text) => Cell::Text(text),
        Value::Int(number) => Cell::Int(number),
        Value::Bytes(bytes) => Cell::Bytes(bytes),
    }
}

pub(crate) fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(text) => Value::Text(text),
        Cell::Int(number) => Value::Int(number),
        Cell::Bytes(bytes) => Value::Bytes(bytes),
    }
}

#[cfg(test)]
mod tests;
