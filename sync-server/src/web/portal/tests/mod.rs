//! What families see: two towns, three households, a child of two of them.

mod account;
mod bookings;
mod cart;
mod door;
mod ground;
mod history;
mod home;
mod identity;
mod joining;
mod notices;
mod pages;
mod period;
mod permits;
mod requests;
mod sessions;
mod settings;
