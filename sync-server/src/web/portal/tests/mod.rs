//! What families see: two towns, three households, a child of two of them.

mod ground;
mod permits;
mod sessions;
