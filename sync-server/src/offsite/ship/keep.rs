//! What is deleted off-site, as a pure function of what lies there: only what is older than its time,
//! only below a snapshot from which everything since can be had, and never what is not known.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months};
use shared::offsite::Name;
use shared::time::UtcMs;

use crate::offsite::Object;

/// The first snapshot of a month is kept for so many months.
const MONTHLY: u32 = 13;
/// So many of the newest snapshots are kept, however old.
const ALWAYS: usize = 2;

/// What is to be deleted, if the snapshot it rests on is proved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// The snapshot below which there is something to delete.
    pub(super) base: Option<String>,
    /// What goes.
    pub(super) delete: Vec<String>,
    /// Objects that no program of ours named; they stay.
    pub(super) strange: u64,
    /// When the oldest snapshot that stays was made, of this history.
    pub(super) oldest_at: Option<UtcMs>,
}

/// Plans. `is_ours` says whether the history of the store goes over a snapshot with this newest entry
/// and this beginning of its branch's id.
pub(super) fn plan(
    objects: &[Object],
    now: UtcMs,
    keep_ms: i64,
    is_ours: impl Fn(u64, [u8; 8]) -> bool,
) -> Plan {
    let mut plan = Plan::default();
    let since = now.plus_ms(-keep_ms);
    let monthly_since = months_before(now, MONTHLY);
    // Both clocks must say so: ours, and the one of the target.
    let is_old = |object: &Object| object.modified < since;
    let mut snapshots = Vec::new();
    let mut segments = Vec::new();
    for object in objects {
        match Name::parse(&object.path) {
            Some((_, Name::Snapshot { seq, branch, made_at })) => {
                snapshots.push((made_at, seq, is_ours(seq, branch), object));
            }
            Some((_, Name::Segment { branch, last, .. })) => {
                let mut id = [0; 8];
                id.copy_from_slice(&branch.as_bytes()[..8]);
                segments.push((last, is_ours(0, id), object));
            }
            // Lists go when their day has passed, and what is public is replaced ([`super::lists`], [`super::public`]).
            Some((
                _,
                Name::Withdrawals { .. } | Name::Addresses | Name::List { .. } | Name::Page | Name::Feed,
            )) => {}
            None => plan.strange += 1,
        }
    }
    snapshots.sort_by_key(|(made_at, seq, _, object)| (*made_at, *seq, object.path.clone()));
    let ours = || snapshots.iter().filter(|(_, _, ours, _)| *ours);
    plan.oldest_at = ours().map(|(made_at, ..)| *made_at).next();
    let Some(&(base_at, base_seq, _, base)) = ours().rfind(|(made_at, ..)| *made_at < since) else {
        return plan;
    };
    let newest: BTreeSet<&str> = ours()
        .rev()
        .take(ALWAYS)
        .map(|(.., object)| object.path.as_str())
        .collect();
    let mut months: BTreeMap<(i32, u32), &str> = BTreeMap::new();
    for (made_at, _, _, object) in ours() {
        let at = made_at.utc();
        months.entry((at.year(), at.month())).or_insert(&object.path);
    }
    let is_monthly =
        |made_at: UtcMs, path: &str| made_at >= monthly_since && months.values().any(|kept| *kept == path);
    for (made_at, _, ours, object) in &snapshots {
        let path = object.path.as_str();
        let goes = is_old(object)
            && *made_at < since
            && path != base.path
            && !newest.contains(path)
            && !is_monthly(*made_at, path)
            && (!*ours || *made_at < base_at);
        if goes {
            plan.delete.push(path.to_owned());
        }
    }
    for (last, ours, object) in segments {
        // The lost end of a branch of ours stays until this history has passed it.
        if is_old(object) && object.modified < base_at && (last <= base_seq || !ours) {
            plan.delete.push(object.path.clone());
        }
    }
    let gone: BTreeSet<&str> = plan.delete.iter().map(String::as_str).collect();
    let stays = ours().find(|(.., object)| !gone.contains(object.path.as_str()));
    plan.oldest_at = stays.map(|(made_at, ..)| *made_at);
    if !plan.delete.is_empty() {
        plan.base = Some(base.path.clone());
    }
    plan
}

