//! The calendar, its settings, and exceptional days: who may, what is counted, what is refused.

mod exceptional;

use axum::http::StatusCode;
use chrono::NaiveDate;
use shared::calendar::{HolidayRegion, SchoolZone};
use shared::codec::Minute;
use shared::ids::{ActivityId, ClassId, FormulaId, ReservationId, SchoolId, ServiceId};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, AgentRecord, Body, CalendarRecord, ChildRecord, ClassRecord, FormulaRecord, LocalKind,
    Meal, ReservationLine, Role, SchoolKind, SchoolRecord,
};
use uuid::Uuid;

use super::browser::{Browser, Reply};
use super::town::{EMAIL, EVENING, JAURES, LEA, NOE, ROCHE, Town, ZOE, apply, at};
use crate::record;

const CALENDAR: &str = "/ville/gestion/calendrier";
const SETTINGS: &str = "/ville/gestion/calendrier/reglages";
const DAYS: &str = "/ville/gestion/calendrier/jours";
const NEW: &str = "/ville/gestion/calendrier/jours/nouveau";

const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(0x11));
const CP: ClassId = ClassId(Uuid::from_u128(0x21));
const CM2: ClassId = ClassId(Uuid::from_u128(0x22));
const LUNCH: ActivityId = ActivityId(Uuid::from_u128(0xa7));
const MEAL: FormulaId = FormulaId(Uuid::from_u128(0xf7));

fn tuesday() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

fn line(
    n: u128,
    child: shared::ids::ChildId,
    activity: ActivityId,
    formula: Option<FormulaId>,
) -> ReservationLine {
    ReservationLine {
        id: ReservationId(Uuid::from_u128(n)),
        child,
        activity,
        site: JAURES,
        date: tuesday(),
        formula,
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    }
}

/// Léa and Zoé in CP, Noé in CM2; on Tuesday all three eat, Léa and Noé stay in the evening.
fn schooled() -> Town {
    let town = Town::founded();
    let commune = town.commune(at("08:00"));
    let class = |id, name: &str| Body::PutClass {
        class: ClassRecord {
            id,
            school: SCHOOL,
            name: name.into(),
            level: "CP".into(),
            retired: false,
        },
    };
    let lunch = ActivityRecord {
        capacity: None,
        retired: false,
        id: LUNCH,
        slug: "midi".parse().unwrap(),
        name: "Repas de midi".into(),
        service: ServiceId(Uuid::from_u128(0x5e)),
        mode: Mode::Presence,
        weekdays: 0b1_1011,
        opens: Minute::new(11, 45),
        closes: Minute::new(13, 20),
        sites: vec![JAURES],
        formulas: vec![FormulaRecord {
            id: MEAL,
            slug: "repas".parse().unwrap(),
            name: "Repas".into(),
            meal: Meal::Meal,
        }],
    };
    let school = SchoolRecord {
        id: SCHOOL,
        name: "École Jaurès".into(),
        kind: SchoolKind::Public,
        half_days: 8,
        starts: Minute::new(8, 30),
        ends: Minute::new(16, 30),
        retired: false,
    };
    apply(
        &commune,
        vec![
            Body::PutSchool { school },
            class(CP, "CP"),
            class(CM2, "CM2"),
            Body::PutActivity { activity: lunch },
        ],
    );
    for (id, name, of) in [(LEA, "Léa", CP), (ZOE, "Zoé", CP), (NOE, "Noé", CM2)] {
        enrol(&town, id, name, of);
    }
    apply(
        &town.commune(at("08:00")),
        vec![Body::Reserve {
            lines: vec![
                line(11, LEA, LUNCH, Some(MEAL)),
                line(12, ZOE, LUNCH, Some(MEAL)),
                line(13, NOE, LUNCH, Some(MEAL)),
                line(14, LEA, EVENING, None),
                line(15, NOE, EVENING, None),
            ],
        }],
    );
    town
}

fn enrol(town: &Town, id: shared::ids::ChildId, first_name: &str, class: ClassId) {
    let commune = town.commune(at("08:00"));
    let sql = include_str!("../../../../record/child/version.sql");
    let seen = commune.store.read(|tx| tx.first(sql, &[id.into()])).unwrap();
    let child = ChildRecord {
        symbol: None,
        health: None,
        left_on: None,
        reference: None,
        id,
        first_name: first_name.into(),
        last_name: "Martin".into(),
        born: "2018-05-04".parse().unwrap(),
        school: Some(SCHOOL),
        class: Some(class),
        households: Vec::new(),
        badges: Vec::new(),
        must_know: None,
        phone: None,
    };
    let mut operation = commune.operation(
        shared::operation::Actor::Host,
        shared::operation::Channel::Command,
        Body::PutChild { child },
    );
    operation.seen = seen.map(|row| row.int(0).unwrap());
    commune.submit(operation).unwrap();
}

