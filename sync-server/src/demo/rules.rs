//! By which rules families book: one set for each way in which real towns do it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use shared::codec::Minute;
use shared::ids::{ActivityId, ChildId, RuleSetId, SiteId};
use shared::money::Cents;
use shared::operation::{
    Body, BookingSettingsRecord, Case, Condition, ConditionRule, Cost, Count, Counted, Delay, DocumentRecord,
    Entrance, Group, HouseholdFactsRecord, Late, Limit, Link, LinkKind, Moment, Opening, Payment, Places,
    Price, ReservationLine, RuleSetRecord, Season, Span, Verdict, Waiting, Way,
};

use super::activities::{CANTEEN, EVENING, MORNING, STUDY, WEDNESDAYS, WORKSHOPS, activity_id, formula_id};
use super::calendar::school_year;
use super::dice::id;
use super::families::{ACCOUNTS, Families};
use super::places::{CP, LEVELS, SECTORS};

/// Kinds of documents.
const DOCUMENTS: [&str; 2] = ["Fiche sanitaire", "Assurance scolaire"];
/// Where the town's families live, and those of the next town: codes that INSEE gave nobody.
const RESIDENCES: [&str; 2] = ["99001", "99002"];
/// The family that owes something, by its place.
const IN_DEBT: usize = 5;
/// From this age on, in months, a child is in the group of the elder.
const SIX_YEARS: u16 = 72;
/// The names of the groups.
const GROUPS: [&str; 2] = ["Moins de 6 ans", "6 ans et plus"];
const MONDAY_TO_FRIDAY: u8 = 0b1_1111;

/// Adds the rules, how booking is set up, and what rules ask about the families with accounts.
pub(super) fn put_rules(seed: u64, today: NaiveDate, families: &Families, bodies: &mut Vec<Body>) {
    let settings = BookingSettingsRecord {
        hold_minutes: 20,
        phone: Some("01 99 00 10 01".into()),
        documents: DOCUMENTS.map(Into::into).into(),
    };
    let born: BTreeMap<ChildId, NaiveDate> = families
        .kids
        .iter()
        .map(|kid| (kid.record.id, kid.record.born))
        .collect();
    let places = busiest(seed, today, &born, bodies);
    let makers = [canteen, childcare, study, workshops];
    let mut sets: Vec<RuleSetRecord> = makers.into_iter().map(|make| make(seed)).collect();
    sets.push(wednesdays(seed, places));
    bodies.push(Body::PutBookingSettings { settings });
    let from = NaiveDate::from_ymd_opt(school_year(today), 9, 1).unwrap_or(today);
    for (n, mut rules) in (0_u64..).zip(sets) {
        rules.id = RuleSetId(id(seed, "rules", &[n]));
        rules.name = format!("{} {}-{}", rules.name, from.year(), from.year() + 1);
        rules.from = from;
        bodies.push(Body::PutRules { rules });
    }
    put_facts(families, bodies);
    put_documents(seed, today, families, bodies);
}

/// Where those who can log in live and what they owe.
fn put_facts(families: &Families, bodies: &mut Vec<Body>) {
    for (home, record) in families.homes.iter().take(ACCOUNTS).enumerate() {
        let outside = families
            .kids
            .iter()
            .any(|kid| kid.homes.contains(&home) && kid.sector == SECTORS.len() - 1);
        bodies.push(Body::PutHouseholdFacts {
            facts: HouseholdFactsRecord {
                household: record.id,
                residence: Some(RESIDENCES[usize::from(outside)].into()),
                unpaid: Cents(if home == IN_DEBT { 6_240 } else { 0 }),
            },
        });
    }
}

/// Whoever comes on Wednesdays, and the children of those who can log in, brought what is asked for; some forgot a sheet.
fn put_documents(seed: u64, today: NaiveDate, families: &Families, bodies: &mut Vec<Body>) {
    let wednesday = activity_id(seed, WEDNESDAYS);
    let coming: BTreeSet<ChildId> = bodies
        .iter()
        .filter_map(|body| match body {
            Body::Reserve { lines } => Some(lines),
            _ => None,
        })
        .flatten()
        .filter(|line| line.activity == wednesday)
        .map(|line| line.child)
        .collect();
    let ends = NaiveDate::from_ymd_opt(school_year(today) + 1, 8, 31);
    for (n, kid) in families.kids.iter().enumerate() {
        let known = kid.homes.iter().any(|home| *home < ACCOUNTS);
        if !known && !coming.contains(&kid.record.id) {
            continue;
        }
        let brought = if n % 7 == 3 {
            &DOCUMENTS[1..]
        } else {
            &DOCUMENTS[..]
        };
        let documents = brought.iter().map(|kind| DocumentRecord {
            kind: (*kind).into(),
            until: ends,
        });
        bodies.push(Body::PutDocuments {
            child: kid.record.id,
            documents: documents.collect(),
        });
    }
}

