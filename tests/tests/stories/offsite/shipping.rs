//! What is tapped is off-site a moment later, whatever happens to the server, to the target and to the line
//! between them.

use std::fs;

use system_tests::object_store::Mood;
use system_tests::record::tablet_marks;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Dice, ObjectStore, Server, Tablet, Town};

use super::lying::{files, is_whole, journal, shipped, until_whole};

fn enrolled(town: &Town, server: &Server) -> (Tablet, Vec<String>) {
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    (tablet, children)
}

fn tap(tablet: &Tablet, child: &str) {
    tablet.in_(child, "cantine");
    assert_eq!(tablet.sync()["accepted"], 1);
}

#[test]
fn a_tap_is_in_a_folder_elsewhere_a_moment_later() {
    let town = Town::new();
    let target = town.place("elsewhere");
    fs::create_dir(&target).unwrap();
    let mut server = town.shipping_server(target.to_str().unwrap(), &[]);
    let (tablet, children) = enrolled(&town, &server);
    tap(&tablet, &children[0]);
    until_whole(&town, &target);
    let before = journal(&town).len();
    tap(&tablet, &children[1]);
    until_whole(&town, &target);
    assert!(journal(&town).len() > before);
    system_tests::clock::wait_for("the daily snapshot", || {
        (files(&target.join(SLUG).join("snapshots")).len() == 1).then_some(())
    });
    // What is written last is there when the process has gone.
    tap(&tablet, &children[2]);
    server.stop();
    assert!(is_whole(&town, &target), "{}", server.log());
    let told = shipped(&town, &target);
    assert!(
        told.values()
            .all(|there| there.len() == 1 && there.values().all(|times| *times == 1))
    );
    assert_eq!(tablet_marks(&tablet).len(), 3);
}

#[test]
fn a_tap_is_in_a_bucket_a_moment_later_and_a_snapshot_can_be_sent_there() {
    let town = Town::new();
    let store = ObjectStore::start(&town.place("bucket"));
    let target = store.files("preau");
    let mut server = town.shipping_server(&store.url("preau"), &store.environment());
    let (tablet, children) = enrolled(&town, &server);
    tap(&tablet, &children[0]);
    until_whole(&town, &target);
    server.stop();
    let snapshots = || files(&target.join(SLUG).join("snapshots")).len();
    let before = snapshots();
    let sent = town
        .command_with(
            &store.environment(),
            &["snapshot", SLUG, "--to", &store.url("preau")],
        )
        .done();
    assert_eq!(snapshots(), before + 1);
    assert_eq!(sent["journal"]["entries"], journal(&town).len());
    let refused = town.command(&["snapshot", SLUG, "--to", "ftp://nowhere"]);
    assert_eq!(refused.code, Some(2));
    // What it says of the database of a test is another story.
    let looked = town.command_with(
        &store.environment(),
        &["doctor", "--offsite", &store.url("preau")],
    );
    let looked: serde_json::Value = serde_json::from_str(&looked.stdout).unwrap();
    assert_eq!(looked["config"]["offsite"], store.url("preau"));
}

#[test]
fn while_a_snapshot_is_long_on_its_way_taps_are_off_site_all_the_same() {
    let town = Town::new();
    let store = ObjectStore::start(&town.place("bucket"));
    let target = store.files("preau");
    store.be(Mood::SlowWithSnapshots);
    let server = town.shipping_server(&store.url("preau"), &store.environment());
    let (tablet, children) = enrolled(&town, &server);
    for child in children.iter().take(2) {
        tap(&tablet, child);
        until_whole(&town, &target);
    }
    let snapshots = || files(&target.join(SLUG).join("snapshots")).len();
    assert_eq!(snapshots(), 0, "it is still on its way");
    store.be(Mood::Well);
    system_tests::clock::wait_for("the snapshot", || (snapshots() == 1).then_some(()));
}

