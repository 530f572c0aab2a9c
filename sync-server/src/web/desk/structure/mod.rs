//! Schools, sites, classes, services, activities, staff and agents.

use axum::Router;

use crate::web::App;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
