//! `/{slug}/gestion/fusion`: a lost history that was found again is read, looked at and merged; what stands
//! against the record is settled.

mod families;
mod open;
mod run;
mod show;
mod upload;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::store::{Read, StoreError};
use crate::web::App;

/// Under `/{slug}/gestion`.
pub(super) const PATH: &str = "/fusion";
/// Largest form that settles, in bytes: each box is a hundred and twenty.
const MAX_SETTLING: usize = 512 * 1024;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/fusion", get(show::show))
        .route("/{slug}/gestion/fusion/familles", get(families::show))
        .route(
            "/{slug}/gestion/fusion/trancher",
            post(open::settle).layer(DefaultBodyLimit::max(MAX_SETTLING)),
        )
        .route("/{slug}/gestion/fusion/lire", post(run::begin))
        .route(
            "/{slug}/gestion/fusion/envoi",
            post(upload::take).layer(DefaultBodyLimit::max(upload::MOST + MAX_SETTLING)),
        )
        .route("/{slug}/gestion/fusion/lecture/{token}", get(run::show))
        .route("/{slug}/gestion/fusion/lecture/{token}/reunir", post(run::merge))
        .route("/{slug}/gestion/fusion/lecture/{token}/abandon", post(run::leave))
}

/// How much waits for a decision.
pub(super) fn waiting(tx: &mut dyn Read) -> Result<u64, StoreError> {
    let row = tx.first(include_str!("../../../record/lost/open_count.sql"), &[])?;
    row.map_or(Ok(0), |row| row.count(0))
}
