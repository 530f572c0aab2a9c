//! What is left of a file.

use std::fs;

use proptest::prelude::*;
use shared::codec::encode;
use shared::ids::{AgentId, DeviceId, SiteId};
use shared::operation::Body;
use uuid::Uuid;

use super::*;
use crate::restore::tests::ground::{DAY, mark};

const PAGE: usize = 4096;

impl Towns {
    /// Entries that no page holds whole, and many that share one.
    fn with_large_rows() -> Self {
        let towns = Self::in_files(40);
        for n in 1..=3 {
            towns.lost.submit(Body::ReceiveMarks {
                device: DeviceId(Uuid::from_u128(5)),
                site: SiteId(Uuid::from_u128(1)),
                date: DAY,
                marks: (n * 10_000..n * 10_000 + 250).map(mark).collect(),
            });
        }
        towns.lost.schools(60..=70);
        towns
    }

    /// Reads what `harm` leaves of the file.
    fn read_harmed(&self, bytes: &[u8], harm: impl FnOnce(&mut Vec<u8>)) -> Result<Found, SourceError> {
        let mut harmed = bytes.to_vec();
        harm(&mut harmed);
        self.offsite.put("abime.db", &harmed);
        let file = self.offsite.file("abime.db");
        let found = self.read(&file);
        assert_eq!(fs::read(&file).unwrap(), harmed, "the source is only read");
        nothing_passes(&self.living);
        found
    }
}

#[test]
fn without_its_header_or_any_of_its_trees_a_file_still_gives_all_its_entries() {
    let towns = Towns::with_large_rows();
    let lost = towns.all_lost();
    let bytes = fs::read(towns.file()).unwrap();
    let all = |found: Result<Found, SourceError>| {
        let found = found.unwrap();
        proved(&found);
        assert_eq!(hashes(&found), lost);
        assert!(
            found.lost.problems[0].contains("est abîmé"),
            "{:?}",
            found.lost.problems
        );
    };
    all(towns.read_harmed(&bytes, |bytes| bytes[..100].fill(0)));
    all(towns.read_harmed(&bytes, |bytes| bytes[..100].fill(0xa5)));
    // Every page that leads to others: their first byte says so.
    all(towns.read_harmed(&bytes, |bytes| {
        for page in bytes.chunks_mut(PAGE).skip(1) {
            if page[0] == 0x05 || page[0] == 0x02 {
                page.fill(0);
            }
        }
        bytes[16..18].fill(0);
    }));
    // The heads of all pages, with their lists of where rows begin.
    all(towns.read_harmed(&bytes, |bytes| {
        for page in bytes.chunks_mut(PAGE) {
            if page[0] == 0x0d {
                page[..8].fill(0xff);
            }
        }
        bytes[..100].fill(0xff);
    }));
}

#[test]
fn a_file_that_was_cut_off_gives_what_is_left_of_it() {
    let towns = Towns::with_large_rows();
    let lost = towns.all_lost();
    let bytes = fs::read(towns.file()).unwrap();
    let found = towns
        .read_harmed(&bytes, |bytes| bytes.truncate(bytes.len() * 9 / 10 + 1_234))
        .unwrap();
    proved(&found);
    assert!(!found.lost.entries.is_empty());
    assert!(hashes(&found).iter().all(|hash| lost.contains(hash)));
}

#[test]
fn rows_of_a_lost_page_are_told_by_number() {
    let towns = Towns::in_files(60);
    let lost = towns.all_lost();
    let bytes = fs::read(towns.file()).unwrap();
    // A leaf with several entries that are lost, and not the last.
    let target = lost[lost.len() / 2].0;
    let at = bytes
        .windows(32)
        .position(|window| window == target)
        .expect("the entry lies in the file");
    let page = at / PAGE * PAGE;
    let found = towns
        .read_harmed(&bytes, |bytes| bytes[page..page + PAGE].fill(0))
        .unwrap();
    proved(&found);
    assert!(found.lost.entries.len() < lost.len());
    let missing: Vec<u64> = lost
        .iter()
        .enumerate()
        .filter(|(_, hash)| !hashes(&found).contains(hash))
        .map(|(place, _)| towns.fork + 1 + place as u64)
        .collect();
    let told = format!(
        "Les opérations {} à {} ",
        missing.first().unwrap(),
        missing.last().unwrap()
    );
    assert!(
        found
            .lost
            .problems
            .iter()
            .any(|problem| problem.starts_with(&told)),
        "{told}: {:?}",
        found.lost.problems
    );
}

#[test]
fn a_damaged_file_with_its_log_gives_what_either_has() {
    let towns = Towns::in_files(30);
    let lost = towns.all_lost();
    let disk = towns.disk();
    let file = disk.join("communes/ville.db");
    let mut bytes = fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes[..half].fill(0);
    fs::write(&file, &bytes).unwrap();
    let found = towns.read(&disk).unwrap();
    proved(&found);
    assert_eq!(hashes(&found), lost, "{:?}", found.lost.problems);
}

