//! What a town sets up and decides: written whole, refused without a trace, the same when replayed.

use chrono::NaiveDate;
use shared::calendar::{HolidayRegion, SchoolZone};
use shared::codec::{Blob, Hash32, Minute};
use shared::ids::{
    ActivityId, ChildId, DeviceId, ExceptionalDayId, FormulaId, HouseholdId, SchoolId, ServiceId, SiteId,
    StaffId,
};
use shared::mark::Kind;
use shared::operation::{
    ActivityRecord, AgentRecord, Body, CalendarRecord, ChildRecord, ExceptionalDayRecord, ExceptionalKind,
    FormulaRecord, HouseholdRecord, LocalKind, LocalPeriod, Meal, MealEffect, MinimumService, Outcome,
    Refusal, Role, SchoolKind, SchoolRecord, Settlement, SiteRecord, StaffRecord,
};
use uuid::Uuid;

use super::{Town, received, town};
use crate::corridor::CorridorError;
use crate::record;

const PIN: &str = "$argon2id$v=19$m=8192,t=2,p=1$c2FsdHNhbHQ$aGFzaA";

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
}

fn school() -> SchoolRecord {
    SchoolRecord {
        id: SchoolId(id(11)),
        name: "École Aristide".into(),
        kind: SchoolKind::Public,
        half_days: 9,
        starts: Minute::new(8, 30),
        ends: Minute::new(16, 30),
        retired: false,
    }
}

fn site() -> SiteRecord {
    SiteRecord {
        id: SiteId(id(12)),
        slug: "aristide".parse().unwrap(),
        name: "Accueil Aristide".into(),
        school: Some(SchoolId(id(11))),
        phone: None,
        retired: false,
        nursery: true,
    }
}

fn child(n: u128) -> ChildRecord {
    ChildRecord {
        id: ChildId(id(n)),
        first_name: "Léa".into(),
        last_name: "Martin".into(),
        born: NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(),
        school: Some(SchoolId(id(11))),
        class: None,
        households: Vec::new(),
        badges: Vec::new(),
        must_know: None,
        phone: None,
        symbol: None,
        health: Some("Asthme".into()),
        reference: None,
        left_on: None,
    }
}

fn strike() -> ExceptionalDayRecord {
    ExceptionalDayRecord {
        id: ExceptionalDayId(id(13)),
        kind: ExceptionalKind::Strike,
        from: day(24),
        until: None,
        schools: vec![SchoolId(id(11))],
        classes: Vec::new(),
        words: "Grève".into(),
        meals: MealEffect::Kept,
        minimum_service: Some(MinimumService {
            activity: ActivityId(id(14)),
            site: SiteId(id(12)),
            opens: Minute::new(8, 30),
            closes: Minute::new(16, 30),
        }),
        sites: Vec::new(),
        services: Vec::new(),
        cancels: false,
    }
}

fn calendar() -> CalendarRecord {
    CalendarRecord {
        zone: SchoolZone::C,
        region: HolidayRegion::Metropole,
        good_friday: false,
        local: Vec::new(),
    }
}

fn staff() -> StaffRecord {
    StaffRecord {
        id: StaffId(id(15)),
        name: "Nora".into(),
        role: "atsem".into(),
        sites: vec![SiteId(id(12))],
        until: Some(day(30)),
    }
}

fn aside(n: u8, device: DeviceId, site: SiteId) -> Body {
    Body::Quarantine {
        device,
        site,
        date: 739_943,
        reason: "withdrawn_device".into(),
        hash: Hash32([n; 32]),
        payload: Blob(vec![n]),
    }
}

fn taken(n: u8, marks: Vec<shared::operation::ReceivedMark>) -> Body {
    Body::SettleQuarantine {
        hash: Hash32([n; 32]),
        settlement: Settlement::Taken { marks },
    }
}

