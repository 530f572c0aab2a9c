//! The same activity on the same day, at another site.

use axum::http::StatusCode;
use shared::ids::SiteId;
use shared::operation::{Actor, Body, Channel, SiteRecord};
use uuid::Uuid;

use super::super::ground::{CLAIRE, JAURES, LEA, MARTIN, Towns, at};
use super::{CANTEEN, CART, booked, cart, line, one_place, rules, said, send, town};
use crate::record;
use crate::rules::carts::CartKind;

/// A week from now Léa eats at Jaurès.
const MONDAY: &str = "2026-11-30";
const LAC: SiteId = SiteId(Uuid::from_u128(0x52));

/// There is a canteen by the lake too.
fn by_the_lake(towns: &Towns) {
    towns.apply(vec![Body::PutSite {
        site: SiteRecord {
            nursery: false,
            retired: false,
            id: LAC,
            slug: "lac".parse().unwrap(),
            name: "École du Lac".into(),
            school: None,
            phone: None,
        },
    }]);
    let commune = towns.commune(at("12:00"));
    let all = commune.store.read(record::activities).unwrap();
    let (mut activity, version) = all.into_iter().find(|(one, _)| one.id == CANTEEN).unwrap();
    activity.sites.push(LAC);
    let mut operation = commune.operation(Actor::Host, Channel::Command, Body::PutActivity { activity });
    operation.seen = Some(version);
    commune.submit(operation).unwrap();
}

fn at_the_lake() -> String {
    format!("{LEA}.{CANTEEN}.{LAC}.{MONDAY}.")
}

/// Where Léa eats on Monday.
fn sites(towns: &Towns) -> Vec<SiteId> {
    let commune = towns.commune(at("12:00"));
    let sql = "select site from reservation where child = ?1 and date = ?2 and cancelled_at is null";
    let rows = commune
        .store
        .read(|tx| tx.query(sql, &[LEA.into(), MONDAY.into()]));
    rows.unwrap()
        .iter()
        .map(|row| SiteId(row.uuid(0).unwrap()))
        .collect()
}

#[test]
fn what_is_cancelled_here_and_booked_there_is_one_line_in_whatever_order() {
    for cancels_first in [true, false] {
        let towns = town(rules());
        by_the_lake(&towns);
        let mut claire = towns.family(CLAIRE, at("12:00"));
        let steps = [
            ("annulation", line(LEA, CANTEEN, MONDAY)),
            ("ajout", at_the_lake()),
        ];
        let order = if cancels_first { [0, 1] } else { [1, 0] };
        for (deed, line) in order.map(|n| steps[n].clone()) {
            let sent = send(&mut claire, deed, &[line]);
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", said(&sent));
        }
        let words = said(&claire.get(CART));
        assert!(
            words.contains(
                "Sur le site « École du Lac », au lieu de « École Jaurès », où la réservation est annulée."
            ),
            "{words}"
        );
        assert!(words.contains("Total à la validation : 4,00 €"), "{words}");
        assert_eq!(sites(&towns), [JAURES], "nothing is booked yet");
        let recap = said(&booked(&mut claire));
        assert!(recap.contains("Changé de formule ou de lieu"), "{recap}");
        assert_eq!(sites(&towns), [LAC]);
        assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
    }
}

#[test]
fn what_is_not_cancelled_stands_in_the_way_and_stays() {
    let towns = town(rules());
    by_the_lake(&towns);
    let mut claire = towns.family(CLAIRE, at("12:00"));
    send(&mut claire, "ajout", &[at_the_lake()]);
    let page = claire.get(CART);
    let words = said(&page);
    assert!(
        words.contains("ne peut pas être pris") && words.contains("École Jaurès"),
        "{words}"
    );
    assert!(!page.text.contains("/ville/panier/valider"));
    assert_eq!(sites(&towns), [JAURES]);
}

#[test]
fn a_day_that_moves_takes_a_place_where_it_goes() {
    let mut rules = one_place();
    rules.places[0].from = None;
    rules.places[0].until = None;
    let towns = town(rules);
    by_the_lake(&towns);
    let mut claire = towns.family(CLAIRE, at("12:00"));
    send(&mut claire, "annulation", &[line(LEA, CANTEEN, MONDAY)]);
    send(&mut claire, "ajout", &[at_the_lake()]);
    let lines = cart(&towns, CLAIRE, MARTIN);
    assert_eq!((lines.len(), lines[0].kind), (1, CartKind::Add));
    assert!(lines[0].held_until.is_some_and(|until| until >= at("12:20")));
    booked(&mut claire);
    assert_eq!(sites(&towns), [LAC]);
}
