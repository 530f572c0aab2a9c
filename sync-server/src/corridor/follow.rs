//! What marks change beside their sheet: the lists of sites that children are sent to, and where
//! unknown children were pointed.

use std::collections::BTreeSet;

use shared::digest::SheetRef;
use shared::ids::{ChildId, MarkId, SiteId};
use shared::mark::{Kind, Mark, unpack};
use shared::time::UtcMs;

use super::{CorridorError, Stage, touch};

/// Follows marks that were just stored.
pub(super) fn marks(
    stage: &mut Stage<'_>,
    sheet: &SheetRef,
    new: &[(MarkId, Mark)],
) -> Result<(), CorridorError> {
    // A void may have come before what it undoes, by another tablet.
    let voided = if new
        .iter()
        .any(|(_, mark)| matches!(mark.kind, Kind::Transfer { .. }))
    {
        voided(stage, sheet)?
    } else {
        BTreeSet::new()
    };
    for (id, mark) in new {
        match (&mark.kind, mark.child) {
            (Kind::Transfer { to }, Some(child)) if !voided.contains(id) => {
                let params = [
                    (*id).into(),
                    child.into(),
                    sheet.date.into(),
                    sheet.site.into(),
                    (*to).into(),
                    said_at(mark).into(),
                ];
                stage
                    .tx
                    .execute(include_str!("../record/transfer/put.sql"), &params)?;
                touch_destinations(stage, child, sheet)?;
            }
            (Kind::Void { replaces }, _) => undo(stage, *replaces, sheet)?,
            (Kind::Stranger { .. }, Some(child)) => {
                let params = [(*id).into(), child.into(), sheet.site.into(), sheet.date.into()];
                stage
                    .tx
                    .execute(include_str!("../record/stranger/put.sql"), &params)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// When a mark was made, as well as its tablet knew.
fn said_at(mark: &Mark) -> UtcMs {
    mark.stated
        .unwrap_or_else(|| mark.device_time.plus_ms(mark.offset_ms.unwrap_or(0)))
}

fn voided(stage: &mut Stage<'_>, sheet: &SheetRef) -> Result<BTreeSet<MarkId>, CorridorError> {
    let rows = stage.tx.query(
        include_str!("../record/mark/of_sheet.sql"),
        &[sheet.site.into(), sheet.date.into()],
    )?;
    let mut all = BTreeSet::new();
    for row in rows {
        if let Ok(mark) = unpack(&row.bytes(1)?)
            && let Kind::Void { replaces } = mark.kind
        {
            all.insert(replaces);
        }
    }
    Ok(all)
}

fn undo(stage: &mut Stage<'_>, transfer: MarkId, sheet: &SheetRef) -> Result<(), CorridorError> {
    let found = stage
        .tx
        .first(include_str!("../record/transfer/get.sql"), &[transfer.into()])?;
    if let Some(row) = found {
        let child = ChildId(row.uuid(0)?);
        touch_destinations(stage, child, sheet)?;
        stage
            .tx
            .execute(include_str!("../record/transfer/remove.sql"), &[transfer.into()])?;
    }
    Ok(())
}

/// Every site the child was sent to that day: a newer word takes it off the list of an older one.
fn touch_destinations(stage: &mut Stage<'_>, child: ChildId, sheet: &SheetRef) -> Result<(), CorridorError> {
    let params = [child.into(), sheet.date.into()];
    for row in stage
        .tx
        .query(include_str!("../record/transfer/of_child.sql"), &params)?
    {
        touch::day(stage, SiteId(row.uuid(0)?), sheet.date)?;
    }
    Ok(())
}
