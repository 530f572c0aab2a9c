//! A town with a calendar and rules, and how its grid is read and tapped.

use axum::http::StatusCode;
use chrono::{Datelike, NaiveDate};
use shared::calendar::{HolidayRegion, SchoolZone};
use shared::codec::Minute;
use shared::ids::{ActivityId, ChildId, GuardianId, HouseholdId, RuleSetId, ServiceId};
use shared::mode::Mode;
use shared::money::Cents;
use shared::operation::{
    ActivityRecord, Body, CalendarRecord, Case, Cost, Count, Counted, Delay, Entrance, Late, Moment, Opening,
    Payment, Places, Price, RuleSetRecord, Verdict, Waiting, Way,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::super::ground::{CANTEEN, JAURES, Towns, at};
use crate::rules::carts::{self, Owner};
use crate::web::browser::{Browser, Reply};

/// The evening: what comes late is asked for.
pub(super) const EVENING: ActivityId = ActivityId(Uuid::from_u128(0xa2));
/// The workshop: no place is left in it.
pub(super) const WORKSHOP: ActivityId = ActivityId(Uuid::from_u128(0xa3));
/// The study: its bookings open on 1 December.
pub(super) const STUDY: ActivityId = ActivityId(Uuid::from_u128(0xa4));

/// Noon, so many working days before.
pub(super) fn noon_before(days: u16) -> Moment {
    Moment::Days {
        days,
        count: Count {
            days: Counted::Worked,
            skipped: 0,
        },
        at: Minute::new(12, 0),
    }
}

pub(super) fn delay(late: Vec<Late>) -> Delay {
    Delay {
        case: Case::all(),
        until: noon_before(2),
        late,
        words: Some("Deux jours ouvrés avant, midi.".into()),
        strict: false,
    }
}

/// What comes late by the portal is asked for.
pub(super) fn on_request() -> Vec<Late> {
    vec![Late {
        until: Moment::Start,
        ways: vec![Way {
            entrance: Entrance::Portal,
            verdict: Verdict::Request,
            cost: Cost::Free,
            excused_within_days: None,
        }],
    }]
}

pub(super) fn set(n: u128, activity: ActivityId, late: Vec<Late>, cents: i64) -> RuleSetRecord {
    RuleSetRecord {
        id: RuleSetId(Uuid::from_u128(n)),
        name: "2026-2027".into(),
        activities: vec![activity],
        from: date("2026-09-01"),
        until: None,
        live: true,
        openings: Vec::new(),
        add: vec![delay(late.clone())],
        cancel: vec![delay(late)],
        conditions: Vec::new(),
        limits: Vec::new(),
        links: Vec::new(),
        groups: Vec::new(),
        places: Vec::new(),
        waiting: None,
        prices: vec![Price {
            case: Case::all(),
            cents: Cents(cents),
        }],
        payment: Payment::Billed,
    }
}

pub(super) fn rules() -> Vec<Body> {
    let full = Places {
        case: Case::all(),
        group: None,
        from: None,
        until: None,
        places: 0,
    };
    let workshop = RuleSetRecord {
        places: vec![full],
        waiting: Some(Waiting {
            offer_minutes: 60,
            most: None,
        }),
        ..set(3, WORKSHOP, Vec::new(), 300)
    };
    let opens = Opening {
        case: Case::all(),
        from: Some(Moment::At {
            date: date("2026-12-01"),
            second: 8 * 3600,
        }),
        until: None,
        words: None,
    };
    let study = RuleSetRecord {
        openings: vec![opens],
        ..set(4, STUDY, Vec::new(), 200)
    };
    let sets = [
        set(1, CANTEEN, Vec::new(), 405),
        set(2, EVENING, on_request(), 250),
        workshop,
        study,
    ];
    sets.map(|rules| Body::PutRules { rules }).into()
}

pub(super) fn activity(id: ActivityId, slug: &str, name: &str, opens: (u16, u16)) -> Body {
    Body::PutActivity {
        activity: ActivityRecord {
            capacity: None,
            retired: false,
            id,
            slug: slug.parse().unwrap(),
            name: name.into(),
            service: ServiceId(Uuid::from_u128(0x5e)),
            mode: Mode::Presence,
            weekdays: 0b1_1111,
            opens: Minute::new(opens.0, opens.1),
            closes: Minute::new(opens.0 + 1, opens.1),
            sites: vec![JAURES],
            formulas: Vec::new(),
        },
    }
}

/// The town with its calendar and its rules.
pub(super) fn town() -> Towns {
    let towns = Towns::new();
    let calendar = CalendarRecord {
        zone: SchoolZone::A,
        region: HolidayRegion::Metropole,
        good_friday: false,
        local: Vec::new(),
    };
    let mut bodies = vec![
        Body::PutCalendar { calendar },
        activity(EVENING, "soir", "Garderie du soir", (16, 30)),
        activity(WORKSHOP, "atelier", "Atelier", (17, 0)),
        activity(STUDY, "etude", "Étude", (17, 30)),
    ];
    bodies.extend(rules());
    towns.apply(bodies);
    towns
}

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn grid(browser: &mut Browser, child: ChildId, day: &str) -> Reply {
    let page = browser.get(&format!("/ville/reservations?du={day}&enfant={child}"));
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    page
}

/// The HTML of a cell of a page about one child.
pub(super) fn html_of(page: &Reply, day: &str, activity: &str) -> Option<String> {
    let date = date(day);
    let row = format!("id=\"j{:02}{:02}\"", date.month(), date.day());
    let after = page.text.split_once(&row)?.1;
    let row = after.split("<h4").next()?;
    let name = row.find(&format!("<i>{activity}</i>"))?;
    let tags = ["<button", "<a ", "<p "];
    let begin = tags.iter().filter_map(|tag| row[..name].rfind(tag)).max()?;
    let ends = ["</button>", "</a>", "</p>"];
    let end = ends.iter().filter_map(|tag| row[name..].find(tag)).min()?;
    Some(row[begin..name + end].to_owned())
}

/// What is heard of it: « Cantine, mardi 24 novembre, réservable, jusqu’au … ».
pub(super) fn cell(page: &Reply, day: &str, activity: &str) -> String {
    let html = html_of(page, day, activity).unwrap_or_default();
    let mut words = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => words.push(c),
            _ => {}
        }
    }
    words.trim().replace('\u{a0}', " ")
}

