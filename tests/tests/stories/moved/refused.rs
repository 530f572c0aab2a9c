//! What does not move says why, and nothing has changed.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};
use system_tests::Town;
use system_tests::programs::{Said, find};
use system_tests::town::SLUG;
use test_postgres::Cluster;

use super::house::House;

/// What must be the same after a refusal.
fn state(house: &House) -> (Option<String>, Value, Vec<u8>) {
    let key = fs::read(house.folder.join("keys").join(format!("{SLUG}.key"))).expect("the key");
    (house.incarnation(), house.verified(), key)
}

#[test]
fn what_cannot_move_stays_as_it_was() {
    let town = Town::in_files();
    let (from, taken) = (House::with_demo(&town, "from"), House::with_demo(&town, "taken"));
    let before = state(&from);
    let other_key = House::files(&town.place("other key"));
    fs::create_dir_all(other_key.folder.join("keys")).expect("a folder");
    fs::write(other_key.folder.join("keys/demo.key"), "{}").expect("another key");
    let password = "mot-de-passe";
    let nobody = House::database(
        &town.place("nobody"),
        &format!("postgres://preau:{password}@127.0.0.1:1/preau"),
    );
    let refused: [(Said, i32, &str); 6] = [
        (from.move_to(&taken, &[]), 2, "existe déjà à l’arrivée"),
        (from.move_to(&from, &[]), 2, "existe déjà à l’arrivée"),
        (from.move_to(&other_key, &[]), 2, "autre clé"),
        (from.move_to(&nobody, &[]), 3, "rien n’est perdu"),
        (from.run(&["move", "ailleurs", "--to", "x"]), 2, "ailleurs"),
        (
            from.run(&["move", SLUG, "--to", "mysql://u:mot-de-passe@h/x"]),
            64,
            "postgres://",
        ),
    ];
    for (said, code, why) in refused {
        assert_eq!((said.code, said.stdout.as_str()), (Some(code), ""), "{said:#?}");
        assert!(
            said.stderr.contains(why) && !said.stderr.contains(password),
            "{said:#?}"
        );
        assert!(!said.stderr.contains("panicked"), "{said:#?}");
    }
    assert_eq!(state(&from), before);
    taken.verified();
}

#[test]
fn a_database_with_the_same_town_refuses_a_second_one() {
    let town = Town::in_files();
    let database = Cluster::shared().database();
    let to = House::database(&town.place("keys"), &database.url());
    House::with_demo(&town, "first").move_to(&to, &[]).done();
    let second = House::with_demo(&town, "second");
    let before = state(&second);
    assert!(
        second
            .move_to(&to, &[])
            .stopped(2)
            .contains("existe déjà à l’arrivée")
    );
    assert_eq!(state(&second), before);
    to.verified();
}

#[test]
fn a_disk_that_is_full_changes_nothing() {
    let town = Town::in_files();
    let from = House::with_demo(&town, "from");
    let before = state(&from);
    // No file may grow beyond this: what a full disk says is said of the snapshot, then of the store.
    for blocks in ["64", "2048"] {
        let to = House::files(&town.place(&format!("to {blocks}")));
        let (folder, keys) = (to.address(), to.keys());
        let args = House::moving(&folder, &keys, &[]);
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let output = std::process::Command::new("bash")
            .args(["-c", &script])
            .arg(find("preau-server"))
            .arg("--data")
            .arg(&from.folder)
            .arg("--json")
            .args(args)
            .output()
            .expect("bash");
        let said = Said::of(output);
        assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""), "{said:#?}");
        assert_eq!(to.incarnation(), None);
        assert_eq!(state(&from), before);
    }
    let to = House::files(&town.place("to 64"));
    from.move_to(&to, &[]).done();
    assert_eq!(to.verified(), before.1);
}

#[test]
fn a_snapshot_is_one_private_file_that_replaces_nothing() {
    let town = Town::in_files();
    let house = House::with_demo(&town, "house");
    let file = town.place("demo.instantane");
    let to = file.to_str().expect("UTF-8");
    let made = house.run(&["snapshot", SLUG, "--to", to]).done();
    assert_eq!((&made["slug"], &made["file"]), (&json!(SLUG), &json!(to)));
    assert_eq!(json!(house.incarnation()), made["incarnation"]);
    assert_eq!(house.verified()["journal"], made["journal"]);
    let bytes = fs::read(&file).expect("the snapshot");
    assert_eq!(json!(bytes.len()), made["bytes"]);
    assert!(bytes.starts_with(b"preau-snapshot/1\n"));
    assert_eq!(
        fs::metadata(&file).expect("it").permissions().mode() & 0o777,
        0o600
    );
    let name = "Démonstration".as_bytes();
    assert!(
        !bytes.windows(name.len()).any(|part| part == name),
        "nothing of the town shows"
    );

    assert!(
        house
            .run(&["snapshot", SLUG, "--to", to])
            .stopped(2)
            .contains("existe déjà")
    );
    assert_eq!(fs::read(&file).expect("the snapshot"), bytes);
    let nowhere = town.place("nowhere/demo.instantane");
    house
        .run(&["snapshot", SLUG, "--to", nowhere.to_str().expect("UTF-8")])
        .stopped(1);
}
