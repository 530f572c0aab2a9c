//! Tablets, what was kept aside, children nobody knew.

use axum::http::StatusCode;
use chrono::{Datelike, NaiveDate};
use shared::codec::{Blob, Hash32, encode};
use shared::digest::SheetRef;
use shared::ids::{ActivityId, AgentId, ChildId, DeviceId, MarkId};
use shared::mark::{Kind, Mark, pack};
use shared::operation::{AgentRecord, Body, Role};
use shared::sheet::Sheet;
use shared::sign::sha256;
use shared::wire::{Payload, SheetUp};
use uuid::Uuid;

use super::browser::Browser;
use super::town::{CANTEEN, CURIE, DAY, EMAIL, JAURES, LEA, PASSWORD, Town, ZOE, apply, at};
use crate::passwords;
use crate::sync::code_hash;

const TABLET: DeviceId = DeviceId(Uuid::from_u128(0xd1));
const TABLETS: &str = "/ville/gestion/tablettes";
const ASIDE: &str = "/ville/gestion/quarantaine";
const STRANGER: ChildId = ChildId(Uuid::from_u128(0xc9));

/// A tablet in service at the École Jaurès.
fn enrolled(town: &Town) {
    let code = Hash32([7; 32]);
    let commune = town.commune(at("08:00"));
    apply(
        &commune,
        vec![
            Body::IssueTabletCode {
                code,
                sites: vec![JAURES],
                expires_at: at("23:00"),
            },
            Body::EnrolDevice {
                code,
                device: TABLET,
                key: [1; 32],
                name: "Cantine 1".into(),
            },
        ],
    );
}

fn mark(seq: u64, activity: ActivityId, child: ChildId, kind: Kind) -> (MarkId, Vec<u8>) {
    let mark = Mark {
        kind,
        child: Some(child),
        activity,
        formula: None,
        device: TABLET,
        device_seq: seq,
        device_time: at("12:05"),
        mono_ms: seq,
        boot: 1,
        offset_ms: Some(0),
        staff: None,
        stated: None,
        after: Vec::new(),
        clock_doubted: false,
    };
    (
        MarkId(Uuid::from_u128(0x0192_0000 + u128::from(seq))),
        pack(&mark),
    )
}

/// A payload of the tablet that was kept aside; its hash as it stands in addresses.
fn kept_aside(town: &Town) -> String {
    let mut sheet = Sheet::new([9; 16]);
    for (id, packed) in [mark(1, CANTEEN, LEA, Kind::In), mark(2, CANTEEN, ZOE, Kind::In)] {
        sheet.put(id, &packed).unwrap();
    }
    let date: NaiveDate = "2026-11-23".parse().unwrap();
    let up = SheetUp {
        sheet: SheetRef { site: JAURES, date },
        heads: sheet.heads(),
        payload: Payload::Whole(sheet.whole()),
    };
    let payload = encode(&up);
    let hash = sha256(&[&payload]);
    let body = Body::Quarantine {
        device: TABLET,
        site: JAURES,
        date: date.num_days_from_ce(),
        reason: "withdrawn_device".into(),
        hash,
        payload: Blob(payload),
    };
    apply(&town.commune(at("12:30")), vec![body]);
    hash.hex()
}

/// A browser of an agent with this role; a director directs the École Curie only.
fn agent(town: &Town, role: Role) -> Browser {
    let email = format!("{}@mairie.example", role.as_str());
    let id = AgentId(Uuid::from_u128(0xe100 + role as u128));
    let sites = if role == Role::Directeur {
        vec![CURIE]
    } else {
        Vec::new()
    };
    let agent = AgentRecord {
        id,
        email: email.clone(),
        name: "A. Gent".into(),
        role,
        sites,
    };
    apply(
        &town.commune(at("08:00")),
        vec![
            Body::PutAgent { agent },
            Body::SetAgentPassword {
                agent: id,
                phc: passwords::hash(PASSWORD),
                token: None,
            },
        ],
    );
    let mut browser = town.browser(at("12:00"));
    let reply = browser.log_in(&email, PASSWORD);
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    browser
}

#[test]
fn mme_roche_gives_a_code_that_enrols_a_tablet() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let empty = desk.get(TABLETS);
    assert!(empty.words().contains("Aucune tablette n’est en service"));
    let form = desk.get("/ville/gestion/tablettes/code");
    assert!(form.words().contains("École Jaurès") && form.words().contains("École Curie"));
    let token = form.token();
    let before = town.head();
    let none = desk.post("/ville/gestion/tablettes/code", &[("jeton", &token)]);
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.words().contains("Choisissez au moins un site"));
    assert_eq!(town.head(), before);
    let fields = [("jeton", token.as_str()), ("site", &JAURES.to_string())];
    let given = desk.post("/ville/gestion/tablettes/code", &fields);
    assert_eq!(given.status, StatusCode::OK);
    assert!(given.text.contains("class=\"qr\""), "{}", given.text);
    assert!(given.words().contains("http://localhost:8080"));
    let words = given.words();
    let start = words.find("ville-").expect("the code");
    let code = words[start..start + "ville-XXXX-XXXX-XXXX".len()].to_owned();
    assert!(words.contains("lundi 30 novembre"));
    let enrol = Body::EnrolDevice {
        code: code_hash(&code),
        device: TABLET,
        key: [1; 32],
        name: "Cantine 1".into(),
    };
    apply(&town.commune(at("13:00")), vec![enrol]);
    let list = desk.get(TABLETS).words();
    assert!(list.contains("Cantine 1") && list.contains("École Jaurès") && list.contains("Jamais"));
}

