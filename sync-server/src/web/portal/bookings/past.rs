//! What was pointed of a reservation, or of none: pure.

use chrono_tz::Tz;
use server_ui::portal::bookings::CellState;
use shared::fold::{DayAbsence, Presence, State};
use shared::mark::Reason;
use shared::words::hour;

/// Where a reservation stands once something was pointed of it, and the hours of the stay; `None` while nothing was and
/// its day is not over.
pub(super) fn of_booked(
    presence: Option<&Presence>,
    absence: Option<&DayAbsence>,
    is_over: bool,
    zone: Tz,
) -> Option<(CellState, Option<String>)> {
    let excused = |reason: Reason| match reason {
        Reason::Unjustified => CellState::Unexcused,
        _ => CellState::Excused,
    };
    let pointed = presence.filter(|presence| presence.state() != State::Expected);
    match (pointed, absence) {
        (Some(presence), _) if presence.state() == State::Absent => {
            let reason = presence.absence.map_or(Reason::Other, |absence| absence.reason);
            Some((excused(reason), None))
        }
        (Some(presence), _) => Some((CellState::Present, stay(presence, zone))),
        (None, Some(absence)) => Some((excused(absence.reason), None)),
        (None, None) => is_over.then_some((CellState::Unpointed, None)),
    }
}

/// The same where nothing was booked: only whoever was there is shown.
pub(super) fn of_nothing(presence: Option<&Presence>, zone: Tz) -> Option<(CellState, Option<String>)> {
    let there = presence.filter(|one| matches!(one.state(), State::Present | State::Left))?;
    Some((CellState::NotBooked, stay(there, zone)))
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
