//! What is found in rules before they judge anybody.

use uuid::Uuid;

use super::*;
use crate::booking::tests::town::*;
use crate::codec::Minute;
use crate::ids::RuleSetId;
use crate::money::Cents;
use crate::operation::*;

fn eve() -> Moment {
    days_before(1, Counted::Calendar, 12, 0)
}

/// Rules in which nothing is wrong.
fn sound() -> RuleSetRecord {
    RuleSetRecord {
        add: vec![delay(Case::all(), eve())],
        cancel: vec![delay(Case::all(), eve())],
        ..rules(&[CANTINE, SOIR], 350)
    }
}

fn found(set: &RuleSetRecord) -> Vec<Flaw> {
    found_among(set, &[])
}

fn found_among(set: &RuleSetRecord, others: &[RuleSetRecord]) -> Vec<Flaw> {
    let ground = town(Vec::new());
    let documents = ["Assurance".to_owned()];
    let facts = Facts {
        ground: &ground,
        documents: &documents,
    };
    check(set, others, &facts)
}

/// What is found once something is changed.
fn with(change: impl FnOnce(&mut RuleSetRecord)) -> Vec<Flaw> {
    let mut set = sound();
    change(&mut set);
    found(&set)
}

const ADD: fn(usize) -> LineAt = |line| LineAt {
    table: Table::Add,
    line,
};

#[test]
fn nothing_is_found_in_sound_rules() {
    assert_eq!(found(&sound()), []);
    let mut wednesdays = centre(1200);
    wednesdays.add = sound().add;
    wednesdays.cancel = sound().cancel;
    assert_eq!(found(&wednesdays), []);
}

#[test]
fn a_line_that_never_counts_is_shown_with_the_one_that_does() {
    let five = days_before(5, Counted::Worked, 12, 0);
    let contradicts = with(|set| set.add.push(delay(on_days(0b1), five)));
    let [
        Flaw::Contradiction {
            at,
            counts: 1,
            example: Some(example),
        },
    ] = contradicts.as_slice()
    else {
        panic!("{contradicts:?}");
    };
    assert_eq!((*at, example.date), (ADD(2), day("2026-09-07")));
    assert_eq!(example.counts.to_string(), "2026-09-06T10:00:00.000Z");
    assert_eq!(example.other.to_string(), "2026-08-31T10:00:00.000Z");
    assert_eq!(contradicts[0].severity(), Severity::Error);
    assert_eq!(
        with(|set| set.add.push(delay(on_days(0b1), eve()))),
        [Flaw::Needless {
            at: ADD(2),
            counts: 1
        }]
    );
    // The other way round it is a table: Mondays first, then all others.
    assert_eq!(with(|set| set.add.insert(0, delay(on_days(0b1), five))), []);
    let halves = with(|set| {
        set.add = vec![
            delay(on_days(0b1), five),
            delay(on_days(0x7e), eve()),
            delay(Case::all(), Moment::Start),
        ];
    });
    assert_eq!(halves, [Flaw::NeverReached(ADD(3))]);
    let across = with(|set| {
        set.add.insert(0, delay(of(&[CANTINE]), five));
        set.add.insert(1, delay(on_days(0b1), eve()));
    });
    assert_eq!(
        across,
        [Flaw::Overlap {
            at: ADD(2),
            counts: 1
        }]
    );
    assert_eq!(
        with(|set| set.add.insert(0, delay(in_season(Season::Holidays), five))),
        [Flaw::SpeaksOfNothing(ADD(1))],
        "nothing says that these take place in the holidays"
    );
}

