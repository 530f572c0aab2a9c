//! Stories about what one engine alone has: the file of SQLite, the server of PostgreSQL. Each makes its town on the
//! engine it is about, whatever `PREAU_TEST_STORE` says, so that one run tells all of them; `make test` leaves them
//! out of its second.
//!
//! | SQLite | PostgreSQL |
//! | --- | --- |
//! | a file of noise says 4 | pages of noise say 4 |
//! | a stopped server leaves all in one file: nobody backs up half | the server keeps its own log |
//! | — | no message and no log shows the password |
//! | — | a server that dies under load, and its standby |
//! | a disk found with unreadable pages, and merged | — |
//! | one process serves a folder | several ship one town: each entry once, and another takes over |
//!
//! Some are about the line alone, and would cost a second run for nothing: what a line can do to messages, to every
//! byte of a payload.

mod damaged_disk;
mod every_byte;
mod failover;
mod lossy_line;
mod postgres;
mod shippers;
mod simulated;
mod sqlite;

use system_tests::Town;
use system_tests::town::MONDAY;

/// A town with one mark, whose server was stopped.
fn after_one_tap(town: Town) -> Town {
    let mut server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let child = tablet.expected(MONDAY, "cantine").remove(0);
    tablet.in_(&child, "cantine");
    tablet.sync();
    server.stop();
    town
}
