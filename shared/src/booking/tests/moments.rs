//! When a moment is: on which days it counts, in which zone, and when nobody can say.

use chrono_tz::Tz;

use super::town::*;
use crate::booking::*;
use crate::calendar::{HolidayRegion, SchoolZone};
use crate::codec::Minute;
use crate::ids::{ActivityId, ExceptionalDayId};
use crate::operation::*;
use crate::time::UtcMs;

/// For Zoé.
fn when(moment: Moment, activity: ActivityId, date: &str, ground: &Ground) -> Option<UtcMs> {
    instant(&moment, &session(activity, date), &ground.children[&ZOE], ground)
}

fn is(moment: Moment, activity: ActivityId, date: &str, ground: &Ground, expected: &str) {
    let found = when(moment, activity, date, ground).map(|at| at.to_string());
    assert_eq!(
        found,
        Some(at(expected, ground.zone).to_string()),
        "{moment:?} {date}, {expected}"
    );
}

fn noon(days: u16, counted: Counted) -> Moment {
    days_before(days, counted, 12, 0)
}

#[test]
fn every_way_to_count_has_its_own_days() {
    let mut ground = town(vec![rules(&[CANTINE], 350)]);
    let own = [
        ("2026-11-20", "2026-11-20", LocalKind::Closed),
        ("2026-12-05", "2026-12-05", LocalKind::School),
    ];
    ground.calendar = Some(calendar(SchoolZone::A, HolidayRegion::Metropole, &own));
    for (days, counted, date, expected) in [
        (2, Counted::Calendar, "2026-11-30", "2026-11-28T12:00:00"),
        // Closed on Friday the 20th.
        (2, Counted::Worked, "2026-11-23", "2026-11-18T12:00:00"),
        // Saturdays are working days; Sundays and the 11th of November are not; closed or not.
        (2, Counted::Workable, "2026-11-30", "2026-11-27T12:00:00"),
        (2, Counted::Workable, "2026-11-12", "2026-11-09T12:00:00"),
        (1, Counted::Workable, "2026-11-21", "2026-11-20T12:00:00"),
        // No class on Wednesdays, and some on the Saturday that makes up for the closure.
        (1, Counted::School, "2026-11-26", "2026-11-24T12:00:00"),
        (1, Counted::School, "2026-12-07", "2026-12-05T12:00:00"),
        (1, Counted::School, "2026-11-02", "2026-10-16T12:00:00"),
        // The canteen is open when there is class, and not on that Saturday.
        (1, Counted::Open, "2026-11-26", "2026-11-24T12:00:00"),
        (1, Counted::Open, "2026-12-07", "2026-12-04T12:00:00"),
        (1, Counted::Open, "2026-11-23", "2026-11-19T12:00:00"),
        (1, Counted::NotHolidays, "2026-11-12", "2026-11-10T12:00:00"),
        (1, Counted::NotHolidays, "2026-11-30", "2026-11-29T12:00:00"),
        (1, Counted::NotVacations, "2026-11-02", "2026-10-16T12:00:00"),
    ] {
        is(noon(days, counted), CANTINE, date, &ground, expected);
    }
    let hugo = &ground.children[&HUGO];
    let found = instant(
        &noon(1, Counted::School),
        &session(CANTINE, "2026-11-26"),
        hugo,
        &ground,
    );
    assert_eq!(
        found,
        Some(at("2026-11-25T12:00:00", ground.zone)),
        "Hugo has class on Wednesday mornings"
    );
}

#[test]
fn a_closure_is_no_day_of_opening_where_it_is() {
    let mut ground = town(vec![rules(&[CANTINE], 350)]);
    let closure = ExceptionalDayRecord {
        id: ExceptionalDayId(uuid::Uuid::from_u128(1)),
        kind: ExceptionalKind::Closure,
        from: day("2026-11-24"),
        until: Some(day("2026-11-24")),
        schools: Vec::new(),
        classes: Vec::new(),
        words: "Fuite d’eau".into(),
        meals: MealEffect::Cancelled,
        minimum_service: None,
        sites: vec![BOURG],
        services: Vec::new(),
        cancels: true,
    };
    ground.exceptional = vec![closure.clone()];
    let before = noon(1, Counted::Open);
    is(before, CANTINE, "2026-11-26", &ground, "2026-11-23T12:00:00");
    ground.exceptional[0].sites = vec![LAC];
    is(before, CANTINE, "2026-11-26", &ground, "2026-11-24T12:00:00");
    ground.exceptional[0].sites = Vec::new();
    is(before, CANTINE, "2026-11-26", &ground, "2026-11-24T12:00:00");
    ground.exceptional[0].services = vec![SERVICE];
    is(before, CANTINE, "2026-11-26", &ground, "2026-11-23T12:00:00");
    ground.exceptional[0].services = Vec::new();
    ground.exceptional[0].schools = vec![WITH_WEDNESDAY];
    is(before, CANTINE, "2026-11-26", &ground, "2026-11-24T12:00:00");
    ground.exceptional[0].schools = vec![FOUR_DAYS];
    is(before, CANTINE, "2026-11-26", &ground, "2026-11-23T12:00:00");
    ground.exceptional[0].kind = ExceptionalKind::Strike;
    is(before, CANTINE, "2026-11-26", &ground, "2026-11-24T12:00:00");
}

