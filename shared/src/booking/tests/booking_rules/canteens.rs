//! Canteens, and what is booked before and after class.

use super::*;

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
            // The first day of the school year comes after holidays too.
            (Add, CANTINE, "2026-09-01", "2026-07-03T11:00:00", NEVER),
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
