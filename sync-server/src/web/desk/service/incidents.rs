//! Posts on incidents: written, written again, over, taken off.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::{Done, FormState};
use server_ui::desk::service::{
    IncidentPage, RemoveIncidentPage, incident_page, preset_title, remove_incident_page,
};
use shared::ids::{IncidentId, mint};
use shared::operation::{Body, IncidentPost, Refusal};
use shared::time::UtcMs;
use shared::words::hour_or_full;

use crate::clock::random;
use crate::record::{self, Versioned};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Longest title and longest text, in characters.
const TITLE: usize = 160;
const TEXT: usize = 8_000;

pub(super) async fn new(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Recover)?;
    let (now, zone) = (desk.commune.clock.now(), desk.commune.zone);
    // « lundi 23 novembre » without its first word.
    let day = shared::words::day(now.date_in(zone));
    let day = day.split_once(' ').map_or(day.as_str(), |(_, rest)| rest);
    let time = now.time_in(zone);
    let form = FormState::default()
        .with("numero", mint(now, random()).to_string())
        .with("titre", preset_title(day, &hour_or_full(time)))
        .with("date", now.date_in(zone).to_string())
        .with("heure", time.format("%H:%M").to_string());
    Ok(draw(&desk, form, None, StatusCode::OK))
}

pub(super) async fn edit(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Recover)?;
    let (post, version) = find(&desk).await?;
    let form = state_of(&desk, &post).of_version(version);
    Ok(draw(&desk, form, Some(post.id), StatusCode::OK))
}

pub(super) async fn create(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::Recover)?;
    take(desk, form, None).await
}

pub(super) async fn change(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::Recover)?;
    let (post, _) = find(&desk).await?;
    take(desk, form, Some(post.id)).await
}

async fn take(desk: Desk, mut form: FormState, id: Option<IncidentId>) -> Result<Response, DeskError> {
    // The number stands in the form, so that sending it twice publishes once.
    let Some(of) = id.or_else(|| form.value("numero").parse().ok().map(IncidentId)) else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    let title = form.text("titre", TITLE);
    let text = form.maybe_lines("texte", TEXT).unwrap_or_default();
    let (date, time) = (form.date("date"), form.time("heure"));
    let post = IncidentPost {
        id: of,
        published_at: UtcMs::at_civil(date, time.time(), desk.commune.zone),
        title,
        text,
        over: form.has("termine"),
    };
    let Some(post) = form.sound(post) else {
        return Ok(draw(&desk, form, id, StatusCode::UNPROCESSABLE_ENTITY));
    };
    match desk.submit(form.seen(), Body::PostIncident { post }).await? {
        Ok(_) => Ok(desk.done(&back(&desk), Done::Published)),
        Err(Refusal::Changed { version }) => {
            if let Some((newer, _)) = known(&desk, of).await? {
                form.overtaken(state_of(&desk, &newer), version);
            }
            Ok(draw(&desk, form, Some(of), StatusCode::CONFLICT))
        }
        Err(refusal) => {
            form.refuse("texte", &refusal);
            Ok(draw(&desk, form, id, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// « Tout fonctionne de nouveau », in one gesture.
pub(super) async fn over(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::Recover)?;
    let (mut post, _) = find(&desk).await?;
    let id = post.id;
    post.over = true;
    let typed = state_of(&desk, &post);
    match desk.submit(form.seen(), Body::PostIncident { post }).await? {
        Ok(_) => Ok(desk.done(&back(&desk), Done::Published)),
        Err(Refusal::Changed { version }) => {
            form = typed;
            if let Some((newer, _)) = known(&desk, id).await? {
                form.overtaken(state_of(&desk, &newer), version);
            }
            Ok(draw(&desk, form, Some(id), StatusCode::CONFLICT))
        }
        Err(_) => Err(desk.said(Notice::FormUnreadable)),
    }
}

pub(super) async fn ask_removal(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Recover)?;
    let (post, version) = find(&desk).await?;
    let form = FormState::default().of_version(version);
    Ok(ask(&desk, form, &post, StatusCode::OK))
}

pub(super) async fn remove(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::Recover)?;
    let id = IncidentId(desk.uuid("id")?);
    let Err(refusal) = desk
        .submit(form.seen(), Body::RemoveIncident { post: id })
        .await?
    else {
        return Ok(desk.done(&back(&desk), Done::TakenOff));
    };
    let Some((post, _)) = known(&desk, id).await? else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let status = match refusal {
        Refusal::Changed { version } => {
            form.overtaken(FormState::default(), version);
            StatusCode::CONFLICT
        }
        refusal => {
            form.refuse("titre", &refusal);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    Ok(ask(&desk, form, &post, status))
}

fn back(desk: &Desk) -> String {
    format!("{}#points", desk.at(super::PATH))
}

/// The post that the address names.
async fn find(desk: &Desk) -> Result<Versioned<IncidentPost>, DeskError> {
    let id = IncidentId(desk.uuid("id")?);
    known(desk, id)
        .await?
        .ok_or_else(|| desk.said(Notice::PageUnknown))
}

async fn known(desk: &Desk, id: IncidentId) -> Result<Option<Versioned<IncidentPost>>, DeskError> {
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let all = commune.store.read(|tx| record::incidents(tx))?;
        let mut all = all.into_iter().map(|(versioned, _)| versioned);
        Ok::<_, crate::store::StoreError>(all.find(|(post, _)| post.id == id))
    });
    Ok(found.await?)
}

fn state_of(desk: &Desk, post: &IncidentPost) -> FormState {
    let zone = desk.commune.zone;
    let form = FormState::default()
        .with("numero", post.id.to_string())
        .with("titre", post.title.clone())
        .with("texte", post.text.clone())
        .with("date", post.published_at.date_in(zone).to_string())
        .with(
            "heure",
            post.published_at.time_in(zone).format("%H:%M").to_string(),
        );
    if post.over {
        form.with("termine", "oui")
    } else {
        form
    }
}

fn draw(desk: &Desk, form: FormState, id: Option<IncidentId>, status: StatusCode) -> Response {
    let action = match id {
        Some(id) => desk.at(&format!("{}/incidents/{id}", super::PATH)),
        None => desk.at(&format!("{}/incidents/nouveau", super::PATH)),
    };
    let view = IncidentPage {
        bar: desk.bar(),
        form,
        action,
        back: desk.at(super::PATH),
        exists: id.is_some(),
    };
    page(status, incident_page(&view))
}

fn ask(desk: &Desk, form: FormState, post: &IncidentPost, status: StatusCode) -> Response {
    let view = RemoveIncidentPage {
        bar: desk.bar(),
        form,
        action: desk.at(&format!("{}/incidents/{}/retirer", super::PATH, post.id)),
        back: desk.at(super::PATH),
        title: post.title.clone(),
    };
    page(status, remove_incident_page(&view))
}
