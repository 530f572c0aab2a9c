//! The printable lists of the coming days, beside the journal: put anew when their content changed, the older
//! one deleted once the newer was read back, those of past days deleted.
//!
//! Segments never wait for them: lists have their turn when everything written is off-site, a few at a time,
//! and what fails here is tried again later by itself. What is known is kept in memory; the table
//! `offsite_list` spares the next process the work, and says to people what is there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use shared::codec::Hash32;
use shared::ids::SiteId;
use shared::offsite::{self, LARGEST_OBJECT, Name, Printed, PrintedList};
use shared::operation::SiteRecord;
use shared::receipt::Position;
use shared::sign::sha256;
use shared::slug::Slug;
use shared::time::UtcMs;

use super::failure::Failure;
use super::history;
use super::piece::read_back;
use super::turn::is_past;
use crate::clock::random;
use crate::commune::Commune;
use crate::jobs::lease::Lease;
use crate::metrics;
use crate::offsite::{Target, opened};
use crate::record;
use crate::store::{Read, Row, StoreError};
use crate::web::desk::lists::Lists;

/// Lists lie there for today and so many days after it.
pub(crate) const DAYS_AHEAD: u64 = 7;
/// Those of the days after tomorrow follow a change after so long at the latest, in ms.
const FAR_EVERY_MS: i64 = 5 * 60 * 1000;
/// After a failure it is tried again after so long, in ms.
const AGAIN_MS: i64 = 60 * 1000;
/// So many are drawn in one turn; then what was written meanwhile is shipped.
const AT_ONCE: usize = 8;

/// What lists are made of, at a moment: the entry that last changed any of it, and the day.
type Ground = (u64, NaiveDate);

/// What a process found out of a commune's lists.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What the lists of today and tomorrow were looked at for.
    near: Option<Ground>,
    /// What all of them were looked at for, and when.
    far: Option<(Ground, UtcMs)>,
    /// Which lie there, as the target said, by day and site.
    there: Option<BTreeMap<(NaiveDate, Slug), BTreeSet<u64>>>,
    /// Up to which entry a list is as it should be.
    judged: BTreeMap<(SiteId, NaiveDate), u64>,
    failed_at: Option<UtcMs>,
}

impl Known {
    /// The target is to be asked again what lies there.
    pub(super) fn doubt(&mut self) {
        *self = Self {
            failed_at: self.failed_at,
            ..Self::default()
        };
    }
}

/// The entry that last changed what lists are made of: one small read.
pub(super) fn changed_at(tx: &mut dyn Read) -> Result<u64, StoreError> {
    let row = tx.first(include_str!("../sql/lists_changed.sql"), &[])?;
    row.map_or(Ok(0), |row| row.count(0))
}

/// Whether there is anything to look at. Reads nothing.
pub(super) fn is_due(known: &Known, changed: u64, today: NaiveDate, now: UtcMs) -> bool {
    if known.failed_at.is_some_and(|at| !is_past(at, AGAIN_MS, now)) {
        return false;
    }
    let ground = (changed, today);
    known.near != Some(ground) || is_far_due(known, ground, now)
}

fn is_far_due(known: &Known, ground: Ground, now: UtcMs) -> bool {
    match known.far {
        Some((known, at)) => known != ground && is_past(at, FAR_EVERY_MS, now),
        None => true,
    }
}

/// A list that may have to be put.
struct Wanted {
    site: SiteRecord,
    date: NaiveDate,
    touched: u64,
}

/// Puts what changed; answers whether there is more. The lease is asked in every write.
pub(super) fn ship(
    commune: &Commune,
    target: &Target,
    lease: &Lease,
    known: &mut Known,
    changed: u64,
) -> Result<bool, Failure> {
    let (now, today) = (commune.clock.now(), commune.today());
    let shipped = run(commune, target, lease, known, (changed, today), now);
    match &shipped {
        Ok(_) => known.failed_at = None,
        Err(_) => {
            known.doubt();
            known.failed_at = Some(now);
        }
    }
    shipped
}

fn run(
    commune: &Commune,
    target: &Target,
    lease: &Lease,
    known: &mut Known,
    ground: Ground,
    now: UtcMs,
) -> Result<bool, Failure> {
    let today = ground.1;
    let has_begun = known.there.is_some();
    if !has_begun || known.near.is_some_and(|(_, day)| day != today) {
        known.there = Some(look(commune, target, lease, today)?);
    }
    let far = is_far_due(known, ground, now);
    let last = today + Days::new(if far { DAYS_AHEAD } else { 1 });
    let wanted = commune.store.read(|tx| wanted(tx, known, today, last))?;
    let more = wanted.len() > AT_ONCE;
    for one in wanted.into_iter().take(AT_ONCE) {
        let key = (one.site.id, one.date);
        let touched = one.touched;
        put_if_new(commune, target, lease, known, one)?;
        known.judged.insert(key, touched);
    }
    if !more {
        known.near = Some(ground);
        if far {
            known.far = Some((ground, now));
            known.judged.retain(|(_, date), _| *date >= today);
        }
    }
    Ok(more)
}

/// Asks the target what lies there; what is of a day that has passed is deleted.
fn look(
    commune: &Commune,
    target: &Target,
    lease: &Lease,
    today: NaiveDate,
) -> Result<BTreeMap<(NaiveDate, Slug), BTreeSet<u64>>, Failure> {
    let mut there: BTreeMap<_, BTreeSet<u64>> = BTreeMap::new();
    for object in target.list(&offsite::lists(&commune.slug), None)? {
        match Name::parse(&object.path) {
            Some((_, Name::List { date, .. })) if date < today => target.delete(&object.path)?,
            Some((_, Name::List { site, date, seq })) => {
                there.entry((date, site)).or_default().insert(seq);
            }
            _ => {
                tracing::warn!(commune = %commune.slug, path = object.path, "this is no list of ours; it stays");
            }
        }
    }
    let lease = lease.clone();
    commune.store.write(move |tx| {
        lease.hold(tx)?;
        tx.execute(include_str!("../sql/lists_past.sql"), &[today.into()])
    })?;
    Ok(there)
}

