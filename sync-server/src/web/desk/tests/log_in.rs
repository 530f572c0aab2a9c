//! Mme Roche logs in, and others try to.

use axum::http::StatusCode;
use shared::ids::AgentId;
use shared::operation::{AgentRecord, Body, Role};
use shared::withdrawal::{Withdrawal, Withdrawn};

use super::town::{DAY, EMAIL, PASSWORD, ROCHE, Town, apply, at};

const LOGIN: &str = "/ville/gestion/connexion";

#[test]
fn she_logs_in_sees_the_day_and_logs_out() {
    let town = Town::founded();
    let mut browser = town.browser(at("12:00"));
    let reply = browser.get("/ville/gestion");
    assert_eq!(
        (reply.status, reply.header("location")),
        (
            StatusCode::SEE_OTHER,
            "/ville/gestion/connexion?retour=%2Fville%2Fgestion"
        )
    );

    let before = town.head();
    let reply = browser.log_in(EMAIL, PASSWORD);
    assert_eq!(
        (reply.status, reply.header("location")),
        (StatusCode::SEE_OTHER, "/ville/gestion")
    );
    let cookie = reply.header("set-cookie");
    assert!(
        cookie.starts_with("preau-ville=") && cookie.ends_with("; Path=/ville/; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(town.head(), before + 1, "a log-in is record");

    let home = browser.get("/ville/gestion");
    assert!(
        home.words().contains("lundi 23 novembre") && home.words().contains("École Jaurès"),
        "{}",
        home.text
    );

    let secret = browser.cookies["preau-ville"].clone();
    let reply = browser.post("/ville/gestion/deconnexion", &[("jeton", &home.token())]);
    assert_eq!(
        (reply.status, reply.header("location")),
        (StatusCode::SEE_OTHER, LOGIN)
    );
    assert!(!browser.cookies.contains_key("preau-ville"));
    browser.cookies.insert("preau-ville".into(), secret);
    assert_eq!(
        browser.get(DAY).status,
        StatusCode::SEE_OTHER,
        "the old cookie opens nothing any more"
    );
}

#[test]
fn over_https_the_cookie_is_bound_to_the_host() {
    let town = Town::founded();
    let mut browser = town.browser(at("12:00"));
    browser.headers = vec![
        ("host", "preau.example".into()),
        ("x-forwarded-proto", "https".into()),
    ];
    let reply = browser.log_in(EMAIL, PASSWORD);
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with("__Host-preau-ville="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(browser.get("/ville/gestion").status, StatusCode::OK);
    browser.headers.pop();
    assert_eq!(
        browser.get("/ville/gestion").status,
        StatusCode::SEE_OTHER,
        "not without encryption"
    );
}

#[test]
fn over_a_network_in_clear_nobody_is_asked_for_a_password() {
    let town = Town::founded();
    let mut browser = town.browser(at("12:00"));
    let token = browser.get(LOGIN).token();
    browser.headers = vec![("host", "192.168.1.7:8080".into())];
    let page = browser.get(LOGIN);
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.words().contains("https") && !page.text.contains("mot_de_passe"));
    let fields = [("email", EMAIL), ("mot_de_passe", PASSWORD), ("jeton", &token)];
    let before = town.head();
    assert_eq!(browser.post(LOGIN, &fields).status, StatusCode::FORBIDDEN);
    assert_eq!(town.head(), before);
}

#[test]
fn the_form_comes_back_filled_in_with_the_error_beside_the_field() {
    let town = Town::founded();
    let mut browser = town.browser(at("12:00"));
    let reply = browser.log_in("", PASSWORD);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        reply.text.contains("aria-describedby=\"email-erreur\"")
            && reply.text.contains("id=\"email-erreur\"")
    );
    let reply = browser.log_in(EMAIL, "");
    assert!(reply.text.contains(EMAIL) && reply.text.contains("id=\"mot_de_passe-erreur\""));
    assert!(!reply.text.contains(PASSWORD));
}

#[test]
fn an_unknown_account_gets_the_same_words() {
    let town = Town::founded();
    let before = town.head();
    let mut browser = town.browser(at("12:00"));
    let known = browser.log_in(EMAIL, "pas le bon mot de passe");
    let unknown = browser.log_in("personne@mairie.example", "pas le bon mot de passe");
    assert_eq!(
        (known.status, unknown.status),
        (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY)
    );
    assert_eq!(known.words(), unknown.words());
    assert!(known.words().contains("ne vont pas ensemble"));
    assert_eq!(town.head(), before, "a failure is no record");
}

#[test]
fn the_sixth_failure_locks_the_account_for_a_quarter_of_an_hour() {
    let town = Town::founded();
    for email in [EMAIL, "personne@mairie.example"] {
        for attempt in 1..=6 {
            // Every attempt at another process: the count lies in the store.
            let reply = town.browser(at("12:00")).log_in(email, "pas le bon mot de passe");
            let locked = attempt == 6;
            let status = if locked {
                StatusCode::TOO_MANY_REQUESTS
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            assert_eq!(reply.status, status, "attempt {attempt}");
            assert_eq!(
                reply.words().contains("bloquée jusqu’à 12\u{a0}h\u{a0}16"),
                locked,
                "{}",
                reply.words()
            );
        }
    }
    let reply = town.browser(at("12:10")).log_in(EMAIL, PASSWORD);
    assert_eq!(
        reply.status,
        StatusCode::TOO_MANY_REQUESTS,
        "not even with the right password"
    );
    assert!(reply.header("retry-after").parse::<u64>().unwrap() <= 301);
    let reply = town.browser(at("12:20")).log_in("Roche@Mairie.example", PASSWORD);
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

#[test]
fn a_sign_that_no_store_keeps_is_no_fault_of_ours() {
    let town = Town::founded();
    let mut browser = town.browser(at("12:05"));
    let reply = browser.log_in("roche\0@mairie.example", PASSWORD);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
}

#[test]
fn a_success_clears_the_count() {
    let town = Town::founded();
    for _ in 0..3 {
        for _ in 0..5 {
            town.browser(at("12:00")).log_in(EMAIL, "pas le bon mot de passe");
        }
        town.desk(at("12:00"));
    }
}

#[test]
fn one_address_cannot_guess_at_a_hundred_accounts() {
    let town = Town::founded();
    let mut browser = town.browser(at("12:00"));
    browser
        .headers
        .push(("x-forwarded-for", "203.0.113.9, 198.51.100.4".into()));
    let mut locked_at = None;
    for n in 1..=61 {
        let reply = browser.log_in(&format!("agent{n}@mairie.example"), "essai");
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            locked_at = Some(n);
            break;
        }
    }
    assert_eq!(locked_at, Some(60));
    browser.headers.last_mut().unwrap().1 = "198.51.100.5".into();
    assert_eq!(
        browser.log_in(EMAIL, PASSWORD).status,
        StatusCode::SEE_OTHER,
        "others are not locked out"
    );
}

#[test]
fn a_session_ends_after_eight_idle_hours_and_after_a_day() {
    let town = Town::founded();
    let session = town.desk(at("08:00"));
    let opens = |hours: i64, path: &str| {
        let mut later = town.browser(at("08:00").plus_ms(hours * 3_600_000));
        later.cookies.clone_from(&session.cookies);
        later.get(path).status == StatusCode::OK
    };
    assert!(opens(7, "/ville/gestion"));
    assert!(opens(14, "/ville/gestion"), "seen at seven");
    assert!(opens(21, "/ville/gestion"));
    assert!(!opens(25, "/ville/gestion"), "a day is enough");

    let session = town.desk(at("08:00"));
    let mut later = town.browser(at("16:01"));
    later.cookies = session.cookies;
    assert_eq!(later.get("/ville/gestion").status, StatusCode::SEE_OTHER);
}

#[test]
fn a_board_that_refreshes_itself_does_not_keep_its_session_alive() {
    let town = Town::founded();
    let session = town.desk(at("08:00"));
    let mut later = town.browser(at("15:00"));
    later.cookies.clone_from(&session.cookies);
    assert_eq!(
        later
            .send("GET", DAY, String::new(), &[("x-fragment", "board")])
            .status,
        StatusCode::OK
    );
    let mut evening = town.browser(at("16:30"));
    evening.cookies = session.cookies;
    let reply = evening.send("GET", DAY, String::new(), &[("x-fragment", "board")]);
    assert_eq!(
        reply.status,
        StatusCode::UNAUTHORIZED,
        "a script is told, not led to a form"
    );
}

#[test]
fn a_withdrawn_agent_is_out_and_stays_out() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let commune = town.commune(at("12:00"));
    let withdrawal = Withdrawal::sign(Withdrawn::Agent, ROCHE.0, at("12:00"), &commune.keys.signing);
    let body = Body::Withdraw {
        withdrawal: shared::codec::Blob(shared::codec::encode(&withdrawal)),
    };
    apply(&commune, vec![body]);
    assert_eq!(desk.get("/ville/gestion").status, StatusCode::SEE_OTHER);
    let before = town.head();
    let reply = town.browser(at("12:00")).log_in(EMAIL, PASSWORD);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.words().contains("ne vont pas ensemble"));
    assert_eq!(town.head(), before);
}

