//! What tablets made while they could not reach the server, and what became of it: worked out of the marks of
//! the days in question.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use shared::ids::{DeviceId, SiteId};
use shared::mark::{Mark, unpack};
use shared::operation::OutageCause;
use shared::time::UtcMs;

use super::Outage;
use crate::store::{Read, Row, StoreError};

/// What was received so soon after it was made, in ms, was not made off line: a tablet hands in within seconds.
const AT_ONCE_MS: i64 = 2 * 60 * 1000;
/// Days on either side of the span on whose lists a mark of the span may stand.
const BESIDE: u64 = 1;

/// How many, the first and the last of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// How many.
    pub count: u64,
    /// The first and the last.
    pub span: Option<(UtcMs, UtcMs)>,
}

impl Came {
    fn add(&mut self, at: UtcMs) {
        self.count += 1;
        self.span = Some(match self.span {
            Some((first, last)) => (first.min(at), last.max(at)),
            None => (at, at),
        });
    }

    fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.span = match (self.span, other.span) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (one, other) => one.or(other),
        };
    }
}

/// What a tablet made in the span, and what became of it.
#[derive(Clone, Debug, Default)]
pub struct TabletAccount {
    /// Its name; empty where nobody knows it.
    pub name: String,
    /// Its sites.
    pub sites: Vec<SiteId>,
    /// What it made off line, by the instants at which it was made.
    pub made: Came,
    /// The same, by the instants at which it was received.
    pub back: Came,
    /// Of these, how many other tablets handed in, by tablet.
    pub by_others: BTreeMap<DeviceId, u64>,
    /// Of these, how many came from the lost disk.
    pub from_disk: u64,
    /// What it said at its last exchange that it still holds; `None` where it never said.
    pub owed: Option<u64>,
    /// When it was last heard of.
    pub heard: Option<UtcMs>,
    /// When its rights were taken away.
    pub withdrawn: Option<UtcMs>,
}

impl TabletAccount {
    /// Whether nothing more is to be expected of it, for a span that ended then.
    pub fn is_settled(&self, until: UtcMs) -> bool {
        self.withdrawn.is_some() || (self.owed == Some(0) && self.heard.is_some_and(|at| at >= until))
    }
}

/// What became of an outage.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The tablets that it may have touched.
    pub tablets: BTreeMap<DeviceId, TabletAccount>,
    /// What they made off line and is here.
    pub made: Came,
    /// The same by the instants at which it was received.
    pub back: Came,
    /// What they say that they still hold, together.
    pub owed: u64,
    /// Of these, how many came from the lost disk.
    pub from_disk: u64,
    /// Tablets from which more may come: not heard of since, or holding something.
    pub awaited: usize,
}

/// Works it out for the sites that `has` says. Reads the days of the span and no others.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn account(
    tx: &mut dyn Read,
    outage: &Outage,
    now: UtcMs,
    zone: Tz,
    sites: &[SiteId],
) -> Result<Account, StoreError> {
    let (from, until) = (outage.record.from, outage.until(now));
    let mut all = Account {
        tablets: tablets(tx, sites, until)?,
        ..Account::default()
    };
    let days = [
        from.date_in(zone) - Days::new(BESIDE),
        until.date_in(zone) + Days::new(BESIDE),
    ];
    for site in sites {
        add_site(tx, &mut all, outage, (from, until), *site, days)?;
    }
    for tablet in all.tablets.values() {
        all.made.join(&tablet.made);
        all.back.join(&tablet.back);
        all.from_disk += tablet.from_disk;
        if tablet.withdrawn.is_none() {
            all.owed += tablet.owed.unwrap_or(0);
            all.awaited += usize::from(!tablet.is_settled(until));
        }
    }
    Ok(all)
}

/// Tablets of these sites that were there before the span ended and were not withdrawn before it.
fn tablets(
    tx: &mut dyn Read,
    sites: &[SiteId],
    until: UtcMs,
) -> Result<BTreeMap<DeviceId, TabletAccount>, StoreError> {
    let mut of: BTreeMap<DeviceId, Vec<SiteId>> = BTreeMap::new();
    for row in tx.query(include_str!("../record/device/all_sites.sql"), &[])? {
        of.entry(DeviceId(row.uuid(0)?))
            .or_default()
            .push(SiteId(row.uuid(1)?));
    }
    let mut all = BTreeMap::new();
    for row in tx.query(include_str!("../record/device/all.sql"), &[])? {
        let id = DeviceId(row.uuid(0)?);
        let sites_of = of.remove(&id).unwrap_or_default();
        let instant = |i| row.opt(i, Row::int).map(|at| at.map(UtcMs));
        if row.int(2)? >= until.0 || !sites_of.iter().any(|site| sites.contains(site)) {
            continue;
        }
        let tablet = TabletAccount {
            name: row.text(1)?,
            sites: sites_of,
            withdrawn: instant(3)?,
            heard: instant(4)?,
            owed: row.opt(6, Row::count)?,
            ..TabletAccount::default()
        };
        all.insert(id, tablet);
    }
    Ok(all)
}

fn add_site(
    tx: &mut dyn Read,
    all: &mut Account,
    outage: &Outage,
    (from, until): (UtcMs, UtcMs),
    site: SiteId,
    [first, last]: [NaiveDate; 2],
) -> Result<(), StoreError> {
    let days = [site.into(), first.into(), last.into()];
    let mut receipts: BTreeMap<u64, (UtcMs, Option<UtcMs>)> = BTreeMap::new();
    for row in tx.query(include_str!("sql/receipts.sql"), &days)? {
        let lost_at = row.opt(2, Row::int)?.map(UtcMs);
        receipts.insert(row.count(0)?, (UtcMs(row.int(1)?), lost_at));
    }
    let mut seen = BTreeSet::new();
    for row in tx.query(include_str!("sql/marks.sql"), &days)? {
        let Ok(mark) = unpack(&row.bytes(2)?) else {
            continue;
        };
        let act = acted_at(&mark);
        if act < from || act > until || !seen.insert(row.uuid(1)?) {
            continue;
        }
        let Some((received, lost_at)) = receipts.get(&row.count(5)?).copied() else {
            continue;
        };
        let was_off_line = outage.record.cause == OutageCause::Loss
            || lost_at.unwrap_or(received).0.saturating_sub(act.0) >= AT_ONCE_MS;
        if !was_off_line {
            continue;
        }
        let (author, bearer) = (DeviceId(row.uuid(3)?), DeviceId(row.uuid(4)?));
        let tablet = all.tablets.entry(author).or_default();
        tablet.made.add(act);
        tablet.back.add(received);
        if lost_at.is_some() {
            tablet.from_disk += 1;
        } else if bearer != author {
            *tablet.by_others.entry(bearer).or_default() += 1;
        }
    }
    Ok(())
}

/// When a mark was made, as well as its tablet knew: what a person stated is when something happened, not when
/// it was entered.
fn acted_at(mark: &Mark) -> UtcMs {
    mark.device_time.plus_ms(mark.offset_ms.unwrap_or(0))
}
