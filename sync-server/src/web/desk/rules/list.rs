//! The list of sets, and a new one.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use server_ui::desk::Notice;
use server_ui::desk::form::{Done, Flaw, FormState};
use server_ui::desk::rules::{GeneralPage, ListPage, Model, SetLine, Word, general_page, list_page};
use shared::ids::{ActivityId, RuleSetId, mint};
use shared::operation::{Body, Refusal, RuleSetRecord};

use super::parts::offered;
use super::sets::Sets;
use super::{PATH, models, said};
use crate::clock::random;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::{Right, may};
use crate::web::desk::visit::Desk;

/// Longest name of a set.
const NAME_MOST: usize = 120;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeRules)?;
    let sets = Sets::load(&desk).await?;
    let at = desk.at(PATH);
    let lines = sets.all.iter().map(|(set, _)| {
        let found = said::check(set, &sets);
        SetLine {
            address: format!("{at}/{}", set.id),
            name: set.name.clone(),
            activities: sets.activity_names(set),
            span: said::span(set),
            live: set.live,
            today: sets.counts_today(set),
            errors: found.iter().filter(|one| one.grave).count(),
            warnings: found.iter().filter(|one| !one.grave).count(),
        }
    });
    let bare = sets
        .activities
        .iter()
        .filter(|one| !one.retired && sets.counting(one.id, sets.today).is_none())
        .map(|one| one.name.clone());
    let view = ListPage {
        bar: desk.bar(),
        may_edit: may(desk.session.role, Right::EditRules),
        lines: lines.collect(),
        bare: bare.collect(),
        at,
    };
    Ok(page(StatusCode::OK, list_page(&view)))
}

pub(super) async fn new(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditRules)?;
    let model = desk
        .visit
        .asked("modele")
        .and_then(Model::parse)
        .unwrap_or(Model::Blank);
    let sets = Sets::load(&desk).await?;
    // The id is drawn here, so that a form sent twice makes one set.
    let id = mint(desk.commune.clock.now(), random());
    let year = if sets.today.month() >= 8 {
        sets.today.year()
    } else {
        sets.today.year() - 1
    };
    let form = FormState::default()
        .with("id", id.to_string())
        .with("modele", model.word())
        .with_maybe("nom", (model != Model::Blank).then(|| model.said()))
        .with("du", format!("{year}-09-01"));
    Ok(draw(&desk, form, &sets, model, StatusCode::OK))
}

pub(super) async fn create(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditRules)?;
    let Some(id) = form.id::<RuleSetId>("id") else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    let sets = Sets::load(&desk).await?;
    let model = Model::parse(form.value("modele")).unwrap_or(Model::Blank);
    let address = desk.at(&format!("{PATH}/{id}"));
    if sets.find(id).is_some() {
        return Ok(desk.done(&address, Done::Created));
    }
    let base = RuleSetRecord {
        id,
        ..models::of(model, &sets.settings.documents)
    };
    let Some(rules) = general(&mut form, base, &sets) else {
        return Ok(draw(&desk, form, &sets, model, StatusCode::UNPROCESSABLE_ENTITY));
    };
    match desk.submit(None, Body::PutRules { rules }).await? {
        Ok(_) => Ok(desk.done(&address, Done::Created)),
        Err(refusal) => {
            form.refuse("nom", &refusal);
            Ok(draw(&desk, form, &sets, model, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn draw(desk: &Desk, form: FormState, sets: &Sets, model: Model, status: StatusCode) -> Response {
    let list = desk.at(PATH);
    let view = GeneralPage {
        bar: desk.bar(),
        form,
        activities: sets.activity_choices(None),
        model: Some(model),
        action: format!("{list}/nouvelles"),
        under: vec![list],
        name: None,
    };
    page(status, general_page(&view))
}

/// Reads what a set is called, what it is about and when.
fn general(form: &mut FormState, before: RuleSetRecord, sets: &Sets) -> Option<RuleSetRecord> {
    let offers = sets.activity_choices(Some(&before));
    let name = form.text("nom", NAME_MOST);
    let activities = form.some_choices("activites", |word| offered(&offers, word, ActivityId));
    let (from, until) = (form.date("du"), form.maybe_date("au"));
    if until.is_some_and(|until| until < from) {
        form.flaw("au", Flaw::Said("desk-rules-until-before"));
    }
    form.sound(RuleSetRecord {
        name,
        activities,
        from,
        until,
        ..before
    })
}

pub(super) async fn edit(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditRules)?;
    let sets = Sets::load(&desk).await?;
    let (set, version) = sets.of(&desk)?;
    let form = filled(&set).of_version(version);
    Ok(redraw(&desk, form, &sets, &set, StatusCode::OK))
}

pub(super) async fn change(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditRules)?;
    let sets = Sets::load(&desk).await?;
    let (set, _) = sets.of(&desk)?;
    if set.live {
        form.flaw("nom", Flaw::Said("desk-rules-is-live"));
    }
    let Some(rules) = general(&mut form, set.clone(), &sets) else {
        return Ok(redraw(&desk, form, &sets, &set, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let address = desk.at(&format!("{PATH}/{}", set.id));
    match desk.submit(form.seen(), Body::PutRules { rules }).await? {
        Ok(_) => Ok(desk.done(&address, Done::Saved)),
        Err(Refusal::Changed { version }) => {
            let sets = Sets::load(&desk).await?;
            let (newer, _) = sets.of(&desk)?;
            form.overtaken(filled(&newer), version);
            Ok(redraw(&desk, form, &sets, &newer, StatusCode::CONFLICT))
        }
        Err(refusal) => {
            form.refuse("nom", &refusal);
            Ok(redraw(&desk, form, &sets, &set, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn filled(set: &RuleSetRecord) -> FormState {
    FormState::default()
        .with("nom", set.name.clone())
        .with_all("activites", set.activities.iter().map(ToString::to_string))
        .with("du", set.from.to_string())
        .with_maybe("au", set.until.map(|until| until.to_string()))
}

fn redraw(desk: &Desk, form: FormState, sets: &Sets, set: &RuleSetRecord, status: StatusCode) -> Response {
    let list = desk.at(PATH);
    let at = format!("{list}/{}", set.id);
    let view = GeneralPage {
        bar: desk.bar(),
        form,
        activities: sets.activity_choices(Some(set)),
        model: None,
        action: format!("{at}/modifier"),
        under: vec![list, at],
        name: Some(set.name.clone()),
    };
    page(status, general_page(&view))
}
