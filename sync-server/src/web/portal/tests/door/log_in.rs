//! Claire logs in, and others try to.

use axum::http::StatusCode;
use shared::codec::{Blob, encode};
use shared::operation::{Body, Cause};
use shared::withdrawal::{Withdrawal, Withdrawn};

use super::super::ground::{
    CLAIRE, EMAIL_OF_EMMA, LOGIN_OF_CLAIRE, LOGIN_OF_LUC, LOGIN_OF_PAUL, PASSWORD, Towns, at,
};
use super::{INSIDE, LOGIN, from, guessed, is_in, kinds_since, log_in};

const WRONG: &str = "pas le bon mot de passe";

#[test]
fn she_logs_in_comes_back_and_logs_out() {
    let towns = Towns::new();
    let before = towns.head();
    let mut browser = towns.browser(at("12:00"));
    let reply = log_in(&mut browser, LOGIN_OF_CLAIRE, PASSWORD);
    assert_eq!(
        (reply.status, reply.header("location")),
        (StatusCode::SEE_OTHER, "/ville/"),
        "{}",
        reply.text
    );
    let cookie = reply.header("set-cookie");
    assert!(
        cookie.starts_with("famille-ville=") && cookie.ends_with("; Path=/ville/; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(kinds_since(&towns, before), ["guardian_logged_in"]);
    let page = browser.get(INSIDE);
    assert!(page.words().contains("Claire Martin"), "{}", page.words());
    assert_eq!(
        browser.get(LOGIN).header("location"),
        "/ville/",
        "whoever is in has no need of it"
    );

    let secret = browser.cookies["famille-ville"].clone();
    let reply = browser.post("/ville/deconnexion", &[("jeton", &page.token())]);
    assert_eq!(reply.header("location"), "/ville/?fait=sorti");
    assert!(!browser.cookies.contains_key("famille-ville"));
    let reply = browser.post("/ville/deconnexion", &[("jeton", &page.token())]);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "twice is once");
    browser.cookies.insert("famille-ville".into(), secret);
    assert!(!is_in(&mut browser), "the old cookie opens nothing any more");
}

#[test]
fn over_https_the_cookie_is_bound_to_the_host() {
    let towns = Towns::new();
    let mut browser = towns.browser(at("12:00"));
    browser.headers = vec![
        ("host", "preau.example".into()),
        ("x-forwarded-proto", "https".into()),
    ];
    let reply = log_in(&mut browser, LOGIN_OF_CLAIRE, PASSWORD);
    let cookie = reply.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-famille-ville=")
            && cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    assert!(is_in(&mut browser));
}

#[test]
fn over_a_network_in_clear_nobody_is_asked_for_a_secret() {
    let towns = Towns::new();
    let mut browser = towns.browser(at("12:00"));
    let token = browser.get(LOGIN).token();
    browser.headers = vec![("host", "192.168.1.7:8080".into())];
    let page = browser.get(LOGIN);
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.words().contains("https") && !page.text.contains("mot_de_passe"));
    let before = towns.head();
    let fields = [
        ("identifiant", LOGIN_OF_CLAIRE),
        ("mot_de_passe", PASSWORD),
        ("jeton", &token),
    ];
    assert_eq!(browser.post(LOGIN, &fields).status, StatusCode::FORBIDDEN);
    assert_eq!(towns.head(), before);
}

