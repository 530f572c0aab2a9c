//! Changing a household and its guardians, and adding one to a child.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::families::{HomeFormPage, home_form_page};
use server_ui::desk::form::{Done, FormState};
use shared::ids::{ChildId, HouseholdId};
use shared::operation::{Body, ChildRecord, GuardianRecord, HouseholdRecord, Refusal};
use uuid::Uuid;

use super::guardians;
use crate::clock::random;
use crate::record;
use crate::store::{Read, StoreError};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page, see_other};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// What a form is drawn beside.
struct Around {
    home: Option<(HouseholdRecord, i64)>,
    /// The child whose card leads here.
    child: Option<(ChildRecord, i64)>,
}

async fn around(desk: &Desk, home: Option<HouseholdId>, child: Option<ChildId>) -> Result<Around, DeskError> {
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx: &mut dyn Read| {
            let home = match home {
                Some(id) => record::household(tx, id)?,
                None => None,
            };
            let child = match child {
                Some(id) => record::child(tx, id)?,
                None => None,
            };
            Ok::<_, StoreError>(Around { home, child })
        })
    });
    let found = found.await?;
    if home.is_some() && found.home.is_none() || child.is_some() && found.child.is_none() {
        return Err(desk.said(Notice::PageUnknown));
    }
    Ok(found)
}

/// The child that the address names.
fn asked_child(desk: &Desk) -> Result<Option<ChildId>, DeskError> {
    let asked = desk.asked(&["enfant"]);
    match asked.value("enfant") {
        "" => Ok(None),
        text => match text.parse() {
            Ok(id) => Ok(Some(ChildId(id))),
            Err(_) => Err(desk.said(Notice::PageUnknown)),
        },
    }
}

/// How many rows a form draws: those it holds.
fn rows_of(form: &FormState) -> usize {
    let told = form.value("lignes").parse().unwrap_or(0);
    let held = (0..guardians::MOST)
        .filter(|row| !form.value(&format!("resp-id-{row}")).is_empty())
        .count();
    held.max(told).clamp(1, guardians::MOST)
}

/// Where to go when all is done.
fn back(desk: &Desk, child: Option<&ChildRecord>) -> String {
    child.map_or_else(
        || desk.at("/enfants"),
        |child| desk.at(&format!("/enfants/{}", child.id)),
    )
}

fn draw(desk: &Desk, form: FormState, around: &Around, rows: usize, status: StatusCode) -> Response {
    let child = around.child.as_ref().map(|(child, _)| child);
    let home = around.home.as_ref().map(|(home, _)| home);
    let action = match home {
        Some(home) => format!("/foyers/{}", home.id),
        None => "/foyers/nouveau".to_owned(),
    };
    let view = HomeFormPage {
        bar: desk.bar(),
        home: desk.at(""),
        action: desk.at(&action),
        cancel: back(desk, child),
        name: home.map(|home| home.name.clone()),
        child: child.map(|child| {
            let name = format!("{} {}", child.last_name, child.first_name);
            (name, desk.at(&format!("/enfants/{}", child.id)))
        }),
        rows: rows.clamp(1, guardians::MOST),
        form,
    };
    page(status, home_form_page(&view))
}

/// The guardians that a form holds.
fn read(form: &mut FormState, known: &[GuardianRecord], number: Uuid) -> Vec<GuardianRecord> {
    let mut all: Vec<GuardianRecord> = Vec::new();
    for row in 0..rows_of(form) {
        let new = guardians::follows(number, &format!("guardian-{row}"));
        if let Some(guardian) = guardians::read(form, row, known, new)
            && all.iter().all(|other| other.id != guardian.id)
        {
            all.push(guardian);
        }
    }
    all.sort_by_key(|guardian| guardian.id);
    all
}

pub(super) async fn edit(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditFamilies)?;
    let id = HouseholdId(desk.uuid("id")?);
    let around = around(&desk, Some(id), asked_child(&desk)?).await?;
    let Some((home, version)) = &around.home else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let child = around.child.as_ref().map(|(child, _)| child.id.to_string());
    let form = guardians::state_of(home)
        .of_version(*version)
        .with("numero", Uuid::from_bytes(random()).to_string())
        .with_maybe("enfant", child);
    let rows = home.guardians.len().max(1);
    Ok(draw(&desk, form, &around, rows, StatusCode::OK))
}

pub(super) async fn change(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditFamilies)?;
    let id = HouseholdId(desk.uuid("id")?);
    let child = form.value("enfant").parse().ok().map(ChildId);
    let beside = around(&desk, Some(id), child).await?;
    let rows = rows_of(&form);
    if form.has("ajouter") {
        // One more row, nothing saved yet.
        return Ok(draw(&desk, form, &beside, rows + 1, StatusCode::OK));
    }
    let Some((there, version)) = &beside.home else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let number = guardians::number(&form);
    let household = HouseholdRecord {
        id,
        name: form.text("foyer", 120),
        guardians: read(&mut form, &there.guardians, number),
    };
    if form.is_flawed() {
        return Ok(draw(&desk, form, &beside, rows, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let card = back(&desk, beside.child.as_ref().map(|(child, _)| child));
    if household == *there && form.seen() == Some(*version) {
        return Ok(desk.done(&card, Done::Unchanged));
    }
    let seen = form.seen().or(Some(0));
    match desk.submit(seen, Body::PutHousehold { household }).await? {
        Ok(_) => Ok(desk.done(&card, Done::Saved)),
        Err(Refusal::Changed { version }) => {
            let newer = around(&desk, Some(id), child).await?;
            if let Some((home, _)) = &newer.home {
                form.overtaken(guardians::state_of(home), version);
            }
            Ok(draw(&desk, form, &newer, rows, StatusCode::CONFLICT))
        }
        Err(refusal) => {
            form.refuse("foyer", &refusal);
            Ok(draw(&desk, form, &beside, rows, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

pub(super) async fn new(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditFamilies)?;
    let around = around(&desk, None, asked_child(&desk)?).await?;
    let Some((child, _)) = &around.child else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let form = FormState::default()
        .with("numero", Uuid::from_bytes(random()).to_string())
        .with("enfant", child.id.to_string())
        .with("foyer", server_ui::desk::families::home_name(&child.last_name));
    Ok(draw(&desk, form, &around, 1, StatusCode::OK))
}

pub(super) async fn make(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditFamilies)?;
    let child = form.value("enfant").parse().ok().map(ChildId);
    let beside = around(&desk, None, child).await?;
    let Some((child, version)) = &beside.child else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let rows = rows_of(&form);
    if form.has("ajouter") {
        return Ok(draw(&desk, form, &beside, rows + 1, StatusCode::OK));
    }
    let number = guardians::number(&form);
    let household = HouseholdRecord {
        id: guardians::household_of(number),
        name: form.text("foyer", 120),
        guardians: read(&mut form, &[], number),
    };
    if form.is_flawed() {
        return Ok(draw(&desk, form, &beside, rows, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let card = back(&desk, Some(child));
    if child.households.contains(&household.id) {
        // The same form sent twice.
        return Ok(see_other(&card));
    }
    let mut child = child.clone();
    child.households.push(household.id);
    let bodies = vec![
        (None, Body::PutHousehold { household }),
        (Some(*version), Body::PutChild { child }),
    ];
    match desk.submit_all(bodies).await? {
        Ok(_) => Ok(desk.done(&card, Done::Created)),
        Err(refusal) => {
            form.refuse("foyer", &refusal);
            Ok(draw(&desk, form, &beside, rows, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}
