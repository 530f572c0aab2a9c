//! Réserver en vue période: many days at once, by weekdays, by a typical week, or as a brother or sister has them.
//!
//! What is asked for stands in the address of the preview and is sent again with its form; what becomes of it is
//! judged both times from the record, once, as one whole. Nothing is booked here: all that can be goes into the cart.

mod asked;
mod cart;
mod fold;
mod plan;
mod preview;
mod show;
mod span;

use axum::Router;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::routing::get;

use crate::web::App;

/// What an address asks for, name by name.
type Pairs = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/reservations/periode", get(show::period))
        .route("/{slug}/reservations/periode/semaine", get(show::week))
        .route("/{slug}/reservations/periode/copie", get(show::copy))
        .route(
            "/{slug}/reservations/periode/apercu",
            get(preview::show).post(preview::submit),
        )
}
