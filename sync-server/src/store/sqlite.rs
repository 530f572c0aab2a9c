//! The embedded engine: one SQLite file, one writer, a few readers.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};

use super::queue::{Ends, Queue, held, poisoned};
use super::{Engine, Job, Kind, Read, Row, Schema, Standing, StoreError, Value, Waits, Write};

/// Readers at once.
const READERS: usize = 4;

/// One SQLite file.
pub struct Sqlite {
    path: PathBuf,
    waits: Waits,
    queue: Queue,
    readers: Mutex<Readers>,
    reader_freed: Condvar,
    /// Opened when it is first asked.
    watcher: Mutex<Option<Connection>>,
    /// Closed last (fields go in this order): only a connection that writes can fold the log into
    /// the file, so that a store at rest is one file.
    writer: Mutex<Connection>,
}

/// Connections that read, opened as they are needed: a commune that nobody looks at has none.
#[derive(Default)]
struct Readers {
    idle: Vec<Connection>,
    lent: usize,
}

impl Sqlite {
    /// Opens or creates a file and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be opened, is damaged, or cannot be migrated.
    pub fn open(path: &Path, schema: Schema) -> Result<Self, StoreError> {
        Self::open_with(path, schema, Waits::default())
    }

    /// The same, with other waits.
    ///
    /// # Errors
    /// See [`Self::open`].
    pub fn open_with(path: &Path, schema: Schema, waits: Waits) -> Result<Self, StoreError> {
        let mut writer = Connection::open(path).map_err(fault)?;
        prepare(&writer, waits.writer)?;
        migrate(&mut writer, schema)?;
        Ok(Self::over(path, waits, writer))
    }

    /// Opens a store in memory, which goes with it. It is only ever written to: readers of their own would
    /// see another, empty one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be made.
    pub fn in_memory(schema: Schema) -> Result<Self, StoreError> {
        let waits = Waits::default();
        let mut writer = Connection::open_in_memory().map_err(fault)?;
        prepare(&writer, waits.writer)?;
        migrate(&mut writer, schema)?;
        Ok(Self::over(Path::new(":memory:"), waits, writer))
    }

    fn over(path: &Path, waits: Waits, writer: Connection) -> Self {
        Self {
            path: path.to_owned(),
            waits,
            writer: Mutex::new(writer),
            queue: Queue::default(),
            readers: Mutex::default(),
            reader_freed: Condvar::new(),
            watcher: Mutex::default(),
        }
    }

    /// Makes a file as a program of before made it, with the migrations up to `version`: to be filled
    /// with what such a program wrote, then opened anew.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be made.
    pub fn make_at(path: &Path, schema: Schema, version: i32) -> Result<Self, StoreError> {
        let waits = Waits::default();
        let mut writer = Connection::open(path).map_err(fault)?;
        prepare(&writer, waits.writer)?;
        let runner = schema.runner().set_target(refinery::Target::Version(version));
        runner
            .run(&mut writer)
            .map_err(|error| StoreError::Engine(error.to_string()))?;
        Ok(Self::over(path, waits, writer))
    }

