//! A town's key and what it shipped, kept away from it, and the machine on which it comes back.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use shared::codec::{Blob, Hash32};
use shared::ids::BranchId;
use shared::offsite::{BranchBirth, Name, Segment, Shipped, Withdrawals};
use shared::receipt::Position;
use shared::slug::Slug;
use shared::time::UtcMs;
use sync_server::clock::random;
use sync_server::corridor::journal;
use system_tests::programs::{Said, command};
use system_tests::town::{MORNING, SLUG};
use system_tests::{Server, Town};
use test_postgres::{Cluster, Database};

/// When it comes back.
pub(crate) const LATER: &str = "2026-11-23T08:00:00+01:00";

pub(crate) fn slug() -> Slug {
    SLUG.parse().expect("a slug")
}

/// Makes a snapshot of a town and puts it off-site.
pub(crate) fn snapshot(town: &Town, to: &Path) {
    let file = town.place("passing.snapshot");
    let made = town
        .command(&["snapshot", SLUG, "--to", file.to_str().expect("UTF-8")])
        .done();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let hash = data_of(&text(&made["journal"]["head"]));
    let at = Position {
        branch: BranchId(text(&made["incarnation"]).parse().expect("an id")),
        seq: made["journal"]["entries"].as_u64().expect("a number"),
        hash,
    };
    let name = Name::snapshot(&at, UtcMs::parse(MORNING).expect("an instant")).path(&slug());
    let object = to.join(name);
    fs::create_dir_all(object.parent().expect("a folder")).expect("a folder");
    fs::rename(file, object).expect("it moves");
}

fn data_of(hex: &str) -> Hash32 {
    let digit = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal");
    Hash32(std::array::from_fn(|n| digit(2 * n)))
}

/// Ships the journal of a town whose server is stopped; answers the names.
pub(crate) fn journal_of(town: &Town, to: &Path) -> Vec<PathBuf> {
    let host = crate::host(town, MORNING);
    let commune = host.commune(SLUG).expect("the town");
    let born = "select id, born_at from branch where parent is null";
    let (entries, root) = commune
        .store
        .read(|tx| {
            let root = tx.first(born, &[])?.expect("a first branch");
            let root = BranchBirth {
                id: BranchId(root.uuid(0)?),
                parent: None,
                born_at: UtcMs(root.int(1)?),
            };
            Ok::<_, sync_server::store::StoreError>((journal::page(tx, 0, 100_000)?, root))
        })
        .expect("the journal");
    let mut objects = Vec::new();
    for piece in entries.chunks(50) {
        let first = &piece[0].0;
        assert_eq!(first.header.branch, root.id, "the town never was set back");
        let segment = Segment {
            branch: root,
            before: Position {
                branch: root.id,
                seq: first.header.seq - 1,
                hash: first.previous,
            },
            entries: piece
                .iter()
                .map(|(entry, _)| Shipped {
                    header: entry.header.clone(),
                    salt: entry.salt,
                    body: entry.body.clone().map(Blob),
                    outcome: Blob(entry.outcome.clone()),
                })
                .collect(),
        };
        let last = segment.check().expect("a segment");
        let object = to.join(Name::segment(first.header.seq, &last).path(&slug()));
        let sealed = segment
            .seal(&slug(), &commune.keys.shipping, Hash32(random()))
            .expect("sealed");
        fs::create_dir_all(object.parent().expect("a folder")).expect("a folder");
        fs::write(&object, sealed).expect("an object");
        objects.push(object);
    }
    // The shipper puts the set of withdrawals there before anything else, were it empty.
    let set = Withdrawals::of([]);
    let object = to.join(Name::withdrawals(&set.digest()).path(&slug()));
    let sealed = set
        .seal(&slug(), &commune.keys.shipping, Hash32(random()))
        .expect("sealed");
    fs::create_dir_all(object.parent().expect("a folder")).expect("a folder");
    fs::write(&object, sealed).expect("an object");
    objects
}

/// A machine with nothing on it, on the engine of the town.
pub(crate) struct Elsewhere {
    pub(crate) folder: PathBuf,
    database: Option<Database>,
}

impl Elsewhere {
    pub(crate) fn new(town: &Town, name: &str) -> Self {
        Self {
            folder: town.place(name),
            database: town.url().map(|_| Cluster::shared().database()),
        }
    }

    fn options(&self) -> Vec<OsString> {
        let mut options = vec![OsString::from("--data"), self.folder.clone().into()];
        if let Some(database) = &self.database {
            options.extend([OsString::from("--store"), database.url().into()]);
        }
        options
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        self.run_with(&[], args)
    }

    pub(crate) fn run_with(&self, environment: &[(&str, String)], args: &[&str]) -> Said {
        let mut command = command("preau-server");
        command
            .args(self.options())
            .args(["--now", LATER, "--json"])
            .args(args);
        for (name, value) in environment {
            command.env(name, value);
        }
        Said::of(command.output().expect("preau-server can be started"))
    }

    /// Does something with the town in this process; no server may run.
    pub(crate) fn within<T>(
        &self,
        work: impl FnOnce(&std::sync::Arc<sync_server::commune::Commune>) -> T,
    ) -> T {
        let mut setup = sync_server::host::Setup::folder(&self.folder);
        if let Some(database) = &self.database {
            setup.store = database.url().parse().expect("an address");
        }
        let clock = sync_server::clock::Clock::starting_at(UtcMs::parse(LATER).expect("an instant"));
        let host = sync_server::host::Host::open(setup, clock).expect("the host opens");
        work(&host.commune(SLUG).expect("the town"))
    }

    /// Serves at the address that tablets know.
    pub(crate) fn serve(&self, address: &str) -> Server {
        let log = self.folder.with_extension("log");
        Server::start_under(Vec::new(), self.options(), log, LATER, address)
    }

    /// A clean report of `verify`.
    #[track_caller]
    pub(crate) fn verified(&self) -> Value {
        let report = self.run(&["verify", SLUG]).done();
        assert_eq!(report["ok"], true, "{report:#}");
        report
    }
}
