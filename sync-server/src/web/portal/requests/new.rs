//! Asking something of the town hall.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Choice, FormState};
use server_ui::portal::Place;
use server_ui::portal::requests::{NewRequestPage, kind_words, new_request_page};
use shared::ids::{ChildId, RequestId, mint};
use shared::operation::{Body, RequestKind, RequestRecord};

use super::super::door::Sent;
use super::super::family::{Family, Guest};
use super::super::permit::Permit;
use super::super::reply::{PortalError, page};
use super::{MAX_TITLE, text_of};
use crate::clock::random;
use crate::record::{self, SeenChild};

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Ask)?;
    family.opened(Place::Requests)?;
    let children = children(&family).await?;
    let kind = family.visit.asked("sujet").and_then(RequestKind::named);
    let child = family.visit.asked("enfant").and_then(|text| text.parse().ok());
    let child = child.filter(|id: &ChildId| children.iter().any(|child| child.id == *id));
    let form = FormState::default()
        // The request has its id before it is sent: sent twice, it is one.
        .with(
            "demande",
            RequestId(mint(family.commune.clock.now(), random())).to_string(),
        )
        .with("sujet", kind.unwrap_or(RequestKind::Other).as_str())
        .with_maybe("enfant", child.map(|id| id.to_string()));
    Ok(draw(&family, &children, form, StatusCode::OK))
}

pub(super) async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = guest.require(Permit::Ask)?;
    family.opened(Place::Requests)?;
    let mut form = family.own_form(sent)?;
    let children = children(&family).await?;
    let known = |word: &str| {
        let id = word.parse().ok().map(ChildId);
        id.filter(|id| children.iter().any(|child| child.id == *id))
    };
    let id = form.value("demande").parse().ok().map(RequestId);
    let request = RequestRecord {
        id: id.unwrap_or_else(|| RequestId(mint(family.commune.clock.now(), random()))),
        guardian: family.id(),
        kind: form.choice("sujet", RequestKind::Other, RequestKind::named),
        child: form.maybe_choice("enfant", known),
        title: form.text("titre", MAX_TITLE),
        text: text_of(&mut form),
    };
    let id = request.id;
    let Some(request) = form.sound(request) else {
        return Ok(draw(&family, &children, form, StatusCode::UNPROCESSABLE_ENTITY));
    };
    match family.submit(None, Body::SendRequest { request }).await? {
        Ok(_) => Ok(family.done(&format!("/demandes/{id}"), "envoyee")),
        Err(refusal) => {
            form.refuse("texte", &refusal);
            Ok(draw(&family, &children, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

async fn children(family: &Family) -> Result<Vec<SeenChild>, PortalError> {
    let guardian = family.id();
    let found = family.visit.app.with(&family.visit.slug, move |commune| {
        commune.store.read(|tx| record::children_seen(tx, guardian))
    });
    Ok(found.await?)
}

fn draw(family: &Family, children: &[SeenChild], form: FormState, status: StatusCode) -> Response {
    let kinds = RequestKind::ALL.map(|kind| Choice::new(kind.as_str(), kind_words(kind)));
    let children = children
        .iter()
        .map(|child| Choice::new(child.id.to_string(), child.first_name.clone()));
    let view = NewRequestPage {
        frame: family.frame(Some(Place::Requests)),
        form,
        kinds: kinds.into(),
        children: children.collect(),
        phone: family.ground.portal.phone.clone(),
    };
    page(status, new_request_page(&view))
}
