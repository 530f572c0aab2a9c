//! Reads what planning needs: thinly.

use std::collections::BTreeSet;

use shared::codec::decode;
use shared::day_list::{DayList, Roster, SiteCard};
use shared::envelope::{Envelope, MAX_CONTENT, Scope, inflate};
use shared::ids::{ActivityId, BranchId, ChildId, DeviceId, FormulaId, ReservationId, SiteId};
use shared::operation::ReservationLine;
use shared::time::UtcMs;
use shared::withdrawal::Withdrawn;

use super::evidence::{Evidence, Lineage, Source, chosen};
use super::held::{Held, Reserved};
use super::recoveries::recoveries;
use crate::record;
use crate::store::{Read, Row, StoreError};

/// All that planning needs.
pub struct Ground {
    /// What counts of what was handed back.
    pub evidence: Evidence,
    /// What the record holds.
    pub held: Held,
    /// Journal entries that no person made.
    pub machine: BTreeSet<i64>,
}

fn shape(what: &str) -> StoreError {
    StoreError::Shape(what.to_owned())
}

/// Reads it over one view of the store.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn ground(tx: &mut dyn Read) -> Result<Ground, StoreError> {
    let lineage = lineage(tx)?;
    let evidence = evidence(tx, &lineage)?;
    let mut held = held(tx)?;
    let mut machine = BTreeSet::new();
    if let Some((began, _)) = lineage.cuts.iter().min() {
        for row in tx.query(include_str!("../record/journal/machine.sql"), &[(*began).into()])? {
            let seq = row.int(0)?;
            if row.text(1)? == "take_back_reservations" {
                held.taken_back.insert(seq);
            } else {
                machine.insert(seq);
            }
        }
    }
    if !evidence.lists.is_empty() {
        held.reservations = reservations(tx)?;
    }
    Ok(Ground {
        evidence,
        held,
        machine,
    })
}

/// The branches of the record and where its history was cut.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn lineage(tx: &mut dyn Read) -> Result<Lineage, StoreError> {
    let rows = tx.query(include_str!("../record/branch/all.sql"), &[])?;
    let mut lineage = Lineage::default();
    for row in &rows {
        let last = if row.flag(4)? { None } else { Some(u64::MAX) };
        let id = BranchId(row.uuid(0)?);
        lineage.branches.insert(id, (UtcMs(row.int(3)?), last));
    }
    for row in &rows {
        if let (Some(parent), Some(fork)) = (row.opt(1, Row::uuid)?, row.opt(2, Row::count)?)
            && let Some((_, last)) = lineage.branches.get_mut(&BranchId(parent))
        {
            *last = Some(fork);
        }
    }
    for recovery in recoveries(tx)? {
        let row = rows
            .iter()
            .find(|row| row.uuid(0).ok() == Some(recovery.branch.0));
        let fork = row.map(|row| row.opt(2, Row::count)).transpose()?.flatten();
        lineage
            .cuts
            .push((recovery.began_seq, fork.unwrap_or(recovery.began_seq)));
    }
    Ok(lineage)
}

fn source(row: &Row) -> Result<Option<Source>, StoreError> {
    let site = || row.uuid(2).map(SiteId);
    let scope = match row.text(1)?.as_str() {
        "day_list" => Scope::DayList {
            site: site()?,
            date: row.date(3)?,
        },
        "site" => Scope::Site { site: site()? },
        "roster" => Scope::Roster,
        _ => return Ok(None),
    };
    Ok(Some(Source {
        hash: row.hash(0)?,
        scope,
        branch: BranchId(row.uuid(4)?),
        branch_seq: row.count(5)?,
        device: DeviceId(row.uuid(6)?),
        received_at: UtcMs(row.int(7)?),
        seq: row.count(8)?,
    }))
}