#[test]
fn whoever_is_not_known_is_told_the_same() {
    let towns = Towns::new();
    let commune = towns.commune(at("12:00"));
    let withdrawal = Withdrawal::sign(
        Withdrawn::Guardian,
        super::super::ground::PAUL.0,
        at("12:00"),
        &commune.keys.signing,
    );
    towns.apply(vec![Body::Withdraw {
        withdrawal: Blob(encode(&withdrawal)),
    }]);
    let before = towns.head();
    let mut said = Vec::new();
    for (login, password) in [
        (LOGIN_OF_CLAIRE, WRONG),
        ("personne@famille.example", PASSWORD),
        (LOGIN_OF_LUC, PASSWORD),
        (LOGIN_OF_PAUL, PASSWORD),
        (EMAIL_OF_EMMA, PASSWORD),
    ] {
        let mut browser = towns.browser(at("12:00"));
        let reply = log_in(&mut browser, login, password);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{login}");
        assert!(!reply.text.contains(password), "no password goes back on a page");
        assert!(!is_in(&mut browser));
        said.push(reply.words());
    }
    assert!(said[0].contains("ne vont pas ensemble"));
    assert!(said.iter().all(|words| *words == said[0]));
    assert_eq!(towns.head(), before, "a failure is no record");
}

#[test]
fn a_login_is_known_in_capitals_and_with_spaces_around() {
    let towns = Towns::new();
    let mut browser = towns.browser(at("12:00"));
    let reply = log_in(&mut browser, " Claire@Famille.example ", PASSWORD);
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

#[test]
fn an_empty_field_is_told_beside_it() {
    let towns = Towns::new();
    let mut browser = towns.browser(at("12:00"));
    let reply = log_in(&mut browser, "", PASSWORD);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.text.contains("id=\"identifiant-erreur\""));
    let reply = log_in(&mut browser, LOGIN_OF_CLAIRE, "");
    assert!(reply.text.contains("id=\"mot_de_passe-erreur\"") && reply.text.contains(LOGIN_OF_CLAIRE));
}

#[test]
fn the_sixth_failure_locks_the_account_and_the_town_hall_is_told_once() {
    let towns = Towns::new();
    for attempt in 1..=6 {
        // Every attempt at another process: the count lies in the store.
        let mut browser = from(&towns, "203.0.113.9", at("12:00"));
        let reply = log_in(&mut browser, LOGIN_OF_CLAIRE, WRONG);
        let locked = attempt == 6;
        assert_eq!(reply.status == StatusCode::TOO_MANY_REQUESTS, locked, "{attempt}");
        assert_eq!(
            reply.words().contains("bloquée jusqu’à 12\u{a0}h\u{a0}16"),
            locked,
            "{}",
            reply.words()
        );
    }
    for _ in 0..3 {
        let mut browser = from(&towns, "203.0.113.77", at("12:01"));
        let reply = log_in(&mut browser, LOGIN_OF_CLAIRE, PASSWORD);
        assert_eq!(
            reply.status,
            StatusCode::TOO_MANY_REQUESTS,
            "not even with the right password"
        );
        assert!(reply.header("retry-after").parse::<u64>().unwrap() <= 900);
    }
    assert_eq!(
        guessed(&towns),
        [("passwords".to_owned(), 6, "203.0.113.0/24".to_owned())]
    );
    let mut browser = towns.browser(at("12:20"));
    assert_eq!(
        log_in(&mut browser, LOGIN_OF_CLAIRE, PASSWORD).status,
        StatusCode::SEE_OTHER
    );
}

#[test]
fn guessing_at_families_from_one_address_never_locks_its_town_hall_out() {
    let towns = Towns::new();
    let mut browser = from(&towns, "198.51.100.4", at("12:00"));
    let mut locked_at = None;
    for n in 1..=61 {
        let reply = log_in(&mut browser, &format!("parent{n}@famille.example"), "essai");
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            locked_at = Some(n);
            break;
        }
    }
    assert_eq!(locked_at, Some(60));
    let reply = browser.log_in("gestionnaire@mairie.example", PASSWORD);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
}

