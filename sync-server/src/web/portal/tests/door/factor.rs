//! Rita wants a code besides her password.

use axum::http::StatusCode;

use super::super::ground::{LOGIN_OF_RITA, PASSWORD, RITA, Towns, at};
use super::{INSIDE, from, guessed, is_in, log_in};
use crate::web::browser::{Browser, Reply};
use crate::web::portal::door::code_of_now;

const SET_UP: &str = "/ville/compte/double-authentification";
const VERIFY: &str = "/ville/verification";

/// What the app on her telephone shows.
fn app(secret: &str, time: &str) -> String {
    code_of_now(secret, at(time))
}

fn hidden(reply: &Reply, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let after = reply.text.split(&mark).nth(1).expect("a hidden field");
    after.split('"').next().unwrap().to_owned()
}

fn wish(browser: &mut Browser, wish: &str, more: &[(&str, &str)]) -> Reply {
    let token = browser.get(SET_UP).token();
    let mut fields = vec![("souhait", wish), ("jeton", token.as_str())];
    fields.extend(more);
    browser.post(SET_UP, &fields)
}

/// Sets it up at noon; answers the secret and the codes for a lost telephone.
fn set_up(towns: &Towns) -> (String, Vec<String>) {
    let mut browser = towns.family(RITA, at("12:00"));
    let secret = hidden(&browser.get(SET_UP), "secret");
    let code = app(&secret, "12:00");
    let fields = [("secret", secret.as_str()), ("code", &code), ("actuel", PASSWORD)];
    let reply = wish(&mut browser, "activer", &fields);
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.words());
    let codes: Vec<String> = reply
        .text
        .split("<code>")
        .skip(1)
        .map(|after| after.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(codes.len(), 8);
    (secret, codes)
}

fn verify(browser: &mut Browser, code: &str) -> Reply {
    let token = browser.get(VERIFY).token();
    browser.post(VERIFY, &[("code", code), ("jeton", &token)])
}

#[test]
fn it_is_set_up_with_the_password_and_a_code_and_not_otherwise() {
    let towns = Towns::new();
    let before = towns.head();
    let mut browser = towns.family(RITA, at("12:00"));
    let page = browser.get(SET_UP);
    let secret = hidden(&page, "secret");
    assert!(page.text.contains("door-qr") && page.text.contains("otpauth:"));
    let right = app(&secret, "12:00");
    for (code, password, said) in [
        ("000000", PASSWORD, "pas celui de maintenant"),
        (
            right.as_str(),
            "pas le bon mot de passe",
            "pas votre mot de passe actuel",
        ),
        (right.as_str(), "", "Saisissez votre mot de passe actuel"),
    ] {
        let fields = [("secret", secret.as_str()), ("code", code), ("actuel", password)];
        let reply = wish(&mut browser, "activer", &fields);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(reply.words().contains(said), "{said}: {}", reply.words());
        assert_eq!(hidden(&reply, "secret"), secret, "the app that was set up stays");
    }
    assert_eq!(towns.head(), before);
    let (_, codes) = set_up(&towns);
    let again = wish(
        &mut browser,
        "activer",
        &[("secret", &secret), ("actuel", PASSWORD)],
    );
    assert_eq!(
        again.header("location"),
        "/ville/compte/double-authentification?fait=deja",
        "sent twice"
    );
    let page = browser.get(SET_UP);
    assert!(page.words().contains("8 codes de secours"), "{}", page.words());
    assert!(codes.iter().all(|code| !page.text.contains(code)), "shown once");
}

