//! Importing files of children: a draft of its own for each file, kept for a day, seen by its agent
//! alone. Nothing of it reaches the record before it is confirmed.

mod columns;
mod confirm;
mod draft;
mod preview;
mod upload;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::web::App;

/// The most that is read of an upload, in bytes: what goes beyond the largest file is read to its
/// end and thrown away, so that the browser hears why. Longer ones are cut off.
const MAX_UPLOAD: usize = 64 * 1024 * 1024;
/// Forms with a field for each column of a file.
const MAX_COLUMNS_FORM: usize = 256 * 1024;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(
            "/{slug}/gestion/import",
            get(upload::show)
                .post(upload::take)
                .layer(DefaultBodyLimit::max(MAX_UPLOAD)),
        )
        .route("/{slug}/gestion/import/modele.csv", get(upload::model))
        .route(
            "/{slug}/gestion/import/{token}",
            get(preview::show).post(confirm::submit),
        )
        .route(
            "/{slug}/gestion/import/{token}/colonnes",
            get(columns::show)
                .post(columns::choose)
                .layer(DefaultBodyLimit::max(MAX_COLUMNS_FORM)),
        )
        .route("/{slug}/gestion/import/{token}/rapport", get(confirm::report))
        .route(
            "/{slug}/gestion/import/{token}/refusees.csv",
            get(confirm::skipped),
        )
        .route("/{slug}/gestion/import/{token}/abandon", post(upload::abandon))
}
