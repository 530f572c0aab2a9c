//! Rules of real towns, a case each, as data: what is said one second before, at and one second after each deadline.

use uuid::Uuid;

use super::town::*;
use crate::booking::*;
use crate::codec::Minute;
use crate::ids::ActivityId;
use crate::ids::ReservationId;
use crate::money::Cents;
use crate::operation::Entrance::{Desk, Door, Phone, Portal};
use crate::operation::Verdict::{Accept, Request};
use crate::operation::*;
use crate::time::UtcMs;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Deed {
    Add,
    Cancel,
    /// A reservation, at the instant from which it is possible.
    Opens,
}

/// What becomes of what comes too late.
#[derive(Clone, Copy, Debug, PartialEq)]
enum After {
    /// No, for this reason.
    No(Why),
    /// Yes; so much is due, in cents.
    Yes(i64),
    /// The town hall decides; so much would be due.
    Asks(i64),
}

use After::{Asks, No, Yes};
use Deed::{Add, Cancel, Opens};

/// A deadline: for a session of an activity on a day, the last instant, and what comes after by each way in.
type Edge = (
    Deed,
    ActivityId,
    &'static str,
    &'static str,
    &'static [(Entrance, After)],
);

/// On line it is refused.
const REFUSED: &[(Entrance, After)] = &[(Portal, No(Why::Deadline))];

/// What is due in time: the price of each row's sessions, in cents.
const PRICE: i64 = 350;

fn wanted(deed: Deed, session: SessionKey, ground: &mut Ground) -> Wanted {
    if deed != Cancel {
        return Wanted::Add {
            child: ZOE,
            session,
            formula: None,
            replaces: None,
            wish: None,
        };
    }
    let id = ReservationId(Uuid::from_u128(900));
    ground.standing = vec![Standing {
        id,
        child: ZOE,
        session,
        formula: None,
        group: None,
        household: Some(PETIT),
        priced: Some(Priced {
            base: Some(Cents(PRICE)),
            surcharge: Cents::ZERO,
            total: Cents(PRICE),
        }),
        due_at: None,
        paid: false,
    }];
    Wanted::Cancel { reservation: id }
}

fn outcome(wanted: &Wanted, ground: &Ground, now: UtcMs, entrance: Entrance) -> (After, Judged) {
    let asked = Asked {
        now,
        entrance,
        beyond: false,
    };
    let judged = judge(std::slice::from_ref(wanted), ground, asked).swap_remove(0);
    let after = match &judged.sentence {
        Sentence::Book { priced, .. } => Yes(priced.total.0),
        Sentence::Cancel { due, .. } => Yes(due.0),
        Sentence::Request { priced, .. } => Asks(priced.total.0),
        Sentence::RequestCancel { due, .. } => Asks(due.0),
        Sentence::Refuse(reason) => No(reason.why),
        Sentence::Wait { .. } => panic!("nothing is full here"),
    };
    (after, judged)
}

/// Tries every edge of a town's rules.
fn holds(town_name: &str, set: &RuleSetRecord, edges: &[Edge]) {
    let set = RuleSetRecord {
        from: set.from.min(day("2025-09-01")),
        ..set.clone()
    };
    for (deed, activity, date, last, after) in edges {
        let mut ground = town(vec![set.clone()]);
        let session = session(*activity, date);
        let wanted = wanted(*deed, session, &mut ground);
        let edge = at(last, ground.zone);
        let told = format!("{town_name}: {deed:?} {date}, {last}");
        let in_time = Yes(if *deed == Cancel { 0 } else { PRICE });
        let before = outcome(&wanted, &ground, edge.plus_ms(-1000), Portal);
        let then = outcome(&wanted, &ground, edge, Portal);
        assert_eq!(then.0, in_time, "{told}, at it");
        if *deed == Opens {
            assert_eq!(before.0, No(Why::NotYet), "{told}, a second before");
            let Sentence::Refuse(reason) = before.1.sentence else {
                panic!("refused");
            };
            assert_eq!(reason.at, Some(edge), "{told}, when it opens");
        } else {
            assert_eq!(before.0, in_time, "{told}, a second before");
            assert_eq!(before.1.until, Some(edge), "{told}, what is shown");
        }
        for (entrance, expected) in *after {
            let later = outcome(&wanted, &ground, edge.plus_ms(1000), *entrance);
            assert_eq!(later.0, *expected, "{told}, a second after, {entrance:?}");
        }
    }
}

