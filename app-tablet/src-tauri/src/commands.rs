//! What the screens may ask of the core: one command per method, no rule of its own.

use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::screen::{
    Ask, Card, Correction, Crew, Day, Entry, Found, Health, Link, ListRef, Settling, Start, SyncPage, Tap,
    TapMany, Tapped, Transfer, Trouble,
};
use tablet_replica::app::App;
use tauri::State;
use tauri::ipc::Invoke;

/// The tablet's core, or why it could not be opened, and how to begin again beside a damaged file.
pub(crate) struct Tablet {
    core: Mutex<Result<App, Trouble>>,
    again: Again,
}

/// Sets a damaged file aside and opens a new core.
type Again = Box<dyn Fn() -> Result<App, Trouble> + Send + Sync>;

impl Tablet {
    pub(crate) fn new(core: Result<App, Trouble>, again: Again) -> Self {
        Self {
            core: Mutex::new(core),
            again,
        }
    }

    fn core(&self) -> MutexGuard<'_, Result<App, Trouble>> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn app(&self) -> Result<App, Trouble> {
        self.core().clone()
    }

    fn begin_again(&self) -> Result<App, Trouble> {
        let mut core = self.core();
        if core.is_err() {
            *core = (self.again)();
        }
        core.clone()
    }
}

/// Answers the commands of the screens.
pub(crate) fn handler() -> impl Fn(Invoke) -> bool {
    tauri::generate_handler![
        start,
        enrol,
        crew,
        enter,
        leave,
        welcome,
        unlock,
        day,
        tap,
        tap_many,
        undo,
        correct,
        find,
        stranger,
        card,
        health,
        note,
        transfer,
        close_list,
        reopen_list,
        point_anyway,
        sync_page,
        settle,
        give_address,
        sync_now,
        start_again
    ]
}

#[tauri::command]
async fn start(tablet: State<'_, Tablet>) -> Result<Start, Trouble> {
    Ok(tablet.app()?.start().await)
}

#[tauri::command]
async fn enrol(tablet: State<'_, Tablet>, server: String, code: String) -> Result<Day, Trouble> {
    tablet.app()?.enrol(server, code).await
}

#[tauri::command]
async fn crew(tablet: State<'_, Tablet>) -> Result<Crew, Trouble> {
    tablet.app()?.crew().await
}

#[tauri::command]
async fn enter(tablet: State<'_, Tablet>, staff: String, pin: String) -> Result<Entry, Trouble> {
    tablet.app()?.enter(staff, pin).await
}

#[tauri::command]
async fn leave(tablet: State<'_, Tablet>) -> Result<Crew, Trouble> {
    tablet.app()?.leave().await
}

#[tauri::command]
async fn welcome(tablet: State<'_, Tablet>, name: String, pin: String) -> Result<Crew, Trouble> {
    tablet.app()?.welcome(name, pin).await
}

#[tauri::command]
async fn unlock(tablet: State<'_, Tablet>, staff: String, director_pin: String) -> Result<Entry, Trouble> {
    tablet.app()?.unlock(staff, director_pin).await
}

#[tauri::command]
async fn day(tablet: State<'_, Tablet>, ask: Ask) -> Result<Day, Trouble> {
    tablet.app()?.day(ask).await
}

#[tauri::command]
async fn tap(tablet: State<'_, Tablet>, tap: Tap) -> Result<Tapped, Trouble> {
    tablet.app()?.tap(tap).await
}

#[tauri::command]
async fn tap_many(tablet: State<'_, Tablet>, many: TapMany) -> Result<Tapped, Trouble> {
    tablet.app()?.tap_many(many).await
}

#[tauri::command]
async fn undo(tablet: State<'_, Tablet>, marks: Vec<String>, ask: Ask) -> Result<Tapped, Trouble> {
    tablet.app()?.undo(marks, ask).await
}

#[tauri::command]
async fn correct(tablet: State<'_, Tablet>, correction: Correction, ask: Ask) -> Result<Tapped, Trouble> {
    tablet.app()?.correct(correction, ask).await
}

#[tauri::command]
async fn find(tablet: State<'_, Tablet>, query: String, list: ListRef) -> Result<Vec<Found>, Trouble> {
    tablet.app()?.find(query, list).await
}

#[tauri::command]
async fn stranger(tablet: State<'_, Tablet>, list: ListRef, description: String) -> Result<Tapped, Trouble> {
    tablet.app()?.stranger(list, description).await
}

#[tauri::command]
async fn card(tablet: State<'_, Tablet>, list: ListRef, child: String) -> Result<Card, Trouble> {
    tablet.app()?.card(list, child).await
}

#[tauri::command]
async fn health(
    tablet: State<'_, Tablet>,
    child: String,
    pin: String,
    list: ListRef,
) -> Result<Health, Trouble> {
    tablet.app()?.health(child, pin, list).await
}

#[tauri::command]
async fn note(
    tablet: State<'_, Tablet>,
    list: ListRef,
    child: String,
    text: String,
) -> Result<Card, Trouble> {
    tablet.app()?.note(list, child, text).await
}

#[tauri::command]
async fn transfer(tablet: State<'_, Tablet>, transfer: Transfer) -> Result<Tapped, Trouble> {
    tablet.app()?.transfer(transfer).await
}

#[tauri::command]
async fn close_list(tablet: State<'_, Tablet>, list: ListRef) -> Result<Day, Trouble> {
    tablet.app()?.close_list(list).await
}

#[tauri::command]
async fn reopen_list(tablet: State<'_, Tablet>, list: ListRef) -> Result<Day, Trouble> {
    tablet.app()?.reopen_list(list).await
}

#[tauri::command]
async fn point_anyway(tablet: State<'_, Tablet>, ask: Ask) -> Result<Day, Trouble> {
    tablet.app()?.point_anyway(ask).await
}

#[tauri::command]
async fn sync_now(tablet: State<'_, Tablet>) -> Result<Link, Trouble> {
    tablet.app()?.sync_now().await
}

#[tauri::command]
async fn sync_page(tablet: State<'_, Tablet>) -> Result<SyncPage, Trouble> {
    tablet.app()?.sync_page().await
}

#[tauri::command]
async fn settle(tablet: State<'_, Tablet>, settling: Settling) -> Result<SyncPage, Trouble> {
    tablet.app()?.settle(settling).await
}

#[tauri::command]
async fn give_address(tablet: State<'_, Tablet>, address: String) -> Result<String, Trouble> {
    tablet.app()?.give_address(address).await
}

/// A core that could not be opened is opened anew; one that runs begins again by itself.
#[tauri::command]
async fn start_again(tablet: State<'_, Tablet>) -> Result<Start, Trouble> {
    let running = tablet.app();
    match running {
        Ok(app) => app.start_again().await,
        Err(_) => Ok(tablet.begin_again()?.start().await),
    }
}
