//! The headless tablet.

use std::fs;

use system_tests::programs::run;
use system_tests::town::{MONDAY, MORNING};
use system_tests::{Tablet, Town};

use super::{has_keys, misused};

const MARK: &str = "01a206fd-6705-75d3-aa07-cf8fa5f1fc84";

/// Every command of the tablet that works on its own file.
const ON_ITS_OWN: [&[&str]; 13] = [
    &["list"],
    &["in", "Personne", "--activity", "cantine"],
    &["out", "Personne", "--activity", "cantine"],
    &["absent", "Personne", "--activity", "cantine"],
    &["close", "--activity", "cantine"],
    &["reopen", "--activity", "cantine"],
    &["undo", MARK],
    &["note", "Personne", "Il tousse"],
    &["sync"],
    &["status"],
    &["conflicts"],
    &["export", "/nowhere/export"],
    &["import", "/nowhere/export"],
];

#[test]
fn a_tablet_that_is_misused_says_64_and_one_that_refuses_says_2() {
    let town = Town::new();
    let server = town.server();
    let blank = town.blank_tablet("blank");
    for args in ON_ITS_OWN {
        assert!(
            blank.run(args).stopped(2).contains("pas encore associée"),
            "{args:?}"
        );
    }
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let bad: [&[&str]; 9] = [
        &[],
        &["nonsense"],
        &["in", "Personne"],
        &["in", "Personne", "--activity", "cantine", "--at", "midi"],
        &["list", "--date", "demain"],
        &["undo", "no-mark"],
        &["enrol", "--code", "demo-2222-2222-2222"],
        &["list", "--now", "hier"],
        &["status", "--unknown"],
    ];
    for args in bad {
        misused(&tablet.run(args));
    }
    let child = tablet.expected(MONDAY, "cantine").remove(0);
    let refused: [(&[&str], &str); 6] = [
        (
            &["in", "Personne Inconnue", "--activity", "cantine"],
            "Aucun enfant",
        ),
        (&["in", &child, "--activity", "patinoire"], "n’est pas pointée"),
        (
            &["absent", &child, "--activity", "cantine", "--reason", "flemme"],
            "motif",
        ),
        (&["undo", MARK], "pas de pointage"),
        (&["note", &child, " "], "mémo"),
        (&["import", "/nowhere/export"], "/nowhere/export"),
    ];
    for (args, why) in refused {
        let said = tablet.run(args);
        assert!(said.stopped(2).contains(why), "{said:#?}");
    }
    assert_eq!(tablet.status()["pending"], 0, "what was refused left no trace");
    for help in ["--help", "--version"] {
        assert_eq!(run("preau-tablet", [help]).code, Some(0));
        assert_eq!(run("preau-server", [help]).code, Some(0));
    }
}

#[test]
fn every_answer_of_a_tablet_is_one_json_value_with_the_keys_promised() {
    let town = Town::new();
    let mut server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let child = tablet.expected(MONDAY, "cantine").remove(0);
    let mark = tablet.run(&["in", &child, "--activity", "cantine"]).done();
    has_keys(&mark, &["mark"]);
    let on_monday = ["--activity", "cantine", "--date", MONDAY];
    for args in [&["close"][..], &["reopen"], &["out", &child], &["absent", &child]] {
        has_keys(&tablet.run(&[args, &on_monday].concat()).done(), &["mark"]);
    }
    has_keys(
        &tablet
            .run(&["note", &child, "Il tousse", "--activity", "cantine"])
            .done(),
        &["mark"],
    );
    has_keys(
        &tablet
            .run(&["undo", mark["mark"].as_str().expect("an id")])
            .done(),
        &["mark"],
    );
    let row = tablet.row(MONDAY, &child, "cantine");
    let keys = [
        "child",
        "first_name",
        "last_name",
        "group",
        "activity",
        "formula",
        "booked",
        "state",
    ];
    has_keys(
        &row,
        &[&keys[..], &["in_at", "out_at", "intervals", "conflict"]].concat(),
    );
    let keys = [
        "round_trips",
        "bytes_up",
        "bytes_down",
        "accepted",
        "received",
        "quarantined",
    ];
    has_keys(&tablet.sync(), &keys);
    let status = tablet.status();
    let keys = [
        "device",
        "sites",
        "pending",
        "accepted",
        "in_backup",
        "quarantined",
        "conflicts",
    ];
    has_keys(
        &status,
        &[&keys[..], &["last_sync", "incarnation", "sheets"]].concat(),
    );
    has_keys(&status["sheets"][0], &["site", "date", "marks", "digest"]);
    assert_eq!(status["sheets"][0]["digest"].as_str().map(str::len), Some(64));
    tablet.conflicts();
    let file = town.place("carried");
    let file = file.to_str().expect("UTF-8");
    tablet.run(&["export", file]).done();
    let other = town.tablet("b", &server.url(), &["jules-ferry"]);
    assert_eq!(
        other.run(&["import", file]).done()["marks"],
        0,
        "it came over the line already"
    );

    // Options stand before or after the command, and without --json a person is spoken to.
    let home = tablet.home().to_str().expect("UTF-8");
    let before = run(
        "preau-tablet",
        ["--json", "--home", home, "--now", MORNING, "list"],
    );
    let after = run(
        "preau-tablet",
        ["list", "--now", MORNING, "--home", home, "--json"],
    );
    assert!(before.done() == after.done());
    let person = run("preau-tablet", ["--home", home, "status"]);
    assert_eq!(person.code, Some(0));
    assert!(person.stdout.contains("En attente"));

    server.stop();
    assert!(tablet.run(&["sync"]).stopped(3).contains("Rien n’est perdu"));
    let blank = town.blank_tablet("blank");
    blank.enrol(&server.url(), "demo-2222-2222-2222").stopped(3);
}

#[test]
fn a_damaged_tablet_says_4_and_what_not_to_do() {
    let town = Town::new();
    let server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let child = tablet.expected(MONDAY, "cantine").remove(0);
    tablet.in_(&child, "cantine");
    let copy = |name: &str| {
        system_tests::town::copy(tablet.home(), &town.place(name));
        Tablet::new(&town.place(name))
    };
    let damaged = |tablet: &Tablet| {
        for args in [
            &["status"][..],
            &["list"],
            &["sync"],
            &["in", &child, "--activity", "cantine"],
        ] {
            let said = tablet.run(args);
            assert!(said.stopped(4).contains("N’effacez rien"), "{said:#?}");
        }
    };
    let short = copy("short");
    let db = short.home().join("replica.db");
    let length = fs::metadata(&db).expect("the file").len();
    fs::File::options()
        .write(true)
        .open(&db)
        .and_then(|f| f.set_len(length / 2))
        .expect("a cut");
    let _ = fs::remove_file(short.home().join("replica.db-wal"));
    damaged(&short);
    let noise = copy("noise");
    fs::write(noise.home().join("replica.db"), vec![7; 8192]).expect("noise");
    damaged(&noise);
    let wrong_key = copy("wrong key");
    fs::write(wrong_key.home().join("replica.key"), "ab".repeat(32)).expect("another key");
    damaged(&wrong_key);
    let no_key = copy("no key");
    fs::remove_file(no_key.home().join("replica.key")).expect("the key goes");
    damaged(&no_key);
    assert!(
        !no_key.home().join("replica.key").exists(),
        "no new key is made over an old file"
    );
    assert_eq!(tablet.sync()["accepted"], 1, "the sound one goes on");
}
