//! The database server dies, and a standby that has not heard of its last seconds takes its place.
//! Nobody has to be told: a new branch begins, and the tablets hand in what they hold.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;
use shared::ids::MarkId;
use system_tests::record::server_marks;
use system_tests::rows::rows;
use system_tests::town::MONDAY;
use system_tests::{Server, Tablet, Town};
use test_postgres::{Cluster, Options};

/// A primary, its asynchronous standby, and a town served through both by two processes.
struct Pair {
    primary: Cluster,
    standby: Cluster,
    town: Town,
    first: Server,
    second: Server,
}

impl Pair {
    fn new() -> Self {
        let primary = Cluster::start(Options {
            durable: true,
            ..Options::default()
        });
        let standby = primary.standby();
        let database = primary.database();
        let url = database.url_through(&[&primary, &standby]);
        let town = Town::in_database(database, url);
        let (first, second) = (town.server(), town.one_more_server("second"));
        Self {
            primary,
            standby,
            town,
            first,
            second,
        }
    }
}

fn tap(tablet: &Tablet, child: &str) -> MarkId {
    tablet.in_(child, "cantine").parse().expect("an id")
}

/// Where each branch was forked (-1 for the first), and whether it is the one that is written.
fn branches(town: &Town) -> Vec<(i64, bool)> {
    let query = "select coalesce(fork_seq, -1), is_current from branch order by is_current";
    rows(town, query, &[])
        .iter()
        .map(|row| (row.int(0), row.int(1) == 1))
        .collect()
}

/// Everything is on the server, every tablet knows it, and both processes say the same.
fn all_is_back(pair: &Pair, tablets: &[&Tablet], all: &BTreeSet<MarkId>) {
    for tablet in tablets {
        assert_eq!(tablet.sync()["quarantined"], 0);
    }
    for tablet in tablets {
        tablet.sync();
        let status = tablet.status();
        assert_eq!(status["pending"], 0, "{status:#}");
        assert_eq!(status["sheets"], tablets[0].sheets());
    }
    assert_eq!(
        &server_marks(&pair.town).into_keys().collect::<BTreeSet<_>>(),
        all
    );
    assert_eq!(pair.town.verified_marks(), all.len());
}

#[test]
fn what_a_standby_never_heard_of_comes_back_from_the_tablets() {
    let pair = Pair::new();
    let a = pair.town.tablet("a", &pair.first.url(), &["jules-ferry"]);
    let b = pair.town.tablet("b", &pair.second.url(), &["jules-ferry"]);
    let children = a.expected(MONDAY, "cantine");
    let mut all: BTreeSet<MarkId> = children[..4].iter().map(|child| tap(&a, child)).collect();
    a.sync();
    b.sync();
    let before = a.status()["incarnation"].clone();
    pair.standby.catch_up(&pair.primary);
    pair.standby.stop();
    // Acknowledged by the primary, and never sent to the standby.
    all.extend(children[4..7].iter().map(|child| tap(&a, child)));
    all.extend(children[7..9].iter().map(|child| tap(&b, child)));
    assert_eq!(a.sync()["accepted"], 3);
    assert_eq!(b.sync()["accepted"], 2);
    let lost = rows(&pair.town, "select max(seq) from journal", &[])[0].int(0);

    pair.primary.kill9();
    pair.standby.restart();
    all.insert(tap(&a, &children[9]));
    a.run(&["sync"]).stopped(3);
    assert_eq!(
        a.status()["pending"],
        1,
        "nothing is lost while nobody takes writes"
    );
    pair.standby.promote();
    assert_eq!(
        server_marks(&pair.town).len(),
        4,
        "the standby never heard of the others"
    );

    all_is_back(&pair, &[&a, &b], &all);
    let after = a.status()["incarnation"].clone();
    assert_ne!(before, after, "a cut history is a new branch");
    assert_eq!(b.status()["incarnation"], after);
    let branches = branches(&pair.town);
    assert_eq!(
        branches.len(),
        2,
        "one process began it, the other found it: {branches:?}"
    );
    assert_eq!(branches[0], (-1, false));
    assert!(branches[1].1 && branches[1].0 < lost, "{branches:?} {lost}");
    assert_eq!(
        pair.town.command(&["commune", "list"]).done()[0]["incarnation"],
        after
    );
    assert_eq!(a.sync()["received"], json!(0), "nothing is left to be said");
}

#[test]
fn a_primary_killed_under_load_costs_no_mark_that_a_tablet_holds() {
    let pair = Pair::new();
    let urls = [pair.first.url(), pair.second.url(), pair.first.url()];
    let tablets: Vec<Tablet> = (0..3)
        .map(|n| pair.town.tablet(&format!("t{n}"), &urls[n], &["jules-ferry"]))
        .collect();
    let children = tablets[0].expected(MONDAY, "cantine");
    assert!(children.len() >= 30, "enough children for three tablets");
    let killed = AtomicBool::new(false);
    let all: BTreeSet<MarkId> = std::thread::scope(|scope| {
        let taps: Vec<_> = tablets
            .iter()
            .zip(children.chunks(children.len() / 3))
            .map(|(tablet, children)| {
                let killed = &killed;
                scope.spawn(move || {
                    let mut mine = Vec::new();
                    for child in children.iter().take(10) {
                        mine.push(tap(tablet, child));
                        let said = tablet.run(&["sync"]);
                        let cut = killed.load(Ordering::Relaxed) && said.code == Some(3);
                        assert!(said.code == Some(0) || cut, "{said:?}");
                    }
                    mine
                })
            })
            .collect();
        // In the middle of it.
        test_postgres::clock::wait_for("half of the marks", || {
            (server_marks(&pair.town).len() >= 12).then_some(())
        });
        killed.store(true, Ordering::Relaxed);
        pair.primary.kill9();
        pair.standby.promote();
        taps.into_iter()
            .flat_map(|tapping| tapping.join().expect("a tablet goes on"))
            .collect()
    });
    let tablets: Vec<&Tablet> = tablets.iter().collect();
    all_is_back(&pair, &tablets, &all);
    let branches = branches(&pair.town);
    assert_eq!(branches.len(), 2, "{branches:?}");
}
