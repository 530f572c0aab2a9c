//! Notices: their words, wherever they stand, and the page on which one chooses what is sent.

mod choices;
mod words;

pub use choices::{Channels, Choice, ChoicesPage, MAX_MORE, choices_page};
pub use words::{NoticeWords, kind_words, notice_words};
