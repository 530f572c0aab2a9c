//! A part of the service is opened or closed: the one way, from whichever page.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::{Done, Flaw, FormState};
use server_ui::desk::service::{preset, service_page};
use shared::operation::{Body, Capability, Openness, Refusal};

use super::read::load;
use crate::web::desk::posted::Posted;
use crate::web::desk::recovery;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::Recover)?;
    let Some(capability) = Capability::named(desk.word("part")) else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let word = capability.as_str();
    let (state_field, message_field) = (format!("etat_{word}"), format!("message_{word}"));
    let mut message = form.value(&message_field).trim().to_owned();
    let Some(state) = Openness::named(form.value(&state_field)) else {
        form.flaw(&state_field, Flaw::NoneChosen);
        return draw(&desk, capability, form, None).await;
    };
    if message.is_empty()
        && state != Openness::Open
        && let Some(words) = preset(capability, form.value(&format!("modele_{word}")))
    {
        message = words;
    }
    let body = Body::SetCapability {
        capability,
        state,
        message,
    };
    match desk.submit(form.seen(), body).await? {
        Ok(_) => {
            let from = if form.value("depuis") == "retour" {
                recovery::PATH
            } else {
                super::PATH
            };
            Ok(desk.done(&format!("{}#service-{word}", desk.at(from)), Done::Switched))
        }
        Err(Refusal::Changed { version }) => draw(&desk, capability, form, Some(version)).await,
        Err(refusal) => {
            form.refuse(&message_field, &refusal);
            draw(&desk, capability, form, None).await
        }
    }
}

/// The page with the form as it was sent; beside what somebody else saved, at version `newer`.
async fn draw(
    desk: &Desk,
    capability: Capability,
    mut form: FormState,
    newer: Option<i64>,
) -> Result<Response, DeskError> {
    let mut view = load(desk).await?;
    if let Some(part) = view.parts.iter_mut().find(|part| part.capability == capability) {
        if let Some(version) = newer {
            form.overtaken(part.form.clone(), version);
        }
        part.form = form;
    }
    let status = if newer.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(page(status, service_page(&view)))
}
