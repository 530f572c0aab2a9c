//! A target that was harmed: the most that can be saved is saved, the rest is told, and nothing there
//! is changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use shared::time::UtcMs;

use super::ground::{Machine, Offsite, slug, snapshot_file};
use crate::keys::{KeyError, fingerprint, rotate};
use crate::restore::{Asked, RestoreError};
use crate::snapshot::SnapshotError;

/// A town of 21 entries, shipped in segments of three, with a snapshot at entry 9.
fn shipped() -> (Machine, Offsite, Vec<String>, String) {
    let (town, offsite) = (Machine::founded(), Offsite::new());
    town.schools(1..=4);
    let snapshot = offsite.snapshot(&town);
    town.schools(5..=10);
    let segments = offsite.ship(&town, 0, 3);
    (town, offsite, segments, snapshot)
}

fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(everything(&path));
        } else {
            all.insert(path.display().to_string(), fs::read(&path).expect("a file"));
        }
    }
    all
}

#[track_caller]
fn comes_back_to(town: &Machine, offsite: &Offsite, entries: u64, named: &str) {
    let before = everything(&offsite.file(""));
    let elsewhere = town.elsewhere();
    let restored = elsewhere.restored(&offsite.asked());
    assert_eq!(restored.entries, entries, "{:?}", restored.problems);
    assert_eq!(elsewhere.journal(entries), town.journal(entries));
    elsewhere.content();
    assert!(
        restored.problems.iter().any(|told| told.contains(named)),
        "{named}: {:?}",
        restored.problems
    );
    assert!(
        everything(&offsite.file("")) == before,
        "nothing was changed there"
    );
}

#[test]
fn a_segment_that_is_missing_cut_or_flipped_ends_what_comes_back() {
    let (town, offsite, segments, _) = shipped();
    // Entries 13 to 15.
    let name = &segments[4];
    let whole = offsite.get(name);
    offsite.remove(name);
    comes_back_to(&town, &offsite, 12, "Il manque les opérations 13 à 15");
    offsite.put(name, &whole[..whole.len() - 7]);
    comes_back_to(&town, &offsite, 12, name);
    offsite.put(name, &[]);
    comes_back_to(&town, &offsite, 12, name);
    for place in [3, whole.len() / 2, whole.len() - 1] {
        let mut flipped = whole.clone();
        flipped[place] ^= 1;
        offsite.put(name, &flipped);
        comes_back_to(&town, &offsite, 12, name);
    }
    // Put back, a later restore gives everything.
    offsite.put(name, &whole);
    let restored = town.elsewhere().restored(&offsite.asked());
    assert_eq!((restored.entries, restored.problems), (21, Vec::<String>::new()));
}

#[test]
fn segments_under_each_others_names_are_found_by_what_they_hold() {
    let (town, offsite, segments, _) = shipped();
    let (a, b) = (offsite.get(&segments[4]), offsite.get(&segments[6]));
    offsite.put(&segments[4], &b);
    offsite.put(&segments[6], &a);
    comes_back_to(&town, &offsite, 21, "ne contient pas ce que dit son nom");
}

#[test]
fn a_segment_of_another_commune_or_of_another_key_is_told() {
    let (town, offsite, segments, _) = shipped();
    let other = Machine::founded();
    other.schools(1..=10);
    let elsewhere = Offsite::new();
    let theirs = elsewhere.ship(&other, 0, 3);
    // The same slug, another key: a drill that used the same target.
    offsite.put(&segments[4], &elsewhere.get(&theirs[4]));
    comes_back_to(&town, &offsite, 12, &fingerprint(&other.keys().shipping));
    // A whole journal of theirs beside ours.
    let (town, offsite, _, _) = shipped();
    for name in &theirs {
        offsite.put(name, &elsewhere.get(name));
    }
    comes_back_to(&town, &offsite, 21, &fingerprint(&other.keys().shipping));
}

#[test]
fn a_damaged_snapshot_gives_way_to_an_older_one_and_segments() {
    let (town, offsite, _, first) = shipped();
    let newest = offsite.snapshot(&town);
    let whole = offsite.get(&newest);
    for harmed in [
        whole[..whole.len() / 2].to_vec(),
        whole[..whole.len() - 1].to_vec(),
        Vec::new(),
        b"garbage".to_vec(),
        {
            let mut flipped = whole.clone();
            let middle = flipped.len() / 2;
            flipped[middle] ^= 4;
            flipped
        },
    ] {
        offsite.put(&newest, &harmed);
        let elsewhere = town.elsewhere();
        let restored = elsewhere.restored(&offsite.asked());
        assert_eq!(restored.snapshot.as_ref(), Some(&first));
        assert_eq!((restored.entries, elsewhere.content()), (21, (10, 10)));
        assert!(restored.problems[0].contains(&newest), "{:?}", restored.problems);
    }
    // Both: the journal from its first entry.
    offsite.put(&first, b"garbage");
    let restored = town.elsewhere().restored(&offsite.asked());
    assert_eq!((restored.entries, restored.snapshot), (21, None));
    assert_eq!(restored.problems.len(), 2, "{:?}", restored.problems);
}

