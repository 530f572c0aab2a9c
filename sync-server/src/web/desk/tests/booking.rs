//! Booking by rules, at the desk. It is Monday 23 November, noon: Mme Abel telephones for Eva. The canteen of two places is
//! booked until ten the day before; a cancellation that comes later is decided by the town hall.

use axum::http::StatusCode;
use shared::codec::Minute;
use shared::ids::{ChildId, HouseholdId, RuleSetId};
use shared::money::Cents;
use shared::operation::{
    Body, Case, ChildRecord, Cost, Count, Counted, Delay, Entrance, HouseholdRecord, Late, Moment, Payment,
    Price, RuleSetRecord, Verdict, Way,
};
use uuid::Uuid;

use super::browser::{Browser, Reply};
use super::school::{CE1, LUNCH, SCHOOL, logged_in, town as school};
use super::town::{EMAIL, Town, apply, at};

pub(super) const ABEL: HouseholdId = HouseholdId(Uuid::from_u128(0xf0));
pub(super) const EVA: ChildId = ChildId(Uuid::from_u128(0xd9));
pub(super) const PAGE: &str =
    "/ville/gestion/familles/00000000-0000-0000-0000-0000000000f0/reservations?date=2026-11-24";
pub(super) const FACTS: &str = "/ville/gestion/familles/00000000-0000-0000-0000-0000000000f0/regles";
const QUEUE: &str = "/ville/gestion/demandes-reservations";

/// By rules of which the deadline is strict or not.
pub(super) fn town(strict: bool) -> Town {
    town_by(rules(strict))
}

/// Its rules.
pub(super) fn rules(strict: bool) -> RuleSetRecord {
    let delay = |late| Delay {
        case: Case::all(),
        until: Moment::Days {
            days: 1,
            count: Count {
                days: Counted::Calendar,
                skipped: 0,
            },
            at: Minute::new(10, 0),
        },
        late,
        words: Some("La veille avant 10 h".into()),
        strict,
    };
    let asked = Late {
        until: Moment::Start,
        ways: vec![Way {
            entrance: Entrance::Phone,
            verdict: Verdict::Request,
            cost: Cost::Full,
            excused_within_days: None,
        }],
    };
    RuleSetRecord {
        id: RuleSetId(Uuid::from_u128(0x99)),
        name: "Cantine".into(),
        activities: vec![LUNCH],
        from: "2026-09-01".parse().unwrap(),
        until: None,
        live: true,
        openings: Vec::new(),
        add: vec![delay(Vec::new())],
        cancel: vec![delay(vec![asked])],
        conditions: Vec::new(),
        limits: Vec::new(),
        links: Vec::new(),
        groups: Vec::new(),
        places: Vec::new(),
        waiting: None,
        prices: vec![Price {
            case: Case::all(),
            cents: Cents(400),
        }],
        payment: Payment::Billed,
    }
}

/// A school by some rules.
pub(super) fn town_by(rules: RuleSetRecord) -> Town {
    let town = school();
    let household = HouseholdRecord {
        id: ABEL,
        name: "Abel".into(),
        guardians: Vec::new(),
    };
    let eva = ChildRecord {
        symbol: None,
        health: None,
        left_on: None,
        reference: None,
        id: EVA,
        first_name: "Eva".into(),
        last_name: "Abel".into(),
        born: "2018-05-04".parse().unwrap(),
        school: Some(SCHOOL),
        class: Some(CE1),
        households: vec![ABEL],
        badges: Vec::new(),
        must_know: None,
        phone: None,
    };
    let bodies = vec![
        Body::PutHousehold { household },
        Body::PutChild { child: eva },
        Body::PutRules { rules },
    ];
    apply(&town.commune(at("11:00")), bodies);
    town
}

/// What a page offers to tick under a name, on a date.
pub(super) fn ticks(reply: &Reply, name: &str, date: &str) -> Vec<String> {
    let field = format!("name=\"{name}\" value=\"");
    let values = reply.text.split(&field).skip(1);
    values
        .filter_map(|rest| rest.split_once('"').map(|(value, _)| value.to_owned()))
        .filter(|value| {
            value.contains(date) && (name != "ajouter" || value.contains(&LUNCH.0.simple().to_string()))
        })
        .collect()
}

pub(super) fn hidden(reply: &Reply, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let rest = reply.text.split_once(&field).map_or("", |(_, rest)| rest);
    rest.split_once('"').map_or("", |(value, _)| value).to_owned()
}

/// Dates of what stands for Eva.
pub(super) fn standing(town: &Town) -> Vec<String> {
    let sql = "select date from reservation where child = ?1 and cancelled_at is null order by date";
    let rows = town
        .commune(at("12:00"))
        .store
        .read(|tx| tx.query(sql, &[EVA.into()]));
    rows.unwrap().iter().map(|row| row.text(0).unwrap()).collect()
}

