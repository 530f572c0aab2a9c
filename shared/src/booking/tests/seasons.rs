//! Which line speaks of a session, which set counts, and in which period and year a day is.

use uuid::Uuid;

use super::town::*;
use crate::booking::*;
use crate::calendar::{HolidayRegion, SchoolZone};
use crate::ids::{FormulaId, RuleSetId};
use crate::operation::*;

#[test]
fn a_line_speaks_of_some_sessions() {
    let ground = town(Vec::new());
    let (zoe, hugo) = (&ground.children[&ZOE], &ground.children[&HUGO]);
    let speaks = |case: &Case, date: &str| fits(case, &session(CANTINE, date), None, zoe, &ground);
    assert!(speaks(&Case::all(), "2026-11-24"));
    assert!(speaks(&on_days(0b10), "2026-11-24") && !speaks(&on_days(0b1), "2026-11-24"));
    assert!(speaks(&of(&[CANTINE]), "2026-11-24") && !speaks(&of(&[SOIR]), "2026-11-24"));
    let at_lac = Case {
        sites: vec![LAC],
        ..Case::all()
    };
    assert!(!speaks(&at_lac, "2026-11-24"));
    let whole = FormulaId(Uuid::from_u128(1));
    let in_formula = Case {
        formulas: vec![whole],
        ..Case::all()
    };
    assert!(!speaks(&in_formula, "2026-11-24"));
    assert!(fits(
        &in_formula,
        &session(CANTINE, "2026-11-24"),
        Some(whole),
        zoe,
        &ground
    ));
    assert!(speaks_of(
        &in_formula,
        &session(CANTINE, "2026-11-24"),
        zoe,
        &ground
    ));
    for (season, days) in [
        (Season::School, ["2026-10-16", "2026-11-11", "2026-11-02"]),
        (Season::Holidays, ["2026-10-17", "2026-10-26", "2026-11-01"]),
    ] {
        let other = if season == Season::School {
            Season::Holidays
        } else {
            Season::School
        };
        for date in days {
            assert!(speaks(&in_season(season), date), "{date}");
            assert!(!speaks(&in_season(other), date), "{date}");
        }
    }
    let back = in_season(Season::FirstDayBack);
    // After All Saints, Christmas and the bridge of the Ascension; not after a week-end or the 11th of November.
    for date in ["2026-11-02", "2027-01-04", "2027-05-10"] {
        assert!(speaks(&back, date), "{date}");
    }
    for date in [
        "2026-11-03",
        "2026-11-12",
        "2026-11-23",
        "2026-10-26",
        "2026-11-01",
        "2027-03-30",
    ] {
        assert!(!speaks(&back, date), "{date}");
    }
    // School takes up on Thursday 2 September 2027.
    let thursday = session(CANTINE, "2027-09-02");
    assert!(fits(&back, &thursday, None, zoe, &ground) && fits(&back, &thursday, None, hugo, &ground));
}

#[test]
fn the_first_day_back_is_that_of_the_childs_school() {
    // The town prolongs the holidays by a Monday and a Tuesday.
    let local = [("2027-01-04", "2027-01-05", LocalKind::Vacation)];
    let ground = Ground {
        calendar: Some(calendar(SchoolZone::A, HolidayRegion::Metropole, &local)),
        ..town(Vec::new())
    };
    let back = in_season(Season::FirstDayBack);
    let is_back = |child, date| {
        fits(
            &back,
            &session(CANTINE, date),
            None,
            &ground.children[&child],
            &ground,
        )
    };
    assert_eq!(
        (is_back(ZOE, "2027-01-06"), is_back(ZOE, "2027-01-07")),
        (false, true)
    );
    assert_eq!(
        (is_back(HUGO, "2027-01-06"), is_back(HUGO, "2027-01-07")),
        (true, false)
    );
    // Nobody knows of a child without a school, as the town's two schools differ.
    let mut stranger = ground.children[&ZOE].clone();
    stranger.school = None;
    assert_eq!(half_days(&stranger, &ground), None);
    assert!(!fits(
        &back,
        &session(CANTINE, "2027-01-07"),
        None,
        &stranger,
        &ground
    ));
}

