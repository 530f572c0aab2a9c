use shared::ids::{ChildId, HouseholdId};
use shared::operation::{Actor, Authority, Body, Channel, ChildRecord, GuardianRecord, HouseholdRecord};
use uuid::Uuid;

use super::*;
use crate::clock::Clock;
use crate::store::testing::Place as Stores;
use crate::store::{Row, Value};

/// Counts what is asked of a transaction.
struct Counted<'t> {
    tx: &'t mut dyn Read,
    queries: usize,
}

impl Read for Counted<'_> {
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.queries += 1;
        self.tx.query(sql, params)
    }
}

fn frame() -> Frame {
    Frame {
        slug: "ville".into(),
        commune: "Ville".into(),
        logo: None,
        colours: None,
        unopened_tabs: Vec::new(),
        codes: false,
        here: None,
        person: None,
        closed: Vec::new(),
        at_door: false,
        done: None,
    }
}

#[test]
fn home_asks_five_things_of_the_store_whatever_the_number_of_children() {
    let stores = Stores::new();
    let now = UtcMs::parse("2026-11-23T11:00:00Z").expect("an instant");
    let slug = "ville".parse().expect("a slug");
    let host = stores.host(Clock::starting_at(now));
    let commune = host
        .create(&slug, "Ville", "Europe/Paris", "mairie")
        .expect("a commune");
    let household = HouseholdId(Uuid::from_u128(1));
    let guardian = GuardianId(Uuid::from_u128(2));
    let record = GuardianRecord {
        id: guardian,
        first_name: "Claire".into(),
        last_name: "Martin".into(),
        email: None,
        phone: None,
        authority: Authority::Full,
    };
    let home_of = HouseholdRecord {
        id: household,
        name: "Martin".into(),
        guardians: vec![record],
    };
    let mut bodies = vec![Body::PutHousehold { household: home_of }];
    bodies.extend((10..14).map(|n| Body::PutChild {
        child: ChildRecord {
            id: ChildId(Uuid::from_u128(n)),
            first_name: format!("Enfant {n}"),
            last_name: "Martin".into(),
            born: "2018-05-04".parse().expect("a date"),
            school: None,
            class: None,
            households: vec![household],
            badges: Vec::new(),
            must_know: None,
            phone: None,
            symbol: None,
            health: None,
            reference: None,
            left_on: None,
        },
    }));
    for body in bodies {
        let operation = commune.operation(Actor::Host, Channel::Command, body);
        commune.submit(operation).expect("taken");
    }
    let onlooker = Onlooker {
        frame: frame(),
        guardian,
        first_name: "Claire".into(),
        phone: None,
        bookings_open: true,
        may_book: true,
        requests_open: true,
        shut: Shut::default(),
    };
    let moment = Moment {
        now,
        today: commune.today(),
        zone: commune.zone,
    };
    let (queries, view) = commune
        .store
        .read(move |tx| {
            let mut counted = Counted { tx, queries: 0 };
            let view = home(&mut counted, onlooker, moment)?;
            Ok::<_, StoreError>((counted.queries, view))
        })
        .expect("a page");
    assert_eq!(view.children.len(), 4);
    assert_eq!(queries, 5);
}
