//! What counts: the fold of the marks, and over it what the town hall stated.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use shared::codec::{Hash32, decode};
use shared::fold::State;
use shared::ids::{ActivityId, ChildId, SettlementId, SiteId};
use shared::mark::Reason;
use shared::operation::{Decision, DiscrepancyKind, Stated};
use shared::time::UtcMs;

use super::find::{Judged, Key, judge};
use super::load;
use crate::store::{Read, StoreError};

/// What counts for a child, an activity and a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledPresence {
    /// The child; still an unknown one where nobody said who it is.
    pub child: ChildId,
    /// Whether a reservation stands and nothing excuses it.
    pub booked: bool,
    /// What took place.
    pub taken: Taken,
    /// The decision by which it counts so; none where the tablets' word stands.
    pub by: Option<SettlementId>,
}

/// What took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The child was there.
    Present {
        /// From when, where that is known.
        from: Option<UtcMs>,
        /// Until when, where that is known.
        until: Option<UtcMs>,
    },
    /// The child was not there.
    Absent {
        /// Why.
        reason: Reason,
    },
    /// Nobody said anything.
    Unsaid,
}

/// A decision of a date that was not undone.
pub(super) type Decided = BTreeMap<(Key, Hash32), (u64, SettlementId, Decision)>;

/// The decisions of a date that stand.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn decided(tx: &mut dyn Read, date: NaiveDate) -> Result<Decided, StoreError> {
    let shape = |what: &str| StoreError::Shape(what.to_owned());
    let rows = tx.query(include_str!("../record/settlement/of_date.sql"), &[date.into()])?;
    let mut all = Decided::new();
    for row in rows {
        let kind = DiscrepancyKind::named(&row.text(3)?).ok_or_else(|| shape("kind of discrepancy"))?;
        let child = ChildId::from_slice(&row.bytes(2)?);
        let key = (kind, SiteId(row.uuid(0)?), ActivityId(row.uuid(1)?), child);
        let evidence = Hash32::from_slice(&row.bytes(4)?).ok_or_else(|| shape("evidence"))?;
        let decision = decode(&row.bytes(6)?).map_err(|error| StoreError::Shape(error.to_string()))?;
        let id = SettlementId(row.uuid(5)?);
        all.insert((key, evidence), (row.count(7)?, id, decision));
    }
    Ok(all)
}

/// What counts in a session. A decision holds while what it was made of is still what shows; the newest
/// of several that state something counts.
pub(super) fn settled(
    judged: &Judged,
    decided: &Decided,
    site: SiteId,
    activity: ActivityId,
) -> Vec<SettledPresence> {
    let mut stated: BTreeMap<ChildId, (u64, SettlementId, Taken)> = BTreeMap::new();
    for one in &judged.found {
        let Some(child) = one.child.filter(|_| one.site == site && one.activity == activity) else {
            continue;
        };
        let key = (one.kind, one.site, one.activity, one.child);
        let Some((seq, id, decision)) = decided.get(&(key, one.digest)) else {
            continue;
        };
        let taken = match decision {
            Decision::Correct {
                stated: Stated::Present { from, until },
            } => Taken::Present {
                from: *from,
                until: *until,
            },
            Decision::Correct {
                stated: Stated::Absent { reason },
            }
            | Decision::Justify { reason } => Taken::Absent { reason: *reason },
            Decision::Confirm if one.kind == DiscrepancyKind::BookedNoMark => Taken::Absent {
                reason: Reason::Unjustified,
            },
            Decision::Confirm | Decision::Reserve { .. } | Decision::Attach { .. } | Decision::Ignore => {
                continue;
            }
        };
        if stated.get(&child).is_none_or(|(before, ..)| before <= seq) {
            stated.insert(child, (*seq, *id, taken));
        }
    }
    let rows = judged.rows.get(&site).map(Vec::as_slice).unwrap_or_default();
    rows.iter()
        .filter(|row| row.activity == activity && !row.is_excused())
        .map(|row| {
            let pointed = match row.state {
                State::Present | State::Left => Taken::Present {
                    from: row.in_at,
                    until: row.out_at,
                },
                State::Absent => Taken::Absent {
                    reason: row.reason.unwrap_or(Reason::Unjustified),
                },
                State::Expected => Taken::Unsaid,
            };
            let said = stated.get(&row.child);
            SettledPresence {
                child: row.child,
                booked: row.listed.is_some(),
                taken: said.map_or(pointed, |(_, _, said)| over(*said, pointed)),
                by: said.map(|(_, id, _)| *id),
            }
        })
        .collect()
}

/// A presence that is stated without its hours keeps those that were tapped.
fn over(said: Taken, pointed: Taken) -> Taken {
    match (said, pointed) {
        (
            Taken::Present { from, until },
            Taken::Present {
                from: tapped_in,
                until: tapped_out,
            },
        ) => Taken::Present {
            from: from.or(tapped_in),
            until: until.or(tapped_out),
        },
        (said, _) => said,
    }
}

/// What counts in a session, as the record has it now: what billing takes.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn settled_session(
    tx: &mut dyn Read,
    zone: Tz,
    (site, date, activity): (SiteId, NaiveDate, ActivityId),
    now: UtcMs,
) -> Result<Vec<SettledPresence>, StoreError> {
    let judged = judge(&load(tx, zone, date, now)?);
    let decided = decided(tx, date)?;
    Ok(settled(&judged, &decided, site, activity))
}