fn flaws(set: &RuleSetRecord) -> Vec<Flaw> {
    let documents = ["Assurance".to_owned(), "Fiche sanitaire".to_owned()];
    let ground = town(Vec::new());
    let facts = Facts {
        ground: &ground,
        documents: &documents,
    };
    check(set, &[], &facts)
}

fn errors(set: &RuleSetRecord) -> Vec<Flaw> {
    let mut flaws = flaws(set);
    flaws.retain(|flaw| flaw.severity() == Severity::Error);
    flaws
}

fn late(cents: Cost) -> [(Entrance, Verdict, Cost); 3] {
    [
        (Phone, Accept, cents),
        (Desk, Accept, cents),
        (Door, Accept, cents),
    ]
}

const FULL_PRICE: [(Entrance, Verdict, Cost); 3] = [
    (Portal, Accept, Cost::Full),
    (Phone, Accept, Cost::Full),
    (Desk, Accept, Cost::Full),
];

#[test]
fn portal_a_forty_eight_hours_of_office_days_then_a_price_instead() {
    let until = || hours_before(48, Counted::Worked);
    let adds = [(MATIN, 400), (SOIR, 1000)].map(|(activity, cents)| {
        let delay = delay(of(&[activity]), until());
        then(delay, Moment::End, &late(Cost::Replaces(Cents(cents))))
    });
    let set = RuleSetRecord {
        add: adds.to_vec(),
        cancel: vec![then(delay(Case::all(), until()), Moment::End, &FULL_PRICE)],
        ..rules(&[MATIN, SOIR], PRICE)
    };
    const MORNING: &[(Entrance, After)] = &[
        (Portal, No(Why::Deadline)),
        (Phone, Yes(400)),
        (Desk, Yes(400)),
        (Door, Yes(400)),
    ];
    const EVENING: &[(Entrance, After)] = &[(Portal, No(Why::Deadline)), (Phone, Yes(1000))];
    const DUE: &[(Entrance, After)] = &[(Portal, Yes(PRICE)), (Door, No(Why::Deadline))];
    holds(
        "portail A, périscolaire",
        &set,
        &[
            (Add, MATIN, "2026-11-27", "2026-11-25T07:30:00", MORNING),
            (Add, MATIN, "2026-11-30", "2026-11-26T07:30:00", MORNING),
            // Over the 11th of November, a Wednesday.
            (Add, SOIR, "2026-11-12", "2026-11-09T16:30:00", EVENING),
            // Office days go on in school holidays.
            (Add, MATIN, "2026-11-02", "2026-10-29T07:30:00", MORNING),
            // Over Easter Monday and the hour that is skipped.
            (Add, SOIR, "2027-03-30", "2027-03-25T15:30:00Z", EVENING),
            (Cancel, MATIN, "2026-11-30", "2026-11-26T07:30:00", DUE),
            (Cancel, SOIR, "2027-03-30", "2027-03-25T15:30:00Z", DUE),
        ],
    );
    assert_eq!(errors(&set), []);
}

/// The centre of portal A, by one of its two readings.
fn centre_of_a(until: Moment) -> RuleSetRecord {
    RuleSetRecord {
        add: vec![then(
            delay(Case::all(), until),
            Moment::End,
            &late(Cost::Adds(Cents(300))),
        )],
        cancel: vec![then(delay(Case::all(), until), Moment::End, &FULL_PRICE)],
        ..centre(PRICE)
    }
}

const THREE_MORE: &[(Entrance, After)] = &[(Portal, No(Why::Deadline)), (Phone, Yes(PRICE + 300))];
const FULL: &[(Entrance, After)] = &[(Portal, Yes(PRICE)), (Phone, Yes(PRICE))];