#[test]
fn an_agent_without_a_password_cannot_log_in() {
    let town = Town::founded();
    let email = "neuf@mairie.example";
    let agent = AgentRecord {
        sites: Vec::new(),
        id: AgentId(uuid::Uuid::from_u128(0xe2)),
        email: email.into(),
        name: "M. Neuf".into(),
        role: Role::Lecture,
    };
    apply(&town.commune(at("12:00")), vec![Body::PutAgent { agent }]);
    assert_eq!(
        town.browser(at("12:00")).log_in(email, PASSWORD).status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[test]
fn logging_in_leads_back_to_the_page_asked_for_and_never_elsewhere() {
    let town = Town::founded();
    let mut browser = town.browser(at("12:00"));
    let asked = browser.get(DAY);
    let login = browser.get(asked.header("location"));
    assert!(
        login
            .text
            .contains("name=\"retour\" value=\"/ville/gestion/jour?site=jaures&amp;date"),
        "{}",
        login.text
    );
    for (back, leads_to) in [
        (DAY, DAY),
        ("//ailleurs.example/ville/gestion", "/ville/gestion"),
        ("https://a.example", "/ville/gestion"),
    ] {
        let mut browser = town.browser(at("12:00"));
        let token = browser.get(LOGIN).token();
        let fields = [
            ("email", EMAIL),
            ("mot_de_passe", PASSWORD),
            ("jeton", &token),
            ("retour", back),
        ];
        assert_eq!(browser.post(LOGIN, &fields).header("location"), leads_to);
    }
}
