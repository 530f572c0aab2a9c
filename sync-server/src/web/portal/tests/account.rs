//! Mon compte: contact, the copy of all data, the end.

use std::io::Read as _;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use shared::ids::AgentId;
use shared::operation::{Body as Asked, LetterKind, LinkPurpose, PortalRecord, Role};
use shared::sign::sha256;

use super::ground::{CLAIRE, DENIS, LOGIN_OF_CLAIRE, PAUL, Towns, agent, at};
use crate::store::Row;
use crate::web::browser::{Browser, Reply};

/// The form of a page, sent with the token that the page has.
fn send(browser: &mut Browser, page: &str, to: &str, fields: &[(&str, &str)]) -> Reply {
    let token = browser.get(page).token();
    let all: Vec<_> = fields
        .iter()
        .copied()
        .chain([("jeton", token.as_str())])
        .collect();
    browser.post(to, &all)
}

fn contact(towns: &Towns) -> (Option<String>, Option<String>) {
    let sql = include_str!("../../../record/guardian/account.sql");
    let commune = towns.commune(at("12:00"));
    let row = commune
        .store
        .read(|tx| tx.first(sql, &[CLAIRE.into()]))
        .unwrap()
        .unwrap();
    (row.opt(3, Row::text).unwrap(), row.opt(4, Row::text).unwrap())
}

/// Kinds and addresses of letters that were queued.
fn letters(towns: &Towns) -> Vec<(String, String)> {
    let commune = towns.commune(at("12:00"));
    let sql = "select kind, address from letter order by seq";
    let rows = commune.store.read(|tx| tx.query(sql, &[])).unwrap();
    rows.iter()
        .map(|row| (row.text(0).unwrap(), row.text(1).unwrap()))
        .collect()
}

#[test]
fn the_login_is_shown_and_has_no_field() {
    let towns = Towns::new();
    let page = towns.family(CLAIRE, at("12:00")).get("/ville/compte");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.words().contains(LOGIN_OF_CLAIRE) && page.words().contains("demandez à votre mairie"));
    assert!(!page.text.contains("<input type=\"text\"") && !page.text.contains("name=\"identifiant\""));
    assert!(!page.text.contains("compte/franceconnect"), "nobody offers it");
    for path in [
        "contact",
        "historique",
        "donnees",
        "supprimer",
        "mot-de-passe",
        "sessions",
        "notifications",
    ] {
        assert!(page.text.contains(&format!("/ville/compte/{path}")), "{path}");
    }
    let seen = towns
        .seen_as(agent(Role::Gestionnaire), CLAIRE, at("12:00"))
        .get("/ville/compte");
    assert!(seen.words().contains(LOGIN_OF_CLAIRE));
    for path in ["donnees", "supprimer", "mot-de-passe", "sessions"] {
        assert!(
            !seen.text.contains(&format!("/ville/compte/{path}")),
            "{path} is not an agent's"
        );
    }
}

#[test]
fn a_telephone_is_taken_at_once_and_a_wrong_one_not() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let before = towns.head();
    for wrong in ["12", "allô", "06 39 98 12 34 06 39 98 12 34 06 39"] {
        let reply = send(
            &mut claire,
            "/ville/compte/contact",
            "/ville/compte/contact",
            &[("telephone", wrong)],
        );
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(
            reply.text.contains(&format!("value=\"{wrong}\"")),
            "what was typed stays"
        );
    }
    assert_eq!(towns.head(), before);
    let right = [("telephone", "06 39 98 77 66")];
    let reply = send(
        &mut claire,
        "/ville/compte/contact",
        "/ville/compte/contact",
        &right,
    );
    assert_eq!(
        (reply.status, reply.header("location")),
        (StatusCode::SEE_OTHER, "/ville/compte/contact?fait=contact")
    );
    assert!(
        claire
            .get("/ville/compte/contact?fait=contact")
            .words()
            .contains("Téléphone enregistré")
    );
    assert_eq!(
        contact(&towns),
        (Some(LOGIN_OF_CLAIRE.into()), Some("06 39 98 77 66".into())),
        "the e-mail is as it was"
    );
    let reply = send(
        &mut claire,
        "/ville/compte/contact",
        "/ville/compte/contact",
        &[("telephone", "")],
    );
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(contact(&towns).1, None);
}

#[test]
fn a_new_address_is_taken_only_once_its_link_is_opened() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let page = "/ville/compte/contact";
    let to = "/ville/compte/contact/email";
    let before = towns.head();
    for wrong in ["", "claire", "claire@", "a@b.c, d@e.f", LOGIN_OF_CLAIRE] {
        let reply = send(&mut claire, page, to, &[("email", wrong)]);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(towns.head(), before);
    let reply = send(&mut claire, page, to, &[("email", "nouvelle@famille.example")]);
    assert_eq!(reply.header("location"), "/ville/compte/contact?fait=lettre");
    assert_eq!(
        contact(&towns).0.as_deref(),
        Some(LOGIN_OF_CLAIRE),
        "nothing changed yet"
    );
    let kind = LetterKind::Contact.as_str().to_owned();
    assert_eq!(letters(&towns), [(kind, "nouvelle@famille.example".to_owned())]);
    let commune = towns.commune(at("12:00"));
    let sql = "select purpose, address from guardian_link order by issued_at";
    let links = commune.store.read(|tx| tx.query(sql, &[])).unwrap();
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].text(0).unwrap(), LinkPurpose::Contact.as_str());
    assert_eq!(links[0].text(1).unwrap(), "nouvelle@famille.example");

    // Nobody fills a stranger's mailbox through us.
    let statuses: Vec<_> = (0..8)
        .map(|n| {
            let address = format!("victime{n}@ailleurs.example");
            send(&mut claire, page, to, &[("email", &address)]).status
        })
        .collect();
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
}

