//! A small town to judge in: two schools, a canteen, evenings, Wednesdays; Léa and Tom Martin.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Europe::Paris;
use uuid::Uuid;

use crate::booking::*;
use crate::calendar::{Calendar, HolidayRegion, SchoolZone};
use crate::codec::Minute;
use crate::ids::*;
use crate::mode::Mode;
use crate::money::Cents;
use crate::operation::*;
use crate::time::UtcMs;

pub(super) const LEA: ChildId = ChildId(Uuid::from_u128(1));
pub(super) const TOM: ChildId = ChildId(Uuid::from_u128(2));
pub(super) const MARTIN: HouseholdId = HouseholdId(Uuid::from_u128(11));
pub(super) const DURAND: HouseholdId = HouseholdId(Uuid::from_u128(12));
pub(super) const JAURES: SiteId = SiteId(Uuid::from_u128(21));
pub(super) const FERRY: SiteId = SiteId(Uuid::from_u128(22));
pub(super) const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(31));
pub(super) const CLASS: ClassId = ClassId(Uuid::from_u128(41));
pub(super) const CANTINE: ActivityId = ActivityId(Uuid::from_u128(51));
pub(super) const GARDERIE: ActivityId = ActivityId(Uuid::from_u128(52));
pub(super) const ETUDE: ActivityId = ActivityId(Uuid::from_u128(53));
pub(super) const ALSH: ActivityId = ActivityId(Uuid::from_u128(54));
pub(super) const DAY: FormulaId = FormulaId(Uuid::from_u128(61));
pub(super) const HALF: FormulaId = FormulaId(Uuid::from_u128(62));
pub(super) const MEALS: ServiceId = ServiceId(Uuid::from_u128(71));

/// Monday, Tuesday, Thursday, Friday.
const SCHOOL_DAYS: u8 = 0b001_1011;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An instant of the town's clock.
pub(super) fn at(text: &str) -> UtcMs {
    let civil: NaiveDateTime = format!("{text}:00").parse().unwrap();
    UtcMs::at_civil(civil.date(), civil.time(), Paris)
}

pub(super) fn session(activity: ActivityId, date: &str) -> SessionKey {
    SessionKey {
        activity,
        site: JAURES,
        date: day(date),
    }
}

fn activity(
    id: ActivityId,
    name: &str,
    weekdays: u8,
    hours: (u16, u16),
    formulas: &[FormulaId],
) -> ActivityRecord {
    ActivityRecord {
        id,
        slug: format!("a{}", id.0.as_u128()).parse().unwrap(),
        name: name.into(),
        service: MEALS,
        mode: Mode::Presence,
        weekdays,
        opens: Minute(hours.0),
        closes: Minute(hours.1),
        sites: vec![JAURES, FERRY],
        formulas: formulas
            .iter()
            .map(|id| FormulaRecord {
                id: *id,
                slug: format!("f{}", id.0.as_u128()).parse().unwrap(),
                name: format!("Formule {}", id.0.as_u128()),
                meal: Meal::None,
            })
            .collect(),
        retired: false,
        capacity: None,
    }
}

fn site(id: SiteId, name: &str) -> SiteRecord {
    SiteRecord {
        id,
        slug: format!("s{}", id.0.as_u128()).parse().unwrap(),
        name: name.into(),
        school: (id == JAURES).then_some(SCHOOL),
        phone: None,
        retired: false,
        nursery: false,
    }
}

fn child(id: ChildId, first_name: &str, born: &str, level: &str) -> ChildFacts {
    ChildFacts {
        id,
        first_name: first_name.into(),
        born: day(born),
        school: Some(SCHOOL),
        class: Some(CLASS),
        levels: vec![level.into()],
        left_on: None,
        households: vec![MARTIN],
        custody: None,
        decides: true,
        documents: Vec::new(),
    }
}

/// The eve, at 18 h.
pub(super) fn eve() -> Moment {
    Moment::Days {
        days: 1,
        count: Count {
            days: Counted::Calendar,
            skipped: 0,
        },
        at: Minute::new(18, 0),
    }
}

pub(super) fn delay(until: Moment) -> Delay {
    Delay {
        case: Case::all(),
        until,
        late: Vec::new(),
        words: Some("La veille avant 18 h".into()),
        strict: false,
    }
}

pub(super) fn way(entrance: Entrance, verdict: Verdict, cost: Cost) -> Way {
    Way {
        entrance,
        verdict,
        cost,
        excused_within_days: None,
    }
}