#[test]
fn hours_run_on_counted_days_only() {
    let ground = town(vec![rules(&[MATIN, CANTINE, SOIR], 350)]);
    for (hours, counted, activity, date, expected) in [
        (0, Counted::Worked, MATIN, "2026-11-30", "2026-11-30T07:30:00"),
        (7, Counted::Worked, MATIN, "2026-11-30", "2026-11-30T00:30:00"),
        // Midnight is that of the Monday, not the end of Friday.
        (12, Counted::Worked, CANTINE, "2026-11-30", "2026-11-27T23:45:00"),
        (48, Counted::Worked, MATIN, "2026-11-30", "2026-11-26T07:30:00"),
        (48, Counted::Calendar, MATIN, "2026-11-30", "2026-11-28T07:30:00"),
        (48, Counted::School, MATIN, "2026-11-02", "2026-10-15T05:30:00Z"),
        (24, Counted::Worked, SOIR, "2026-11-12", "2026-11-10T16:30:00"),
    ] {
        is(hours_before(hours, counted), activity, date, &ground, expected);
    }
    let session = Moment::Hours {
        hours: 8,
        count: count(Counted::Worked),
    };
    let mut early = ground;
    early.activities.get_mut(&MATIN).unwrap().opens = Minute::new(8, 0);
    is(session, MATIN, "2026-11-30", &early, "2026-11-30T00:00:00");
}

#[test]
fn the_clocks_change_twice_a_year() {
    let ground = town(vec![rules(&[CANTINE], 350)]);
    for (moment, date, expected) in [
        // The hour that repeats: the later one.
        (
            days_before(1, Counted::Calendar, 2, 30),
            "2026-10-26",
            "2026-10-25T01:30:00Z",
        ),
        (
            days_before(1, Counted::Calendar, 2, 0),
            "2026-10-26",
            "2026-10-25T01:00:00Z",
        ),
        (
            days_before(1, Counted::Calendar, 1, 59),
            "2026-10-26",
            "2026-10-24T23:59:00Z",
        ),
        (
            days_before(1, Counted::Calendar, 3, 0),
            "2026-10-26",
            "2026-10-25T02:00:00Z",
        ),
        // The hour that is skipped: the instant the clocks jump to.
        (
            days_before(1, Counted::Calendar, 2, 15),
            "2027-03-29",
            "2027-03-28T01:00:00Z",
        ),
        (
            days_before(1, Counted::Calendar, 1, 59),
            "2027-03-29",
            "2027-03-28T00:59:00Z",
        ),
        (
            days_before(1, Counted::Calendar, 3, 0),
            "2027-03-29",
            "2027-03-28T01:00:00Z",
        ),
    ] {
        is(moment, CANTINE, date, &ground, expected);
    }
    let child = &ground.children[&ZOE];
    let opens = days_before(1, Counted::Calendar, 2, 30);
    assert_eq!(
        opening(&opens, &session(CANTINE, "2026-10-26"), child, &ground),
        Some(at("2026-10-25T00:30:00Z", ground.zone)),
        "what opens in the hour that repeats opens at the first"
    );
    assert_eq!(
        opening(&opens, &session(CANTINE, "2027-03-29"), child, &ground),
        Some(at("2027-03-28T01:00:00Z", ground.zone))
    );
}

