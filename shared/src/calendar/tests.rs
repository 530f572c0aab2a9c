//! Published dates, and what must hold in every year.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;

use super::*;
use crate::operation::{CalendarRecord, LocalKind, LocalPeriod};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn record(zone: SchoolZone, region: HolidayRegion) -> CalendarRecord {
    CalendarRecord {
        zone,
        region,
        good_friday: false,
        local: Vec::new(),
    }
}

fn town(zone: SchoolZone, region: HolidayRegion) -> Calendar {
    Calendar::of(&record(zone, region))
}

fn own(from: &str, until: &str, name: &str, kind: LocalKind) -> LocalPeriod {
    LocalPeriod {
        from: date(from),
        until: date(until),
        name: name.into(),
        kind,
    }
}

fn lyon_with(local: Vec<LocalPeriod>) -> Calendar {
    Calendar::of(&CalendarRecord {
        local,
        ..record(SchoolZone::A, HolidayRegion::Metropole)
    })
}

#[test]
fn easter_is_where_the_almanacs_have_it() {
    for sunday in [
        "1818-03-22",
        "1943-04-25",
        "1961-04-02",
        "2000-04-23",
        "2008-03-23",
        "2011-04-24",
        "2019-04-21",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2029-04-01",
        "2030-04-21",
        "2038-04-25",
    ] {
        let sunday = date(sunday);
        assert_eq!(easter(sunday.year()), Some(sunday));
    }
}