#[test]
fn nobody_prepares_a_session_for_somebody_else() {
    let towns = Towns::new();
    let mut browser = towns.family(super::super::ground::RITA, at("12:00"));
    let prepared = browser.cookies["famille-ville"].clone();
    // The form was opened before, in another window.
    let mut other = towns.browser(at("12:00"));
    let token = other.get(LOGIN).token();
    browser.cookies.extend(other.cookies);
    let fields = [
        ("identifiant", LOGIN_OF_CLAIRE),
        ("mot_de_passe", PASSWORD),
        ("jeton", &token),
    ];
    assert_eq!(browser.post(LOGIN, &fields).status, StatusCode::SEE_OTHER);
    assert_ne!(browser.cookies["famille-ville"], prepared);
    assert!(browser.get(INSIDE).words().contains("Claire Martin"));
    browser.cookies.insert("famille-ville".into(), prepared);
    assert!(!is_in(&mut browser), "the one of before is over");
}

#[test]
fn a_form_that_is_not_ours_opens_nothing() {
    let towns = Towns::new();
    let before = towns.head();
    let mut browser = towns.browser(at("12:00"));
    let token = browser.get(LOGIN).token();
    let fields = |token: &str| {
        [
            ("identifiant", LOGIN_OF_CLAIRE.to_owned()),
            ("mot_de_passe", PASSWORD.to_owned()),
            ("jeton", token.to_owned()),
        ]
    };
    let mut stranger = towns.browser(at("12:00"));
    stranger.get(LOGIN);
    for (browser, token) in [(&mut stranger, token.as_str()), (&mut browser.clone(), "")] {
        let fields = fields(token);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(browser.post(LOGIN, &fields).status, StatusCode::FORBIDDEN);
    }
    browser.headers.push(("sec-fetch-site", "cross-site".into()));
    let fields = fields(&token);
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(browser.post(LOGIN, &fields).status, StatusCode::FORBIDDEN);
    assert_eq!(towns.head(), before);
}

#[test]
fn logging_in_leads_back_to_a_page_of_ours_and_never_elsewhere() {
    let towns = Towns::new();
    let mut browser = towns.browser(at("12:00"));
    let asked = browser.get("/ville/compte/sessions");
    assert_eq!(
        asked.header("location"),
        "/ville/connexion?retour=%2Fville%2Fcompte%2Fsessions"
    );
    let page = browser.get(asked.header("location"));
    assert!(
        page.text.contains("value=\"/ville/compte/sessions\""),
        "{}",
        page.text
    );
    for (back, leads_to) in [
        ("/ville/compte/sessions", "/ville/compte/sessions"),
        (
            "/ville/reservations?du=2026-11-23&vue=mois#j1126",
            "/ville/reservations?du=2026-11-23&vue=mois#j1126",
        ),
        ("//ailleurs.example/ville/compte", "/ville/"),
        ("https://ailleurs.example", "/ville/"),
        ("/ville/gestion", "/ville/"),
    ] {
        let mut browser = towns.browser(at("12:00"));
        let token = browser.get(LOGIN).token();
        let fields = [
            ("identifiant", LOGIN_OF_CLAIRE),
            ("mot_de_passe", PASSWORD),
            ("retour", back),
            ("jeton", &token),
        ];
        assert_eq!(
            browser.post(LOGIN, &fields).header("location"),
            leads_to,
            "{back}"
        );
    }
}

#[test]
fn after_a_loss_without_the_withdrawals_a_right_password_is_not_enough() {
    let towns = Towns::new();
    towns.apply(vec![Body::BeginRecovery {
        cause: Cause::Restored,
        source: "s3://sauvegardes/ville".into(),
        restored_to: Some(at("07:30")),
        withdrawals_read: false,
    }]);
    let mut browser = towns.browser(at("12:00"));
    let reply = log_in(&mut browser, LOGIN_OF_CLAIRE, PASSWORD);
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(
        reply.words().contains("confirmer votre accès"),
        "{}",
        reply.words()
    );
    assert!(!is_in(&mut browser));
    towns.apply(vec![Body::ConfirmAfterLoss {
        kind: Withdrawn::Guardian,
        subject: CLAIRE.0.into(),
    }]);
    assert_eq!(
        log_in(&mut browser, LOGIN_OF_CLAIRE, PASSWORD).status,
        StatusCode::SEE_OTHER
    );
}
