//! A town whose families wait for booking to open: one child each, one activity, fewer places than children.

use shared::calendar::{HolidayRegion, SchoolZone};
use shared::codec::Minute;
use shared::ids::{ActivityId, ChildId, GuardianId, HouseholdId, RuleSetId, ServiceId};
use shared::mode::Mode;
use shared::money::Cents;
use shared::operation::{
    ActivityRecord, Actor, Authority, Body, CalendarRecord, Case, Channel, ChildRecord, GuardianRecord,
    HouseholdRecord, Payment, Places, Price, RuleSetRecord, ServiceRecord, SiteRecord,
};
use sync_server::commune::Commune;
use sync_server::passwords;
use uuid::Uuid;

use crate::town::{FINE, child, site};

/// Everybody's password.
pub(super) const PASSWORD: &str = "un préau sous la pluie";
/// What they all want.
pub(super) const ACTIVITY: &str = "stage";
/// Its id.
const STAGE: ActivityId = ActivityId(Uuid::from_u128(0xab));
/// How many families are told of at once.
const CHUNK: usize = 250;

/// The nth family's login.
pub(super) fn login(n: usize) -> String {
    format!("famille{n}@rush.example")
}

/// The nth family's child.
pub(super) fn child_of(n: usize) -> ChildId {
    child(n)
}

/// Founds it all.
pub(super) fn found(commune: &Commune, families: usize, places: u32) {
    // One hash for everybody: each log-in verifies it all the same.
    let phc = passwords::hash(PASSWORD);
    submit(commune, town(places));
    let all: Vec<usize> = (0..families).collect();
    for some in all.chunks(CHUNK) {
        let bodies = some.iter().flat_map(|n| family(*n, &phc));
        submit(commune, bodies.collect());
    }
}

fn submit(commune: &Commune, bodies: Vec<Body>) {
    let make = |body| commune.operation(Actor::Host, Channel::Command, body);
    commune
        .submit_all(bodies.into_iter().map(make).collect())
        .expect(FINE);
}

fn town(places: u32) -> Vec<Body> {
    let service = ServiceId(Uuid::from_u128(0x5e));
    let record = ServiceRecord {
        retired: false,
        id: service,
        slug: "loisirs".parse().expect(FINE),
        name: "Loisirs".into(),
    };
    let hall = SiteRecord {
        nursery: false,
        retired: false,
        id: site(0),
        slug: "centre".parse().expect(FINE),
        name: "Centre de loisirs".into(),
        school: None,
        phone: None,
    };
    let activity = ActivityRecord {
        capacity: None,
        retired: false,
        id: STAGE,
        slug: ACTIVITY.parse().expect(FINE),
        name: "Stage de voile".into(),
        service,
        mode: Mode::Presence,
        weekdays: 0b1_1111,
        opens: Minute::new(9, 0),
        closes: Minute::new(17, 0),
        sites: vec![site(0)],
        formulas: Vec::new(),
    };
    let rules = RuleSetRecord {
        id: RuleSetId(Uuid::from_u128(0x5e7)),
        name: "Stage".into(),
        activities: vec![STAGE],
        from: "2026-09-01".parse().expect(FINE),
        until: None,
        live: true,
        openings: Vec::new(),
        add: Vec::new(),
        cancel: Vec::new(),
        conditions: Vec::new(),
        limits: Vec::new(),
        links: Vec::new(),
        groups: Vec::new(),
        places: vec![Places {
            case: Case::all(),
            group: None,
            from: None,
            until: None,
            places,
        }],
        waiting: None,
        prices: vec![Price {
            case: Case::all(),
            cents: Cents(1_200),
        }],
        payment: Payment::Billed,
    };
    let calendar = CalendarRecord {
        zone: SchoolZone::A,
        region: HolidayRegion::Metropole,
        good_friday: false,
        local: Vec::new(),
    };
    vec![
        Body::PutCalendar { calendar },
        Body::PutService { service: record },
        Body::PutSite { site: hall },
        Body::PutActivity { activity },
        Body::PutRules { rules },
    ]
}

fn family(n: usize, phc: &str) -> [Body; 3] {
    let household = HouseholdId(Uuid::from_u128(0xf0_0000 + n as u128));
    let guardian = GuardianId(Uuid::from_u128(0x9a_0000 + n as u128));
    let record = GuardianRecord {
        id: guardian,
        first_name: format!("Prénom{n}"),
        last_name: format!("Nom{n}"),
        email: Some(login(n)),
        phone: None,
        authority: Authority::Full,
    };
    let kid = ChildRecord {
        symbol: None,
        health: None,
        left_on: None,
        reference: None,
        id: child_of(n),
        first_name: format!("Enfant{n}"),
        last_name: format!("Nom{n}"),
        born: "2017-05-04".parse().expect(FINE),
        school: None,
        class: None,
        households: vec![household],
        badges: Vec::new(),
        must_know: None,
        phone: None,
    };
    [
        Body::PutHousehold {
            household: HouseholdRecord {
                id: household,
                name: format!("Nom{n}"),
                guardians: vec![record],
            },
        },
        Body::PutChild { child: kid },
        Body::SetGuardianLogin {
            guardian,
            login: login(n),
            phc: phc.into(),
            token: None,
        },
    ]
}