#[test]
fn a_server_that_is_killed_while_it_ships_goes_on_where_it_was() {
    let town = Town::new();
    let store = ObjectStore::start(&town.place("bucket"));
    let target = store.files("");
    let mut server = town.shipping_server(&store.url(""), &store.environment());
    let (tablet, children) = enrolled(&town, &server);
    let mut dice = Dice::from_seed(5);
    for (n, child) in children.iter().take(6).enumerate() {
        tap(&tablet, child);
        system_tests::clock::pause(std::time::Duration::from_millis(dice.below(2_500) as u64));
        server.kill9();
        // Later each time, as clocks go.
        server.restart_at(&format!("2026-11-23T07:{:02}:00+01:00", 5 * (n + 1)));
    }
    until_whole(&town, &target);
    let told = shipped(&town, &target);
    assert!(
        told.values().all(|there| there.len() == 1),
        "each entry has one hash"
    );
    server.stop();
    town.verify();
}

#[test]
fn a_target_that_hangs_for_ever_keeps_nobody_from_writing_or_stopping() {
    let town = Town::new();
    let store = ObjectStore::start(&town.place("bucket"));
    let target = store.files("");
    store.be(Mood::Hanging);
    let mut server = town.shipping_server(&store.url(""), &store.environment());
    let (tablet, children) = enrolled(&town, &server);
    for child in &children[..4] {
        tap(&tablet, child);
    }
    system_tests::clock::wait_for("the target is asked", || (store.requests() > 0).then_some(()));
    for child in &children[4..6] {
        tap(&tablet, child);
    }
    assert_eq!(files(&target), [""; 0].map(std::path::PathBuf::from));
    server.stop();
    store.be(Mood::Well);
    server.restart_at("2026-11-23T07:30:00+01:00");
    until_whole(&town, &target);
}

#[test]
fn a_target_that_was_away_gets_everything_when_it_is_back() {
    let town = Town::new();
    let mut store = ObjectStore::start(&town.place("bucket"));
    let target = store.files("");
    let server = town.shipping_server(&store.url(""), &store.environment());
    let (tablet, children) = enrolled(&town, &server);
    until_whole(&town, &target);
    store.go_away();
    for child in &children[..3] {
        tap(&tablet, child);
    }
    system_tests::clock::wait_for("the server says so", || {
        server
            .log()
            .contains("nothing could be put off-site")
            .then_some(())
    });
    store.come_back();
    until_whole(&town, &target);
    // A day later somebody has emptied the bucket: nothing is taken for granted.
    fs::remove_dir_all(target.join(SLUG)).unwrap();
    store.be(Mood::Failing(500));
    tap(&tablet, &children[3]);
    let failures = || server.log().matches("nothing could be put off-site").count();
    let before = failures();
    system_tests::clock::wait_for("it fails again", || (failures() > before).then_some(()));
    store.be(Mood::Well);
    until_whole(&town, &target);
}

#[test]
fn a_store_that_was_put_back_by_hand_begins_a_branch_and_keeps_both_lives() {
    let town = Town::new();
    let target = town.place("elsewhere");
    fs::create_dir(&target).unwrap();
    let mut server = town.shipping_server(target.to_str().unwrap(), &[]);
    let (tablet, children) = enrolled(&town, &server);
    tap(&tablet, &children[0]);
    until_whole(&town, &target);
    server.stop();
    town.back_up("yesterday");
    let before = town.command(&["commune", "list"]).done()[0]["incarnation"].clone();
    server.restart_at("2026-11-23T07:30:00+01:00");
    tap(&tablet, &children[1]);
    until_whole(&town, &target);
    server.stop();
    let lost = journal(&town);
    town.put_back("yesterday");
    server.restart_at("2026-11-23T08:00:00+01:00");
    system_tests::clock::wait_for("a new branch", || {
        let now = town.command(&["commune", "list"]).done()[0]["incarnation"].clone();
        (now != before).then_some(())
    });
    tablet.sync();
    tap(&tablet, &children[2]);
    until_whole(&town, &target);
    server.stop();
    let there = shipped(&town, &target);
    for (seq, hash) in lost {
        assert!(
            there[&seq].contains_key(&hash),
            "the lost life of entry {seq} is still there"
        );
    }
    town.verify();
}
