//! Stories of a day, then the algebra.

mod algebra;
mod scribe;
mod stories;
