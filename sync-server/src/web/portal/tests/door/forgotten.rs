//! A password was forgotten; the page says the same to everybody.

use axum::http::StatusCode;
use shared::operation::Body;

use super::super::ground::{
    EMAIL_OF_EMMA, LOGIN_OF_CLAIRE, LOGIN_OF_LUC, LOGIN_OF_PAUL, PASSWORD, PAUL, Towns, at,
};
use super::{INSIDE, from, is_in, letters, log_in};
use crate::web::browser::{Browser, Reply};

const PAGE: &str = "/ville/mot-de-passe";
const NEW: &str = "un préau sous la pluie";

fn ask(browser: &mut Browser, address: &str) -> Reply {
    let token = browser.get(PAGE).token();
    browser.post(PAGE, &[("adresse", address), ("jeton", &token)])
}

#[test]
fn everybody_is_told_the_same_and_each_gets_the_letter_that_helps() {
    let towns = Towns::new();
    let mut answers = Vec::new();
    for address in [
        LOGIN_OF_PAUL,
        "Claire@Famille.example",
        EMAIL_OF_EMMA,
        LOGIN_OF_LUC,
        "personne@famille.example",
        "un.mot",
    ] {
        let reply = ask(&mut towns.browser(at("12:00")), address);
        answers.push((reply.status, reply.header("location").to_owned(), reply.text));
    }
    assert_eq!(answers[0].1, "/ville/mot-de-passe?envoye=1");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let page = towns.browser(at("12:00")).get(&answers[0].1);
    assert!(page.words().contains("Si cette adresse"), "{}", page.words());

    let queued = letters(&towns);
    let told: Vec<_> = queued
        .iter()
        .map(|(kind, to, path)| {
            let page = path.as_deref().and_then(|path| path.split('/').nth(2));
            (kind.as_str(), to.as_str(), page)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("reset", LOGIN_OF_PAUL, Some("mot-de-passe")),
            ("reset", LOGIN_OF_CLAIRE, Some("mot-de-passe")),
            ("activation", EMAIL_OF_EMMA, Some("activer")),
            ("no_account", LOGIN_OF_LUC, None),
            ("no_account", "personne@famille.example", None),
        ]
    );
}

#[test]
fn the_link_sets_another_password_and_every_session_of_before_is_over() {
    let towns = Towns::new();
    let mut old = towns.family(PAUL, at("12:00"));
    assert!(is_in(&mut old));
    ask(&mut towns.browser(at("12:00")), LOGIN_OF_PAUL);
    let path = letters(&towns)[0].2.clone().unwrap();
    let mut browser = towns.browser(at("12:00"));
    let page = browser.get(&path);
    assert!(
        page.text.contains(LOGIN_OF_PAUL),
        "the login may be what was forgotten"
    );
    let fields = |password: &'static str, token: &str| {
        vec![
            ("mot_de_passe", password.to_owned()),
            ("encore", password.to_owned()),
            ("jeton", token.to_owned()),
        ]
    };
    let send = |browser: &mut Browser, fields: &[(&str, String)]| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        browser.post(&path, &fields)
    };
    let short = send(&mut browser, &fields("court", &page.token()));
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reply = send(&mut browser, &fields(NEW, &page.token()));
    assert_eq!(
        reply.header("location"),
        "/ville/?fait=mot-de-passe",
        "{}",
        reply.text
    );
    assert!(browser.get(INSIDE).words().contains("Paul Petit"));
    assert!(!is_in(&mut old));
    assert_eq!(
        send(&mut towns.browser(at("12:00")), &fields(NEW, "")).status,
        StatusCode::GONE
    );
    let mut other = towns.browser(at("12:00"));
    assert_eq!(
        log_in(&mut other, LOGIN_OF_PAUL, PASSWORD).status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        log_in(&mut other, LOGIN_OF_PAUL, NEW).status,
        StatusCode::SEE_OTHER
    );
}

#[test]
fn a_link_lives_an_hour_and_ends_with_the_account() {
    let towns = Towns::new();
    ask(&mut towns.browser(at("12:00")), LOGIN_OF_PAUL);
    ask(&mut towns.browser(at("12:00")), LOGIN_OF_CLAIRE);
    let queued = letters(&towns);
    let path = |n: usize| queued[n].2.clone().unwrap();
    let late = towns.browser(at("13:01")).get(&path(0));
    assert_eq!(late.status, StatusCode::GONE);
    towns.apply(vec![Body::DeleteAccount {
        guardian: super::super::ground::CLAIRE,
    }]);
    let deleted = towns.browser(at("12:30")).get(&path(1));
    assert_eq!(deleted.status, StatusCode::NOT_FOUND);
}

#[test]
fn a_mailbox_is_not_filled_and_nobody_learns_that_it_was() {
    let towns = Towns::new();
    for n in 0..12 {
        let mut browser = from(&towns, &format!("198.51.100.{n}"), at("12:00"));
        let reply = ask(&mut browser, LOGIN_OF_PAUL);
        assert_eq!(reply.header("location"), "/ville/mot-de-passe?envoye=1", "{n}");
    }
    assert_eq!(letters(&towns).len(), 4);
}

#[test]
fn one_network_asks_so_often_and_no_more() {
    let towns = Towns::new();
    let asked = (1..=25)
        .map(|n| {
            let mut browser = from(&towns, "198.51.100.4", at("12:00"));
            ask(&mut browser, &format!("parent{n}@famille.example")).status
        })
        .filter(|status| *status == StatusCode::SEE_OTHER)
        .count();
    assert_eq!(asked, 20);
    assert_eq!(letters(&towns).len(), 20);
}

#[test]
fn what_is_no_address_is_told() {
    let towns = Towns::new();
    let mut browser = towns.browser(at("12:00"));
    for typed in ["", "deux mots"] {
        let reply = ask(&mut browser, typed);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(reply.text.contains("id=\"adresse-erreur\""));
    }
    assert!(letters(&towns).is_empty());
}
