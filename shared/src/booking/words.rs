//! Rules and refusals in words.

mod reason;

pub use reason::sentence;
