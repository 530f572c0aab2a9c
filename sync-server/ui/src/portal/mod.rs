//! The families' portal: view models in, HTML out. An area has a file or a folder of its own.

pub mod account;
pub mod bookings;
pub mod cart;
pub mod colours;
pub mod days;
mod done;
pub mod door;
pub mod file;
mod frame;
pub mod home;
pub mod identity;
pub mod join;
pub mod notices;
pub mod pages;
pub mod period;
pub(crate) mod prose;
pub mod requests;
mod said;

pub use frame::{Frame, Person, Place};
pub use prose::opening;
pub use said::{Said, closed, said};
