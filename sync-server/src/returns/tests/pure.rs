//! What holds of every plan, whatever the lists say and whatever people did since.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::prelude::*;
use shared::codec::{Hash32, Minute};
use shared::day_list::{DayList, ListedRow, Standing};
use shared::envelope::Scope;
use shared::ids::{
    ActivityId, BranchId, ChildId, ClassId, DeviceId, ExceptionalDayId, ReservationId, SchoolId, SiteId,
};
use shared::operation::{
    ChildRecord, ExceptionalDayRecord, ExceptionalKind, MealEffect, ReservationLine, SchoolKind,
    SchoolRecord, TakenBack,
};
use shared::time::UtcMs;
use uuid::Uuid;

use crate::returns::{Held, Lineage, Proposal, Reserved, Source, Weight, chosen, key, proposals};

const SITE: SiteId = SiteId(Uuid::from_u128(0x51));
const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(0xa1));
const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(0x5c));
/// What came back.
const BASE: u64 = 100;
const LOST: BranchId = BranchId(Uuid::from_u128(1));
const CHILDREN: u8 = 6;

fn day() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn child(n: u8) -> ChildId {
    ChildId(Uuid::from_u128(0xc0 + u128::from(n)))
}

fn source(branch_seq: u64, hash: u8) -> Source {
    Source {
        hash: Hash32([hash; 32]),
        scope: Scope::DayList {
            site: SITE,
            date: day(),
        },
        branch: LOST,
        branch_seq,
        device: DeviceId(Uuid::from_u128(9)),
        received_at: UtcMs(0),
        seq: 110,
    }
}

fn row(n: u8, sitting: Option<u8>, standing: Option<Standing>) -> ListedRow {
    ListedRow {
        child: child(n),
        activity: CANTEEN,
        formula: None,
        group: None,
        sitting,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        standing,
        note: None,
    }
}

fn list(rows: Vec<ListedRow>) -> DayList {
    DayList {
        site: SITE,
        date: day(),
        activities: Vec::new(),
        children: Vec::new(),
        rows,
        aliases: Vec::new(),
        notices: Vec::new(),
    }
}

fn line(n: u8, id: u128, sitting: Option<u8>) -> ReservationLine {
    ReservationLine {
        id: ReservationId(Uuid::from_u128(id)),
        child: child(n),
        activity: CANTEEN,
        site: SITE,
        date: day(),
        formula: None,
        group: None,
        sitting,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    }
}

fn reserved(n: u8, sitting: Option<u8>, cancelled: bool, version: i64) -> Reserved {
    let id = (u128::from(version.unsigned_abs()) << 8) | u128::from(n) | (u128::from(cancelled) << 7);
    Reserved {
        line: line(n, id, sitting),
        cancelled,
        version,
    }
}

fn known_child(n: u8) -> ChildRecord {
    ChildRecord {
        id: child(n),
        first_name: "Léa".into(),
        last_name: format!("Martin {n}"),
        born: "2018-04-02".parse().unwrap(),
        school: Some(SCHOOL),
        class: None,
        households: Vec::new(),
        badges: Vec::new(),
        must_know: None,
        phone: None,
        symbol: None,
        health: None,
        reference: None,
        left_on: None,
    }
}

fn record(reservations: Vec<Reserved>) -> Held {
    let school = SchoolRecord {
        id: SCHOOL,
        name: "École Jean-Jaurès".into(),
        kind: SchoolKind::Public,
        half_days: 8,
        starts: Minute::new(8, 30),
        ends: Minute::new(16, 30),
        retired: false,
    };
    Held {
        children: (0..CHILDREN).map(|n| (child(n), (known_child(n), 1))).collect(),
        schools: vec![(school, 1)],
        reservations,
        ..Held::default()
    }
}

/// As the corridor does.
fn take(held: &mut Held, lines: Vec<TakenBack>, version: i64) {
    held.taken_back.insert(version);
    let mut made = Vec::new();
    for line in lines {
        let mut end = |id| {
            for known in held
                .reservations
                .iter_mut()
                .filter(|r| r.line.id == id && !r.cancelled)
            {
                known.cancelled = true;
                known.version = version;
            }
        };
        match line {
            TakenBack::Cancelled { reservation, .. } => end(reservation),
            TakenBack::Changed {
                reservation, line, ..
            } => {
                end(reservation);
                made.push(line);
            }
            TakenBack::Made { line, .. } => made.push(line),
        }
    }
    for line in made {
        let stands = |r: &Reserved| !r.cancelled && key(&r.line) == key(&line);
        assert!(
            held.reservations.iter().all(|r| r.line.id != line.id),
            "an id is free"
        );
        if !held.reservations.iter().any(stands) {
            held.reservations.push(Reserved {
                line,
                cancelled: false,
                version,
            });
        }
    }
}

