//! Whether a session is complete: nothing of it is open, and no tablet owes anything of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use shared::ids::{ActivityId, DeviceId, SiteId};
use shared::time::UtcMs;

use super::GRACE_MS;
use super::find::judge;
use super::load;
use super::settled::decided;
use crate::returns::{self, Verdict};
use crate::store::{Read, Row, StoreError};

/// What is said of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// It is over, nothing of it is open and nothing is owed.
    pub complete: bool,
    /// It is over.
    pub over: bool,
    /// How many discrepancies nobody decided.
    pub open: u64,
    /// The tablets that owe something of it, and why.
    pub owed: Vec<Owed>,
    /// Billed all the same, and why.
    pub waived: Option<String>,
}

/// A tablet that is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Which.
    pub device: DeviceId,
    /// Its name; empty where nobody knows it.
    pub name: String,
    /// Why.
    pub why: Why,
}

/// Why a tablet is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It said that it holds so many taps.
    Owes(u64),
    /// It was not heard of since the session's end, but then.
    NotHeard(Option<UtcMs>),
    /// The commune came back from a loss after the session, and the tablet has not told that both hold the
    /// same.
    AfterLoss,
}

impl Completeness {
    /// From what is known of a session that ends at an instant.
    pub fn of(ends_at: UtcMs, now: UtcMs, open: u64, owed: Vec<Owed>, waived: Option<String>) -> Self {
        let over = now >= ends_at.plus_ms(GRACE_MS);
        Self {
            complete: over && open == 0 && owed.is_empty(),
            over,
            open,
            owed,
            waived,
        }
    }

    /// Whether it may be billed.
    pub fn may_be_billed(&self) -> bool {
        self.complete || self.waived.is_some()
    }
}

struct Tablet {
    device: DeviceId,
    name: String,
    since: UtcMs,
    last_at: Option<UtcMs>,
    owed: u64,
}

/// The tablets of a commune, as far as sessions wait for them.
pub struct Tablets {
    of_site: BTreeMap<SiteId, Vec<Tablet>>,
    /// The newest return from a loss: when it began, whether it is signed off, what is said of each tablet.
    loss: Option<(UtcMs, bool, BTreeMap<DeviceId, Verdict>)>,
}

impl Tablets {
    /// Reads them.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn load(tx: &mut dyn Read) -> Result<Self, StoreError> {
        let mut of_site: BTreeMap<SiteId, Vec<Tablet>> = BTreeMap::new();
        for row in tx.query(include_str!("../record/discrepancy/tablets.sql"), &[])? {
            let instant = |row: &Row, i| row.int(i).map(UtcMs);
            of_site.entry(SiteId(row.uuid(5)?)).or_default().push(Tablet {
                device: DeviceId(row.uuid(0)?),
                name: row.text(1)?,
                since: UtcMs(row.int(2)?),
                last_at: row.opt(3, instant)?,
                owed: row.opt(4, Row::count)?.unwrap_or(0),
            });
        }
        let loss = match returns::newest(tx)? {
            None => None,
            Some(recovery) => {
                let status = returns::status(tx, &recovery)?;
                let verdicts = status.tablets.into_iter().map(|one| (one.id, one.verdict));
                let signed = recovery.signed_off.is_some();
                Some((recovery.began_at, signed, verdicts.collect()))
            }
        };
        Ok(Self { of_site, loss })
    }

    /// What is owed of a session of a site that ends at an instant. Tablets that were withdrawn, enrolled
    /// later, or waived after a loss, owe nothing.
    pub fn owed(&self, site: SiteId, ends_at: UtcMs) -> Vec<Owed> {
        let tablets = self.of_site.get(&site).into_iter().flatten();
        let owed = tablets.filter_map(|tablet| {
            self.why(tablet, ends_at).map(|why| Owed {
                device: tablet.device,
                name: tablet.name.clone(),
                why,
            })
        });
        owed.collect()
    }

    fn why(&self, tablet: &Tablet, ends_at: UtcMs) -> Option<Why> {
        let verdict = self
            .loss
            .as_ref()
            .and_then(|(_, _, verdicts)| verdicts.get(&tablet.device));
        if tablet.since > ends_at || matches!(verdict, Some(Verdict::Waived(_))) {
            return None;
        }
        if tablet.owed > 0 {
            return Some(Why::Owes(tablet.owed));
        }
        if tablet.last_at.is_none_or(|at| at < ends_at) {
            return Some(Why::NotHeard(tablet.last_at));
        }
        let (began_at, signed, _) = self.loss.as_ref()?;
        let waited = verdict.is_some_and(|verdict| !verdict.is_settled());
        (waited && !signed && ends_at <= *began_at).then_some(Why::AfterLoss)
    }
}

/// Whether a session is complete, as the record has it now. One that did not take place has nothing open.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn completeness(
    tx: &mut dyn Read,
    zone: Tz,
    (site, date, activity): (SiteId, NaiveDate, ActivityId),
    now: UtcMs,
) -> Result<Completeness, StoreError> {
    let facts = load(tx, zone, date, now)?;
    let ends_at = facts.ends_at(activity).unwrap_or(now);
    let decided = decided(tx, date)?;
    let judged = judge(&facts);
    let open = judged.found.iter().filter(|one| {
        let key = (one.kind, one.site, one.activity, one.child);
        one.site == site && one.activity == activity && !decided.contains_key(&(key, one.digest))
    });
    let open = open.count() as u64;
    let owed = Tablets::load(tx)?.owed(site, ends_at);
    let key = [site.into(), date.into(), activity.into()];
    let waiver = tx.first(include_str!("../record/waiver/get.sql"), &key)?;
    let waived = waiver.map(|row| row.text(0)).transpose()?;
    Ok(Completeness::of(ends_at, now, open, owed, waived))
}
