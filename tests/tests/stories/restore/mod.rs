//! A town burns and comes back on another machine, from what was shipped, or from its key and its tablets.

mod fire;
mod keys;
mod killed;
pub(crate) mod shipped;
