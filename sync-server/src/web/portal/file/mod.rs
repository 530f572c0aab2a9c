//! Mon dossier.

use axum::Router;

use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
