//! What a town hall sees: a town with two sites, Léa at the canteen, Mme Roche at the desk.

mod accounts;
mod activation;
mod atom;
mod board;
mod booked;
mod booking;
mod bookings;
mod calendar;
mod devices;
mod discrepancies;
mod families;
mod filled;
mod forms;
mod import;
mod kept;
mod lists;
mod log_in;
mod people;
mod places;
mod processes;
mod proxied;
mod recovery;
mod rights;
mod rules;
mod school;
mod service;
mod situation;
mod structure;
mod town;

use crate::web::browser;
