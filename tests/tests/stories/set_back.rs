//! The server is put back to an older copy. Nobody has to be told: the tablets notice and hand
//! everything back.

use std::collections::BTreeSet;

use serde_json::json;
use shared::ids::MarkId;
use system_tests::record::{returned, server_marks};
use system_tests::town::MONDAY;
use system_tests::{Proxy, Tablet, Town, Trouble};

fn tap(tablet: &Tablet, children: &[String], into: &mut BTreeSet<MarkId>) {
    for child in children {
        into.insert(tablet.in_(child, "cantine").parse().expect("an id"));
    }
}

#[test]
fn a_server_from_last_week_gets_everything_back_from_its_tablets() {
    let town = Town::new();
    let mut server = town.server();
    let a = town.tablet("a", &server.url(), &["jules-ferry"]);
    let b = town.tablet("b", &server.url(), &["jules-ferry"]);
    let children = a.expected(MONDAY, "cantine");
    let mut all = BTreeSet::new();
    tap(&a, &children[..4], &mut all);
    a.sync();
    b.sync();

    server.stop();
    town.back_up("last week");
    server.restart();
    let new = town.tablet("new", &server.url(), &["jules-ferry"]);
    for (tablet, children) in [
        (&a, &children[4..7]),
        (&b, &children[7..9]),
        (&new, &children[9..12]),
    ] {
        tap(tablet, children, &mut all);
        tablet.sync();
    }
    a.sync();
    tap(&b, &children[12..13], &mut all);

    server.stop();
    town.put_back("last week");
    server.restart();
    assert_eq!(server_marks(&town).len(), 4, "the server forgot");
    // It has something new to say, too, on a sheet that the server no longer has whole.
    tap(&a, &children[13..14], &mut all);
    let first = a.sync();
    assert!(first["round_trips"].as_u64() <= Some(4), "{first}");
    let seen_by_a: BTreeSet<MarkId> = system_tests::record::tablet_marks(&a).into_keys().collect();
    assert!(
        seen_by_a.iter().all(|id| server_marks(&town).contains_key(id)),
        "one tablet brings back all it saw"
    );

    let before = town.verify()["journal"].clone();
    assert_eq!(a.sync()["accepted"], 0);
    assert_eq!(
        town.verify()["journal"],
        before,
        "a second exchange has nothing to bring back"
    );
    assert_eq!(b.sync()["quarantined"], 0);
    assert_eq!(
        new.sync()["quarantined"],
        0,
        "enrolled after the copy, and known by its title"
    );
    for tablet in [&a, &b, &new] {
        tablet.sync();
        let status = tablet.status();
        assert_eq!((&status["pending"], &status["sheets"]), (&json!(0), &a.sheets()));
    }
    assert_eq!(server_marks(&town).into_keys().collect::<BTreeSet<_>>(), all);
    assert_eq!(
        returned(&town),
        [],
        "receipts tell other tablets' marks from forgeries"
    );
    server.stop();
    assert_eq!(town.verified_marks(), all.len());
}

#[test]
fn a_server_that_went_on_writing_after_it_was_set_back_is_found_out_too() {
    let town = Town::new();
    let mut server = town.server();
    let a = town.tablet("a", &server.url(), &["jules-ferry"]);
    let b = town.tablet("b", &server.url(), &["jules-ferry"]);
    let children = a.expected(MONDAY, "cantine");
    let mut all = BTreeSet::new();
    server.stop();
    town.back_up("yesterday");
    server.restart();
    tap(&a, &children[..2], &mut all);
    a.sync();
    server.stop();
    town.put_back("yesterday");
    server.restart();
    // The journal grows past the number on the receipt of the other tablet.
    for child in &children[2..8] {
        tap(&b, std::slice::from_ref(child), &mut all);
        b.sync();
    }
    a.sync();
    b.sync();
    assert_eq!(a.sheets(), b.sheets());
    assert_eq!(server_marks(&town).into_keys().collect::<BTreeSet<_>>(), all);
    town.verify();
}

#[test]
fn a_town_that_is_lost_whole_comes_back_from_one_tablet() {
    let town = Town::new();
    town.back_up("empty");
    let mut server = town.server();
    let a = town.tablet("a", &server.url(), &["jules-ferry", "les-tilleuls"]);
    let mut all = BTreeSet::new();
    for date in [MONDAY, "2026-11-24", "2026-11-26"] {
        let child = &a.expected(date, "cantine")[0];
        all.insert(
            a.tap("in", child, "cantine", &["--date", date])
                .parse::<MarkId>()
                .expect("an id"),
        );
    }
    a.sync();
    server.stop();
    town.put_back("empty");
    server.restart();
    let back = a.sync();
    assert_eq!(back["quarantined"], 0, "{back}");
    assert_eq!(a.status()["pending"], 0);
    assert_eq!(server_marks(&town).into_keys().collect::<BTreeSet<_>>(), all);
    town.verify();
}

#[test]
fn a_return_that_is_broken_off_at_any_trip_goes_on_where_it_was() {
    for broken in 0..4 {
        let town = Town::new();
        town.back_up("empty");
        let mut server = town.server();
        let line = Proxy::to(server.address());
        let a = town.tablet("a", &line.url(), &["jules-ferry"]);
        let b = town.tablet("b", &server.url(), &["jules-ferry"]);
        let children = a.expected(MONDAY, "cantine");
        let mut all = BTreeSet::new();
        tap(&a, &children[..3], &mut all);
        tap(&b, &children[3..6], &mut all);
        for tablet in [&a, &b, &a] {
            tablet.sync();
        }
        server.stop();
        town.put_back("empty");
        server.restart();
        tap(&a, &children[6..7], &mut all);
        for _ in 0..broken {
            line.next(Trouble::None);
        }
        line.next(Trouble::LoseAnswer);
        let said = a.run(&["sync"]);
        assert!(matches!(said.code, Some(0 | 3)), "{said:#?}");
        line.calm();
        a.sync();
        assert_eq!(
            server_marks(&town).into_keys().collect::<BTreeSet<_>>(),
            all,
            "broken at {broken}"
        );
        assert_eq!(returned(&town), [], "broken at {broken}");
        b.sync();
        assert_eq!((&a.status()["pending"], a.sheets()), (&json!(0), b.sheets()));
        town.verify();
    }
}
