//! Accounts of families: who gets in, letters that let them in, payers, custody, files that stand twice.

use axum::Router;

use crate::web::App;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