#[test]
fn portal_a_says_five_office_days_in_one_place_and_seven_days_in_another() {
    let five = days_before(5, Counted::Worked, 23, 59);
    let seven = days_before(7, Counted::Calendar, 23, 59);
    holds(
        "portail A, « 5 jours ouvrés »",
        &centre_of_a(five),
        &[
            (Add, CENTRE, "2026-12-02", "2026-11-25T23:59:00", THREE_MORE),
            (Add, CENTRE, "2026-11-18", "2026-11-10T23:59:00", THREE_MORE),
            // In the holidays, over the hour that repeats.
            (Add, CENTRE, "2026-10-26", "2026-10-19T21:59:00Z", THREE_MORE),
            (Add, CENTRE, "2027-03-31", "2027-03-23T22:59:00Z", THREE_MORE),
            (Cancel, CENTRE, "2026-11-18", "2026-11-10T23:59:00", FULL),
        ],
    );
    holds(
        "portail A, « - 7 jours »",
        &centre_of_a(seven),
        &[
            (Add, CENTRE, "2026-12-02", "2026-11-25T23:59:00", THREE_MORE),
            (Add, CENTRE, "2026-11-18", "2026-11-11T23:59:00", THREE_MORE),
            (Add, CENTRE, "2026-10-26", "2026-10-19T21:59:00Z", THREE_MORE),
            (Add, CENTRE, "2027-03-31", "2027-03-24T22:59:00Z", THREE_MORE),
            (Cancel, CENTRE, "2026-11-18", "2026-11-11T23:59:00", FULL),
        ],
    );
    let mut both = centre_of_a(five);
    both.add.push(delay(Case::all(), seven));
    let found = errors(&both);
    let [
        Flaw::Contradiction {
            at: LineAt {
                table: Table::Add,
                line: 2,
            },
            counts: 1,
            example: Some(example),
        },
    ] = found.as_slice()
    else {
        panic!("the contradiction alone is shown: {found:?}");
    };
    assert_ne!(example.counts, example.other);
}

#[test]
fn portal_b_friday_noon_for_monday() {
    let until = |counted| weekday(4, 1, counted, 12, 0);
    let set = |counted| RuleSetRecord {
        add: vec![delay(on_days(0b1), until(counted))],
        cancel: vec![delay(on_days(0b1), until(counted))],
        ..rules(&[CANTINE], PRICE)
    };
    holds(
        "portail B",
        &set(Counted::Calendar),
        &[
            (Add, CANTINE, "2026-11-30", "2026-11-27T12:00:00", REFUSED),
            (Cancel, CANTINE, "2026-11-30", "2026-11-27T12:00:00", REFUSED),
            (Add, CANTINE, "2026-11-02", "2026-10-30T12:00:00", REFUSED),
            // The Friday is the 1st of May.
            (Add, CANTINE, "2026-05-04", "2026-05-01T12:00:00", REFUSED),
        ],
    );
    holds(
        "portail B, jours ouvrés",
        &set(Counted::Worked),
        &[
            (Add, CANTINE, "2026-11-30", "2026-11-27T12:00:00", REFUSED),
            (Add, CANTINE, "2026-05-04", "2026-04-30T12:00:00", REFUSED),
        ],
    );
    let hole = |table| Flaw::Uncovered {
        table,
        activity: CANTINE,
        site: None,
        formula: None,
        weekdays: 0b001_1010,
        season: Season::School,
        at_booking: false,
    };
    let found = flaws(&set(Counted::Calendar));
    assert!(
        found.contains(&hole(Table::Add)) && found.contains(&hole(Table::Cancel)),
        "{found:?}"
    );
}

#[test]
fn veyras_tuesday_for_the_canteen_the_eve_for_the_evening_and_the_workshops() {
    let eve = |hour| days_before(1, Counted::Calendar, hour, 0);
    let canteen = weekday(1, 1, Counted::Calendar, 23, 59);
    let set = RuleSetRecord {
        add: vec![
            delay(of(&[CANTINE]), canteen),
            delay(of(&[SOIR]), eve(18)),
            delay(of(&[TAP]), Moment::Start),
        ],
        cancel: vec![
            delay(of(&[CANTINE]), canteen),
            delay(of(&[SOIR]), eve(18)),
            delay(of(&[TAP]), eve(17)),
        ],
        ..rules(&[CANTINE, SOIR, TAP], PRICE)
    };
    holds(
        "Veyras",
        &set,
        &[
            (Add, CANTINE, "2026-11-30", "2026-11-24T23:59:00", REFUSED),
            (Add, CANTINE, "2026-12-04", "2026-11-24T23:59:00", REFUSED),
            // The first week back: a Tuesday of the holidays, after the hour that repeats.
            (Add, CANTINE, "2026-11-02", "2026-10-27T22:59:00Z", REFUSED),
            // The Tuesday is the 11th of November.
            (Add, CANTINE, "2025-11-17", "2025-11-11T23:59:00", REFUSED),
            (Add, CANTINE, "2027-03-30", "2027-03-23T22:59:00Z", REFUSED),
            (Add, SOIR, "2026-11-30", "2026-11-29T18:00:00", REFUSED),
            (Cancel, SOIR, "2027-03-30", "2027-03-29T16:00:00Z", REFUSED),
            (Cancel, TAP, "2026-11-27", "2026-11-26T17:00:00", REFUSED),
        ],
    );
    assert_eq!(errors(&set), []);
}

