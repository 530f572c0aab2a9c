//! Rules of real towns, as tables to start from. Each is data: nothing here is known anywhere else.

use server_ui::desk::rules::Model;
use shared::codec::Minute;
use shared::ids::RuleSetId;
use shared::money::Cents;
use shared::operation::{
    Case, Condition, ConditionRule, Cost, Count, Counted, Delay, Entrance, Late, Moment, Opening, Payment,
    RuleSetRecord, Season, Verdict, Way,
};

const MONDAY: u8 = 0;
const TUESDAY: u8 = 1;
const THURSDAY: u8 = 3;
const FRIDAY: u8 = 4;
const WEEKEND: u8 = 0b110_0000;
const NOON: Minute = Minute::new(12, 0);
const MIDNIGHT: Minute = Minute::new(23, 59);

/// A set without any table: a draft.
pub(super) fn blank() -> RuleSetRecord {
    RuleSetRecord {
        id: RuleSetId(uuid::Uuid::nil()),
        name: String::new(),
        activities: Vec::new(),
        from: chrono::NaiveDate::MIN,
        until: None,
        live: false,
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

/// The tables of a model; `documents` are the kinds that the town asks for.
pub(super) fn of(model: Model, documents: &[String]) -> RuleSetRecord {
    let mut set = tables(model, documents);
    if matches!(model, Model::Added | Model::SevenDays) {
        // What takes place in school holidays is said by name.
        set.openings = [Season::School, Season::Holidays]
            .into_iter()
            .map(|season| Opening {
                case: Case {
                    season,
                    ..Case::all()
                },
                from: None,
                until: None,
                words: None,
            })
            .collect();
    }
    set
}

fn tables(model: Model, documents: &[String]) -> RuleSetRecord {
    match model {
        Model::Blank => blank(),
        Model::Eve => both(days(1, Counted::Calendar, NOON)),
        Model::EveBilled => RuleSetRecord {
            add: vec![delay(days(1, Counted::Calendar, NOON), Vec::new())],
            cancel: vec![delay(
                hours(48, Counted::Calendar),
                vec![all_ways(Moment::Start, Cost::Full, None)],
            )],
            ..blank()
        },
        Model::Friday => both(weekday(FRIDAY, NOON)),
        Model::FridayEve => RuleSetRecord {
            add: vec![delay(weekday(FRIDAY, NOON), Vec::new())],
            cancel: vec![delay(days(1, Counted::Calendar, NOON), Vec::new())],
            ..blank()
        },
        Model::Tuesday => both(weekday(TUESDAY, MIDNIGHT)),
        Model::Thursday => both(weekday(THURSDAY, NOON)),
        Model::Replaced => late_billed(hours(48, Counted::Worked), Cost::Replaces(Cents(400))),
        Model::Added => late_billed(days(5, Counted::Worked, MIDNIGHT), Cost::Adds(Cents(300))),
        Model::SevenDays => late_billed(days(7, Counted::Calendar, MIDNIGHT), Cost::Adds(Cents(300))),
        Model::TwoDays => both(Moment::Days {
            days: 2,
            count: Count {
                days: Counted::Calendar,
                skipped: WEEKEND,
            },
            at: NOON,
        }),
        Model::SchoolDay => school_day(),
        Model::PaidWithinHour => RuleSetRecord {
            payment: Payment::AtBooking {
                within_minutes: 60,
                credited: false,
            },
            ..both(days(3, Counted::Worked, MIDNIGHT))
        },
        Model::Credited => RuleSetRecord {
            payment: Payment::AtBooking {
                within_minutes: 60,
                credited: true,
            },
            ..both(days(2, Counted::Calendar, MIDNIGHT))
        },
        Model::Holidays => holidays(),
        Model::CompleteFile => RuleSetRecord {
            conditions: (!documents.is_empty())
                .then(|| ConditionRule {
                    condition: Condition::Documents(documents.to_vec()),
                    otherwise: Vec::new(),
                    words: None,
                    activities: Vec::new(),
                })
                .into_iter()
                .collect(),
            ..both(days(2, Counted::Worked, MIDNIGHT))
        },
        Model::WeekLocks => both(Moment::Week { hours: 72 }),
        Model::Month => both(Moment::DayOfMonth {
            day: 20,
            months: 1,
            count: Count {
                days: Counted::Calendar,
                skipped: 0,
            },
            at: MIDNIGHT,
        }),
    }
}

const fn count(days: Counted) -> Count {
    Count { days, skipped: 0 }
}

const fn days(days: u16, counted: Counted, at: Minute) -> Moment {
    Moment::Days {
        days,
        count: count(counted),
        at,
    }
}

const fn hours(hours: u16, counted: Counted) -> Moment {
    Moment::Hours {
        hours,
        count: count(counted),
    }
}

/// A weekday of the week before.
const fn weekday(weekday: u8, at: Minute) -> Moment {
    Moment::Weekday {
        weekday,
        weeks: 1,
        count: count(Counted::Calendar),
        at,
    }
}

fn delay(until: Moment, late: Vec<Late>) -> Delay {
    Delay {
        case: Case::all(),
        until,
        late,
        words: None,
        strict: false,
    }
}

/// The same deadline to add and to cancel; afterwards one calls.
fn both(until: Moment) -> RuleSetRecord {
    RuleSetRecord {
        add: vec![delay(until, Vec::new())],
        cancel: vec![delay(until, Vec::new())],
        ..blank()
    }
}

/// Taken in wherever it comes in, at a cost.
fn all_ways(until: Moment, cost: Cost, excused_within_days: Option<u16>) -> Late {
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

/// After the deadline one calls: what is added costs more, what is cancelled is due in full.
fn late_billed(until: Moment, cost: Cost) -> RuleSetRecord {
    let mut called = all_ways(Moment::Start, cost, None);
    called.ways.retain(|way| way.entrance != Entrance::Portal);
    RuleSetRecord {
        add: vec![delay(until, vec![called])],
        cancel: vec![delay(until, vec![all_ways(Moment::Start, Cost::Full, Some(7))])],
        ..blank()
    }
}

/// A table by days: Monday and the first day back have lines of their own.
fn school_day() -> RuleSetRecord {
    let at = Minute::new(11, 0);
    let strict = |case: Case, until| Delay {
        case,
        strict: true,
        ..delay(until, Vec::new())
    };
    let lines = vec![
        strict(
            Case {
                season: Season::FirstDayBack,
                ..Case::all()
            },
            Moment::LastSchoolDay { at },
        ),
        strict(
            Case {
                weekdays: 1 << MONDAY,
                ..Case::all()
            },
            weekday(FRIDAY, at),
        ),
        strict(Case::all(), days(1, Counted::School, at)),
    ];
    RuleSetRecord {
        add: lines.clone(),
        cancel: lines,
        ..blank()
    }
}

/// A window before the holidays; then, until 48 hours before, on the director's agreement and dearer.
fn holidays() -> RuleSetRecord {
    let case = Case {
        season: Season::Holidays,
        ..Case::all()
    };
    let period = |days, at| Moment::Period {
        days,
        count: count(Counted::Calendar),
        at,
    };
    let asked = Late {
        until: hours(48, Counted::Calendar),
        ways: Entrance::ALL
            .into_iter()
            .filter(|entrance| *entrance != Entrance::Door)
            .map(|entrance| Way {
                entrance,
                verdict: Verdict::Request,
                cost: Cost::Adds(Cents(300)),
                excused_within_days: None,
            })
            .collect(),
    };
    let due = all_ways(Moment::End, Cost::Full, Some(7));
    RuleSetRecord {
        openings: vec![Opening {
            case: case.clone(),
            from: Some(period(42, Minute::new(8, 0))),
            until: None,
            words: None,
        }],
        add: vec![Delay {
            case: case.clone(),
            ..delay(period(14, MIDNIGHT), vec![asked])
        }],
        cancel: vec![Delay {
            case,
            ..delay(period(14, MIDNIGHT), vec![due])
        }],
        ..blank()
    }
}
