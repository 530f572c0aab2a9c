//! Many days at once: what will be, what cannot be and why, and all that can be in the cart.

mod left_out;
mod year;

use axum::http::StatusCode;
use chrono::NaiveDate;
use shared::calendar::{HolidayRegion, SchoolZone};
use shared::codec::Minute;
use shared::ids::{ActivityId, ChildId, GuardianId, HouseholdId, RuleSetId, ServiceId};
use shared::mode::Mode;
use shared::money::Cents;
use shared::operation::{
    ActivityRecord, Body, CalendarRecord, Case, Cost, Count, Counted, Delay, Entrance, Late, Moment, Payment,
    Price, RuleSetRecord, Verdict, Way,
};
use uuid::Uuid;

use super::ground::{CANTEEN, CLAIRE, JAURES, LEA, MARTIN, MIA, NOE, PAUL, TOM, Towns, agent, at};
use crate::rules::carts::{self, CartKind, CartLine, Owner};
use crate::web::browser::Reply;

const PREVIEW: &str = "/ville/reservations/periode/apercu";
/// The evening, until 18 h 30.
const EVENING: ActivityId = ActivityId(Uuid::from_u128(0xa2));

fn rules(n: u128, activities: Vec<ActivityId>) -> Body {
    let eve = Moment::Days {
        days: 2,
        count: Count {
            days: Counted::Worked,
            skipped: 0,
        },
        at: Minute::new(12, 0),
    };
    let delay = |late: Vec<Late>| Delay {
        case: Case::all(),
        until: eve,
        late,
        words: Some("Deux jours ouvrés avant, midi".into()),
        strict: false,
    };
    let dearer = Late {
        until: Moment::Start,
        ways: vec![Way {
            entrance: Entrance::Desk,
            verdict: Verdict::Accept,
            cost: Cost::Adds(Cents(300)),
            excused_within_days: None,
        }],
    };
    Body::PutRules {
        rules: RuleSetRecord {
            id: RuleSetId(Uuid::from_u128(n)),
            name: "2026-2027".into(),
            activities,
            from: "2026-09-01".parse().unwrap(),
            until: None,
            live: true,
            openings: Vec::new(),
            add: vec![delay(vec![dearer])],
            cancel: vec![delay(Vec::new())],
            conditions: Vec::new(),
            limits: Vec::new(),
            links: Vec::new(),
            groups: Vec::new(),
            places: Vec::new(),
            waiting: None,
            prices: vec![Price {
                case: Case::all(),
                cents: Cents(420),
            }],
            payment: Payment::Billed,
        },
    }
}

fn activity(n: u128, name: &str) -> Body {
    Body::PutActivity {
        activity: ActivityRecord {
            capacity: None,
            retired: false,
            id: ActivityId(Uuid::from_u128(n)),
            slug: format!("activite-{n}").parse().unwrap(),
            name: name.into(),
            service: ServiceId(Uuid::from_u128(0x5e)),
            mode: Mode::Presence,
            weekdays: 0b1_1111,
            opens: Minute::new(16, 30),
            closes: Minute::new(18, 30),
            sites: vec![JAURES],
            formulas: Vec::new(),
        },
    }
}

/// The town has a calendar, and the canteen and the evening are booked on line.
fn town() -> Towns {
    let towns = Towns::new();
    let calendar = CalendarRecord {
        zone: SchoolZone::A,
        region: HolidayRegion::Metropole,
        good_friday: false,
        local: Vec::new(),
    };
    towns.apply(vec![
        Body::PutCalendar { calendar },
        activity(0xa2, "Garderie du soir"),
        rules(1, vec![CANTEEN, EVENING]),
    ]);
    towns
}

fn cart(towns: &Towns, guardian: GuardianId, household: HouseholdId) -> Vec<CartLine> {
    let commune = towns.commune(at("12:00"));
    let found = commune
        .store
        .read(|tx| carts::of(tx, Owner::Guardian(guardian), household));
    found.unwrap().map(|cart| cart.lines).unwrap_or_default()
}

