//! Schemas: made, migrated, set aside; and locks that hold over all processes.

use std::sync::{Arc, Mutex};

use super::connection::Connection;
use super::{Forked, Pool, Postgres, Queue, dialect};
use crate::store::{Row, Schema, Standing, StoreError, Value};

/// The schema of the host's list.
const CONTROL: &str = "preau";

/// The schema of a commune.
pub(super) fn of_commune(slug: &str) -> String {
    format!("commune_{slug}")
}

/// The schema that is filled beside a commune's.
fn beside(slug: &str) -> String {
    format!("restoring_{slug}")
}

impl Postgres {
    /// Opens the host's list, making it where it is missing, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be reached or migrated.
    pub fn control(pool: &Arc<Pool>) -> Result<Self, StoreError> {
        Self::over(
            pool,
            CONTROL.into(),
            None,
            Schema::Control,
            Arc::new(|_| Ok(())),
            true,
        )
    }

    /// Opens a commune's schema and brings it up to date.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when it is not there; [`StoreError`] when it cannot be reached or migrated.
    pub fn commune(pool: &Arc<Pool>, slug: &str, forked: Forked) -> Result<Self, StoreError> {
        let schema = of_commune(slug);
        Self::over(pool, schema, Some(slug.into()), Schema::Commune, forked, false)
    }

    /// Makes a commune's schema. One that is there is an attempt that was cut short: it is set aside
    /// under a name with `stamp`, in seconds.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be reached or migrated.
    pub fn new_commune(pool: &Arc<Pool>, slug: &str, forked: Forked, stamp: i64) -> Result<Self, StoreError> {
        set_aside(pool, slug, &format!("unfinished_{slug}_{stamp}"))?;
        let schema = of_commune(slug);
        Self::over(pool, schema, Some(slug.into()), Schema::Commune, forked, true)
    }

    /// Makes a commune's schema as a program of before made it, with the migrations up to `version`.
    #[cfg(test)]
    pub(crate) fn make_at(pool: &Arc<Pool>, slug: &str, version: i32) -> Result<(), StoreError> {
        Self::blank(pool, of_commune(slug), version).map(|_| ())
    }

    /// Makes the schema that is filled beside a commune's own ([`swap`]), with the migrations up to
    /// `version`. What is there of an attempt that was cut short goes.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be reached or made.
    pub fn beside(pool: &Arc<Pool>, slug: &str, version: i32) -> Result<Self, StoreError> {
        Self::blank(pool, beside(slug), version)
    }

    /// The schema beside a commune's own once more, brought up to date.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when it is not there; [`StoreError`] when it cannot be reached or migrated.
    pub fn open_beside(pool: &Arc<Pool>, slug: &str) -> Result<Self, StoreError> {
        Self::aside(pool, &beside(slug))
    }

    /// A commune's schema, to be looked into: no branch of it is begun.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when it is not there; [`StoreError`] when it cannot be reached.
    pub fn old(pool: &Arc<Pool>, slug: &str) -> Result<Self, StoreError> {
        Self::aside(pool, &of_commune(slug))
    }

    fn blank(pool: &Arc<Pool>, schema: String, version: i32) -> Result<Self, StoreError> {
        let mut line = pool.connect()?;
        let quoted = dialect::quoted(&schema);
        line.run(&format!(
            "DROP SCHEMA IF EXISTS {quoted} CASCADE; CREATE SCHEMA {quoted}"
        ))?;
        look_at(&mut line, &schema)?;
        line.run("CREATE TABLE journal_writer ()")?;
        let runner = Schema::Commune.runner_with(dialect::migration)?;
        runner
            .set_target(refinery::Target::Version(version))
            .run(&mut line.client)
            .map_err(|error| StoreError::Engine(error.to_string()))?;
        Ok(Self::at(pool, schema, None, Arc::new(|_| Ok(()))))
    }

    /// Opens a schema that was set aside, by its whole name.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when it is not there; [`StoreError`] when it cannot be reached.
    pub fn aside(pool: &Arc<Pool>, schema: &str) -> Result<Self, StoreError> {
        let forked: Forked = Arc::new(|_| Ok(()));
        Self::over(pool, schema.to_owned(), None, Schema::Commune, forked, false)
    }

    fn over(
        pool: &Arc<Pool>,
        schema: String,
        slug: Option<String>,
        kind: Schema,
        forked: Forked,
        make: bool,
    ) -> Result<Self, StoreError> {
        if !is_current(pool, &schema, kind)? {
            migrate(&mut pool.connect()?, &schema, kind, make)?;
        }
        Ok(Self::at(pool, schema, slug, forked))
    }

    fn at(pool: &Arc<Pool>, schema: String, slug: Option<String>, forked: Forked) -> Self {
        Self {
            pool: Arc::clone(pool),
            schema,
            slug,
            forked,
            lineage: Mutex::default(),
            queue: Queue::default(),
            writer: Mutex::default(),
        }
    }
}

