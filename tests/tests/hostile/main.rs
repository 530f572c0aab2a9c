//! Hostile input: every decoder that faces the network or a stranger's file, with the law it keeps
//! whatever comes. `docs/hostile-input.md` says what is tested, how to search on, and what was found.

mod bombs;
mod cbor;
mod chunks;
mod corpus;
mod damage;
mod mutate;
mod rounds;
mod seeds;
mod targets;

use targets::{TARGETS, Target};