#[test]
fn a_session_that_no_line_speaks_of_is_a_hole() {
    let hole = |table, weekdays, season, at_booking| Flaw::Uncovered {
        table,
        activity: CANTINE,
        site: None,
        formula: None,
        weekdays,
        season,
        at_booking,
    };
    let of_canteen = |set: &mut RuleSetRecord| set.activities = vec![CANTINE];
    assert_eq!(
        with(|set| {
            of_canteen(set);
            set.cancel[0].case.weekdays = 0b1_1000;
        }),
        [hole(Table::Cancel, 0b11, Season::School, false)]
    );
    let prices = |set: &mut RuleSetRecord| {
        of_canteen(set);
        set.prices = vec![price(in_season(Season::FirstDayBack), 350)];
    };
    assert_eq!(
        with(prices),
        [hole(Table::Prices, 0b1_1011, Season::School, false)]
    );
    let paid = with(|set| {
        prices(set);
        set.payment = Payment::AtBooking {
            within_minutes: 60,
            credited: true,
        };
    });
    assert_eq!(paid[0].severity(), Severity::Error, "{paid:?}");
    let at_one_site = with(|set| {
        of_canteen(set);
        set.prices[0].case.sites = vec![BOURG];
    });
    assert!(
        matches!(
            at_one_site.as_slice(),
            [Flaw::Uncovered {
                site: Some(LAC),
                weekdays: 0b1_1011,
                ..
            }]
        ),
        "{at_one_site:?}"
    );
    assert_eq!(with(|set| set.add.clear()), [Flaw::NoDelay(Table::Add)]);
    assert_eq!(
        with(|set| set.prices.clear()),
        [Flaw::NoPrice { at_booking: false }]
    );
    let never = with(|set| {
        of_canteen(set);
        set.openings = vec![window(on_days(0b1), None, None)];
    });
    assert_eq!(
        never,
        [Flaw::NeverOffered {
            activity: CANTINE,
            weekdays: 0b1_1010
        }]
    );
}

#[test]
fn stages_follow_each_other() {
    let accept = [(Entrance::Phone, Verdict::Accept, Cost::Free)];
    let early = with(|set| {
        set.add[0] = then(
            delay(Case::all(), eve()),
            days_before(2, Counted::Calendar, 12, 0),
            &accept,
        );
    });
    assert!(
        matches!(early.as_slice(), [Flaw::StageTooEarly { at, stage: 1, .. }] if *at == ADD(1)),
        "{early:?}"
    );
    let again = with(|set| {
        let first = then(
            delay(Case::all(), eve()),
            days_before(0, Counted::Calendar, 8, 0),
            &[],
        );
        set.add[0] = then(first, Moment::Start, &accept);
    });
    assert_eq!(
        again,
        [Flaw::StageOpensAgain {
            at: ADD(1),
            stage: 2,
            entrance: Entrance::Phone
        }]
    );
    let twice =
        with(|set| set.add[0] = then(delay(Case::all(), eve()), Moment::Start, &[accept[0], accept[0]]));
    assert!(
        matches!(twice.as_slice(), [Flaw::StageTwice { stage: 1, .. }]),
        "{twice:?}"
    );
    let after = with(|set| set.cancel[0].until = days_before(0, Counted::Calendar, 12, 0));
    assert!(matches!(after.as_slice(), [Flaw::AfterStart { .. }]), "{after:?}");
    let over = with(|set| set.cancel[0].until = days_before(0, Counted::Calendar, 20, 0));
    assert!(matches!(over.as_slice(), [Flaw::AfterEnd { .. }]), "{over:?}");
    let unknown = with(|set| set.add[0].until = weekday(9, 1, Counted::Calendar, 12, 0));
    assert!(
        matches!(unknown.as_slice(), [Flaw::NotComputable { .. }]),
        "{unknown:?}"
    );
}

#[test]
fn booking_opens_before_it_closes() {
    let opens = |from, until| with(|set| set.openings = vec![window(Case::all(), Some(from), until)]);
    let week = |days| days_before(days, Counted::Calendar, 8, 0);
    assert_eq!(opens(week(14), Some(week(7))), []);
    let closed = opens(week(7), Some(week(14)));
    assert!(
        matches!(closed.as_slice(), [Flaw::OpensAfterClosing { line: 1, .. }]),
        "{closed:?}"
    );
    let late = opens(days_before(0, Counted::Calendar, 8, 0), None);
    assert!(
        matches!(late.as_slice(), [Flaw::OpensAfterDeadline { line: 1, .. }]),
        "{late:?}"
    );
}

