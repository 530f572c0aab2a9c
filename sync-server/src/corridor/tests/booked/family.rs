//! One family books, changes its mind, asks and is answered.

use shared::booking::Wanted;
use shared::codec::Minute;
use shared::ids::ReservationId;
use shared::money::Cents;
use shared::operation::{
    Ask, Body, BookingSettled, Capability, Cost, Decided, Delay, Openness, Payment, Priced, Refusal,
    ReservationLine, Verdict, Why,
};
use uuid::Uuid;

use super::ground::{
    Booked, CANTEEN, DAY_MS, MINUTE_MS, RULES, SITE, add, by_itself, child, child_of, class_of, count, day,
    group, guardian_of, home_of, places, rules, why,
};
use crate::store::Row;

#[test]
fn what_is_booked_is_written_with_its_price_and_cancelled_at_what_was_said() {
    let town = Booked::new();
    let done = town.books(1, &[add(1, day(0)), add(1, day(1))]);
    let price = Priced {
        base: Some(Cents(400)),
        surcharge: Cents(0),
        total: Cents(400),
    };
    assert!(done.iter().all(|one| *one
        == Decided::Booked {
            priced: price,
            due_at: None
        }));
    let row = &town.rows("select for_household, total_cents, made_at from reservation order by date")[0];
    assert_eq!(row.uuid(0).unwrap(), home_of(1).0);
    assert_eq!((row.int(1).unwrap(), row.int(2).unwrap()), (400, town.now().0));
    assert_eq!(
        town.number("select cast(count(*) as bigint) from touched where kind = 'day'"),
        2
    );

    // Monday's in time, Tuesday's late: half of it is due.
    town.at("2026-11-30T13:00:00Z");
    let monday = town.standing(1, day(0)).unwrap();
    let tuesday = town.standing(1, day(1)).unwrap();
    let late = town.books(1, &[Wanted::Cancel { reservation: tuesday }]);
    assert_eq!(
        late,
        [Decided::Cancelled {
            due: Cents(200),
            credited: Cents(0)
        }]
    );
    assert_eq!(town.standing(1, day(0)), Some(monday));
    assert_eq!(town.standing(1, day(1)), None);
    assert_eq!(
        town.number("select due_cents from reservation where cancelled_at is not null"),
        200
    );

    // The town hall waives it, by name.
    let settle = |how, words: &str| Body::SettleBookings {
        reservations: vec![tuesday],
        how,
        words: words.into(),
    };
    let nameless = count(
        town.town
            .commune
            .submit(town.town.operation(settle(BookingSettled::Waived, " "))),
    );
    assert!(matches!(nameless, Err(Refusal::Invalid(_))));
    assert_eq!(
        town.sends(1, settle(BookingSettled::Waived, "J’insiste")),
        Err(Refusal::Forbidden)
    );
    let waived = || town.number("select waived from reservation where cancelled_at is not null");
    assert_eq!(waived(), 0);
    town.does(settle(BookingSettled::Waived, "Enfant malade"))
        .unwrap();
    assert_eq!(waived(), 1);
    town.does(settle(BookingSettled::Restored, "Sans certificat"))
        .unwrap();
    assert_eq!(waived(), 0);
    town.is_the_same_again();
}