    /// The slugs of a list of communes, whatever its schema; nothing is changed.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn slugs(path: &Path) -> Result<Vec<String>, StoreError> {
        let list = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(fault)?;
        let rows = Transaction(&list).query(include_str!("../record/control/slugs.sql"), &[])?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    /// Looks into a file that is nobody's any more, whatever its schema; nothing is changed. One that stands `still`
    /// has no log, and is read where it may not be written.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError`] when the file cannot be read.
    pub fn look<T>(
        path: &Path,
        still: bool,
        work: impl FnOnce(&mut dyn Read) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let reader = if still {
            let name = path.to_string_lossy();
            let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)
        } else {
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        };
        let reader = reader.map_err(fault)?;
        reader.execute_batch("BEGIN").map_err(fault)?;
        work(&mut Transaction(&reader))
    }

    /// How far a file's schema is from this program's. A file that is not there has none.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be opened or is damaged.
    pub fn standing(path: &Path, schema: Schema) -> Result<Standing, StoreError> {
        if !path.exists() {
            return Ok(Standing::of(schema, None));
        }
        applied(&mut Connection::open(path).map_err(fault)?, schema)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A reader, once one is free; a new one as long as there are few.
    fn reader(&self) -> Result<Lent<'_>, StoreError> {
        let readers = held(&self.readers)?;
        let full = |readers: &mut Readers| readers.idle.is_empty() && readers.lent >= READERS;
        let waited = self
            .reader_freed
            .wait_timeout_while(readers, self.waits.connection, full);
        let (mut readers, timeout) = waited.map_err(|_| poisoned())?;
        if timeout.timed_out() {
            return Err(StoreError::Unavailable("no reader became free in time".into()));
        }
        readers.lent += 1;
        let reader = readers.idle.pop();
        drop(readers);
        let mut lent = Lent { store: self, reader };
        if lent.reader.is_none() {
            lent.reader = Some(self.open_reader()?);
        }
        Ok(lent)
    }

    fn open_reader(&self) -> Result<Connection, StoreError> {
        // A connection is one thread's at a time: no mutex of its own at each call.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(&self.path, flags).map_err(fault)?;
        prepare_reader(&reader, self.waits.writer)?;
        Ok(reader)
    }
}

/// A reader that goes back to the others, even from work that panics; one that could not be opened leaves its place.
struct Lent<'s> {
    store: &'s Sqlite,
    reader: Option<Connection>,
}

impl Lent<'_> {
    fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.reader.as_ref().map_or_else(|| Err(poisoned()), work)
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let reader = self.reader.take();
        // Nothing is under way but after a panic.
        if let Some(reader) = reader.as_ref().filter(|reader| !reader.is_autocommit()) {
            let _ = reader.execute_batch("ROLLBACK");
        }
        if let Ok(mut readers) = self.store.readers.lock() {
            readers.lent -= 1;
            readers.idle.extend(reader);
            self.store.reader_freed.notify_one();
        }
    }
}

fn prepare(connection: &Connection, wait: Duration) -> Result<(), StoreError> {
    connection.busy_timeout(wait).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(256);
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;",
        )
        .map_err(fault)
}

fn prepare_reader(connection: &Connection, wait: Duration) -> Result<(), StoreError> {
    connection.busy_timeout(wait).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(256);
    // A plan does not depend on what is bound: no statement is prepared again for other values.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(fault)?;
    connection
        .execute_batch("PRAGMA temp_store = MEMORY; PRAGMA query_only = ON;")
        .map_err(fault)
}

impl Engine for Sqlite {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Read)) -> Result<(), StoreError> {
        self.reader()?.with(|reader| {
            reader.execute_batch("BEGIN").map_err(fault)?;
            work(&mut Transaction(reader));
            let _ = reader.execute_batch("COMMIT");
            Ok(())
        })
    }

    fn write(&self, job: Job) -> Result<(), StoreError> {
        self.queue
            .run(job, &self.writer, |writer, batch| commit(writer, batch))
    }

    fn kind(&self) -> Kind {
        Kind::Sqlite
    }

    fn answers_at_once(&self) -> bool {
        self.readers
            .try_lock()
            .is_ok_and(|readers| !readers.idle.is_empty())
    }

    fn data_version(&self) -> Result<Option<i64>, StoreError> {
        // The value is per connection, and moves when any other connection has written.
        let mut watcher = held(&self.watcher)?;
        let connection = match watcher.take() {
            Some(connection) => connection,
            None => self.open_reader()?,
        };
        watcher
            .insert(connection)
            .query_row("PRAGMA data_version", [], |row| row.get(0))
            .map(Some)
            .map_err(fault)
    }

    fn check(&self) -> Result<Vec<String>, StoreError> {
        self.reader()?.with(integrity)
    }
}

/// Runs every job in a savepoint of one transaction.
fn commit(writer: &Connection, batch: Vec<Job>) -> Result<Ends, StoreError> {
    writer.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
    let done = each(writer, batch).and_then(|ends| {
        writer.execute_batch("COMMIT").map_err(fault)?;
        Ok(ends)
    });
    if done.is_err() {
        let _ = writer.execute_batch("ROLLBACK");
    }
    done
}

