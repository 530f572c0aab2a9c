//! The desk, page by page.

mod activation;
mod board;
pub mod bookings;
pub mod calendar;
mod conflicts;
pub mod devices;
pub mod discrepancies;
pub mod families;
pub mod form;
mod frame;
mod home;
pub mod import;
pub mod lists;
mod login;
pub mod merge;
mod notice;
mod places;
mod quarantine;
pub mod recovery;
pub mod recovery_words;
mod rows;
pub mod service;
pub(crate) mod shapes;
pub mod structure;
mod tabs;

pub use activation::{ActivationPage, ActivationTrouble, activation};
pub use board::{Board, BoardPage, Choice, Listing, board_fragment, board_page};
pub use conflicts::{Contradiction, Said};
pub use frame::{Banner, Bar};
pub use home::{ActivityLine, HomePage, SiteBlock, TownBoard, home, town_fragment};
pub use login::{KeptForm, LoginPage, LoginTrouble, ResumePage, login, resume_page};
pub use notice::{Notice, notice};
pub use places::Place;
pub use quarantine::{KeptAside, QuarantinePage, Stranger, quarantine};
pub use rows::{BoardRow, Closing, RowStanding, Tally};
pub use tabs::Tab;
