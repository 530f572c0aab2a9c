use shared::calendar::{HolidayRegion, SchoolZone};
use shared::codec::Minute;
use shared::ids::{ActivityId, HouseholdId, RuleSetId, ServiceId, SiteId};
use shared::mode::Mode;
use shared::money::Cents;
use shared::operation::{
    ActivityRecord, Actor, Authority, Body, CalendarRecord, Case, Channel, ChildRecord, GuardianRecord,
    HouseholdRecord, Payment, Price, RuleSetRecord, ServiceRecord, SiteRecord,
};
use uuid::Uuid;

use super::*;
use crate::clock::Clock;
use crate::store::testing::Place as Stores;
use crate::store::{Row, Value};

const CLAIRE: GuardianId = GuardianId(Uuid::from_u128(2));
const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(0xa));
const JAURES: SiteId = SiteId(Uuid::from_u128(0x5));

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

/// A town with a canteen of ten places, and a household of so many children.
fn bodies(children: u128) -> Vec<Body> {
    let household = HouseholdId(Uuid::from_u128(1));
    let claire = GuardianRecord {
        id: CLAIRE,
        first_name: "Claire".into(),
        last_name: "Martin".into(),
        email: None,
        phone: None,
        authority: Authority::Full,
    };
    let service = ServiceId(Uuid::from_u128(0x5e));
    let mut bodies = vec![
        Body::PutSite {
            site: SiteRecord {
                nursery: false,
                retired: false,
                id: JAURES,
                slug: "jaures".parse().expect("a slug"),
                name: "École Jaurès".into(),
                school: None,
                phone: None,
            },
        },
        Body::PutService {
            service: ServiceRecord {
                retired: false,
                id: service,
                slug: "restauration".parse().expect("a slug"),
                name: "Restauration".into(),
            },
        },
        Body::PutActivity {
            activity: ActivityRecord {
                capacity: Some(10),
                retired: false,
                id: CANTEEN,
                slug: "cantine".parse().expect("a slug"),
                name: "Cantine".into(),
                service,
                mode: Mode::Presence,
                weekdays: 0b1_1111,
                opens: Minute::new(11, 30),
                closes: Minute::new(13, 30),
                sites: vec![JAURES],
                formulas: Vec::new(),
            },
        },
        Body::PutHousehold {
            household: HouseholdRecord {
                id: household,
                name: "Martin".into(),
                guardians: vec![claire],
            },
        },
        Body::PutCalendar {
            calendar: CalendarRecord {
                zone: SchoolZone::A,
                region: HolidayRegion::Metropole,
                good_friday: false,
                local: Vec::new(),
            },
        },
        Body::PutRules {
            rules: RuleSetRecord {
                id: RuleSetId(Uuid::from_u128(0x9)),
                name: "Cantine".into(),
                activities: vec![CANTEEN],
                from: "2026-09-01".parse().expect("a date"),
                until: None,
                live: true,
                openings: Vec::new(),
                add: Vec::new(),
                cancel: Vec::new(),
                conditions: Vec::new(),
                limits: Vec::new(),
                links: Vec::new(),
                groups: Vec::new(),
                places: Vec::new(),
                waiting: None,
                prices: vec![Price {
                    case: Case::all(),
                    cents: Cents(405),
                }],
                payment: Payment::Billed,
            },
        },
    ];
    bodies.extend((10..10 + children).map(|n| Body::PutChild {
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
    bodies
}

#[test]
fn a_grid_asks_five_things_of_the_store_whatever_the_days_and_children() {
    // With the session, which brings what pages are drawn with, they are six.
    let stores = Stores::new();
    let now = UtcMs::parse("2026-11-23T11:00:00Z").expect("an instant");
    let slug = "ville".parse().expect("a slug");
    let host = stores.host(Clock::starting_at(now));
    let commune = host
        .create(&slug, "Ville", "Europe/Paris", "mairie")
        .expect("a commune");
    for body in bodies(4) {
        let operation = commune.operation(Actor::Host, Channel::Command, body);
        commune.submit(operation).expect("taken");
    }
    for (span, children) in [(Span::Week, 4), (Span::Month, 4), (Span::Month, 1)] {
        let onlooker = Onlooker {
            frame: Frame {
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
            },
            guardian: CLAIRE,
            phone: None,
            token: Some("jeton".into()),
            shut: None,
            now,
            today: commune.today(),
        };
        let asked = Asked {
            span,
            date: commune.today(),
            child: (children == 1).then_some(ChildId(Uuid::from_u128(10))),
            service: None,
            site: None,
        };
        let (queries, view) = commune
            .store
            .read(move |tx| {
                let mut counted = Counted { tx, queries: 0 };
                let view = bookings(&mut counted, &asked, onlooker)?;
                Ok::<_, StoreError>((counted.queries, view))
            })
            .expect("a page");
        let view = view.expect("theirs");
        assert_eq!(view.children.len(), children);
        assert!(view.on_line && !view.children[0].days.is_empty());
        assert_eq!(queries, 5, "{span:?}");
    }
}
