//! Écarts de pointage: what the marks of a date, its lists and the calendar say that does not agree, what
//! the town hall decides of it, and which sessions are complete.
//!
//! [`judge`] is a pure function of [`DayFacts`]; [`load`] reads those from the record. What it finds lies in
//! derived tables ([`refresh`]), so that a page is one query. [`completeness`] and [`settled`] are what
//! billing asks (docs/reconciliation.md).

mod close;
mod complete;
mod evidence;
mod facts;
mod find;
mod fits;
mod load;
mod open;
pub mod refresh;
mod settled;
#[cfg(test)]
mod tests;

pub use complete::{Completeness, Owed, Tablets, Why, completeness};
pub use evidence::{Booked, Evidence, EvidenceMark, Received, read_evidence};
pub use facts::{DayFacts, Hours};
pub use find::{Discrepancy, Judged, Session, find, judge};
pub use fits::{Choice, fits};
pub use load::load;
pub use open::{open_since, open_within};
pub use settled::{SettledPresence, Taken, settled_session};

/// How long after an activity's end a list may still be closed and a departure tapped before that is a
/// discrepancy, in ms.
pub const GRACE_MS: i64 = 15 * 60 * 1000;

/// How much later than the activity's end a child may leave without that being a discrepancy, in ms.
pub const LATE_MS: i64 = 5 * 60 * 1000;

/// How a table names the child, or that the list is meant.
fn child_key(child: Option<shared::ids::ChildId>) -> crate::store::Value {
    const NOBODY: &[u8] = &[];
    child.map_or_else(|| NOBODY.into(), crate::store::Value::from)
}
