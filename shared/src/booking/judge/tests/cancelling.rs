//! Cancelling and changing, and what it costs.

use super::town::*;
use crate::booking::*;
use crate::money::Cents;
use crate::operation::*;

const TUESDAY: &str = "2026-11-24";
const IN_TIME: &str = "2026-11-20T08:00";
const LATE: &str = "2026-11-24T08:00";

fn cancelled(judged: &Judged) -> (Cents, Cents) {
    match judged.sentence {
        Sentence::Cancel { due, credited, .. } => (due, credited),
        ref other => panic!("not cancelled: {other:?}"),
    }
}

fn late(ground: &mut Ground, cost: Cost, verdict: Verdict) {
    rules_of(ground, CANTINE).cancel[0].late = vec![Late {
        until: Moment::End,
        ways: vec![Way {
            excused_within_days: Some(7),
            ..way(Entrance::Portal, verdict, cost)
        }],
    }];
}

#[test]
fn what_is_cancelled_late_costs_what_the_rules_say_of_the_price_that_was_agreed() {
    let mut ground = town();
    let reservation = stands(&mut ground, 100, LEA, session(CANTINE, TUESDAY));
    // A price that changed since is none of this reservation's.
    rules_of(&mut ground, CANTINE).prices[0].cents = Cents(9900);
    let cancel = |ground: &Ground, now| one(Wanted::Cancel { reservation }, ground, on_line(now));
    assert_eq!(cancelled(&cancel(&ground, IN_TIME)), (Cents::ZERO, Cents::ZERO));
    assert_eq!(cancel(&ground, IN_TIME).until, Some(at("2026-11-23T18:00")));
    assert_eq!(refusal(&cancel(&ground, LATE)).why, Why::Deadline);
    for (cost, due) in [
        (Cost::Full, 350),
        (Cost::Part(50), 175),
        (Cost::Due(Cents(200)), 200),
        (Cost::Free, 0),
    ] {
        late(&mut ground, cost, Verdict::Accept);
        let judged = cancel(&ground, LATE);
        assert_eq!(cancelled(&judged).0, Cents(due));
        assert!(matches!(
            judged.sentence,
            Sentence::Cancel {
                excused_within_days: Some(7),
                ..
            }
        ));
    }
    ground.standing[0].priced = None;
    late(&mut ground, Cost::Full, Verdict::Accept);
    assert_eq!(
        cancelled(&cancel(&ground, LATE)).0,
        Cents::ZERO,
        "nothing was agreed"
    );
    late(&mut ground, Cost::Free, Verdict::Request);
    assert!(matches!(
        cancel(&ground, LATE).sentence,
        Sentence::RequestCancel { .. }
    ));
}

#[test]
fn what_was_paid_is_credited() {
    let mut ground = town();
    let reservation = stands(&mut ground, 100, LEA, session(CANTINE, TUESDAY));
    ground.standing[0].paid = true;
    let at_booking = |credited| Payment::AtBooking {
        within_minutes: 60,
        credited,
    };
    rules_of(&mut ground, CANTINE).payment = at_booking(true);
    let cancel = |ground: &Ground, now| one(Wanted::Cancel { reservation }, ground, on_line(now));
    assert_eq!(cancelled(&cancel(&ground, IN_TIME)), (Cents::ZERO, Cents(350)));
    late(&mut ground, Cost::Part(50), Verdict::Accept);
    assert_eq!(cancelled(&cancel(&ground, LATE)), (Cents(175), Cents(175)));
    rules_of(&mut ground, CANTINE).payment = at_booking(false);
    assert_eq!(
        cancelled(&cancel(&ground, IN_TIME)),
        (Cents(350), Cents::ZERO),
        "lost"
    );
}

#[test]
fn a_second_cancellation_finds_nothing_left() {
    let mut ground = town();
    let reservation = stands(&mut ground, 100, LEA, session(CANTINE, TUESDAY));
    let twice = [Wanted::Cancel { reservation }, Wanted::Cancel { reservation }];
    let judged = judge(&twice, &ground, on_line(IN_TIME));
    cancelled(&judged[0]);
    assert_eq!(refusal(&judged[1]).why, Why::Already);
    ground.standing.clear();
    assert_eq!(
        refusal(&judge(&twice, &ground, on_line(IN_TIME))[0]).why,
        Why::Already
    );
}

