//! A family that is not known asks to be.

use axum::http::StatusCode;
use shared::codec::decode;
use shared::operation::{LetterKind, PortalRecord, RegistrationRecord};

use super::ground::{LOGIN_OF_CLAIRE, Towns, at};
use crate::web::browser::{Browser, Reply};

const PATH: &str = "/ville/inscription";

fn open(towns: &Towns) {
    towns.set_up(PortalRecord {
        registration: true,
        ..PortalRecord::default()
    });
}

fn asked(email: &str) -> Vec<(&str, &str)> {
    vec![
        ("prenom", "Jeanne"),
        ("nom", "Neuve"),
        ("email", email),
        ("telephone", "06 39 98 55 44"),
        ("enfants", "1"),
        ("enfant1_prenom", "Ugo"),
        ("enfant1_nom", "Neuve"),
        ("enfant1_ne", "2019-03-02"),
        ("enfant1_ecole", "Jaurès"),
        ("message", "Nous arrivons en janvier."),
    ]
}

fn send(browser: &mut Browser, fields: &[(&str, &str)]) -> Reply {
    let token = browser.get(PATH).token();
    let all: Vec<_> = fields
        .iter()
        .copied()
        .chain([("jeton", token.as_str())])
        .collect();
    browser.post(PATH, &all)
}

fn registrations(towns: &Towns) -> Vec<RegistrationRecord> {
    let commune = towns.commune(at("12:00"));
    let sql = "select encoded from registration order by at, id";
    let rows = commune.store.read(|tx| tx.query(sql, &[])).unwrap();
    rows.iter()
        .map(|row| decode(&row.bytes(0).unwrap()).unwrap())
        .collect()
}

#[test]
fn there_is_no_such_page_where_the_town_does_not_want_it() {
    let towns = Towns::new();
    let before = towns.head();
    let mut browser = towns.browser(at("12:00"));
    assert_eq!(browser.get(PATH).status, StatusCode::NOT_FOUND);
    assert_eq!(
        browser.post(PATH, &asked("jeanne@neuve.example")).status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(towns.head(), before);
}

#[test]
fn a_family_asks_and_gets_a_letter() {
    let towns = Towns::new();
    open(&towns);
    let reply = send(&mut towns.browser(at("12:00")), &asked("jeanne@neuve.example"));
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.words().contains("Demande reçue"));
    let all = registrations(&towns);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].last_name, "Neuve");
    assert_eq!(all[0].phone.as_deref(), Some("06 39 98 55 44"));
    assert_eq!(all[0].children[0].first_name, "Ugo");
    assert_eq!(all[0].children[0].born.to_string(), "2019-03-02");
    let commune = towns.commune(at("12:00"));
    let sql = "select kind, address from letter";
    let letters = commune.store.read(|tx| tx.query(sql, &[])).unwrap();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].text(0).unwrap(), LetterKind::Registered.as_str());
    assert_eq!(letters[0].text(1).unwrap(), "jeanne@neuve.example");
}

#[test]
fn the_answer_is_the_same_whoever_is_known() {
    let towns = Towns::new();
    open(&towns);
    let unknown = send(&mut towns.browser(at("12:00")), &asked("jeanne@neuve.example"));
    let known = send(&mut towns.browser(at("12:00")), &asked(LOGIN_OF_CLAIRE));
    assert_eq!((unknown.status, unknown.text), (known.status, known.text));
}

#[test]
fn what_is_wrong_is_said_and_what_was_typed_stays() {
    let towns = Towns::new();
    open(&towns);
    let before = towns.head();
    let mut browser = towns.browser(at("12:00"));
    for (name, value) in [
        ("prenom", ""),
        ("nom", ""),
        ("email", "jeanne"),
        ("telephone", "12"),
        ("enfant1_prenom", ""),
        ("enfant1_nom", ""),
        ("enfant1_ne", ""),
        ("enfant1_ne", "2035-01-01"),
        ("message", &"mot ".repeat(600)),
    ] {
        let mut fields = asked("jeanne@neuve.example");
        for field in &mut fields {
            if field.0 == name {
                field.1 = value;
            }
        }
        let reply = send(&mut browser, &fields);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} = {value}");
        assert!(
            reply.text.contains("Nous arrivons en janvier.") || name == "message",
            "{name}"
        );
        assert!(reply.text.contains("role=\"alert\""), "{name}");
    }
    assert_eq!(towns.head(), before);
    let reply = browser.post(PATH, &asked("jeanne@neuve.example"));
    assert_eq!(reply.status, StatusCode::FORBIDDEN, "a form without its token");
    assert_eq!(towns.head(), before);
}

#[test]
fn another_child_is_added_without_a_script() {
    let towns = Towns::new();
    open(&towns);
    let before = towns.head();
    let mut browser = towns.browser(at("12:00"));
    let mut fields = asked("jeanne@neuve.example");
    fields.push(("ajouter", "enfant"));
    let reply = send(&mut browser, &fields);
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.text.contains("name=\"enfant2_prenom\"") && reply.text.contains("value=\"Ugo\""));
    assert_eq!(towns.head(), before);
    let mut fields = asked("jeanne@neuve.example");
    fields.retain(|(name, _)| *name != "enfants");
    fields.extend([
        ("enfants", "2"),
        ("enfant2_prenom", "Ana"),
        ("enfant2_nom", "Neuve"),
        ("enfant2_ne", "02/04/2021"),
    ]);
    assert_eq!(send(&mut browser, &fields).status, StatusCode::OK);
    let names: Vec<_> = registrations(&towns)[0]
        .children
        .iter()
        .map(|child| child.first_name.clone())
        .collect();
    assert_eq!(names, ["Ugo", "Ana"]);
    fields.retain(|(name, _)| *name != "enfants");
    fields.push(("enfants", "9999"));
    let reply = send(&mut browser, &fields);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        !reply.text.contains("enfant9_"),
        "no more fields than a form has room for"
    );
}

#[test]
fn no_mailbox_is_filled_and_no_desk_is_flooded() {
    let towns = Towns::new();
    open(&towns);
    let mut browser = towns.browser(at("12:00"));
    let statuses: Vec<_> = (0..4)
        .map(|_| send(&mut browser, &asked("jeanne@neuve.example")).status)
        .collect();
    let (taken, refused) = (StatusCode::OK, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(statuses, [taken, taken, taken, refused]);
    assert_eq!(registrations(&towns).len(), 3);
    let reply = send(&mut browser, &asked("JEANNE@neuve.example"));
    assert_eq!(reply.status, refused, "in whichever letters");
    assert!(reply.text.contains("value=\"Jeanne\""));
    assert_eq!(send(&mut browser, &asked("autre@neuve.example")).status, taken);
}
