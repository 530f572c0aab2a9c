//! Many hands at once: several people on one tablet's file, and a town's tablets that all come
//! back in the same minute.

use std::collections::BTreeSet;

use shared::ids::{DeviceId, MarkId};
use system_tests::record::{sequences, server_marks, tablet_marks};
use system_tests::tablet::text;
use system_tests::town::MONDAY;
use system_tests::{Said, Tablet, Town};

#[test]
fn taps_and_exchanges_of_one_tablet_at_the_same_time_lose_and_double_nothing() {
    let town = Town::new();
    let server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    let mut all = BTreeSet::new();
    for round in children[..40].chunks(4) {
        let mut running: Vec<_> = round
            .iter()
            .map(|child| tablet.start(&["in", child, "--activity", "cantine"]))
            .collect();
        running.insert(2, tablet.start(&["sync"]));
        for one in running {
            let said = Said::of(one.wait_with_output().expect("it ends")).done();
            all.extend(
                said.get("mark")
                    .map(|mark| text(mark).parse::<MarkId>().expect("an id")),
            );
        }
    }
    tablet.sync();
    assert_eq!(all.len(), 40);
    let marks = tablet_marks(&tablet);
    assert_eq!(marks.keys().copied().collect::<BTreeSet<_>>(), all);
    let device: DeviceId = text(&tablet.status()["device"]).parse().expect("an id");
    let sequences = sequences(marks.values().flat_map(|(values, _)| values), device);
    assert_eq!(sequences, (1..=40).collect::<Vec<u64>>());
    assert_eq!(tablet.status()["pending"], 0);
    assert_eq!(server_marks(&town).into_keys().collect::<BTreeSet<_>>(), all);
    town.verify();
}

#[test]
fn a_whole_town_of_tablets_that_returns_at_once_is_heard() {
    let town = Town::new();
    let mut server = town.server();
    let sites = [
        "jules-ferry",
        "les-tilleuls",
        "louise-michel",
        "jean-moulin",
        "marie-curie",
    ];
    let tablets: Vec<Tablet> = sites
        .iter()
        .flat_map(|site| [(site, 1), (site, 2)])
        .map(|(site, n)| town.tablet(&format!("{site}-{n}"), &server.url(), &[site]))
        .collect();
    let director = town.tablet("director", &server.url(), &sites);
    server.stop();
    let mut taps = 0;
    for (n, tablet) in tablets.iter().enumerate() {
        let children = tablet.expected(MONDAY, "cantine");
        for child in children.iter().skip(n % 2).step_by(2).take(5) {
            tablet.in_(child, "cantine");
            taps += 1;
        }
    }
    server.restart();
    for _ in 0..2 {
        let running: Vec<_> = tablets
            .iter()
            .chain([&director])
            .map(|tablet| tablet.start(&["sync"]))
            .collect();
        for one in running {
            Said::of(one.wait_with_output().expect("it ends")).done();
        }
    }
    director.sync();
    for pair in tablets.chunks(2) {
        assert_eq!(pair[0].sheets(), pair[1].sheets());
        assert_eq!(pair[0].status()["pending"], 0);
    }
    assert_eq!(director.sheets().as_array().expect("sheets").len(), sites.len());
    assert_eq!(tablet_marks(&director).len(), taps);
    assert_eq!(town.verified_marks(), taps);
}
