//! Mon panier: what a family gathers, what becomes of it, and what is asked and waited for.
//!
//! A line is judged anew whenever somebody looks; prices and rights come from the record. When the cart is validated,
//! one transaction reads it, judges it as one whole and puts it through the corridor under the cart's own id, so that
//! the same form sent twice finds what the first one did.

mod check;
mod lines;
mod look;
mod recap;
mod validate;
mod view;
mod wishes;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use shared::ids::{GuardianId, HouseholdId};
use shared::operation::{Capability, Openness};
use shared::words::date_time;

use super::family::{Family, Guest};
use super::permit::Permit;
use super::reply::PortalError;
use crate::record::Part;
use crate::rules::carts::Owner;
use crate::web::App;

/// Lines that a cart holds at most.
pub(super) const MOST_LINES: usize = 5_000;
/// How far from today the days of a cart are at most, in days: as far as the grid shows them.
const REACH_DAYS: i64 = 800;
/// Largest form that puts lines into a cart, in bytes.
const MAX_LINES_FORM: usize = 1024 * 1024;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/panier", get(look::show))
        .route(
            "/{slug}/panier/lignes",
            post(lines::submit).layer(DefaultBodyLimit::max(MAX_LINES_FORM)),
        )
        .route("/{slug}/panier/valider", post(validate::submit))
        .route("/{slug}/panier/vider", post(lines::empty))
        .route("/{slug}/panier/recapitulatif/{id}", get(recap::show))
        .route(
            "/{slug}/reservations/demandes",
            get(wishes::show).post(wishes::submit),
        )
}

/// Whose cart.
#[derive(Clone, Copy, Debug)]
struct Whose {
    guardian: GuardianId,
    household: HouseholdId,
}

impl Whose {
    fn of(family: &Family) -> Self {
        Self {
            guardian: family.id(),
            household: family.guardian.household,
        }
    }

    fn owner(self) -> Owner {
        Owner::Guardian(self.guardian)
    }
}

/// Somebody whose cart it is: whatever is closed, the cart is kept and shown.
fn enter(guest: Guest, permit: Permit) -> Result<Family, PortalError> {
    let family = guest.enter(permit)?;
    family.opened(server_ui::portal::Place::Bookings)?;
    Ok(family)
}

/// Why nothing can be booked, where booking is not open; `met` when somebody meant to.
fn shut_of(family: &Family, parts: &[Part], met: bool) -> Option<server_ui::portal::cart::Shut> {
    let part = parts
        .iter()
        .find(|part| part.capability == Capability::Reservation && part.state != Openness::Open)?;
    Some(server_ui::portal::cart::Shut {
        read_only: part.state == Openness::ReadOnly,
        message: part.message.clone(),
        since: part.switched.map(|(at, _)| date_time(at, family.commune.zone)),
        met,
    })
}
