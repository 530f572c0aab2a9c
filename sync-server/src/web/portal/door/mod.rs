//! Getting in: login and password, links, codes on paper, a second factor; and the sessions that are open.

use axum::Router;

use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
