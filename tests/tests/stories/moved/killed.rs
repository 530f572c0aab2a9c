//! A move that is killed at any step: nothing changed, or the same command finishes it.

use std::path::Path;

use serde_json::json;
use system_tests::Town;
use system_tests::town::SLUG;
use test_postgres::Cluster;

use super::house::House;

const BEFORE_THE_SEAL: [&str; 4] = ["written", "filled", "verified", "sealing"];
const AFTER_THE_SEAL: [&str; 4] = ["sealed", "listed", "marked", "set-aside"];

/// Kills a move after every step on its way from one house to the other, then lets it finish.
fn killed_and_run_again(from: &House, to: &House, step: &str) {
    let (branch, before) = (from.incarnation(), from.verified());
    let killed = from.move_to(to, &["--die-after", step]);
    assert_eq!(killed.code, None, "it died at once: {killed:#?}");
    assert_eq!(killed.stdout, "");
    if BEFORE_THE_SEAL.contains(&step) {
        assert_eq!(
            (from.incarnation(), from.verified()),
            (branch.clone(), before.clone()),
            "at {step}"
        );
        assert_eq!(to.incarnation(), None, "at {step}");
        // The town goes on: whatever it takes in now moves along.
        from.code("jules-ferry");
    }
    let before = if BEFORE_THE_SEAL.contains(&step) {
        from.verified()
    } else {
        before
    };

    let report = from.move_to(to, &[]).done();
    assert_eq!(report["incarnation"], json!(branch), "at {step}");
    assert_eq!(
        (&report["journal"], &report["marks"]),
        (&before["journal"], &before["marks"]),
        "at {step}"
    );
    assert_eq!((to.incarnation(), to.verified()), (branch, before), "at {step}");
    assert_eq!(from.incarnation(), None, "at {step}");
    assert_eq!(from.move_to(to, &[]).done(), report, "once more changes nothing");
    let set_aside = report["set_aside"].as_str().expect("a name");
    assert!(
        from.database.is_some() || Path::new(set_aside).exists(),
        "{set_aside}"
    );

    let astray = House::files(&from.folder.with_extension("astray"));
    assert!(from.move_to(&astray, &[]).stopped(2).contains("déjà partie vers"));
}

#[test]
fn a_move_between_folders_is_killed_at_every_step() {
    let town = Town::in_files();
    for step in BEFORE_THE_SEAL.iter().chain(&AFTER_THE_SEAL) {
        let from = House::with_demo(&town, &format!("from {step}"));
        killed_and_run_again(&from, &House::files(&town.place(&format!("to {step}"))), step);
    }
}

#[test]
fn a_move_into_a_database_and_out_of_it_is_killed_at_every_step() {
    let town = Town::in_files();
    let mut from = House::with_demo(&town, "files");
    for step in BEFORE_THE_SEAL.iter().chain(&AFTER_THE_SEAL) {
        let database = Cluster::shared().database();
        let middle = House::database(&town.place("middle"), &database.url());
        let to = House::files(&town.place(&format!("after {step}")));
        killed_and_run_again(&from, &middle, step);
        killed_and_run_again(&middle, &to, step);
        let aside: i64 = database
            .client()
            .query_one(
                "select count(*) from information_schema.schemata where schema_name like 'moved\\_demo\\_%'",
                &[],
            )
            .expect("the schemas")
            .get(0);
        assert_eq!(
            aside, 1,
            "the old schema of « {SLUG} » was set aside, and not dropped"
        );
        from = to;
    }
}