/// The lists that something changed since they were last judged, today's first.
fn wanted(
    tx: &mut dyn Read,
    known: &Known,
    today: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Wanted>, StoreError> {
    let row = tx.first(include_str!("../sql/lists_common.sql"), &[])?;
    let common = row.map_or(Ok(0), |row| row.count(0))?;
    let mut days: BTreeMap<(SiteId, NaiveDate), u64> = BTreeMap::new();
    for row in tx.query(
        include_str!("../sql/lists_days.sql"),
        &[today.into(), last.into()],
    )? {
        days.insert((SiteId(row.uuid(0)?), row.date(1)?), row.count(2)?);
    }
    let sites: Vec<SiteRecord> = record::sites(tx)?.into_iter().map(|(site, _)| site).collect();
    let mut wanted = Vec::new();
    for date in today.iter_days().take_while(|date| *date <= last) {
        for site in sites.iter().filter(|site| !site.retired) {
            let key = (site.id, date);
            let touched = days.get(&key).copied().unwrap_or(0).max(common);
            if known.judged.get(&key).is_none_or(|judged| *judged < touched) {
                wanted.push(Wanted {
                    site: site.clone(),
                    date,
                    touched,
                });
            }
        }
    }
    Ok(wanted)
}

/// What stands in `offsite_list` of a site and day: the number in its name, and the digest of its content.
fn noted(tx: &mut dyn Read, site: SiteId, date: NaiveDate) -> Result<Option<(u64, Hash32)>, StoreError> {
    let row = tx.first(include_str!("../sql/list_get.sql"), &[site.into(), date.into()])?;
    row.map(|row| Ok((row.count(0)?, Row::hash(&row, 1)?)))
        .transpose()
}

/// Puts one, unless this very content lies there.
fn put_if_new(
    commune: &Commune,
    target: &Target,
    lease: &Lease,
    known: &mut Known,
    one: Wanted,
) -> Result<(), Failure> {
    let Wanted { site, date, .. } = one;
    let (lists, at, noted) = commune.store.read(|tx| {
        let lists = Lists::read(tx, commune, &site, date)?;
        Ok::<_, StoreError>((lists, history::newest(tx)?, noted(tx, site.id, date)?))
    })?;
    let there = known.there.get_or_insert_default();
    let there = there.entry((date, site.slug.clone())).or_default();
    let is_there = |seq: u64| there.contains(&seq);
    if lists.are_empty() && there.is_empty() {
        // Nobody comes: the site is closed.
        return Ok(());
    }
    let digest = sha256(&[lists.content().as_bytes()]);
    if noted.is_some_and(|(seq, known)| known == digest && is_there(seq)) {
        return Ok(());
    }
    let seq = there.last().map_or(at.seq, |last| at.seq.max(last + 1));
    let made_at = commune.clock.now();
    let printed = Printed {
        site: site.id,
        slug: site.slug.clone(),
        date,
        made_at,
        at,
        zone: commune.zone.to_string(),
        html: lists.draw(commune, made_at),
    };
    let name = Name::List {
        site: site.slug,
        date,
        seq,
    };
    let path = name.path(&commune.slug);
    // Whatever comes of it, this name is taken.
    there.insert(seq);
    put(commune, target, &path, printed)?;
    let row = [
        site.id.into(),
        date.into(),
        seq.into(),
        path.as_str().into(),
        digest.into(),
        made_at.into(),
    ];
    let lease = lease.clone();
    commune.store.write(move |tx| {
        lease.hold(tx)?;
        tx.execute(include_str!("../sql/list_put.sql"), &row)
    })?;
    metrics::shipped_list();
    let older: Vec<u64> = there.iter().copied().filter(|older| *older < seq).collect();
    let Name::List { site, .. } = name else {
        return Ok(());
    };
    for older in older {
        let path = Name::List {
            site: site.clone(),
            date,
            seq: older,
        }
        .path(&commune.slug);
        if replaces(commune, target, &path)? {
            target.delete(&path)?;
            there.remove(&older);
        }
    }
    Ok(())
}

fn put(commune: &Commune, target: &Target, path: &str, printed: Printed) -> Result<(), Failure> {
    let list = PrintedList::sign(printed, &commune.keys.signing);
    let sealed = list
        .seal(&commune.slug, &commune.keys.shipping, Hash32(random()))
        .map_err(Failure::Journal)?;
    target.put_new(path, sealed)?;
    match opened::list(&commune.keys, &commune.slug, &read_back(target, path)?) {
        Ok(read) if read == list => Ok(()),
        Ok(_) => Err(Failure::spoilt(path, "un autre que celui envoyé")),
        Err(why) => Err(Failure::spoilt(path, why)),
    }
}

/// Whether what lies under this name may go now that a newer one of its day was read back. That of a history
/// that was cut off stays until its day has passed: it may name children whom nothing else names any more.
fn replaces(commune: &Commune, target: &Target, path: &str) -> Result<bool, Failure> {
    let Some(bytes) = target.get(path, LARGEST_OBJECT as u64)? else {
        return Ok(true);
    };
    let at: Position = match opened::list(&commune.keys, &commune.slug, &bytes) {
        Ok(list) => list.printed.at,
        // Nobody can read it.
        Err(_) => return Ok(true),
    };
    Ok(commune.store.read(|tx| history::holds(tx, &at))?)
}