#[test]
fn the_password_alone_opens_one_page_and_no_code_is_taken_twice() {
    let towns = Towns::new();
    let (secret, _) = set_up(&towns);
    let mut browser = towns.browser(at("12:05"));
    let reply = log_in(&mut browser, LOGIN_OF_RITA, PASSWORD);
    assert_eq!(reply.header("location"), VERIFY);
    assert_eq!(browser.get(INSIDE).header("location"), VERIFY);
    let owed = browser.cookies["famille-ville"].clone();
    let code = app(&secret, "12:05");
    let reply = verify(&mut browser, &code);
    assert_eq!(reply.header("location"), "/ville/", "{}", reply.words());
    assert!(is_in(&mut browser));
    assert_ne!(browser.cookies["famille-ville"], owed, "another cookie");

    let mut thief = towns.browser(at("12:05"));
    log_in(&mut thief, LOGIN_OF_RITA, PASSWORD);
    let reply = verify(&mut thief, &code);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.words().contains("déjà servi"), "{}", reply.words());
    assert!(!is_in(&mut thief));
}

#[test]
fn a_code_for_a_lost_telephone_is_good_once() {
    let towns = Towns::new();
    let (_, codes) = set_up(&towns);
    for (typed, passes) in [
        (codes[0].to_lowercase(), true),
        (codes[0].clone(), false),
        (codes[1].clone(), true),
    ] {
        let mut browser = towns.browser(at("12:05"));
        log_in(&mut browser, LOGIN_OF_RITA, PASSWORD);
        verify(&mut browser, &typed);
        assert_eq!(is_in(&mut browser), passes, "{typed}");
    }
    let mut browser = towns.family(RITA, at("12:06"));
    assert!(browser.get(SET_UP).words().contains("6 codes de secours"));
    let renewed = wish(&mut browser, "codes", &[("actuel", PASSWORD)]);
    assert_eq!(renewed.status, StatusCode::OK);
    let mut old = towns.browser(at("12:07"));
    log_in(&mut old, LOGIN_OF_RITA, PASSWORD);
    verify(&mut old, &codes[2]);
    assert!(!is_in(&mut old), "those of before are void");
}

#[test]
fn codes_are_not_guessed() {
    let towns = Towns::new();
    set_up(&towns);
    let mut browser = from(&towns, "203.0.113.9", at("12:05"));
    log_in(&mut browser, LOGIN_OF_RITA, PASSWORD);
    let statuses: Vec<_> = (0..7)
        .map(|n| verify(&mut browser, &format!("00000{n}")).status)
        .collect();
    assert_eq!(statuses[4], StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(statuses[5..], [StatusCode::TOO_MANY_REQUESTS; 2]);
    assert_eq!(
        guessed(&towns),
        [("second_factor".to_owned(), 6, "203.0.113.0/24".to_owned())]
    );
}

#[test]
fn a_reset_by_mail_does_not_get_past_it() {
    let towns = Towns::new();
    set_up(&towns);
    let mut browser = towns.browser(at("12:05"));
    let token = browser.get("/ville/mot-de-passe").token();
    browser.post(
        "/ville/mot-de-passe",
        &[("adresse", LOGIN_OF_RITA), ("jeton", &token)],
    );
    let path = super::letters(&towns)[0].2.clone().unwrap();
    let token = browser.get(&path).token();
    let new = "un préau sous la pluie";
    let fields = [("mot_de_passe", new), ("encore", new), ("jeton", &token)];
    assert_eq!(browser.post(&path, &fields).header("location"), VERIFY);
    assert!(!is_in(&mut browser));
}

#[test]
fn it_is_given_up_with_the_password() {
    let towns = Towns::new();
    set_up(&towns);
    let mut browser = towns.family(RITA, at("12:05"));
    let reply = wish(&mut browser, "retirer", &[("actuel", "non")]);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reply = wish(&mut browser, "retirer", &[("actuel", PASSWORD)]);
    assert_eq!(
        reply.header("location"),
        "/ville/compte/double-authentification?fait=facteur-retire"
    );
    let mut other = towns.browser(at("12:06"));
    assert_eq!(
        log_in(&mut other, LOGIN_OF_RITA, PASSWORD).header("location"),
        "/ville/"
    );
}
