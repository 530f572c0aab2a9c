//! Stories of a town, its tablets and its server, told with the programs themselves.

mod animateur;
mod bad_luck;
mod bookings;
mod bookings_broken;
mod calendar;
mod carried;
mod clones;
mod contract;
mod crowds;
mod damaged_line;
mod desk;
mod devices;
mod drill;
mod ecarts;
mod enrolment;
mod forged;
mod franceconnect;
mod guide;
mod hostile;
mod killed_syncs;
mod killed_taps;
mod letters;
mod lists;
mod lost_answers;
mod merged;
mod moved;
mod offsite;
mod one_engine;
mod one_process;
mod outages;
mod processes;
mod rebuilt;
mod restore;
mod returned;
mod rollback;
mod service;
mod set_back;
mod storm;
mod twin;
mod walking;
mod weeks;
mod whereabouts;

use std::sync::Arc;

use shared::time::UtcMs;
use sync_server::clock::Clock;
use sync_server::host::{Host, Setup};
use system_tests::Town;

/// The host of a town, in this process; the server must be stopped.
fn host(town: &Town, now: &str) -> Arc<Host> {
    let mut setup = Setup::folder(&town.data());
    if let Some(url) = town.url() {
        setup.store = url.parse().expect("an address");
    }
    let clock = Clock::starting_at(UtcMs::parse(now).expect("an instant"));
    Host::open(setup, clock).expect("the host opens")
}
