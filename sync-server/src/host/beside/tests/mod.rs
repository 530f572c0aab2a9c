use std::fs;
use std::sync::Arc;

use shared::slug::Slug;

use crate::clock::Clock;
use crate::host::{Host, HostError};
use crate::store::testing::Place;
use crate::store::{Kind, Row, Schema, Store};

const STAMP: &str = "2026112307000001";

fn slug() -> Slug {
    "ville".parse().expect("a slug")
}

fn host(place: &Place) -> Arc<Host> {
    let host = place.host(Clock::system());
    host.create(&slug(), "La vieille", "Europe/Paris", "mairie")
        .expect("a commune");
    assert!(host.close_unused(&slug()));
    host
}

fn beside(host: &Host) -> Store {
    let newest = u32::try_from(Schema::Commune.newest()).expect("a number");
    let store = host.backend().make_beside(&slug(), newest).expect("a store");
    store
        .write(|tx| {
            tx.execute(
                "insert into commune (id, slug, name, zone, label, version) values (1, 'ville', 'La neuve', 'Europe/Paris', 'mairie', 1)",
                &[],
            )
        })
        .expect("a row");
    store
}

fn name(store: &Store) -> String {
    let row = store
        .read(|tx| tx.first("select name from commune", &[]))
        .expect("a store that reads");
    row.map_or_else(String::new, |row: Row| row.text(0).expect("a name"))
}

fn in_place(host: &Host) -> String {
    name(&host.backend().open(&slug(), host.clock).expect("a store"))
}

#[test]
fn the_store_beside_takes_the_place_and_the_old_one_stays_readable() {
    let place = Place::new();
    let host = host(&place);
    drop(beside(&host));
    assert_eq!(
        name(&host.backend().open_beside(&slug()).expect("it is there")),
        "La neuve"
    );
    assert_eq!(in_place(&host), "La vieille", "nothing is exchanged yet");
    let aside = host
        .backend()
        .swap_in(&slug(), STAMP)
        .expect("swapped")
        .expect("one was there");
    assert!(aside.contains(STAMP), "{aside}");
    assert_eq!(in_place(&host), "La neuve");
    assert_eq!(
        name(&host.backend().open_aside(&aside).expect("it opens")),
        "La vieille"
    );
    assert!(host.backend().open_beside(&slug()).is_err(), "it has moved");
    assert!(
        host.backend().swap_in(&slug(), STAMP).is_err(),
        "there is nothing to put in place"
    );
    assert_eq!(in_place(&host), "La neuve");
}

#[test]
fn a_database_server_knows_how_much_there_is_from_the_first_page_on() {
    let place = Place::new();
    let host = host(&place);
    drop(beside(&host));
    host.backend().swap_in(&slug(), STAMP).expect("swapped");
    let store = host.backend().open(&slug(), host.clock).expect("a store");
    if store.kind() == Kind::Postgres {
        // -1: nobody ever counted.
        let sql = "select cast(c.relname as text) from pg_class c join pg_namespace n on n.oid = c.relnamespace \
                   where n.nspname = current_schema() and c.relkind = 'r' and c.reltuples < 0";
        let uncounted = store.read(|tx| tx.query(sql, &[])).expect("a list");
        assert!(uncounted.is_empty(), "{uncounted:?}");
    }
}

#[test]
fn where_nothing_was_nothing_is_set_aside() {
    let place = Place::new();
    let host = place.host(Clock::system());
    drop(beside(&host));
    assert_eq!(host.backend().swap_in(&slug(), STAMP).expect("swapped"), None);
    assert_eq!(in_place(&host), "La neuve");
}

#[test]
fn what_a_killed_attempt_left_beside_is_no_obstacle() {
    let place = Place::new();
    let host = host(&place);
    let killed = beside(&host);
    killed
        .write(|tx| tx.execute("update commune set name = 'À moitié'", &[]))
        .expect("a row");
    // Nothing of a killed process is closed in order.
    std::mem::forget(killed);
    drop(beside(&host));
    let aside = host
        .backend()
        .swap_in(&slug(), STAMP)
        .expect("swapped")
        .expect("one was there");
    assert_eq!(in_place(&host), "La neuve");
    assert_eq!(
        name(&host.backend().open_aside(&aside).expect("it opens")),
        "La vieille"
    );
}

#[test]
fn an_old_store_that_was_not_closed_keeps_its_log() {
    let place = Place::new();
    let host = host(&place);
    let served = host.backend().open(&slug(), host.clock).expect("a store");
    served
        .write(|tx| tx.execute("update commune set name = 'La dernière'", &[]))
        .expect("a row");
    std::mem::forget(served);
    drop(beside(&host));
    let aside = host
        .backend()
        .swap_in(&slug(), STAMP)
        .expect("swapped")
        .expect("one was there");
    assert_eq!(in_place(&host), "La neuve");
    assert_eq!(
        name(&host.backend().open_aside(&aside).expect("it opens")),
        "La dernière"
    );
}

#[test]
fn a_name_that_is_taken_stops_the_exchange_before_anything_changed() {
    let place = Place::new();
    let host = host(&place);
    drop(beside(&host));
    let aside = host
        .backend()
        .swap_in(&slug(), STAMP)
        .expect("swapped")
        .expect("one was there");
    drop(beside(&host));
    assert!(host.backend().swap_in(&slug(), STAMP).is_err());
    assert_eq!(in_place(&host), "La neuve");
    assert_eq!(
        name(&host.backend().open_aside(&aside).expect("it opens")),
        "La vieille"
    );
    let again = host
        .backend()
        .swap_in(&slug(), "2026112307000002")
        .expect("swapped");
    assert!(again.is_some(), "under another name it goes on");
}

#[test]
fn a_store_that_is_served_is_not_exchanged_and_one_that_is_exchanged_not_served() {
    let place = Place::new();
    let host = host(&place);
    let other = place.host(Clock::system());
    let (one, two) = (
        host.begin_serving().expect("it serves"),
        other.begin_serving().expect("two processes may"),
    );
    assert!(matches!(host.unserved(), Err(HostError::Served)));
    drop(one);
    assert!(
        matches!(host.unserved(), Err(HostError::Served)),
        "the other goes on"
    );
    drop(two);
    let alone = host.unserved().expect("nobody serves");
    assert!(matches!(other.begin_serving(), Err(HostError::Exchanging)));
    assert!(matches!(other.unserved(), Err(HostError::Served)), "two at once");
    drop(alone);
    drop(other.begin_serving().expect("it serves again"));
}

/// What is left of a store in files is told from others by its name alone.
#[test]
fn files_lie_under_names_that_say_what_they_are() {
    let place = Place::on(Kind::Sqlite);
    let host = host(&place);
    drop(beside(&host));
    host.backend().swap_in(&slug(), STAMP).expect("swapped");
    let mut names: Vec<String> = fs::read_dir(host.data().join("communes"))
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    names.sort();
    let aside = format!("ville.db.avant-restauration-{STAMP}");
    assert_eq!(names, ["ville.db".to_owned(), aside]);
}
