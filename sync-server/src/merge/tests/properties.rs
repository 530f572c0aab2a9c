//! Whatever two lines of a history did apart, and whoever writes meanwhile.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use shared::codec::{Blob, Hash32, encode};
use shared::ids::{
    ActivityId, AgentId, ChildId, ExceptionalDayId, ReservationId, SchoolId, SettlementId, SiteId, StaffId,
};
use shared::operation::{
    Actor, Body, Capability, Channel, Decision, DiscrepancyKind, ExceptionalDayRecord, ExceptionalKind, Fate,
    MealEffect, Openness, Role, SettledDiscrepancy, Settlement, Stated,
};
use shared::withdrawal::{Withdrawal, Withdrawn};

use super::ground::{
    DAY, START, Town, activity, agent, all_marks, aside, child, date, formula, hands_in, household, id, line,
    mark, staff,
};
use crate::merge::history::History;
use crate::merge::{Lost, Report, errand, merge_in};

/// What somebody does on a line of the town.
#[derive(Clone, Debug)]
enum Deed {
    Child(u8, u8),
    Household(u8, u8),
    Places(u8),
    Agent(u8, u8),
    Staff(u8, u8),
    Pin(u8),
    Reserve(Vec<(u8, u8, u8, bool)>),
    Cancel(Vec<u8>),
    Marks(BTreeSet<u8>),
    Day(u8, u8),
    NoDay(u8),
    Attach(u8, u8),
    Aside(u8),
    Settle(u8, bool),
    Withdraw(u8),
    Waive(u8, bool),
    Decide(u8, u8),
    Undo(u8),
    LogsIn,
    Switch(bool),
    Machine(u8, u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    let booking = (0_u8..4, 0_u8..2, 0_u8..2, any::<bool>());
    prop_oneof![
        2 => (0_u8..6, 0_u8..3).prop_map(|(n, v)| Deed::Child(n, v)),
        2 => (0_u8..2, 0_u8..3).prop_map(|(n, v)| Deed::Household(n, v)),
        1 => (0_u8..3).prop_map(Deed::Places),
        1 => (0_u8..3, 0_u8..3).prop_map(|(n, v)| Deed::Agent(n, v)),
        1 => (0_u8..2, 0_u8..3).prop_map(|(n, v)| Deed::Staff(n, v)),
        1 => (0_u8..3).prop_map(Deed::Pin),
        5 => prop::collection::vec(booking, 1..5).prop_map(Deed::Reserve),
        4 => prop::collection::vec(0_u8..12, 1..3).prop_map(Deed::Cancel),
        4 => prop::collection::btree_set(0_u8..24, 1..5).prop_map(Deed::Marks),
        1 => (0_u8..2, 0_u8..3).prop_map(|(n, v)| Deed::Day(n, v)),
        1 => (0_u8..2).prop_map(Deed::NoDay),
        1 => (0_u8..2, 0_u8..3).prop_map(|(n, v)| Deed::Attach(n, v)),
        1 => (0_u8..3).prop_map(Deed::Aside),
        1 => (0_u8..3, any::<bool>()).prop_map(|(n, v)| Deed::Settle(n, v)),
        1 => (0_u8..3).prop_map(Deed::Withdraw),
        1 => (0_u8..2, any::<bool>()).prop_map(|(n, v)| Deed::Waive(n, v)),
        2 => (0_u8..3, 0_u8..3).prop_map(|(n, v)| Deed::Decide(n, v)),
        1 => (0_u8..6).prop_map(Deed::Undo),
        1 => Just(Deed::LogsIn),
        1 => any::<bool>().prop_map(Deed::Switch),
        1 => (0_u8..2, 0_u8..3).prop_map(|(n, v)| Deed::Machine(n, v)),
    ]
}

fn deeds(most: usize) -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec(deed(), 0..most)
}

