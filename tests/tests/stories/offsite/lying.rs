//! What lies at a target, looked at as its owner would: with the commune's key and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use shared::codec::Hash32;
use shared::offsite::{Name, Segment};
use shared::slug::Slug;
use sync_server::keys::Keys;
use system_tests::Town;
use system_tests::clock::wait_for;
use system_tests::rows::rows;
use system_tests::town::SLUG;

/// Every file below a folder, sorted.
pub(crate) fn files(below: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(below) else {
        return found;
    };
    for entry in entries.flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

fn slug() -> Slug {
    SLUG.parse().expect("a slug")
}

fn keys(town: &Town) -> Keys {
    Keys::load(&town.data().join("keys"), &slug()).expect("the town's keys")
}

/// The entries that sound segments hold: by number, each hash with how many segments hold it.
pub(crate) fn shipped(town: &Town, target: &Path) -> BTreeMap<u64, BTreeMap<String, usize>> {
    let keys = keys(town);
    let mut all: BTreeMap<u64, BTreeMap<String, usize>> = BTreeMap::new();
    for path in files(&target.join(SLUG).join("journal")) {
        let relative = path.strip_prefix(target).expect("a path below");
        let Some((_, Name::Segment { .. })) = Name::parse(&relative.to_string_lossy()) else {
            continue;
        };
        let Ok(bytes) = fs::read(&path) else { continue };
        let Ok((segment, _)) = Segment::open(&slug(), &keys.shipping, &bytes) else {
            continue;
        };
        for (_, entry, hash) in segment.linked() {
            *all.entry(entry.header.seq)
                .or_default()
                .entry(hash.hex())
                .or_default() += 1;
        }
    }
    all
}

/// The journal as the store has it.
pub(crate) fn journal(town: &Town) -> BTreeMap<u64, String> {
    let read = rows(town, "select seq, hash from journal order by seq", &[]);
    let hash = |bytes: &[u8]| Hash32::from_slice(bytes).expect("a hash").hex();
    read.iter()
        .map(|row| (row.int(0) as u64, hash(row.bytes(1))))
        .collect()
}

/// How far the store says that it is off-site.
pub(crate) fn watermark(town: &Town) -> u64 {
    let read = rows(town, "select seq from offsite", &[]);
    read.first().map_or(0, |row| row.int(0) as u64)
}

/// Whether every entry of the journal is in a sound segment, and the store says so.
pub(crate) fn is_whole(town: &Town, target: &Path) -> bool {
    let journal = journal(town);
    let shipped = shipped(town, target);
    let is_there =
        |(seq, hash): (&u64, &String)| shipped.get(seq).is_some_and(|there| there.contains_key(hash));
    journal.iter().all(is_there) && watermark(town) == journal.len() as u64
}

/// Waits until it is.
#[track_caller]
pub(crate) fn until_whole(town: &Town, target: &Path) {
    wait_for("everything that was written is off-site", || {
        is_whole(town, target).then_some(())
    });
}
