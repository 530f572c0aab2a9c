//! Mon panier: what goes in, what becomes of it, and what bad luck makes of it.

mod broken;
mod gathering;
mod held;
mod luck;
mod moved;
mod others;
mod told;
mod validated;
mod waiting;

use axum::http::StatusCode;
use chrono::NaiveDate;
use shared::calendar::{HolidayRegion, SchoolZone};
use shared::codec::Minute;
use shared::ids::{ActivityId, ChildId, GuardianId, HouseholdId, RuleSetId, ServiceId};
use shared::mode::Mode;
use shared::money::Cents;
use shared::operation::{
    ActivityRecord, Actor, Body, CalendarRecord, Capability, Case, Channel, Cost, Count, Counted, Delay,
    Entrance, Late, Link, LinkKind, Moment, Openness, Payment, Places, Price, RuleSetRecord, Verdict,
    Waiting, Way,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::ground::{CANTEEN, JAURES, Towns, at};
use crate::record;
use crate::rules::carts::{self, CartLine, Owner};
use crate::web::browser::{Browser, Reply};

const CART: &str = "/ville/panier";
const LINES: &str = "/ville/panier/lignes";
const VALIDATE: &str = "/ville/panier/valider";
const WISHES: &str = "/ville/reservations/demandes";
/// The evening, until 18 h 30.
const EVENING: ActivityId = ActivityId(Uuid::from_u128(0xa2));
/// Nobody has booked anything on this Thursday.
const THURSDAY: &str = "2026-11-26";
/// Nor on this Friday.
const FRIDAY: &str = "2026-11-27";
/// The canteen of Thursday can be booked until then.
const LAST: &str = "2026-11-25T18:00:00+01:00";

fn instant(text: &str) -> UtcMs {
    UtcMs::parse(text).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Until the eve, 18 h; afterwards nothing is added on line, and a cancellation is paid in full. 4,00 € a time.
fn rules() -> RuleSetRecord {
    let eve = Moment::Days {
        days: 1,
        count: Count {
            days: Counted::Calendar,
            skipped: 0,
        },
        at: Minute::new(18, 0),
    };
    let delay = |late: Vec<Late>| Delay {
        case: Case::all(),
        until: eve,
        late,
        words: None,
        strict: false,
    };
    let paid = Late {
        until: Moment::Start,
        ways: vec![Way {
            entrance: Entrance::Portal,
            verdict: Verdict::Accept,
            cost: Cost::Full,
            excused_within_days: Some(7),
        }],
    };
    RuleSetRecord {
        id: RuleSetId(Uuid::from_u128(0x71)),
        name: "Cantine et soir".into(),
        activities: vec![CANTEEN, EVENING],
        from: day("2026-09-01"),
        until: None,
        live: true,
        openings: Vec::new(),
        add: vec![delay(Vec::new())],
        cancel: vec![delay(vec![paid])],
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

/// The same, with one place on Thursday.
fn one_place() -> RuleSetRecord {
    RuleSetRecord {
        places: vec![Places {
            case: Case::all(),
            group: None,
            from: Some(day(THURSDAY)),
            until: Some(day(THURSDAY)),
            places: 1,
        }],
        ..rules()
    }
}

/// The same, and whoever finds none may wait.
fn one_place_and_a_queue() -> RuleSetRecord {
    RuleSetRecord {
        waiting: Some(Waiting {
            offer_minutes: 120,
            most: None,
        }),
        ..one_place()
    }
}

/// The canteen brings the evening.
fn linked() -> RuleSetRecord {
    RuleSetRecord {
        links: vec![Link {
            kind: LinkKind::Brings,
            activity: CANTEEN,
            other: EVENING,
        }],
        ..rules()
    }
}

/// A town with a calendar, an evening and rules.
fn town(rules: RuleSetRecord) -> Towns {
    let towns = Towns::new();
    towns.apply(vec![
        Body::PutCalendar {
            calendar: CalendarRecord {
                zone: SchoolZone::A,
                region: HolidayRegion::Metropole,
                good_friday: false,
                local: Vec::new(),
            },
        },
        Body::PutActivity {
            activity: ActivityRecord {
                capacity: None,
                retired: false,
                id: EVENING,
                slug: "soir".parse().unwrap(),
                name: "Accueil du soir".into(),
                service: ServiceId(Uuid::from_u128(0x5e)),
                mode: Mode::Presence,
                weekdays: 0b1_1011,
                opens: Minute::new(16, 30),
                closes: Minute::new(18, 30),
                sites: vec![JAURES],
                formulas: Vec::new(),
            },
        },
        Body::PutRules { rules },
    ]);
    towns
}

/// The rules become others.
fn change(towns: &Towns, rules: RuleSetRecord) {
    let commune = towns.commune(at("12:00"));
    let sql = "select version from rule_set where id = ?1";
    let row = commune
        .store
        .read(|tx| tx.first(sql, &[rules.id.into()]))
        .unwrap();
    let mut operation = commune.operation(Actor::Host, Channel::Command, Body::PutRules { rules });
    operation.seen = row.map(|row| row.int(0).unwrap());
    commune.submit(operation).unwrap();
}

fn open(towns: &Towns, state: Openness) {
    let commune = towns.commune(at("12:00"));
    let parts = commune.store.read(|tx| record::parts(tx)).unwrap();
    let part = parts
        .iter()
        .find(|part| part.capability == Capability::Reservation)
        .unwrap();
    let body = Body::SetCapability {
        capability: Capability::Reservation,
        state,
        message: "Maintenance jusqu’à ce soir.".into(),
    };
    let mut operation = commune.operation(Actor::Host, Channel::Command, body);
    operation.seen = part.switched.map(|(_, version)| version);
    commune.submit(operation).unwrap();
}

/// What is read, with plain spaces.
fn said(reply: &Reply) -> String {
    reply.words().replace('\u{a0}', " ")
}

/// What stands in a hidden field of the form that validates.
fn hidden(page: &Reply, name: &str) -> String {
    let after = page.text.split(&format!("name=\"{name}\" value=\"")).nth(1);
    after.map_or_else(String::new, |after| after.split('"').next().unwrap().to_owned())
}

fn line(child: ChildId, activity: ActivityId, date: &str) -> String {
    format!("{child}.{activity}.{JAURES}.{date}.")
}

/// Does something with lines.
fn send(browser: &mut Browser, deed: &str, lines: &[String]) -> Reply {
    let token = browser.get(CART).token();
    let mut fields = vec![("jeton", token.as_str()), ("sorte", deed)];
    fields.extend(lines.iter().map(|line| ("ligne", line.as_str())));
    browser.post(LINES, &fields)
}

/// Puts a reservation into the cart.
fn add(browser: &mut Browser, child: ChildId, date: &str) {
    let sent = send(browser, "ajout", &[line(child, CANTEEN, date)]);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
}

/// Sends the form that validates, as a page had it: the cart is not looked at again in between.
fn validate_as(browser: &mut Browser, page: &Reply) -> Reply {
    let token = browser.get("/ville/demandes").token();
    let (cart, seen) = (hidden(page, "panier"), hidden(page, "vu"));
    browser.post(VALIDATE, &[("jeton", &token), ("panier", &cart), ("vu", &seen)])
}

/// Looks at the cart and validates it.
fn validate(browser: &mut Browser) -> Reply {
    let page = browser.get(CART);
    validate_as(browser, &page)
}

/// Validates, and answers the recap.
fn booked(browser: &mut Browser) -> Reply {
    let sent = validate(browser);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", said(&sent));
    let recap = browser.get(sent.header("location"));
    assert_eq!(recap.status, StatusCode::OK);
    recap
}

/// What lies in somebody's cart.
fn cart(towns: &Towns, guardian: GuardianId, household: HouseholdId) -> Vec<CartLine> {
    let commune = towns.commune(at("12:00"));
    let found = commune
        .store
        .read(|tx| carts::of(tx, Owner::Guardian(guardian), household));
    found.unwrap().map(|cart| cart.lines).unwrap_or_default()
}

/// How many children stand on the list of a session, and what each owes.
fn standing(towns: &Towns, activity: ActivityId, date: &str) -> Vec<Option<i64>> {
    let commune = towns.commune(at("12:00"));
    let sql =
        "select total_cents from reservation where activity = ?1 and date = ?2 and cancelled_at is null";
    let rows = commune
        .store
        .read(|tx| tx.query(sql, &[activity.into(), date.into()]));
    rows.unwrap()
        .iter()
        .map(|row| row.opt(0, crate::store::Row::int).unwrap())
        .collect()
}

#[test]
fn the_ground_of_these_stories_is_what_they_say() {
    let towns = town(rules());
    let commune = towns.commune(at("12:00"));
    assert!(commune.store.read(record::calendar).unwrap().is_some());
    assert!(standing(&towns, CANTEEN, THURSDAY).is_empty());
}
