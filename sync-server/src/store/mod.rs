//! The seam between a commune's record and the engine it lies in.
//!
//! Work is a synchronous closure over a transaction, run on the blocking pool: a transaction can
//! neither be held across an await nor be forgotten. SQL is written once, with `?1…`.

pub mod address;
mod postgres;
mod queue;
mod schema;
mod sqlite;
mod strict;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod value;

use std::sync::{Arc, Mutex};
use std::time::Duration;

pub use address::{StoreAddress, hide_password};
pub use postgres::{
    Forked, Lineage, Lock, Options, Pool, Postgres, SignalListener, Use, drop_beside, has_schema, look,
    schemas, set_aside, slugs as schema_slugs, standing_of_commune, standing_of_control, swap,
};
pub use schema::{Schema, Standing};
pub use sqlite::Sqlite;
pub use value::{Row, Value};

use strict::Strict;

use crate::clock::Stopwatch;
use crate::metrics;

/// How long work waits before it is told that the store is busy.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// For another writer of the same store.
    pub writer: Duration,
    /// For a connection, when all are in use.
    pub connection: Duration,
}

impl Default for Waits {
    fn default() -> Self {
        Self {
            writer: Duration::from_secs(15),
            connection: Duration::from_secs(10),
        }
    }
}

/// What an engine could not do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The file or server cannot be reached or used.
    #[error("the store cannot be used: {0}")]
    Unavailable(String),
    /// The store is damaged.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// A row is not as this program expects it.
    #[error("unexpected row: {0}")]
    Shape(String),
    /// The engine refused a statement.
    #[error("the engine refused: {0}")]
    Engine(String),
    /// The store is no longer here: it was moved, or set aside.
    #[error("the store is no longer here: it was moved or set aside")]
    Moved,
    /// The store was changed by a newer program, in a way that this one does not understand.
    #[error(
        "the store needs a newer program: it asks for schema {oldest} at least, this program knows {ours}"
    )]
    TooNew {
        /// The newest migration that this program knows.
        ours: i64,
        /// The oldest that the store asks for.
        oldest: i64,
    },
}

/// Which engine a store lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A schema of a database server.
    Postgres,
}

/// A transaction that reads.
pub trait Read {
    /// All rows of a query.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError>;

    /// The first row of a query.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    fn first(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }
}

/// A transaction that writes.
pub trait Write: Read {
    /// Runs a statement; returns how many rows it changed.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError>;

    /// Runs an insertion once for each row of parameters; returns how many rows it changed. A server
    /// takes them in one trip.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    fn execute_many(&mut self, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
        let mut changed = 0;
        for row in rows {
            changed += self.execute(sql, row)?;
        }
        Ok(changed)
    }
}

/// One waiting piece of work. It answers whether its changes are to be kept.
type Job = Box<dyn FnOnce(&mut dyn Write) -> bool + Send>;

/// An engine. Implementations commit jobs that wait in one transaction, each in a savepoint.
pub trait Engine: Send + Sync {
    /// Runs work over a consistent view.
    ///
    /// # Errors
    /// [`StoreError`] when no view can be opened.
    fn read(&self, work: &mut dyn FnMut(&mut dyn Read)) -> Result<(), StoreError>;

    /// Runs a job and commits it durably before returning.
    ///
    /// # Errors
    /// [`StoreError`] when it was not committed.
    fn write(&self, job: Job) -> Result<(), StoreError>;

    /// Which engine this is.
    fn kind(&self) -> Kind;

    /// Whether a read begins without a wait and goes on without a trip to a server.
    fn answers_at_once(&self) -> bool {
        false
    }

    /// A number that changes whenever another process has written; `None` where the engine has no
    /// such number, and tells its listeners instead.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    fn data_version(&self) -> Result<Option<i64>, StoreError>;

    /// Lets other processes know, soon, that the record changed.
    fn announce(&self) {}

    /// Problems the engine finds in its own files.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot look.
    fn check(&self) -> Result<Vec<String>, StoreError>;
}

/// A commune's store.
#[derive(Clone)]
pub struct Store(Arc<dyn Engine>);

impl Store {
    /// Over an engine.
    pub fn new(engine: impl Engine + 'static) -> Self {
        Self(Arc::new(engine))
    }

    /// Reads.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError`] when no view can be opened.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Read) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut work = Some(work);
        let mut result = None;
        let watch = Stopwatch::start();
        let done = self.0.read(&mut |tx| {
            if let Some(work) = work.take() {
                result = Some(work(&mut Strict::over(tx)));
            }
        });
        metrics::transacted(self.kind(), "read", done.is_ok(), watch.seconds());
        done?;
        result.unwrap_or_else(|| Err(StoreError::Unavailable("the engine ran nothing".into()).into()))
    }

    /// Whether a read begins without a wait and goes on without a trip to a server.
    pub fn answers_at_once(&self) -> bool {
        self.0.answers_at_once()
    }

    /// Writes: when `work` answers `Ok`, its changes are durable before this returns; when it
    /// answers an error, nothing changed. Work in which a statement failed is undone, whatever it answers.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError`] when it could not be committed.
    pub fn write<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Write) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let slot = Arc::new(Mutex::new(None));
        let answer = Arc::clone(&slot);
        let watch = Stopwatch::start();
        let done = self.0.write(Box::new(move |tx| {
            let mut tx = Strict::over(tx);
            let mut result = work(&mut tx);
            if result.is_ok() && tx.is_spoiled() {
                result = Err(StoreError::Engine(strict::SPOILED.into()).into());
            }
            let keep = result.is_ok();
            if let Ok(mut slot) = answer.lock() {
                *slot = Some(result);
            }
            keep
        }));
        metrics::transacted(self.kind(), "write", done.is_ok(), watch.seconds());
        done?;
        let result = slot.lock().ok().and_then(|mut slot| slot.take());
        result.unwrap_or_else(|| Err(StoreError::Unavailable("the work did not finish".into()).into()))
    }

    /// Which engine it lies in.
    pub fn kind(&self) -> Kind {
        self.0.kind()
    }

    /// A number that changes whenever another process has written; `None` where the engine has no
    /// such number, and tells its listeners instead.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn data_version(&self) -> Result<Option<i64>, StoreError> {
        self.0.data_version()
    }

    /// Lets other processes know, soon, that the record changed.
    pub fn announce(&self) {
        self.0.announce();
    }

    /// Problems the engine finds in its own files.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot look.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        self.0.check()
    }
}
