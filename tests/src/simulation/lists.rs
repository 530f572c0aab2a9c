//! What tablets' signed lists prove: every reservation on one is in the record, or proposed to the town hall.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use shared::codec::decode;
use shared::day_list::DayList;
use shared::envelope::{MAX_CONTENT, Scope, inflate};
use shared::ids::{ActivityId, ChildId, DeviceId, SiteId};
use sync_server::returns;
use sync_server::store::StoreError;
use tablet_replica::store::{Db, lost};

use super::world::World;
use super::{Wrong, ground};

/// Days of lists on either side of a world's first and last day.
const MARGIN: u64 = 45;

/// One child, expected once.
type Expected = (SiteId, NaiveDate, ActivityId, ChildId);

impl World {
    /// Looks whether the record, or what is proposed, tells all that living tablets' lists tell.
    pub(super) fn proven(&mut self, gone: &BTreeSet<DeviceId>) -> Result<(), Wrong> {
        let mut told: BTreeSet<Expected> = BTreeSet::new();
        for n in self.working() {
            let pad = &self.pads[n];
            if pad.device.is_some_and(|device| !gone.contains(&device)) {
                told.extend(lists_of(&pad.home, &pad.sites, self.dates())?);
            }
        }
        let commune = self.hall.commune()?;
        let rows = commune
            .store
            .read(|tx| {
                tx.query(
                    "select site, date, activity, child from reservation where cancelled_at is null",
                    &[],
                )
            })
            .map_err(Wrong::of("reservations"))?;
        let standing: Result<BTreeSet<Expected>, StoreError> = rows
            .iter()
            .map(|row| {
                Ok((
                    SiteId(row.uuid(0)?),
                    row.date(1)?,
                    ActivityId(row.uuid(2)?),
                    ChildId(row.uuid(3)?),
                ))
            })
            .collect();
        let standing = standing.map_err(Wrong::of("reservations"))?;
        let ground = commune
            .store
            .read(|tx| returns::ground(tx))
            .map_err(Wrong::of("what was handed back"))?;
        let proposed: BTreeSet<Expected> = returns::proposals(&ground.evidence.lists, &ground.held)
            .iter()
            .map(|proposal| {
                let line = &proposal.line;
                (line.site, line.date, line.activity, line.child)
            })
            .collect();
        let open = self.left_to_a_person()?;
        let missing: Vec<&Expected> = told
            .iter()
            .filter(|one| !standing.contains(one) && !proposed.contains(one) && !open.contains(one))
            .collect();
        match missing.first() {
            None => Ok(()),
            Some((_, date, _, child)) => Err(Wrong::new(format!(
                "{} reservations stand on signed lists, and are neither in the record nor proposed; {child} of {date} first",
                missing.len()
            ))),
        }
    }

    fn dates(&self) -> Vec<NaiveDate> {
        let date = |at: shared::time::UtcMs| at.date_in(chrono_tz::Europe::Paris);
        let first = date(ground::START).checked_sub_days(Days::new(MARGIN));
        let last = date(self.now).checked_add_days(Days::new(MARGIN));
        let (Some(first), Some(last)) = (first, last) else {
            return Vec::new();
        };
        first.iter_days().take_while(|day| *day <= last).collect()
    }
}

/// Whom the lists on a tablet's disk expect, of whatever branch.
fn lists_of(
    home: &std::path::Path,
    sites: &[SiteId],
    dates: Vec<NaiveDate>,
) -> Result<BTreeSet<Expected>, Wrong> {
    let db = Db::open(home).map_err(Wrong::of("a tablet's file"))?;
    let mut told = BTreeSet::new();
    for date in dates {
        for site in sites {
            let scope = Scope::DayList { site: *site, date };
            for envelope in lost::of_scope(db.reader(), &scope).map_err(Wrong::of("lists"))? {
                let content = inflate(&envelope.packed.0, MAX_CONTENT).map_err(Wrong::of("a list"))?;
                let list: DayList = decode(&content).map_err(Wrong::of("a list"))?;
                let rows = list.rows.iter().filter(|row| row.standing.is_none());
                told.extend(rows.map(|row| (*site, date, row.activity, row.child)));
            }
        }
    }
    Ok(told)
}
