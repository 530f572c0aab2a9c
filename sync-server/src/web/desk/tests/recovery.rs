//! Back after an incident: what is seen, what is decided, and by whom.

use axum::http::StatusCode;
use chrono::NaiveDate;
use shared::codec::{Blob, Hash32, encode};
use shared::day_list::DayList;
use shared::envelope::{Envelope, Scope};
use shared::ids::{AgentId, BranchId, ChildId, DeviceId};
use shared::operation::{AgentRecord, Body, Capability, Cause, Openness, Role};
use shared::withdrawal::{Subject, Withdrawn};
use uuid::Uuid;

use super::browser::{Browser, Reply};
use super::town::{CURIE, JAURES, LEA, NOE, PASSWORD, ROCHE, Town, apply, at};
use crate::{day_lists, passwords};

const PAGE: &str = "/ville/gestion/retour-apres-incident";
const TABLET: DeviceId = DeviceId(Uuid::from_u128(0xd1));
const SECOND: DeviceId = DeviceId(Uuid::from_u128(0xd2));
const LOST: BranchId = BranchId(Uuid::from_u128(0x1057));

fn monday() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

/// A tablet of each site was in service before the fire.
fn town() -> Town {
    let town = served();
    town.becomes(Role::Administrateur, &[]);
    town
}

/// The same, without an administrator.
fn served() -> Town {
    let town = Town::founded();
    let enrol = |code: u8, site, device, name: &str| {
        [
            Body::IssueTabletCode {
                code: Hash32([code; 32]),
                sites: vec![site],
                expires_at: at("23:00"),
            },
            Body::EnrolDevice {
                code: Hash32([code; 32]),
                device,
                key: [code; 32],
                name: name.into(),
            },
        ]
    };
    let mut bodies = enrol(7, JAURES, TABLET, "Cantine 1").to_vec();
    bodies.extend(enrol(8, CURIE, SECOND, "Curie"));
    apply(&town.commune(at("08:00")), bodies);
    town
}

fn comes_back(town: &Town, withdrawals_read: bool) {
    let body = Body::BeginRecovery {
        cause: Cause::Restored,
        source: "s3://sauvegardes/ville".into(),
        restored_to: Some(at("07:30")),
        withdrawals_read,
    };
    apply(&town.commune(at("09:00")), vec![body]);
}

/// The list of the lost branch: Noé was booked on it, and Léa cancelled.
fn told(town: &Town) -> DayList {
    let commune = town.commune(at("09:10"));
    let mut list = commune
        .store
        .read(|tx| day_lists::day_list(tx, JAURES, monday()))
        .unwrap();
    let mut row = list.rows.iter().find(|row| row.child == LEA).unwrap().clone();
    row.child = NOE;
    row.sitting = Some(2);
    list.rows.retain(|row| row.child != LEA);
    list.rows.push(row);
    list
}

fn hands_back(town: &Town, seq: u64, list: &DayList) {
    let commune = town.commune(at("09:20"));
    let scope = Scope::DayList {
        site: list.site,
        date: list.date,
    };
    let envelope = Envelope::seal(scope, LOST, seq, list, &commune.keys.signing);
    let body = Body::ReceiveEnvelopes {
        device: TABLET,
        envelopes: vec![Blob(encode(&envelope))],
    };
    apply(&commune, vec![body]);
}

fn expected(town: &Town) -> Vec<ChildId> {
    let list = town
        .commune(at("12:00"))
        .store
        .read(|tx| day_lists::day_list(tx, JAURES, monday()))
        .unwrap();
    list.rows.into_iter().map(|row| row.child).collect()
}

