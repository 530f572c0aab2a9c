//! The end of an account: the family cannot undo it, the town hall can for as long as the town set.

use axum::http::{StatusCode, header};
use axum::response::Response;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::Place;
use server_ui::portal::account::{DeletePage, delete_page, deleted_page};
use shared::operation::{Actor, Body, Channel, LetterKind};

use super::{Sent, account, allow};
use crate::corridor::CorridorError;
use crate::letters::{Letter, Prepared};
use crate::web::portal::family::{Family, Guest};
use crate::web::portal::permit::Permit;
use crate::web::portal::reply::{PortalError, page};
use crate::web::portal::session;

/// What is typed to say that it is meant.
const WORD: &str = "SUPPRIMER";

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Secrets)?;
    Ok(draw(&family, FormState::default(), StatusCode::OK))
}

fn draw(family: &Family, form: FormState, status: StatusCode) -> Response {
    let view = DeletePage {
        frame: family.frame(Some(Place::Account)),
        form,
        town_hall: family.commune.label.clone(),
        days: family.ground.portal.restore_days,
        word: WORD,
    };
    page(status, delete_page(&view))
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let (family, mut form) = allow(guest, Permit::Secrets, sent)?;
    if form.value("mot").trim() != WORD {
        form.flaw("mot", Flaw::WrongWord(WORD.to_owned()));
        return Ok(draw(&family, form, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let guardian = family.id();
    let by = (Actor::Guardian(guardian), Channel::Portal);
    let days = family.ground.portal.restore_days;
    let deleted = family
        .work(move |commune| {
            let email = commune.store.read(|tx| account(tx, guardian))?.email;
            let mut operations = vec![commune.operation(by.0, by.1, Body::DeleteAccount { guardian })];
            let letter = email.map(|email| {
                Letter::to(LetterKind::Deleted, email)
                    .of(guardian)
                    .saying("days", days.to_string())
            });
            let letters = letter.map(|letter| Prepared::of(commune, vec![letter]));
            if let Some(prepared) = &letters {
                operations.push(commune.operation(by.0, by.1, prepared.body.clone()));
            }
            commune.submit_all_if(operations, move |tx| {
                session::end_all_of(tx, guardian)?;
                letters.map_or(Ok(()), |letters| letters.keep(tx))
            })?;
            Ok::<_, CorridorError>(())
        })
        .await?;
    if let Err(refusal) = deleted {
        form.refuse("mot", &refusal);
        return Ok(draw(&family, form, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let mut frame = family.frame(None);
    frame.person = None;
    let mut response = page(StatusCode::OK, deleted_page(&frame, days, &family.commune.label));
    let cookie = family.visit.forget_family();
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
