//! Two files become one: nothing that a family booked, was pointed for or gets in with is lost.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use shared::codec::{Blob, Minute};
use shared::day_list::{Badge, BadgeKind};
use shared::ids::{
    ActivityId, ChildId, DeviceId, GuardianId, HouseholdId, MarkId, PayerId, ReservationId, ServiceId, SiteId,
};
use shared::mark::{Kind, Mark, pack};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, Authority, AuthorityOver, Body, ChildRecord, CustodyException, CustodyRecord,
    GuardianRecord, HolidaySharing, HouseholdRecord, PayerKind, PayerPeriod, PayerRecord, ReceivedMark,
    Refusal, ReservationLine, ServiceRecord, Sharing, SiteRecord,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::replayed::{entries, replay};
use super::{Town, dump, town};
use crate::corridor::CorridorError;
use crate::store::StoreError;
use crate::{day_lists, record};

const SITE: SiteId = SiteId(Uuid::from_u128(0x51));
const ACTIVITIES: [ActivityId; 2] = [
    ActivityId(Uuid::from_u128(0xa1)),
    ActivityId(Uuid::from_u128(0xa2)),
];

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap() + chrono::Days::new(n)
}

fn child_of(n: u128) -> ChildId {
    ChildId(Uuid::from_u128(0xc000 + n))
}

fn home_of(n: u128) -> HouseholdId {
    HouseholdId(Uuid::from_u128(0xf000 + n))
}

fn guardian_of(n: u128) -> GuardianId {
    GuardianId(Uuid::from_u128(0x9000 + n))
}

fn send(town: &Town, body: Body) {
    town.commune.submit(town.operation(body)).unwrap();
}

fn refused(town: &Town, seen: Option<i64>, body: Body) -> Refusal {
    let mut operation = town.operation(body);
    operation.seen = seen;
    match town.commune.submit(operation) {
        Err(CorridorError::Refused(refusal)) => refusal,
        other => panic!("refused: {other:?}"),
    }
}

fn with_places() -> Town {
    let town = town();
    send(
        &town,
        Body::PutSite {
            site: SiteRecord {
                nursery: false,
                retired: false,
                id: SITE,
                slug: "jaures".parse().unwrap(),
                name: "Jaurès".into(),
                school: None,
                phone: None,
            },
        },
    );
    let service = ServiceId(Uuid::from_u128(0x5e));
    send(
        &town,
        Body::PutService {
            service: ServiceRecord {
                retired: false,
                id: service,
                slug: "repas".parse().unwrap(),
                name: "Repas".into(),
            },
        },
    );
    for (n, id) in ACTIVITIES.into_iter().enumerate() {
        let activity = ActivityRecord {
            capacity: None,
            retired: false,
            id,
            slug: format!("activite-{n}").parse().unwrap(),
            name: format!("Activité {n}"),
            service,
            mode: Mode::Presence,
            weekdays: 0b111_1111,
            opens: Minute::new(11, 0),
            closes: Minute::new(13, 0),
            sites: vec![SITE],
            formulas: Vec::new(),
        };
        send(&town, Body::PutActivity { activity });
    }
    town
}

fn home(n: u128) -> HouseholdRecord {
    HouseholdRecord {
        id: home_of(n),
        name: format!("Famille {n}"),
        guardians: vec![GuardianRecord {
            id: guardian_of(n),
            first_name: "Claire".into(),
            last_name: format!("Martin {n}"),
            email: Some(format!("claire{n}@exemple.fr")),
            phone: None,
            authority: Authority::Full,
        }],
    }
}

fn child(n: u128) -> ChildRecord {
    ChildRecord {
        id: child_of(n),
        first_name: "Léa".into(),
        last_name: "Martin".into(),
        born: NaiveDate::from_ymd_opt(2018, 5, 4).unwrap(),
        school: None,
        class: None,
        households: vec![home_of(n)],
        badges: Vec::new(),
        must_know: None,
        phone: None,
        symbol: None,
        health: None,
        reference: None,
        left_on: None,
    }
}

fn gets_in(n: u128) -> Body {
    Body::SetGuardianLogin {
        guardian: guardian_of(n),
        login: format!("claire{n}"),
        phc: "phc".into(),
        token: None,
    }
}

/// A family with a child that gets in.
fn family(town: &Town, n: u128) {
    send(town, Body::PutHousehold { household: home(n) });
    send(town, gets_in(n));
    send(town, Body::PutChild { child: child(n) });
}

fn line(id: u128, child: ChildId, activity: ActivityId, date: NaiveDate) -> ReservationLine {
    ReservationLine {
        id: ReservationId(Uuid::from_u128(id)),
        child,
        activity,
        site: SITE,
        date,
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    }
}

