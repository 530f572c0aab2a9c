//! What shipping promises, on both engines, into a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shared::addresses::{Addresses, Places};
use shared::codec::{Blob, Hash32, Minute, decode, encode};
use shared::ids::SchoolId;
use shared::offsite::{LARGEST_OBJECT, Name, Segment, Shipped, Withdrawals};
use shared::operation::{Actor, Body, Channel, SchoolKind, SchoolRecord};
use shared::sign::SigningKey;
use shared::withdrawal::{Withdrawal, Withdrawn};
use uuid::Uuid;

use super::*;
use crate::corridor::journal;
use crate::jobs::ground::Ground;
use crate::offsite::{Progress, TargetAddress};
use crate::snapshot;

const NOW: UtcMs = UtcMs(1_795_420_800_000);
const KEEP_MS: i64 = 35 * 86_400_000;

/// A process that ships one town into a folder.
struct Process {
    commune: Arc<Commune>,
    means: Means,
    known: Known,
    _passing: tempfile::TempDir,
}

impl Process {
    fn over(ground: &Ground, folder: &Path) -> Self {
        let passing = tempfile::tempdir().unwrap();
        Self {
            commune: ground.process(NOW),
            means: Means {
                target: Target::open(&TargetAddress::Folder(folder.to_owned())).unwrap(),
                keep_ms: KEEP_MS,
                long: turn::LONG,
                passing: passing.path().to_owned(),
                holder: Holder::drawn(),
                stopping: AtomicBool::new(false),
                beside: true,
            },
            known: Known::default(),
            _passing: passing,
        }
    }

    fn turn(&mut self) -> Turn {
        turn::turn(&self.commune, &self.means, &mut self.known)
    }

    /// Turns until there is nothing left to do.
    fn rest(&mut self) {
        for _ in 0..50 {
            match self.turn() {
                Turn::Goes => {}
                Turn::Rests => return,
                other => panic!("{other:?}: {:?}", self.progress().error),
            }
        }
        panic!("it never rests");
    }

    fn progress(&self) -> Progress {
        self.commune
            .store
            .read(|tx| Progress::read(tx))
            .unwrap()
            .unwrap_or_default()
    }

    fn head(&self) -> u64 {
        self.commune.head().unwrap().seq
    }

    fn write(&self, entries: usize) {
        for _ in 0..entries {
            let school = SchoolRecord {
                id: SchoolId(Uuid::from_bytes(random())),
                name: "École".into(),
                kind: SchoolKind::Public,
                half_days: 9,
                starts: Minute::new(8, 30),
                ends: Minute::new(16, 30),
                retired: false,
            };
            let body = Body::PutSchool { school };
            let operation = self.commune.operation(Actor::Host, Channel::Command, body);
            self.commune.submit(operation).unwrap();
        }
    }

    fn withdraw(&self, n: u128) -> Withdrawal {
        let withdrawal = self.withdrawal(n);
        let body = Body::Withdraw {
            withdrawal: Blob(encode(&withdrawal)),
        };
        self.commune
            .submit(self.commune.operation(Actor::Host, Channel::Command, body))
            .unwrap();
        withdrawal
    }

    fn withdrawal(&self, n: u128) -> Withdrawal {
        Withdrawal::sign(
            Withdrawn::Device,
            Uuid::from_u128(n),
            NOW,
            &self.commune.keys.signing,
        )
    }

    /// Every entry that sound segments in the folder hold, by number; `None` of the second for spoilt ones.
    fn shipped(&self, folder: &Path) -> BTreeMap<u64, Vec<Hash32>> {
        let mut all: BTreeMap<u64, Vec<Hash32>> = BTreeMap::new();
        for path in files(&folder.join("ville/journal")) {
            let bytes = fs::read(path).unwrap();
            let Ok((segment, _)) = Segment::open(&self.commune.slug, &self.commune.keys.shipping, &bytes)
            else {
                continue;
            };
            for (_, entry, hash) in segment.linked() {
                let hashes = all.entry(entry.header.seq).or_default();
                if !hashes.contains(&hash) {
                    hashes.push(hash);
                }
            }
        }
        all
    }

    /// The whole journal, as it stands in the store, is in sound segments.
    fn assert_whole(&self, folder: &Path) {
        let shipped = self.shipped(folder);
        let entries = self
            .commune
            .store
            .read(|tx| journal::page(tx, 0, 10_000))
            .unwrap();
        for (entry, hash) in &entries {
            let there = shipped.get(&entry.header.seq);
            assert!(
                there.is_some_and(|there| there.contains(hash)),
                "entry {}",
                entry.header.seq
            );
        }
        assert_eq!(self.progress().seq(), entries.len() as u64);
    }
}

