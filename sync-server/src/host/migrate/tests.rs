mod on_a_server;

use std::fs;
use std::path::Path;

use shared::time::UtcMs;
use tempfile::TempDir;

use super::*;
use crate::host::{Host, Setup};
use crate::store::{Schema, Sqlite};

fn clock() -> Clock {
    Clock::starting_at(UtcMs::parse("2026-11-22T12:00:00Z").unwrap())
}

/// A host with these communes, each as a program of before left it.
fn host_of_before(slugs: &[&str]) -> (TempDir, Backend) {
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::folder(folder.path());
    let host = Host::open(setup.clone(), clock()).unwrap();
    for slug in slugs {
        host.create(&slug.parse().unwrap(), slug, "Europe/Paris", "mairie")
            .unwrap();
    }
    drop(host);
    for slug in slugs {
        let file = file_of(folder.path(), slug);
        fs::remove_file(&file).unwrap();
        Sqlite::make_at(&file, Schema::Commune, 4).unwrap();
    }
    (folder, Backend::of(&setup).unwrap())
}

fn file_of(folder: &Path, slug: &str) -> std::path::PathBuf {
    folder.join("communes").join(format!("{slug}.db"))
}

#[test]
fn a_dry_run_says_what_would_be_done_and_changes_nothing() {
    let (_folder, backend) = host_of_before(&["a", "b"]);
    for _ in 0..2 {
        let report = migrate(&backend, clock(), true).unwrap();
        assert!(report.ok && report.dry_run);
        for commune in &report.communes {
            assert_eq!((commune.from, commune.to), (4, 4));
            assert_eq!(commune.applied[0], "V005__engines");
        }
    }
}

#[test]
fn one_failing_town_stops_nobody_and_a_second_run_finishes() {
    let (folder, backend) = host_of_before(&["a", "b", "c"]);
    let broken = file_of(folder.path(), "b");
    let good = fs::read(&broken).unwrap();
    fs::write(&broken, vec![7_u8; 8192]).unwrap();
    let report = migrate(&backend, clock(), false).unwrap();
    let newest = Schema::Commune.newest();
    let ends: Vec<(i32, bool)> = report
        .communes
        .iter()
        .map(|c| (c.to, c.error.is_some()))
        .collect();
    assert_eq!(ends, [(newest, false), (0, true), (newest, false)]);
    assert!(!report.ok && report.communes[1].damaged);

    fs::write(&broken, good).unwrap();
    let report = migrate(&backend, clock(), false).unwrap();
    assert!(report.ok);
    let did: Vec<usize> = report.communes.iter().map(|c| c.applied.len()).collect();
    assert_eq!(did, [0, usize::try_from(newest - 4).unwrap(), 0]);
}

#[test]
fn a_store_that_a_newer_program_only_added_to_is_still_used() {
    let (folder, backend) = host_of_before(&["a"]);
    migrate(&backend, clock(), false).unwrap();
    let newer = rusqlite::Connection::open(file_of(folder.path(), "a")).unwrap();
    let row = include_str!("newer.sql");
    newer.execute(row, []).unwrap();
    assert!(backend.open(&"a".parse().unwrap(), clock()).is_ok());
    let report = migrate(&backend, clock(), false).unwrap();
    assert!(report.ok);
    assert_eq!((report.communes[0].from, report.communes[0].to), (999, 999));

    newer.execute(include_str!("contract.sql"), []).unwrap();
    let refused = backend.open(&"a".parse().unwrap(), clock()).err();
    let ours = i64::from(Schema::Commune.newest());
    assert_eq!(refused, Some(StoreError::TooNew { ours, oldest: 999 }));
    assert!(!migrate(&backend, clock(), false).unwrap().ok);
}
