//! The families' portal: whole with scripts off, quicker with them.
//!
//! A request becomes a [`family::Guest`] (anybody, perhaps with a session) and, through
//! [`family::Guest::require`] with a [`permit::Permit`], a [`family::Family`]: a guardian. What a guardian sees of
//! whom is asked of [`crate::record`] in every handler. Views are drawn by `server-ui`; here is only what they show.

mod account;
mod bills;
mod bookings;
mod cart;
mod days;
mod door;
mod family;
mod file;
mod home;
mod identity;
mod joining;
mod nothing;
mod notices;
mod pages;
mod period;
mod permit;
mod reply;
mod requests;
mod return_path;
pub(crate) mod session;
mod unopened;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::map_response;

use super::App;

/// Largest form, in bytes.
const MAX_FORM: usize = 16 * 1024;

/// Routes under `/{slug}` that are for families.
pub fn router() -> Router<App> {
    Router::new()
        .merge(home::routes())
        .merge(pages::routes())
        .merge(door::routes())
        .merge(identity::routes())
        .merge(joining::routes())
        .merge(account::routes())
        .merge(notices::routes())
        .merge(file::routes())
        .merge(requests::routes())
        .merge(bookings::routes())
        .merge(period::routes())
        .merge(cart::routes())
        .merge(bills::routes())
        .merge(nothing::routes())
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .layer(map_response(reply::guarded))
}
