//! Many want the same places.

use std::sync::{Arc, Barrier};

use shared::booking::Wanted;
use shared::operation::{Ask, Body, Capability, Decided, Openness, Refusal, Why};

use super::ground::{Booked, DAY_MS, MINUTE_MS, add, by_itself, day, guardian_of, rules, why};

fn booked_on(town: &Booked) -> i64 {
    town.number("select cast(count(*) as bigint) from reservation where cancelled_at is null")
}

#[test]
fn two_parents_and_the_last_place() {
    let town = Booked::new();
    town.books(4, &[add(4, day(0))]);
    // Both saw the place, and both send at once.
    let operations = [1_u128, 2].map(|n| {
        let booking = town.decided(n, &[add(n, day(0))]);
        town.of_guardian(n, Body::Book { booking })
    });
    let start = Arc::new(Barrier::new(2));
    let sent = operations.map(|operation| {
        let (commune, start) = (Arc::clone(&town.town.commune), Arc::clone(&start));
        std::thread::spawn(move || {
            start.wait();
            commune.submit(operation)
        })
    });
    let answers = sent.map(|thread| super::ground::count(thread.join().unwrap()));
    let won = answers.iter().filter(|answer| **answer == Ok(1)).count();
    let told = answers
        .iter()
        .filter(|answer| matches!(answer, Err(Refusal::Invalid(words)) if words.contains("liste d’attente")))
        .count();
    assert_eq!((won, told, booked_on(&town)), (1, 1, 2), "{answers:?}");
    town.is_the_same_again();
}

#[test]
fn two_carts_validated_at_once_share_out_what_there_is() {
    let town = Booked::new();
    town.books(4, &[add(4, day(0))]);
    for n in [1, 2, 3] {
        let held = town.holds(n, day(0));
        assert_eq!(held.is_some(), n == 1, "one place, one hold");
    }
    // Inès is told that others hold it; Julie, who does, gets it.
    let ines = town.validates(3);
    assert!(matches!(ines[0], Decided::Waiting { .. }), "{ines:?}");
    let julie = town.validates(1);
    assert!(matches!(julie[0], Decided::Booked { .. }), "{julie:?}");
    assert_eq!(booked_on(&town), 2);
    // Her second click finds an empty cart and the same recap in the journal.
    assert!(town.validates(1).is_empty());
    town.is_the_same_again();
}

#[test]
fn a_hold_ends_by_itself_and_is_renewed_for_so_long_only() {
    let town = Booked::new();
    town.books(4, &[add(4, day(0))]);
    let first = town.holds(1, day(0)).unwrap();
    assert_eq!(first, town.now().plus_ms(20 * MINUTE_MS));
    town.hands.pass(20 * MINUTE_MS - 1);
    assert_eq!(town.holds(2, day(0)), None, "it stands to the last instant");
    town.hands.pass(1);
    let second = town.holds(2, day(0)).unwrap();
    assert_eq!(second, town.now().plus_ms(20 * MINUTE_MS));
    // Julie's is gone, and her cart is still there: she would wait.
    let julie = town.validates(1);
    assert!(matches!(julie[0], Decided::Waiting { .. }), "{julie:?}");
    // Nobody works on it for two months: the cart is forgotten.
    town.hands.pass(61 * DAY_MS);
    by_itself(&town);
    assert_eq!(town.number("select cast(count(*) as bigint) from cart"), 0);
    assert_eq!(town.number("select cast(count(*) as bigint) from cart_line"), 0);
}

#[test]
fn a_place_that_becomes_free_is_offered_to_the_first_who_waits() {
    let town = Booked::new();
    town.books(1, &[add(1, day(0))]);
    town.books(2, &[add(2, day(0))]);
    let third = town.books(3, &[add(3, day(0))]);
    assert!(matches!(third[0], Decided::Waiting { .. }), "{third:?}");
    town.hands.pass(MINUTE_MS);
    town.books(4, &[add(4, day(0))]);
    by_itself(&town);
    assert_eq!(town.wish(3, day(0)).unwrap().1, "open");

    let reservation = town.standing(1, day(0)).unwrap();
    town.books(1, &[Wanted::Cancel { reservation }]);
    town.hands.pass(MINUTE_MS);
    by_itself(&town);
    assert_eq!(town.wish(3, day(0)).unwrap().1, "offered");
    assert_eq!(town.wish(4, day(0)).unwrap().1, "open");
    // Nobody else gets the place that is kept, nor do the impatient jump the queue.
    let julie = town.books(1, &[add(1, day(0))]);
    assert!(matches!(julie[0], Decided::Waiting { .. }), "{julie:?}");
    // Inès takes no notice; an hour later it is Paul's turn.
    town.hands.pass(61 * MINUTE_MS);
    by_itself(&town);
    assert_eq!(town.wish(3, day(0)).unwrap().1, "ended");
    let (wish, state) = town.wish(4, day(0)).unwrap();
    assert_eq!(state, "offered");
    let taken = Wanted::Add {
        child: super::ground::child_of(4),
        session: super::ground::canteen(day(0)),
        formula: None,
        replaces: None,
        wish: Some(wish),
    };
    assert!(matches!(town.books(4, &[taken])[0], Decided::Booked { .. }));
    assert_eq!(town.wish(4, day(0)).unwrap().1, "accepted");
    assert_eq!(booked_on(&town), 2);
    // The day passes: whoever waits still is told no more.
    town.at("2026-12-02T09:00:00Z");
    by_itself(&town);
    assert_eq!(town.wish(1, day(0)).unwrap().1, "ended");
    town.is_the_same_again();
}

