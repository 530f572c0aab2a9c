//! What may be read before log-in: news, menus, tariffs, règlement, legal pages; the town's logo and colours.

use axum::Router;

use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
