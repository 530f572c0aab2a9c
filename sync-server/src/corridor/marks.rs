//! Marks handed in by tablets. The rows are the record; the sheet follows from them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use shared::codec::Hash32;
use shared::digest::SheetRef;
use shared::ids::{DeviceId, MarkId, SiteId};
use shared::mark::unpack;
use shared::operation::{Outcome, ReceivedMark, Refusal};
use shared::sheet::Values;

use super::{CorridorError, Effect, Stage, follow};
use crate::store::{Read, StoreError};

type Done = Result<Effect, CorridorError>;

/// The sheet an operation names.
pub(super) fn sheet_ref(site: SiteId, date: i32) -> Result<SheetRef, Refusal> {
    let date = NaiveDate::from_num_days_from_ce_opt(date)
        .ok_or_else(|| Refusal::Invalid("Cette date n’existe pas.".into()))?;
    Ok(SheetRef { site, date })
}

/// The rows that these marks have already.
pub(crate) fn held_among<R: Read + ?Sized>(
    tx: &mut R,
    sheet: &SheetRef,
    ids: impl Iterator<Item = MarkId> + Clone,
) -> Result<Values, StoreError> {
    let mut held = Values::new();
    let (Some(first), Some(last)) = (ids.clone().min(), ids.clone().max()) else {
        return Ok(held);
    };
    let params = [sheet.site.into(), sheet.date.into(), first.into(), last.into()];
    let wanted: BTreeSet<MarkId> = ids.collect();
    for row in tx.query(include_str!("../record/mark/among.sql"), &params)? {
        // Mostly none of them is there, and no value need be read.
        let id = MarkId(row.uuid(0)?);
        if wanted.contains(&id) && !held.contains_key(&id) {
            let params = [sheet.site.into(), sheet.date.into(), id.into()];
            let values = tx.query(include_str!("../record/mark/values.sql"), &params)?;
            let values = values.iter().map(|row| row.bytes(0)).collect::<Result<_, _>>()?;
            held.insert(id, values);
        }
    }
    Ok(held)
}

/// Stores what is not there yet. A second value under one id is stored beside the first.
pub(super) fn receive(
    stage: &mut Stage<'_>,
    handed_in_by: DeviceId,
    site: SiteId,
    date: i32,
    marks: &[ReceivedMark],
) -> Done {
    let sheet = sheet_ref(site, date)?;
    let (stored, already) = take(stage, handed_in_by, &sheet, marks)?;
    let outcome = Outcome::Marks { stored, already };
    Ok(if stored == 0 {
        Effect::Nothing(outcome)
    } else {
        Effect::Changed(outcome)
    })
}

/// Stores marks of a sheet, and what follows from them: how many were new, how many there already.
pub(super) fn take(
    stage: &mut Stage<'_>,
    handed_in_by: DeviceId,
    sheet: &SheetRef,
    marks: &[ReceivedMark],
) -> Result<(u32, u32), CorridorError> {
    let mut new = Vec::with_capacity(marks.len());
    let mut rows = Vec::with_capacity(marks.len());
    let mut held = held_among(stage.tx, sheet, marks.iter().map(|mark| mark.id))?;
    let mut stored = 0_u32;
    let mut already = 0_u32;
    for mark in marks {
        let read =
            unpack(&mark.value.0).map_err(|_| Refusal::Invalid("Un pointage est illisible.".into()))?;
        let values = held.entry(mark.id).or_default();
        let nth = i64::try_from(values.len()).unwrap_or(i64::MAX);
        if !values.insert(mark.value.0.clone()) {
            already += 1;
            continue;
        }
        rows.push(vec![
            sheet.site.into(),
            sheet.date.into(),
            mark.id.into(),
            nth.into(),
            mark.value.0.clone().into(),
            read.device.into(),
            handed_in_by.into(),
            mark.returned.into(),
            stage.seq.into(),
        ]);
        stored += 1;
        new.push((mark.id, read));
    }
    stage
        .tx
        .execute_many(include_str!("../record/mark/insert.sql"), &rows)?;
    follow::marks(stage, sheet, &new)?;
    Ok((stored, already))
}

/// Keeps a payload aside, once.
pub(super) fn quarantine(
    stage: &mut Stage<'_>,
    device: DeviceId,
    sheet: SheetRef,
    reason: &str,
    hash: Hash32,
    payload: &[u8],
) -> Done {
    if stage
        .tx
        .first(include_str!("../record/quarantine/exists.sql"), &[hash.into()])?
        .is_some()
    {
        return Ok(Effect::Nothing(Outcome::Done));
    }
    let params = [
        hash.into(),
        device.into(),
        sheet.site.into(),
        sheet.date.into(),
        reason.into(),
        payload.into(),
        stage.context.now.into(),
        stage.seq.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/quarantine/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}
