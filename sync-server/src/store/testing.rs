//! Where the stores of tests lie: in files, or in a real PostgreSQL.
//!
//! `PREAU_TEST_STORE=postgres` puts the stores of all tests there that name no engine; those of the
//! seam itself always run on both.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use tempfile::TempDir;
use test_postgres::{Cluster, Database};

use super::{Forked, Kind, Options, Pool, Postgres, Schema, Sqlite, Store};
use crate::clock::Clock;
use crate::host::{Host, Setup};

/// The commune of tests that need no more than a store.
const SLUG: &str = "ville";

/// A place for the stores of one test, empty at first. They go with it.
pub(crate) struct Place {
    folder: TempDir,
    database: Option<Database>,
}

impl Place {
    /// On the engine that `PREAU_TEST_STORE` names; files where it names none.
    pub(crate) fn new() -> Self {
        Self::with(chosen(), listed)
    }

    /// On this engine, empty.
    pub(crate) fn of(kind: Kind) -> Self {
        Self::with(kind, listed)
    }

    /// On this engine, with the empty store of a commune that [`Self::store`] opens.
    pub(crate) fn on(kind: Kind) -> Self {
        Self::with(kind, settled)
    }

    fn with(kind: Kind, template: fn() -> &'static Database) -> Self {
        let database = (kind == Kind::Postgres).then(|| Cluster::shared().copy_of(template()));
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            database,
        }
    }

    /// The folder of what is no store.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// On which engine it is.
    pub(crate) fn store_kind(&self) -> Kind {
        match self.database {
            None => Kind::Sqlite,
            Some(_) => Kind::Postgres,
        }
    }

    /// The database, where there is one.
    pub(crate) fn database(&self) -> &Database {
        self.database.as_ref().expect("a place on a server")
    }

    /// How a host is set up here.
    pub(crate) fn setup(&self) -> Setup {
        let mut setup = Setup::folder(self.folder());
        if let Some(database) = &self.database {
            setup.store = database.url().parse().expect("an address");
        }
        setup
    }

    /// A host as a new process opens it.
    pub(crate) fn host(&self, clock: Clock) -> Arc<Host> {
        Host::open(self.setup(), clock).expect("a host")
    }

    /// The commune's store as a new process opens it: nothing but the place is shared with others.
    pub(crate) fn store(&self) -> Store {
        match &self.database {
            None => Store::new(Sqlite::open(&self.file(), Schema::Commune).expect("a store")),
            Some(database) => {
                let pool = Pool::new(&options(database)).expect("a pool");
                Store::new(Postgres::commune(&pool, SLUG, never()).expect("a store"))
            }
        }
    }

    /// The file of the commune's store, where stores are files.
    pub(crate) fn file(&self) -> std::path::PathBuf {
        self.folder().join("ville.db")
    }

    /// A store with a commune's tables and nothing in them.
    pub(crate) fn empty_store(&self) -> Store {
        match &self.database {
            None => self.store(),
            Some(database) => {
                let pool = Pool::new(&options(database)).expect("a pool");
                Store::new(Postgres::new_commune(&pool, "copie", never(), 0).expect("a store"))
            }
        }
    }
}

/// How the database of a test is reached.
pub(crate) fn options(database: &Database) -> Options {
    Options {
        url: database.url(),
        authorities: None,
        connections: 4,
    }
}

/// For stores that change no server.
pub(crate) fn never() -> Forked {
    Arc::new(|_| panic!("the server is another"))
}

fn chosen() -> Kind {
    if test_postgres::wanted() {
        Kind::Postgres
    } else {
        Kind::Sqlite
    }
}

/// A database with an empty list of communes, which is quicker to copy than to make.
fn listed() -> &'static Database {
    static LISTED: OnceLock<Database> = OnceLock::new();
    LISTED.get_or_init(|| {
        let database = Cluster::shared().database();
        let pool = Pool::new(&options(&database)).expect("a pool");
        Postgres::control(&pool).expect("a list");
        database
    })
}

/// The same with the empty store of a commune.
fn settled() -> &'static Database {
    static SETTLED: OnceLock<Database> = OnceLock::new();
    SETTLED.get_or_init(|| {
        let database = Cluster::shared().database();
        let pool = Pool::new(&options(&database)).expect("a pool");
        Postgres::control(&pool).expect("a list");
        Postgres::new_commune(&pool, SLUG, never(), 0).expect("a store");
        database
    })
}