#[test]
fn andancette_states_two_rules() {
    let friday = weekday(4, 1, Counted::Calendar, 12, 0);
    let eve = days_before(1, Counted::Calendar, 12, 0);
    let set = RuleSetRecord {
        add: vec![delay(Case::all(), friday)],
        cancel: vec![delay(Case::all(), eve)],
        ..rules(&[CANTINE], PRICE)
    };
    holds(
        "Andancette",
        &set,
        &[
            (Add, CANTINE, "2026-11-30", "2026-11-27T12:00:00", REFUSED),
            (Add, CANTINE, "2026-12-04", "2026-11-27T12:00:00", REFUSED),
            (Add, CANTINE, "2027-03-30", "2027-03-26T11:00:00Z", REFUSED),
            (Cancel, CANTINE, "2026-11-30", "2026-11-29T12:00:00", REFUSED),
            (Cancel, CANTINE, "2026-12-03", "2026-12-02T12:00:00", REFUSED),
        ],
    );
    assert_eq!(errors(&set), []);
    let mut both = set;
    both.add.push(delay(Case::all(), eve));
    assert!(matches!(
        errors(&both).as_slice(),
        [Flaw::Contradiction { counts: 1, .. }]
    ));
}

#[test]
fn cruas_two_days_without_the_week_end() {
    let two_days = Moment::Days {
        days: 2,
        count: Count {
            days: Counted::Calendar,
            skipped: WEEK_END,
        },
        at: Minute::new(12, 0),
    };
    let set = RuleSetRecord {
        add: vec![delay(Case::all(), two_days)],
        cancel: vec![delay(Case::all(), two_days)],
        ..rules(&[CANTINE], PRICE)
    };
    holds(
        "Cruas, cantine",
        &set,
        &[
            (Add, CANTINE, "2026-11-30", "2026-11-26T12:00:00", REFUSED),
            (Add, CANTINE, "2026-12-01", "2026-11-27T12:00:00", REFUSED),
            (Add, CANTINE, "2026-12-03", "2026-12-01T12:00:00", REFUSED),
            (Add, CANTINE, "2026-12-04", "2026-12-02T12:00:00", REFUSED),
            // Public holidays count: the rule leaves out the week-end alone.
            (Add, CANTINE, "2026-11-13", "2026-11-11T12:00:00", REFUSED),
            (Cancel, CANTINE, "2027-03-30", "2027-03-26T11:00:00Z", REFUSED),
        ],
    );
    let thursday = weekday(3, 1, Counted::Calendar, 12, 0);
    let wednesdays = RuleSetRecord {
        add: vec![delay(Case::all(), thursday)],
        cancel: vec![delay(Case::all(), thursday)],
        ..centre(PRICE)
    };
    holds(
        "Cruas, mercredi",
        &wednesdays,
        &[
            (Add, CENTRE, "2026-12-02", "2026-11-26T12:00:00", REFUSED),
            (Add, CENTRE, "2026-10-28", "2026-10-22T10:00:00Z", REFUSED),
            (Cancel, CENTRE, "2027-03-31", "2027-03-25T11:00:00Z", REFUSED),
        ],
    );
    assert_eq!((errors(&set), errors(&wednesdays)), (vec![], vec![]));
}

