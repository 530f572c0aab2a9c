//! What holds of all moments.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::town::*;
use crate::booking::*;
use crate::calendar::{HolidayRegion, SchoolZone};
use crate::codec::Minute;
use crate::operation::*;
use crate::time::UtcMs;

const COUNTED: [Counted; 7] = [
    Counted::Calendar,
    Counted::Worked,
    Counted::Workable,
    Counted::School,
    Counted::Open,
    Counted::NotHolidays,
    Counted::NotVacations,
];

/// Ways to count, from one that counts least days to one that counts all.
const STRICTER: [(Counted, Counted); 5] = [
    (Counted::Worked, Counted::NotHolidays),
    (Counted::Workable, Counted::NotHolidays),
    (Counted::NotVacations, Counted::NotHolidays),
    (Counted::NotHolidays, Counted::Calendar),
    (Counted::Open, Counted::School),
];

fn a_date() -> impl Strategy<Value = NaiveDate> {
    (0u64..650).prop_map(|days| day("2026-10-12").checked_add_days(Days::new(days)).unwrap())
}

fn a_count() -> impl Strategy<Value = Count> {
    (0usize..7, 0u8..0x40).prop_map(|(days, skipped)| Count {
        days: COUNTED[days],
        // Monday to Saturday at most, and never all of school.
        skipped: skipped & 0b110_0101,
    })
}

fn a_minute() -> impl Strategy<Value = Minute> {
    (0u16..1440).prop_map(Minute)
}

fn when(moment: &Moment, date: NaiveDate, ground: &Ground) -> UtcMs {
    let session = SessionKey {
        date,
        ..session(CANTINE, "2026-11-24")
    };
    instant(moment, &session, &ground.children[&ZOE], ground).expect("the calendar is known")
}

fn ground() -> Ground {
    town(vec![rules(&[CANTINE], 350)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn more_days_or_hours_before_are_never_later(
        date in a_date(), count in a_count(), at in a_minute(), few in 1u16..20, more in 0u16..10,
    ) {
        let ground = ground();
        let days = |days| when(&Moment::Days { days, count, at }, date, &ground);
        prop_assert!(days(few + more) <= days(few));
        let hours = |hours| when(&Moment::Hours { hours, count }, date, &ground);
        prop_assert!(hours(few * 5 + more) <= hours(few * 5));
        let week = |hours| when(&Moment::Week { hours }, date, &ground);
        prop_assert!(week(few + more) <= week(few));
        let weeks = |weeks| when(&Moment::Weekday { weekday: 4, weeks, count, at }, date, &ground);
        prop_assert!(weeks(2) <= weeks(1));
    }

    #[test]
    fn what_is_counted_back_from_a_session_is_never_after_its_beginning(
        date in a_date(), count in a_count(), at in a_minute(), many in 1u16..20,
    ) {
        let ground = ground();
        let start = when(&Moment::Start, date, &ground);
        for moment in [
            Moment::Days { days: many, count, at },
            Moment::Hours { hours: many, count },
            Moment::Hours { hours: 0, count },
            Moment::Week { hours: many },
            Moment::Weekday { weekday: 6, weeks: 1, count, at },
            Moment::DayOfMonth { day: 31, months: 1, count, at },
            Moment::LastSchoolDay { at },
            Moment::Period { days: many, count, at },
        ] {
            prop_assert!(when(&moment, date, &ground) <= start, "{moment:?}");
        }
        prop_assert!(start <= when(&Moment::End, date, &ground));
    }

    #[test]
    fn the_fewer_days_count_the_earlier(
        date in a_date(), at in a_minute(), many in 1u16..15, skipped in 0u8..0x80,
    ) {
        let ground = ground();
        let skipped = skipped & 0b110_0101;
        let moments = |days, skipped| {
            let count = Count { days, skipped };
            [
                Moment::Days { days: many, count, at },
                Moment::Hours { hours: many * 7, count },
                Moment::Weekday { weekday: 4, weeks: 1, count, at },
                Moment::DayOfMonth { day: 15, months: 1, count, at },
            ]
        };
        for (few, all) in STRICTER {
            for (few, all) in moments(few, 0).iter().zip(moments(all, 0)) {
                prop_assert!(when(few, date, &ground) <= when(&all, date, &ground), "{few:?}, {all:?}");
            }
        }
        for days in COUNTED {
            for (few, all) in moments(days, skipped).iter().zip(moments(days, 0)) {
                prop_assert!(when(few, date, &ground) <= when(&all, date, &ground), "{few:?}, {all:?}");
            }
        }
    }

    #[test]
    fn a_moment_is_said_on_the_towns_clock_whatever_the_zone(
        date in a_date(), at in a_minute(), many in 1u16..15, zone in 0usize..4,
    ) {
        let zone: Tz = [
            chrono_tz::Indian::Reunion,
            chrono_tz::America::Martinique,
            chrono_tz::Pacific::Tahiti,
            chrono_tz::UTC,
        ][zone];
        let there = Ground { zone, ..ground() };
        let moment = Moment::Days { days: many, count: count(Counted::Worked), at };
        let found = when(&moment, date, &there);
        // These zones have one offset: what the clock says there is what it says anywhere.
        let utc = when(&moment, date, &Ground { zone: chrono_tz::UTC, ..ground() });
        prop_assert_eq!(found.date_in(zone), utc.date_in(chrono_tz::UTC));
        prop_assert_eq!(found.time_in(zone), utc.time_in(chrono_tz::UTC));
    }

    #[test]
    fn what_opens_never_opens_later_than_it_would_close(
        date in a_date(), count in a_count(), at in a_minute(), days in 0u16..15,
    ) {
        let ground = ground();
        let moment = Moment::Days { days, count, at };
        let session = SessionKey { date, ..session(CANTINE, "2026-11-24") };
        let opens = opening(&moment, &session, &ground.children[&ZOE], &ground).unwrap();
        prop_assert!(opens <= when(&moment, date, &ground));
    }
}

#[test]
fn reunion_and_paris_have_calendars_of_their_own() {
    let reunion = Ground {
        zone: chrono_tz::Indian::Reunion,
        calendar: Some(calendar(SchoolZone::Reunion, HolidayRegion::Reunion, &[])),
        ..ground()
    };
    let moment = Moment::LastSchoolDay {
        at: Minute::new(11, 0),
    };
    assert_ne!(
        when(&moment, day("2026-11-24"), &reunion),
        when(&moment, day("2026-11-24"), &ground())
    );
}
