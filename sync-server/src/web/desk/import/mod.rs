//! Importing files of children.

use axum::Router;

use crate::web::App;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
