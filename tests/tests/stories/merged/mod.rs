//! A town burned and came back from yesterday's snapshot; then what was lost is found.

mod found;
mod hostile;
mod pages;
mod stopped;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use shared::ids::{AgentId, HouseholdId, mint};
use shared::operation::{Actor, Body, Channel, HouseholdRecord};
use shared::withdrawal::{Subject, Withdrawn};
use sync_server::clock::random;
use sync_server::commune::Commune;
use sync_server::record;
use system_tests::town::{MONDAY, SLUG, copy};
use system_tests::{Server, Tablet, Town};

use crate::restore::shipped::{Elsewhere, journal_of};

const SITE: &str = "jules-ferry";

/// What every story begins with.
pub(super) struct Burnt {
    pub(super) town: Town,
    /// The lost server's disk, as its last moment left it.
    pub(super) disk: PathBuf,
    pub(super) offsite: PathBuf,
    pub(super) elsewhere: Elsewhere,
    pub(super) server: Server,
    /// A tablet that still holds what it tapped.
    pub(super) tablet: Tablet,
    /// Marks of all tablets, whether or not they still live.
    pub(super) marks: u64,
    /// Marks that the living tablets do not hold.
    pub(super) only_there: u64,
}

pub(super) fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

pub(super) fn taps(tablet: &Tablet, children: &[String]) -> u64 {
    for child in children {
        tablet.in_(child, "cantine");
    }
    children.len() as u64
}

/// Who sits at the desk.
fn agent(town: &Town) -> Actor {
    let host = crate::host(town, system_tests::town::MORNING);
    let commune = host.commune(SLUG).expect("the town");
    let agents = commune.store.read(|tx| record::agents(tx)).expect("the agents");
    let (first, _) = agents.into_iter().next().expect("an agent");
    let id: AgentId = first.id;
    Actor::Agent(id)
}

/// The site's telephone is changed at the desk.
pub(super) fn phones(commune: &Arc<Commune>, actor: Actor, phone: &str) {
    let sites = commune.store.read(|tx| record::sites(tx)).expect("the sites");
    let (mut site, version) = sites
        .into_iter()
        .find(|(site, _)| site.slug.as_str() == SITE)
        .expect("the site");
    site.phone = Some(phone.into());
    let mut operation = commune.operation(actor, Channel::Desk, Body::PutSite { site });
    operation.seen = Some(version);
    commune.submit(operation).expect("a telephone");
}

/// A file says nothing of who was dismissed since: somebody vouches for the agents.
fn vouch(commune: &Arc<Commune>) {
    let agents = commune.store.read(|tx| record::agents(tx)).expect("the agents");
    for (agent, _) in agents {
        let body = Body::ConfirmAfterLoss {
            kind: Withdrawn::Agent,
            subject: Subject(agent.id.0.into_bytes()),
        };
        commune
            .submit(commune.operation(Actor::Host, Channel::Command, body))
            .expect("an agent");
    }
}

/// Households that nobody knows elsewhere.
pub(super) fn households(commune: &Arc<Commune>, actor: Actor, count: usize) {
    for n in 0..count {
        let id = HouseholdId(mint(commune.clock.now(), random()));
        let household = HouseholdRecord {
            id,
            name: format!("Foyer {n}"),
            guardians: Vec::new(),
        };
        let body = Body::PutHousehold { household };
        commune
            .submit(commune.operation(actor, Channel::Desk, body))
            .expect("a household");
    }
}

impl Burnt {
    /// Three taps came back. The lost disk has eight more, of which three are on a tablet that was lost too, a site's
    /// telephone and five households; the living server has another telephone.
    pub(super) fn new() -> Self {
        let town = Town::in_files();
        let offsite = town.place("offsite");
        let key = town.place("demo.key");
        town.command(&["key", "export", SLUG, "--file", path(&key)])
            .done();
        let actor = agent(&town);
        let mut server = town.server();
        let address = server.address().to_owned();
        let tablet = town.tablet("a", &server.url(), &[SITE]);
        let gone = town.tablet("gone", &server.url(), &[SITE]);
        let children = tablet.expected(MONDAY, "cantine");
        let mut marks = taps(&tablet, &children[..3]);
        tablet.sync();
        let yesterday = town.place("hier.snapshot");
        town.command(&["snapshot", SLUG, "--to", path(&yesterday)]).done();
        marks += taps(&tablet, &children[3..8]);
        tablet.sync();
        let only_there = taps(&gone, &children[8..11]);
        marks += only_there;
        gone.sync();
        fs::remove_dir_all(gone.home()).expect("a lost tablet");
        server.stop();
        {
            let host = crate::host(&town, system_tests::town::MORNING);
            let commune = host.commune(SLUG).expect("the town");
            phones(&commune, actor, "04 65 71 00 01");
            households(&commune, actor, 5);
        }
        // What was written last stands in a log that nobody folds in.
        server.restart();
        gone_on(&tablet, &mut marks, &children[11..12]);
        server.kill9();
        let disk = town.place("disque");
        copy(&town.data(), &disk);
        let log = disk.join(format!("communes/{SLUG}.db-wal"));
        assert!(fs::metadata(log).expect("a log").len() > 0);
        journal_of(&town, &offsite);
        fs::remove_dir_all(town.data()).expect("it burns");

        let elsewhere = Elsewhere::new(&town, "elsewhere");
        let args = ["restore", SLUG, "--from", path(&yesterday), "--key", path(&key)];
        elsewhere.run(&args).done();
        elsewhere.within(|commune| {
            vouch(commune);
            phones(commune, actor, "04 65 71 00 02");
        });
        let server = elsewhere.serve(&address);
        Self {
            town,
            disk,
            offsite,
            elsewhere,
            server,
            tablet,
            marks,
            only_there,
        }
    }

    pub(super) fn merge(&self, from: &Path) -> Value {
        self.elsewhere.run(&["merge", SLUG, "--from", path(from)]).done()
    }

    pub(super) fn look(&self, from: &Path) -> Value {
        let args = ["merge", SLUG, "--from", path(from), "--dry-run"];
        self.elsewhere.run(&args).done()
    }

    /// How many entries the living journal has.
    pub(super) fn entries(&self) -> u64 {
        self.elsewhere.verified()["journal"]["entries"]
            .as_u64()
            .expect("a number")
    }
}

fn gone_on(tablet: &Tablet, marks: &mut u64, children: &[String]) {
    *marks += taps(tablet, children);
    tablet.sync();
}

/// A count of a merge.
#[track_caller]
pub(super) fn count(report: &Value, name: &str) -> u64 {
    report[name]
        .as_u64()
        .unwrap_or_else(|| panic!("{name}: {report:#}"))
}

/// Each lost operation is accounted for once.
#[track_caller]
pub(super) fn adds_up(report: &Value) -> u64 {
    let parts = ["applied", "already_there", "to_settle", "listed"];
    let sum: u64 = parts.iter().map(|part| count(report, part)).sum();
    assert_eq!(sum, count(report, "lost"), "{report:#}");
    sum
}
