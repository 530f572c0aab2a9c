//! A family that is not known asks to be, where the town lets it. The answer is the same whoever is known already.

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::Said;
use server_ui::portal::join::{JoinPage, child_field, join_page, joined_page};
use shared::ids::{RegistrationId, mint};
use shared::operation::{Actor, Body, Channel, LetterKind, RegistrationChild, RegistrationRecord};

use super::door::Sent;
use super::family::Guest;
use super::reply::{PortalError, page};
use crate::clock::random;
use crate::letters::{self, Letter};
use crate::web::throttle::{self, Subject};
use crate::web::{App, WebError};

/// Children that one form has room for.
const MOST_CHILDREN: usize = 8;
/// Longest message, in characters.
const MESSAGE: usize = 2_000;
/// Longest name, in characters.
const NAME: usize = 80;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/{slug}/inscription", get(show).post(submit))
}

async fn show(guest: Guest) -> Result<Response, PortalError> {
    let guest = offered(guest)?;
    Ok(draw(&guest, FormState::default(), StatusCode::OK))
}

/// Where the town does not let families ask, there is no such page.
fn offered(guest: Guest) -> Result<Guest, PortalError> {
    if guest.ground.portal.registration {
        Ok(guest)
    } else {
        Err(guest.said(Said::PageUnknown))
    }
}

fn children_of(form: &FormState) -> usize {
    let asked = form.value("enfants").parse().unwrap_or(1);
    usize::clamp(asked, 1, MOST_CHILDREN)
}

fn draw(guest: &Guest, form: FormState, status: StatusCode) -> Response {
    let (token, cookie) = guest.visit.form_token();
    let children = children_of(&form);
    let view = JoinPage {
        frame: guest.frame(None),
        form,
        token,
        children,
        most: MOST_CHILDREN,
        town_hall: guest.commune.label.clone(),
    };
    let mut response = page(status, join_page(&view));
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let guest = offered(guest)?;
    let mut form = guest.door_form(sent)?;
    if form.has("ajouter") {
        let more = children_of(&form) + 1;
        form.set("enfants", more.min(MOST_CHILDREN).to_string());
        return Ok(draw(&guest, form, StatusCode::OK));
    }
    let asked = understood(&mut form, &guest);
    let Some(asked) = form.sound(asked) else {
        return Ok(draw(&guest, form, StatusCode::UNPROCESSABLE_ENTITY));
    };
    match register(&guest, asked).await? {
        Taken::Received => {
            let view = joined_page(&guest.frame(None), &guest.commune.label);
            Ok(page(StatusCode::OK, view))
        }
        Taken::TooMany => {
            form.flaw("email", Flaw::Said("join-too-many"));
            Ok(draw(&guest, form, StatusCode::TOO_MANY_REQUESTS))
        }
        Taken::Refused(why) => {
            form.flaw("message", Flaw::Words(why));
            Ok(draw(&guest, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn understood(form: &mut FormState, guest: &Guest) -> RegistrationRecord {
    let today = guest.commune.today();
    let children = (1..=children_of(form)).map(|nth| {
        let field = |what: &str| child_field(nth, what);
        let born = form.date(&field("ne"));
        if born > today {
            form.flaw(&field("ne"), Flaw::Said("join-born-future"));
        }
        RegistrationChild {
            first_name: form.text(&field("prenom"), NAME),
            last_name: form.text(&field("nom"), NAME),
            born,
            school: form.maybe_text(&field("ecole"), 120).unwrap_or_default(),
        }
    });
    let children = children.collect();
    RegistrationRecord {
        id: RegistrationId(mint(guest.commune.clock.now(), random())),
        first_name: form.text("prenom", NAME),
        last_name: form.text("nom", NAME),
        email: form.email("email"),
        phone: form.maybe_phone("telephone"),
        children,
        message: form.maybe_lines("message", MESSAGE).unwrap_or_default(),
    }
}

enum Taken {
    Received,
    TooMany,
    Refused(String),
}

async fn register(guest: &Guest, registration: RegistrationRecord) -> Result<Taken, PortalError> {
    let mut subjects = vec![
        Subject::Registrations,
        Subject::RegistrationsOf(registration.email.to_lowercase()),
    ];
    subjects.extend(guest.visit.address_of_client().map(Subject::RegistrationsFrom));
    let limited = guest.visit.app.with(&guest.visit.slug, move |commune| {
        throttle::attempt(commune, &subjects)
    });
    if limited.await?.is_some() {
        return Ok(Taken::TooMany);
    }
    let by = (Actor::System, Channel::Portal);
    let done = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let letter = Letter::to(LetterKind::Registered, registration.email.clone())
            .saying("first_name", registration.first_name.clone());
        let operation = commune.operation(by.0, by.1, Body::Register { registration });
        letters::submit_with(commune, vec![operation], by, vec![letter])
    });
    match done.await {
        Ok(()) => Ok(Taken::Received),
        Err(WebError::Refused(refusal)) => Ok(Taken::Refused(refusal.to_string())),
        Err(error) => Err(error.into()),
    }
}
