//! What every engine promises, told once and run on both; and what every statement keeps to.

mod broken;
mod constraints;
mod differential;
mod opening;
mod portable;
mod prepared;
mod reading;
mod together;
mod values;
mod writing;

use std::time::Duration;

use super::testing::Place;
use super::{Read, Row, Store, StoreError, Value, Waits, Write};

/// Runs each of these functions on both engines.
macro_rules! on_both {
    ($($name:ident)*) => {
        mod sqlite {
            use crate::store::Kind;
            use crate::store::testing::Place;
            $(#[test] fn $name() { super::$name(&Place::on(Kind::Sqlite)); })*
        }
        mod postgres {
            use crate::store::Kind;
            use crate::store::testing::Place;
            $(#[test] fn $name() { super::$name(&Place::on(Kind::Postgres)); })*
        }
    };
}
use on_both;

/// Waits so short that a test may see them pass.
const SHORT: Waits = Waits {
    writer: Duration::from_millis(100),
    connection: Duration::from_millis(100),
};

/// The simplest row there is: a subject, and a number.
const PUT: &str = "insert into throttle (subject, failures, locked_until, last_at) values (?1, ?2, ?3, ?4) \
    on conflict (subject) do update set failures = excluded.failures";
const ALL: &str = "select subject, failures from throttle order by subject";

fn put(tx: &mut dyn Write, subject: &str, number: i64) -> Result<(), StoreError> {
    let params = [subject.into(), number.into(), 0_i64.into(), 0_i64.into()];
    tx.execute(PUT, &params).map(drop)
}

/// A statement that no engine takes: a site without a name.
fn fail(tx: &mut dyn Write) -> Result<u64, StoreError> {
    tx.execute(
        "insert into site (id, slug, name, version) values (?1, ?2, ?3, 1)",
        &[vec![1].into(), "s".into(), Value::Null],
    )
}

fn saved(store: &Store, subject: &str, number: i64) -> Result<(), StoreError> {
    let subject = subject.to_owned();
    store.write(move |tx| put(tx, &subject, number))
}

/// Subjects of all rows, in order.
fn subjects(store: &Store) -> Vec<String> {
    store.read(|tx| names(tx)).expect("rows")
}

fn names(tx: &mut dyn Read) -> Result<Vec<String>, StoreError> {
    tx.query(ALL, &[])?.iter().map(|row| row.text(0)).collect()
}

fn is_refused<T>(done: &Result<T, StoreError>) -> bool {
    matches!(done, Err(StoreError::Engine(_)))
}

fn is_unavailable<T>(done: &Result<T, StoreError>) -> bool {
    matches!(done, Err(StoreError::Unavailable(_)))
}

fn row(values: &[Value]) -> Row {
    Row(values.to_vec())
}

/// A store that other stores of this test know only by its place.
fn other(place: &Place) -> Store {
    place.store()
}
