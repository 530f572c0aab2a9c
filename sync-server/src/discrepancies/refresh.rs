//! Keeps what was found up to what the record holds: lazily, for the dates that somebody asks for.
//!
//! A date is judged again when its marks, lists or settlements moved since, or when it was judged while it
//! was still going on. It is judged over one consistent view and written by a short transaction of its own,
//! so that no writer waits; who was overtaken meanwhile writes nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use shared::codec::encode;
use shared::ids::ActivityId;
use shared::time::UtcMs;

use super::find::{Judged, judge};
use super::{GRACE_MS, load};
use crate::commune::Commune;
use crate::store::{Read, StoreError, Value, Write};

/// Dates judged for one page at most: the rest follows with the next.
pub const AT_ONCE: usize = 10;

/// A minute, in ms: activities end on whole minutes.
const MINUTE_MS: i64 = 60_000;

/// What is to be done of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// Dates to be judged, the newest first.
    pub dates: Vec<NaiveDate>,
    /// Dates of which only decisions moved, with the entry that moved them.
    decided: Vec<(NaiveDate, u64)>,
}

type Moves = BTreeMap<NaiveDate, u64>;

fn moves(tx: &mut dyn Read, sql: &str, (from, until): (NaiveDate, NaiveDate)) -> Result<Moves, StoreError> {
    let rows = tx.query(sql, &[from.into(), until.into()])?;
    rows.iter().map(|row| Ok((row.date(0)?, row.count(1)?))).collect()
}

/// The newest mark of a date, on whatever sheet.
fn newest_mark(tx: &mut dyn Read, date: NaiveDate) -> Result<u64, StoreError> {
    let sql = include_str!("../record/discrepancy/newest_mark.sql");
    let row = tx.first(sql, &[date.into()])?;
    row.map_or(Ok(0), |row| row.count(0))
}

fn all_days(tx: &mut dyn Read) -> Result<u64, StoreError> {
    let row = tx.first(include_str!("../record/discrepancy/all_days.sql"), &[])?;
    row.map_or(Ok(0), |row| row.count(0))
}

/// When nothing more is expected of a date.
fn over_at(date: NaiveDate, zone: Tz) -> UtcMs {
    let next = date.succ_opt().unwrap_or(date);
    UtcMs::at_civil(next, chrono::NaiveTime::MIN, zone).plus_ms(GRACE_MS)
}

/// Whether what was found at `at` may be otherwise at `now` though nothing was written.
fn has_aged(date: NaiveDate, zone: Tz, at: UtcMs, now: UtcMs) -> bool {
    at < over_at(date, zone) && at.0.div_euclid(MINUTE_MS) != now.0.div_euclid(MINUTE_MS)
}

/// The dates of a period that are to be judged without anybody asking, the newest first: something is
/// known of them, and it moved, or they were judged before they were over. An idle commune has none.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn due(
    tx: &mut dyn Read,
    zone: Tz,
    period: (NaiveDate, NaiveDate),
    now: UtcMs,
) -> Result<Vec<NaiveDate>, StoreError> {
    let all = all_days(tx)?;
    let moved = moves(tx, include_str!("../record/discrepancy/moved.sql"), period)?;
    let mut due = Vec::new();
    let mut date = period.1;
    while date >= period.0 {
        let own = moved.get(&date).copied().unwrap_or(0).max(newest_mark(tx, date)?);
        let day = tx.first(include_str!("../record/discrepancy/day.sql"), &[date.into()])?;
        let fresh = match day {
            None => false,
            Some(row) => {
                let (seq, at, over) = (row.count(0)?, UtcMs(row.int(1)?), over_at(date, zone));
                seq == own.max(all) && (at >= over || now < over)
            }
        };
        if own > 0 && !fresh {
            due.push(date);
        }
        let Some(before) = date.pred_opt() else { break };
        date = before;
    }
    Ok(due)
}

/// Judges a date now and writes what was found. Blocks: call it on the blocking pool.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn judge_date(commune: &Commune, date: NaiveDate) -> Result<(), StoreError> {
    let (zone, now) = (commune.zone, commune.clock.now());
    let fresh = commune.store.read(|tx| look(tx, zone, date, now))?;
    commune.store.write(move |tx| write(tx, &fresh))
}

