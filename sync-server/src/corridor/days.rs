//! The calendar and exceptional days. They lie over the reservations, which stay as they are, unless a closure says that
//! it cancels what it meets.

use shared::codec::encode;
use shared::ids::ExceptionalDayId;
use shared::operation::{CalendarRecord, ExceptionalDayRecord, Outcome, Refusal};

use super::places::{known, known_school, known_site};
use super::{CorridorError, Effect, Stage, checks, closures, touch, unchanged};

type Done = Result<Effect, CorridorError>;

/// The one row of the calendar.
const ONLY: i64 = 1;

pub(super) fn put_calendar(stage: &mut Stage<'_>, calendar: &CalendarRecord) -> Done {
    unchanged(stage, include_str!("../record/calendar/version.sql"), ONLY.into())?;
    if stage.live() {
        checks::calendar(calendar)?;
    }
    let version = stage.version();
    stage.tx.execute(
        include_str!("../record/calendar/put.sql"),
        &[encode(calendar).into(), version.into()],
    )?;
    touch::all_days(stage)?;
    Ok(Effect::Changed(Outcome::Version(version)))
}

pub(super) fn put(stage: &mut Stage<'_>, day: &ExceptionalDayRecord) -> Done {
    unchanged(
        stage,
        include_str!("../record/exceptional_day/version.sql"),
        day.id.into(),
    )?;
    for school in &day.schools {
        known_school(stage, *school)?;
    }
    for class in &day.classes {
        let version = include_str!("../record/class/version.sql");
        known(stage, version, (*class).into(), "cette classe")?;
    }
    for site in &day.sites {
        known_site(stage, *site)?;
    }
    for service in &day.services {
        let version = include_str!("../record/service/version.sql");
        known(stage, version, (*service).into(), "ce service")?;
    }
    if let Some(service) = &day.minimum_service {
        known_site(stage, service.site)?;
        let version = include_str!("../record/activity/version.sql");
        if stage.tx.first(version, &[service.activity.into()])?.is_some() {
            return Err(Refusal::IdReused.into());
        }
    }
    if stage.live() {
        checks::exceptional_day(day)?;
    }
    let version = stage.version();
    let params = [
        day.id.into(),
        day.from.into(),
        day.until.into(),
        encode(day).into(),
        version.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/exceptional_day/put.sql"), &params)?;
    closures::follow(stage, day.id)?;
    touch::all_days(stage)?;
    Ok(Effect::Changed(Outcome::Version(version)))
}

pub(super) fn remove(stage: &mut Stage<'_>, day: ExceptionalDayId) -> Done {
    let version = include_str!("../record/exceptional_day/version.sql");
    let row = stage.tx.first(version, &[day.into()])?;
    let found = row.ok_or(Refusal::NotFound("ce jour exceptionnel"))?.int(0)?;
    if stage.live() && stage.operation.seen.is_some_and(|seen| seen != found) {
        return Err(Refusal::Changed { version: found }.into());
    }
    stage.tx.execute(
        include_str!("../record/exceptional_day/remove.sql"),
        &[day.into()],
    )?;
    closures::follow(stage, day)?;
    touch::all_days(stage)?;
    Ok(Effect::Changed(Outcome::Done))
}
