//! What comes back: all of it, or up to a moment; on its own branch; over an old store or beside nothing.

use shared::withdrawal::Withdrawn;

use super::ground::{Machine, Offsite, START, slug, snapshot_file};
use crate::restore::{Asked, RestoreError};

/// Instants in minutes after the start.
fn at(asked: Asked, minutes: i64) -> Asked {
    Asked {
        at: Some(START.plus_ms(minutes * 60_000 + 30_000)),
        ..asked
    }
}

#[test]
fn a_snapshot_and_what_followed_it_come_back_elsewhere() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=5);
    let snapshot = offsite.snapshot(&town);
    town.schools(6..=12);
    offsite.ship(&town, 0, 4);
    let gone = town.withdraw(Withdrawn::Device, 99);
    offsite.withdrawals(&town, &[gone]);
    let before = town.head();
    let elsewhere = town.elsewhere();
    elsewhere.hands.pass(3_600_000);
    let restored = elsewhere.restored(&offsite.asked());

    assert_eq!(restored.problems, Vec::<String>::new());
    assert_eq!(restored.snapshot.as_deref(), Some(snapshot.as_str()));
    assert_eq!(
        (restored.entries, restored.segments),
        (25, 5),
        "the segment that overlaps the snapshot, and four more"
    );
    assert!(restored.aside.is_empty() && restored.cut.is_none() && restored.set_aside.is_none());
    assert!(restored.withdrawals.read);
    assert_eq!(
        restored.withdrawals.applied, 1,
        "it was made after the last segment"
    );
    assert_eq!(elsewhere.content(), (12, 12));
    assert_eq!(elsewhere.journal(25), town.journal(25), "byte by byte");
    assert_eq!(elsewhere.host.list().expect("the list")[0].name, "Ville");

    let head = elsewhere.head();
    assert_ne!(head.branch, before.branch);
    assert_eq!(Some(head.branch), restored.incarnation);
    let recovery = elsewhere.rows("select cause, withdrawals_read, restored_to from recovery");
    assert_eq!(recovery[0].text(0), Ok("restored".into()));
    assert_eq!(recovery[0].flag(1), Ok(true));
    assert_eq!(recovery[0].int(2).ok(), restored.at.map(|at| at.0));
    let closed = elsewhere.rows("select name from capability where state = 'closed' order by name");
    let closed: Vec<_> = closed.iter().map(|row| row.text(0).expect("a name")).collect();
    assert_eq!(closed, ["payment", "reservation"]);
    assert_eq!(elsewhere.rows("select subject from withdrawal").len(), 1);
}

#[test]
fn what_a_fire_may_take_does_not_come_back() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=2);
    town.commune()
        .store
        .write(|tx| {
            tx.execute(
                "insert into throttle (subject, failures, locked_until, last_at) values ('x', 1, 0, 0)",
                &[],
            )
        })
        .expect("a row");
    let asked = snapshot_file(&town, &offsite);
    let elsewhere = town.elsewhere();
    let restored = elsewhere.restored(&asked);
    assert_eq!(elsewhere.content(), (2, 2));
    assert!(elsewhere.rows("select subject from throttle").is_empty());
    assert!(!restored.withdrawals.read, "a file alone says nothing of them");
    assert_eq!(restored.problems.len(), 1, "{:?}", restored.problems);
    let recovery = elsewhere.rows("select withdrawals_read from recovery");
    assert_eq!(recovery[0].flag(0), Ok(false));
}

#[test]
fn segments_alone_are_enough_from_the_first_entry_on() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=6);
    offsite.ship(&town, 0, 3);
    let elsewhere = town.elsewhere();
    let restored = elsewhere.restored(&offsite.asked());
    assert_eq!(restored.snapshot, None);
    assert_eq!(restored.entries, 13);
    assert_eq!(elsewhere.content(), (6, 6));
    assert_eq!(elsewhere.journal(13), town.journal(13));
}

#[test]
fn a_moment_is_reached_from_the_newest_snapshot_before_it() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=3);
    let first = offsite.snapshot(&town);
    town.schools(4..=6);
    let second = offsite.snapshot(&town);
    town.schools(7..=9);
    offsite.ship(&town, 0, 4);

    // Entry n came n - 1 minutes after the founding.
    for (minutes, entries, snapshot) in [
        (17, 18, Some(&second)),
        (12, 13, Some(&second)),
        (11, 12, Some(&first)),
        (6, 7, Some(&first)),
    ] {
        let elsewhere = town.elsewhere();
        let restored = elsewhere.restored(&at(offsite.asked(), minutes));
        assert_eq!(restored.entries, entries, "{minutes} minutes after the start");
        assert_eq!(restored.snapshot.as_ref(), snapshot);
        assert_eq!(restored.cut.map(|cut| cut.seq), Some(entries + 1));
        assert_eq!(elsewhere.journal(entries), town.journal(entries));
        assert_eq!(elsewhere.content().0 as u64, entries / 2);
        assert_eq!(restored.aside.len(), 1, "what was cut off stays where it is");
        assert_eq!(
            (restored.aside[0].first, restored.aside[0].last),
            (entries + 1, 19)
        );
    }
}

