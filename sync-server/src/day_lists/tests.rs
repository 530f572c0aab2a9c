//! What the town sets up and what its days bring, as lists show it.

use std::sync::Arc;

use chrono::NaiveDate;
use shared::calendar::{HolidayRegion, SchoolZone};
use shared::codec::{Blob, Minute};
use shared::day_list::{DayList, Standing, Symbol};
use shared::ids::{
    ActivityId, ChildId, ClassId, DeviceId, ExceptionalDayId, FormulaId, GuardianId, HouseholdId, MarkId,
    ReservationId, SchoolId, ServiceId, SiteId, StaffId,
};
use shared::mark::{Kind, Mark, pack};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, Actor, Authority, Body, CalendarRecord, Channel, ChildRecord, ClassRecord,
    ExceptionalDayRecord, ExceptionalKind, FormulaRecord, GuardianRecord, HouseholdRecord, LocalKind,
    LocalPeriod, Meal, MealEffect, MinimumService, ReceivedMark, ReservationLine, SchoolKind, SchoolRecord,
    ServiceRecord, SiteRecord, StaffRecord,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::{aliases_of, day_list, roster, site_card};
use crate::clock::Clock;
use crate::commune::Commune;
use crate::store::testing::Place;

/// Two sites, each in its school; the lists are those of a Tuesday.
struct Town {
    _place: Place,
    commune: Arc<Commune>,
}

const CP: u128 = 21;
const CM2: u128 = 22;
/// Léa, in CP at the first school.
const LEA: u128 = 31;
/// Tom, in CM2 at the first school.
const TOM: u128 = 32;
/// Zoé, of the second school.
const ZOE: u128 = 33;
const BEFORE: u128 = 41;
const CANTEEN: u128 = 42;
const AFTER: u128 = 43;
const MEAL: u128 = 51;

fn tuesday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn site(n: u128) -> SiteId {
    SiteId(Uuid::from_u128(n))
}

fn child(n: u128) -> ChildId {
    ChildId(Uuid::from_u128(n))
}

fn town() -> Town {
    let place = Place::new();
    let clock = Clock::starting_at(UtcMs::parse("2026-11-22T12:00:00Z").unwrap());
    let host = place.host(clock);
    let commune = host
        .create(&"ville".parse().unwrap(), "Ville", "Europe/Paris", "mairie")
        .unwrap();
    let town = Town {
        _place: place,
        commune,
    };
    for n in [1, 2] {
        town.put(Body::PutSchool { school: school(n) });
        town.put(Body::PutSite { site: site_record(n) });
    }
    for (id, name) in [(CP, "CP – Mme Petit"), (CM2, "CM2 – M. Roy")] {
        let class = ClassRecord {
            id: ClassId(Uuid::from_u128(id)),
            school: SchoolId(Uuid::from_u128(11)),
            name: name.into(),
            level: "CP".into(),
            retired: false,
        };
        town.put(Body::PutClass { class });
    }
    let service = ServiceRecord {
        id: ServiceId(Uuid::from_u128(60)),
        slug: "accueil".parse().unwrap(),
        name: "Accueil".into(),
        retired: false,
    };
    town.put(Body::PutService { service });
    town.put(Body::PutActivity {
        activity: activity(BEFORE, "matin", (7, 30), (8, 20)),
    });
    town.put(Body::PutActivity {
        activity: activity(CANTEEN, "cantine", (11, 45), (13, 30)),
    });
    town.put(Body::PutActivity {
        activity: activity(AFTER, "soir", (16, 30), (18, 30)),
    });
    let household = HouseholdRecord {
        id: HouseholdId(Uuid::from_u128(70)),
        name: "Martin".into(),
        guardians: vec![
            guardian(71, "Paul", Authority::None),
            guardian(72, "Anna", Authority::Full),
        ],
    };
    town.put(Body::PutHousehold { household });
    for (n, first, school, class) in [
        (LEA, "Léa", 11, Some(CP)),
        (TOM, "Tom", 11, Some(CM2)),
        (ZOE, "Zoé", 12, None),
    ] {
        town.put(Body::PutChild {
            child: child_record(n, first, school, class),
        });
    }
    for (at, children) in [(1, [LEA, TOM].as_slice()), (2, &[ZOE])] {
        for (i, who) in (0..).zip(children) {
            for activity in [BEFORE, CANTEEN, AFTER] {
                town.reserve(at * 10_000 + i * 100 + activity, *who, activity, at);
            }
        }
    }
    town
}

