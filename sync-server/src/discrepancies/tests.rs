//! Each kind on a day of a few people, and what holds of all of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::prelude::*;
use shared::codec::Minute;
use shared::day_list::{DayList, ListedActivity, ListedRow, Standing};
use shared::fold::Marks;
use shared::ids::{ActivityId, ChildId, DeviceId, MarkId, SettlementId, SiteId};
use shared::mark::{AbsenceScope, Closing, Kind, Mark, Reason};
use shared::mode::Mode;
use shared::operation::{Decision, DiscrepancyKind as K, Stated};
use shared::time::UtcMs;
use uuid::Uuid;

use super::evidence::Received;
use super::settled::{Decided, settled};
use super::*;

const HERE: SiteId = SiteId(Uuid::from_u128(0x51));
const THERE: SiteId = SiteId(Uuid::from_u128(0x52));
const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(0xa1));
const EVENING: ActivityId = ActivityId(Uuid::from_u128(0xa2));
const LEA: ChildId = ChildId(Uuid::from_u128(0xc1));
const NOE: ChildId = ChildId(Uuid::from_u128(0xc2));

fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn at(time: &str) -> UtcMs {
    UtcMs::parse(&format!("2026-11-23T{time}:00+01:00")).unwrap()
}

fn activity(id: ActivityId) -> ListedActivity {
    let (slug, mode, opens, closes) = if id == CANTEEN {
        ("cantine", Mode::Presence, 11, 13)
    } else {
        ("garderie", Mode::ArrivalDeparture, 16, 18)
    };
    ListedActivity {
        id,
        slug: slug.parse().unwrap(),
        name: slug.into(),
        mode,
        opens: Minute::new(opens, 30),
        closes: Minute::new(closes, 30),
        formulas: Vec::new(),
    }
}

fn row(child: ChildId, activity: ActivityId) -> ListedRow {
    ListedRow {
        child,
        activity,
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        standing: None,
        note: None,
    }
}

fn list(site: SiteId, rows: Vec<ListedRow>) -> DayList {
    DayList {
        site,
        date: date(),
        activities: vec![activity(CANTEEN), activity(EVENING)],
        children: Vec::new(),
        rows,
        aliases: Vec::new(),
        notices: Vec::new(),
    }
}

/// The evening of a day on which Léa is booked for both activities, and nothing was pointed.
fn quiet() -> DayFacts {
    let hours = [CANTEEN, EVENING].map(|id| {
        let one = activity(id);
        let hours = Hours {
            mode: one.mode,
            opens: one.opens,
            closes: one.closes,
        };
        (id, hours)
    });
    DayFacts {
        date: date(),
        zone: chrono_tz::Europe::Paris,
        now: at("22:00"),
        hours: BTreeMap::from(hours),
        closed: false,
        lists: vec![
            list(HERE, vec![row(LEA, CANTEEN), row(LEA, EVENING)]),
            list(THERE, Vec::new()),
        ],
        marks: Marks::default(),
        aliases: BTreeMap::new(),
        known: BTreeSet::from([LEA, NOE]),
        received: BTreeMap::new(),
    }
}

/// A mark by its number: numbers say in which order a tablet made them.
fn id(n: u128) -> MarkId {
    MarkId(Uuid::from_u128(0x0192_0000_0000_0000_0000_0000_0000_0000 | n))
}

type Tap<'a> = (u128, SiteId, ActivityId, Option<ChildId>, Kind, &'a str);

fn mark((n, _, activity, child, kind, time): &Tap<'_>) -> Mark {
    Mark {
        kind: kind.clone(),
        child: *child,
        activity: *activity,
        formula: None,
        // Each mark of a tablet of its own: nothing is clamped, nobody saw anybody.
        device: DeviceId(Uuid::from_u128(0xd000 + *n)),
        device_seq: 1,
        device_time: at(time),
        mono_ms: 1,
        boot: 1,
        offset_ms: Some(0),
        staff: None,
        stated: None,
        after: Vec::new(),
        clock_doubted: false,
    }
}

fn with(mut facts: DayFacts, taps: &[Tap<'_>]) -> DayFacts {
    for tap in taps {
        facts.marks.add(tap.1, id(tap.0), mark(tap));
    }
    facts
}

fn kinds(facts: &DayFacts) -> Vec<(K, Option<ChildId>)> {
    let mut kinds: Vec<_> = find(facts).into_iter().map(|one| (one.kind, one.child)).collect();
    kinds.sort();
    kinds
}

fn absent(scope: AbsenceScope) -> Kind {
    Kind::Absent {
        scope,
        reason: Reason::Illness,
    }
}

/// A day on which all is as it should be: Léa ate, came, went, and both lists were closed.
fn orderly() -> Vec<Tap<'static>> {
    let closed = || Kind::Close {
        turned: Closing::Absent,
        children: Vec::new(),
    };
    vec![
        (1, HERE, CANTEEN, Some(LEA), Kind::In, "11:40"),
        (2, HERE, CANTEEN, None, closed(), "13:00"),
        (3, HERE, EVENING, Some(LEA), Kind::In, "16:40"),
        (4, HERE, EVENING, Some(LEA), Kind::Out, "18:00"),
        (5, HERE, EVENING, None, closed(), "18:20"),
    ]
}

