//! What families see: two towns, three households, a child of two of them.

mod account;
mod ground;
mod history;
mod joining;
mod permits;
mod sessions;
