//! One connection: set up once, and aware of which server it leads to.

use std::collections::HashMap;
use std::time::Duration;

use postgres::Client;
use postgres::error::SqlState;
use postgres::types::ToSql;

use super::{dialect, values};
use crate::store::strict::SPOILED;
use crate::store::{Row, StoreError, Value};

/// Which history a database server writes: its system identifier, and the timeline that a
/// promotion or a restore to a point in time increases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The server's system identifier.
    pub system: String,
    /// Its timeline.
    pub timeline: i64,
}

/// A connection to a server that takes writes.
pub(super) struct Connection {
    pub(super) client: Client,
    pub(super) lineage: Lineage,
    statements: HashMap<String, postgres::Statement>,
}

impl Connection {
    /// Sets a fresh connection up. A server that only follows another is refused.
    /// Writers wait for each other as long as `wait`.
    pub(super) fn new(mut client: Client, wait: Duration) -> Result<Self, StoreError> {
        let session = include_str!("sql/session.sql");
        client
            .batch_execute(&format!("{session} SET lock_timeout = {}", wait.as_millis()))
            .map_err(|e| fault(&e))?;
        let row = client
            .query_one(include_str!("sql/lineage_of_server.sql"), &[])
            .map_err(|e| fault(&e))?;
        let row = values::row(&row)?;
        let file = row.opt(1, Row::text)?.ok_or_else(|| {
            StoreError::Unavailable("the database server only follows another and takes no writes".into())
        })?;
        let timeline = file.get(..8).and_then(|hex| i64::from_str_radix(hex, 16).ok());
        Ok(Self {
            client,
            lineage: Lineage {
                system: row.text(0)?,
                timeline: timeline.ok_or_else(|| StoreError::Shape(format!("timeline of {file}")))?,
            },
            statements: HashMap::new(),
        })
    }

    /// Begins a transaction that sees one schema; one that writes waits for the commune's writers of
    /// all processes, and stands at the savepoint `job`. One trip.
    pub(super) fn begin(&mut self, schema: &str, writes: bool) -> Result<(), StoreError> {
        let place = format!("SET LOCAL search_path TO {}, pg_catalog", dialect::quoted(schema));
        let words = if writes {
            format!(
                "BEGIN ISOLATION LEVEL READ COMMITTED; {place}; \
                 LOCK TABLE journal_writer IN EXCLUSIVE MODE; SAVEPOINT job"
            )
        } else {
            format!("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {place}")
        };
        self.run(&words).inspect_err(|_| {
            let _ = self.client.batch_execute("ROLLBACK");
        })
    }

    /// Runs words of the engine: begin, commit, savepoints.
    pub(super) fn run(&mut self, words: &str) -> Result<(), StoreError> {
        self.client.batch_execute(words).map_err(|e| fault(&e))
    }

    fn prepared(&mut self, sql: &str) -> Result<postgres::Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self
            .client
            .prepare(&dialect::parameters(sql))
            .map_err(|e| fault(&e))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let statement = self.prepared(sql)?;
        let rows = self
            .client
            .query(&statement, &given(params))
            .map_err(|e| fault(&e))?;
        rows.iter().map(values::row).collect()
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepared(sql)?;
        self.client
            .execute(&statement, &given(params))
            .map_err(|e| fault(&e))
    }

    /// Runs an insertion for each row: as one statement over columns where there are several.
    pub(super) fn execute_many(&mut self, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
        let types = match rows {
            [] => return Ok(0),
            [one] => return self.execute(sql, one),
            _ => self.prepared(sql)?.params().to_vec(),
        };
        let names: Vec<&str> = types.iter().map(postgres::types::Type::name).collect();
        let together = dialect::over_columns(sql, &names)
            .ok_or_else(|| StoreError::Engine(format!("not an insertion of single rows: {sql}")))?;
        if rows.iter().any(|row| row.len() != types.len()) {
            return Err(StoreError::Engine(format!(
                "{} parameters are wanted: {sql}",
                types.len()
            )));
        }
        let columns: Vec<Vec<&Value>> = (0..types.len())
            .map(|nth| rows.iter().filter_map(|row| row.get(nth)).collect())
            .collect();
        let columns: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|c| c as &(dyn ToSql + Sync)).collect();
        let statement = self.prepared(&together)?;
        self.client.execute(&statement, &columns).map_err(|e| fault(&e))
    }
}

fn given(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// What an error of the client means to whoever works with a store.
pub(super) fn fault(error: &postgres::Error) -> StoreError {
    let Some(told) = error.as_db_error() else {
        let why = std::error::Error::source(error).map_or_else(String::new, |source| format!(": {source}"));
        return if error.is_closed() || said_by_network(error) {
            StoreError::Unavailable(format!("{error}{why}"))
        } else {
            StoreError::Engine(format!("{error}{why}"))
        };
    };
    let text = format!("{} ({})", told.message(), told.code().code());
    match *told.code() {
        SqlState::IN_FAILED_SQL_TRANSACTION => StoreError::Engine(SPOILED.into()),
        SqlState::UNDEFINED_TABLE | SqlState::INVALID_SCHEMA_NAME => StoreError::Moved,
        SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => StoreError::Damaged(text),
        SqlState::LOCK_NOT_AVAILABLE
        | SqlState::QUERY_CANCELED
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::READ_ONLY_SQL_TRANSACTION
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => StoreError::Unavailable(text),
        // Connections refused or cut, a server that starts or stops, no room left.
        ref code if ["08", "53", "57", "28"].contains(&&code.code()[..2]) => StoreError::Unavailable(text),
        _ => StoreError::Engine(text),
    }
}

fn said_by_network(error: &postgres::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.is::<std::io::Error>() {
            return true;
        }
        source = cause.source();
    }
    false
}
