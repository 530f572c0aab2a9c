//! One set, and what becomes of it as a whole: duplicated, put into force, taken out, deleted.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Done, FormState};
use server_ui::desk::rules::{
    ShowPage, Table, TableBlock, VersionPage, Word, delete_page, refused_words, show_page, version_page,
};
use shared::ids::{RuleSetId, mint};
use shared::operation::{Body, Refusal, RuleSetRecord};

use super::sets::Sets;
use super::{PATH, said};
use crate::clock::random;
use crate::record::Versioned;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::{Right, may};
use crate::web::desk::visit::Desk;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeRules)?;
    let sets = Sets::load(&desk).await?;
    let found = sets.of(&desk)?;
    Ok(draw(&desk, &sets, &found, None, StatusCode::OK))
}

/// The page of a set, with why what was asked for was not done.
pub(super) fn draw(
    desk: &Desk,
    sets: &Sets,
    (set, version): &Versioned<RuleSetRecord>,
    refused: Option<String>,
    status: StatusCode,
) -> Response {
    let list = desk.at(PATH);
    let blocks = Table::ALL.iter().map(|(table, _)| TableBlock {
        table: *table,
        lines: said::table(set, *table, sets),
    });
    let view = ShowPage {
        bar: desk.bar(),
        at: format!("{list}/{}", set.id),
        list,
        name: set.name.clone(),
        activities: sets.activity_names(set),
        span: said::span(set),
        live: set.live,
        today: sets.counts_today(set),
        version: *version,
        may_edit: may(desk.session.role, Right::EditRules),
        found: said::check(set, sets),
        tables: blocks.collect(),
        refused,
    };
    page(status, show_page(&view))
}

/// Somebody changed the set meanwhile, or the corridor says no: the set as it is now, and why.
pub(super) async fn refused(desk: &Desk, refusal: &Refusal) -> Result<Response, DeskError> {
    let sets = Sets::load(desk).await?;
    let found = sets.of(desk)?;
    let (status, words) = match refusal {
        Refusal::Changed { .. } => (StatusCode::CONFLICT, refused_words(true)),
        other => (StatusCode::UNPROCESSABLE_ENTITY, other.to_string()),
    };
    Ok(draw(desk, &sets, &found, Some(words), status))
}

pub(super) async fn go_live(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::EditRules)?;
    let sets = Sets::load(&desk).await?;
    let (mut set, version) = sets.of(&desk)?;
    let at = desk.at(&format!("{PATH}/{}", set.id));
    if set.live {
        return Ok(desk.done(&at, Done::Unchanged));
    }
    if said::check(&set, &sets).iter().any(|one| one.grave) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(draw(
            &desk,
            &sets,
            &(set, version),
            Some(refused_words(false)),
            status,
        ));
    }
    set.live = true;
    match desk.submit(form.seen(), Body::PutRules { rules: set }).await? {
        Ok(_) => Ok(desk.done(&at, Done::RulesLive)),
        Err(refusal) => refused(&desk, &refusal).await,
    }
}

pub(super) async fn retire(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::EditRules)?;
    let sets = Sets::load(&desk).await?;
    let (mut set, _) = sets.of(&desk)?;
    let at = desk.at(&format!("{PATH}/{}", set.id));
    if !set.live {
        return Ok(desk.done(&at, Done::Unchanged));
    }
    set.live = false;
    match desk.submit(form.seen(), Body::PutRules { rules: set }).await? {
        Ok(_) => Ok(desk.done(&at, Done::RulesRetired)),
        Err(refusal) => refused(&desk, &refusal).await,
    }
}

pub(super) async fn duplicate(posted: Posted) -> Result<Response, DeskError> {
    let (desk, _) = posted.allow(Right::EditRules)?;
    let sets = Sets::load(&desk).await?;
    let (mut set, _) = sets.of(&desk)?;
    set.id = RuleSetId(mint(desk.commune.clock.now(), random()));
    set.live = false;
    set.name = said::copy_name(&set.name);
    let at = desk.at(&format!("{PATH}/{}", set.id));
    match desk.submit(None, Body::PutRules { rules: set }).await? {
        Ok(_) => Ok(desk.done(&at, Done::Created)),
        Err(refusal) => refused(&desk, &refusal).await,
    }
}

pub(super) async fn version(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditRules)?;
    let sets = Sets::load(&desk).await?;
    let (set, _) = sets.of(&desk)?;
    let id = mint(desk.commune.clock.now(), random());
    let form = FormState::default()
        .with("id", id.to_string())
        .with("du", sets.today.to_string());
    Ok(page(StatusCode::OK, version_page(&small(&desk, form, &set))))
}

pub(super) async fn make_version(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditRules)?;
    let sets = Sets::load(&desk).await?;
    let (set, _) = sets.of(&desk)?;
    let (id, from) = (form.id::<RuleSetId>("id"), form.date("du"));
    let Some(id) = form.sound(id).flatten() else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(status, version_page(&small(&desk, form, &set))));
    };
    let at = desk.at(&format!("{PATH}/{id}"));
    if sets.find(id).is_some() {
        return Ok(desk.done(&at, Done::Created));
    }
    let until = set.until.filter(|until| *until >= from);
    let rules = RuleSetRecord {
        id,
        from,
        until,
        live: false,
        ..set.clone()
    };
    match desk.submit(None, Body::PutRules { rules }).await? {
        Ok(_) => Ok(desk.done(&at, Done::Created)),
        Err(refusal) => {
            form.refuse("du", &refusal);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page(status, version_page(&small(&desk, form, &set))))
        }
    }
}

fn small(desk: &Desk, form: FormState, set: &RuleSetRecord) -> VersionPage {
    let list = desk.at(PATH);
    let at = format!("{list}/{}", set.id);
    VersionPage {
        bar: desk.bar(),
        form,
        under: [list, at],
        name: set.name.clone(),
    }
}

pub(super) async fn ask_delete(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditRules)?;
    let sets = Sets::load(&desk).await?;
    let (set, version) = sets.of(&desk)?;
    let form = FormState::default().of_version(version);
    Ok(page(StatusCode::OK, delete_page(&small(&desk, form, &set))))
}

pub(super) async fn delete(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditRules)?;
    let sets = Sets::load(&desk).await?;
    let (set, _) = sets.of(&desk)?;
    form.word("mot", &said::delete_word());
    if set.live {
        form.flaw("mot", server_ui::desk::form::Flaw::Said("desk-rules-is-live"));
    }
    if form.is_flawed() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(status, delete_page(&small(&desk, form, &set))));
    }
    match desk
        .submit(form.seen(), Body::RemoveRules { rules: set.id })
        .await?
    {
        Ok(_) => Ok(desk.done(&desk.at(PATH), Done::Removed)),
        Err(refusal) => refused(&desk, &refusal).await,
    }
}
