//! The machine room burns on a Monday. What was shipped comes back on another machine, and tablets bring
//! the rest.

use std::fs;

use serde_json::json;
use system_tests::town::{MONDAY, SLUG, copy};
use system_tests::{ObjectStore, Tablet, Town};

use super::shipped::{Elsewhere, journal_of, snapshot};

fn taps(tablet: &Tablet, children: &[String]) -> u64 {
    for child in children {
        tablet.in_(child, "cantine");
    }
    children.len() as u64
}

fn nothing_waits(tablet: &Tablet) {
    let status = tablet.status();
    assert_eq!(
        (&status["pending"], &status["quarantined"]),
        (&json!(0), &json!(0)),
        "{status:#}"
    );
}

#[test]
fn a_town_comes_back_from_a_snapshot_its_segments_and_its_tablets() {
    let town = Town::new();
    let (offsite, key) = (town.place("offsite"), town.place("demo.key"));
    let key = key.to_str().expect("UTF-8");
    town.command(&["key", "export", SLUG, "--file", key]).done();
    let mut server = town.server();
    let address = server.address().to_owned();
    let a = town.tablet("a", &server.url(), &["jules-ferry"]);
    let b = town.tablet("b", &server.url(), &["jules-ferry"]);
    let children = a.expected(MONDAY, "cantine");
    let mut all = taps(&a, &children[..3]);
    a.sync();
    // A snapshot while the server runs, then more of the day, and a tablet that the snapshot does not know.
    snapshot(&town, &offsite);
    let new = town.tablet("new", &server.url(), &["jules-ferry"]);
    all += taps(&new, &children[3..5]);
    new.sync();
    all += taps(&b, &children[5..7]);
    b.sync();
    server.stop();
    journal_of(&town, &offsite);
    let shipped = town.verify()["journal"].clone();
    server.restart();
    // Nobody ships this any more; a tablet that was on line has it, another never came to hand its own in.
    all += taps(&a, &children[7..9]);
    a.sync();
    all += taps(&b, &children[9..11]);
    server.kill9();
    fs::remove_dir_all(town.data()).expect("it burns");

    let elsewhere = Elsewhere::new(&town, "elsewhere");
    let from = offsite.to_str().expect("UTF-8");
    assert!(
        elsewhere
            .run(&["restore", SLUG, "--from", from])
            .stopped(2)
            .contains("fiche de secours"),
        "without the key it says what is missing"
    );
    let told = elsewhere
        .run(&["restore", SLUG, "--from", from, "--key", key, "--dry-run"])
        .done();
    assert_eq!(elsewhere.run(&["commune", "list"]).done(), json!([]));
    let restored = elsewhere
        .run(&["restore", SLUG, "--from", from, "--key", key])
        .done();
    assert_eq!(restored["restored"]["entries"], shipped["entries"]);
    assert_eq!(restored["restored"]["head"], shipped["head"]);
    assert_eq!(told["restored"]["head"], shipped["head"]);
    assert_eq!(restored["problems"], json!([]), "{restored:#}");
    assert_eq!((&restored["cut"], &restored["aside"]), (&json!(null), &json!([])));
    assert_eq!(elsewhere.verified()["marks"], 7, "what had been shipped");

    let mut again = elsewhere.serve(&address);
    for _ in 0..2 {
        for tablet in [&a, &b, &new] {
            tablet.sync();
        }
    }
    for tablet in [&a, &b, &new] {
        nothing_waits(tablet);
        assert_eq!(tablet.status()["incarnation"], restored["incarnation"]);
        assert_eq!(tablet.sheets(), a.sheets(), "all tablets of the site agree");
    }
    assert_eq!(
        elsewhere.verified()["marks"],
        all,
        "nothing that was green is lost"
    );
    let refused = elsewhere.run(&["restore", SLUG, "--from", from]);
    assert!(refused.stopped(2).contains("arrêtez-le d’abord"), "{refused:#?}");
    again.stop();

    // Nobody thought of the old store: it is kept.
    let once_more = elsewhere.run(&["restore", SLUG, "--from", from]).done();
    let kept = once_more["set_aside"].as_str().expect("a name");
    assert!(kept.contains("avant"), "{kept}");
    assert_eq!(elsewhere.verified()["marks"], 7);
    again.restart();
    for _ in 0..2 {
        for tablet in [&a, &b, &new] {
            tablet.sync();
        }
    }
    assert_eq!(
        elsewhere.verified()["marks"],
        all,
        "and once more everything is there"
    );
    again.stop();
}

#[test]
fn it_comes_back_from_a_store_that_speaks_s3() {
    let town = Town::new();
    let mut server = town.server();
    let a = town.tablet("a", &server.url(), &["jules-ferry"]);
    let children = a.expected(MONDAY, "cantine");
    taps(&a, &children[..3]);
    a.sync();
    server.stop();
    let offsite = town.place("offsite");
    snapshot(&town, &offsite);
    journal_of(&town, &offsite);
    let store = ObjectStore::start(&town.place("s3"));
    copy(&offsite, &store.files("preau"));
    let elsewhere = Elsewhere::new(&town, "elsewhere");
    let key = town.data().join(format!("keys/{SLUG}.key"));
    let key = key.to_str().expect("UTF-8");
    let url = store.url("preau");
    let args = ["restore", SLUG, "--from", url.as_str(), "--key", key];
    let environment = store.environment();
    let restored = elsewhere.run_with(&environment, &args).done();
    assert_eq!(restored["from"], json!(url));
    assert_eq!(restored["problems"], json!([]), "{restored:#}");
    assert_eq!(elsewhere.verified()["marks"], 3);

    // Without the bucket nothing is touched.
    drop(store);
    let gone = Elsewhere::new(&town, "too late");
    gone.run_with(&environment, &args).stopped(3);
    assert_eq!(gone.run(&["commune", "list"]).done(), json!([]));
}

#[test]
fn a_town_of_which_only_the_key_is_left_takes_its_tablets_in() {
    let town = Town::new();
    let key = town.place("demo.key");
    let key = key.to_str().expect("UTF-8");
    town.command(&["key", "export", SLUG, "--file", key]).done();
    let mut server = town.server();
    let address = server.address().to_owned();
    let a = town.tablet("a", &server.url(), &["jules-ferry"]);
    let children = a.expected(MONDAY, "cantine");
    let mut all = taps(&a, &children[..4]);
    a.sync();
    all += taps(&a, &children[4..6]);
    server.kill9();
    fs::remove_dir_all(town.data()).expect("it burns");

    let elsewhere = Elsewhere::new(&town, "elsewhere");
    let rebuilt = elsewhere.run(&["commune", "rebuild", SLUG, "--key", key]).done();
    assert_eq!(elsewhere.verified()["marks"], 0);
    let mut again = elsewhere.serve(&address);
    a.sync();
    a.sync();
    nothing_waits(&a);
    assert_eq!(a.status()["incarnation"], rebuilt["incarnation"]);
    assert_eq!(elsewhere.verified()["marks"], all);
    let refused = elsewhere.run(&["commune", "rebuild", SLUG, "--key", key]);
    assert!(refused.stopped(2).contains("arrêtez-le d’abord"), "{refused:#?}");
    again.stop();
    let refused = elsewhere.run(&["commune", "rebuild", SLUG, "--key", key]);
    assert!(refused.stopped(2).contains("n’est pas vide"), "{refused:#?}");
}
