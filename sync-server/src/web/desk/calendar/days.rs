//! Exceptional days: the list, entering one, changing it, taking it back.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::Timelike;
use server_ui::desk::Notice;
use server_ui::desk::calendar::{
    DayFormPage, DayLine, DaysPage, PreviewPage, RemovePage, day_form, days_page, preview, remove_page,
};
use server_ui::desk::form::{Done, FormState};
use shared::codec::Minute;
use shared::ids::{ActivityId, ExceptionalDayId, mint};
use shared::operation::{Body, ExceptionalDayRecord, ExceptionalKind, MealEffect, Refusal};

use super::concerned::Now;
use super::entry::{FREEZE, Places, state_of};
use super::{CALENDAR, DAYS, concerned};
use crate::clock::random;
use crate::commune::Commune;
use crate::record;
use crate::store::StoreError;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::{Right, may};
use crate::web::desk::visit::Desk;

/// What goes with a form: the day as the record has it, and the town's places.
type Known = (Option<(ExceptionalDayRecord, i64)>, Places);

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeStructure)?;
    let bar = desk.bar();
    let may_edit = may(desk.session.role, Right::EditCalendar);
    let (back, list) = (desk.at(CALENDAR), desk.at(DAYS));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let places = Places::read(tx)?;
            let days = record::exceptional_days(tx)?.into_iter().map(|(day, _)| DayLine {
                whom: places.whom(&day),
                edit: may_edit.then(|| format!("{list}/{}", day.id)),
                remove: may_edit.then(|| format!("{list}/{}/supprimer", day.id)),
                day,
            });
            let (coming, mut past): (Vec<_>, Vec<_>) =
                days.partition(|line| line.day.until.is_none_or(|until| until >= today));
            past.reverse();
            Ok::<_, StoreError>(DaysPage {
                bar,
                back,
                new: may_edit.then(|| format!("{list}/nouveau")),
                coming,
                past,
            })
        })
    });
    Ok(page(StatusCode::OK, days_page(&view.await?)))
}

pub(super) async fn new(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditCalendar)?;
    let (_, places) = known(&desk, None).await?;
    let form = FormState::default()
        .with("genre", ExceptionalKind::Outing.as_str())
        .with("repas", MealEffect::Kept.as_str())
        .with("sort", FREEZE);
    Ok(draw(&desk, form, &places, None, StatusCode::OK))
}

pub(super) async fn edit(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditCalendar)?;
    let id = ExceptionalDayId(desk.uuid("id")?);
    let (day, places) = known(&desk, Some(id)).await?;
    let Some((day, version)) = day else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let form = state_of(&day, &places).of_version(version);
    Ok(draw(&desk, form, &places, Some(id), StatusCode::OK))
}

pub(super) async fn create(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::EditCalendar)?;
    take(desk, form, None).await
}

pub(super) async fn change(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::EditCalendar)?;
    let id = ExceptionalDayId(desk.uuid("id")?);
    take(desk, form, Some(id)).await
}

