//! The link of an activation mail: a login and a password are chosen, and whoever chose them is in.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::door::{ActivationPage, activation_page};
use shared::operation::{Actor, Body, Channel, LinkPurpose, LogInWay, Refusal};

use super::super::family::Guest;
use super::super::reply::{PortalError, see_other};
use super::super::session;
use super::links::{self, Link};
use super::log_in::{MAX_LOGIN, came_in};
use super::{Arrival, Entered, Sent, enter, passwords as chosen};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::passwords;
use crate::web::{WebError, hashing};

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let link = links::find(&guest, &[LinkPurpose::Activate]).await?;
    guest.require_private()?;
    let login = link.login.clone().unwrap_or_else(|| link.address.to_lowercase());
    let form = FormState::default().with("identifiant", login);
    Ok(draw(&guest, StatusCode::OK, &link, form))
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let link = links::find(&guest, &[LinkPurpose::Activate]).await?;
    guest.require_private()?;
    let mut form = guest.door_form(sent)?;
    // A login that stands is the family's no more to choose.
    let login = match &link.login {
        Some(login) => login.clone(),
        None => read_login(&mut form),
    };
    let password = chosen::chosen(&mut form, &login);
    if form.is_flawed() {
        return Ok(draw(&guest, StatusCode::UNPROCESSABLE_ENTITY, &link, form));
    }
    let body = SetLogin {
        link: link.clone(),
        login,
        password,
    };
    match set(&guest, body).await {
        Ok(Entered::In(secret)) => {
            let home = see_other(&guest.at("/?fait=bienvenue"));
            Ok(super::keeping(&guest, &secret, home))
        }
        Ok(entered) => Ok(came_in(&guest, entered, None, FormState::default())),
        Err(WebError::Refused(Refusal::Taken(_))) => {
            form.flaw("identifiant", Flaw::Said("portal-door-login-taken"));
            Ok(draw(&guest, StatusCode::UNPROCESSABLE_ENTITY, &link, form))
        }
        // Somebody used the link while this form was being filled in, or the form was sent twice.
        Err(error) => Err(links::refused(&guest, error)),
    }
}

/// What is set.
pub(super) struct SetLogin {
    pub(super) link: Link,
    pub(super) login: String,
    pub(super) password: String,
}

/// Sets login and password, ends every session that was open, and lets in whoever set them.
pub(super) async fn set(guest: &Guest, chosen: SetLogin) -> Result<Entered, WebError> {
    let arrival = Arrival::of(&guest.visit);
    let place = hashing::place().await?;
    let set = guest.visit.app.with(&guest.visit.slug, move |commune| {
        set_login(commune, chosen, arrival)
    });
    let set = set.await;
    drop(place);
    set
}

fn set_login(commune: &Commune, chosen: SetLogin, arrival: Arrival) -> Result<Entered, CorridorError> {
    let guardian = chosen.link.guardian;
    let body = Body::SetGuardianLogin {
        guardian,
        login: chosen.login,
        phc: passwords::hash(&chosen.password),
        token: Some(chosen.link.token),
    };
    commune.submit(commune.operation(Actor::Guardian(guardian), Channel::Portal, body))?;
    commune.store.write(move |tx| session::end_all_of(tx, guardian))?;
    enter(commune, guardian, LogInWay::Link, None, arrival)
}

/// A login is one word in lower case: nobody remembers which letter was a capital.
fn read_login(form: &mut FormState) -> String {
    let login = form.value("identifiant").trim().to_lowercase();
    if login.is_empty() {
        form.flaw("identifiant", Flaw::Said("portal-door-no-login-chosen"));
    } else if login.chars().any(char::is_whitespace) {
        form.flaw("identifiant", Flaw::Said("portal-door-login-spaces"));
    } else if login.chars().count() > MAX_LOGIN {
        form.flaw("identifiant", Flaw::TooLong(MAX_LOGIN));
    } else if login.chars().count() < 3 {
        form.flaw("identifiant", Flaw::Said("portal-door-login-short"));
    }
    login
}

fn draw(guest: &Guest, status: StatusCode, link: &Link, form: FormState) -> Response {
    let text = guest.visit.names.get("token").cloned().unwrap_or_default();
    guest.doorstep(status, |frame, token| {
        let action = frame.at(&format!("/activer/{text}"));
        activation_page(&ActivationPage {
            frame,
            token,
            form,
            action,
            first_name: link.first_name.clone(),
            login: link.login.clone(),
        })
    })
}
