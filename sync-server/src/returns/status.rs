//! What came back since a loss and what is still owed, by site and tablet.

use std::collections::{BTreeMap, BTreeSet};

use shared::ids::{DeviceId, SiteId};
use shared::time::UtcMs;
use uuid::Uuid;

use super::recoveries::Recovery;
use crate::record;
use crate::store::{Read, Row, StoreError};

/// What is to be said of a tablet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It and the server hold the same.
    AllBack,
    /// It was enrolled after the return: it held nothing.
    New,
    /// Its rights were taken away.
    Withdrawn,
    /// Nobody waits for it, and why.
    Waived(String),
    /// It was heard of; whether both hold the same is told at one of its next exchanges.
    Comparing,
    /// It still holds so many taps, as it said.
    Owes(u64),
    /// It was not heard of since.
    NotSeen,
}

impl Verdict {
    /// Whether nothing more is waited for.
    pub fn is_settled(&self) -> bool {
        matches!(
            self,
            Self::AllBack | Self::New | Self::Withdrawn | Self::Waived(_)
        )
    }
}

/// A tablet after a loss.
#[derive(Clone, Debug)]
pub struct TabletStatus {
    /// Which.
    pub id: DeviceId,
    /// Its name; empty where nobody knows it.
    pub name: String,
    /// Its sites.
    pub sites: Vec<SiteId>,
    /// When it was last heard of since.
    pub contact: Option<UtcMs>,
    /// Taps that were made before the return and came back since: its own, then those of others.
    pub marks: (u64, u64),
    /// Day lists it brought.
    pub lists: u64,
    /// When something came back last.
    pub last_return: Option<UtcMs>,
    /// Up to which journal entry both hold the same, and when it said so.
    pub agreed: Option<(u64, UtcMs)>,
    /// Whether a person or a new enrolment vouches for it; asked only where withdrawals were not read.
    pub confirmed: bool,
    /// What is to be said.
    pub verdict: Verdict,
}

/// A commune after a loss.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// Every tablet, the oldest first.
    pub tablets: Vec<TabletStatus>,
    /// Sites, in order of name, with what came back of each: taps, and day lists.
    pub sites: Vec<(SiteId, String, u64, u64)>,
    /// Taps of tablets that the record does not know, which others brought.
    pub of_unknown: u64,
    /// Payloads kept aside since, and how many of them wait for a person.
    pub aside: (u64, u64),
}

impl Status {
    /// How many tablets are still waited for.
    pub fn awaited(&self) -> usize {
        let open = self.tablets.iter().filter(|t| !t.verdict.is_settled());
        open.count()
    }
}

/// What is to be said of a tablet: what is known of it, then of what it said.
fn verdict(known: &Known, began_at: UtcMs, began_seq: u64) -> Verdict {
    if known.withdrawn {
        return Verdict::Withdrawn;
    }
    if let Some(reason) = &known.waived {
        return Verdict::Waived(reason.clone());
    }
    let heard = known.contact.is_some_and(|at| at >= began_at);
    let agrees = known.agreed.is_some_and(|(seq, _)| seq >= began_seq);
    match (heard, known.owed) {
        (false, _) if known.since >= began_at => Verdict::New,
        (false, _) => Verdict::NotSeen,
        (true, Some(owed)) if owed > 0 => Verdict::Owes(owed),
        (true, _) if agrees => Verdict::AllBack,
        (true, _) if known.since >= began_at => Verdict::New,
        (true, _) => Verdict::Comparing,
    }
}

struct Known {
    since: UtcMs,
    withdrawn: bool,
    waived: Option<String>,
    contact: Option<UtcMs>,
    owed: Option<u64>,
    agreed: Option<(u64, UtcMs)>,
}

/// Reads it, in a handful of queries however large the town is.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn status(tx: &mut dyn Read, recovery: &Recovery) -> Result<Status, StoreError> {
    let mut sites: BTreeMap<DeviceId, Vec<SiteId>> = BTreeMap::new();
    for row in tx.query(include_str!("../record/device/all_sites.sql"), &[])? {
        let site = SiteId(row.uuid(1)?);
        sites.entry(DeviceId(row.uuid(0)?)).or_default().push(site);
    }
    let mut status = Status::default();
    let rows = tx.query(
        include_str!("../record/recovery/tablets.sql"),
        &[recovery.branch.into()],
    )?;
    for row in &rows {
        status.tablets.push(tablet(row, &mut sites, recovery)?);
    }
    let (marks, lists) = came_back(tx, recovery, &mut status)?;
    for (site, _) in record::sites(tx)? {
        let count = |all: &BTreeMap<SiteId, u64>| all.get(&site.id).copied().unwrap_or(0);
        let told = (count(&marks), count(&lists));
        let used = status.tablets.iter().any(|t| t.sites.contains(&site.id));
        if !site.retired || used || told != (0, 0) {
            status.sites.push((site.id, site.name, told.0, told.1));
        }
    }
    let sql = include_str!("../record/recovery/quarantined.sql");
    if let Some(row) = tx.first(sql, &[recovery.began_seq.into()])? {
        status.aside = (row.count(0)?, row.count(1)?);
    }
    Ok(status)
}

