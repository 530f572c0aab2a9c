//! What each mark had in view when it was made: the marks it names in `after`, theirs in turn,
//! and the earlier marks of the same tablet on the same child.

use std::collections::{BTreeMap, BTreeSet};

use super::Marks;
use crate::ids::{ActivityId, ChildId, DeviceId, MarkId};
use crate::mark::{AbsenceScope, Kind, Mark};

/// Who had seen whom.
pub(super) struct Ancestry(BTreeMap<MarkId, BTreeSet<MarkId>>);

impl Ancestry {
    /// Of all marks on children.
    pub(super) fn of(marks: &Marks) -> Self {
        let mut parents: BTreeMap<MarkId, BTreeSet<MarkId>> = BTreeMap::new();
        let mut by_device: BTreeMap<(ChildId, DeviceId), Vec<(u64, MarkId)>> = BTreeMap::new();
        for (id, _, mark) in marks.iter() {
            let Some(child) = mark.child else { continue };
            by_device
                .entry((child, mark.device))
                .or_default()
                .push((mark.device_seq, id));
            parents.insert(id, mark.after.iter().copied().chain(mark.replaces()).collect());
        }
        for mut own in by_device.into_values() {
            own.sort_unstable();
            for pair in own.windows(2) {
                parents.entry(pair[1].1).or_default().insert(pair[0].1);
            }
        }
        Self(parents.keys().map(|id| (*id, reach(*id, &parents))).collect())
    }

    /// Whether `later` was made with `earlier` in view.
    pub(super) fn saw(&self, later: MarkId, earlier: MarkId) -> bool {
        self.0.get(&later).is_some_and(|seen| seen.contains(&earlier))
    }

    /// Whether neither had the other in view.
    pub(super) fn concurrent(&self, a: MarkId, b: MarkId) -> bool {
        a != b && !self.saw(a, b) && !self.saw(b, a)
    }
}

fn reach(from: MarkId, parents: &BTreeMap<MarkId, BTreeSet<MarkId>>) -> BTreeSet<MarkId> {
    let mut seen = BTreeSet::new();
    let mut todo = vec![from];
    while let Some(id) = todo.pop() {
        for parent in parents.get(&id).into_iter().flatten() {
            if *parent != from && seen.insert(*parent) {
                todo.push(*parent);
            }
        }
    }
    seen
}

/// The newest marks of a child and activity (and of its absences for the rest of the day) that no
/// other names: what a new mark puts in `after`.
pub fn frontier(marks: &Marks, child: ChildId, activity: ActivityId) -> Vec<MarkId> {
    let concerns = |mark: &Mark| {
        mark.child == Some(child)
            && (mark.activity == activity
                || matches!(
                    mark.kind,
                    Kind::Transfer { .. }
                        | Kind::Absent {
                            scope: AbsenceScope::RestOfDay,
                            ..
                        }
                ))
    };
    let mut newest: BTreeSet<MarkId> = BTreeSet::new();
    let mut named: BTreeSet<MarkId> = BTreeSet::new();
    for (id, _, mark) in marks.iter().filter(|(_, _, mark)| concerns(mark)) {
        newest.insert(id);
        named.extend(mark.after.iter().copied().chain(mark.replaces()));
    }
    newest.difference(&named).copied().collect()
}
