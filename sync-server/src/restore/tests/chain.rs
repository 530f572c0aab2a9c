//! The walk along the chain, against what is plainly there: whatever is missing, damaged, doubled or under
//! another's name, everything up to the first real hole comes back, in order.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use shared::codec::{Blob, Hash32};
use shared::ids::{BranchId, OperationId};
use shared::journal::{ENTRY_VERSION, Header, commitment, entry_hash};
use shared::offsite::{BranchBirth, Name, Segment, Shipped};
use shared::operation::{Actor, Channel};
use shared::receipt::Position;
use shared::slug::Slug;
use shared::time::UtcMs;
use uuid::Uuid;

use crate::restore::tree::{Path, Tree};
use crate::restore::walk::{Library, Named, Walk};

fn slug() -> Slug {
    "ville".parse().expect("a slug")
}

fn branch(n: usize) -> BranchId {
    BranchId(Uuid::from_u128(1 + n as u128))
}

/// A branch as it was written: where it began, and its entries.
#[derive(Clone, Debug)]
struct Written {
    birth: BranchBirth,
    entries: Vec<(Hash32, Shipped, Hash32)>,
}

impl Written {
    fn go_on(birth: BranchBirth, count: u64) -> Self {
        let mut at = birth.parent.unwrap_or(Position {
            branch: birth.id,
            seq: 0,
            hash: Hash32::ZERO,
        });
        let mut entries = Vec::new();
        for _ in 0..count {
            let salt = Hash32([7; 32]);
            let header = Header {
                version: ENTRY_VERSION,
                branch: birth.id,
                seq: at.seq + 1,
                received_at: UtcMs(1_000 * (at.seq as i64 + 1)),
                operation: OperationId(Uuid::from_u128(u128::from(at.seq))),
                at: UtcMs(0),
                actor: Actor::Host,
                channel: Channel::Command,
                kind: "put_site".into(),
                origin: None,
                commitment: commitment(&salt, b"body", b"outcome"),
                seen: None,
                first_received_at: None,
            };
            let shipped = Shipped {
                header,
                salt: Some(salt),
                body: Some(Blob(b"body".to_vec())),
                outcome: Blob(b"outcome".to_vec()),
            };
            let hash = entry_hash(&at.hash, &shipped.header);
            entries.push((at.hash, shipped, hash));
            at = Position {
                branch: birth.id,
                seq: at.seq + 1,
                hash,
            };
        }
        Self { birth, entries }
    }

    fn first(&self) -> u64 {
        self.birth.parent.map_or(1, |parent| parent.seq + 1)
    }

    fn last(&self) -> u64 {
        self.first() + self.entries.len() as u64 - 1
    }

    fn at(&self, seq: u64) -> Option<Position> {
        if let Some(parent) = self.birth.parent.filter(|parent| parent.seq == seq) {
            return Some(parent);
        }
        let (_, _, hash) = self
            .entries
            .get(usize::try_from(seq.checked_sub(self.first())?).ok()?)?;
        Some(Position {
            branch: self.birth.id,
            seq,
            hash: *hash,
        })
    }

    fn segment(&self, first: u64, last: u64) -> Segment {
        let from = usize::try_from(first - self.first()).expect("a place");
        let to = usize::try_from(last - self.first()).expect("a place");
        let seq = first - 1;
        let segment = Segment {
            branch: self.birth,
            before: self.at(seq).unwrap_or(Position {
                branch: self.birth.id,
                seq: 0,
                hash: Hash32::ZERO,
            }),
            entries: self.entries[from..=to]
                .iter()
                .map(|(_, shipped, _)| shipped.clone())
                .collect(),
        };
        segment.check().expect("a sound segment");
        segment
    }
}

/// Sealed objects that open as they are, or not.
#[derive(Clone, Default)]
struct Objects(BTreeMap<String, Result<Segment, String>>);

impl Objects {
    fn put(&mut self, segment: Segment) -> String {
        let last = segment.check().expect("a sound segment");
        let path = Name::segment(segment.before.seq + 1, &last).path(&slug());
        self.0.insert(path.clone(), Ok(segment));
        path
    }

    fn named(&self) -> Vec<Named> {
        self.0.keys().filter_map(|object| Named::of(object)).collect()
    }
}

impl Library for Objects {
    type Stop = std::convert::Infallible;

    fn open(&mut self, object: &str) -> Result<Result<(Segment, Position), String>, Self::Stop> {
        Ok(match &self.0[object] {
            Ok(segment) => Ok((segment.clone(), segment.check().expect("a sound segment"))),
            Err(why) => Err(why.clone()),
        })
    }
}

