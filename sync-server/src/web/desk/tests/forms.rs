//! Forms that did not come from our own page change nothing.

use axum::http::StatusCode;

use super::town::{EMAIL, PASSWORD, Town, at};

#[test]
fn a_log_out_without_the_token_changes_nothing() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let before = town.head();
    let page = desk.get("/ville/gestion");
    let wrong = "0".repeat(64);
    for fields in [vec![], vec![("jeton", "")], vec![("jeton", wrong.as_str())]] {
        let reply = desk.post("/ville/gestion/deconnexion", &fields);
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
        assert!(
            reply.words().contains("Rien n’a été changé") && reply.text.contains("href=\"/ville/gestion\"")
        );
    }
    let mut elsewhere = desk.clone();
    elsewhere.headers.push(("sec-fetch-site", "cross-site".into()));
    let reply = elsewhere.post("/ville/gestion/deconnexion", &[("jeton", &page.token())]);
    assert_eq!(
        reply.status,
        StatusCode::FORBIDDEN,
        "not even with the right token"
    );
    assert_eq!(town.head(), before);
    assert_eq!(
        desk.get("/ville/gestion").status,
        StatusCode::OK,
        "still logged in"
    );
}

#[test]
fn a_log_in_without_the_token_changes_nothing() {
    let town = Town::founded();
    let before = town.head();
    let fields = [("email", EMAIL), ("mot_de_passe", PASSWORD)];
    let mut browser = town.browser(at("12:00"));
    assert_eq!(
        browser.post("/ville/gestion/connexion", &fields).status,
        StatusCode::FORBIDDEN
    );

    let token = browser.get("/ville/gestion/connexion").token();
    let fields = [("email", EMAIL), ("mot_de_passe", PASSWORD), ("jeton", &token)];
    let mut other = town.browser(at("12:00"));
    assert_eq!(
        other.post("/ville/gestion/connexion", &fields).status,
        StatusCode::FORBIDDEN,
        "another browser's"
    );
    browser
        .headers
        .push(("origin", "https://ailleurs.example".into()));
    assert_eq!(
        browser.post("/ville/gestion/connexion", &fields).status,
        StatusCode::FORBIDDEN
    );
    assert!(!browser.cookies.contains_key("preau-ville"));
    assert_eq!(town.head(), before);
}

#[test]
fn a_token_of_one_session_is_not_good_for_another() {
    let town = Town::founded();
    let token = town.desk(at("12:00")).get("/ville/gestion").token();
    let mut desk = town.desk(at("12:00"));
    let reply = desk.post("/ville/gestion/deconnexion", &[("jeton", &token)]);
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
}

#[test]
fn what_is_no_form_is_refused_politely() {
    let town = Town::founded();
    let before = town.head();
    let mut browser = town.desk(at("12:00"));
    for (path, body) in [
        ("/ville/gestion/connexion", "%ff=%".to_owned()),
        ("/ville/gestion/connexion", "a".repeat(20_000)),
    ] {
        let reply = browser.send(
            "POST",
            path,
            body,
            &[("content-type", "application/x-www-form-urlencoded")],
        );
        assert!(reply.status.is_client_error());
        assert!(reply.words().contains("Rien n’a été changé"), "{}", reply.text);
    }
    let reply = browser.send(
        "POST",
        "/ville/gestion/deconnexion",
        "{}".into(),
        &[("content-type", "application/json")],
    );
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert_eq!(town.head(), before + 1, "her own log-in alone");
}
