//! Whoever tries logins and addresses learns nothing of who exists.

use axum::http::StatusCode;
use shared::time::UtcMs;

use super::super::ground::{EMAIL_OF_EMMA, LOGIN_OF_CLAIRE, LOGIN_OF_LUC, PASSWORD, Towns, at};
use super::strangers::bytes;
use crate::web::browser::{Browser, Reply};

const WRONG: &str = "pas le bon mot de passe";

/// Nobody, at an address of their own.
fn from(towns: &Towns, nth: u8, now: UtcMs) -> Browser {
    let mut browser = towns.browser(now);
    browser
        .headers
        .push(("x-forwarded-for", format!("198.51.{nth}.4")));
    browser
}

/// Sends the form of a page of the door.
fn send(browser: &mut Browser, page: &str, fields: &[(&str, &str)]) -> Reply {
    let token = browser.get(page).token();
    let mut all = vec![("jeton", token.as_str())];
    all.extend(fields);
    browser.post(page, &all)
}

fn log_in(browser: &mut Browser, login: &str, password: &str) -> Reply {
    let fields = [("identifiant", login), ("mot_de_passe", password)];
    send(browser, "/ville/connexion", &fields)
}

/// All that is answered, but for what was typed and the token of the browser's own form.
fn said(browser: &mut Browser, reply: &Reply, typed: &str) -> String {
    let token = browser.get("/ville/connexion").token();
    let (status, mut headers, text) = bytes(reply);
    headers.retain(|(name, _)| name != "content-length");
    format!("{:?}", (status, headers, text))
        .replace(typed, "…")
        .replace(&token, "…")
}

#[test]
fn a_log_in_says_the_same_whoever_exists() {
    let towns = Towns::new();
    let before = towns.head();
    let mut answers = Vec::new();
    let tries = [
        ("personne@famille.example", WRONG),
        (LOGIN_OF_CLAIRE, WRONG),
        // No login yet; an account that was deleted, with its right password; an agent of the town hall.
        (EMAIL_OF_EMMA, WRONG),
        (LOGIN_OF_LUC, PASSWORD),
        ("gestionnaire@mairie.example", PASSWORD),
    ];
    for ((login, password), nth) in tries.into_iter().zip(1..) {
        let mut browser = from(&towns, nth, at("12:00"));
        let reply = log_in(&mut browser, login, password);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{login}");
        assert!(!reply.text.contains(password), "a password never comes back");
        answers.push(said(&mut browser, &reply, login));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    assert_eq!(towns.head(), before, "a wrong log-in is no record");
}

#[test]
fn a_forgotten_password_says_the_same_whoever_exists() {
    let towns = Towns::new();
    let mut answers = Vec::new();
    let addresses = [
        "personne@famille.example",
        LOGIN_OF_CLAIRE,
        EMAIL_OF_EMMA,
        LOGIN_OF_LUC,
    ];
    for (address, nth) in addresses.into_iter().zip(1..) {
        let mut browser = from(&towns, nth, at("12:00"));
        let reply = send(&mut browser, "/ville/mot-de-passe", &[("adresse", address)]);
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{address}: {}", reply.text);
        let next = browser.get(reply.header("location"));
        answers.push((said(&mut browser, &reply, address), next.words()));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
}
