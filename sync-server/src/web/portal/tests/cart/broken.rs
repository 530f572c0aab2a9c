//! Forms that no page of ours made, and records that changed under a cart.

use std::sync::{Arc, Barrier};
use std::thread;

use axum::http::StatusCode;
use shared::codec::Minute;
use shared::ids::{ActivityId, ClassId, SchoolId, SiteId};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, Actor, Body, Channel, ChildRecord, ClassRecord, Condition, ConditionRule, RuleSetRecord,
    SchoolKind, SchoolRecord, SiteRecord,
};
use uuid::Uuid;

use super::super::ground::{CLAIRE, LEA, MARTIN, ROUX, TOM, Towns, at};
use super::{
    CANTEEN, CART, EVENING, FRIDAY, LINES, THURSDAY, VALIDATE, add, booked, cart, hidden, line, rules, said,
    send, standing, town, validate, validate_as,
};
use crate::record;

/// Homework after class, at both schools.
const STUDY: ActivityId = ActivityId(Uuid::from_u128(0xa3));
const HUGO: SchoolId = SchoolId(Uuid::from_u128(0x5c1));
const FERRY: SchoolId = SchoolId(Uuid::from_u128(0x5c2));
const AT_HUGO: SiteId = SiteId(Uuid::from_u128(0x511));
const AT_FERRY: SiteId = SiteId(Uuid::from_u128(0x512));
const CP: ClassId = ClassId(Uuid::from_u128(0xd1));
const CM2: ClassId = ClassId(Uuid::from_u128(0xd2));

/// Léa's file is written anew.
fn rewritten(towns: &Towns, change: impl FnOnce(&mut ChildRecord)) {
    let commune = towns.commune(at("12:00"));
    let found = commune.store.read(|tx| record::child(tx, LEA)).unwrap();
    let (mut child, version) = found.unwrap();
    change(&mut child);
    let mut operation = commune.operation(Actor::Host, Channel::Command, Body::PutChild { child });
    operation.seen = Some(version);
    commune.submit(operation).unwrap();
}

/// An activity becomes what it was changed to.
fn reshaped(towns: &Towns, id: ActivityId, change: impl FnOnce(&mut ActivityRecord)) {
    let commune = towns.commune(at("12:00"));
    let all = commune.store.read(|tx| record::activities(tx)).unwrap();
    let (mut activity, version) = all.into_iter().find(|(one, _)| one.id == id).unwrap();
    change(&mut activity);
    let mut operation = commune.operation(Actor::Host, Channel::Command, Body::PutActivity { activity });
    operation.seen = Some(version);
    commune.submit(operation).unwrap();
}

fn school(id: SchoolId, name: &str) -> Body {
    Body::PutSchool {
        school: SchoolRecord {
            id,
            name: name.into(),
            kind: SchoolKind::Public,
            half_days: 8,
            starts: Minute::new(8, 30),
            ends: Minute::new(16, 30),
            retired: false,
        },
    }
}

fn site(id: SiteId, slug: &str, school: SchoolId) -> Body {
    Body::PutSite {
        site: SiteRecord {
            nursery: false,
            retired: false,
            id,
            slug: slug.parse().unwrap(),
            name: format!("École {slug}"),
            school: Some(school),
            phone: None,
        },
    }
}

/// A town with two schools, and homework at each; Léa goes to Hugo.
fn two_schools(rules: RuleSetRecord) -> Towns {
    let towns = town(rules);
    let commune = towns.commune(at("12:00"));
    let class = |id, level: &str| Body::PutClass {
        class: ClassRecord {
            id,
            school: HUGO,
            name: level.into(),
            level: level.into(),
            retired: false,
        },
    };
    let (evening, _) = commune
        .store
        .read(|tx| record::activities(tx))
        .unwrap()
        .into_iter()
        .find(|(one, _)| one.id == EVENING)
        .unwrap();
    let study = ActivityRecord {
        id: STUDY,
        slug: "etude".parse().unwrap(),
        name: "Étude".into(),
        mode: Mode::Presence,
        sites: vec![AT_HUGO, AT_FERRY],
        ..evening
    };
    towns.apply(vec![
        school(HUGO, "École Hugo"),
        school(FERRY, "École Ferry"),
        site(AT_HUGO, "hugo", HUGO),
        site(AT_FERRY, "ferry", FERRY),
        class(CP, "CP"),
        class(CM2, "CM2"),
        Body::PutActivity { activity: study },
    ]);
    rewritten(&towns, |lea| {
        lea.school = Some(HUGO);
        lea.class = Some(CP);
    });
    super::change(
        &towns,
        RuleSetRecord {
            activities: vec![CANTEEN, EVENING, STUDY],
            ..rules_now(&towns)
        },
    );
    towns
}

/// The rules that are live.
fn rules_now(towns: &Towns) -> RuleSetRecord {
    let commune = towns.commune(at("12:00"));
    let row = commune
        .store
        .read(|tx| tx.first("select encoded from rule_set where live = 1", &[]))
        .unwrap()
        .unwrap();
    shared::codec::decode(&row.bytes(0).unwrap()).unwrap()
}

