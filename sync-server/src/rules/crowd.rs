//! Who has a place, who waits for one, and what carts hold.

use shared::booking::{Ground, GroupName, Queued, SessionKey};
use shared::ids::{ActivityId, CartId, SiteId, WishId};
use shared::time::UtcMs;
use uuid::Uuid;

use super::{AT_ONCE, Scope, padded, shape};
use crate::store::{Read, Row, StoreError, Value};

/// The sessions of some activities in the scope.
pub(super) fn read(
    tx: &mut dyn Read,
    scope: &Scope,
    activities: &[ActivityId],
    ground: &mut Ground,
) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = activities.iter().map(|activity| activity.0).collect();
    let own = scope.carts.unwrap_or(CartId(Uuid::nil()));
    for ids in ids.chunks(AT_ONCE) {
        let head: [Value; 2] = [scope.from.into(), scope.until.into()];
        let tail: [Value; 3] = [scope.carts.is_some().into(), own.into(), scope.now.into()];
        let params: Vec<Value> = head.into_iter().chain(padded(ids)).chain(tail).collect();
        for row in tx.query(include_str!("sql/crowd.sql"), &params)? {
            take(ground, &row)?;
        }
    }
    Ok(())
}

fn take(ground: &mut Ground, row: &Row) -> Result<(), StoreError> {
    let session = SessionKey {
        activity: ActivityId(row.uuid(2)?),
        site: SiteId(row.uuid(3)?),
        date: row.date(4)?,
    };
    let group: Option<GroupName> = row.opt(5, Row::text)?;
    let number = u32::try_from(row.int(6)?).map_err(|_| shape("a number of places"))?;
    match row.int(0)? {
        1 => add(&mut ground.taken, session, group, number),
        2 => {
            for key in [Some(None), group.map(Some)].into_iter().flatten() {
                if let Some(taken) = ground.taken.get_mut(&(session, key)) {
                    *taken = taken.saturating_sub(number);
                }
            }
        }
        3 => ground.queues.entry(session).or_default().push(Queued {
            wish: WishId(row.uuid(7)?),
            group,
            since: UtcMs(row.int(1)?),
            offered_until: row.opt(8, Row::int)?.map(UtcMs),
        }),
        4 => add(&mut ground.held, session, group, number),
        // Whoever came to wait while this cart held a place does not come before it.
        _ => {
            let held_since = UtcMs(row.int(1)?);
            if let Some(queue) = ground.queues.get_mut(&session) {
                queue.retain(|one| one.offered_until.is_some() || one.since < held_since);
            }
        }
    }
    Ok(())
}

/// Counts in all, and in the group where there is one.
fn add(
    counts: &mut std::collections::BTreeMap<(SessionKey, Option<GroupName>), u32>,
    session: SessionKey,
    group: Option<GroupName>,
    number: u32,
) {
    *counts.entry((session, None)).or_default() += number;
    if group.is_some() {
        *counts.entry((session, group)).or_default() += number;
    }
}