fn months_before(now: UtcMs, months: u32) -> UtcMs {
    let then = now.utc().checked_sub_months(Months::new(months));
    UtcMs(then.map_or(i64::MIN, |then| then.timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use shared::codec::Hash32;
    use shared::ids::BranchId;
    use shared::receipt::Position;
    use shared::slug::Slug;
    use uuid::Uuid;

    use super::*;

    const DAY: i64 = 86_400_000;
    const NOW: UtcMs = UtcMs(1_795_420_800_000);
    const OURS: BranchId = BranchId(Uuid::from_bytes([1; 16]));
    const OTHER: BranchId = BranchId(Uuid::from_bytes([2; 16]));

    fn ville() -> Slug {
        "ville".parse().unwrap()
    }

    fn object(name: &Name, days_ago: i64) -> Object {
        Object {
            path: name.path(&ville()),
            bytes: 1,
            modified: NOW.plus_ms(-days_ago * DAY),
        }
    }

    fn at(branch: BranchId, seq: u64) -> Position {
        Position {
            branch,
            seq,
            hash: Hash32([5; 32]),
        }
    }

    /// One a day, each with ten entries more.
    fn snapshot(branch: BranchId, days_ago: i64) -> Object {
        let seq = (1_000 - 10 * days_ago).max(1) as u64;
        object(
            &Name::snapshot(&at(branch, seq), NOW.plus_ms(-days_ago * DAY)),
            days_ago,
        )
    }

    fn segment(branch: BranchId, days_ago: i64) -> Object {
        let seq = (1_000 - 10 * days_ago).max(1) as u64;
        object(
            &Name::segment(seq.saturating_sub(9).max(1), &at(branch, seq)),
            days_ago,
        )
    }

    fn planned(objects: &[Object], keep_days: i64) -> Plan {
        plan(objects, NOW, keep_days * DAY, |_, branch| {
            branch == OURS.as_bytes()[..8]
        })
    }

    #[test]
    fn what_is_younger_than_its_time_can_be_restored_at_any_instant() {
        let mut objects: Vec<Object> = (0..80)
            .flat_map(|day| [snapshot(OURS, day), segment(OURS, day)])
            .collect();
        let plan = planned(&objects, 35);
        let base = snapshot(OURS, 36).path;
        assert_eq!(
            plan.base,
            Some(base.clone()),
            "the newest that is older than the time stays"
        );
        objects.retain(|object| !plan.delete.contains(&object.path));
        let left = |what: &str| objects.iter().filter(|object| object.path.contains(what)).count();
        // Days 0 to 36; and the firsts of September and October, which are older.
        assert_eq!((left("snapshots"), left("journal")), (37 + 2, 37));
        assert!(objects.iter().any(|object| object.path == base));
        let again = planned(&objects, 35);
        assert_eq!(
            (again.delete, again.base),
            (Vec::new(), None),
            "done twice it does nothing"
        );
        assert_eq!(again.oldest_at, plan.oldest_at);
    }

    #[test]
    fn without_an_older_snapshot_nothing_goes() {
        let objects: Vec<Object> = (0..80)
            .map(|day| segment(OURS, day))
            .chain([snapshot(OURS, 3)])
            .collect();
        assert_eq!(planned(&objects, 35).delete, [""; 0]);
        let others: Vec<Object> = (0..80)
            .flat_map(|day| [segment(OURS, day), snapshot(OTHER, day)])
            .collect();
        assert_eq!(
            planned(&others, 35).delete,
            [""; 0],
            "that of another branch is nothing to rest on"
        );
    }

    #[test]
    fn the_two_newest_snapshots_stay_however_old() {
        let objects = [snapshot(OURS, 500), snapshot(OURS, 499), snapshot(OURS, 498)];
        assert_eq!(planned(&objects, 35).delete, [objects[0].path.clone()]);
    }

    #[test]
    fn other_branches_stay_for_their_time_and_strange_things_for_ever() {
        let strange = Object {
            path: "ville/journal/notes.txt".into(),
            bytes: 3,
            modified: UtcMs(0),
        };
        let kept = [snapshot(OTHER, 34), segment(OTHER, 34), strange];
        let old = [snapshot(OTHER, 60), segment(OTHER, 60)];
        let mut objects: Vec<Object> = (0..50).map(|day| snapshot(OURS, day)).collect();
        objects.extend(kept.clone());
        objects.extend(old.clone());
        let plan = planned(&objects, 35);
        assert_eq!(plan.strange, 1);
        assert!(kept.iter().all(|object| !plan.delete.contains(&object.path)));
        assert!(old.iter().all(|object| plan.delete.contains(&object.path)));
    }

    #[test]
    fn a_copy_of_a_target_is_as_young_as_its_files() {
        let mut objects: Vec<Object> = (0..80)
            .flat_map(|day| [snapshot(OURS, day), segment(OURS, day)])
            .collect();
        for object in &mut objects {
            object.modified = NOW;
        }
        assert_eq!(planned(&objects, 35).delete, [""; 0]);
    }

    #[test]
    fn withdrawals_and_addresses_are_never_deleted() {
        let mut objects: Vec<Object> = (0..50).map(|day| snapshot(OURS, day)).collect();
        objects.push(object(&Name::Addresses, 900));
        objects.push(object(&Name::withdrawals(&Hash32([1; 32])), 900));
        let plan = planned(&objects, 35);
        assert!(plan.delete.iter().all(|path| path.contains("/snapshots/")));
        assert_eq!(plan.strange, 0);
    }
}