fn school(n: u128) -> SchoolRecord {
    SchoolRecord {
        id: SchoolId(Uuid::from_u128(10 + n)),
        name: format!("École {n}"),
        kind: SchoolKind::Public,
        half_days: 8,
        starts: Minute::new(8, 30),
        ends: Minute::new(16, 30),
        retired: false,
    }
}

fn site_record(n: u128) -> SiteRecord {
    SiteRecord {
        id: site(n),
        slug: format!("site-{n}").parse().unwrap(),
        name: format!("Site {n}"),
        school: Some(SchoolId(Uuid::from_u128(10 + n))),
        phone: None,
        retired: false,
        nursery: n == 2,
    }
}

fn activity(n: u128, slug: &str, opens: (u16, u16), closes: (u16, u16)) -> ActivityRecord {
    let meal = FormulaRecord {
        id: FormulaId(Uuid::from_u128(MEAL)),
        slug: "repas".parse().unwrap(),
        name: "Repas".into(),
        meal: Meal::Meal,
    };
    ActivityRecord {
        id: ActivityId(Uuid::from_u128(n)),
        slug: slug.parse().unwrap(),
        name: slug.into(),
        service: ServiceId(Uuid::from_u128(60)),
        mode: Mode::ArrivalDeparture,
        weekdays: 0b1111,
        opens: Minute::new(opens.0, opens.1),
        closes: Minute::new(closes.0, closes.1),
        sites: vec![site(1), site(2)],
        formulas: if n == CANTEEN { vec![meal] } else { Vec::new() },
        retired: false,
        capacity: None,
    }
}

fn guardian(n: u128, first: &str, authority: Authority) -> GuardianRecord {
    GuardianRecord {
        id: GuardianId(Uuid::from_u128(n)),
        first_name: first.into(),
        last_name: "Martin".into(),
        email: None,
        phone: Some(format!("06 39 98 00 {n}")),
        authority,
    }
}

fn child_record(n: u128, first: &str, school: u128, class: Option<u128>) -> ChildRecord {
    ChildRecord {
        id: child(n),
        first_name: first.into(),
        last_name: "Martin".into(),
        born: NaiveDate::from_ymd_opt(2019, 5, 2).unwrap(),
        school: Some(SchoolId(Uuid::from_u128(school))),
        class: class.map(|class| ClassId(Uuid::from_u128(class))),
        households: vec![HouseholdId(Uuid::from_u128(70))],
        badges: Vec::new(),
        must_know: None,
        phone: None,
        symbol: Some(Symbol { colour: 2, shape: 3 }),
        health: Some("Asthme : inhalateur dans le sac.".into()),
        reference: None,
        left_on: None,
    }
}

fn exceptional(kind: ExceptionalKind, meals: MealEffect) -> ExceptionalDayRecord {
    ExceptionalDayRecord {
        id: ExceptionalDayId(Uuid::from_u128(80)),
        kind,
        from: tuesday(),
        until: None,
        schools: vec![SchoolId(Uuid::from_u128(11))],
        classes: Vec::new(),
        words: "Sortie au musée".into(),
        meals,
        minimum_service: None,
        sites: Vec::new(),
        services: Vec::new(),
        cancels: false,
    }
}

impl Town {
    fn put(&self, body: Body) {
        self.commune
            .submit(self.commune.operation(Actor::Host, Channel::Command, body))
            .unwrap();
    }

    /// Changes a thing over the version it is at.
    fn change(&self, body: Body, version: i64) {
        let mut operation = self.commune.operation(Actor::Host, Channel::Desk, body);
        operation.seen = Some(version);
        self.commune.submit(operation).unwrap();
    }

