//! The disk fills up, the file is harmed: said in a sentence, nothing lost, work goes on.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use shared::ids::MarkId;
use system_tests::programs::find;
use system_tests::record::server_marks;
use system_tests::town::{MONDAY, MORNING};
use system_tests::{Said, Tablet, Town};

/// Size of the pages of a tablet's file.
const PAGE: usize = 4096;

fn tap(tablet: &Tablet, children: &[String]) -> BTreeSet<MarkId> {
    let made = children.iter().map(|child| tablet.in_(child, "cantine"));
    made.map(|id| id.parse().expect("an id")).collect()
}

/// Everything of the file in one file: what lies in the journal of the database is moved over.
fn settled(tablet: &Tablet) {
    let db = tablet_replica::store::Db::open(tablet.home()).expect("the file opens");
    db.reader()
        .execute_batch("pragma wal_checkpoint(truncate)")
        .expect("the journal is moved over");
}

#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let may_mount = Command::new("unshare").args(["-rm", "true"]).status();
    if !may_mount.is_ok_and(|status| status.success()) {
        // The tablet's own tests fill its file up where no disk can be made.
        return;
    }
    let town = Town::new();
    let server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    let before = tap(&tablet, &children[..2]);
    settled(&tablet);
    // A disk of its own, as large as the file and a little more, that lives as long as the shell.
    let script = r#"
        mkdir -p "$2" && mount -t tmpfs -o size=64m tmpfs "$2" && cp "$1"/* "$2"/ || exit 90
        dd if=/dev/zero of="$2/ballast" bs=4096 count=100000 2>/dev/null
        truncate -s -40960 "$2/ballast"
        "$3" --home "$2" --now "$4" --json in "$5" --activity cantine >"$1/out" 2>"$1/err"
        echo $? >"$1/code"
        "$3" --home "$2" --now "$4" --json list --date "$6" >"$1/list" 2>>"$1/list-err"
        rm "$2/ballast"
        "$3" --home "$2" --now "$4" --json in "$5" --activity cantine >"$1/again" 2>>"$1/again-err"
        cp "$2"/replica.* "$1"/
    "#;
    let (home, disk) = (tablet.home(), town.place("disk"));
    let ran = Command::new("unshare")
        .args(["-rm", "sh", "-c", script, "sh"])
        .arg(home)
        .arg(&disk)
        .arg(find("preau-tablet"))
        .args([MORNING, &children[2], MONDAY])
        .output()
        .expect("a shell runs");
    let read = |name: &str| fs::read_to_string(home.join(name)).unwrap_or_default();
    let full = Said {
        code: read("code").trim().parse().ok(),
        stdout: read("out"),
        stderr: read("err"),
    };
    let sentence = full.stopped(1);
    assert!(
        sentence.contains("ne peut plus écrire sur son disque"),
        "{sentence} {ran:?}"
    );
    let list: serde_json::Value =
        serde_json::from_str(&read("list")).expect("the list is shown all the same");
    let present = |row: &&serde_json::Value| row["activity"] == "cantine" && row["state"] == "present";
    let shown = list.as_array().expect("rows").iter().filter(present).count();
    assert_eq!(shown, before.len(), "a tap that is not on the disk is not green");
    let again: serde_json::Value =
        serde_json::from_str(&read("again")).expect("with room again it is recorded");
    tablet.sync();
    let held: BTreeSet<MarkId> = server_marks(&town).into_keys().collect();
    let mut all = before;
    all.insert(again["mark"].as_str().expect("a mark").parse().expect("an id"));
    assert_eq!(held, all);
    town.verify();
}

#[test]
fn a_file_cut_short_or_harmed_in_the_middle_is_set_aside_and_the_server_fills_the_new_one() {
    let town = Town::new();
    let server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let other = town.tablet("b", &server.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    let mut all = tap(&tablet, &children[..20]);
    tablet.sync();
    all.extend(tap(&tablet, &children[20..24]));
    settled(&tablet);
    let file = tablet.home().join("replica.db");
    let sound = fs::read(&file).expect("the file");

    // Each page in turn but the first: whatever is harmed, a command works or says what is wrong.
    let mut harmed = 0;
    for page in (1..sound.len() / PAGE).step_by(5) {
        let mut bytes = sound.clone();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0xa5);
        fs::write(&file, &bytes).expect("the file is written");
        let said = tablet.run(&["status"]);
        if said.code != Some(0) {
            assert!(said.stopped(4).contains("endommagé"), "{said:?}");
            harmed += 1;
        }
    }
    assert!(harmed > 0, "some page matters to the status");

    // Cut short.
    fs::write(&file, &sound[..sound.len() / PAGE / 2 * PAGE]).expect("the file is written");
    let said = tablet.run(&["status"]);
    assert!(said.stopped(4).contains("endommagé"), "{said:?}");
    let carried = town.place("rescued");
    let path = carried.to_str().expect("a path");
    let exported = tablet.run(&["export", path]);
    if exported.code == Some(0) {
        assert_eq!(exported.json()["damaged"], true);
        assert_eq!(other.run(&["import", path]).code, Some(0));
    } else {
        exported.stopped(4);
    }
    let begun = tablet.run(&["start-again"]).done();
    let aside = begun["aside"].as_str().expect("a folder");
    assert!(fs::metadata(format!("{aside}/replica.db")).is_ok_and(|old| old.len() > 0));
    if begun["enrolled"] == true {
        tablet.sync();
    } else {
        let code = town.code(&["jules-ferry"]);
        tablet.enrol(&server.url(), &code).done();
    }
    other.sync();
    let held: BTreeSet<MarkId> = server_marks(&town).into_keys().collect();
    assert!(
        held.is_subset(&all) && held.len() >= 20,
        "what was handed in is there"
    );
    tap(&tablet, &children[24..25]);
    let synced = tablet.sync();
    assert_eq!(synced["quarantined"], 0, "{synced}");
    other.sync();
    assert_eq!(tablet.sheets(), other.sheets());
    assert_eq!(tablet.status()["pending"], 0);
    town.verify();
}