/// A form goes through two steps: what it would change is shown, then it is saved.
async fn take(desk: Desk, mut form: FormState, id: Option<ExceptionalDayId>) -> Result<Response, DeskError> {
    let (stored, places) = known(&desk, id).await?;
    if id.is_some() && stored.is_none() {
        return Err(desk.said(Notice::PageUnknown));
    }
    let step = form.value("etape").to_owned();
    form.drop_all("etape");
    if step == "corriger" {
        return Ok(draw(&desk, form, &places, id, StatusCode::OK));
    }
    let now = desk.commune.clock.now();
    let service = stored
        .as_ref()
        .and_then(|(day, _)| day.minimum_service.as_ref().map(|service| service.activity))
        .unwrap_or_else(|| ActivityId(mint(now, random())));
    let of = id.unwrap_or_else(|| ExceptionalDayId(mint(now, random())));
    let day = places.understood(&mut form, of, service);
    let Some(day) = form.sound(day) else {
        return Ok(draw(&desk, form, &places, id, StatusCode::UNPROCESSABLE_ENTITY));
    };
    if step != "enregistrer" {
        return show_preview(&desk, form, &places, day, id).await;
    }
    match desk.submit(form.seen(), Body::PutExceptionalDay { day }).await? {
        Ok(_) => {
            let done = if id.is_some() { Done::Saved } else { Done::Created };
            Ok(desk.done(&desk.at(DAYS), done))
        }
        Err(Refusal::Changed { version }) => {
            let (newer, places) = known(&desk, id).await?;
            if let Some((newer, _)) = newer {
                form.overtaken(state_of(&newer, &places), version);
            }
            Ok(draw(&desk, form, &places, id, StatusCode::CONFLICT))
        }
        Err(refusal) => {
            form.refuse("motif", &refusal);
            Ok(draw(&desk, form, &places, id, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

async fn show_preview(
    desk: &Desk,
    form: FormState,
    places: &Places,
    day: ExceptionalDayRecord,
    id: Option<ExceptionalDayId>,
) -> Result<Response, DeskError> {
    let judged = day.clone();
    let counted = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let now = clock_of(commune);
        commune.store.read(|tx| concerned::count(tx, &judged, now))
    });
    let view = PreviewPage {
        bar: desk.bar(),
        form,
        action: action(desk, id),
        under: under(desk),
        whom: places.whom(&day),
        service_site: day
            .minimum_service
            .as_ref()
            .and_then(|service| places.site_name(service.site)),
        day,
        concerned: counted.await?,
    };
    Ok(page(StatusCode::OK, preview(&view)))
}

pub(super) async fn ask_removal(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditCalendar)?;
    let id = ExceptionalDayId(desk.uuid("id")?);
    let (day, places) = known(&desk, Some(id)).await?;
    let Some((day, version)) = day else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let form = FormState::default().of_version(version);
    let back = given_back(&desk, id).await?;
    Ok(ask(&desk, form, &places, (day, back), StatusCode::OK))
}

pub(super) async fn remove(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditCalendar)?;
    let id = ExceptionalDayId(desk.uuid("id")?);
    let body = Body::RemoveExceptionalDay { day: id };
    let Err(refusal) = desk.submit(form.seen(), body).await? else {
        return Ok(desk.done(&desk.at(DAYS), Done::Removed));
    };
    let (day, places) = known(&desk, Some(id)).await?;
    let Some((day, _)) = day else {
        // Somebody else took it back meanwhile: it is as this form wants it.
        return Ok(desk.done(&desk.at(DAYS), Done::Unchanged));
    };
    let status = match refusal {
        Refusal::Changed { version } => {
            form.overtaken(FormState::default(), version);
            StatusCode::CONFLICT
        }
        refusal => {
            form.refuse("jour", &refusal);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    let back = given_back(&desk, id).await?;
    Ok(ask(&desk, form, &places, (day, back), status))
}

/// How many reservations stand again once a day is removed.
async fn given_back(desk: &Desk, id: ExceptionalDayId) -> Result<usize, DeskError> {
    let counted = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let now = clock_of(commune);
        commune.store.read(|tx| concerned::given_back(tx, id, None, now))
    });
    Ok(counted.await?)
}

/// The town's clock.
fn clock_of(commune: &Commune) -> Now {
    let now = commune.clock.now();
    let time = now.time_in(commune.zone);
    let minute = u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(0);
    Now {
        date: now.date_in(commune.zone),
        minute: Minute(minute),
    }
}

async fn known(desk: &Desk, id: Option<ExceptionalDayId>) -> Result<Known, DeskError> {
    let read = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let day = match id {
                Some(id) => record::exceptional_day(tx, id)?,
                None => None,
            };
            Ok::<_, StoreError>((day, Places::read(tx)?))
        })
    });
    Ok(read.await?)
}

fn under(desk: &Desk) -> [String; 2] {
    [desk.at(CALENDAR), desk.at(DAYS)]
}

fn action(desk: &Desk, id: Option<ExceptionalDayId>) -> String {
    match id {
        Some(id) => desk.at(&format!("{DAYS}/{id}")),
        None => desk.at(&format!("{DAYS}/nouveau")),
    }
}

fn draw(
    desk: &Desk,
    form: FormState,
    places: &Places,
    id: Option<ExceptionalDayId>,
    status: StatusCode,
) -> Response {
    let offered = places.choices(&form);
    let view = DayFormPage {
        bar: desk.bar(),
        form,
        action: action(desk, id),
        under: under(desk),
        exists: id.is_some(),
        schools: offered.schools,
        classes: offered.classes,
        services: offered.services,
        places: offered.places,
        sites: offered.sites,
    };
    page(status, day_form(&view))
}

fn ask(
    desk: &Desk,
    form: FormState,
    places: &Places,
    (day, given_back): (ExceptionalDayRecord, usize),
    status: StatusCode,
) -> Response {
    let view = RemovePage {
        bar: desk.bar(),
        form,
        action: desk.at(&format!("{DAYS}/{}/supprimer", day.id)),
        under: under(desk),
        whom: places.whom(&day),
        given_back,
        day,
    };
    page(status, remove_page(&view))
}
