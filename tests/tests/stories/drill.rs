//! The drill itself is tried: it finds what is lost, and says so when something is missing that it must not miss.

use serde_json::{Value, json};
use system_tests::programs::{Said, run};
use system_tests::tablet::text;

/// Runs a small drill on the engine that was asked for.
fn drill(options: &[&str]) -> Said {
    let database = test_postgres::wanted().then(|| test_postgres::Cluster::shared().database());
    let url = database.as_ref().map(test_postgres::Database::url);
    let store: Vec<&str> = url.iter().flat_map(|url| ["--store", url.as_str()]).collect();
    drill_at(&store, options)
}

fn drill_at(store: &[&str], options: &[&str]) -> Said {
    let small = ["--json", "drill", "--children", "12"];
    run("preau-server", [store, &small, options].concat())
}

/// A line of the table.
#[track_caller]
fn row<'r>(report: &'r Value, kind: &str) -> &'r Value {
    let rows = report["kinds"].as_array().expect("a table");
    let found = rows.iter().find(|row| row["kind"] == kind);
    found.unwrap_or_else(|| panic!("no line {kind}: {report:#}"))
}

#[track_caller]
fn number(row: &Value, column: &str) -> u64 {
    row[column]
        .as_u64()
        .unwrap_or_else(|| panic!("no number {column}: {row}"))
}

/// Whatever was there before ends in exactly one column.
#[track_caller]
fn adds_up(report: &Value) {
    for row in report["kinds"].as_array().expect("a table") {
        let ends = ["merged", "to_settle", "changed", "lost"].map(|column| number(row, column));
        assert_eq!(number(row, "before"), ends.iter().sum::<u64>(), "{row}");
        let back = number(row, "survived") + number(row, "since_backup");
        assert_eq!(number(row, "before"), back, "{row}");
    }
}

/// What is gone, said.
fn said<'r>(report: &'r Value, list: &str) -> Vec<&'r str> {
    let all = report[list].as_array().expect("a list").iter();
    all.map(|gone| text(&gone["what"])).collect()
}

/// All tablets agree with the server.
#[track_caller]
fn agrees(report: &Value) {
    let tablets = report["tablets"].as_array().expect("tablets");
    assert!(tablets.len() >= 8, "{tablets:#?}");
    for tablet in tablets {
        let owed = (&tablet["pending"], &tablet["quarantined"], &tablet["differing"]);
        assert_eq!(owed, (&json!(0), &json!(0), &json!(0)), "{tablet:#}");
        assert!(number(tablet, "sheets") > 0, "{tablet:#}");
    }
    assert_eq!(report["verify"]["ok"], true, "{:#}", report["verify"]);
    assert_eq!(report["problems"], json!([]));
    assert_eq!(report["never"], json!([]));
}

#[test]
fn a_disk_that_is_found_gives_everything_back() {
    let report = drill(&[]).done();
    assert_eq!(report["ok"], true, "{report:#}");
    adds_up(&report);
    agrees(&report);
    assert_eq!(said(&report, "missing"), [""; 0]);
    assert_eq!(said(&report, "lost"), [""; 0]);
    for kind in [
        "marks",
        "closings",
        "bookings",
        "cancellations",
        "families",
        "agents",
        "tablets",
        "withdrawals",
    ] {
        // In a database the burnt store is the one set aside there: a restore reads its withdrawals at once.
        if kind == "withdrawals" && test_postgres::wanted() {
            continue;
        }
        let row = row(&report, kind);
        assert!(
            number(row, "since_backup") > 0,
            "the last day has some of each: {row}"
        );
        assert!(number(row, "survived") < number(row, "before"), "{row}");
    }
    // Tablets alone bring back what they hold, and nothing of what they never had.
    let (marks, families) = (row(&report, "marks"), row(&report, "families"));
    assert_eq!(marks["reseeded"], marks["before"]);
    assert_eq!(
        number(families, "reseeded") + number(families, "changed"),
        number(families, "survived")
    );
    // One family said another number since, one child has the last place, one day is taken otherwise.
    assert!(number(&report["total"], "to_settle") >= 3, "{report:#}");
    let merge = &report["merge"];
    assert!(number(merge, "applied") > 0, "{merge}");
    assert_eq!(number(&report["merge_again"], "applied"), 0, "twice is once");
}

