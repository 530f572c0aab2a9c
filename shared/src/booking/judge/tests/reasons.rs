//! Each reason that can be named, in a story of its own.

use uuid::Uuid;

use super::town::*;
use crate::booking::*;
use crate::ids::*;
use crate::money::Cents;
use crate::operation::*;

const TUESDAY: &str = "2026-11-24";
const NOW: &str = "2026-11-20T08:00";

fn canteen() -> Wanted {
    add(LEA, session(CANTINE, TUESDAY))
}

fn why(ground: &Ground) -> Why {
    refusal(&one(canteen(), ground, on_line(NOW))).why
}

#[track_caller]
fn only_by_name(ground: &Ground, why: Why) {
    assert_eq!(refusal(&one(canteen(), ground, on_line(NOW))).why, why);
    assert_eq!(
        refusal(&one(canteen(), ground, asked(at(NOW), Entrance::Desk))).why,
        why
    );
    let judged = one(canteen(), ground, by_name(NOW));
    booked(&judged);
    assert_eq!(
        judged.overruled.iter().map(|one| one.why).collect::<Vec<_>>(),
        [why]
    );
}

#[track_caller]
fn never(ground: &Ground, why: Why) {
    assert_eq!(refusal(&one(canteen(), ground, on_line(NOW))).why, why);
    assert_eq!(refusal(&one(canteen(), ground, by_name(NOW))).why, why);
}

fn condition(ground: &mut Ground, condition: Condition) -> &mut ConditionRule {
    let rules = rules_of(ground, CANTINE);
    rules.conditions = vec![ConditionRule {
        condition,
        otherwise: Vec::new(),
        words: Some("Voir le règlement".into()),
        activities: Vec::new(),
    }];
    &mut rules.conditions[0]
}

#[test]
fn a_child_of_others_is_nobodys_to_ask_for() {
    let mut ground = town();
    ground.children.get_mut(&LEA).unwrap().households = vec![DURAND];
    never(&ground, Why::NotYours);
    ground.children.remove(&LEA);
    never(&ground, Why::NotYours);
}

#[test]
fn who_has_no_authority_or_not_the_day_asks_for_nothing() {
    let mut ground = town();
    ground.children.get_mut(&LEA).unwrap().decides = false;
    only_by_name(&ground, Why::NotYours);
    let mut ground = town();
    let lea = ground.children.get_mut(&LEA).unwrap();
    lea.households.push(DURAND);
    lea.custody = Some(CustodyRecord {
        child: LEA,
        sharing: Some(Sharing {
            first: DURAND,
            second: MARTIN,
            anchor: day("2026-11-23"),
            holidays: HolidaySharing::AsWeeks,
        }),
        exceptions: Vec::new(),
        authorities: Vec::new(),
        note: String::new(),
    });
    only_by_name(&ground, Why::NotYours);
    booked(&one(
        add(LEA, session(CANTINE, "2026-12-01")),
        &ground,
        on_line(NOW),
    ));
}

#[test]
fn what_the_other_household_booked_is_its_own() {
    let mut ground = town();
    let reservation = stands(&mut ground, 100, LEA, session(CANTINE, TUESDAY));
    ground.standing[0].household = Some(DURAND);
    let judged = one(Wanted::Cancel { reservation }, &ground, on_line(NOW));
    assert_eq!(refusal(&judged).why, Why::NotYours);
    assert_eq!(why(&ground), Why::Already);
    let seen = cell(LEA, session(CANTINE, TUESDAY), &ground, on_line(NOW));
    assert!(matches!(seen, Cell::OtherHousehold { .. }));
}

#[test]
fn whoever_has_left_is_on_no_list() {
    let mut ground = town();
    ground.children.get_mut(&LEA).unwrap().left_on = Some(day(TUESDAY));
    never(&ground, Why::Left);
    ground.children.get_mut(&LEA).unwrap().left_on = Some(day("2026-11-25"));
    booked(&one(canteen(), &ground, on_line(NOW)));
}

