//! Waiting for a place, and taking it when it is offered.

use axum::http::StatusCode;
use shared::operation::{Actor, Body, Channel, PlaceOffer};

use super::super::ground::{CLAIRE, LEA, NOE, RITA, ROUX, Towns, at};
use super::{
    CANTEEN, CART, THURSDAY, WISHES, add, booked, cart, hidden, line, one_place_and_a_queue, said, send,
    standing, town, validate,
};
use crate::web::browser::Browser;
use shared::ids::WishId;
use shared::time::UtcMs;

/// Léa has the one place, and Noé waits.
fn noe_waits() -> (Towns, Browser, Browser) {
    let towns = town(one_place_and_a_queue());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    booked(&mut claire);
    let mut rita = towns.family(RITA, at("12:00"));
    add(&mut rita, NOE, THURSDAY);
    let page = said(&rita.get(CART));
    assert!(page.contains("liste d’attente n° 1"), "{page}");
    let recap = said(&booked(&mut rita));
    assert!(
        recap.contains("En liste d’attente") && recap.contains("n° 1 à ce jour"),
        "{recap}"
    );
    (towns, claire, rita)
}

fn wish(page: &crate::web::browser::Reply) -> WishId {
    hidden(page, "demande").parse().unwrap()
}

fn offer(towns: &Towns, wish: WishId, until: UtcMs) {
    let commune = towns.commune(at("12:00"));
    let offers = vec![PlaceOffer { wish, until }];
    let body = Body::OfferPlaces { offers };
    commune
        .submit(commune.operation(Actor::System, Channel::Job, body))
        .unwrap();
}

#[test]
fn who_waits_sees_the_rank_and_may_give_up() {
    let (towns, mut claire, mut rita) = noe_waits();
    let page = rita.get(WISHES);
    assert!(said(&page).contains("liste d’attente n° 1"), "{}", said(&page));
    let id = wish(&page).to_string();
    // Somebody else's wish is none.
    let head = towns.head();
    let token = claire.get(CART).token();
    let forged = [("jeton", &*token), ("demande", &*id), ("geste", "retirer")];
    assert_eq!(claire.post(WISHES, &forged).status, StatusCode::CONFLICT);
    assert_eq!(towns.head(), head);
    let token = page.token();
    let own = [("jeton", &*token), ("demande", &*id), ("geste", "retirer")];
    let sent = rita.post(WISHES, &own);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", said(&sent));
    assert!(said(&rita.get(WISHES)).contains("Retirée"));
    // Twice is no more than once.
    let head = towns.head();
    assert_eq!(rita.post(WISHES, &own).status, StatusCode::CONFLICT);
    assert_eq!(towns.head(), head);
}

#[test]
fn an_offered_place_is_taken_through_the_cart_in_time() {
    let (towns, mut claire, mut rita) = noe_waits();
    let id = wish(&rita.get(WISHES));
    send(&mut claire, "annulation", &[line(LEA, CANTEEN, THURSDAY)]);
    booked(&mut claire);
    offer(&towns, id, at("14:00"));
    let page = rita.get(WISHES);
    let words = said(&page);
    assert!(
        words.contains("Place gardée jusqu’au lundi 23 novembre à 14 h"),
        "{words}"
    );
    let take = |browser: &mut Browser| {
        let token = browser.get(CART).token();
        let id = id.to_string();
        browser.post(
            WISHES,
            &[("jeton", &*token), ("demande", &*id), ("geste", "prendre")],
        )
    };
    let late = take(&mut towns.family(RITA, at("14:01")));
    assert_eq!(late.status, StatusCode::CONFLICT);
    let sent = take(&mut rita);
    assert_eq!(sent.header("location"), "/ville/panier?fait=place-au-panier");
    let booked = validate(&mut rita);
    assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", said(&booked));
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
}

#[test]
fn whoever_is_offered_a_place_takes_that_one_and_holds_no_second() {
    let (towns, mut claire, mut rita) = noe_waits();
    let id = wish(&rita.get(WISHES));
    send(&mut claire, "annulation", &[line(LEA, CANTEEN, THURSDAY)]);
    booked(&mut claire);
    offer(&towns, id, at("14:00"));
    // Rita taps the day in the grid, as she would any other.
    add(&mut rita, NOE, THURSDAY);
    let lines = cart(&towns, RITA, ROUX);
    assert_eq!((lines.len(), lines[0].held_until), (1, None));
    assert_eq!(lines[0].wish, Some(id));
    booked(&mut rita);
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
    assert!(said(&rita.get(WISHES)).contains("Acceptée"));
}