/// What was kept was signed by the commune; a content that cannot be read counts for nothing.
fn evidence(tx: &mut dyn Read, lineage: &Lineage) -> Result<Evidence, StoreError> {
    let rows = tx.query(include_str!("../record/returned/newest.sql"), &[])?;
    let mut sources = Vec::with_capacity(rows.len());
    for row in &rows {
        sources.extend(source(row)?);
    }
    let mut evidence = Evidence::default();
    for (source, base) in chosen(lineage, &sources) {
        let row = rows
            .binary_search_by(|row| {
                row.hash(0)
                    .map_or(std::cmp::Ordering::Less, |h| h.0.cmp(&source.hash.0))
            })
            .ok()
            .and_then(|at| rows.get(at))
            .ok_or_else(|| shape("a returned list"))?;
        let content = decode::<Envelope>(&row.bytes(9)?)
            .ok()
            .and_then(|envelope| inflate(&envelope.packed.0, MAX_CONTENT).ok());
        let Some(content) = content else { continue };
        match source.scope {
            Scope::DayList { site, date } => {
                let list = decode::<DayList>(&content).ok();
                let list = list.filter(|list| list.site == site && list.date == date);
                evidence.lists.extend(list.map(|list| (source, base, list)));
            }
            Scope::Site { site } => {
                let card = decode::<SiteCard>(&content).ok().filter(|card| card.site == site);
                evidence.cards.extend(card.map(|card| (source, card)));
            }
            Scope::Roster => {
                let roster = decode::<Roster>(&content).ok();
                evidence.rosters.extend(roster.map(|roster| (source, roster)));
            }
        }
    }
    Ok(evidence)
}

fn held(tx: &mut dyn Read) -> Result<Held, StoreError> {
    let commune = tx
        .first(include_str!("../record/commune/get.sql"), &[])?
        .ok_or_else(|| shape("no commune"))?;
    let mut held = Held {
        commune: (commune.text(0)?, commune.text(1)?),
        label: commune.text(3)?,
        schools: record::schools(tx)?,
        classes: record::classes(tx)?,
        sites: record::sites(tx)?,
        services: record::services(tx)?,
        activities: record::activities(tx)?,
        staff: record::staff(tx)?,
        households: record::households(tx)?,
        exceptional: record::exceptional_days(tx)?
            .into_iter()
            .map(|(day, _)| day)
            .collect(),
        ..Held::default()
    };
    for (child, version) in record::children(tx)? {
        held.children.insert(child.id, (child, version));
    }
    let gone = include_str!("../record/withdrawal/of_kind.sql");
    for row in tx.query(gone, &[Withdrawn::Child.as_str().into()])? {
        held.withdrawn.insert(ChildId(row.uuid(0)?));
    }
    for row in tx.query(include_str!("../record/device/all_sites.sql"), &[])? {
        held.tablets.push((DeviceId(row.uuid(0)?), SiteId(row.uuid(1)?)));
    }
    Ok(held)
}

fn reservations(tx: &mut dyn Read) -> Result<Vec<Reserved>, StoreError> {
    let standing = include_str!("../record/reservation/standing_of_returned.sql");
    let cancelled = include_str!("../record/reservation/cancelled_of_returned.sql");
    let mut all = Vec::new();
    for sql in [standing, cancelled] {
        for row in tx.query(sql, &[])? {
            all.push(reserved(&row)?);
        }
    }
    Ok(all)
}

fn reserved(row: &Row) -> Result<Reserved, StoreError> {
    let line = ReservationLine {
        id: ReservationId(row.uuid(0)?),
        child: ChildId(row.uuid(1)?),
        activity: ActivityId(row.uuid(2)?),
        site: SiteId(row.uuid(3)?),
        date: row.date(4)?,
        formula: row.opt(5, Row::uuid)?.map(FormulaId),
        group: row.opt(6, Row::text)?,
        sitting: row.opt(7, Row::int)?.and_then(|n| u8::try_from(n).ok()),
        table: row.opt(8, Row::text)?,
        expected_in: row.opt(9, Row::minute)?,
        expected_out: row.opt(10, Row::minute)?,
        comes_from: row.opt(11, Row::text)?,
        goes_to: row.opt(12, Row::text)?,
        household: None,
    };
    Ok(Reserved {
        line,
        cancelled: !row.is_null(13),
        version: row.int(14)?,
    })
}
