//! Rules that make no sense do not go live, and what is read for a judgement stays a handful of queries.

use shared::codec::Minute;
use shared::ids::RuleSetId;
use shared::operation::{Body, BookingSettingsRecord, Count, Counted, Moment, Refusal, RuleSetRecord};
use uuid::Uuid;

use super::ground::{Booked, add, count, day, guardian_of, home_of, places, rules};
use crate::rules::{Children, Scope, ground};
use crate::store::{Read, Row, StoreError, Value};

#[test]
fn rules_that_make_no_sense_are_refused() {
    let town = Booked::new();
    let before = town.town.dump();
    let refused = |change: &dyn Fn(&mut RuleSetRecord)| {
        let mut set = rules();
        set.id = RuleSetId(Uuid::from_u128(0x99));
        set.from = day(60);
        change(&mut set);
        match town.does(Body::PutRules { rules: set }) {
            Err(crate::corridor::CorridorError::Refused(Refusal::Invalid(words))) => words,
            other => panic!("{other:?}"),
        }
    };
    let all: [&dyn Fn(&mut RuleSetRecord); 9] = [
        &|set| set.name = " ".into(),
        &|set| set.name = "x".repeat(121),
        &|set| set.until = Some(day(1)),
        &|set| set.activities.clear(),
        &|set| set.places = vec![places(Some("Petits"), 3)],
        &|set| set.prices[0].cents = shared::money::Cents(-1),
        &|set| set.prices = vec![set.prices[0].clone(); 201],
        &|set| set.add[0].case.weekdays = 0,
        &|set| {
            set.add[0].until = Moment::Days {
                days: 1,
                count: Count {
                    days: Counted::Worked,
                    skipped: 0x7f,
                },
                at: Minute::new(12, 0),
            };
        },
    ];
    for change in all {
        assert!(!refused(change).is_empty());
    }
    // Two sets of one activity that begin together contradict each other.
    let words = refused(&|set| set.from = day(0));
    assert!(words.contains("brouillon"), "{words}");
    assert!(before == town.town.dump(), "something changed");

    let settings = |hold_minutes| Body::PutBookingSettings {
        settings: BookingSettingsRecord {
            hold_minutes,
            phone: None,
            documents: vec!["Assurance".into()],
        },
    };
    let none = town.does(settings(0));
    assert!(none.is_err(), "{none:?}");
    town.does(settings(5)).unwrap();
    assert_eq!(
        town.holds(1, day(0)),
        Some(town.now().plus_ms(5 * super::ground::MINUTE_MS))
    );
}

/// Counts what is asked.
struct Counting<'r> {
    tx: &'r mut dyn Read,
    queries: usize,
}

impl Read for Counting<'_> {
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.queries += 1;
        self.tx.query(sql, params)
    }
}

#[test]
fn a_month_is_read_in_four_queries() {
    let town = Booked::new();
    town.books(1, &[add(1, day(0)), add(1, day(1))]);
    town.books(2, &[add(2, day(0))]);
    town.books(3, &[add(3, day(0))]);
    assert!(town.holds(4, day(1)).is_some());
    let scope = Scope {
        household: None,
        guardian: Some(guardian_of(1)),
        children: Children::OfHousehold,
        from: day(0),
        until: day(30),
        activities: None,
        carts: Some(shared::ids::CartId(Uuid::nil())),
        now: town.now(),
    };
    let (ground, queries) = town.read(|tx| {
        let mut counting = Counting { tx, queries: 0 };
        let ground = ground(&mut counting, &scope)?;
        Ok((ground, counting.queries))
    });
    assert_eq!(queries, 4);
    assert_eq!(ground.children.len(), 1, "nobody else's child");
    assert!(
        ground
            .children
            .values()
            .all(|child| child.decides && child.levels == ["CP"])
    );
    assert_eq!(ground.household.as_ref().map(|home| home.id), Some(home_of(1)));
    assert_eq!(ground.standing.len(), 2, "nobody else's reservations");
    let of = |date| super::ground::canteen(date);
    assert_eq!(ground.taken.get(&(of(day(0)), None)), Some(&2));
    assert_eq!(ground.queues.get(&of(day(0))).map(Vec::len), Some(1));
    assert_eq!(ground.held.get(&(of(day(1)), None)), Some(&1));
    let _ = count;
}
