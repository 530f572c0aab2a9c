//! One day of a child: pure.

use chrono::NaiveDate;
use chrono_tz::Tz;
use server_ui::portal::days::{DaySaid, DayView, LineState, LineView};
use shared::fold::{DayAbsence, Presence, State};
use shared::mark::Reason;
use shared::words::{day, hour};

use super::super::days::{Booked, Nothing, TownDays, nearness, to_come};
use super::pointed::Pointed;
use crate::record::SeenChild;

/// What a child's days are made of.
pub(super) struct Ground<'a> {
    pub(super) child: &'a SeenChild,
    pub(super) booked: &'a [Booked],
    pub(super) town: &'a TownDays,
    pub(super) pointed: &'a Pointed,
    pub(super) today: NaiveDate,
    pub(super) zone: Tz,
}

/// A day; `None` for a day of rest on which nothing is.
pub(super) fn day_of(ground: &Ground<'_>, date: NaiveDate) -> Option<DayView> {
    let child = ground.child;
    let ours = child.is_ours_on(ground.town.calendar.as_ref(), date);
    let lines = if ours { lines(ground, date) } else { Vec::new() };
    let gone = child.left_on.is_some_and(|left| left <= date);
    let said = match (lines.is_empty(), ours, ground.town.why_nothing(date)) {
        (false, ..) => None,
        (true, _, Nothing::Rest) => return None,
        (true, _, Nothing::Named(name)) => Some(DaySaid::Named(name)),
        (true, false, _) => Some(DaySaid::Elsewhere),
        (true, true, Nothing::Booked) if gone || date < ground.today => Some(DaySaid::NothingWasBooked),
        (true, true, Nothing::Booked) => Some(DaySaid::NothingBooked),
    };
    Some(DayView {
        date: date.to_string(),
        label: day(date),
        until: None,
        nearness: nearness(date, ground.today),
        lines,
        said,
    })
}

fn lines(ground: &Ground<'_>, date: NaiveDate) -> Vec<LineView> {
    let id = ground.child.id;
    let booked = ground
        .booked
        .iter()
        .filter(|one| one.child == id && one.date == date);
    let booked: Vec<&Booked> = booked.collect();
    let mut lines: Vec<LineView> = booked
        .iter()
        .map(|one| {
            let presence = ground.pointed.presence(date, id, one.activity);
            let absence = ground.pointed.day_absence(date, id);
            let line = to_come(one, ground.town.effect(ground.child, one));
            pointed_line(line, presence, absence, date < ground.today, ground.zone)
        })
        .collect();
    for activity in ground.pointed.activities_of(date, id) {
        let presence = ground.pointed.presence(date, id, activity.id);
        let there = presence.is_some_and(|one| matches!(one.state(), State::Present | State::Left));
        if there && booked.iter().all(|one| one.activity != activity.id) {
            lines.push(LineView {
                activity: activity.name.clone(),
                detail: presence.and_then(|presence| stay(presence, ground.zone)),
                formula: None,
                state: LineState::NotBooked,
                note: None,
            });
        }
    }
    lines
}

/// A reservation with what was pointed of it.
fn pointed_line(
    line: LineView,
    presence: Option<&Presence>,
    absence: Option<&DayAbsence>,
    is_over: bool,
    zone: Tz,
) -> LineView {
    let excused = |reason: Reason| match reason {
        Reason::Unjustified => LineState::Unexcused,
        _ => LineState::Excused,
    };
    let pointed = presence.filter(|presence| presence.state() != State::Expected);
    match pointed {
        Some(presence) if presence.state() == State::Absent => LineView {
            state: excused(presence.absence.map_or(Reason::Other, |absence| absence.reason)),
            ..line
        },
        Some(presence) => LineView {
            state: LineState::Present,
            detail: stay(presence, zone).or(line.detail),
            ..line
        },
        None => match absence {
            Some(absence) => LineView {
                state: excused(absence.reason),
                ..line
            },
            None if is_over && line.state == LineState::Booked => LineView {
                state: LineState::Unpointed,
                ..line
            },
            None => line,
        },
    }
}

/// « 16 h 32 – 17 h 42 ».
fn stay(presence: &Presence, zone: Tz) -> Option<String> {
    let at = |at: shared::time::UtcMs| hour(at.time_in(zone));
    match (presence.in_at().map(at), presence.out_at().map(at)) {
        (Some(from), Some(until)) => Some(format!("{from} – {until}")),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests;
