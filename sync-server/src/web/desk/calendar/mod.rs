//! The calendar and exceptional days.

mod concerned;
mod days;
mod entry;
mod settings;
mod year;

use axum::Router;
use axum::routing::get;

use crate::web::App;

/// The calendar's own page.
const CALENDAR: &str = "/calendrier";
/// The list of exceptional days.
const DAYS: &str = "/calendrier/jours";

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/calendrier", get(year::show))
        .route(
            "/{slug}/gestion/calendrier/reglages",
            get(settings::show).post(settings::submit),
        )
        .route("/{slug}/gestion/calendrier/jours", get(days::show))
        .route(
            "/{slug}/gestion/calendrier/jours/nouveau",
            get(days::new).post(days::create),
        )
        .route(
            "/{slug}/gestion/calendrier/jours/{id}",
            get(days::edit).post(days::change),
        )
        .route(
            "/{slug}/gestion/calendrier/jours/{id}/supprimer",
            get(days::ask_removal).post(days::remove),
        )
}
