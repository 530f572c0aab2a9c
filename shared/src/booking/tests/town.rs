//! A town whose rules are those of others: mornings, canteen, evenings, workshops, and a centre on Wednesdays and in the
//! holidays. Zoé Petit goes to a school of four days, Hugo Petit to one with Wednesday mornings.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use uuid::Uuid;

use crate::booking::*;
use crate::calendar::{Calendar, HolidayRegion, SchoolZone};
use crate::codec::Minute;
use crate::ids::*;
use crate::mode::Mode;
use crate::money::Cents;
use crate::operation::*;
use crate::time::UtcMs;

pub(in crate::booking) const ZOE: ChildId = ChildId(Uuid::from_u128(1));
pub(in crate::booking) const HUGO: ChildId = ChildId(Uuid::from_u128(2));
pub(in crate::booking) const PETIT: HouseholdId = HouseholdId(Uuid::from_u128(3));
pub(in crate::booking) const MATIN: ActivityId = ActivityId(Uuid::from_u128(11));
pub(in crate::booking) const CANTINE: ActivityId = ActivityId(Uuid::from_u128(12));
pub(in crate::booking) const SOIR: ActivityId = ActivityId(Uuid::from_u128(13));
pub(in crate::booking) const TAP: ActivityId = ActivityId(Uuid::from_u128(14));
pub(in crate::booking) const CENTRE: ActivityId = ActivityId(Uuid::from_u128(15));
pub(in crate::booking) const BOURG: SiteId = SiteId(Uuid::from_u128(21));
pub(in crate::booking) const LAC: SiteId = SiteId(Uuid::from_u128(22));
pub(in crate::booking) const FOUR_DAYS: SchoolId = SchoolId(Uuid::from_u128(31));
pub(in crate::booking) const WITH_WEDNESDAY: SchoolId = SchoolId(Uuid::from_u128(32));
pub(in crate::booking) const SERVICE: ServiceId = ServiceId(Uuid::from_u128(41));

/// Monday, Tuesday, Thursday, Friday.
const SCHOOL_DAYS: u8 = 0b001_1011;
pub(in crate::booking) const WEDNESDAY: u8 = 0b000_0100;
pub(in crate::booking) const WEEK_END: u8 = 0b110_0000;

pub(in crate::booking) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An instant: in UTC where it ends in Z, else on the clock of a zone.
pub(in crate::booking) fn at(text: &str, zone: Tz) -> UtcMs {
    if text.ends_with('Z') {
        return UtcMs::parse(text).unwrap();
    }
    let civil: NaiveDateTime = text.parse().unwrap();
    let at = UtcMs::at_civil(civil.date(), civil.time(), zone);
    let later = UtcMs::at_civil_later(civil.date(), civil.time(), zone);
    assert_eq!(at, later, "{text} comes twice: say which in UTC");
    at
}

pub(in crate::booking) fn session(activity: ActivityId, date: &str) -> SessionKey {
    SessionKey {
        activity,
        site: BOURG,
        date: day(date),
    }
}

pub(in crate::booking) fn count(days: Counted) -> Count {
    Count { days, skipped: 0 }
}

pub(in crate::booking) fn days_before(days: u16, counted: Counted, hour: u16, minute: u16) -> Moment {
    Moment::Days {
        days,
        count: count(counted),
        at: Minute::new(hour, minute),
    }
}

pub(in crate::booking) fn hours_before(hours: u16, counted: Counted) -> Moment {
    Moment::Hours {
        hours,
        count: count(counted),
    }
}

pub(in crate::booking) fn weekday(
    weekday: u8,
    weeks: u8,
    counted: Counted,
    hour: u16,
    minute: u16,
) -> Moment {
    Moment::Weekday {
        weekday,
        weeks,
        count: count(counted),
        at: Minute::new(hour, minute),
    }
}

pub(in crate::booking) fn day_of_month(day: u8, months: u8, counted: Counted, hour: u16) -> Moment {
    Moment::DayOfMonth {
        day,
        months,
        count: count(counted),
        at: Minute::new(hour, 0),
    }
}

pub(in crate::booking) fn fixed(date: &str, hour: u32) -> Moment {
    Moment::At {
        date: day(date),
        second: hour * 3600,
    }
}

pub(in crate::booking) fn delay(case: Case, until: Moment) -> Delay {
    Delay {
        case,
        until,
        late: Vec::new(),
        words: None,
        strict: false,
    }
}

/// A delay with one stage after it.
pub(in crate::booking) fn then(delay: Delay, until: Moment, ways: &[(Entrance, Verdict, Cost)]) -> Delay {
    let ways = ways.iter().map(|(entrance, verdict, cost)| Way {
        entrance: *entrance,
        verdict: *verdict,
        cost: *cost,
        excused_within_days: None,
    });
    let mut delay = delay;
    delay.late.push(Late {
        until,
        ways: ways.collect(),
    });
    delay
}

pub(in crate::booking) fn of(activities: &[ActivityId]) -> Case {
    Case {
        activities: activities.to_vec(),
        ..Case::all()
    }
}

pub(in crate::booking) fn on_days(weekdays: u8) -> Case {
    Case {
        weekdays,
        ..Case::all()
    }
}

pub(in crate::booking) fn in_season(season: Season) -> Case {
    Case {
        season,
        ..Case::all()
    }
}

pub(in crate::booking) fn price(case: Case, cents: i64) -> Price {
    Price {
        case,
        cents: Cents(cents),
    }
}

