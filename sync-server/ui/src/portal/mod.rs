//! The families' portal: view models in, HTML out. An area has a file or a folder of its own.

pub mod door;
mod frame;
mod said;

pub use frame::{Frame, Person, Place};
pub use said::{Said, closed, said};
