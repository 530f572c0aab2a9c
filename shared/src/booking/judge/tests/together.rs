//! Lines of one cart, queues, groups and offers.

use uuid::Uuid;

use super::town::*;
use crate::booking::*;
use crate::ids::*;
use crate::money::Cents;
use crate::operation::*;

const TUESDAY: &str = "2026-11-24";
const NOW: &str = "2026-11-20T08:00";

fn link(ground: &mut Ground, kind: LinkKind) {
    rules_of(ground, GARDERIE).links = vec![Link {
        kind,
        activity: ETUDE,
        other: GARDERIE,
    }];
}

fn wish(ground: &mut Ground, number: u128, child: ChildId, offered_until: Option<&str>) -> WishId {
    let id = WishId(Uuid::from_u128(number));
    let until = offered_until.map(at);
    let state = if until.is_some() {
        WishState::Offered
    } else {
        WishState::Open
    };
    ground.wishes.push(WishFacts {
        id,
        kind: WishKind::Wait,
        state,
        child,
        session: session(CANTINE, TUESDAY),
        formula: None,
        reservation: None,
        household: Some(MARTIN),
        since: at(NOW),
        offered_until: until,
        words: None,
    });
    queue(ground, number, None, offered_until);
    id
}

fn queue(ground: &mut Ground, number: u128, group: Option<&str>, offered_until: Option<&str>) {
    let queued = Queued {
        wish: WishId(Uuid::from_u128(number)),
        group: group.map(Into::into),
        since: at(NOW),
        offered_until: offered_until.map(at),
    };
    ground
        .queues
        .entry(session(CANTINE, TUESDAY))
        .or_default()
        .push(queued);
}

fn waiting(ground: &mut Ground, places: u32, most: Option<u32>) {
    ground.activities.get_mut(&CANTINE).unwrap().capacity = Some(places);
    rules_of(ground, CANTINE).waiting = Some(Waiting {
        offer_minutes: 60,
        most,
    });
}

#[test]
fn study_needs_the_evening() {
    let mut ground = town();
    link(&mut ground, LinkKind::Needs);
    let (study, evening) = (session(ETUDE, TUESDAY), session(GARDERIE, TUESDAY));
    let alone = one(add(LEA, study), &ground, on_line(NOW));
    assert_eq!(
        (refusal(&alone).why, refusal(&alone).name.as_deref()),
        (Why::Needs, Some("Garderie du soir"))
    );
    assert!(matches!(
        cell(LEA, study, &ground, on_line(NOW)),
        Cell::Bookable { .. }
    ));
    for cart in [
        [add(LEA, study), add(LEA, evening)],
        [add(LEA, evening), add(LEA, study)],
    ] {
        for judged in judge(&cart, &ground, on_line(NOW)) {
            booked(&judged);
        }
    }
    ground.activities.get_mut(&GARDERIE).unwrap().capacity = Some(0);
    let judged = judge(&[add(LEA, study), add(LEA, evening)], &ground, on_line(NOW));
    assert_eq!(
        [&judged[0], &judged[1]].map(|one| refusal(one).why),
        [Why::With, Why::Full]
    );
    let by_name = judge(&[add(LEA, study)], &ground, by_name(NOW));
    booked(&by_name[0]);
    assert_eq!(by_name[0].overruled[0].why, Why::Needs);
    // What is needed is not cancelled from under it.
    let kept = stands(&mut ground, 100, LEA, evening);
    let with = stands(&mut ground, 101, LEA, study);
    let cancel = |reservation| Wanted::Cancel { reservation };
    assert_eq!(refusal(&one(cancel(kept), &ground, on_line(NOW))).why, Why::Needs);
    for judged in judge(&[cancel(kept), cancel(with)], &ground, on_line(NOW)) {
        assert!(matches!(judged.sentence, Sentence::Cancel { .. }));
    }
    // Nor is it asked for alone when it is late.
    rules_of(&mut ground, GARDERIE).cancel[0].late = vec![Late {
        until: Moment::Start,
        ways: vec![way(Entrance::Portal, Verdict::Request, Cost::Free)],
    }];
    let late = on_line("2026-11-24T08:00");
    assert_eq!(refusal(&one(cancel(kept), &ground, late)).why, Why::Needs);
    for judged in judge(&[cancel(kept), cancel(with)], &ground, late) {
        assert!(matches!(judged.sentence, Sentence::RequestCancel { .. }));
    }
}