#[test]
fn without_the_disk_it_says_what_is_really_lost() {
    let said_all = drill(&["--without-disk"]);
    let report = said_all.done();
    assert_eq!(
        report["ok"], true,
        "nothing is missing that anything still holds: {report:#}"
    );
    adds_up(&report);
    agrees(&report);
    assert_eq!(report["merge"], json!(null));
    assert_eq!(said(&report, "missing"), [""; 0]);
    let lost = said(&report, "lost");
    assert!(
        lost.iter().any(|what| what.contains("agent camille.nouvelle")),
        "{lost:?}"
    );
    assert!(
        lost.iter().any(|what| what.contains("fiche du foyer")),
        "{lost:?}"
    );
    assert!(
        lost.iter().any(|what| what.contains("le 20/05/2021")),
        "no list goes that far: {lost:?}"
    );
    for kind in ["marks", "closings", "tablets", "withdrawals"] {
        assert_eq!(number(row(&report, kind), "lost"), 0, "tablets hold them");
    }
    assert!(
        said_all.stderr.contains("0 h 47"),
        "it tells the story: {}",
        said_all.stderr
    );
}

#[test]
fn what_was_shipped_needs_no_disk() {
    let report = drill(&["--offsite", "--without-disk"]).done();
    adds_up(&report);
    agrees(&report);
    assert_eq!(said(&report, "missing"), [""; 0]);
    for kind in [
        "marks",
        "bookings",
        "cancellations",
        "families",
        "agents",
        "tablets",
        "withdrawals",
    ] {
        let row = row(&report, kind);
        let of_the_last_minute = u64::from(kind == "bookings");
        assert!(number(row, "lost") <= of_the_last_minute, "{row}");
    }
}

#[test]
fn it_fails_by_name_when_a_tablet_cannot_hand_in_what_it_held() {
    let failed = drill(&["--without-disk", "--sabotage", "tablet"]);
    assert_eq!(failed.code, Some(1), "{failed:#?}");
    let report = failed.json();
    assert_eq!(report["ok"], false);
    let missing = report["missing"].as_array().expect("a list");
    assert!(!missing.is_empty());
    for gone in missing {
        assert_eq!(gone["held_by"], json!(["la tablette les-tilleuls-1"]), "{gone}");
    }
    // What is tapped off line that evening: a child, where one is booked there, and the closing.
    let kinds: Vec<&str> = missing.iter().map(|gone| text(&gone["kind"])).collect();
    assert!(
        kinds.iter().all(|kind| ["marks", "closings"].contains(kind)),
        "{kinds:?}"
    );
    assert!(
        failed.stderr.contains("il manque quelque chose"),
        "{}",
        failed.stderr
    );
}

#[test]
fn it_fails_by_name_when_the_disk_is_found_and_nobody_merges_it() {
    let failed = drill(&["--sabotage", "merge"]);
    assert_eq!(failed.code, Some(1), "{failed:#?}");
    let report = failed.json();
    let missing = said(&report, "missing");
    assert!(
        missing.iter().any(|what| what.contains("agent camille.nouvelle")),
        "{missing:?}"
    );
    assert!(
        missing.iter().any(|what| what.contains("fiche du foyer")),
        "{missing:?}"
    );
    let held = &report["missing"][0]["held_by"];
    assert!(held.to_string().contains("le disque retrouvé"), "{held}");
}

#[test]
fn it_plays_in_a_world_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let used = folder.path().join("used");
    std::fs::create_dir(&used).expect("a folder");
    std::fs::write(used.join("file"), b"mine").expect("a file");
    let refused = drill_at(&[], &["--keep", used.to_str().expect("UTF-8")]);
    assert!(refused.stopped(2).contains("n’est pas vide"), "{refused:#?}");
    let data = folder.path().join("data");
    let refused = drill_at(&["--store", data.to_str().expect("UTF-8")], &[]);
    assert!(refused.stopped(2).contains("son propre dossier"), "{refused:#?}");
    assert!(!data.exists(), "nothing was made");
    assert_eq!(std::fs::read(used.join("file")).expect("it is there"), b"mine");
}
