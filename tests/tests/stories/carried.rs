//! No line for weeks: marks travel in a pocket, from one tablet to another, and what is damaged
//! on a disk is made again from what is not.

use std::fs;

use system_tests::record::{returned, server_marks};
use system_tests::rows::{Value, tamper};
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Tablet, Town};
use tablet_replica::store::Db;

#[test]
fn marks_carried_by_hand_and_then_over_the_line_count_once() {
    let town = Town::new();
    let server = town.server();
    let far = town.tablet("far", &server.url(), &["jules-ferry"]);
    let near = town.tablet("near", &server.url(), &["jules-ferry"]);
    let children = far.expected(MONDAY, "cantine");
    for child in &children[..3] {
        far.in_(child, "cantine");
    }
    near.in_(&children[3], "cantine");
    let file = town.place("pocket");
    let path = file.to_str().expect("UTF-8");
    far.run(&["export", path]).done();
    assert_eq!(near.run(&["import", path]).done()["marks"], 3);
    assert_eq!(near.run(&["import", path]).done()["marks"], 0, "twice is once");
    assert_eq!(near.sync()["accepted"], 1, "of its own");
    assert_eq!(server_marks(&town).len(), 4);
    assert_eq!(
        returned(&town).len(),
        3,
        "no receipt covers them yet: a person may look"
    );
    assert_eq!(far.sync()["accepted"], 3);
    near.sync();
    assert_eq!(near.sheets(), far.sheets());

    let whole = fs::read(&file).expect("the file");
    for at in [0, 20, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        fs::write(&file, &bytes).expect("a damaged file");
        assert!(near.run(&["import", path]).stopped(2).contains("fichier"));
        fs::write(&file, &whole[..at]).expect("a cut file");
        near.run(&["import", path]).stopped(2);
    }
    let elsewhere = Town::new();
    // The same town from the same template has the same key: another town has another.
    elsewhere
        .command(&["commune", "create", "ailleurs", "--name", "Ailleurs", "--demo"])
        .done();
    let other = elsewhere.server();
    let code = elsewhere
        .command(&["enrol", "ailleurs", "--site", "jules-ferry"])
        .done();
    let stranger = elsewhere.blank_tablet("stranger");
    stranger
        .enrol(&other.url(), code["code"].as_str().expect("a code"))
        .done();
    fs::write(&file, &whole).expect("the file as it was");
    assert!(
        stranger
            .run(&["import", path])
            .stopped(2)
            .contains("autre collectivité")
    );
    assert_eq!(town.verified_marks(), 4);
}

/// Damages every document on a tablet's disk, and leaves the marks.
fn damage_documents(tablet: &Tablet) {
    let db = Db::open(tablet.home()).expect("the file opens");
    let noise = "update sheet_change set bytes = cast(substr(bytes, 1, 20) || x'00ff00ff' || substr(bytes, 25) as blob)";
    db.reader().execute(noise, []).expect("changes");
    db.reader()
        .execute("update sheet set saved = x'85' where saved is not null", [])
        .expect("documents");
}

#[test]
fn a_damaged_sheet_is_made_again_from_the_marks() {
    let town = Town::new();
    let mut server = town.server();
    let a = town.tablet("a", &server.url(), &["jules-ferry"]);
    let b = town.tablet("b", &server.url(), &["jules-ferry"]);
    let children = a.expected(MONDAY, "cantine");
    for (n, child) in children[..6].iter().enumerate() {
        [&a, &b][n % 2].in_(child, "cantine");
    }
    a.sync();
    b.sync();
    a.in_(&children[6], "cantine");
    a.out(&children[0], "cantine");
    damage_documents(&a);
    a.in_(&children[7], "cantine");
    assert_eq!(
        a.list(MONDAY)
            .iter()
            .filter(|row| row["state"] == "present")
            .count(),
        8 - 2 - 2
    );
    for tablet in [&a, &b, &a] {
        let synced = tablet.sync();
        assert_eq!(synced["quarantined"], 0, "{synced}");
    }
    assert_eq!(a.sheets(), b.sheets());
    assert_eq!(town.verified_marks(), 9);

    // Also when it is another's tap that comes first.
    damage_documents(&a);
    b.in_(&children[8], "cantine");
    b.sync();
    assert_eq!(a.sync()["received"], 1);
    assert_eq!(a.sheets(), b.sheets());

    // The same on the server's disk: verify says so, and whoever needs the whole sheet next mends it.
    server.stop();
    tamper(
        &town,
        "update sheet_document set saved = ?1",
        &[Value::Blob(vec![0x85])],
    );
    assert_eq!(town.command(&["verify", SLUG]).code, Some(4));
    server.restart();
    b.in_(&children[9], "cantine");
    for tablet in [&b, &a, &b] {
        tablet.sync();
    }
    assert_eq!(a.sheets(), b.sheets());
    let c = town.tablet("c", &server.url(), &["jules-ferry"]);
    assert_eq!(c.sheets(), a.sheets());
    assert_eq!(town.verified_marks(), 11);
}
