//! A letter with two codes lies on the Petits' kitchen table.

use axum::http::StatusCode;
use shared::operation::PortalRecord;
use shared::time::UtcMs;

use super::super::ground::{CLAIRE, EMMA, MIA, PAUL, PETIT, ROUX, TOM, TOWN, Towns, at};
use super::{INSIDE, from, guessed, letters};
use crate::family_codes::{Code, Kind, pair};
use crate::web::browser::{Browser, Reply};

const PAGE: &str = "/ville/codes";
const WHO: &str = "/ville/codes/qui";

fn codes(n: u8) -> (Code, Code) {
    (Code::of(Kind::Child, [n; 5]), Code::of(Kind::Payer, [n + 1; 5]))
}

/// The Petits get the codes number `n`, for Mia.
fn given(towns: &Towns, n: u8, until: UtcMs) {
    let (child, payer) = codes(n);
    towns.give_codes(pair(TOWN, &child, &payer), MIA, PETIT, until);
}

fn give(browser: &mut Browser, child: &str, payer: &str) -> Reply {
    let token = browser.get(PAGE).token();
    let fields = [("enfant", child), ("payeur", payer), ("jeton", &token)];
    browser.post(PAGE, &fields)
}

fn give_pair(browser: &mut Browser, n: u8) -> Reply {
    let (child, payer) = codes(n);
    give(browser, &child.shown(), &payer.shown())
}

#[test]
fn from_the_paper_to_the_inside() {
    let towns = Towns::new();
    given(&towns, 7, at("18:00"));
    let mut browser = towns.browser(at("12:00"));
    let (child, payer) = codes(7);
    let reply = give(
        &mut browser,
        &child.shown().to_lowercase(),
        &payer.shown().replace('-', " "),
    );
    assert_eq!(
        (reply.status, reply.header("location")),
        (StatusCode::SEE_OTHER, WHO),
        "{}",
        reply.text
    );
    let page = browser.get(WHO);
    let words = page.words();
    assert!(words.contains("Emma P."), "{words}");
    assert!(
        !words.contains("Paul") && !words.contains("Petit") && !page.text.contains("famille.example"),
        "who has a login is not offered, and no name or address is given away: {words}"
    );
    for path in [INSIDE, "/ville/compte/mot-de-passe"] {
        assert_eq!(
            browser.get(path).header("location"),
            WHO,
            "codes open nothing else"
        );
    }

    let emma = EMMA.to_string();
    let fields = [
        ("responsable", emma.as_str()),
        ("adresse", "emma.neuve@famille.example"),
        ("jeton", &page.token()),
    ];
    let reply = browser.post(WHO, &fields);
    assert_eq!(
        reply.header("location"),
        "/ville/codes/qui?envoye=1",
        "{}",
        reply.text
    );
    assert!(
        browser
            .get(reply.header("location"))
            .words()
            .contains("Regardez vos messages")
    );
    let queued = letters(&towns);
    assert_eq!(queued.len(), 1);
    assert_eq!(
        (queued[0].0.as_str(), queued[0].1.as_str()),
        ("activation", "emma.neuve@famille.example")
    );

    let path = queued[0].2.clone().unwrap();
    let page = browser.get(&path);
    assert!(page.text.contains("value=\"emma.neuve@famille.example\""));
    let fields = [
        ("identifiant", "emma.neuve@famille.example"),
        ("mot_de_passe", "un préau sous la pluie"),
        ("encore", "un préau sous la pluie"),
        ("jeton", &page.token()),
    ];
    assert_eq!(
        browser.post(&path, &fields).header("location"),
        "/ville/?fait=bienvenue"
    );
    assert!(browser.get(INSIDE).words().contains("Emma Petit"));
}

#[test]
fn a_slip_of_the_hand_is_told_beside_its_field_and_is_no_guess() {
    let towns = Towns::new();
    given(&towns, 7, at("18:00"));
    let mut browser = from(&towns, "203.0.113.9", at("12:00"));
    let (child, payer) = codes(7);
    for _ in 0..4 {
        for (typed, said) in [
            ("", "Saisissez ce code"),
            ("K7PM-3XQ", "huit lettres et chiffres"),
            ("K7PM-3XQU", "n’existe pas"),
            (&payer.shown(), "autre case"),
        ] {
            let reply = give(&mut browser, typed, &payer.shown());
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
            assert!(reply.words().contains(said), "{said}: {}", reply.words());
            assert!(reply.text.contains("id=\"enfant-erreur\""));
        }
    }
    let swapped = give(&mut browser, &payer.shown(), &child.shown());
    assert_eq!(swapped.header("location"), WHO, "typed in each other's fields");
}

