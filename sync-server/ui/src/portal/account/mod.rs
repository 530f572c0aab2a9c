//! Mon compte: what it is, who can be reached how, what was done, a copy of it all, its end.

mod contact;
mod data;
mod delete;
mod history;
mod identity;
mod index;

pub use contact::{ContactPage, contact_page};
pub use data::{DataPage, Part, born_words, copy_document, copy_words, data_page};
pub use delete::{DeletePage, delete_page, deleted_page};
pub use history::{
    Deed, HistoryKind, HistoryLine, HistoryPage, Origin, Step, days_words, deed_words, history_page,
    moment_words, origin_words,
};
pub use identity::{TiePage, TiedPage, tie_page, tied_page};
pub use index::{AccountPage, account_page};
