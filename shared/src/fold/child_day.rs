//! One child's day: its acts in order of time become stays and absences.

use std::collections::{BTreeMap, BTreeSet};

use super::ancestry::Ancestry;
use super::presence::{Absence, DayAbsence, DayTransfer, End, Interval, Presence};
use super::resolve::Act;
use super::{Conflict, Fold, Modes};
use crate::ids::{ActivityId, ChildId, MarkId, SiteId};
use crate::mark::{AbsenceScope, Kind};
use crate::mode::Mode;

type Day = BTreeMap<(SiteId, ActivityId), Presence>;

/// Folds every child that has an act.
pub(super) fn fold_children(acts: &[Act<'_>], seen: &Ancestry, modes: &Modes, out: &mut Fold) {
    let mut by_child: BTreeMap<ChildId, Vec<&Act<'_>>> = BTreeMap::new();
    for act in acts {
        if let Some(child) = act.child {
            by_child.entry(child).or_default().push(act);
        }
    }
    for (child, acts) in by_child {
        let overridden = overridden(child, &acts, seen, &mut out.conflicts);
        let mut day = Day::new();
        for act in acts.iter().filter(|act| !overridden.contains(&act.id)) {
            step(child, act, modes, &mut day, out);
        }
        out.presences.extend(
            day.into_iter()
                .map(|((site, activity), p)| ((site, child, activity), p)),
        );
    }
}

/// Arrivals and departures that a later absence has seen, and absences that a later arrival or
/// departure has seen: the one that saw the other counts. Where neither saw the other, and no
/// third mark saw both, it is a conflict, and the child counts as here.
fn overridden(
    child: ChildId,
    acts: &[&Act<'_>],
    seen: &Ancestry,
    conflicts: &mut BTreeSet<Conflict>,
) -> BTreeSet<MarkId> {
    let moved: Vec<_> = acts
        .iter()
        .filter(|a| matches!(a.mark.kind, Kind::In | Kind::Out))
        .collect();
    let absent: Vec<_> = acts
        .iter()
        .filter(|a| matches!(a.mark.kind, Kind::Absent { .. }))
        .collect();
    let mut dropped = BTreeSet::new();
    for a in &absent {
        for p in moved.iter().filter(|p| p.activity == a.activity) {
            if seen.saw(p.id, a.id) {
                dropped.insert(a.id);
            } else if seen.saw(a.id, p.id) {
                dropped.insert(p.id);
            }
        }
    }
    for a in &absent {
        for p in moved.iter().filter(|p| contradicts(p, a)) {
            let settled = acts.iter().any(|m| {
                // A memo says nothing of who is right.
                let says = !matches!(m.mark.kind, Kind::Note { .. } | Kind::Stranger { .. });
                says && seen.saw(m.id, a.id) && seen.saw(m.id, p.id)
            });
            if seen.concurrent(a.id, p.id) && !settled {
                conflicts.insert(Conflict::PresentAndAbsent {
                    child,
                    activity: p.activity,
                    present: p.id,
                    absent: a.id,
                });
                if p.activity == a.activity {
                    dropped.insert(a.id);
                }
            }
        }
    }
    dropped
}

/// Whether an arrival or departure speaks about what the absence speaks about.
fn contradicts(p: &Act<'_>, a: &Act<'_>) -> bool {
    let rest_of_day = matches!(
        a.mark.kind,
        Kind::Absent {
            scope: AbsenceScope::RestOfDay,
            ..
        }
    );
    p.activity == a.activity || (rest_of_day && p.at > a.at && matches!(p.mark.kind, Kind::In))
}

fn step(child: ChildId, act: &Act<'_>, modes: &Modes, day: &mut Day, out: &mut Fold) {
    let here = (act.site, act.activity);
    let mode = modes.get(&act.activity).copied().unwrap_or_default();
    match &act.mark.kind {
        Kind::In => {
            pass_on(act, modes, day);
            // Whoever comes back is no longer sent away.
            if out
                .transfers
                .get(&child)
                .is_some_and(|sent| sent.from == act.site)
            {
                out.transfers.remove(&child);
            }
            let presence = entry(day, here, act);
            if presence.intervals.last().is_none_or(|last| last.end.is_some()) {
                presence.intervals.push(Interval {
                    start: Some(act.at),
                    end: None,
                    ended_by: None,
                });
            }
        }
        Kind::Out => {
            let presence = entry(day, here, act);
            match presence.intervals.last_mut() {
                Some(last) if last.end.is_none() => {
                    last.end = Some(act.at);
                    last.ended_by = Some(End::Out(act.id));
                }
                // A second tap of one departure: the first stands.
                Some(_) => {}
                None => {
                    presence.intervals.push(Interval {
                        start: None,
                        end: Some(act.at),
                        ended_by: Some(End::Out(act.id)),
                    });
                    if mode != Mode::DepartureOnly {
                        out.conflicts.insert(Conflict::OutBeforeIn {
                            child,
                            activity: act.activity,
                            out: act.id,
                        });
                    }
                }
            }
        }
        Kind::Absent { scope, reason } => {
            let presence = entry(day, here, act);
            presence.absence.get_or_insert(Absence {
                reason: *reason,
                mark: act.id,
                by_closing: false,
            });
            if *scope == AbsenceScope::RestOfDay {
                out.day_absences.entry(child).or_insert(DayAbsence {
                    from: act.at,
                    reason: *reason,
                    mark: act.id,
                    site: act.site,
                    activity: act.activity,
                });
            }
        }
        Kind::Note { sealed } => out
            .notes
            .entry(child)
            .or_default()
            .push((act.id, sealed.0.clone())),
        Kind::Stranger { sealed } => {
            out.strangers
                .entry(child)
                .or_insert_with(|| (act.id, sealed.0.clone()));
        }
        Kind::Transfer { to } => {
            for ((site, _), presence) in day.iter_mut() {
                if let Some(last) = presence.intervals.last_mut()
                    && *site == act.site
                    && last.end.is_none()
                {
                    last.end = Some(act.at);
                    last.ended_by = Some(End::Transfer(act.id));
                    presence.marks.push(act.id);
                }
            }
            out.transfers.insert(
                child,
                DayTransfer {
                    at: act.at,
                    from: act.site,
                    to: *to,
                    mark: act.id,
                },
            );
        }
        Kind::Close { .. }
        | Kind::Reopen
        | Kind::Correct { .. }
        | Kind::Void { .. }
        | Kind::Welcome { .. } => {}
    }
}

fn entry<'d>(day: &'d mut Day, here: (SiteId, ActivityId), act: &Act<'_>) -> &'d mut Presence {
    let presence = day.entry(here).or_default();
    presence.marks.push(act.id);
    presence.formula = act.mark.formula.or(presence.formula);
    presence
}

/// An arrival ends the child's open stay in any other activity of the site at that instant. The
/// canteen has no departure, so nothing ends there.
fn pass_on(act: &Act<'_>, modes: &Modes, day: &mut Day) {
    for ((site, activity), presence) in day.iter_mut() {
        let pointed_once = modes.get(activity) == Some(&Mode::Presence);
        if *site != act.site || *activity == act.activity || pointed_once {
            continue;
        }
        if let Some(last) = presence.intervals.last_mut().filter(|i| i.end.is_none()) {
            last.end = Some(act.at);
            last.ended_by = Some(End::Passage(act.id));
        }
    }
}
