//! Reservations.

use std::collections::BTreeSet;

use shared::booking::GroupName;
use shared::ids::{HouseholdId, ReservationId, SiteId};
use shared::money::Cents;
use shared::operation::{Capability, Outcome, Refusal, ReservationLine};

use super::booked::{Agreed, fulfil, fulfil_cancellation};
use super::recovery::open;
use super::{CorridorError, Effect, Stage, touch};
use crate::rules::groups::Groups;

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
    let groups = Groups::read(stage.tx, &lines.iter().map(|line| line.child).collect())?;
    for line in lines {
        check(stage, line, &mut checked)?;
        let written = Line {
            line,
            household: line.household,
            group: groups.of(line.child, line.activity, line.date),
            agreed: None,
        };
        if !put(stage, &written)? {
            already += 1;
            continue;
        }
        fulfil(stage, line)?;
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
pub(super) fn check(
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

/// A line as it is written.
pub(super) struct Line<'l> {
    pub(super) line: &'l ReservationLine,
    /// Who booked it, where somebody said.
    pub(super) household: Option<HouseholdId>,
    /// The group whose place it takes.
    pub(super) group: Option<GroupName>,
    /// What was agreed; none where it is made without prices.
    pub(super) agreed: Option<Agreed>,
}

/// Writes a reservation, unless one stands for the same child, activity, site and date; whether it was new.
pub(super) fn put(stage: &mut Stage<'_>, written: &Line<'_>) -> Result<bool, CorridorError> {
    let line = written.line;
    let key = [
        line.id.into(),
        line.date.into(),
        line.site.into(),
        line.activity.into(),
        line.child.into(),
    ];
    let found = stage
        .tx
        .query(include_str!("../record/reservation/clash.sql"), &key)?;
    if found
        .iter()
        .any(|row| row.uuid(0).is_ok_and(|id| id != line.id.0))
    {
        return Ok(false);
    }
    if !found.is_empty() {
        let standing = include_str!("../record/reservation/standing.sql");
        let [_, key @ ..] = key;
        let stands = stage.tx.first(standing, &key)?.is_some();
        return if stands {
            Ok(false)
        } else {
            Err(Refusal::IdReused.into())
        };
    }
    let cents = |of: fn(&Agreed) -> Option<Cents>| written.agreed.as_ref().and_then(of).map(|cents| cents.0);
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
        written.household.into(),
        written.group.clone().into(),
        cents(|agreed| agreed.priced.base).into(),
        cents(|agreed| Some(agreed.priced.surcharge)).into(),
        cents(|agreed| Some(agreed.priced.total)).into(),
        written.agreed.and_then(|agreed| agreed.due_at).into(),
        stage.context.now.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/reservation/insert.sql"), &params)?;
    Ok(true)
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
        if !row.is_null(3) {
            // A closure cancelled it and would give it back: now nobody wants it any more.
            let params = [(*id).into(), None::<i64>.into(), stage.version().into()];
            stage
                .tx
                .execute(include_str!("../record/reservation/closed_by.sql"), &params)?;
            changed += 1;
            continue;
        }
        if !row.is_null(2) {
            already += 1;
            continue;
        }
        let params = [(*id).into(), stage.context.now.into(), stage.version().into()];
        stage
            .tx
            .execute(include_str!("../record/reservation/cancel.sql"), &params)?;
        fulfil_cancellation(stage, *id)?;
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
