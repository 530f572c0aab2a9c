//! One job, several processes, clocks that disagree.

use proptest::prelude::*;

use super::*;
use crate::jobs::ground::Ground;
use crate::store::{Schema, Sqlite, Store};

const NOON: UtcMs = UtcMs(1_795_345_200_000);
const MINUTE: i64 = 60_000;
const A: Holder = Holder([1; 16]);
const B: Holder = Holder([2; 16]);

/// The stores of two processes over one town, on each engine.
fn places() -> [(Ground, Store, Store); 2] {
    Ground::both(NOON).map(|ground| {
        let (a, b) = (ground.process(NOON), ground.process(NOON));
        (ground, a.store.clone(), b.store.clone())
    })
}

fn take(store: &Store, holder: Holder, now: UtcMs) -> Taken {
    store
        .write(move |tx| Lease::take(tx, "job", holder, now, MINUTE))
        .unwrap()
}

fn ours(taken: Taken) -> Lease {
    match taken {
        Taken::Ours(lease) => lease,
        Taken::Theirs(held) => panic!("held by {held:?}"),
    }
}

/// Writes a row for the job, if it still may.
fn write(store: &Store, lease: &Lease) -> Result<u64, StoreError> {
    let lease = lease.clone();
    store.write(move |tx| {
        lease.hold(tx)?;
        let params = ["written".into(), lease.token().into(), 0_i64.into(), NOON.into()];
        tx.execute(include_str!("../../web/sql/throttle_put.sql"), &params)
    })
}

fn written(store: &Store) -> Option<i64> {
    let row = store
        .read(|tx| {
            tx.first(
                include_str!("../../web/sql/throttle_get.sql"),
                &["written".into()],
            )
        })
        .unwrap();
    row.map(|row| row.int(0).unwrap())
}

#[test]
fn of_two_processes_one_gets_the_job_and_the_other_is_told_who_has_it() {
    for (_ground, a, b) in places() {
        let lease = ours(take(&a, A, NOON));
        let Taken::Theirs(held) = take(&b, B, NOON.plus_ms(MINUTE - 1)) else {
            panic!("both have it")
        };
        assert_eq!((held.holder, held.token, held.done_at), (A, lease.token(), None));
        assert!(
            matches!(take(&a, A, NOON), Taken::Theirs(_)),
            "nor a second thread of the same process"
        );
        let done = lease.clone();
        a.write(move |tx| done.release(tx, Some(NOON))).unwrap();
        let next = ours(take(&b, B, NOON));
        assert!(next.token() > lease.token());
        let row = b.read(|tx| held_row(tx)).unwrap();
        assert_eq!(row.done_at, Some(NOON), "who takes it sees when it was done");
    }
}

fn held_row(tx: &mut dyn Read) -> Result<Held, StoreError> {
    held(tx, "job").map(|held| held.expect("the job was taken"))
}

#[test]
fn a_holder_that_was_overtaken_writes_nothing_more() {
    for (_ground, a, b) in places() {
        let mut slow = ours(take(&a, A, NOON));
        assert_eq!(write(&a, &slow).unwrap(), 1);
        let later = NOON.plus_ms(MINUTE);
        let quick = ours(take(&b, B, later));
        assert_eq!(write(&b, &quick).unwrap(), 1);
        assert!(matches!(write(&a, &slow), Err(StoreError::Unavailable(_))));
        assert_eq!(
            written(&a),
            Some(quick.token()),
            "nothing of the slow one is kept"
        );
        let mut renewed = slow.clone();
        let refused = a.write(move |tx| renewed.renew(tx, later, MINUTE));
        assert!(matches!(refused, Err(StoreError::Unavailable(_))));
        slow.until = later;
        a.write(move |tx| slow.release(tx, Some(later))).unwrap();
        let row = b.read(|tx| held_row(tx)).unwrap();
        assert_eq!(
            (row.token, row.done_at),
            (quick.token(), None),
            "it ends only its own"
        );
        assert_eq!(write(&b, &quick).unwrap(), 1);
    }
}

