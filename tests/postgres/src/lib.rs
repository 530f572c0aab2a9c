//! A real PostgreSQL for tests, started from Debian's packages on loopback, that stops by itself.
//!
//! [`Cluster::shared`] is one server for all tests of a process, fast because it forgets on a power cut; each test
//! takes a [`Database`] of its own. [`Cluster::start`] gives a server of one's own, which may be killed, followed by a
//! standby, copied and replaced.

pub mod clock;
mod cluster;
mod database;
mod options;
mod programs;
mod watcher;

pub use cluster::{Cluster, Copy};
pub use database::{Database, PASSWORD, ROLE};
pub use options::Options;

/// Whether the tests that run on either engine are to run on PostgreSQL: `PREAU_TEST_STORE` is `postgres`. On SQLite
/// when it is `sqlite`, empty or not set.
///
/// # Panics
/// When it names an engine that there is not.
pub fn wanted() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where tests choose their engine"
    )]
    let engine = std::env::var("PREAU_TEST_STORE").unwrap_or_default();
    match engine.as_str() {
        "postgres" => true,
        "" | "sqlite" => false,
        other => panic!("PREAU_TEST_STORE is sqlite or postgres, not {other}"),
    }
}
