//! Addresses that no page has.

use axum::Router;
use axum::routing::get;
use server_ui::portal::Said;

use super::family::Guest;
use super::reply::PortalError;
use crate::web::App;

/// Whatever no other route takes.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/{slug}/{*rest}", get(nothing_here))
}

/// Said in the town's own name, with the way back.
async fn nothing_here(guest: Guest) -> PortalError {
    guest.said(Said::PageUnknown)
}