#[test]
fn what_brings_another_is_refused_without_it_and_the_cart_can_ask() {
    let mut ground = town();
    link(&mut ground, LinkKind::Brings);
    assert_eq!(brings(ETUDE, day(TUESDAY), &ground), [GARDERIE]);
    assert_eq!(brings(GARDERIE, day(TUESDAY), &ground), []);
    let judged = one(add(LEA, session(ETUDE, TUESDAY)), &ground, on_line(NOW));
    assert_eq!(refusal(&judged).why, Why::With);
}

#[test]
fn whoever_goes_with_what_was_refused_leaves_its_place_to_the_next() {
    let mut ground = town();
    link(&mut ground, LinkKind::Needs);
    ground.activities.get_mut(&ETUDE).unwrap().capacity = Some(1);
    stands(&mut ground, 100, TOM, session(GARDERIE, TUESDAY));
    ground.activities.get_mut(&GARDERIE).unwrap().capacity = Some(1);
    let study = session(ETUDE, TUESDAY);
    let judged = judge(&[add(LEA, study), add(TOM, study)], &ground, on_line(NOW));
    assert_eq!(refusal(&judged[0]).why, Why::Needs);
    booked(&judged[1]);
}

#[test]
fn a_full_session_is_waited_for_in_turn() {
    let mut ground = town();
    waiting(&mut ground, 0, Some(3));
    let tuesday = session(CANTINE, TUESDAY);
    queue(&mut ground, 900, None, None);
    let judged = judge(&[add(LEA, tuesday), add(TOM, tuesday)], &ground, on_line(NOW));
    let ranks = [&judged[0], &judged[1]].map(|one| match one.sentence {
        Sentence::Wait { rank, priced } => (rank, priced.total),
        ref other => panic!("does not wait: {other:?}"),
    });
    assert_eq!(ranks, [(2, Cents(350)), (3, Cents(350))]);
    assert!(matches!(
        cell(LEA, tuesday, &ground, on_line(NOW)),
        Cell::WaitPossible { rank: 2, until: Some(until), .. } if until == at("2026-11-23T18:00")
    ));
    queue(&mut ground, 901, None, None);
    queue(&mut ground, 902, None, None);
    assert_eq!(
        refusal(&one(add(LEA, tuesday), &ground, on_line(NOW))).why,
        Why::Full,
        "so many wait"
    );
    let by_name = one(add(LEA, tuesday), &ground, by_name(NOW));
    booked(&by_name);
    assert_eq!(by_name.overruled[0].why, Why::Full);
}

#[test]
fn a_newcomer_does_not_jump_the_queue() {
    let mut ground = town();
    waiting(&mut ground, 2, None);
    let tuesday = session(CANTINE, TUESDAY);
    let lea = wish(&mut ground, 900, LEA, None);
    assert!(matches!(
        cell(LEA, tuesday, &ground, on_line(NOW)),
        Cell::Waiting { rank: Some(1), offered_until: None, wish, .. } if wish == lea
    ));
    booked(&one(add(LEA, tuesday), &ground, on_line(NOW)));
    booked(&one(add(TOM, tuesday), &ground, on_line(NOW)));
    waiting(&mut ground, 1, None);
    assert!(matches!(
        one(add(TOM, tuesday), &ground, on_line(NOW)).sentence,
        Sentence::Wait { rank: 2, .. }
    ));
    booked(&one(add(LEA, tuesday), &ground, on_line(NOW)));
    waiting(&mut ground, 0, None);
    let again = one(add(LEA, tuesday), &ground, on_line(NOW));
    assert_eq!(
        (refusal(&again).why, refusal(&again).number),
        (Why::Already, Some(1))
    );
}

