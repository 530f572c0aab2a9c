//! Mes réservations: what is booked and what was pointed, week by week or month by month. Booking on line is not
//! open yet; nothing here says otherwise.

mod lines;
mod pointed;
mod show;

use axum::Router;
use axum::routing::get;

use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/{slug}/reservations", get(show::show))
}
