use chrono::Days;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::calendar::{HolidayRegion, SchoolZone};
use crate::ids::ChildId;
use crate::operation::{AuthorityOver, CalendarRecord, CustodyException, LocalKind, LocalPeriod};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn household(n: u128) -> HouseholdId {
    HouseholdId(Uuid::from_u128(n))
}

/// The mother's, the father's, and a grandmother's.
const MOTHER: u128 = 1;
const FATHER: u128 = 2;
const GRANDMOTHER: u128 = 3;

fn zone_a(local: Vec<LocalPeriod>) -> Calendar {
    Calendar::of(&CalendarRecord {
        zone: SchoolZone::A,
        region: HolidayRegion::Metropole,
        good_friday: false,
        local,
    })
}

fn shared_from(anchor: &str, holidays: HolidaySharing) -> CustodyRecord {
    CustodyRecord {
        child: ChildId(Uuid::from_u128(9)),
        sharing: Some(Sharing {
            first: household(MOTHER),
            second: household(FATHER),
            anchor: date(anchor),
            holidays,
        }),
        exceptions: Vec::new(),
        authorities: Vec::new(),
        note: String::new(),
    }
}

fn with(custody: &CustodyRecord, calendar: &Calendar, day: &str) -> u128 {
    let found = household_on(custody, Some(calendar), date(day));
    found.expect("a household").0.as_u128()
}

#[test]
fn weeks_change_on_the_weekday_of_the_anchor() {
    let calendar = zone_a(Vec::new());
    // A Friday: Léa goes to her mother after school.
    let custody = shared_from("2026-11-06", HolidaySharing::AsWeeks);
    for (day, whose) in [
        ("2026-11-05", FATHER),
        ("2026-11-06", MOTHER),
        ("2026-11-12", MOTHER),
        ("2026-11-13", FATHER),
        ("2026-11-19", FATHER),
        ("2026-11-20", MOTHER),
        ("2026-10-30", FATHER),
        ("2026-10-29", MOTHER),
    ] {
        assert_eq!(with(&custody, &calendar, day), whose, "{day}");
    }
}

#[test]
fn halves_of_holidays_go_by_the_year_in_which_they_begin() {
    let calendar = zone_a(Vec::new());
    let even = shared_from("2026-11-02", HolidaySharing::FirstHalfInEvenYears);
    let odd = shared_from("2026-11-02", HolidaySharing::FirstHalfInOddYears);
    // Christmas of 2026, 19 December to 3 January: the second half lies in both years.
    for (day, whose) in [
        ("2026-12-19", MOTHER),
        ("2026-12-26", MOTHER),
        ("2026-12-27", FATHER),
        ("2027-01-03", FATHER),
        // Winter of 2027, 13 to 28 February.
        ("2027-02-13", FATHER),
        ("2027-02-20", FATHER),
        ("2027-02-21", MOTHER),
        ("2027-02-28", MOTHER),
    ] {
        assert_eq!(with(&even, &calendar, day), whose, "{day}");
        let other = if whose == MOTHER { FATHER } else { MOTHER };
        assert_eq!(with(&odd, &calendar, day), other, "{day}");
    }
}

#[test]
fn after_holidays_weeks_go_on_as_if_there_had_been_none() {
    let calendar = zone_a(Vec::new());
    let weeks = shared_from("2026-11-02", HolidaySharing::AsWeeks);
    let halves = shared_from("2026-11-02", HolidaySharing::FirstHalfInEvenYears);
    for day in ["2026-12-18", "2027-01-04", "2027-01-11", "2027-03-01"] {
        assert_eq!(
            with(&halves, &calendar, day),
            with(&weeks, &calendar, day),
            "{day}"
        );
    }
}

#[test]
fn a_bridge_is_a_day_of_its_week() {
    let calendar = zone_a(Vec::new());
    let weeks = shared_from("2026-11-02", HolidaySharing::AsWeeks);
    for holidays in [
        HolidaySharing::FirstHalfInEvenYears,
        HolidaySharing::FirstHalfInOddYears,
    ] {
        let halves = shared_from("2026-11-02", holidays);
        for day in ["2027-05-06", "2027-05-07", "2027-05-09"] {
            assert_eq!(
                with(&halves, &calendar, day),
                with(&weeks, &calendar, day),
                "{day}"
            );
        }
    }
}

#[test]
fn holidays_that_the_town_corrected_are_halved_as_it_says() {
    let own = LocalPeriod {
        from: date("2026-12-17"),
        until: date("2026-12-18"),
        name: "Vacances de Noël".into(),
        kind: LocalKind::Vacation,
    };
    let custody = shared_from("2026-11-02", HolidaySharing::FirstHalfInEvenYears);
    // From the 17th on there are 18 days: the half lies a day earlier.
    let calendar = zone_a(vec![own]);
    assert_eq!(with(&custody, &calendar, "2026-12-17"), MOTHER);
    assert_eq!(with(&custody, &calendar, "2026-12-25"), MOTHER);
    assert_eq!(with(&custody, &calendar, "2026-12-26"), FATHER);
}

