//! Emma opens the link that was mailed to her.

use axum::http::StatusCode;
use shared::operation::{Actor, Body, Channel, LinkPurpose};
use shared::sign::sha256;
use shared::time::UtcMs;
use shared::withdrawal::{Withdrawal, Withdrawn};

use super::super::ground::{EMAIL_OF_EMMA, EMMA, LOGIN_OF_PAUL, PASSWORD, PAUL, Towns, at, nobodys_link};
use super::{INSIDE, is_in, log_in};
use crate::web::browser::{Browser, Reply};

const NEW: &str = "un préau sous la pluie";

/// A link of the town hall's, as it stands in an address.
pub(super) fn link(
    towns: &Towns,
    guardian: shared::ids::GuardianId,
    purpose: LinkPurpose,
    address: &str,
    expires_at: UtcMs,
) -> String {
    let token = sha256(&[
        guardian.as_bytes(),
        purpose.as_str().as_bytes(),
        address.as_bytes(),
    ])
    .0;
    towns.apply(vec![Body::IssueGuardianLink {
        guardian,
        token: sha256(&[&token]),
        purpose,
        address: address.into(),
        expires_at,
        pair: None,
    }]);
    data_encoding::BASE64URL_NOPAD.encode(&token)
}

fn activate(browser: &mut Browser, token: &str, login: &str, password: &str) -> Reply {
    let path = format!("/ville/activer/{token}");
    let page = browser.get(&path);
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let fields = [
        ("identifiant", login),
        ("mot_de_passe", password),
        ("encore", password),
        ("jeton", &page.token()),
    ];
    browser.post(&path, &fields)
}

fn email_of(towns: &Towns, guardian: shared::ids::GuardianId) -> String {
    let commune = towns.commune(at("12:00"));
    let sql = "select email from guardian where id = ?1";
    let row = commune
        .store
        .read(|tx| tx.first(sql, &[guardian.into()]))
        .unwrap();
    row.unwrap().text(0).unwrap()
}

#[test]
fn she_chooses_a_password_and_is_in_at_once() {
    let towns = Towns::new();
    let token = link(&towns, EMMA, LinkPurpose::Activate, EMAIL_OF_EMMA, at("18:00"));
    let mut browser = towns.browser(at("12:00"));
    let path = format!("/ville/activer/{token}");
    for _ in 0..3 {
        // Mail programs open links by themselves.
        assert_eq!(towns.browser(at("12:00")).get(&path).status, StatusCode::OK);
    }
    let page = browser.get(&path);
    assert!(page.text.contains(&format!("value=\"{EMAIL_OF_EMMA}\"")));
    let reply = activate(&mut browser, &token, EMAIL_OF_EMMA, NEW);
    assert_eq!(
        (reply.status, reply.header("location")),
        (StatusCode::SEE_OTHER, "/ville/?fait=bienvenue"),
        "{}",
        reply.text
    );
    assert!(browser.get(INSIDE).words().contains("Emma Petit"));

    let again = browser.get(&path);
    assert_eq!(again.status, StatusCode::GONE);
    assert!(again.words().contains("déjà servi") && again.text.contains("href=\"/ville/connexion\""));
    let fields = [("mot_de_passe", NEW), ("encore", NEW), ("jeton", &page.token())];
    assert_eq!(browser.post(&path, &fields).status, StatusCode::GONE);
    let mut later = towns.browser(at("12:00"));
    assert_eq!(
        log_in(&mut later, EMAIL_OF_EMMA, NEW).status,
        StatusCode::SEE_OTHER
    );
}

#[test]
fn an_address_that_two_share_is_one_login_and_the_other_is_asked_for_another() {
    let towns = Towns::new();
    let token = link(&towns, EMMA, LinkPurpose::Activate, LOGIN_OF_PAUL, at("18:00"));
    let mut browser = towns.browser(at("12:00"));
    let reply = activate(&mut browser, &token, LOGIN_OF_PAUL, NEW);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = reply.words();
    assert!(
        words.contains("déjà pris") && !words.contains("Paul Petit"),
        "{words}"
    );
    assert!(!is_in(&mut browser));
    let reply = activate(&mut browser, &token, "Emma.Petit", NEW);
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(email_of(&towns, EMMA), LOGIN_OF_PAUL, "where its link was opened");
    let mut other = towns.browser(at("12:00"));
    assert_eq!(
        log_in(&mut other, "emma.petit", NEW).status,
        StatusCode::SEE_OTHER
    );
    let mut third = towns.browser(at("12:00"));
    assert_eq!(
        log_in(&mut third, LOGIN_OF_PAUL, PASSWORD).status,
        StatusCode::SEE_OTHER
    );
}

