//! One round of jobs over some communes: look what is due, take the lease, do it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use shared::ids::GuardianId;
use shared::operation::{Actor, Body, Channel};
use shared::slug::Slug;
use shared::time::UtcMs;

use super::lease::{self, Holder, LONGEST_MS, Lease, Taken};
use super::offers::{self, OFFERS};
use super::when::{self, Checked};
use super::{check, ephemera};
use crate::about;
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::discrepancies::refresh;
use crate::metrics;
use crate::record;
use crate::store::{Read, StoreError, Write};
use crate::sync::catch_up_behind;

/// How often one commune is looked at, in ms: what is due waits no longer.
const LOOK_EVERY_MS: i64 = when::TIDY_EVERY_MS;
/// The job that removes what is too old.
const TIDY: &str = "tidy";
/// The job that checks whether the record is whole.
const CHECK: &str = "check";
/// The job that saves the documents of sheets.
const SHEETS: &str = "sheets";
/// The job that finds out of whom the journal speaks.
const HISTORY: &str = "history";
/// The job that forgets what opened accounts that were deleted long enough ago.
const ACCOUNTS: &str = "accounts";
/// The job that looks for what does not agree.
const DISCREPANCIES: &str = "discrepancies";
/// Dates it looks back, in days: what the desk counts, and a week more.
const DISCREPANCY_DAYS: u64 = 35;
/// Documents saved in one transaction.
const SHEETS_AT_ONCE: u64 = 4;
/// Problems written to the log in words; the others are counted.
const TOLD: usize = 20;

/// What time it is, and whether to go on.
pub trait Course {
    /// The time.
    fn now(&self) -> UtcMs;
    /// The process is about to stop.
    fn is_over(&self) -> bool;
}

/// The jobs of one process.
pub struct Jobs {
    holder: Holder,
    /// When this process looked at a commune. No more than a hint that saves reads: what is due
    /// stands in the store.
    looked: BTreeMap<Slug, UtcMs>,
    /// Communes of which this process told problems.
    unsound: BTreeSet<Slug>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self {
            holder: Holder::drawn(),
            looked: BTreeMap::new(),
            unsound: BTreeSet::new(),
        }
    }
}

/// What is due in a commune.
struct Due {
    tidy: bool,
    check: bool,
    behind: bool,
    unlooked: Vec<NaiveDate>,
    unread: bool,
    deleted: Vec<GuardianId>,
}

impl Jobs {
    /// Runs what is due in these communes and nobody else runs.
    pub fn round(&mut self, communes: &[Arc<Commune>], course: &dyn Course) {
        self.looked
            .retain(|slug, _| communes.iter().any(|commune| commune.slug == *slug));
        for commune in communes {
            let now = course.now();
            let rests = self.looked.get(&commune.slug).is_some_and(|looked| {
                let since = now.0.saturating_sub(looked.0);
                (0..LOOK_EVERY_MS).contains(&since)
            });
            if course.is_over() {
                return;
            }
            if let Err(error) = self.offers(commune, now) {
                tracing::error!(commune = %commune.slug, %error, "a job failed");
                metrics::job_ended(OFFERS, "failed");
            }
            if rests {
                continue;
            }
            self.looked.insert(commune.slug.clone(), now);
            if let Err(error) = self.look(commune, course) {
                tracing::error!(commune = %commune.slug, %error, "a job failed");
                metrics::job_ended("any", "failed");
            }
        }
    }

    /// At every round: a family that waits for a place is told within the minute.
    fn offers(&self, commune: &Arc<Commune>, now: UtcMs) -> Result<(), CorridorError> {
        let today = now.date_in(commune.zone);
        let due = commune.store.read(|tx| offers::is_due(tx, now, today))?;
        if due && offers::run(commune, self.holder)? {
            metrics::job_ended(OFFERS, "done");
        }
        Ok(())
    }

    fn look(&mut self, commune: &Arc<Commune>, course: &dyn Course) -> Result<(), StoreError> {
        let now = course.now();
        let due = commune.store.read(|tx| due(tx, commune, now))?;
        if due.tidy {
            self.tidy(commune, now)?;
        }
        if due.behind {
            catch_up(commune, course)?;
        }
        if !due.unlooked.is_empty() {
            look_for_discrepancies(commune, course, &due.unlooked)?;
        }
        if due.unread {
            about::fill(commune, || !course.is_over())?;
            metrics::job_ended(HISTORY, "done");
        }
        for guardian in due.deleted {
            forget(commune, guardian)?;
        }
        if due.check {
            self.check(commune, course)?;
        }
        Ok(())
    }

