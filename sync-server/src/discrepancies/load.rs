//! Reads what a date is judged by.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use shared::calendar::{Calendar, DayKind};
use shared::fold::Marks;
use shared::ids::{ActivityId, ChildId, DeviceId, MarkId, SiteId};
use shared::mark::unpack;
use shared::operation::LocalKind;
use shared::time::UtcMs;

use super::evidence::Received;
use super::facts::{DayFacts, Hours};
use crate::store::{Read, StoreError};
use crate::{day_lists, record};

/// Reads everything known of a date.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn load(tx: &mut dyn Read, zone: Tz, date: NaiveDate, now: UtcMs) -> Result<DayFacts, StoreError> {
    let mut marks = Marks::default();
    let mut received: BTreeMap<MarkId, Vec<Received>> = BTreeMap::new();
    let mut pointed: BTreeSet<SiteId> = BTreeSet::new();
    for row in tx.query(include_str!("../record/mark/came.sql"), &[date.into()])? {
        let (site, id) = (SiteId(row.uuid(0)?), MarkId(row.uuid(1)?));
        let mark = unpack(&row.bytes(2)?).map_err(|error| StoreError::Damaged(error.to_string()))?;
        marks.add(site, id, mark);
        pointed.insert(site);
        received.entry(id).or_default().push(Received {
            by: DeviceId(row.uuid(3)?),
            at: UtcMs(row.int(5)?),
            returned: row.flag(4)?,
        });
    }
    let mut lists = Vec::new();
    for (site, _) in record::sites(tx)? {
        if !site.retired || pointed.contains(&site.id) {
            lists.push(day_lists::day_list(tx, site.id, date)?);
        }
    }
    let mut hours: BTreeMap<ActivityId, Hours> = BTreeMap::new();
    for (activity, _) in record::activities(tx)? {
        hours.insert(
            activity.id,
            Hours {
                mode: activity.mode,
                opens: activity.opens,
                closes: activity.closes,
            },
        );
    }
    // The free session of a strike stands on its list alone.
    for activity in lists.iter().flat_map(|list| &list.activities) {
        hours.entry(activity.id).or_insert(Hours {
            mode: activity.mode,
            opens: activity.opens,
            closes: activity.closes,
        });
    }
    let aliases = day_lists::aliases_of(tx, date)?;
    let calendar = record::calendar(tx)?.map(|(calendar, _)| Calendar::of(&calendar).day(date));
    let closed = matches!(
        calendar,
        Some(DayKind::PublicHoliday(_) | DayKind::Local(_, LocalKind::Closed))
    );
    let known = known(tx, &marks, &aliases)?;
    Ok(DayFacts {
        date,
        zone,
        now,
        hours,
        closed,
        lists,
        marks,
        aliases,
        known,
        received,
    })
}

/// Which of the children pointed the record knows.
fn known(
    tx: &mut dyn Read,
    marks: &Marks,
    aliases: &BTreeMap<ChildId, ChildId>,
) -> Result<BTreeSet<ChildId>, StoreError> {
    let named = marks.iter().filter_map(|(_, _, mark)| mark.child);
    let children: BTreeSet<ChildId> = named
        .map(|child| aliases.get(&child).copied().unwrap_or(child))
        .collect();
    let mut known = BTreeSet::new();
    for child in children {
        let version = include_str!("../record/child/version.sql");
        if tx.first(version, &[child.into()])?.is_some() {
            known.insert(child);
        }
    }
    Ok(known)
}
