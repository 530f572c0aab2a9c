//! Logging in with login and password, and out.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::door::{LogInPage, LogInTrouble, log_in_page};
use shared::ids::GuardianId;
use shared::operation::{Guessing, LogInWay};
use shared::time::UtcMs;

use super::super::family::Guest;
use super::super::identity;
use super::super::reply::{PortalError, see_other};
use super::super::return_path;
use super::super::session::{self, Stage};
use super::{Arrival, Entered, Sent, enter, guessing, keeping, retry_after};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::passwords;
use crate::store::{Row, StoreError};
use crate::web::answer::in_query;
use crate::web::hashing::{self, MAX_CHARS};
use crate::web::throttle::{self, Subject};

/// Longest login (RFC 5321 for an address).
pub(super) const MAX_LOGIN: usize = 254;

/// What came of an attempt.
enum Attempt {
    Entered(Entered),
    Wrong,
    Locked(UtcMs),
}

pub(super) async fn show(
    guest: Guest,
    asked: Result<Query<BTreeMap<String, String>>, QueryRejection>,
) -> Result<Response, PortalError> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let back = asked
        .get("retour")
        .and_then(|back| return_path::page(&guest.visit.slug, back));
    match guest.session.as_ref().map(|session| session.stage) {
        Some(Stage::In) => return Ok(see_other(&back.unwrap_or_else(|| guest.at("/")))),
        Some(Stage::Factor) => return Ok(see_other(&guest.at("/verification"))),
        Some(Stage::Codes) | None => {}
    }
    guest.require_private()?;
    Ok(draw(&guest, StatusCode::OK, FormState::default(), back, None))
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    guest.require_private()?;
    let mut form = guest.door_form(sent)?;
    let back = return_path::page(&guest.visit.slug, form.value("retour"));
    let login = form.value("identifiant").trim().to_owned();
    let password = form.value("mot_de_passe").to_owned();
    form.drop_all("mot_de_passe");
    if login.is_empty() {
        form.flaw("identifiant", Flaw::Said("portal-door-no-login"));
    }
    if password.is_empty() {
        form.flaw("mot_de_passe", Flaw::Said("portal-door-no-password"));
    }
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    if form.is_flawed() {
        return Ok(draw(&guest, unprocessable, form, back, None));
    }
    let wrong = Some(LogInTrouble::Wrong);
    if login.len() > MAX_LOGIN || password.chars().count() > MAX_CHARS {
        return Ok(draw(&guest, unprocessable, form, back, wrong));
    }
    let arrival = Arrival::of(&guest.visit);
    let client = guest.visit.address_of_client();
    let place = hashing::place().await?;
    let tried = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let mut subjects = vec![Subject::Family(login.to_lowercase())];
        subjects.extend(client.map(Subject::FamiliesFrom));
        let attempt = attempt(commune, &login, &password, &subjects, arrival)?;
        if matches!(attempt, Attempt::Locked(_)) {
            guessing::note(commune, Guessing::Passwords, 6, client)?;
        }
        Ok::<_, CorridorError>(attempt)
    });
    let tried = tried.await?;
    drop(place);
    crate::metrics::logged_in(match tried {
        Attempt::Entered(Entered::In(_) | Entered::Factor(_)) => "ok",
        Attempt::Entered(Entered::Unconfirmed) => "unconfirmed",
        Attempt::Entered(Entered::Gone) | Attempt::Wrong => "wrong",
        Attempt::Locked(_) => "locked",
    });
    Ok(match tried {
        Attempt::Entered(entered) => came_in(&guest, entered, back, form),
        Attempt::Wrong => draw(&guest, unprocessable, form, back, wrong),
        Attempt::Locked(until) => {
            let trouble = LogInTrouble::Locked(guest.opens_again(until));
            let drawn = draw(&guest, StatusCode::TOO_MANY_REQUESTS, form, back, Some(trouble));
            retry_after(&guest, until, drawn)
        }
    })
}