#[test]
fn a_town_overseas_has_its_own_clock_and_holidays() {
    let overseas = |zone: Tz, school_zone, region| Ground {
        zone,
        calendar: Some(calendar(school_zone, region, &[])),
        ..town(vec![rules(&[CANTINE], 350)])
    };
    let reunion = overseas(
        chrono_tz::Indian::Reunion,
        SchoolZone::Reunion,
        HolidayRegion::Reunion,
    );
    is(
        noon(1, Counted::Calendar),
        CANTINE,
        "2026-12-01",
        &reunion,
        "2026-11-30T08:00:00Z",
    );
    // The abolition of slavery, on a Sunday in 2026: Monday the 21st counts; in holidays all the same.
    is(
        noon(1, Counted::Worked),
        CANTINE,
        "2026-12-21",
        &reunion,
        "2026-12-18T08:00:00Z",
    );
    is(
        noon(1, Counted::Workable),
        CANTINE,
        "2026-12-21",
        &reunion,
        "2026-12-19T08:00:00Z",
    );
    is(
        Moment::LastSchoolDay {
            at: Minute::new(11, 0),
        },
        CANTINE,
        "2026-11-03",
        &reunion,
        "2026-10-09T07:00:00Z",
    );
    let martinique = overseas(
        chrono_tz::America::Martinique,
        SchoolZone::Martinique,
        HolidayRegion::Martinique,
    );
    // Friday the 22nd of May.
    is(
        noon(1, Counted::Worked),
        CANTINE,
        "2026-05-26",
        &martinique,
        "2026-05-21T16:00:00Z",
    );
    let alsace = Ground {
        calendar: Some(calendar(SchoolZone::B, HolidayRegion::AlsaceMoselle, &[])),
        ..town(vec![rules(&[CANTINE], 350)])
    };
    // Good Friday and Easter Monday.
    is(
        noon(1, Counted::Worked),
        CANTINE,
        "2027-03-30",
        &alsace,
        "2027-03-25T12:00:00",
    );
    let metropole = town(vec![rules(&[CANTINE], 350)]);
    is(
        noon(1, Counted::Worked),
        CANTINE,
        "2027-03-30",
        &metropole,
        "2027-03-26T12:00:00",
    );
}

#[test]
fn what_nobody_knows_is_never_guessed() {
    let mut ground = town(vec![rules(&[CANTINE], 350)]);
    // Zone A is known until 31 July 2028.
    let far = "2029-01-09";
    for counted in [Counted::School, Counted::Open, Counted::NotVacations] {
        assert_eq!(when(noon(1, counted), CANTINE, far, &ground), None, "{counted:?}");
    }
    for counted in [
        Counted::Calendar,
        Counted::Worked,
        Counted::Workable,
        Counted::NotHolidays,
    ] {
        is(noon(1, counted), CANTINE, far, &ground, "2029-01-08T12:00:00");
    }
    let last_day = Moment::LastSchoolDay {
        at: Minute::new(11, 0),
    };
    let period = Moment::Period {
        days: 3,
        count: count(Counted::Calendar),
        at: Minute::new(11, 0),
    };
    assert_eq!(when(last_day, CANTINE, far, &ground), None);
    assert_eq!(when(period, CANTINE, far, &ground), None);
    ground.calendar = None;
    let near = "2026-11-24";
    for counted in [
        Counted::Worked,
        Counted::Workable,
        Counted::NotHolidays,
        Counted::School,
        Counted::Open,
    ] {
        assert_eq!(
            when(noon(1, counted), CANTINE, near, &ground),
            None,
            "{counted:?}"
        );
    }
    is(
        noon(1, Counted::Calendar),
        CANTINE,
        near,
        &ground,
        "2026-11-23T12:00:00",
    );
    is(Moment::Start, CANTINE, near, &ground, "2026-11-24T11:45:00");
    ground.activities.clear();
    assert_eq!(when(Moment::Start, CANTINE, near, &ground), None);
    for nonsense in [
        weekday(7, 1, Counted::Calendar, 12, 0),
        day_of_month(0, 1, Counted::Calendar, 12),
    ] {
        assert_eq!(when(nonsense, CANTINE, near, &ground), None);
    }
}

#[test]
fn a_period_begins_with_the_holidays_or_with_school() {
    let ground = town(vec![rules(&[CANTINE], 350), centre(1200)]);
    let before = |days, counted| Moment::Period {
        days,
        count: count(counted),
        at: Minute::new(8, 0),
    };
    is(
        before(0, Counted::Calendar),
        CENTRE,
        "2026-10-26",
        &ground,
        "2026-10-17T08:00:00",
    );
    is(
        before(15, Counted::Calendar),
        CENTRE,
        "2026-10-26",
        &ground,
        "2026-10-02T08:00:00",
    );
    is(
        before(0, Counted::Calendar),
        CANTINE,
        "2026-12-01",
        &ground,
        "2026-11-02T08:00:00",
    );
    is(
        before(1, Counted::School),
        CANTINE,
        "2026-12-01",
        &ground,
        "2026-10-16T08:00:00",
    );
    // Easter Monday is in the stretch of school around it.
    is(
        before(0, Counted::Calendar),
        CANTINE,
        "2027-03-30",
        &ground,
        "2027-03-01T08:00:00",
    );
}
