//! After a loss: what happened, what is closed, what came back, what is proposed, and the word that it
//! is over.

mod board;
mod page;
mod proposals;
mod waive;

pub use board::{RecoveryBoard, SiteLine, TabletRow, Verdict, board_fragment as recovery_fragment};
pub use page::{CardLine, Current, PastLine, RecoveryPage, SignedLine, Unconfirmed, recovery_page};
pub use proposals::{Change, Group, ProposalLine, Proposals};
pub use waive::{WaivePage, waive_page};
