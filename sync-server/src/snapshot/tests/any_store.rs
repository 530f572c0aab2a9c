//! Property: whatever a store holds, it comes back from its snapshot.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::{SHIPPING, all_sums, blank, found, put, snapshot};
use crate::snapshot::tables::{TABLES, Table};
use crate::snapshot::{Rows, SnapshotError, check, restore_into, statements};
use crate::store::{Store, StoreError, Value};

/// A value to be drawn: numbers from which a text, an integer, bytes or nothing is made.
#[derive(Clone, Debug)]
pub(in crate::snapshot) struct Drawn {
    seed: u64,
    text: String,
    bytes: Vec<u8>,
    number: i64,
    null: bool,
}

pub(in crate::snapshot) fn drawn() -> impl Strategy<Value = Vec<Vec<Drawn>>> {
    let value = (
        any::<u64>(),
        // PostgreSQL keeps no NUL in a text.
        "[^\\x00]{0,12}",
        proptest::collection::vec(any::<u8>(), 0..40),
        any::<i64>(),
        proptest::bool::weighted(0.3),
    )
        .prop_map(|(seed, text, bytes, number, null)| Drawn {
            seed,
            text,
            bytes,
            number,
            null,
        });
    proptest::collection::vec(proptest::collection::vec(value, 6), TABLES.len())
}

/// A column as SQLite describes it.
struct Column {
    kind: String,
    required: bool,
    refers: Option<(String, String)>,
}

fn columns(reader: &Store, table: &Table) -> Vec<Column> {
    let info = r#"select type, "notnull", name from pragma_table_info(?1) order by cid"#;
    let keys = r#"select "from", "table", "to" from pragma_foreign_key_list(?1)"#;
    reader
        .read(|tx| {
            let mut refers = BTreeMap::new();
            for row in tx.query(keys, &[table.name.into()])? {
                refers.insert(row.text(0)?, (row.text(1)?, row.text(2)?));
            }
            tx.query(info, &[table.name.into()])?
                .iter()
                .enumerate()
                .map(|(place, row)| {
                    Ok(Column {
                        kind: row.text(0)?,
                        required: row.flag(1)? || place < table.key,
                        refers: refers.remove(&row.text(2)?),
                    })
                })
                .collect::<Result<_, StoreError>>()
        })
        .expect("the schema")
}

/// Fills every table with rows as drawn; `model` tells the types of columns.
pub(in crate::snapshot) fn fill(store: &Store, model: &Store, drawn: &[Vec<Drawn>]) {
    let mut keys: BTreeMap<(String, String), Vec<Value>> = BTreeMap::new();
    for (place, (table, draws)) in TABLES.iter().zip(drawn).enumerate() {
        // These hold exactly what `found` put there.
        if ["commune", "branch"].contains(&table.name) {
            continue;
        }
        let columns = columns(model, table);
        for (n, draw) in draws.iter().enumerate() {
            let mut row = Vec::with_capacity(columns.len());
            for (at, column) in columns.iter().enumerate() {
                row.push(value(column, draw, (place, n, at), &keys));
            }
            // The head of the journal stands in the manifest: a number and a hash.
            if table.name == "journal" {
                row[0] = Value::Int(n as i64 + 1);
                row[15] = vec![n as u8; 32].into();
            }
            if row.contains(&Value::Text("nobody".into())) {
                continue;
            }
            let sql = statements::insert(table, table.columns, 1);
            let params = row.clone();
            // Two rows may collide by chance where a key is made of other tables' keys.
            if store.write(move |tx| tx.execute(&sql, &params)).is_ok() {
                for (name, value) in table.columns.iter().zip(row) {
                    keys.entry((table.name.into(), (*name).into()))
                        .or_default()
                        .push(value);
                }
            }
        }
    }
}

