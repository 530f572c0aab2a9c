//! Closures that cancel: what they meet is cancelled, and given back once they no longer meet it.
//!
//! Only what has not begun is touched, in either direction: whoever already ate did eat, and nobody was absent on a day
//! that was closed. A reservation given back is the same one, under the same id. It stays cancelled where its child has
//! left, where another stands in its place, or where another closure meets it, which then keeps it. Where its place
//! was taken meanwhile it becomes a request, so that somebody decides.

use chrono::NaiveDate;
use shared::booking::{Asked, Judged, Sentence, SessionKey, Wanted, judge};
use shared::codec::Minute;
use shared::exceptional::{Met, closed_by};
use shared::ids::{
    ActivityId, ChildId, ClassId, ExceptionalDayId, FormulaId, SchoolId, ServiceId, SiteId, WishId,
};
use shared::operation::{Entrance, ExceptionalDayRecord, ExceptionalKind, Why};
use shared::time::UtcMs;
use uuid::Uuid;

use super::{CorridorError, Stage};
use crate::record;
use crate::rules::{self, Children, Scope};
use crate::store::{Row, StoreError, Value};

type Done = Result<(), CorridorError>;

/// Whether a day cancels what it meets.
fn cancels(day: &ExceptionalDayRecord) -> bool {
    day.kind == ExceptionalKind::Closure && day.cancels
}

/// Brings reservations to what the days of the record say, after one of them was written or removed.
pub(super) fn follow(stage: &mut Stage<'_>, changed: ExceptionalDayId) -> Done {
    let now = Now::of(stage)?;
    let days: Vec<ExceptionalDayRecord> = record::exceptional_days(stage.tx)?
        .into_iter()
        .map(|(day, _)| day)
        .filter(cancels)
        .collect();
    let day = days.iter().find(|day| day.id == changed);
    // What it no longer meets comes back before it cancels anything else, so that a day that is moved ends up the same
    // whichever end of it is moved.
    give_back(stage, changed, &days, &now)?;
    match day {
        Some(day) => cancel(stage, day, &now),
        None => Ok(()),
    }
}

/// The instant on the town's clock.
struct Now {
    date: NaiveDate,
    minute: Minute,
    at: UtcMs,
}

impl Now {
    fn of(stage: &mut Stage<'_>) -> Result<Self, CorridorError> {
        let row = stage.tx.first(include_str!("../record/commune/get.sql"), &[])?;
        let zone = row.map(|row| row.text(2)).transpose()?;
        let zone = zone
            .and_then(|name| name.parse().ok())
            .ok_or_else(|| StoreError::Shape("zone".into()))?;
        let at = stage.context.now;
        let time = at.time_in(zone);
        let minute = u16::try_from(chrono::Timelike::hour(&time) * 60 + chrono::Timelike::minute(&time));
        Ok(Self {
            date: at.date_in(zone),
            minute: Minute(minute.unwrap_or(0)),
            at,
        })
    }

    fn is_before(&self, date: NaiveDate, opens: Minute) -> bool {
        (self.date, self.minute) < (date, opens)
    }
}

fn cancel(stage: &mut Stage<'_>, day: &ExceptionalDayRecord, now: &Now) -> Done {
    for one in record::met(stage.tx, day, now.date)? {
        if one.cancelled || !now.is_before(one.date, one.judged.opens) {
            continue;
        }
        let params = [
            one.id.into(),
            now.at.into(),
            day.id.into(),
            stage.version().into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/reservation/close.sql"), &params)?;
    }
    Ok(())
}

/// A reservation that a closure cancelled.
struct Closed {
    id: Uuid,
    child: ChildId,
    session: SessionKey,
    formula: Option<FormulaId>,
    opens: Minute,
    met: Met,
    left_on: Option<NaiveDate>,
    cancelled_at: Option<UtcMs>,
    is_paid: bool,
    pay_until: Option<UtcMs>,
    /// Formula, group, household, and the three amounts, as they stand.
    agreed: Vec<Value>,
}

impl Closed {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let site = SiteId(row.uuid(3)?);
        Ok(Self {
            id: row.uuid(0)?,
            child: ChildId(row.uuid(1)?),
            session: SessionKey {
                activity: ActivityId(row.uuid(2)?),
                site,
                date: row.date(4)?,
            },
            formula: row.opt(13, Row::uuid)?.map(FormulaId),
            opens: row.minute(6)?,
            met: Met {
                school: row.opt(7, Row::uuid)?.map(SchoolId),
                class: row.opt(8, Row::uuid)?.map(ClassId),
                site,
                service: Some(ServiceId(row.uuid(5)?)),
            },
            left_on: row.opt(9, Row::date)?,
            cancelled_at: row.opt(10, Row::int)?.map(UtcMs),
            is_paid: !row.is_null(11),
            pay_until: row.opt(12, Row::int)?.map(UtcMs),
            agreed: row.0.get(13..).unwrap_or_default().to_vec(),
        })
    }

    /// Until when it is to be paid, once it is back: as long as was left when it was cancelled.
    fn pay_until(&self, now: &Now) -> Option<UtcMs> {
        let until = self.pay_until?;
        let (false, Some(cancelled_at)) = (self.is_paid, self.cancelled_at) else {
            return Some(until);
        };
        Some(now.at.plus_ms(until.0.saturating_sub(cancelled_at.0).max(0)))
    }
}

