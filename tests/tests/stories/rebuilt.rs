//! After the fire for real: a commune restored from a snapshot by the command, and one of which nothing
//! is left but its key and its tablets.

use std::collections::BTreeSet;

use shared::ids::ChildId;
use shared::screen::ListSource;
use system_tests::Town;
use system_tests::record::server_marks;
use system_tests::town::{MONDAY, SLUG};

use crate::one_process::{
    CHILDREN, Hand, Kept, Line, Server, date, one_more_expected, scratch, set_up, site,
};

#[test]
fn a_restored_commune_gets_back_from_its_tablets_what_the_snapshot_lacks() {
    let town = Town::new();
    let mut server = town.server();
    let a = town.tablet("a", &server.url(), &["jules-ferry"]);
    let b = town.tablet("b", &server.url(), &["jules-ferry"]);
    let children = a.expected(MONDAY, "cantine");
    a.in_(&children[0], "cantine");
    a.sync();
    let snapshot = town.place("town.snapshot");
    let snapshot = snapshot.to_str().expect("a path");
    town.command(&["snapshot", SLUG, "--to", snapshot]).done();
    let before = a.status()["incarnation"].clone();
    // What came after the snapshot, and a tablet that the snapshot does not know.
    let late = town.tablet("late", &server.url(), &["jules-ferry"]);
    for (tablet, children) in [
        (&a, &children[1..3]),
        (&b, &children[3..5]),
        (&late, &children[5..6]),
    ] {
        for child in children {
            tablet.in_(child, "cantine");
        }
        tablet.sync();
    }
    a.sync();
    server.stop();
    let restored = town.command(&["restore", SLUG, "--from", snapshot]).done();
    assert_eq!(server_marks(&town).len(), 1, "{restored:#}");
    server.restart();

    let first = a.sync();
    assert_eq!(first["returned"]["marks"], 5, "all it saw: {first}");
    assert!(first["round_trips"].as_u64() <= Some(4), "{first}");
    let second = b.sync();
    assert_eq!(second["returned"]["marks"], 0, "another brought it: {second}");
    late.sync();
    for tablet in [&a, &b, &late] {
        tablet.sync();
        let status = tablet.status();
        assert_eq!(
            (&status["pending"], &status["withheld"]),
            (&0.into(), &false.into())
        );
        assert_ne!(status["incarnation"], before, "a branch of its own");
        assert_eq!(tablet.sheets(), a.sheets());
    }
    assert_eq!(town.verified_marks(), 6);
    let children: Vec<_> = a.list(MONDAY);
    assert!(!children.is_empty());
}

#[test]
fn a_commune_that_is_gone_is_rebuilt_from_its_key_and_two_tablets() {
    let (folder, line, burnt) = (scratch(), Line::new(), Kept::nothing());
    burnt.found();
    let server = burnt.open(3);
    server.desk(set_up(1));
    let new = |name: &str| Hand::enrolled(&folder.path().join(name), 3, &server, &[site(0)], &line);
    let (a, b) = (new("a"), new("b"));
    server.desk(one_more_expected(50, 3));
    a.taps(site(0), 0..4, 3);
    b.taps(site(0), 4..6, 2);
    for hand in [&a, &b, &a] {
        hand.exchange(&line).expect("the server answers");
    }
    let expected = children(&a);
    assert_eq!(expected.len(), CHILDREN + 1);
    drop(server);

    let server = burnt.rebuilt().open_for_good(3);
    for hand in [&a, &b] {
        hand.finds(&server.0.address);
    }
    let first = a.exchange(&line).expect("the server answers");
    assert!(first.returned.marks == 6 && first.returned.lists > 4, "{first:?}");
    assert!(first.round_trips <= 5, "{first:?}");
    assert_eq!(listed(&server.0), expected, "the record has the list again");
    assert_eq!(children(&a), expected, "and the tablet");
    let head = server.0.head();
    let second = b.exchange(&line).expect("the server answers");
    assert_eq!(
        (second.returned.marks, second.returned.lists),
        (0, 0),
        "{second:?}"
    );
    assert_eq!(server.0.head(), head + 1, "its title alone was new");
    b.exchange(&line).expect("the server answers");
    assert_eq!(a.sheets(), b.sheets());
    // A third tablet finds a town like any other.
    let third = Hand::enrolled(&folder.path().join("c"), 3, &server.0, &[site(0)], &line);
    third.exchange(&line).expect("the server answers");
    assert_eq!(children(&third), expected);
    assert_eq!(third.list(site(0), 3).1, ListSource::Confirmed);
    assert_eq!(server.0.verified(), 6);
}

/// The children on a tablet's list of the day.
fn children(hand: &Hand) -> BTreeSet<ChildId> {
    let (list, _) = hand.list(site(0), 3);
    list.rows.iter().map(|row| row.child).collect()
}

/// Those on the record's.
fn listed(server: &Server) -> BTreeSet<ChildId> {
    let list = server
        .commune
        .store
        .read(|tx| sync_server::day_lists::day_list(tx, site(0), date(3)));
    let list = list.expect("a list");
    list.rows.iter().map(|row| row.child).collect()
}