/// The form of a preview, as a browser sends it.
fn form_of(page: &Reply) -> Vec<(String, String)> {
    let (_, form) = page.text.split_once("class=\"period-send\"").expect("a form");
    let (form, _) = form.split_once("</form>").expect("its end");
    let attribute = |tag: &str, name: &str| {
        let (_, after) = tag.split_once(&format!("{name}=\""))?;
        after.split_once('"').map(|(value, _)| value.to_owned())
    };
    form.split("<input")
        .skip(1)
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect()
}

fn send(browser: &mut crate::web::browser::Browser, fields: &[(String, String)]) -> Reply {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    browser.post(PREVIEW, &fields)
}

fn tuesdays_of(child: ChildId) -> String {
    format!("{PREVIEW}?enfant={child}&activite=cantine&jour=1&sur=annee")
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn claire_sees_every_tuesday_of_the_year_before_anything_is_in_her_cart() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let form = claire.get("/ville/reservations/periode").words();
    for said in [
        "Léa",
        "Tom",
        "Cantine",
        "Garderie du soir",
        "mardi",
        "L’année scolaire",
    ] {
        assert!(
            form.to_lowercase().contains(&said.to_lowercase()),
            "{said}: {form}"
        );
    }
    let head = towns.head();
    let preview = claire.get(&tuesdays_of(LEA));
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    let words = preview.words();
    // Booked already: 24 November and 1 December. Then 8 and 15, and those of the new year.
    for said in [
        "2 dates déjà réservées",
        "Vacances de Noël",
        "19 décembre – 3 janvier",
        "décembre 2026",
        "8, 15",
        "4,20",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
    assert_eq!(towns.head(), head, "a preview changes nothing");

    let fields = form_of(&preview);
    let sent = send(&mut claire, &fields);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert!(sent.header("location").starts_with("/ville/panier"));
    let lines = cart(&towns, CLAIRE, MARTIN);
    assert_eq!(lines[0].session.date, date("2026-12-08"));
    assert_eq!(lines.last().unwrap().session.date, date("2027-06-29"));
    assert!(lines.iter().all(|line| line.child == LEA
        && line.kind == CartKind::Add
        && line.shown == Some(Cents(420))
        && line.held_until.is_none()));
    assert!(!lines.iter().any(|line| line.session.date == date("2026-12-22")));
    assert_eq!(towns.head(), head, "nothing is booked");

    let again = send(&mut claire, &fields);
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(cart(&towns, CLAIRE, MARTIN), lines, "sent twice, it is once");
}

#[test]
fn sent_month_after_month_it_is_the_same_cart() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let preview = claire.get(&tuesdays_of(LEA));
    let fields = form_of(&preview);
    send(&mut claire, &fields);
    let whole = cart(&towns, CLAIRE, MARTIN);

    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let preview = claire.get(&tuesdays_of(LEA));
    let (_, months) = preview.text.split_once("data-months=\"").unwrap();
    let (months, _) = months.split_once('"').unwrap();
    for month in months.split(' ') {
        let mut fields = form_of(&preview);
        fields.push(("mois".into(), month.into()));
        assert_eq!(send(&mut claire, &fields).status, StatusCode::SEE_OTHER);
    }
    let dates = |lines: &[CartLine]| lines.iter().map(|line| line.session.date).collect::<Vec<_>>();
    assert_eq!(dates(&cart(&towns, CLAIRE, MARTIN)), dates(&whole));
}

#[test]
fn what_is_too_late_is_said_with_the_towns_words_and_whom_to_call() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:30"));
    // Monday half past noon: Tuesday and Wednesday are too late for the evening.
    let asked = format!("{PREVIEW}?enfant={LEA}&activite=activite-162&jour=1&jour=2&jour=3&sur=periode");
    let words = claire.get(&asked).words();
    for said in [
        "Trop tard",
        "Deux jours ouvrés avant, midi",
        "24 novembre",
        "25 novembre",
        "Appelez",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!words.contains("jeudi 26 novembre"), "{words}");
}

