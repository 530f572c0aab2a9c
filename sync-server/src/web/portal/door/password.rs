//! Another password, for somebody who is in and knows the one of before.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::door::{PasswordPage, password_page};
use shared::operation::{Actor, Body, Channel};

use super::super::family::{Family, Guest};
use super::super::permit::Permit;
use super::super::reply::{PortalError, page, see_other};
use super::super::session::{self, Opening, Stage};
use super::confirm::{Known, knows_password};
use super::{Arrival, Sent, keeping, passwords as chosen};
use crate::corridor::CorridorError;
use crate::passwords;
use crate::web::hashing;

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Secrets)?;
    family.require_private()?;
    Ok(draw(&family, StatusCode::OK, FormState::default()))
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Secrets)?;
    family.require_private()?;
    let mut form = family.own_form(sent)?;
    let current = form.value("actuel").to_owned();
    form.drop_all("actuel");
    let login = family.guardian.login.clone();
    let password = chosen::chosen(&mut form, &login);
    if current.is_empty() {
        form.flaw("actuel", Flaw::Said("portal-door-no-current"));
    }
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if !form.is_flawed() {
        status = is_known(&family, &mut form, &current).await?;
    }
    if form.is_flawed() {
        return Ok(draw(&family, status, form));
    }
    let guardian = family.id();
    let arrival = Arrival::of(&family.visit);
    let place = hashing::place().await?;
    let changed = family.visit.app.with(&family.visit.slug, move |commune| {
        let body = Body::SetGuardianLogin {
            guardian,
            login,
            phc: passwords::hash(&password),
            token: None,
        };
        commune.submit(commune.operation(Actor::Guardian(guardian), Channel::Portal, body))?;
        let now = commune.clock.now();
        let opening = Opening {
            guardian: Some(guardian),
            ..Opening::default()
        };
        // The others end; this one gets another cookie.
        let secret = commune.store.write(move |tx| {
            session::end_all_of(tx, guardian)?;
            arrival.begin(tx, Stage::In, opening, now)
        })?;
        Ok::<_, CorridorError>(secret)
    });
    let secret = changed.await?;
    drop(place);
    let next = see_other(&family.at("/compte?fait=mot-de-passe"));
    Ok(keeping(&family, &secret, next))
}

/// Looks at the password of before, and notes in the form that it is not.
///
/// # Errors
/// [`PortalError`] of the store.
pub(super) async fn is_known(
    family: &Family,
    form: &mut FormState,
    current: &str,
) -> Result<StatusCode, PortalError> {
    Ok(match knows_password(family, family.id(), current).await? {
        Known::Yes => StatusCode::OK,
        Known::No => {
            form.flaw("actuel", Flaw::Said("portal-door-current-wrong"));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Known::Locked(_) => {
            form.flaw("actuel", Flaw::Said("portal-door-current-locked"));
            StatusCode::TOO_MANY_REQUESTS
        }
    })
}

fn draw(family: &Family, status: StatusCode, form: FormState) -> Response {
    let view = PasswordPage {
        frame: family.frame(Some(server_ui::portal::Place::Account)),
        form,
        login: family.guardian.login.clone(),
    };
    page(status, password_page(&view))
}
