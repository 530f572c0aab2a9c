//! Withdrawing a tablet.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::devices::{RevokePage, revoke_page};
use server_ui::desk::form::{Done, FormState};
use shared::codec::{Blob, encode};
use shared::ids::DeviceId;
use shared::operation::Body;
use shared::withdrawal::{Withdrawal, Withdrawn};

use super::super::posted::Posted;
use super::super::quarantine::end_of;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::list::{Tablet, tablets};

/// What is typed.
const WORD: &str = "RETIRER";

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageDevices)?;
    let tablet = find(&desk).await?;
    Ok(draw(&desk, &tablet, FormState::default(), StatusCode::OK))
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::ManageDevices)?;
    let tablet = find(&desk).await?;
    form.word("mot", WORD);
    if form.is_flawed() {
        return Ok(draw(&desk, &tablet, form, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let now = desk.commune.clock.now();
    let withdrawal = Withdrawal::sign(Withdrawn::Device, tablet.id.0, now, &desk.commune.keys.signing);
    let body = Body::Withdraw {
        withdrawal: Blob(encode(&withdrawal)),
    };
    match desk.submit(None, body).await? {
        Ok(_) => Ok(desk.done(&desk.at("/tablettes"), Done::TabletWithdrawn)),
        Err(refusal) => {
            form.refuse("mot", &refusal);
            Ok(draw(&desk, &tablet, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// The tablet in the path; one that is withdrawn already has no such page.
async fn find(desk: &Desk) -> Result<Tablet, DeskError> {
    let id = DeviceId(desk.uuid("id")?);
    let all = desk
        .visit
        .app
        .with(&desk.visit.slug, |commune| commune.store.read(tablets));
    let found = all.await?.into_iter().find(|tablet| tablet.id == id);
    found
        .filter(|tablet| !tablet.is_withdrawn())
        .ok_or_else(|| desk.said(Notice::PageUnknown))
}

fn draw(desk: &Desk, tablet: &Tablet, form: FormState, status: StatusCode) -> Response {
    let view = RevokePage {
        bar: desk.bar(),
        form,
        name: tablet.name.clone(),
        end: end_of(tablet.id.0),
        owed: tablet.owed,
        action: desk.at(&format!("/tablettes/{}/retirer", tablet.id)),
    };
    page(status, revoke_page(&view))
}
