//! Taps: every kind of mark a tablet can make.

use chrono::Days;
use shared::mark::{AbsenceScope, Because, Closing, Reason};
use tablet_replica::{Absence, ReplicaError, Target};

use super::case::Lie;
use super::pad::excused;
use super::world::{Made, World};
use super::{Wrong, ground};

const HOUR_MS: i64 = 3_600_000;

impl World {
    /// A tap on tablet `n`. When it answers, it is green; when it does not, it must not be anywhere.
    pub(super) fn tap(&mut self, n: usize, x: u32, y: u32) -> Result<(), Wrong> {
        let today = self.now.date_in(chrono_tz::Europe::Paris);
        let back = u64::from(x / 400 % 12).saturating_sub(9);
        let stated = (y / 64).is_multiple_of(8).then(|| self.now.plus_ms(-HOUR_MS));
        let pad = &mut self.pads[n];
        let target = Target {
            site: pad.sites[x as usize % pad.sites.len()],
            date: today.checked_sub_days(Days::new(back)).unwrap_or(today),
            activity: ground::activity(x / 3),
        };
        let child = ground::child(x / 12);
        let held: Vec<_> = pad.holding.marks.iter().copied().collect();
        let old = (!held.is_empty()).then(|| held[x as usize % held.len()]);
        let full = pad.room.is_some();
        let other = ground::site((x as usize / 5) % self.sites);
        let Some(tablet) = pad.tablet()? else {
            return Ok(());
        };
        let absence = |scope| Absence {
            scope,
            reason: Reason::Unjustified,
        };
        let now = tablet.now();
        let one = |made: Result<_, ReplicaError>| made.map(|id| vec![id]);
        let made = match (y % 16, old) {
            (6..=8, _) => one(tablet.leave(target, child, stated)),
            (9, _) => one(tablet.absent(target, child, absence(AbsenceScope::Session), stated)),
            (10, _) => one(tablet.absent(target, child, absence(AbsenceScope::RestOfDay), stated)),
            (11, _) => {
                let expected = (0..x % 4).map(ground::child).collect();
                one(tablet.close(target, Closing::Absent, expected))
            }
            (12, _) => one(tablet.reopen(target)),
            (13, Some(old)) => one(tablet.undo(old)),
            (14, Some(old)) => one(tablet.correct(old, now.plus_ms(-HOUR_MS), Some(Because::Forgotten))),
            (15, _) => match y / 16 % 3 {
                0 => one(tablet.note(target, child, "un mot")),
                1 => one(tablet.transfer(target, child, other)),
                _ => tablet.stranger(target, "manteau rouge"),
            },
            _ => one(tablet.arrive(target, child, None, stated)),
        };
        let mut ids = match made {
            Ok(ids) => ids,
            Err(error) => {
                self.tally.refused += 1;
                if matches!(error, ReplicaError::Disk(_)) {
                    self.tally.full += 1;
                }
                let forgotten = matches!(error, ReplicaError::Refused(_)) && matches!(y % 16, 13 | 14);
                if let ReplicaError::Closed { .. } = error {
                    // Half of those who are told that it is closed point all the same, from then on.
                    return match self.pads[n].tablet()? {
                        Some(tablet) if x.is_multiple_of(2) => {
                            tablet.point_anyway().or_else(|error| excused(&error, full))
                        }
                        _ => Ok(()),
                    };
                }
                if forgotten {
                    return Err(Wrong::new("a tablet does not know a mark that it holds"));
                }
                return excused(&error, full);
            }
        };
        if self.lie == Lie::GreenTooSoon && y.is_multiple_of(8) {
            ids = ids
                .into_iter()
                .map(|_| shared::ids::MarkId(uuid::Uuid::from_u128(u128::from(x) << 32 | u128::from(y))))
                .collect();
        }
        self.tally.taps += ids.len() as u64;
        for id in ids {
            // What a mark undoes or corrects is pointed on that mark's sheet, not on the one shown.
            let sheet = match (y % 16, old.and_then(|old| self.made.get(&old))) {
                (13 | 14, Some(made)) => made.sheet,
                _ => shared::digest::SheetRef {
                    site: target.site,
                    date: target.date,
                },
            };
            if self.made.insert(id, Made { sheet }).is_some() {
                return Err(Wrong::new("two taps have one id"));
            }
            self.pads[n].holding.marks.insert(id);
        }
        Ok(())
    }
}
