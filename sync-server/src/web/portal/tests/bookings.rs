//! The grid: each state once, what one may tap, what strangers get, and what a page weighs.

mod town;

use axum::http::StatusCode;
use shared::ids::{ExceptionalDayId, ReservationId};
use shared::operation::{
    Actor, Body, Capability, Case, Channel, ExceptionalDayRecord, ExceptionalKind, MealEffect, Openness,
    PlaceOffer, Places, Role, RuleSetRecord, Waiting,
};
use uuid::Uuid;

use self::town::{
    EVENING, WORKSHOP, cell, date, grid, html_of, in_cart, put, seen, set, the_wish, town, validate,
};
use super::ground::{CLAIRE, DENIS, JAURES, LEA, MARTIN, MIA, PAUL, RITA, TOM, Towns, agent, at};

#[test]
fn what_is_to_come_says_where_it_stands_until_when_and_at_what_price() {
    let towns = town();
    let claire = |now, day, what| seen(&towns, CLAIRE, at(now), LEA, day, what);
    assert_eq!(
        claire("12:30", "2026-12-03", "Cantine"),
        "Cantine, jeudi 3 décembre, réservable, jusqu’au mardi 1er à 12 h, 4,05 €"
    );
    // Monday's noon is the deadline of Wednesday.
    let wednesday = |now| claire(now, "2026-11-25", "Garderie du soir");
    assert_eq!(
        wednesday("11:59"),
        "Garderie du soir, mercredi 25 novembre, réservable, jusqu’au lundi 23 à 12 h, 2,50 €"
    );
    assert!(
        wednesday("12:01").contains(", sur demande, "),
        "{}",
        wednesday("12:01")
    );
    assert_eq!(
        claire("12:30", "2026-11-30", "Cantine"),
        "Cantine, lundi 30 novembre, réservé, jusqu’au jeudi 26 à 12 h"
    );
    assert_eq!(
        claire("12:30", "2026-11-24", "Cantine"),
        "Cantine, mardi 24 novembre, réservé, non modifiable, depuis le vendredi 20 à 12 h"
    );
    // Thursday's deadline is Tuesday noon; whoever looks on Tuesday afternoon is late.
    let tuesday = at("13:00").plus_ms(24 * 3_600_000);
    let late = seen(&towns, CLAIRE, tuesday, LEA, "2026-11-26", "Cantine");
    assert_eq!(
        late,
        "Cantine, jeudi 26 novembre, non réservable, depuis le mardi 24 à 12 h"
    );
    assert_eq!(
        claire("12:30", "2026-12-04", "Étude"),
        "Étude, vendredi 4 décembre, non réservable, à partir du mardi 1er à 8 h"
    );
    let full = claire("12:30", "2026-12-04", "Atelier");
    assert!(full.contains(", complet, attente possible, "), "{full}");
    // No canteen on Wednesdays: nothing is said of it.
    assert_eq!(claire("12:30", "2026-12-02", "Cantine"), "");
}

#[test]
fn what_is_tapped_is_in_the_cart_and_nowhere_else() {
    let towns = town();
    let head = towns.head();
    let mut claire = towns.family(CLAIRE, at("12:30"));
    let page = grid(&mut claire, LEA, "2026-12-03");
    let html = html_of(&page, "2026-12-03", "Cantine").unwrap();
    assert!(
        html.contains("name=\"ligne\" value=\".cantine..2026-12-03.\""),
        "{html}"
    );
    let sent = put(&mut claire, LEA, "ajout", ".cantine..2026-12-03.");
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert!(
        sent.header("location")
            .starts_with("/ville/reservations?du=2026-11-23")
    );
    let page = grid(&mut claire, LEA, "2026-12-03");
    assert_eq!(
        cell(&page, "2026-12-03", "Cantine"),
        "Cantine, jeudi 3 décembre, dans le panier, 4,05 €"
    );
    assert!(
        page.words()
            .replace('\u{a0}', " ")
            .contains("Mon panier : 1 ligne, 4,05 €")
    );
    // A cancellation is a line like another.
    put(&mut claire, LEA, "annulation", ".cantine..2026-11-30.");
    let page = grid(&mut claire, LEA, "2026-11-30");
    assert!(cell(&page, "2026-11-30", "Cantine").contains("annulation dans le panier"));
    // Tapped twice it is there once; taken out it is as before.
    put(&mut claire, LEA, "ajout", ".cantine..2026-12-03.");
    assert_eq!(in_cart(&towns, CLAIRE, MARTIN), 2);
    put(&mut claire, LEA, "retrait", ".cantine..2026-12-03.");
    assert!(cell(&grid(&mut claire, LEA, "2026-12-03"), "2026-12-03", "Cantine").contains("réservable"));
    assert_eq!(towns.head(), head, "nothing is booked");
    // Nobody else sees what she gathers.
    let denis = grid(&mut towns.family(DENIS, at("12:30")), LEA, "2026-11-30");
    assert!(!denis.words().contains("panier :"));
}

