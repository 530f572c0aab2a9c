//! What somebody who is in changes of what opens the account.

use axum::http::StatusCode;

use super::super::ground::{CLAIRE, LOGIN_OF_CLAIRE, PASSWORD, PAUL, Towns, at};
use super::{INSIDE, is_in, log_in};
use crate::web::browser::{Browser, Reply};

const CHANGE: &str = "/ville/compte/mot-de-passe";
const NEW: &str = "un préau sous la pluie";

fn change(browser: &mut Browser, current: &str, new: &str, again: &str) -> Reply {
    let token = browser.get(CHANGE).token();
    let fields = [
        ("actuel", current),
        ("mot_de_passe", new),
        ("encore", again),
        ("jeton", &token),
    ];
    browser.post(CHANGE, &fields)
}

#[test]
fn the_password_changes_for_whoever_knows_it_and_other_devices_are_out() {
    let towns = Towns::new();
    let mut browser = towns.family(CLAIRE, at("12:00"));
    let mut other = towns.family(CLAIRE, at("12:00"));
    let before = towns.head();
    for (current, new, again, said) in [
        ("", NEW, NEW, "Saisissez votre mot de passe actuel"),
        ("non", NEW, NEW, "pas votre mot de passe actuel"),
        (PASSWORD, "court", "court", "trop court"),
        (PASSWORD, NEW, "autre chose", "différents"),
    ] {
        let reply = change(&mut browser, current, new, again);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(reply.words().contains(said), "{said}: {}", reply.words());
        assert!(!reply.text.contains(NEW) && !reply.text.contains(PASSWORD));
    }
    assert_eq!(towns.head(), before);
    let cookie = browser.cookies["famille-ville"].clone();
    let reply = change(&mut browser, PASSWORD, NEW, NEW);
    assert_eq!(reply.header("location"), "/ville/compte?fait=mot-de-passe");
    assert!(is_in(&mut browser) && !is_in(&mut other));
    assert_ne!(browser.cookies["famille-ville"], cookie);
    let mut later = towns.browser(at("12:00"));
    assert_eq!(
        log_in(&mut later, LOGIN_OF_CLAIRE, NEW).status,
        StatusCode::SEE_OTHER
    );
}

#[test]
fn a_telephone_that_lies_about_open_is_not_guessed_at() {
    let towns = Towns::new();
    let mut browser = towns.family(CLAIRE, at("12:00"));
    let statuses: Vec<_> = (0..7)
        .map(|_| change(&mut browser, "non", NEW, NEW).status)
        .collect();
    assert_eq!(statuses[4], StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(statuses[5..], [StatusCode::TOO_MANY_REQUESTS; 2]);
    assert_eq!(
        change(&mut browser, PASSWORD, NEW, NEW).status,
        StatusCode::TOO_MANY_REQUESTS
    );
}

#[test]
fn sessions_are_listed_and_closed_and_never_those_of_others() {
    let towns = Towns::new();
    let mut browser = towns.family(CLAIRE, at("12:00"));
    let mut other = towns.family(CLAIRE, at("12:00"));
    let mut paul = towns.family(PAUL, at("12:00"));
    let page = browser.get(INSIDE);
    let ids: Vec<String> = page
        .text
        .split("name=\"session\" value=\"")
        .skip(1)
        .map(|after| after.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 1, "the other one; this one ends by logging out");
    assert!(page.words().contains("Cet appareil"));
    let token = paul.get(INSIDE).token();
    paul.post(INSIDE, &[("session", &ids[0]), ("jeton", &token)]);
    assert!(is_in(&mut other), "Paul closes nothing of Claire's");
    let reply = browser.post(INSIDE, &[("session", &ids[0]), ("jeton", &page.token())]);
    assert_eq!(
        reply.header("location"),
        "/ville/compte/sessions?fait=session-fermee"
    );
    assert!(!is_in(&mut other) && is_in(&mut browser) && is_in(&mut paul));

    let mut third = towns.family(CLAIRE, at("12:00"));
    browser.post(INSIDE, &[("toutes", "1"), ("jeton", &page.token())]);
    assert!(!is_in(&mut third) && is_in(&mut browser) && is_in(&mut paul));
}
