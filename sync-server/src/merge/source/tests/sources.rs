//! What is whole: data folders, files, snapshots, what lies off-site.

use std::fs;

use super::*;
use crate::merge::source::here;

#[test]
fn a_disk_with_a_log_that_was_not_folded_in_gives_all_back_and_is_not_touched() {
    let towns = Towns::in_files(20);
    let disk = towns.disk();
    let before = bytes(&disk);
    let found = towns.read(&disk).unwrap();
    assert_eq!(hashes(&found), towns.all_lost());
    assert_eq!(found.lost.problems, Vec::<String>::new());
    assert_eq!(bytes(&disk), before);
    nothing_passes(&towns.living);
    // The folder of stores and the file itself do as well.
    for from in [disk.join("communes"), disk.join("communes/ville.db")] {
        assert_eq!(hashes(&towns.read(from).unwrap()), towns.all_lost());
    }
}

#[test]
fn a_store_of_an_older_program_lacks_a_column_and_is_read_all_the_same() {
    let towns = Towns::in_files(5);
    let lost = towns.all_lost();
    let file = towns.file();
    let older = rusqlite::Connection::open(&file).unwrap();
    older
        .execute_batch("alter table journal drop column first_received_at; pragma journal_mode = delete")
        .unwrap();
    drop(older);
    let before = fs::read(&file).unwrap();
    let found = towns.read(&file).unwrap();
    assert_eq!(hashes(&found), lost);
    assert_eq!(found.lost.problems, Vec::<String>::new());
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_snapshot_is_opened_with_the_towns_key_and_no_other() {
    let towns = Towns::in_files(7);
    let lost = towns.all_lost();
    towns.offsite.put("perdu.snapshot", &snapshot(&towns.lost));
    let file = towns.offsite.file("perdu.snapshot");
    assert_eq!(hashes(&towns.read(&file).unwrap()), lost);
    let other = other_town();
    towns.offsite.put("autre.snapshot", &snapshot(&other));
    let wrong = towns.read(towns.offsite.file("autre.snapshot"));
    assert!(matches!(wrong, Err(SourceError::Key(_))), "{wrong:?}");
    // A key in a file stands for that of the host.
    let key = towns.offsite.file("autre.key");
    other.keys().export(&key).unwrap();
    let wrong = towns.read_with(&file, Some(key.clone()));
    assert!(matches!(wrong, Err(SourceError::Key(_))), "{wrong:?}");
    let right = towns.read_with(towns.offsite.file("autre.snapshot"), Some(key));
    assert!(right.is_ok(), "{right:?}");
    // Cut off behind its journal, it still tells what it told.
    let mut bytes = fs::read(&file).unwrap();
    bytes.truncate(bytes.len() - 40);
    towns.offsite.put("coupe.snapshot", &bytes);
    let found = towns.read(towns.offsite.file("coupe.snapshot"));
    match found {
        Ok(found) => {
            proved(&found);
            assert!(!found.lost.problems.is_empty());
        }
        Err(error) => assert!(matches!(error, SourceError::Snapshot(_)), "{error:?}"),
    }
}

#[test]
fn what_a_restore_left_aside_off_site_is_found_and_a_missing_piece_is_told() {
    let towns = Towns::in_files(10);
    let lost = towns.all_lost();
    let names = towns.offsite.ship(&towns.lost, 0, 4);
    let target = towns.offsite.asked().from;
    let found = towns.read(&target).unwrap();
    assert_eq!(hashes(&found), lost);
    assert_eq!(found.lost.problems, Vec::<String>::new());
    // Named as a town's own folder, or as an address.
    for from in [format!("{target}/ville"), format!("file://{target}")] {
        assert_eq!(hashes(&towns.read(from).unwrap()), lost);
    }
    let of = |name: &String| name.rsplit('/').next().unwrap()[..12].parse::<u64>().unwrap();
    let gone = names
        .iter()
        .filter(|name| of(name) > towns.fork + 4)
        .nth(1)
        .unwrap();
    let first = of(gone);
    towns.offsite.remove(gone);
    let found = towns.read(&target).unwrap();
    assert_eq!(hashes(&found).len(), lost.len() - 4);
    assert!(
        found
            .lost
            .problems
            .iter()
            .any(|told| told.starts_with(&format!("Les opérations {first} à {} ", first + 3))),
        "{:?}",
        found.lost.problems
    );
    // A snapshot that was made on the lost branch fills the hole.
    towns.offsite.snapshot(&towns.lost);
    let found = towns.read(&target).unwrap();
    assert_eq!(hashes(&found), lost);
}

#[test]
fn a_harmed_segment_is_told_and_hides_no_other() {
    let towns = Towns::in_files(6);
    let lost = towns.all_lost();
    let names = towns.offsite.ship(&towns.lost, 0, 3);
    let last = names.last().unwrap();
    let mut bytes = towns.offsite.get(last);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    towns.offsite.put(last, &bytes);
    let found = towns.read(towns.offsite.asked().from).unwrap();
    proved(&found);
    assert!(found.lost.entries.len() < lost.len());
    assert!(
        hashes(&found)
            .iter()
            .eq(lost.iter().take(found.lost.entries.len()))
    );
    assert!(found.lost.problems[0].contains(last.as_str()));
}

#[test]
fn another_towns_disk_is_refused() {
    let towns = Towns::in_files(3);
    let other = other_town();
    let file = other.host.data().to_owned();
    let refused = towns.read(&file);
    assert!(
        matches!(refused, Err(SourceError::Unrelated { .. })),
        "{refused:?}"
    );
    let nothing = towns.read(towns.offsite.file("."));
    assert!(matches!(nothing, Err(SourceError::Nothing { .. })), "{nothing:?}");
}

#[test]
fn what_is_empty_garbage_missing_or_the_store_in_service_is_said_to_be_so() {
    let towns = Towns::in_files(3);
    let unreadable = |name: &str| {
        let read = towns.read(towns.offsite.file(name));
        assert!(matches!(read, Err(SourceError::Unreadable { .. })), "{read:?}");
        read.expect_err("it is unreadable").to_string()
    };
    towns.offsite.put("vide.db", b"");
    assert!(unreadable("vide.db").contains("vide"));
    towns.offsite.put("bruit.db", &vec![0x2c; 20_000]);
    unreadable("bruit.db");
    towns.offsite.put("texte.csv", "Nom;Prénom\n".as_bytes());
    unreadable("texte.csv");
    unreadable("absent.db");
    towns.offsite.put("presque.snapshot", b"preau-snapshot/");
    let read = towns.read(towns.offsite.file("presque.snapshot"));
    assert!(matches!(read, Err(SourceError::Snapshot(_))), "{read:?}");
    if let Some(own) = towns.living.host.backend().store_path(&slug()) {
        for from in [own.as_path(), towns.living.host.data()] {
            let read = towns.read(from);
            assert!(matches!(read, Err(SourceError::Itself { .. })), "{read:?}");
        }
    }
}

#[test]
fn what_the_living_history_has_is_not_lost() {
    let towns = Towns::in_files(4);
    towns.offsite.put("vivant.snapshot", &snapshot(&towns.living));
    let found = towns.read(towns.offsite.file("vivant.snapshot")).unwrap();
    assert!(found.lost.entries.is_empty());
    let found = towns.read(towns.offsite.file("hier.snapshot")).unwrap();
    assert!(found.lost.entries.is_empty());
    assert_eq!(found.lost.problems, Vec::<String>::new());
}

#[test]
fn a_store_that_a_restore_set_aside_is_found_on_the_host() {
    // The town goes back to yesterday where it stands: what it was today is set aside.
    let machine = Machine::new(START).with_town();
    let offsite = Offsite::new();
    machine.schools(1..=4);
    offsite.put("hier.snapshot", &snapshot(&machine));
    let fork = machine.head().seq;
    machine.schools(5..=9);
    let lost: Vec<Hash32> = machine
        .commune()
        .store
        .read(|tx| journal::page(tx, fork, 1_000))
        .unwrap()
        .into_iter()
        .map(|(_, hash)| hash)
        .collect();
    machine.close();
    let from = offsite.file("hier.snapshot").display().to_string();
    let restored = machine.restored(&crate::restore::Asked {
        from,
        ..offsite.asked()
    });
    let commune = machine.commune();
    let found = here(&machine.host, &commune, Some("file:///ailleurs")).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(Some(&found[0].from), restored.set_aside.as_ref());
    assert!(found[1].offsite);
    let asked = Asked {
        from: found[0].from.clone(),
        key: None,
    };
    let read = read(&machine.host, &commune, &asked).unwrap();
    assert_eq!(hashes(&read), lost);
}
