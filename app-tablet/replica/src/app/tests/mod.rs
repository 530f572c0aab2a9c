//! The animateur's day, without a window and without a line.

mod bad_luck;
mod contradictions;
mod crew;
mod gestures;
mod pages;
mod world;