#[test]
fn what_is_asked_says_so_until_it_is_answered() {
    for (accepted, said) in [
        (
            true,
            "Garderie du soir, mercredi 25 novembre, demande validée, réservé",
        ),
        (false, "Garderie du soir, mercredi 25 novembre, sur demande"),
    ] {
        let towns = town();
        let mut claire = towns.family(CLAIRE, at("12:30"));
        put(&mut claire, LEA, "ajout", ".soir..2026-11-25.");
        validate(&mut claire);
        let page = grid(&mut claire, LEA, "2026-11-25");
        assert_eq!(
            cell(&page, "2026-11-25", "Garderie du soir"),
            "Garderie du soir, mercredi 25 novembre, demande en cours"
        );
        towns.apply(vec![Body::DecideWishes {
            wishes: vec![the_wish(&towns)],
            accepted,
            words: Some("L’équipe est au complet.".into()),
            beyond: false,
        }]);
        let page = grid(&mut claire, LEA, "2026-11-25");
        let words = cell(&page, "2026-11-25", "Garderie du soir");
        assert!(words.starts_with(said), "{words}");
    }
}

#[test]
fn a_request_that_was_refused_stays_refused_where_nothing_else_is_possible() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:30"));
    put(&mut claire, LEA, "ajout", ".soir..2026-11-25.");
    validate(&mut claire);
    towns.apply(vec![
        Body::DecideWishes {
            wishes: vec![the_wish(&towns)],
            accepted: false,
            words: Some("L’équipe est au complet.".into()),
            beyond: false,
        },
        Body::PutRules {
            rules: RuleSetRecord {
                from: date("2026-09-02"),
                ..set(7, EVENING, Vec::new(), 250)
            },
        },
    ]);
    let page = grid(&mut claire, LEA, "2026-11-25");
    assert_eq!(
        cell(&page, "2026-11-25", "Garderie du soir"),
        "Garderie du soir, mercredi 25 novembre, demande refusée, L’équipe est au complet."
    );
    let detail = claire.get(&format!("/ville/reservations/2026-11-25/soir/{LEA}"));
    for said in ["Demandé", "Demande refusée", "L’équipe est au complet."] {
        assert!(detail.words().contains(said), "{said}");
    }
}

#[test]
fn a_late_cancellation_is_asked_for_and_the_reservation_stands() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("11:00"));
    put(&mut claire, LEA, "ajout", ".soir..2026-11-25.");
    validate(&mut claire);
    let mut claire = towns.family(CLAIRE, at("12:30"));
    let page = grid(&mut claire, LEA, "2026-11-25");
    let words = cell(&page, "2026-11-25", "Garderie du soir");
    assert!(words.contains(", réservé, annulation sur demande"), "{words}");
    put(&mut claire, LEA, "annulation", ".soir..2026-11-25.");
    validate(&mut claire);
    let page = grid(&mut claire, LEA, "2026-11-25");
    let words = cell(&page, "2026-11-25", "Garderie du soir");
    assert!(words.contains(", demande d’annulation"), "{words}");
}

#[test]
fn whoever_waits_reads_its_place_and_then_what_is_offered() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("11:00"));
    put(&mut claire, LEA, "ajout", ".atelier..2026-12-04.");
    validate(&mut claire);
    let page = grid(&mut claire, LEA, "2026-12-04");
    assert_eq!(
        cell(&page, "2026-12-04", "Atelier"),
        "Atelier, vendredi 4 décembre, liste d’attente n° 1"
    );
    // From December on there is one place.
    let one = Places {
        case: Case::all(),
        group: None,
        from: None,
        until: None,
        places: 1,
    };
    let rules = RuleSetRecord {
        from: date("2026-12-01"),
        places: vec![one],
        waiting: Some(Waiting {
            offer_minutes: 60,
            most: None,
        }),
        ..set(5, WORKSHOP, Vec::new(), 300)
    };
    towns.apply(vec![Body::PutRules { rules }]);
    towns.apply(vec![Body::OfferPlaces {
        offers: vec![PlaceOffer {
            wish: the_wish(&towns),
            until: at("13:00"),
        }],
    }]);
    let offered = seen(&towns, CLAIRE, at("12:30"), LEA, "2026-12-04", "Atelier");
    assert!(
        offered.contains(", place proposée, jusqu’au lundi 23 novembre à 13 h"),
        "{offered}"
    );
    let mut claire = towns.family(CLAIRE, at("12:30"));
    let detail = claire.get(&format!("/ville/reservations/2026-12-04/atelier/{LEA}"));
    assert!(detail.words().contains("Prendre la place proposée"));
}

