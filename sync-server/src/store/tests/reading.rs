//! Who reads sees one state, and stands in nobody's way.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;

on_both! {
    a_read_sees_one_state_while_others_commit
    who_reads_beside_a_write_sees_what_stood_before
    a_read_within_a_read_is_answered
    a_read_that_panics_takes_nothing_along
    a_read_cannot_write
    nothing_is_read_after_a_statement_that_failed
    an_error_of_the_reader_is_handed_through
}

fn a_read_sees_one_state_while_others_commit(place: &Place) {
    let (store, elsewhere) = (place.store(), other(place));
    saved(&store, "a", 1).unwrap();
    store
        .read(|tx| {
            assert_eq!(names(tx)?, ["a"]);
            saved(&elsewhere, "b", 1)?;
            saved(&store, "c", 1)?;
            assert_eq!(names(tx)?, ["a"]);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(subjects(&store), ["a", "b", "c"]);
    assert_eq!(subjects(&elsewhere), ["a", "b", "c"]);
}

fn who_reads_beside_a_write_sees_what_stood_before(place: &Place) {
    let (store, elsewhere) = (place.store(), other(place));
    saved(&store, "a", 1).unwrap();
    let (same, far) = (store.clone(), elsewhere.clone());
    store
        .write(move |tx| {
            put(tx, "b", 1)?;
            assert_eq!(subjects(&same), ["a"]);
            assert_eq!(subjects(&far), ["a"]);
            assert_eq!(names(tx)?, ["a", "b"], "a write sees what it wrote");
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(subjects(&elsewhere), ["a", "b"]);
}

fn a_read_within_a_read_is_answered(place: &Place) {
    let store = place.store();
    saved(&store, "a", 1).unwrap();
    let inner = store.read(|_| store.read(|tx| names(tx)));
    assert_eq!(inner.unwrap(), ["a"]);
}

fn a_read_that_panics_takes_nothing_along(place: &Place) {
    let store = place.store();
    saved(&store, "a", 1).unwrap();
    for _ in 0..10 {
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            store.read(|tx| {
                let names = names(tx)?;
                assert!(names.is_empty(), "a fault");
                Ok::<_, StoreError>(())
            })
        }));
        assert!(panicked.is_err());
    }
    saved(&store, "b", 1).unwrap();
    assert_eq!(subjects(&store), ["a", "b"]);
}

fn a_read_cannot_write(place: &Place) {
    let store = place.store();
    let insert = "insert into throttle (subject, failures, locked_until, last_at) values ('a', 1, 1, 1) returning subject";
    let written: Result<_, StoreError> = store.read(|tx| tx.query(insert, &[]));
    assert!(written.is_err());
    assert_eq!(subjects(&store), [""; 0]);
}

fn nothing_is_read_after_a_statement_that_failed(place: &Place) {
    let store = place.store();
    saved(&store, "a", 1).unwrap();
    store
        .read(|tx| {
            assert!(tx.query("select nothing from throttle", &[]).is_err());
            assert!(is_refused(&names(tx)));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(subjects(&store), ["a"]);
}

fn an_error_of_the_reader_is_handed_through(place: &Place) {
    let store = place.store();
    let read: Result<(), _> = store.read(|_| Err(StoreError::Shape("mine".into())));
    assert_eq!(read, Err(StoreError::Shape("mine".into())));
}