#[test]
fn an_orderly_day_has_nothing() {
    assert_eq!(kinds(&with(quiet(), &orderly())), []);
    let found = judge(&with(quiet(), &orderly()));
    let held: Vec<_> = found
        .sessions
        .iter()
        .map(|s| (s.activity, s.booked, s.present))
        .collect();
    assert_eq!(held, [(CANTEEN, 1, 1), (EVENING, 1, 1)]);
}

#[test]
fn a_day_nobody_pointed_waits_for_its_end() {
    let lists = [(K::NeverClosed, None), (K::NeverClosed, None)];
    let rows = [(K::BookedNoMark, Some(LEA)), (K::BookedNoMark, Some(LEA))];
    assert_eq!(kinds(&quiet()), [lists, rows].concat());
    let early = |now: &str| DayFacts {
        now: at(now),
        ..quiet()
    };
    assert_eq!(kinds(&early("13:44")), [], "within the grace");
    assert_eq!(kinds(&early("13:45")), [lists[0], rows[0]]);
}

#[test]
fn whoever_is_excused_or_on_a_day_that_is_closed_is_not_missed() {
    let mut away = quiet();
    away.lists[0].rows = vec![ListedRow {
        standing: Some(Standing::Away {
            words: "Musée".into(),
            picnic: false,
        }),
        ..row(LEA, CANTEEN)
    }];
    assert_eq!(kinds(&away), [], "no session took place");
    let sent = with(
        quiet(),
        &[(1, HERE, CANTEEN, Some(LEA), Kind::Transfer { to: THERE }, "11:00")],
    );
    assert!(!kinds(&sent).contains(&(K::BookedNoMark, Some(LEA))));
    let home = with(
        quiet(),
        &[(
            1,
            HERE,
            CANTEEN,
            Some(LEA),
            absent(AbsenceScope::RestOfDay),
            "11:00",
        )],
    );
    let lists = [(K::NeverClosed, None), (K::NeverClosed, None)];
    assert_eq!(kinds(&home), lists, "the lists were open; nobody is missed");
    let holiday = DayFacts {
        closed: true,
        ..quiet()
    };
    assert_eq!(kinds(&holiday), []);
}

#[test]
fn each_kind_is_found_where_it_is() {
    let day = |more: &[Tap<'_>]| {
        let mut taps = orderly();
        taps.extend_from_slice(more);
        kinds(&with(quiet(), &taps))
    };
    let lea = |kind| vec![(kind, Some(LEA))];
    let noe = |kind| vec![(kind, Some(NOE))];
    assert_eq!(
        day(&[(9, HERE, CANTEEN, Some(NOE), Kind::In, "11:45")]),
        noe(K::NotBooked)
    );
    assert_eq!(
        day(&[(
            9,
            HERE,
            CANTEEN,
            Some(LEA),
            absent(AbsenceScope::Session),
            "11:50"
        )]),
        lea(K::PresentAndAbsent)
    );
    assert_eq!(
        day(&[(9, HERE, EVENING, Some(NOE), Kind::Out, "17:00")]),
        vec![(K::NotBooked, Some(NOE)), (K::OutBeforeIn, Some(NOE))]
    );
    assert_eq!(
        day(&[(9, HERE, EVENING, Some(LEA), Kind::In, "18:10")]),
        lea(K::NeverLeft),
        "came back and never left again"
    );
    let late: Vec<_> = orderly()
        .into_iter()
        .map(|tap| {
            if tap.0 == 4 {
                (4, HERE, EVENING, Some(LEA), Kind::Out, "18:40")
            } else {
                tap
            }
        })
        .collect();
    assert_eq!(kinds(&with(quiet(), &late)), lea(K::AfterClosing));
    let unknown = ChildId(Uuid::from_u128(0x999));
    assert_eq!(
        day(&[(9, HERE, CANTEEN, Some(unknown), Kind::In, "11:45")]),
        vec![(K::UnknownChild, Some(unknown))]
    );
    let two = day(&[(9, THERE, CANTEEN, Some(LEA), Kind::In, "11:41")]);
    let twice = two.iter().filter(|one| one.0 == K::TwoSites).count();
    assert_eq!(twice, 2, "on both lists: {two:?}");
    let holiday = DayFacts {
        closed: true,
        ..with(quiet(), &orderly())
    };
    assert_eq!(kinds(&holiday), [lea(K::ClosedDay), lea(K::ClosedDay)].concat());
}

