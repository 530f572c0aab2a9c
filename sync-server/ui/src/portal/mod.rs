//! The families' portal: view models in, HTML out. An area has a file or a folder of its own.

pub mod account;
pub mod colours;
mod done;
pub mod door;
mod frame;
pub mod identity;
pub mod join;
pub mod pages;
pub(crate) mod prose;
mod said;

pub use frame::{Frame, Person, Place};
pub use prose::opening;
pub use said::{Said, closed, said};
