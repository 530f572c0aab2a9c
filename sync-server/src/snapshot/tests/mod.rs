//! Any store comes back from its snapshot as it was, and a snapshot that was touched is refused.

mod any_store;
mod both_engines;
mod older;
mod registry;
mod touched;

use std::path::Path;
use std::sync::Arc;

use shared::codec::Hash32;
use shared::snapshot::TableEnd;
use shared::time::UtcMs;
use test_postgres::Database;

use super::tables::TABLES;
use super::{Contents, Making, SnapshotError, sums, write};
use crate::store::{Options, Pool, Postgres, Schema, Sqlite, Store, Value};

pub(super) const SHIPPING: Hash32 = Hash32([3; 32]);

pub(super) fn making() -> Making {
    Making {
        shipping: SHIPPING,
        salt: Hash32([4; 32]),
        made_at: UtcMs(1_795_420_800_000),
    }
}

pub(super) fn blank(folder: &Path, name: &str) -> Store {
    Store::new(Sqlite::open(&folder.join(name), Schema::Commune).expect("a blank store"))
}

/// Runs a statement on a store.
#[track_caller]
pub(super) fn put(store: &Store, sql: &str, params: Vec<Value>) {
    let sql = sql.to_owned();
    store
        .write(move |tx| tx.execute(&sql, &params))
        .unwrap_or_else(|error| panic!("{error}"));
}

/// What every store of a commune has.
pub(super) fn found(store: &Store) {
    put(
        store,
        "insert into commune (id, slug, name, zone, label, version) values (1, 'ville', 'Ville', 'Europe/Paris', 'mairie', 1)",
        vec![],
    );
    put(
        store,
        "insert into branch (id, born_at, is_current) values (?1, 0, 1)",
        vec![vec![1; 16].into()],
    );
}

pub(super) fn snapshot(store: &Store) -> (Vec<u8>, Contents) {
    let mut bytes = Vec::new();
    let contents = store
        .read(|tx| write(tx, &making(), &mut bytes))
        .expect("a snapshot");
    (bytes, contents)
}

/// Each table's count and digest.
pub(super) fn all_sums(store: &Store) -> Vec<(&'static str, TableEnd)> {
    store
        .read(|tx| {
            TABLES
                .iter()
                .map(|table| Ok((table.name, sums(tx, table, table.columns)?)))
                .collect::<Result<_, SnapshotError>>()
        })
        .expect("every table can be read")
}

/// The store of a commune in a schema of its own.
pub(super) fn blank_in(database: &Database, slug: &str) -> Store {
    let pool = Pool::new(&Options {
        url: database.url(),
        authorities: None,
        connections: 2,
    })
    .expect("a pool");
    Store::new(Postgres::new_commune(&pool, slug, Arc::new(|_| Ok(())), 0).expect("a blank schema"))
}
