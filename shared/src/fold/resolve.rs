//! Voids and corrections applied: what is left are acts, each with the instant it counts at.

use std::collections::{BTreeMap, BTreeSet};

use super::{Conflict, Marks};
use crate::ids::{ActivityId, ChildId, DeviceId, MarkId, SiteId};
use crate::mark::{Kind, Mark};
use crate::time::UtcMs;

/// A mark that stands, at its right time.
#[derive(Clone, Debug)]
pub(super) struct Act<'a> {
    pub(super) at: UtcMs,
    pub(super) device: DeviceId,
    pub(super) seq: u64,
    pub(super) id: MarkId,
    pub(super) site: SiteId,
    pub(super) child: Option<ChildId>,
    pub(super) activity: ActivityId,
    pub(super) mark: &'a Mark,
}

/// The marks that stand, in order of time; those of one tablet at one instant in the order made.
pub(super) fn acts<'a>(
    marks: &'a Marks,
    times: &BTreeMap<MarkId, UtcMs>,
    undone: &BTreeSet<MarkId>,
    corrected: &BTreeMap<MarkId, UtcMs>,
) -> Vec<Act<'a>> {
    let mut acts: Vec<Act<'a>> = marks
        .iter()
        .filter(|(id, _, mark)| !undone.contains(id) && mark.replaces().is_none())
        .map(|(id, site, mark)| Act {
            at: corrected
                .get(&id)
                .or_else(|| times.get(&id))
                .copied()
                .unwrap_or_default(),
            device: mark.device,
            seq: mark.device_seq,
            id,
            site,
            child: mark.child,
            activity: mark.activity,
            mark,
        })
        .collect();
    acts.sort_by_key(|act| (act.at, act.device, act.seq, act.id));
    acts
}

/// The marks that a standing void names. A void can itself be undone; voids that undo each other
/// in a ring, which no tablet makes, undo nothing.
pub(super) fn undone(marks: &Marks) -> BTreeSet<MarkId> {
    let mut voided_by: BTreeMap<MarkId, BTreeSet<MarkId>> = BTreeMap::new();
    for (id, _, mark) in marks.iter() {
        if let Kind::Void { replaces } = mark.kind {
            voided_by.entry(replaces).or_default().insert(id);
        }
    }
    let voids: BTreeSet<MarkId> = voided_by.values().flatten().copied().collect();
    let mut stands: BTreeMap<MarkId, bool> = BTreeMap::new();
    loop {
        let before = stands.len();
        for id in &voids {
            if stands.contains_key(id) {
                continue;
            }
            let against = voided_by.get(id).into_iter().flatten();
            let verdicts: Vec<Option<bool>> = against.map(|v| stands.get(v).copied()).collect();
            if verdicts.contains(&Some(true)) {
                stands.insert(*id, false);
            } else if verdicts.iter().all(|v| *v == Some(false)) {
                stands.insert(*id, true);
            }
        }
        if stands.len() == before {
            break;
        }
    }
    voided_by
        .into_iter()
        .filter(|(_, by)| by.iter().any(|v| stands.get(v) == Some(&true)))
        .map(|(target, _)| target)
        .collect()
}

/// The corrected time of each mark: the correction that no other has seen; where two tablets
/// corrected differently without seeing each other, the later time and a conflict.
pub(super) fn corrections(
    marks: &Marks,
    undone: &BTreeSet<MarkId>,
    conflicts: &mut BTreeSet<Conflict>,
) -> BTreeMap<MarkId, UtcMs> {
    let mut of: BTreeMap<MarkId, Vec<(UtcMs, MarkId)>> = BTreeMap::new();
    for (id, _, mark) in marks.iter() {
        if let Kind::Correct { replaces, at, .. } = mark.kind
            && !undone.contains(&id)
        {
            of.entry(root(marks, replaces)).or_default().push((at, id));
        }
    }
    if of.is_empty() {
        return BTreeMap::new();
    }
    let seen = super::ancestry::Ancestry::of(marks);
    let mut right = BTreeMap::new();
    for (target, all) in of {
        let mut newest: Vec<(UtcMs, MarkId)> = all
            .iter()
            .filter(|(_, id)| !all.iter().any(|(_, other)| seen.saw(*other, *id)))
            .copied()
            .collect();
        if newest.is_empty() {
            newest = all;
        }
        newest.sort_unstable();
        let (Some(first), Some(last)) = (newest.first(), newest.last()) else {
            continue;
        };
        if first.0 != last.0 {
            let child = marks.get(target).and_then(|(_, mark)| mark.child);
            conflicts.insert(Conflict::TwoCorrections {
                of: target,
                a: first.1,
                b: last.1,
                child,
            });
        }
        right.insert(target, last.0);
    }
    right
}

/// The mark at the end of a chain of corrections of corrections.
fn root(marks: &Marks, mut target: MarkId) -> MarkId {
    let mut passed = BTreeSet::new();
    while let Some((_, mark)) = marks.get(target) {
        match mark.kind {
            Kind::Correct { replaces, .. } if passed.insert(target) => target = replaces,
            _ => break,
        }
    }
    target
}
