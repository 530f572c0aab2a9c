use super::scribe::*;
use crate::fold::{Conflict, End, State};
use crate::ids::MarkId;
use crate::mark::{AbsenceScope, Closing, Kind, Reason};

const ILL: Kind = Kind::Absent {
    scope: AbsenceScope::Session,
    reason: Reason::Illness,
};

#[test]
fn a_child_who_comes_back_has_two_stays() {
    let mut tablet = Tablet::new(1);
    tablet.child_in(0, EVENING, LEA);
    tablet.child_out(30, EVENING, LEA);
    tablet.child_in(60, EVENING, LEA);
    let presence = tablet.presence(EVENING, LEA);
    assert_eq!(presence.intervals.len(), 2);
    assert_eq!((presence.in_at(), presence.out_at()), (Some(at(0)), None));
    assert_eq!(presence.state(), State::Present);
    assert!(tablet.fold().conflicts.is_empty());
}

#[test]
fn one_arrival_tapped_on_two_tablets_is_one_arrival() {
    let (mut a, mut b) = (Tablet::new(1), Tablet::new(2));
    a.child_in(5, EVENING, LEA);
    b.child_in(3, EVENING, LEA);
    a.meet(&mut b);
    assert_eq!(a.presence(EVENING, LEA).in_at(), Some(at(3)));
    assert_eq!(a.presence(EVENING, LEA).intervals.len(), 1);
    assert!(a.fold().conflicts.is_empty());
}

#[test]
fn arriving_elsewhere_on_the_site_ends_the_open_stay() {
    let mut tablet = Tablet::new(1);
    tablet.child_in(0, EVENING, LEA);
    let on = tablet.child_in(20, NAP, LEA);
    let presence = tablet.presence(EVENING, LEA);
    assert_eq!(presence.out_at(), Some(at(20)));
    assert_eq!(presence.intervals[0].ended_by, Some(End::Passage(on)));
    assert!(tablet.fold().conflicts.is_empty());
}

#[test]
fn nobody_leaves_the_canteen_by_going_on() {
    let mut tablet = Tablet::new(1);
    tablet.child_in(0, CANTEEN, LEA);
    tablet.child_in(90, EVENING, LEA);
    assert_eq!(tablet.presence(CANTEEN, LEA).state(), State::Present);
}

#[test]
fn present_on_one_tablet_and_absent_on_another_is_a_conflict_until_someone_who_sees_both_says() {
    let (mut a, mut b) = (Tablet::new(1), Tablet::new(2));
    let here = a.child_in(0, EVENING, LEA);
    let away = b.tap(1, EVENING, Some(LEA), ILL);
    a.meet(&mut b);
    let expected = Conflict::PresentAndAbsent {
        child: LEA,
        activity: EVENING,
        present: here,
        absent: away,
    };
    assert_eq!(a.fold().conflicts.into_iter().collect::<Vec<_>>(), [expected]);
    assert_eq!(
        a.presence(EVENING, LEA).state(),
        State::Present,
        "a child who may be here is looked after"
    );
    b.tap(2, EVENING, Some(LEA), ILL);
    a.meet(&mut b);
    assert!(a.fold().conflicts.is_empty());
    assert_eq!(a.presence(EVENING, LEA).state(), State::Absent);
}

#[test]
fn a_late_child_ticked_absent_just_arrives() {
    let mut tablet = Tablet::new(1);
    tablet.tap(0, EVENING, Some(LEA), ILL);
    tablet.child_in(10, EVENING, LEA);
    assert_eq!(tablet.presence(EVENING, LEA).state(), State::Present);
    assert!(tablet.fold().conflicts.is_empty());
}

#[test]
fn a_departure_without_arrival_is_a_conflict_but_where_only_departures_are_tapped() {
    let mut tablet = Tablet::new(1);
    let out = tablet.child_out(0, EVENING, LEA);
    tablet.child_out(0, STUDY, TOM);
    assert_eq!(tablet.presence(EVENING, LEA).state(), State::Left);
    assert_eq!(tablet.presence(STUDY, TOM).state(), State::Left);
    let conflicts: Vec<_> = tablet.fold().conflicts.into_iter().collect();
    assert_eq!(
        conflicts,
        [Conflict::OutBeforeIn {
            child: LEA,
            activity: EVENING,
            out
        }]
    );
    tablet.stated(5, Some(-30), EVENING, Some(LEA), Kind::In);
    assert!(tablet.fold().conflicts.is_empty());
    assert_eq!(tablet.presence(EVENING, LEA).in_at(), Some(at(-30)));
}

#[test]
fn two_sites_at_once_is_a_conflict() {
    let (mut a, mut b) = (Tablet::new(1), Tablet::new(2));
    b.site = THERE;
    a.child_in(0, EVENING, LEA);
    b.child_in(10, EVENING, LEA);
    a.meet(&mut b);
    assert!(matches!(
        a.fold().conflicts.first(),
        Some(Conflict::TwoSites { child: LEA, .. })
    ));
    a.stated(12, Some(5), EVENING, Some(LEA), Kind::Out);
    assert!(a.fold().conflicts.is_empty());
}

#[test]
fn undo_and_undo_of_undo() {
    let mut tablet = Tablet::new(1);
    let tap = tablet.child_in(0, EVENING, LEA);
    let undo = tablet.tap(1, EVENING, Some(LEA), Kind::Void { replaces: tap });
    assert_eq!(tablet.presence(EVENING, LEA).state(), State::Expected);
    tablet.tap(2, EVENING, Some(LEA), Kind::Void { replaces: undo });
    assert_eq!(tablet.presence(EVENING, LEA).in_at(), Some(at(0)));
}

