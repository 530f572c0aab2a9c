//! Tablets, and what waits for a person: payloads kept aside, children nobody knew.

mod aside;
mod code;
mod list;
mod revoke;
mod unknown;

pub(super) use list::name_of;

pub use aside::{AsideLine, AsidePage, SaidMark, aside_page, mark_words};
pub use code::{CodeFormPage, CodePage, Given, code_form_page, code_page};
pub use list::{Owed, TabletLine, TabletsPage, tablets_page};
pub use revoke::{RevokePage, revoke_page};
pub use unknown::{KnownChild, UnknownPage, told_apart, unknown_page, without_words};
