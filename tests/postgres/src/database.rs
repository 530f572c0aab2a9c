//! A database of one test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use postgres::{Client, Config, NoTls};

use crate::Cluster;

/// The role that owns every test's database. It has no other right, as at a host's.
pub const ROLE: &str = "preau";
/// Its password, which must not show in any log or message.
pub const PASSWORD: &str = "mot-de-passe-du-test";

/// Where a cluster is reached by whoever may do anything: its socket, in a folder that only the owner enters.
#[derive(Clone, Debug)]
pub(crate) struct Door {
    pub(crate) folder: PathBuf,
    pub(crate) port: u16,
}

impl Door {
    fn client(&self) -> Result<Client, postgres::Error> {
        Config::new()
            .host_path(&self.folder)
            .port(self.port)
            .user("postgres")
            .dbname("postgres")
            .connect(NoTls)
    }

    /// Works as the superuser. A thread of its own, because a test may stand in an async runtime, where the blocking
    /// client refuses to work.
    pub(crate) fn work<T: Send>(
        &self,
        work: impl FnOnce(&mut Client) -> Result<T, postgres::Error> + Send,
    ) -> Result<T, postgres::Error> {
        thread::scope(|scope| {
            let worker = scope.spawn(|| work(&mut self.client()?));
            worker.join().expect("a worker that does not panic")
        })
    }

    /// Runs statements as the superuser.
    ///
    /// # Panics
    /// When the server does not want them.
    pub(crate) fn run(&self, statements: &str) {
        self.work(|client| client.batch_execute(statements))
            .unwrap_or_else(|error| panic!("{statements}: {error:?}"));
    }
}

/// A database of one test, empty at first. It is dropped when it goes out of scope, whoever is still connected.
#[derive(Debug)]
pub struct Database {
    name: String,
    door: Door,
}

impl Database {
    /// An empty one, under a name that no other database of this process has.
    pub(crate) fn new(door: &Door) -> Self {
        let database = Self::unmade(door);
        database.fill("template1");
        database
    }

    fn unmade(door: &Door) -> Self {
        static NAMED: AtomicU32 = AtomicU32::new(0);
        Self {
            name: format!("town_{}", NAMED.fetch_add(1, Ordering::Relaxed) + 1),
            door: door.clone(),
        }
    }

    fn fill(&self, template: &str) {
        let name = &self.name;
        self.door.run(&format!(
            "create database {name} owner {ROLE} template {template}"
        ));
    }

    /// A copy under another name. Nobody may be connected to this one; sessions that are ending are waited for.
    ///
    /// # Panics
    /// When the server does not want it.
    pub fn copy(&self) -> Self {
        let copy = Self::unmade(&self.door);
        copy.fill(&self.name);
        copy
    }

    /// Puts a copy in place of what is here, whoever is connected, as a host that restores a backup. Nobody may be
    /// connected to the copy.
    ///
    /// # Panics
    /// When the server does not want it.
    pub fn put_back(&self, copy: &Self) {
        self.clear()
            .unwrap_or_else(|error| panic!("{}: {error:?}", self.name));
        self.fill(&copy.name);
    }

    fn clear(&self) -> Result<(), postgres::Error> {
        let statement = format!("drop database if exists {} with (force)", self.name);
        self.door.work(|client| client.batch_execute(&statement))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `postgres://role:password@127.0.0.1:port/name`.
    pub fn url(&self) -> String {
        url(&[self.door.port], &self.name)
    }

    /// The same through whichever of these clusters takes writes.
    pub fn url_through(&self, clusters: &[&Cluster]) -> String {
        let ports: Vec<u16> = clusters.iter().map(|cluster| cluster.port()).collect();
        url(&ports, &self.name) + "?target_session_attrs=read-write"
    }

    /// A session as the role of the tests. Not for async code.
    ///
    /// # Panics
    /// When the server does not want one.
    pub fn client(&self) -> Client {
        Client::connect(&self.url(), NoTls).unwrap_or_else(|error| panic!("{}: {error:?}", self.name))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A cluster that is gone took the database with it.
        let _ = self.clear();
    }
}

fn url(ports: &[u16], database: &str) -> String {
    let hosts: Vec<String> = ports.iter().map(|port| format!("127.0.0.1:{port}")).collect();
    format!("postgres://{ROLE}:{PASSWORD}@{}/{database}", hosts.join(","))
}