#[test]
fn a_closure_is_said_by_its_name_and_nothing_can_be_tapped() {
    let towns = town();
    let day = ExceptionalDayRecord {
        id: ExceptionalDayId(Uuid::from_u128(0xed)),
        kind: ExceptionalKind::Closure,
        from: date("2026-12-03"),
        until: Some(date("2026-12-03")),
        schools: Vec::new(),
        classes: Vec::new(),
        words: "Panne de chauffage".into(),
        meals: MealEffect::Cancelled,
        minimum_service: None,
        sites: vec![JAURES],
        services: Vec::new(),
        cancels: false,
    };
    towns.apply(vec![Body::PutExceptionalDay { day }]);
    let page = grid(&mut towns.family(CLAIRE, at("12:30")), LEA, "2026-12-03");
    assert!(page.words().contains("Panne de chauffage"));
    assert!(!page.text.contains("2026-12-03.\""), "no button");
    // Christmas holidays are no closure, and no canteen either.
    let christmas = grid(&mut towns.family(CLAIRE, at("12:30")), LEA, "2026-12-25");
    assert!(christmas.words().contains("Noël"), "{}", christmas.words());
}

#[test]
fn what_the_other_home_booked_is_said_and_cannot_be_changed() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:30"));
    let page = grid(&mut claire, TOM, "2026-11-30");
    let html = html_of(&page, "2026-11-30", "Cantine").unwrap();
    assert_eq!(
        cell(&page, "2026-11-30", "Cantine"),
        "Cantine, lundi 30 novembre, réservé par l’autre foyer"
    );
    assert!(!html.contains("<button") && !html.contains("<a "), "{html}");
    assert!(page.words().contains("Avec son autre foyer"));
    let detail = claire.get(&format!("/ville/reservations/2026-11-30/cantine/{TOM}"));
    assert_eq!(detail.status, StatusCode::NOT_FOUND);
    let paul = seen(&towns, PAUL, at("12:30"), TOM, "2026-11-30", "Cantine");
    assert!(paul.contains(", réservé, "), "{paul}");
    // Denis lives there and decides for nobody: he reads, and taps nothing.
    let denis = grid(&mut towns.family(DENIS, at("12:30")), LEA, "2026-12-03");
    assert!(!denis.text.contains("name=\"ligne\""));
}

#[test]
fn a_forged_child_a_day_of_nothing_and_an_agent_lead_to_nothing() {
    let towns = town();
    let head = towns.head();
    let mut claire = towns.family(CLAIRE, at("12:30"));
    let nowhere = claire.get(&format!(
        "/ville/reservations/2026-12-03/cantine/{}",
        Uuid::from_u128(0xdead)
    ));
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    for path in [
        format!("2026-12-03/cantine/{MIA}"),
        format!("2026-12-02/cantine/{LEA}"),
        format!("2026-12-03/piscine/{LEA}"),
        format!("2026-13-03/cantine/{LEA}"),
        "2026-12-03/cantine/1".to_owned(),
    ] {
        let page = claire.get(&format!("/ville/reservations/{path}"));
        assert_eq!(
            (page.status, &page.text),
            (nowhere.status, &nowhere.text),
            "{path}"
        );
    }
    let forged = put(&mut claire, LEA, "ajout", &format!("{MIA}.cantine..2026-12-03."));
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(in_cart(&towns, CLAIRE, MARTIN), 0);
    assert_eq!(towns.head(), head);
    let mut looks = towns.seen_as(agent(Role::Gestionnaire), CLAIRE, at("12:30"));
    let page = grid(&mut looks, LEA, "2026-12-03");
    assert!(!page.text.contains("name=\"ligne\"") && !page.text.contains("/panier/lignes"));
    assert!(cell(&page, "2026-12-03", "Cantine").contains("réservable"));
}

#[test]
fn a_page_that_lay_open_past_the_deadline_books_nothing_unsaid() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("11:59"));
    let page = grid(&mut claire, LEA, "2026-11-25");
    assert!(cell(&page, "2026-11-25", "Garderie du soir").contains("réservable"));
    // She comes back after lunch and taps what she sees.
    let mut claire = towns.family(CLAIRE, at("13:00"));
    put(&mut claire, LEA, "ajout", ".soir..2026-11-25.");
    let cart = claire.get("/ville/panier").words();
    assert!(cart.to_lowercase().contains("demand"), "{cart}");
    assert_eq!(
        seen(&towns, PAUL, at("13:00"), TOM, "2026-11-25", "Garderie du soir"),
        ""
    );
}