/// One of each new kind, over a town that has the site already.
pub(super) fn decisions(device: DeviceId, at: SiteId) -> Vec<Body> {
    let unknown = ChildId(id(7));
    let sealed = Blob(vec![1]);
    vec![
        Body::PutSchool { school: school() },
        Body::PutSite { site: site() },
        Body::PutStaff { staff: staff() },
        Body::SetStaffPin {
            staff: staff().id,
            phc: Some(PIN.into()),
        },
        Body::PutChild { child: child(600) },
        Body::PutExceptionalDay { day: strike() },
        aside(1, device, at),
        aside(2, device, at),
        taken(
            1,
            vec![
                received(device, 3, Kind::Stranger { sealed }),
                received(device, 4, Kind::Transfer { to: site().id }),
                received(device, 5, Kind::Transfer { to: site().id }),
                received(
                    device,
                    6,
                    Kind::Void {
                        replaces: received(device, 5, Kind::In).id,
                    },
                ),
            ],
        ),
        Body::SettleQuarantine {
            hash: Hash32([2; 32]),
            settlement: Settlement::Left,
        },
        Body::AttachChild {
            unknown,
            child: ChildId(id(600)),
        },
        Body::PutExceptionalDay {
            day: ExceptionalDayRecord {
                id: ExceptionalDayId(id(16)),
                minimum_service: None,
                ..strike()
            },
        },
        Body::RemoveExceptionalDay {
            day: ExceptionalDayId(id(16)),
        },
    ]
}

impl Town {
    fn put(&self, body: Body) -> Outcome {
        self.commune.submit(self.operation(body)).unwrap().outcome
    }

    fn refused(&self, body: Body) -> Refusal {
        let before = self.dump();
        let found = match self.commune.submit(self.operation(body)) {
            Err(CorridorError::Refused(refusal)) => refusal,
            other => panic!("refused was expected: {other:?}"),
        };
        assert!(self.dump() == before, "a refused operation wrote something");
        found
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&mut dyn crate::store::Read) -> Result<T, crate::store::StoreError>,
    ) -> T {
        self.commune.store.read(work).unwrap()
    }
}

fn set_up() -> Town {
    let town = town();
    town.put(Body::PutSchool { school: school() });
    town.put(Body::PutSite { site: site() });
    town.put(Body::PutStaff { staff: staff() });
    town.put(Body::PutChild { child: child(600) });
    town
}

#[test]
fn what_is_put_is_read_back_whole() {
    let town = set_up();
    let service = shared::operation::ServiceRecord {
        id: ServiceId(id(17)),
        slug: "accueil".parse().unwrap(),
        name: "Accueil".into(),
        retired: true,
    };
    town.put(Body::PutService {
        service: service.clone(),
    });
    town.put(Body::PutActivity { activity: activity() });
    let director = AgentRecord {
        id: shared::ids::AgentId(id(18)),
        email: "d@example.fr".into(),
        name: "D".into(),
        role: Role::Directeur,
        sites: vec![site().id],
    };
    town.put(Body::PutAgent {
        agent: director.clone(),
    });
    town.put(Body::PutCalendar { calendar: calendar() });
    town.put(Body::PutExceptionalDay { day: strike() });
    assert_eq!(
        town.read(|tx| record::school(tx, school().id)).unwrap().0,
        school()
    );
    assert_eq!(town.read(|tx| record::site(tx, site().id)).unwrap().0, site());
    assert_eq!(
        town.read(|tx| record::service(tx, service.id)).unwrap().0,
        service
    );
    assert_eq!(
        town.read(|tx| record::activity(tx, activity().id)).unwrap().0,
        activity()
    );
    assert_eq!(
        town.read(|tx| record::staff_member(tx, staff().id)).unwrap().0,
        staff()
    );
    assert_eq!(
        town.read(|tx| record::agent(tx, director.id)).unwrap().0,
        director
    );
    assert_eq!(town.read(record::calendar).unwrap().0, calendar());
    assert_eq!(
        town.read(|tx| record::exceptional_day(tx, strike().id))
            .unwrap()
            .0,
        strike()
    );
    assert_eq!(town.read(|tx| record::exceptional_days_of(tx, day(30))).len(), 1);
    assert!(
        town.read(|tx| record::exceptional_days_of(tx, day(23)))
            .is_empty()
    );
    assert!(town.read(record::staff_with_pin).is_empty());
    town.put(Body::SetStaffPin {
        staff: staff().id,
        phc: Some(PIN.into()),
    });
    assert_eq!(town.read(record::staff_with_pin).len(), 1);
    town.put(Body::SetStaffPin {
        staff: staff().id,
        phc: None,
    });
    assert!(town.read(record::staff_with_pin).is_empty());
}

