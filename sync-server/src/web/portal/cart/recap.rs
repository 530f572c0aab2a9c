//! What became of a cart: read from the journal, as often as somebody asks.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::portal::cart::{RecapPage, recap_page};
use server_ui::portal::{Place, Said};
use shared::ids::OperationId;
use shared::operation::{Actor, NoticeKind};

use super::{Whose, enter};
use crate::letters::recap::{Booked, booked, recap};
use crate::notices::choices;
use crate::rules::carts;
use crate::store::{Read, Row, StoreError};
use crate::web::portal::family::Guest;
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, page};

/// Its page.
pub(super) fn path_of(id: OperationId) -> String {
    format!("/panier/recapitulatif/{id}")
}

/// The booking of an id, if it is somebody's own: what they validated, or what the town hall booked for their
/// household.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn of<R: Read + ?Sized>(
    tx: &mut R,
    whose: Whose,
    id: OperationId,
) -> Result<Option<Booked>, StoreError> {
    let own = |booked: &Booked| {
        let me = Actor::Guardian(whose.guardian) == booked.actor;
        let for_me = booked.booking.guardian == Some(whose.guardian);
        let for_us = matches!(booked.actor, Actor::Agent(_)) && booked.booking.guardian.is_none();
        booked.booking.household == whose.household && (me || for_me || for_us)
    };
    Ok(booked(tx, id)?.filter(own))
}

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = enter(guest, Permit::SeeBookings)?;
    let id = OperationId(family.uuid("id")?);
    let whose = Whose::of(&family);
    let frame = family.frame(Some(Place::Bookings));
    let portal_phone = family.ground.portal.phone.clone();
    let view = family.visit.app.look(&family.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let Some(booked) = of(&mut *tx, whose, id)? else {
                return Ok::<_, StoreError>(None);
            };
            let mailed = booked.booking.guardian == Some(whose.guardian)
                && choices(tx, whose.guardian)?.of(NoticeKind::Recap).mail;
            let address = if mailed { address(tx, whose)? } else { None };
            Ok(Some(RecapPage {
                frame,
                recap: recap(tx, commune.zone, &booked)?,
                address,
                phone: carts::settings(tx)?.phone.or(portal_phone),
            }))
        })
    });
    match view.await? {
        Some(view) => Ok(page(StatusCode::OK, recap_page(&view))),
        None => Err(family.said(Said::PageUnknown)),
    }
}

/// Where mails to somebody go.
fn address(tx: &mut dyn Read, whose: Whose) -> Result<Option<String>, StoreError> {
    let row = tx.first(include_str!("sql/address.sql"), &[whose.guardian.into()])?;
    let Some(row) = row else { return Ok(None) };
    let email = row.opt(0, Row::text)?.filter(|email| !email.is_empty());
    let login = row.opt(1, Row::text)?;
    Ok(email.or(login.filter(|login| crate::letters::is_address(login))))
}
