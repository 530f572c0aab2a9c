//! Stories of a town, its tablets and its server, told with the programs themselves.

mod animateur;
mod bad_luck;
mod bookings;
mod calendar;
mod carried;
mod clones;
mod contract;
mod crowds;
mod damaged_line;
mod desk;
mod devices;
mod enrolment;
mod forged;
mod guide;
mod killed_syncs;
mod killed_taps;
mod lists;
mod lost_answers;
mod processes;
mod set_back;
mod walking;
mod weeks;