fn activity() -> ActivityRecord {
    let formula = |n, slug: &str| FormulaRecord {
        id: FormulaId(id(n)),
        slug: slug.parse().unwrap(),
        name: slug.into(),
        meal: Meal::Meal,
    };
    ActivityRecord {
        id: ActivityId(id(19)),
        slug: "cantine".parse().unwrap(),
        name: "Cantine".into(),
        service: ServiceId(id(17)),
        mode: shared::mode::Mode::Presence,
        weekdays: 0b1111,
        opens: Minute::new(11, 45),
        closes: Minute::new(13, 30),
        sites: vec![site().id],
        formulas: vec![formula(20, "repas"), formula(21, "panier")],
        retired: false,
        capacity: Some(60),
    }
}

#[test]
fn a_formula_no_longer_offered_is_no_longer_read_and_a_guardian_left_out_is_gone() {
    let town = set_up();
    let service = shared::operation::ServiceRecord {
        id: ServiceId(id(17)),
        slug: "accueil".parse().unwrap(),
        name: "Accueil".into(),
        retired: false,
    };
    town.put(Body::PutService { service });
    let Outcome::Version(version) = town.put(Body::PutActivity { activity: activity() }) else {
        panic!("a version was expected")
    };
    let mut fewer = activity();
    fewer.formulas.truncate(1);
    let mut change = town.operation(Body::PutActivity {
        activity: fewer.clone(),
    });
    change.seen = Some(version);
    town.commune.submit(change).unwrap();
    assert_eq!(town.read(|tx| record::activity(tx, fewer.id)).unwrap().0, fewer);

    let guardian = |n| shared::operation::GuardianRecord {
        id: shared::ids::GuardianId(id(n)),
        first_name: "Anna".into(),
        last_name: "Martin".into(),
        email: None,
        phone: None,
        authority: shared::operation::Authority::Full,
    };
    let mut household = HouseholdRecord {
        id: HouseholdId(id(30)),
        name: "Martin".into(),
        guardians: vec![guardian(31), guardian(32)],
    };
    let Outcome::Version(version) = town.put(Body::PutHousehold {
        household: household.clone(),
    }) else {
        panic!("a version was expected")
    };
    household.guardians.truncate(1);
    let mut change = town.operation(Body::PutHousehold { household });
    change.seen = Some(version);
    town.commune.submit(change).unwrap();
    assert_eq!(town.read(|tx| tx.query("select id from guardian", &[])).len(), 1);
}

