//! The rules of the house that neither the compiler nor clippy knows. Each fails with what to do about it.

mod code_map;
mod lock;
mod manifests;
mod packaging;
mod scan;
mod security;
mod sources;
mod tree;
mod words;
