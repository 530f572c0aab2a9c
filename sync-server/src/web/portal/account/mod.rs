//! Mon compte: contact, history, a copy of all data, the end of the account.

use axum::Router;

use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
