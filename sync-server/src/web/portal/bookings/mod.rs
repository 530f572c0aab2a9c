//! Mes réservations: what is booked, what was pointed and what can be booked, week by week or month by month. What is
//! tapped goes into the cart.

mod beside;
mod detail;
mod grid;
mod history;
mod past;
mod pointed;
mod show;
mod stand;

use axum::Router;
use axum::routing::get;
use chrono::NaiveDateTime;
use chrono_tz::Tz;
use shared::time::UtcMs;

use crate::web::App;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/reservations", get(show::show))
        .route(
            "/{slug}/reservations/{date}/{activity}/{child}",
            get(detail::show),
        )
}

/// An instant by the town's clock.
fn civil(at: UtcMs, zone: Tz) -> NaiveDateTime {
    at.utc().with_timezone(&zone).naive_local()
}