fn give_back(
    stage: &mut Stage<'_>,
    changed: ExceptionalDayId,
    days: &[ExceptionalDayRecord],
    now: &Now,
) -> Done {
    let sql = include_str!("../record/reservation/of_closure.sql");
    let mut back = Vec::new();
    for row in stage.tx.query(sql, &[changed.into(), now.date.into()])? {
        let one = Closed::read(&row)?;
        if !now.is_before(one.session.date, one.opens)
            || one.left_on.is_some_and(|left| left <= one.session.date)
        {
            continue;
        }
        // The closure that was changed keeps what it still meets.
        let own = days.iter().filter(|day| day.id == changed);
        let others = days.iter().filter(|day| day.id != changed);
        match closed_by(own.chain(others), one.session.date, &one.met) {
            Some(day) if day.id == changed => {}
            Some(day) => keep(stage, &one, Some(day.id))?,
            None if stands_again(stage, &one)? => keep(stage, &one, None)?,
            None => back.push(one),
        }
    }
    let full = without_place(stage, &back, now)?;
    for (one, full) in back.iter().zip(full) {
        if full {
            ask(stage, one, now)?;
        } else {
            reopen(stage, one, now)?;
        }
    }
    Ok(())
}

/// It stays cancelled, by another closure or by none.
fn keep(stage: &mut Stage<'_>, one: &Closed, by: Option<ExceptionalDayId>) -> Done {
    let params = [one.id.into(), by.into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/reservation/closed_by.sql"), &params)?;
    Ok(())
}

/// Whether another reservation stands in its place.
fn stands_again(stage: &mut Stage<'_>, one: &Closed) -> Result<bool, CorridorError> {
    let there = [
        one.child.into(),
        one.session.activity.into(),
        one.session.date.into(),
    ];
    let standing = include_str!("../record/reservation/standing_that_day.sql");
    Ok(stage.tx.first(standing, &there)?.is_some())
}

/// Which of them find no place any more, each in the light of those before it: by the rules and by nothing else of them,
/// since all of it was booked by rules once.
fn without_place(stage: &mut Stage<'_>, back: &[Closed], now: &Now) -> Result<Vec<bool>, CorridorError> {
    let dates = back.iter().map(|one| one.session.date);
    let (Some(from), Some(until)) = (dates.clone().min(), dates.max()) else {
        return Ok(Vec::new());
    };
    let mut children: Vec<ChildId> = back.iter().map(|one| one.child).collect();
    children.sort_unstable();
    children.dedup();
    let scope = Scope {
        household: None,
        guardian: None,
        children: Children::Listed(children),
        from,
        until,
        activities: None,
        carts: None,
        now: now.at,
    };
    let ground = rules::ground(stage.tx, &scope)?;
    let wanted: Vec<Wanted> = back
        .iter()
        .map(|one| Wanted::Add {
            child: one.child,
            session: one.session,
            formula: one.formula,
            replaces: None,
            wish: None,
        })
        .collect();
    let asked = Asked {
        now: now.at,
        entrance: Entrance::Desk,
        beyond: true,
    };
    let full = |judged: &Judged| {
        let refused = matches!(&judged.sentence, Sentence::Refuse(reason) if reason.why == Why::Full);
        refused || judged.overruled.iter().any(|reason| reason.why == Why::Full)
    };
    Ok(judge(&wanted, &ground, asked).iter().map(full).collect())
}

/// Its place was taken: the town hall decides.
fn ask(stage: &mut Stage<'_>, one: &Closed, now: &Now) -> Done {
    let wish = WishId(Uuid::new_v5(&stage.operation.id.0, one.id.as_bytes()));
    let mut params = vec![
        wish.into(),
        one.child.into(),
        one.session.activity.into(),
        one.session.site.into(),
        one.session.date.into(),
        one.id.into(),
        now.at.into(),
        stage.version().into(),
    ];
    params.extend(one.agreed.iter().cloned());
    stage
        .tx
        .execute(include_str!("../record/wish/put_back.sql"), &params)?;
    keep(stage, one, None)
}

fn reopen(stage: &mut Stage<'_>, one: &Closed, now: &Now) -> Done {
    let params = [one.id.into(), one.pay_until(now).into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/reservation/reopen.sql"), &params)?;
    Ok(())
}