/// The slugs of the host's list, whatever its schema; nothing is changed.
///
/// # Errors
/// [`StoreError`] when it cannot be read.
pub fn slugs(pool: &Pool) -> Result<Vec<String>, StoreError> {
    let mut line = pool.connect()?;
    if !counted(&mut line, include_str!("sql/has_history.sql"), CONTROL)? {
        return Ok(Vec::new());
    }
    look_at(&mut line, CONTROL)?;
    let rows = line.query(include_str!("../../record/control/slugs.sql"), &[])?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// How far the schema of the host's list is from this program's.
///
/// # Errors
/// [`StoreError`] when it cannot be read.
pub fn standing_of_control(pool: &Pool) -> Result<Standing, StoreError> {
    standing(&mut pool.connect()?, CONTROL, Schema::Control)
}

/// How far a commune's schema is from this program's.
///
/// # Errors
/// [`StoreError`] when it cannot be read.
pub fn standing_of_commune(pool: &Pool, slug: &str) -> Result<Standing, StoreError> {
    standing(&mut pool.connect()?, &of_commune(slug), Schema::Commune)
}

fn counted(line: &mut Connection, sql: &str, name: &str) -> Result<bool, StoreError> {
    let rows = line.query(sql, &[name.into()])?;
    rows.first().map_or(Ok(false), |row| row.flag(0))
}

fn standing(line: &mut Connection, schema: &str, kind: Schema) -> Result<Standing, StoreError> {
    if !counted(line, include_str!("sql/has_history.sql"), schema)? {
        return Ok(Standing::of(kind, None));
    }
    look_at(line, schema)?;
    let last = kind
        .runner()
        .get_last_applied_migration(&mut line.client)
        .map_err(|error| StoreError::Engine(error.to_string()))?;
    Ok(Standing::of(kind, last.map(|migration| migration.version())))
}

/// Whether a schema is up to date, and this program may use it: what is asked at each opening, by a
/// connection of the pool. A schema that is missing, or older than its floor, is not.
fn is_current(pool: &Pool, schema: &str, kind: Schema) -> Result<bool, StoreError> {
    let rows = pool.with(
        |line| line.begin(schema, false),
        |line| {
            let rows = line.query(include_str!("sql/standing.sql"), &[]);
            line.run("ROLLBACK")?;
            Ok(rows)
        },
    )?;
    let row = match rows {
        Ok(rows) => rows.into_iter().next(),
        Err(StoreError::Moved) => None,
        Err(error) => return Err(error),
    };
    let Some(row) = row else { return Ok(false) };
    let has = row.opt(0, Row::int)?.unwrap_or(0);
    if has < i64::from(kind.newest()) {
        return Ok(false);
    }
    kind.admits(row.int(1)?)?;
    Ok(true)
}

/// For the rest of this connection, which is of no pool.
fn look_at(line: &mut Connection, schema: &str) -> Result<(), StoreError> {
    line.run(&format!(
        "SET search_path TO {}, pg_catalog",
        dialect::quoted(schema)
    ))
}

/// Brings a schema up to date. One process at a time: the others wait, and find the work done.
fn migrate(line: &mut Connection, schema: &str, kind: Schema, make: bool) -> Result<(), StoreError> {
    if !make && !counted(line, include_str!("sql/has_schema.sql"), schema)? {
        return Err(StoreError::Moved);
    }
    let mut has = standing(line, schema, kind)?.has;
    if has < kind.newest() {
        let name = format!("preau migrate {schema}");
        line.query(include_str!("sql/lock.sql"), &[name.as_str().into()])?;
        if make {
            line.run(&format!(
                "CREATE SCHEMA IF NOT EXISTS {}",
                dialect::quoted(schema)
            ))?;
        }
        look_at(line, schema)?;
        line.run("CREATE TABLE IF NOT EXISTS journal_writer ()")?;
        kind.runner_with(dialect::migration)?
            .run(&mut line.client)
            .map_err(|error| StoreError::Engine(error.to_string()))?;
        has = standing(line, schema, kind)?.has;
    }
    if kind.has_floor(has) {
        look_at(line, schema)?;
        let rows = line.query(include_str!("../../record/schema_floor.sql"), &[])?;
        let oldest = rows.first().map_or(Ok(0), |row| row.int(0))?;
        kind.admits(oldest)?;
    }
    Ok(())
}

/// Renames a commune's schema, if it is there: nobody serves it under the new name.
///
/// # Errors
/// [`StoreError`] when it cannot be reached.
pub fn set_aside(pool: &Pool, slug: &str, name: &str) -> Result<(), StoreError> {
    let mut line = pool.connect()?;
    let schema = of_commune(slug);
    if !counted(&mut line, include_str!("sql/has_schema.sql"), &schema)? {
        return Ok(());
    }
    let (from, to) = (dialect::quoted(&schema), dialect::quoted(name));
    line.run(&format!("ALTER SCHEMA {from} RENAME TO {to}"))
}

/// Throws the schema beside a commune's own away, if there is one.
///
/// # Errors
/// [`StoreError`] when it cannot be reached.
pub fn drop_beside(pool: &Pool, slug: &str) -> Result<(), StoreError> {
    let quoted = dialect::quoted(&beside(slug));
    pool.connect()?
        .run(&format!("DROP SCHEMA IF EXISTS {quoted} CASCADE"))
}

/// Puts the schema that was filled beside a commune's ([`Postgres::beside`]) in its place, in one transaction. The
/// commune's own, if there is one, is renamed to `aside`; answers whether there was.
///
/// # Errors
/// [`StoreError`] when it cannot be reached; both are then as they were.
pub fn swap(pool: &Pool, slug: &str, aside: &str) -> Result<bool, StoreError> {
    let mut line = pool.connect()?;
    let schema = of_commune(slug);
    let was_there = counted(&mut line, include_str!("sql/has_schema.sql"), &schema)?;
    let own = dialect::quoted(&schema);
    let away = if was_there {
        format!("ALTER SCHEMA {own} RENAME TO {};", dialect::quoted(aside))
    } else {
        String::new()
    };
    if let Err(error) = count_all(&mut line, &beside(slug)) {
        tracing::warn!(slug, %error, "the server plans without knowing how much there is, until it looks by itself");
    }
    let filled = dialect::quoted(&beside(slug));
    line.run(&format!(
        "BEGIN; {away} ALTER SCHEMA {filled} RENAME TO {own}; COMMIT"
    ))?;
    Ok(was_there)
}

/// Has the server count what a schema was filled with. It does so by itself a minute later; until then it takes tables for
/// empty, and plans accordingly, just when everybody comes back.
fn count_all(line: &mut Connection, schema: &str) -> Result<(), StoreError> {
    line.run(&format!(
        "DO $$ DECLARE one text; BEGIN \
         FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = '{}' LOOP \
         EXECUTE format('ANALYZE %s.%I', '{}', one); END LOOP; END $$",
        schema.replace('\'', "''"),
        dialect::quoted(schema).replace('\'', "''"),
    ))
}

/// Whether a schema of this name is there.
///
/// # Errors
/// [`StoreError`] when the server cannot be reached.
pub fn has_schema(pool: &Pool, name: &str) -> Result<bool, StoreError> {
    let mut line = pool.connect()?;
    counted(&mut line, include_str!("sql/has_schema.sql"), name)
}

/// A lock that one process of all holds, or several together; it goes with the connection.
pub struct Lock(Connection);

impl Lock {
    /// Whether the connection still stands: a server that was restarted or replaced knows nothing of
    /// locks of before.
    pub fn is_held(&mut self) -> bool {
        self.0.run("SHOW server_version").is_ok()
    }
}

impl Pool {
    /// Takes a lock by name, if nobody has it.
    ///
    /// # Errors
    /// [`StoreError`] when the server cannot be reached.
    pub fn try_lock(&self, name: &str) -> Result<Option<Lock>, StoreError> {
        self.taken(name, include_str!("sql/try_lock.sql"))
    }

    /// Takes a lock by name together with others, if nobody has it alone.
    ///
    /// # Errors
    /// [`StoreError`] when the server cannot be reached.
    pub fn try_share(&self, name: &str) -> Result<Option<Lock>, StoreError> {
        self.taken(name, include_str!("sql/try_share.sql"))
    }

    fn taken(&self, name: &str, sql: &str) -> Result<Option<Lock>, StoreError> {
        let mut line = self.connect()?;
        let params: [Value; 1] = [format!("preau {name}").into()];
        let rows = line.query(sql, &params)?;
        let taken = rows.first().map_or(Ok(String::new()), |row: &Row| row.text(0))?;
        Ok((taken == "true").then_some(Lock(line)))
    }

    /// What the server is set to, one row, for `doctor`.
    ///
    /// # Errors
    /// [`StoreError`] when the server cannot be reached.
    pub fn settings(&self) -> Result<Row, StoreError> {
        let rows = self.with(
            |_| Ok(()),
            |line| line.query(include_str!("sql/settings.sql"), &[]),
        )?;
        rows.into_iter()
            .next()
            .ok_or_else(|| StoreError::Shape("settings".into()))
    }

    /// The encoding of the database, and whether schemas may be made in it.
    ///
    /// # Errors
    /// [`StoreError`] when the server cannot be reached.
    pub fn ground(&self) -> Result<(String, bool), StoreError> {
        let rows = self.with(|_| Ok(()), |line| line.query(include_str!("sql/ground.sql"), &[]))?;
        let row = rows
            .first()
            .ok_or_else(|| StoreError::Shape("the database does not know itself".into()))?;
        Ok((row.text(0)?, row.text(1)? == "true"))
    }
}
