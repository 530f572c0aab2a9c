//! Addresses that lead nowhere, what every answer carries, and what was kept aside.

use axum::http::StatusCode;
use chrono::Datelike;
use shared::codec::Blob;
use shared::ids::DeviceId;
use shared::operation::Body;
use shared::sign::sha256;
use uuid::Uuid;

use super::town::{DAY, JAURES, Town, apply, at};

#[test]
fn what_does_not_exist_is_said_in_french() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    for path in [
        "/autre/gestion",
        "/autre/gestion/connexion",
        "/Pas-Un-Nom/gestion/jour",
    ] {
        let reply = desk.get(path);
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        assert!(
            reply
                .words()
                .contains("Cette collectivité n’est pas sur ce serveur"),
            "{path}"
        );
    }
    for path in [
        "/ville/gestion/rien",
        "/ville/gestion/jour/rien",
        "/ville/gestion/jour?site=inconnu",
        "/ville/gestion/jour?site=jaures&date=demain",
        "/ville/gestion/jour?site=jaures&date=9999-12-31",
        "/ville/gestion/jour?site=jaures&activite=inconnue",
    ] {
        let reply = desk.get(path);
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            reply.words().contains("Page introuvable") && reply.text.contains("href=\"/ville/gestion\""),
            "{path}"
        );
    }
    let reply = desk.get("/ville/gestion/deconnexion");
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(reply.words().contains("Repartez de l’accueil"));
}

#[test]
fn every_page_is_guarded() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    for path in [
        "/ville/gestion",
        DAY,
        "/ville/gestion/connexion",
        "/ville/gestion/rien",
        "/autre/gestion",
    ] {
        let reply = desk.get(path);
        let policy = reply.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("referrer-policy"), "same-origin");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert!(
            !reply.text.contains(" style=") && !reply.text.contains(" onclick="),
            "{path}"
        );
    }
}

#[test]
fn files_are_sent_once() {
    let town = Town::founded();
    let mut browser = town.browser(at("12:00"));
    for (name, kind) in [
        ("base.css", "text/css; charset=utf-8"),
        ("desk.css", "text/css; charset=utf-8"),
        ("desk.js", "text/javascript; charset=utf-8"),
        ("roof.svg", "image/svg+xml"),
    ] {
        let path = format!("/static/{name}");
        let reply = browser.get(&path);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (StatusCode::OK, kind)
        );
        let tag = reply.header("etag").to_owned();
        let again = browser.send("GET", &path, String::new(), &[("if-none-match", &tag)]);
        assert_eq!((again.status, again.text.len()), (StatusCode::NOT_MODIFIED, 0));
        let other = browser.send("GET", &path, String::new(), &[("if-none-match", "\"autre\"")]);
        assert_eq!(other.status, StatusCode::OK);
    }
    assert_eq!(browser.get("/static/rien.css").status, StatusCode::NOT_FOUND);
}

#[test]
fn what_was_kept_aside_is_shown_with_what_to_do() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:30"));
    assert!(!desk.get("/ville/gestion").words().contains("mis de côté"));
    assert!(
        desk.get("/ville/gestion/quarantaine")
            .words()
            .contains("Rien n’a été mis de côté")
    );
    let payload = vec![7; 1_234];
    let body = Body::Quarantine {
        device: DeviceId(Uuid::from_u128(0xd_00d)),
        site: JAURES,
        date: at("12:00").date_in(chrono_tz::Europe::Paris).num_days_from_ce(),
        reason: "damaged".into(),
        hash: sha256(&[&payload]),
        payload: Blob(payload),
    };
    apply(&town.commune(at("12:10")), vec![body]);
    assert!(
        desk.get("/ville/gestion")
            .words()
            .contains("Un envoi de tablette a été mis de côté")
    );
    let words = desk.get("/ville/gestion/quarantaine").words();
    for said in [
        "lundi 23 novembre, 12\u{a0}h\u{a0}10",
        "Tablette …00d00d",
        "École Jaurès",
        "abîmé",
        "1,2\u{a0}Ko",
        "Que faire",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
}

#[test]
fn a_role_that_may_not_see_what_was_kept_aside_is_told() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let reader = shared::operation::AgentRecord {
        sites: Vec::new(),
        id: super::town::ROCHE,
        email: super::town::EMAIL.into(),
        name: "Mme Roche".into(),
        role: shared::operation::Role::Lecture,
    };
    town.change_agent(reader);
    assert_eq!(desk.get("/ville/gestion").status, StatusCode::OK);
    let reply = desk.get("/ville/gestion/quarantaine");
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.words().contains("Votre rôle"));
}
