//! The branches of a commune, as they are known off-site, and the one line of history that a restore
//! follows. Pure.

use std::collections::{BTreeMap, BTreeSet};

use shared::ids::BranchId;
use shared::offsite::BranchBirth;
use shared::receipt::Position;

/// What is known of how branches began.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    births: BTreeMap<BranchId, BranchBirth>,
}

impl Tree {
    /// What is told first of a branch counts.
    pub(crate) fn learn(&mut self, births: impl IntoIterator<Item = BranchBirth>) {
        for birth in births {
            self.births.entry(birth.id).or_insert(birth);
        }
    }

    /// Whether a branch is known whose id begins so.
    pub(crate) fn knows_prefix(&self, prefix: &[u8; 8]) -> bool {
        self.births.keys().any(|id| id.as_bytes().starts_with(prefix))
    }

    /// All branches, the one born last first; of several born at once, that with the greatest id.
    pub(crate) fn ends(&self) -> Vec<BranchId> {
        let mut births: Vec<&BranchBirth> = self.births.values().collect();
        births.sort_by_key(|birth| std::cmp::Reverse((birth.born_at, birth.id)));
        births.into_iter().map(|birth| birth.id).collect()
    }

    /// The history that leads to a branch, from the oldest branch of which anything is known.
    pub(crate) fn path(&self, end: BranchId) -> Path {
        let mut stretches = Vec::new();
        let mut seen = BTreeSet::new();
        let (mut branch, mut until) = (end, None);
        while seen.insert(branch) {
            let birth = self.births.get(&branch).copied();
            let parent = birth.and_then(|birth| birth.parent);
            stretches.push(Stretch {
                branch,
                birth,
                after: parent.map_or(0, |parent| parent.seq),
                until,
            });
            let Some(parent) = parent else { break };
            branch = parent.branch;
            until = Some(parent);
        }
        stretches.reverse();
        Path { stretches }
    }
}

/// One line of history: branches, each up to where the next began.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    stretches: Vec<Stretch>,
}

/// A branch's part of it.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    pub(crate) branch: BranchId,
    /// How it began, where that is known.
    pub(crate) birth: Option<BranchBirth>,
    /// The entry before its first.
    pub(crate) after: u64,
    /// Its last entry here; the newest branch has none.
    pub(crate) until: Option<Position>,
}

impl Stretch {
    /// Whether this entry is one of its.
    pub(crate) fn has(&self, seq: u64) -> bool {
        seq > self.after && self.until.is_none_or(|until| seq <= until.seq)
    }
}

impl Path {
    /// The branches, the oldest first.
    pub(crate) fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// The branch that this entry is on.
    pub(crate) fn at(&self, seq: u64) -> Option<&Stretch> {
        self.stretches.iter().find(|stretch| stretch.has(seq))
    }

    /// Of a branch's entries from `first` to `last`, the first and the last that lie on it: a piece that was written
    /// across the point where the next branch began has only its beginning there.
    pub(crate) fn within(&self, branch: BranchId, first: u64, last: u64) -> Option<(u64, u64)> {
        let stretch = self.stretches.iter().find(|stretch| stretch.branch == branch)?;
        let from = first.max(stretch.after + 1);
        let until = stretch.until.map_or(last, |until| until.seq.min(last));
        (from <= until).then_some((from, until))
    }

    /// Whether a point lies on it: an entry of one of its branches, or the point where one begins.
    pub(crate) fn holds(&self, at: &Position) -> bool {
        self.stretches.iter().any(|stretch| {
            let begins = stretch
                .birth
                .and_then(|birth| birth.parent)
                .is_some_and(|parent| parent.seq == at.seq && parent.hash == at.hash);
            stretch.branch == at.branch
                && (stretch.has(at.seq) || begins || (at.seq == 0 && stretch.after == 0))
                && stretch
                    .until
                    .is_none_or(|until| at.seq < until.seq || (at.seq == until.seq && at.hash == until.hash))
        })
    }

    /// Whether a snapshot may lie on it, for all that its name says.
    pub(crate) fn may_hold(&self, seq: u64, branch: &[u8; 8]) -> bool {
        self.stretches.iter().any(|stretch| {
            stretch.branch.as_bytes().starts_with(branch)
                && seq >= stretch.after
                && stretch.until.is_none_or(|until| seq <= until.seq)
        })
    }

    /// How branches begin, the oldest first; those of which it is not known are left out.
    pub(crate) fn births(&self) -> Vec<BranchBirth> {
        self.stretches
            .iter()
            .filter_map(|stretch| stretch.birth)
            .collect()
    }
}