fn proven(lists: &[(Source, u64, DayList)], held: &Held) -> Vec<Proposal> {
    let mut all = proposals(lists, held);
    all.retain(|proposal| proposal.weight == Weight::Proven);
    all
}

fn standing(held: &Held) -> BTreeMap<ChildId, Option<u8>> {
    let standing = held.reservations.iter().filter(|r| !r.cancelled);
    standing.map(|r| (r.line.child, r.line.sitting)).collect()
}

/// A record of one day: what came back of each child, and what people did with it since.
fn records() -> impl Strategy<Value = Held> {
    let one = (0..4_u8, any::<Option<bool>>(), 0..5_u8);
    proptest::collection::vec(one, usize::from(CHILDREN)).prop_map(|all| {
        let mut reservations = Vec::new();
        for (n, (before, sitting, since)) in (0..CHILDREN).zip(all) {
            let sitting = sitting.map(|second| if second { 2 } else { 1 });
            match (before, since) {
                // Never booked, or cancelled before what came back.
                (0, 0) => {}
                (1, 0) => reservations.push(reserved(n, sitting, true, 50)),
                // Booked, and untouched since.
                (2 | 3, 0 | 1) => reservations.push(reserved(n, sitting, false, 60)),
                // Cancelled by the family since.
                (2 | 3, 2) => reservations.push(reserved(n, sitting, true, 120)),
                // Made since, after another that was cancelled.
                (_, 3) => {
                    reservations.push(reserved(n, Some(2), true, 70));
                    reservations.push(reserved(n, sitting, false, 130));
                }
                _ => reservations.push(reserved(n, sitting, false, 140)),
            }
        }
        record(reservations)
    })
}

fn lists() -> impl Strategy<Value = DayList> {
    let one = any::<Option<Option<bool>>>();
    proptest::collection::vec(one, usize::from(CHILDREN)).prop_map(|all| {
        let rows = (0..CHILDREN).zip(all).filter_map(|(n, on)| {
            let sitting = on?.map(|second| if second { 2 } else { 1 });
            Some(row(n, sitting, None))
        });
        list(rows.collect())
    })
}

proptest! {
    #[test]
    fn nothing_is_left_once_all_is_taken(mut held in records(), list in lists()) {
        let lists = [(source(150, 1), BASE, list)];
        let all = proven(&lists, &held).into_iter().map(|p| p.taken_back).collect();
        take(&mut held, all, 200);
        prop_assert_eq!(proven(&lists, &held), vec![]);
    }

    #[test]
    fn some_and_then_the_rest_is_all(held in records(), list in lists(), mask in any::<u16>()) {
        let lists = [(source(150, 1), BASE, list)];
        let all = proven(&lists, &held);
        let (mut at_once, mut in_turn) = (held.clone(), held);
        take(&mut at_once, all.iter().map(|p| p.taken_back.clone()).collect(), 200);
        let first = all.iter().enumerate().filter(|(i, _)| mask & (1 << i) != 0);
        take(&mut in_turn, first.map(|(_, p)| p.taken_back.clone()).collect(), 200);
        let rest = proven(&lists, &in_turn).into_iter().map(|p| p.taken_back).collect();
        take(&mut in_turn, rest, 201);
        prop_assert_eq!(standing(&at_once), standing(&in_turn));
    }

    #[test]
    fn what_people_decided_since_stands(mut held in records(), list in lists()) {
        let lists = [(source(150, 1), BASE, list)];
        let decided: BTreeSet<ChildId> = held.reservations.iter()
            .filter(|r| r.version > 100)
            .map(|r| r.line.child)
            .collect();
        let before = standing(&held);
        let all = proven(&lists, &held).into_iter().map(|p| p.taken_back).collect();
        take(&mut held, all, 200);
        let after = standing(&held);
        for child in decided {
            prop_assert_eq!(before.get(&child), after.get(&child));
        }
    }

    #[test]
    fn all_that_was_not_decided_since_is_as_the_newest_list_says(mut held in records(), older in lists(), newer in lists()) {
        let lineage = Lineage {
            branches: BTreeMap::from([(LOST, (UtcMs(1), Some(BASE)))]),
            cuts: vec![(101, BASE)],
        };
        let sources = [source(140, 1), source(150, 2)];
        let content = |hash: Hash32| if hash.0[0] == 1 { older.clone() } else { newer.clone() };
        let pick = |order: &[Source]| -> Vec<(Source, u64, DayList)> {
            chosen(&lineage, order).into_iter().map(|(s, base)| (s, base, content(s.hash))).collect()
        };
        let twice = pick(&[sources[1], sources[0], sources[1]]);
        let lists = pick(&sources);
        prop_assert_eq!(proposals(&twice, &held), proposals(&lists, &held), "order and number do not matter");
        let hidden: BTreeSet<ChildId> = proposals(&lists, &held).into_iter()
            .filter(|p| p.weight != Weight::Proven)
            .map(|p| p.line.child)
            .collect();
        let decided: BTreeSet<ChildId> = held.reservations.iter()
            .filter(|r| r.version > 100)
            .map(|r| r.line.child)
            .collect();
        let all = proven(&lists, &held).into_iter().map(|p| p.taken_back).collect();
        take(&mut held, all, 200);
        let after = standing(&held);
        for n in (0..CHILDREN).map(child).filter(|c| !hidden.contains(c) && !decided.contains(c)) {
            let said = newer.rows.iter().find(|row| row.child == n).map(|row| row.sitting);
            prop_assert_eq!(after.get(&n).copied(), said);
        }
    }

    #[test]
    fn lists_that_the_record_knows_propose_nothing(held in records(), list in lists(), seq in 0..=BASE) {
        let lineage = Lineage {
            branches: BTreeMap::from([(LOST, (UtcMs(1), Some(BASE)))]),
            cuts: vec![(101, BASE)],
        };
        let lists: Vec<_> = chosen(&lineage, &[source(seq, 1)])
            .into_iter()
            .map(|(s, base)| (s, base, list.clone()))
            .collect();
        prop_assert_eq!(proposals(&lists, &held), vec![]);
    }
}

