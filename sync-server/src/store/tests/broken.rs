//! A database server that cuts its lines, stops, or no longer has the store.

use postgres::{Client, NoTls};
use test_postgres::{Cluster, Options};

use super::*;
use crate::store::testing::{never, options};
use crate::store::{Kind, Pool, Postgres, set_aside};

/// Cuts every line to a database but the one that this is asked over.
fn cut(url: &str) {
    let sql = "select count(pg_terminate_backend(pid, 60000)) from pg_stat_activity \
               where datname = current_database() and usename = current_user and pid <> pg_backend_pid()";
    Client::connect(url, NoTls).unwrap().query(sql, &[]).unwrap();
}

/// Has a store hold several lines that wait for work.
fn warm(store: &Store, lines: usize) {
    store
        .read(|tx| {
            names(tx)?;
            if lines > 1 {
                warm(store, lines - 1);
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

/// Works again, after one answer at most that says to try later.
fn recovers(store: &Store, subject: &str) {
    let first = saved(store, subject, 1);
    assert!(first.is_ok() || is_unavailable(&first), "{first:?}");
    if first.is_err() {
        assert_eq!(saved(store, subject, 1), Ok(()));
    }
    for _ in 0..6 {
        warm(store, 3);
    }
}

#[test]
fn lines_cut_between_two_pieces_of_work_cost_one_answer_at_most() {
    let place = Place::on(Kind::Postgres);
    let store = place.store();
    saved(&store, "before", 1).unwrap();
    warm(&store, 4);
    cut(&place.database().url());
    recovers(&store, "after");
    assert_eq!(subjects(&store), ["after", "before"]);
    warm(&store, 4);
    cut(&place.database().url());
    let read: Result<_, StoreError> = store.read(|tx| names(tx));
    assert!(read.is_ok() || is_unavailable(&read), "{read:?}");
    assert_eq!(subjects(&store), ["after", "before"]);
}

#[test]
fn a_line_cut_within_a_write_undoes_it() {
    let place = Place::on(Kind::Postgres);
    let store = place.store();
    saved(&store, "before", 1).unwrap();
    for after in [false, true] {
        let url = place.database().url();
        let done = store.write(move |tx| {
            put(tx, "lost", 1)?;
            cut(&url);
            if after { put(tx, "lost too", 1) } else { Ok(()) }
        });
        assert!(is_unavailable(&done), "{done:?}");
        assert_eq!(subjects(&other(&place)), ["before"]);
    }
    recovers(&store, "next");
    assert_eq!(subjects(&store), ["before", "next"]);
}

#[test]
fn a_server_that_stopped_is_used_again_once_it_is_back() {
    let cluster = Cluster::start(Options::default());
    let database = cluster.database();
    let pool = Pool::new(&options(&database)).unwrap();
    let store = Store::new(Postgres::new_commune(&pool, "ville", never(), 0).unwrap());
    saved(&store, "before", 1).unwrap();
    warm(&store, 3);
    cluster.stop();
    for _ in 0..3 {
        let done = saved(&store, "lost", 1);
        assert!(is_unavailable(&done), "{done:?}");
        let read: Result<_, StoreError> = store.read(|tx| names(tx));
        assert!(is_unavailable(&read), "{read:?}");
    }
    cluster.restart();
    recovers(&store, "after");
    warm(&store, 3);
    cluster.kill9();
    assert!(is_unavailable(&saved(&store, "lost", 1)));
    cluster.restart();
    recovers(&store, "again");
    assert_eq!(subjects(&store), ["after", "again", "before"]);
}

#[test]
fn a_store_that_was_set_aside_is_told_from_one_that_is_down() {
    let place = Place::on(Kind::Postgres);
    let store = place.store();
    saved(&store, "before", 1).unwrap();
    let pool = Pool::new(&options(place.database())).unwrap();
    set_aside(&pool, "ville", "moved_ville").unwrap();
    assert_eq!(saved(&store, "after", 1), Err(StoreError::Moved));
    let read: Result<_, StoreError> = store.read(|tx| names(tx));
    assert_eq!(read, Err(StoreError::Moved));
    let opened = Postgres::commune(&pool, "ville", never());
    assert_eq!(opened.err(), Some(StoreError::Moved));
}

#[test]
fn a_store_used_for_the_first_time_leaves_the_lines_of_others_alone() {
    let place = Place::on(Kind::Postgres);
    let pool = Pool::new(&options(place.database())).unwrap();
    let first = Store::new(Postgres::commune(&pool, "ville", never()).unwrap());
    let second = Store::new(Postgres::new_commune(&pool, "bourg", never(), 0).unwrap());
    warm(&first, 3);
    let lines = |client: &mut Client| -> Vec<i32> {
        let sql = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() order by pid";
        client
            .query(sql, &[])
            .unwrap()
            .iter()
            .map(|row| row.get(0))
            .collect()
    };
    let mut client = place.database().client();
    assert_eq!(pool.usage().idle, 3);
    let before = lines(&mut client);
    saved(&second, "a", 1).unwrap();
    assert_eq!(pool.usage().idle, 3);
    assert_eq!(lines(&mut client), before);
    assert_eq!(
        (subjects(&first), subjects(&second)),
        (vec![], vec!["a".to_owned()])
    );
}