#[test]
fn a_strict_delay_holds_for_the_town_hall_too() {
    let mut ground = town();
    let reservation = stands(&mut ground, 100, LEA, session(CANTINE, TUESDAY));
    let cancel = Wanted::Cancel { reservation };
    let judged = one(cancel.clone(), &ground, by_name(LATE));
    assert_eq!(cancelled(&judged).0, Cents::ZERO);
    assert_eq!(judged.overruled[0].why, Why::Deadline);
    let rules = rules_of(&mut ground, CANTINE);
    rules.cancel[0].strict = true;
    rules.add[0].strict = true;
    assert_eq!(refusal(&one(cancel, &ground, by_name(LATE))).why, Why::Deadline);
    let judged = one(add(TOM, session(CANTINE, TUESDAY)), &ground, by_name(LATE));
    assert_eq!(refusal(&judged).why, Why::Deadline);
    assert!(!refusal(&one(add(TOM, session(CANTINE, TUESDAY)), &ground, on_line(LATE))).call);
}

#[test]
fn a_formula_gives_way_to_another_and_keeps_its_place() {
    let mut ground = town();
    let wednesday = session(ALSH, "2026-11-25");
    ground.activities.get_mut(&ALSH).unwrap().capacity = Some(1);
    let id = stands(&mut ground, 100, LEA, wednesday);
    ground.standing[0].formula = Some(HALF);
    let change = |formula| Wanted::Add {
        child: LEA,
        session: wednesday,
        formula: Some(formula),
        replaces: Some(id),
        wish: None,
    };
    assert_eq!(
        booked(&one(change(DAY), &ground, on_line(IN_TIME))).total,
        Cents(1400)
    );
    assert_eq!(
        refusal(&one(change(HALF), &ground, on_line(IN_TIME))).why,
        Why::Already
    );
    // Nobody gets around what a late cancellation costs by changing to a cheaper formula.
    rules_of(&mut ground, ALSH).add[0].until = Moment::Start;
    let judged = one(change(DAY), &ground, on_line("2026-11-25T07:00"));
    assert_eq!(refusal(&judged).why, Why::Deadline);
    rules_of(&mut ground, ALSH).cancel[0].late = vec![Late {
        until: Moment::End,
        ways: vec![way(Entrance::Portal, Verdict::Accept, Cost::Full)],
    }];
    let judged = one(change(DAY), &ground, on_line("2026-11-25T07:00"));
    let passed = Some(at("2026-11-24T18:00"));
    assert_eq!(
        (refusal(&judged).why, refusal(&judged).at),
        (Why::Deadline, passed)
    );
    // Nor does anybody get back what was bought for good.
    rules_of(&mut ground, ALSH).payment = Payment::AtBooking {
        within_minutes: 60,
        credited: false,
    };
    ground.standing[0].paid = true;
    assert_eq!(
        refusal(&one(change(DAY), &ground, on_line(IN_TIME))).why,
        Why::Final
    );
}

#[test]
fn what_does_not_take_place_costs_nothing() {
    let mut ground = town();
    let reservation = stands(&mut ground, 100, LEA, session(CANTINE, TUESDAY));
    ground.calendar = Some(crate::calendar::Calendar::of(&CalendarRecord {
        zone: crate::calendar::SchoolZone::A,
        region: crate::calendar::HolidayRegion::Metropole,
        good_friday: false,
        local: vec![LocalPeriod {
            from: day(TUESDAY),
            until: day(TUESDAY),
            name: "Fermeture".into(),
            kind: LocalKind::Closed,
        }],
    }));
    let judged = one(Wanted::Cancel { reservation }, &ground, on_line(LATE));
    assert_eq!(cancelled(&judged).0, Cents::ZERO);
    let seen = cell(LEA, session(CANTINE, TUESDAY), &ground, on_line(IN_TIME));
    assert!(matches!(seen, Cell::Closed { reservation: Some(id), .. } if id == reservation));
}

#[test]
fn whoever_has_left_has_no_place_to_give_back() {
    let mut ground = town();
    let tuesday = session(CANTINE, TUESDAY);
    ground.activities.get_mut(&CANTINE).unwrap().capacity = Some(1);
    let reservation = stands(&mut ground, 100, LEA, tuesday);
    ground.children.get_mut(&LEA).unwrap().left_on = Some(day("2026-11-21"));
    // Another child has the one place; Léa's is counted no longer.
    let cart = [Wanted::Cancel { reservation }, add(TOM, tuesday)];
    let judged = judge(&cart, &ground, on_line(IN_TIME));
    cancelled(&judged[0]);
    assert_eq!(refusal(&judged[1]).why, Why::Full);
}

#[test]
fn what_is_gone_beyond_is_said_once() {
    let mut ground = town();
    rules_of(&mut ground, CANTINE).add.clear();
    let judged = one(
        add(LEA, session(CANTINE, TUESDAY)),
        &ground,
        by_name("2026-11-25T09:00"),
    );
    assert_eq!(
        judged.overruled.iter().map(|one| one.why).collect::<Vec<_>>(),
        [Why::Past]
    );
}