    /// So short that taking the lease, doing it and giving it back are one transaction.
    fn tidy(&self, commune: &Commune, now: UtcMs) -> Result<(), StoreError> {
        let holder = self.holder;
        let gone = commune.store.write(move |tx| {
            let Some(lease) = take(tx, TIDY, holder, now, &|done_at| when::tidy_is_due(done_at, now))? else {
                return Ok(None);
            };
            let gone = ephemera::remove(tx, now)?;
            lease.release(tx, Some(now))?;
            Ok::<_, StoreError>(Some(gone))
        })?;
        if let Some(rows) = gone {
            tracing::debug!(commune = %commune.slug, rows, "what was too old is removed");
            metrics::job_ended(TIDY, "done");
        }
        Ok(())
    }

    /// Checks a commune whatever was written, if no other process did since last night.
    #[cfg(test)]
    pub(super) fn check_now(&mut self, commune: &Commune, course: &dyn Course) {
        self.check(commune, course).unwrap();
    }

    fn check(&mut self, commune: &Commune, course: &dyn Course) -> Result<(), StoreError> {
        let (holder, now) = (self.holder, course.now());
        let night = when::last_night(now, commune.zone, &commune.slug);
        let taken = commune.store.write(move |tx| {
            let is_due =
                |done_at: Option<UtcMs>| done_at.is_none_or(|done| when::is_before(done, night, now));
            take(tx, CHECK, holder, now, &is_due)
        })?;
        let Some(mut lease) = taken else { return Ok(()) };
        let found = check::check(&commune.store, || {
            if course.is_over() {
                return Ok(false);
            }
            let now = course.now();
            if lease.until().0.saturating_sub(now.0) < LONGEST_MS / 2 {
                let mut longer = lease.clone();
                lease = commune.store.write(move |tx| {
                    longer.renew(tx, now, LONGEST_MS)?;
                    Ok::<_, StoreError>(longer)
                })?;
            }
            Ok(true)
        });
        let done_at = matches!(found, Ok(Some(_))).then_some(now);
        commune.store.write(move |tx| lease.release(tx, done_at))?;
        if let Some(found) = found? {
            let problems = found.problems.len();
            // A figure for each commune with problems, not for each commune.
            let known = self.unsound.remove(&commune.slug);
            if problems > 0 || known {
                metrics::checked(commune.slug.as_str(), problems);
            }
            if problems > 0 {
                self.unsound.insert(commune.slug.clone());
            }
            tell(commune, &found);
        }
        Ok(())
    }
}

/// Saves the documents of sheets that are behind what tablets handed in, a few at a time so that
/// nobody waits. Needs no lease: who comes second finds nothing left to do.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn catch_up(commune: &Arc<Commune>, course: &dyn Course) -> Result<(), StoreError> {
    let mut saved = 0;
    while !course.is_over() {
        let here = Arc::clone(commune);
        let more = commune
            .store
            .write(move |tx| catch_up_behind(tx, &here.shelf, here.sheet_actor, SHEETS_AT_ONCE))?;
        saved += more;
        if more < SHEETS_AT_ONCE {
            break;
        }
    }
    tracing::debug!(commune = %commune.slug, saved, "documents of sheets are up to their rows");
    metrics::job_ended(SHEETS, "done");
    Ok(())
}

/// The town hall can no longer restore this account. Needs no lease: who comes second finds nothing to forget.
fn forget(commune: &Commune, guardian: GuardianId) -> Result<(), StoreError> {
    let body = Body::ForgetAccount { guardian };
    let operation = commune.operation(Actor::System, Channel::Job, body);
    match commune.submit(operation) {
        Ok(_) => metrics::job_ended(ACCOUNTS, "done"),
        Err(CorridorError::Store(error)) => return Err(error),
        Err(error) => {
            tracing::error!(commune = %commune.slug, %guardian, %error, "an account is not forgotten");
            metrics::job_ended(ACCOUNTS, "failed");
        }
    }
    Ok(())
}

