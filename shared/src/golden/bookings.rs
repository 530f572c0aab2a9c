//! What families book, ask for and wait for, and the rules it is judged by.

use super::{AT, date, golden, id};
use crate::codec::Minute;
use crate::ids::{
    ActivityId, ChildId, ClassId, ExceptionalDayId, FormulaId, GuardianId, HouseholdId, OperationId,
    ReservationId, RuleSetId, SchoolId, ServiceId, SiteId, WishId,
};
use crate::money::Cents;
use crate::operation::{
    AgeOn, Ask, Body, BookingLine, BookingRecord, BookingSettingsRecord, BookingSettled, Case, Condition,
    ConditionRule, Cost, Count, Counted, Decided, Delay, DocumentRecord, Entrance, ExceptionalDayRecord,
    ExceptionalKind, Group, HouseholdFactsRecord, Late, Limit, Link, LinkKind, MealEffect, Moment, Opening,
    Payment, PlaceOffer, Places, Price, Priced, ReservationLine, RuleSetRecord, Season, Span, Verdict,
    Waiting, Way, Why,
};

const CALENDAR: Count = Count {
    days: Counted::Calendar,
    skipped: 0,
};

fn line(household: Option<HouseholdId>) -> ReservationLine {
    ReservationLine {
        id: ReservationId(id(50)),
        child: ChildId(id(7)),
        activity: ActivityId(id(5)),
        site: SiteId(id(6)),
        date: date(),
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household,
    }
}

