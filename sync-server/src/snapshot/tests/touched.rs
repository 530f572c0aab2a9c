//! A snapshot that was changed, cut, made with another key or by a newer program.

use shared::codec::{Hash32, encode};
use shared::snapshot::{
    Cell, Class, Head, Manifest, Part, TableDigest, TableEnd, TableStart, Totals, WholeDigest,
};

use super::{SHIPPING, all_sums, blank, found, making, snapshot};
use crate::snapshot::write::Parts;
use crate::snapshot::{SnapshotError, check, restore_into};

#[test]
fn no_byte_can_be_changed_or_cut_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = blank(folder.path(), "a.db");
    found(&store);
    let (bytes, contents) = snapshot(&store);
    assert_eq!(check(&bytes[..], &SHIPPING).expect("it reads"), contents);
    for at in 0..bytes.len() {
        for mask in [1, 0x80] {
            let mut touched = bytes.clone();
            touched[at] ^= mask;
            assert!(
                check(&touched[..], &SHIPPING).is_err(),
                "byte {at} of {}",
                bytes.len()
            );
        }
        assert!(check(&bytes[..at], &SHIPPING).is_err(), "cut at {at}");
    }
    let longer = [&bytes[..], &[0]].concat();
    assert!(check(&longer[..], &SHIPPING).is_err(), "something follows");
    let twice = [&bytes[..], &bytes[..]].concat();
    assert!(check(&twice[..], &SHIPPING).is_err());
}

#[test]
fn another_key_is_told_from_damage() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = blank(folder.path(), "a.db");
    found(&store);
    let (bytes, _) = snapshot(&store);
    let refused = check(&bytes[..], &Hash32([5; 32])).expect_err("another key");
    assert!(matches!(refused, SnapshotError::Key(_)) && refused.to_string().contains("« ville »"));
    assert!(matches!(
        check(&b"nothing of ours"[..], &SHIPPING),
        Err(SnapshotError::Damaged(_))
    ));
    let newer = [b"preau-snapshot/2\n", &bytes[17..]].concat();
    assert!(matches!(
        check(&newer[..], &SHIPPING),
        Err(SnapshotError::Newer(_))
    ));
}

/// A snapshot made by hand.
struct Made {
    manifest: Manifest,
    tables: Vec<(TableStart, Vec<Vec<Cell>>)>,
}