#[test]
fn a_moment_before_every_snapshot_is_reached_by_the_journal_in_one() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=5);
    let asked = snapshot_file(&town, &offsite);
    let named = offsite.snapshot(&town);
    for asked in [asked, offsite.asked()] {
        let elsewhere = town.elsewhere();
        let restored = elsewhere.restored(&at(asked.clone(), 4));
        assert_eq!(restored.entries, 5);
        assert_eq!(restored.cut.map(|cut| cut.seq), Some(6));
        assert_eq!(elsewhere.journal(5), town.journal(5));
        assert_eq!(elsewhere.content(), (2, 2));
        assert!(
            restored
                .snapshot
                .is_some_and(|name| asked.from.ends_with(&name) || name == named)
        );

        let early = town.elsewhere();
        let refused = early.restore(&Asked {
            at: Some(START.plus_ms(-1)),
            ..asked
        });
        assert!(
            matches!(refused, Err(RestoreError::TooEarly { first, .. }) if first == START),
            "{refused:?}"
        );
        assert!(
            early.host.list().expect("the list").is_empty(),
            "nothing was made"
        );
    }
}

/// A town is restored; its old server was not dead and goes on shipping. It burns once more.
#[test]
fn a_second_return_follows_the_first_and_leaves_the_surviving_server_aside() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=4);
    offsite.snapshot(&town);
    town.schools(5..=6);
    offsite.ship(&town, 0, 5);
    let second = town.elsewhere();
    second.hands.pass(60_000);
    let restored = second.restored(&offsite.asked());
    let first_end = restored.entries;
    second.schools(10..=12);
    offsite.ship(&second, first_end, 3);
    // Meanwhile.
    town.schools(7..=9);
    offsite.ship(&town, first_end, 2);

    let third = second.elsewhere();
    let again = third.restored(&offsite.asked());
    assert_eq!(again.problems, Vec::<String>::new());
    assert_eq!(again.entries, second.head().seq);
    assert_eq!(third.journal(again.entries), second.journal(again.entries));
    assert_eq!(third.content(), (9, 9));
    assert_eq!(third.rows("select id from branch").len(), 3);
    assert_eq!(again.aside.len(), 1);
    assert_eq!(again.aside[0].branch, town.head().branch);
    assert_eq!(
        (again.aside[0].first, again.aside[0].last),
        (first_end + 1, town.head().seq)
    );
}

#[test]
fn over_an_old_store_that_one_is_kept_and_what_it_took_away_stays_taken() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=3);
    let asked = snapshot_file(&town, &offsite);
    town.schools(4..=6);
    town.withdraw(Withdrawn::Device, 99);
    let old = town.head();
    town.close();
    let restored = town.restored(&asked);
    assert_eq!(town.content(), (3, 3));
    assert!(restored.withdrawals.read, "the old store knows them");
    assert_eq!(restored.withdrawals.applied, 1);
    let aside = restored.set_aside.expect("the old store is kept");
    let kept = town.host.backend().open_aside(&aside).expect("it opens");
    let head = kept
        .read(|tx| crate::corridor::journal::head(tx, old.branch))
        .expect("it reads");
    assert_eq!(head, old, "with its tail");
    drop(kept);

    // A return without the withdrawals does not vouch for them at the next one.
    let elsewhere = town.elsewhere();
    assert!(!elsewhere.restored(&asked).withdrawals.read);
    elsewhere.hands.pass(1_000);
    elsewhere.close_if_open();
    assert!(!elsewhere.restored(&asked).withdrawals.read);
}

#[test]
fn a_target_without_any_set_of_withdrawals_does_not_vouch_for_anybody() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=3);
    offsite.ship(&town, 0, 2);
    let set = offsite.withdrawals(&town, &[]);
    offsite.remove(&set);
    let elsewhere = town.elsewhere();
    let restored = elsewhere.restored(&offsite.asked());
    assert_eq!(elsewhere.content(), (3, 3));
    assert!(!restored.withdrawals.read);
    assert_eq!(restored.problems.len(), 1, "{:?}", restored.problems);
    assert!(
        restored.problems[0].contains("retraits"),
        "{:?}",
        restored.problems
    );
}

#[test]
fn twice_by_a_clock_that_stands_still_both_old_stores_are_kept() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=3);
    let asked = snapshot_file(&town, &offsite);
    town.close();
    let kept: Vec<_> = (0..3)
        .map(|_| {
            town.close_if_open();
            town.restored(&asked).set_aside.expect("the old store is kept")
        })
        .collect();
    for (n, name) in kept.iter().enumerate() {
        assert!(!kept[..n].contains(name), "{kept:?}");
        assert!(town.host.backend().open_aside(name).is_ok());
    }
}

#[test]
fn a_dry_run_tells_the_same_and_writes_nothing() {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=3);
    offsite.snapshot(&town);
    town.schools(4..=6);
    offsite.ship(&town, 0, 2);
    let elsewhere = town.elsewhere();
    let told = elsewhere.restored(&Asked {
        dry_run: true,
        ..offsite.asked()
    });
    assert!(elsewhere.host.list().expect("the list").is_empty());
    assert!(elsewhere.host.backend().open_beside(&slug()).is_err());
    let done = elsewhere.restored(&offsite.asked());
    assert_eq!(told.incarnation, None);
    assert_eq!(
        (told.entries, &told.head, told.segments),
        (done.entries, &done.head, done.segments)
    );
    assert_eq!((told.snapshot, told.problems), (done.snapshot, done.problems));
}
