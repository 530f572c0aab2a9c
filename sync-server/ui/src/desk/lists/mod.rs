//! Day lists on screen, on paper and as a file: who is expected, by group or class, and what the
//! kitchen prepares.

mod kitchen;
mod paper;
mod row;
mod screen;
mod spreadsheet;

pub use kitchen::Kitchen;
pub use paper::{PaperPage, paper, paper_alone, paper_title};
pub use row::{ListPart, ListRow, ListSheet, PartBy};
pub use screen::{ListsPage, lists_page};
pub(super) use spreadsheet::line as file_line;
pub use spreadsheet::spreadsheet;
