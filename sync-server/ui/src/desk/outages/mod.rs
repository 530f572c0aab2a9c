//! Outages: the list and noting one by hand, and what became of what tablets made in one.

mod file;
mod form;
mod list;
mod show;
mod words;

pub use file::outage_file;
pub use form::{OutageForm, OutageFormPage, outage_form};
pub use list::{OutageLine, OutagesPage, outages_page};
pub use show::{OutagePage, Sum, TabletLine, outage_page};
pub use words::{at_words, moment_words};