#[test]
fn rontalon_a_table_of_days_and_no_exception() {
    let table = |of_day: &[(u8, u8, u8)]| -> Vec<Delay> {
        let back = delay(
            in_season(Season::FirstDayBack),
            Moment::LastSchoolDay {
                at: Minute::new(11, 0),
            },
        );
        let days = of_day.iter().map(|(day, until, weeks)| {
            delay(on_days(1 << day), weekday(*until, *weeks, Counted::School, 11, 0))
        });
        [back]
            .into_iter()
            .chain(days)
            .map(|line| Delay { strict: true, ..line })
            .collect()
    };
    let all = table(&[(0, 4, 1), (1, 0, 0), (3, 1, 0), (4, 3, 0)]);
    let set = RuleSetRecord {
        add: all.clone(),
        cancel: all,
        ..rules(&[CANTINE], PRICE)
    };
    const NEVER: &[(Entrance, After)] = &[
        (Portal, No(Why::Deadline)),
        (Phone, No(Why::Deadline)),
        (Desk, No(Why::Deadline)),
        (Door, No(Why::Deadline)),
    ];
    holds(
        "Rontalon",
        &set,
        &[
            (Add, CANTINE, "2026-11-30", "2026-11-27T11:00:00", NEVER),
            (Add, CANTINE, "2026-12-01", "2026-11-30T11:00:00", NEVER),
            (Add, CANTINE, "2026-12-03", "2026-12-01T11:00:00", NEVER),
            (Add, CANTINE, "2026-12-04", "2026-12-03T11:00:00", NEVER),
            // The first day back after All Saints, and after Christmas.
            (Add, CANTINE, "2026-11-02", "2026-10-16T11:00:00", NEVER),
            (Add, CANTINE, "2027-01-04", "2026-12-18T11:00:00", NEVER),
            (Add, CANTINE, "2026-11-03", "2026-11-02T11:00:00", NEVER),
            // The Monday is Easter Monday: the last day of class before it.
            (Add, CANTINE, "2027-03-30", "2027-03-26T10:00:00Z", NEVER),
            (Cancel, CANTINE, "2026-11-30", "2026-11-27T11:00:00", NEVER),
            (Cancel, CANTINE, "2026-11-02", "2026-10-16T11:00:00", NEVER),
        ],
    );
    assert_eq!(errors(&set), []);
    // Staff cannot cancel either, whatever they say.
    let mut ground = town(vec![set]);
    let wish = wanted(Cancel, session(CANTINE, "2026-11-30"), &mut ground);
    let asked = Asked {
        now: at("2026-11-27T11:00:01", ground.zone),
        entrance: Desk,
        beyond: true,
    };
    let judged = judge(&[wish], &ground, asked).swap_remove(0);
    assert!(
        matches!(&judged.sentence, Sentence::Refuse(reason) if reason.why == Why::Deadline),
        "{judged:?}"
    );
}

#[test]
fn villes_soeurs_three_working_days_paid_within_the_hour_and_final() {
    let set = RuleSetRecord {
        add: vec![delay(Case::all(), days_before(3, Counted::Worked, 23, 59))],
        payment: Payment::AtBooking {
            within_minutes: 60,
            credited: false,
        },
        ..rules(&[CANTINE], PRICE)
    };
    holds(
        "Villes sœurs",
        &set,
        &[
            (Add, CANTINE, "2026-11-30", "2026-11-25T23:59:00", REFUSED),
            (Add, CANTINE, "2026-11-13", "2026-11-09T23:59:00", REFUSED),
            (Add, CANTINE, "2027-03-30", "2027-03-24T22:59:00Z", REFUSED),
        ],
    );
    let mut ground = town(vec![set]);
    let now = at("2026-11-25T09:00:00", ground.zone);
    let wish = wanted(Add, session(CANTINE, "2026-11-30"), &mut ground);
    let (_, judged) = outcome(&wish, &ground, now, Portal);
    assert!(
        matches!(judged.sentence, Sentence::Book { due_at: Some(due), .. } if due == now.plus_ms(3_600_000))
    );
    let bought = wanted(Cancel, session(CANTINE, "2026-11-30"), &mut ground);
    ground.standing[0].paid = true;
    assert_eq!(outcome(&bought, &ground, now, Portal).0, No(Why::Final));
}

