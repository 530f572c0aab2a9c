//! The drill with a disk that is found damaged: what could not be read is lost, and said; all else comes back.

use serde_json::{Value, json};
use system_tests::programs::run;
use system_tests::tablet::text;

#[test]
fn a_damaged_disk_gives_back_all_that_can_be_read_of_it() {
    let said = run(
        "preau-server",
        ["--json", "drill", "--children", "12", "--damaged"],
    );
    assert!(said.stderr.contains("pages illisibles"), "{}", said.stderr);
    let report = said.done();
    assert_eq!(report["missing"], json!([]), "{report:#}");
    assert_eq!((&report["ok"], &report["problems"]), (&json!(true), &json!([])));
    let problems = report["merge"]["problems"].as_array().expect("a list");
    assert!(
        !problems.is_empty(),
        "the merge says what it could not read: {:#}",
        report["merge"]
    );
    let lost: Vec<&Value> = report["lost"].as_array().expect("a list").iter().collect();
    assert!(
        lost.iter()
            .any(|gone| text(&gone["what"]).contains("fiche du foyer")),
        "the page of a family's form was unreadable: {lost:#?}"
    );
    let total = &report["total"];
    let number = |column: &str| total[column].as_u64().expect("a number");
    assert!(
        number("merged") > number("reseeded"),
        "the rest was merged: {total}"
    );
}