/// How many children of each group come on the fullest Wednesday, by site: so many places there are.
fn busiest(
    seed: u64,
    today: NaiveDate,
    born: &BTreeMap<ChildId, NaiveDate>,
    bodies: &[Body],
) -> BTreeMap<(SiteId, usize), u32> {
    let wednesday = activity_id(seed, WEDNESDAYS);
    let mut by_day: BTreeMap<(SiteId, usize, NaiveDate), u32> = BTreeMap::new();
    let counted = |line: &&ReservationLine| line.activity == wednesday && line.date >= today;
    for body in bodies {
        let Body::Reserve { lines } = body else { continue };
        for line in lines.iter().filter(counted) {
            let old = born
                .get(&line.child)
                .is_some_and(|born| age_months(*born, line.date) >= SIX_YEARS);
            *by_day
                .entry((line.site, usize::from(old), line.date))
                .or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((site, group, _), count) in by_day {
        let so_far: &mut u32 = most.entry((site, group)).or_default();
        *so_far = count.max(*so_far);
    }
    most
}

/// Whole months.
fn age_months(born: NaiveDate, on: NaiveDate) -> u16 {
    let years = on.year() - born.year();
    let months = years * 12 + i32::try_from(on.month0()).unwrap_or(0)
        - i32::try_from(born.month0()).unwrap_or(0)
        - i32::from(on.day() < born.day());
    u16::try_from(months).unwrap_or(0)
}

/// Outside school holidays, as soon as the calendar is known.
fn in_school_time() -> Opening {
    Opening {
        case: Case {
            season: Season::School,
            ..Case::all()
        },
        from: None,
        until: None,
        words: None,
    }
}

/// A set without any table.
fn bare(name: &str, activities: Vec<ActivityId>) -> RuleSetRecord {
    RuleSetRecord {
        id: RuleSetId(uuid::Uuid::nil()),
        name: name.into(),
        activities,
        from: NaiveDate::MIN,
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
        prices: Vec::new(),
        payment: Payment::Billed,
    }
}

const fn of(days: Counted) -> Count {
    Count { days, skipped: 0 }
}

fn delay(until: Moment, late: Vec<Late>, words: Option<&str>) -> Delay {
    Delay {
        case: Case::all(),
        until,
        late,
        words: words.map(Into::into),
        strict: false,
    }
}

const fn way(entrance: Entrance, verdict: Verdict, cost: Cost) -> Way {
    Way {
        entrance,
        verdict,
        cost,
        excused_within_days: None,
    }
}

/// What comes late costs that, by wherever it comes in.
fn late(until: Moment, cost: Cost, excused_within_days: Option<u16>) -> Late {
    let ways = Entrance::ALL.map(|entrance| Way {
        entrance,
        verdict: Verdict::Accept,
        cost,
        excused_within_days,
    });
    Late {
        until,
        ways: ways.into(),
    }
}

fn price(activities: Vec<ActivityId>, formulas: Vec<shared::ids::FormulaId>, cents: i64) -> Price {
    Price {
        case: Case {
            activities,
            formulas,
            ..Case::all()
        },
        cents: Cents(cents),
    }
}

/// The eve at 10:00, working days only; afterwards by telephone.
fn canteen(seed: u64) -> RuleSetRecord {
    let eve = Moment::Days {
        days: 1,
        count: of(Counted::Worked),
        at: Minute::new(10, 0),
    };
    let by_telephone = Late {
        until: Moment::Days {
            days: 0,
            count: of(Counted::Calendar),
            at: Minute::new(9, 30),
        },
        ways: vec![
            way(Entrance::Phone, Verdict::Accept, Cost::Adds(Cents(150))),
            way(Entrance::Desk, Verdict::Accept, Cost::Adds(Cents(150))),
            way(Entrance::Door, Verdict::Accept, Cost::Adds(Cents(300))),
        ],
    };
    let words = "Avant 10 h le jour ouvré précédent : la cuisine commande les repas.";
    let formula = |n| vec![formula_id(seed, CANTEEN, n)];
    RuleSetRecord {
        add: vec![delay(eve, vec![by_telephone], Some(words))],
        cancel: vec![delay(
            eve,
            vec![late(Moment::Start, Cost::Full, Some(7))],
            Some(words),
        )],
        prices: vec![
            price(Vec::new(), formula(1), 80),
            price(Vec::new(), formula(2), 240),
            price(Vec::new(), Vec::new(), 360),
        ],
        ..bare("Cantine", vec![activity_id(seed, CANTEEN)])
    }
}

/// Forty-eight working hours; afterwards another price replaces the usual one.
fn childcare(seed: u64) -> RuleSetRecord {
    let (morning, evening) = (activity_id(seed, MORNING), activity_id(seed, EVENING));
    let two_days = Moment::Hours {
        hours: 48,
        count: of(Counted::Worked),
    };
    let dearer = |activity, cents| Delay {
        case: Case {
            activities: vec![activity],
            ..Case::all()
        },
        ..delay(
            two_days,
            vec![late(Moment::Start, Cost::Replaces(Cents(cents)), None)],
            None,
        )
    };
    RuleSetRecord {
        add: vec![dearer(morning, 400), dearer(evening, 1_000)],
        cancel: vec![delay(
            two_days,
            vec![late(Moment::Start, Cost::Full, Some(7))],
            None,
        )],
        prices: vec![
            price(vec![morning], Vec::new(), 90),
            price(vec![evening], Vec::new(), 180),
        ],
        ..bare("Garderie", vec![morning, evening])
    }
}

/// Friday at noon for the week after, for CP to CM2, never with childcare.
fn study(seed: u64) -> RuleSetRecord {
    let activity = activity_id(seed, STUDY);
    let friday = Moment::Weekday {
        weekday: 4,
        weeks: 1,
        count: of(Counted::NotHolidays),
        at: Minute::new(12, 0),
    };
    let asked = Late {
        until: Moment::Days {
            days: 1,
            count: of(Counted::Calendar),
            at: Minute::new(18, 0),
        },
        ways: vec![
            way(Entrance::Portal, Verdict::Request, Cost::Free),
            way(Entrance::Phone, Verdict::Accept, Cost::Free),
            way(Entrance::Desk, Verdict::Accept, Cost::Free),
        ],
    };
    RuleSetRecord {
        add: vec![delay(friday, vec![asked.clone()], None)],
        cancel: vec![delay(friday, vec![asked], None)],
        conditions: vec![ConditionRule {
            condition: Condition::Levels(LEVELS[CP..].iter().map(|level| (*level).into()).collect()),
            otherwise: Vec::new(),
            words: Some("L’étude est réservée aux élèves du CP au CM2.".into()),
            activities: Vec::new(),
        }],
        links: vec![Link {
            kind: LinkKind::Excludes,
            activity,
            other: activity_id(seed, EVENING),
        }],
        prices: vec![price(Vec::new(), Vec::new(), 210)],
        ..bare("Étude", vec![activity])
    }
}

/// By the stretch of school: booked before it begins, or asked for; few places; paid up families only.
fn workshops(seed: u64) -> RuleSetRecord {
    let eve = Moment::Days {
        days: 2,
        count: of(Counted::School),
        at: Minute::new(18, 0),
    };
    RuleSetRecord {
        add: vec![Delay {
            strict: true,
            ..delay(
                eve,
                Vec::new(),
                Some("Les animateurs préparent le matériel deux jours de classe avant."),
            )
        }],
        cancel: vec![delay(eve, vec![late(Moment::Start, Cost::Part(50), None)], None)],
        conditions: vec![
            ConditionRule {
                condition: Condition::Levels(LEVELS[CP..].iter().map(|level| (*level).into()).collect()),
                otherwise: Vec::new(),
                words: None,
                activities: Vec::new(),
            },
            ConditionRule {
                condition: Condition::UnpaidAtMost(Cents(5_000)),
                otherwise: vec![way(Entrance::Desk, Verdict::Accept, Cost::Free)],
                words: Some("Au-delà de 50 € d’impayés, l’inscription se fait à l’accueil.".into()),
                activities: Vec::new(),
            },
        ],
        limits: vec![Limit {
            most: 1,
            per: Span::Week,
            activities: Vec::new(),
            words: None,
        }],
        places: vec![Places {
            case: Case::all(),
            group: None,
            from: None,
            until: None,
            places: 28,
        }],
        waiting: Some(Waiting {
            offer_minutes: 24 * 60,
            most: Some(5),
        }),
        prices: vec![price(Vec::new(), Vec::new(), 350)],
        ..bare("Ateliers du vendredi", vec![activity_id(seed, WORKSHOPS)])
    }
}

/// Thursday at noon for the week after, counted in two groups; in the holidays, a window of its own.
fn wednesdays(seed: u64, places: BTreeMap<(SiteId, usize), u32>) -> RuleSetRecord {
    let holidays = Case {
        season: Season::Holidays,
        ..Case::all()
    };
    let asked = Late {
        until: Moment::Days {
            days: 1,
            count: of(Counted::Worked),
            at: Minute::new(17, 0),
        },
        ways: vec![
            way(Entrance::Portal, Verdict::Request, Cost::Adds(Cents(300))),
            way(Entrance::Phone, Verdict::Accept, Cost::Adds(Cents(300))),
            way(Entrance::Desk, Verdict::Accept, Cost::Adds(Cents(300))),
        ],
    };
    let thursday = Moment::Weekday {
        weekday: 3,
        weeks: 1,
        count: of(Counted::Calendar),
        at: Minute::new(12, 0),
    };
    let two_days = Moment::Hours {
        hours: 48,
        count: of(Counted::Worked),
    };
    let formula = |n| vec![formula_id(seed, WEDNESDAYS, n)];
    let during = |formulas, cents| Price {
        case: Case {
            formulas,
            ..holidays.clone()
        },
        cents: Cents(cents),
    };
    let window = |days, at| Moment::Period {
        days,
        count: of(Counted::Calendar),
        at,
    };
    RuleSetRecord {
        openings: vec![
            in_school_time(),
            Opening {
                case: holidays.clone(),
                from: Some(window(42, Minute::new(8, 0))),
                until: Some(window(7, Minute::new(23, 59))),
                words: Some(
                    "Les vacances se réservent de six semaines à une semaine avant leur premier jour.".into(),
                ),
            },
        ],
        add: vec![
            Delay {
                case: holidays.clone(),
                ..delay(two_days, vec![asked.clone()], None)
            },
            delay(thursday, vec![asked], None),
        ],
        cancel: vec![delay(
            two_days,
            vec![late(Moment::Start, Cost::Full, Some(7))],
            Some("Sur présentation d’un certificat médical sous 7 jours, rien n’est dû."),
        )],
        conditions: vec![ConditionRule {
            condition: Condition::Documents(DOCUMENTS.map(Into::into).into()),
            otherwise: vec![
                way(Entrance::Portal, Verdict::Request, Cost::Free),
                way(Entrance::Phone, Verdict::Request, Cost::Free),
                way(Entrance::Desk, Verdict::Accept, Cost::Free),
            ],
            words: Some("Le dossier de l’enfant est complet.".into()),
            activities: Vec::new(),
        }],
        groups: vec![
            Group {
                name: GROUPS[0].into(),
                levels: Vec::new(),
                from_months: None,
                under_months: Some(SIX_YEARS),
            },
            Group {
                name: GROUPS[1].into(),
                levels: Vec::new(),
                from_months: Some(SIX_YEARS),
                under_months: None,
            },
        ],
        places: places
            .into_iter()
            .map(|((site, group), places)| Places {
                case: Case {
                    weekdays: MONDAY_TO_FRIDAY,
                    sites: vec![site],
                    ..Case::all()
                },
                group: Some(GROUPS[group].into()),
                from: None,
                until: None,
                places,
            })
            .collect(),
        waiting: Some(Waiting {
            offer_minutes: 24 * 60,
            most: None,
        }),
        prices: vec![
            during(formula(0), 1_600),
            price(Vec::new(), formula(0), 1_400),
            price(Vec::new(), formula(1), 700),
            price(Vec::new(), formula(2), 1_000),
            price(Vec::new(), formula(3), 700),
        ],
        ..bare("Mercredis", vec![activity_id(seed, WEDNESDAYS)])
    }
}