/// The values of all fields of a name.
fn values(reply: &Reply, name: &str) -> Vec<String> {
    let start = format!("name=\"{name}\" value=\"");
    let rest = reply.text.split(&start).skip(1);
    rest.map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

/// The version that the form of a service carries.
fn version(reply: &Reply, service: &str) -> String {
    let part = reply
        .text
        .split(&format!("id=\"service-{service}\""))
        .nth(1)
        .unwrap();
    let after = part.split("name=\"version\" value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Reply {
    let token = browser.get(PAGE).token();
    let mut all = fields.to_vec();
    all.push(("jeton", &token));
    browser.post(&format!("{PAGE}{path}"), &all)
}

#[test]
fn where_there_was_never_an_incident_the_page_says_so() {
    let town = town();
    let mut desk = town.desk(at("09:30"));
    let page = desk.get(PAGE);
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.words().contains("Aucun incident."));
    assert!(
        !desk
            .get("/ville/gestion")
            .words()
            .contains("revenu d’un incident")
    );
}

#[test]
fn what_came_back_is_told_by_site_and_tablet() {
    let town = town();
    comes_back(&town, true);
    let mut desk = town.desk(at("09:30"));
    assert!(
        desk.get("/ville/gestion")
            .words()
            .contains("revenu d’un incident")
    );
    let page = desk.get(PAGE);
    let words = page.words();
    for said in [
        "s3://sauvegardes/ville",
        "École Jaurès",
        "Cantine 1",
        "2 tablettes sur 2 sont encore attendues",
        "Attendue\u{a0}: pas vue depuis l’incident",
        "Rien à reprendre pour le moment",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    // Without scripts nothing is lost: the board is whole, and its fragment is the same.
    desk.headers.push(("x-fragment", "board".into()));
    let part = desk.get(PAGE);
    assert!(part.text.starts_with("<div id=\"board\"") && part.text.contains("Cantine 1"));
}

#[test]
fn some_proposals_are_taken_then_the_rest() {
    let town = town();
    comes_back(&town, true);
    hands_back(&town, 900, &told(&town));
    let mut desk = town.desk(at("09:30"));
    let page = desk.get(PAGE);
    let names = values(&page, "proposition");
    assert_eq!(names.len(), 2, "{}", page.words());
    assert!(page.words().contains("Preuve\u{a0}: liste de l’écriture n° 900"));
    assert!(page.words().contains("«\u{a0}Cantine 1\u{a0}»"));
    let before = expected(&town);
    assert!(before.contains(&LEA) && !before.contains(&NOE));

    let nothing = send(&mut desk, "/propositions", &[("geste", "choix")]);
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.words().contains("Cochez au moins une réservation"));
    let head = town.head();
    let one = [("geste", "choix"), ("proposition", names[0].as_str())];
    assert_eq!(
        send(&mut desk, "/propositions", &one).status,
        StatusCode::SEE_OTHER
    );
    assert!(town.head() > head);
    let head = town.head();
    assert_eq!(
        send(&mut desk, "/propositions", &one).status,
        StatusCode::CONFLICT,
        "the same form again changes nothing and says so"
    );
    assert_eq!(town.head(), head);

    let page = desk.get(PAGE);
    let print = values(&page, "empreinte").remove(0);
    let all = [("geste", "tout"), ("empreinte", print.as_str())];
    assert_eq!(
        send(&mut desk, "/propositions", &all).status,
        StatusCode::SEE_OTHER
    );
    let after = expected(&town);
    assert!(!after.contains(&LEA) && after.contains(&NOE));
    assert!(desk.get(PAGE).words().contains("Rien à reprendre pour le moment"));
}

#[test]
fn all_is_what_was_shown() {
    let town = town();
    comes_back(&town, true);
    hands_back(&town, 900, &told(&town));
    let mut desk = town.desk(at("09:30"));
    let print = values(&desk.get(PAGE), "empreinte").remove(0);
    let mut newer = told(&town);
    newer.rows.retain(|row| row.child != NOE);
    hands_back(&town, 901, &newer);
    let head = town.head();
    let all = [("geste", "tout"), ("empreinte", print.as_str())];
    let reply = send(&mut desk, "/propositions", &all);
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.words().contains("Rien n’a été changé"));
    assert_eq!(town.head(), head);
}

#[test]
fn services_are_opened_one_at_a_time() {
    let town = town();
    comes_back(&town, true);
    let mut desk = town.desk(at("09:30"));
    let bookings = desk.get("/ville/gestion/reservations");
    assert!(bookings.words().contains("Réservations fermées."));
    assert!(
        bookings.text.contains("href=\"/ville/gestion/service\""),
        "and where to open them"
    );

    let page = desk.get(PAGE);
    let seen = version(&page, "reservation");
    let open = [
        ("depuis", "retour"),
        ("etat_reservation", "open"),
        ("message_reservation", ""),
        ("version", seen.as_str()),
    ];
    let token = page.token();
    let mut all = open.to_vec();
    all.push(("jeton", &token));
    let reply = desk.post("/ville/gestion/service/reservation", &all);
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert!(
        reply.header("location").starts_with(PAGE),
        "back to where she was"
    );
    let bookings = desk.get("/ville/gestion/reservations");
    assert!(!bookings.words().contains("Réservations fermées."));
    let words = desk.get(PAGE).words();
    assert!(
        words.contains("Paiement") && words.contains("Fermé"),
        "payment is closed still"
    );
}

