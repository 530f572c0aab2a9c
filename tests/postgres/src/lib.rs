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
