//! The tablet's own memory goes back or doubles: a restored copy, two tablets from one image.
//! Nothing is lost on either side.

use std::collections::BTreeSet;

use shared::ids::MarkId;
use system_tests::record::{server_marks, tablet_marks};
use system_tests::town::{MONDAY, copy};
use system_tests::{Tablet, Town};

fn held(tablet: &Tablet) -> BTreeSet<MarkId> {
    tablet_marks(tablet).into_keys().collect()
}

fn tap(tablet: &Tablet, child: &str, into: &mut BTreeSet<MarkId>) {
    into.insert(tablet.in_(child, "cantine").parse().expect("an id"));
}

#[test]
fn a_tablet_set_back_to_an_older_copy_finds_its_own_marks_on_the_server() {
    let town = Town::new();
    let server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let other = town.tablet("b", &server.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    let mut all = BTreeSet::new();
    tap(&tablet, &children[0], &mut all);
    tap(&tablet, &children[1], &mut all);
    tablet.sync();
    copy(tablet.home(), &town.place("copy"));
    tap(&tablet, &children[2], &mut all);
    tap(&tablet, &children[3], &mut all);
    tablet.sync();

    let old = Tablet::new(&town.place("copy"));
    tap(&old, &children[4], &mut all);
    tap(&old, &children[5], &mut all);
    assert_eq!(old.sync()["quarantined"], 0);
    assert_eq!(held(&old), all, "what it had forgotten, it has again");
    other.sync();
    assert_eq!(old.sheets(), other.sheets());
    assert_eq!(old.status()["pending"], 0);
    assert_eq!(server_marks(&town).into_keys().collect::<BTreeSet<_>>(), all);
    for child in &children[..6] {
        assert_eq!(old.row(MONDAY, child, "cantine")["state"], "present");
    }
    town.verify();
}

#[test]
fn two_tablets_from_one_image_lose_nothing_and_agree() {
    let town = Town::new();
    let server = town.server();
    let one = town.tablet("one", &server.url(), &["jules-ferry"]);
    let children = one.expected(MONDAY, "cantine");
    let mut all = BTreeSet::new();
    tap(&one, &children[0], &mut all);
    one.sync();
    tap(&one, &children[1], &mut all);
    copy(one.home(), &town.place("two"));
    let two = Tablet::new(&town.place("two"));
    for round in 0..4 {
        for (n, tablet) in [(0, &one), (1, &two)] {
            tap(tablet, &children[2 + 4 * round + 2 * n], &mut all);
            tap(tablet, &children[3 + 4 * round + 2 * n], &mut all);
            if round % 2 == 1 {
                tablet.sync();
            }
        }
    }
    for tablet in [&one, &two, &one, &two] {
        let synced = tablet.sync();
        assert_eq!(synced["quarantined"], 0, "{synced}");
    }
    assert_eq!(one.sheets(), two.sheets());
    assert_eq!((held(&one), held(&two)), (all.clone(), all.clone()));
    assert_eq!(server_marks(&town).into_keys().collect::<BTreeSet<_>>(), all);
    for tablet in [&one, &two] {
        assert_eq!(tablet.status()["pending"], 0);
        assert_eq!(
            tablet
                .list(MONDAY)
                .iter()
                .filter(|row| row["state"] == "present")
                .count(),
            all.len()
        );
    }
    town.verify();
}

#[test]
fn a_tablet_and_its_server_both_set_back_still_bring_everything_together() {
    let town = Town::new();
    let mut server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let other = town.tablet("b", &server.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    let mut all = BTreeSet::new();
    tap(&tablet, &children[0], &mut all);
    tablet.sync();
    server.stop();
    town.back_up("server");
    server.restart();
    copy(tablet.home(), &town.place("copy"));
    tap(&tablet, &children[1], &mut all);
    tablet.sync();
    other.sync();
    tap(&other, &children[2], &mut all);
    other.sync();
    server.stop();
    town.put_back("server");
    server.restart();

    let old = Tablet::new(&town.place("copy"));
    tap(&old, &children[3], &mut all);
    old.sync();
    other.sync();
    old.sync();
    assert_eq!(held(&old), all, "the other tablet had what both had forgotten");
    assert_eq!(old.sheets(), other.sheets());
    assert_eq!(server_marks(&town).into_keys().collect::<BTreeSet<_>>(), all);
    town.verify();
}