#[test]
fn what_is_posted_is_judged_again_and_refused_where_the_record_says_otherwise() {
    let town = Booked::new();
    let honest = town.decided(1, &[add(1, day(0))]);
    let before = town.town.dump();
    let refused = |n: u128, change: &dyn Fn(&mut shared::operation::BookingRecord)| {
        let mut booking = honest.clone();
        change(&mut booking);
        town.sends(n, Body::Book { booking }).unwrap_err()
    };
    // A price, a date, a child that are not what the page said.
    let cheap = refused(1, &|booking| {
        if let Decided::Booked { priced, .. } = &mut booking.lines[0].decided {
            priced.total = Cents(1);
        }
    });
    let Refusal::Invalid(words) = cheap else {
        panic!("{cheap:?}")
    };
    assert!(
        words.contains("Léa, Cantine") && words.contains("4,00"),
        "{words}"
    );
    let line = |change: &dyn Fn(&mut shared::operation::ReservationLine)| {
        refused(1, &|booking| {
            if let Ask::Add { line, .. } = &mut booking.lines[0].ask {
                change(line);
            }
        })
    };
    let saturday = line(&|line| line.date = day(5));
    assert!(matches!(saturday, Refusal::Invalid(_)), "{saturday:?}");
    let not_hers = line(&|line| line.child = child_of(2));
    let Refusal::Invalid(words) = not_hers else {
        panic!("{not_hers:?}")
    };
    assert!(!words.contains("Sami"), "{words}");
    // In somebody else's name, for another household, beyond the rules.
    assert_eq!(refused(2, &|_| {}), Refusal::Forbidden);
    assert_eq!(
        refused(1, &|booking| booking.household = home_of(2)),
        Refusal::Forbidden
    );
    assert_eq!(refused(1, &|booking| booking.guardian = None), Refusal::Forbidden);
    assert_eq!(
        refused(1, &|booking| booking.beyond = Some("Moi".into())),
        Refusal::Forbidden
    );
    assert!(matches!(
        refused(1, &|booking| booking.lines.clear()),
        Refusal::Invalid(_)
    ));
    // A reservation by the old way is not a family's.
    if let Ask::Add { line, .. } = &honest.lines[0].ask {
        let body = Body::Reserve {
            lines: vec![line.clone()],
        };
        let sent = town.town.commune.submit(town.of_guardian(1, body));
        assert!(matches!(
            sent,
            Err(crate::corridor::CorridorError::Refused(Refusal::Forbidden))
        ));
    }
    assert!(before == town.town.dump(), "something changed");

    // The page grew stale: the deadline passed.
    town.at("2026-11-29T11:00:01Z");
    let stale = town.sends(1, Body::Book { booking: honest }).unwrap_err();
    assert!(matches!(stale, Refusal::Invalid(_)));
    assert!(before == town.town.dump(), "something changed");
}

#[test]
fn a_booking_sent_twice_is_made_once() {
    let town = Booked::new();
    let booking = town.decided(1, &[add(1, day(0))]);
    let operation = town.of_guardian(1, Body::Book { booking });
    let first = town.town.commune.submit(operation.clone()).unwrap();
    let again = town.town.commune.submit(operation.clone()).unwrap();
    assert_eq!((first.outcome, None), (again.outcome, again.seq));
    // The same number for something else, and the same things under another number.
    let mut other = operation.clone();
    other.body = Body::Book {
        booking: town.decided(1, &[add(1, day(1))]),
    };
    assert_eq!(count(town.town.commune.submit(other)), Err(Refusal::IdReused));
    let mut renamed = operation;
    renamed.id = town.of_guardian(1, Body::WithdrawWishes { wishes: vec![] }).id;
    assert!(matches!(
        count(town.town.commune.submit(renamed)),
        Err(Refusal::Invalid(_))
    ));
    assert_eq!(town.number("select cast(count(*) as bigint) from reservation"), 1);
    // What is refused altogether is the family's recap all the same, and nothing else.
    let done = town.books(1, &[add(1, day(0))]);
    assert_eq!(why(&done[0]), Some(Why::Already));
    assert_eq!(town.number("select cast(count(*) as bigint) from reservation"), 1);
    town.is_the_same_again();
}

#[test]
fn a_late_wish_is_a_request_that_the_town_hall_answers() {
    let town = Booked::new();
    town.at("2026-11-29T20:00:00Z");
    let done = town.books(1, &[add(1, day(0))]);
    let Decided::Requested { wish, priced } = done[0] else {
        panic!("{done:?}")
    };
    assert_eq!(priced.total, Cents(600));
    assert_eq!(town.standing(1, day(0)), None);
    let answer = |accepted| Body::DecideWishes {
        wishes: vec![wish],
        accepted,
        words: Some("D’accord pour cette fois".into()),
        beyond: false,
    };
    assert_eq!(town.sends(1, answer(true)), Err(Refusal::Forbidden));
    // Another family takes nothing back of it.
    let back = Body::WithdrawWishes { wishes: vec![wish] };
    assert!(matches!(town.sends(2, back), Err(Refusal::NotFound(_))));
    assert_eq!(town.wish(1, day(0)), Some((wish, "open".into())));
    town.does(answer(true)).unwrap();
    assert_eq!(town.wish(1, day(0)), Some((wish, "accepted".into())));
    assert_eq!(town.standing(1, day(0)).map(|id| id.0), Some(wish.0));
    assert_eq!(town.number("select total_cents from reservation"), 600);
    // Once is enough, whoever says it.
    assert_eq!(town.does(answer(false)).unwrap().seq, None);

    // Karim asks as well and thinks better of it.
    let done = town.books(2, &[add(2, day(0))]);
    let Decided::Requested { wish, .. } = done[0] else {
        panic!("{done:?}")
    };
    assert_eq!(town.sends(2, Body::WithdrawWishes { wishes: vec![wish] }), Ok(1));
    assert_eq!(town.wish(2, day(0)), Some((wish, "withdrawn".into())));
    town.is_the_same_again();
}