fn value(
    column: &Column,
    draw: &Drawn,
    (place, n, at): (usize, usize, usize),
    keys: &BTreeMap<(String, String), Vec<Value>>,
) -> Value {
    if draw.null && !column.required {
        return Value::Null;
    }
    if let Some(target) = &column.refers {
        let pool = keys.get(target).map(Vec::as_slice).unwrap_or_default();
        let chosen = pool.get((draw.seed % pool.len().max(1) as u64) as usize);
        return match chosen {
            Some(value) => value.clone(),
            None if column.required => "nobody".into(),
            None => Value::Null,
        };
    }
    match column.kind.to_lowercase().as_str() {
        "text" => format!("{}{place}-{n}-{at}", draw.text).into(),
        "bigint" => Value::Int(draw.number.wrapping_add((n * 31 + at) as i64)),
        "bytea" => {
            let mut bytes = draw.bytes.clone();
            bytes.extend([place as u8, n as u8, at as u8]);
            bytes.into()
        }
        other => panic!("a column of type {other} is in no portable schema"),
    }
}

/// A snapshot of `from` fills `to`, and both then hold the same.
pub(in crate::snapshot) fn round_trip(from: &Store, to: &Store) -> Result<(), TestCaseError> {
    let (bytes, made) = snapshot(from);
    prop_assert_eq!(check(&bytes[..], &SHIPPING).expect("it reads"), made.clone());
    prop_assert_eq!(
        restore_into(to, &bytes[..], &SHIPPING).expect("it fills"),
        made.clone()
    );
    prop_assert_eq!(all_sums(from), all_sums(to));
    let (_, again) = snapshot(to);
    prop_assert_eq!(made, again);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_file_comes_back_as_another_file(drawn in drawn()) {
        let folder = tempfile::tempdir().expect("a folder");
        let (from, to) = (blank(folder.path(), "from.db"), blank(folder.path(), "to.db"));
        found(&from);
        fill(&from, &from, &drawn);
        round_trip(&from, &to)?;
    }
}

#[test]
fn pages_of_any_size_hold_each_row_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = blank(folder.path(), "a.db");
    let table = TABLES
        .iter()
        .find(|table| table.name == "touched")
        .expect("a table with a key of three");
    let mut expected = Vec::new();
    for n in 0..7_u8 {
        let row: Vec<Value> = vec![
            format!("k{}", n / 3).into(),
            vec![n % 2; 2].into(),
            format!("{n}").into(),
            n.into(),
        ];
        put(&store, &statements::insert(table, table.columns, 1), row);
        expected.push(n);
        for page in 1..=9 {
            let mut rows = Rows::with(table, table.columns, page);
            let mut seen = Vec::new();
            loop {
                let next = store.read(|tx| rows.page(tx)).expect("a page");
                assert!(next.len() as u64 <= page);
                if next.is_empty() {
                    break;
                }
                seen.extend(next.iter().map(|row| match row[3] {
                    shared::snapshot::Cell::Int(n) => n as u8,
                    ref other => panic!("{other:?}"),
                }));
            }
            seen.sort_unstable();
            assert_eq!(seen, expected, "pages of {page}");
        }
    }
}

#[test]
fn batches_and_chunks_of_many_rows_come_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (blank(folder.path(), "from.db"), blank(folder.path(), "to.db"));
    found(&from);
    let table = TABLES
        .iter()
        .find(|table| table.name == "throttle")
        .expect("a small table");
    from.write(move |tx| {
        let one = statements::insert(table, table.columns, 1);
        for n in 0..4_321_i64 {
            tx.execute(
                &one,
                &[
                    format!("{n:0>40}").into(),
                    n.into(),
                    Value::Int(-n),
                    Value::Int(i64::MIN),
                ],
            )?;
        }
        Ok::<_, StoreError>(())
    })
    .expect("many rows");
    let (bytes, _) = snapshot(&from);
    assert!(bytes.len() > 3 * shared::snapshot::SEALED_BYTES);
    round_trip(&from, &to).expect("they come back");
    let refused = restore_into(&to, &bytes[..], &SHIPPING);
    assert!(
        matches!(refused, Err(SnapshotError::NotEmpty("branch"))),
        "{refused:?}"
    );
}
