//! `/{slug}/gestion/portail`: the families' portal as the town hall sets it up.

mod logo;
mod menus;
mod settings;
mod texts;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::web::App;

/// Under `/{slug}/gestion`.
const PATH: &str = "/portail";
/// Largest form of the settings, or of a week of menus, in bytes.
const MAX_SETTINGS: usize = 128 * 1024;
/// Largest form of a text, in bytes: 60 000 characters as browsers send them.
const MAX_TEXT: usize = 768 * 1024;
/// The most that is read of a logo, in bytes: what is too large for one is read, so that the page can say so.
const MAX_LOGO: usize = 8 * 1024 * 1024;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    let settings = DefaultBodyLimit::max(MAX_SETTINGS);
    let text = DefaultBodyLimit::max(MAX_TEXT);
    Router::new()
        .route(
            "/{slug}/gestion/portail",
            get(settings::show).post(settings::submit).layer(settings),
        )
        .route("/{slug}/gestion/portail/apercu.css", get(settings::preview))
        .route(
            "/{slug}/gestion/portail/logo",
            post(logo::take).layer(DefaultBodyLimit::max(MAX_LOGO)),
        )
        .route("/{slug}/gestion/portail/logo/retirer", post(logo::remove))
        .route("/{slug}/gestion/portail/textes", get(texts::list))
        .route(
            "/{slug}/gestion/portail/textes/nouveau",
            get(texts::new).post(texts::create).layer(text),
        )
        .route(
            "/{slug}/gestion/portail/textes/{id}",
            get(texts::edit).post(texts::change).layer(text),
        )
        .route(
            "/{slug}/gestion/portail/textes/{id}/retirer",
            get(texts::ask_removal).post(texts::remove),
        )
        .route(
            "/{slug}/gestion/portail/menus",
            get(menus::show).post(menus::submit).layer(settings),
        )
}
