//! Children whom another site sent for the rest of a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use shared::codec::Minute;
use shared::day_list::DayList;
use shared::ids::{ActivityId, ChildId, SiteId};
use shared::time::UtcMs;

use super::{own, shape};
use crate::store::{Read, StoreError};

/// Takes them in, with their rows for what was not over there when they left.
pub(super) fn take_in(tx: &mut dyn Read, list: &mut DayList) -> Result<(), StoreError> {
    let rows = tx.query(
        include_str!("../record/transfer/to_site.sql"),
        &[list.site.into(), list.date.into()],
    )?;
    if rows.is_empty() {
        return Ok(());
    }
    let zone = zone(tx)?;
    let known: BTreeMap<ChildId, ChildId> = list.aliases.iter().map(|a| (a.unknown, a.child)).collect();
    let mut by_site: BTreeMap<SiteId, (String, BTreeMap<ChildId, UtcMs>)> = BTreeMap::new();
    for row in rows {
        let child = ChildId(row.uuid(0)?);
        let child = known.get(&child).copied().unwrap_or(child);
        let from = by_site.entry(SiteId(row.uuid(1)?)).or_default();
        from.0 = row.text(3)?;
        from.1.insert(child, UtcMs(row.int(2)?));
    }
    for (site, (name, sent)) in by_site {
        let mut from = own(tx, site, list.date)?;
        let closes: BTreeMap<ActivityId, Minute> = from.activities.iter().map(|a| (a.id, a.closes)).collect();
        from.rows.retain(|row| match sent.get(&row.child) {
            // A tablet whose date is not the list's says nothing about the hour.
            Some(at) if at.date_in(zone) == list.date => closes
                .get(&row.activity)
                .is_some_and(|closes| *closes > Minute::of(at.time_in(zone))),
            Some(_) => true,
            None => false,
        });
        let children: BTreeSet<ChildId> = sent.into_keys().collect();
        list.take_in(&from, &name, &children);
    }
    Ok(())
}

fn zone(tx: &mut dyn Read) -> Result<Tz, StoreError> {
    let row = tx.first(include_str!("../record/commune/get.sql"), &[])?;
    let name = row.ok_or_else(|| shape("no commune"))?.text(2)?;
    name.parse().map_err(|_| shape("time zone"))
}
