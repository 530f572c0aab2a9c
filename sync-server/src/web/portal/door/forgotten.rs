//! A forgotten password: a letter leaves, or not, and the page says the same.
//!
//! Whoever has no login yet, because none was made or because a restore forgot it, gets a link to activate instead;
//! so that one mail is enough to be in again. An address that nobody has gets a letter that says so: whoever typed it
//! by mistake learns it there, and nowhere else.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::door::{ForgottenPage, ResetPage, forgotten_page, reset_page};
use shared::ids::GuardianId;
use shared::operation::{Actor, Channel, LetterKind, LinkPurpose};
use shared::time::UtcMs;

use super::super::family::Guest;
use super::super::reply::{PortalError, see_other};
use super::activation::{SetLogin, set};
use super::links::{self, Link};
use super::log_in::{MAX_LOGIN, came_in};
use super::{Entered, Sent, passwords as chosen, retry_after};
use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::letters::{self, Letter};
use crate::store::{Row, StoreError};
use crate::web::throttle::{self, Subject};

/// Most guardians of one address that are written to.
const MANY: usize = 4;

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let sent = guest.visit.asked("envoye").is_some();
    Ok(draw(&guest, StatusCode::OK, FormState::default(), sent, None))
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let mut form = guest.door_form(sent)?;
    let typed = form.value("adresse").trim().to_owned();
    if typed.is_empty() {
        form.flaw("adresse", Flaw::Said("portal-door-no-address"));
    } else if typed.chars().count() > MAX_LOGIN || typed.chars().any(char::is_whitespace) {
        form.flaw("adresse", Flaw::NotAnEmail);
    }
    if form.is_flawed() {
        return Ok(draw(&guest, StatusCode::UNPROCESSABLE_ENTITY, form, false, None));
    }
    let client = guest.visit.address_of_client();
    let asked = guest.visit.app.with(&guest.visit.slug, move |commune| {
        let mut from = vec![Subject::Letters];
        from.extend(client.map(Subject::LettersFrom));
        if let Some(until) = throttle::attempt(commune, &from)? {
            return Ok(Some(until));
        }
        // Whether this one mailbox is full is nobody's business: the page says the same.
        let to = [Subject::LettersTo(typed.to_lowercase())];
        if throttle::attempt(commune, &to)?.is_none() {
            write_to(commune, &typed)?;
        }
        Ok::<_, CorridorError>(None)
    });
    Ok(match asked.await? {
        Some(until) => {
            let drawn = draw(&guest, StatusCode::TOO_MANY_REQUESTS, form, false, Some(until));
            retry_after(&guest, until, drawn)
        }
        None => see_other(&guest.at("/mot-de-passe?envoye=1")),
    })
}

/// A guardian whom what was typed means.
struct Meant {
    guardian: GuardianId,
    first_name: String,
    has_login: bool,
    address: String,
}

/// Writes to whoever is meant. There is one commit in any case, so that the answer takes as long.
fn write_to(commune: &Commune, typed: &str) -> Result<(), CorridorError> {
    let now = commune.clock.now();
    let by = (Actor::System, Channel::Portal);
    let mut operations = Vec::new();
    let mut mailed = Vec::new();
    for one in meant(commune, typed)? {
        let purpose = if one.has_login {
            LinkPurpose::Reset
        } else {
            LinkPurpose::Activate
        };
        let (body, letter) = letters::link(commune, one.guardian, purpose, &one.address);
        operations.push(commune.operation(by.0, by.1, body));
        mailed.push(letter.saying("name", one.first_name));
    }
    if mailed.is_empty() {
        if !is_address(typed) {
            // A secret of no letter: a commit like the others, and tidied away like the others.
            let letter: [u8; 16] = random();
            let params = [letter.to_vec().into(), Vec::new().into(), now.into()];
            commune
                .store
                .write(move |tx| tx.execute(include_str!("sql/nothing.sql"), &params))?;
            return Ok(());
        }
        mailed.push(Letter::to(LetterKind::NoAccount, typed));
    }
    letters::submit_with(commune, operations, by, mailed)
}

