//! What a family booked on a server that burnt, found again.

use shared::ids::{ActivityId, HouseholdId, ReservationId, RuleSetId, WishId};
use shared::money::Cents;
use shared::operation::{
    Actor, Ask, Body, BookingLine, BookingRecord, Case, Channel, Choice, Decided, Payment, Places, Priced,
    ReservationLine, RuleSetRecord, Why,
};

use super::ground::{Town, date, formula, id, line, reserve};

fn priced(cents: i64) -> Priced {
    Priced {
        base: Some(Cents(cents)),
        surcharge: Cents::ZERO,
        total: Cents(cents),
    }
}

fn decided(ask: Ask, decided: Decided) -> BookingLine {
    BookingLine {
        ask,
        decided,
        others_held: 0,
        others_held_of_group: 0,
        overruled: None,
    }
}

fn add(line: ReservationLine, replaces: Option<u128>) -> Ask {
    Ask::Add {
        line,
        replaces: replaces.map(|n| ReservationId(id(1_000 + n))),
        wish: None,
    }
}

fn booked(line: ReservationLine) -> BookingLine {
    let decision = Decided::Booked {
        priced: priced(405),
        due_at: None,
    };
    decided(add(line, None), decision)
}

fn cancelled(n: u128) -> BookingLine {
    let ask = Ask::Cancel {
        reservation: ReservationId(id(1_000 + n)),
    };
    let decision = Decided::Cancelled {
        due: Cents(200),
        credited: Cents::ZERO,
    };
    decided(ask, decision)
}

fn told_no(line: ReservationLine) -> BookingLine {
    let decision = Decided::Refused {
        why: Why::Deadline,
        words: "Trop tard pour réserver en ligne.".into(),
    };
    decided(add(line, None), decision)
}

fn waiting(line: ReservationLine, wish: u128) -> BookingLine {
    let decision = Decided::Waiting {
        wish: WishId(id(wish)),
        priced: priced(405),
    };
    decided(add(line, None), decision)
}

/// A family does it by the web; what was decided is taken as it stands.
fn books(town: &Town, lines: Vec<BookingLine>) {
    let booking = BookingRecord {
        household: HouseholdId(id(51)),
        guardian: None,
        lines,
        beyond: None,
        told_with: None,
    };
    let body = Body::Book { booking };
    town.by(Actor::System, Channel::Portal, body).expect("a booking");
}

fn parted() -> (Town, Town) {
    let lost = Town::new();
    let live = lost.cut();
    (live, lost)
}

fn standing(town: &Town) -> i64 {
    town.number("select cast(count(*) as bigint) from reservation where cancelled_at is null")
}

#[test]
fn a_booking_comes_back_as_it_was_with_what_was_refused_and_who_waits() {
    let (live, lost) = parted();
    let lines = vec![
        booked(line(1, 1, 2, 24)),
        told_no(line(2, 1, 2, 23)),
        waiting(line(3, 1, 2, 25), 900),
    ];
    books(&lost, lines);
    let report = live.merges(&lost.lost());
    assert_eq!((report.applied, report.to_settle), (1, 0));
    assert_eq!(live.number("select total_cents from reservation"), 405);
    let waits = "select cast(count(*) as bigint) from wish where state = 'open' and kind = 'wait'";
    assert_eq!(live.number(waits), 1);
    let again = live.merges(&lost.lost());
    assert_eq!((again.applied, again.already_there, again.to_settle), (0, 1, 0));
    assert_eq!(standing(&live), 1);
    live.is_sound();
}

#[test]
fn the_last_place_that_two_servers_gave_waits_for_a_person_and_the_other_lines_do_not() {
    let (live, lost) = parted();
    // Two places of activity 1 on the 24th.
    books(&lost, vec![booked(line(1, 1, 1, 24)), booked(line(2, 1, 2, 25))]);
    live.does(reserve(vec![line(3, 3, 1, 24), line(4, 4, 1, 24)]));
    let report = live.merges(&lost.lost());
    assert_eq!(report.to_settle, 1);
    assert_eq!(report.lines[0].why, "Il n’y a plus de place : 2 au plus.");
    assert_eq!(standing(&live), 3, "what has a place is booked");
    let open = live.open();
    assert_eq!(open[0].fields.len(), 1);
    live.settles(open[0].at, Choice::Take).expect("a decision");
    assert_eq!(standing(&live), 4);
    live.is_sound();
}

#[test]
fn places_that_rules_of_today_give_count_for_what_is_found() {
    let (live, lost) = parted();
    let places = Places {
        case: Case::all(),
        group: None,
        from: None,
        until: None,
        places: 1,
    };
    let rules = RuleSetRecord {
        id: RuleSetId(id(700)),
        name: "Activité 2".into(),
        activities: vec![ActivityId(id(42))],
        from: date(1),
        until: None,
        live: true,
        openings: Vec::new(),
        add: Vec::new(),
        cancel: Vec::new(),
        conditions: Vec::new(),
        limits: Vec::new(),
        links: Vec::new(),
        groups: Vec::new(),
        places: vec![places],
        waiting: None,
        prices: Vec::new(),
        payment: Payment::Billed,
    };
    live.by(Actor::System, Channel::Desk, Body::PutRules { rules })
        .expect("rules");
    books(&lost, vec![booked(line(1, 1, 2, 24)), booked(line(2, 2, 2, 24))]);
    let report = live.merges(&lost.lost());
    assert_eq!((report.to_settle, standing(&live)), (1, 1));
    assert_eq!(report.lines[0].why, "Il n’y a plus de place : 1 au plus.");
}

#[test]
fn a_change_of_formula_and_a_cancellation_come_back_at_their_cost() {
    let lost = Town::new();
    lost.does(reserve(vec![line(1, 1, 2, 24), line(2, 2, 2, 24)]));
    let live = lost.cut();
    let mut other = line(3, 1, 2, 24);
    other.formula = Some(formula(20));
    let change = Decided::Booked {
        priced: priced(250),
        due_at: None,
    };
    books(&lost, vec![decided(add(other, Some(1)), change), cancelled(2)]);
    let report = live.merges(&lost.lost());
    assert_eq!((report.applied, report.to_settle), (1, 0));
    let stands = "select total_cents from reservation where cancelled_at is null";
    assert_eq!(live.number(stands), 250);
    assert_eq!(
        live.number("select due_cents from reservation where due_cents > 0"),
        200
    );
    live.is_sound();
}

#[test]
fn what_a_person_cancelled_here_since_is_not_booked_again_behind_their_back() {
    let lost = Town::new();
    lost.does(reserve(vec![line(1, 1, 2, 24)]));
    let live = lost.cut();
    let mut other = line(3, 1, 2, 24);
    other.formula = Some(formula(20));
    let change = Decided::Booked {
        priced: priced(250),
        due_at: None,
    };
    books(&lost, vec![decided(add(other, Some(1)), change)]);
    live.by(
        Actor::System,
        Channel::Desk,
        Body::CancelReservations {
            reservations: vec![ReservationId(id(1_001))],
        },
    )
    .expect("a cancellation");
    let report = live.merges(&lost.lost());
    assert_eq!((report.to_settle, standing(&live)), (1, 0));
    let open = live.open();
    live.settles(open[0].at, Choice::Take).expect("a decision");
    assert_eq!(standing(&live), 1);
}