fn tablet(
    row: &Row,
    sites: &mut BTreeMap<DeviceId, Vec<SiteId>>,
    recovery: &Recovery,
) -> Result<TabletStatus, StoreError> {
    let id = DeviceId(row.uuid(0)?);
    let instant = |row: &Row, i| row.int(i).map(UtcMs);
    let known = Known {
        since: UtcMs(row.int(2)?),
        withdrawn: !row.is_null(3),
        contact: row.opt(4, instant)?,
        owed: row.opt(5, Row::count)?,
        agreed: row.opt(6, Row::count)?.zip(row.opt(7, instant)?),
        waived: row.opt(9, Row::text)?,
    };
    Ok(TabletStatus {
        id,
        name: row.text(1)?,
        sites: sites.remove(&id).unwrap_or_default(),
        contact: known.contact.filter(|at| *at >= recovery.began_at),
        marks: (0, 0),
        lists: 0,
        last_return: None,
        agreed: known.agreed.filter(|(seq, _)| *seq >= recovery.began_seq),
        confirmed: recovery.withdrawals_read || !row.is_null(8),
        verdict: verdict(&known, recovery.began_at, recovery.began_seq),
    })
}

type BySite = BTreeMap<SiteId, u64>;

/// Counts what came back, by site and for each tablet.
fn came_back(
    tx: &mut dyn Read,
    recovery: &Recovery,
    status: &mut Status,
) -> Result<(BySite, BySite), StoreError> {
    let at: BTreeMap<DeviceId, usize> = status
        .tablets
        .iter()
        .enumerate()
        .map(|(i, tablet)| (tablet.id, i))
        .collect();
    let known: BTreeSet<DeviceId> = at.keys().copied().collect();
    let (mut marks, mut lists) = (BySite::new(), BySite::new());
    let params = [recovery.began_seq.into(), first_id_at(recovery.began_at).into()];
    for row in tx.query(include_str!("../record/recovery/marks.sql"), &params)? {
        let (site, author) = (SiteId(row.uuid(0)?), DeviceId(row.uuid(1)?));
        let (bearer, count) = (DeviceId(row.uuid(2)?), row.count(3)?);
        let received = UtcMs(row.int(4)?);
        *marks.entry(site).or_default() += count;
        if !known.contains(&author) {
            status.of_unknown += count;
        }
        if let Some(tablet) = at.get(&bearer).and_then(|i| status.tablets.get_mut(*i)) {
            if author == bearer {
                tablet.marks.0 += count;
            } else {
                tablet.marks.1 += count;
            }
            tablet.last_return = tablet.last_return.max(Some(received));
        }
    }
    let sql = include_str!("../record/returned/by_tablet.sql");
    for row in tx.query(sql, &[recovery.began_seq.into()])? {
        let (device, site) = (DeviceId(row.uuid(0)?), SiteId(row.uuid(1)?));
        let (count, received) = (row.count(2)?, UtcMs(row.int(3)?));
        *lists.entry(site).or_default() += count;
        if let Some(tablet) = at.get(&device).and_then(|i| status.tablets.get_mut(*i)) {
            tablet.lists += count;
            tablet.last_return = tablet.last_return.max(Some(received));
        }
    }
    Ok((marks, lists))
}

/// The ids of marks begin with the instant of the tap: those made before are smaller than this.
fn first_id_at(at: UtcMs) -> Uuid {
    let ms = u64::try_from(at.0).unwrap_or(0).to_be_bytes();
    let mut id = [0; 16];
    id[..6].copy_from_slice(&ms[2..]);
    Uuid::from_bytes(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: UtcMs = UtcMs(1_000);

    fn known() -> Known {
        Known {
            since: UtcMs(10),
            withdrawn: false,
            waived: None,
            contact: None,
            owed: None,
            agreed: None,
        }
    }

    fn said(known: &Known) -> Verdict {
        verdict(known, BEGAN, 100)
    }

    #[test]
    fn a_tablet_is_judged_by_what_it_said_since() {
        let heard = Known {
            contact: Some(UtcMs(1_500)),
            ..known()
        };
        assert_eq!(said(&known()), Verdict::NotSeen);
        let before = Known {
            contact: Some(UtcMs(900)),
            agreed: Some((90, UtcMs(900))),
            ..known()
        };
        assert_eq!(said(&before), Verdict::NotSeen, "what it said before is void");
        assert_eq!(said(&heard), Verdict::Comparing);
        let owing = Known {
            owed: Some(12),
            agreed: Some((120, UtcMs(1_500))),
            contact: Some(UtcMs(1_600)),
            ..known()
        };
        assert_eq!(said(&owing), Verdict::Owes(12));
        let back = Known {
            owed: Some(0),
            ..owing
        };
        assert_eq!(said(&back), Verdict::AllBack);
        let gone = Known {
            withdrawn: true,
            ..known()
        };
        assert_eq!(said(&gone), Verdict::Withdrawn);
        let new = Known {
            since: UtcMs(1_200),
            ..known()
        };
        assert_eq!(said(&new), Verdict::New);
        let broken = Known {
            waived: Some("Cassée".into()),
            contact: Some(UtcMs(1_500)),
            ..known()
        };
        assert_eq!(said(&broken), Verdict::Waived("Cassée".into()));
    }

    #[test]
    fn ids_of_marks_are_parted_at_the_instant() {
        let mint = |at| shared::ids::mint(UtcMs(at), [0xff; 10]);
        let at = UtcMs(1_795_420_800_000);
        assert!(mint(at.0 - 1) < first_id_at(at));
        assert!(shared::ids::mint(at, [0; 10]) >= first_id_at(at));
    }
}
