//! The engine of large hosts: one schema of a PostgreSQL database for each commune.
//!
//! A transaction sees its schema alone (`SET LOCAL search_path`), and the connection none once it
//! has ended: no query can leak one town into another. A write takes the lock of `journal_writer`
//! first: one writer at a time for a commune, over all processes.

mod connection;
mod dialect;
mod look;
mod pool;
mod schemas;
mod signals;
mod values;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

pub use connection::Lineage;
pub use look::{look, schemas};
pub use pool::{Options, Pool, Use};
pub use schemas::{
    Lock, drop_beside, has_schema, set_aside, slugs, standing_of_commune, standing_of_control, swap,
};
pub use signals::SignalListener;

use super::queue::{Ends, Queue, held};
use super::strict::SPOILED;
use super::{Engine, Job, Kind, Read, Row, StoreError, Value, Write};
use connection::Connection;
#[cfg(test)]
pub(in crate::store) use dialect::migration as rewritten;

/// What is done, within a write, when a commune is found on another server, or on one that went
/// back or was promoted: history may have been cut.
pub type Forked = Arc<dyn Fn(&mut dyn Write) -> Result<(), StoreError> + Send + Sync>;

/// One schema.
pub struct Postgres {
    pool: Arc<Pool>,
    schema: String,
    slug: Option<String>,
    forked: Forked,
    /// The lineage that this schema is known to be on.
    lineage: Mutex<Option<Lineage>>,
    queue: Queue,
    writer: Mutex<()>,
}

impl Postgres {
    fn begin(&self, connection: &mut Connection, writes: bool) -> Result<(), StoreError> {
        self.settle_lineage(connection)?;
        connection.begin(&self.schema, writes)
    }

    fn commit(&self, batch: Vec<Job>) -> Result<Ends, StoreError> {
        self.pool.with(
            |connection| self.begin(connection, true),
            |connection| {
                let done = each(connection, batch);
                if done.is_err() {
                    let _ = connection.run("ROLLBACK");
                }
                done
            },
        )
    }

    /// Compares the server's lineage with the schema's, once for each lineage a process sees. Where
    /// they differ, whoever comes first has a new branch begun.
    fn settle_lineage(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let mut known = held(&self.lineage)?;
        if known.as_ref() == Some(&connection.lineage) {
            return Ok(());
        }
        // What was connected before a change leads to a server that is gone.
        if known.is_some() {
            self.pool.forget_idle();
        }
        let here = connection.lineage.clone();
        // Nearly always it is noted already, and nobody has to wait for a writer to see it.
        connection.begin(&self.schema, false)?;
        let noted = noted_lineage(connection);
        connection.run("COMMIT")?;
        if noted?.as_ref() != Some(&here) {
            connection.begin(&self.schema, true)?;
            let settled = on_lineage(connection, &here, &self.forked).and_then(|()| connection.run("COMMIT"));
            if settled.is_err() {
                let _ = connection.run("ROLLBACK");
            }
            settled?;
        }
        *known = Some(here);
        Ok(())
    }
}

/// The lineage that the commune was last written on.
fn noted_lineage(connection: &mut Connection) -> Result<Option<Lineage>, StoreError> {
    let rows = connection.query(include_str!("sql/lineage_get.sql"), &[])?;
    rows.first()
        .map(|row| {
            Ok(Lineage {
                system: row.text(0)?,
                timeline: row.int(1)?,
            })
        })
        .transpose()
}

fn on_lineage(connection: &mut Connection, here: &Lineage, forked: &Forked) -> Result<(), StoreError> {
    let noted = noted_lineage(connection)?;
    if noted.as_ref() == Some(here) {
        return Ok(());
    }
    if noted.is_some() {
        forked(&mut Transaction(connection))?;
    }
    let params = [here.system.as_str().into(), here.timeline.into()];
    connection.execute(include_str!("sql/lineage_put.sql"), &params)?;
    Ok(())
}

/// Runs every job at a savepoint of its own, and commits.
fn each(connection: &mut Connection, batch: Vec<Job>) -> Result<Ends, StoreError> {
    let mut ends = Vec::with_capacity(batch.len());
    let mut left = batch.len();
    for job in batch {
        left -= 1;
        let next = if left == 0 { "COMMIT" } else { "SAVEPOINT job" };
        // A job that panics is undone like one that fails; the others of its batch are kept.
        let keep = catch_unwind(AssertUnwindSafe(|| job(&mut Transaction(connection)))).unwrap_or(false);
        let mut end = Ok(());
        let mut undo = !keep;
        if keep {
            end = connection.run(&format!("RELEASE job; {next}"));
            // A statement that failed spoils the job, even where the job went on as if it had not.
            undo = matches!(&end, Err(StoreError::Engine(why)) if why == SPOILED);
            if !undo {
                end.clone()?;
            }
        }
        if undo {
            connection.run(&format!("ROLLBACK TO job; RELEASE job; {next}"))?;
        }
        ends.push(end);
    }
    Ok(ends)
}

impl Engine for Postgres {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Read)) -> Result<(), StoreError> {
        self.pool.with(
            |connection| self.begin(connection, false),
            |connection| {
                work(&mut Transaction(connection));
                connection.run("COMMIT")
            },
        )
    }

    fn write(&self, job: Job) -> Result<(), StoreError> {
        self.queue.run(job, &self.writer, |(), batch| self.commit(batch))
    }

    fn kind(&self) -> Kind {
        Kind::Postgres
    }

    fn data_version(&self) -> Result<Option<i64>, StoreError> {
        Ok(None)
    }

    fn announce(&self) {
        if let Some(slug) = &self.slug {
            self.pool.notify(slug);
        }
    }

    /// The server checks its own files; what can be asked here is that the schema is there.
    fn check(&self) -> Result<Vec<String>, StoreError> {
        self.read(&mut |_| {}).map(|()| Vec::new())
    }
}

struct Transaction<'c>(&'c mut Connection);

impl Read for Transaction<'_> {
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.0.query(sql, params)
    }
}

impl Write for Transaction<'_> {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        self.0.execute(sql, params)
    }

    fn execute_many(&mut self, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
        self.0.execute_many(sql, rows)
    }
}