fn become_(town: &Town, role: Role) {
    town.change_agent(AgentRecord {
        sites: if role == Role::Directeur {
            vec![JAURES]
        } else {
            Vec::new()
        },
        id: ROCHE,
        email: EMAIL.into(),
        name: "Mme Roche".into(),
        role,
    });
}

fn calendar(town: &Town) -> Option<(CalendarRecord, i64)> {
    town.commune(at("12:00")).store.read(record::calendar).unwrap()
}

fn days(town: &Town) -> Vec<(shared::operation::ExceptionalDayRecord, i64)> {
    town.commune(at("12:00"))
        .store
        .read(record::exceptional_days)
        .unwrap()
}

/// Fills in a form found at `page` and sends it there.
fn send(desk: &mut Browser, page: &str, fields: &[(&str, &str)]) -> Reply {
    let form = desk.get(page);
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    let token = form.token();
    let version = form
        .text
        .split("name=\"version\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .map(str::to_owned);
    let mut all = vec![("jeton", token.as_str())];
    if let Some(version) = &version {
        all.push(("version", version));
    }
    all.extend_from_slice(fields);
    desk.post(page, &all)
}

#[test]
fn a_town_sets_its_calendar_and_sees_its_year() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let words = desk.get(CALENDAR).words();
    assert!(words.contains("Le calendrier n’est pas encore réglé"), "{words}");
    let reply = send(
        &mut desk,
        SETTINGS,
        &[
            ("zone", "b"),
            ("region", "metropole"),
            ("vendredi_saint", "oui"),
            ("nom-0", "Pont"),
            ("genre-0", "closed"),
            ("du-0", "2026-11-12"),
            ("au-0", "2026-11-13"),
            ("nom-1", ""),
            ("genre-1", "closed"),
            ("du-1", ""),
            ("au-1", ""),
        ],
    );
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    let (stored, _) = calendar(&town).unwrap();
    assert_eq!(
        (stored.zone, stored.region),
        (SchoolZone::B, HolidayRegion::Metropole)
    );
    assert!(
        !stored.good_friday,
        "the switch means nothing outside Alsace and Moselle"
    );
    assert_eq!(stored.local.len(), 1);
    let page = desk.get(CALENDAR);
    let words = page.words();
    for said in [
        "Calendrier 2026-2027",
        "Armistice de 1918",
        "12\u{a0}–\u{a0}13Pont",
        "Vacances de Noël",
        "23, aujourd’hui",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert_eq!(page.text.matches("<caption>").count(), 12);
    assert!(!words.contains("Non publié"));
    let later = desk.get(&format!("{CALENDAR}?annee=2031")).words();
    assert!(later.contains("ne sont pas publiées") && later.contains("Non publié"));
    for wrong in ["1999", "2151", "demain"] {
        let reply = desk.get(&format!("{CALENDAR}?annee={wrong}"));
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
    }
}

#[test]
fn good_friday_is_offered_where_it_means_something() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    assert!(!desk.get(SETTINGS).text.contains("vendredi_saint"));
    let reply = send(
        &mut desk,
        SETTINGS,
        &[("zone", "b"), ("region", "alsace_moselle")],
    );
    assert_eq!(
        reply.header("location"),
        "/ville/gestion/calendrier/reglages?fait=enregistre"
    );
    assert!(desk.get(SETTINGS).text.contains("vendredi_saint"));
    let fields = [
        ("zone", "b"),
        ("region", "alsace_moselle"),
        ("connue", "alsace_moselle"),
        ("vendredi_saint", "oui"),
    ];
    let reply = send(&mut desk, SETTINGS, &fields);
    assert_eq!(
        reply.header("location"),
        "/ville/gestion/calendrier?fait=enregistre"
    );
    assert!(desk.get(CALENDAR).words().contains("Vendredi saint"));
}