#[test]
fn the_list_says_when_a_tablet_was_heard_of_and_what_it_still_owes() {
    let town = Town::founded();
    enrolled(&town);
    let commune = town.commune(at("12:00"));
    let params = [TABLET.into(), at("11:58").into(), "1.4.0".into(), 3_u64.into()];
    commune
        .store
        .write(move |tx| {
            let put = include_str!("../../../record/device/put_contact.sql");
            tx.execute(put, &params)
        })
        .unwrap();
    let words = town.desk(at("12:00")).get(TABLETS).words();
    for shown in ["lundi 23 novembre, 11\u{a0}h\u{a0}58", "1.4.0", "3 pointages"] {
        assert!(words.contains(shown), "{shown} in {words}");
    }
}

#[test]
fn a_tablet_is_withdrawn_once_the_word_is_typed() {
    let town = Town::founded();
    enrolled(&town);
    let mut desk = town.desk(at("12:00"));
    let address = format!("{TABLETS}/{TABLET}/retirer");
    let page = desk.get(&address);
    let words = page.words();
    assert!(words.contains("elle ne reçoit plus rien") && words.contains("mis de côté"));
    let token = page.token();
    let before = town.head();
    let wrong = desk.post(&address, &[("jeton", &token), ("mot", "OUI")]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.words().contains("RETIRER"));
    assert_eq!(town.head(), before, "nothing happened");
    let done = desk.post(&address, &[("jeton", &token), ("mot", "RETIRER")]);
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(town.head(), before + 1);
    let list = desk.get(done.header("location")).words();
    assert!(list.contains("La tablette est retirée") && list.contains("Tablettes retirées"));
    assert_eq!(desk.get(&address).status, StatusCode::NOT_FOUND);
    let again = desk.post(&address, &[("jeton", &token), ("mot", "RETIRER")]);
    assert_eq!((again.status, town.head()), (StatusCode::NOT_FOUND, before + 1));
}