impl Made {
    /// What the snapshot of a store that was just founded holds, with other tables.
    fn with(tables: Vec<(TableStart, Vec<Vec<Cell>>)>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = blank(folder.path(), "a.db");
        found(&store);
        Self {
            manifest: snapshot(&store).1.manifest,
            tables,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        self.bytes_with(|_, end| end, |totals| totals)
    }

    fn bytes_with(
        &self,
        end_of: impl Fn(&str, TableEnd) -> TableEnd,
        totals_of: impl Fn(Totals) -> Totals,
    ) -> Vec<u8> {
        let mut bytes = Vec::new();
        let head = Head::new(self.manifest.commune.clone(), &SHIPPING, making().salt);
        let mut parts = Parts::begin(&mut bytes, &SHIPPING, &head).expect("in memory");
        let mut put = |part: Part| parts.put(&encode(&part)).expect("in memory");
        put(Part::Manifest(self.manifest.clone()));
        let mut whole = WholeDigest::of(&self.manifest);
        for (start, rows) in &self.tables {
            let mut digest = TableDigest::of(&start.name, &start.columns);
            for row in rows {
                digest.row(&encode(row));
            }
            let end = end_of(&start.name, digest.finish());
            whole.table(&start.name, &end);
            put(Part::Start(start.clone()));
            put(Part::Rows(rows.clone()));
            put(Part::End(end));
        }
        put(Part::Totals(totals_of(whole.finish())));
        parts.end().expect("in memory");
        bytes
    }
}

fn table(name: &str, class: Class, columns: &[&str]) -> TableStart {
    TableStart {
        name: name.into(),
        class,
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
    }
}

const THROTTLE: [&str; 4] = ["subject", "failures", "locked_until", "last_at"];

fn throttled() -> Vec<Cell> {
    vec![Cell::Text("a".into()), Cell::Int(1), Cell::Int(2), Cell::Int(3)]
}

fn restored(made: &[u8]) -> (Result<(), SnapshotError>, u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = blank(folder.path(), "a.db");
    let result = restore_into(&store, made, &SHIPPING).map(|_| ());
    let rows = all_sums(&store).iter().map(|(_, end)| end.rows).sum();
    (result, rows)
}

#[test]
fn what_a_newer_program_added_is_refused_where_it_is_record_and_left_out_where_it_is_not() {
    let seven = || vec![vec![Cell::Int(7)]];
    let mut longer = throttled();
    longer.insert(1, Cell::Text("why".into()));
    let with_why = ["subject", "why", "failures", "locked_until", "last_at"];

    let unknown = Made::with(vec![(table("bill", Class::Record, &["id"]), seven())]);
    let (refused, rows) = restored(&unknown.bytes());
    assert!(matches!(refused, Err(SnapshotError::Newer(what)) if what.contains("bill")));
    assert_eq!(rows, 0);

    let column = Made::with(vec![(
        table("household", Class::Record, &["id", "name", "version", "nickname"]),
        vec![vec![
            Cell::Bytes(vec![1]),
            Cell::Text("n".into()),
            Cell::Int(1),
            Cell::Null,
        ]],
    )]);
    let (refused, rows) = restored(&column.bytes());
    assert!(matches!(refused, Err(SnapshotError::Newer(what)) if what.contains("nickname")));
    assert_eq!(rows, 0);

    let lesser = Made::with(vec![
        (table("basket", Class::Ephemera, &["id"]), seven()),
        (table("index_of_names", Class::Derived, &["id"]), seven()),
        (table("throttle", Class::Ephemera, &with_why), vec![longer]),
    ]);
    let (done, rows) = restored(&lesser.bytes());
    assert!(done.is_ok(), "{done:?}");
    assert_eq!(rows, 1, "the throttle is kept without its new column");
}

#[test]
fn a_snapshot_from_before_a_column_leaves_it_at_its_default() {
    let before = Made::with(vec![(
        table("service", Class::Record, &["id", "slug", "name", "version"]),
        vec![vec![
            Cell::Bytes(vec![1]),
            Cell::Text("s".into()),
            Cell::Text("S".into()),
            Cell::Int(1),
        ]],
    )]);
    let (done, rows) = restored(&before.bytes());
    assert!(done.is_ok(), "{done:?}");
    assert_eq!(rows, 1);

    let mut older = Made::with(vec![]);
    older.manifest.schema -= 1;
    let (refused, _) = restored(&older.bytes());
    assert!(
        matches!(refused, Err(SnapshotError::Older { .. })),
        "its migrations have not seen those rows"
    );
}

#[test]
fn sums_that_do_not_agree_are_found_even_under_the_right_key() {
    let made = Made::with(vec![(
        table("throttle", Class::Ephemera, &THROTTLE),
        vec![throttled()],
    )]);
    assert!(restored(&made.bytes()).0.is_ok());
    let wrong_digest = made.bytes_with(
        |_, end| TableEnd {
            digest: Hash32([0; 32]),
            ..end
        },
        |totals| totals,
    );
    let wrong_count = made.bytes_with(|_, end| TableEnd { rows: 2, ..end }, |totals| totals);
    let wrong_totals = made.bytes_with(|_, end| end, |totals| Totals { tables: 2, ..totals });
    for wrong in [wrong_digest, wrong_count, wrong_totals] {
        assert!(matches!(restored(&wrong).0, Err(SnapshotError::Damaged(_))));
    }
    let short = Made::with(vec![(
        table("throttle", Class::Ephemera, &THROTTLE),
        vec![throttled()[..3].to_vec()],
    )]);
    assert!(matches!(
        restored(&short.bytes()).0,
        Err(SnapshotError::Damaged(_))
    ));
    let twice = Made::with(vec![
        (table("throttle", Class::Ephemera, &THROTTLE), vec![throttled()]),
        (table("throttle", Class::Ephemera, &THROTTLE), vec![]),
    ]);
    assert!(matches!(
        restored(&twice.bytes()).0,
        Err(SnapshotError::Damaged(_))
    ));
}
