//! Rows of what is booked, cancelled, asked and waited for.

use chrono::NaiveDate;
use shared::booking::{GroupName, WishKind};
use shared::ids::{ActivityId, ChildId, FormulaId, ReservationId, SiteId, WishId};
use shared::money::Cents;
use shared::operation::{BookingRecord, Priced, Refusal, ReservationLine};
use shared::time::UtcMs;

use crate::corridor::{CorridorError, Stage};

/// What was agreed with a reservation.
#[derive(Clone, Copy, Debug)]
pub(in crate::corridor) struct Agreed {
    pub(in crate::corridor) priced: Priced,
    /// It is given back unless it is paid by then.
    pub(in crate::corridor) due_at: Option<UtcMs>,
}

/// A wish to be written.
pub(super) struct Wish {
    pub(super) id: WishId,
    pub(super) kind: WishFor,
    pub(super) child: ChildId,
    pub(super) session: (ActivityId, SiteId, NaiveDate),
    pub(super) formula: Option<FormulaId>,
    pub(super) group: Option<GroupName>,
    pub(super) about: Option<ReservationId>,
}

/// What is wished.
pub(super) enum WishFor {
    /// A reservation at a price.
    Add(Priced),
    /// A place at a price.
    Place(Priced),
    /// A cancellation, and what is due all the same.
    Cancel(Cents),
}

/// A reservation is cancelled, with what is due and what is credited; whoever asked for that has it.
pub(super) fn cancel(
    stage: &mut Stage<'_>,
    reservation: ReservationId,
    due: Cents,
    credited: Cents,
) -> Result<(), CorridorError> {
    let (now, version) = (stage.context.now, stage.version());
    let params = [
        reservation.into(),
        now.into(),
        version.into(),
        due.0.into(),
        credited.0.into(),
    ];
    let sql = include_str!("../../record/reservation/cancel_at_cost.sql");
    stage.tx.execute(sql, &params)?;
    fulfil_cancellation(stage, reservation)
}

/// Whoever asked for the cancellation of what was just cancelled has it.
pub(in crate::corridor) fn fulfil_cancellation(
    stage: &mut Stage<'_>,
    reservation: ReservationId,
) -> Result<(), CorridorError> {
    let params = [
        reservation.into(),
        stage.context.now.into(),
        stage.version().into(),
    ];
    let sql = include_str!("../../record/wish/fulfil_cancellation.sql");
    stage.tx.execute(sql, &params)?;
    Ok(())
}

/// Whoever asked or waited for what was just booked has it.
pub(in crate::corridor) fn fulfil(
    stage: &mut Stage<'_>,
    line: &ReservationLine,
) -> Result<(), CorridorError> {
    let params = [
        line.child.into(),
        line.activity.into(),
        line.site.into(),
        line.date.into(),
        stage.context.now.into(),
        stage.version().into(),
    ];
    let sql = include_str!("../../record/wish/fulfil.sql");
    stage.tx.execute(sql, &params)?;
    Ok(())
}

/// A wish, unless it is there already; whether it was new.
pub(super) fn wish(
    stage: &mut Stage<'_>,
    wish: &Wish,
    booking: &BookingRecord,
) -> Result<bool, CorridorError> {
    let (activity, site, date) = wish.session;
    let (kind, base, surcharge, total) = match &wish.kind {
        WishFor::Add(priced) => (WishKind::Add, priced.base, priced.surcharge, priced.total),
        WishFor::Place(priced) => (WishKind::Wait, priced.base, priced.surcharge, priced.total),
        WishFor::Cancel(due) => (WishKind::Cancel, None, Cents::ZERO, *due),
    };
    let key = [
        wish.id.into(),
        wish.child.into(),
        activity.into(),
        site.into(),
        date.into(),
        kind.as_str().into(),
    ];
    let clash = stage
        .tx
        .query(include_str!("../../record/wish/clash.sql"), &key)?;
    if !clash.is_empty() {
        let same = clash.iter().any(|row| row.uuid(0) == Ok(wish.id.0));
        return if same && stage.live() {
            Err(Refusal::IdReused.into())
        } else {
            Ok(false)
        };
    }
    let params = [
        wish.id.into(),
        kind.as_str().into(),
        wish.child.into(),
        activity.into(),
        site.into(),
        date.into(),
        wish.formula.into(),
        wish.group.clone().into(),
        booking.household.into(),
        booking.guardian.into(),
        wish.about.into(),
        stage.context.now.into(),
        base.map(|cents| cents.0).into(),
        surcharge.0.into(),
        total.0.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../../record/wish/insert.sql"), &params)?;
    Ok(true)
}
