//! A new agent chooses a password.

use axum::http::StatusCode;
use shared::codec::{Blob, encode};
use shared::operation::Body;
use shared::withdrawal::{Withdrawal, Withdrawn};

use super::browser::{Browser, Reply};
use super::town::{EMAIL, PASSWORD, ROCHE, Town, apply, at, nobodys_link};

const NEW: &str = "un préau sous la pluie";

fn address(link: &str) -> String {
    format!("/ville/gestion/activer/{link}")
}

fn choose(browser: &mut Browser, link: &str, password: &str, again: &str) -> Reply {
    let token = browser.get(&address(link)).token();
    let fields = [("mot_de_passe", password), ("encore", again), ("jeton", &token)];
    browser.post(&address(link), &fields)
}

#[test]
fn a_link_sets_a_password_once() {
    let town = Town::founded();
    let mut old = town.desk(at("12:00"));
    let link = town.link(at("18:00"));
    let mut browser = town.browser(at("12:00"));
    let page = browser.get(&address(&link));
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.words().contains(EMAIL) && page.words().contains("12 caractères"));

    // Two people open it; the second one sends too late.
    let mut late = town.browser(at("12:00"));
    let token = late.get(&address(&link)).token();

    let reply = choose(&mut browser, &link, NEW, NEW);
    assert_eq!(
        (reply.status, reply.header("location")),
        (StatusCode::SEE_OTHER, "/ville/gestion/connexion?active=1")
    );
    assert!(
        browser
            .get(reply.header("location"))
            .words()
            .contains("Mot de passe enregistré")
    );
    assert_eq!(
        old.get("/ville/gestion").status,
        StatusCode::SEE_OTHER,
        "what the old password opened is closed"
    );
    assert_eq!(
        browser.log_in(EMAIL, PASSWORD).status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(browser.log_in(EMAIL, NEW).status, StatusCode::SEE_OTHER);

    let before = town.head();
    let other = "un autre mot de passe";
    let reply = late.post(
        &address(&link),
        &[("mot_de_passe", other), ("encore", other), ("jeton", &token)],
    );
    assert_eq!(reply.status, StatusCode::GONE);
    assert!(reply.words().contains("déjà été choisi"));
    assert_eq!(late.get(&address(&link)).status, StatusCode::GONE);
    assert_eq!(town.head(), before);
}

#[test]
fn a_password_that_does_not_do_is_asked_for_again() {
    let town = Town::founded();
    let link = town.link(at("18:00"));
    let before = town.head();
    let mut browser = town.browser(at("12:00"));
    for (password, again, said) in [
        ("onze lettre", "onze lettre", "trop court"),
        (NEW, "un préau sous la pluie ", "sont différents"),
        (&"long".repeat(51)[..], "", "trop long"),
    ] {
        let reply = choose(&mut browser, &link, password, again);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.words().contains(said), "{}", reply.words());
        assert!(!reply.text.contains(NEW));
    }
    assert_eq!(town.head(), before);
    assert_eq!(
        choose(&mut browser, &link, "douze lettre", "douze lettre").status,
        StatusCode::SEE_OTHER
    );
}

#[test]
fn links_that_are_not_good_say_so() {
    let town = Town::founded();
    let before = town.head();
    let mut browser = town.browser(at("12:00"));
    for link in [nobodys_link(), "court".into(), "%C3%A9".into()] {
        let reply = browser.get(&address(&link));
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        assert!(reply.words().contains("demandez-en un autre"));
    }
    let expired = town.link(at("12:00"));
    let reply = browser.get(&address(&expired));
    assert_eq!(reply.status, StatusCode::GONE);
    assert!(reply.words().contains("sept jours"));
    let reply = browser.post(&address(&expired), &[("mot_de_passe", NEW), ("encore", NEW)]);
    assert_eq!(reply.status, StatusCode::GONE);
    assert_eq!(town.head(), before + 1, "the link itself");
}

#[test]
fn a_form_without_its_token_sets_nothing() {
    let town = Town::founded();
    let link = town.link(at("18:00"));
    let before = town.head();
    let reply = town
        .browser(at("12:00"))
        .post(&address(&link), &[("mot_de_passe", NEW), ("encore", NEW)]);
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert_eq!(town.head(), before);
}

#[test]
fn a_withdrawn_agent_gets_no_password() {
    let town = Town::founded();
    let link = town.link(at("18:00"));
    let commune = town.commune(at("12:00"));
    let withdrawal = Withdrawal::sign(Withdrawn::Agent, ROCHE.0, at("12:00"), &commune.keys.signing);
    apply(
        &commune,
        vec![Body::Withdraw {
            withdrawal: Blob(encode(&withdrawal)),
        }],
    );
    let reply = town.browser(at("12:00")).get(&address(&link));
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.words().contains("Compte retiré"));
}
