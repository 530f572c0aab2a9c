//! Reservations entered by an agent: a week, a month, or a period and its weekdays, for a child or
//! a class.
//!
//! Every form is planned first ([`crate::bookings`]) and shown; what is carried out is planned
//! again from the record as it is then. The form carries the seed of all ids, so that sending it
//! twice is sending it once.

mod calendar;
mod grid;
mod ground;
mod pages;
pub(super) mod people;
mod preview;
mod rules;
mod subject;
mod submit;
mod wish;

use axum::Router;
use axum::routing::get;

use crate::web::App;

/// Its routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/gestion/reservations", get(pages::find))
        .route(
            "/{slug}/gestion/reservations/enfant/{id}",
            get(pages::child).post(submit::child),
        )
        .route(
            "/{slug}/gestion/reservations/classe/{id}",
            get(pages::class).post(submit::class),
        )
}