/// Follows the chain; answers the last entry, and what was told.
fn walked(path: &Path, objects: &Objects, from: Position) -> (u64, Vec<String>) {
    let mut library = objects.clone();
    let mut walk = Walk::from(path, from.seq, from.hash, objects.named(), Vec::new());
    let (mut seq, mut hash) = (from.seq, from.hash);
    while let Some(entries) = walk.next(&mut library).unwrap_or_else(|stop| match stop {}) {
        for (entry, claimed) in entries {
            assert_eq!(
                (entry.header.seq, entry.previous),
                (seq + 1, hash),
                "one follows the other"
            );
            assert_eq!(entry.hash(), claimed);
            assert_eq!(path.at(seq + 1).map(|on| on.branch), Some(entry.header.branch));
            (seq, hash) = (seq + 1, claimed);
        }
    }
    (seq, walk.problems)
}

const START: Position = Position {
    branch: BranchId(Uuid::nil()),
    seq: 0,
    hash: Hash32::ZERO,
};

/// A first branch of 30 entries; each further branch leaves one of before somewhere.
fn history(forks: &[(usize, u64, u64)]) -> Vec<Written> {
    let root = BranchBirth {
        id: branch(0),
        parent: None,
        born_at: UtcMs(0),
    };
    let mut all = vec![Written::go_on(root, 30)];
    for (n, (of, back, count)) in forks.iter().enumerate() {
        let parent = &all[of % all.len()];
        let seq = parent.last() - back % (parent.entries.len() as u64 + 1);
        let birth = BranchBirth {
            id: branch(n + 1),
            parent: parent.at(seq).or(parent.birth.parent),
            born_at: UtcMs(n as i64 + 1),
        };
        all.push(Written::go_on(birth, *count));
    }
    all
}

fn tree(history: &[Written]) -> Tree {
    let mut tree = Tree::default();
    tree.learn(history.iter().map(|written| written.birth));
    tree
}

#[derive(Clone, Copy, Debug)]
enum Harm {
    Gone,
    Damaged,
    Doubled,
    Swapped,
}