#[test]
fn no_place_is_offered_while_reservations_are_closed_nor_after_the_deadline() {
    let town = Booked::new();
    town.books(1, &[add(1, day(0))]);
    town.books(2, &[add(2, day(0))]);
    town.books(3, &[add(3, day(0))]);
    let reservation = town.standing(1, day(0)).unwrap();
    town.books(1, &[Wanted::Cancel { reservation }]);
    let capability = |state| Body::SetCapability {
        capability: Capability::Reservation,
        state,
        message: "Après l’incident.".into(),
    };
    town.does(capability(Openness::Closed)).unwrap();
    by_itself(&town);
    assert_eq!(town.wish(3, day(0)).unwrap().1, "open");
    let operation = town.rows("select version from capability where name = 'reservation'");
    let mut open = town.town.operation(capability(Openness::Open));
    open.seen = Some(operation[0].int(0).unwrap());
    town.town.commune.submit(open).unwrap();
    // Half an hour before the deadline: so long, and no longer.
    town.at("2026-11-29T10:30:00Z");
    by_itself(&town);
    let until = town.number("select offered_until from wish where state = 'offered'");
    let noon = shared::time::UtcMs::parse("2026-11-29T11:00:00Z").unwrap();
    assert!(until <= noon.plus_ms(60_000).0, "{until}");
    assert!(until >= noon.0, "{until}");
}

#[test]
fn nobody_offers_a_place_that_is_not_free() {
    let town = Booked::new();
    town.books(1, &[add(1, day(0))]);
    town.books(2, &[add(2, day(0))]);
    town.books(3, &[add(3, day(0))]);
    let (wish, _) = town.wish(3, day(0)).unwrap();
    let until = town.now().plus_ms(60 * MINUTE_MS);
    let body = Body::OfferPlaces {
        offers: vec![shared::operation::PlaceOffer { wish, until }],
    };
    let before = town.town.dump();
    let offered = super::ground::count(town.does(body.clone()));
    assert!(matches!(offered, Err(Refusal::Invalid(_))), "{offered:?}");
    assert_eq!(town.sends(3, body), Err(Refusal::Forbidden));
    // A yes of the town hall is no place either, unless it says that it goes beyond.
    let yes = |beyond| Body::DecideWishes {
        wishes: vec![wish],
        accepted: true,
        words: None,
        beyond,
    };
    let said = super::ground::count(town.does(yes(false)));
    assert!(
        matches!(&said, Err(Refusal::Invalid(words)) if words.contains("plus de place")),
        "{said:?}"
    );
    assert!(before == town.town.dump(), "something changed");
    town.does(yes(true)).unwrap();
    assert_eq!(booked_on(&town), 3);
    town.is_the_same_again();
}

#[test]
fn rules_that_change_under_a_cart_count_when_it_is_validated() {
    let town = Booked::new();
    assert!(town.holds(1, day(0)).is_some());
    let shown = town.decided(1, &[add(1, day(0))]);
    let mut dearer = rules();
    dearer.prices[0].cents = shared::money::Cents(500);
    dearer.places[0].places = 0;
    dearer.waiting = None;
    town.rule(dearer);
    let refused = town.sends(1, Body::Book { booking: shown });
    assert!(matches!(refused, Err(Refusal::Invalid(_))));
    let validated = town.validates(1);
    assert_eq!(why(&validated[0]), Some(Why::Full));
    assert_eq!(booked_on(&town), 0);
    let _ = guardian_of(1);
}

#[test]
fn a_place_given_by_hand_ends_the_wait_and_stops_nobody_behind() {
    let town = Booked::new();
    for n in [1, 2, 3] {
        town.books(n, &[add(n, day(0))]);
    }
    town.hands.pass(MINUTE_MS);
    town.books(4, &[add(4, day(0))]);
    // The town hall makes room for Inès on the page on which it books what has no rules.
    let squeezed = town.decided(3, &[add(3, day(0))]);
    let Ask::Add { line, .. } = squeezed.lines[0].ask.clone() else {
        panic!("she asked for it");
    };
    town.does(Body::Reserve { lines: vec![line] }).unwrap();
    assert_eq!(town.wish(3, day(0)).unwrap().1, "accepted");
    for n in [1, 2] {
        let reservation = town.standing(n, day(0)).unwrap();
        town.books(n, &[Wanted::Cancel { reservation }]);
    }
    by_itself(&town);
    assert_eq!(town.wish(4, day(0)).unwrap().1, "offered");
    town.is_the_same_again();
}

#[test]
fn a_cancellation_done_by_hand_answers_whoever_asked_for_it() {
    let town = Booked::new();
    let mut asked_for = rules();
    asked_for.cancel[0].late[0].ways[0].verdict = shared::operation::Verdict::Request;
    town.rule(asked_for);
    town.books(1, &[add(1, day(0))]);
    town.at("2026-11-29T13:00:00Z");
    let reservation = town.standing(1, day(0)).unwrap();
    let said = town.books(1, &[Wanted::Cancel { reservation }]);
    assert!(matches!(said[0], Decided::CancelRequested { .. }), "{said:?}");
    town.does(Body::CancelReservations {
        reservations: vec![reservation],
    })
    .unwrap();
    assert_eq!(town.wish(1, day(0)).unwrap().1, "accepted");
    assert_eq!(booked_on(&town), 0);
    town.is_the_same_again();
}
