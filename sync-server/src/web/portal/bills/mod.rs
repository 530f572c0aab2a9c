//! Mes factures. There are none yet: the page says so, in the town's words where it has some.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use server_ui::portal::Place;
use server_ui::portal::home::bills_unopened;

use super::family::Guest;
use super::permit::Permit;
use super::reply::PortalError;
use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/{slug}/factures", get(show))
}

async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeBills)?;
    Err(family.never_opened(Place::Bills, bills_unopened()))
}