#[test]
fn a_day_that_is_over_is_the_desks_to_correct() {
    let ground = town();
    let judged = one(canteen(), &ground, on_line("2026-11-24T13:31"));
    assert_eq!(refusal(&judged).why, Why::Past);
    let judged = one(canteen(), &ground, by_name("2026-11-25T09:00"));
    booked(&judged);
    assert_eq!(judged.overruled[0].why, Why::Past);
}

#[test]
fn without_a_deadline_one_may_until_the_session_begins() {
    let mut ground = town();
    rules_of(&mut ground, CANTINE).add.clear();
    booked(&one(canteen(), &ground, on_line("2026-11-24T11:30")));
    let judged = one(canteen(), &ground, on_line("2026-11-24T11:31"));
    assert_eq!(
        (refusal(&judged).why, refusal(&judged).at),
        (Why::Past, Some(at("2026-11-24T11:30")))
    );
}

#[test]
fn what_is_not_offered_is_not_offered_to_the_town_hall_either() {
    let mut ground = town();
    ground.activities.get_mut(&CANTINE).unwrap().sites = vec![FERRY];
    never(&ground, Why::NotOffered);
    let mut ground = town();
    ground.activities.get_mut(&CANTINE).unwrap().retired = true;
    never(&ground, Why::NotOffered);
    let mut ground = town();
    ground.activities.remove(&CANTINE);
    never(&ground, Why::NotOffered);
    let mut ground = town();
    ground.activities.get_mut(&CANTINE).unwrap().weekdays = 1;
    only_by_name(&ground, Why::NotOffered);
}

#[test]
fn a_formula_is_one_of_the_activitys_and_is_chosen_on_line() {
    let ground = town();
    let in_formula = |formula| Wanted::Add {
        child: LEA,
        session: session(ALSH, "2026-11-25"),
        formula,
        replaces: None,
        wish: None,
    };
    let on = |formula| one(in_formula(formula), &ground, on_line(NOW));
    assert_eq!(booked(&on(Some(HALF))).total, Cents(800));
    assert_eq!(booked(&on(Some(DAY))).total, Cents(1400));
    assert_eq!(refusal(&on(None)).why, Why::NotOffered, "no way around a price");
    let forged = Some(FormulaId(Uuid::from_u128(99)));
    assert_eq!(refusal(&on(forged)).why, Why::NotOffered);
}

#[test]
fn what_has_no_rules_is_booked_at_the_desk_alone() {
    let mut ground = town();
    rules_of(&mut ground, CANTINE).live = false;
    assert_eq!(why(&ground), Why::NotOnLine);
    let judged = one(canteen(), &ground, asked(at("2026-11-24T09:00"), Entrance::Desk));
    assert_eq!(booked(&judged), Priced::default());
}

#[test]
fn holidays_are_for_what_says_so() {
    let mut ground = town();
    let christmas = "2026-12-23";
    let formula = |date| Wanted::Add {
        child: LEA,
        session: session(ALSH, date),
        formula: Some(DAY),
        replaces: None,
        wish: None,
    };
    assert_eq!(
        refusal(&one(formula(christmas), &ground, on_line(NOW))).why,
        Why::Closed
    );
    let holidays = Price {
        case: Case {
            season: Season::Holidays,
            ..Case::all()
        },
        cents: Cents(1800),
    };
    rules_of(&mut ground, ALSH).prices.insert(0, holidays.clone());
    assert_eq!(
        booked(&one(formula(christmas), &ground, on_line(NOW))).total,
        Cents(1800)
    );
    assert_eq!(
        booked(&one(formula("2026-12-16"), &ground, on_line(NOW))).total,
        Cents(1400)
    );
    rules_of(&mut ground, ALSH).prices = vec![holidays];
    let judged = one(formula("2026-12-16"), &ground, on_line(NOW));
    assert_eq!(refusal(&judged).why, Why::NotOffered, "for holidays alone");
}

