//! A reservation as it stands, with what was agreed.

use chrono::NaiveDate;
use shared::ids::{ActivityId, ChildId, ReservationId, SiteId};
use shared::money::Cents;
use shared::operation::Refusal;
use shared::time::UtcMs;

use crate::corridor::{CorridorError, Stage};
use crate::store::Row;

/// A reservation.
pub(super) struct Stood {
    pub(super) child: ChildId,
    pub(super) activity: ActivityId,
    pub(super) site: SiteId,
    pub(super) date: NaiveDate,
    pub(super) cancelled_at: Option<UtcMs>,
    pub(super) total: Option<Cents>,
    pub(super) paid_at: Option<UtcMs>,
    pub(super) pay_until: Option<UtcMs>,
    pub(super) waived: bool,
    /// Something is owed besides the price, or instead of it.
    pub(super) surcharge: Cents,
    pub(super) due: Cents,
}

impl Stood {
    pub(super) fn get(stage: &mut Stage<'_>, id: ReservationId) -> Result<Self, CorridorError> {
        let sql = include_str!("../../record/reservation/stood.sql");
        let row = stage.tx.first(sql, &[id.into()])?;
        let row = row.ok_or(Refusal::NotFound("cette réservation"))?;
        let at = |i| row.opt(i, Row::int).map(|found| found.map(UtcMs));
        let cents = |i| row.opt(i, Row::int).map(|found| found.map(Cents));
        Ok(Self {
            child: ChildId(row.uuid(0)?),
            activity: ActivityId(row.uuid(1)?),
            site: SiteId(row.uuid(2)?),
            date: row.date(3)?,
            cancelled_at: at(4)?,
            total: cents(5)?,
            paid_at: at(6)?,
            pay_until: at(7)?,
            waived: row.flag(8)?,
            surcharge: cents(9)?.unwrap_or(Cents::ZERO),
            due: cents(10)?.unwrap_or(Cents::ZERO),
        })
    }

    /// What was paid for it.
    pub(super) fn paid(&self) -> Cents {
        match (self.paid_at, self.total) {
            (Some(_), Some(total)) => total,
            _ => Cents::ZERO,
        }
    }
}
