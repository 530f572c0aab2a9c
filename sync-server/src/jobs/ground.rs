//! A town on each engine, for tests of what several processes share.

use std::sync::Arc;

use shared::time::UtcMs;
use test_postgres::{Cluster, Database};

use crate::clock::Clock;
use crate::commune::Commune;
use crate::host::{Host, Setup};

/// Where a town lies: a folder, and a database or none.
pub(crate) struct Ground {
    folder: tempfile::TempDir,
    database: Option<Database>,
}

impl Ground {
    /// A town in files, and one in a database, founded at an instant.
    pub(crate) fn both(now: UtcMs) -> [Self; 2] {
        [None, Some(Cluster::shared().database())].map(|database| {
            let ground = Self {
                folder: tempfile::tempdir().unwrap(),
                database,
            };
            ground
                .host(now)
                .create(&"ville".parse().unwrap(), "Ville", "Europe/Paris", "mairie")
                .unwrap();
            ground
        })
    }

    /// Another process over the same stores.
    pub(crate) fn host(&self, now: UtcMs) -> Arc<Host> {
        let mut setup = Setup::folder(self.folder.path());
        if let Some(database) = &self.database {
            setup.store = database.url().parse().unwrap();
        }
        Host::open(setup, Clock::starting_at(now)).unwrap()
    }

    /// The town as another process holds it open.
    pub(crate) fn process(&self, now: UtcMs) -> Arc<Commune> {
        self.host(now).commune("ville").unwrap()
    }
}
