//! Écarts de pointage: what does not agree, what is decided of it, and which sessions are complete.

mod attach;
mod decide;
mod decided;
mod page;
mod rows;
mod sessions;
mod waive;
pub mod words;

pub use attach::{AttachPage, attach_page};
pub use decide::{DecidePage, decide_page};
pub use decided::{DecidedLine, DecidedLot};
pub use page::{DiscrepanciesPage, Inside, KindTab, Undo, ViewTab, discrepancies_page};
pub use rows::{EvidenceLine, Group, Line, Open};
pub use sessions::{SessionLine, SessionState};
pub use waive::{WaiveSessionPage, waive_session_page};

pub use super::devices::mark_words;