/// Guardians whose accounts were deleted so long ago that nobody restores them.
fn deleted_for_good(tx: &mut dyn Read, now: UtcMs) -> Result<Vec<GuardianId>, StoreError> {
    let days = i64::from(record::portal(tx)?.0.restore_days);
    let params = [now.plus_ms(-days * when::DAY_MS).into()];
    let rows = tx.query(include_str!("sql/deleted_before.sql"), &params)?;
    rows.iter().map(|row| Ok(GuardianId(row.uuid(0)?))).collect()
}

/// The last weeks, as the desk counts them.
fn weeks(commune: &Commune, now: UtcMs) -> (NaiveDate, NaiveDate) {
    let today = now.date_in(commune.zone);
    let days = Days::new(DISCREPANCY_DAYS - 1);
    (today.checked_sub_days(days).unwrap_or(today), today)
}

/// Judges dates that moved, each by itself so that nobody waits. Needs no lease: who comes second finds
/// the same.
fn look_for_discrepancies(
    commune: &Commune,
    course: &dyn Course,
    dates: &[NaiveDate],
) -> Result<(), StoreError> {
    for date in dates {
        if course.is_over() {
            return Ok(());
        }
        refresh::judge_date(commune, *date)?;
    }
    tracing::debug!(commune = %commune.slug, dates = dates.len(), "discrepancies were looked for");
    metrics::job_ended(DISCREPANCIES, "done");
    Ok(())
}

/// Takes the lease of a job if it is still due: another process may have done it a moment ago.
fn take(
    tx: &mut dyn Write,
    job: &str,
    holder: Holder,
    now: UtcMs,
    is_due: &dyn Fn(Option<UtcMs>) -> bool,
) -> Result<Option<Lease>, StoreError> {
    if !is_due(done_at(tx, job)?) {
        return Ok(None);
    }
    Ok(match Lease::take(tx, job, holder, now, LONGEST_MS)? {
        Taken::Ours(lease) => Some(lease),
        Taken::Theirs(_) => None,
    })
}

pub(super) fn done_at<R: Read + ?Sized>(tx: &mut R, job: &str) -> Result<Option<UtcMs>, StoreError> {
    Ok(lease::held(tx, job)?.and_then(|held| held.done_at))
}

/// What is due: some rows are read, nothing is written.
fn due(tx: &mut dyn Read, commune: &Commune, now: UtcMs) -> Result<Due, StoreError> {
    let at = |tx: &mut dyn Read, sql: &str| {
        let row = tx.first(sql, &[])?;
        row.map_or(Ok(UtcMs(0)), |row| row.int(0).map(UtcMs))
    };
    let known = Checked {
        born_at: at(tx, include_str!("sql/born_at.sql"))?,
        last_write: at(tx, include_str!("sql/last_write.sql"))?,
        done_at: done_at(tx, CHECK)?,
    };
    let night = when::last_night(now, commune.zone, &commune.slug);
    Ok(Due {
        tidy: when::tidy_is_due(done_at(tx, TIDY)?, now) && ephemera::any(tx, now)?,
        check: when::check_is_due(known, night, now),
        behind: tx
            .first(include_str!("../record/sheet/behind.sql"), &[1_i64.into()])?
            .is_some(),
        unlooked: refresh::due(tx, commune.zone, weeks(commune, now), now)?,
        unread: about::is_behind(tx)?,
        deleted: deleted_for_good(tx, now)?,
    })
}

/// Nothing is mended here: which side is right is for a person to say.
fn tell(commune: &Commune, found: &check::Found) {
    let problems = found.problems.len();
    let result = if problems == 0 { "done" } else { "problems" };
    metrics::job_ended(CHECK, result);
    if problems == 0 {
        tracing::info!(commune = %commune.slug, sheets = found.sheets, "the record is whole");
        return;
    }
    tracing::error!(
        commune = %commune.slug, sheets = found.sheets, problems,
        "THE RECORD IS NOT WHOLE: nothing was changed; run verify, and keep every backup"
    );
    for problem in found.problems.iter().take(TOLD) {
        tracing::error!(commune = %commune.slug, problem, "the record is not whole");
    }
}