#[test]
fn one_child_is_at_one_place_once() {
    let mut ground = town();
    stands(&mut ground, 100, LEA, session(CANTINE, TUESDAY));
    never(&ground, Why::Already);
    ground.standing[0].session.site = FERRY;
    never(&ground, Why::Elsewhere);
    let judged = one(canteen(), &ground, on_line(NOW));
    assert_eq!(refusal(&judged).name.as_deref(), Some("Ferry"));
    let twice = judge(&[canteen(), canteen()], &town(), on_line(NOW));
    booked(&twice[0]);
    assert_eq!(refusal(&twice[1]).why, Why::Already);
}

#[test]
fn booking_opens_and_closes() {
    let mut ground = town();
    let moment = |date: &str, second| Moment::At {
        date: day(date),
        second,
    };
    rules_of(&mut ground, CANTINE).openings = vec![Opening {
        case: Case::all(),
        from: Some(moment("2026-11-20", 9 * 3600)),
        until: Some(moment("2026-11-21", 12 * 3600)),
        words: Some("Du 20 au 21 novembre".into()),
    }];
    only_by_name(&ground, Why::NotYet);
    let judged = one(canteen(), &ground, on_line(NOW));
    assert_eq!(refusal(&judged).at, Some(at("2026-11-20T09:00")));
    assert_eq!(
        judged.until,
        Some(at("2026-11-23T18:00")),
        "the deadline is known all the same"
    );
    let judged = one(canteen(), &ground, on_line("2026-11-20T09:00"));
    booked(&judged);
    assert_eq!(judged.until, Some(at("2026-11-21T12:00")));
    let judged = one(canteen(), &ground, on_line("2026-11-21T12:01"));
    assert_eq!(refusal(&judged).why, Why::WindowClosed);
}

#[test]
fn ages_are_in_whole_months() {
    let mut ground = town();
    let age = |from_months, under_months| Condition::Age {
        from_months,
        under_months,
        on: AgeOn::Session,
    };
    // Léa is 8 years, 6 months and 12 days old on that Tuesday.
    condition(&mut ground, age(Some(102), Some(103)));
    booked(&one(canteen(), &ground, on_line(NOW)));
    condition(&mut ground, age(Some(103), None));
    only_by_name(&ground, Why::Age);
    condition(&mut ground, age(None, Some(102)));
    only_by_name(&ground, Why::Age);
    let judged = one(canteen(), &ground, on_line(NOW));
    assert_eq!(refusal(&judged).words.as_deref(), Some("Voir le règlement"));
}

#[test]
fn conditions_on_school_class_home_documents_and_debts() {
    let mut ground = town();
    let other = SchoolId(Uuid::from_u128(39));
    for (unmet, why) in [
        (Condition::Schools(vec![other]), Why::School),
        (Condition::Classes(vec![ClassId(Uuid::from_u128(49))]), Why::Class),
        (Condition::Levels(vec!["CM2".into()]), Why::Class),
        (Condition::Residence(vec!["69123".into()]), Why::Residence),
        (Condition::Documents(vec!["Assurance".into()]), Why::Documents),
    ] {
        condition(&mut ground, unmet);
        only_by_name(&ground, why);
    }
    for met in [
        Condition::Schools(vec![other, SCHOOL]),
        Condition::Classes(vec![CLASS]),
        Condition::Levels(vec!["CE1".into(), "CE2".into()]),
        Condition::Residence(vec!["01053".into()]),
        Condition::UnpaidAtMost(Cents(5000)),
    ] {
        condition(&mut ground, met);
        booked(&one(canteen(), &ground, on_line(NOW)));
    }
    ground.household.as_mut().unwrap().unpaid = Cents(5001);
    only_by_name(&ground, Why::Unpaid);
}

#[test]
fn a_document_is_valid_on_the_day_of_the_session() {
    let mut ground = town();
    condition(&mut ground, Condition::Documents(vec!["Assurance".into()]));
    ground.children.get_mut(&LEA).unwrap().documents = vec![DocumentRecord {
        kind: "Assurance".into(),
        until: Some(day(TUESDAY)),
    }];
    booked(&one(canteen(), &ground, on_line(NOW)));
    let thursday = one(add(LEA, session(CANTINE, "2026-11-26")), &ground, on_line(NOW));
    assert_eq!(refusal(&thursday).name.as_deref(), Some("Assurance"));
}