/// Does it, as far as the record lets it in. `nth` makes what is new different from all else.
fn does(town: &Town, deed: &Deed, nth: u128) {
    let word = |v: u8| format!("état {v}");
    let n = |n: u8| u128::from(n) + 1;
    let agent_1 = Actor::Agent(AgentId(id(71)));
    let body = match deed {
        Deed::Child(who, v) => child(n(*who), &word(*v)),
        Deed::Household(who, v) => household(n(*who), &word(*v)),
        Deed::Places(places) => activity(1, Some(u32::from(*places) + 1)),
        Deed::Agent(who, v) => {
            let role = if *v == 0 {
                Role::Lecture
            } else {
                Role::Gestionnaire
            };
            agent(n(*who), &word(*v), role)
        }
        Deed::Staff(who, v) => staff(n(*who), &word(*v)),
        Deed::Pin(v) => Body::SetStaffPin {
            staff: StaffId(id(81)),
            phc: (*v > 0).then(|| format!("$argon2id${v}")),
        },
        Deed::Reserve(bookings) => Body::Reserve {
            lines: (0_u128..)
                .zip(bookings)
                .map(|(place, (who, what, day, otherwise))| {
                    let mut line = line(nth * 10 + place, n(*who), n(*what), 24 + u32::from(*day));
                    line.formula = otherwise.then(|| formula(10 * n(*what)));
                    line
                })
                .collect(),
        },
        Deed::Cancel(which) => {
            let known = town.rows("select id from reservation order by id");
            let all: BTreeSet<ReservationId> = which
                .iter()
                .filter_map(|n| known.get(usize::from(*n)))
                .filter_map(|row| row.uuid(0).ok().map(ReservationId))
                .collect();
            if all.is_empty() {
                return;
            }
            Body::CancelReservations {
                reservations: all.into_iter().collect(),
            }
        }
        Deed::Marks(numbers) => {
            let numbers: Vec<u64> = numbers.iter().map(|n| u64::from(*n)).collect();
            return hands_in(town, &numbers);
        }
        Deed::Day(which, v) => Body::PutExceptionalDay {
            day: ExceptionalDayRecord {
                id: ExceptionalDayId(id(300 + n(*which))),
                kind: ExceptionalKind::Outing,
                from: date(24),
                until: None,
                schools: vec![SchoolId(id(11))],
                classes: Vec::new(),
                words: word(*v),
                meals: MealEffect::Kept,
                minimum_service: None,
                sites: Vec::new(),
                services: Vec::new(),
                cancels: false,
            },
        },
        Deed::NoDay(which) => Body::RemoveExceptionalDay {
            day: ExceptionalDayId(id(300 + n(*which))),
        },
        Deed::Attach(unknown, who) => Body::AttachChild {
            unknown: ChildId(id(7_000 + n(*unknown))),
            child: ChildId(id(60 + n(*who))),
        },
        Deed::Aside(which) => aside(*which),
        Deed::Settle(which, taken) => Body::SettleQuarantine {
            hash: Hash32([*which; 32]),
            settlement: if *taken {
                Settlement::Taken {
                    marks: vec![mark(40 + u64::from(*which))],
                }
            } else {
                Settlement::Left
            },
        },
        Deed::Withdraw(who) => {
            let subject = id(9_000 + n(*who));
            let gone = Withdrawal::sign(Withdrawn::Device, subject, START, &town.commune.keys.signing);
            Body::Withdraw {
                withdrawal: Blob(encode(&gone)),
            }
        }
        Deed::Waive(which, on) => Body::WaiveSession {
            site: SiteId(id(21)),
            date: DAY,
            activity: ActivityId(id(40 + n(*which))),
            reason: on.then(|| "sans attendre".into()),
        },
        Deed::Decide(which, how) => Body::SettleDiscrepancies {
            lines: vec![SettledDiscrepancy {
                id: SettlementId(id(20_000 + nth)),
                kind: DiscrepancyKind::BookedNoMark,
                site: SiteId(id(21)),
                date: date(24),
                activity: ActivityId(id(41)),
                child: Some(ChildId(id(60 + n(*which)))),
                evidence: Hash32([7; 32]),
                decision: match how {
                    0 => Decision::Confirm,
                    1 => Decision::Correct {
                        stated: Stated::Present {
                            from: None,
                            until: None,
                        },
                    },
                    _ => Decision::Reserve {
                        line: line(50_000 + nth, n(*which), 1, 24),
                    },
                },
                note: String::new(),
            }],
        },
        Deed::Undo(which) => {
            let known = town.rows("select id from settlement where undone_seq is null order by id");
            let Some(id) = known.get(usize::from(*which)).and_then(|row| row.uuid(0).ok()) else {
                return;
            };
            Body::UndoSettlements {
                settlements: vec![SettlementId(id)],
                reason: "erreur".into(),
            }
        }
        Deed::LogsIn => Body::AgentLoggedIn {
            agent: AgentId(id(71)),
        },
        Deed::Switch(open) => Body::SetCapability {
            capability: Capability::Reservation,
            state: if *open { Openness::Open } else { Openness::Closed },
            message: "fermé".into(),
        },
        Deed::Machine(who, v) => {
            let _ = town.by(Actor::System, Channel::Job, household(n(*who), &word(*v)));
            return;
        }
    };
    // What the record refuses is refused on this line.
    let _ = town.by(agent_1, Channel::Desk, body);
}

fn all(town: &Town, deeds: &[Deed], from: u128) {
    for (nth, deed) in (from..).zip(deeds) {
        does(town, deed, nth);
    }
}

fn merged(live: &Town, lost: &Lost, chunk: usize, between: impl FnMut() -> bool) -> Report {
    let mut errand = errand(&live.commune, Actor::Host, "test");
    errand.chunk = chunk;
    merge_in(&live.commune, History::of(lost), errand, between).expect("a merge")
}

/// Fates in order, and what is said of each.
fn fates(report: &Report) -> Vec<(u64, Fate, String)> {
    let of = |line: &crate::merge::Line| (line.at.seq, line.fate, line.why.clone());
    report.lines.iter().map(of).collect()
}

