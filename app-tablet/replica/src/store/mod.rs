//! The tablet's file: SQLCipher with a raw key, WAL, `synchronous=FULL`. What is answered as
//! written is on the disk.

pub mod lost;
pub mod marks;
pub mod meta;

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use marks::{Counts, MarkState, StoredMark};
pub use meta::{Enrolment, Met, Pending};

use crate::error::ReplicaError;
use crate::key;

/// How long a writer waits for another process on the same file, in ms.
const BUSY_MS: u64 = 10_000;

/// Pages of a file at most, as the engine has it.
const MOST_PAGES: u32 = 0xffff_fffe;

/// The name of the file in the home folder.
pub(crate) const FILE: &str = "replica.db";

mod schema {
    refinery::embed_migrations!("../../migrations/tablet");
}

/// The open file.
pub struct Db {
    connection: Connection,
}

impl Db {
    /// Opens or creates the file of a home folder.
    ///
    /// # Errors
    /// [`ReplicaError::Damaged`] when the file or its key is damaged, [`ReplicaError::Disk`] when
    /// the folder cannot be used.
    pub fn open(home: &Path) -> Result<Self, ReplicaError> {
        std::fs::create_dir_all(home).map_err(|e| ReplicaError::Disk(e.to_string()))?;
        let file = home.join(FILE);
        let key = key::of(home, file.exists())?;
        let mut connection = Connection::open(&file)?;
        connection.pragma_update(None, "key", format!("x'{}'", key.as_str()))?;
        connection.busy_timeout(Duration::from_millis(BUSY_MS))?;
        connection.set_prepared_statement_cache_capacity(128);
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA temp_store = MEMORY;",
        )?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version < SCHEMA_VERSION {
            // In one transaction: whoever is killed between a table and the note of it would find the table there.
            schema::migrations::runner()
                .set_grouped(true)
                .run(&mut connection)
                .map_err(|error| of_migration(&error))?;
            connection.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        }
        Ok(Self { connection })
    }

    /// Begins a transaction that writes.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn begin(&mut self) -> Result<Transaction<'_>, ReplicaError> {
        Ok(self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Lets the file grow by so many pages at most, or as it likes: a full disk, tried out.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn limit(&self, pages: Option<u32>) -> Result<(), ReplicaError> {
        let most = match pages {
            Some(pages) => {
                let has: u32 = self
                    .connection
                    .query_row("PRAGMA page_count", [], |row| row.get(0))?;
                has.saturating_add(pages)
            }
            None => MOST_PAGES,
        };
        self.connection
            .query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(()))?;
        Ok(())
    }

    /// Closes the file. What is asked of it afterwards fails.
    ///
    /// # Errors
    /// Those of the engine.
    pub(crate) fn close(&mut self) -> Result<(), ReplicaError> {
        drop(std::mem::replace(
            &mut self.connection,
            Connection::open_in_memory()?,
        ));
        Ok(())
    }

    /// For reads outside a transaction.
    pub fn reader(&self) -> &Connection {
        &self.connection
    }

    /// A number that moves whenever another process has written.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn data_version(&self) -> Result<i64, ReplicaError> {
        data_version(&self.connection)
    }
}

/// A disk that is full at the first start is no damaged file.
fn of_migration(error: &refinery::Error) -> ReplicaError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(rusqlite::Error::SqliteFailure(code, message)) = error.downcast_ref() {
            return rusqlite::Error::SqliteFailure(*code, message.clone()).into();
        }
        cause = error.source();
    }
    ReplicaError::Damaged(error.to_string())
}

/// The same, inside a transaction or outside. It is asked at every tap: the statement is kept.
pub(crate) fn data_version(db: &Connection) -> Result<i64, ReplicaError> {
    Ok(db
        .prepare_cached("PRAGMA data_version")?
        .query_row([], |row| row.get(0))?)
}