    fn reserve(&self, id: u128, who: u128, activity: u128, at: u128) {
        let line = ReservationLine {
            id: ReservationId(Uuid::from_u128(id)),
            child: child(who),
            activity: ActivityId(Uuid::from_u128(activity)),
            site: site(at),
            date: tuesday(),
            formula: None,
            group: None,
            sitting: None,
            table: None,
            expected_in: None,
            expected_out: None,
            comes_from: None,
            goes_to: None,
            household: None,
        };
        self.put(Body::Reserve { lines: vec![line] });
    }

    fn list(&self, at: u128) -> DayList {
        self.list_on(at, tuesday())
    }

    fn list_on(&self, at: u128, date: NaiveDate) -> DayList {
        self.commune
            .store
            .read(|tx| day_list(tx, site(at), date))
            .unwrap()
    }

    fn mark(&self, n: u128, at: u128, who: u128, time: &str, kind: Kind) -> MarkId {
        let mark = Mark {
            kind,
            child: Some(child(who)),
            activity: ActivityId(Uuid::from_u128(AFTER)),
            formula: None,
            device: DeviceId(Uuid::from_u128(90)),
            device_seq: u64::try_from(n).unwrap(),
            device_time: UtcMs::parse(time).unwrap(),
            mono_ms: 1,
            boot: 1,
            offset_ms: None,
            staff: None,
            stated: None,
            after: vec![],
            clock_doubted: false,
        };
        let id = MarkId(Uuid::from_u128(9_000 + n));
        let marks = vec![ReceivedMark {
            id,
            value: Blob(pack(&mark)),
            returned: false,
        }];
        self.put(Body::ReceiveMarks {
            device: mark.device,
            site: site(at),
            date: chrono::Datelike::num_days_from_ce(&tuesday()),
            marks,
        });
        id
    }
}

/// « matin Léa », « matin Tom », … with what stands beside them.
fn shown(list: &DayList) -> Vec<String> {
    list.rows
        .iter()
        .map(|row| {
            let activity = list.activities.iter().find(|a| a.id == row.activity).unwrap();
            let name = &list.child(row.child).unwrap().first_name;
            let beside = match (&row.standing, &row.note) {
                (Some(Standing::Away { words, picnic }), _) => format!(" away: {words} {picnic}"),
                (Some(Standing::Free), _) => " free".to_owned(),
                (Some(Standing::Guest { from }), _) => format!(" guest of {from}"),
                (None, Some(note)) => format!(" note: {note}"),
                (None, None) => String::new(),
            };
            format!("{} {name}{beside}", activity.slug)
        })
        .collect()
}

#[test]
fn a_card_holds_contacts_health_and_symbol_and_a_tablet_knows_the_other_sites() {
    let town = town();
    let list = town.list(1);
    let lea = list.child(child(LEA)).unwrap();
    let names: Vec<&str> = lea.contacts.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Anna Martin", "Paul Martin (sans autorité parentale)"]);
    assert_eq!(lea.symbol, Some(Symbol { colour: 2, shape: 3 }));
    assert!(lea.health.as_deref().unwrap().starts_with("Asthme"));
    let pin = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA".to_owned();
    for (n, until) in [(61, None), (62, Some(tuesday())), (63, tuesday().pred_opt())] {
        let staff = StaffRecord {
            id: StaffId(Uuid::from_u128(n)),
            name: format!("Animateur {n}"),
            role: "animateur".into(),
            sites: vec![site(1)],
            until,
        };
        town.put(Body::PutStaff { staff });
    }
    town.put(Body::SetStaffPin {
        staff: StaffId(Uuid::from_u128(61)),
        phc: Some(pin.clone()),
    });
    let card = town.commune.store.read(|tx| {
        let commune = ("Ville", town.commune.zone);
        site_card(tx, site(1), commune, town.commune.keys.notes, tuesday())
    });
    let card = card.unwrap();
    assert_eq!(card.others.len(), 1);
    assert!(!card.nursery);
    let staff: Vec<_> = card
        .staff
        .iter()
        .map(|s| (s.name.as_str(), s.pin.clone(), s.until))
        .collect();
    assert_eq!(
        staff,
        [
            ("Animateur 61", Some(pin), None),
            ("Animateur 62", None, Some(tuesday()))
        ]
    );
}