#[test]
fn days_that_no_page_shows_are_no_choice() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let head = towns.head();
    for date in [
        "9999-12-31",
        "0000-01-01",
        "-0001-01-01",
        "1900-01-01",
        "2199-12-31",
        "+262142-12-31",
        "-262143-01-01",
        "2026-02-30",
        "2026-11-26T00:00",
        "2029-02-02",
    ] {
        for deed in ["ajout", "annulation", "retrait"] {
            let sent = send(&mut claire, deed, &[line(LEA, CANTEEN, date)]);
            assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{deed} {date}");
            assert!(said(&sent).contains("Rien n’a été changé"), "{date}");
        }
    }
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
    assert_eq!(towns.head(), head);
}

#[test]
fn a_form_of_ten_thousand_lines_or_of_one_word_too_long_is_read_by_nobody() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let token = claire.get(CART).token();
    let one = line(LEA, CANTEEN, THURSDAY);
    let mut lines: Vec<(&str, &str)> = vec![("jeton", &token), ("sorte", "ajout")];
    lines.extend((0..10_000).map(|_| ("ligne", one.as_str())));
    let sent = claire.post(LINES, &lines);
    assert!(
        matches!(
            sent.status,
            StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST
        ),
        "{}",
        sent.status
    );
    let long = "x".repeat(900_000);
    let odd = "cantine\u{0}\u{7}\u{1b}[31m\u{202e}<script>".to_owned();
    for word in [long, odd] {
        for name in ["activite", "enfant", "site", "date", "formule", "sorte", "retour"] {
            let child = LEA.to_string();
            let fields = [
                ("jeton", token.as_str()),
                ("enfant", child.as_str()),
                ("activite", "inconnue"),
                ("date", THURSDAY),
            ];
            let mut fields: Vec<(&str, &str)> = fields.into_iter().filter(|(one, _)| *one != name).collect();
            fields.push((name, &word));
            let sent = claire.post(LINES, &fields);
            assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert!(
                !sent.text.contains("]<script>") && sent.text.len() < 100_000,
                "{name}"
            );
        }
    }
    // A cart that is validated under a name that is none is the present one.
    for wrong in ["", "rien", "00000000-0000-0000-0000-000000000000"] {
        let sent = claire.post(VALIDATE, &[("jeton", &token), ("panier", wrong)]);
        assert_eq!(sent.status, StatusCode::CONFLICT, "{wrong}");
    }
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
}

#[test]
fn the_same_form_from_eight_places_at_once_is_booked_once() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    add(&mut claire, LEA, FRIDAY);
    let page = claire.get(CART);
    let (id, seen) = (hidden(&page, "panier"), hidden(&page, "vu"));
    let head = towns.head();
    let start = Arc::new(Barrier::new(8));
    let threads: Vec<_> = (0..8)
        .map(|_| {
            // Each before a process of its own.
            let mut browser = towns.family(CLAIRE, at("12:00"));
            let token = browser.get("/ville/demandes").token();
            let (id, seen, start) = (id.clone(), seen.clone(), Arc::clone(&start));
            thread::spawn(move || {
                start.wait();
                let sent = browser.post(VALIDATE, &[("jeton", &token), ("panier", &id), ("vu", &seen)]);
                (sent.status, sent.header("location").to_owned())
            })
        })
        .collect();
    for one in threads {
        let (status, to) = one.join().unwrap();
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(to, format!("/ville/panier/recapitulatif/{id}"));
    }
    assert_eq!(standing(&towns, CANTEEN, THURSDAY), [Some(400)]);
    assert_eq!(standing(&towns, CANTEEN, FRIDAY), [Some(400)]);
    let commune = towns.commune(at("12:00"));
    let sql = "select seq from journal where kind = 'book'";
    assert_eq!(commune.store.read(|tx| tx.query(sql, &[])).unwrap().len(), 1);
    assert!(towns.head() > head);
}

