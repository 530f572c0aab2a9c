//! What holds whatever the rules, the cart and the instant.

use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use super::town::*;
use crate::booking::*;
use crate::ids::*;
use crate::money::Cents;
use crate::operation::*;

const DATES: [&str; 2] = ["2026-11-24", "2026-11-26"];
const ACTIVITIES: [ActivityId; 3] = [CANTINE, GARDERIE, ETUDE];
const KINDS: [LinkKind; 3] = [LinkKind::Excludes, LinkKind::Needs, LinkKind::Brings];

fn moment() -> impl Strategy<Value = Moment> {
    let count = prop_oneof![
        Just(Counted::Calendar),
        Just(Counted::Worked),
        Just(Counted::School)
    ]
    .prop_map(|days| Count { days, skipped: 0 });
    prop_oneof![
        (0..4_u16, count.clone(), 8..20_u16).prop_map(|(days, count, hour)| Moment::Days {
            days,
            count,
            at: crate::codec::Minute::new(hour, 0),
        }),
        (0..72_u16, count).prop_map(|(hours, count)| Moment::Hours { hours, count }),
        Just(Moment::Week { hours: 36 }),
        Just(Moment::Start),
    ]
}

/// Stages that only get worse: accepted, then on request, dearer and dearer.
fn table(cancels: bool) -> impl Strategy<Value = Vec<Delay>> {
    let cost = move |late: i64| {
        if cancels {
            Cost::Due(Cents(late))
        } else {
            Cost::Adds(Cents(late))
        }
    };
    (moment(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        move |(until, accepts, requests, strict)| {
            let mut late = Vec::new();
            if accepts {
                late.push(Late {
                    until: Moment::Start,
                    ways: vec![
                        way(Entrance::Portal, Verdict::Accept, cost(100)),
                        way(Entrance::Desk, Verdict::Accept, cost(100)),
                    ],
                });
            }
            if requests {
                late.push(Late {
                    until: Moment::End,
                    ways: vec![way(Entrance::Portal, Verdict::Request, cost(200))],
                });
            }
            vec![Delay {
                late,
                strict,
                ..delay(until)
            }]
        },
    )
}

#[derive(Clone, Debug)]
struct Asking {
    ground: Ground,
    cart: Vec<Wanted>,
    now: crate::time::UtcMs,
}

fn ground() -> impl Strategy<Value = Ground> {
    let line = || (0..2_usize, 0..ACTIVITIES.len(), 0..DATES.len());
    let rules = (table(false), table(true), table(false), table(true));
    let crowd = (proptest::option::of(0..3_u32), any::<bool>(), 0..4_u16);
    let link = (0..KINDS.len(), 0..ACTIVITIES.len(), 0..ACTIVITIES.len());
    (rules, crowd, link, vec(line(), 0..5)).prop_map(|(rules, (places, waits, most), link, standing)| {
        let mut ground = town();
        let (canteen_add, canteen_cancel, evening_add, evening_cancel) = rules;
        let canteen = rules_of(&mut ground, CANTINE);
        (canteen.add, canteen.cancel) = (canteen_add, canteen_cancel);
        canteen.waiting = waits.then_some(Waiting {
            offer_minutes: 60,
            most: None,
        });
        if most > 0 {
            canteen.limits = vec![Limit {
                most,
                per: Span::Week,
                activities: Vec::new(),
                words: None,
            }];
        }
        let evening = rules_of(&mut ground, GARDERIE);
        (evening.add, evening.cancel) = (evening_add, evening_cancel);
        if link.1 != link.2 {
            evening.links = vec![Link {
                kind: KINDS[link.0],
                activity: ACTIVITIES[link.1],
                other: ACTIVITIES[link.2],
            }];
        }
        for activity in ACTIVITIES {
            ground.activities.get_mut(&activity).unwrap().capacity = places;
        }
        for (number, (child, activity, date)) in standing.into_iter().enumerate() {
            let (child, session) = ([LEA, TOM][child], session(ACTIVITIES[activity], DATES[date]));
            let there = |one: &Standing| one.child == child && one.session == session;
            if !ground.standing.iter().any(there) {
                stands(&mut ground, 100 + number as u128, child, session);
            }
        }
        ground
    })
}

fn case() -> impl Strategy<Value = Asking> {
    let wish = prop_oneof![
        4 => (0..2_usize, 0..ACTIVITIES.len(), 0..DATES.len()).prop_map(|(child, activity, date)| {
            add([LEA, TOM][child], session(ACTIVITIES[activity], DATES[date]))
        }),
        1 => (100..106_u128).prop_map(|id| Wanted::Cancel {
            reservation: ReservationId(Uuid::from_u128(id)),
        }),
    ];
    let now = (0..8 * 24 * 12_i64).prop_map(|steps| at("2026-11-19T08:00").plus_ms(steps * 300_000));
    (ground(), vec(wish, 1..8), now).prop_map(|(ground, cart, now)| Asking { ground, cart, now })
}

fn sentences(judged: &[Judged]) -> Vec<&Sentence> {
    judged.iter().map(|one| &one.sentence).collect()
}

fn is_refused(judged: &Judged) -> bool {
    matches!(judged.sentence, Sentence::Refuse(_))
}

/// How good a sentence is: booked cheaply, dearly, asked for, not at all.
fn worth(judged: &Judged) -> (u8, i64) {
    match &judged.sentence {
        Sentence::Book { priced, .. } => (3, -priced.total.0),
        Sentence::Cancel { due, .. } => (3, -due.0),
        Sentence::Wait { priced, .. } => (2, -priced.total.0),
        Sentence::Request { priced, .. } => (1, -priced.total.0),
        Sentence::RequestCancel { due, .. } => (1, -due.0),
        Sentence::Refuse(_) => (0, 0),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_refused_changes_nothing(case in case()) {
        let asks = asked(case.now, Entrance::Portal);
        let judged = judge(&case.cart, &case.ground, asks);
        let (kept, as_judged): (Vec<Wanted>, Vec<Judged>) = case
            .cart
            .iter()
            .cloned()
            .zip(judged)
            .filter(|(_, judged)| !is_refused(judged))
            .unzip();
        let again = judge(&kept, &case.ground, asks);
        prop_assert_eq!(sentences(&again), sentences(&as_judged));
    }

    #[test]
    fn where_cancellations_stand_in_a_cart_makes_no_difference(case in case()) {
        let asks = asked(case.now, Entrance::Portal);
        let judged = judge(&case.cart, &case.ground, asks);
        let is_cancel = |one: &Wanted| matches!(one, Wanted::Cancel { .. });
        let mut order: Vec<usize> = (0..case.cart.len()).collect();
        order.sort_by_key(|at| !is_cancel(&case.cart[*at]));
        let first: Vec<Wanted> = order.iter().map(|at| case.cart[*at].clone()).collect();
        let again = judge(&first, &case.ground, asks);
        let expected: Vec<&Sentence> = order.iter().map(|at| &judged[*at].sentence).collect();
        prop_assert_eq!(sentences(&again), expected);
    }

    #[test]
    fn what_is_strict_holds_and_nothing_is_overruled_but_by_name(case in case()) {
        let by_name = Asked { beyond: true, ..asked(case.now, Entrance::Desk) };
        let strict = |wanted: &Wanted| {
            let (activity, adds) = match wanted {
                Wanted::Add { session, .. } => (session.activity, true),
                Wanted::Cancel { reservation } => {
                    let found = case.ground.standing.iter().find(|one| one.id == *reservation);
                    (found.map_or(CANTINE, |one| one.session.activity), false)
                }
            };
            let set = case.ground.sets.iter().find(|set| set.activities.contains(&activity)).unwrap();
            if adds { set.add[0].strict } else { set.cancel[0].strict }
        };
        for (wanted, judged) in case.cart.iter().zip(judge(&case.cart, &case.ground, by_name)) {
            let overruled = judged.overruled.iter().any(|one| one.why == Why::Deadline);
            prop_assert!(!(overruled && strict(wanted)));
        }
        let portal = asked(case.now, Entrance::Portal);
        let forged = Asked { beyond: true, ..portal };
        let judged = judge(&case.cart, &case.ground, forged);
        prop_assert_eq!(&judged, &judge(&case.cart, &case.ground, portal));
        prop_assert!(judged.iter().all(|one| one.overruled.is_empty()));
    }

    #[test]
    fn whoever_comes_later_does_no_better(case in case(), minutes in 1..6000_i64) {
        for wanted in &case.cart {
            let on = |now| one(wanted.clone(), &case.ground, asked(now, Entrance::Portal));
            let (first, later) = (on(case.now), on(case.now.plus_ms(minutes * 60_000)));
            prop_assert!(worth(&later) <= worth(&first), "{first:?} then {later:?}");
        }
    }

    #[test]
    fn until_is_the_last_instant_of_an_answer(case in case()) {
        for wanted in &case.cart {
            let on = |now| one(wanted.clone(), &case.ground, asked(now, Entrance::Portal));
            let first = on(case.now);
            if is_refused(&first) {
                continue;
            }
            let until = first.until.unwrap();
            prop_assert!(case.now <= until);
            prop_assert_eq!(&on(until).sentence, &first.sentence);
            prop_assert!(worth(&on(until.plus_ms(1))) < worth(&first));
        }
    }

    #[test]
    fn a_square_shows_what_a_click_brings(case in case()) {
        let asks = asked(case.now, Entrance::Portal);
        let cells = Cells::new(&case.ground, asks);
        for wanted in &case.cart {
            let Wanted::Add { child, session, .. } = *wanted else { continue };
            let judged = one(wanted.clone(), &case.ground, asks);
            match (cells.cell(child, session), &judged.sentence) {
                (Cell::Bookable { choices, until }, Sentence::Book { priced, .. } | Sentence::Request { priced, .. }) => {
                    prop_assert_eq!(choices[0].priced, *priced);
                    prop_assert_eq!(until, judged.until);
                }
                (Cell::Bookable { .. } | Cell::WaitPossible { .. }, Sentence::Refuse(reason)) => {
                    prop_assert!(matches!(reason.why, Why::Needs | Why::With));
                }
                (Cell::WaitPossible { rank, .. }, Sentence::Wait { rank: waits, .. }) => {
                    prop_assert_eq!(rank, *waits);
                }
                (Cell::NotBookable { reason }, Sentence::Refuse(refused)) => prop_assert_eq!(&reason, refused),
                (Cell::Booked { .. } | Cell::BookedFixed { .. }, Sentence::Refuse(reason)) => {
                    prop_assert!(matches!(reason.why, Why::Already | Why::Past));
                }
                (cell, sentence) => prop_assert!(false, "{cell:?} but {sentence:?}"),
            }
        }
    }

    #[test]
    fn what_was_booked_stands_at_that_price_and_is_not_booked_twice(case in case()) {
        let asks = asked(case.now, Entrance::Portal);
        let judged = judge(&case.cart, &case.ground, asks);
        let mut after = case.ground.clone();
        for (number, (wanted, judged)) in case.cart.iter().zip(&judged).enumerate() {
            match (wanted, &judged.sentence) {
                (Wanted::Add { child, session, .. }, Sentence::Book { priced, .. }) => {
                    stands(&mut after, 200 + number as u128, *child, *session);
                    after.standing.last_mut().unwrap().priced = Some(*priced);
                }
                (Wanted::Cancel { reservation }, Sentence::Cancel { .. }) => {
                    let gone = after.standing.iter().position(|one| one.id == *reservation).unwrap();
                    let gone = after.standing.swap_remove(gone);
                    *after.taken.get_mut(&(gone.session, None)).unwrap() -= 1;
                }
                _ => {}
            }
        }
        let again = judge(&case.cart, &after, asks);
        for ((wanted, first), again) in case.cart.iter().zip(&judged).zip(&again) {
            if matches!(first.sentence, Sentence::Book { .. } | Sentence::Cancel { .. }) {
                prop_assert!(matches!(&again.sentence, Sentence::Refuse(reason) if reason.why == Why::Already), "{wanted:?}");
            }
        }
        for (session, taken) in &after.taken {
            let before = case.ground.taken.get(session).copied().unwrap_or(0);
            let places = case.ground.activities[&session.0.activity].capacity.unwrap_or(u32::MAX);
            prop_assert!(*taken <= places.max(before));
        }
    }
}
