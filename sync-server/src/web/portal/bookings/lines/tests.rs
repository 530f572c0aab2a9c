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

fn line(state: LineState) -> LineView {
    LineView {
        activity: "Garderie du soir".into(),
        detail: Some("16 h 30 – 18 h 30".into()),
        formula: None,
        state,
        note: None,
    }
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

fn judged(presence: Option<&Presence>, absence: Option<&DayAbsence>, is_over: bool) -> LineView {
    let zone = chrono_tz::Europe::Paris;
    pointed_line(line(LineState::Booked), presence, absence, is_over, zone)
}

#[test]
fn a_stay_is_told_by_its_hours() {
    let whole = judged(Some(&stayed(Some("16:32"), Some("17:42"))), None, true);
    assert_eq!(whole.state, LineState::Present);
    assert_eq!(
        whole.detail.as_deref(),
        Some("16\u{a0}h\u{a0}32 – 17\u{a0}h\u{a0}42")
    );
    let going_on = judged(Some(&stayed(Some("16:32"), None)), None, false);
    assert_eq!(going_on.detail.as_deref(), Some("16\u{a0}h\u{a0}32"));
    // Present with no hour, as where a list was closed: the activity's own hours stand.
    let closed = Presence {
        present_by_closing: Some(mark()),
        ..Presence::default()
    };
    let closed = judged(Some(&closed), None, true);
    assert_eq!(closed.state, LineState::Present);
    assert_eq!(closed.detail.as_deref(), Some("16 h 30 – 18 h 30"));
}

#[test]
fn an_absence_is_excused_by_any_reason() {
    let state = |reason| judged(Some(&absent(reason)), None, true).state;
    assert_eq!(state(Reason::Unjustified), LineState::Unexcused);
    for reason in [Reason::Announced, Reason::Illness, Reason::Family, Reason::School] {
        assert_eq!(state(reason), LineState::Excused, "{reason:?}");
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
    assert_eq!(judged(None, Some(&away), false).state, LineState::Excused);
    let came = stayed(Some("16:32"), Some("17:42"));
    assert_eq!(judged(Some(&came), Some(&away), true).state, LineState::Present);
}

#[test]
fn nothing_is_made_up_of_a_day_that_nobody_pointed() {
    assert_eq!(judged(None, None, true).state, LineState::Unpointed);
    assert_eq!(judged(None, None, false).state, LineState::Booked);
    let zone = chrono_tz::Europe::Paris;
    let closed = pointed_line(line(LineState::Closed), None, None, true, zone);
    assert_eq!(closed.state, LineState::Closed);
}
