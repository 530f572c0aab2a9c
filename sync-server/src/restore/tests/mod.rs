//! Communes that come back, from folders that were harmed in every way, on the engine that is asked for.

mod chain;
mod files;
pub(crate) mod ground;
mod harmed;
mod killed;
mod returns;
