//! What becomes due by itself: places for those who wait, offers that nobody took, and what was not paid in time.
//!
//! A place is offered to whoever waits first and would be booked by the portal now: `judge` says so, with the place
//! that others hold in carts counted. An offer ends after the time that the rules give, at the next deadline, or when
//! the session begins, whichever comes first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::booking::{
    Asked, Ground, GroupName, HouseholdFacts, Sentence, SessionKey, Wanted, WishState, instant, judge,
    set_for,
};
use shared::ids::{ActivityId, CartId, ChildId, FormulaId, HouseholdId, ReservationId, SiteId, WishId};
use shared::money::Cents;
use shared::operation::{Entrance, Moment, PlaceOffer, Why};
use shared::time::UtcMs;
use uuid::Uuid;

use super::{Children, Scope, ground};
use crate::store::{Read, Row, StoreError};

const MINUTE_MS: i64 = 60_000;
/// How long an offer is kept where rules no longer speak of waiting, in minutes.
const OFFER_MINUTES: u32 = 24 * 60;

/// Somebody who waits for a place.
#[derive(Clone, Debug)]
pub struct Waiter {
    wish: WishId,
    child: ChildId,
    session: SessionKey,
    formula: Option<FormulaId>,
    group: Option<GroupName>,
    household: Option<HouseholdFacts>,
}

/// What is due.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Places that are free and waited for.
    pub offers: Vec<PlaceOffer>,
    /// Offers that ended, and wishes of days that are past.
    pub over: Vec<WishId>,
    /// What was not paid in time.
    pub unpaid: Vec<ReservationId>,
}

/// Whether anything may be due. One query that writes nothing.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn any(tx: &mut dyn Read, now: UtcMs, today: NaiveDate) -> Result<bool, StoreError> {
    let params = [now.into(), today.into()];
    Ok(tx.first(include_str!("sql/due.sql"), &params)?.is_some())
}

/// What was not paid in time.
///
/// # Errors
/// See [`any`].
pub fn unpaid(tx: &mut dyn Read, now: UtcMs) -> Result<Vec<ReservationId>, StoreError> {
    let rows = tx.query(include_str!("sql/unpaid.sql"), &[now.into()])?;
    rows.iter().map(|row| row.uuid(0).map(ReservationId)).collect()
}

/// Offers that ended, and wishes of days that are past.
///
/// # Errors
/// See [`any`].
pub fn over(tx: &mut dyn Read, now: UtcMs, today: NaiveDate) -> Result<Vec<WishId>, StoreError> {
    let rows = tx.query(include_str!("sql/over.sql"), &[now.into(), today.into()])?;
    rows.iter().map(|row| row.uuid(0).map(WishId)).collect()
}

/// The places that may be offered now; `carts`: those that carts hold are not free.
///
/// # Errors
/// See [`any`].
pub fn offers(
    tx: &mut dyn Read,
    now: UtcMs,
    today: NaiveDate,
    carts: bool,
) -> Result<Vec<PlaceOffer>, StoreError> {
    let rows = tx.query(include_str!("sql/waiting.sql"), &[today.into()])?;
    let waiters: Vec<Waiter> = rows.iter().map(waiter).collect::<Result<_, _>>()?;
    let dates = waiters.iter().map(|one| one.session.date);
    let (Some(from), Some(until)) = (dates.clone().min(), dates.max()) else {
        return Ok(Vec::new());
    };
    let children: BTreeSet<ChildId> = waiters.iter().map(|one| one.child).collect();
    let activities: BTreeSet<ActivityId> = waiters.iter().map(|one| one.session.activity).collect();
    let scope = Scope {
        household: None,
        guardian: None,
        children: Children::Listed(children.into_iter().collect()),
        from,
        until,
        activities: Some(activities.into_iter().collect()),
        carts: carts.then_some(CartId(Uuid::nil())),
        now,
    };
    let mut ground = ground(tx, &scope)?;
    Ok(plan(&mut ground, &waiters, now))
}

