//! Conflicts of the fold, told with names and hours.

use server_ui::desk::{Contradiction, Said};
use shared::fold::Conflict;
use shared::ids::{ActivityId, MarkId, SiteId};
use shared::mark::{Kind, Mark};
use shared::time::UtcMs;

use super::day::{Day, Pointed, Site, hour_of};
use crate::commune::Commune;

/// The contradictions that concern the list of an activity at a site.
pub(super) fn of_list(
    pointed: &Pointed,
    day: &Day,
    activity: ActivityId,
    sites: &[Site],
    commune: &Commune,
) -> Vec<Contradiction> {
    let tell = |conflict: &Conflict| {
        let child = conflict.child().map(|child| {
            let row = day.rows.iter().find(|row| row.child == child);
            row.map(|row| format!("{} {}", row.last_name, row.first_name))
                .unwrap_or_default()
        });
        Contradiction {
            child: child.filter(|name| !name.trim().is_empty()),
            said: said(pointed, conflict, sites, commune),
        }
    };
    pointed
        .fold
        .conflicts
        .iter()
        .filter(|c| concerns(pointed, c, day.list.site, activity))
        .map(tell)
        .collect()
}

/// How many there are.
pub(super) fn count(pointed: &Pointed, site: SiteId, activity: ActivityId) -> usize {
    pointed
        .fold
        .conflicts
        .iter()
        .filter(|c| concerns(pointed, c, site, activity))
        .count()
}

/// A conflict stands on every list that one of its marks was made on.
fn concerns(pointed: &Pointed, conflict: &Conflict, site: SiteId, activity: ActivityId) -> bool {
    conflict.marks().into_iter().any(|id| {
        pointed
            .marks
            .get(id)
            .is_some_and(|(at, mark)| at == site && mark.activity == activity)
    })
}

fn said(pointed: &Pointed, conflict: &Conflict, sites: &[Site], commune: &Commune) -> Said {
    let hour = |id: MarkId| {
        pointed
            .marks
            .get(id)
            .map(|(_, mark)| hour_of(time(mark), commune))
            .unwrap_or_default()
    };
    let place = |id: MarkId| {
        let site = pointed.marks.get(id).map(|(site, _)| site);
        sites
            .iter()
            .find(|s| Some(s.id) == site)
            .map(|s| s.name.clone())
            .unwrap_or_default()
    };
    match conflict {
        Conflict::PresentAndAbsent { present, absent, .. } => Said::PresentAndAbsent {
            present: hour(*present),
            absent: hour(*absent),
        },
        Conflict::OutBeforeIn { out, .. } => Said::OutBeforeIn { out: hour(*out) },
        Conflict::TwoSites { a, b, .. } => Said::TwoSites {
            a: place(*a),
            b: place(*b),
        },
        Conflict::TwoCorrections { a, b, .. } => Said::TwoCorrections {
            a: hour(*a),
            b: hour(*b),
        },
        Conflict::TwoValues { .. } => Said::TwoValues,
        Conflict::ClockJumped { after, .. } => Said::ClockJumped { after: hour(*after) },
    }
}

/// The instant a mark speaks of.
fn time(mark: &Mark) -> UtcMs {
    match mark.kind {
        Kind::Correct { at, .. } => at,
        Kind::In
        | Kind::Out
        | Kind::Absent { .. }
        | Kind::Close { .. }
        | Kind::Reopen
        | Kind::Void { .. }
        | Kind::Note { .. }
        | Kind::Welcome { .. }
        | Kind::Stranger { .. }
        | Kind::Transfer { .. } => mark
            .stated
            .unwrap_or_else(|| mark.device_time.plus_ms(mark.offset_ms.unwrap_or_default())),
    }
}