/// What is not up to date in a period.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn stale(
    tx: &mut dyn Read,
    zone: Tz,
    period: (NaiveDate, NaiveDate),
    now: UtcMs,
) -> Result<Stale, StoreError> {
    let until = period.1.min(now.date_in(zone));
    let period = (period.0, until);
    let all = all_days(tx)?;
    let moved = moves(tx, include_str!("../record/discrepancy/moved.sql"), period)?;
    let settled = moves(tx, include_str!("../record/discrepancy/settled.sql"), period)?;
    let mut known = BTreeMap::new();
    let days = include_str!("../record/discrepancy/days.sql");
    for row in tx.query(days, &[period.0.into(), period.1.into()])? {
        known.insert(row.date(0)?, (row.count(1)?, row.count(2)?, UtcMs(row.int(3)?)));
    }
    let mut stale = Stale::default();
    let mut date = until;
    while date >= period.0 {
        let seq = moved.get(&date).copied().unwrap_or(0).max(all);
        let seq = seq.max(newest_mark(tx, date)?);
        let decided = settled.get(&date).copied().unwrap_or(0);
        match known.get(&date) {
            Some((judged, _, at)) if *judged != seq || has_aged(date, zone, *at, now) => {
                stale.dates.push(date);
            }
            Some((_, up_to, _)) if *up_to != decided => stale.decided.push((date, decided)),
            Some(_) => {}
            None => stale.dates.push(date),
        }
        let Some(before) = date.pred_opt() else { break };
        date = before;
    }
    Ok(stale)
}

/// A date as it was judged, and by what.
struct Fresh {
    date: NaiveDate,
    at: UtcMs,
    seq: u64,
    settled: u64,
    judged: Judged,
    places: BTreeMap<ActivityId, String>,
}

fn look(tx: &mut dyn Read, zone: Tz, date: NaiveDate, now: UtcMs) -> Result<Fresh, StoreError> {
    let period = (date, date);
    let moved = moves(tx, include_str!("../record/discrepancy/moved.sql"), period)?;
    let settled = moves(tx, include_str!("../record/discrepancy/settled.sql"), period)?;
    let seq = moved.get(&date).copied().unwrap_or(0).max(all_days(tx)?);
    let seq = seq.max(newest_mark(tx, date)?);
    let facts = load(tx, zone, date, now)?;
    // Place in the day, then the id: what is the same for all activities of a name.
    let places = facts
        .hours
        .iter()
        .map(|(id, hours)| (*id, format!("{:04} {id}", hours.opens.0)));
    Ok(Fresh {
        date,
        at: now,
        seq,
        settled: settled.get(&date).copied().unwrap_or(0),
        places: places.collect(),
        judged: judge(&facts),
    })
}

/// Writes what was found, unless somebody wrote newer.
fn write(tx: &mut dyn Write, fresh: &Fresh) -> Result<(), StoreError> {
    let key: [Value; 1] = [fresh.date.into()];
    if let Some(row) = tx.first(include_str!("../record/discrepancy/day.sql"), &key)?
        && (row.count(0)?, UtcMs(row.int(1)?)) > (fresh.seq, fresh.at)
    {
        return Ok(());
    }
    let place = |activity: &ActivityId| fresh.places.get(activity).cloned().unwrap_or_default();
    tx.execute(include_str!("../record/discrepancy/clear.sql"), &key)?;
    tx.execute(include_str!("../record/discrepancy/clear_sessions.sql"), &key)?;
    let rows: Vec<Vec<Value>> = fresh
        .judged
        .found
        .iter()
        .map(|one| {
            vec![
                one.site.into(),
                one.date.into(),
                one.activity.into(),
                super::child_key(one.child),
                one.kind.as_str().into(),
                one.digest.into(),
                place(&one.activity).into(),
                encode(&one.evidence).into(),
            ]
        })
        .collect();
    tx.execute_many(include_str!("../record/discrepancy/put.sql"), &rows)?;
    let sessions: Vec<Vec<Value>> = fresh
        .judged
        .sessions
        .iter()
        .map(|one| {
            vec![
                one.site.into(),
                fresh.date.into(),
                one.activity.into(),
                place(&one.activity).into(),
                one.ends_at.into(),
                one.booked.into(),
                one.present.into(),
            ]
        })
        .collect();
    tx.execute_many(include_str!("../record/discrepancy/put_session.sql"), &sessions)?;
    tx.execute(include_str!("../record/discrepancy/attach.sql"), &key)?;
    let day = [
        fresh.date.into(),
        fresh.seq.into(),
        fresh.settled.into(),
        fresh.at.into(),
    ];
    tx.execute(include_str!("../record/discrepancy/put_day.sql"), &day)?;
    Ok(())
}

/// Brings a period up to date, at most so many dates, the newest first; answers how many dates are left.
/// Blocks: call it on the blocking pool.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn refresh(commune: &Commune, period: (NaiveDate, NaiveDate), most: usize) -> Result<usize, StoreError> {
    let now = commune.clock.now();
    let zone = commune.zone;
    let stale = commune.store.read(|tx| stale(tx, zone, period, now))?;
    for date in stale.dates.iter().take(most).copied() {
        judge_date(commune, date)?;
    }
    let decided = stale.decided;
    if !decided.is_empty() {
        commune.store.write(move |tx| {
            for (date, seq) in decided {
                tx.execute(include_str!("../record/discrepancy/attach.sql"), &[date.into()])?;
                let params = [date.into(), seq.into()];
                tx.execute(include_str!("../record/discrepancy/settled_up_to.sql"), &params)?;
            }
            Ok::<_, StoreError>(())
        })?;
    }
    Ok(stale.dates.len().saturating_sub(most))
}