/// Number of the newest migration: a file that has it is not migrated again at each start.
const SCHEMA_VERSION: i64 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_encrypted_and_opens_only_with_its_key() {
        let home = tempfile::tempdir().unwrap();
        drop(Db::open(home.path()).unwrap());
        let bytes = std::fs::read(home.path().join("replica.db")).unwrap();
        assert!(!bytes.starts_with(b"SQLite format 3"));
        drop(Db::open(home.path()).unwrap());
        std::fs::write(home.path().join("replica.key"), "00".repeat(32)).unwrap();
        assert!(matches!(Db::open(home.path()), Err(ReplicaError::Damaged(_))));
        std::fs::remove_file(home.path().join("replica.key")).unwrap();
        assert!(matches!(Db::open(home.path()), Err(ReplicaError::Damaged(_))));
    }

    #[test]
    fn a_write_of_another_process_is_seen_outside_a_transaction_and_inside() {
        let home = tempfile::tempdir().unwrap();
        let (mut here, there) = (Db::open(home.path()).unwrap(), Db::open(home.path()).unwrap());
        let write = |key: &str| {
            let sql = "insert into meta (key, value) values (?1, x'00')";
            there.reader().execute(sql, [key]).unwrap();
        };
        let first = here.data_version().unwrap();
        assert_eq!(here.data_version().unwrap(), first);
        write("a");
        let second = here.data_version().unwrap();
        assert_ne!(second, first);
        write("b");
        assert_ne!(data_version(&here.begin().unwrap()).unwrap(), second);
    }

    #[test]
    fn a_migration_that_is_not_noted_did_not_happen() {
        let home = tempfile::tempdir().unwrap();
        let key = key::of(home.path(), false).unwrap();
        let cut = Connection::open(home.path().join(FILE)).unwrap();
        cut.pragma_update(None, "key", format!("x'{}'", key.as_str()))
            .unwrap();
        // The note of the second fails, as if the process had been killed before it.
        cut.execute_batch(
            "create table refinery_schema_history (
                version int primary key check (version < 2), name text, applied_on text, checksum text
            )",
        )
        .unwrap();
        assert!(Db::open(home.path()).is_err());
        cut.execute_batch("drop table refinery_schema_history").unwrap();
        drop(Db::open(home.path()).unwrap());
    }

    #[test]
    fn migrations_and_schema_version_agree() {
        assert_eq!(
            schema::migrations::runner().get_migrations().len() as i64,
            SCHEMA_VERSION
        );
    }

    /// What every exchange asks of the marks, in a window of ninety days and at two sites.
    #[test]
    fn an_exchange_does_not_read_every_mark() {
        let home = tempfile::tempdir().unwrap();
        let db = Db::open(home.path()).unwrap();
        let asked = [
            include_str!("sql/mark_owed_sheets.sql"),
            include_str!("sql/mark_owed_counts.sql"),
            include_str!("sql/mark_uncovered_sheets.sql"),
            include_str!("sql/mark_sheets.sql"),
        ];
        for sql in asked {
            let mut plan = db.reader().prepare(&format!("explain query plan {sql}")).unwrap();
            let steps = plan.query_map([], |row| row.get::<_, String>(3)).unwrap();
            for step in steps.map(Result::unwrap) {
                let whole = step.starts_with("SCAN m") && !step.ends_with("USING INDEX mark_owed");
                assert!(!whole, "{step}, in:\n{sql}");
            }
        }
    }

    #[test]
    fn each_sheet_with_a_mark_is_named_once_and_in_order() {
        let home = tempfile::tempdir().unwrap();
        let db = Db::open(home.path()).unwrap();
        let none = marks::all_sheets(db.reader()).unwrap();
        assert_eq!(
            (none.len(), marks::uncovered_sheets(db.reader()).unwrap().len()),
            (0, 0)
        );
        db.reader()
            .execute_batch(
                "with recursive n (n) as (select 0 union all select n + 1 from n where n < 59)
                 insert into mark (site, date, id, nth, value, own, device_seq, state)
                 select case n % 2 when 0 then zeroblob(16) else x'00112233445566778899aabbccddeeff' end,
                     date('2026-09-01', (n % 5) || ' days'), randomblob(16), 0, x'00', 1, n, n % 10 = 3
                 from n;
                 insert into sheet (site, date, covered_digest) values (zeroblob(16), '2026-09-03', x'00'),
                     (zeroblob(16), '2026-09-01', null), (zeroblob(16), '2027-01-01', x'00')",
            )
            .unwrap();
        let plain = |sql: &str| -> Vec<(Vec<u8>, String)> {
            let mut query = db.reader().prepare(sql).unwrap();
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            rows.map(Result::unwrap).collect()
        };
        let named = |sheets: Vec<shared::digest::SheetRef>| -> Vec<(Vec<u8>, String)> {
            let pair = |s: &shared::digest::SheetRef| (s.site.as_bytes().to_vec(), s.date.to_string());
            sheets.iter().map(pair).collect()
        };
        let all = named(marks::all_sheets(db.reader()).unwrap());
        assert_eq!(all.len(), 10);
        assert_eq!(
            all,
            plain("select distinct site, date from mark order by site, date")
        );
        let uncovered = named(marks::uncovered_sheets(db.reader()).unwrap());
        assert_eq!(uncovered.len(), 9, "all but the one that a receipt covers");
        assert!(uncovered.iter().all(|sheet| all.contains(sheet)));
        let owed = named(marks::owed_sheets(db.reader()).unwrap());
        assert_eq!(
            owed,
            plain("select distinct site, date from mark where state = 0 order by date, site")
        );
        assert_eq!(marks::owed(db.reader()).unwrap(), (54, 0));
    }
}