#[test]
fn a_lease_that_ran_out_and_was_not_taken_may_go_on() {
    for (_ground, a, b) in places() {
        let mut lease = ours(take(&a, A, NOON));
        let later = NOON.plus_ms(3 * MINUTE);
        assert_eq!(write(&a, &lease).unwrap(), 1);
        a.write(move |tx| lease.renew(tx, later, MINUTE)).unwrap();
        assert!(matches!(take(&b, B, later), Taken::Theirs(_)));
    }
}

#[test]
fn a_lease_given_back_is_nobodys() {
    for (_ground, a, b) in places() {
        let lease = ours(take(&a, A, NOON));
        let given = lease.clone();
        a.write(move |tx| given.release(tx, None)).unwrap();
        assert!(write(&b, &lease).is_err());
    }
}

/// What a process does next.
#[derive(Clone, Debug)]
enum Step {
    Take(usize),
    Renew(usize),
    Write(usize),
    Release(usize),
    /// Its clock moves, forwards or back.
    Clock(usize, i64),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..3_usize;
    prop_oneof![
        3 => who.clone().prop_map(Step::Take),
        1 => who.clone().prop_map(Step::Renew),
        3 => who.clone().prop_map(Step::Write),
        1 => who.clone().prop_map(Step::Release),
        2 => (who, -3 * LONGEST_MS..3 * LONGEST_MS).prop_map(|(who, by)| Step::Clock(who, by)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Three processes whose clocks go as they like: each token has one holder, tokens only grow,
    /// and whoever may write is the one who took the job last.
    #[test]
    fn only_the_newest_holder_ever_writes(steps in prop::collection::vec(step(), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(Sqlite::open(&folder.path().join("ville.db"), Schema::Commune).unwrap());
        let mut clocks = [NOON; 3];
        let mut leases: [Option<Lease>; 3] = [None, None, None];
        let mut newest = (0, usize::MAX);
        let mut given_back = true;
        for step in steps {
            match step {
                Step::Clock(who, by) => clocks[who] = clocks[who].plus_ms(by),
                Step::Take(who) => {
                    let holder = Holder([u8::try_from(who).unwrap(); 16]);
                    if let Taken::Ours(lease) = take(&store, holder, clocks[who]) {
                        prop_assert!(lease.token() > newest.0);
                        newest = (lease.token(), who);
                        leases[who] = Some(lease);
                        given_back = false;
                    } else {
                        prop_assert!(!given_back, "nobody has it, and it was refused");
                    }
                }
                Step::Renew(who) => if let Some(mut lease) = leases[who].take() {
                    let (now, mine) = (clocks[who], (lease.token(), who) == newest && !given_back);
                    let renewed = store.write(move |tx| { lease.renew(tx, now, MINUTE)?; Ok::<_, StoreError>(lease) });
                    prop_assert_eq!(renewed.is_ok(), mine);
                    leases[who] = renewed.ok();
                },
                Step::Write(who) => if let Some(lease) = &leases[who] {
                    let mine = (lease.token(), who) == newest && !given_back;
                    prop_assert_eq!(write(&store, lease).is_ok(), mine);
                },
                Step::Release(who) => if let Some(lease) = leases[who].take() {
                    given_back |= (lease.token(), who) == newest;
                    store.write(move |tx| lease.release(tx, None)).unwrap();
                },
            }
        }
    }

    /// Nobody waits longer than the longest lease, whatever was written into the row.
    #[test]
    fn nobody_is_locked_out_for_ever(until in any::<i64>(), now in 0..4_000_000_000_000_i64, token in 0..i64::MAX) {
        let held = Held { holder: A, token, until: UtcMs(until), done_at: None };
        let ends = match decide(Some(held), UtcMs(now), MINUTE) {
            Decision::Granted { token: given, until } => {
                prop_assert_eq!(given, token + 1);
                until
            }
            Decision::Refused(held) => held.until,
        };
        prop_assert!(ends > UtcMs(now) && ends.0 - now <= LONGEST_MS);
        if held.until == ends {
            let granted = matches!(decide(Some(held), ends, MINUTE), Decision::Granted { .. });
            prop_assert!(granted, "it is free at the instant it ends");
        }
    }
}
