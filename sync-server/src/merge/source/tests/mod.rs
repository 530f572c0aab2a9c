//! A town burned and came back from yesterday's snapshot; then its disk is found.

mod damaged;
mod servers;
mod sources;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use shared::codec::Hash32;

use super::{Asked, Found, SourceError, read};
use crate::corridor::journal;
use crate::restore::tests::ground::{Machine, Offsite, START, slug, snapshot};
use crate::store::Kind;

/// The server that was lost, and the one that took its place.
struct Towns {
    lost: Machine,
    living: Machine,
    offsite: Offsite,
    /// The newest entry that both have.
    fork: u64,
}

impl Towns {
    /// Six schools came back, and `more` did not; the living town has gone on with others.
    fn apart(lost: Machine, living: Machine, more: u64) -> Self {
        let offsite = Offsite::new();
        lost.schools(1..=6);
        let fork = lost.head().seq;
        offsite.put("hier.snapshot", &snapshot(&lost));
        lost.schools(7..=6 + more);
        crate::keys::import(&living.host.setup().keys, &lost.keys()).expect("the key");
        living.hands.set(lost.host.clock.now());
        let from = offsite.file("hier.snapshot").display().to_string();
        living.restored(&crate::restore::Asked {
            from,
            ..offsite.asked()
        });
        living.schools(1_001..=1_003);
        Self {
            lost,
            living,
            offsite,
            fork,
        }
    }

    fn in_files(more: u64) -> Self {
        let lost = Machine::on(Kind::Sqlite, START).with_town();
        Self::apart(lost, Machine::new(START), more)
    }

    fn read(&self, from: impl AsRef<Path>) -> Result<Found, SourceError> {
        self.read_with(from, None)
    }

    fn read_with(&self, from: impl AsRef<Path>, key: Option<PathBuf>) -> Result<Found, SourceError> {
        let from = from.as_ref().display().to_string();
        read(&self.living.host, &self.living.commune(), &Asked { from, key })
    }

    /// All that is lost, by the hashes of the entries, in their order.
    fn all_lost(&self) -> Vec<Hash32> {
        let entries = self
            .lost
            .commune()
            .store
            .read(|tx| journal::page(tx, self.fork, 100_000))
            .expect("the journal");
        entries.into_iter().map(|(_, hash)| hash).collect()
    }

    /// The lost town's data folder as a power cut leaves it: with a log that was not folded in.
    fn disk(&self) -> PathBuf {
        let to = self.offsite.file("disque");
        copy(self.lost.host.data(), &to);
        let log = to.join("communes/ville.db-wal");
        assert!(fs::metadata(log).expect("a log").len() > 0);
        to
    }

    /// The lost town's store as one file, at rest.
    fn file(&self) -> PathBuf {
        self.lost.close();
        let to = self.offsite.file("perdu.db");
        let own = self.lost.host.data().join("communes/ville.db");
        assert!(!own.with_file_name("ville.db-wal").exists());
        fs::copy(own, &to).expect("a copy");
        to
    }
}

fn hashes(found: &Found) -> Vec<Hash32> {
    found.lost.entries.iter().map(|(_, hash)| *hash).collect()
}

/// Whatever was found is true.
fn proved(found: &Found) {
    for (entry, hash) in &found.lost.entries {
        assert_eq!(entry.hash(), *hash);
        assert!(entry.keeps_its_word());
    }
    let all: BTreeSet<Hash32> = hashes(found).into_iter().collect();
    assert_eq!(all.len(), found.lost.entries.len(), "each once");
}

/// Everything under a folder, byte by byte.
fn bytes(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(bytes(&path));
        } else {
            let content = fs::read(&path).expect("a file");
            all.push((path, content));
        }
    }
    all.sort();
    all
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// No copy outlives its reading.
fn nothing_passes(machine: &Machine) {
    let passing = machine.host.data().join(super::PASSING);
    let left = fs::read_dir(passing).map_or(0, Iterator::count);
    assert_eq!(left, 0);
}

fn other_town() -> Machine {
    let other = Machine::on(Kind::Sqlite, START).with_town();
    other.schools(1..=3);
    assert_eq!(other.commune().slug, slug());
    other
}
