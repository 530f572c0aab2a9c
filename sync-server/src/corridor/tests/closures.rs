//! Closures that cancel what they meet, and give it back. It is Sunday 22 November 2026, 13 h in Paris.

use chrono::NaiveDate;
use shared::codec::Minute;
use shared::ids::{
    ActivityId, ChildId, ClassId, ExceptionalDayId, ReservationId, SchoolId, ServiceId, SiteId,
};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, Body, ChildRecord, ClassRecord, ExceptionalDayRecord, ExceptionalKind, MealEffect,
    Refusal, ReservationLine, SchoolKind, SchoolRecord, ServiceRecord, SiteRecord,
};
use uuid::Uuid;

use super::replayed::{entries, replay};
use super::{Town, dump};
use crate::corridor::CorridorError;
use crate::store::Row;

const JAURES: SiteId = SiteId(Uuid::from_u128(0x51));
const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(0x11));
const CP: ClassId = ClassId(Uuid::from_u128(0x21));
const CM2: ClassId = ClassId(Uuid::from_u128(0x22));
const MEALS: ServiceId = ServiceId(Uuid::from_u128(0x61));
const CARE: ServiceId = ServiceId(Uuid::from_u128(0x62));
const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(0xa1));
const EVENING: ActivityId = ActivityId(Uuid::from_u128(0xa2));
/// In CP.
const LEA: ChildId = ChildId(Uuid::from_u128(0xc1));
/// In CM2.
const TOM: ChildId = ChildId(Uuid::from_u128(0xc2));

