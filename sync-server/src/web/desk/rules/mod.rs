//! `/{slug}/gestion/regles`: by which rules families book. Sets are drafts until they go live; a live set is not
//! changed line by line but followed by a new version, so that what families read stays what they are judged by.

mod line;
mod list;
mod models;
mod parts;
mod replay;
mod said;
mod sets;
mod settings;
mod show;
mod tables;
mod try_out;

use axum::Router;
use axum::routing::{get, post};

use crate::web::App;

/// Under `/{slug}/gestion`.
pub(super) const PATH: &str = "/regles";

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/regles", get(list::show))
        .route(
            "/{slug}/gestion/regles/nouvelles",
            get(list::new).post(list::create),
        )
        .route(
            "/{slug}/gestion/regles/reglages",
            get(settings::show).post(settings::change),
        )
        .route("/{slug}/gestion/regles/{id}", get(show::show))
        .route(
            "/{slug}/gestion/regles/{id}/modifier",
            get(list::edit).post(list::change),
        )
        .route("/{slug}/gestion/regles/{id}/dupliquer", post(show::duplicate))
        .route("/{slug}/gestion/regles/{id}/essai", get(try_out::show))
        .route("/{slug}/gestion/regles/{id}/rejouer", get(replay::show))
        .route(
            "/{slug}/gestion/regles/{id}/version",
            get(show::version).post(show::make_version),
        )
        .route("/{slug}/gestion/regles/{id}/en-vigueur", post(show::go_live))
        .route("/{slug}/gestion/regles/{id}/retirer", post(show::retire))
        .route(
            "/{slug}/gestion/regles/{id}/supprimer",
            get(show::ask_delete).post(show::delete),
        )
        .route(
            "/{slug}/gestion/regles/{id}/table/{table}/{n}",
            get(line::edit).post(line::change),
        )
        .route(
            "/{slug}/gestion/regles/{id}/table/{table}/{n}/deplacer",
            post(line::shift),
        )
}