pub(super) fn post(desk: &mut Browser, page: &str, fields: &[(&str, &str)]) -> Reply {
    let token = desk.get(page).token();
    let path = page.split('?').next().unwrap();
    desk.post(path, &[&[("jeton", token.as_str())], fields].concat())
}

/// Fields of the grid: week, by telephone, and what is ticked.
pub(super) fn asks<'a>(ticked: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let base = [("vue", "semaine"), ("date", "2026-11-24"), ("par", "telephone")];
    [&base[..], ticked].concat()
}

#[test]
fn a_family_that_calls_is_booked_by_the_rules_and_beyond_them_by_name() {
    let town = town(false);
    let mut desk = logged_in(&town, EMAIL);
    let page = desk.get(PAGE);
    let words = page.words();
    for said in [
        "Eva Abel",
        "Réservable",
        "4,00\u{a0}€",
        "Non réservable",
        "La veille avant 10 h",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let thursday = ticks(&page, "ajouter", "2026-11-26").remove(0);
    let tuesday = ticks(&page, "ajouter", "2026-11-24").remove(0);
    let both = [("ajouter", thursday.as_str()), ("ajouter", tuesday.as_str())];
    let before = town.head();
    let preview = post(
        &mut desk,
        PAGE,
        &asks(&[&both[..], &[("geste", "voir")]].concat()),
    );
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(
        preview.words().contains("Outrepasser la règle"),
        "{}",
        preview.words()
    );
    let seed = hidden(&preview, "graine");
    let beyond = [
        ("graine", seed.as_str()),
        ("geste", "faire"),
        ("outrepasser", tuesday.as_str()),
    ];
    let sent = asks(&[&both[..], &beyond].concat());
    let unexplained = post(&mut desk, PAGE, &sent);
    assert_eq!(unexplained.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        unexplained.words().contains("Dites pourquoi"),
        "{}",
        unexplained.words()
    );
    assert_eq!((town.head(), standing(&town)), (before, Vec::<String>::new()));
    let sent = [&sent[..], &[("raison", "Hospitalisation de la mère")]].concat();
    let done = post(&mut desk, PAGE, &sent);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    assert_eq!(standing(&town), ["2026-11-24", "2026-11-26"]);
    let head = town.head();
    let again = post(&mut desk, PAGE, &sent);
    assert_eq!(
        (again.status, town.head()),
        (StatusCode::SEE_OTHER, head),
        "sent twice, done once"
    );
}

#[test]
fn a_strict_rule_holds_for_the_town_hall_too() {
    let town = town(true);
    let mut desk = logged_in(&town, EMAIL);
    let page = desk.get(PAGE);
    let tuesday = ticks(&page, "ajouter", "2026-11-24").remove(0);
    let ticked = [("ajouter", tuesday.as_str())];
    let before = town.head();
    let preview = post(
        &mut desk,
        PAGE,
        &asks(&[&ticked[..], &[("geste", "voir")]].concat()),
    );
    assert!(ticks(&preview, "outrepasser", "2026-11-24").is_empty());
    let seed = hidden(&preview, "graine");
    let forged = [
        ("ajouter", tuesday.as_str()),
        ("outrepasser", tuesday.as_str()),
        ("raison", "Parce que"),
        ("graine", seed.as_str()),
        ("geste", "faire"),
    ];
    let reply = post(&mut desk, PAGE, &asks(&forged));
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((town.head(), standing(&town)), (before, Vec::<String>::new()));
}

#[test]
fn who_may_not_books_nothing() {
    let town = town(false);
    let page = logged_in(&town, EMAIL).get(PAGE);
    let thursday = ticks(&page, "ajouter", "2026-11-26").remove(0);
    let mut faure = logged_in(&town, "faure@mairie.example");
    let mut reader = logged_in(&town, "lecture@mairie.example");
    let before = town.head();
    for path in [PAGE, FACTS] {
        assert_eq!(faure.get(path).status, StatusCode::FORBIDDEN, "{path}");
    }
    let token = faure.get(QUEUE).token();
    let fields = [
        ("jeton", token.as_str()),
        ("vue", "semaine"),
        ("ajouter", thursday.as_str()),
    ];
    let path = PAGE.split('?').next().unwrap();
    assert_eq!(faure.post(path, &fields).status, StatusCode::FORBIDDEN);
    let seen = reader.get(PAGE);
    assert!(seen.words().contains("Réservable") && ticks(&seen, "ajouter", "2026").is_empty());
    let token = seen.token();
    let fields = [("jeton", token.as_str()), ("ajouter", thursday.as_str())];
    for path in [path, QUEUE, FACTS] {
        assert_eq!(reader.post(path, &fields).status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!((town.head(), standing(&town)), (before, Vec::<String>::new()));
}

/// Books Eva's Tuesday beyond the rules; the answer is its redirection.
fn books_tuesday(town: &Town, desk: &mut Browser) {
    let page = desk.get(PAGE);
    let tuesday = ticks(&page, "ajouter", "2026-11-24").remove(0);
    let preview = post(
        desk,
        PAGE,
        &asks(&[("ajouter", tuesday.as_str()), ("geste", "voir")]),
    );
    let seed = hidden(&preview, "graine");
    let fields = [
        ("ajouter", tuesday.as_str()),
        ("outrepasser", tuesday.as_str()),
        ("raison", "Oubli"),
        ("graine", seed.as_str()),
        ("geste", "faire"),
    ];
    post(desk, PAGE, &asks(&fields));
    assert_eq!(standing(town), ["2026-11-24"]);
}

#[test]
fn a_late_cancellation_is_asked_and_two_agents_decide_once() {
    let town = town(false);
    let mut desk = logged_in(&town, EMAIL);
    books_tuesday(&town, &mut desk);
    let page = desk.get(PAGE);
    let cancel = ticks(&page, "annuler", "").remove(0);
    let preview = post(
        &mut desk,
        PAGE,
        &asks(&[("annuler", cancel.as_str()), ("geste", "voir")]),
    );
    assert!(
        preview.words().contains("Demande à valider"),
        "{}",
        preview.words()
    );
    let seed = hidden(&preview, "graine");
    let fields = [
        ("annuler", cancel.as_str()),
        ("graine", seed.as_str()),
        ("geste", "faire"),
    ];
    post(&mut desk, PAGE, &asks(&fields));
    assert_eq!(standing(&town), ["2026-11-24"], "it is only asked for");
    let queue = desk.get(QUEUE);
    assert!(queue.words().contains("Abel Eva"), "{}", queue.words());
    let wish = ticks(&queue, "souhait", "").remove(0);
    let none = post(&mut desk, QUEUE, &[("geste", "accepter")]);
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut other = logged_in(&town, EMAIL);
    let token = other.get(QUEUE).token();
    let yes = [
        ("souhait", wish.as_str()),
        ("geste", "accepter"),
        ("mots", "Entendu."),
    ];
    let done = post(&mut desk, QUEUE, &yes);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    assert!(standing(&town).is_empty());
    let head = town.head();
    let late = other.post(QUEUE, &[&[("jeton", token.as_str())], &yes[..]].concat());
    assert_eq!(
        (late.status, town.head()),
        (StatusCode::UNPROCESSABLE_ENTITY, head),
        "the other agent is told that nothing waits any more"
    );
}

#[test]
fn occupancy_and_who_has_not_booked_follow() {
    let town = town(false);
    let mut desk = logged_in(&town, EMAIL);
    books_tuesday(&town, &mut desk);
    let week = desk.get("/ville/gestion/occupation?date=2026-11-24").words();
    for said in ["Repas de midi", "Site Pasteur", "1 libre"] {
        assert!(week.contains(said), "{said}: {week}");
    }
    let file = desk.get("/ville/gestion/occupation/fichier?date=2026-11-24");
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        file.text
            .contains("\"Site Pasteur\";\"\";\"2\";\"1\";\"0\";\"1\";\"0\""),
        "{}",
        file.text
    );
    let asked =
        format!("/ville/gestion/sans-reservation?activite={LUNCH}&qui={CE1}&du=2026-11-23&au=2026-11-27");
    let without = desk.get(&asked).words();
    assert!(without.contains("3 enfants sans réservation"), "{without}");
    assert!(
        without.contains("Abel Tom") && !without.contains("Abel Eva"),
        "{without}"
    );
    let mut faure = logged_in(&town, "faure@mairie.example");
    assert!(!faure.get(&asked).words().contains("Abel Tom"));
    assert!(
        !faure
            .get("/ville/gestion/occupation?date=2026-11-24")
            .words()
            .contains("Site Pasteur")
    );
}

#[test]
fn facts_of_a_household_are_checked_and_never_overwritten() {
    let town = town(false);
    let mut desk = logged_in(&town, EMAIL);
    let before = town.head();
    let wrong = post(&mut desk, FACTS, &[("residence", "Thuir"), ("impaye", "dix")]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.words().contains("cinq caractères"), "{}", wrong.words());
    assert_eq!(town.head(), before);
    let right = post(&mut desk, FACTS, &[("residence", "66210"), ("impaye", "12,5")]);
    assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.words());
    assert!(desk.get(FACTS).text.contains("value=\"12,50\""));
    let head = town.head();
    let stale = post(&mut desk, FACTS, &[("residence", "66136"), ("version", "1")]);
    assert_eq!((stale.status, town.head()), (StatusCode::CONFLICT, head));
}
