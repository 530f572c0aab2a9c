//! `/{slug}/gestion/tablettes…`: the town's tablets; and what waits for a person: payloads that were
//! kept aside, children nobody knew.

mod aside;
mod codes;
mod list;
mod payload;
mod revoke;
mod unknown;

pub(super) use unknown::{SHOWN, matching, strangers};

use axum::Router;
use axum::routing::{get, post};

use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/tablettes", get(list::show))
        .route(
            "/{slug}/gestion/tablettes/code",
            get(codes::show).post(codes::submit),
        )
        .route(
            "/{slug}/gestion/tablettes/{id}/retirer",
            get(revoke::show).post(revoke::submit),
        )
        .route("/{slug}/gestion/quarantaine/{hash}", get(aside::show))
        .route("/{slug}/gestion/quarantaine/{hash}/decision", post(aside::submit))
        .route(
            "/{slug}/gestion/quarantaine/inconnus/{id}",
            get(unknown::show).post(unknown::submit),
        )
}
