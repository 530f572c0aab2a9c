//! The same activity on the same day, at another site.

use axum::http::StatusCode;
use shared::codec::Minute;
use shared::ids::SiteId;
use shared::operation::{Actor, Body, Channel, Count, Counted, Moment, RuleSetRecord, SiteRecord};
use uuid::Uuid;

use super::super::ground::{CLAIRE, JAURES, LEA, MARTIN, NOE, RITA, Towns, at};
use super::{CANTEEN, CART, THURSDAY, add, booked, cart, line, one_place, rules, said, send, town};
use crate::record;
use crate::rules::carts::CartKind;
use crate::web::browser::Browser;

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
    sites_on(towns, MONDAY)
}

fn sites_on(towns: &Towns, date: &str) -> Vec<SiteId> {
    let commune = towns.commune(at("12:00"));
    let sql = "select site from reservation where child = ?1 and date = ?2 and cancelled_at is null";
    let rows = commune.store.read(|tx| tx.query(sql, &[LEA.into(), date.into()]));
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

#[test]
fn another_site_makes_no_hold_younger() {
    let towns = town(one_place());
    by_the_lake(&towns);
    add(&mut towns.family(CLAIRE, at("12:00")), LEA, THURSDAY);
    let there = format!("{LEA}.{CANTEEN}.{LAC}.{THURSDAY}.");
    for (time, site) in [("12:50", there.clone()), ("13:10", line(LEA, CANTEEN, THURSDAY))] {
        let mut claire = towns.family(CLAIRE, at(time));
        let sent = send(&mut claire, "ajout", &[site]);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{time}: {}", said(&sent));
        let lines = cart(&towns, CLAIRE, MARTIN);
        assert_eq!(lines.len(), 1);
        let until = lines[0].held_until.expect("a place that is held");
        assert!(until < at("13:21"), "{time}");
    }
    send(&mut towns.family(CLAIRE, at("13:30")), "ajout", &[there]);
    assert_eq!(cart(&towns, CLAIRE, MARTIN)[0].held_until, None);
}

/// What is booked for Thursday is paid in full when it is cancelled after Monday, 13 h; it can be added until the eve.
fn owed_after_one(mut rules: RuleSetRecord) -> RuleSetRecord {
    rules.cancel[0].until = Moment::Days {
        days: 3,
        count: Count {
            days: Counted::Calendar,
            skipped: 0,
        },
        at: Minute::new(13, 0),
    };
    rules
}

/// At two, Claire sends Léa’s Thursday to the lake.
fn to_the_lake(towns: &Towns) -> Browser {
    let mut claire = towns.family(CLAIRE, at("14:00"));
    send(&mut claire, "annulation", &[line(LEA, CANTEEN, THURSDAY)]);
    let there = format!("{LEA}.{CANTEEN}.{LAC}.{THURSDAY}.");
    let sent = send(&mut claire, "ajout", &[there]);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", said(&sent));
    claire
}

#[test]
fn what_leaving_costs_is_shown_and_paid_in_the_same_gesture() {
    let towns = town(owed_after_one(rules()));
    by_the_lake(&towns);
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    booked(&mut claire);
    let mut claire = to_the_lake(&towns);
    let words = said(&claire.get(CART));
    for wanted in [
        "Sur le site « École du Lac », au lieu de « École Jaurès », où la réservation est annulée.",
        "Dont 4,00 € pour la place de « École Jaurès », annulée hors délai.",
        "Rien n’est dû avec un certificat remis dans les 7 jours.",
        "Total à la validation : 8,00 €",
    ] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
    assert_eq!(sites_on(&towns, THURSDAY), [JAURES], "nothing is booked yet");
    let recap = said(&booked(&mut claire));
    assert!(recap.contains("Total dû : 8,00 €"), "{recap}");
    assert_eq!(sites_on(&towns, THURSDAY), [LAC]);
    assert_eq!(owed(&towns), [Some(400)]);
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
}

/// What is due for what was cancelled on Thursday.
fn owed(towns: &Towns) -> Vec<Option<i64>> {
    let commune = towns.commune(at("12:00"));
    let sql = "select due_cents from reservation where child = ?1 and date = ?2 and cancelled_at is not null";
    let rows = commune
        .store
        .read(|tx| tx.query(sql, &[LEA.into(), THURSDAY.into()]));
    let rows = rows.unwrap();
    rows.iter()
        .map(|row| row.opt(0, crate::store::Row::int).unwrap())
        .collect()
}

#[test]
fn nobody_pays_for_leaving_where_there_is_no_place_to_go_to() {
    let towns = town(owed_after_one(one_place()));
    by_the_lake(&towns);
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    booked(&mut claire);
    let mut rita = towns.family(RITA, at("12:05"));
    let there = format!("{NOE}.{CANTEEN}.{LAC}.{THURSDAY}.");
    send(&mut rita, "ajout", &[there]);
    booked(&mut rita);
    let head = towns.head();
    let mut claire = to_the_lake(&towns);
    let page = claire.get(CART);
    let words = said(&page);
    assert!(
        words.contains("Complet") && words.contains("Total à la validation : 0,00 €"),
        "{words}"
    );
    assert!(!words.contains("hors délai"), "{words}");
    assert!(!page.text.contains("/ville/panier/valider"));
    assert_eq!((towns.head(), sites_on(&towns, THURSDAY)), (head, vec![JAURES]));
    assert!(owed(&towns).is_empty());
}
