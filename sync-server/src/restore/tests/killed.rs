//! Cut short at any step, run twice, run beside a server.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use super::ground::{Machine, Offsite, slug};
use crate::host::HostError;
use crate::keys::{self, KeyError};
use crate::restore::rebuild::rebuild;
use crate::restore::{RestoreError, Step, restore};
use crate::store::StoreError;

fn ground() -> (Machine, Offsite) {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=3);
    offsite.snapshot(&town);
    town.schools(4..=6);
    offsite.ship(&town, 0, 2);
    (town, offsite)
}

/// Stops as if the power went, right after that step.
fn cut_at(machine: &Machine, offsite: &Offsite, at: Step) {
    let cut = catch_unwind(AssertUnwindSafe(|| {
        let steps = Arc::new(move |step| assert!(step != at, "the power goes"));
        restore(
            &machine.host,
            &slug(),
            &offsite.asked(),
            &(steps as crate::restore::Steps),
        )
    }));
    assert!(cut.is_err(), "it was cut");
}

#[test]
fn cut_at_any_step_elsewhere_it_is_done_again() {
    let (town, offsite) = ground();
    for step in Step::ALL {
        let elsewhere = town.elsewhere();
        cut_at(&elsewhere, &offsite, step);
        elsewhere.hands.pass(1_000);
        elsewhere.close_if_open();
        let restored = elsewhere.restored(&offsite.asked());
        assert_eq!((restored.entries, elsewhere.content()), (13, (6, 6)), "{step:?}");
    }
}

#[test]
fn cut_at_any_step_over_an_old_store_one_of_both_is_in_its_place_whole() {
    for step in Step::ALL {
        let (town, offsite) = ground();
        town.schools(7..=8);
        town.close();
        cut_at(&town, &offsite, step);
        let schools = if step < Step::Swapped { 8 } else { 6 };
        assert_eq!(town.content(), (schools, schools), "{step:?}");
        town.close();
        town.hands.pass(1_000);
        let restored = town.restored(&offsite.asked());
        assert_eq!((restored.entries, town.content()), (13, (6, 6)), "{step:?}");
        let aside = restored.set_aside.expect("what was there is kept");
        assert!(town.host.backend().open_aside(&aside).is_ok(), "{step:?}");
    }
}

#[test]
fn a_served_commune_is_not_replaced_and_a_new_one_comes_beside_a_server() {
    let (town, offsite) = ground();
    let serving = town.host.begin_serving().expect("it serves");
    town.close();
    let refused = town.restore(&offsite.asked());
    assert!(
        matches!(refused, Err(RestoreError::Host(HostError::Served))),
        "{refused:?}"
    );
    assert_eq!(town.content(), (6, 6));
    drop(serving);

    let elsewhere = town.elsewhere();
    let _serving = elsewhere.host.begin_serving().expect("it serves others");
    assert_eq!(elsewhere.restored(&offsite.asked()).entries, 13);
    assert_eq!(elsewhere.content(), (6, 6));
}

#[test]
fn of_two_at_once_one_is_told_to_wait() {
    let (town, offsite) = ground();
    let elsewhere = town.elsewhere();
    let (host, asked) = (Arc::clone(&elsewhere.host), offsite.asked());
    let steps = Arc::new(move |step| {
        if step == Step::Filled {
            let second = restore(&host, &slug(), &asked, &super::ground::quiet());
            assert!(matches!(second, Err(RestoreError::Busy)), "{second:?}");
        }
    });
    let restored = restore(
        &elsewhere.host,
        &slug(),
        &offsite.asked(),
        &(steps as crate::restore::Steps),
    );
    assert_eq!(
        restored
            .map(|restored| restored.entries)
            .map_err(|error| error.to_string()),
        Ok(13)
    );
}

fn key_of(town: &Machine) -> PathBuf {
    keys::path(&town.host.setup().keys, &slug())
}

#[test]
fn a_commune_is_begun_again_from_its_key() {
    let town = Machine::founded();
    town.schools(1..=2);
    let elsewhere = Machine::new(town.host.clock.now());
    let rebuilt = rebuild(&elsewhere.host, &slug(), &key_of(&town)).expect("it is rebuilt");
    assert_eq!(rebuilt.set_aside, None);
    assert_eq!(elsewhere.content(), (0, 0));
    assert_eq!(elsewhere.head().branch, rebuilt.incarnation);
    assert_eq!(elsewhere.keys().signing.public(), town.keys().signing.public());
    let recovery = elsewhere.rows("select cause, withdrawals_read from recovery");
    assert_eq!(recovery[0].text(0), Ok("rebuilt".into()));
    assert_eq!(recovery[0].flag(1), Ok(false));
    assert_eq!(
        elsewhere.rows("select name from commune")[0].text(0),
        Ok("ville".into())
    );

    // Nothing came back yet: once more changes nothing that anybody could miss.
    elsewhere.close();
    elsewhere.hands.pass(1_000);
    let again = rebuild(&elsewhere.host, &slug(), &key_of(&town)).expect("an empty one is no obstacle");
    assert!(again.set_aside.is_some());
    elsewhere.schools(1..=1);
    elsewhere.close();
    assert!(matches!(
        rebuild(&elsewhere.host, &slug(), &key_of(&town)),
        Err(RestoreError::NotEmpty(_))
    ));
    assert_eq!(elsewhere.content(), (1, 1));
}

#[test]
fn what_is_there_is_not_rebuilt_nor_under_another_key_nor_while_served() {
    let (town, other) = (Machine::founded(), Machine::founded());
    town.schools(1..=2);
    town.close();
    assert!(matches!(
        rebuild(&town.host, &slug(), &key_of(&town)),
        Err(RestoreError::NotEmpty(_))
    ));
    other.close_if_open();
    assert!(matches!(
        rebuild(&other.host, &slug(), &key_of(&town)),
        Err(RestoreError::Key(KeyError::Taken { .. }))
    ));
    let serving = other.host.begin_serving().expect("it serves");
    assert!(matches!(
        rebuild(&other.host, &slug(), &key_of(&other)),
        Err(RestoreError::Host(HostError::Served))
    ));
    drop(serving);
    assert!(matches!(
        other.host.backend().open_beside(&slug()),
        Err(StoreError::Moved)
    ));
}
