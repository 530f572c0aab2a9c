//! A store is brought up to date once, by whoever opens it first; one of a newer program is respected.

use std::thread;

use rusqlite::Connection;
use test_postgres::Cluster;

use super::*;
use crate::store::testing::{never, options};
use crate::store::{Kind, Pool, Postgres, Schema, Sqlite};

on_both! {
    a_store_that_asks_for_a_newer_program_is_refused
    a_newer_store_that_admits_this_program_is_used
    a_store_of_before_is_brought_up_to_date
    opening_a_new_store_many_times_at_once_makes_it_once
    a_sound_store_has_no_problems
}

fn opened(place: &Place) -> Result<Store, StoreError> {
    Ok(match place.store_kind() {
        Kind::Sqlite => Store::new(Sqlite::open(&place.file(), Schema::Commune)?),
        Kind::Postgres => {
            let pool = Pool::new(&options(place.database()))?;
            Store::new(Postgres::commune(&pool, "ville", never())?)
        }
    })
}

fn a_store_that_asks_for_a_newer_program_is_refused(place: &Place) {
    let store = place.store();
    store
        .write(|tx| tx.execute("update schema_floor set oldest = 1000", &[]))
        .unwrap();
    let ours = i64::from(Schema::Commune.newest());
    assert_eq!(
        opened(place).err(),
        Some(StoreError::TooNew { ours, oldest: 1000 })
    );
}

fn a_newer_store_that_admits_this_program_is_used(place: &Place) {
    let store = place.store();
    store
        .write(|tx| {
            tx.execute("alter table throttle add column later bigint", &[])?;
            tx.execute(
                "insert into refinery_schema_history (version, name, applied_on, checksum) \
                 values (1000, 'later', '2030-01-01T00:00:00Z', '1')",
                &[],
            )
        })
        .unwrap();
    saved(&opened(place).unwrap(), "a", 1).unwrap();
    assert_eq!(subjects(&store), ["a"]);
}

fn a_store_of_before_is_brought_up_to_date(place: &Place) {
    let site = "insert into site (id, slug, name, version) values ('x', 's', 'S', 1)";
    match place.store_kind() {
        Kind::Sqlite => {
            Sqlite::make_at(&place.file(), Schema::Commune, 3).unwrap();
            Connection::open(place.file())
                .unwrap()
                .execute_batch(site)
                .unwrap();
        }
        Kind::Postgres => {
            let pool = Pool::new(&options(place.database())).unwrap();
            Postgres::make_at(&pool, "ville", 3).unwrap();
            let mut client = place.database().client();
            client.batch_execute("set search_path to commune_ville").unwrap();
            client.batch_execute(site).unwrap();
        }
    }
    let store = opened(place).unwrap();
    let sql = "select slug, retired, nursery from site";
    let found = store.read(|tx| tx.query(sql, &[])).unwrap();
    assert_eq!(found, [row(&["s".into(), 0_i64.into(), 0_i64.into()])]);
    assert_eq!(migrations(&store), i64::from(Schema::Commune.newest()));
}

fn migrations(store: &Store) -> i64 {
    let sql = "select cast(count(*) as bigint) from refinery_schema_history";
    store
        .read(|tx| tx.first(sql, &[]))
        .unwrap()
        .unwrap()
        .int(0)
        .unwrap()
}

fn opening_a_new_store_many_times_at_once_makes_it_once(place: &Place) {
    let database = (place.store_kind() == Kind::Postgres).then(|| Cluster::shared().database());
    let open = || match &database {
        None => Store::new(Sqlite::open(&place.folder().join("new.db"), Schema::Control).unwrap()),
        Some(database) => {
            let pool = Pool::new(&options(database)).unwrap();
            Store::new(Postgres::control(&pool).unwrap())
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(open)).collect();
        for thread in threads {
            assert_eq!(
                migrations(&thread.join().unwrap()),
                i64::from(Schema::Control.newest())
            );
        }
    });
}

fn a_sound_store_has_no_problems(place: &Place) {
    let store = place.store();
    saved(&store, "a", 1).unwrap();
    assert_eq!(store.check(), Ok(vec![]));
}