#[test]
fn doubts_of_clocks_corrections_and_copies_are_found() {
    let mut doubted = with(quiet(), &orderly());
    let tap = (9, HERE, CANTEEN, Some(LEA), Kind::In, "11:42");
    let doubtful = Mark {
        clock_doubted: true,
        ..mark(&tap)
    };
    doubted.marks.add(HERE, id(9), doubtful);
    assert_eq!(kinds(&doubted), [(K::ClockJumped, Some(LEA))]);

    let corrects = |time: &str| Kind::Correct {
        replaces: id(1),
        at: at(time),
        why: None,
    };
    let mut taps = orderly();
    taps.push((8, HERE, CANTEEN, Some(LEA), corrects("11:30"), "13:10"));
    taps.push((9, HERE, CANTEEN, Some(LEA), corrects("11:50"), "13:11"));
    assert_eq!(kinds(&with(quiet(), &taps)), [(K::TwoCorrections, Some(LEA))]);

    let mut copied = with(quiet(), &orderly());
    copied.marks.add(
        HERE,
        id(1),
        mark(&(1, HERE, CANTEEN, Some(LEA), Kind::In, "11:44")),
    );
    assert_eq!(kinds(&copied), [(K::TwoValues, Some(LEA))]);

    let mut back = with(quiet(), &orderly());
    let came = Received {
        by: DeviceId(Uuid::from_u128(0xd9)),
        at: at("20:00"),
        returned: true,
    };
    back.received.insert(id(1), vec![came]);
    assert_eq!(kinds(&back), [(K::Returned, Some(LEA))]);
}

#[test]
fn a_child_recognised_since_is_judged_as_itself() {
    let unknown = ChildId(Uuid::from_u128(0x999));
    let mut taps = orderly();
    taps[0].3 = Some(unknown);
    let mut facts = with(quiet(), &taps);
    assert!(kinds(&facts).contains(&(K::UnknownChild, Some(unknown))));
    facts.aliases.insert(unknown, LEA);
    assert_eq!(kinds(&facts), []);
}

#[test]
fn a_digest_changes_with_what_shows_it_and_with_nothing_else() {
    let noe = (9, HERE, CANTEEN, Some(NOE), Kind::In, "11:45");
    let digest = |facts: &DayFacts| {
        let found = find(facts);
        let one = found
            .iter()
            .find(|one| one.kind == K::NotBooked)
            .expect("it is found");
        one.digest
    };
    let facts = with(quiet(), std::slice::from_ref(&noe));
    let first = digest(&facts);
    let mut other = with(facts.clone(), &orderly());
    other.now = at("23:00");
    other.received.insert(
        id(9),
        vec![Received {
            by: DeviceId(Uuid::from_u128(1)),
            at: at("20:00"),
            returned: false,
        }],
    );
    assert_eq!(digest(&other), first, "other children, the hour, how it came");
    let again = with(facts, &[(10, HERE, CANTEEN, Some(NOE), Kind::In, "11:55")]);
    assert_ne!(digest(&again), first, "one more mark of the child");
}

fn decided_of(facts: &DayFacts, kind: K, decision: Decision, seq: u64) -> Decided {
    let found = find(facts);
    let one = found.iter().find(|one| one.kind == kind).expect("it is found");
    let key = (one.kind, one.site, one.activity, one.child);
    let settlement = SettlementId(Uuid::from_u128(u128::from(seq)));
    Decided::from([((key, one.digest), (seq, settlement, decision))])
}

fn taken(facts: &DayFacts, decided: &Decided, child: ChildId) -> Taken {
    let rows = settled(&judge(facts), decided, HERE, CANTEEN);
    rows.into_iter()
        .find(|row| row.child == child)
        .expect("a row")
        .taken
}

#[test]
fn what_the_town_hall_states_counts_while_the_evidence_is_the_same() {
    let none = Decided::new();
    assert_eq!(taken(&quiet(), &none, LEA), Taken::Unsaid);
    let confirmed = decided_of(&quiet(), K::BookedNoMark, Decision::Confirm, 1);
    let missing = Taken::Absent {
        reason: Reason::Unjustified,
    };
    assert_eq!(taken(&quiet(), &confirmed, LEA), missing);

    let stated = Stated::Present {
        from: None,
        until: Some(at("13:00")),
    };
    let both = with(
        quiet(),
        &[
            (1, HERE, CANTEEN, Some(LEA), Kind::In, "11:40"),
            (
                2,
                HERE,
                CANTEEN,
                Some(LEA),
                absent(AbsenceScope::Session),
                "11:50",
            ),
        ],
    );
    let corrected = decided_of(&both, K::PresentAndAbsent, Decision::Correct { stated }, 2);
    let there = Taken::Present {
        from: Some(at("11:40")),
        until: Some(at("13:00")),
    };
    assert_eq!(
        taken(&both, &corrected, LEA),
        there,
        "the hour that was not stated stays"
    );
    let more = with(both, &[(3, HERE, CANTEEN, Some(LEA), Kind::In, "11:58")]);
    assert_ne!(taken(&more, &corrected, LEA), there, "it is another discrepancy");
}