#[test]
fn what_does_not_do_is_told_and_no_password_goes_back_on_the_page() {
    let towns = Towns::new();
    let token = link(&towns, EMMA, LinkPurpose::Activate, EMAIL_OF_EMMA, at("18:00"));
    let before = towns.head();
    let mut browser = towns.browser(at("12:00"));
    for (login, password, said) in [
        ("emma petit", NEW, "sans espace"),
        ("", NEW, "Choisissez un identifiant"),
        ("ep", NEW, "au moins trois"),
        (EMAIL_OF_EMMA, "onze lettre", "trop court"),
        (EMAIL_OF_EMMA, "aaaaaaaaaaaaaaaa", "trop facile"),
        (EMAIL_OF_EMMA, EMAIL_OF_EMMA, "trop facile"),
    ] {
        let reply = activate(&mut browser, &token, login, password);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(reply.words().contains(said), "{said}: {}", reply.words());
        if password == NEW {
            assert!(!reply.text.contains(NEW));
        }
    }
    assert_eq!(towns.head(), before);
}

#[test]
fn links_that_are_not_good_say_so_and_give_nothing_away() {
    let towns = Towns::new();
    let mut browser = towns.browser(at("12:00"));
    for wrong in [nobodys_link(), "court".into(), "%C3%A9".into()] {
        let reply = browser.get(&format!("/ville/activer/{wrong}"));
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let expired = link(&towns, EMMA, LinkPurpose::Activate, EMAIL_OF_EMMA, at("12:00"));
    let reply = browser.get(&format!("/ville/activer/{expired}"));
    assert_eq!(reply.status, StatusCode::GONE);
    assert!(reply.text.contains("href=\"/ville/mot-de-passe\""));

    let replaced = link(
        &towns,
        EMMA,
        LinkPurpose::Activate,
        "un@famille.example",
        at("18:00"),
    );
    let newest = link(
        &towns,
        EMMA,
        LinkPurpose::Activate,
        "deux@famille.example",
        at("18:00"),
    );
    let status = |browser: &mut Browser, token: &str| browser.get(&format!("/ville/activer/{token}")).status;
    assert_eq!(status(&mut browser, &replaced), StatusCode::GONE);
    assert_eq!(status(&mut browser, &newest), StatusCode::OK);

    let reset = link(&towns, PAUL, LinkPurpose::Reset, LOGIN_OF_PAUL, at("18:00"));
    assert_eq!(
        status(&mut browser, &reset),
        StatusCode::NOT_FOUND,
        "a link is for one thing"
    );
}

#[test]
fn a_withdrawn_guardian_gets_no_further() {
    let towns = Towns::new();
    let token = link(&towns, EMMA, LinkPurpose::Activate, EMAIL_OF_EMMA, at("18:00"));
    let commune = towns.commune(at("12:00"));
    let withdrawal = Withdrawal::sign(Withdrawn::Guardian, EMMA.0, at("12:00"), &commune.keys.signing);
    let body = Body::Withdraw {
        withdrawal: shared::codec::Blob(shared::codec::encode(&withdrawal)),
    };
    let operation = commune.operation(Actor::Host, Channel::Command, body);
    commune.submit(operation).unwrap();
    let reply = towns.browser(at("12:00")).get(&format!("/ville/activer/{token}"));
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
}

#[test]
fn a_new_login_takes_effect_when_its_button_is_pressed_and_not_before() {
    let towns = Towns::new();
    let token = link(
        &towns,
        PAUL,
        LinkPurpose::Login,
        "paul@travail.example",
        at("18:00"),
    );
    let path = format!("/ville/adresse/{token}");
    let mut browser = towns.browser(at("12:00"));
    let page = browser.get(&path);
    assert!(page.words().contains("paul@travail.example"), "{}", page.words());
    assert_eq!(
        log_in(&mut towns.browser(at("12:00")), LOGIN_OF_PAUL, PASSWORD).status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(browser.post(&path, &[]).status, StatusCode::FORBIDDEN);
    let reply = browser.post(&path, &[("jeton", &page.token())]);
    assert_eq!(
        reply.header("location"),
        "/ville/connexion?fait=adresse-confirmee"
    );
    assert!(
        browser
            .get(reply.header("location"))
            .words()
            .contains("Adresse confirmée")
    );
    assert_eq!(
        log_in(&mut browser, "paul@travail.example", PASSWORD).status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(browser.get(&path).status, StatusCode::GONE);
    assert_eq!(email_of(&towns, PAUL), LOGIN_OF_PAUL, "two fields");
}

#[test]
fn a_contact_address_is_proved_and_a_login_that_is_taken_is_not_given_twice() {
    let towns = Towns::new();
    let contact = link(
        &towns,
        PAUL,
        LinkPurpose::Contact,
        "neuf@famille.example",
        at("18:00"),
    );
    let taken = link(
        &towns,
        PAUL,
        LinkPurpose::Login,
        super::super::ground::LOGIN_OF_CLAIRE,
        at("18:00"),
    );
    let mut browser = towns.browser(at("12:00"));
    let path = format!("/ville/adresse/{contact}");
    let token = browser.get(&path).token();
    assert_eq!(
        browser.post(&path, &[("jeton", &token)]).status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(email_of(&towns, PAUL), "neuf@famille.example");
    let path = format!("/ville/adresse/{taken}");
    let reply = browser.post(&path, &[("jeton", &token)]);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!reply.words().contains("Claire"), "{}", reply.words());
}