#[test]
fn whoever_lives_elsewhere_may_ask_and_pays_more() {
    let mut ground = town();
    condition(&mut ground, Condition::Residence(vec!["69123".into()])).otherwise = vec![
        way(Entrance::Portal, Verdict::Request, Cost::Adds(Cents(150))),
        way(Entrance::Desk, Verdict::Accept, Cost::Adds(Cents(150))),
    ];
    let judged = one(canteen(), &ground, on_line(NOW));
    assert!(matches!(
        judged.sentence,
        Sentence::Request { priced, reason } if priced.total == Cents(500) && reason.why == Why::Residence
    ));
    let judged = one(canteen(), &ground, asked(at(NOW), Entrance::Desk));
    assert_eq!(booked(&judged).total, Cents(500));
}

#[test]
fn limits_count_what_stands_and_the_cart() {
    let mut ground = town();
    rules_of(&mut ground, CANTINE).limits = vec![Limit {
        most: 2,
        per: Span::Week,
        activities: Vec::new(),
        words: None,
    }];
    let monday = stands(&mut ground, 100, LEA, session(CANTINE, "2026-11-23"));
    let week = ["2026-11-24", "2026-11-26", "2026-12-01"].map(|date| add(LEA, session(CANTINE, date)));
    let judged = judge(&week, &ground, on_line(NOW));
    booked(&judged[0]);
    assert_eq!(
        (refusal(&judged[1]).why, refusal(&judged[1]).number),
        (Why::Limit, Some(2))
    );
    booked(&judged[2]);
    let mut with_cancel = week.to_vec();
    with_cancel.push(Wanted::Cancel { reservation: monday });
    booked(&judge(&with_cancel, &ground, on_line(NOW))[1]);
    stands(&mut ground, 101, LEA, session(CANTINE, "2026-11-26"));
    only_by_name(&ground, Why::Limit);
}

#[test]
fn two_that_exclude_each_other_are_not_booked_on_one_day() {
    let mut ground = town();
    rules_of(&mut ground, GARDERIE).links = vec![Link {
        kind: LinkKind::Excludes,
        activity: ETUDE,
        other: CANTINE,
    }];
    let both = [canteen(), add(LEA, session(ETUDE, TUESDAY))];
    let judged = judge(&both, &ground, on_line(NOW));
    booked(&judged[0]);
    assert_eq!(refusal(&judged[1]).name.as_deref(), Some("Cantine"));
    // The canteen's own rules do not speak of it; it counts all the same.
    stands(&mut ground, 100, LEA, session(ETUDE, TUESDAY));
    only_by_name(&ground, Why::Excluded);
    booked(&one(add(TOM, session(CANTINE, TUESDAY)), &ground, on_line(NOW)));
}

#[test]
fn what_is_bought_for_good_stays() {
    let mut ground = town();
    let reservation = stands(&mut ground, 100, LEA, session(CANTINE, TUESDAY));
    ground.standing[0].paid = true;
    let cancel = Wanted::Cancel { reservation };
    let rules = rules_of(&mut ground, CANTINE);
    rules.payment = Payment::AtBooking {
        within_minutes: 60,
        credited: false,
    };
    rules.cancel.clear();
    assert_eq!(
        refusal(&one(cancel.clone(), &ground, on_line(NOW))).why,
        Why::Final
    );
    ground.standing[0].paid = false;
    let free = Sentence::Cancel {
        due: Cents::ZERO,
        credited: Cents::ZERO,
        excused_within_days: None,
    };
    assert_eq!(
        one(cancel, &ground, on_line(NOW)).sentence,
        free,
        "nothing is bought yet"
    );
    let judged = one(add(LEA, session(CANTINE, "2026-11-26")), &ground, on_line(NOW));
    assert!(matches!(
        judged.sentence,
        Sentence::Book { due_at: Some(due_at), .. } if due_at == at("2026-11-20T09:00")
    ));
}
