//! A tablet that is waited for no longer, by name and with a reason.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::{Done, Flaw, FormState};
use server_ui::desk::recovery::{WaivePage, waive_page};
use shared::ids::DeviceId;
use shared::operation::Body;

use super::super::posted::Posted;
use super::super::quarantine::end_of;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use crate::returns;
use crate::store::StoreError;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Recover)?;
    let tablet = find(&desk).await?;
    Ok(draw(&desk, tablet, FormState::default(), StatusCode::OK))
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::Recover)?;
    let tablet = find(&desk).await?;
    let reason = form.value("raison").trim().to_owned();
    if reason.is_empty() {
        form.flaw("raison", Flaw::Missing);
        return Ok(draw(&desk, tablet, form, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let device = tablet.0;
    match desk.submit(None, Body::WaiveDevice { device, reason }).await? {
        Ok(_) => Ok(desk.done(&desk.at(super::PATH), Done::Waived)),
        Err(refusal) => {
            form.refuse("raison", &refusal);
            Ok(draw(&desk, tablet, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// A tablet that is still waited for.
async fn find(desk: &Desk) -> Result<(DeviceId, String), DeskError> {
    let id = DeviceId(desk.uuid("id")?);
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let Some(recovery) = returns::newest(tx)? else {
                return Ok(None);
            };
            let mut tablets = returns::status(tx, &recovery)?.tablets.into_iter();
            Ok::<_, StoreError>(tablets.find(|tablet| tablet.id == id))
        })
    });
    found
        .await?
        .filter(|tablet| !tablet.verdict.is_settled())
        .map(|tablet| (tablet.id, tablet.name))
        .ok_or_else(|| desk.said(Notice::PageUnknown))
}

fn draw(desk: &Desk, (id, name): (DeviceId, String), form: FormState, status: StatusCode) -> Response {
    let view = WaivePage {
        bar: desk.bar(),
        form,
        name,
        end: end_of(id.0),
        action: desk.at(&format!("{}/tablettes/{id}", super::PATH)),
        back: desk.at(super::PATH),
    };
    page(status, waive_page(&view))
}
