//! The twin of the simulation, with real processes: a server and tablets, each in a network of its
//! own, whose cables are pulled and plugged in again while taps and exchanges run and programs are
//! killed at any instant. In the end the weather is fine, and every tap that was green is everywhere.
//!
//! Where the kernel has no namespaces for us, and in the run on PostgreSQL, the lines are proxies on
//! loopback. What each tablet does and what the weather brings is drawn from the seed beforehand; when
//! exactly it falls is the machine's affair.

mod burnt;
mod hands;
mod weather;
mod world;

use system_tests::Dice;
use system_tests::netns::{is_inside, run_inside};

use world::World;

/// Seconds of bad weather, unless `PREAU_TWIN_SECONDS` says how many.
const SECONDS: u64 = 10;
/// The seed that `make test` plays, unless `PREAU_SEED` says another.
const SEED: u64 = 11;

fn seconds() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "read once, where the test starts")]
    let stated = std::env::var("PREAU_TWIN_SECONDS").ok();
    stated.and_then(|text| text.parse().ok()).unwrap_or(SECONDS)
}

/// Lives a world to its end.
fn live(ships: bool) {
    let mut dice = Dice::of(SEED);
    let told = World::new(&mut dice, ships).live(&mut dice, seconds());
    eprintln!("twin: {told}");
}

#[test]
fn real_programs_under_bad_weather_lose_and_double_nothing() {
    if test_postgres::wanted() {
        eprintln!("twin: on PostgreSQL the world is on loopback: its database is there");
        return live(false);
    }
    if let Err(why) = run_inside("twin::inside") {
        eprintln!("twin: NO NETWORK NAMESPACES HERE ({why}): the same world on loopback, through proxies");
        live(false);
    }
}

#[test]
fn a_server_that_burns_while_it_ships_comes_back_elsewhere_with_every_green_tap() {
    if test_postgres::wanted() {
        return live(true);
    }
    if let Err(why) = run_inside("twin::inside_a_fire") {
        eprintln!("twin: NO NETWORK NAMESPACES HERE ({why}): the same fire on loopback, through proxies");
        live(true);
    }
}

#[test]
#[ignore = "started by the test above, in namespaces of its own"]
fn inside_a_fire() {
    assert!(is_inside(), "started by the test above, in namespaces of its own");
    live(true);
}

#[test]
#[ignore = "started by the test above, in namespaces of its own"]
fn inside() {
    assert!(is_inside(), "started by the test above, in namespaces of its own");
    live(false);
}
