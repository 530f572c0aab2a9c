//! A lost history that was found again: what it brings, what a person decides.

mod families;
mod open;
mod page;
mod run;
mod words;

pub use families::{FamiliesPage, TellChild, TellLine, families_page};
pub use open::{OpenField, OpenGroup, OpenLine};
pub use page::{ListedLine, MergePage, PastMerge, RunLine, SourceLine, merge_page};
pub use run::{CountLine, RunCounts, RunPage, RunStage, ToSettleLine, run_page};
pub use words::{broke, kind_words, nameless, nothing_ticked, run_gone};