#[test]
fn what_was_asked_for_and_granted_is_as_the_child_always_has_it() {
    let town = Booked::new();
    let usual = ReservationLine {
        id: ReservationId(Uuid::from_u128(0x7ab1e)),
        child: child_of(1),
        activity: CANTEEN,
        site: SITE,
        date: day(3),
        formula: None,
        group: None,
        sitting: Some(2),
        table: Some("Table 4".into()),
        expected_in: Some(Minute::new(12, 10)),
        expected_out: None,
        comes_from: Some("CP".into()),
        goes_to: None,
        household: None,
    };
    town.does(Body::Reserve { lines: vec![usual] }).unwrap();
    town.at("2026-11-29T20:00:00Z");
    let done = town.books(1, &[add(1, day(0))]);
    let Decided::Requested { wish, .. } = done[0] else {
        panic!("{done:?}")
    };
    town.does(Body::DecideWishes {
        wishes: vec![wish],
        accepted: true,
        words: None,
        beyond: false,
    })
    .unwrap();
    let sql = "select sitting, table_name, expected_in, expected_out, comes_from from reservation \
               where total_cents is not null";
    let row = &town.rows(sql)[0];
    assert_eq!((row.int(0).unwrap(), row.text(1).unwrap()), (2, "Table 4".into()));
    assert_eq!(row.opt(2, Row::minute).unwrap(), Some(Minute::new(12, 10)));
    assert!(row.is_null(3));
    assert_eq!(row.text(4).unwrap(), "CP");
    town.is_the_same_again();
}

#[test]
fn a_surcharge_that_was_waived_is_no_part_of_what_a_late_cancellation_costs() {
    let town = Booked::new();
    let mut rules = rules();
    let ways = |delays: &mut Vec<Delay>, cost: Option<Cost>| {
        for way in delays.iter_mut().flat_map(|delay| &mut delay.late[0].ways) {
            way.verdict = Verdict::Accept;
            way.cost = cost.unwrap_or(way.cost);
        }
    };
    ways(&mut rules.add, None);
    ways(&mut rules.cancel, Some(Cost::Full));
    town.rule(rules);
    // It is late: 2 € besides the 4 €.
    town.at("2026-11-29T13:00:00Z");
    let done = town.books(1, &[add(1, day(0))]);
    let Decided::Booked { priced, .. } = done[0] else {
        panic!("{done:?}")
    };
    assert_eq!((priced.surcharge, priced.total), (Cents(200), Cents(600)));
    let reservation = town.standing(1, day(0)).unwrap();
    let settle = |how| Body::SettleBookings {
        reservations: vec![reservation],
        how,
        words: "Hospitalisation".into(),
    };
    let due = || {
        let booking = town.decided(1, &[Wanted::Cancel { reservation }]);
        match booking.lines[0].decided {
            Decided::Cancelled { due, .. } => due,
            ref other => panic!("{other:?}"),
        }
    };
    assert_eq!(due(), Cents(600));
    town.does(settle(BookingSettled::Waived)).unwrap();
    assert_eq!(due(), Cents(400));
    town.does(settle(BookingSettled::Restored)).unwrap();
    assert_eq!(due(), Cents(600));
    town.does(settle(BookingSettled::Waived)).unwrap();
    let done = town.books(1, &[Wanted::Cancel { reservation }]);
    assert_eq!(
        done,
        [Decided::Cancelled {
            due: Cents(400),
            credited: Cents(0)
        }]
    );
    town.is_the_same_again();
}

