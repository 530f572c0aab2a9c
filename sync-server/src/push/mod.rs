//! Messages on telephones and computers (web push): sealed for one browser (RFC 8291), signed with the town's own key
//! (RFC 8292), handed to the service that the browser named.
//!
//! What a message says is what its reader sees when logged in, a sentence of the feed; never a word about health.

mod again;
mod key;
mod reach;
mod seal;
mod send;
#[cfg(test)]
mod tests;

pub use key::{PushKey, held, made};
pub use send::{Pusher, deliver};
