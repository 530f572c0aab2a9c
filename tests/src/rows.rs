//! Rows of a town's store, whichever engine holds it. Statements are those that both understand, with `?1` for the
//! first parameter.

use std::thread;

use postgres::NoTls;
use postgres::types::{ToSql, Type};
use rusqlite::params_from_iter;
pub use rusqlite::types::Value;

use crate::Town;
use crate::town::SLUG;

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(Vec<Value>);

impl Row {
    /// Bytes of a column.
    ///
    /// # Panics
    /// When it holds something else.
    #[track_caller]
    pub fn bytes(&self, column: usize) -> &[u8] {
        match &self.0[column] {
            Value::Blob(bytes) => bytes,
            other => panic!("column {column} holds {other:?}"),
        }
    }

    /// Text of a column.
    ///
    /// # Panics
    /// When it holds something else.
    #[track_caller]
    pub fn text(&self, column: usize) -> &str {
        match &self.0[column] {
            Value::Text(text) => text,
            other => panic!("column {column} holds {other:?}"),
        }
    }

    /// A number of a column.
    ///
    /// # Panics
    /// When it holds something else.
    #[track_caller]
    pub fn int(&self, column: usize) -> i64 {
        match &self.0[column] {
            Value::Integer(number) => *number,
            other => panic!("column {column} holds {other:?}"),
        }
    }
}

/// What a query finds in the town's store.
///
/// # Panics
/// When the store cannot be opened or does not understand it.
pub fn rows(town: &Town, query: &str, params: &[Value]) -> Vec<Row> {
    match town.url() {
        None => in_file(town, query, params).unwrap_or_else(|error| panic!("{query}: {error}")),
        Some(url) => in_schema(url, query, params).unwrap_or_else(|error| panic!("{query}: {error:?}")),
    }
}

/// Changes rows of the town's store behind its server's back, which must be stopped.
///
/// # Panics
/// When the store cannot be opened or does not understand it, or no row is touched.
pub fn tamper(town: &Town, statement: &str, params: &[Value]) {
    let touched = rows(town, &format!("{statement} returning 1"), params);
    assert!(!touched.is_empty(), "{statement} touches nothing");
}

fn in_file(town: &Town, query: &str, params: &[Value]) -> rusqlite::Result<Vec<Row>> {
    let path = town.data().join("communes").join(format!("{SLUG}.db"));
    let file = rusqlite::Connection::open(path)?;
    let mut query = file.prepare(query)?;
    let columns = query.column_count();
    let rows = query.query_map(params_from_iter(params), |row| {
        (0..columns).map(|column| row.get(column)).collect()
    })?;
    rows.map(|row| row.map(Row)).collect()
}

/// On a thread of its own: the story may run in an async runtime, where the blocking client refuses to work.
fn in_schema(url: &str, query: &str, params: &[Value]) -> Result<Vec<Row>, postgres::Error> {
    let given: Vec<Box<dyn ToSql + Sync + Send>> = params.iter().map(parameter).collect();
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut client = postgres::Client::connect(url, NoTls)?;
            client.batch_execute(&format!("set search_path to \"commune_{SLUG}\""))?;
            let given: Vec<&(dyn ToSql + Sync)> = given.iter().map(|one| &**one as _).collect();
            let rows = client.query(&query.replace('?', "$"), &given)?;
            Ok(rows.iter().map(row_of).collect())
        });
        reader.join().expect("a reader that does not panic")
    })
}

fn parameter(value: &Value) -> Box<dyn ToSql + Sync + Send> {
    match value {
        Value::Text(text) => Box::new(text.clone()),
        Value::Blob(bytes) => Box::new(bytes.clone()),
        Value::Integer(number) => Box::new(*number),
        Value::Null | Value::Real(_) => panic!("{value:?} is no parameter of a story"),
    }
}

fn row_of(row: &postgres::Row) -> Row {
    let value = |column: usize| match *row.columns()[column].type_() {
        Type::BYTEA => row.get::<_, Option<Vec<u8>>>(column).map(Value::Blob),
        Type::INT8 => row.get::<_, Option<i64>>(column).map(Value::Integer),
        Type::INT4 => row
            .get::<_, Option<i32>>(column)
            .map(|n| Value::Integer(n.into())),
        _ => row.get::<_, Option<String>>(column).map(Value::Text),
    };
    Row((0..row.len())
        .map(|column| value(column).unwrap_or(Value::Null))
        .collect())
}
