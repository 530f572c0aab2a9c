//! `/{slug}/gestion/service`: what is open, who switched it when, and the posts on incidents.

mod incidents;
mod read;
mod switch;

use axum::Router;
use axum::routing::{get, post};
use server_ui::desk::service::PartCard;

use crate::commune::Commune;
use crate::store::{Read, StoreError};
use crate::web::App;

/// Under `/{slug}/gestion`.
pub(super) const PATH: &str = "/service";

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/service", get(read::show))
        .route("/{slug}/gestion/service/{part}", post(switch::submit))
        .route(
            "/{slug}/gestion/service/incidents/nouveau",
            get(incidents::new).post(incidents::create),
        )
        .route(
            "/{slug}/gestion/service/incidents/{id}",
            get(incidents::edit).post(incidents::change),
        )
        .route(
            "/{slug}/gestion/service/incidents/{id}/termine",
            post(incidents::over),
        )
        .route(
            "/{slug}/gestion/service/incidents/{id}/retirer",
            get(incidents::ask_removal).post(incidents::remove),
        )
}

/// Every part of the service with its form, for a page that shows them among other things.
pub(super) fn cards(tx: &mut dyn Read, commune: &Commune) -> Result<Vec<PartCard>, StoreError> {
    read::cards(tx, commune)
}
