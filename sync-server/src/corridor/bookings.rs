//! Reservations.

use std::collections::BTreeSet;

use shared::ids::{ReservationId, SiteId};
use shared::operation::{Capability, Outcome, Refusal, ReservationLine};

use super::recovery::open;
use super::{CorridorError, Effect, Stage, touch};

type Done = Result<Effect, CorridorError>;

pub(super) fn reserve(stage: &mut Stage<'_>, lines: &[ReservationLine]) -> Done {
    open(stage, Capability::Reservation)?;
    put_all(stage, lines)
}

/// The same whether reservations are open or not.
pub(super) fn put_all(stage: &mut Stage<'_>, lines: &[ReservationLine]) -> Done {
    let mut changed = 0_u32;
    let mut already = 0_u32;
    let mut checked = BTreeSet::new();
    let mut days = BTreeSet::new();
    for line in lines {
        check(stage, line, &mut checked)?;
        let standing = include_str!("../record/reservation/standing.sql");
        let key = [
            line.date.into(),
            line.site.into(),
            line.activity.into(),
            line.child.into(),
        ];
        if stage.tx.first(standing, &key)?.is_some() {
            already += 1;
            continue;
        }
        if stage
            .tx
            .first(
                include_str!("../record/reservation/exists.sql"),
                &[line.id.into()],
            )?
            .is_some()
        {
            return Err(Refusal::IdReused.into());
        }
        insert(stage, line)?;
        days.insert((line.site, line.date));
        changed += 1;
    }
    for (site, date) in days {
        touch::day(stage, site, date)?;
    }
    let outcome = Outcome::Reserved { changed, already };
    Ok(if changed == 0 {
        Effect::Nothing(outcome)
    } else {
        Effect::Changed(outcome)
    })
}

/// A line speaks of a child, an activity and a site of the record; each is looked up once.
fn check(
    stage: &mut Stage<'_>,
    line: &ReservationLine,
    checked: &mut BTreeSet<uuid::Uuid>,
) -> Result<(), CorridorError> {
    let subjects = [
        (
            line.child.0,
            include_str!("../record/child/version.sql"),
            "cet enfant",
        ),
        (
            line.activity.0,
            include_str!("../record/activity/version.sql"),
            "cette activité",
        ),
        (line.site.0, include_str!("../record/site/version.sql"), "ce site"),
    ];
    for (id, sql, what) in subjects {
        if checked.insert(id) && stage.tx.first(sql, &[id.into()])?.is_none() {
            return Err(Refusal::NotFound(what).into());
        }
    }
    Ok(())
}

fn insert(stage: &mut Stage<'_>, line: &ReservationLine) -> Result<(), CorridorError> {
    let params = [
        line.id.into(),
        line.child.into(),
        line.activity.into(),
        line.site.into(),
        line.date.into(),
        line.formula.into(),
        line.group.clone().into(),
        line.sitting.into(),
        line.table.clone().into(),
        line.expected_in.into(),
        line.expected_out.into(),
        line.comes_from.clone().into(),
        line.goes_to.clone().into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/reservation/insert.sql"), &params)?;
    Ok(())
}

pub(super) fn cancel(stage: &mut Stage<'_>, reservations: &[ReservationId]) -> Done {
    open(stage, Capability::Reservation)?;
    cancel_all(stage, reservations)
}

/// The same whether reservations are open or not.
pub(super) fn cancel_all(stage: &mut Stage<'_>, reservations: &[ReservationId]) -> Done {
    let mut changed = 0_u32;
    let mut already = 0_u32;
    let mut days = BTreeSet::new();
    for id in reservations {
        let row = stage
            .tx
            .first(include_str!("../record/reservation/get.sql"), &[(*id).into()])?;
        let row = row.ok_or(Refusal::NotFound("cette réservation"))?;
        if !row.is_null(2) {
            already += 1;
            continue;
        }
        let params = [(*id).into(), stage.context.now.into(), stage.version().into()];
        stage
            .tx
            .execute(include_str!("../record/reservation/cancel.sql"), &params)?;
        days.insert((SiteId(row.uuid(0)?), row.date(1)?));
        changed += 1;
    }
    for (site, date) in days {
        touch::day(stage, site, date)?;
    }
    let outcome = Outcome::Reserved { changed, already };
    Ok(if changed == 0 {
        Effect::Nothing(outcome)
    } else {
        Effect::Changed(outcome)
    })
}