#[test]
fn what_is_not_paid_within_the_hour_is_given_back() {
    let town = Booked::new();
    town.rule(shared::operation::RuleSetRecord {
        payment: Payment::AtBooking {
            within_minutes: 60,
            credited: true,
        },
        ..rules()
    });
    town.books(1, &[add(1, day(0)), add(1, day(1))]);
    let paid = town.standing(1, day(0)).unwrap();
    town.does(Body::SettleBookings {
        reservations: vec![paid],
        how: BookingSettled::Paid,
        words: "Chèque n° 12".into(),
    })
    .unwrap();
    town.hands.pass(60 * MINUTE_MS);
    by_itself(&town);
    assert!(town.standing(1, day(1)).is_some(), "the hour is not over");
    town.hands.pass(MINUTE_MS);
    by_itself(&town);
    assert_eq!(town.standing(1, day(0)), Some(paid));
    assert_eq!(town.standing(1, day(1)), None);
    // What was paid and is cancelled in time is credited.
    let done = town.books(1, &[Wanted::Cancel { reservation: paid }]);
    assert_eq!(
        done,
        [Decided::Cancelled {
            due: Cents(0),
            credited: Cents(400)
        }]
    );
    town.is_the_same_again();
}

#[test]
fn while_reservations_are_closed_nothing_is_booked_and_nothing_is_lost() {
    let town = Booked::new();
    let held = town.holds(1, day(0));
    let booking = town.decided(1, &[add(1, day(0))]);
    town.does(Body::SetCapability {
        capability: Capability::Reservation,
        state: Openness::ReadOnly,
        message: "Fermé le temps de vérifier.".into(),
    })
    .unwrap();
    let before = town.town.dump();
    let closed = town.sends(1, Body::Book { booking }).unwrap_err();
    assert_eq!(closed, Refusal::Closed("Fermé le temps de vérifier.".into()));
    assert!(before == town.town.dump(), "something changed");
    assert!(held.is_some());
    assert_eq!(town.number("select cast(count(*) as bigint) from cart_line"), 1);
}

#[test]
fn a_hold_lost_in_a_fire_costs_no_booking_while_there_is_room() {
    let town = Booked::new();
    assert!(town.holds(1, day(0)).is_some());
    // Carts are not in a backup.
    town.town
        .commune
        .store
        .write(|tx| tx.execute("delete from cart", &[]))
        .unwrap();
    assert!(town.validates(1).is_empty());
    assert!(matches!(
        town.books(1, &[add(1, day(0))])[0],
        Decided::Booked { .. }
    ));
}

#[test]
fn a_place_follows_the_child_into_its_new_class_and_rules_into_new_groups() {
    let town = Booked::new();
    town.books(1, &[add(1, day(0))]);
    let group_now = || town.rows("select in_group from reservation")[0].clone();
    assert!(group_now().is_null(0));
    let mut by_class = rules();
    by_class.groups = vec![group("CP"), group("CM2")];
    by_class.places = vec![places(Some("CP"), 1), places(Some("CM2"), 1)];
    town.rule(by_class);
    assert_eq!(group_now().text(0).unwrap(), "CP");
    let mut lea = child(1);
    lea.class = Some(class_of("CM2"));
    let mut operation = town.town.operation(Body::PutChild { child: lea });
    operation.seen = Some(town.number("select version from child order by id limit 1"));
    town.town.commune.submit(operation).unwrap();
    assert_eq!(group_now().text(0).unwrap(), "CM2");
    // Sami's group is full now, Noé's is not.
    assert!(matches!(
        town.books(2, &[add(2, day(0))])[0],
        Decided::Waiting { .. }
    ));
    assert!(matches!(
        town.books(3, &[add(3, day(0))])[0],
        Decided::Booked { .. }
    ));
    let version = town.number("select version from rule_set");
    let mut operation = town.town.operation(Body::RemoveRules { rules: RULES });
    operation.seen = Some(version);
    town.town.commune.submit(operation).unwrap();
    assert!(group_now().is_null(0));
    town.is_the_same_again();
}

#[test]
fn two_files_of_one_family_keep_what_both_asked() {
    let town = Booked::new();
    town.books(1, &[add(1, day(0))]);
    town.books(2, &[add(2, day(0)), add(2, day(1))]);
    town.books(3, &[add(3, day(0))]);
    assert_eq!(town.wish(3, day(0)).unwrap().1, "open");
    town.does(Body::MergeHouseholds {
        keep: home_of(1),
        gone: home_of(3),
    })
    .unwrap();
    town.does(Body::MergeChildren {
        keep: child_of(1),
        gone: child_of(3),
    })
    .unwrap();
    assert_eq!(town.wish(1, day(0)).unwrap().1, "open");
    let homes = town.rows("select distinct for_household from wish");
    assert_eq!(homes[0].uuid(0).unwrap(), home_of(1).0);
    town.hands.pass(DAY_MS);
    let _ = guardian_of(1);
    town.is_the_same_again();
}
