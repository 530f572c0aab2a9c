//! What goes into the cart and out of it.

use axum::http::StatusCode;

use super::super::ground::{CLAIRE, LEA, MARTIN, MIA, TOM, Towns, agent, at};
use super::{
    CANTEEN, CART, EVENING, FRIDAY, LINES, THURSDAY, add, booked, cart, change, line, linked, one_place,
    rules, said, send, standing, town, validate_as,
};
use shared::ids::ChildId;
use shared::money::Cents;
use shared::operation::{Case, Places, Role, RuleSetRecord};
use uuid::Uuid;

#[test]
fn what_is_chosen_lies_in_the_cart_with_its_price_and_nothing_is_booked() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let empty = said(&claire.get(CART));
    assert!(empty.contains("Votre panier est vide"), "{empty}");
    let head = towns.head();
    add(&mut claire, LEA, THURSDAY);
    add(&mut claire, TOM, FRIDAY);
    let page = claire.get(CART);
    let words = said(&page);
    for wanted in [
        "Rien n’est encore réservé",
        "Léa",
        "jeudi 26 novembre",
        "Tom",
        "vendredi 27 novembre",
        "à réserver",
        "4,00 €",
        "Total à la validation : 8,00 €",
        "À valider au plus tard le mercredi 25 novembre à 18 h.",
    ] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
    assert!(!words.contains("Place retenue"), "places are not counted here");
    assert_eq!(towns.head(), head, "a cart is no record");
    assert!(standing(&towns, CANTEEN, THURSDAY).is_empty());
}

#[test]
fn a_form_goes_back_to_where_it_was() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let token = claire.get(CART).token();
    let mut send = |back: &str| {
        let fields = [
            ("jeton", &*token),
            ("sorte", "ajout"),
            ("ligne", &*line(LEA, CANTEEN, THURSDAY)),
            ("retour", back),
        ];
        claire.post(LINES, &fields).header("location").to_owned()
    };
    assert_eq!(
        send("/ville/reservations?du=2026-11-23#j1126"),
        "/ville/reservations?du=2026-11-23&fait=au-panier#j1126"
    );
    assert_eq!(
        send("https://ailleurs.example/"),
        "/ville/panier?fait=au-panier",
        "nowhere else"
    );
}

#[test]
fn the_grid_names_what_it_knows_and_the_record_finds_the_rest() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let token = claire.get(CART).token();
    let child = LEA.to_string();
    let sent = claire.post(
        LINES,
        &[
            ("jeton", &token),
            ("enfant", &child),
            ("sorte", "ajout"),
            ("ligne", ".cantine..2026-11-26."),
        ],
    );
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", said(&sent));
    let lines = cart(&towns, CLAIRE, MARTIN);
    assert_eq!((lines.len(), lines[0].shown), (1, Some(Cents(400))));
}

#[test]
fn a_cancellation_says_what_it_costs_and_a_line_goes_out_again() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    // Tomorrow's deadline is tonight; today's canteen is past its own.
    send(&mut claire, "annulation", &[line(LEA, CANTEEN, "2026-11-24")]);
    let words = said(&claire.get(CART));
    assert!(
        words.contains("à annuler") && words.contains("annulation sans frais"),
        "{words}"
    );
    send(&mut claire, "retrait", &[line(LEA, CANTEEN, "2026-11-24")]);
    assert!(said(&claire.get(CART)).contains("Votre panier est vide"));

    let mut late = towns.family(CLAIRE, at("19:00"));
    send(&mut late, "annulation", &[line(LEA, CANTEEN, "2026-11-24")]);
    let words = said(&late.get(CART));
    assert!(words.contains("certificat remis dans les 7 jours"), "{words}");
}

#[test]
fn a_limited_place_is_held_for_a_time_that_is_said() {
    let towns = town(one_place());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let words = said(&claire.get(CART));
    assert!(words.contains("Place retenue jusqu’à 12 h 20."), "{words}");
}

#[test]
fn what_a_rule_brings_is_added_with_a_word() {
    let towns = town(linked());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let words = said(&claire.get(CART));
    assert!(words.contains("Ajouté avec Cantine, qui l’entraîne."), "{words}");
    let lines = cart(&towns, CLAIRE, MARTIN);
    let brought = lines.iter().filter(|line| line.session.activity == EVENING);
    assert_eq!((lines.len(), brought.count()), (2, 1));
}

#[test]
fn what_does_not_pass_brings_nothing_along() {
    let full = || {
        let nowhere = Places {
            case: Case {
                activities: vec![CANTEEN],
                ..Case::all()
            },
            group: None,
            from: None,
            until: None,
            places: 0,
        };
        RuleSetRecord {
            places: vec![nowhere],
            ..linked()
        }
    };
    let towns = town(full());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let lines = cart(&towns, CLAIRE, MARTIN);
    assert_eq!((lines.len(), lines[0].session.activity), (1, CANTEEN));

    // The places go while both lie in the cart: the evening came with the canteen, and is not booked alone.
    let towns = town(linked());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    assert_eq!(cart(&towns, CLAIRE, MARTIN).len(), 2);
    change(&towns, full());
    let page = claire.get(CART);
    let words = said(&page);
    assert!(words.contains("Refusé, car Cantine va avec"), "{words}");
    assert!(!page.text.contains("/ville/panier/valider"));
    let head = towns.head();
    let sent = validate_as(&mut claire, &page);
    assert_ne!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(towns.head(), head);
    assert!(standing(&towns, EVENING, THURSDAY).is_empty());
    // Whoever wants the evening for itself has it.
    send(&mut claire, "retrait", &[line(LEA, CANTEEN, THURSDAY)]);
    booked(&mut claire);
    assert_eq!(standing(&towns, EVENING, THURSDAY).len(), 1);
}

