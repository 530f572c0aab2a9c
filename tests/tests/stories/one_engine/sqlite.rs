//! The file of a town.

use std::fs;

use system_tests::Town;
use system_tests::town::SLUG;

use super::after_one_tap;

#[test]
fn a_file_of_noise_says_4() {
    let town = after_one_tap(Town::in_files());
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(town.data().join(format!("communes/demo.db{suffix}")));
    }
    fs::write(town.data().join("communes/demo.db"), vec![7; 1 << 16]).expect("noise");
    town.command(&["verify", SLUG]).stopped(4);
}

#[test]
fn a_town_whose_server_was_stopped_lies_in_one_file() {
    let town = after_one_tap(Town::in_files());
    let log = town.data().join("communes/demo.db-wal");
    assert!(
        !log.exists(),
        "who copies demo.db alone would leave the newest marks behind"
    );
    assert_eq!(town.verified_marks(), 1);
}
