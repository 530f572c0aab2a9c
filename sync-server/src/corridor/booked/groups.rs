//! The group whose place a reservation or a wish takes, said again when rules or children change.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use shared::ids::{ActivityId, ChildId, ClassId};
use shared::operation::RuleSetRecord;

use crate::corridor::{CorridorError, Stage};
use crate::rules::groups::Groups;
use crate::store::{Row, StoreError};

/// The civil date on which the operation was received.
pub(super) fn today(stage: &mut Stage<'_>) -> Result<NaiveDate, CorridorError> {
    let row = stage
        .tx
        .first(include_str!("../../record/commune/get.sql"), &[])?;
    let zone = match row {
        Some(row) => row.text(2)?,
        None => return Ok(stage.context.now.utc().date_naive()),
    };
    let zone = zone.parse().map_err(|_| StoreError::Shape("zone".into()))?;
    Ok(stage.context.now.date_in(zone))
}

/// A child's file was written: its class or its age may be another one.
pub(in crate::corridor) fn of_child(stage: &mut Stage<'_>, child: ChildId) -> Result<(), CorridorError> {
    let today = today(stage)?;
    let sql = include_str!("../../record/reservation/grouped_of_child.sql");
    let rows = stage.tx.query(sql, &[child.into(), today.into()])?;
    again(stage, &rows)
}

/// A class was written: its levels may be others.
pub(in crate::corridor) fn of_class(stage: &mut Stage<'_>, class: ClassId) -> Result<(), CorridorError> {
    let sql = include_str!("../../record/child/of_class.sql");
    for row in stage.tx.query(sql, &[class.into()])? {
        of_child(stage, ChildId(row.uuid(0)?))?;
    }
    Ok(())
}

/// Rules were written, changed or taken away.
pub(super) fn of_rules(
    stage: &mut Stage<'_>,
    before: Option<&RuleSetRecord>,
    after: Option<&RuleSetRecord>,
) -> Result<(), CorridorError> {
    let live: Vec<_> = [before, after]
        .into_iter()
        .flatten()
        .filter(|set| set.live)
        .collect();
    if live.is_empty() {
        return Ok(());
    }
    let today = today(stage)?;
    let activities: BTreeSet<ActivityId> = live
        .into_iter()
        .flat_map(|set| set.activities.iter().copied())
        .collect();
    let sql = include_str!("../../record/reservation/grouped_of_activity.sql");
    for activity in activities {
        let rows = stage.tx.query(sql, &[activity.into(), today.into()])?;
        again(stage, &rows)?;
    }
    Ok(())
}

fn again(stage: &mut Stage<'_>, rows: &[Row]) -> Result<(), CorridorError> {
    if rows.is_empty() {
        return Ok(());
    }
    let children: Result<BTreeSet<ChildId>, StoreError> =
        rows.iter().map(|row| row.uuid(2).map(ChildId)).collect();
    let groups = Groups::read(stage.tx, &children?)?;
    for row in rows {
        let child = ChildId(row.uuid(2)?);
        let group = groups.of(child, ActivityId(row.uuid(3)?), row.date(4)?);
        if group == row.opt(5, Row::text)? {
            continue;
        }
        let sql = if row.int(0)? == 1 {
            include_str!("../../record/reservation/regroup.sql")
        } else {
            include_str!("../../record/wish/regroup.sql")
        };
        stage.tx.execute(sql, &[row.uuid(1)?.into(), group.into()])?;
    }
    Ok(())
}
