//! What a Rust file may be and hold.

use std::collections::BTreeMap;

use crate::scan::{Source, sources};
use crate::tree;

const LONGEST: usize = 600;
const NINTH_DECILE: usize = 350;

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = line_counts()
        .into_iter()
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    tree::none(
        &long,
        &format!("Split these files, one concept each (at most {LONGEST} lines):"),
    );
}

#[test]
fn nine_files_in_ten_are_short() {
    let counts = line_counts();
    let decile = counts[counts.len() * 9 / 10].0;
    let long: Vec<String> = counts
        .iter()
        .filter(|(lines, _)| *lines > NINTH_DECILE)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(
        decile <= NINTH_DECILE,
        "The ninth decile is {decile} lines, more than {NINTH_DECILE}: split some of these.\n  {}",
        long.join("\n  ")
    );
}

/// Every Rust file with its number of lines, the shortest first.
fn line_counts() -> Vec<(usize, String)> {
    let mut counts: Vec<_> = sources()
        .into_iter()
        .map(|source| (source.text.lines().count(), source.path))
        .collect();
    counts.sort();
    counts
}

/// Time and ids taken from the air.
const FROM_THE_AIR: [&str; 9] = [
    "SystemTime::now",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "Date::now",
    "now_v7",
    "new_v4",
    "clock_gettime(",
    "thread::sleep",
];

#[test]
fn time_comes_from_one_clock_file_a_crate() {
    let mut offences = Vec::new();
    for source in sources().iter().filter(|source| !is_clock(&source.path)) {
        for word in FROM_THE_AIR {
            offences.extend(
                source
                    .code
                    .match_indices(word)
                    .map(|(at, _)| format!("{}: {word}", source.place(at))),
            );
        }
    }
    tree::none(
        &offences,
        "Take the time as a parameter, from the one clock.rs of the crate where it is read:",
    );
}

#[test]
fn a_crate_has_one_clock_at_most_and_pure_crates_none() {
    let mut clocks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in tree::files(".rs").into_iter().filter(|path| is_clock(path)) {
        let folder = path
            .rsplit_once("/src/")
            .map_or(path.as_str(), |(folder, _)| folder)
            .to_owned();
        clocks.entry(folder).or_default().push(path);
    }
    let twice: Vec<String> = clocks
        .values()
        .filter(|paths| paths.len() > 1)
        .flatten()
        .cloned()
        .collect();
    tree::none(
        &twice,
        "Keep one clock.rs in a crate, so that there is one place to stop time:",
    );

    let pure = ["shared", "sync-server/ui"];
    let impure: Vec<String> = pure
        .iter()
        .filter_map(|folder| clocks.get(*folder))
        .flatten()
        .cloned()
        .collect();
    tree::none(&impure, "These crates know no clock; hand the time in instead:");
}

fn is_clock(path: &str) -> bool {
    path.ends_with("/src/clock.rs")
}

#[test]
fn nothing_is_left_unfinished() {
    let mut offences = Vec::new();
    for source in sources() {
        for word in ["todo!(", "unimplemented!("] {
            offences.extend(source.code.match_indices(word).map(|(at, _)| source.place(at)));
        }
        // In two pieces, so that this file passes its own test.
        let note = concat!("FIX", "ME");
        offences.extend(source.text.match_indices(note).map(|(at, _)| source.place(at)));
    }
    tree::none(&offences, "Finish these, or take the unfinished part out:");
}

/// How a statement begins that reads or writes rows, or shapes tables. PRAGMA and savepoints belong to the code.
const STATEMENTS: [&str; 9] = [
    "SELECT ",
    "INSERT INTO ",
    "INSERT OR ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "ALTER TABLE ",
    "DROP TABLE ",
];

#[test]
fn sql_lives_in_sql_files() {
    let mut offences = Vec::new();
    for source in sources() {
        let shipped = source.shipped();
        let literals = source.literals.iter().filter(|literal| literal.at < shipped);
        offences.extend(
            literals
                .filter(|literal| is_sql(&literal.value))
                .map(|literal| source.place(literal.at)),
        );
    }
    tree::none(
        &offences,
        "Move these statements into .sql files beside the code that maps their rows:",
    );
}

fn is_sql(literal: &str) -> bool {
    let literal = literal.trim_start();
    // All capitals or all small letters: a sentence that begins with "Select" or "Delete" is prose.
    STATEMENTS
        .iter()
        .any(|start| literal.starts_with(start) || literal.starts_with(&start.to_lowercase()))
}

#[test]
fn a_sentence_is_not_sql() {
    assert!(is_sql("\n  SELECT seq FROM journal"));
    assert!(is_sql("delete from sheet where day < ?1"));
    assert!(!is_sql("Select a child first"));
    assert!(!is_sql("PRAGMA journal_mode = WAL"));
}

#[test]
fn shipped_code_ends_at_the_test_module() {
    let all = sources();
    let here = all
        .iter()
        .find(|source| source.path.ends_with("tidy/sources.rs"))
        .expect("this file");
    assert_eq!(Source::shipped(here), 0, "a file of tests ships nothing");
}
