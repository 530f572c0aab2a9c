//! Accounts of families: who gets in, letters that let them in, payers, custody, files that stand twice.

mod account;
mod activations;
mod candidates;
mod codes;
mod custody;
mod doubles;
mod list;
pub(super) mod payers;
mod people;
mod registrations;

use axum::Router;
use axum::routing::{get, post};

use crate::web::App;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/comptes", get(list::show))
        .route(
            "/{slug}/gestion/comptes/activations",
            get(activations::ask).post(activations::send),
        )
        .route("/{slug}/gestion/comptes/envois/{lot}", get(activations::progress))
        .route(
            "/{slug}/gestion/comptes/codes",
            get(codes::ask).post(codes::print),
        )
        .route("/{slug}/gestion/comptes/inscriptions", get(registrations::list))
        .route(
            "/{slug}/gestion/comptes/inscriptions/{id}",
            get(registrations::show).post(registrations::settle),
        )
        .route("/{slug}/gestion/comptes/{id}", get(account::show))
        .route("/{slug}/gestion/comptes/{id}/identifiant", post(account::login))
        .route(
            "/{slug}/gestion/comptes/{id}/activation",
            post(account::activation),
        )
        .route("/{slug}/gestion/comptes/{id}/mot-de-passe", post(account::reset))
        .route("/{slug}/gestion/comptes/{id}/debloquer", post(account::unlock))
        .route(
            "/{slug}/gestion/comptes/{id}/sessions",
            post(account::end_sessions),
        )
        .route("/{slug}/gestion/comptes/{id}/restaurer", post(account::restore))
        .route("/{slug}/gestion/comptes/{id}/supprimer", post(account::delete))
        .route("/{slug}/gestion/comptes/{id}/voir", post(account::see))
        .route("/{slug}/gestion/payeurs", get(payers::list))
        .route(
            "/{slug}/gestion/payeurs/nouveau",
            get(payers::new).post(payers::make),
        )
        .route(
            "/{slug}/gestion/payeurs/{id}",
            get(payers::edit).post(payers::change),
        )
        .route(
            "/{slug}/gestion/enfants/{id}/garde",
            get(custody::edit).post(custody::change),
        )
        .route(
            "/{slug}/gestion/doublons",
            get(doubles::show).post(doubles::unite),
        )
        .route("/{slug}/gestion/doublons/comparer", get(doubles::compare))
}
