//! What is somebody else's answers exactly as what does not exist.

use axum::http::StatusCode;
use shared::ids::RequestId;
use shared::operation::{Actor, Body, Channel, RequestKind, RequestRecord};
use uuid::Uuid;

use super::super::ground::{CLAIRE, DENIS, LEA, PAUL, RITA, Towns, at};
use super::strangers::bytes;
use crate::web::browser::{Browser, Reply};

const HERS: RequestId = RequestId(Uuid::from_u128(0x7e1));
const NOBODYS: RequestId = RequestId(Uuid::from_u128(0x7e2));

/// Claire asks the town hall something about Léa.
fn asked(towns: &Towns) {
    let commune = towns.commune(at("11:00"));
    let request = RequestRecord {
        id: HERS,
        guardian: CLAIRE,
        kind: RequestKind::File,
        child: Some(LEA),
        title: "Une allergie de plus".into(),
        text: "Léa ne supporte plus les kiwis.".into(),
    };
    let body = Body::SendRequest { request };
    commune
        .submit(commune.operation(Actor::Guardian(CLAIRE), Channel::Portal, body))
        .unwrap();
}

fn path(id: RequestId) -> String {
    format!("/ville/demandes/{id}")
}

/// Adds to a request, with the token of one's own session.
fn add(browser: &mut Browser, id: RequestId) -> Reply {
    let token = browser.get("/ville/demandes").token();
    browser.post(&path(id), &[("jeton", &token), ("texte", "Et les fraises.")])
}

#[test]
fn a_request_of_somebody_else_is_as_one_that_nobody_made() {
    let towns = Towns::new();
    asked(&towns);
    let before = towns.head();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let own = claire.get(&path(HERS));
    assert_eq!(own.status, StatusCode::OK);
    assert!(own.text.contains("kiwis"));
    for (who, name) in [(DENIS, "Denis"), (PAUL, "Paul"), (RITA, "Rita")] {
        let mut stranger = towns.family(who, at("12:00"));
        let (hers, nobodys) = (stranger.get(&path(HERS)), stranger.get(&path(NOBODYS)));
        assert_eq!(hers.status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(bytes(&hers), bytes(&nobodys), "{name}");
        let (hers, nobodys) = (add(&mut stranger, HERS), add(&mut stranger, NOBODYS));
        assert_eq!(hers.status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(bytes(&hers), bytes(&nobodys), "{name}");
    }
    assert_eq!(towns.head(), before, "nobody added a word");
}

#[test]
fn an_id_that_is_none_is_as_one_that_nobody_has() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let unknown = bytes(&claire.get(&path(NOBODYS)));
    for id in ["0", "x", "%00", "..%2f..%2fgestion", "'--", &"9".repeat(4000)] {
        let reply = claire.get(&format!("/ville/demandes/{id}"));
        assert_eq!(bytes(&reply), unknown, "{}", &id[..1]);
    }
}

#[test]
fn an_operation_of_one_guardian_never_speaks_for_another() {
    let towns = Towns::new();
    asked(&towns);
    let commune = towns.commune(at("12:00"));
    let before = towns.head();
    let request = RequestRecord {
        id: HERS,
        guardian: CLAIRE,
        kind: RequestKind::File,
        child: None,
        title: "Une allergie de plus".into(),
        text: "De la part de Rita.".into(),
    };
    let bodies = [
        Body::SendRequest { request },
        Body::DeleteAccount { guardian: CLAIRE },
        Body::SetContact {
            guardian: CLAIRE,
            email: None,
            phone: None,
        },
        Body::RestoreAccount { guardian: RITA },
        Body::SeenAs { guardian: RITA },
    ];
    for body in bodies {
        let kind = format!("{body:?}");
        let operation = commune.operation(Actor::Guardian(RITA), Channel::Portal, body);
        assert!(commune.submit(operation).is_err(), "{kind}");
    }
    assert_eq!(
        towns.head(),
        before,
        "whatever a page would let through, the corridor does not"
    );
}