#[test]
fn what_lies_in_the_cart_is_not_brought_again() {
    let towns = town(linked());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    send(&mut claire, "ajout", &[line(LEA, EVENING, THURSDAY)]);
    let before = cart(&towns, CLAIRE, MARTIN);
    let mut later = towns.family(CLAIRE, at("12:05"));
    add(&mut later, LEA, THURSDAY);
    let lines = cart(&towns, CLAIRE, MARTIN);
    assert_eq!(lines.len(), 2);
    assert!(lines.contains(&before[0]));
}

#[test]
fn what_cannot_be_says_why_and_is_not_counted() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    // Wednesday has no canteen.
    add(&mut claire, LEA, "2026-11-25");
    add(&mut claire, LEA, THURSDAY);
    let words = said(&claire.get(CART));
    assert!(words.contains("ne peut pas être pris"), "{words}");
    assert!(words.contains("Total à la validation : 4,00 €"), "{words}");
    assert!(words.contains("Une ligne ne peut pas être prise"), "{words}");
}

#[test]
fn somebody_elses_child_is_as_one_that_does_not_exist() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let nobody = ChildId(Uuid::from_u128(0xdead));
    let theirs = send(&mut claire, "ajout", &[line(MIA, CANTEEN, THURSDAY)]);
    let nobodys = send(&mut claire, "ajout", &[line(nobody, CANTEEN, THURSDAY)]);
    assert_eq!(theirs.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(theirs.text, nobodys.text);
    assert!(!theirs.words().contains("Mia"));
    // With one of one's own beside it, nothing goes in either.
    let both = [line(LEA, CANTEEN, THURSDAY), line(MIA, CANTEEN, THURSDAY)];
    assert_eq!(
        send(&mut claire, "ajout", &both).status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
}

#[test]
fn what_was_changed_in_the_form_is_not_believed() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    for wrong in [
        "rien",
        "",
        "a.b.c.d.e",
        &format!("{LEA}.{CANTEEN}..2026-02-30."),
        &format!("{LEA}.inconnue..{THURSDAY}."),
        &format!("{LEA}.{CANTEEN}..{THURSDAY}.{}", Uuid::from_u128(9)),
    ] {
        let sent = send(&mut claire, "ajout", &[wrong.to_owned()]);
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let wrong = send(&mut claire, "offert", &[line(LEA, CANTEEN, THURSDAY)]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
    // A price that is sent along is nobody's.
    let token = claire.get(CART).token();
    let fields = [
        ("jeton", &*token),
        ("sorte", "ajout"),
        ("ligne", &*line(LEA, CANTEEN, THURSDAY)),
        ("prix", "1"),
        ("total", "1"),
    ];
    claire.post(LINES, &fields);
    assert_eq!(cart(&towns, CLAIRE, MARTIN)[0].shown, Some(Cents(400)));
}

#[test]
fn the_cart_is_emptied_by_who_owns_it() {
    let towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    add(&mut claire, LEA, THURSDAY);
    let forged = claire.post("/ville/panier/vider", &[]);
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(cart(&towns, CLAIRE, MARTIN).len(), 1);
    let token = claire.get(CART).token();
    claire.post("/ville/panier/vider", &[("jeton", &token)]);
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
}

#[test]
fn an_agent_who_looks_changes_nothing() {
    let towns = town(rules());
    add(&mut towns.family(CLAIRE, at("12:00")), LEA, THURSDAY);
    let mut looking = towns.seen_as(agent(Role::Gestionnaire), CLAIRE, at("12:00"));
    let page = looking.get(CART);
    assert!(said(&page).contains("Léa"));
    assert!(!page.text.contains("/ville/panier/valider"));
    let sent = send(&mut looking, "retrait", &[line(LEA, CANTEEN, THURSDAY)]);
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    assert_eq!(cart(&towns, CLAIRE, MARTIN).len(), 1);
}

#[test]
fn a_year_of_lines_goes_in_at_once() {
    let towns: Towns = town(rules());
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let mut date = super::day("2026-11-26");
    let mut lines = Vec::new();
    while lines.len() < 400 {
        lines.push(line(LEA, CANTEEN, &date.to_string()));
        date = date.succ_opt().unwrap();
    }
    let sent = send(&mut claire, "ajout", &lines);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", said(&sent));
    assert_eq!(cart(&towns, CLAIRE, MARTIN).len(), 400);
}
