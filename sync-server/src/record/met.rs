//! The reservations that an exceptional day meets.

use chrono::NaiveDate;
use shared::codec::Minute;
use shared::exceptional::{Met, Row as Judged, concerns};
use shared::ids::{ChildId, ClassId, ReservationId, SchoolId, ServiceId, SiteId};
use shared::operation::ExceptionalDayRecord;

use crate::store::{Read, Row, StoreError, Value};

/// The last day any date can be: a day without an end is about everything reserved after it.
const NO_END: &str = "9999-12-31";

/// A reservation that an exceptional day is about.
#[derive(Clone, Debug)]
pub struct MetReservation {
    /// Its id.
    pub id: ReservationId,
    /// Whose.
    pub child: ChildId,
    /// When.
    pub date: NaiveDate,
    /// The name of its activity.
    pub activity: String,
    /// What the day's effect on it is judged by.
    pub judged: Judged,
    /// This very day cancelled it; otherwise it stands.
    pub cancelled: bool,
    /// It was paid.
    pub paid: bool,
}

/// The reservations that a day is about, from a date on: those that stand, and those that it cancelled.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn met(
    tx: &mut dyn Read,
    day: &ExceptionalDayRecord,
    from: NaiveDate,
) -> Result<Vec<MetReservation>, StoreError> {
    let until = day
        .until
        .map_or_else(|| Value::from(NO_END.to_owned()), Value::from);
    let params = [from.max(day.from).into(), until, day.id.into()];
    let rows = tx.query(include_str!("reservation/met.sql"), &params)?;
    let mut all = Vec::new();
    for row in &rows {
        let one = read(row)?;
        if concerns(day, &one.judged.met) {
            all.push(one);
        }
    }
    Ok(all)
}

fn read(row: &Row) -> Result<MetReservation, StoreError> {
    let hours: Option<(Minute, Minute)> = row.opt(7, Row::minute)?.zip(row.opt(8, Row::minute)?);
    Ok(MetReservation {
        id: ReservationId(row.uuid(0)?),
        child: ChildId(row.uuid(1)?),
        date: row.date(2)?,
        activity: row.text(9)?,
        judged: Judged {
            met: Met {
                school: row.opt(5, Row::uuid)?.map(SchoolId),
                class: row.opt(6, Row::uuid)?.map(ClassId),
                site: SiteId(row.uuid(3)?),
                service: Some(ServiceId(row.uuid(4)?)),
            },
            hours,
            opens: row.minute(10)?,
            closes: row.minute(11)?,
            meal: row.int(12)? > 0,
        },
        cancelled: !row.is_null(13),
        paid: !row.is_null(14),
    })
}
