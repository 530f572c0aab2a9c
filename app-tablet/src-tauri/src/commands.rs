//! What the screens may ask of the core: one command per method, no rule of its own.

use shared::screen::{Ask, Day, Link, ListRef, Start, Tap, Tapped, Trouble};
use tablet_replica::app::App;
use tauri::State;
use tauri::ipc::Invoke;

/// The tablet's core, or why it could not be opened.
pub(crate) struct Tablet(pub(crate) Result<App, Trouble>);

impl Tablet {
    fn app(&self) -> Result<App, Trouble> {
        self.0.clone()
    }
}

/// Answers the commands of the screens.
pub(crate) fn handler() -> impl Fn(Invoke) -> bool {
    tauri::generate_handler![start, enrol, day, tap, undo, close_list, reopen_list, sync_now]
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
async fn day(tablet: State<'_, Tablet>, ask: Ask) -> Result<Day, Trouble> {
    tablet.app()?.day(ask).await
}

#[tauri::command]
async fn tap(tablet: State<'_, Tablet>, tap: Tap) -> Result<Tapped, Trouble> {
    tablet.app()?.tap(tap).await
}

#[tauri::command]
async fn undo(tablet: State<'_, Tablet>, mark: String, ask: Ask) -> Result<Day, Trouble> {
    tablet.app()?.undo(mark, ask).await
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
async fn sync_now(tablet: State<'_, Tablet>) -> Result<Link, Trouble> {
    tablet.app()?.sync_now().await
}