/// The official list of each year for metropolitan France.
#[test]
fn the_eleven_of_metropolitan_france() {
    let of = |year| {
        public_holidays(HolidayRegion::Metropole, true, year)
            .iter()
            .map(|(day, _)| day.format("%m-%d").to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        of(2024),
        "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25"
    );
    assert_eq!(
        of(2025),
        "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25"
    );
    assert_eq!(
        of(2026),
        "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"
    );
    assert_eq!(
        of(2027),
        "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25"
    );
}

#[test]
fn each_region_has_its_own_days() {
    let own = |region, here, year| {
        let everywhere = public_holidays(HolidayRegion::Metropole, false, year);
        let days = public_holidays(region, here, year);
        assert!(
            everywhere.iter().all(|day| days.contains(day)),
            "{region:?} has all eleven"
        );
        let more: Vec<_> = days.into_iter().filter(|day| !everywhere.contains(day)).collect();
        more.iter()
            .map(|(day, _)| day.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    use HolidayRegion as R;
    assert_eq!(own(R::AlsaceMoselle, false, 2026), "2026-12-26");
    assert_eq!(own(R::AlsaceMoselle, true, 2026), "2026-04-03 2026-12-26");
    assert_eq!(own(R::AlsaceMoselle, true, 2027), "2027-03-26 2027-12-26");
    assert_eq!(own(R::Guadeloupe, true, 2026), "2026-05-27");
    assert_eq!(own(R::Guyane, false, 2026), "2026-06-10");
    assert_eq!(own(R::Martinique, false, 2026), "2026-05-22");
    assert_eq!(own(R::Mayotte, false, 2026), "2026-04-27");
    assert_eq!(own(R::Reunion, false, 2026), "2026-12-20");
    assert_eq!(own(R::SaintBarthelemy, false, 2026), "2026-10-09");
    assert_eq!(own(R::SaintMartin, false, 2018), "2018-05-27");
    assert_eq!(own(R::SaintMartin, false, 2026), "2026-05-28");
    assert_eq!(own(R::SaintPierreEtMiquelon, false, 2026), "");
    assert_eq!(own(R::NouvelleCaledonie, false, 2026), "2026-09-24");
    assert_eq!(own(R::Polynesie, false, 2024), "2024-03-05 2024-03-29 2024-06-29");
    assert_eq!(own(R::Polynesie, false, 2025), "2025-03-05 2025-04-18 2025-11-20");
    assert_eq!(own(R::WallisEtFutuna, false, 2026), "2026-04-28 2026-07-29");
}

#[test]
fn every_line_of_the_tables_can_be_read() {
    let lines = include_str!("vacations.csv").lines().count() - 1;
    let periods: usize = SchoolZone::ALL.iter().map(|zone| vacations(*zone).len()).sum();
    assert_eq!(periods, lines);
    let spans: usize = SchoolZone::ALL.iter().map(|zone| known(*zone).len()).sum();
    assert_eq!(spans, include_str!("known.csv").lines().count() - 1);
}

#[test]
fn periods_follow_each_other_and_lie_within_what_is_known() {
    for zone in SchoolZone::ALL {
        let periods = vacations(zone);
        for pair in periods.windows(2) {
            assert!(pair[0].until < pair[1].from, "{zone:?}: {pair:?}");
        }
        for period in periods {
            let days = (period.until - period.from).num_days();
            assert!((0..70).contains(&days), "{zone:?}: {period:?}");
            assert!(
                known(zone)
                    .iter()
                    .any(|(from, until)| *from <= period.from && period.until <= *until),
                "{zone:?}: {period:?}"
            );
        }
    }
}

/// Arrêtés of 7 December 2022, 22 October 2025 and 21 July 2026, and the ministry's open data.
#[test]
fn the_first_and_last_days_of_school_holidays_are_those_published() {
    for (zone, region, first, last, name) in [
        (
            SchoolZone::A,
            HolidayRegion::Metropole,
            "2026-02-07",
            "2026-02-22",
            "Vacances d’hiver",
        ),
        (
            SchoolZone::B,
            HolidayRegion::Metropole,
            "2027-02-20",
            "2027-03-07",
            "Vacances d’hiver",
        ),
        (
            SchoolZone::C,
            HolidayRegion::Metropole,
            "2027-04-03",
            "2027-04-18",
            "Vacances de printemps",
        ),
        (
            SchoolZone::C,
            HolidayRegion::Metropole,
            "2026-10-17",
            "2026-11-01",
            "Vacances de la Toussaint",
        ),
        (
            SchoolZone::B,
            HolidayRegion::Metropole,
            "2027-07-03",
            "2027-09-01",
            "Vacances d’été",
        ),
        (
            SchoolZone::B,
            HolidayRegion::Metropole,
            "2028-02-05",
            "2028-02-20",
            "Vacances d’hiver",
        ),
        (
            SchoolZone::Corse,
            HolidayRegion::Metropole,
            "2026-02-14",
            "2026-03-01",
            "Vacances d’hiver",
        ),
        (
            SchoolZone::Guadeloupe,
            HolidayRegion::Guadeloupe,
            "2026-02-07",
            "2026-02-22",
            "Vacances de Carnaval",
        ),
        (
            SchoolZone::Guyane,
            HolidayRegion::Guyane,
            "2026-04-02",
            "2026-04-15",
            "Vacances de Pâques",
        ),
        (
            SchoolZone::Martinique,
            HolidayRegion::Martinique,
            "2026-03-28",
            "2026-04-12",
            "Vacances de Pâques",
        ),
        (
            SchoolZone::Reunion,
            HolidayRegion::Reunion,
            "2026-12-19",
            "2027-01-31",
            "Vacances d’été austral",
        ),
        (
            SchoolZone::Polynesie,
            HolidayRegion::Polynesie,
            "2026-12-12",
            "2027-01-10",
            "Vacances de Noël",
        ),
        (
            SchoolZone::NouvelleCaledonie,
            HolidayRegion::NouvelleCaledonie,
            "2026-10-10",
            "2026-10-25",
            "Vacances de la 4e période",
        ),
    ] {
        let town = town(zone, region);
        let period = town.vacation_on(date(first)).expect("holidays");
        assert_eq!(
            (period.from, period.until, period.name),
            (date(first), date(last), name),
            "{zone:?}"
        );
        let before = date(first).checked_sub_days(Days::new(1)).expect("a day before");
        assert!(town.vacation_on(before).is_none());
    }
}

#[test]
fn a_week_of_november_in_lyon() {
    let town = town(SchoolZone::A, HolidayRegion::Metropole);
    assert_eq!(town.day(date("2026-11-23")), DayKind::School);
    assert_eq!(town.school_day(date("2026-11-23"), 8), SchoolDay::Whole);
    assert_eq!(
        town.school_day(date("2026-11-25"), 8),
        SchoolDay::No,
        "Wednesday, four days"
    );
    assert_eq!(town.school_day(date("2026-11-25"), 9), SchoolDay::Morning);
    assert_eq!(town.day(date("2026-11-28")), DayKind::WeekEnd);
    assert_eq!(
        town.day(date("2026-11-11")),
        DayKind::PublicHoliday("Armistice de 1918")
    );
    assert_eq!(town.school_day(date("2026-11-11"), 9), SchoolDay::No);
    assert_eq!(
        town.day(date("2026-10-19")),
        DayKind::Vacation("Vacances de la Toussaint")
    );
}

#[test]
fn the_bridge_of_the_ascension_is_no_school() {
    let town = town(SchoolZone::B, HolidayRegion::Metropole);
    assert_eq!(town.day(date("2027-05-06")), DayKind::PublicHoliday("Ascension"));
    assert_eq!(
        town.day(date("2027-05-07")),
        DayKind::Vacation("Pont de l’Ascension")
    );
    assert_eq!(town.day(date("2027-05-10")), DayKind::School);
}

#[test]
fn good_friday_is_the_communes_business_in_alsace_and_nowhere_else() {
    let mut strasbourg = record(SchoolZone::B, HolidayRegion::AlsaceMoselle);
    assert_eq!(Calendar::of(&strasbourg).day(date("2027-03-26")), DayKind::School);
    strasbourg.good_friday = true;
    assert_eq!(
        Calendar::of(&strasbourg).day(date("2027-03-26")),
        DayKind::PublicHoliday("Vendredi saint")
    );
    let lyon = CalendarRecord {
        good_friday: true,
        ..record(SchoolZone::A, HolidayRegion::Metropole)
    };
    assert_eq!(Calendar::of(&lyon).day(date("2027-03-26")), DayKind::School);
}

#[test]
fn a_year_nobody_published_is_asked_of_the_town() {
    let bastia = town(SchoolZone::Corse, HolidayRegion::Metropole);
    assert_eq!(bastia.day(date("2026-11-23")), DayKind::Unknown);
    assert_eq!(bastia.school_day(date("2026-11-23"), 8), SchoolDay::Unknown);
    assert_eq!(
        bastia.school_day(date("2026-11-25"), 8),
        SchoolDay::No,
        "no class on any Wednesday"
    );
    assert_eq!(
        bastia.day(date("2026-11-11")),
        DayKind::PublicHoliday("Armistice de 1918")
    );
    assert_eq!(bastia.day(date("2026-11-28")), DayKind::WeekEnd);
    for zone in [
        SchoolZone::Mayotte,
        SchoolZone::SaintPierreEtMiquelon,
        SchoolZone::WallisEtFutuna,
    ] {
        assert_eq!(
            town(zone, HolidayRegion::Metropole).day(date("2026-06-02")),
            DayKind::Unknown
        );
    }
}

#[test]
fn the_town_may_enter_the_year_itself() {
    let bastia = Calendar::of(&CalendarRecord {
        local: vec![
            own("2026-09-01", "2027-07-02", "Année scolaire", LocalKind::School),
            own("2026-10-17", "2026-11-01", "Toussaint", LocalKind::Vacation),
        ],
        ..record(SchoolZone::Corse, HolidayRegion::Metropole)
    });
    assert_eq!(bastia.school_day(date("2026-11-23"), 8), SchoolDay::Whole);
    assert_eq!(bastia.school_day(date("2026-11-25"), 9), SchoolDay::Morning);
    assert_eq!(bastia.day(date("2026-11-28")), DayKind::WeekEnd);
    assert_eq!(
        bastia.day(date("2026-11-11")),
        DayKind::PublicHoliday("Armistice de 1918")
    );
    assert_eq!(
        bastia.day(date("2026-10-20")),
        DayKind::Local("Toussaint".into(), LocalKind::Vacation)
    );
}

#[test]
fn our_own_days_come_before_all_others() {
    let town = lyon_with(vec![
        own("2026-11-10", "2026-11-11", "Pont", LocalKind::Closed),
        own(
            "2026-12-05",
            "2026-12-05",
            "Samedi de rattrapage",
            LocalKind::School,
        ),
        own("2026-12-19", "2026-12-20", "Rattrapage", LocalKind::School),
    ]);
    assert_eq!(
        town.day(date("2026-11-11")),
        DayKind::Local("Pont".into(), LocalKind::Closed)
    );
    assert_eq!(town.school_day(date("2026-11-10"), 8), SchoolDay::No);
    assert_eq!(
        town.school_day(date("2026-12-05"), 8),
        SchoolDay::Whole,
        "a Saturday named on purpose"
    );
    assert_eq!(
        town.day(date("2026-12-20")),
        DayKind::WeekEnd,
        "a stretch of school keeps its Sundays"
    );
}

proptest! {
    #[test]
    fn days_of_the_week_hold_in_every_year(year in 1900_i32..2400) {
        let sunday = easter(year).expect("a date");
        prop_assert_eq!(sunday.weekday(), Weekday::Sun);
        prop_assert!((date("2000-03-22").ordinal()..=date("2000-04-25").ordinal() + 1)
            .contains(&(sunday.ordinal() + u32::from(!sunday.leap_year()))));
        for region in HolidayRegion::ALL {
            let days = public_holidays(region, true, year);
            for day in date(&format!("{year}-01-01")).iter_days().take_while(|day| day.year() == year) {
                let listed = days.iter().find_map(|(of, name)| (*of == day).then_some(*name));
                prop_assert_eq!(public_holiday(region, true, day), listed);
            }
            prop_assert!(days.len() >= 11);
            prop_assert!(days.windows(2).all(|pair| pair[0].0 <= pair[1].0));
            for (day, name) in days {
                prop_assert_eq!(day.year(), year);
                let weekday = match name {
                    "Lundi de Pâques" | "Lundi de Pentecôte" => Weekday::Mon,
                    "Ascension" => Weekday::Thu,
                    "Vendredi saint" => Weekday::Fri,
                    _ => day.weekday(),
                };
                prop_assert_eq!(day.weekday(), weekday);
            }
        }
    }

    #[test]
    fn nobody_has_class_on_a_holiday_or_week_end(offset in 0_u64..1_100, zone in 0_usize..13, half_days in 8_u8..=9) {
        let day = date("2025-09-01") + Days::new(offset);
        let town = town(SchoolZone::ALL[zone], HolidayRegion::Metropole);
        let class = town.school_day(day, half_days);
        match town.day(day) {
            DayKind::School => prop_assert_eq!(class == SchoolDay::No, day.weekday() == Weekday::Wed && half_days == 8),
            DayKind::Unknown => prop_assert!(class != SchoolDay::Whole && class != SchoolDay::Morning),
            _ => prop_assert_eq!(class, SchoolDay::No),
        }
    }
}
