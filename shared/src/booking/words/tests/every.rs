//! No line of rules and no flaw is said with something missing, in either language.

use chrono_tz::Europe::Paris;

use super::*;
use crate::booking::{Example, Flaw, LineAt, Table};
use crate::ids::FormulaId;

#[test]
fn every_flaw_is_said_in_both_languages() {
    let at = LineAt {
        table: Table::Cancel,
        line: 2,
    };
    let (date, entrance, stage) = (day("2026-11-24"), Entrance::Phone, 1);
    let instant = at_noon();
    let example = Some(Example {
        date,
        counts: instant,
        other: instant,
    });
    let uncovered = |site, formula| Flaw::Uncovered {
        table: Table::Prices,
        activity: CANTINE,
        site,
        formula,
        weekdays: 0b11,
        season: Season::School,
        at_booking: true,
    };
    let name = || "Petits".to_owned();
    let flaws = [
        Flaw::NoActivity,
        Flaw::UnknownActivity(CANTINE),
        Flaw::EndsBeforeItBegins,
        Flaw::SameStart {
            other: name(),
            activity: CANTINE,
        },
        Flaw::NoCalendar,
        Flaw::CalendarEnds(date),
        Flaw::NoDelay(Table::Add),
        Flaw::NoPrice { at_booking: true },
        Flaw::NoPrice { at_booking: false },
        uncovered(None, None),
        uncovered(Some(LAC), Some(FormulaId(uuid::Uuid::nil()))),
        Flaw::NeverOffered {
            activity: CANTINE,
            weekdays: 0b1,
        },
        Flaw::SpeaksOfNothing(at),
        Flaw::Contradiction {
            at,
            counts: 1,
            example: None,
        },
        Flaw::Contradiction {
            at,
            counts: 1,
            example,
        },
        Flaw::Overlap { at, counts: 1 },
        Flaw::Needless { at, counts: 1 },
        Flaw::NeverReached(at),
        Flaw::NotComputable { at, date },
        Flaw::AfterStart { at, date },
        Flaw::AfterEnd { at, date },
        Flaw::StageTooEarly { at, stage, date },
        Flaw::StageOpensAgain { at, stage, entrance },
        Flaw::StageTwice { at, stage, entrance },
        Flaw::OpensAfterClosing { line: 1, date },
        Flaw::OpensAfterDeadline { line: 1, date },
        Flaw::WrongCost { at, stage },
        Flaw::GroupWithoutPlaces(name()),
        Flaw::UnknownGroup {
            line: 1,
            name: name(),
        },
        Flaw::GroupTwice(name()),
        Flaw::NobodyMeets(1),
        Flaw::UnknownDocument {
            line: 1,
            kind: name(),
        },
        Flaw::LinkToItself(1),
        Flaw::LinkElsewhere(1),
        Flaw::LinkCycle(CANTINE),
        Flaw::LinkContradiction {
            activity: CANTINE,
            other: SOIR,
        },
        Flaw::LimitTwice { line: 1, counts: 2 },
        Flaw::LimitOfNone(1),
        Flaw::NoTimeToTake,
        Flaw::NoTimeToPay,
    ];
    let ground = town(Vec::new());
    for locale in [Locale::Fr, Locale::En] {
        let words = Words::of_desk(locale);
        let say = Said::new(&words, &ground);
        for flaw in &flaws {
            whole(&say.flaw(flaw, Paris));
        }
    }
}

fn at_noon() -> crate::time::UtcMs {
    at("2026-11-20T12:00:00", Paris)
}

/// A sentence in which nothing is missing.
fn whole(said: &str) {
    assert!(
        !said.contains("booking-") && !said.contains(['{', '}', '$']),
        "{said}"
    );
    assert!(said.ends_with('.'), "{said}");
}