fn files(below: &Path) -> Vec<PathBuf> {
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

#[test]
fn what_was_written_is_there_and_the_row_says_so() {
    for ground in Ground::both(NOW) {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Process::over(&ground, folder.path());
        process.write(5);
        process.rest();
        process.assert_whole(folder.path());
        let progress = process.progress();
        assert_eq!(progress.at, Some(process.commune.head().unwrap()));
        assert_eq!(
            progress.backed_up(process.commune.branch().unwrap()),
            process.head()
        );
        let (seq, made_at) = progress.snapshot.unwrap();
        assert_eq!(seq, process.head());
        // Names tell seconds.
        assert_eq!(progress.oldest_at, Some(UtcMs(made_at.0 / 1000 * 1000)));
        assert_eq!((progress.strange, progress.error), (0, None));
        let [snapshot] = &files(&folder.path().join("ville/snapshots"))[..] else {
            panic!("one snapshot");
        };
        let read =
            snapshot::check(fs::File::open(snapshot).unwrap(), &process.commune.keys.shipping).unwrap();
        assert_eq!(read.manifest.at.seq, process.head());
        assert!(
            files(&process.means.passing).is_empty(),
            "nothing is left on its way"
        );

        let before = files(folder.path());
        assert_eq!(process.turn(), Turn::Rests);
        assert_eq!(files(folder.path()), before, "who rests puts nothing");
        process.write(3);
        process.rest();
        process.assert_whole(folder.path());
        assert_eq!(
            files(folder.path()).len(),
            before.len() + 1,
            "one more segment, no more snapshots"
        );
    }
}

#[test]
fn a_process_that_dies_after_putting_leaves_nothing_to_be_put_again() {
    for ground in Ground::both(NOW) {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Process::over(&ground, folder.path());
        process.write(4);
        let (last, _) = piece::put_next(&process.commune, &process.means.target, 0).unwrap();
        assert_eq!(last.map(|at| at.seq), Some(process.head()));
        assert_eq!(
            process.progress(),
            Progress::default(),
            "the row knows nothing of it"
        );
        process.write(2);
        process.rest();
        process.assert_whole(folder.path());
        assert_eq!(files(&folder.path().join("ville/journal")).len(), 2);
    }
}

#[test]
fn of_two_processes_one_ships() {
    for ground in Ground::both(NOW) {
        let folder = tempfile::tempdir().unwrap();
        let mut one = Process::over(&ground, folder.path());
        let mut other = Process::over(&ground, folder.path());
        one.rest();
        other.write(3);
        assert!(matches!(other.turn(), Turn::Theirs(_)));
        let before = files(folder.path()).len();
        one.rest();
        assert_eq!(files(folder.path()).len(), before + 1);
        other.write(1);
        turn::leave(&one.commune, &mut one.known);
        other.rest();
        other.assert_whole(folder.path());
        assert!(
            matches!(one.turn(), Turn::Rests),
            "everything is there, whoever put it"
        );
    }
}

#[test]
fn a_target_that_is_gone_costs_nothing_but_its_own_time_and_is_filled_when_it_is_back() {
    for ground in Ground::both(NOW) {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("mounted");
        fs::create_dir(&folder).unwrap();
        let mut process = Process::over(&ground, &folder);
        process.withdraw(5);
        process.rest();
        let there = process.progress();
        fs::remove_dir_all(&folder).unwrap();
        process.write(2);
        assert_eq!(process.turn(), Turn::Failed);
        let failing = process.progress();
        assert_eq!((failing.at, failing.failing_since.is_some()), (there.at, true));
        assert!(failing.error.unwrap().contains("remontez le disque"));
        let told = crate::offsite::status(&process.commune).unwrap();
        assert!(matches!(
            told.trouble,
            Some(crate::offsite::Trouble::Failing { .. })
        ));
        assert_eq!(told.waiting, 2);
        assert!(!folder.exists(), "a folder that is not mounted is never made");

        fs::create_dir(&folder).unwrap();
        process.rest();
        process.assert_whole(&folder);
        let (withdrawn, whole) = beside::withdrawn_there(&process.commune, &process.means.target).unwrap();
        assert_eq!((withdrawn.all().len(), whole), (1, true));
        assert_eq!(process.progress().error, None);
        assert_eq!(crate::offsite::status(&process.commune).unwrap().trouble, None);
    }
}

#[test]
fn what_is_spoilt_there_stays_and_is_put_again_beside_it() {
    for ground in Ground::both(NOW) {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Process::over(&ground, folder.path());
        process.rest();
        process.write(3);
        // The name that the next segment takes is taken by something else.
        let after = process.progress().seq();
        let next = process
            .commune
            .store
            .read(|tx| history::next(tx, after, 0))
            .unwrap()
            .unwrap();
        let taken = folder
            .path()
            .join(Name::segment(after + 1, &next.check().unwrap()).path(&process.commune.slug));
        fs::write(&taken, b"garbage").unwrap();
        process.rest();
        process.assert_whole(folder.path());
        assert_eq!(fs::read(&taken).unwrap(), b"garbage", "nothing is overwritten");
        assert_eq!(process.progress().strange, 1);

        // Somebody spoils what was proved, cuts some and adds notes; the row is lost with a move.
        let segments = files(&folder.path().join("ville/journal"));
        for (n, path) in segments.iter().enumerate() {
            let mut bytes = fs::read(path).unwrap();
            bytes.truncate(bytes.len() - n);
            if let Some(byte) = bytes.last_mut() {
                *byte ^= 1;
            }
            fs::write(path, bytes).unwrap();
        }
        fs::write(folder.path().join("ville/journal/notes.txt"), b"?").unwrap();
        for snapshot in files(&folder.path().join("ville/snapshots")) {
            fs::write(snapshot, b"preau-snapshot/1\n").unwrap();
        }
        let mut next = Process::over(&ground, folder.path());
        next.commune
            .store
            .write(|tx| Progress::towards("elsewhere").write(tx))
            .unwrap();
        turn::leave(&process.commune, &mut process.known);
        next.write(1);
        next.rest();
        next.assert_whole(folder.path());
        assert!(segments.iter().all(|path| path.exists()));
        assert!(next.progress().strange >= 2);
    }
}

/// The entry that another life of this store wrote after `before`.
fn lost(process: &Process, before: &Segment, body: &[u8]) -> Segment {
    let last = before.check().unwrap();
    let mut entry: Shipped = before.entries.last().unwrap().clone();
    let salt = Hash32([7; 32]);
    entry.header.seq = last.seq + 1;
    entry.header.commitment = shared::journal::commitment(&salt, body, &entry.outcome.0);
    entry.salt = Some(salt);
    entry.body = Some(Blob(body.to_vec()));
    let segment = Segment {
        branch: before.branch,
        before: last,
        entries: vec![entry],
    };
    let sealed = segment
        .seal(
            &process.commune.slug,
            &process.commune.keys.shipping,
            Hash32([8; 32]),
        )
        .unwrap();
    let name = Name::segment(last.seq + 1, &segment.check().unwrap());
    process
        .means
        .target
        .put_new(&name.path(&process.commune.slug), sealed)
        .unwrap();
    segment
}

#[test]
fn a_store_that_went_back_in_time_begins_a_branch_of_its_own() {
    for ground in Ground::both(NOW) {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Process::over(&ground, folder.path());
        process.write(2);
        process.rest();
        turn::leave(&process.commune, &mut process.known);
        let branch = process.commune.branch().unwrap();
        let whole = process
            .commune
            .store
            .read(|tx| history::next(tx, 0, 0))
            .unwrap()
            .unwrap();
        lost(&process, &whole, b"after the backup");
        // What was withdrawn in that life is withdrawn in this one.
        let withdrawn = process.withdrawal(77);
        let set = Withdrawals::of([withdrawn]);
        let sealed = set
            .seal(
                &process.commune.slug,
                &process.commune.keys.shipping,
                Hash32([9; 32]),
            )
            .unwrap();
        let path = Name::withdrawals(&set.digest()).path(&process.commune.slug);
        process.means.target.put_new(&path, sealed).unwrap();

        let mut next = Process::over(&ground, folder.path());
        next.write(1);
        next.rest();
        let ours = next.commune.branch().unwrap();
        assert_ne!(ours, branch);
        let recovery = next
            .commune
            .store
            .read(|tx| tx.query(include_str!("../../record/recovery/all.sql"), &[]))
            .unwrap();
        assert_eq!(recovery.len(), 1);
        let here = next.commune.store.read(beside::withdrawals).unwrap();
        assert_eq!(here.all(), [withdrawn]);
        let shipped = next.shipped(folder.path());
        let forked = whole.check().unwrap().seq + 1;
        assert_eq!(shipped[&forked].len(), 2, "both lives of the entry are there");
        assert_eq!(next.progress().backed_up(ours), next.head());
        next.assert_whole(folder.path());

        let mut again = Process::over(&ground, folder.path());
        turn::leave(&next.commune, &mut next.known);
        again.write(1);
        again.rest();
        assert_eq!(again.commune.branch().unwrap(), ours, "once");
    }
}

#[test]
fn a_spoilt_object_beyond_our_head_is_no_reason_to_fork() {
    for ground in Ground::both(NOW) {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Process::over(&ground, folder.path());
        let branch = process.commune.branch().unwrap();
        let whole = process
            .commune
            .store
            .read(|tx| history::next(tx, 0, 0))
            .unwrap()
            .unwrap();
        let segment = lost(&process, &whole, b"spoilt");
        let name = Name::segment(segment.before.seq + 1, &segment.check().unwrap());
        let path = folder.path().join(name.path(&process.commune.slug));
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, bytes).unwrap();
        process.rest();
        assert_eq!(process.commune.branch().unwrap(), branch);
        assert!(process.progress().strange >= 1);
        process.assert_whole(folder.path());
    }
}

