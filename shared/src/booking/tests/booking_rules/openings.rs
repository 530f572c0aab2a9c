//! Openings, payment when booking, and everything that Noethysweb can say.

use super::*;

/// A kind of rule: its name, the moment, and for some days of sessions the last instant.
type Kind = (&'static str, Moment, &'static [(&'static str, &'static str)]);

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
    let cases: &[Kind] = &[
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
