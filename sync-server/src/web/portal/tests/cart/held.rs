//! How long a family keeps a place without taking it: Thursday has one, and a hold lasts twenty minutes.

use axum::http::StatusCode;
use shared::ids::GuardianId;
use shared::operation::{Authority, Body, GuardianRecord, HouseholdRecord};
use shared::time::UtcMs;
use uuid::Uuid;

use super::super::ground::{CLAIRE, LEA, MARTIN, NOE, RITA, Towns, at};
use super::{
    CANTEEN, CART, FRIDAY, THURSDAY, add, booked, cart, day, line, one_place, said, send, standing, town,
};
use crate::jobs::ephemera;

/// Until when Claire holds Thursday.
fn held(towns: &Towns) -> Option<UtcMs> {
    held_by(towns, CLAIRE)
}

/// To the minute: a clock runs.
fn held_by(towns: &Towns, who: GuardianId) -> Option<UtcMs> {
    let lines = cart(towns, who, MARTIN);
    let thursday = lines.iter().find(|line| line.session.date == day(THURSDAY));
    let until = thursday.and_then(|line| line.held_until)?;
    Some(UtcMs(until.0 - until.0 % 60_000))
}

/// Claire takes Thursday out of her cart.
fn takes_out(towns: &Towns, time: &str) {
    let mut claire = towns.family(CLAIRE, at(time));
    let sent = send(&mut claire, "retrait", &[line(LEA, CANTEEN, THURSDAY)]);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", said(&sent));
    assert!(cart(towns, CLAIRE, MARTIN).is_empty());
    let words = said(&claire.get(CART));
    assert!(!words.contains("jeudi 26 novembre"), "{words}");
}

fn puts_in(towns: &Towns, time: &str) {
    add(&mut towns.family(CLAIRE, at(time)), LEA, THURSDAY);
}

/// How many rows hold a place, whatever lies in carts.
fn holds(towns: &Towns) -> i64 {
    let sql = "select cast(count(*) as bigint) from cart_line where held_until is not null";
    let commune = towns.commune(at("12:00"));
    let row = commune.store.read(|tx| tx.first(sql, &[])).unwrap();
    row.unwrap().int(0).unwrap()
}

#[test]
fn what_is_taken_out_and_put_in_again_is_held_no_longer_than_what_stayed() {
    let towns = town(one_place());
    puts_in(&towns, "12:00");
    assert_eq!(held(&towns), Some(at("12:20")));
    for (out, again, until) in [
        ("12:15", "12:16", "12:36"),
        ("12:35", "12:36", "12:56"),
        ("12:55", "12:56", "13:16"),
        ("13:05", "13:06", "13:20"),
        ("13:18", "13:19", "13:20"),
    ] {
        takes_out(&towns, out);
        assert_eq!(holds(&towns), 0, "{out}: what is out holds nothing");
        puts_in(&towns, again);
        assert_eq!(held(&towns), Some(at(until)), "{again}");
    }
    // Its time is over: it may lie in the cart, and keeps nobody away.
    takes_out(&towns, "13:20");
    puts_in(&towns, "13:21");
    assert_eq!((held(&towns), holds(&towns)), (None, 0));
    let mut rita = towns.family(RITA, at("13:22"));
    add(&mut rita, NOE, THURSDAY);
    booked(&mut rita);
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
    let words = said(&towns.family(CLAIRE, at("13:23")).get(CART));
    assert!(words.contains("Complet"), "{words}");
}

#[test]
fn a_place_that_nobody_else_wanted_is_held_anew_after_a_while() {
    let towns = town(one_place());
    puts_in(&towns, "12:00");
    takes_out(&towns, "13:30");
    puts_in(&towns, "13:59");
    assert_eq!(held(&towns), None, "forty minutes are left to others");
    takes_out(&towns, "14:00");
    puts_in(&towns, "14:01");
    assert_eq!(held(&towns), Some(at("14:21")));
}

#[test]
fn neither_an_emptied_cart_nor_one_that_was_validated_makes_a_line_younger() {
    let towns = town(one_place());
    puts_in(&towns, "12:00");
    let mut claire = towns.family(CLAIRE, at("12:50"));
    let token = claire.get(CART).token();
    let emptied = claire.post("/ville/panier/vider", &[("jeton", &token)]);
    assert_eq!(emptied.status, StatusCode::SEE_OTHER);
    assert_eq!(holds(&towns), 0);
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
    // Another day is booked in between.
    let mut claire = towns.family(CLAIRE, at("12:55"));
    add(&mut claire, LEA, FRIDAY);
    booked(&mut claire);
    assert_eq!(standing(&towns, CANTEEN, FRIDAY).len(), 1);
    puts_in(&towns, "13:10");
    assert_eq!(held(&towns), Some(at("13:20")));
}

#[test]
fn a_second_parent_goes_on_where_the_first_one_was() {
    let towns = town(one_place());
    let second = second_parent(&towns);
    puts_in(&towns, "12:00");
    takes_out(&towns, "13:10");
    add(&mut towns.family(second, at("13:11")), LEA, THURSDAY);
    assert_eq!(held_by(&towns, second), Some(at("13:20")));
}

/// Hugo, who lives with Claire.
fn second_parent(towns: &Towns) -> GuardianId {
    let hugo = GuardianId(Uuid::from_u128(0x9f7));
    let commune = towns.commune(at("11:30"));
    let found = commune.store.read(|tx| crate::record::household(tx, MARTIN));
    let (household, version) = found.unwrap().unwrap();
    let mut guardians = household.guardians.clone();
    guardians.push(GuardianRecord {
        id: hugo,
        first_name: "Hugo".into(),
        last_name: "Martin".into(),
        email: Some("hugo@famille.example".into()),
        phone: None,
        authority: Authority::Full,
    });
    let household = HouseholdRecord {
        guardians,
        ..household
    };
    let mut operation = commune.operation(
        shared::operation::Actor::Host,
        shared::operation::Channel::Command,
        Body::PutHousehold { household },
    );
    operation.seen = Some(version);
    commune.submit(operation).unwrap();
    towns.apply(vec![Body::SetGuardianLogin {
        guardian: hugo,
        login: "hugo@famille.example".into(),
        phc: "phc".into(),
        token: None,
    }]);
    hugo
}

#[test]
fn what_was_taken_out_long_ago_is_forgotten() {
    let towns = town(one_place());
    puts_in(&towns, "12:00");
    takes_out(&towns, "12:10");
    let rows = |now: UtcMs| {
        let commune = towns.commune(at("12:00"));
        let removed = commune.store.write(move |tx| ephemera::remove(tx, now));
        removed.unwrap();
        let sql = "select cast(count(*) as bigint) from cart_line";
        let row = commune.store.read(|tx| tx.first(sql, &[])).unwrap();
        row.unwrap().int(0).unwrap()
    };
    let days = |days: i64| at("12:00").plus_ms(days * 24 * 60 * 60 * 1000);
    assert_eq!(rows(days(5)), 1);
    assert_eq!(rows(days(7)), 0);
}