fn harms() -> impl Strategy<Value = Vec<(usize, Harm)>> {
    let harm = prop_oneof![
        Just(Harm::Gone),
        Just(Harm::Damaged),
        Just(Harm::Doubled),
        Just(Harm::Swapped)
    ];
    proptest::collection::vec((0..40_usize, harm), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn everything_up_to_the_first_real_hole_comes_back(
        forks in proptest::collection::vec((0..4_usize, 0..25_u64, 1..15_u64), 0..4),
        lengths in proptest::collection::vec(1..6_u64, 60),
        harms in harms(),
    ) {
        let history = history(&forks);
        let tree = tree(&history);
        let end = tree.ends()[0];
        prop_assert_eq!(end, history.last().expect("one").birth.id, "the branch born last");
        let path = tree.path(end);
        let (mut objects, mut lengths) = (Objects::default(), lengths.into_iter().cycle());
        for written in &history {
            let mut first = written.first();
            while first <= written.last() {
                let last = (first + lengths.next().unwrap_or(1) - 1).min(written.last());
                objects.put(written.segment(first, last));
                first = last + 1;
            }
        }
        let swapped = harms.iter().any(|(_, harm)| matches!(harm, Harm::Swapped));
        for (n, harm) in harms {
            let names: Vec<String> = objects.0.keys().cloned().collect();
            let name = &names[n % names.len()];
            match harm {
                Harm::Gone if names.len() > 1 => {
                    objects.0.remove(name);
                }
                Harm::Gone | Harm::Damaged => {
                    objects.0.insert(name.clone(), Err("abîmé".into()));
                }
                // A shipping that was killed and begun again leaves pieces that overlap.
                Harm::Doubled => {
                    let named = Named::of(name).expect("one of ours");
                    let written = history.iter().find(|one| one.birth.id == named.branch).expect("a branch");
                    let last = (named.last + 2).min(written.last());
                    objects.put(written.segment(named.first, last));
                }
                Harm::Swapped => {
                    let other = &names[(n + 7) % names.len()];
                    let (a, b) = (objects.0[name].clone(), objects.0[other].clone());
                    objects.0.insert(name.clone(), b);
                    objects.0.insert(other.clone(), a);
                }
            }
        }
        let mut there = BTreeSet::new();
        for segment in objects.0.values().flatten() {
            for entry in &segment.entries {
                if path.at(entry.header.seq).is_some_and(|on| on.branch == entry.header.branch) {
                    there.insert(entry.header.seq);
                }
            }
        }
        let reachable = (1..=1_000).take_while(|seq| there.contains(seq)).last().unwrap_or(0);
        let (reached, problems) = walked(&path, &objects, START);
        // What somebody put under a name that nobody looks for may stay unfound; nothing false comes back.
        prop_assert!(reached <= reachable, "{:?}", problems);
        prop_assert!(swapped || reached == reachable, "{} of {}: {:?}", reached, reachable, problems);
        if !swapped && there.iter().any(|seq| *seq > reached) {
            prop_assert!(!problems.is_empty(), "a hole is told");
        }
    }

    #[test]
    fn a_snapshot_is_of_a_history_only_if_that_history_runs_through_it(
        forks in proptest::collection::vec((0..4_usize, 0..25_u64, 0..15_u64), 0..5),
        of in 0..6_usize,
        back in 0..30_u64,
    ) {
        let history = history(&forks);
        let tree = tree(&history);
        let path = tree.path(tree.ends()[0]);
        let written = &history[of % history.len()];
        let Some(at) = written.at(written.last().saturating_sub(back)) else {
            return Ok(());
        };
        let at = Position { branch: written.birth.id, ..at };
        let on_it = |seq: u64| path.at(seq).and_then(|on| {
            let written = history.iter().find(|one| one.birth.id == on.branch)?;
            written.at(seq)
        });
        if path.holds(&at) {
            prop_assert_eq!(on_it(at.seq).map(|there| there.hash), Some(at.hash));
            let prefix: [u8; 8] = at.branch.as_bytes()[..8].try_into().expect("eight");
            prop_assert!(path.may_hold(at.seq, &prefix), "its name does not hide it");
        }
        let elsewhere = Position { hash: Hash32([9; 32]), ..at };
        if path.stretches().iter().any(|on| on.until.is_some_and(|until| until.seq == at.seq)) {
            prop_assert!(!path.holds(&elsewhere), "another history up to there");
        }
    }
}

#[test]
fn a_piece_of_another_history_under_the_right_name_is_not_followed() {
    let root = history(&[]).remove(0);
    let mut other = root.clone();
    // The same numbers, another past: a twin of the store.
    let mut entries = Vec::new();
    let mut previous = other.entries[9].2;
    for (_, shipped, _) in &other.entries[10..20] {
        let mut shipped = shipped.clone();
        shipped.header.at = UtcMs(5);
        let hash = entry_hash(&previous, &shipped.header);
        entries.push((previous, shipped, hash));
        previous = hash;
    }
    other.entries.splice(10..20, entries);
    let tree = tree(std::slice::from_ref(&root));
    let path = tree.path(branch(0));
    let mut objects = Objects::default();
    for (first, last) in [(1, 10), (11, 15), (21, 30)] {
        objects.put(root.segment(first, last));
    }
    objects.put(
        Written {
            birth: root.birth,
            entries: other.entries[..20].to_vec(),
        }
        .segment(16, 20),
    );
    let (reached, problems) = walked(&path, &objects, START);
    assert_eq!(reached, 15);
    assert!(
        problems
            .iter()
            .any(|told| told.contains("c’est une autre histoire")),
        "{problems:?}"
    );
    assert!(problems.iter().any(|told| told.contains("16")), "{problems:?}");
}

/// The only piece behind the hole was written across the point where the next branch began, whose own pieces are gone.
#[test]
fn a_hole_is_told_though_the_piece_behind_it_ends_on_another_history() {
    let history = history(&[(0, 4, 1)]);
    let tree = tree(&history);
    let path = tree.path(branch(1));
    let mut objects = Objects::default();
    for (first, last) in [(1, 22), (24, 27), (28, 30)] {
        objects.put(history[0].segment(first, last));
    }
    let (reached, problems) = walked(&path, &objects, START);
    assert_eq!(reached, 22);
    let [told] = problems.as_slice() else {
        panic!("one hole is told: {problems:?}");
    };
    assert!(
        told.contains("opérations 23 à 23") && told.contains("jusqu’à l’opération 26"),
        "{told}"
    );
}

#[test]
fn what_lies_under_no_name_of_ours_is_looked_into_only_where_something_lacks() {
    let root = history(&[]).remove(0);
    let tree = tree(std::slice::from_ref(&root));
    let path = tree.path(branch(0));
    let mut objects = Objects::default();
    objects.put(root.segment(1, 10));
    let renamed = objects.put(root.segment(11, 20));
    let segment = objects.0.remove(&renamed).expect("it was put");
    let stray = "ville/journal/copie de secours.segment".to_owned();
    objects.0.insert(stray.clone(), segment);
    let mut walk = Walk::from(&path, 0, Hash32::ZERO, objects.named(), vec![stray]);
    let mut last = 0;
    while let Some(entries) = walk.next(&mut objects).unwrap_or_else(|stop| match stop {}) {
        last = entries.last().expect("never empty").0.header.seq;
    }
    assert_eq!(last, 20);
}

#[test]
fn branches_born_at_once_are_told_apart_by_their_ids() {
    let mut tree = Tree::default();
    let birth = |n: usize| BranchBirth {
        id: branch(n),
        parent: None,
        born_at: UtcMs(5),
    };
    tree.learn([birth(3), birth(1), birth(2)]);
    assert_eq!(tree.ends(), [branch(3), branch(2), branch(1)]);
}

/// What could never be written must not make it turn in circles.
#[test]
fn branches_that_descend_from_each_other_end() {
    let mut tree = Tree::default();
    let birth = |n: usize, of: usize| BranchBirth {
        id: branch(n),
        parent: Some(Position {
            branch: branch(of),
            seq: 5,
            hash: Hash32::ZERO,
        }),
        born_at: UtcMs(n as i64),
    };
    tree.learn([birth(1, 2), birth(2, 1)]);
    assert_eq!(tree.path(branch(2)).stretches().len(), 2);
}
