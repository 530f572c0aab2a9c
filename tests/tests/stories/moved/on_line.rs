//! A town moves while its tablets point.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use serde_json::json;
use shared::ids::MarkId;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Said, Tablet, Town};
use test_postgres::Cluster;

use super::house::House;

/// Two tablets of one school that tap whatever happens.
struct School {
    tablets: [Tablet; 2],
    children: Vec<String>,
    taps: usize,
    tapped: BTreeSet<MarkId>,
}

impl School {
    fn tap(&mut self, which: usize) {
        let child = &self.children[self.taps % self.children.len()];
        let what = if (self.taps / self.children.len()).is_multiple_of(2) {
            "in"
        } else {
            "out"
        };
        let mark = self.tablets[which].tap(what, child, "cantine", &["--date", MONDAY]);
        assert!(self.tapped.insert(mark.parse().expect("an id")));
        self.taps += 1;
    }

    /// An exchange that is either done or leaves everything as it was.
    #[track_caller]
    fn sync_or_wait(&self, which: usize) -> bool {
        let said = self.tablets[which].run(&["sync"]);
        if said.code == Some(0) {
            assert_eq!(said.json()["quarantined"], 0, "{said:#?}");
            return true;
        }
        assert!(said.stopped(3).contains("Rien n’est perdu"), "{said:#?}");
        false
    }
}

/// Moves the town, and proves that nobody noticed but by a short wait.
fn hop(school: &mut School, from: &House, to: &House, address: &str) -> String {
    let server = from.serve(address);
    let address = server.address.clone();
    let branch = from.incarnation().expect("the town is listed");
    school.tablets.iter().for_each(|tablet| {
        tablet.sync();
    });
    school.tap(0);
    school.tap(1);
    let (to_address, to_keys) = (to.address(), to.keys());
    let mut moving = from
        .start(&House::moving(&to_address, &to_keys, &[]))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("preau-server can be started");
    let mut during = 0;
    while moving.try_wait().expect("a child can be asked").is_none() {
        school.tap(during % 2);
        school.sync_or_wait(during % 2);
        during += 1;
    }
    let said = Said::of(moving.wait_with_output().expect("a child that ended"));
    let report = said.done();
    assert!(during > 0, "somebody pointed meanwhile");
    assert_eq!(
        (&report["slug"], &report["verified"], &report["incarnation"]),
        (&json!(SLUG), &json!(true), &json!(branch))
    );
    assert!(report["rows"].as_u64() > Some(1_000), "{report:#}");
    for house in [from, to] {
        if let Some(url) = &house.database {
            let shown = format!("{}{}", said.stdout, said.stderr);
            assert!(
                !shown.contains(url) && !shown.contains(test_postgres::PASSWORD),
                "{shown}"
            );
        }
    }

    // The old side takes nothing more, and says so in a way that tablets understand.
    school.tap(0);
    assert!(!school.sync_or_wait(0), "the old side acknowledged a mark");
    assert!(!school.sync_or_wait(1));
    assert_eq!(from.incarnation(), None, "the town is not listed where it was");
    assert!(from.run(&["verify", SLUG]).stopped(2).contains("partie vers"));
    drop(server);

    let server = to.serve(&address);
    for which in [0, 1, 0] {
        assert!(school.sync_or_wait(which));
    }
    assert_eq!(to.incarnation(), Some(branch), "history is unbroken");
    let verified = to.verified();
    assert_eq!(verified["marks"], json!(school.tapped.len()));
    assert!(verified["journal"]["entries"].as_u64() >= report["journal"]["entries"].as_u64());
    for tablet in &school.tablets {
        let status = tablet.status();
        assert_eq!(
            (&status["pending"], &status["quarantined"], &status["sheets"]),
            (&json!(0), &json!(0), &school.tablets[0].sheets())
        );
    }
    let key = fs::metadata(to.folder.join("keys").join(format!("{SLUG}.key"))).expect("the key came along");
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
    server.address.clone()
}

#[test]
fn a_town_moves_through_files_and_databases_while_its_tablets_point() {
    let town = Town::in_files();
    let cluster = Cluster::shared();
    let (first, second) = (cluster.database(), cluster.database());
    let old = House::with_demo(&town, "old");
    let houses = [
        House::files(&town.place("other folder")),
        House::database(&town.place("one"), &first.url()),
        House::database(&town.place("two"), &second.url()),
        House::files(&town.place("new")),
    ];
    let server = old.serve("127.0.0.1:0");
    let address = server.address.clone();
    let tablets = ["a", "b"].map(|name| old.tablet(&town, name, &server.url(), "jules-ferry"));
    drop(server);
    let children = tablets[0].expected(MONDAY, "cantine");
    let mut school = School {
        tablets,
        children,
        taps: 0,
        tapped: BTreeSet::new(),
    };
    let mut from = &old;
    for to in &houses {
        hop(&mut school, from, to, &address);
        from = to;
    }

    // And back to where it came from: what was set aside there stays.
    hop(&mut school, from, &old, &address);
    let communes = fs::read_dir(old.folder.join("communes")).expect("the folder");
    let names: Vec<String> = communes
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert!(
        names.iter().any(|name| name.starts_with("demo.db.moved-2026")),
        "{names:?}"
    );
}
