//! What stands of some children, and what they asked and wait for.

use chrono::NaiveDate;
use shared::booking::{Ground, SessionKey, Standing, WishFacts, WishKind, WishState};
use shared::ids::{ActivityId, ChildId, FormulaId, HouseholdId, ReservationId, SiteId, WishId};
use shared::money::Cents;
use shared::operation::Priced;
use shared::time::UtcMs;
use uuid::Uuid;

use super::{AT_ONCE, padded, shape};
use crate::store::{Read, Row, StoreError, Value};

/// Of the children that the ground has, between two dates.
pub(super) fn read(
    tx: &mut dyn Read,
    ground: &mut Ground,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<(), StoreError> {
    let children: Vec<Uuid> = ground.children.keys().map(|child| child.0).collect();
    for ids in children.chunks(AT_ONCE) {
        let params: Vec<Value> = padded(ids).chain([from.into(), until.into()]).collect();
        for row in tx.query(include_str!("sql/standing.sql"), &params)? {
            if row.int(0)? == 1 {
                ground.standing.push(standing(&row)?);
            } else {
                ground.wishes.push(wish(&row)?);
            }
        }
    }
    Ok(())
}

fn session(row: &Row) -> Result<SessionKey, StoreError> {
    Ok(SessionKey {
        activity: ActivityId(row.uuid(4)?),
        site: SiteId(row.uuid(5)?),
        date: row.date(1)?,
    })
}

fn standing(row: &Row) -> Result<Standing, StoreError> {
    let cents = |i| row.opt(i, Row::int).map(|found| found.map(Cents));
    let (base, surcharge, total) = (cents(9)?, cents(10)?, cents(11)?);
    Ok(Standing {
        id: ReservationId(row.uuid(2)?),
        child: ChildId(row.uuid(3)?),
        session: session(row)?,
        formula: row.opt(6, Row::uuid)?.map(FormulaId),
        group: row.opt(17, Row::text)?,
        household: row.opt(7, Row::uuid)?.map(HouseholdId),
        priced: total.map(|total| Priced {
            base,
            surcharge: surcharge.unwrap_or(Cents::ZERO),
            total,
        }),
        due_at: row.opt(12, Row::int)?.map(UtcMs),
        paid: !row.is_null(13),
    })
}

fn wish(row: &Row) -> Result<WishFacts, StoreError> {
    Ok(WishFacts {
        id: WishId(row.uuid(2)?),
        kind: WishKind::parse(&row.text(14)?).ok_or_else(|| shape("kind of wish"))?,
        state: WishState::parse(&row.text(15)?).ok_or_else(|| shape("state of a wish"))?,
        child: ChildId(row.uuid(3)?),
        session: session(row)?,
        formula: row.opt(6, Row::uuid)?.map(FormulaId),
        reservation: row.opt(8, Row::uuid)?.map(ReservationId),
        household: row.opt(7, Row::uuid)?.map(HouseholdId),
        since: UtcMs(row.int(9)?),
        offered_until: row.opt(10, Row::int)?.map(UtcMs),
        words: row.opt(16, Row::text)?,
    })
}
