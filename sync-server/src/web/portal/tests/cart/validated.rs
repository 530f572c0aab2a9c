//! The cart becomes record: once, as one whole.

use axum::http::StatusCode;

use super::super::ground::{CLAIRE, DENIS, JAURES, LEA, LOGIN_OF_CLAIRE, MARTIN, PASSWORD, RITA, TOM, at};
use super::{
    CANTEEN, CART, FRIDAY, LINES, THURSDAY, VALIDATE, add, booked, cart, hidden, line, rules, said, send,
    standing, town, validate, validate_as,
};
use shared::ids::ReservationId;
use shared::operation::{Body, ReservationLine};
use uuid::Uuid;

#[test]
fn a_validated_cart_is_booked_and_told_line_by_line() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    add(&mut claire, TOM, FRIDAY);
    send(&mut claire, "annulation", &[line(LEA, CANTEEN, "2026-11-24")]);
    // Wednesday has no canteen: this line cannot pass, the others do.
    add(&mut claire, LEA, "2026-11-25");
    let head = towns.head();
    let recap = said(&booked(&mut claire));
    for wanted in [
        "Une partie n’a pas pu être prise en compte.",
        "Ajouté",
        "Léa : Cantine, jeudi 26 novembre · 4,00 €",
        "Tom : Cantine, vendredi 27 novembre · 4,00 €",
        "Annulé",
        "Léa : Cantine, mardi 24 novembre · annulation sans frais",
        "Refusé",
        "Léa : Cantine, mercredi 25 novembre",
        "Total dû : 8,00 €",
        "Validé sur le portail le lundi 23 novembre 2026 à 12 h",
    ] {
        assert!(recap.contains(wanted), "{wanted}: {recap}");
    }
    assert_eq!(towns.head(), head + 1, "one entry");
    assert_eq!(standing(&towns, CANTEEN, THURSDAY), [Some(400)]);
    assert_eq!(standing(&towns, CANTEEN, "2026-11-24").len(), 3);
    let kept = cart(&towns, CLAIRE, MARTIN);
    assert_eq!(kept.len(), 1, "what was refused may still be changed");
    assert_eq!(kept[0].session.date.to_string(), "2026-11-25");
}

#[test]
fn the_same_form_sent_twice_is_booked_once_and_shows_the_same() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let page = claire.get(CART);
    let first = validate_as(&mut claire, &page);
    let head = towns.head();
    // A double click, a browser that sends again, the back button: the page of before is sent once more.
    let second = validate_as(&mut claire, &page);
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    assert_eq!(first.header("location"), second.header("location"));
    assert_eq!(towns.head(), head);
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
    // What was put in since stays where it is.
    add(&mut claire, LEA, FRIDAY);
    let third = validate_as(&mut claire, &page);
    assert_eq!(third.header("location"), first.header("location"));
    assert_eq!(cart(&towns, CLAIRE, MARTIN).len(), 1);
    assert_eq!(towns.head(), head);
}

#[test]
fn two_tabs_fill_one_cart_and_none_books_what_it_did_not_show() {
    let towns = town(rules());
    let mut one = towns.family(CLAIRE, at("12:00"));
    let mut other = one.clone();
    add(&mut one, LEA, THURSDAY);
    let seen = one.get(CART);
    add(&mut other, TOM, FRIDAY);
    let head = towns.head();
    let late = validate_as(&mut one, &seen);
    assert_eq!(late.status, StatusCode::CONFLICT);
    let words = said(&late);
    assert!(
        words.contains("Votre panier a changé") && words.contains("Tom"),
        "{words}"
    );
    assert_eq!(towns.head(), head);
    let both = validate_as(&mut one, &late);
    assert_eq!(both.status, StatusCode::SEE_OTHER, "{}", said(&both));
    assert_eq!(standing(&towns, CANTEEN, FRIDAY).len(), 1);
}

#[test]
fn a_cart_that_is_none_leads_to_the_present_one() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let head = towns.head();
    let token = claire.get(CART).token();
    for cart in ["", "rien", "00000000-0000-0000-0000-00000000dead"] {
        let sent = claire.post(VALIDATE, &[("jeton", &token), ("panier", cart)]);
        assert_eq!(sent.status, StatusCode::CONFLICT, "{cart}");
        assert!(said(&sent).contains("Léa"), "what lies there is shown");
    }
    assert_eq!(towns.head(), head);
}

