//! A PIN for a member of the staff: drawn or typed, hashed at once, shown on one answer only.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Done, Flaw, FormState};
use server_ui::desk::structure::{CodeGiven, CodePage, code_given_page, code_page};
use shared::operation::{Body, StaffRecord};

use super::super::posted::Posted;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::records::{Kind, base, standing};
use crate::pins::{self, Unfit};
use crate::web::{WebError, hashing};

pub(super) async fn ask(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageStaff)?;
    let (town, (member, _)) = standing::<StaffRecord>(&desk).await?;
    let has_code = member.has_secret(&town);
    Ok(draw(
        &desk,
        StatusCode::OK,
        FormState::default(),
        member,
        has_code,
    ))
}

fn draw(desk: &Desk, status: StatusCode, form: FormState, member: StaffRecord, has_code: bool) -> Response {
    let view = CodePage {
        bar: desk.bar(),
        form,
        id: member.id.to_string(),
        name: member.name,
        has_code,
    };
    page(status, code_page(&view))
}

pub(super) async fn give(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::ManageStaff)?;
    let (town, (member, _)) = standing::<StaffRecord>(&desk).await?;
    let has_code = member.has_secret(&town);
    let typed: String = form.value("code").split_whitespace().collect();
    let code = if typed.is_empty() { pins::draw() } else { typed };
    if let Err(unfit) = pins::check(&code) {
        let key = match unfit {
            Unfit::Shape => "structure-code-shape",
            Unfit::Weak => "structure-code-weak",
        };
        form.flaw("code", Flaw::Said(key));
        return Ok(draw(
            &desk,
            StatusCode::UNPROCESSABLE_ENTITY,
            form,
            member,
            has_code,
        ));
    }
    let place = hashing::place().await?;
    let pin = code.clone();
    let hashed = desk
        .visit
        .app
        .with(&desk.visit.slug, move |_| Ok::<_, WebError>(pins::hash(&pin)));
    let phc = Some(hashed.await?);
    drop(place);
    let staff = member.id;
    match desk.submit(None, Body::SetStaffPin { staff, phc }).await? {
        Ok(_) => {
            let view = CodeGiven {
                bar: desk.bar(),
                id: member.id.to_string(),
                name: member.name,
                code,
            };
            Ok(page(StatusCode::OK, code_given_page(&view)))
        }
        Err(refusal) => {
            form.refuse("code", &refusal);
            Ok(draw(
                &desk,
                StatusCode::UNPROCESSABLE_ENTITY,
                form,
                member,
                has_code,
            ))
        }
    }
}

pub(super) async fn take(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::ManageStaff)?;
    let (town, (member, _)) = standing::<StaffRecord>(&desk).await?;
    let has_code = member.has_secret(&town);
    let back = format!("{}/{}", base::<StaffRecord>(&desk), member.id);
    if !has_code {
        return Ok(desk.done(&back, Done::Unchanged));
    }
    let staff = member.id;
    match desk.submit(None, Body::SetStaffPin { staff, phc: None }).await? {
        Ok(_) => Ok(desk.done(&back, Done::Removed)),
        Err(refusal) => {
            form.refuse("code", &refusal);
            Ok(draw(
                &desk,
                StatusCode::UNPROCESSABLE_ENTITY,
                form,
                member,
                has_code,
            ))
        }
    }
}
