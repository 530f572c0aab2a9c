//! The server of a town's database.

use std::fs;
use std::path::Path;

use system_tests::Town;
use system_tests::programs::run;
use system_tests::rows::rows;
use system_tests::town::SLUG;
use test_postgres::{Cluster, Options, PASSWORD};

use super::after_one_tap;

/// A town on a server of its own.
fn alone() -> (Cluster, Town) {
    let cluster = Cluster::start(Options::default());
    let database = cluster.database();
    let url = database.url();
    (cluster, Town::in_database(database, url))
}

#[test]
fn pages_of_noise_say_4() {
    let (cluster, town) = alone();
    let town = after_one_tap(town);
    let found = rows(&town, "select pg_relation_filepath('mark')", &[]);
    let file = cluster.folder().join("data").join(found[0].text(0));
    cluster.stop();
    let size = fs::metadata(&file).expect("the table's file").len();
    fs::write(&file, vec![7; usize::try_from(size).expect("a small file")]).expect("noise");
    cluster.restart();
    town.command(&["verify", SLUG]).stopped(4);
}

#[test]
fn a_database_that_cannot_be_reached_is_said_and_the_password_is_not() {
    let (cluster, town) = alone();
    let url = town.url().expect("an address").to_owned();
    let mut server = town.server();
    server.stop();
    let verified = town.command(&["verify", SLUG]);
    cluster.stop();
    let down = town.command(&["verify", SLUG]);
    assert!(down.stopped(3).contains("rien n’est perdu"), "{down:?}");
    cluster.restart();
    let data = town.data();
    let stranger = |url: &str| {
        run(
            "preau-server",
            [
                Path::new("--data"),
                &data,
                "--store".as_ref(),
                url.as_ref(),
                "verify".as_ref(),
                SLUG.as_ref(),
            ],
        )
    };
    let wrong = stranger(&url.replace("preau:", "personne:"));
    wrong.stopped(3);
    let nowhere = stranger(&url.replace("postgres://", "mysql://"));
    assert_eq!(nowhere.code, Some(64));
    assert!(nowhere.stderr.contains("mysql://preau:***@"), "{nowhere:?}");
    for said in [verified, down, wrong, nowhere] {
        assert!(
            !said.stdout.contains(PASSWORD) && !said.stderr.contains(PASSWORD),
            "{said:?}"
        );
    }
    assert!(!server.log().contains(PASSWORD));
}
