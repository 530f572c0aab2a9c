//! How families book at all: how long a place is held, whom to call, which documents there are.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Done, Flaw, FormState};
use server_ui::desk::rules::{SettingsPage, settings_page};
use shared::operation::{Body, BookingSettingsRecord, Refusal};

use super::PATH;
use super::sets::Sets;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::{Right, may};
use crate::web::desk::visit::Desk;

/// Kinds of documents there may be, and the longest name of one.
const KINDS_MOST: usize = 30;
const KIND_MOST: usize = 80;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeRules)?;
    let sets = Sets::load(&desk).await?;
    Ok(draw(&desk, filled(&sets), StatusCode::OK))
}

fn filled(sets: &Sets) -> FormState {
    let settings = &sets.settings;
    FormState::default()
        .with("minutes", settings.hold_minutes.to_string())
        .with_maybe("telephone", settings.phone.clone())
        .with("pieces", settings.documents.join("\n"))
        .of_version(sets.settings_version)
}

pub(super) async fn change(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditRules)?;
    let minutes = form.number("minutes", 1, 240);
    let phone = form.maybe_phone("telephone");
    let typed = form
        .maybe_lines("pieces", KINDS_MOST * (KIND_MOST + 1))
        .unwrap_or_default();
    let mut documents: Vec<String> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.chars().count() > KIND_MOST {
            form.flaw("pieces", Flaw::TooLong(KIND_MOST));
        }
        if !documents.iter().any(|known| known == line) {
            documents.push(line.to_owned());
        }
    }
    if documents.len() > KINDS_MOST {
        form.flaw("pieces", Flaw::Said("desk-rules-too-many-kinds"));
    }
    let settings = BookingSettingsRecord {
        hold_minutes: u32::try_from(minutes).unwrap_or_default(),
        phone,
        documents,
    };
    let Some(settings) = form.sound(settings) else {
        return Ok(draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY));
    };
    // No row yet is version 0, which the record does not know.
    let seen = form.seen().filter(|seen| *seen > 0);
    match desk.submit(seen, Body::PutBookingSettings { settings }).await? {
        Ok(_) => Ok(desk.done(&desk.at(&format!("{PATH}/reglages")), Done::Saved)),
        Err(Refusal::Changed { version }) => {
            let sets = Sets::load(&desk).await?;
            form.overtaken(filled(&sets), version);
            Ok(draw(&desk, form, StatusCode::CONFLICT))
        }
        Err(refusal) => {
            form.refuse("minutes", &refusal);
            Ok(draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn draw(desk: &Desk, form: FormState, status: StatusCode) -> Response {
    let view = SettingsPage {
        bar: desk.bar(),
        form,
        list: desk.at(PATH),
        may_edit: may(desk.session.role, Right::EditRules),
    };
    page(status, settings_page(&view))
}
