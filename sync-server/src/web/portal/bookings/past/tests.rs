use shared::fold::{Absence, End, Interval};
use shared::ids::{ActivityId, MarkId, SiteId};
use shared::time::UtcMs;
use uuid::Uuid;

use super::*;

fn at(time: &str) -> UtcMs {
    UtcMs::parse(&format!("2026-11-23T{time}:00+01:00")).expect("an instant")
}

fn mark() -> MarkId {
    MarkId(Uuid::from_u128(1))
}

fn stayed(from: Option<&str>, until: Option<&str>) -> Presence {
    Presence {
        intervals: vec![Interval {
            start: from.map(at),
            end: until.map(at),
            ended_by: until.map(|_| End::Out(mark())),
        }],
        marks: vec![mark()],
        ..Presence::default()
    }
}

fn absent(reason: Reason) -> Presence {
    Presence {
        absence: Some(Absence {
            reason,
            mark: mark(),
            by_closing: false,
        }),
        marks: vec![mark()],
        ..Presence::default()
    }
}

fn judged(
    presence: Option<&Presence>,
    absence: Option<&DayAbsence>,
    is_over: bool,
) -> Option<(CellState, Option<String>)> {
    of_booked(presence, absence, is_over, chrono_tz::Europe::Paris)
}

fn state(presence: Option<&Presence>, absence: Option<&DayAbsence>, is_over: bool) -> Option<CellState> {
    judged(presence, absence, is_over).map(|(state, _)| state)
}

#[test]
fn a_stay_is_told_by_its_hours() {
    let whole = judged(Some(&stayed(Some("16:32"), Some("17:42"))), None, true);
    let hours = "16\u{a0}h\u{a0}32 – 17\u{a0}h\u{a0}42".to_owned();
    assert_eq!(whole, Some((CellState::Present, Some(hours))));
    let going_on = judged(Some(&stayed(Some("16:32"), None)), None, false);
    assert_eq!(
        going_on,
        Some((CellState::Present, Some("16\u{a0}h\u{a0}32".into())))
    );
    // Present with no hour, as where a list was closed.
    let closed = Presence {
        present_by_closing: Some(mark()),
        ..Presence::default()
    };
    assert_eq!(
        judged(Some(&closed), None, true),
        Some((CellState::Present, None))
    );
}

#[test]
fn an_absence_is_excused_by_any_reason() {
    let state = |reason| state(Some(&absent(reason)), None, true);
    assert_eq!(state(Reason::Unjustified), Some(CellState::Unexcused));
    for reason in [Reason::Announced, Reason::Illness, Reason::Family, Reason::School] {
        assert_eq!(state(reason), Some(CellState::Excused), "{reason:?}");
    }
}

#[test]
fn an_absence_for_the_rest_of_the_day_reaches_what_nobody_pointed() {
    let away = DayAbsence {
        from: at("13:30"),
        reason: Reason::Illness,
        mark: mark(),
        site: SiteId(Uuid::from_u128(2)),
        activity: ActivityId(Uuid::from_u128(3)),
    };
    assert_eq!(state(None, Some(&away), false), Some(CellState::Excused));
    let came = stayed(Some("16:32"), Some("17:42"));
    assert_eq!(state(Some(&came), Some(&away), true), Some(CellState::Present));
}

#[test]
fn nothing_is_made_up_of_a_day_that_nobody_pointed() {
    assert_eq!(state(None, None, true), Some(CellState::Unpointed));
    assert_eq!(state(None, None, false), None);
}

#[test]
fn whoever_came_without_a_reservation_is_told_so_and_whoever_did_not_is_not() {
    let zone = chrono_tz::Europe::Paris;
    let came = of_nothing(Some(&stayed(Some("16:32"), None)), zone);
    assert_eq!(came.map(|(state, _)| state), Some(CellState::NotBooked));
    assert_eq!(of_nothing(Some(&absent(Reason::Unjustified)), zone), None);
    assert_eq!(of_nothing(None, zone), None);
}
