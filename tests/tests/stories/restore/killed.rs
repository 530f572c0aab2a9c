//! A restore that dies at any step is run again; a disk that is full changes nothing.

use std::process::Command;

use serde_json::json;
use system_tests::Town;
use system_tests::programs::{Said, find};
use system_tests::town::SLUG;

use super::shipped::{Elsewhere, journal_of, snapshot};

const STEPS: [&str; 8] = [
    "planned", "filled", "replayed", "branched", "verified", "keyed", "swapped", "listed",
];

#[test]
fn a_restore_that_is_killed_at_any_step_is_run_again() {
    let town = Town::new();
    let offsite = town.place("offsite");
    snapshot(&town, &offsite);
    town.code(&["jules-ferry"]);
    journal_of(&town, &offsite);
    let shipped = town.verify()["journal"].clone();
    let from = offsite.to_str().expect("UTF-8");
    let key = town.data().join(format!("keys/{SLUG}.key"));
    let args = [
        "restore",
        SLUG,
        "--from",
        from,
        "--key",
        key.to_str().expect("UTF-8"),
    ];
    let elsewhere = Elsewhere::new(&town, "elsewhere");
    // First where nothing is, then over what came back before.
    for step in STEPS {
        let killed = elsewhere.run(&[&args[..], &["--die-after", step]].concat());
        assert_eq!(
            (killed.code, killed.stdout.as_str()),
            (None, ""),
            "it died at once: {killed:#?}"
        );
        let restored = elsewhere.run(&args).done();
        assert_eq!(restored["restored"]["head"], shipped["head"], "at {step}");
        assert_eq!(restored["problems"], json!([]), "at {step}");
        let report = elsewhere.verified();
        assert_eq!(
            report["journal"]["entries"].as_u64(),
            shipped["entries"].as_u64().map(|entries| entries + 1),
            "and the word that it came back, at {step}"
        );
    }
}

#[test]
fn a_disk_that_is_full_is_said_and_changes_nothing() {
    let town = Town::in_files();
    let offsite = town.place("offsite");
    snapshot(&town, &offsite);
    let before = town.verify();
    // No file may grow beyond this: what a full disk says, SQLite is told.
    let output = Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\""])
        .arg(find("preau-server"))
        .arg("--data")
        .arg(town.data())
        .args(["--json", "restore", SLUG, "--from"])
        .arg(&offsite)
        .output()
        .expect("bash");
    let said = Said::of(output);
    assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""), "{said:#?}");
    assert!(said.stderr.contains("plus de place"), "{said:#?}");
    assert_eq!(town.verify(), before);
    let left: Vec<_> = std::fs::read_dir(town.data().join("communes"))
        .expect("the folder")
        .flatten()
        .map(|entry| entry.file_name())
        .filter(|name| name.to_string_lossy().contains("restauration"))
        .collect();
    assert!(left.is_empty(), "what was filled in part is gone: {left:?}");
}
