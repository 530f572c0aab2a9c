//! Histories that were cut off, and what becomes of them.

mod booked;
mod capacity;
mod cases;
mod ground;
mod people;
mod properties;
mod settled;

mod stopped;