#[test]
fn another_familys_child_a_forged_activity_and_a_span_upside_down_lead_to_the_form_again() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let preview = claire.get(&tuesdays_of(LEA));
    let sound = form_of(&preview);
    let with = |name: &str, value: &str| {
        let mut fields = sound.clone();
        let field = fields.iter_mut().find(|(known, _)| known == name).unwrap();
        field.1 = value.to_owned();
        fields
    };
    for forged in [
        with("enfant", &NOE.to_string()),
        with("enfant", &MIA.to_string()),
        with("activite", "piscine"),
        with("au", "2026-11-22"),
        with("au", "2029-01-01"),
        with("jour", "9"),
    ] {
        let reply = send(&mut claire, &forged);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{forged:?}");
        assert!(!reply.words().contains("Noé") && !reply.words().contains("Mia"));
    }
    assert!(cart(&towns, CLAIRE, MARTIN).is_empty());
    let mut agent = towns.seen_as(agent(shared::operation::Role::Gestionnaire), CLAIRE, at("12:00"));
    assert_eq!(agent.get(&tuesdays_of(LEA)).status, StatusCode::FORBIDDEN);
}

#[test]
fn a_child_of_two_homes_is_booked_for_the_weeks_it_is_here() {
    let towns = town();
    let mut paul = towns.family(PAUL, at("12:00"));
    let preview = paul.get(&tuesdays_of(TOM));
    let words = preview.words();
    assert!(words.contains("autre foyer"), "{words}");
    let fields = form_of(&preview);
    send(&mut paul, &fields);
    let lines = cart(&towns, PAUL, super::ground::PETIT);
    assert!(
        lines.iter().any(|line| line.session.date == date("2026-12-15")),
        "{lines:?}"
    );
    assert!(
        !lines.iter().any(|line| line.session.date == date("2026-12-08")),
        "{lines:?}"
    );
}

#[test]
fn a_typical_week_leaves_other_days_alone_unless_it_replaces_them_day_by_day() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("08:00"));
    let week = claire.get("/ville/reservations/periode/semaine");
    // This week Léa has the canteen on Monday and Tuesday.
    for day in ["0", "1"] {
        let (before, _) = week
            .text
            .split_once(&format!(".cantine.{day}\" checked"))
            .or_else(|| week.text.split_once(&format!(".cantine.{day}\"  checked")))
            .unwrap_or_else(|| panic!("{day}: {}", week.text));
        assert!(before.contains("name=\"s\""));
    }
    let mark = "000000c1";
    let asked = format!("{PREVIEW}?vue=semaine&s={mark}.cantine.3&du=2026-11-30&au=2026-12-06&sur=dates");
    let kept = claire.get(&asked);
    assert!(!kept.words().contains("annulation"), "{}", kept.words());

    let replacing = claire.get(&format!("{asked}&remplacer=oui"));
    let words = replacing.words();
    for said in [
        "2 annulations",
        "Les jours qui changent",
        "lundi 30 novembre",
        "mardi 1er décembre",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let fields = form_of(&replacing);
    send(&mut claire, &fields);
    let lines = cart(&towns, CLAIRE, MARTIN);
    let kinds: Vec<(NaiveDate, CartKind)> = lines
        .iter()
        .filter(|line| line.child == LEA)
        .map(|line| (line.session.date, line.kind))
        .collect();
    assert_eq!(
        kinds,
        [
            (date("2026-11-30"), CartKind::Cancel),
            (date("2026-12-01"), CartKind::Cancel),
            (date("2026-12-03"), CartKind::Add),
        ]
    );
}

#[test]
fn what_lea_has_is_asked_for_her_brother_with_what_cannot_be() {
    let towns = town();
    let mut claire = towns.family(CLAIRE, at("08:00"));
    // Tom has the same days already, but for one that is cancelled first.
    let asked = format!("{PREVIEW}?vue=copie&de={LEA}&vers={TOM}&du=2026-11-23&au=2026-12-06&sur=dates");
    let words = claire.get(&asked).words();
    assert!(words.contains("déjà réservées"), "{words}");
    let same = format!("{PREVIEW}?vue=copie&de={LEA}&vers={LEA}&du=2026-11-23&au=2026-12-06&sur=dates");
    assert_eq!(claire.get(&same).status, StatusCode::UNPROCESSABLE_ENTITY);
}
