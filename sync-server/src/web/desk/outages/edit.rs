//! Changing what was noted.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::{Done, FormState};
use server_ui::desk::outages::{OutageFormPage, outage_form};
use shared::ids::OutageId;
use shared::operation::{Body, Refusal};

use super::{PATH, Sites, entry, moment};
use crate::outages::{Outage, outage};
use crate::store::StoreError;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::NoteOutages)?;
    let (outage, sites) = find(&desk).await?;
    let form = entry::state_of(&outage, &desk.commune);
    let form = match outage.version {
        Some(version) => form.of_version(version),
        None => form,
    };
    Ok(draw(&desk, form, &outage, &sites, StatusCode::OK))
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::NoteOutages)?;
    let (before, sites) = find(&desk).await?;
    let id = before.record.id;
    let changed = entry::understood(&mut form, id, Some(&before), &sites, &desk.commune);
    let Some(changed) = changed else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(draw(&desk, form, &before, &sites, status));
    };
    match desk
        .submit(form.seen(), Body::PutOutage { outage: changed })
        .await?
    {
        Ok(_) => Ok(desk.done(&desk.at(&format!("{PATH}/{id}")), Done::Saved)),
        Err(Refusal::Changed { version }) => {
            let (newer, sites) = find(&desk).await?;
            form.overtaken(entry::state_of(&newer, &desk.commune), version);
            Ok(draw(&desk, form, &newer, &sites, StatusCode::CONFLICT))
        }
        Err(refusal) => {
            form.refuse("au", &refusal);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(draw(&desk, form, &before, &sites, status))
        }
    }
}

/// One that whoever asks may change.
async fn find(desk: &Desk) -> Result<(Outage, Sites), DeskError> {
    let id = OutageId(desk.uuid("id")?);
    let reach = desk.reach().clone();
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune
            .store
            .read(|tx| Ok::<_, StoreError>((outage(tx, id)?, Sites::read(tx, &reach)?)))
    });
    match found.await? {
        (Some(outage), sites) if sites.changes(&outage) => Ok((outage, sites)),
        _ => Err(desk.said(Notice::PageUnknown)),
    }
}

fn draw(desk: &Desk, form: FormState, outage: &Outage, sites: &Sites, status: StatusCode) -> Response {
    let id = outage.record.id;
    let action = desk.at(&format!("{PATH}/{id}/modifier"));
    let view = OutageFormPage {
        bar: desk.bar(),
        form: entry::drawn(form, action, sites, outage.record.cause),
        under: [desk.at(PATH), desk.at(&format!("{PATH}/{id}"))],
        from: moment(outage.record.from, &desk.commune),
    };
    page(status, outage_form(&view))
}
