//! Two processes in one store: each opens it for itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

use super::*;
use crate::store::testing::options;
use crate::store::{Kind, Pool, Postgres, Schema, SignalListener, Sqlite};

on_both! {
    writers_of_two_processes_wait_for_each_other
    a_writer_that_waits_too_long_is_told
    connections_that_are_all_in_use_are_waited_for_and_no_longer
    the_writes_of_others_can_be_noticed
}

/// As [`Place::store`], with short waits and few connections.
fn impatient(place: &Place) -> Store {
    match place.store().kind() {
        Kind::Sqlite => Store::new(Sqlite::open_with(&place.file(), Schema::Commune, SHORT).unwrap()),
        Kind::Postgres => {
            let pool = Pool::with_waits(&options(place.database()), SHORT).unwrap();
            let never = crate::store::testing::never();
            Store::new(Postgres::commune(&pool, "ville", never).unwrap())
        }
    }
}

fn writers_of_two_processes_wait_for_each_other(place: &Place) {
    let (first, second) = (place.store(), other(place));
    let (inside, is_inside) = channel();
    let (go, may_go) = channel();
    thread::scope(|scope| {
        let one = scope.spawn(move || {
            first.write(move |tx| {
                inside.send(()).unwrap();
                may_go.recv().unwrap();
                super::writing::next_number(tx)
            })
        });
        is_inside.recv().unwrap();
        let two = scope.spawn(move || second.write(super::writing::next_number));
        go.send(()).unwrap();
        assert_eq!(one.join().unwrap(), Ok(1));
        assert_eq!(two.join().unwrap(), Ok(2));
    });
}

fn a_writer_that_waits_too_long_is_told(place: &Place) {
    let (store, late) = (place.store(), impatient(place));
    saved(&late, "warm", 1).unwrap();
    store
        .write(move |tx| {
            put(tx, "held", 1)?;
            let refused = saved(&late, "late", 1);
            assert!(is_unavailable(&refused), "{refused:?}");
            assert_eq!(subjects(&late), ["warm"], "reading goes on");
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let late = impatient(place);
    saved(&late, "later", 1).unwrap();
    assert_eq!(subjects(&late), ["held", "later", "warm"]);
}

/// Reads within reads, until no connection is left.
fn connections_that_are_all_in_use_are_waited_for_and_no_longer(place: &Place) {
    let store = impatient(place);
    saved(&store, "a", 1).unwrap();
    fn deeper(store: &Store, depth: usize) -> Result<usize, StoreError> {
        assert!(depth < 100, "nobody bounds the connections");
        store.read(|tx| {
            names(tx)?;
            match deeper(store, depth + 1) {
                Err(StoreError::Unavailable(_)) => Ok(depth),
                deepest => deepest,
            }
        })
    }
    assert_eq!(deeper(&store, 1), Ok(4));
    assert_eq!(subjects(&store), ["a"], "and all came back");
}

fn the_writes_of_others_can_be_noticed(place: &Place) {
    let (store, elsewhere) = (place.store(), other(place));
    let before = store.data_version().unwrap();
    assert_eq!(store.data_version().unwrap(), before);
    saved(&elsewhere, "a", 1).unwrap();
    if store.kind() == Kind::Sqlite {
        assert_ne!(store.data_version().unwrap(), before);
        return;
    }
    let pool = Pool::new(&options(place.database())).unwrap();
    let (tell, heard) = channel();
    let _listener = SignalListener::start(&pool, move |slug| {
        let _ = tell.send(slug.map(str::to_owned));
    })
    .unwrap();
    assert_eq!(
        heard.recv().unwrap(),
        None,
        "at first, anything may have been missed"
    );
    elsewhere.announce();
    assert_eq!(heard.recv().unwrap().as_deref(), Some("ville"));
}

/// Words that a listener may still hear once it is to stop: those that had arrived.
const LAST_WORDS: usize = 500;

#[test]
fn who_listens_can_stop_while_others_never_pause() {
    let place = Place::on(Kind::Postgres);
    let elsewhere = other(&place);
    let pool = Pool::new(&options(place.database())).unwrap();
    // Words heard: counted from when it is to stop, and none before.
    let asked = Arc::new(AtomicUsize::new(usize::MAX));
    let (late, (tell, heard)) = (Arc::clone(&asked), channel());
    let listener = SignalListener::start(&pool, move |_| {
        if late.load(Ordering::SeqCst) != usize::MAX {
            late.fetch_add(1, Ordering::SeqCst);
        }
        let _ = tell.send(());
    })
    .unwrap();
    heard.recv().unwrap();
    thread::scope(|scope| {
        let asking = Arc::clone(&asked);
        let stopping = scope.spawn(move || {
            for _ in 0..3 {
                heard.recv().unwrap();
            }
            asking.store(0, Ordering::SeqCst);
            drop(listener);
        });
        while !stopping.is_finished() {
            let late = asked.load(Ordering::SeqCst);
            assert!(late == usize::MAX || late < LAST_WORDS, "it goes on listening");
            elsewhere.announce();
            thread::yield_now();
        }
    });
}
