//! Day lists: on screen, on paper, as a file.

mod alone;
mod read;
mod show;

use axum::Router;
use axum::routing::get;

use crate::web::App;

pub(crate) use alone::Lists;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/listes", get(show::screen))
        .route("/{slug}/gestion/listes/papier", get(show::on_paper))
        .route("/{slug}/gestion/listes/fichier", get(show::as_file))
}