#[test]
fn the_set_that_begins_last_counts() {
    let set = |number, from: &str, until: Option<&str>| RuleSetRecord {
        id: RuleSetId(Uuid::from_u128(number)),
        from: day(from),
        until: until.map(day),
        ..rules(&[CANTINE], 350)
    };
    let mut ground = town(vec![
        set(3, "2026-09-01", None),
        set(2, "2026-11-01", Some("2026-12-31")),
        set(1, "2026-11-01", Some("2026-12-31")),
        RuleSetRecord {
            live: false,
            ..set(4, "2026-11-20", None)
        },
    ]);
    let counts =
        |ground: &Ground, date: &str| set_for(CANTINE, day(date), ground).map(|set| set.id.0.as_u128());
    assert_eq!(counts(&ground, "2026-08-31"), None);
    assert_eq!(counts(&ground, "2026-10-31"), Some(3));
    assert_eq!(
        counts(&ground, "2026-11-24"),
        Some(2),
        "of two that begin together, the greater id"
    );
    assert_eq!(
        counts(&ground, "2027-01-01"),
        Some(3),
        "what ended no longer counts"
    );
    assert_eq!(set_for(SOIR, day("2026-11-24"), &ground).map(|set| set.id), None);
    ground.sets[3].live = true;
    assert_eq!(counts(&ground, "2026-11-24"), Some(4));
}

#[test]
fn a_day_is_in_a_period_and_a_school_year() {
    let ground = town(Vec::new());
    let period = |date: &str| period_of(day(date), &ground).map(|(a, b)| (a.to_string(), b.to_string()));
    let is = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
    assert_eq!(period("2026-10-20"), is("2026-10-17", "2026-11-01"));
    assert_eq!(period("2026-11-11"), is("2026-11-02", "2026-12-18"));
    assert_eq!(period("2026-09-15"), is("2026-09-01", "2026-10-16"));
    assert_eq!(
        period("2025-09-15"),
        is("2025-09-01", "2025-10-17"),
        "as far as is known"
    );
    assert_eq!(period("2028-09-15"), None);
    assert_eq!(period("2028-06-15"), is("2028-05-29", "2028-07-03"));
    let year = |date: &str, ground: &Ground| school_year_of(day(date), ground);
    assert_eq!(
        year("2026-08-31", &ground),
        (day("2025-09-01"), day("2026-08-31"))
    );
    assert_eq!(
        year("2026-09-01", &ground),
        (day("2026-09-01"), day("2027-08-31"))
    );
    let caledonia = Ground {
        calendar: Some(calendar(
            SchoolZone::NouvelleCaledonie,
            HolidayRegion::NouvelleCaledonie,
            &[],
        )),
        ..town(Vec::new())
    };
    assert_eq!(
        year("2026-11-24", &caledonia),
        (day("2026-02-01"), day("2027-01-31"))
    );
    let nowhere = Ground {
        calendar: None,
        ..town(Vec::new())
    };
    assert_eq!(
        year("2026-11-24", &nowhere),
        (day("2026-09-01"), day("2027-08-31"))
    );
    assert_eq!(period_of(day("2026-11-24"), &nowhere), None);
    assert!(calendar_known(day("2026-11-24"), &ground) && !calendar_known(day("2026-11-24"), &nowhere));
}

#[test]
fn what_takes_place_follows_the_rules_and_the_calendar() {
    let ground = town(vec![centre(1200), rules(&[CANTINE], 350)]);
    let zoe = &ground.children[&ZOE];
    let held = |activity, date: &str| takes_place(&session(activity, date), zoe, &ground);
    for (activity, date, expected) in [
        (CENTRE, "2026-11-25", Some(true)),
        (CENTRE, "2026-11-24", Some(false)),
        (CENTRE, "2026-10-27", Some(true)),
        (CENTRE, "2026-11-11", Some(false)),
        (CANTINE, "2026-11-24", Some(true)),
        (CANTINE, "2026-11-25", Some(false)),
        (CANTINE, "2026-10-27", Some(false)),
        (CANTINE, "2027-03-29", Some(false)),
        (CANTINE, "2029-01-09", None),
    ] {
        assert_eq!(held(activity, date), expected, "{date}");
    }
}
