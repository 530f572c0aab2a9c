//! The link that proves a new login or a new contact e-mail. Opening it shows what will be; a button does it, since
//! mail programs open links by themselves.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::portal::door::{AddressPage, address_page};
use shared::operation::{Actor, Body, Channel, LinkPurpose, Refusal};

use super::super::family::Guest;
use super::super::reply::{PortalError, see_other};
use super::super::session::Stage;
use super::Sent;
use super::links::{self, Link};
use crate::web::WebError;

/// What an address may be proved for.
const PURPOSES: &[LinkPurpose] = &[LinkPurpose::Login, LinkPurpose::Contact];

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let link = links::find(&guest, PURPOSES).await?;
    Ok(draw(&guest, StatusCode::OK, &link, false))
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let link = links::find(&guest, PURPOSES).await?;
    guest.door_form(sent)?;
    let (guardian, token) = (link.guardian, link.token);
    let confirmed = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let body = Body::ConfirmAddress { guardian, token };
        commune.submit(commune.operation(Actor::Guardian(guardian), Channel::Portal, body))
    });
    match confirmed.await {
        Ok(_) => {
            // Whoever is in sees it in the account; others are told where they can log in.
            let own = guest
                .session
                .as_ref()
                .is_some_and(|session| session.stage == Stage::In);
            let next = if own {
                "/compte?fait=adresse-confirmee"
            } else {
                "/connexion?fait=adresse-confirmee"
            };
            Ok(see_other(&guest.at(next)))
        }
        Err(WebError::Refused(Refusal::Taken(_))) => {
            Ok(draw(&guest, StatusCode::UNPROCESSABLE_ENTITY, &link, true))
        }
        Err(error) => Err(links::refused(&guest, error)),
    }
}

fn draw(guest: &Guest, status: StatusCode, link: &Link, taken: bool) -> Response {
    let text = guest.visit.names.get("token").cloned().unwrap_or_default();
    guest.doorstep(status, |frame, token| {
        let action = frame.at(&format!("/adresse/{text}"));
        address_page(&AddressPage {
            frame,
            token,
            action,
            is_login: link.purpose == LinkPurpose::Login,
            address: link.address.clone(),
            taken,
        })
    })
}