pub(in crate::booking) fn window(case: Case, from: Option<Moment>, until: Option<Moment>) -> Opening {
    Opening {
        case,
        from,
        until,
        words: None,
    }
}

/// Rules that say nothing but a price.
pub(in crate::booking) fn rules(activities: &[ActivityId], cents: i64) -> RuleSetRecord {
    RuleSetRecord {
        id: RuleSetId(Uuid::from_u128(100)),
        name: "Règles".into(),
        activities: activities.to_vec(),
        from: day("2026-09-01"),
        until: None,
        live: true,
        openings: Vec::new(),
        add: Vec::new(),
        cancel: Vec::new(),
        conditions: Vec::new(),
        limits: Vec::new(),
        links: Vec::new(),
        groups: Vec::new(),
        places: Vec::new(),
        waiting: None,
        prices: vec![price(Case::all(), cents)],
        payment: Payment::Billed,
    }
}

/// A centre that is open on Wednesdays, and from Monday to Friday in the holidays.
pub(in crate::booking) fn centre(cents: i64) -> RuleSetRecord {
    let wednesdays = Case {
        season: Season::School,
        ..on_days(WEDNESDAY)
    };
    RuleSetRecord {
        openings: vec![
            window(wednesdays, None, None),
            window(in_season(Season::Holidays), None, None),
        ],
        ..rules(&[CENTRE], cents)
    }
}

fn activity(id: ActivityId, name: &str, weekdays: u8, opens: Minute, closes: Minute) -> ActivityRecord {
    ActivityRecord {
        id,
        slug: format!("a{}", id.0.as_u128()).parse().unwrap(),
        name: name.into(),
        service: SERVICE,
        mode: Mode::Presence,
        weekdays,
        opens,
        closes,
        sites: vec![BOURG, LAC],
        formulas: Vec::new(),
        retired: false,
        capacity: None,
    }
}

fn site(id: SiteId, name: &str) -> SiteRecord {
    SiteRecord {
        id,
        slug: format!("s{}", id.0.as_u128()).parse().unwrap(),
        name: name.into(),
        school: None,
        phone: None,
        retired: false,
        nursery: false,
    }
}

fn school(id: SchoolId, name: &str, half_days: u8) -> SchoolRecord {
    SchoolRecord {
        id,
        name: name.into(),
        kind: SchoolKind::Public,
        half_days,
        starts: Minute::new(8, 30),
        ends: Minute::new(16, 30),
        retired: false,
    }
}

fn child(id: ChildId, first_name: &str, school: SchoolId) -> ChildFacts {
    ChildFacts {
        id,
        first_name: first_name.into(),
        born: day("2018-05-12"),
        school: Some(school),
        class: None,
        levels: Vec::new(),
        left_on: None,
        households: vec![PETIT],
        custody: None,
        decides: true,
        documents: Vec::new(),
    }
}

pub(in crate::booking) fn calendar(
    zone: SchoolZone,
    region: HolidayRegion,
    local: &[(&str, &str, LocalKind)],
) -> Calendar {
    Calendar::of(&CalendarRecord {
        zone,
        region,
        good_friday: true,
        local: local
            .iter()
            .map(|(from, until, kind)| LocalPeriod {
                from: day(from),
                until: day(until),
                name: "À nous".into(),
                kind: *kind,
            })
            .collect(),
    })
}

/// The town with these rules, in zone A of metropolitan France.
pub(in crate::booking) fn town(sets: Vec<RuleSetRecord>) -> Ground {
    let activities = [
        activity(
            MATIN,
            "Accueil du matin",
            SCHOOL_DAYS,
            Minute::new(7, 30),
            Minute::new(8, 30),
        ),
        activity(
            CANTINE,
            "Cantine",
            SCHOOL_DAYS,
            Minute::new(11, 45),
            Minute::new(13, 30),
        ),
        activity(
            SOIR,
            "Accueil du soir",
            SCHOOL_DAYS,
            Minute::new(16, 30),
            Minute::new(18, 30),
        ),
        activity(
            TAP,
            "Ateliers",
            0b001_0000,
            Minute::new(15, 0),
            Minute::new(16, 30),
        ),
        activity(
            CENTRE,
            "Centre de loisirs",
            0b001_1111,
            Minute::new(8, 0),
            Minute::new(18, 0),
        ),
    ];
    let schools = [
        school(FOUR_DAYS, "École du Bourg", 8),
        school(WITH_WEDNESDAY, "École du Lac", 9),
    ];
    let children = [child(ZOE, "Zoé", FOUR_DAYS), child(HUGO, "Hugo", WITH_WEDNESDAY)];
    Ground {
        zone: chrono_tz::Europe::Paris,
        calendar: Some(calendar(SchoolZone::A, HolidayRegion::Metropole, &[])),
        exceptional: Vec::new(),
        sets,
        activities: activities.map(|one| (one.id, one)).into(),
        services: [(SERVICE, "Enfance".to_owned())].into(),
        sites: [site(BOURG, "Bourg"), site(LAC, "Lac")]
            .map(|one| (one.id, one))
            .into(),
        schools: schools.map(|one| (one.id, one)).into(),
        children: children.map(|one| (one.id, one)).into(),
        household: Some(HouseholdFacts {
            id: PETIT,
            residence: None,
            unpaid: Cents::ZERO,
        }),
        standing: Vec::new(),
        wishes: Vec::new(),
        taken: BTreeMap::new(),
        queues: BTreeMap::new(),
        held: BTreeMap::new(),
    }
}