#[test]
fn the_newest_agreement_over_a_day_wins() {
    let calendar = zone_a(Vec::new());
    let mut custody = shared_from("2026-11-02", HolidaySharing::AsWeeks);
    let agreed = |from: &str, until: &str, whose| CustodyException {
        from: date(from),
        until: date(until),
        household: household(whose),
    };
    custody.exceptions = vec![
        agreed("2026-11-03", "2026-11-05", FATHER),
        agreed("2026-11-04", "2026-11-04", GRANDMOTHER),
    ];
    for (day, whose) in [
        ("2026-11-02", MOTHER),
        ("2026-11-03", FATHER),
        ("2026-11-04", GRANDMOTHER),
        ("2026-11-05", FATHER),
        ("2026-11-06", MOTHER),
    ] {
        assert_eq!(with(&custody, &calendar, day), whose, "{day}");
    }
}

#[test]
fn a_child_that_is_not_shared_is_with_all_its_households() {
    let day = date("2026-11-23");
    assert!(is_with(None, None, day, household(MOTHER)));
    let mut custody = shared_from("2026-11-23", HolidaySharing::AsWeeks);
    assert!(is_with(Some(&custody), None, day, household(MOTHER)));
    assert!(!is_with(Some(&custody), None, day, household(FATHER)));
    custody.sharing = None;
    assert_eq!(household_on(&custody, None, day), None);
    assert!(is_with(Some(&custody), None, day, household(FATHER)));
}

#[test]
fn what_is_said_of_a_guardian_and_a_child_stands_over_the_guardians_own_file() {
    let [mother, father] = [1, 2].map(|n| GuardianId(Uuid::from_u128(n)));
    let mut custody = shared_from("2026-11-02", HolidaySharing::AsWeeks);
    assert_eq!(authority(father, Authority::Full, None), Authority::Full);
    assert_eq!(
        authority(father, Authority::None, Some(&custody)),
        Authority::None
    );
    for said in [Authority::ByJudgment, Authority::None] {
        custody.authorities.push(AuthorityOver {
            guardian: father,
            authority: said,
        });
        assert_eq!(authority(father, Authority::Full, Some(&custody)), said);
    }
    assert_eq!(
        authority(mother, Authority::Full, Some(&custody)),
        Authority::Full
    );
}

prop_compose! {
    fn a_day()(ahead in 0u64..1_400) -> NaiveDate {
        date("2025-09-01") + Days::new(ahead)
    }
}

fn holidays() -> impl Strategy<Value = HolidaySharing> {
    prop_oneof![
        Just(HolidaySharing::AsWeeks),
        Just(HolidaySharing::FirstHalfInEvenYears),
        Just(HolidaySharing::FirstHalfInOddYears),
    ]
}

proptest! {
    #[test]
    fn exactly_one_household_has_the_child_each_day(anchor in a_day(), day in a_day(), holidays in holidays()) {
        let custody = shared_from(&anchor.to_string(), holidays);
        let calendar = zone_a(Vec::new());
        let homes = [MOTHER, FATHER].map(household);
        let has = homes.map(|home| is_with(Some(&custody), Some(&calendar), day, home));
        prop_assert!(has[0] != has[1], "{has:?}");
    }

    #[test]
    fn an_anchor_a_fortnight_earlier_or_later_changes_nothing(
        anchor in a_day(), fortnights in 0u64..60, day in a_day(), holidays in holidays()
    ) {
        let calendar = zone_a(Vec::new());
        let one = shared_from(&anchor.to_string(), holidays);
        let later = anchor + Days::new(14 * fortnights);
        let other = shared_from(&later.to_string(), holidays);
        prop_assert_eq!(
            household_on(&one, Some(&calendar), day),
            household_on(&other, Some(&calendar), day)
        );
    }

    #[test]
    fn an_anchor_a_week_later_swaps_every_day_of_the_weeks(anchor in a_day(), day in a_day()) {
        let one = shared_from(&anchor.to_string(), HolidaySharing::AsWeeks);
        let other = shared_from(&(anchor + Days::new(7)).to_string(), HolidaySharing::AsWeeks);
        prop_assert_ne!(household_on(&one, None, day), household_on(&other, None, day));
    }

    #[test]
    fn an_agreement_wins_on_its_days_and_on_no_other(
        anchor in a_day(), from in a_day(), days in 0u64..30, day in a_day(), holidays in holidays()
    ) {
        let calendar = zone_a(Vec::new());
        let plain = shared_from(&anchor.to_string(), holidays);
        let mut agreed = plain.clone();
        let until = from + Days::new(days);
        agreed.exceptions.push(CustodyException { from, until, household: household(GRANDMOTHER) });
        let found = household_on(&agreed, Some(&calendar), day);
        if from <= day && day <= until {
            prop_assert_eq!(found, Some(household(GRANDMOTHER)));
        } else {
            prop_assert_eq!(found, household_on(&plain, Some(&calendar), day));
        }
    }

    #[test]
    fn both_have_as_much_of_each_holiday(anchor in a_day(), day in a_day(), even in any::<bool>()) {
        let calendar = zone_a(Vec::new());
        let holidays = if even {
            HolidaySharing::FirstHalfInEvenYears
        } else {
            HolidaySharing::FirstHalfInOddYears
        };
        let custody = shared_from(&anchor.to_string(), holidays);
        let Some((from, until)) = calendar.holidays_around(day) else { return Ok(()) };
        prop_assume!((until - from).num_days() >= 6);
        let of_mother = from
            .iter_days()
            .take_while(|day| *day <= until)
            .filter(|day| household_on(&custody, Some(&calendar), *day) == Some(household(MOTHER)))
            .count();
        let whole = usize::try_from((until - from).num_days()).unwrap() + 1;
        prop_assert!(of_mother.abs_diff(whole - of_mother) <= 1, "{of_mother} of {whole}");
    }
}