#[test]
fn damvillers_spincourt_opens_from_holidays_to_holidays_and_credits() {
    let set = RuleSetRecord {
        openings: vec![window(
            Case::all(),
            Some(Moment::LastSchoolDay {
                at: Minute::new(18, 0),
            }),
            None,
        )],
        add: vec![delay(Case::all(), days_before(1, Counted::Calendar, 12, 0))],
        cancel: vec![delay(Case::all(), days_before(1, Counted::Calendar, 12, 0))],
        payment: Payment::AtBooking {
            within_minutes: 30,
            credited: true,
        },
        ..rules(&[CANTINE], PRICE)
    };
    holds(
        "Damvillers-Spincourt",
        &set,
        &[
            (
                Opens,
                CANTINE,
                "2026-12-01",
                "2026-10-16T18:00:00",
                &[(Portal, Yes(PRICE))],
            ),
            (
                Opens,
                CANTINE,
                "2026-12-18",
                "2026-10-16T18:00:00",
                &[(Portal, Yes(PRICE))],
            ),
            (
                Opens,
                CANTINE,
                "2027-01-05",
                "2026-12-18T18:00:00",
                &[(Portal, Yes(PRICE))],
            ),
            (Add, CANTINE, "2026-12-01", "2026-11-30T12:00:00", REFUSED),
            (Cancel, CANTINE, "2026-12-01", "2026-11-30T12:00:00", REFUSED),
        ],
    );
    assert_eq!(errors(&set), []);
    let mut ground = town(vec![set]);
    let bought = wanted(Cancel, session(CANTINE, "2026-12-01"), &mut ground);
    ground.standing[0].paid = true;
    let (_, judged) = outcome(&bought, &ground, at("2026-11-30T12:00:00", ground.zone), Portal);
    assert!(
        matches!(
            judged.sentence,
            Sentence::Cancel {
                due: Cents(0),
                credited: Cents(PRICE),
                ..
            }
        ),
        "{judged:?}"
    );
}

#[test]
fn info_jeunesse_a_window_then_a_surcharge_that_the_director_agrees_to() {
    let closes = fixed("2026-10-02", 18);
    let late = [
        (Portal, Request, Cost::Adds(Cents(500))),
        (Desk, Request, Cost::Adds(Cents(500))),
    ];
    let mut cancel = then(
        delay(Case::all(), closes),
        Moment::End,
        &[(Portal, Accept, Cost::Full)],
    );
    cancel.late[0].ways[0].excused_within_days = Some(7);
    let set = RuleSetRecord {
        from: day("2026-10-17"),
        until: Some(day("2026-11-01")),
        openings: vec![window(
            in_season(Season::Holidays),
            Some(fixed("2026-09-21", 8)),
            None,
        )],
        add: vec![then(
            delay(Case::all(), closes),
            hours_before(48, Counted::Calendar),
            &late,
        )],
        cancel: vec![cancel],
        ..rules(&[CENTRE], PRICE)
    };
    const AGREED: &[(Entrance, After)] = &[
        (Portal, Asks(PRICE + 500)),
        (Desk, Asks(PRICE + 500)),
        (Phone, No(Why::Deadline)),
    ];
    holds(
        "Info-jeunesse",
        &set,
        &[
            (
                Opens,
                CENTRE,
                "2026-10-26",
                "2026-09-21T08:00:00",
                &[(Portal, Yes(PRICE))],
            ),
            (Add, CENTRE, "2026-10-26", "2026-10-02T18:00:00", AGREED),
            (
                Cancel,
                CENTRE,
                "2026-10-26",
                "2026-10-02T18:00:00",
                &[(Portal, Yes(PRICE))],
            ),
        ],
    );
    assert_eq!(errors(&set), []);
    // The second stage ends 48 hours before Monday 8 h, over the hour that repeats.
    let mut ground = town(vec![set]);
    let wish = wanted(Add, session(CENTRE, "2026-10-26"), &mut ground);
    let last = at("2026-10-24T06:00:00Z", ground.zone);
    for (now, expected) in [(-1000, Asks(850)), (0, Asks(850)), (1000, No(Why::Deadline))] {
        assert_eq!(outcome(&wish, &ground, last.plus_ms(now), Portal).0, expected);
    }
    let late = wanted(Cancel, session(CENTRE, "2026-10-26"), &mut ground);
    let (_, judged) = outcome(&late, &ground, last, Portal);
    assert!(matches!(
        judged.sentence,
        Sentence::Cancel {
            excused_within_days: Some(7),
            ..
        }
    ));
}

