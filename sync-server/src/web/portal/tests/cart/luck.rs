//! Bad luck: one right answer each.

use axum::http::StatusCode;
use shared::money::Cents;
use shared::operation::{Body, Openness, Price, RuleSetRecord};

use super::super::ground::{CLAIRE, LEA, MARTIN, NOE, RITA, ROUX, Towns, at};
use super::{
    CANTEEN, CART, FRIDAY, LAST, THURSDAY, add, booked, cart, change, instant, one_place, open, rules, said,
    standing, town, validate, validate_as,
};

fn dearer() -> RuleSetRecord {
    let mut rules = rules();
    rules.prices = rules
        .prices
        .into_iter()
        .map(|price| Price {
            cents: Cents(500),
            ..price
        })
        .collect();
    rules
}

#[test]
fn of_two_parents_one_has_the_last_place() {
    let towns = town(one_place());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let mut rita = towns.family(RITA, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    // The place is held: Rita hears so before she clicks, and after.
    add(&mut rita, NOE, THURSDAY);
    let page = rita.get(CART);
    let words = said(&page);
    assert!(words.contains("Complet"), "{words}");
    assert!(!page.text.contains("/ville/panier/valider"));
    let head = towns.head();
    let sent = validate_as(&mut rita, &page);
    assert!(matches!(
        sent.status,
        StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY
    ));
    assert_eq!(towns.head(), head);
    booked(&mut claire);
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
}

#[test]
fn a_hold_that_ended_is_no_place() {
    let towns = town(one_place());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let seen = claire.get(CART);
    let mut rita = towns.family(RITA, at("12:40"));
    add(&mut rita, NOE, THURSDAY);
    booked(&mut rita);
    let head = towns.head();
    let mut late = towns.family(CLAIRE, at("12:41"));
    let sent = validate_as(&mut late, &seen);
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = said(&sent);
    assert!(
        words.contains("Complet") && words.contains("aucune réservation n’a changé"),
        "{words}"
    );
    assert_eq!(towns.head(), head);
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
}

#[test]
fn a_stale_page_meets_the_deadline() {
    // To the instant it is judged in shared/src/booking: here a clock runs.
    for (seconds, passes) in [(-40, true), (1, false)] {
        let towns = town(rules());
        let now = instant(LAST).plus_ms(seconds * 1000);
        let mut before = towns.family(CLAIRE, now.plus_ms(-60_000));
        add(&mut before, LEA, THURSDAY);
        let seen = before.get(CART);
        let head = towns.head();
        let mut claire = towns.family(CLAIRE, now);
        let sent = validate_as(&mut claire, &seen);
        if passes {
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{seconds}: {}", said(&sent));
            continue;
        }
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{seconds}");
        let words = said(&sent);
        assert!(
            words.contains("la date limite était fixée au mercredi 25 novembre à 18 h"),
            "{words}"
        );
        assert_eq!(towns.head(), head);
        assert!(standing(&towns, CANTEEN, THURSDAY).is_empty());
    }
}

#[test]
fn a_price_that_changed_is_said_before_it_is_paid() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let seen = claire.get(CART);
    change(&towns, dearer());
    let head = towns.head();
    let sent = validate_as(&mut claire, &seen);
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = said(&sent);
    assert!(words.contains("5,00 € au lieu de 4,00 €"), "{words}");
    assert_eq!(towns.head(), head);
    // The page of before is no longer what is shown; the one that came back is.
    let stale = validate_as(&mut claire, &seen);
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let again = validate_as(&mut claire, &sent);
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", said(&again));
    assert_eq!(standing(&towns, CANTEEN, THURSDAY), [Some(500)]);
}

