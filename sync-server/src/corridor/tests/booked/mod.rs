//! Bookings: what is decided is what is written, once, and never more than there are places.

mod chance;
mod crowd;
mod family;
mod ground;
mod rules;