#[test]
fn familles_rurales_two_working_days_and_a_complete_file() {
    let until = days_before(2, Counted::Worked, 23, 59);
    let mut set = RuleSetRecord {
        add: vec![delay(Case::all(), until)],
        cancel: vec![delay(Case::all(), until)],
        ..centre(PRICE)
    };
    holds(
        "Familles rurales",
        &set,
        &[
            (Add, CENTRE, "2026-11-25", "2026-11-23T23:59:00", REFUSED),
            (Add, CENTRE, "2026-10-26", "2026-10-22T21:59:00Z", REFUSED),
            (Add, CENTRE, "2026-10-27", "2026-10-23T21:59:00Z", REFUSED),
            (Cancel, CENTRE, "2027-03-31", "2027-03-26T22:59:00Z", REFUSED),
        ],
    );
    set.conditions = vec![ConditionRule {
        condition: Condition::Documents(vec!["Assurance".into(), "Fiche sanitaire".into()]),
        otherwise: Vec::new(),
        words: None,
        activities: Vec::new(),
    }];
    assert_eq!(errors(&set), []);
    let mut ground = town(vec![set]);
    let wish = wanted(Add, session(CENTRE, "2026-11-25"), &mut ground);
    let now = at("2026-11-20T12:00:00", ground.zone);
    let document = |kind: &str, until| DocumentRecord {
        kind: kind.into(),
        until,
    };
    let held = &mut ground.children.get_mut(&ZOE).unwrap().documents;
    held.push(document("Assurance", None));
    held.push(document("Fiche sanitaire", Some(day("2026-11-24"))));
    assert_eq!(
        outcome(&wish, &ground, now, Portal).0,
        No(Why::Documents),
        "valid to the eve only"
    );
    ground.children.get_mut(&ZOE).unwrap().documents[1].until = Some(day("2026-11-25"));
    assert_eq!(outcome(&wish, &ground, now, Portal).0, Yes(PRICE));
}

#[test]
fn afb26_the_eve_to_book_and_forty_eight_hours_to_cancel() {
    let cancel = delay(Case::all(), hours_before(48, Counted::Calendar));
    let set = |base: RuleSetRecord| RuleSetRecord {
        add: vec![delay(Case::all(), days_before(1, Counted::Calendar, 12, 0))],
        cancel: vec![then(cancel.clone(), Moment::End, &FULL_PRICE)],
        ..base
    };
    holds(
        "AFB 26",
        &set(rules(&[CANTINE], PRICE)),
        &[
            (Add, CANTINE, "2026-11-30", "2026-11-29T12:00:00", REFUSED),
            (Cancel, CANTINE, "2026-11-30", "2026-11-28T11:45:00", FULL),
            // The hour that is skipped is none of the 48.
            (Cancel, CANTINE, "2027-03-30", "2027-03-28T09:45:00Z", FULL),
        ],
    );
    holds(
        "AFB 26, centre",
        &set(centre(PRICE)),
        &[
            (Add, CENTRE, "2026-10-26", "2026-10-25T11:00:00Z", REFUSED),
            (Cancel, CENTRE, "2026-10-26", "2026-10-24T06:00:00Z", FULL),
        ],
    );
    assert_eq!(errors(&set(centre(PRICE))), []);
}

#[test]
fn evaka_the_whole_next_week_locks() {
    let locks = |hours| RuleSetRecord {
        add: vec![delay(Case::all(), Moment::Week { hours })],
        cancel: vec![delay(Case::all(), Moment::Week { hours })],
        ..centre(PRICE)
    };
    holds(
        "eVaka",
        &locks(108),
        &[
            (Add, CENTRE, "2026-12-02", "2026-11-25T12:00:00", REFUSED),
            (Add, CENTRE, "2026-10-26", "2026-10-21T10:00:00Z", REFUSED),
            (Add, CENTRE, "2026-10-30", "2026-10-21T10:00:00Z", REFUSED),
            (Cancel, CENTRE, "2026-12-02", "2026-11-25T12:00:00", REFUSED),
        ],
    );
    // Sunday at 2 h: it comes twice in October, and the later one counts; in March it never comes.
    holds(
        "eVaka, la nuit",
        &locks(22),
        &[
            (Add, CENTRE, "2026-10-26", "2026-10-25T01:00:00Z", REFUSED),
            (Cancel, CENTRE, "2026-10-30", "2026-10-25T01:00:00Z", REFUSED),
            (Add, CENTRE, "2027-03-31", "2027-03-28T01:00:00Z", REFUSED),
        ],
    );
    assert_eq!(errors(&locks(22)), []);
}

