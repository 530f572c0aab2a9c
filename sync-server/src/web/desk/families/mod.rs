//! Children and guardians.

mod card;
mod child;
mod guardians;
mod history;
mod household;
mod scope;
mod search;

pub(super) use history::who;
pub(super) use search::places;

use axum::Router;
use axum::routing::get;

use crate::web::App;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/enfants", get(search::show))
        .route(
            "/{slug}/gestion/enfants/nouveau",
            get(child::new).post(child::make),
        )
        .route("/{slug}/gestion/enfants/{id}", get(card::show))
        .route(
            "/{slug}/gestion/enfants/{id}/modifier",
            get(child::edit).post(child::change),
        )
        .route(
            "/{slug}/gestion/foyers/nouveau",
            get(household::new).post(household::make),
        )
        .route(
            "/{slug}/gestion/foyers/{id}",
            get(household::edit).post(household::change),
        )
}