#[test]
fn costs_stand_on_their_own_side() {
    let costs = |table: Table, cost| {
        with(|set| {
            let ways = [(Entrance::Phone, Verdict::Accept, cost)];
            let line = then(delay(Case::all(), eve()), Moment::Start, &ways);
            match table {
                Table::Cancel => set.cancel = vec![line],
                _ => set.add = vec![line],
            }
        })
    };
    let wrong = |table, cost| {
        let found = costs(table, cost);
        found
            == [Flaw::WrongCost {
                at: LineAt { table, line: 1 },
                stage: 1,
            }]
    };
    for cost in [Cost::Replaces(Cents(400)), Cost::Adds(Cents(300))] {
        assert!(
            costs(Table::Add, cost).is_empty() && wrong(Table::Cancel, cost),
            "{cost:?}"
        );
    }
    for cost in [Cost::Full, Cost::Part(50), Cost::Due(Cents(200))] {
        assert!(
            costs(Table::Cancel, cost).is_empty() && wrong(Table::Add, cost),
            "{cost:?}"
        );
    }
    assert!(wrong(Table::Cancel, Cost::Part(101)));
}

#[test]
fn groups_and_places_name_each_other() {
    let group = |name: &str| Group {
        name: name.into(),
        levels: Vec::new(),
        from_months: None,
        under_months: None,
    };
    let places = |group: Option<&str>, places| Places {
        case: Case::all(),
        group: group.map(str::to_owned),
        from: None,
        until: None,
        places,
    };
    let of = |groups: &[&str], lines: Vec<Places>| {
        with(|set| {
            set.groups = groups.iter().map(|name| group(name)).collect();
            set.places = lines;
        })
    };
    assert_eq!(
        of(&["Petits"], vec![places(Some("Petits"), 8), places(None, 20)]),
        []
    );
    assert_eq!(
        of(&["Petits"], vec![places(None, 20)]),
        [Flaw::GroupWithoutPlaces("Petits".into())]
    );
    assert_eq!(
        of(&[], vec![places(Some("Grands"), 8)]),
        [Flaw::UnknownGroup {
            line: 1,
            name: "Grands".into()
        }]
    );
    assert_eq!(
        of(&["Petits", "Petits"], vec![places(Some("Petits"), 8)]),
        [Flaw::GroupTwice("Petits".into())]
    );
    let mut winter = places(None, 10);
    winter.from = Some(day("2027-01-01"));
    assert_eq!(of(&[], vec![winter.clone(), places(None, 20)]), []);
    let never = of(&[], vec![places(None, 20), winter]);
    assert!(
        matches!(never.as_slice(), [Flaw::Contradiction { counts: 1, .. }]),
        "{never:?}"
    );
}

#[test]
fn links_hold_together() {
    let link = |kind, activity, other| Link {
        kind,
        activity,
        other,
    };
    let of = |links: &[Link]| with(|set| set.links = links.to_vec());
    assert_eq!(of(&[link(LinkKind::Needs, SOIR, CANTINE)]), []);
    assert_eq!(of(&[link(LinkKind::Needs, SOIR, SOIR)]), [Flaw::LinkToItself(1)]);
    assert_eq!(
        of(&[link(LinkKind::Excludes, MATIN, SOIR)]),
        [Flaw::LinkElsewhere(1)]
    );
    assert_eq!(
        of(&[
            link(LinkKind::Brings, SOIR, CANTINE),
            link(LinkKind::Needs, CANTINE, SOIR)
        ]),
        [Flaw::LinkCycle(CANTINE)]
    );
    let never = of(&[
        link(LinkKind::Needs, SOIR, CANTINE),
        link(LinkKind::Excludes, CANTINE, SOIR),
    ]);
    assert_eq!(
        never,
        [Flaw::LinkContradiction {
            activity: CANTINE,
            other: SOIR
        }]
    );
}

