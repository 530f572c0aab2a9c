//! Centres of Wednesdays and holidays, and what is late at a price.

use super::*;

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