/// Who gets a place: the first of each queue who may have it, as many as there are places.
///
/// Whoever would not be booked for another reason than that it is full (a deadline, a document) does not keep the
/// others from it, and goes on waiting.
pub fn plan(ground: &mut Ground, waiters: &[Waiter], now: UtcMs) -> Vec<PlaceOffer> {
    let mut offers = Vec::new();
    let mut full: BTreeSet<(SessionKey, Option<GroupName>)> = BTreeSet::new();
    let asked = Asked {
        now,
        entrance: Entrance::Portal,
        beyond: false,
    };
    for one in waiters {
        if full.contains(&(one.session, one.group.clone())) {
            continue;
        }
        ground.household.clone_from(&one.household);
        let wanted = Wanted::Add {
            child: one.child,
            session: one.session,
            formula: one.formula,
            replaces: None,
            wish: Some(one.wish),
        };
        let Some(judged) = judge(&[wanted], ground, asked).pop() else {
            continue;
        };
        match judged.sentence {
            Sentence::Book { .. } => match ends(ground, one, judged.until, now) {
                Some(until) => {
                    offers.push(PlaceOffer {
                        wish: one.wish,
                        until,
                    });
                    offered(ground, one, until);
                }
                None => pass_over(ground, one),
            },
            // It was booked by another way: those behind do not wait for it.
            _ if stands(ground, one) => pass_over(ground, one),
            Sentence::Refuse(reason) if matches!(reason.why, Why::Already | Why::Full) => {
                full.insert((one.session, one.group.clone()));
            }
            _ => pass_over(ground, one),
        }
    }
    ground.household = None;
    offers
}

/// Until when a place is kept; none where there is no time left.
fn ends(ground: &Ground, one: &Waiter, deadline: Option<UtcMs>, now: UtcMs) -> Option<UtcMs> {
    let set = set_for(one.session.activity, one.session.date, ground);
    let minutes = set
        .and_then(|set| set.waiting)
        .map_or(OFFER_MINUTES, |waiting| waiting.offer_minutes);
    let child = ground.children.get(&one.child)?;
    let start = instant(&Moment::Start, &one.session, child, ground);
    let latest = [Some(now.plus_ms(i64::from(minutes) * MINUTE_MS)), deadline, start];
    latest.into_iter().flatten().min().filter(|until| *until > now)
}

/// Whether the child has what it waits for.
fn stands(ground: &Ground, one: &Waiter) -> bool {
    let mut standing = ground.standing.iter();
    standing.any(|other| other.child == one.child && other.session == one.session)
}

/// Its place is taken for whoever comes after.
fn offered(ground: &mut Ground, one: &Waiter, until: UtcMs) {
    let queue = ground.queues.get_mut(&one.session);
    if let Some(queued) = queue.and_then(|queue| queue.iter_mut().find(|queued| queued.wish == one.wish)) {
        queued.offered_until = Some(until);
    }
    if let Some(wish) = ground.wishes.iter_mut().find(|wish| wish.id == one.wish) {
        wish.state = WishState::Offered;
        wish.offered_until = Some(until);
    }
}

/// Those behind do not wait for it.
fn pass_over(ground: &mut Ground, one: &Waiter) {
    if let Some(queue) = ground.queues.get_mut(&one.session) {
        queue.retain(|queued| queued.wish != one.wish);
    }
}

fn waiter(row: &Row) -> Result<Waiter, StoreError> {
    let household = row.opt(6, Row::uuid)?.map(HouseholdId);
    let (residence, unpaid) = (row.opt(7, Row::text)?, Cents(row.int(8)?));
    Ok(Waiter {
        wish: WishId(row.uuid(0)?),
        child: ChildId(row.uuid(1)?),
        session: SessionKey {
            activity: ActivityId(row.uuid(2)?),
            site: SiteId(row.uuid(3)?),
            date: row.date(4)?,
        },
        formula: row.opt(5, Row::uuid)?.map(FormulaId),
        group: row.opt(9, Row::text)?,
        household: household.map(|id| HouseholdFacts {
            id,
            residence,
            unpaid,
        }),
    })
}

/// What an offer was until, by its wish.
pub(crate) fn by_wish(offers: &[PlaceOffer]) -> BTreeMap<WishId, UtcMs> {
    offers.iter().map(|offer| (offer.wish, offer.until)).collect()
}