#[test]
fn a_late_payload_is_read_and_taken_in_and_then_on_the_board() {
    let town = Town::founded();
    enrolled(&town);
    let hash = kept_aside(&town);
    let mut desk = town.desk(at("13:00"));
    let list = desk.get(ASIDE);
    assert!(list.words().contains("Cantine 1") && list.text.contains(&hash));
    let address = format!("{ASIDE}/{hash}");
    let page = desk.get(&address);
    let words = page.words();
    for shown in [
        "Martin Léa",
        "Arrivée",
        "Cantine",
        "12\u{a0}h\u{a0}05",
        "2 pointages sont lisibles",
    ] {
        assert!(words.contains(shown), "{shown} in {words}");
    }
    assert!(desk.get(DAY).words().contains("Attendu"));
    let before = town.head();
    let decision = format!("{address}/decision");
    let nothing = desk.post(&decision, &[("jeton", &page.token())]);
    assert_eq!(
        (nothing.status, town.head()),
        (StatusCode::UNPROCESSABLE_ENTITY, before)
    );
    let fields = [("jeton", page.token()), ("choix", "prendre".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let done = desk.post(&decision, &fields);
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let after = desk.get(done.header("location")).words();
    assert!(after.contains("pris en compte") && after.contains("Envois déjà examinés"));
    let board = desk.get(DAY).words();
    assert!(
        board.contains("12\u{a0}h\u{a0}05"),
        "Léa is on the board: {board}"
    );
    let report = crate::verify::verify(&town.commune(at("13:00"))).unwrap();
    assert_eq!((report.problems, report.marks), (Vec::<String>::new(), 2));
    let head = town.head();
    let again = desk.post(&decision, &fields);
    assert_eq!(
        (again.status, town.head()),
        (StatusCode::UNPROCESSABLE_ENTITY, head)
    );
    assert!(again.words().contains("Quelqu’un a déjà décidé"));
}

#[test]
fn a_payload_left_aside_changes_no_list_and_stays() {
    let town = Town::founded();
    enrolled(&town);
    let hash = kept_aside(&town);
    let mut desk = town.desk(at("13:00"));
    let address = format!("{ASIDE}/{hash}");
    let token = desk.get(&address).token();
    let fields = [("jeton", token.as_str()), ("choix", "laisser")];
    let done = desk.post(&format!("{address}/decision"), &fields);
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(!desk.get(DAY).words().contains("12\u{a0}h\u{a0}05"));
    let page = desk.get(&address).words();
    assert!(page.contains("Cet envoi a été laissé de côté") && page.contains("Martin Léa"));
}

#[test]
fn whoever_may_not_is_refused_and_nothing_happens() {
    let town = Town::founded();
    enrolled(&town);
    let hash = kept_aside(&town);
    stranger(&town);
    let pages = [
        (TABLETS.to_owned(), false),
        (format!("{TABLETS}/code"), true),
        (format!("{TABLETS}/{TABLET}/retirer"), true),
        (format!("{ASIDE}/{hash}"), false),
        (format!("{ASIDE}/{hash}/decision"), true),
        (format!("{ASIDE}/inconnus/{STRANGER}"), true),
    ];
    for role in [Role::Directeur, Role::Regisseur, Role::Mandataire, Role::Lecture] {
        let mut browser = agent(&town, role);
        let token = browser.get("/ville/gestion").token();
        let before = town.head();
        for (page, posts) in &pages {
            let refused = |status| matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
            if !page.ends_with("decision") {
                let reply = browser.get(page);
                assert!(refused(reply.status), "{role:?} {page} {}", reply.status);
                assert!(!reply.text.contains("Martin"), "{role:?} {page}");
            }
            if *posts {
                let fields = [
                    ("jeton", token.as_str()),
                    ("mot", "RETIRER"),
                    ("site", &JAURES.to_string()),
                    ("choix", "prendre"),
                    ("enfant", &LEA.to_string()),
                ];
                let reply = browser.post(page, &fields);
                assert!(refused(reply.status), "{role:?} posts {page} {}", reply.status);
            }
        }
        assert_eq!(town.head(), before, "{role:?} changed something");
    }
    let mut director = town.browser(at("12:00"));
    director.log_in("directeur@mairie.example", PASSWORD);
    let words = director.get(ASIDE).words();
    assert!(
        words.contains("Rien n’a été mis de côté"),
        "another site's: {words}"
    );
    let mut outside = town.browser(at("12:00"));
    outside.log_in(EMAIL, PASSWORD);
    for (page, posts) in &pages {
        if *posts {
            let before = town.head();
            let reply = outside.post(page, &[("mot", "RETIRER"), ("choix", "prendre")]);
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{page} without the token");
            assert_eq!(town.head(), before);
        }
    }
}

/// « Un garçon en manteau rouge », pointed at the canteen.
fn stranger(town: &Town) {
    let commune = town.commune(at("12:06"));
    let id = MarkId(Uuid::from_u128(0x0192_0100));
    let sealed = shared::seal::seal(&commune.keys.notes, id, "Garçon en manteau rouge");
    let sealed = Kind::Stranger { sealed: Blob(sealed) };
    let marks = [
        (id, mark(50, CANTEEN, STRANGER, sealed).1),
        mark(51, CANTEEN, STRANGER, Kind::In),
    ]
    .into_iter()
    .map(|(id, packed)| shared::operation::ReceivedMark {
        id,
        value: Blob(packed),
        returned: false,
    })
    .collect();
    let date: NaiveDate = "2026-11-23".parse().unwrap();
    let body = Body::ReceiveMarks {
        device: TABLET,
        site: JAURES,
        date: date.num_days_from_ce(),
        marks,
    };
    apply(&commune, vec![body]);
}

#[test]
fn an_unknown_child_is_recognised_at_the_desk() {
    let town = Town::founded();
    enrolled(&town);
    stranger(&town);
    let mut desk = town.desk(at("13:00"));
    let list = desk.get(ASIDE);
    assert!(list.words().contains("Garçon en manteau rouge") && list.words().contains("À reconnaître"));
    let address = format!("{ASIDE}/inconnus/{STRANGER}");
    assert!(list.text.contains(&address));
    let nobody = desk.get(&format!("{address}?q=zzz")).words();
    assert!(nobody.contains("Aucun enfant ne porte ce nom"));
    let found = desk.get(&format!("{address}?q=DUPRE"));
    assert!(found.words().contains("Dupré Noé") && found.words().contains("né(e) le 04/05/2018"));
    let token = found.token();
    let before = town.head();
    let odd = desk.post(&address, &[("jeton", &token), ("enfant", "x")]);
    assert_eq!(
        (odd.status, town.head()),
        (StatusCode::UNPROCESSABLE_ENTITY, before)
    );
    let noe = super::town::NOE.to_string();
    let done = desk.post(&address, &[("jeton", &token), ("enfant", &noe)]);
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let after = desk
        .get(done.header("location").split('#').next().unwrap())
        .words();
    assert!(after.contains("C’est Dupré Noé."), "{after}");
    let board = desk.get(DAY).words();
    assert!(board.contains("Dupré"), "its marks are his: {board}");
}