/// Claire's or Paul's cells at an instant.
pub(super) fn seen(
    towns: &Towns,
    who: GuardianId,
    now: UtcMs,
    child: ChildId,
    day: &str,
    activity: &str,
) -> String {
    cell(&grid(&mut towns.family(who, now), child, day), day, activity)
}

/// Puts a line of the grid into the cart, as its form does.
pub(super) fn put(browser: &mut Browser, child: ChildId, kind: &str, line: &str) -> Reply {
    let token = grid(browser, child, "2026-11-23").token();
    let child = child.to_string();
    let fields = [
        ("jeton", token.as_str()),
        ("enfant", &child),
        ("sorte", kind),
        ("retour", "/ville/reservations?du=2026-11-23"),
        ("ligne", line),
    ];
    browser.post("/ville/panier/lignes", &fields)
}

/// Validates the cart.
pub(super) fn validate(browser: &mut Browser) {
    let page = browser.get("/ville/panier");
    let value = |name: &str| {
        let after = page
            .text
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap()
            .1;
        after.split('"').next().unwrap().to_owned()
    };
    let (token, cart, seen) = (value("jeton"), value("panier"), value("vu"));
    let fields = [
        ("jeton", token.as_str()),
        ("panier", cart.as_str()),
        ("vu", seen.as_str()),
    ];
    let sent = browser.post("/ville/panier/valider", &fields);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
}

pub(super) fn in_cart(towns: &Towns, guardian: GuardianId, household: HouseholdId) -> usize {
    let commune = towns.commune(at("12:00"));
    let found = commune
        .store
        .read(|tx| carts::of(tx, Owner::Guardian(guardian), household));
    found.unwrap().map_or(0, |cart| cart.lines.len())
}

/// The only wish that is in the record.
pub(super) fn the_wish(towns: &Towns) -> shared::ids::WishId {
    let commune = towns.commune(at("12:00"));
    let rows = commune
        .store
        .read(|tx| tx.query("select id from wish", &[]))
        .unwrap();
    assert_eq!(rows.len(), 1);
    shared::ids::WishId(rows[0].uuid(0).unwrap())
}