#[test]
fn a_log_that_is_flawed_in_its_middle_gives_what_stands_behind_the_flaw() {
    let towns = Towns::in_files(30);
    let lost = towns.all_lost();
    let disk = towns.disk();
    let log = disk.join("communes/ville.db-wal");
    let bytes = fs::read(&log).unwrap();
    // One byte of a frame's checksum: an engine believes nothing from there on.
    let frame = PAGE + 24;
    // A log is written over from its beginning: what is of now bears the salt of its head.
    let frames: Vec<usize> = (32..bytes.len() + 1 - frame)
        .step_by(frame)
        .take_while(|at| bytes[at + 8..at + 16] == bytes[16..24])
        .collect();
    let middle = frames[frames.len() / 2];
    let mut flawed = bytes.clone();
    flawed[middle + 16] ^= 1;
    fs::write(&log, &flawed).unwrap();
    let found = towns.read(&disk).unwrap();
    proved(&found);
    assert_eq!(hashes(&found), lost, "{:?}", found.lost.problems);
    assert!(
        found.lost.problems[0].contains("-wal est abîmé"),
        "{:?}",
        found.lost.problems
    );
    // A transaction that never ended was promised to nobody: its frames are those behind the last commit.
    let mut unfinished = bytes;
    let commits: Vec<usize> = frames
        .into_iter()
        .filter(|at| unfinished[at + 4..at + 8] != [0; 4])
        .collect();
    for at in &commits[commits.len() - 3..] {
        unfinished[at + 4..at + 8].fill(0);
    }
    fs::write(&log, &unfinished).unwrap();
    let found = towns.read(&disk).unwrap();
    proved(&found);
    assert!(found.lost.entries.len() < lost.len());
    assert!(
        hashes(&found)
            .iter()
            .eq(lost.iter().take(found.lost.entries.len()))
    );
}

#[test]
fn what_was_erased_stays_erased_whichever_page_still_has_it() {
    let towns = Towns::in_files(8);
    let victim = towns.fork + 2;
    let (file, log) = {
        let disk = towns.disk();
        (disk.join("communes/ville.db"), disk.join("communes/ville.db-wal"))
    };
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.pragma_update(None, "wal_autocheckpoint", 0).unwrap();
    connection
        .execute(
            "update journal set body = null, salt = null where seq = ?1",
            [victim as i64],
        )
        .unwrap();
    // The log keeps the page of before, and a header that was lost makes it be looked through.
    let (bytes, log_bytes) = (fs::read(&file).unwrap(), fs::read(&log).unwrap());
    drop(connection);
    let mut bytes = bytes;
    bytes[..100].fill(0);
    towns.offsite.put("efface/communes/ville.db", &bytes);
    towns.offsite.put("efface/communes/ville.db-wal", &log_bytes);
    let found = towns.read(towns.offsite.file("efface")).unwrap();
    let entry = found
        .lost
        .entries
        .iter()
        .find(|(entry, _)| entry.header.seq == victim);
    assert_eq!(entry.unwrap().0.body, None);
    assert_eq!(hashes(&found), towns.all_lost());
}

#[test]
fn a_body_that_was_changed_is_not_believed() {
    let towns = Towns::in_files(8);
    let lost = towns.all_lost();
    let file = towns.file();
    let connection = rusqlite::Connection::open(&file).unwrap();
    let forged = encode(&Body::AgentLoggedIn {
        agent: AgentId(Uuid::from_u128(9)),
    });
    connection
        .execute(
            "update journal set body = ?2 where seq = ?1",
            rusqlite::params![(towns.fork + 3) as i64, forged],
        )
        .unwrap();
    connection.pragma_update(None, "journal_mode", "delete").unwrap();
    drop(connection);
    let found = towns.read(&file).unwrap();
    proved(&found);
    assert_eq!(found.lost.entries.len(), lost.len() - 1);
    let told = format!("L’opération {} ", towns.fork + 3);
    assert!(
        found.lost.problems.iter().any(|p| p.starts_with(&told)),
        "{:?}",
        found.lost.problems
    );
}

#[test]
fn whatever_is_overwritten_nothing_false_is_found_and_every_whole_page_is() {
    let towns = Towns::with_large_rows();
    let lost = towns.all_lost();
    let bytes = fs::read(towns.file()).unwrap();
    let pages = bytes.len() / PAGE;
    let harm = (0..pages, 1..PAGE, any::<u64>(), 1..6_usize);
    let runner = &mut proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(40));
    let done = runner.run(&harm, |(first, offset, seed, count)| {
        let found = towns.read_harmed(&bytes, |bytes| {
            let mut noise = seed | 1;
            for n in 0..count {
                let page = (first + n * 7) % pages;
                let from = page * PAGE + if n == 0 { 0 } else { offset };
                for byte in &mut bytes[from..(page + 1) * PAGE] {
                    noise ^= noise << 13;
                    noise ^= noise >> 7;
                    noise ^= noise << 17;
                    *byte = noise as u8;
                }
            }
        });
        match found {
            Ok(found) => {
                proved(&found);
                prop_assert!(hashes(&found).iter().all(|hash| lost.contains(hash)));
                if found.lost.entries.len() < lost.len() {
                    prop_assert!(!found.lost.problems.is_empty());
                }
            }
            Err(error) => prop_assert!(
                matches!(
                    error,
                    SourceError::Unrelated { .. } | SourceError::Unreadable { .. }
                ),
                "{error:?}"
            ),
        }
        Ok(())
    });
    done.unwrap();
}