#[test]
fn fields_that_do_not_fit_are_refused_in_words() {
    let town = set_up();
    let late = |mut school: SchoolRecord| {
        school.id = SchoolId(id(40));
        school.ends = Minute::new(8, 0);
        school
    };
    let period = LocalPeriod {
        from: day(25),
        until: day(24),
        name: "Pont".into(),
        kind: LocalKind::Closed,
    };
    let refused: Vec<(Body, &str)> = vec![
        (
            Body::PutSchool {
                school: late(school()),
            },
            "L’heure de fin",
        ),
        (
            Body::PutSite {
                site: SiteRecord {
                    id: SiteId(id(41)),
                    slug: "b".parse().unwrap(),
                    name: " ".into(),
                    ..site()
                },
            },
            "Indiquez un nom.",
        ),
        (
            Body::PutSite {
                site: SiteRecord {
                    id: SiteId(id(41)),
                    slug: "b".parse().unwrap(),
                    school: Some(SchoolId(id(99))),
                    ..site()
                },
            },
            "Introuvable : cette école",
        ),
        (
            Body::PutStaff {
                staff: StaffRecord {
                    id: StaffId(id(42)),
                    role: "roi".into(),
                    ..staff()
                },
            },
            "Choisissez un rôle",
        ),
        (
            Body::SetStaffPin {
                staff: StaffId(id(42)),
                phc: None,
            },
            "Introuvable",
        ),
        (
            Body::SetStaffPin {
                staff: staff().id,
                phc: Some("1234".into()),
            },
            "Le code personnel",
        ),
        (
            Body::PutChild {
                child: ChildRecord {
                    born: day(30).succ_opt().unwrap(),
                    ..child(601)
                },
            },
            "La date de naissance",
        ),
        (
            Body::PutChild {
                child: ChildRecord {
                    first_name: String::new(),
                    ..child(601)
                },
            },
            "Indiquez un nom.",
        ),
        (
            Body::PutCalendar {
                calendar: CalendarRecord {
                    local: vec![period],
                    ..calendar()
                },
            },
            "Le dernier jour",
        ),
        (
            Body::PutExceptionalDay {
                day: ExceptionalDayRecord {
                    until: Some(day(23)),
                    ..strike()
                },
            },
            "Le dernier jour",
        ),
        (
            Body::PutExceptionalDay {
                day: ExceptionalDayRecord {
                    words: " ".into(),
                    ..strike()
                },
            },
            "Dites en quelques mots",
        ),
        (
            Body::PutExceptionalDay {
                day: ExceptionalDayRecord {
                    schools: Vec::new(),
                    ..strike()
                },
            },
            "Choisissez au moins une école",
        ),
        (
            Body::PutExceptionalDay {
                day: ExceptionalDayRecord {
                    kind: ExceptionalKind::Outing,
                    ..strike()
                },
            },
            "Le service minimum",
        ),
        (
            Body::PutExceptionalDay {
                day: ExceptionalDayRecord {
                    schools: vec![SchoolId(id(99))],
                    ..strike()
                },
            },
            "Introuvable : cette école",
        ),
        (Body::RemoveExceptionalDay { day: strike().id }, "Introuvable"),
        (
            Body::AttachChild {
                unknown: ChildId(id(7)),
                child: ChildId(id(8)),
            },
            "Introuvable : cet enfant",
        ),
        (
            Body::AttachChild {
                unknown: ChildId(id(600)),
                child: ChildId(id(600)),
            },
            "Cet enfant est déjà connu.",
        ),
        (
            Body::SettleQuarantine {
                hash: Hash32([1; 32]),
                settlement: Settlement::Left,
            },
            "Introuvable : cet envoi",
        ),
    ];
    for (body, words) in refused {
        let said = town.refused(body).to_string();
        assert!(said.starts_with(words), "« {said} » should begin « {words} »");
    }
}

#[test]
fn a_payload_is_settled_once_and_its_bytes_stay() {
    let town = set_up();
    let device = DeviceId(id(3));
    town.put(aside(1, device, site().id));
    let marks = vec![received(device, 1, Kind::In)];
    let outcome = town.put(taken(1, marks.clone()));
    assert_eq!(
        outcome,
        Outcome::Marks {
            stored: 1,
            already: 0
        }
    );
    assert_eq!(
        town.refused(taken(1, marks)).to_string(),
        "Quelqu’un a déjà décidé de cet envoi. Rechargez la page."
    );
    let row = town.read(|tx| tx.query("select settled, payload from quarantine", &[]));
    assert_eq!(
        (row[0].text(0).unwrap().as_str(), row[0].bytes(1).unwrap()),
        ("taken", vec![1])
    );
    let report = crate::verify::verify(&town.commune).unwrap();
    assert_eq!(
        (report.problems, report.marks, report.sheets),
        (Vec::<String>::new(), 1, 1)
    );
}

#[test]
fn a_child_attached_twice_changes_nothing_and_the_newer_word_counts() {
    let town = set_up();
    town.put(Body::PutChild { child: child(601) });
    let attach = |n| Body::AttachChild {
        unknown: ChildId(id(7)),
        child: ChildId(id(n)),
    };
    town.put(attach(600));
    let before = town.dump();
    town.put(attach(600));
    assert!(town.dump() == before);
    town.put(attach(601));
    let rows = town.read(|tx| tx.query("select child from alias", &[]));
    assert_eq!((rows.len(), rows[0].uuid(0).unwrap()), (1, id(601)));
}
