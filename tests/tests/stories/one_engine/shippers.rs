//! PostgreSQL: two processes serve one town and ship it to one place. What one of them ships the other leaves, and
//! when one dies the other goes on.

use std::fs;

use system_tests::clock::wait_for;
use system_tests::town::{MONDAY, MORNING, SLUG};
use system_tests::{Server, Town};

use crate::offsite::lying::{files, shipped, until_whole};

#[test]
fn of_two_processes_one_ships_and_the_other_takes_over() {
    let town = Town::in_postgres();
    let target = town.place("elsewhere");
    fs::create_dir(&target).unwrap();
    let options = ["--offsite", target.to_str().unwrap()];
    let start = |name: &str| {
        let log = town.place(&format!("{name}.log"));
        Server::start_with(town.options(), log, MORNING, &options, &[])
    };
    let mut servers = [start("one"), start("two")];
    let tablets = ["a", "b"].map(|name| {
        let server = &servers[usize::from(name == "b")];
        town.tablet(name, &server.url(), &["jules-ferry"])
    });
    let children = tablets[0].expected(MONDAY, "cantine");
    for (n, child) in children[..8].iter().enumerate() {
        tablets[n % 2].in_(child, "cantine");
        assert_eq!(tablets[n % 2].sync()["accepted"], 1);
    }
    // Whoever dies while a snapshot is on its way is waited for longer: the first one is there, and what came after it.
    wait_for("the first snapshot is off-site", || {
        (files(&target.join(SLUG).join("snapshots")).len() == 1).then_some(())
    });
    tablets[0].in_(&children[8], "cantine");
    assert_eq!(tablets[0].sync()["accepted"], 1);
    until_whole(&town, &target);
    let once = shipped(&town, &target);
    assert!(
        once.values()
            .all(|there| there.len() == 1 && there.values().all(|times| *times == 1)),
        "each entry was put once: {once:?}"
    );
    servers[0].kill9();
    tablets[1].in_(&children[9], "cantine");
    assert_eq!(tablets[1].sync()["accepted"], 1);
    until_whole(&town, &target);
    servers[1].stop();
    let told = shipped(&town, &target);
    assert!(
        told.values().all(|there| there.len() == 1),
        "each entry has one hash"
    );
    town.verify();
}
