//! Reservations entered by an agent.

use axum::Router;

use crate::web::App;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
