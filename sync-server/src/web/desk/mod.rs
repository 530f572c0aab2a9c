//! The town hall's pages: whole with scripts off, live with them.
//!
//! A request becomes a [`visit::Visit`] (what came over the wire, judged by nobody yet) or a
//! [`visit::Desk`] (someone who is logged in). Posts pass [`guard`]. Views are drawn by
//! `server-ui`; here is only what they show.

mod accounts;
mod activation;
mod assets;
mod board;
mod booking;
mod bookings;
mod calendar;
mod contradictions;
mod day;
mod devices;
mod discrepancies;
mod families;
mod home;
mod import;
mod kept;
mod letters;
pub(crate) mod lists;
mod log_in;
mod merge;
mod open;
mod outages;
mod portal;
mod posted;
mod quarantine;
mod reach;
mod recovery;
mod reply;
mod requests;
mod return_path;
mod rights;
mod rules;
mod service;
mod session;
mod structure;
mod visit;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::map_response;
use axum::routing::{get, post};
use server_ui::desk::Notice;

use super::{App, events};
use reply::DeskError;
use visit::{Desk, Visit};

/// Largest form, in bytes.
const MAX_FORM: usize = 16 * 1024;

/// Largest log-in: it may carry a form that waits, see [`kept`].
const MAX_LOG_IN: usize = 64 * 1024;

/// Routes under `/{slug}/gestion`, and the files that its pages refer to.
pub fn router() -> Router<App> {
    let pages = Router::new()
        .route("/{slug}/gestion", get(home::show))
        .route("/{slug}/gestion/", get(home::show))
        .route(
            "/{slug}/gestion/connexion",
            get(log_in::show)
                .post(log_in::submit)
                .layer(DefaultBodyLimit::max(MAX_LOG_IN)),
        )
        .route("/{slug}/gestion/deconnexion", post(log_in::leave))
        .route(
            "/{slug}/gestion/activer/{token}",
            get(activation::show).post(activation::submit),
        )
        .route("/{slug}/gestion/jour", get(board::show))
        .route("/{slug}/gestion/quarantaine", get(quarantine::show))
        .route("/{slug}/gestion/evenements", get(changes))
        .merge(structure::routes())
        .merge(calendar::routes())
        .merge(families::routes())
        .merge(import::routes())
        .merge(booking::routes())
        .merge(bookings::routes())
        .merge(lists::routes())
        .merge(devices::routes())
        .merge(recovery::routes())
        .merge(service::routes())
        .merge(discrepancies::routes())
        .merge(merge::routes())
        .merge(outages::routes())
        .merge(requests::routes())
        .merge(portal::routes())
        .merge(letters::routes())
        .merge(accounts::routes())
        .merge(rules::routes())
        .route("/{slug}/gestion/{*rest}", axum::routing::any(nothing_here))
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .layer(map_response(reply::guarded));
    pages.route("/static/{name}", get(assets::show))
}

/// Says when the record changed: the board fetches itself again then.
async fn changes(desk: Desk) -> Result<axum::response::Response, DeskError> {
    use axum::response::IntoResponse;
    desk.require(rights::Right::SeeBoard)?;
    // A proxy that buffers would hold the announcement back.
    Ok(([("x-accel-buffering", "no")], events::of(&desk.commune)).into_response())
}

async fn nothing_here(visit: Visit) -> DeskError {
    visit.refuse(Notice::PageUnknown).await
}

async fn wrong_method(visit: Visit) -> DeskError {
    visit.refuse(Notice::WrongMethod).await
}