/// Rules with nothing in them.
fn empty() -> RuleSetRecord {
    RuleSetRecord {
        id: RuleSetId(id(60)),
        name: "a".into(),
        activities: vec![ActivityId(id(5))],
        from: date(),
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

fn put(change: impl FnOnce(&mut RuleSetRecord)) -> Body {
    let mut rules = empty();
    change(&mut rules);
    Body::PutRules { rules }
}

fn delay(until: Moment) -> Delay {
    Delay {
        case: Case::all(),
        until,
        late: Vec::new(),
        words: None,
        strict: false,
    }
}

#[test]
fn rules_of_booking() {
    golden(
        &put(|_| {}),
        "82185091503c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c61618150050505050505050505050505050505051a000b4a67f6f48080808080808080f6808100",
    );
    golden(
        &put(|rules| {
            rules.until = Some(date());
            rules.live = true;
            rules.openings = vec![Opening {
                case: Case {
                    weekdays: 1,
                    season: Season::FirstDayBack,
                    sites: vec![SiteId(id(6))],
                    formulas: vec![FormulaId(id(8))],
                    activities: vec![ActivityId(id(5))],
                },
                from: Some(Moment::Start),
                until: Some(Moment::End),
                words: Some("b".into()),
            }];
            rules.payment = Payment::AtBooking {
                within_minutes: 60,
                credited: true,
            };
            rules.waiting = Some(Waiting {
                offer_minutes: 90,
                most: Some(10),
            });
        }),
        "fe97d35a880606bb196cadbc2fc27a85014ba279a7ebcccec76cfd0740b28ef2",
    );
    golden(
        &put(|rules| {
            rules.limits = [Span::Day, Span::Week, Span::Month, Span::Period, Span::Year]
                .map(|per| Limit {
                    most: 2,
                    per,
                    activities: Vec::new(),
                    words: None,
                })
                .into();
            rules.links = [LinkKind::Excludes, LinkKind::Needs, LinkKind::Brings]
                .map(|kind| Link {
                    kind,
                    activity: ActivityId(id(5)),
                    other: ActivityId(id(15)),
                })
                .into();
            rules.groups = vec![Group {
                name: "c".into(),
                levels: vec!["CP".into()],
                from_months: Some(36),
                under_months: Some(72),
            }];
            rules.places = vec![Places {
                case: Case::all(),
                group: Some("c".into()),
                from: Some(date()),
                until: Some(date()),
                places: 24,
            }];
            rules.prices = [Season::Any, Season::School, Season::Holidays]
                .map(|season| Price {
                    case: Case {
                        season,
                        ..Case::all()
                    },
                    cents: Cents(350),
                })
                .into();
        }),
        "09e59c022d0a25fec10c60191c2935e2b8c7d21020cf3c771736929e20199739",
    );
}

#[test]
fn delays_and_what_comes_after() {
    let moments = [
        Moment::Hours {
            hours: 48,
            count: Count {
                days: Counted::Worked,
                skipped: 4,
            },
        },
        Moment::Days {
            days: 2,
            count: Count {
                days: Counted::Workable,
                skipped: 0,
            },
            at: Minute::new(12, 0),
        },
        Moment::Weekday {
            weekday: 4,
            weeks: 1,
            count: Count {
                days: Counted::School,
                skipped: 0,
            },
            at: Minute::new(12, 0),
        },
        Moment::DayOfMonth {
            day: 20,
            months: 1,
            count: Count {
                days: Counted::Open,
                skipped: 0,
            },
            at: Minute::new(12, 0),
        },
        Moment::LastSchoolDay {
            at: Minute::new(11, 0),
        },
        Moment::Week { hours: 36 },
        Moment::Period {
            days: 10,
            count: Count {
                days: Counted::NotHolidays,
                skipped: 0,
            },
            at: Minute::new(12, 0),
        },
        Moment::At {
            date: date(),
            second: 3600,
        },
        Moment::Start,
        Moment::End,
        Moment::Days {
            days: 1,
            count: Count {
                days: Counted::NotVacations,
                skipped: 0,
            },
            at: Minute::new(18, 0),
        },
        Moment::Days {
            days: 1,
            count: CALENDAR,
            at: Minute::new(18, 0),
        },
    ];
    golden(
        &put(|rules| rules.add = moments.map(delay).into()),
        "d71894bf7815711013895bb0f0689283a696a8e51bf15f1f1821ea9768570446",
    );
    let way = |(entrance, cost)| Way {
        entrance,
        verdict: Verdict::Accept,
        cost,
        excused_within_days: None,
    };
    golden(
        &put(|rules| {
            rules.cancel = vec![Delay {
                late: vec![Late {
                    until: Moment::End,
                    ways: [
                        (Entrance::Portal, Cost::Free),
                        (Entrance::Phone, Cost::Replaces(Cents(400))),
                        (Entrance::Desk, Cost::Adds(Cents(300))),
                        (Entrance::Door, Cost::Full),
                        (Entrance::Portal, Cost::Part(50)),
                        (Entrance::Portal, Cost::Due(Cents(1))),
                    ]
                    .map(way)
                    .into(),
                }],
                words: Some("b".into()),
                strict: true,
                ..delay(Moment::Start)
            }];
        }),
        "f2b2d9ef7ab180db7a7b20878983d30179dfb44fb6b8c7eeb2e14e18db58ef13",
    );
}

#[test]
fn conditions() {
    let all = [
        Condition::Age {
            from_months: Some(36),
            under_months: None,
            on: AgeOn::SchoolYear,
        },
        Condition::Schools(vec![SchoolId(id(2))]),
        Condition::Classes(vec![ClassId(id(3))]),
        Condition::Levels(vec!["CP".into()]),
        Condition::Residence(vec!["01053".into()]),
        Condition::Documents(vec!["Assurance".into()]),
        Condition::UnpaidAtMost(Cents(5000)),
    ];
    let rule = |condition| ConditionRule {
        condition,
        otherwise: vec![Way {
            entrance: Entrance::Desk,
            verdict: Verdict::Request,
            cost: Cost::Free,
            excused_within_days: Some(7),
        }],
        words: Some("b".into()),
        activities: vec![ActivityId(id(5))],
    };
    golden(
        &put(|rules| rules.conditions = all.map(rule).into()),
        "618723318c7344508c599832e86ce40fa8d3a92fe66393568742d5d6f2ee9eff",
    );
}

#[test]
fn how_families_book_and_what_rules_ask_about_them() {
    golden(
        &Body::RemoveRules {
            rules: RuleSetId(id(60)),
        },
        "821851503c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c",
    );
    golden(
        &Body::PutBookingSettings {
            settings: BookingSettingsRecord {
                hold_minutes: 15,
                phone: Some("a".into()),
                documents: vec!["b".into()],
            },
        },
        "821852830f6161816162",
    );
    golden(
        &Body::PutHouseholdFacts {
            facts: HouseholdFactsRecord {
                household: HouseholdId(id(9)),
                residence: Some("01053".into()),
                unpaid: Cents(5000),
            },
        },
        "82185a835009090909090909090909090909090909653031303533191388",
    );
    golden(
        &Body::PutDocuments {
            child: ChildId(id(7)),
            documents: vec![DocumentRecord {
                kind: "b".into(),
                until: Some(date()),
            }],
        },
        "83185b5007070707070707070707070707070707818261621a000b4a67",
    );
}

#[test]
fn a_booking_with_every_decision() {
    let priced = Priced {
        base: Some(Cents(350)),
        surcharge: Cents(300),
        total: Cents(650),
    };
    let wish = WishId(id(61));
    let add = || Ask::Add {
        line: line(Some(HouseholdId(id(9)))),
        replaces: Some(ReservationId(id(51))),
        wish: Some(wish),
    };
    let cancel = || Ask::Cancel {
        reservation: ReservationId(id(50)),
    };
    for (ask, decided, bytes) in [
        (
            add(),
            Decided::Booked {
                priced,
                due_at: Some(AT),
            },
            "fad995899a51da40b3b38575ef7521139a0671eababeb4fd21d07ad7c35f6ce8",
        ),
        (
            add(),
            Decided::Requested { wish, priced },
            "cc9cb50eacda60bc2a718c2c494de11b4dc4eba99ce8e257fe7b0049beb6eefc",
        ),
        (
            add(),
            Decided::Waiting { wish, priced },
            "f781c6d3e2bd5d96d0d71a4a99ea1181fb7a382d355e4eadbc0fe2cb00b1fe1d",
        ),
        (
            cancel(),
            Decided::Cancelled {
                due: Cents(1),
                credited: Cents(2),
            },
            "821853845009090909090909090909090909090909500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a8184820150323232323232323232323232323232328303010202016161",
        ),
        (
            cancel(),
            Decided::CancelRequested { wish, due: Cents(1) },
            "821853845009090909090909090909090909090909500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a8184820150323232323232323232323232323232328304503d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d0102016161",
        ),
        (
            cancel(),
            Decided::Refused {
                why: Why::With,
                words: "a".into(),
            },
            "821853845009090909090909090909090909090909500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a818482015032323232323232323232323232323232830517616102016161",
        ),
    ] {
        golden(
            &Body::Book {
                booking: BookingRecord {
                    household: HouseholdId(id(9)),
                    guardian: Some(GuardianId(id(10))),
                    lines: vec![BookingLine {
                        ask,
                        decided,
                        others_held: 2,
                        others_held_of_group: 1,
                        overruled: None,
                    }],
                    beyond: Some("a".into()),
                    told_with: None,
                },
            },
            bytes,
        );
    }
}

#[test]
fn a_booking_beyond_the_rules_beside_one_by_them() {
    golden(
        &Body::Book {
            booking: BookingRecord {
                household: HouseholdId(id(9)),
                guardian: Some(GuardianId(id(10))),
                lines: vec![BookingLine {
                    ask: Ask::Cancel {
                        reservation: ReservationId(id(50)),
                    },
                    decided: Decided::Refused {
                        why: Why::With,
                        words: "a".into(),
                    },
                    others_held: 2,
                    others_held_of_group: 1,
                    overruled: Some(vec!["b".into()]),
                }],
                beyond: Some("a".into()),
                told_with: Some(OperationId(id(90))),
            },
        },
        "821853855009090909090909090909090909090909500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a818582015032323232323232323232323232323232830517616102018161626161505a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
    );
}

#[test]
fn wishes_and_what_is_owed() {
    let wishes = || vec![WishId(id(61))];
    let reservations = || vec![ReservationId(id(50))];
    golden(
        &Body::DecideWishes {
            wishes: wishes(),
            accepted: true,
            words: Some("a".into()),
            beyond: false,
        },
        "85185481503d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3df56161f4",
    );
    golden(
        &Body::WithdrawWishes { wishes: wishes() },
        "82185581503d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d",
    );
    golden(
        &Body::OfferPlaces {
            offers: vec![PlaceOffer {
                wish: WishId(id(61)),
                until: AT,
            }],
        },
        "8218568182503d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d1b000001a2076b4400",
    );
    golden(
        &Body::EndWishes { wishes: wishes() },
        "82185781503d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d",
    );
    for (how, bytes) in [
        (
            BookingSettled::Waived,
            "841858815032323232323232323232323232323232006161",
        ),
        (
            BookingSettled::Paid,
            "841858815032323232323232323232323232323232016161",
        ),
        (
            BookingSettled::Restored,
            "841858815032323232323232323232323232323232026161",
        ),
    ] {
        golden(
            &Body::SettleBookings {
                reservations: reservations(),
                how,
                words: "a".into(),
            },
            bytes,
        );
    }
    golden(
        &Body::EndUnpaid {
            reservations: reservations(),
        },
        "821859815032323232323232323232323232323232",
    );
}

#[test]
fn reservations_and_closures_of_before_have_no_new_fields() {
    golden(
        &line(Some(HouseholdId(id(9)))),
        "8e50323232323232323232323232323232325007070707070707070707070707070707500505050505050505050505050505050550060606060606060606060606060606061a000b4a67f6f6f6f6f6f6f6f65009090909090909090909090909090909",
    );
    golden(
        &line(None),
        "8550323232323232323232323232323232325007070707070707070707070707070707500505050505050505050505050505050550060606060606060606060606060606061a000b4a67",
    );
    let day = |sites, services, cancels| ExceptionalDayRecord {
        id: ExceptionalDayId(id(13)),
        kind: ExceptionalKind::Closure,
        from: date(),
        until: None,
        schools: Vec::new(),
        classes: Vec::new(),
        words: "a".into(),
        meals: MealEffect::Kept,
        minimum_service: None,
        sites,
        services,
        cancels,
    };
    golden(
        &day(vec![SiteId(id(6))], vec![ServiceId(id(4))], true),
        "8c500d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d001a000b4a67f68080616100f6815006060606060606060606060606060606815004040404040404040404040404040404f5",
    );
    golden(
        &day(Vec::new(), Vec::new(), false),
        "88500d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d001a000b4a67f68080616100",
    );
}
