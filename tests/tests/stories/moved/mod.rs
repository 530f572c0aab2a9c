//! A town moves from one store to another: nobody loses a tap, and a move that is killed is run again.

mod house;
mod killed;
mod on_line;
mod refused;