#[test]
fn the_site_of_another_school_is_not_had_by_a_forged_form_nor_by_a_child_that_moved() {
    let towns = two_schools(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let forged = format!("{LEA}.{STUDY}.{AT_FERRY}.{FRIDAY}.");
    send(&mut claire, "ajout", &[forged]);
    let words = said(&claire.get(CART));
    assert!(words.contains("Une ligne ne peut pas être prise"), "{words}");
    let emptied = send(&mut claire, "retrait", &[format!("{LEA}.{STUDY}..{FRIDAY}.")]);
    assert_eq!(emptied.status, StatusCode::SEE_OTHER);
    // Where none is named, her own school's is meant.
    send(&mut claire, "ajout", &[format!("{LEA}.etude..{THURSDAY}.")]);
    assert_eq!(cart(&towns, CLAIRE, MARTIN)[0].session.site, AT_HUGO);
    let seen = claire.get(CART);
    rewritten(&towns, |lea| {
        lea.school = Some(FERRY);
        lea.class = None;
    });
    let head = towns.head();
    let sent = validate_as(&mut claire, &seen);
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", said(&sent));
    assert_eq!(towns.head(), head);
    assert!(standing(&towns, STUDY, THURSDAY).is_empty());
    // What she chooses again is at her new school.
    send(&mut claire, "ajout", &[format!("{LEA}.etude..{THURSDAY}.")]);
    assert_eq!(cart(&towns, CLAIRE, MARTIN)[0].session.site, AT_FERRY);
    booked(&mut claire);
    assert_eq!(standing(&towns, STUDY, THURSDAY).len(), 1);
}

#[test]
fn a_child_that_changed_class_meanwhile_is_judged_by_its_new_one() {
    let mut for_cp = rules();
    for_cp.conditions = vec![ConditionRule {
        condition: Condition::Levels(vec!["CP".into()]),
        otherwise: Vec::new(),
        words: Some("L’étude est ouverte aux CP.".into()),
        activities: vec![STUDY],
    }];
    let towns = two_schools(for_cp);
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let sent = send(&mut claire, "ajout", &[format!("{LEA}.etude..{THURSDAY}.")]);
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    add(&mut claire, LEA, THURSDAY);
    let seen = claire.get(CART);
    assert!(!said(&seen).contains("ne peut pas être prise"));
    rewritten(&towns, |lea| lea.class = Some(CM2));
    let sent = validate_as(&mut claire, &seen);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", said(&sent));
    let recap = said(&claire.get(sent.header("location")));
    assert!(recap.contains("L’étude est ouverte aux CP"), "{recap}");
    assert!(standing(&towns, STUDY, THURSDAY).is_empty());
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
}

#[test]
fn what_is_gone_meanwhile_is_refused_and_goes_out_of_the_cart() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let sent = send(
        &mut claire,
        "ajout",
        &[
            line(LEA, EVENING, THURSDAY),
            line(LEA, CANTEEN, THURSDAY),
            line(LEA, CANTEEN, FRIDAY),
        ],
    );
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let seen = claire.get(CART);
    // The evening is given up, with its places; on Friday Léa is there no more.
    reshaped(&towns, EVENING, |evening| {
        evening.retired = true;
        evening.sites.clear();
    });
    rewritten(&towns, |lea| lea.left_on = Some(super::day(FRIDAY)));
    let sent = validate_as(&mut claire, &seen);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", said(&sent));
    assert!(standing(&towns, EVENING, THURSDAY).is_empty());
    assert!(standing(&towns, CANTEEN, FRIDAY).is_empty());
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
    assert_eq!(cart(&towns, CLAIRE, MARTIN).len(), 2);
    for (activity, date) in [(EVENING, THURSDAY), (CANTEEN, FRIDAY)] {
        let out = send(&mut claire, "retrait", &[format!("{LEA}.{activity}..{date}.")]);
        assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", said(&out));
    }
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
}

#[test]
fn a_child_that_went_away_is_in_nobodys_recap() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    add(&mut claire, TOM, THURSDAY);
    let seen = claire.get(CART);
    rewritten(&towns, |lea| lea.households = vec![ROUX]);
    // What was shown is no more what there is: she reads again, and books for Tom.
    let sent = validate_as(&mut claire, &seen);
    assert_eq!(sent.status, StatusCode::CONFLICT, "{}", said(&sent));
    assert!(!said(&sent).contains("Léa"), "{}", said(&sent));
    let recap = booked(&mut claire);
    let words = said(&recap);
    assert!(words.contains("Tom") && !words.contains("Léa"), "{words}");
    assert_eq!(standing(&towns, CANTEEN, THURSDAY).len(), 1);
    assert_eq!(
        validate(&mut claire).status,
        StatusCode::CONFLICT,
        "nothing is left"
    );
}

#[test]
fn a_cart_that_a_fire_took_is_not_said_to_be_kept() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let seen = claire.get(CART);
    // After a return from a loss there are no carts, and nothing is open.
    let commune = towns.commune(at("12:00"));
    let gone = commune.store.write(|tx| {
        tx.execute("delete from cart_line", &[])?;
        tx.execute("delete from cart", &[])
    });
    assert_eq!(gone.unwrap(), 1);
    super::open(&towns, shared::operation::Openness::Closed);
    let head = towns.head();
    let sent = validate_as(&mut claire, &seen);
    assert_eq!(sent.status, StatusCode::CONFLICT);
    let words = said(&sent);
    assert!(
        words.contains("n’existe plus") && words.contains("Rien n’est réservé"),
        "{words}"
    );
    let looked = said(&claire.get(CART));
    assert!(looked.contains("fermée depuis"), "{looked}");
    for words in [words, looked] {
        assert!(!words.contains("gardé"), "{words}");
    }
    super::open(&towns, shared::operation::Openness::Open);
    let sent = validate_as(&mut claire, &seen);
    assert_eq!(sent.status, StatusCode::CONFLICT, "{}", said(&sent));
    assert!(said(&sent).contains("n’existe plus"));
    assert_eq!(towns.head(), head + 1, "but for the opening, nothing is written");
    assert!(standing(&towns, CANTEEN, THURSDAY).is_empty());
}
