use uuid::Uuid;

use super::*;
use crate::ids::{ActivityId, ExceptionalDayId};
use crate::operation::MinimumService;

const WORDS: &str = "Sortie au musée";

fn school(n: u128) -> SchoolId {
    SchoolId(Uuid::from_u128(n))
}

fn class(n: u128) -> ClassId {
    ClassId(Uuid::from_u128(n))
}

fn site(n: u128) -> SiteId {
    SiteId(Uuid::from_u128(n))
}

fn service(n: u128) -> ServiceId {
    ServiceId(Uuid::from_u128(n))
}

/// At site 4, of service 5.
fn met(school: Option<SchoolId>, class: Option<ClassId>) -> Met {
    Met {
        school,
        class,
        site: site(4),
        service: Some(service(5)),
    }
}

fn on(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn day(kind: ExceptionalKind, meals: MealEffect) -> ExceptionalDayRecord {
    ExceptionalDayRecord {
        id: ExceptionalDayId(Uuid::from_u128(1)),
        kind,
        from: on(24),
        until: Some(on(24)),
        schools: vec![school(1)],
        classes: vec![class(7)],
        words: WORDS.into(),
        meals,
        minimum_service: None,
        sites: Vec::new(),
        services: Vec::new(),
        cancels: false,
    }
}

/// School from 8:30 to 16:30.
fn row(opens: Minute, closes: Minute, meal: bool) -> Row {
    Row {
        met: met(Some(school(1)), Some(class(2))),
        hours: Some((Minute::new(8, 30), Minute::new(16, 30))),
        opens,
        closes,
        meal,
    }
}

fn canteen() -> Row {
    row(Minute::new(11, 45), Minute::new(13, 30), true)
}

fn away(picnic: bool) -> DayEffect {
    DayEffect::Away {
        words: WORDS.into(),
        picnic,
    }
}

fn note(words: &str) -> DayEffect {
    DayEffect::Note(words.into())
}

/// Each kind, each word on meals, each place of an activity in the day, with and without a meal.
#[test]
fn every_kind_of_day_and_of_row() {
    use ExceptionalKind as K;
    use MealEffect as M;
    let places = [
        (Minute::new(7, 30), Minute::new(8, 30), false),
        (Minute::new(8, 30), Minute::new(16, 30), true),
        (Minute::new(11, 45), Minute::new(13, 30), true),
        (Minute::new(8, 0), Minute::new(9, 0), false),
        (Minute::new(16, 0), Minute::new(17, 0), false),
        (Minute::new(16, 30), Minute::new(18, 30), false),
        (Minute::new(7, 30), Minute::new(18, 30), false),
    ];
    let mut seen = 0;
    for kind in K::ALL {
        for meals in M::ALL {
            for (opens, closes, during_school) in places {
                for meal in [false, true] {
                    let expected = match (kind, during_school, meal, meals) {
                        (K::Closure, ..) => DayEffect::Drop,
                        (K::Outing, false, ..) => DayEffect::Keep,
                        (K::Outing, true, true, M::Kept) => note(WORDS),
                        (K::Outing, true, true, M::Picnic) => away(true),
                        (K::Outing, true, ..) => away(false),
                        (_, _, true, M::Cancelled) => away(false),
                        (_, _, true, M::Picnic) => note("Sortie au musée · pique-nique"),
                        (K::Strike | K::TeacherAbsent, ..) => note(WORDS),
                    };
                    let found = effect(&[day(kind, meals)], &row(opens, closes, meal));
                    assert_eq!(found, expected, "{kind:?} {meals:?} {opens:?} {closes:?} {meal}");
                    seen += 1;
                }
            }
        }
    }
    assert_eq!(seen, 4 * 3 * 7 * 2);
}

#[test]
fn only_the_schools_and_classes_named_are_concerned() {
    let closure = [day(ExceptionalKind::Closure, MealEffect::Kept)];
    let of = |school: Option<SchoolId>, class: Option<ClassId>| {
        effect(
            &closure,
            &Row {
                met: met(school, class),
                ..canteen()
            },
        )
    };
    assert_eq!(of(Some(school(1)), None), DayEffect::Drop);
    assert_eq!(of(Some(school(9)), Some(class(7))), DayEffect::Drop);
    assert_eq!(of(None, Some(class(7))), DayEffect::Drop);
    assert_eq!(of(Some(school(9)), Some(class(9))), DayEffect::Keep);
    assert_eq!(of(None, None), DayEffect::Keep);
}

/// Each of school, class, site and service named or not, fitting or not: all that is named must fit, and a class widens
/// the schools.
#[test]
fn a_closure_is_about_what_fits_all_that_it_names() {
    let child = met(Some(school(1)), Some(class(7)));
    let mut seen = 0;
    for schools in [vec![], vec![school(1)], vec![school(9)]] {
        for classes in [vec![], vec![class(7)], vec![class(9)]] {
            for sites in [vec![], vec![site(4)], vec![site(9), site(8)]] {
                for services in [vec![], vec![service(5)], vec![service(9)]] {
                    let closure = ExceptionalDayRecord {
                        schools: schools.clone(),
                        classes: classes.clone(),
                        sites: sites.clone(),
                        services: services.clone(),
                        ..day(ExceptionalKind::Closure, MealEffect::Cancelled)
                    };
                    let whom = match (schools.first(), classes.first()) {
                        (None, None) => true,
                        (school_named, class_named) => {
                            school_named == Some(&school(1)) || class_named == Some(&class(7))
                        }
                    };
                    let fits = whom
                        && (sites.is_empty() || sites[0] == site(4))
                        && (services.is_empty() || services[0] == service(5));
                    let something = [schools.len(), classes.len(), sites.len(), services.len()] != [0; 4];
                    assert_eq!(concerns(&closure, &child), fits && something, "{closure:?}");
                    seen += 1;
                }
            }
        }
    }
    assert_eq!(seen, 81);
}

#[test]
fn a_closed_service_leaves_what_is_not_of_it_alone() {
    let closure = ExceptionalDayRecord {
        schools: Vec::new(),
        classes: Vec::new(),
        services: vec![service(5)],
        ..day(ExceptionalKind::Closure, MealEffect::Cancelled)
    };
    let other = Met {
        service: Some(service(6)),
        ..met(Some(school(1)), None)
    };
    let unknown = Met {
        service: None,
        ..other
    };
    let all = [closure];
    assert!(closed_by(&all, on(24), &met(None, None)).is_some());
    assert!(closed_by(&all, on(25), &met(None, None)).is_none());
    assert!(closed_by(&all, on(24), &other).is_none());
    assert!(closed_by(&all, on(24), &unknown).is_none());
    let strike = [day(ExceptionalKind::Strike, MealEffect::Cancelled)];
    assert!(closed_by(&strike, on(24), &met(Some(school(1)), None)).is_none());
}

#[test]
fn without_school_hours_an_outing_takes_nobody_away() {
    let outing = [day(ExceptionalKind::Outing, MealEffect::Cancelled)];
    assert_eq!(
        effect(
            &outing,
            &Row {
                hours: None,
                ..canteen()
            }
        ),
        DayEffect::Keep
    );
}

#[test]
fn the_end_may_be_open() {
    let mut strike = day(ExceptionalKind::Strike, MealEffect::Kept);
    let over = |day: &ExceptionalDayRecord| [23, 24, 25, 30].map(|n| lies_over(day, on(n)));
    assert_eq!(over(&strike), [false, true, false, false]);
    strike.until = Some(on(25));
    assert_eq!(over(&strike), [false, true, true, false]);
    strike.until = None;
    assert_eq!(over(&strike), [false, true, true, true]);
}

#[test]
fn of_several_days_the_strongest_counts_whatever_their_order() {
    let said = |kind, words: &str| ExceptionalDayRecord {
        words: words.into(),
        ..day(kind, MealEffect::Picnic)
    };
    let outing = said(ExceptionalKind::Outing, "Musée");
    let strike = said(ExceptionalKind::Strike, "Grève");
    let absent = said(ExceptionalKind::TeacherAbsent, "Mme Petit absente");
    let closure = said(ExceptionalKind::Closure, "Dégât des eaux");
    let of = |days: &[&ExceptionalDayRecord]| {
        let days: Vec<_> = days.iter().map(|day| (*day).clone()).collect();
        effect(&days, &canteen())
    };
    let musee = DayEffect::Away {
        words: "Musée".into(),
        picnic: true,
    };
    assert_eq!(of(&[&strike, &outing]), musee);
    assert_eq!(of(&[&outing, &strike]), musee);
    assert_eq!(of(&[&outing, &closure, &strike]), DayEffect::Drop);
    assert_eq!(of(&[&closure, &outing]), DayEffect::Drop);
    assert_eq!(
        of(&[&strike, &absent]),
        note("Grève · pique-nique · Mme Petit absente · pique-nique")
    );
    assert_eq!(of(&[&strike, &strike]), note("Grève · pique-nique"));
    assert_eq!(of(&[]), DayEffect::Keep);
}

#[test]
fn a_notice_says_what_whom_and_the_minimum_service() {
    let mut strike = day(ExceptionalKind::Strike, MealEffect::Kept);
    strike.words = "mouvement national.".into();
    assert_eq!(
        notice(&strike, "école Jean-Moulin"),
        "Grève, école Jean-Moulin\u{a0}: mouvement national."
    );
    strike.minimum_service = Some(MinimumService {
        activity: ActivityId(Uuid::from_u128(3)),
        site: SiteId(Uuid::from_u128(4)),
        opens: Minute::new(8, 30),
        closes: Minute::new(16, 30),
    });
    assert_eq!(
        notice(&strike, "école Jean-Moulin"),
        "Grève, école Jean-Moulin\u{a0}: mouvement national. Service minimum d’accueil de 8\u{a0}h\u{a0}30 à 16\u{a0}h\u{a0}30."
    );
}
