use std::fs;
use std::os::unix::fs::PermissionsExt;

use shared::time::UtcMs;

use super::*;
use crate::host::Host;
use crate::keys;
use crate::store::Kind;
use crate::store::testing::Place;

fn clock() -> Clock {
    Clock::starting_at(UtcMs::parse("2026-11-22T12:00:00Z").unwrap())
}

fn town() -> (tempfile::TempDir, Setup) {
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::folder(folder.path());
    let host = Host::open(setup.clone(), clock()).unwrap();
    host.create(&"ville".parse().unwrap(), "Ville", "Europe/Paris", "mairie")
        .unwrap();
    (folder, setup)
}

fn errors(report: &Report) -> Vec<&str> {
    let errors = report.findings.iter().filter(|f| f.level == Level::Error);
    errors.map(|finding| finding.what.as_str()).collect()
}

#[test]
fn a_sound_host_has_no_error_and_says_its_settings() {
    let (_folder, setup) = town();
    let report = examine(&setup, None, None, clock());
    assert!(report.ok, "{:?}", report.findings);
    let warned = report
        .findings
        .iter()
        .any(|finding| finding.what.contains("lisible par d’autres"));
    assert!(!warned, "what is made is private: {:?}", report.findings);
    assert_eq!(report.config["communes"], "1");
    assert!(report.config["engine"].starts_with("SQLite 3"));
}

/// The server of the tests forgets on a power cut; everything else is as it should be.
#[test]
fn a_database_server_says_its_settings_and_what_they_would_cost() {
    let place = Place::on(Kind::Postgres);
    let host = place.host(clock());
    host.create(&"bourg".parse().unwrap(), "Bourg", "Europe/Paris", "mairie")
        .unwrap();
    let report = examine(&place.setup(), None, None, clock());
    assert_eq!(report.config["communes"], "1");
    assert!(report.config["engine"].starts_with("PostgreSQL 1"));
    assert_eq!(
        (&*report.config["fsync"], &*report.config["tls"]),
        ("off", "non (même machine)")
    );
    let found = errors(&report);
    assert_eq!(found.len(), 2, "{found:?}");
    for name in ["fsync = off", "full_page_writes = off"] {
        assert!(found.iter().any(|what| what.contains(name)), "{found:?}");
    }
}

#[test]
fn what_is_missing_is_told_with_what_to_do() {
    let (_folder, setup) = town();
    let slug = "ville".parse().unwrap();
    fs::remove_file(keys::path(&setup.keys, &slug)).unwrap();
    fs::remove_file(setup.data.join("communes/ville.db")).unwrap();
    let report = examine(&setup, None, None, clock());
    assert!(!report.ok);
    let found = errors(&report);
    assert!(
        found
            .iter()
            .any(|what| what.contains("La clé de « ville » manque")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|what| what.contains("ses données manquent")),
        "{found:?}"
    );
    assert!(report.findings.iter().all(|finding| !finding.advice.is_empty()));
}

#[test]
fn it_looks_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::folder(&folder.path().join("absent"));
    assert!(!examine(&setup, None, None, clock()).ok);
    assert!(!setup.data.exists());
    fs::create_dir(&setup.data).unwrap();
    examine(&setup, None, None, clock());
    assert_eq!(fs::read_dir(&setup.data).unwrap().count(), 0);
}

#[test]
fn a_server_that_is_not_there_is_an_error_and_its_password_is_not_told() {
    let (_folder, mut setup) = town();
    setup.store = "postgres://preau:s3cr3t@127.0.0.1:1/preau".parse().unwrap();
    let report = examine(&setup, None, None, clock());
    assert!(!report.ok);
    let told = serde_json::to_string(&report).unwrap();
    assert!(!told.contains("s3cr3t"), "{told}");
    assert!(told.contains("127.0.0.1:1"));
}

#[test]
fn keys_that_others_can_read_are_told() {
    let (_folder, setup) = town();
    let file = keys::path(&setup.keys, &"ville".parse().unwrap());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let report = examine(&setup, None, None, clock());
    assert!(
        report
            .findings
            .iter()
            .any(|f| f.level == Level::Warning && f.what.contains("ville.key"))
    );
}