#[test]
fn noethysweb_weekdays_days_and_days_of_the_month() {
    let by = |until| RuleSetRecord {
        add: vec![delay(Case::all(), until)],
        cancel: vec![delay(Case::all(), until)],
        ..rules(&[CANTINE], PRICE)
    };
    let skipping = |days, counted, skipped| Moment::Days {
        days,
        count: Count {
            days: counted,
            skipped,
        },
        at: Minute::new(10, 0),
    };
    let cases: &[(&str, Moment, &[(&str, &str)])] = &[
        (
            "lundi de la même semaine",
            weekday(0, 0, Counted::Worked, 10, 0),
            &[
                ("2026-12-03", "2026-11-30T10:00:00"),
                ("2027-03-30", "2027-03-26T09:00:00Z"),
            ],
        ),
        (
            "jeudi de la semaine précédente",
            weekday(3, 1, Counted::Worked, 10, 0),
            &[
                ("2026-12-03", "2026-11-26T10:00:00"),
                ("2026-11-02", "2026-10-29T09:00:00Z"),
            ],
        ),
        (
            "mercredi, S-2",
            weekday(2, 2, Counted::Worked, 10, 0),
            &[
                ("2026-12-03", "2026-11-18T10:00:00"),
                ("2026-11-27", "2026-11-10T10:00:00"),
            ],
        ),
        (
            "J-3 hors vacances et jours fériés",
            skipping(3, Counted::NotVacations, WEEK_END),
            &[
                ("2026-11-03", "2026-10-15T08:00:00Z"),
                ("2026-11-13", "2026-11-09T10:00:00"),
            ],
        ),
        (
            "J-2 sans mercredi ni week-end",
            skipping(2, Counted::NotHolidays, WEEK_END | WEDNESDAY),
            &[
                ("2026-12-03", "2026-11-30T10:00:00"),
                ("2026-12-04", "2026-12-01T10:00:00"),
            ],
        ),
        (
            "le 20 du mois précédent",
            day_of_month(20, 1, Counted::Calendar, 10),
            &[
                ("2026-12-10", "2026-11-20T10:00:00"),
                ("2026-11-03", "2026-10-20T08:00:00Z"),
            ],
        ),
        (
            "le 31 du mois précédent",
            day_of_month(31, 1, Counted::Calendar, 10),
            &[
                ("2026-12-10", "2026-11-30T10:00:00"),
                ("2027-03-02", "2027-02-28T10:00:00"),
            ],
        ),
        (
            "le 31 du mois précédent, jours ouvrés",
            day_of_month(31, 1, Counted::Worked, 10),
            &[("2027-03-02", "2027-02-26T10:00:00")],
        ),
    ];
    for (name, until, edges) in cases {
        let set = by(*until);
        for (date, last) in *edges {
            let edges: [Edge; 2] = [
                (Add, CANTINE, *date, *last, REFUSED),
                (Cancel, CANTINE, *date, *last, REFUSED),
            ];
            holds(name, &set, &edges);
        }
        assert_eq!(errors(&set), [], "{name}");
    }
}

#[test]
fn the_opening_rush_opens_on_the_second() {
    let opens = |second| RuleSetRecord {
        openings: vec![window(
            Case::all(),
            Some(Moment::At {
                date: day("2026-10-25"),
                second,
            }),
            None,
        )],
        ..rules(&[CANTINE], PRICE)
    };
    holds(
        "Antibes",
        &opens(8 * 3600 + 1),
        &[(
            Opens,
            CANTINE,
            "2026-12-01",
            "2026-10-25T08:00:01",
            &[(Portal, Yes(PRICE))],
        )],
    );
    // What opens in the hour that repeats opens at the first of the two.
    holds(
        "Antibes, la nuit",
        &opens(2 * 3600 + 1800),
        &[(
            Opens,
            CANTINE,
            "2026-12-01",
            "2026-10-25T00:30:00Z",
            &[(Portal, Yes(PRICE))],
        )],
    );
}