fn booked(town: &Town, child: ChildId) -> BTreeSet<(ActivityId, NaiveDate)> {
    let sql = include_str!("../../record/reservation/of_child_between.sql");
    let params = [child.into(), day(0).into(), day(60).into()];
    let rows = town.commune.store.read(|tx| tx.query(sql, &params)).unwrap();
    rows.iter()
        .map(|row| (ActivityId(row.uuid(1).unwrap()), row.date(3).unwrap()))
        .collect()
}

fn count(town: &Town, sql: &str) -> u64 {
    let row = town.commune.store.read(|tx| tx.first(sql, &[])).unwrap();
    row.unwrap().count(0).unwrap()
}

fn pointed(town: &Town, n: u128, child: ChildId, date: NaiveDate) {
    let device = DeviceId(Uuid::from_u128(3));
    let mark = Mark {
        kind: Kind::In,
        child: Some(child),
        activity: ACTIVITIES[0],
        formula: None,
        device,
        device_seq: u64::try_from(n).unwrap(),
        device_time: UtcMs(1_795_420_800_000),
        mono_ms: 1,
        boot: 1,
        offset_ms: None,
        staff: None,
        stated: None,
        after: vec![],
        clock_doubted: false,
    };
    let marks = vec![ReceivedMark {
        id: MarkId(Uuid::from_u128(0x77_0000 + n)),
        value: Blob(pack(&mark)),
        returned: false,
    }];
    send(
        town,
        Body::ReceiveMarks {
            device,
            site: SITE,
            date: chrono::Datelike::num_days_from_ce(&date),
            marks,
        },
    );
}

/// The names by which a child is known on a date.
fn known_as(town: &Town, unknown: ChildId, date: NaiveDate) -> Option<ChildId> {
    let all = town
        .commune
        .store
        .read(|tx| day_lists::aliases_of(tx, date))
        .unwrap();
    all.get(&unknown).copied()
}

#[test]
fn uniting_loses_no_reservation_no_mark_and_no_login() {
    let town = with_places();
    let families = std::cell::Cell::new(0_u128);
    let lines = prop::collection::vec((any::<bool>(), 0_usize..2, 0_u64..6, any::<bool>()), 0..20);
    proptest!(ProptestConfig::with_cases(16), |(lines in lines, both in any::<bool>())| {
        families.set(families.get() + 2);
        let nth = families.get();
        let (a, b) = (nth, nth + 1);
        let (keep, gone) = (child_of(a), child_of(b));
        family(&town, a);
        family(&town, b);
        let marks_before = count(&town, "select cast(count(*) as bigint) from mark");
        for (i, (of_keep, activity, date, cancelled)) in lines.into_iter().enumerate() {
            let child = if of_keep { keep } else { gone };
            let id = nth * 1_000 + u128::try_from(i).unwrap();
            let line = line(id, child, ACTIVITIES[activity], day(date));
            let known = booked(&town, child).contains(&(line.activity, line.date));
            let reservation = line.id;
            send(&town, Body::Reserve { lines: vec![line] });
            if cancelled && !known {
                send(&town, Body::CancelReservations { reservations: vec![reservation] });
            }
        }
        pointed(&town, nth, gone, day(20));
        let wanted: BTreeSet<_> = booked(&town, keep).union(&booked(&town, gone)).copied().collect();
        let rows_before = count(&town, "select cast(count(*) as bigint) from reservation");

        send(&town, Body::MergeChildren { keep, gone });
        prop_assert_eq!(booked(&town, keep), wanted);
        prop_assert!(booked(&town, gone).is_empty());
        prop_assert_eq!(count(&town, "select cast(count(*) as bigint) from reservation"), rows_before);
        prop_assert_eq!(count(&town, "select cast(count(*) as bigint) from mark"), marks_before + 1);
        // Booked that day or not, what was pointed for the other file is the kept child's.
        prop_assert_eq!(known_as(&town, gone, day(20)), Some(keep));
        let there = town.commune.store.read(|tx| record::child(tx, gone)).unwrap();
        prop_assert!(there.is_none());
        let (one, _) = town.commune.store.read(|tx| record::child(tx, keep)).unwrap().unwrap();
        prop_assert_eq!(one.households, vec![home_of(a), home_of(b)]);

        if both {
            send(&town, Body::MergeHouseholds { keep: home_of(a), gone: home_of(b) });
            let (one, _) = town.commune.store.read(|tx| record::household(tx, home_of(a))).unwrap().unwrap();
            prop_assert_eq!(one.guardians.len(), 2);
            let (one, _) = town.commune.store.read(|tx| record::child(tx, keep)).unwrap().unwrap();
            prop_assert_eq!(one.households, vec![home_of(a)]);
        }
        prop_assert_eq!(
            count(&town, "select cast(count(*) as bigint) from guardian where login is not null and phc is not null"),
            u64::try_from(nth).unwrap()
        );
    });
    let copy = replay(&town, entries(&town)).unwrap();
    let copied = copy.read(dump).unwrap();
    for (original, copied) in town.dump().into_iter().zip(copied) {
        assert!(original == copied, "table {} differs after a replay", original.0);
    }
}