#[test]
fn an_offer_that_stands_is_a_place_and_only_its_own() {
    let mut ground = town();
    waiting(&mut ground, 1, None);
    let tuesday = session(CANTINE, TUESDAY);
    wish(&mut ground, 900, LEA, Some("2026-11-20T09:00"));
    booked(&one(add(LEA, tuesday), &ground, on_line("2026-11-20T08:59")));
    assert!(matches!(
        one(add(TOM, tuesday), &ground, on_line("2026-11-20T08:59")).sentence,
        Sentence::Wait { rank: 1, .. }
    ));
    assert!(matches!(
        cell(LEA, tuesday, &ground, on_line(NOW)),
        Cell::Waiting {
            rank: None,
            offered_until: Some(_),
            ..
        }
    ));
    booked(&one(add(TOM, tuesday), &ground, on_line("2026-11-20T09:00")));
}

#[test]
fn places_are_counted_in_groups() {
    let mut ground = town();
    let rules = rules_of(&mut ground, CANTINE);
    let group = |name: &str, from_months, under_months| Group {
        name: name.into(),
        levels: Vec::new(),
        from_months,
        under_months,
    };
    rules.groups = vec![
        group("Moins de 6 ans", None, Some(72)),
        group("6 ans et plus", Some(72), None),
    ];
    let places = |group: Option<&str>, places| Places {
        case: Case::all(),
        group: group.map(Into::into),
        from: None,
        until: None,
        places,
    };
    rules.places = vec![places(Some("Moins de 6 ans"), 0), places(None, 2)];
    let tuesday = session(CANTINE, TUESDAY);
    let judged = judge(&[add(TOM, tuesday), add(LEA, tuesday)], &ground, on_line(NOW));
    assert_eq!(
        (refusal(&judged[0]).why, refusal(&judged[0]).number),
        (Why::Full, Some(0))
    );
    booked(&judged[1]);
    assert_eq!(judged[1].group.as_deref(), Some("6 ans et plus"));
    // Those who wait for a group that has no place do not keep the others from theirs.
    queue(&mut ground, 900, Some("Moins de 6 ans"), None);
    queue(&mut ground, 901, Some("Moins de 6 ans"), None);
    booked(&one(add(LEA, tuesday), &ground, on_line(NOW)));
}

#[test]
fn places_that_others_hold_are_not_there() {
    let mut ground = town();
    waiting(&mut ground, 1, None);
    rules_of(&mut ground, CANTINE).waiting = None;
    let tuesday = session(CANTINE, TUESDAY);
    ground.held.insert((tuesday, None), 1);
    assert_eq!(
        refusal(&one(add(LEA, tuesday), &ground, on_line(NOW))).why,
        Why::Full
    );
}

#[test]
fn what_was_asked_is_seen_and_not_asked_twice() {
    let mut ground = town();
    rules_of(&mut ground, CANTINE).add[0].late = vec![Late {
        until: Moment::Start,
        ways: vec![way(Entrance::Portal, Verdict::Request, Cost::Free)],
    }];
    let tuesday = session(CANTINE, TUESDAY);
    let late = on_line("2026-11-24T08:00");
    assert!(matches!(
        cell(LEA, tuesday, &ground, late),
        Cell::Bookable { choices, .. } if choices[0].request.is_some()
    ));
    wish(&mut ground, 900, LEA, None);
    ground.wishes[0].kind = WishKind::Add;
    ground.queues.clear();
    assert!(matches!(
        cell(LEA, tuesday, &ground, late),
        Cell::AddRequested { .. }
    ));
    assert_eq!(refusal(&one(add(LEA, tuesday), &ground, late)).why, Why::Already);
    ground.wishes[0].state = WishState::Refused;
    ground.wishes[0].words = Some("Effectif atteint".into());
    let over = on_line("2026-11-24T12:00");
    assert!(matches!(
        cell(LEA, tuesday, &ground, over),
        Cell::Refused { words: Some(words), .. } if words == "Effectif atteint"
    ));
    stands(&mut ground, 100, LEA, tuesday);
    ground.wishes[0].kind = WishKind::Cancel;
    ground.wishes[0].state = WishState::Open;
    assert!(matches!(
        cell(LEA, tuesday, &ground, late),
        Cell::CancelRequested { .. }
    ));
    ground.wishes.clear();
    assert!(
        matches!(cell(LEA, tuesday, &ground, late), Cell::BookedFixed { reason, .. } if reason.why == Why::Deadline)
    );
}
