//! What a draft would answer, before anybody is judged by it.

use axum::http::StatusCode;
use chrono::NaiveDate;
use shared::ids::{ChildId, HouseholdId, ReservationId};
use shared::operation::{Body, ChildRecord, HouseholdRecord, ReservationLine};
use uuid::Uuid;

use super::super::school::{CE1, LUNCH, MEAL, PASTEUR, SCHOOL};
use super::super::town::{Town, apply, at};
use super::{draft, press, priced, sets, with_school};

const HOME: HouseholdId = HouseholdId(Uuid::from_u128(0x40));
const LINA: ChildId = ChildId(Uuid::from_u128(0xd9));

/// Lina, of the school, with a household; reservations of the two weeks to come are made at once.
fn with_lina() -> Town {
    let town = with_school();
    let household = HouseholdRecord {
        id: HOME,
        name: "Famille Vidal".into(),
        guardians: Vec::new(),
    };
    let child = ChildRecord {
        symbol: None,
        health: None,
        left_on: None,
        reference: None,
        id: LINA,
        first_name: "Lina".into(),
        last_name: "Vidal".into(),
        born: NaiveDate::from_ymd_opt(2018, 5, 4).unwrap(),
        school: Some(SCHOOL),
        class: Some(CE1),
        households: vec![HOME],
        badges: Vec::new(),
        must_know: None,
        phone: None,
    };
    let line = |n: u128, date: &str| ReservationLine {
        id: ReservationId(Uuid::from_u128(0x900 + n)),
        child: LINA,
        activity: LUNCH,
        site: PASTEUR,
        date: date.parse().unwrap(),
        formula: Some(MEAL),
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: Some(HOME),
    };
    // Made on Monday 23 November at half past eleven: for Tuesday, Thursday, and Monday after.
    let lines = vec![
        line(1, "2026-11-24"),
        line(2, "2026-11-26"),
        line(3, "2026-11-30"),
    ];
    apply(
        &town.commune(at("11:30")),
        vec![
            Body::PutHousehold { household },
            Body::PutChild { child },
            Body::Reserve { lines },
        ],
    );
    town
}

#[test]
fn a_draft_answers_a_family_beside_what_is_live() {
    let town = with_lina();
    let mut desk = town.desk(at("12:00"));
    let live = draft(&mut desk, "vendredi-12h");
    priced(&mut desk, &live, "3,60");
    press(&mut desk, &live, "/en-vigueur");
    let tried = draft(&mut desk, "veille-12h");
    priced(&mut desk, &tried, "4,05");

    // Friday 4 December, as if it were the day before at ten: in time by the draft, a week too late by what is live.
    let ask = format!("{tried}/essai?q=lina&date=2026-12-04&le=2026-12-03&heure=10:00&par=portail");
    let words = desk.get(&ask).words();
    assert!(words.contains("Réponse pour Lina Vidal"), "{words}");
    assert!(
        words.contains("4,05\u{a0}€") && words.contains("jeudi 3 décembre à 12\u{a0}h"),
        "{words}"
    );
    assert!(
        words.contains("Trop tard") && words.contains("vendredi 27 novembre à 12\u{a0}h"),
        "{words}"
    );
    // At noon it is in time, a minute later it is not.
    let refused = |desk: &mut super::Browser, hour: &str| {
        let ask = format!("{tried}/essai?q=lina&date=2026-12-04&le=2026-12-03&heure={hour}");
        let text = desk.get(&ask).text;
        let answer = text.split("rules-answers").nth(1).unwrap().to_owned();
        let first = answer.split("</tr>").nth(1).unwrap().to_owned();
        first.matches("Refusé").count()
    };
    assert_eq!(refused(&mut desk, "12:00"), 1);
    assert_eq!(refused(&mut desk, "12:01"), 2);
    assert_eq!(
        sets(&town).iter().filter(|set| set.live).count(),
        1,
        "nothing went live by looking"
    );
}

#[test]
fn a_name_that_several_have_asks_which_and_one_that_nobody_has_says_so() {
    let town = with_lina();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "veille-12h");
    let words = desk.get(&format!("{place}/essai?q=a")).words();
    assert!(words.contains("Plusieurs enfants"), "{words}");
    let words = desk.get(&format!("{place}/essai?q=zzz")).words();
    assert!(words.contains("Aucun enfant de ce nom"), "{words}");
    let page = desk.get(&format!("{place}/essai?enfant={LINA}"));
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.words().contains("Réponse pour Lina Vidal"),
        "{}",
        page.words()
    );
}

#[test]
fn what_was_booked_is_judged_again_at_the_instant_it_was_made() {
    let town = with_lina();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "veille-12h");
    priced(&mut desk, &place, "4,00");
    let page = desk.get(&format!("{place}/rejouer?du=2026-11-24&au=2026-12-31"));
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let words = page.words();
    // Made on Monday at half past eleven: Tuesday's was still in time until noon.
    assert!(
        words.contains("Réservées comme avant3") && words.contains("Refusées0"),
        "{words}"
    );

    // Two days before at noon, without week-ends: Tuesday’s was too late, and its price is lost.
    let other = draft(&mut desk, "j-2-12h");
    priced(&mut desk, &other, "4,00");
    press(&mut desk, &place, "/en-vigueur");
    let words = desk
        .get(&format!("{other}/rejouer?du=2026-11-24&au=2026-12-31"))
        .words();
    assert!(
        words.contains("Réservées comme avant2") && words.contains("Refusées1"),
        "{words}"
    );
    assert!(
        words.contains("Lina Vidal") && words.contains("mardi 24 novembre"),
        "{words}"
    );
    let sums = "Montant convenu\u{a0}: 12,00\u{a0}€. Avec ces règles\u{a0}: 8,00\u{a0}€. Différence\u{a0}: −4,00\u{a0}€.";
    assert!(words.contains(sums), "{words}");
    // A page that nobody has is empty, whatever its number.
    let beyond = desk.get(&format!(
        "{other}/rejouer?du=2026-11-24&au=2026-12-31&page=18446744073709551615"
    ));
    assert_eq!(beyond.status, StatusCode::OK);
    assert!(!beyond.words().contains("Lina Vidal"));
}

#[test]
fn what_was_entered_after_its_day_is_not_judged() {
    let town = with_lina();
    let line = ReservationLine {
        id: ReservationId(Uuid::from_u128(0x9ff)),
        child: LINA,
        activity: LUNCH,
        site: PASTEUR,
        date: "2026-11-20".parse().unwrap(),
        formula: Some(MEAL),
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: Some(HOME),
    };
    apply(
        &town.commune(at("11:40")),
        vec![Body::Reserve { lines: vec![line] }],
    );
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "veille-12h");
    let words = desk
        .get(&format!("{place}/rejouer?du=2026-11-16&au=2026-12-31"))
        .words();
    assert!(
        words.contains("Réservées comme avant3") && words.contains("Refusées0"),
        "{words}"
    );
    assert!(words.contains("ou à une date inconnue1"), "{words}");
}
