//! The commands of the tablet's core, each as a typed function.

use serde::Serialize;
use shared::screen::{Ask, Day, Link, ListRef, Start, Tap, Tapped, Trouble};

use crate::bridge::call;

#[derive(Serialize)]
struct Nothing {}

/// Where the tablet stands.
pub(crate) async fn start() -> Result<Start, Trouble> {
    call("start", &Nothing {}).await
}

/// Enrols the tablet with a code of its commune.
pub(crate) async fn enrol(server: String, code: String) -> Result<Day, Trouble> {
    #[derive(Serialize)]
    struct Args {
        server: String,
        code: String,
    }
    call("enrol", &Args { server, code }).await
}

/// The list asked for.
pub(crate) async fn day(ask: Ask) -> Result<Day, Trouble> {
    #[derive(Serialize)]
    struct Args {
        ask: Ask,
    }
    call("day", &Args { ask }).await
}

/// Makes a mark.
pub(crate) async fn tap(tap: Tap) -> Result<Tapped, Trouble> {
    #[derive(Serialize)]
    struct Args {
        tap: Tap,
    }
    call("tap", &Args { tap }).await
}

/// Undoes a mark.
pub(crate) async fn undo(mark: String, ask: Ask) -> Result<Day, Trouble> {
    #[derive(Serialize)]
    struct Args {
        mark: String,
        ask: Ask,
    }
    call("undo", &Args { mark, ask }).await
}

#[derive(Serialize)]
struct OfList {
    list: ListRef,
}

/// Closes a list.
pub(crate) async fn close_list(list: ListRef) -> Result<Day, Trouble> {
    call("close_list", &OfList { list }).await
}

/// Opens a closed list again.
pub(crate) async fn reopen_list(list: ListRef) -> Result<Day, Trouble> {
    call("reopen_list", &OfList { list }).await
}

/// Exchanges with the server at once.
pub(crate) async fn sync_now() -> Result<Link, Trouble> {
    call("sync_now", &Nothing {}).await
}