#[test]
fn what_did_not_change_passes_beside_what_did() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    add(&mut claire, LEA, FRIDAY);
    let seen = claire.get(CART);
    // Thursdays become dearer.
    let mut rules = dearer();
    rules.prices[0].case.weekdays = 0b1000;
    rules.prices.extend(super::rules().prices);
    change(&towns, rules);
    let sent = validate_as(&mut claire, &seen);
    let recap = said(&claire.get(sent.header("location")));
    assert!(recap.contains("vendredi 27 novembre · 4,00 €"), "{recap}");
    assert!(
        recap.contains("Le prix est de 5,00 € et non de 4,00 €"),
        "{recap}"
    );
    assert!(standing(&towns, CANTEEN, THURSDAY).is_empty());
    let kept = cart(&towns, CLAIRE, MARTIN);
    assert_eq!((kept.len(), kept[0].shown), (1, Some(Cents(500))));
    booked(&mut claire);
    assert_eq!(standing(&towns, CANTEEN, THURSDAY), [Some(500)]);
}

#[test]
fn a_child_that_went_to_another_household_is_booked_by_nobody_else() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let seen = claire.get(CART);
    moves(&towns);
    let head = towns.head();
    let sent = validate_as(&mut claire, &seen);
    assert_eq!(sent.status, StatusCode::CONFLICT, "{}", said(&sent));
    assert!(
        !said(&sent).contains("Léa"),
        "nothing of a child that is not theirs"
    );
    assert_eq!(towns.head(), head);
    assert!(standing(&towns, CANTEEN, THURSDAY).is_empty());
}

/// Léa lives with the Roux from now on.
fn moves(towns: &Towns) {
    let commune = towns.commune(at("12:00"));
    let (child, version) = commune
        .store
        .read(|tx| crate::record::child(tx, LEA))
        .unwrap()
        .unwrap();
    let child = shared::operation::ChildRecord {
        households: vec![ROUX],
        ..child
    };
    let mut operation = commune.operation(
        shared::operation::Actor::Host,
        shared::operation::Channel::Command,
        Body::PutChild { child },
    );
    operation.seen = Some(version);
    commune.submit(operation).unwrap();
}

#[test]
fn a_validation_that_meets_the_closing_says_what_is_kept() {
    for state in [Openness::Closed, Openness::ReadOnly] {
        let towns = town(rules());
        let mut claire = towns.family(CLAIRE, at("12:00"));
        add(&mut claire, LEA, THURSDAY);
        let seen = claire.get(CART);
        open(&towns, state);
        let head = towns.head();
        let sent = validate_as(&mut claire, &seen);
        assert_eq!(sent.status, StatusCode::CONFLICT);
        let words = said(&sent);
        for wanted in [
            "fermée depuis le lundi 23 novembre à 12 h",
            "Maintenance jusqu’à ce soir.",
            "rien n’est réservé",
            "Il est gardé tel quel",
            "jeudi 26 novembre",
        ] {
            assert!(words.contains(wanted), "{wanted}: {words}");
        }
        assert!(!words.contains("tout se décide quand vous validez"), "{words}");
        assert_eq!(towns.head(), head);
        let looked = said(&claire.get(CART));
        assert!(!looked.contains("tout se décide quand vous validez"), "{looked}");
        assert!(
            looked.contains("Votre panier est gardé") && looked.contains("Léa"),
            "{looked}"
        );
        open(&towns, Openness::Open);
        booked(&mut claire);
    }
}

#[test]
fn nothing_is_left_held_once_a_cart_is_over() {
    let towns = town(one_place());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    booked(&mut claire);
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
    let commune = towns.commune(at("12:00"));
    let sql = "select cart from cart_line where held_until is not null";
    assert!(commune.store.read(|tx| tx.query(sql, &[])).unwrap().is_empty());
    // The family that gives the place up makes room for the next.
    let given = super::send(&mut claire, "annulation", &[super::line(LEA, CANTEEN, THURSDAY)]);
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    booked(&mut claire);
    let mut rita = towns.family(RITA, at("12:00"));
    add(&mut rita, NOE, THURSDAY);
    assert_eq!(validate(&mut rita).status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
}
