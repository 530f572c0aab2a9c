//! Each place where a lost history may lie, with the server running and tablets at work.

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use system_tests::Town;
use system_tests::town::{MONDAY, SLUG};

use super::{Burnt, adds_up, count, path, taps};
use crate::restore::shipped::{journal_of, snapshot};

/// The file of the lost store with everything an engine needs to open it destroyed.
fn damaged(burnt: &Burnt) -> PathBuf {
    let to = burnt.town.place("abime");
    system_tests::town::copy(&burnt.disk, &to);
    // At rest, or the log would mend what is destroyed here.
    let args = ["--data", path(&to), "--json", "verify", SLUG];
    system_tests::programs::run("preau-server", args).done();
    let file = to.join(format!("communes/{SLUG}.db"));
    let mut bytes = fs::read(&file).expect("the file");
    bytes[..4096].fill(0xa5);
    for page in bytes.chunks_mut(4096).skip(1) {
        // Pages that lead to others.
        if matches!(page[0], 0x02 | 0x05) {
            page.fill(0);
        }
    }
    fs::write(&file, bytes).expect("the file");
    to
}

#[test]
fn whatever_was_found_says_the_same_and_a_look_changes_nothing() {
    let burnt = Burnt::new();
    let before = burnt.entries();
    let disk = burnt.look(&burnt.disk);
    assert_eq!(disk["problems"], json!([]), "{disk:#}");
    assert!(adds_up(&disk) > 0);
    assert_eq!(count(&disk, "to_settle"), 1, "the telephone: {disk:#}");
    assert_eq!(disk["dry_run"], true);
    let file = burnt.disk.join(format!("communes/{SLUG}.db"));
    let harmed = damaged(&burnt);
    let snapshot = burnt.town.place("perdu.snapshot");
    let data = burnt.town.place("autre-copie");
    system_tests::town::copy(&burnt.disk, &data);
    let args = [
        "--data",
        path(&data),
        "--json",
        "snapshot",
        SLUG,
        "--to",
        path(&snapshot),
    ];
    system_tests::programs::run("preau-server", args).done();
    for from in [&file, &snapshot, &burnt.offsite, &harmed] {
        let other = burnt.look(from);
        for part in [
            "applied",
            "already_there",
            "to_settle",
            "listed",
            "fork",
            "end",
            "by_kind",
        ] {
            assert_eq!(other[part], disk[part], "{}: {part}: {other:#}", from.display());
        }
        let sound = *from != harmed;
        assert_eq!(other["problems"] == json!([]), sound, "{other:#}");
    }
    assert_eq!(burnt.entries(), before, "a look writes nothing");
}

#[test]
fn a_disk_that_was_found_brings_back_what_nobody_else_held_while_tablets_work() {
    let burnt = Burnt::new();
    let told = burnt.look(&burnt.disk);
    let merged = std::thread::scope(|scope| {
        let merging = scope.spawn(|| burnt.merge(&burnt.disk));
        while !merging.is_finished() {
            burnt.tablet.sync();
        }
        merging.join().expect("a merge")
    });
    assert_eq!(adds_up(&merged), count(&told, "lost"), "{merged:#}");
    assert_eq!(merged["page"], format!("/{SLUG}/gestion/fusion"));
    for _ in 0..2 {
        burnt.tablet.sync();
    }
    let status = burnt.tablet.status();
    assert_eq!(
        (&status["pending"], &status["quarantined"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(burnt.elsewhere.verified()["marks"], burnt.marks);
    let present = burnt
        .tablet
        .list(MONDAY)
        .iter()
        .filter(|row| row["activity"] == "cantine" && row["state"] == "present")
        .count() as u64;
    assert_eq!(
        present, burnt.marks,
        "what only the disk held is on the tablet's list"
    );
    assert!(burnt.only_there > 0);
    // Once more, from the disk and from elsewhere: nothing is written.
    let before = burnt.entries();
    for from in [&burnt.disk, &burnt.offsite] {
        let again = burnt.merge(from);
        assert_eq!(adds_up(&again), count(&merged, "lost"), "{again:#}");
        assert_eq!(count(&again, "earlier"), count(&again, "lost"), "{again:#}");
    }
    assert_eq!(burnt.entries(), before, "twice is once");
}

/// On either engine: the town goes back to yesterday where it stands, and what it was is set aside.
#[test]
fn what_a_restore_set_aside_is_merged_by_the_name_it_answered() {
    let town = Town::new();
    let offsite = town.place("offsite");
    let mut server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let gone = town.tablet("gone", &server.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    let mut marks = taps(&tablet, &children[..2]);
    tablet.sync();
    snapshot(&town, &offsite);
    marks += taps(&gone, &children[2..6]);
    gone.sync();
    fs::remove_dir_all(gone.home()).expect("a lost tablet");
    server.stop();
    let restored = town.command(&["restore", SLUG, "--from", path(&offsite)]).done();
    let name = restored["set_aside"].as_str().expect("a name");
    server.restart();
    tablet.sync();
    assert_eq!(town.verified_marks(), 2);
    let told = town.command(&["merge", SLUG, "--from", name, "--dry-run"]).done();
    let merged = town.command(&["merge", SLUG, "--from", name]).done();
    assert_eq!(merged["problems"], json!([]), "{merged:#}");
    assert_eq!(adds_up(&merged), adds_up(&told));
    assert_eq!(town.verified_marks() as u64, marks);
    let again = town.command(&["merge", SLUG, "--from", name]).done();
    assert_eq!(count(&again, "earlier"), count(&merged, "lost"), "{again:#}");
    if let Some(url) = town.url() {
        let by_address = town.command(&["merge", SLUG, "--from", url]).done();
        assert_eq!(count(&by_address, "earlier"), count(&merged, "lost"));
    }
    tablet.sync();
    server.stop();
    town.verify();
}

/// What a restore to an earlier moment cut off lies off-site, and comes back.
#[test]
fn what_a_restore_left_aside_off_site_comes_back() {
    let town = Town::new();
    let offsite = town.place("offsite");
    let mut server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    let mut marks = taps(&tablet, &children[..2]);
    tablet.sync();
    snapshot(&town, &offsite);
    let only = town.place("seul.snapshot");
    town.command(&["snapshot", SLUG, "--to", path(&only)]).done();
    marks += taps(&tablet, &children[2..6]);
    tablet.sync();
    server.stop();
    let segments = journal_of(&town, &offsite);
    town.command(&["restore", SLUG, "--from", path(&only)]).done();
    assert_eq!(town.verified_marks(), 2);
    // Where the one piece that is missing here cannot be read, that is said.
    let last = segments.last().expect("a segment");
    let bytes = fs::read(last).expect("a segment");
    fs::write(last, &bytes[..bytes.len() / 2]).expect("a segment");
    let refused = town.command(&["merge", SLUG, "--from", path(&offsite), "--dry-run"]);
    assert!(refused.stopped(2).contains(".segment"), "{refused:#?}");
    fs::write(last, &bytes).expect("a segment");
    let merged = town.command(&["merge", SLUG, "--from", path(&offsite)]).done();
    assert_eq!(merged["problems"], json!([]), "{merged:#}");
    assert!(adds_up(&merged) > 0);
    assert_eq!(town.verified_marks() as u64, marks);
}