#[test]
fn a_session_that_ended_keeps_the_cart() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let page = claire.get(CART);
    let head = towns.head();
    let mut later = towns.browser(at("13:00"));
    let fields = [
        ("panier", hidden(&page, "panier")),
        ("vu", hidden(&page, "vu")),
        ("jeton", page.token()),
    ];
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let sent = later.post(VALIDATE, &fields);
    assert_eq!(
        sent.header("location"),
        "/ville/connexion?retour=%2Fville%2Fpanier"
    );
    assert_eq!(towns.head(), head);
    let mut again = towns.family(CLAIRE, at("13:00"));
    assert!(said(&again.get(CART)).contains("jeudi 26 novembre"));
    booked(&mut again);
}

#[test]
fn what_is_chosen_after_the_session_ended_is_not_kept_and_the_page_says_so() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let cell = format!("/ville/reservations/{THURSDAY}/cantine/{LEA}");
    let token = claire.get(&cell).token();
    let chosen = line(LEA, CANTEEN, THURSDAY);
    let led = |back: &str| {
        let mut later = towns.browser(at("13:00"));
        let fields = [
            ("jeton", &*token),
            ("sorte", "ajout"),
            ("ligne", &*chosen),
            ("retour", back),
        ];
        let sent = later.post(LINES, &fields);
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let page = later.get(sent.header("location"));
        let token = page.token();
        let after = page.text.split("name=\"retour\" value=\"").nth(1).unwrap();
        let back = after.split('"').next().unwrap().replace("&amp;", "&");
        let fields = [
            ("identifiant", LOGIN_OF_CLAIRE),
            ("mot_de_passe", PASSWORD),
            ("retour", &*back),
            ("jeton", &*token),
        ];
        let entered = later.post("/ville/connexion", &fields);
        let location = entered.header("location").to_owned();
        let words = said(&later.get(location.split('#').next().unwrap()));
        assert!(
            words.contains("ce que vous veniez de choisir n’a pas été gardé"),
            "{words}"
        );
        location
    };
    assert_eq!(led(&cell), format!("{cell}?fait=choix-perdu"));
    assert_eq!(
        led("/ville/reservations?du=2026-11-23&enfant=1"),
        "/ville/reservations?du=2026-11-23&enfant=1&fait=choix-perdu#j1126"
    );
    assert_eq!(led("https://ailleurs.example/"), "/ville/panier?fait=choix-perdu");
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
    assert!(standing(&towns, CANTEEN, THURSDAY).is_empty());
}

#[test]
fn a_recap_and_a_cart_are_their_familys_alone() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let page = claire.get(CART);
    let mut rita = towns.family(RITA, at("12:00"));
    let head = towns.head();
    let forged = validate_as(&mut rita, &page);
    assert_eq!(forged.status, StatusCode::CONFLICT);
    assert!(!said(&forged).contains("Léa"));
    assert_eq!(towns.head(), head);
    let path = validate(&mut claire).header("location").to_owned();
    let nowhere = "/ville/panier/recapitulatif/00000000-0000-0000-0000-00000000dead";
    // Denis lives in the same household: carts and prices are whose they are.
    for who in [RITA, DENIS] {
        let mut other = towns.family(who, at("12:00"));
        let (theirs, nothing) = (other.get(&path), other.get(nowhere));
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
        assert_eq!(theirs.text, nothing.text);
    }
    // An entry of the journal that is no booking has no recap.
    let sql = "select operation from journal where kind = 'put_rules'";
    let commune = towns.commune(at("12:00"));
    let row = commune.store.read(|tx| tx.first(sql, &[])).unwrap().unwrap();
    let path = format!("/ville/panier/recapitulatif/{}", row.uuid(0).unwrap());
    assert_eq!(claire.get(&path).status, StatusCode::NOT_FOUND);
}

#[test]
fn a_child_sits_where_it_always_sits() {
    let towns = town(rules());
    towns.apply(vec![Body::Reserve {
        lines: vec![ReservationLine {
            id: ReservationId(Uuid::from_u128(0x7ab1e)),
            child: LEA,
            activity: CANTEEN,
            site: JAURES,
            date: "2026-12-03".parse().unwrap(),
            formula: None,
            group: None,
            sitting: Some(2),
            table: Some("Table 4".into()),
            expected_in: None,
            expected_out: None,
            comes_from: None,
            goes_to: None,
            household: None,
        }],
    }]);
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    booked(&mut claire);
    let commune = towns.commune(at("12:00"));
    let sql = "select sitting, table_name from reservation where child = ?1 and date = ?2";
    let rows = commune
        .store
        .read(|tx| tx.query(sql, &[LEA.into(), THURSDAY.into()]))
        .unwrap();
    assert_eq!(
        (rows[0].int(0).unwrap(), rows[0].text(1).unwrap()),
        (2, "Table 4".into())
    );
}