fn weights(held: &Held, list: DayList) -> Vec<(ChildId, Weight)> {
    let lists = [(source(150, 1), BASE, list)];
    let all = proposals(&lists, held).into_iter();
    all.map(|p| (p.line.child, p.weight)).collect()
}

#[test]
fn a_closure_cancels_nothing() {
    let all: Vec<Reserved> = (0..4).map(|n| reserved(n, None, false, 60)).collect();
    let mut held = record(all);
    held.exceptional.push(ExceptionalDayRecord {
        id: ExceptionalDayId(Uuid::from_u128(1)),
        kind: ExceptionalKind::Closure,
        from: day(),
        until: None,
        schools: vec![SCHOOL],
        classes: Vec::new(),
        words: "Chauffage en panne".into(),
        meals: MealEffect::Cancelled,
        minimum_service: None,
        sites: Vec::new(),
        services: Vec::new(),
        cancels: false,
    });
    assert_eq!(
        weights(&held, list(Vec::new())),
        [],
        "the record knows of the closure"
    );

    held.exceptional.clear();
    let lost = weights(&held, list(Vec::new()));
    assert!(
        lost.len() == 4 && lost.iter().all(|(_, weight)| *weight == Weight::Hidden),
        "a whole school gone from a list is not believed: {lost:?}"
    );

    let one = list((1..4).map(|n| row(n, None, None)).collect());
    assert_eq!(weights(&held, one.clone()), [(child(0), Weight::Proven)]);
    let said = DayList {
        notices: vec!["Fermeture, École Jean-Jaurès\u{a0}: chauffage en panne.".into()],
        ..one
    };
    assert_eq!(weights(&held, said), [(child(0), Weight::Hidden)]);
}

#[test]
fn guests_and_free_sessions_are_no_reservations_and_an_outing_hides_none() {
    let held = record(vec![reserved(0, None, false, 60)]);
    let guest = Standing::Guest { from: "Curie".into() };
    let away = Standing::Away {
        words: "Sortie au musée".into(),
        picnic: true,
    };
    let rows = vec![
        row(0, None, Some(away)),
        row(1, None, Some(guest)),
        row(2, None, Some(Standing::Free)),
    ];
    assert_eq!(weights(&held, list(rows)), []);
}

#[test]
fn whoever_left_or_was_withdrawn_is_asked_for_no_more() {
    let mut held = record(vec![reserved(0, None, false, 60)]);
    if let Some((child, _)) = held.children.get_mut(&child(0)) {
        child.left_on = Some(day());
    }
    assert_eq!(
        weights(&held, list(Vec::new())),
        [],
        "the record itself hides the row"
    );
    held.withdrawn.insert(child(7));
    let rows = vec![row(0, None, None), row(7, None, None)];
    assert_eq!(weights(&held, list(rows)), []);
}

#[test]
fn a_class_is_judged_as_its_school_is() {
    let mut held = record((0..4).map(|n| reserved(n, None, false, 60)).collect());
    let class = ClassId(Uuid::from_u128(0xcc));
    held.classes.push((
        shared::operation::ClassRecord {
            id: class,
            school: SCHOOL,
            name: "CE1".into(),
            level: "CE1".into(),
            retired: false,
        },
        1,
    ));
    for n in 0..3 {
        if let Some((child, _)) = held.children.get_mut(&child(n)) {
            child.class = Some(class);
        }
    }
    let rest = weights(&held, list(vec![row(3, None, None)]));
    assert_eq!(rest.len(), 3);
    assert!(rest.iter().all(|(_, weight)| *weight == Weight::Hidden));
}
