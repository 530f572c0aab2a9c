//! The same where communes are schemas of a database.

use std::sync::Arc;

use super::*;
use crate::store::testing::{Place, options};
use crate::store::{Kind, Pool, Postgres};

/// A host with these communes, each as a program of before left it.
fn host_of_before(slugs: &[&str]) -> (Place, Backend) {
    let place = Place::on(Kind::Postgres);
    let host = place.host(clock());
    let pool = Pool::new(&options(place.database())).unwrap();
    for slug in slugs {
        host.create(&slug.parse().unwrap(), slug, "Europe/Paris", "mairie")
            .unwrap();
        Postgres::make_at(&pool, slug, 4).unwrap();
    }
    let backend = Backend::of(&place.setup()).unwrap();
    (place, backend)
}

fn ends(report: &Report) -> Vec<(i32, bool)> {
    let ends = report.communes.iter().map(|c| (c.to, c.error.is_some()));
    ends.collect()
}

#[test]
fn one_failing_town_stops_nobody_and_a_second_run_finishes() {
    let (place, backend) = host_of_before(&["a", "b", "c"]);
    let dry = migrate(&backend, clock(), true).unwrap();
    assert!(dry.ok);
    assert_eq!(ends(&dry), [(4, false); 3]);
    // Something of that name is in the way, in one town.
    let mut client = place.database().client();
    client
        .batch_execute("create table commune_b.lease (job bigint)")
        .unwrap();
    let report = migrate(&backend, clock(), false).unwrap();
    let newest = Schema::Commune.newest();
    assert_eq!(ends(&report), [(newest, false), (4, true), (newest, false)]);
    let half = "select count(*) from pg_tables where schemaname = 'commune_b' and tablename = 'lineage'";
    let half: i64 = client.query_one(half, &[]).unwrap().get(0);
    assert_eq!(half, 0, "what was begun is undone");

    client.batch_execute("drop table commune_b.lease").unwrap();
    let report = migrate(&backend, clock(), false).unwrap();
    assert!(report.ok);
    let did: Vec<usize> = report.communes.iter().map(|c| c.applied.len()).collect();
    assert_eq!(did, [0, usize::try_from(newest - 4).unwrap(), 0]);
}

#[test]
fn several_programs_at_once_migrate_each_town_once() {
    let (place, backend) = host_of_before(&["a", "b", "c"]);
    let backend = Arc::new(backend);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let backend = Arc::clone(&backend);
            std::thread::spawn(move || migrate(&backend, clock(), false).unwrap())
        })
        .collect();
    let newest = Schema::Commune.newest();
    for thread in threads {
        assert_eq!(ends(&thread.join().unwrap()), [(newest, false); 3]);
    }
    let mut client = place.database().client();
    for slug in ["a", "b", "c"] {
        let count = format!("select count(*) from commune_{slug}.refinery_schema_history");
        let count: i64 = client.query_one(&count, &[]).unwrap().get(0);
        assert_eq!(count, i64::from(newest));
    }
}