#[test]
fn five_guesses_and_the_network_is_locked_out_and_the_town_hall_told() {
    let towns = Towns::new();
    given(&towns, 7, at("18:00"));
    for n in 1..=5 {
        let mut browser = from(&towns, "203.0.113.9", at("12:00"));
        let reply = give_pair(&mut browser, 20 + 2 * n);
        let status = if n == 5 {
            StatusCode::TOO_MANY_REQUESTS
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        assert_eq!(reply.status, status, "{n}");
    }
    let mut browser = from(&towns, "203.0.113.9", at("12:05"));
    let reply = give_pair(&mut browser, 7);
    assert_eq!(
        reply.status,
        StatusCode::TOO_MANY_REQUESTS,
        "not even the right ones"
    );
    assert!(reply.words().contains("restent valables"), "{}", reply.words());
    assert_eq!(
        guessed(&towns),
        [("codes".to_owned(), 5, "203.0.113.0/24".to_owned())]
    );
    let mut neighbour = from(&towns, "198.51.100.4", at("12:05"));
    assert_eq!(give_pair(&mut neighbour, 7).status, StatusCode::SEE_OTHER);
}

#[test]
fn right_pairs_all_day_lock_nobody_out() {
    let towns = Towns::new();
    given(&towns, 7, at("18:00"));
    for _ in 0..12 {
        let mut browser = from(&towns, "203.0.113.9", at("12:00"));
        assert_eq!(give_pair(&mut browser, 7).status, StatusCode::SEE_OTHER);
    }
}

#[test]
fn codes_that_are_too_old_or_were_replaced_say_so() {
    let towns = Towns::new();
    given(&towns, 7, at("18:00"));
    let late = give_pair(&mut towns.browser(at("18:00")), 7);
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.words().contains("ne sont plus valables"), "{}", late.words());
    given(&towns, 9, at("18:00"));
    let replaced = give_pair(&mut towns.browser(at("12:00")), 7);
    assert!(replaced.words().contains("ne sont plus valables"));
    assert_eq!(
        give_pair(&mut towns.browser(at("12:00")), 9).status,
        StatusCode::SEE_OTHER
    );
}

#[test]
fn of_another_household_nobody_is_chosen_and_nobody_who_has_a_login() {
    let towns = Towns::new();
    let before = towns.head();
    let mut browser = towns.with_codes(PETIT, at("12:00"));
    let token = browser.get(WHO).token();
    for who in [CLAIRE, PAUL] {
        let who = who.to_string();
        let fields = [
            ("responsable", who.as_str()),
            ("adresse", "voleur@ailleurs.example"),
            ("jeton", &token),
        ];
        let reply = browser.post(WHO, &fields);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(towns.head(), before);
    let mut full = towns.with_codes(ROUX, at("12:00"));
    let words = full.get(WHO).words();
    assert!(
        words.contains("ont déjà un accès") && !words.contains("Rita"),
        "{words}"
    );
}

#[test]
fn letters_to_one_household_are_few() {
    let towns = Towns::new();
    let mut browser = towns.with_codes(PETIT, at("12:00"));
    let token = browser.get(WHO).token();
    let emma = EMMA.to_string();
    let sent = (0..9)
        .map(|n| {
            let address = format!("emma{n}@famille.example");
            let fields = [
                ("responsable", emma.as_str()),
                ("adresse", &address),
                ("jeton", &token),
            ];
            browser.post(WHO, &fields).status
        })
        .filter(|status| *status == StatusCode::SEE_OTHER)
        .count();
    assert_eq!((sent, letters(&towns).len()), (4, 4));
}

#[test]
fn codes_replaced_meanwhile_send_no_letter() {
    let towns = Towns::new();
    given(&towns, 7, at("18:00"));
    let mut browser = towns.browser(at("12:00"));
    give_pair(&mut browser, 7);
    let token = browser.get(WHO).token();
    given(&towns, 9, at("18:00"));
    let emma = EMMA.to_string();
    let fields = [
        ("responsable", emma.as_str()),
        ("adresse", "emma@famille.example"),
        ("jeton", &token),
    ];
    let reply = browser.post(WHO, &fields);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        reply.words().contains("ne sont plus valables"),
        "{}",
        reply.words()
    );
    assert!(letters(&towns).is_empty());
}

#[test]
fn a_town_without_codes_has_no_such_page() {
    let towns = Towns::new();
    towns.set_up(PortalRecord {
        codes: false,
        ..PortalRecord::default()
    });
    let mut browser = towns.browser(at("12:00"));
    assert_eq!(browser.get(PAGE).status, StatusCode::NOT_FOUND);
    assert!(!browser.get("/ville/connexion").text.contains("/ville/codes"));
}

#[test]
fn the_children_of_a_household_open_the_same_side() {
    let towns = Towns::new();
    let (child, payer) = codes(7);
    towns.give_codes(pair(TOWN, &child, &payer), TOM, PETIT, at("18:00"));
    let mut browser = towns.browser(at("12:00"));
    give_pair(&mut browser, 7);
    let words = browser.get(WHO).words();
    assert!(words.contains("Emma P.") && !words.contains("Claire"), "{words}");
    let (child, payer) = codes(7);
    assert_ne!(
        pair("voisine", &child, &payer),
        pair(TOWN, &child, &payer),
        "and of one town"
    );
}
