//! Links that cannot all hold.

use std::collections::BTreeSet;

use super::Flaw;
use crate::booking::ground::Ground;
use crate::ids::ActivityId;
use crate::operation::{LinkKind, RuleSetRecord};

pub(super) fn check(set: &RuleSetRecord, ground: &Ground, flaws: &mut Vec<Flaw>) {
    for (line, link) in set.links.iter().enumerate() {
        let offered = |id| {
            ground
                .activities
                .get(id)
                .is_some_and(|activity| !activity.retired)
        };
        if link.activity == link.other {
            flaws.push(Flaw::LinkToItself(line + 1));
        } else if !set.activities.contains(&link.activity) || !offered(&link.other) {
            flaws.push(Flaw::LinkElsewhere(line + 1));
        }
    }
    let mut told = BTreeSet::new();
    for activity in &set.activities {
        let together = together(set, *activity);
        if together.contains(activity) && told.is_disjoint(&together) {
            told.extend(&together);
            flaws.push(Flaw::LinkCycle(*activity));
        }
        let all: BTreeSet<ActivityId> = together.iter().copied().chain([*activity]).collect();
        let excluded = set
            .links
            .iter()
            .filter(|link| link.kind == LinkKind::Excludes && link.activity != link.other)
            .find(|link| all.contains(&link.activity) && all.contains(&link.other));
        if let Some(link) = excluded {
            let flaw = Flaw::LinkContradiction {
                activity: link.activity,
                other: link.other,
            };
            if !flaws.contains(&flaw) {
                flaws.push(flaw);
            }
        }
    }
}

/// What an activity needs or brings, through others too; itself among it where they lead back to it.
fn together(set: &RuleSetRecord, activity: ActivityId) -> BTreeSet<ActivityId> {
    let mut found = BTreeSet::new();
    let mut left = vec![activity];
    while let Some(one) = left.pop() {
        let next = set
            .links
            .iter()
            .filter(|link| link.kind != LinkKind::Excludes && link.activity == one && link.other != one);
        for link in next {
            if found.insert(link.other) {
                left.push(link.other);
            }
        }
    }
    found
}