#[test]
fn every_kind_has_a_decision_that_fits_and_only_whom_it_may_concern() {
    for kind in K::ALL {
        for child in [true, false] {
            let all = fits(kind, child);
            assert!(
                all.contains(&Choice::Ignore),
                "{kind:?}: one can always leave it, and say why"
            );
            let about_child = [Choice::Correct, Choice::Justify, Choice::Reserve, Choice::Attach];
            assert!(
                child || !all.iter().any(|one| about_child.contains(one)),
                "{kind:?}"
            );
        }
    }
}

fn arbitrary_tap() -> impl Strategy<Value = Tap<'static>> {
    let kind = prop_oneof![
        Just(Kind::In),
        Just(Kind::Out),
        Just(absent(AbsenceScope::Session)),
        Just(absent(AbsenceScope::RestOfDay)),
        Just(Kind::Transfer { to: THERE }),
        Just(Kind::Close {
            turned: Closing::Absent,
            children: vec![LEA],
        }),
        Just(Kind::Reopen),
        (1..12_u128).prop_map(|n| Kind::Void { replaces: id(n) }),
        (1..12_u128).prop_map(|n| Kind::Correct {
            replaces: id(n),
            at: at("12:30"),
            why: None,
        }),
    ];
    let child = prop_oneof![
        Just(Some(LEA)),
        Just(Some(NOE)),
        Just(Some(ChildId(Uuid::from_u128(7))))
    ];
    let time = prop_oneof![Just("11:40"), Just("13:20"), Just("16:45"), Just("18:50")];
    let site = prop_oneof![Just(HERE), Just(THERE)];
    let activity = prop_oneof![Just(CANTEEN), Just(EVENING)];
    (1..12_u128, site, activity, child, kind, time).prop_map(|(n, site, activity, child, kind, time)| {
        let list = matches!(kind, Kind::Close { .. } | Kind::Reopen);
        (n, site, activity, if list { None } else { child }, kind, time)
    })
}

/// A mark on Noé that replaces no other.
fn tap_of_noe() -> impl Strategy<Value = Tap<'static>> {
    let kind = prop_oneof![
        Just(Kind::In),
        Just(Kind::Out),
        Just(absent(AbsenceScope::Session)),
        Just(absent(AbsenceScope::RestOfDay)),
        Just(Kind::Transfer { to: THERE }),
    ];
    arbitrary_tap().prop_flat_map(move |tap| {
        kind.clone()
            .prop_map(move |kind| (tap.0, tap.1, tap.2, Some(NOE), kind, tap.5))
    })
}

proptest! {
    /// In whatever order marks come, and however often, the same is found under the same digests.
    #[test]
    fn order_and_duplication_change_nothing(
        taps in prop::collection::vec(arbitrary_tap(), 0..12),
        order in any::<prop::sample::Index>(),
    ) {
        let once = find(&with(quiet(), &taps));
        let mut again = taps.clone();
        if !again.is_empty() {
            let turn = order.index(again.len());
            again.rotate_left(turn);
            again.extend(taps.iter().rev().cloned());
        }
        prop_assert_eq!(&find(&with(quiet(), &again)), &once);
        let mut keys = BTreeSet::new();
        for one in &once {
            prop_assert!(keys.insert((one.site, one.activity, one.child, one.kind)), "each once");
            let named = one.evidence.marks.iter().all(|m| taps.iter().any(|tap| id(tap.0) == m.id));
            prop_assert!(named, "it shows what was made");
        }
    }

    /// What was settled stays settled until a mark that shows it is added: marks of a child that it does
    /// not speak of never reopen it.
    #[test]
    fn others_do_not_reopen_what_is_about_a_child(
        taps in prop::collection::vec(arbitrary_tap(), 0..10),
        other in tap_of_noe(),
    ) {
        let before = find(&with(quiet(), &taps));
        let mut more = taps;
        more.push((77, other.1, other.2, other.3, other.4, other.5));
        let after = find(&with(quiet(), &more));
        let of_lea = |all: &[Discrepancy]| -> Vec<(K, shared::codec::Hash32)> {
            all.iter().filter(|one| one.child == Some(LEA)).map(|one| (one.kind, one.digest)).collect()
        };
        prop_assert_eq!(of_lea(&before), of_lea(&after));
    }
}