#[test]
fn two_corrections_conflict_until_a_third_has_seen_both() {
    let (mut a, mut b) = (Tablet::new(1), Tablet::new(2));
    let tap = a.child_in(10, EVENING, LEA);
    a.meet(&mut b);
    let correct = |minutes| Kind::Correct {
        why: None,
        replaces: tap,
        at: at(minutes),
    };
    a.tap(11, EVENING, Some(LEA), correct(5));
    b.tap(12, EVENING, Some(LEA), correct(7));
    a.meet(&mut b);
    assert!(matches!(a.fold().conflicts.first(), Some(Conflict::TwoCorrections { of, .. }) if *of == tap));
    a.tap(13, EVENING, Some(LEA), correct(6));
    assert!(a.fold().conflicts.is_empty());
    assert_eq!(a.presence(EVENING, LEA).in_at(), Some(at(6)));
}

#[test]
fn closing_makes_those_still_expected_absent_and_a_late_arrival_reopens_visibly() {
    let mut tablet = Tablet::new(1);
    tablet.child_in(0, EVENING, TOM);
    tablet.tap(
        30,
        EVENING,
        None,
        Kind::Close {
            turned: Closing::Absent,
            children: vec![LEA],
        },
    );
    let presence = tablet.presence(EVENING, LEA);
    assert_eq!(presence.state(), State::Absent);
    assert_eq!(presence.absence.map(|a| a.reason), Some(Reason::Unjustified));
    assert!(tablet.fold().sessions[&(HERE, EVENING)].is_closed());
    let late = tablet.child_in(40, EVENING, LEA);
    assert_eq!(tablet.presence(EVENING, LEA).state(), State::Present);
    assert_eq!(tablet.fold().sessions[&(HERE, EVENING)].reopened_by, Some(late));
}

#[test]
fn reopening_makes_them_expected_again() {
    let mut tablet = Tablet::new(1);
    tablet.tap(
        30,
        NAP,
        None,
        Kind::Close {
            turned: Closing::Present,
            children: vec![LEA],
        },
    );
    assert_eq!(tablet.presence(NAP, LEA).state(), State::Present);
    tablet.tap(31, NAP, None, Kind::Reopen);
    assert_eq!(tablet.presence(NAP, LEA).state(), State::Expected);
}

#[test]
fn a_closing_that_did_not_see_an_arrival_does_not_make_it_absent() {
    let (mut a, mut b) = (Tablet::new(1), Tablet::new(2));
    a.child_in(0, EVENING, LEA);
    b.tap(
        30,
        EVENING,
        None,
        Kind::Close {
            turned: Closing::Absent,
            children: vec![LEA],
        },
    );
    a.meet(&mut b);
    assert_eq!(a.presence(EVENING, LEA).state(), State::Present);
    assert!(a.fold().conflicts.is_empty());
}

#[test]
fn absent_for_the_rest_of_the_day_is_said_once() {
    let mut tablet = Tablet::new(1);
    tablet.tap(
        0,
        CANTEEN,
        Some(LEA),
        Kind::Absent {
            scope: AbsenceScope::RestOfDay,
            reason: Reason::Illness,
        },
    );
    assert_eq!(tablet.fold().day_absences[&LEA].from, at(0));
    tablet.child_in(90, EVENING, LEA);
    assert!(tablet.fold().conflicts.is_empty(), "the same tablet knew");
    let mut other = Tablet::new(2);
    other.child_in(91, STUDY, LEA);
    tablet.meet(&mut other);
    assert_eq!(tablet.fold().conflicts.len(), 1);
}

#[test]
fn a_clock_set_back_does_not_reorder_the_taps() {
    let mut tablet = Tablet::new(1);
    tablet.child_in(60, EVENING, LEA);
    tablet.clock_error_ms = -30 * 60_000;
    let after = tablet.child_out(70, EVENING, LEA);
    let presence = tablet.presence(EVENING, LEA);
    assert_eq!(
        (presence.in_at(), presence.out_at()),
        (Some(at(60)), Some(at(60)))
    );
    assert!(
        matches!(tablet.fold().conflicts.first(), Some(Conflict::ClockJumped { after: id, .. }) if *id == after)
    );
}

#[test]
fn taps_made_before_the_tablet_met_the_server_are_dated_back_by_uptime() {
    let mut tablet = Tablet::new(1);
    tablet.offset_ms = None;
    tablet.clock_error_ms = 365 * 86_400_000;
    tablet.child_in(10, EVENING, LEA);
    tablet.offset_ms = Some(-365 * 86_400_000);
    tablet.child_out(40, EVENING, LEA);
    let presence = tablet.presence(EVENING, LEA);
    assert_eq!(
        (presence.in_at(), presence.out_at()),
        (Some(at(10)), Some(at(40)))
    );
    assert!(tablet.fold().conflicts.is_empty());
}

#[test]
fn two_values_under_one_id_are_both_kept_and_said() {
    let (mut a, mut b) = (Tablet::new(1), Tablet::new(1));
    let id: MarkId = a.child_in(0, EVENING, LEA);
    b.child_out(1, EVENING, LEA);
    a.meet(&mut b);
    assert_eq!(a.marks.len(), 1);
    assert!(a.fold().conflicts.contains(&Conflict::TwoValues { mark: id }));
}