#[test]
fn withdrawals_are_there_as_soon_as_the_set_grew() {
    for ground in Ground::both(NOW) {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Process::over(&ground, folder.path());
        process.rest();
        let (a, b) = (process.withdraw(1), process.withdraw(2));
        process.rest();
        process.withdraw(1);
        process.rest();
        let (there, whole) = beside::withdrawn_there(&process.commune, &process.means.target).unwrap();
        assert_eq!((there.clone(), whole), (Withdrawals::of([a, b]), true));
        assert_eq!(process.progress().withdrawals, Some(there.digest()));
        let path = Name::withdrawals(&there.digest()).path(&process.commune.slug);
        let bytes = process
            .means
            .target
            .get(&path, LARGEST_OBJECT as u64)
            .unwrap()
            .unwrap();
        assert_eq!(
            Withdrawals::open(&process.commune.slug, &process.commune.keys.shipping, &bytes),
            Ok(there)
        );
        fs::write(folder.path().join(&path), b"garbage").unwrap();
        let (there, whole) = beside::withdrawn_there(&process.commune, &process.means.target).unwrap();
        assert!(!whole && there.all().len() < 2, "what cannot be read is said");
    }
}

#[test]
fn the_newest_signed_addresses_stand_in_their_place() {
    for ground in Ground::both(NOW) {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Process::over(&ground, folder.path());
        let path = folder.path().join("ville/addresses");
        let list = |at: i64, server: &str, key: &SigningKey| {
            let places = Places {
                commune: process.commune.slug.clone(),
                at: NOW.plus_ms(at),
                servers: vec![server.into()],
                fallback: None,
            };
            encode(&Addresses::sign(places, key))
        };
        let ours = process.commune.keys.signing.clone();
        let published = list(0, "https://here", &ours);
        let stranger = list(50, "https://bad", &SigningKey::from_seed(&[1; 32]));
        let older = list(-50, "https://old", &ours);
        let newer = list(50, "https://new", &ours);
        let body = Body::PublishAddresses {
            addresses: Blob(published.clone()),
        };
        process
            .commune
            .submit(process.commune.operation(Actor::Host, Channel::Command, body))
            .unwrap();
        process.rest();
        assert_eq!(fs::read(&path).unwrap(), published);
        for (there, expected) in [
            (stranger, &published),
            (older, &published),
            (b"?".to_vec(), &published),
            (newer.clone(), &newer),
        ] {
            fs::write(&path, there).unwrap();
            process.known.looked_at_never();
            process.rest();
            assert_eq!(&fs::read(&path).unwrap(), expected);
            let read: Addresses = decode(expected).unwrap();
            assert!(read.is_of(&process.commune.keys.signing.public()));
        }
    }
}

#[test]
fn a_long_journal_begins_with_its_snapshot() {
    for ground in Ground::both(NOW) {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Process::over(&ground, folder.path());
        process.means.long = 3;
        process.write(6);
        process.rest();
        assert_eq!(files(&folder.path().join("ville/snapshots")).len(), 1);
        assert_eq!(files(&folder.path().join("ville/journal")).len(), 0);
        assert_eq!(process.progress().seq(), process.head());
        process.write(2);
        process.rest();
        assert_eq!(process.shipped(folder.path()).len(), 2);
        assert_eq!(process.progress().seq(), process.head());
    }
}