#[test]
fn a_child_who_left_is_on_no_list_and_no_roster_from_that_day_on() {
    let town = town();
    let mut tom = child_record(TOM, "Tom", 11, Some(CM2));
    tom.left_on = Some(tuesday());
    town.change(Body::PutChild { child: tom.clone() }, child_version(&town, TOM));
    assert_eq!(shown(&town.list(1)), ["matin Léa", "cantine Léa", "soir Léa"]);
    let names = |date| {
        let found = town.commune.store.read(|tx| roster(tx, date)).unwrap();
        found
            .children
            .into_iter()
            .map(|c| c.first_name)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(tuesday()), ["Léa", "Zoé"]);
    assert_eq!(names(tuesday().pred_opt().unwrap()), ["Léa", "Tom", "Zoé"]);
    tom.left_on = tuesday().succ_opt();
    town.change(Body::PutChild { child: tom }, child_version(&town, TOM));
    assert_eq!(shown(&town.list(1)).len(), 6, "the day before, Tom is expected");
}

fn child_version(town: &Town, n: u128) -> i64 {
    let sql = include_str!("../record/child/version.sql");
    let row = town.commune.store.read(|tx| tx.first(sql, &[child(n).into()]));
    row.unwrap().unwrap().int(0).unwrap()
}

#[test]
fn an_activity_no_longer_offered_stays_only_where_reservations_name_it() {
    let town = town();
    let monday = tuesday().pred_opt().unwrap();
    assert_eq!(town.list_on(1, monday).activities.len(), 3);
    let mut after = activity(AFTER, "soir", (16, 30), (18, 30));
    after.retired = true;
    let found = town
        .commune
        .store
        .read(|tx| crate::record::activity(tx, after.id));
    let (_, version) = found.unwrap().unwrap();
    town.change(Body::PutActivity { activity: after }, version);
    assert_eq!(town.list_on(1, monday).activities.len(), 2);
    assert_eq!(town.list(1).activities.len(), 3);
}

#[test]
fn a_closure_drops_the_rows_and_says_so() {
    let town = town();
    let mut closure = exceptional(ExceptionalKind::Closure, MealEffect::Cancelled);
    closure.words = "dégât des eaux".into();
    town.put(Body::PutExceptionalDay { day: closure.clone() });
    let list = town.list(1);
    assert!(list.rows.is_empty() && list.children.is_empty());
    assert_eq!(list.notices, ["Fermeture, École 1\u{a0}: dégât des eaux."]);
    assert_eq!(shown(&town.list(2)), ["matin Zoé", "cantine Zoé", "soir Zoé"]);
    assert!(town.list(2).notices.is_empty());
    town.put(Body::RemoveExceptionalDay { day: closure.id });
    assert_eq!(shown(&town.list(1)).len(), 6, "taken back, all is as it was");
}

#[test]
fn an_outing_takes_one_class_away_during_school_and_keeps_the_evening() {
    let town = town();
    let mut outing = exceptional(ExceptionalKind::Outing, MealEffect::Picnic);
    outing.schools.clear();
    outing.classes = vec![ClassId(Uuid::from_u128(CP))];
    town.put(Body::PutExceptionalDay { day: outing });
    let list = town.list(1);
    assert_eq!(
        shown(&list),
        [
            "matin Léa",
            "matin Tom",
            "cantine Léa away: Sortie au musée true",
            "cantine Tom",
            "soir Léa",
            "soir Tom",
        ]
    );
    assert_eq!(list.notices, ["Sortie, CP – Mme Petit\u{a0}: Sortie au musée."]);
}

#[test]
fn a_strike_with_minimum_service_lists_the_whole_school_free_to_come() {
    let town = town();
    let mut strike = exceptional(ExceptionalKind::Strike, MealEffect::Kept);
    strike.words = "Grève".into();
    strike.minimum_service = Some(MinimumService {
        activity: ActivityId(Uuid::from_u128(99)),
        site: site(2),
        opens: Minute::new(8, 30),
        closes: Minute::new(16, 30),
    });
    town.put(Body::PutExceptionalDay { day: strike });
    assert_eq!(shown(&town.list(1))[0], "matin Léa note: Grève");
    let list = town.list(2);
    assert_eq!(
        shown(&list),
        [
            "matin Zoé",
            "sma Léa free",
            "sma Tom free",
            "cantine Zoé",
            "soir Zoé"
        ]
    );
    assert_eq!(list.activity("sma").unwrap().name, "Service minimum d’accueil");
    assert!(list.child(child(LEA)).unwrap().contacts.len() == 2);
    let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
    let free = |n| town.list_on(2, day(n)).activity("sma").is_some();
    assert_eq!(
        [23, 24, 25, 26, 28, 30].map(free),
        [false, true, false, true, false, true]
    );
}

