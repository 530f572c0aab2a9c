//! A job is kept whole or undone whole, whatever becomes of those that share its commit.

use std::sync::Barrier;
use std::thread;

use super::*;

on_both! {
    a_job_that_fails_undoes_itself_alone
    a_statement_that_failed_undoes_its_job_even_when_it_went_on
    a_panic_in_a_job_undoes_it_alone
    jobs_of_many_threads_are_all_durable_and_numbered_once
    a_job_that_fails_at_once_leaves_the_next_alone
}

const JOBS: usize = 24;

/// What the n-th job does: every third keeps its row, fails, or goes on after a failure.
fn job(store: &Store, n: usize) -> Result<(), StoreError> {
    let subject = format!("{n:02}");
    store.write(move |tx| {
        put(tx, &subject, 1)?;
        match n % 3 {
            0 => Ok(()),
            1 => Err(StoreError::Shape("mine".into())),
            _ => {
                let _ = fail(tx);
                Ok(())
            }
        }
    })
}

fn a_job_that_fails_undoes_itself_alone(place: &Place) {
    let store = place.store();
    let together = Barrier::new(JOBS);
    thread::scope(|scope| {
        for n in 0..JOBS {
            let (store, together) = (&store, &together);
            scope.spawn(move || {
                together.wait();
                let done = job(store, n);
                match n % 3 {
                    0 => assert_eq!(done, Ok(())),
                    1 => assert_eq!(done, Err(StoreError::Shape("mine".into()))),
                    _ => assert!(is_refused(&done), "{done:?}"),
                }
            });
        }
    });
    let kept: Vec<_> = (0..JOBS).step_by(3).map(|n| format!("{n:02}")).collect();
    assert_eq!(subjects(&other(place)), kept);
}

fn a_statement_that_failed_undoes_its_job_even_when_it_went_on(place: &Place) {
    let store = place.store();
    let done = store.write(|tx| {
        put(tx, "before", 1)?;
        assert!(is_refused(&fail(tx)));
        assert!(is_refused(&put(tx, "after", 1)), "it must not seem to go on");
        assert!(is_refused(&names(tx)));
        Ok::<_, StoreError>(())
    });
    assert!(is_refused(&done), "{done:?}");
    saved(&store, "next", 1).unwrap();
    assert_eq!(subjects(&store), ["next"]);
}

fn a_panic_in_a_job_undoes_it_alone(place: &Place) {
    let store = place.store();
    let together = Barrier::new(8);
    thread::scope(|scope| {
        for n in 0..8_i64 {
            let (store, together) = (&store, &together);
            scope.spawn(move || {
                together.wait();
                let done = store.write(move |tx| {
                    put(tx, &n.to_string(), n)?;
                    assert!(n % 2 == 0, "a fault");
                    Ok::<_, StoreError>(())
                });
                assert_eq!(done.is_ok(), n % 2 == 0, "{done:?}");
            });
        }
    });
    assert_eq!(subjects(&store), ["0", "2", "4", "6"]);
}

/// Whoever writes reads the newest number within its transaction, as the journal does.
pub(super) fn next_number(tx: &mut dyn Write) -> Result<i64, StoreError> {
    let head = tx.first("select coalesce(max(failures), 0) from throttle", &[])?;
    let next = head.map_or(Ok(0), |row| row.int(0))? + 1;
    put(tx, &format!("{next:05}"), next)?;
    Ok(next)
}

fn jobs_of_many_threads_are_all_durable_and_numbered_once(place: &Place) {
    let stores = [place.store(), other(place)];
    let mut numbers: Vec<i64> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let store = &stores[n % 2];
                scope.spawn(move || {
                    (0..20)
                        .map(|_| store.write(next_number).unwrap())
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=160).collect::<Vec<_>>());
    drop(stores);
    assert_eq!(subjects(&place.store()).len(), 160);
}

fn a_job_that_fails_at_once_leaves_the_next_alone(place: &Place) {
    let store = place.store();
    for _ in 0..3 {
        let refused = store.write(|tx| tx.query("select nothing", &[]).map(drop));
        assert!(is_refused(&refused), "{refused:?}");
        let empty: Result<(), StoreError> = store.write(|_| Ok(()));
        assert_eq!(empty, Ok(()));
    }
    saved(&store, "a", 1).unwrap();
    assert_eq!(subjects(&store), ["a"]);
}