fn accounted(live: &Town, lost: &Town, report: &Report, fork: u64) -> Result<(), TestCaseError> {
    let missing = lost.head().seq - fork;
    prop_assert_eq!(report.lost(), missing);
    prop_assert_eq!(
        live.number("select count(*) from lost"),
        i64::try_from(missing).unwrap()
    );
    let seqs: BTreeSet<u64> = report.lines.iter().map(|line| line.at.seq).collect();
    prop_assert_eq!(seqs, (fork + 1..=lost.head().seq).collect::<BTreeSet<u64>>());
    Ok(())
}

fn config() -> Config {
    Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_merge_is_a_function_of_both_lines(
        before in deeds(8), there in deeds(14), here in deeds(10), chunk in 1_usize..6,
    ) {
        let lost = Town::new();
        all(&lost, &before, 1_000);
        let fork = lost.head().seq;
        let live = lost.cut();
        all(&lost, &there, 2_000);
        all(&live, &here, 3_000);
        let found = lost.lost();
        let other = live.copy();
        let planned = live.plans(&found);
        let report = live.merges(&found);
        prop_assert_eq!(&planned, &report);
        accounted(&live, &lost, &report, fork)?;
        // Whatever the chunks, each entry meets the same fate, and the record says the same.
        let chunked = merged(&other, &found, chunk, || true);
        prop_assert_eq!(fates(&chunked), fates(&report));
        let standing = "select child, activity, date, formula from reservation where cancelled_at is null \
             order by child, activity, date";
        prop_assert_eq!(live.rows(standing), other.rows(standing));
        // Twice equals once.
        let (head, dump) = (live.head(), live.dump());
        let again = live.merges(&found);
        prop_assert_eq!(live.head(), head);
        prop_assert!(live.dump() == dump);
        prop_assert_eq!((again.applied, again.earlier, again.lost()), (0, report.lost(), report.lost()));
        // No more children than there are places, as far as the merge let them in.
        let marks: BTreeSet<_> = all_marks(&lost).union(&all_marks(&live)).cloned().collect();
        let taken = report.lines.iter().all(|l| l.kind != "settle_quarantine" || l.fate != Fate::ToSettle);
        prop_assert!(!taken || all_marks(&live) == marks, "marks are a union");
        // Read back in mode recorded, it is the same record.
        let replayed = live.copy();
        for ((name, here), (_, there)) in live.dump().into_iter().zip(replayed.dump()) {
            prop_assert!(here == there, "table {} differs after a replay", name);
        }
        replayed.is_sound();
    }

    #[test]
    fn marks_are_a_union_whatever_is_written_between_and_in_whatever_order(
        first in deeds(8), second in deeds(8), here in deeds(6), between in deeds(6), chunk in 1_usize..4,
    ) {
        let one = Town::new();
        let two = one.cut();
        let live = one.cut();
        let other = live.copy();
        all(&one, &first, 1_000);
        all(&two, &second, 2_000);
        for town in [&live, &other] {
            all(town, &here, 3_000);
        }
        let of_both: BTreeSet<_> = [&one, &two].iter().flat_map(|town| {
            // What only a decision took in is a person's, and may wait for one.
            let sql = "select m.id, m.value from mark m join journal j on j.seq = m.seq where j.kind = 'receive_marks'";
            town.rows(sql).into_iter().map(|row| (row.bytes(0).unwrap(), row.bytes(1).unwrap()))
        }).collect();
        let mut coming = (4_000_u128..).zip(&between);
        merged(&live, &one.lost(), chunk, || {
            if let Some((nth, deed)) = coming.next() {
                does(&live, deed, nth);
            }
            true
        });
        merged(&live, &two.lost(), chunk, || true);
        all(&live, &coming.map(|(_, deed)| deed.clone()).collect::<Vec<_>>(), 5_000);
        merged(&other, &two.lost(), chunk, || true);
        merged(&other, &one.lost(), chunk, || true);
        all(&other, &between, 4_000);
        prop_assert!(of_both.is_subset(&all_marks(&live)));
        prop_assert!(of_both.is_subset(&all_marks(&other)));
        for town in [&live, &other] {
            town.is_sound();
            for lost in [&one, &two] {
                let rows = town.rows("select branch from lost");
                let branch = lost.head().branch;
                let counted = rows.iter().filter(|row| row.uuid(0).ok() == Some(branch.0)).count() as u64;
                let seq = lost.commune.store.read(|tx| tx.query("select min(seq) from journal where branch = ?1", &[branch.into()])).expect("rows");
                let first = seq[0].opt(0, crate::store::Row::count).unwrap();
                // One that wrote nothing on its branch lost nothing.
                prop_assert_eq!(counted, first.map_or(0, |_| lost.head().seq - fork_of(&one, lost)));
            }
        }
    }
}

/// Where a line of the second property parted from the others.
fn fork_of(first: &Town, lost: &Town) -> u64 {
    let sql = "select fork_seq from branch where is_current = 1 and fork_seq is not null";
    match lost.rows(sql).first() {
        Some(row) => row.count(0).expect("a number"),
        // The first line goes on, on the branch it was founded on.
        None => first
            .entries()
            .iter()
            .filter(|(entry, _)| entry.header.kind == "put_staff")
            .map(|(entry, _)| entry.header.seq)
            .min()
            .expect("an entry"),
    }
}