/// Where somebody goes who came in, or nearly.
pub(super) fn came_in(guest: &Guest, entered: Entered, back: Option<String>, form: FormState) -> Response {
    match entered {
        Entered::In(secret) => {
            let next = back.unwrap_or_else(|| guest.at("/"));
            keeping(guest, &secret, see_other(&next))
        }
        Entered::Factor(secret) => {
            let query = back
                .map(|back| format!("?retour={}", in_query(&back)))
                .unwrap_or_default();
            let next = guest.at(&format!("/verification{query}"));
            keeping(guest, &secret, see_other(&next))
        }
        Entered::Unconfirmed => {
            let trouble = Some(LogInTrouble::Unconfirmed);
            draw(guest, StatusCode::FORBIDDEN, form, back, trouble)
        }
        Entered::Gone => {
            let trouble = Some(LogInTrouble::Wrong);
            draw(guest, StatusCode::UNPROCESSABLE_ENTITY, form, back, trouble)
        }
    }
}

/// Ends the session: a family's, or an agent's look through a family's eyes.
pub(super) async fn leave(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let Some(session) = &guest.session else {
        // It ended before: whoever wanted out is out.
        return Ok((
            [(header::SET_COOKIE, guest.visit.forget_family())],
            see_other(&guest.at("/")),
        )
            .into_response());
    };
    guest.own_form(sent)?;
    let id = session.id;
    let end = guest.visit.app.with(&guest.visit.slug, move |commune| {
        commune.store.write(move |tx| session::end(tx, id))
    });
    end.await?;
    let next = if session.agent.is_some() {
        guest.at("/gestion")
    } else {
        identity::path_of_leaving(&guest).unwrap_or_else(|| guest.at("/?fait=sorti"))
    };
    Ok((
        [(header::SET_COOKIE, guest.visit.forget_family())],
        see_other(&next),
    )
        .into_response())
}

fn draw(
    guest: &Guest,
    status: StatusCode,
    form: FormState,
    back: Option<String>,
    trouble: Option<LogInTrouble>,
) -> Response {
    let portal = &guest.ground.portal;
    guest.doorstep(status, |frame, token| {
        log_in_page(&LogInPage {
            frame,
            token,
            form,
            back,
            trouble,
            codes: portal.codes,
            registration: portal.registration,
            france_connect: portal.france_connect && guest.visit.app.host.identity.is_offered(),
            phone: portal.phone.clone(),
        })
    })
}

/// Counts the attempt, then looks at the password; takes as long whether or not the account exists.
fn attempt(
    commune: &Commune,
    login: &str,
    password: &str,
    subjects: &[Subject],
    arrival: Arrival,
) -> Result<Attempt, CorridorError> {
    if let Some(until) = throttle::attempt(commune, subjects)? {
        return Ok(Attempt::Locked(until));
    }
    let account = account(commune, login)?;
    let phc = account.as_ref().and_then(|(_, phc)| phc.as_deref());
    let guardian = account.as_ref().map(|(guardian, _)| *guardian);
    let (true, Some(guardian)) = (passwords::verify(password, phc), guardian) else {
        let now = commune.clock.now();
        let until = commune
            .store
            .read(|tx| throttle::locked_until(tx, subjects, now))?;
        return Ok(until.map_or(Attempt::Wrong, Attempt::Locked));
    };
    let entered = enter(commune, guardian, LogInWay::Password, None, arrival)?;
    let subjects = subjects.to_vec();
    commune
        .store
        .write(move |tx| throttle::was_right(tx, &subjects))?;
    Ok(Attempt::Entered(entered))
}

/// The account of a login and its password, unless it was deleted or withdrawn. A login is looked for as it was typed,
/// then in lower case.
fn account(commune: &Commune, login: &str) -> Result<Option<(GuardianId, Option<String>)>, StoreError> {
    let lower = login.to_lowercase();
    let row = commune.store.read(|tx| {
        let by_login = include_str!("sql/account_by_login.sql");
        match tx.first(by_login, &[login.into()])? {
            Some(row) => Ok(Some(row)),
            None => tx.first(by_login, &[lower.into()]),
        }
    })?;
    row.map(|row| Ok((GuardianId(row.uuid(0)?), row.opt(1, Row::text)?)))
        .transpose()
}