fn on(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn activity(id: ActivityId, slug: &str, service: ServiceId, opens: u16, capacity: Option<u32>) -> Body {
    Body::PutActivity {
        activity: ActivityRecord {
            capacity,
            retired: false,
            id,
            slug: slug.parse().unwrap(),
            name: slug.into(),
            service,
            mode: Mode::Presence,
            weekdays: 0x7f,
            opens: Minute::new(opens, 30),
            closes: Minute::new(opens + 2, 0),
            sites: vec![JAURES],
            formulas: Vec::new(),
        },
    }
}

fn child(id: ChildId, first_name: &str, class: ClassId, left_on: Option<NaiveDate>) -> Body {
    Body::PutChild {
        child: ChildRecord {
            symbol: None,
            health: None,
            left_on,
            reference: None,
            id,
            first_name: first_name.into(),
            last_name: "Martin".into(),
            born: "2018-05-04".parse().unwrap(),
            school: Some(SCHOOL),
            class: Some(class),
            households: Vec::new(),
            badges: Vec::new(),
            must_know: None,
            phone: None,
        },
    }
}

fn line(n: u128, child: ChildId, activity: ActivityId, day: u32) -> ReservationLine {
    ReservationLine {
        id: ReservationId(Uuid::from_u128(n)),
        child,
        activity,
        site: JAURES,
        date: on(day),
        formula: None,
        group: Some("Les lynx".into()),
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    }
}

/// Léa eats on Monday (1) and Tuesday (2) and stays on Monday evening (3); Tom eats on Monday (4). The canteen has as
/// many places as is said.
fn town(places: Option<u32>) -> Town {
    let town = super::town();
    let site = SiteRecord {
        nursery: false,
        retired: false,
        id: JAURES,
        slug: "jaures".parse().unwrap(),
        name: "École Jaurès".into(),
        school: Some(SCHOOL),
        phone: None,
    };
    let school = SchoolRecord {
        id: SCHOOL,
        name: "École Jaurès".into(),
        kind: SchoolKind::Public,
        half_days: 8,
        starts: Minute::new(8, 30),
        ends: Minute::new(16, 30),
        retired: false,
    };
    let class = |id, name: &str| Body::PutClass {
        class: ClassRecord {
            id,
            school: SCHOOL,
            name: name.into(),
            level: name.into(),
            retired: false,
        },
    };
    let service = |id, slug: &str| Body::PutService {
        service: ServiceRecord {
            retired: false,
            id,
            slug: slug.parse().unwrap(),
            name: slug.into(),
        },
    };
    for body in [
        Body::PutSchool { school },
        Body::PutSite { site },
        class(CP, "CP"),
        class(CM2, "CM2"),
        service(MEALS, "restauration"),
        service(CARE, "periscolaire"),
        activity(CANTEEN, "cantine", MEALS, 11, places),
        activity(EVENING, "soir", CARE, 16, None),
        child(LEA, "Léa", CP, None),
        child(TOM, "Tom", CM2, None),
    ] {
        town.enters(body, None).unwrap();
    }
    town
}

fn booked(places: Option<u32>) -> Town {
    let town = town(places);
    town.books(vec![
        line(1, LEA, CANTEEN, 23),
        line(2, LEA, CANTEEN, 24),
        line(3, LEA, EVENING, 23),
        line(4, TOM, CANTEEN, 23),
    ]);
    town
}

fn closure(n: u128, from: u32, until: u32) -> ExceptionalDayRecord {
    ExceptionalDayRecord {
        id: ExceptionalDayId(Uuid::from_u128(n)),
        kind: ExceptionalKind::Closure,
        from: on(from),
        until: Some(on(until)),
        schools: Vec::new(),
        classes: Vec::new(),
        words: "Panne de chaudière".into(),
        meals: MealEffect::Cancelled,
        minimum_service: None,
        sites: Vec::new(),
        services: vec![MEALS],
        cancels: true,
    }
}

/// How a reservation stands: `None` where it does, else the closure that cancelled it, 0 where none did.
type Stand = Option<u128>;

impl Town {
    fn enters(&self, body: Body, seen: Option<i64>) -> Result<(), CorridorError> {
        let mut operation = self.operation(body);
        operation.seen = seen;
        self.commune.submit(operation).map(drop)
    }

    fn books(&self, lines: Vec<ReservationLine>) {
        self.enters(Body::Reserve { lines }, None).unwrap();
    }

    fn row(&self, sql: &str, id: u128) -> Row {
        let id = Uuid::from_u128(id);
        let row = self.commune.store.read(|tx| tx.first(sql, &[id.into()]));
        row.unwrap().unwrap()
    }

    fn closes(&self, day: ExceptionalDayRecord) {
        let sql = "select version from exceptional_day where id = ?1";
        let found = self.commune.store.read(|tx| tx.first(sql, &[day.id.into()]));
        let seen = found.unwrap().map(|row| row.int(0).unwrap());
        self.enters(Body::PutExceptionalDay { day }, seen).unwrap();
    }

    fn lifts(&self, n: u128) {
        let day = ExceptionalDayId(Uuid::from_u128(n));
        self.enters(Body::RemoveExceptionalDay { day }, None).unwrap();
    }

    fn stands(&self, reservations: &[u128]) -> Vec<Stand> {
        let sql = "select cancelled_at, by_closure from reservation where id = ?1";
        let of = |id: &u128| {
            let row = self.row(sql, *id);
            let by = row.opt(1, Row::uuid).unwrap().map_or(0, |id| id.as_u128());
            (!row.is_null(0)).then_some(by)
        };
        reservations.iter().map(of).collect()
    }

    fn wishes(&self) -> Vec<(String, String, u128)> {
        let sql = "select kind, state, about_reservation from wish order by id";
        let rows = self.commune.store.read(|tx| tx.query(sql, &[])).unwrap();
        rows.iter()
            .map(|row| {
                let about = row.uuid(2).unwrap().as_u128();
                (row.text(0).unwrap(), row.text(1).unwrap(), about)
            })
            .collect()
    }

    fn is_the_same_after_a_replay(&self) {
        let copied = replay(self, entries(self)).unwrap().read(dump).unwrap();
        for (original, copied) in self.dump().into_iter().zip(copied) {
            assert!(original == copied, "table {} differs", original.0);
        }
    }
}

#[test]
fn a_closed_service_cancels_what_is_of_it_and_gives_back_what_a_shorter_one_no_longer_meets() {
    let town = booked(None);
    town.closes(closure(0xf1, 23, 24));
    assert_eq!(
        town.stands(&[1, 2, 3, 4]),
        [Some(0xf1), Some(0xf1), None, Some(0xf1)]
    );
    // It turns out that only Tuesday is closed.
    town.closes(closure(0xf1, 24, 24));
    assert_eq!(town.stands(&[1, 2, 3, 4]), [None, Some(0xf1), None, None]);
    town.lifts(0xf1);
    assert_eq!(town.stands(&[1, 2, 3, 4]), [None; 4]);
    let sql = "select due_cents, credited_cents, group_name from reservation where id = ?1";
    let back = town.row(sql, 2);
    assert!(back.is_null(0) && back.is_null(1));
    assert_eq!(back.text(2).unwrap(), "Les lynx", "it comes back as it was");
    town.is_the_same_after_a_replay();
}

#[test]
fn a_closure_that_only_suspends_cancels_nothing_and_may_be_changed_into_one_that_does() {
    let town = booked(None);
    let freezes = ExceptionalDayRecord {
        cancels: false,
        ..closure(0xf1, 23, 24)
    };
    town.closes(freezes.clone());
    assert_eq!(town.stands(&[1, 2, 3, 4]), [None; 4]);
    town.closes(closure(0xf1, 23, 24));
    assert_eq!(town.stands(&[1, 3]), [Some(0xf1), None]);
    town.closes(freezes);
    assert_eq!(town.stands(&[1, 2, 3, 4]), [None; 4]);
    town.is_the_same_after_a_replay();
}

#[test]
fn over_a_day_with_two_closures_the_second_keeps_what_the_first_gives_back() {
    let town = booked(None);
    town.closes(closure(0xf1, 23, 24));
    let of_cp = ExceptionalDayRecord {
        classes: vec![CP],
        services: Vec::new(),
        ..closure(0xf2, 23, 23)
    };
    town.closes(of_cp);
    // The first keeps what it cancelled; Léa's evening is the second's.
    assert_eq!(
        town.stands(&[1, 2, 3, 4]),
        [Some(0xf1), Some(0xf1), Some(0xf2), Some(0xf1)]
    );
    town.lifts(0xf1);
    assert_eq!(town.stands(&[1, 2, 3, 4]), [Some(0xf2), None, Some(0xf2), None]);
    town.lifts(0xf2);
    assert_eq!(town.stands(&[1, 2, 3, 4]), [None; 4]);
    town.is_the_same_after_a_replay();
}

#[test]
fn what_a_family_cancels_meanwhile_does_not_come_back() {
    let town = booked(None);
    let cancels = || {
        let reservations = vec![ReservationId(Uuid::from_u128(1))];
        town.enters(Body::CancelReservations { reservations }, None)
            .unwrap();
    };
    town.closes(closure(0xf1, 23, 24));
    cancels();
    let head = town.commune.head().unwrap().seq;
    cancels();
    assert_eq!(town.commune.head().unwrap().seq, head, "said twice, done once");
    town.lifts(0xf1);
    assert_eq!(town.stands(&[1, 2]), [Some(0), None]);
    town.is_the_same_after_a_replay();
}

#[test]
fn whose_place_was_taken_meanwhile_is_a_request_and_nobody_is_forgotten() {
    let town = town(Some(1));
    town.books(vec![line(1, LEA, CANTEEN, 23), line(2, LEA, CANTEEN, 24)]);
    let of_cp = ExceptionalDayRecord {
        classes: vec![CP],
        ..closure(0xf1, 23, 24)
    };
    town.closes(of_cp);
    // Tom takes the place that the closed class left free on Monday.
    town.books(vec![line(4, TOM, CANTEEN, 23)]);
    town.lifts(0xf1);
    assert_eq!(town.stands(&[1, 2, 4]), [Some(0), None, None]);
    assert_eq!(town.wishes(), [("add".into(), "open".into(), 1)]);
    town.is_the_same_after_a_replay();
}

#[test]
fn who_stands_there_again_or_has_left_gets_nothing_twice() {
    let town = booked(None);
    town.closes(closure(0xf1, 23, 24));
    // The town hall booked Léa's Monday anew all the same, and Tom leaves.
    town.books(vec![line(9, LEA, CANTEEN, 23)]);
    let version = town.row("select version from child where id = ?1", TOM.0.as_u128());
    town.enters(
        child(TOM, "Tom", CM2, Some(on(23))),
        Some(version.int(0).unwrap()),
    )
    .unwrap();
    town.lifts(0xf1);
    assert_eq!(town.stands(&[1, 2, 4, 9]), [Some(0), None, Some(0xf1), None]);
    assert!(town.wishes().is_empty());
    town.is_the_same_after_a_replay();
}

#[test]
fn what_has_begun_is_left_alone_in_both_directions() {
    let town = town(None);
    // Today, at 11 h 30 and at 16 h 30; it is 13 h.
    town.books(vec![line(1, LEA, CANTEEN, 22), line(2, LEA, EVENING, 22)]);
    let all = ExceptionalDayRecord {
        services: Vec::new(),
        sites: vec![JAURES],
        ..closure(0xf1, 20, 22)
    };
    town.closes(all);
    assert_eq!(town.stands(&[1, 2]), [None, Some(0xf1)]);
    town.lifts(0xf1);
    assert_eq!(town.stands(&[1, 2]), [None, None]);
}

#[test]
fn what_was_paid_is_credited_and_no_longer_once_it_stands_again() {
    let town = booked(None);
    let paid = "update reservation set total_cents = 450, paid_at = 1 where id = ?1";
    let waits = "update reservation set total_cents = 450, pay_until = ?2 where id = ?1";
    let until = town.commune.clock.now().plus_ms(600_000);
    let id = |n| Uuid::from_u128(n);
    town.commune
        .store
        .write(move |tx| {
            tx.execute(paid, &[id(1).into()])?;
            tx.execute(waits, &[id(2).into(), until.into()])
        })
        .unwrap();
    town.closes(closure(0xf1, 23, 24));
    let sql = "select credited_cents, due_cents, pay_until, paid_at from reservation where id = ?1";
    assert_eq!(town.row(sql, 1).int(0).unwrap(), 450);
    assert!(town.row(sql, 2).is_null(0), "nobody paid it");
    town.lifts(0xf1);
    let back = town.row(sql, 1);
    assert!(back.is_null(0) && back.is_null(1) && !back.is_null(3));
    let later = town.row(sql, 2).int(2).unwrap() - until.0;
    assert!((0..60_000).contains(&later), "as long is left as was: {later}");
}

#[test]
fn only_a_closure_cancels_and_it_says_what_it_closes() {
    let town = booked(None);
    let head = town.commune.head().unwrap().seq;
    let outing = ExceptionalDayRecord {
        kind: ExceptionalKind::Outing,
        classes: vec![CP],
        services: Vec::new(),
        ..closure(0xf1, 23, 24)
    };
    let of_nothing = ExceptionalDayRecord {
        services: Vec::new(),
        ..closure(0xf1, 23, 24)
    };
    let of_nobody_knows = ExceptionalDayRecord {
        services: vec![ServiceId(Uuid::from_u128(0x99))],
        ..closure(0xf1, 23, 24)
    };
    for day in [outing, of_nothing] {
        let refused = town.enters(Body::PutExceptionalDay { day }, None);
        assert!(matches!(
            refused,
            Err(CorridorError::Refused(Refusal::Invalid(_)))
        ));
    }
    let refused = town.enters(Body::PutExceptionalDay { day: of_nobody_knows }, None);
    assert!(matches!(
        refused,
        Err(CorridorError::Refused(Refusal::NotFound(_)))
    ));
    assert_eq!(town.commune.head().unwrap().seq, head);
    assert_eq!(town.stands(&[1, 2, 3, 4]), [None; 4]);
}
