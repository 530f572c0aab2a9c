//! Places that became free are offered to those who wait; what nobody took or paid in time is over.
//!
//! Decided and written in one transaction, so that a place is offered once. Nothing is done while reservations are
//! closed: after a return from a loss, families get no offer that somebody did not open.

use chrono::NaiveDate;
use shared::ids::{OperationId, mint};
use shared::operation::{Actor, Body, Capability, Channel, Openness, Operation};
use shared::time::UtcMs;

use super::lease::{Holder, LONGEST_MS, Lease, Taken};
use super::round::done_at;
use crate::clock::random;
use crate::commune::{Commune, Door};
use crate::corridor::CorridorError;
use crate::rules::offers;
use crate::store::{Read, StoreError, Write};

/// The job.
pub(super) const OFFERS: &str = "offers";
/// How often it is done, in ms: a little less than the round, so that none is left out.
const EVERY_MS: i64 = 50_000;

/// Places that are offered in one round at most: a whole year that is opened wider takes some minutes.
const MOST_AT_ONCE: usize = 1_000;

/// Whether something is to be done now. Writes nothing.
pub(super) fn is_due(tx: &mut dyn Read, now: UtcMs, today: NaiveDate) -> Result<bool, StoreError> {
    if !offers::any(tx, now, today)? || !is_open(tx)? {
        return Ok(false);
    }
    Ok(!offers::unpaid(tx, now)?.is_empty()
        || !offers::over(tx, now, today)?.is_empty()
        || !offers::offers(tx, now, today, true)?.is_empty())
}

fn is_open(tx: &mut dyn Read) -> Result<bool, StoreError> {
    let sql = include_str!("../record/capability/get.sql");
    let Some(row) = tx.first(sql, &[Capability::Reservation.as_str().into()])? else {
        return Ok(true);
    };
    Ok(Openness::named(&row.text(0)?) == Some(Openness::Open))
}

/// Does what is due, unless another process did it a moment ago; whether this one did.
pub(super) fn run(commune: &Commune, holder: Holder) -> Result<bool, CorridorError> {
    let zone = commune.zone;
    commune.work(move |tx, door| {
        let now = door.now();
        let today = now.date_in(zone);
        let lately = |done: UtcMs| (0..EVERY_MS).contains(&now.0.saturating_sub(done.0));
        if done_at(tx, OFFERS)?.is_some_and(lately) || !is_open(tx)? {
            return Ok(false);
        }
        let Taken::Ours(lease) = Lease::take(tx, OFFERS, holder, now, LONGEST_MS)? else {
            return Ok(false);
        };
        let unpaid = offers::unpaid(tx, now)?;
        if !unpaid.is_empty() {
            submit(tx, door, Body::EndUnpaid { reservations: unpaid })?;
        }
        let over = offers::over(tx, now, today)?;
        if !over.is_empty() {
            submit(tx, door, Body::EndWishes { wishes: over })?;
        }
        // What was given back just now is free.
        let mut free = offers::offers(tx, now, today, true)?;
        free.truncate(MOST_AT_ONCE);
        if !free.is_empty() {
            submit(tx, door, Body::OfferPlaces { offers: free })?;
        }
        lease.release(tx, Some(now))?;
        Ok(true)
    })
}

fn submit(tx: &mut dyn Write, door: &Door, body: Body) -> Result<(), CorridorError> {
    let operation = Operation {
        id: OperationId(mint(door.now(), random())),
        at: door.now(),
        actor: Actor::System,
        channel: Channel::Job,
        seen: None,
        body,
    };
    door.submit(tx, &operation).map(drop)
}
