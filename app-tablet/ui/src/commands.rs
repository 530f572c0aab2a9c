//! The commands of the tablet's core, each as a typed function.

use serde::Serialize;
use shared::screen::{
    Ask, Card, Correction, Crew, Day, Entry, Found, Health, Link, ListRef, Settling, Start, SyncPage, Tap,
    TapMany, Tapped, Transfer, Trouble,
};

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

// --- who points ----------------------------------------------------------------------------------

/// The staff, and who holds the tablet.
pub(crate) async fn crew() -> Result<Crew, Trouble> {
    call("crew", &Nothing {}).await
}

/// A person says who they are.
pub(crate) async fn enter(staff: String, pin: String) -> Result<Entry, Trouble> {
    #[derive(Serialize)]
    struct Args {
        staff: String,
        pin: String,
    }
    call("enter", &Args { staff, pin }).await
}

/// Nobody holds the tablet any more.
pub(crate) async fn leave() -> Result<Crew, Trouble> {
    call("leave", &Nothing {}).await
}

/// The director who holds the tablet takes somebody on for the day.
pub(crate) async fn welcome(name: String, pin: String) -> Result<Crew, Trouble> {
    #[derive(Serialize)]
    struct Args {
        name: String,
        pin: String,
    }
    call("welcome", &Args { name, pin }).await
}

/// Any director unlocks somebody.
pub(crate) async fn unlock(staff: String, director_pin: String) -> Result<Entry, Trouble> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Args {
        staff: String,
        director_pin: String,
    }
    call("unlock", &Args { staff, director_pin }).await
}

// --- the list ------------------------------------------------------------------------------------

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

/// Makes a mark on each of several children.
pub(crate) async fn tap_many(many: TapMany) -> Result<Tapped, Trouble> {
    #[derive(Serialize)]
    struct Args {
        many: TapMany,
    }
    call("tap_many", &Args { many }).await
}

/// Undoes marks.
pub(crate) async fn undo(marks: Vec<String>, ask: Ask) -> Result<Tapped, Trouble> {
    #[derive(Serialize)]
    struct Args {
        marks: Vec<String>,
        ask: Ask,
    }
    call("undo", &Args { marks, ask }).await
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

/// Points although the town hall wants none, until the end of the day.
pub(crate) async fn point_anyway(ask: Ask) -> Result<Day, Trouble> {
    #[derive(Serialize)]
    struct Args {
        ask: Ask,
    }
    call("point_anyway", &Args { ask }).await
}

// --- a child -------------------------------------------------------------------------------------

#[derive(Serialize)]
struct OfChild {
    list: ListRef,
    child: String,
}

/// A child's card.
pub(crate) async fn card(list: ListRef, child: String) -> Result<Card, Trouble> {
    call("card", &OfChild { list, child }).await
}

/// Its health details, for the PIN of who holds the tablet.
pub(crate) async fn health(list: ListRef, child: String, pin: String) -> Result<Health, Trouble> {
    #[derive(Serialize)]
    struct Args {
        list: ListRef,
        child: String,
        pin: String,
    }
    call("health", &Args { list, child, pin }).await
}

#[derive(Serialize)]
struct Said {
    list: ListRef,
    child: String,
    text: String,
}

/// A memo on the child for the day.
pub(crate) async fn note(list: ListRef, child: String, text: String) -> Result<Card, Trouble> {
    call("note", &Said { list, child, text }).await
}

/// Corrects the time of a mark.
pub(crate) async fn correct(correction: Correction, ask: Ask) -> Result<Tapped, Trouble> {
    #[derive(Serialize)]
    struct Args {
        correction: Correction,
        ask: Ask,
    }
    call("correct", &Args { correction, ask }).await
}

/// Sends a child to another site for the rest of the day.
pub(crate) async fn transfer(transfer: Transfer) -> Result<Tapped, Trouble> {
    #[derive(Serialize)]
    struct Args {
        transfer: Transfer,
    }
    call("transfer", &Args { transfer }).await
}

/// Children of the site and of the town by name.
pub(crate) async fn find(list: ListRef, query: String) -> Result<Vec<Found>, Trouble> {
    #[derive(Serialize)]
    struct Args {
        list: ListRef,
        query: String,
    }
    call("find", &Args { list, query }).await
}

/// A child nobody knows is here.
pub(crate) async fn stranger(list: ListRef, description: String) -> Result<Tapped, Trouble> {
    #[derive(Serialize)]
    struct Args {
        list: ListRef,
        description: String,
    }
    call("stranger", &Args { list, description }).await
}

// --- exchanges -----------------------------------------------------------------------------------

/// Exchanges with the server at once.
pub(crate) async fn sync_now() -> Result<Link, Trouble> {
    call("sync_now", &Nothing {}).await
}

/// What became of each tap.
pub(crate) async fn sync_page() -> Result<SyncPage, Trouble> {
    call("sync_page", &Nothing {}).await
}

/// Settles a contradiction.
pub(crate) async fn settle(settling: Settling) -> Result<SyncPage, Trouble> {
    #[derive(Serialize)]
    struct Args {
        settling: Settling,
    }
    call("settle", &Args { settling }).await
}

/// Says where the server is now; answers what became of it, as a sentence.
pub(crate) async fn give_address(address: String) -> Result<String, Trouble> {
    #[derive(Serialize)]
    struct Args {
        address: String,
    }
    call("give_address", &Args { address }).await
}
