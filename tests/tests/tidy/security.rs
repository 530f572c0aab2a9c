//! What `docs/security.md` says of a threat is proved by the tests it names: each is there, and no threat goes without.

use crate::scan::{Source, sources};
use crate::tree;

const PAGE: &str = "docs/security.md";

/// A test as the page names it, `file.rs::name`, the file by the end of its path.
struct Named {
    place: String,
    file: String,
    name: String,
}

fn named(text: &str) -> Vec<Named> {
    let mut all = Vec::new();
    for (nth, line) in text.lines().enumerate() {
        for word in line.split('`').skip(1).step_by(2) {
            if let Some((file, name)) = word.split_once(".rs::") {
                all.push(Named {
                    place: format!("{PAGE}:{}", nth + 1),
                    file: format!("/{file}.rs"),
                    name: name.to_owned(),
                });
            }
        }
    }
    all
}

/// Whether a function of that name is a test there, and runs without being asked for.
fn is_test(source: &Source, name: &str) -> bool {
    let Some(at) = source.code.find(&format!("fn {name}(")) else {
        return false;
    };
    // What stands before it, back to the end of whatever came before.
    let above = source.code[..at].rsplit(['}', ';']).next().unwrap_or_default();
    above.contains("#[test]") && !above.contains("#[ignore")
}

#[test]
fn every_test_that_answers_a_threat_exists() {
    let all = sources();
    let named = named(&tree::read(PAGE));
    assert!(named.len() > 40, "{PAGE} names its tests as `file.rs::name`");
    let wrong: Vec<String> = named
        .iter()
        .filter_map(|test| {
            let mut files = all
                .iter()
                .filter(|source| format!("/{}", source.path).ends_with(&test.file));
            let said = match (files.next(), files.next()) {
                (None, _) => "no such file",
                (Some(_), Some(_)) => "more than one file ends so: name one more folder",
                (Some(source), None) if is_test(source, &test.name) => return None,
                (Some(_), None) => "no such test in that file",
            };
            Some(format!("{}: {}::{}: {said}", test.place, test.file, test.name))
        })
        .collect();
    tree::none(&wrong, "These tests of the threat model are not there:");
}

/// Rows of the tables whose first heading is `threat`: where each stands, and its last cell.
fn threats(text: &str) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut inside = false;
    for (nth, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        if !line.starts_with('|') {
            inside = false;
        } else if cells.first() == Some(&"threat") {
            inside = true;
        } else if inside && !cells.iter().all(|cell| cell.starts_with("---")) {
            let last = cells.last().copied().unwrap_or_default();
            rows.push((format!("{PAGE}:{}", nth + 1), last.to_owned()));
        }
    }
    rows
}

#[test]
fn no_threat_is_left_without_a_test() {
    let rows = threats(&tree::read(PAGE));
    assert!(
        rows.len() > 30,
        "{PAGE} has its threats in tables that begin with `| threat |`"
    );
    let bare: Vec<String> = rows
        .into_iter()
        .filter(|(_, cell)| named(cell).is_empty())
        .map(|(place, cell)| format!("{place}: {cell}"))
        .collect();
    tree::none(
        &bare,
        "Name the test that answers each of these, or move it to « What is not covered »:",
    );
}

#[test]
fn a_row_is_told_from_its_heading_and_a_test_from_other_words() {
    let page = "| threat | answer | test |\n| --- | --- | --- |\n| a | b | `x/y.rs::t` |\n| c | d | later |\n\n| kind |\n| e |\n";
    let rows = threats(page);
    assert_eq!(
        rows.iter().map(|(_, cell)| cell.as_str()).collect::<Vec<_>>(),
        ["`x/y.rs::t`", "later"]
    );
    let found = named(page);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].file.as_str(), found[0].name.as_str()), ("/x/y.rs", "t"));
    assert!(named("`Session::find` and `y.rs`").is_empty());
}