#[test]
fn what_protects_a_child_is_kept_from_both_files() {
    let town = with_places();
    for n in [1, 2] {
        send(&town, Body::PutHousehold { household: home(n) });
    }
    let badge = |text: &str| Badge {
        kind: BadgeKind::Allergy,
        text: text.into(),
    };
    let mut one = child(1);
    one.badges = vec![badge("arachide")];
    one.health = Some("Asthme".into());
    let mut two = child(2);
    two.badges = vec![badge("arachide"), badge("œuf")];
    two.health = Some("Trousse au bureau".into());
    two.must_know = Some("Porte des lunettes".into());
    send(&town, Body::PutChild { child: one });
    send(&town, Body::PutChild { child: two });
    let merge = Body::MergeChildren {
        keep: child_of(1),
        gone: child_of(2),
    };
    send(&town, merge);
    let (one, _) = town
        .commune
        .store
        .read(|tx| record::child(tx, child_of(1)))
        .unwrap()
        .unwrap();
    assert_eq!(one.badges, [badge("arachide"), badge("œuf")]);
    assert_eq!(one.health.as_deref(), Some("Asthme\nTrousse au bureau"));
    assert_eq!(one.must_know.as_deref(), Some("Porte des lunettes"));
}

#[test]
fn payers_and_custody_follow() {
    let town = with_places();
    family(&town, 1);
    family(&town, 2);
    let payer = PayerRecord {
        id: PayerId(Uuid::from_u128(0xb1)),
        kind: PayerKind::Person,
        name: "Claire Martin".into(),
        household: Some(home_of(2)),
        guardian: Some(guardian_of(2)),
        address: Vec::new(),
        email: None,
        phone: None,
        siret: None,
        children: vec![
            PayerPeriod {
                child: child_of(1),
                from: day(0),
                until: Some(day(5)),
            },
            PayerPeriod {
                child: child_of(2),
                from: day(0),
                until: None,
            },
        ],
        retired: false,
    };
    send(&town, Body::PutPayer { payer });
    send(
        &town,
        Body::PutCustody {
            custody: CustodyRecord {
                child: child_of(2),
                sharing: None,
                exceptions: vec![CustodyException {
                    from: day(1),
                    until: day(2),
                    household: home_of(2),
                }],
                authorities: vec![AuthorityOver {
                    guardian: guardian_of(2),
                    authority: Authority::ByJudgment,
                }],
                note: "Jugement de mai".into(),
            },
        },
    );
    let merge = Body::MergeChildren {
        keep: child_of(1),
        gone: child_of(2),
    };
    send(&town, merge);
    let shared = Body::PutCustody {
        custody: CustodyRecord {
            child: child_of(1),
            sharing: Some(Sharing {
                first: home_of(1),
                second: home_of(2),
                anchor: day(0),
                holidays: HolidaySharing::AsWeeks,
            }),
            exceptions: Vec::new(),
            authorities: Vec::new(),
            note: String::new(),
        },
    };
    let (custody, version) = town
        .commune
        .store
        .read(|tx| record::custody(tx, child_of(1)))
        .unwrap()
        .unwrap();
    assert_eq!((custody.child, custody.exceptions.len()), (child_of(1), 1));
    assert_eq!(custody.note, "Jugement de mai");
    let mut operation = town.operation(shared);
    operation.seen = Some(version);
    town.commune.submit(operation).unwrap();
    let merge = Body::MergeHouseholds {
        keep: home_of(1),
        gone: home_of(2),
    };
    send(&town, merge);
    let payers = town
        .commune
        .store
        .read(|tx| record::payers_of_child(tx, child_of(1)))
        .unwrap();
    let [(payer, _)] = payers.as_slice() else {
        panic!("one payer: {payers:?}");
    };
    assert_eq!(payer.household, Some(home_of(1)));
    let [period] = payer.children.as_slice() else {
        panic!("one period: {payer:?}");
    };
    assert_eq!((period.child, period.until), (child_of(1), None));
    let (custody, _) = town
        .commune
        .store
        .read(|tx| record::custody(tx, child_of(1)))
        .unwrap()
        .unwrap();
    assert_eq!(custody.sharing, None, "nothing is left to share");
    assert!(entries(&town).len() > 8 && replay(&town, entries(&town)).is_ok());
}