#[test]
fn a_link_of_a_new_address_is_worth_what_its_letter_says() {
    let towns = Towns::new();
    let token = [7; 32];
    let issue = Asked::IssueGuardianLink {
        guardian: CLAIRE,
        token: sha256(&[&token]),
        purpose: LinkPurpose::Contact,
        address: "nouvelle@famille.example".into(),
        expires_at: at("18:00"),
        pair: None,
    };
    let confirm = Asked::ConfirmAddress {
        guardian: CLAIRE,
        token: sha256(&[&token]),
    };
    towns.apply(vec![issue, confirm]);
    assert_eq!(contact(&towns).0.as_deref(), Some("nouvelle@famille.example"));
}

#[test]
fn the_account_ends_by_a_word_and_for_every_device() {
    let towns = Towns::new();
    let portal = PortalRecord {
        restore_days: 12,
        ..PortalRecord::default()
    };
    towns.set_up(portal);
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let mut other = towns.family(CLAIRE, at("12:00"));
    let mut paul = towns.family(PAUL, at("12:00"));
    let path = "/ville/compte/supprimer";
    let page = claire.get(path);
    assert!(page.words().contains("pendant 12 jours") && page.words().contains("SUPPRIMER"));
    let before = towns.head();
    for wrong in ["", "supprimer", "OUI"] {
        let reply = send(&mut claire, path, path, &[("mot", wrong)]);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(towns.head(), before);
    assert_eq!(
        claire.post(path, &[("mot", "SUPPRIMER")]).status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(towns.head(), before, "a form without a token does nothing");

    let reply = send(&mut claire, path, path, &[("mot", "SUPPRIMER")]);
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.words().contains("Compte supprimé") && reply.words().contains("pendant 12 jours"));
    assert!(!reply.text.contains("deconnexion"), "nobody is in any more");
    for browser in [&mut claire, &mut other] {
        assert_eq!(browser.get("/ville/compte").status, StatusCode::SEE_OTHER);
    }
    assert_eq!(paul.get("/ville/compte").status, StatusCode::OK);
    let kind = LetterKind::Deleted.as_str().to_owned();
    assert_eq!(letters(&towns), [(kind, LOGIN_OF_CLAIRE.to_owned())]);
}

/// The files of an archive.
fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|nth| {
            let mut file = zip.by_index(nth).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn copy(browser: &mut Browser) -> Vec<(String, String)> {
    let token = browser.get("/ville/compte/donnees").token();
    let cookies: Vec<_> = browser
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let request = Request::post("/ville/compte/donnees")
        .header("host", "localhost:8080")
        .header("cookie", cookies.join("; "))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("jeton={token}")))
        .unwrap();
    let (parts, bytes) = browser.answer(request);
    assert_eq!(parts.status, StatusCode::OK);
    let disposition = parts.headers["content-disposition"].to_str().unwrap();
    assert_eq!(disposition, "attachment; filename=\"preau-ville.zip\"");
    assert_eq!(parts.headers["cache-control"], "no-store");
    unpacked(&bytes)
}

#[test]
fn a_copy_holds_what_its_guardian_may_see_and_nothing_else() {
    let towns = Towns::new();
    let before = towns.head();
    let files = copy(&mut towns.family(CLAIRE, at("12:00")));
    assert_eq!(towns.head(), before + 1, "it is noted");
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["lisez-moi.html", "donnees.json"]);
    for (name, text) in &files {
        for own in [
            LOGIN_OF_CLAIRE,
            "Léa",
            "Tom",
            "Santé de Léa",
            "Trousse de Tom",
            "Cantine",
            "Denis",
        ] {
            assert!(text.contains(own), "{name} lacks {own}");
        }
        for others in [
            "Mia",
            "Noé",
            "Paul",
            "paul@famille.example",
            "denis@famille.example",
            "argon2",
        ] {
            assert!(!text.contains(others), "{name} tells of {others}");
        }
    }
    let json: serde_json::Value = serde_json::from_str(&files[1].1).unwrap();
    let booked = |child: &str| {
        let all = json["reservations"].as_array().unwrap();
        all.iter().filter(|one| one["enfant"] == child).count()
    };
    assert_eq!(
        (booked("Léa"), booked("Tom")),
        (4, 2),
        "Tom is with them every other week"
    );
    assert_eq!(
        json["historique"].as_array().unwrap()[0]["quoi"],
        "Copie des données téléchargée"
    );

    // He lives with them and has no authority: names and bookings, no file.
    let files = copy(&mut towns.family(DENIS, at("12:00")));
    for (name, text) in &files {
        assert!(
            text.contains("Léa") && !text.contains("Santé de") && !text.contains("Trousse de"),
            "{name}"
        );
        assert!(!text.contains(LOGIN_OF_CLAIRE), "{name}");
    }
}

#[test]
fn an_agent_who_looks_takes_and_ends_nothing() {
    let towns = Towns::new();
    let who: AgentId = agent(Role::Administrateur);
    let mut browser = towns.seen_as(who, CLAIRE, at("12:00"));
    let before = towns.head();
    for page in ["/ville/compte/donnees", "/ville/compte/supprimer"] {
        assert_eq!(browser.get(page).status, StatusCode::FORBIDDEN, "{page}");
        assert_eq!(
            browser.post(page, &[("mot", "SUPPRIMER")]).status,
            StatusCode::FORBIDDEN,
            "{page}"
        );
    }
    let page = browser.get("/ville/compte/contact");
    assert_eq!(page.status, StatusCode::OK);
    let token = page.token();
    let form = [("telephone", "06 39 98 00 00"), ("jeton", token.as_str())];
    assert_eq!(
        browser.post("/ville/compte/contact", &form).status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(towns.head(), before);
}
