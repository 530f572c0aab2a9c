//! The history of a guardian: whose deeds, in which words, how far back, and page by page.

use axum::http::StatusCode;
use chrono::{Datelike, Days};
use shared::codec::Blob;
use shared::ids::{ChildId, DeviceId, ExceptionalDayId, MarkId, ReservationId};
use shared::mark::{Kind, Mark, pack};
use shared::operation::{
    Actor, Body, Channel, ExceptionalDayRecord, ExceptionalKind, LogInWay, MealEffect, PortalRecord,
    ReceivedMark, RequestKind, RequestRecord, Role,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::ground::{CANTEEN, CLAIRE, DENIS, JAURES, LEA, MIA, PAUL, RITA, Towns, agent, at, monday};
use crate::notices::{Seen, follow};
use crate::web::browser::Browser;

const PATH: &str = "/ville/compte/historique";

/// The lines of a page: what, then when and by whom.
fn lines(text: &str) -> Vec<String> {
    text.split("<li class=\"account-line\">")
        .skip(1)
        .map(|line| {
            let line = line.split("</li>").next().unwrap();
            let mut words = String::new();
            let mut inside = false;
            for c in line.chars() {
                match c {
                    '<' => inside = true,
                    '>' => {
                        inside = false;
                        words.push(' ');
                    }
                    c if !inside => words.push(c),
                    _ => {}
                }
            }
            words
                .replace('\u{a0}', " ")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

fn read(browser: &mut Browser, query: &str) -> Vec<String> {
    let page = browser.get(&format!("{PATH}{query}"));
    assert_eq!(page.status, StatusCode::OK);
    lines(&page.text)
}

fn by(towns: &Towns, actor: Actor, channel: Channel, body: Body) {
    let commune = towns.commune(at("12:00"));
    commune.submit(commune.operation(actor, channel, body)).unwrap();
}

fn has(all: &[String], words: &str) -> bool {
    all.iter().any(|line| line.contains(words))
}

fn mark(child: ChildId, seq: u64, kind: Kind, when: UtcMs) -> ReceivedMark {
    let mark = Mark {
        kind,
        child: Some(child),
        activity: CANTEEN,
        formula: None,
        device: DeviceId(Uuid::from_u128(0xd1)),
        device_seq: seq,
        device_time: when,
        mono_ms: seq,
        boot: 1,
        offset_ms: None,
        staff: None,
        stated: None,
        after: Vec::new(),
        clock_doubted: false,
    };
    ReceivedMark {
        id: MarkId(Uuid::from_u128(0x3a00 + u128::from(seq))),
        value: Blob(pack(&mark)),
        returned: false,
    }
}

#[test]
fn each_deed_has_its_words_its_time_and_its_origin() {
    let towns = Towns::new();
    let town_hall = Actor::Agent(agent(Role::Gestionnaire));
    let claire = Actor::Guardian(CLAIRE);
    let logged_in = Body::GuardianLoggedIn {
        guardian: CLAIRE,
        way: LogInWay::Password,
        recovery: None,
    };
    by(&towns, claire, Channel::Portal, logged_in);
    let cancel = |id: u128| Body::CancelReservations {
        reservations: vec![ReservationId(Uuid::from_u128(id))],
    };
    by(&towns, town_hall, Channel::Phone, cancel(100));
    by(&towns, town_hall, Channel::Desk, cancel(101));
    let device = DeviceId(Uuid::from_u128(0xd1));
    let marks = Body::ReceiveMarks {
        device,
        site: JAURES,
        date: monday().num_days_from_ce(),
        marks: vec![
            mark(LEA, 1, Kind::In, at("11:35")),
            mark(MIA, 2, Kind::In, at("11:36")),
            mark(LEA, 3, Kind::Out, at("13:20")),
        ],
    };
    by(&towns, Actor::Device(device), Channel::Tablet, marks);
    by(
        &towns,
        town_hall,
        Channel::Desk,
        Body::SeenAs { guardian: CLAIRE },
    );

    let all = read(&mut towns.family(CLAIRE, at("12:00")), "");
    assert_eq!(
        all[..6],
        [
            "Consultation du portail tel que vous le voyez lundi 23 novembre 2026 à 12 h 00 · mairie",
            "Arrivée de Léa : Cantine, lundi 23 novembre 2026 à 11 h 35 lundi 23 novembre 2026 à 12 h 00 · tablette",
            "Départ de Léa : Cantine, lundi 23 novembre 2026 à 13 h 20 lundi 23 novembre 2026 à 12 h 00 · tablette",
            "Annulation pour Léa : Cantine, mardi 24 novembre 2026 lundi 23 novembre 2026 à 12 h 00 · mairie",
            "Annulation pour Léa : Cantine, lundi 23 novembre 2026 lundi 23 novembre 2026 à 12 h 00 · téléphone (mairie)",
            "Connexion avec mot de passe lundi 23 novembre 2026 à 12 h 00 · web, par vous",
        ]
    );
    assert!(has(
        &all,
        "Réservation pour Léa : Cantine, 4 jours, du lundi 23 novembre 2026 au mardi 1er décembre 2026"
    ));
    assert!(!has(&all, "Mia"));
}

#[test]
fn a_guardian_reads_what_is_theirs_and_what_they_may_see() {
    let towns = Towns::new();
    let logged_in = |guardian| Body::GuardianLoggedIn {
        guardian,
        way: LogInWay::Password,
        recovery: None,
    };
    for guardian in [CLAIRE, DENIS, PAUL] {
        by(
            &towns,
            Actor::Guardian(guardian),
            Channel::Portal,
            logged_in(guardian),
        );
    }
    let asked = RequestRecord {
        id: shared::ids::RequestId(Uuid::from_u128(0x7e)),
        guardian: CLAIRE,
        kind: RequestKind::Other,
        child: None,
        title: "Question privée".into(),
        text: "Laquelle ?".into(),
    };
    by(
        &towns,
        Actor::Guardian(CLAIRE),
        Channel::Portal,
        Body::SendRequest { request: asked },
    );

    let claire = read(&mut towns.family(CLAIRE, at("12:00")), "");
    let denis = read(&mut towns.family(DENIS, at("12:00")), "");
    let paul = read(&mut towns.family(PAUL, at("12:00")), "");
    for all in [&claire, &denis, &paul] {
        let log_ins = all.iter().filter(|line| line.starts_with("Connexion")).count();
        assert_eq!(log_ins, 1, "one’s own alone: {all:?}");
        assert!(has(all, "Fiche du foyer modifiée"));
    }
    assert!(has(&claire, "Question privée") && !has(&denis, "Question privée"));
    assert!(has(&claire, "Fiche de Tom modifiée") && has(&claire, "Garde de Tom modifiée"));
    assert!(
        has(&paul, "Fiche de Tom modifiée"),
        "both who hold authority see the file"
    );
    assert!(!has(&paul, "Léa") && !has(&claire, "Mia"));
    assert!(
        !has(&denis, "Fiche de") && !has(&denis, "Garde de"),
        "no authority, no file"
    );
    assert!(has(&denis, "Réservation pour Léa"), "the household’s bookings");
    // Tom is with the Martins this week and with the Petits the next.
    assert!(has(
        &claire,
        "Réservation pour Tom : Cantine, 2 jours, du lundi 23 novembre 2026 au mardi 24"
    ));
    assert!(has(
        &paul,
        "Réservation pour Tom : Cantine, 2 jours, du lundi 30 novembre 2026 au mardi 1er"
    ));
    assert!(has(&paul, "Réservation pour Mia"));
}

#[test]
fn a_kind_may_be_asked_for_alone() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let bookings = read(&mut claire, "?genre=reservations");
    assert!(
        bookings.len() == 2 && bookings.iter().all(|line| line.starts_with("Réservation")),
        "{bookings:?}"
    );
    let file = read(&mut claire, "?genre=dossier");
    assert!(
        !file.is_empty() && file.iter().all(|line| line.contains("modifiée")),
        "{file:?}"
    );
    assert_eq!(read(&mut claire, "?genre=n’importe"), read(&mut claire, ""));
    let page = claire.get(&format!("{PATH}?genre=presences"));
    assert!(page.words().contains("Aucune action"));
}

#[test]
fn pages_of_fifty_tell_everything_once() {
    let towns = Towns::new();
    let commune = towns.commune(at("12:00"));
    let operations = (0..117).map(|n| {
        let way = if n % 2 == 0 {
            LogInWay::Password
        } else {
            LogInWay::SecondFactor
        };
        let body = Body::GuardianLoggedIn {
            guardian: CLAIRE,
            way,
            recovery: None,
        };
        commune.operation(Actor::Guardian(CLAIRE), Channel::Portal, body)
    });
    commune.submit_all(operations.collect()).unwrap();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let (mut sizes, mut all, mut query) = (Vec::new(), Vec::new(), String::new());
    loop {
        let page = claire.get(&format!("{PATH}{query}"));
        let told = lines(&page.text);
        sizes.push(told.len());
        all.extend(told);
        assert_eq!(page.text.contains("rel=\"first\""), sizes.len() > 1);
        let Some(next) = page.text.split("?avant=").nth(1) else {
            break;
        };
        query = format!("?avant={}", next.split('"').next().unwrap());
    }
    assert!(
        sizes[..sizes.len() - 1].iter().all(|size| *size == 50),
        "{sizes:?}"
    );
    let log_ins = all.iter().filter(|line| line.starts_with("Connexion")).count();
    assert_eq!(log_ins, 117);
    let of_file = all.iter().filter(|line| line.contains("modifiée")).count();
    assert_eq!(of_file, 4, "household, two children, one custody");
}

#[test]
fn the_history_ends_where_the_town_says() {
    let towns = Towns::new();
    let year = |years| {
        towns.set_up(PortalRecord {
            history_years: years,
            ..PortalRecord::default()
        });
    };
    let next = |text: &str| UtcMs::parse(text).unwrap();
    let told = |now: UtcMs| read(&mut towns.family(CLAIRE, now), "").len();
    let all = told(at("12:00"));
    assert!(all > 0);
    // A session of now, at an instant months ahead: only what was written since counts.
    assert_eq!(
        told(next("2027-09-30T12:00:00+02:00")),
        all,
        "the year before, until 1 October"
    );
    assert_eq!(told(next("2027-10-01T12:00:00+02:00")), 0);
    year(Some(1));
    assert_eq!(
        told(next("2027-10-01T12:00:00+02:00")),
        all,
        "the settings of the portal are no family's"
    );
    assert_eq!(told(next("2028-09-01T12:00:00+02:00")), 0);
    year(Some(0));
    assert_eq!(told(next("2027-09-01T12:00:00+02:00")), 0);
    let page = towns.family(CLAIRE, next("2027-09-01T12:00:00+02:00")).get(PATH);
    assert!(page.words().contains("depuis le mercredi 1er septembre 2027"));
}

/// The site closes so many days after Monday, until another.
fn closure(from: u64, until: u64, cancels: bool) -> ExceptionalDayRecord {
    ExceptionalDayRecord {
        id: ExceptionalDayId(Uuid::from_u128(0xc105e)),
        kind: ExceptionalKind::Closure,
        from: monday() + Days::new(from),
        until: Some(monday() + Days::new(until)),
        schools: Vec::new(),
        classes: Vec::new(),
        words: "Panne de chaudière".into(),
        meals: MealEffect::Cancelled,
        minimum_service: None,
        sites: vec![JAURES],
        services: Vec::new(),
        cancels,
    }
}

/// The town hall writes or lifts a closure, and families are told.
fn closes(towns: &Towns, body: Body) {
    let commune = towns.commune(at("12:00"));
    let mut seen = Seen::default();
    follow(&commune, &mut seen).unwrap();
    let by = Actor::Agent(agent(Role::Gestionnaire));
    let mut operation = commune.operation(by, Channel::Desk, body);
    if let Body::PutExceptionalDay { day } = &operation.body {
        let sql = "select version from exceptional_day where id = ?1";
        let known = commune.store.read(|tx| tx.first(sql, &[day.id.into()])).unwrap();
        operation.seen = known.map(|row| row.int(0).unwrap());
    }
    commune.submit(operation).unwrap();
    follow(&commune, &mut seen).unwrap();
}

const BY_THE_TOWN: &str = "lundi 23 novembre 2026 à 12 h 00 · mairie";

#[test]
fn a_closure_that_cancels_and_its_end_are_lines_of_the_family() {
    let towns = Towns::new();
    let day = closure(7, 8, true);
    closes(&towns, Body::PutExceptionalDay { day: day.clone() });
    // In that week Tom is with the Petits.
    let of = |who| read(&mut towns.family(who, at("12:00")), "?genre=reservations")[0].clone();
    let days = "du lundi 30 novembre au mardi 1er décembre";
    let cancelled = "annulées sans frais";
    assert_eq!(
        of(CLAIRE),
        format!("Panne de chaudière : réservations de Léa {cancelled}, {days} {BY_THE_TOWN}")
    );
    assert!(of(PAUL).contains("réservations de Mia et Tom"), "{}", of(PAUL));
    assert!(of(RITA).contains("réservations de Noé"), "{}", of(RITA));

    closes(&towns, Body::RemoveExceptionalDay { day: day.id });
    assert_eq!(
        of(CLAIRE),
        format!("Fermeture levée : réservations de Léa rétablies, {days} {BY_THE_TOWN}")
    );
}

#[test]
fn a_closure_that_suspends_is_a_line_and_so_are_the_days_that_it_no_longer_meets() {
    let towns = Towns::new();
    closes(
        &towns,
        Body::PutExceptionalDay {
            day: closure(1, 7, false),
        },
    );
    let lines = |nth: usize| -> Vec<String> {
        let all = read(&mut towns.family(CLAIRE, at("12:00")), "?genre=reservations");
        let all = all.into_iter().take(nth);
        all.map(|line| line.replace(&format!(" {BY_THE_TOWN}"), ""))
            .collect()
    };
    assert_eq!(
        lines(1),
        [
            "Panne de chaudière : réservations de Léa et Tom suspendues, du mardi 24 novembre au lundi 30 novembre"
        ]
    );
    // It turns out to begin on the 30th: Tuesday the 24th takes place.
    let later = Body::PutExceptionalDay {
        day: closure(7, 7, false),
    };
    closes(&towns, later);
    assert_eq!(
        lines(2),
        [
            "Panne de chaudière : réservations de Léa suspendues, le lundi 30 novembre",
            "Fermeture levée : réservations de Léa et Tom rétablies, le mardi 24 novembre",
        ]
    );
    // Suspended instead of cancelled, nothing stands again.
    closes(
        &towns,
        Body::PutExceptionalDay {
            day: closure(7, 7, true),
        },
    );
    closes(
        &towns,
        Body::PutExceptionalDay {
            day: closure(7, 7, false),
        },
    );
    assert_eq!(
        lines(2),
        [
            "Panne de chaudière : réservations de Léa suspendues, le lundi 30 novembre",
            "Panne de chaudière : réservations de Léa annulées sans frais, le lundi 30 novembre",
        ]
    );
}