#[test]
fn a_calendar_that_does_not_do_is_shown_again_and_changes_nothing() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let before = town.head();
    let fields = [
        ("zone", "q"),
        ("region", ""),
        ("nom-0", ""),
        ("genre-0", "closed"),
        ("du-0", "2026-11-13"),
        ("au-0", "2026-11-12"),
    ];
    let reply = send(&mut desk, SETTINGS, &fields);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = reply.words();
    for said in [
        "Ce choix n’existe plus",
        "Faites un choix",
        "Remplissez ce champ",
        "ne peut pas précéder",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(
        reply.text.contains("value=\"2026-11-13\""),
        "what was typed stays"
    );
    assert_eq!((town.head(), calendar(&town)), (before, None));
}

#[test]
fn two_agents_who_set_the_calendar_do_not_overwrite_each_other() {
    let town = Town::founded();
    let mut roche = town.desk(at("12:00"));
    send(&mut roche, SETTINGS, &[("zone", "a"), ("region", "metropole")]);
    let page = roche.get(SETTINGS);
    let (token, version) = (page.token(), calendar(&town).unwrap().1.to_string());
    send(&mut roche, SETTINGS, &[("zone", "c"), ("region", "metropole")]);
    let before = town.head();
    let fields = [
        ("jeton", token.as_str()),
        ("version", version.as_str()),
        ("zone", "b"),
        ("region", "metropole"),
    ];
    let reply = roche.post(SETTINGS, &fields);
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(
        reply.words().contains("Enregistré entre-temps\u{a0}: Zone C"),
        "{}",
        reply.words()
    );
    assert_eq!(
        (town.head(), calendar(&town).unwrap().0.zone),
        (before, SchoolZone::C)
    );
}

#[test]
fn periods_are_changed_and_removed_without_a_script() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let base = [("zone", "a"), ("region", "metropole")];
    let two = [
        ("nom-0", "Pont"),
        ("genre-0", "closed"),
        ("du-0", "2026-11-12"),
        ("au-0", "2026-11-13"),
        ("nom-1", "Samedi de rattrapage"),
        ("genre-1", "school"),
        ("du-1", "05/12/2026"),
        ("au-1", ""),
    ];
    send(&mut desk, SETTINGS, &[&base[..], &two].concat());
    let stored = calendar(&town).unwrap().0.local;
    assert_eq!(stored[1].kind, LocalKind::School);
    assert_eq!(
        stored[1].from, stored[1].until,
        "one day is said by its first alone"
    );
    let removed = [&base[..], &two, &[("retirer-0", "oui")]].concat();
    send(&mut desk, SETTINGS, &removed);
    let names: Vec<_> = calendar(&town)
        .unwrap()
        .0
        .local
        .into_iter()
        .map(|p| p.name)
        .collect();
    assert_eq!(names, ["Samedi de rattrapage"]);
}

#[test]
fn who_may_not_is_told_and_nothing_happens() {
    let town = schooled();
    let mut desk = town.desk(at("12:00"));
    let school = SCHOOL.to_string();
    let fields = [
        ("genre", "closure"),
        ("motif", "x"),
        ("du", "2026-11-24"),
        ("ecoles", school.as_str()),
        ("etape", "enregistrer"),
    ];
    let token = desk.get(NEW).token();
    let sent = [&[("jeton", token.as_str())], &fields[..]].concat();
    for role in [Role::Directeur, Role::Regisseur, Role::Mandataire, Role::Lecture] {
        become_(&town, role);
        let before = town.head();
        for page in [CALENDAR, DAYS] {
            let reply = desk.get(page);
            assert_eq!(reply.status, StatusCode::OK, "{role:?} {page}");
            assert!(
                !reply.text.contains("/nouveau\"") && !reply.text.contains("calendrier/reglages\""),
                "{role:?} {page}"
            );
        }
        for page in [SETTINGS, NEW] {
            assert_eq!(desk.get(page).status, StatusCode::FORBIDDEN, "{role:?} {page}");
            assert_eq!(
                desk.post(page, &sent).status,
                StatusCode::FORBIDDEN,
                "{role:?} {page}"
            );
        }
        assert_eq!((town.head(), days(&town).len()), (before, 0), "{role:?}");
    }
    become_(&town, Role::Administrateur);
    let before = town.head();
    let forged = [&[("jeton", "0")], &fields[..]].concat();
    assert_eq!(desk.post(NEW, &forged).status, StatusCode::FORBIDDEN);
    assert_eq!(town.head(), before);
    assert_eq!(desk.post(NEW, &sent).status, StatusCode::SEE_OTHER);
}
