//! Reservations entered by an agent: find a child or a class, see what stands, ask for more or
//! less, see what that would come to, and only then do it.

mod find;
mod grid;
pub mod label;
mod period;
mod preview;

pub use find::{FindPage, FoundChild, SchoolClasses, find_page};
pub use grid::{ClassRow, GridCell, GridDay, GridPage, GridRow, GridWeek, Places, Tab, grid_page};
pub use period::{PeriodPage, period_page};
pub use preview::{BeyondRules, LeftAside, Over, PreviewPage, Sums, preview_page, reason};