fn each(writer: &Connection, batch: Vec<Job>) -> Result<Ends, StoreError> {
    let mut ends = Vec::with_capacity(batch.len());
    for job in batch {
        writer.execute_batch("SAVEPOINT job").map_err(fault)?;
        // A job that panics is undone like one that fails; the others of its batch are kept.
        let keep = catch_unwind(AssertUnwindSafe(|| job(&mut Transaction(writer)))).unwrap_or(false);
        let end = if keep {
            "RELEASE job"
        } else {
            "ROLLBACK TO job; RELEASE job"
        };
        writer.execute_batch(end).map_err(fault)?;
        ends.push(Ok(()));
    }
    Ok(ends)
}

/// Brings the schema up to date. Two processes that open a new file at once both try; the second
/// finds the work done.
fn migrate(writer: &mut Connection, schema: Schema) -> Result<(), StoreError> {
    let runner = schema.runner();
    let failed = |error: refinery::Error| StoreError::Engine(error.to_string());
    if let Err(error) = runner.run(writer)
        && applied(writer, schema)?.has < schema.newest()
    {
        return Err(failed(error));
    }
    let standing = applied(writer, schema)?;
    if schema.has_floor(standing.has) {
        let oldest = writer
            .query_row(include_str!("../record/schema_floor.sql"), [], |row| row.get(0))
            .map_err(fault)?;
        schema.admits(oldest)?;
    }
    Ok(())
}

fn applied(connection: &mut Connection, schema: Schema) -> Result<Standing, StoreError> {
    let has_history: bool = connection
        .query_row(include_str!("sqlite/has_history.sql"), [], |row| row.get(0))
        .map_err(fault)?;
    if !has_history {
        return Ok(Standing::of(schema, None));
    }
    let last = schema
        .runner()
        .get_last_applied_migration(connection)
        .map_err(|error| StoreError::Engine(error.to_string()))?;
    Ok(Standing::of(schema, last.map(|migration| migration.version())))
}

fn integrity(reader: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = reader.prepare("PRAGMA integrity_check(20)").map_err(fault)?;
    let lines = statement
        .query_map([], |row| row.get::<_, String>(0))
        .map_err(fault)?;
    let mut problems = Vec::new();
    for line in lines {
        let line = line.map_err(fault)?;
        if line != "ok" {
            problems.push(line);
        }
    }
    Ok(problems)
}

struct Transaction<'c>(&'c Connection);

impl Read for Transaction<'_> {
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut statement = self.0.prepare_cached(sql).map_err(fault)?;
        let columns = statement.column_count();
        let mut rows = statement
            .query(rusqlite::params_from_iter(params))
            .map_err(fault)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(fault)? {
            let mut values = Vec::with_capacity(columns);
            for i in 0..columns {
                values.push(match row.get_ref(i).map_err(fault)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(number) => Value::Int(number),
                    ValueRef::Real(_) => return Err(StoreError::Shape(format!("column {i}: a float"))),
                    ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                    ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
                });
            }
            all.push(Row(values));
        }
        Ok(all)
    }
}

impl Write for Transaction<'_> {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let mut statement = self.0.prepare_cached(sql).map_err(fault)?;
        let changed = statement
            .execute(rusqlite::params_from_iter(params))
            .map_err(fault)?;
        Ok(changed as u64)
    }

    fn execute_many(&mut self, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
        let mut statement = self.0.prepare_cached(sql).map_err(fault)?;
        let mut changed = 0;
        for row in rows {
            changed += statement
                .execute(rusqlite::params_from_iter(row))
                .map_err(fault)?;
        }
        Ok(changed as u64)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn fault(error: rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode as Code;
    match error.sqlite_error_code() {
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => StoreError::Damaged(error.to_string()),
        Some(
            Code::CannotOpen | Code::DatabaseBusy | Code::DatabaseLocked | Code::DiskFull | Code::ReadOnly,
        ) => StoreError::Unavailable(error.to_string()),
        _ => StoreError::Engine(error.to_string()),
    }
}
