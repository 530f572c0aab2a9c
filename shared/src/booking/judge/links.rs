//! What goes, or does not go, with what on the same day.

use chrono::NaiveDate;

use super::super::Ground;
use super::super::ground::Standing;
use super::super::when::set_for;
use super::Reason;
use super::index::Index;
use super::line::Add;
use super::whole::Whole;
use crate::ids::{ActivityId, ReservationId};
use crate::operation::{Link, LinkKind, Why};

/// What a line lacks.
pub(super) enum Missing {
    Needs(ActivityId),
    Brings(ActivityId),
}

/// The links that count for sessions of an activity on a date, from the rules of either side.
fn links<'g>(index: &Index<'g>, activity: ActivityId, date: NaiveDate) -> impl Iterator<Item = &'g Link> {
    let own = index.set(activity, date);
    let mut all: Vec<&Link> = own
        .map_or(&[][..], |set| &set.links)
        .iter()
        .filter(|link| link.activity == activity || link.other == activity)
        .collect();
    // Links are written with the rules of their first activity, which may be others than those of the second.
    for set in index.ground.sets.iter().filter(|set| !set.links.is_empty()) {
        for link in set.links.iter().filter(|link| link.other == activity) {
            let counts = index
                .set(link.activity, date)
                .is_some_and(|live| live.id == set.id);
            if counts && own.is_none_or(|own| own.id != set.id) {
                all.push(link);
            }
        }
    }
    all.into_iter()
}

/// The reservation of the day that a line does not go with.
pub(super) fn excluded_by(
    whole: &Whole<'_, '_>,
    line: &Add<'_>,
    without: Option<ReservationId>,
) -> Option<Reason> {
    let (activity, date) = (line.wish.session.activity, line.wish.session.date);
    links(whole.index, activity, date)
        .filter(|link| link.kind == LinkKind::Excludes)
        .map(|link| {
            if link.activity == activity {
                link.other
            } else {
                link.activity
            }
        })
        .find(|other| {
            whole
                .present(line.wish.child, date, without)
                .any(|one| one.booked && one.session.activity == *other)
        })
        .map(|other| Reason {
            name: whole.index.name(other),
            date: Some(date),
            ..Reason::of(Why::Excluded)
        })
}

/// What a line needs or brings and does not have. A reservation counts only with another; what is asked or waited for
/// may go with what is asked or waited for.
pub(super) fn missing(whole: &Whole<'_, '_>, line: &Add<'_>, booked: bool) -> Option<Missing> {
    let (activity, date) = (line.wish.session.activity, line.wish.session.date);
    let lacks = |other: ActivityId| {
        !whole
            .present(line.wish.child, date, None)
            .any(|one| one.session.activity == other && (one.booked || !booked))
    };
    links(whole.index, activity, date)
        .filter(|link| link.activity == activity && lacks(link.other))
        .find_map(|link| match link.kind {
            LinkKind::Excludes => None,
            LinkKind::Needs => Some(Missing::Needs(link.other)),
            LinkKind::Brings => Some(Missing::Brings(link.other)),
        })
}

/// What else of the day would be left without a reservation that is cancelled. Where the town hall is only asked, what
/// it is asked about besides goes with it.
pub(super) fn needed_by(whole: &Whole<'_, '_>, cancelled: &Standing) -> Option<ActivityId> {
    let (activity, date) = (cancelled.session.activity, cancelled.session.date);
    let asked = whole.leaving.contains(&cancelled.id);
    let has = |activity: ActivityId| {
        whole.present(cancelled.child, date, None).any(|one| {
            let goes = asked && one.id.is_some_and(|id| whole.leaving.contains(&id));
            one.booked && !goes && one.session.activity == activity
        })
    };
    links(whole.index, activity, date)
        .filter(|link| link.kind != LinkKind::Excludes && link.other == activity)
        .find(|link| has(link.activity) && !has(activity))
        .map(|link| link.activity)
}

/// The activities that whoever books an activity on a date books too, so that a cart can add them.
pub fn brings(activity: ActivityId, date: NaiveDate, ground: &Ground) -> Vec<ActivityId> {
    let set = set_for(activity, date, ground);
    set.map_or(&[][..], |set| &set.links)
        .iter()
        .filter(|link| link.kind == LinkKind::Brings && link.activity == activity)
        .map(|link| link.other)
        .collect()
}
