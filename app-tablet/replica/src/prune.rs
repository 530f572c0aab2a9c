//! What a tablet lets go. A sheet stays until a loss that can still happen could not take it from the
//! server: its marks are off-site, and were so before the oldest snapshot that anybody would restore.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use shared::digest::SheetRef;
use shared::envelope::{Header, Scope};
use shared::time::UtcMs;

use crate::day::Lists;
use crate::error::ReplicaError;
use crate::store::lost::{self, Lineage};
use crate::store::marks::{self, MarkState};
use crate::store::meta;
use crate::tablet::Tablet;

/// How many days everything stays, at least.
pub const KEEP_DAYS: u64 = 90;
/// How many days before the oldest snapshot that can still be restored everything stays, at least.
const BEFORE_OLDEST_DAYS: u64 = 30;
const DAY_MS: i64 = 86_400_000;
/// Dates let go after one exchange, at most: nobody is to wait for it.
const DATES: usize = 8;
/// Lists let go after one exchange, and those looked at for it, at most.
const LISTS: usize = 64;
const LISTS_SEEN: u32 = 512;

/// How the tablet stands with its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Server time at the newest answer.
    pub now: UtcMs,
    /// That day, in the commune's zone.
    pub today: NaiveDate,
    /// The newest journal entry that is off-site; 0 where nothing is.
    pub backed_up: u64,
    /// When the oldest snapshot was made that can still be restored.
    pub oldest_backup: Option<UtcMs>,
}

/// A sheet as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its date.
    pub date: NaiveDate,
    /// A receipt covers each of its marks.
    pub accepted: bool,
    /// The journal entry of the newest receipt that covered something new of it.
    pub seq: u64,
    /// When that was, by the server's clock.
    pub accepted_at: Option<UtcMs>,
    /// Two of its marks contradict each other.
    pub disputed: bool,
}

impl Ground {
    /// What was accepted later than this stays; `None` where nothing may go.
    fn limit(&self) -> Option<UtcMs> {
        let oldest = self.oldest_backup.filter(|_| self.backed_up > 0)?;
        let days = |days: u64| i64::try_from(days).unwrap_or(i64::MAX).saturating_mul(DAY_MS);
        let kept = self.now.0.saturating_sub(days(KEEP_DAYS));
        let restorable = oldest.0.saturating_sub(days(BEFORE_OLDEST_DAYS));
        Some(UtcMs(kept.min(restorable)))
    }

    fn first_day_kept(&self) -> NaiveDate {
        self.today
            .checked_sub_days(Days::new(KEEP_DAYS))
            .unwrap_or(self.today)
    }

    /// Whether a sheet may go.
    pub fn lets_go(&self, sheet: &Held) -> bool {
        let Some(limit) = self.limit() else { return false };
        let in_backup = sheet.accepted && (1..=self.backed_up).contains(&sheet.seq);
        let long_ago = sheet.accepted_at.is_some_and(|at| at <= limit);
        sheet.date < self.first_day_kept() && in_backup && long_ago && !sheet.disputed
    }

    /// Whether a list may go: one of the branch of now that is off-site for long, or one of another branch
    /// that the server has.
    fn lets_list_go(&self, header: &Header, lineage: &Lineage, left: &[Header]) -> bool {
        let Scope::DayList { date, .. } = header.scope else {
            return false;
        };
        let Some(limit) = self.limit() else { return false };
        let old = date < self.first_day_kept() && date < limit.date_in(chrono_tz::UTC);
        let taken = if lineage.branch.is_some() && lineage.branch != Some(header.branch) {
            !left.contains(header)
        } else {
            header.seq <= self.backed_up
        };
        old && taken
    }
}