#[test]
fn conditions_limits_and_times_can_be_met() {
    let condition = |condition| {
        with(|set| {
            set.conditions = vec![ConditionRule {
                condition,
                otherwise: Vec::new(),
                words: None,
                activities: Vec::new(),
            }];
        })
    };
    let age = |from_months, under_months| Condition::Age {
        from_months,
        under_months,
        on: AgeOn::Session,
    };
    assert_eq!(condition(age(Some(36), Some(72))), []);
    assert_eq!(condition(age(Some(72), Some(36))), [Flaw::NobodyMeets(1)]);
    assert_eq!(condition(Condition::Schools(Vec::new())), [Flaw::NobodyMeets(1)]);
    assert_eq!(condition(Condition::Documents(vec!["Assurance".into()])), []);
    assert_eq!(
        condition(Condition::Documents(vec!["Vaccins".into()])),
        [Flaw::UnknownDocument {
            line: 1,
            kind: "Vaccins".into()
        }]
    );
    let limit = |most| Limit {
        most,
        per: Span::Week,
        activities: Vec::new(),
        words: None,
    };
    assert_eq!(
        with(|set| set.limits = vec![limit(4), limit(2)]),
        [Flaw::LimitTwice { line: 1, counts: 2 }]
    );
    assert_eq!(with(|set| set.limits = vec![limit(0)]), [Flaw::LimitOfNone(1)]);
    let waiting = Waiting {
        offer_minutes: 0,
        most: None,
    };
    assert_eq!(with(|set| set.waiting = Some(waiting)), [Flaw::NoTimeToTake]);
    let payment = Payment::AtBooking {
        within_minutes: 0,
        credited: true,
    };
    assert_eq!(with(|set| set.payment = payment), [Flaw::NoTimeToPay]);
}

#[test]
fn a_set_is_about_something_at_some_time() {
    assert!(with(|set| set.activities.clear()).contains(&Flaw::NoActivity));
    assert_eq!(
        with(|set| set.until = Some(day("2026-08-31"))),
        [Flaw::EndsBeforeItBegins]
    );
    let gone = ActivityId(Uuid::from_u128(99));
    assert_eq!(
        with(|set| set.activities.push(gone)),
        [Flaw::UnknownActivity(gone)]
    );
    let other = RuleSetRecord {
        id: RuleSetId(Uuid::from_u128(101)),
        name: "Cantine 2026".into(),
        ..sound()
    };
    let same = Flaw::SameStart {
        other: "Cantine 2026".into(),
        activity: CANTINE,
    };
    assert_eq!(found_among(&sound(), std::slice::from_ref(&other)), [same]);
    let draft = RuleSetRecord { live: false, ..other };
    assert_eq!(found_among(&sound(), &[draft]), []);
    // Zone A is known until 31 July 2028, in the summer holidays.
    let late = with(|set| set.from = day("2028-05-01"));
    assert_eq!(late, [Flaw::CalendarEnds(day("2028-08-01"))]);
    let mut ground = town(Vec::new());
    ground.calendar = None;
    let facts = Facts {
        ground: &ground,
        documents: &[],
    };
    assert_eq!(check(&sound(), &[], &facts), [Flaw::NoCalendar]);
}

#[test]
fn the_first_day_back_may_be_an_exception_to_a_table_of_days() {
    let set = RuleSetRecord {
        add: vec![
            delay(
                in_season(Season::FirstDayBack),
                Moment::LastSchoolDay {
                    at: Minute::new(11, 0),
                },
            ),
            delay(on_days(0b1), weekday(4, 1, Counted::Calendar, 11, 0)),
            delay(Case::all(), eve()),
        ],
        ..sound()
    };
    assert_eq!(found(&set), []);
}

#[test]
fn a_formula_without_a_price_is_a_hole() {
    let formula = |number: u128, name: &str| FormulaRecord {
        id: FormulaId(Uuid::from_u128(number)),
        slug: name.parse().unwrap(),
        name: name.into(),
        meal: Meal::None,
    };
    let (half, whole) = (formula(1, "demi"), formula(2, "journee"));
    let mut ground = town(Vec::new());
    ground.activities.get_mut(&CANTINE).unwrap().formulas = vec![half.clone(), whole.clone()];
    let mut set = sound();
    set.activities = vec![CANTINE];
    set.prices[0].case.formulas = vec![half.id];
    let facts = Facts {
        ground: &ground,
        documents: &[],
    };
    let found = check(&set, &[], &facts);
    let holes: Vec<_> = found
        .iter()
        .filter_map(|flaw| match flaw {
            Flaw::Uncovered {
                table: Table::Prices,
                formula,
                site,
                ..
            } => Some((*formula, *site)),
            _ => None,
        })
        .collect();
    let missing = Some(whole.id);
    assert_eq!(holes, [(missing, None)], "at all sites: {found:?}");
}
