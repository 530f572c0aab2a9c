//! The calendar and exceptional days.

use chrono::NaiveDate;
use minicbor::Decode;
use shared::codec::decode;
use shared::ids::ExceptionalDayId;
use shared::operation::{CalendarRecord, ExceptionalDayRecord};

use super::Versioned;
use crate::store::{Read, Row, StoreError};

fn encoded<T: for<'b> Decode<'b, ()>>(row: &Row) -> Result<Versioned<T>, StoreError> {
    let value = decode(&row.bytes(0)?).map_err(|e| StoreError::Shape(e.to_string()))?;
    Ok((value, row.int(1)?))
}

/// The commune's calendar; `None` until somebody sets it.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn calendar(tx: &mut dyn Read) -> Result<Option<Versioned<CalendarRecord>>, StoreError> {
    let row = tx.first(include_str!("calendar/get.sql"), &[])?;
    row.as_ref().map(encoded).transpose()
}

/// All exceptional days, oldest first.
///
/// # Errors
/// See [`calendar`].
pub fn exceptional_days(tx: &mut dyn Read) -> Result<Vec<Versioned<ExceptionalDayRecord>>, StoreError> {
    let rows = tx.query(include_str!("exceptional_day/all.sql"), &[])?;
    rows.iter().map(encoded).collect()
}

/// Those that lie over a date, oldest first.
///
/// # Errors
/// See [`calendar`].
pub fn exceptional_days_of(
    tx: &mut dyn Read,
    date: NaiveDate,
) -> Result<Vec<ExceptionalDayRecord>, StoreError> {
    let rows = tx.query(include_str!("exceptional_day/of_date.sql"), &[date.into()])?;
    rows.iter().map(|row| encoded(row).map(|(day, _)| day)).collect()
}

/// One exceptional day.
///
/// # Errors
/// See [`calendar`].
pub fn exceptional_day(
    tx: &mut dyn Read,
    id: ExceptionalDayId,
) -> Result<Option<Versioned<ExceptionalDayRecord>>, StoreError> {
    Ok(exceptional_days(tx)?.into_iter().find(|(day, _)| day.id == id))
}