#[test]
fn the_page_of_a_cell_says_the_rule_both_deadlines_and_what_can_be_done() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:30"));
    let page = claire.get(&format!("/ville/reservations/2026-12-03/cantine/{LEA}"));
    let words = page.words().replace('\u{a0}', " ");
    for said in [
        "Cantine, jeudi 3 décembre",
        "École Jaurès",
        "11 h 30 – 13 h 30",
        "Deux jours ouvrés avant, midi.",
        "4,05 €",
        "Pour réserver",
        "Pour annuler",
        "mardi 1er à 12 h",
        "Ajouter au panier",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    // All Thursdays of December that can be had: 3, 10, 17.
    assert!(
        words.contains("Ajouter tous les jeudis à venir de décembre 2026 (3)"),
        "{words}"
    );
    let booked = claire.get(&format!("/ville/reservations/2026-11-30/cantine/{LEA}"));
    assert!(booked.words().contains("Annuler cette réservation"));
    let locked = claire.get(&format!("/ville/reservations/2026-11-24/cantine/{LEA}"));
    assert!(!locked.words().contains("Annuler cette réservation"));
    assert!(
        locked.words().contains("vendredi 20 novembre"),
        "{}",
        locked.words()
    );
}

#[test]
fn the_page_of_a_cell_says_who_did_what() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:30"));
    put(&mut claire, LEA, "ajout", ".soir..2026-11-25.");
    validate(&mut claire);
    let commune = towns.commune(at("14:00"));
    let answer = Body::DecideWishes {
        wishes: vec![the_wish(&towns)],
        accepted: true,
        words: None,
        beyond: false,
    };
    let agent = Actor::Agent(agent(Role::Gestionnaire));
    commune
        .submit(commune.operation(agent, Channel::Desk, answer))
        .unwrap();
    let seen = |who, now| {
        let mut browser = towns.family(who, at(now));
        let page = browser.get(&format!("/ville/reservations/2026-11-25/soir/{LEA}"));
        page.words().replace('\u{a0}', " ")
    };
    let words = seen(DENIS, "14:30");
    assert!(words.contains("à 12 h 30 · web, par Claire"), "{words}");
    let reservation = towns.commune(at("15:00")).store.read(|tx| {
        let sql = "select id from reservation where activity = ?1";
        tx.first(sql, &[EVENING.into()])
    });
    let reservations = vec![ReservationId(reservation.unwrap().unwrap().uuid(0).unwrap())];
    let commune = towns.commune(at("15:00"));
    commune
        .submit(commune.operation(agent, Channel::Phone, Body::CancelReservations { reservations }))
        .unwrap();
    let words = seen(CLAIRE, "16:00");
    for said in [
        "lundi 23 novembre à 12 h 30 · web, par vous",
        "lundi 23 novembre à 14 h · mairie",
        "lundi 23 novembre à 15 h · téléphone (mairie)",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
}

#[test]
fn the_grid_is_read_while_nothing_can_be_booked_and_says_since_when() {
    for state in [Openness::ReadOnly, Openness::Closed] {
        let towns = town();
        towns.apply(vec![Body::SetCapability {
            capability: Capability::Reservation,
            state,
            message: "Nous vérifions les réservations.".into(),
        }]);
        let mut claire = towns.family(CLAIRE, at("12:30"));
        let page = grid(&mut claire, LEA, "2026-12-03");
        let words = page.words().replace('\u{a0}', " ");
        assert!(words.contains("Nous vérifions les réservations."), "{words}");
        assert!(words.contains("Depuis le lundi 23 novembre à"), "{words}");
        assert!(cell(&page, "2026-12-03", "Cantine").contains("réservable"));
        assert!(!page.text.contains("name=\"ligne\""), "no button");
        let detail = claire.get(&format!("/ville/reservations/2026-12-03/cantine/{LEA}"));
        assert!(!detail.words().contains("Ajouter au panier"));
    }
}

#[test]
fn without_rules_families_call_as_before() {
    let towns = Towns::new();
    let mut rita = towns.family(RITA, at("12:30"));
    let page = rita.get("/ville/reservations?du=2026-11-30");
    let words = page.words();
    assert!(words.contains("Pour réserver ou annuler, appelez"), "{words}");
    assert_eq!(words.matches("réservé").count(), 2, "{words}");
    assert!(!page.text.contains("name=\"ligne\"") && !words.contains("réservable"));
    assert!(!rita.get("/ville/").words().contains("Réserver pour"));
    // With them, home leads to the grid in one tap.
    let home = town().family(CLAIRE, at("12:30")).get("/ville/");
    assert!(home.words().contains("Réserver pour Léa"));
    assert!(
        home.text
            .contains(&format!("/ville/reservations?vue=mois&amp;enfant={LEA}"))
    );
}

#[test]
fn a_month_of_a_child_weighs_little() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:30"));
    let path = format!("/ville/reservations?vue=mois&du=2027-03-01&enfant={LEA}");
    let page = claire.get(&path);
    assert!(page.text.matches("<small>").count() >= 60, "{}", page.text);
    assert!(page.text.len() <= 25_000, "{} bytes", page.text.len());
}