pub(super) fn rules(number: u128, activities: &[ActivityId], cents: i64) -> RuleSetRecord {
    RuleSetRecord {
        id: RuleSetId(Uuid::from_u128(number)),
        name: format!("Règles {number}"),
        activities: activities.to_vec(),
        from: day("2026-09-01"),
        until: None,
        live: true,
        openings: Vec::new(),
        add: vec![delay(eve())],
        cancel: vec![delay(eve())],
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

/// The town: the canteen at 3,50 €, evenings at 2,00 €, Wednesdays at 8,00 € the half and 14,00 € the whole day.
pub(super) fn town() -> Ground {
    let calendar = Calendar::of(&CalendarRecord {
        zone: SchoolZone::A,
        region: HolidayRegion::Metropole,
        good_friday: false,
        local: Vec::new(),
    });
    let mut wednesdays = rules(83, &[ALSH], 1400);
    wednesdays.prices.insert(
        0,
        Price {
            case: Case {
                formulas: vec![HALF],
                ..Case::all()
            },
            cents: Cents(800),
        },
    );
    Ground {
        zone: Paris,
        calendar: Some(calendar),
        exceptional: Vec::new(),
        sets: vec![
            rules(81, &[CANTINE], 350),
            rules(82, &[GARDERIE, ETUDE], 200),
            wednesdays,
        ],
        activities: [
            activity(CANTINE, "Cantine", SCHOOL_DAYS, (690, 810), &[]),
            activity(GARDERIE, "Garderie du soir", SCHOOL_DAYS, (990, 1110), &[]),
            activity(ETUDE, "Étude", SCHOOL_DAYS, (990, 1050), &[]),
            activity(ALSH, "Mercredi", 0b000_0100, (480, 1080), &[DAY, HALF]),
        ]
        .map(|one| (one.id, one))
        .into(),
        services: [(MEALS, "Restauration".to_owned())].into(),
        sites: [site(JAURES, "Jaurès"), site(FERRY, "Ferry")]
            .map(|one| (one.id, one))
            .into(),
        schools: [(
            SCHOOL,
            SchoolRecord {
                id: SCHOOL,
                name: "École Jaurès".into(),
                kind: SchoolKind::Public,
                half_days: 8,
                starts: Minute::new(8, 30),
                ends: Minute::new(16, 30),
                retired: false,
            },
        )]
        .into(),
        children: [
            child(LEA, "Léa", "2018-05-12", "CE2"),
            child(TOM, "Tom", "2021-02-03", "GS"),
        ]
        .map(|one| (one.id, one))
        .into(),
        household: Some(HouseholdFacts {
            id: MARTIN,
            residence: Some("01053".into()),
            unpaid: Cents::ZERO,
        }),
        standing: Vec::new(),
        wishes: Vec::new(),
        taken: BTreeMap::new(),
        queues: BTreeMap::new(),
        held: BTreeMap::new(),
    }
}

/// The rules that count for an activity, to be changed.
pub(super) fn rules_of(ground: &mut Ground, activity: ActivityId) -> &mut RuleSetRecord {
    ground
        .sets
        .iter_mut()
        .find(|set| set.activities.contains(&activity))
        .unwrap()
}

/// A reservation that stands, and takes a place.
pub(super) fn stands(
    ground: &mut Ground,
    number: u128,
    child: ChildId,
    session: SessionKey,
) -> ReservationId {
    let id = ReservationId(Uuid::from_u128(number));
    let price = Cents(350);
    ground.standing.push(Standing {
        id,
        child,
        session,
        formula: None,
        group: None,
        household: Some(MARTIN),
        priced: Some(Priced {
            base: Some(price),
            surcharge: Cents::ZERO,
            total: price,
        }),
        due_at: None,
        paid: false,
    });
    *ground.taken.entry((session, None)).or_default() += 1;
    id
}

pub(super) fn add(child: ChildId, session: SessionKey) -> Wanted {
    Wanted::Add {
        child,
        session,
        formula: None,
        replaces: None,
        wish: None,
    }
}

pub(super) fn asked(now: UtcMs, entrance: Entrance) -> Asked {
    Asked {
        now,
        entrance,
        beyond: false,
    }
}

/// On line, at an instant of the town's clock.
pub(super) fn on_line(now: &str) -> Asked {
    asked(at(now), Entrance::Portal)
}

/// The town hall, by name.
pub(super) fn by_name(now: &str) -> Asked {
    Asked {
        beyond: true,
        ..asked(at(now), Entrance::Desk)
    }
}

pub(super) fn one(wanted: Wanted, ground: &Ground, asked: Asked) -> Judged {
    judge(&[wanted], ground, asked).swap_remove(0)
}

/// Why a wish is refused; panics where it is not.
pub(super) fn refusal(judged: &Judged) -> &Reason {
    match &judged.sentence {
        Sentence::Refuse(reason) => reason,
        other => panic!("not refused: {other:?}"),
    }
}

/// What a wish is booked at; panics where it is not.
pub(super) fn booked(judged: &Judged) -> Priced {
    match &judged.sentence {
        Sentence::Book { priced, .. } => *priced,
        other => panic!("not booked: {other:?}"),
    }
}