#[test]
fn every_line_is_said_in_both_languages() {
    let ground = town(Vec::new());
    let counted = [
        Counted::Calendar,
        Counted::Worked,
        Counted::Workable,
        Counted::School,
        Counted::Open,
        Counted::NotHolidays,
        Counted::NotVacations,
    ];
    let costs = [
        Cost::Free,
        Cost::Replaces(Cents(400)),
        Cost::Adds(Cents(300)),
        Cost::Full,
        Cost::Part(50),
        Cost::Due(Cents(200)),
    ];
    let excused = |cost| Way {
        entrance: Entrance::Door,
        verdict: Verdict::Accept,
        cost,
        excused_within_days: Some(7),
    };
    let age = |from_months, under_months, on| Condition::Age {
        from_months,
        under_months,
        on,
    };
    let conditions = [
        age(Some(36), None, AgeOn::Session),
        age(None, Some(30), AgeOn::SchoolYear),
        age(Some(36), Some(72), AgeOn::CalendarYear),
        age(None, None, AgeOn::Session),
        Condition::Schools(vec![FOUR_DAYS, WITH_WEDNESDAY]),
        Condition::Classes(vec![crate::ids::ClassId(uuid::Uuid::nil())]),
        Condition::Levels(vec!["CP".into(), "CE1".into(), "CE2".into()]),
        Condition::Residence(vec!["01053".into()]),
        Condition::Documents(vec!["Assurance".into()]),
        Condition::UnpaidAtMost(Cents(5000)),
    ];
    for locale in [Locale::Fr, Locale::En] {
        let words = Words::of_desk(locale);
        let say = Said::new(&words, &ground);
        for days in counted {
            for moment in [
                days_before(1, days, 12, 0),
                days_before(3, days, 12, 0),
                hours_before(1, days),
                weekday(6, 3, days, 12, 0),
                day_of_month(1, 0, days, 12),
                Moment::Period {
                    days: 0,
                    count: count(days),
                    at: Minute::new(8, 0),
                },
                Moment::Period {
                    days: 5,
                    count: count(days),
                    at: Minute::new(8, 0),
                },
                Moment::Week { hours: 0 },
                Moment::End,
            ] {
                whole(&say.add(&delay(in_season(Season::FirstDayBack), moment)));
                whole(&say.cancel(&delay(in_season(Season::Holidays), moment)));
                whole(&say.opening(&window(on_days(0b1_1111), None, Some(moment))));
            }
        }
        for cost in costs {
            let mut line = delay(Case::all(), Moment::Start);
            line.strict = true;
            line.late.push(Late {
                until: Moment::End,
                ways: vec![excused(cost)],
            });
            whole(&say.add(&line));
        }
        for condition in &conditions {
            whole(&say.condition(&ConditionRule {
                condition: condition.clone(),
                otherwise: vec![excused(Cost::Free)],
                words: None,
                activities: vec![SOIR],
            }));
        }
        for per in [Span::Day, Span::Week, Span::Month, Span::Period, Span::Year] {
            for most in [1, 2] {
                whole(&say.limit(&Limit {
                    most,
                    per,
                    activities: Vec::new(),
                    words: None,
                }));
            }
        }
        for kind in [LinkKind::Excludes, LinkKind::Needs, LinkKind::Brings] {
            whole(&say.link(&Link {
                kind,
                activity: SOIR,
                other: CANTINE,
            }));
        }
        whole(&say.group(&Group {
            name: "Tous".into(),
            levels: Vec::new(),
            from_months: None,
            under_months: None,
        }));
        for places in [0, 1, 2] {
            whole(&say.places(&Places {
                case: Case::all(),
                group: None,
                from: Some(day("2026-11-01")),
                until: Some(day("2026-12-01")),
                places,
            }));
        }
        whole(&say.waiting(&Waiting {
            offer_minutes: 90,
            most: Some(10),
        }));
        for credited in [false, true] {
            whole(&say.payment(&Payment::AtBooking {
                within_minutes: 60,
                credited,
            }));
        }
        let site_and_formula = Case {
            sites: vec![BOURG, LAC],
            formulas: vec![FormulaId(uuid::Uuid::nil())],
            ..on_days(0)
        };
        whole(&say.price(&price(site_and_formula, 350)));
    }
}