#[test]
fn a_target_with_nothing_that_can_be_read_says_what_is_wrong_with_each() {
    let (town, offsite, segments, snapshot) = shipped();
    for name in segments.iter().chain([&snapshot]) {
        offsite.put(name, b"preau-offsite/1\ngarbage");
    }
    let elsewhere = town.elsewhere();
    match elsewhere.restore(&offsite.asked()) {
        Err(RestoreError::Unusable { problems, .. }) => {
            assert_eq!(problems.len(), segments.len() + 1, "{problems:?}");
        }
        other => panic!("{other:?}"),
    }
    assert!(elsewhere.host.list().expect("the list").is_empty());

    let nothing = Offsite::new();
    assert!(matches!(
        elsewhere.restore(&nothing.asked()),
        Err(RestoreError::Nothing { .. })
    ));
    let gone = Asked {
        from: offsite.file("nowhere").display().to_string(),
        ..offsite.asked()
    };
    assert!(matches!(
        elsewhere.restore(&gone),
        Err(RestoreError::Source { .. })
    ));
}

#[test]
fn old_garbage_between_what_is_ours_is_told_and_left() {
    let (town, offsite, _, _) = shipped();
    for name in [
        "ville/journal/readme.txt",
        "ville/snapshots/old.tar.gz",
        "ville/photos/1.jpg",
        "ville/x.withdrawals",
    ] {
        offsite.put(name, b"garbage");
    }
    offsite.put("autre/journal/x", b"not ours at all");
    comes_back_to(&town, &offsite, 21, "4 objet(s)");
}

#[test]
fn a_missing_or_wrong_key_is_named_and_stops_before_anything() {
    let (town, offsite, _, _) = shipped();
    let needed = fingerprint(&town.keys().shipping);
    let without = Machine::new(town.host.clock.now());
    assert!(matches!(
        without.restore(&offsite.asked()),
        Err(RestoreError::Key(KeyError::Missing { .. }))
    ));
    let wrong = Machine::founded();
    wrong.close();
    let before = wrong.head();
    wrong.close_if_open();
    for asked in [offsite.asked(), snapshot_file(&town, &offsite)] {
        match wrong.restore(&asked) {
            Err(RestoreError::Key(error @ KeyError::NotAmong { .. })) => {
                assert!(error.to_string().contains(&needed), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(wrong.head(), before, "the old store is as it was");

    // With a copy of the key at hand, in a file or on paper.
    let sheet = offsite.file("fiche.txt");
    fs::write(&sheet, town.keys().recovery_sheet()).expect("a sheet");
    let restored = without.restored(&Asked {
        key: Some(sheet),
        ..offsite.asked()
    });
    assert!(restored.key_placed);
    assert!(without.keys().is_same(&town.keys()));
    assert_eq!(without.content(), (10, 10));
    // Another key in its place is not overwritten.
    wrong.close_if_open();
    assert!(matches!(
        wrong.restore(&Asked {
            key: Some(offsite.file("fiche.txt")),
            ..offsite.asked()
        }),
        Err(RestoreError::Key(KeyError::Taken { .. }))
    ));
}

#[test]
fn what_was_sealed_before_the_key_was_changed_comes_back_too() {
    let (town, offsite, _, _) = shipped();
    let old_key = town.elsewhere();
    rotate(&town.host.setup().keys, &slug(), UtcMs(0)).expect("a new key");
    town.schools(11..=12);
    offsite.ship(&town, 21, 3);
    let restored = town.elsewhere().restored(&offsite.asked());
    assert_eq!((restored.entries, restored.problems), (25, Vec::<String>::new()));
    // An old copy of the key gives what it can, and says which one lacks.
    let restored = old_key.restored(&offsite.asked());
    assert_eq!(restored.entries, 21);
    let needed = fingerprint(&town.keys().shipping);
    assert!(
        restored.problems.iter().any(|told| told.contains(&needed)),
        "{:?}",
        restored.problems
    );
}

#[test]
fn a_snapshot_of_another_commune_is_refused() {
    let (town, offsite, _, _) = shipped();
    let host = &town.host;
    let other = "autre".parse().expect("a slug");
    host.create(&other, "Autre", "Europe/Paris", "mairie")
        .expect("a commune");
    let asked = snapshot_file(&town, &offsite);
    assert!(host.close_unused(&other));
    let refused = crate::restore::restore(host, &other, &asked, &super::ground::quiet());
    assert!(matches!(refused, Err(RestoreError::Another { other, .. }) if other == slug()));
    let cut = offsite.get("seul.snapshot");
    offsite.put("seul.snapshot", &cut[..cut.len() - 3]);
    town.close_if_open();
    let refused = town.restore(&asked);
    assert!(
        matches!(refused, Err(RestoreError::Snapshot(SnapshotError::Damaged(_)))),
        "{refused:?}"
    );
    assert_eq!(town.content(), (10, 10), "the old store is as it was");
}

/// The newest branch has lost what leads to it: the one before it is better than nothing.
#[test]
fn a_branch_that_cannot_be_reached_gives_way_to_the_one_before() {
    let (town, offsite, segments, snapshot) = shipped();
    let second = town.elsewhere();
    second.hands.pass(60_000);
    let first_end = second.restored(&offsite.asked()).entries;
    second.schools(20..=21);
    offsite.ship(&second, first_end, 3);
    // The old server went on, and only its last snapshot was kept.
    town.schools(11..=12);
    let kept = offsite.snapshot(&town);
    for name in segments.iter().chain([&snapshot]) {
        offsite.remove(name);
    }
    let third = second.elsewhere();
    let restored = third.restored(&offsite.asked());
    assert_eq!(restored.snapshot, Some(kept));
    assert_eq!((restored.entries, third.content()), (25, (12, 12)));
    let branch = second.head().branch.to_string();
    assert!(
        restored.problems.iter().any(|told| told.contains(&branch)),
        "{:?}",
        restored.problems
    );
    assert_eq!(restored.aside.len(), 1, "what was written there is told");
}