/// Whose login or contact e-mail this is, in any case. All are looked at, whether or not somebody is meant.
fn meant(commune: &Commune, typed: &str) -> Result<Vec<Meant>, StoreError> {
    let typed = typed.to_lowercase();
    let rows = commune
        .store
        .read(|tx| tx.query(include_str!("sql/reachable.sql"), &[]))?;
    let mut found = Vec::new();
    for row in rows {
        let login = row.opt(2, Row::text)?;
        let email = row.opt(3, Row::text)?.filter(|email| is_address(email));
        let is = |one: &Option<String>| one.as_ref().is_some_and(|one| one.to_lowercase() == typed);
        if !is(&login) && !is(&email) {
            continue;
        }
        // The contact e-mail was proved; a login is any word.
        let address = email.or_else(|| login.clone().filter(|login| is_address(login)));
        if let Some(address) = address {
            found.push(Meant {
                guardian: GuardianId(row.uuid(0)?),
                first_name: row.text(1)?,
                has_login: login.is_some(),
                address,
            });
        }
    }
    found.truncate(MANY);
    Ok(found)
}

/// What a mail server would be asked to take.
fn is_address(text: &str) -> bool {
    let mut form = FormState::default().with("adresse", text);
    form.maybe_email("adresse");
    !form.is_flawed()
}

fn draw(guest: &Guest, status: StatusCode, form: FormState, sent: bool, locked: Option<UtcMs>) -> Response {
    guest.doorstep(status, |frame, token| {
        forgotten_page(&ForgottenPage {
            frame,
            token,
            form,
            sent,
            locked: locked.map(|until| guest.opens_again(until)),
            phone: guest.ground.portal.phone.clone(),
        })
    })
}

/// The page behind the link.
pub(super) async fn show_reset(guest: Guest) -> Result<Response, PortalError> {
    let (link, login) = reset_link(&guest).await?;
    guest.require_private()?;
    Ok(draw_reset(
        &guest,
        StatusCode::OK,
        &link,
        login,
        FormState::default(),
    ))
}

pub(super) async fn reset(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let (link, login) = reset_link(&guest).await?;
    guest.require_private()?;
    let mut form = guest.door_form(sent)?;
    let password = chosen::chosen(&mut form, &login);
    if form.is_flawed() {
        return Ok(draw_reset(
            &guest,
            StatusCode::UNPROCESSABLE_ENTITY,
            &link,
            login,
            form,
        ));
    }
    let chosen = SetLogin {
        link,
        login,
        password,
    };
    match set(&guest, chosen).await {
        Ok(Entered::In(secret)) => {
            let home = see_other(&guest.at("/?fait=mot-de-passe"));
            Ok(super::keeping(&guest, &secret, home))
        }
        Ok(entered) => Ok(came_in(&guest, entered, None, FormState::default())),
        Err(error) => Err(links::refused(&guest, error)),
    }
}

async fn reset_link(guest: &Guest) -> Result<(Link, String), PortalError> {
    let mut link = links::find(guest, &[LinkPurpose::Reset]).await?;
    match link.login.take() {
        Some(login) => Ok((link, login)),
        None => Err(guest.said(server_ui::portal::Said::LinkUnknown)),
    }
}

fn draw_reset(guest: &Guest, status: StatusCode, link: &Link, login: String, form: FormState) -> Response {
    let text = guest.visit.names.get("token").cloned().unwrap_or_default();
    guest.doorstep(status, |frame, token| {
        let action = frame.at(&format!("/mot-de-passe/{text}"));
        reset_page(&ResetPage {
            frame,
            token,
            form,
            action,
            first_name: link.first_name.clone(),
            login,
        })
    })
}