#[test]
fn a_closed_reservation_is_refused_with_its_message() {
    let town = town();
    comes_back(&town, true);
    let commune = town.commune(at("09:10"));
    let version = commune
        .store
        .read(|tx| {
            tx.first(
                include_str!("../../../record/capability/get.sql"),
                &["reservation".into()],
            )
        })
        .unwrap()
        .unwrap()
        .int(3)
        .unwrap();
    let mut said = commune.operation(
        shared::operation::Actor::Host,
        shared::operation::Channel::Command,
        Body::SetCapability {
            capability: Capability::Reservation,
            state: Openness::Closed,
            message: "Appelez l’accueil au 04 65 71 00 00.".into(),
        },
    );
    said.seen = Some(version);
    commune.submit(said).unwrap();
    let head = town.head();
    let refused = commune.submit(commune.operation(
        shared::operation::Actor::Host,
        shared::operation::Channel::Command,
        Body::CancelReservations {
            reservations: Vec::new(),
        },
    ));
    let error = refused.unwrap_err().to_string();
    assert!(error.contains("04 65 71 00 00"), "{error}");
    assert_eq!(town.head(), head);
}

#[test]
fn nobody_unconfirmed_comes_in_while_the_withdrawals_are_lost() {
    let town = town();
    let other = AgentId(Uuid::from_u128(0xe7));
    let commune = town.commune(at("08:00"));
    let agent = AgentRecord {
        sites: Vec::new(),
        id: other,
        email: "paul@mairie.example".into(),
        name: "Paul".into(),
        role: Role::Gestionnaire,
    };
    let password = Body::SetAgentPassword {
        agent: other,
        phc: passwords::hash(PASSWORD),
        token: None,
    };
    apply(&commune, vec![Body::PutAgent { agent }, password]);
    comes_back(&town, false);
    let mut paul = town.browser(at("09:30"));
    let reply = paul.log_in("paul@mairie.example", PASSWORD);
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.words().contains("pas encore confirmé"));
    let reply = paul.log_in("paul@mairie.example", "autre chose");
    assert!(
        !reply.words().contains("confirmé"),
        "a wrong password learns nothing"
    );

    // The host vouched for Mme Roche.
    let vouch = Body::ConfirmAfterLoss {
        kind: Withdrawn::Agent,
        subject: Subject(ROCHE.0.into_bytes()),
    };
    apply(&town.commune(at("09:10")), vec![vouch]);
    let mut desk = town.desk(at("09:30"));
    let words = desk.get(PAGE).words();
    assert!(words.contains("paul@mairie.example") && words.contains("Cantine 1"));
    let id = other.to_string();
    let fields = [("genre", "agent"), ("sujet", id.as_str())];
    assert_eq!(
        send(&mut desk, "/confirmer", &fields).status,
        StatusCode::SEE_OTHER
    );
    assert!(!desk.get(PAGE).words().contains("paul@mairie.example"));
    let reply = paul.log_in("paul@mairie.example", PASSWORD);
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

#[test]
fn a_tablet_is_given_up_by_name_and_the_report_is_signed() {
    let town = town();
    comes_back(&town, true);
    let mut desk = town.desk(at("09:30"));
    let address = format!("/tablettes/{TABLET}");
    let page = desk.get(&format!("{PAGE}{address}"));
    assert!(page.words().contains("Ne plus attendre «\u{a0}Cantine 1\u{a0}»"));
    let reply = send(&mut desk, &address, &[("raison", "  ")]);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reply = send(&mut desk, &address, &[("raison", "Écran cassé")]);
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let page = desk.get(PAGE);
    assert!(page.words().contains("On ne l’attend plus\u{a0}: Écran cassé"));
    assert!(page.words().contains("Une tablette sur 2 est encore attendue"));

    let sign = page.text.split("id=\"signature\"").nth(1).unwrap();
    let seen = sign.split("name=\"version\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap().to_owned();
    let old = send(&mut desk, "/signature", &[("note", "Vu"), ("version", "1")]);
    assert_eq!(old.status, StatusCode::CONFLICT);
    let reply = send(
        &mut desk,
        "/signature",
        &[("note", "Curie est prévenue."), ("version", &seen)],
    );
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let words = desk.get(PAGE).words();
    assert!(words.contains("par Mme Roche") && words.contains("Curie est prévenue."));
    assert!(
        !desk
            .get("/ville/gestion")
            .words()
            .contains("revenu d’un incident")
    );
}

#[test]
fn a_director_sees_its_own_sites_and_decides_nothing() {
    let town = served();
    comes_back(&town, true);
    hands_back(&town, 900, &told(&town));
    town.becomes(Role::Directeur, &[CURIE]);
    let mut desk = town.desk(at("09:30"));
    let page = desk.get(PAGE);
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.words().contains("École Curie") && !page.words().contains("École Jaurès"));
    assert_eq!(values(&page, "proposition"), Vec::<String>::new());
    let head = town.head();
    for path in ["/propositions", "/confirmer", "/signature"] {
        let reply = send(&mut desk, path, &[("geste", "tout"), ("note", "")]);
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(town.head(), head);
    town.becomes(Role::Lecture, &[]);
    let mut desk = town.desk(at("09:30"));
    assert_eq!(desk.get(PAGE).status, StatusCode::FORBIDDEN);
}
