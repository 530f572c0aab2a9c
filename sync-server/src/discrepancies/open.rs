//! How much is open.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::ids::{ActivityId, SiteId};
use shared::operation::DiscrepancyKind;

use crate::store::{Read, StoreError};

/// How many are open since a date, by site, as far as they were looked for.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn open_since(tx: &mut dyn Read, from: NaiveDate) -> Result<BTreeMap<SiteId, u64>, StoreError> {
    let rows = tx.query(
        include_str!("../record/discrepancy/open_since.sql"),
        &[from.into()],
    )?;
    rows.iter()
        .map(|row| Ok((SiteId(row.uuid(0)?), row.count(1)?)))
        .collect()
}

/// How many are open in a period, by site, activity and kind.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn open_within(
    tx: &mut dyn Read,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<BTreeMap<(SiteId, ActivityId, DiscrepancyKind), u64>, StoreError> {
    let rows = tx.query(
        include_str!("../record/discrepancy/open_within.sql"),
        &[from.into(), until.into()],
    )?;
    rows.iter()
        .map(|row| {
            let kind = DiscrepancyKind::named(&row.text(2)?)
                .ok_or_else(|| StoreError::Shape("kind of discrepancy".into()))?;
            let key = (SiteId(row.uuid(0)?), ActivityId(row.uuid(1)?), kind);
            Ok((key, row.count(3)?))
        })
        .collect()
}
