//! What becomes of wishes for reservations, and the reason that is named.

use super::town::*;
use crate::booking::*;
use crate::money::Cents;
use crate::operation::*;

const TUESDAY: &str = "2026-11-24";

#[test]
fn lea_is_booked_at_the_canteen_until_the_eve_at_18_h() {
    let ground = town();
    let wish = add(LEA, session(CANTINE, TUESDAY));
    let judged = one(wish.clone(), &ground, on_line("2026-11-23T18:00"));
    assert_eq!(booked(&judged).total, Cents(350));
    assert_eq!(judged.until, Some(at("2026-11-23T18:00")));
    assert_eq!(judged.rule.as_deref(), Some("La veille avant 18 h"));
    let mut late = on_line("2026-11-23T18:00");
    late.now = late.now.plus_ms(1);
    let judged = one(wish, &ground, late);
    let reason = refusal(&judged);
    assert_eq!(
        (reason.why, reason.at),
        (Why::Deadline, Some(at("2026-11-23T18:00")))
    );
    assert_eq!(reason.words.as_deref(), Some("La veille avant 18 h"));
    assert!(reason.call, "l’accueil may still help");
}

#[test]
fn what_is_late_costs_what_its_entrance_says() {
    let mut ground = town();
    rules_of(&mut ground, CANTINE).add[0].late = vec![Late {
        until: Moment::End,
        ways: vec![
            way(Entrance::Portal, Verdict::Request, Cost::Free),
            way(Entrance::Phone, Verdict::Accept, Cost::Adds(Cents(300))),
            way(Entrance::Door, Verdict::Accept, Cost::Replaces(Cents(1000))),
        ],
    }];
    let wish = add(LEA, session(CANTINE, TUESDAY));
    let now = at("2026-11-24T08:00");
    let by = |entrance| one(wish.clone(), &ground, asked(now, entrance));
    let request = by(Entrance::Portal);
    assert!(matches!(
        &request.sentence,
        Sentence::Request { priced, reason } if priced.total == Cents(350) && reason.why == Why::Deadline
    ));
    let (phone, door) = (booked(&by(Entrance::Phone)), booked(&by(Entrance::Door)));
    assert_eq!(
        (phone.base, phone.surcharge, phone.total),
        (Some(Cents(350)), Cents(300), Cents(650))
    );
    assert_eq!((door.surcharge, door.total), (Cents(1000), Cents(1000)));
    assert_eq!(door.more_than_in_time(), Cents(650));
    assert_eq!(
        refusal(&by(Entrance::Desk)).why,
        Why::Deadline,
        "what is not named is refused"
    );
}

#[test]
fn nothing_is_booked_where_nothing_takes_place() {
    let mut ground = town();
    let now = on_line("2026-10-01T08:00");
    let why =
        |ground: &Ground, date: &str| refusal(&one(add(LEA, session(CANTINE, date)), ground, now)).clone();
    assert_eq!(why(&ground, "2026-11-25").why, Why::NotOffered, "a Wednesday");
    let holiday = why(&ground, "2026-11-11");
    assert_eq!(holiday.why, Why::NotOffered, "a Wednesday first of all");
    let christmas = why(&ground, "2026-12-22");
    assert_eq!(christmas.why, Why::Closed);
    assert!(christmas.name.unwrap().contains("Noël"));
    let easter = why(&ground, "2027-03-29");
    assert_eq!((easter.why, easter.name.is_some()), (Why::Closed, true));
    ground.exceptional.push(ExceptionalDayRecord {
        id: crate::ids::ExceptionalDayId(uuid::Uuid::from_u128(1)),
        kind: ExceptionalKind::Closure,
        from: day(TUESDAY),
        until: Some(day(TUESDAY)),
        schools: Vec::new(),
        classes: Vec::new(),
        words: "Panne de chauffage".into(),
        meals: MealEffect::Cancelled,
        minimum_service: None,
        sites: vec![JAURES],
        services: Vec::new(),
        cancels: true,
    });
    assert_eq!(why(&ground, TUESDAY).name.as_deref(), Some("Panne de chauffage"));
    let elsewhere = SessionKey {
        site: FERRY,
        ..session(CANTINE, TUESDAY)
    };
    booked(&one(add(LEA, elsewhere), &ground, now));
}

#[test]
fn the_last_place_goes_to_one_of_two_and_a_place_given_back_in_the_same_cart_counts() {
    let mut ground = town();
    ground.activities.get_mut(&CANTINE).unwrap().capacity = Some(1);
    let tuesday = session(CANTINE, TUESDAY);
    let now = on_line("2026-11-20T08:00");
    let both = judge(&[add(LEA, tuesday), add(TOM, tuesday)], &ground, now);
    booked(&both[0]);
    assert_eq!(
        (refusal(&both[1]).why, refusal(&both[1]).number),
        (Why::Full, Some(1))
    );
    let reservation = stands(&mut ground, 100, LEA, tuesday);
    assert_eq!(refusal(&one(add(TOM, tuesday), &ground, now)).why, Why::Full);
    let swap = judge(&[add(TOM, tuesday), Wanted::Cancel { reservation }], &ground, now);
    booked(&swap[0]);
    assert!(matches!(
        swap[1].sentence,
        Sentence::Cancel { due: Cents::ZERO, .. }
    ));
}

#[test]
fn on_line_a_child_goes_to_the_site_of_its_own_school() {
    let mut ground = town();
    let wish = |site| {
        add(
            LEA,
            SessionKey {
                site,
                ..session(CANTINE, TUESDAY)
            },
        )
    };
    let now = on_line("2026-11-23T08:00");
    // Ferry is nobody's school so far: whoever goes there goes there.
    booked(&one(wish(FERRY), &ground, now));
    let other = crate::ids::SchoolId(uuid::Uuid::from_u128(32));
    ground.sites.get_mut(&FERRY).unwrap().school = Some(other);
    let judged = one(wish(FERRY), &ground, now);
    assert_eq!(refusal(&judged).why, Why::NotOffered);
    booked(&one(wish(JAURES), &ground, now));
    // Nor does a day that stands at its own site move there.
    let mut eats = ground.clone();
    let stood = stands(&mut eats, 1, LEA, session(CANTINE, TUESDAY));
    let moved = Wanted::Add {
        child: LEA,
        session: SessionKey {
            site: FERRY,
            ..session(CANTINE, TUESDAY)
        },
        formula: None,
        replaces: Some(stood),
        wish: None,
    };
    assert_eq!(refusal(&one(moved, &eats, now)).why, Why::NotOffered);
    // The desk sends a child wherever it is welcome.
    booked(&one(
        wish(FERRY),
        &ground,
        asked(at("2026-11-23T08:00"), Entrance::Desk),
    ));
    // Where its own school has no canteen, it eats at another one's.
    ground.activities.get_mut(&CANTINE).unwrap().sites = vec![FERRY];
    booked(&one(wish(FERRY), &ground, now));
    // Once Léa goes to Ferry, the line for Jaurès that lay in a cart is none any more.
    ground.activities.get_mut(&CANTINE).unwrap().sites = vec![JAURES, FERRY];
    ground.children.get_mut(&LEA).unwrap().school = Some(other);
    assert_eq!(refusal(&one(wish(JAURES), &ground, now)).why, Why::NotOffered);
    booked(&one(wish(FERRY), &ground, now));
}