#[test]
fn files_that_changed_meanwhile_are_not_united() {
    let town = with_places();
    family(&town, 1);
    family(&town, 2);
    let newest = |town: &Town| {
        let read = |n| town.commune.store.read(|tx| record::child(tx, child_of(n)));
        [1, 2]
            .map(|n| read(n).unwrap().unwrap().1)
            .into_iter()
            .max()
            .unwrap()
    };
    let seen = newest(&town);
    let (mut record, version) = town
        .commune
        .store
        .read(|tx| record::child(tx, child_of(1)))
        .unwrap()
        .unwrap();
    record.first_name = "Lia".into();
    let mut operation = town.operation(Body::PutChild { child: record });
    operation.seen = Some(version);
    town.commune.submit(operation).unwrap();
    let merge = Body::MergeChildren {
        keep: child_of(1),
        gone: child_of(2),
    };
    let head = town.commune.head().unwrap().seq;
    assert!(matches!(
        refused(&town, Some(seen), merge.clone()),
        Refusal::Changed { .. }
    ));
    let same = Body::MergeChildren {
        keep: child_of(1),
        gone: child_of(1),
    };
    assert!(matches!(refused(&town, None, same), Refusal::Invalid(_)));
    assert_eq!(town.commune.head().unwrap().seq, head, "nothing happened");
    let mut operation = town.operation(merge.clone());
    operation.seen = Some(newest(&town));
    town.commune.submit(operation).unwrap();
    assert!(matches!(refused(&town, None, merge), Refusal::NotFound(_)));
}

#[test]
fn an_edit_of_the_household_takes_no_login_away() {
    let town = with_places();
    family(&town, 1);
    let mut empty = home(1);
    empty.guardians.clear();
    let version = |town: &Town| {
        let found: Result<_, StoreError> = town.commune.store.read(|tx| record::household(tx, home_of(1)));
        found.unwrap().unwrap().1
    };
    let body = Body::PutHousehold { household: empty };
    let refusal = refused(&town, Some(version(&town)), body.clone());
    assert!(
        matches!(&refusal, Refusal::Invalid(why) if why.contains("a un compte")),
        "{refusal}"
    );
    assert_eq!(count(&town, "select cast(count(*) as bigint) from guardian"), 1);
    let delete = Body::DeleteAccount {
        guardian: guardian_of(1),
    };
    send(&town, delete);
    let mut operation = town.operation(body);
    operation.seen = Some(version(&town));
    town.commune.submit(operation).unwrap();
    assert_eq!(count(&town, "select cast(count(*) as bigint) from guardian"), 0);
}

#[test]
fn a_payer_is_refused_with_what_to_mend() {
    let town = with_places();
    family(&town, 1);
    let payer = PayerRecord {
        id: PayerId(Uuid::from_u128(0xb1)),
        kind: PayerKind::Person,
        name: "Claire".into(),
        household: Some(home_of(1)),
        guardian: Some(guardian_of(1)),
        address: Vec::new(),
        email: None,
        phone: None,
        siret: None,
        children: vec![PayerPeriod {
            child: child_of(1),
            from: day(3),
            until: Some(day(2)),
        }],
        retired: false,
    };
    let wrong: [fn(&mut PayerRecord); 6] = [
        |_| {},
        |payer| payer.name = " ".into(),
        |payer| payer.household = None,
        |payer| payer.siret = Some("123".into()),
        |payer| payer.guardian = Some(guardian_of(9)),
        |payer| payer.children[0].child = child_of(9),
    ];
    let head = town.commune.head().unwrap().seq;
    for (n, mend) in wrong.into_iter().enumerate() {
        let mut payer = payer.clone();
        if n > 0 {
            payer.children[0].until = None;
        }
        mend(&mut payer);
        refused(&town, None, Body::PutPayer { payer });
    }
    assert_eq!(town.commune.head().unwrap().seq, head, "nothing happened");
    let mut sound = payer.clone();
    sound.children[0].until = None;
    send(&town, Body::PutPayer { payer: sound.clone() });
    let stale = refused(&town, None, Body::PutPayer { payer: sound });
    assert!(matches!(stale, Refusal::Changed { .. }));
    let elsewhere = Body::PutCustody {
        custody: CustodyRecord {
            child: child_of(1),
            sharing: Some(Sharing {
                first: home_of(1),
                second: home_of(7),
                anchor: day(0),
                holidays: HolidaySharing::AsWeeks,
            }),
            exceptions: Vec::new(),
            authorities: Vec::new(),
            note: String::new(),
        },
    };
    assert!(matches!(refused(&town, None, elsewhere), Refusal::Invalid(_)));
}
