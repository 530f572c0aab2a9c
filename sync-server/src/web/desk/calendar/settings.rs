//! Which calendar the commune follows, and its own periods.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::calendar::{SettingsPage, settings};
use server_ui::desk::form::{Done, Flaw, FormState};
use shared::calendar::{HolidayRegion, SchoolZone};
use shared::operation::{Body, CalendarRecord, LocalKind, LocalPeriod, Refusal};

use super::CALENDAR;
use crate::record;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Most periods of our own; a town has a handful.
const MOST: usize = 40;
/// Empty lines under those filled in.
const SPARE: usize = 2;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditCalendar)?;
    let form = match read(&desk).await? {
        Some((calendar, version)) => state_of(&calendar).of_version(version),
        None => FormState::default(),
    };
    Ok(draw(&desk, form, StatusCode::OK))
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditCalendar)?;
    let calendar = understood(&mut form);
    let Some(calendar) = form.sound(calendar) else {
        return Ok(draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let region = calendar.region;
    match desk.submit(form.seen(), Body::PutCalendar { calendar }).await? {
        Ok(_) => {
            // Whoever has just chosen Alsace-Moselle finds the switch for Good Friday next.
            let asks = region == HolidayRegion::AlsaceMoselle && form.value("connue") != region.as_str();
            let next = if asks { "/reglages" } else { "" };
            Ok(desk.done(&desk.at(&format!("{CALENDAR}{next}")), Done::Saved))
        }
        Err(Refusal::Changed { version }) => {
            if let Some((newer, _)) = read(&desk).await? {
                form.overtaken(state_of(&newer), version);
            }
            Ok(draw(&desk, form, StatusCode::CONFLICT))
        }
        Err(refusal) => {
            form.refuse("zone", &refusal);
            Ok(draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

async fn read(desk: &Desk) -> Result<Option<(CalendarRecord, i64)>, DeskError> {
    let found = desk
        .visit
        .app
        .with(&desk.visit.slug, |commune| commune.store.read(record::calendar));
    Ok(found.await?)
}

fn draw(desk: &Desk, form: FormState, status: StatusCode) -> Response {
    let filled = (0..MOST)
        .rev()
        .find(|line| is_filled(&form, *line))
        .map_or(0, |last| last + 1);
    let view = SettingsPage {
        bar: desk.bar(),
        form,
        action: desk.at(&format!("{CALENDAR}/reglages")),
        back: desk.at(CALENDAR),
        lines: (filled + SPARE).min(MOST),
    };
    page(status, settings(&view))
}

fn is_filled(form: &FormState, line: usize) -> bool {
    ["nom", "du", "au"]
        .iter()
        .any(|what| !form.value(&format!("{what}-{line}")).trim().is_empty())
}

fn kind_word(kind: LocalKind) -> &'static str {
    match kind {
        LocalKind::Closed => "closed",
        LocalKind::Vacation => "vacation",
        LocalKind::School => "school",
    }
}

fn kind_of(word: &str) -> Option<LocalKind> {
    [LocalKind::Closed, LocalKind::Vacation, LocalKind::School]
        .into_iter()
        .find(|kind| kind_word(*kind) == word)
}

/// The form of a calendar.
fn state_of(calendar: &CalendarRecord) -> FormState {
    let state = FormState::default()
        .with("zone", calendar.zone.as_str())
        .with("region", calendar.region.as_str())
        .with("connue", calendar.region.as_str())
        .with_maybe("vendredi_saint", calendar.good_friday.then_some("oui"));
    calendar
        .local
        .iter()
        .enumerate()
        .fold(state, |state, (line, period)| {
            state
                .with(format!("nom-{line}"), period.name.as_str())
                .with(format!("genre-{line}"), kind_word(period.kind))
                .with(format!("du-{line}"), period.from.to_string())
                .with(format!("au-{line}"), period.until.to_string())
        })
}

/// The calendar of a form; what is wrong is noted in it.
fn understood(form: &mut FormState) -> CalendarRecord {
    let zone = form.choice("zone", SchoolZone::A, SchoolZone::parse);
    let region = form.choice("region", HolidayRegion::Metropole, HolidayRegion::parse);
    let mut local = Vec::new();
    for line in 0..MOST {
        if form.has(&format!("retirer-{line}")) || !is_filled(form, line) {
            continue;
        }
        local.push(period(form, line));
    }
    local.sort_by_key(|period| (period.from, period.until));
    CalendarRecord {
        zone,
        region,
        good_friday: region == HolidayRegion::AlsaceMoselle && form.has("vendredi_saint"),
        local,
    }
}

fn period(form: &mut FormState, line: usize) -> LocalPeriod {
    let (from_name, until_name) = (format!("du-{line}"), format!("au-{line}"));
    let name = form.text(&format!("nom-{line}"), 80);
    let kind = form.choice(&format!("genre-{line}"), LocalKind::Closed, kind_of);
    let from: NaiveDate = form.date(&from_name);
    // One day is said by its first alone.
    let until = form.maybe_date(&until_name).unwrap_or(from);
    if until < from {
        form.flaw(&until_name, Flaw::Said("calendar-until-before-from"));
    }
    LocalPeriod {
        from,
        until,
        name,
        kind,
    }
}