#[test]
fn a_child_sent_to_another_site_is_its_guest_for_what_is_still_to_come() {
    let town = town();
    let sent = Kind::Transfer { to: site(2) };
    let mark = town.mark(1, 1, LEA, "2026-11-24T13:00:00Z", sent);
    assert_eq!(
        shown(&town.list(2)),
        ["matin Zoé", "cantine Zoé", "soir Léa guest of Site 1", "soir Zoé"]
    );
    assert_eq!(shown(&town.list(1)).len(), 6, "its own site keeps its row");
    town.mark(2, 1, LEA, "2026-11-24T13:01:00Z", Kind::Void { replaces: mark });
    assert_eq!(shown(&town.list(2)), ["matin Zoé", "cantine Zoé", "soir Zoé"]);
}

#[test]
fn a_transfer_undone_before_it_came_never_shows() {
    let town = town();
    let transfer = MarkId(Uuid::from_u128(9_005));
    town.mark(
        6,
        1,
        LEA,
        "2026-11-24T13:01:00Z",
        Kind::Void { replaces: transfer },
    );
    let made = town.mark(5, 1, LEA, "2026-11-24T13:00:00Z", Kind::Transfer { to: site(2) });
    assert_eq!(made, transfer);
    assert_eq!(shown(&town.list(2)).len(), 3);
}

#[test]
fn an_unknown_child_recognised_is_named_on_the_lists_of_where_it_was_pointed() {
    let town = town();
    let unknown = child(777);
    let sealed = Blob(vec![1, 2, 3]);
    town.mark(1, 1, 777, "2026-11-24T15:31:00Z", Kind::Stranger { sealed });
    let cursor = town.commune.head().unwrap().seq;
    town.put(Body::AttachChild {
        unknown,
        child: child(ZOE),
    });
    let days = [site(1).into(), tuesday().into(), tuesday().into()];
    let touched = include_str!("../record/touched/days.sql");
    let touched = town.commune.store.read(|tx| tx.query(touched, &days));
    let newest = touched.unwrap().iter().map(|row| row.int(1).unwrap()).max();
    assert!(
        newest.unwrap() > i64::try_from(cursor).unwrap(),
        "the tablets must get the list again"
    );
    let list = town.list(1);
    assert_eq!(list.aliases.len(), 1);
    assert_eq!(
        (list.aliases[0].unknown, list.aliases[0].child),
        (unknown, child(ZOE))
    );
    assert!(town.list(2).aliases.is_empty());
    let all = town.commune.store.read(|tx| aliases_of(tx, tuesday())).unwrap();
    assert_eq!(all.get(&unknown), Some(&child(ZOE)));
}

#[test]
fn a_list_says_what_the_calendar_makes_of_its_day() {
    let town = town();
    let period = LocalPeriod {
        from: tuesday(),
        until: tuesday(),
        name: "Fête du village".into(),
        kind: LocalKind::Vacation,
    };
    let calendar = CalendarRecord {
        zone: SchoolZone::C,
        region: HolidayRegion::Metropole,
        good_friday: false,
        local: vec![period],
    };
    assert!(town.list(1).notices.is_empty());
    town.put(Body::PutCalendar { calendar });
    assert_eq!(town.list(1).notices, ["Fête du village\u{a0}: pas d’école."]);
    let on = |m, d| {
        town.list_on(1, NaiveDate::from_ymd_opt(2026, m, d).unwrap())
            .notices
    };
    assert_eq!(on(11, 11), ["Jour férié\u{a0}: Armistice de 1918."]);
    assert_eq!(on(12, 21), ["Vacances de Noël."]);
    assert!(on(11, 23).is_empty());
}
