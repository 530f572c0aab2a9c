//! One request: what was asked, what was answered, and adding to it.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::FormState;
use server_ui::portal::requests::{ThreadPage, Voice, Word, thread_page};
use server_ui::portal::{Place, Said};
use shared::ids::RequestId;
use shared::operation::{Actor, Body, RequestRecord};
use shared::words::{day, hour_or_full};

use super::super::door::Sent;
use super::super::family::{Family, Guest};
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use super::{row_of, text_of};
use crate::commune::Commune;
use crate::record::{self, Request, RequestLine};
use crate::store::StoreError;

/// A request with what was said of it.
type Thread = (Request, Vec<RequestLine>, Vec<record::SeenChild>);

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeRequests)?;
    family.opened(Place::Requests)?;
    let thread = find(&family).await?;
    Ok(draw(&family, thread, FormState::default(), StatusCode::OK))
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Ask)?;
    family.opened(Place::Requests)?;
    let mut form = family.own_form(sent)?;
    let thread = find(&family).await?;
    let (request, ..) = &thread;
    let added = RequestRecord {
        id: request.id,
        guardian: request.guardian,
        kind: request.kind,
        child: request.child,
        title: request.title.clone(),
        text: text_of(&mut form),
    };
    let Some(request) = form.sound(added) else {
        return Ok(draw(&family, thread, form, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let path = format!("/demandes/{}", request.id);
    match family.submit(None, Body::SendRequest { request }).await? {
        Ok(_) => Ok(family.done(&path, "completee")),
        Err(refusal) => {
            form.refuse("texte", &refusal);
            Ok(draw(&family, thread, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// The request of the path, if it is this guardian's: any other answers as one that does not exist.
async fn find(family: &Family) -> Result<Thread, PortalError> {
    let id = RequestId(family.uuid("id")?);
    let guardian = family.id();
    let found = family.visit.app.with(&family.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let own = record::request(tx, id)?.filter(|(request, _)| request.guardian == guardian);
            let Some((request, _)) = own else {
                return Ok::<_, StoreError>(None);
            };
            let lines = record::request_lines(tx, id)?;
            Ok(Some((request, lines, record::children_seen(tx, guardian)?)))
        })
    });
    found.await?.ok_or_else(|| family.said(Said::PageUnknown))
}

fn draw(family: &Family, thread: Thread, form: FormState, status: StatusCode) -> Response {
    let (request, lines, children) = thread;
    let own = family.id();
    let words = lines
        .into_iter()
        .enumerate()
        .map(|(nth, line)| word_of(nth, line, own, &family.commune));
    let view = ThreadPage {
        frame: family.frame(Some(Place::Requests)),
        label: family.commune.label.clone(),
        words: words.collect(),
        row: row_of(request, &children, &family.commune),
        form,
        asks: family
            .session
            .as_ref()
            .is_some_and(|session| session.agent.is_none()),
    };
    page(status, thread_page(&view))
}

/// Who says it: never the name of an agent. What an agent said first was said for the family, on the telephone.
fn word_of(nth: usize, line: RequestLine, own: shared::ids::GuardianId, commune: &Commune) -> Word {
    let voice = match line.by {
        Actor::Guardian(guardian) if guardian == own => Voice::Own,
        Actor::Agent(_) if nth == 0 => Voice::ByPhone,
        _ => Voice::TownHall,
    };
    Word {
        voice,
        date: line.at.date_in(commune.zone).to_string(),
        moment: (
            day(line.at.date_in(commune.zone)),
            hour_or_full(line.at.time_in(commune.zone)),
        ),
        text: line.text,
    }
}
