//! Every statement of the server says the same to both engines.
//!
//! A file below a folder `control` is for the host's list, one below `store/sqlite` or
//! `store/postgres` for that engine alone, any other for a commune on both.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::store::{Schema, Sqlite};

/// Words that the engines understand differently, or that bring a clock or chance into the record.
const REFUSED: &[(&str, &str)] = &[
    ("rowid", "PostgreSQL has no such column"),
    (
        "like",
        "SQLite takes capitals for small letters: search by a key made in Rust",
    ),
    ("glob", "PostgreSQL does not know it"),
    ("ilike", "SQLite does not know it"),
    ("ifnull", "write coalesce"),
    (
        "lower",
        "SQLite knows only unaccented letters: make a key in Rust",
    ),
    (
        "upper",
        "SQLite knows only unaccented letters: make a key in Rust",
    ),
    ("random", "chance is a parameter"),
    ("now", "the time is a parameter"),
    ("current_timestamp", "the time is a parameter"),
    ("current_date", "the time is a parameter"),
    ("collate", "the order of text is that of its bytes everywhere"),
];

pub(super) struct Statement {
    /// Below `sync-server/src`, with `/` between folders.
    pub(super) place: String,
    pub(super) sql: String,
}

impl Statement {
    pub(super) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut all: Vec<_> = files(&root, "sql")
            .into_iter()
            .map(|file| Self {
                place: file
                    .strip_prefix(&root)
                    .unwrap()
                    .components()
                    .map(|part| part.as_os_str().to_str().unwrap())
                    .collect::<Vec<_>>()
                    .join("/"),
                sql: fs::read_to_string(&file).unwrap(),
            })
            .collect();
        all.sort_by(|a, b| a.place.cmp(&b.place));
        assert!(all.len() > 150, "the statements were not found: {}", all.len());
        all
    }

    pub(super) fn schema(&self) -> Schema {
        if self.place.contains("control/") {
            Schema::Control
        } else {
            Schema::Commune
        }
    }

    pub(super) fn is_for(&self, engine: &str) -> bool {
        let Some(rest) = self.place.strip_prefix("store/") else {
            return true;
        };
        let other = if engine == "sqlite" {
            "postgres/"
        } else {
            "sqlite/"
        };
        !rest.starts_with(other)
    }

    /// Small letters, without comments and without what stands in quotes.
    fn plain(&self) -> String {
        let lines = self
            .sql
            .lines()
            .filter(|line| !line.trim_start().starts_with("--"));
        let text = lines.collect::<Vec<_>>().join("\n").to_lowercase();
        let outside = text.split('\'').step_by(2);
        outside.collect::<Vec<_>>().join("''")
    }
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
}

pub(super) fn none(offences: &[String]) {
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

#[test]
fn no_statement_uses_words_that_the_engines_understand_differently() {
    let mut offences = Vec::new();
    for statement in Statement::all() {
        let plain = statement.plain();
        if !statement.is_for("sqlite") || !statement.is_for("postgres") {
            continue;
        }
        for (word, why) in REFUSED {
            if words(&plain).any(|w| w == *word) {
                offences.push(format!("{}: `{word}`: {why}", statement.place));
            }
        }
        if plain.contains('"') || plain.contains("::") {
            offences.push(format!(
                "{}: `\"` and `::` mean other things to SQLite",
                statement.place
            ));
        }
    }
    none(&offences);
}

/// PostgreSQL puts nothing last, SQLite first.
#[test]
fn who_sorts_by_what_may_be_missing_says_where_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("commune.db");
    drop(Sqlite::open(&file, Schema::Commune).unwrap());
    let missing = may_be_missing(&Connection::open(file).unwrap());
    assert!(missing.contains("capacity") && !missing.contains("seq"));
    let left = "select a.id from agent a left join site s on s.id = a.id order by s.name, a.id";
    assert_eq!(
        unsaid("select 1 from child order by left_on desc, id", &missing).len(),
        1
    );
    assert_eq!(unsaid(left, &missing), ["s.name"]);
    assert!(
        unsaid(
            "select 1 from child order by left_on desc nulls last, id",
            &missing
        )
        .is_empty()
    );
    let mut offences = Vec::new();
    for statement in Statement::all() {
        let terms = unsaid(&statement.plain(), &missing);
        offences.extend(
            terms
                .iter()
                .map(|term| format!("{}: order by {term}: nulls first or last?", statement.place)),
        );
    }
    none(&offences);
}

/// What a statement sorts by without saying where nothing goes.
fn unsaid(plain: &str, missing: &BTreeSet<String>) -> Vec<String> {
    let outer = outer_joined(plain);
    let mut terms = sorted_by(plain);
    terms.retain(|term| {
        let name = term.split(' ').next().unwrap_or("");
        let (table, column) = name.rsplit_once('.').unwrap_or(("", name));
        (missing.contains(column) || outer.contains(table)) && !term.contains(" nulls ")
    });
    terms
}

/// Columns that hold nothing in some table.
fn may_be_missing(connection: &Connection) -> BTreeSet<String> {
    let sql = "select distinct c.name from sqlite_master t, pragma_table_info(t.name) c \
               where t.type = 'table' and c.\"notnull\" = 0 and c.pk = 0 and t.name not like 'refinery%'";
    let mut statement = connection.prepare(sql).unwrap();
    let names = statement.query_map([], |row| row.get(0)).unwrap();
    names.map(Result::unwrap).collect()
}

/// Names of tables of which a row may be missing.
fn outer_joined(plain: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for part in plain.split("left join ").skip(1) {
        names.extend(words(part).take(2).last());
    }
    names
}

fn sorted_by(plain: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for part in plain.split("order by ").skip(1) {
        let part = part.split([')', ';']).next().unwrap_or("");
        let part = part.split(" limit ").next().unwrap_or("");
        terms.extend(
            part.split(',')
                .map(|term| term.split_whitespace().collect::<Vec<_>>().join(" ")),
        );
    }
    terms
}

/// A statement that nobody runs is read, explained and kept portable for nothing.
#[test]
fn every_statement_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut used = BTreeSet::new();
    for file in files(&root, "rs") {
        let code = fs::read_to_string(&file).unwrap();
        for part in code.split("include_str!(").skip(1) {
            let Some(path) = part.split('"').nth(1) else {
                continue;
            };
            used.extend(file.parent().unwrap().join(path).canonicalize());
        }
    }
    let unused: Vec<_> = files(&root, "sql")
        .into_iter()
        .filter(|file| !used.contains(&file.canonicalize().unwrap()))
        .map(|file| file.display().to_string())
        .collect();
    none(&unused);
}
