//! A child at two sites at once.

use std::collections::BTreeMap;

use super::presence::End;
use super::{Conflict, Fold, Modes};
use crate::ids::{ActivityId, ChildId, MarkId, SiteId};
use crate::mode::Mode;
use crate::time::UtcMs;

struct Stay {
    start: UtcMs,
    end: UtcMs,
    site: SiteId,
    activity: ActivityId,
    mark: MarkId,
}

/// Compares the stays of each child over all sites. A stay that nobody ended lasts; in the
/// canteen, where nobody taps a departure, it counts as its instant of arrival.
pub(super) fn find(modes: &Modes, out: &mut Fold) {
    let mut stays: BTreeMap<ChildId, Vec<Stay>> = BTreeMap::new();
    for ((site, child, activity), presence) in &out.presences {
        let pointed_once = modes.get(activity) == Some(&Mode::Presence);
        let Some(first_mark) = presence.marks.first() else {
            continue;
        };
        for interval in &presence.intervals {
            let (Some(start), end) = (interval.start, interval.end) else {
                continue;
            };
            let mark = match interval.ended_by {
                Some(End::Out(id)) if presence.marks.len() == 1 => id,
                _ => *first_mark,
            };
            let end = if pointed_once {
                start
            } else {
                end.unwrap_or(UtcMs(i64::MAX))
            };
            stays.entry(*child).or_default().push(Stay {
                start,
                end,
                site: *site,
                activity: *activity,
                mark,
            });
        }
    }
    for (child, mut stays) in stays {
        stays.sort_by_key(|s| (s.start, s.site, s.activity));
        for (i, a) in stays.iter().enumerate() {
            for b in &stays[i + 1..] {
                let overlap = b.start < a.end || b.start == a.start;
                let same_twice = a.activity == b.activity && modes.get(&a.activity) == Some(&Mode::Presence);
                if a.site != b.site && (overlap || same_twice) {
                    out.conflicts.insert(Conflict::TwoSites {
                        child,
                        activity: a.activity,
                        a: a.mark,
                        b: b.mark,
                    });
                }
            }
        }
    }
}