impl Tablet {
    /// Lets go of the oldest days, a few at a time. Days go in order, so that from the first day held on
    /// the tablet holds what the server holds. Answers how many sheets went.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn prune(&mut self) -> Result<usize, ReplicaError> {
        let Some(now) = self.met.server_time else {
            return Ok(0);
        };
        let ground = Ground {
            now,
            today: now.date_in(self.zone()),
            backed_up: self.met.in_backup_to().unwrap_or(0),
            oldest_backup: self.met.oldest_backup,
        };
        let unsettled = self.met.back.is_some_and(|back| back.open);
        if unsettled || ground.limit().is_none() {
            return Ok(0);
        }
        lost::accepted_sometime(self.db.reader(), now)?;
        let mut by_date: BTreeMap<NaiveDate, Vec<SheetRef>> = BTreeMap::new();
        for sheet in marks::all_sheets(self.db.reader())? {
            by_date.entry(sheet.date).or_default().push(sheet);
        }
        let mut lists = Lists::default();
        let mut gone = Vec::new();
        let mut from = self.met.from;
        for (date, sheets) in by_date.into_iter().take(DATES) {
            if date >= ground.first_day_kept() {
                break;
            }
            let disputed = !self.fold_of_date(&mut lists, date)?.conflicts.is_empty();
            let held = sheets.iter().map(|sheet| self.held(sheet, disputed));
            let held: Vec<Held> = held.collect::<Result<_, _>>()?;
            if !held.iter().all(|sheet| ground.lets_go(sheet)) {
                break;
            }
            gone.extend(sheets);
            from = from.max(date.succ_opt().unwrap_or(date));
        }
        let lineage = self.lineage()?;
        let left: Vec<Header> = lost::to_hand_back(self.db.reader(), &lineage)?
            .iter()
            .map(|one| one.header)
            .collect();
        let mut met = self.met.clone();
        met.from = from;
        let tx = self.db.begin()?;
        for sheet in &gone {
            lost::remove_sheet(&tx, sheet)?;
        }
        let old = lost::old_lists(&tx, ground.first_day_kept(), LISTS_SEEN)?;
        let old = old.iter().map(|one| one.header);
        for header in old
            .filter(|header| ground.lets_list_go(header, &lineage, &left))
            .take(LISTS)
        {
            lost::remove_envelope(&tx, &header)?;
        }
        meta::put_met(&tx, &met)?;
        tx.commit()?;
        self.met = met;
        self.sheets.forget_all();
        Ok(gone.len())
    }

    fn held(&self, sheet: &SheetRef, disputed: bool) -> Result<Held, ReplicaError> {
        let db = self.db.reader();
        let rows = marks::of_sheet(db, sheet)?;
        Ok(Held {
            date: sheet.date,
            accepted: rows.iter().all(|row| row.state == MarkState::Accepted),
            seq: rows.iter().map(|row| row.accepted_seq).max().unwrap_or(0),
            accepted_at: lost::accepted_at(db, sheet)?,
            disputed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: UtcMs = UtcMs(1_795_420_800_000);

    fn days_ago(days: i64) -> UtcMs {
        UtcMs(NOW.0 - days * DAY_MS)
    }

    fn ground(backed_up: u64, oldest_days: Option<i64>) -> Ground {
        Ground {
            now: NOW,
            today: NOW.date_in(chrono_tz::Europe::Paris),
            backed_up,
            oldest_backup: oldest_days.map(days_ago),
        }
    }

    fn sheet(days: i64, seq: u64) -> Held {
        Held {
            date: days_ago(days).date_in(chrono_tz::Europe::Paris),
            accepted: true,
            seq,
            accepted_at: Some(days_ago(days)),
            disputed: false,
        }
    }

    #[test]
    fn a_sheet_goes_when_no_restore_could_miss_it() {
        assert!(ground(10, Some(20)).lets_go(&sheet(91, 10)));
        assert!(!ground(10, Some(20)).lets_go(&sheet(89, 10)), "ninety days");
        assert!(ground(10, Some(200)).lets_go(&sheet(231, 10)));
        assert!(
            !ground(10, Some(200)).lets_go(&sheet(229, 10)),
            "thirty days before the oldest snapshot"
        );
        assert!(!ground(0, None).lets_go(&sheet(900, 10)), "nothing is off-site");
        assert!(!ground(10, None).lets_go(&sheet(900, 10)), "no snapshot");
        assert!(!ground(9, Some(20)).lets_go(&sheet(900, 10)), "not in backup");
    }

    proptest! {
        /// Whatever is missing of the reasons to let a sheet go, it stays; and one that may go may go
        /// later, too, while nothing else changes.
        #[test]
        fn nothing_goes_without_every_reason(
            age in 0..800_i64, accepted_age in 0..800_i64, seq in 0..20_u64, backed_up in 0..20_u64,
            oldest in proptest::option::of(0..400_i64), accepted: bool, disputed: bool, later in 0..400_i64,
        ) {
            let held = Held {
                accepted,
                disputed,
                accepted_at: Some(days_ago(accepted_age)),
                ..sheet(age, seq)
            };
            let ground = ground(backed_up, oldest);
            let goes = ground.lets_go(&held);
            let reasons = [
                accepted,
                !disputed,
                seq > 0 && seq <= backed_up,
                age > 90,
                accepted_age >= 90,
                oldest.is_some_and(|oldest| accepted_age >= oldest + 30),
            ];
            prop_assert_eq!(goes, reasons.iter().all(|reason| *reason));
            let then = Ground {
                now: UtcMs(NOW.0 + later * DAY_MS),
                today: UtcMs(NOW.0 + later * DAY_MS).date_in(chrono_tz::Europe::Paris),
                ..ground
            };
            prop_assert!(!goes || then.lets_go(&held));
            let unknown = Held { accepted_at: None, ..held };
            prop_assert!(!ground.lets_go(&unknown));
        }
    }
}
