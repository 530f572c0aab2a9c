//! The registry names every table and column that the migrations make, in both engines.

use std::collections::BTreeMap;

use super::blank;
use crate::snapshot::tables::{OF_THE_PLACE, TABLES};
use crate::store::{Row, Store, StoreError};

/// Every table with its columns and the columns of its key, in order.
pub(in crate::snapshot) type Tables = BTreeMap<String, (Vec<String>, Vec<String>)>;

pub(in crate::snapshot) fn of_sqlite(store: &Store) -> Tables {
    let mut found = Tables::new();
    let tables = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
    let read = store.read(|tx| {
        for table in tx.query(tables, &[])? {
            let name = table.text(0)?;
            let columns = "select name, pk from pragma_table_info(?1) order by cid";
            let rows = tx.query(columns, &[name.as_str().into()])?;
            let mut key: Vec<&Row> = rows.iter().filter(|row| row.int(1) != Ok(0)).collect();
            key.sort_by_key(|row| row.int(1).unwrap_or(0));
            let names = |rows: Vec<&Row>| rows.into_iter().map(|row| row.text(0)).collect::<Result<_, _>>();
            found.insert(name, (names(rows.iter().collect())?, names(key)?));
        }
        Ok::<_, StoreError>(())
    });
    read.expect("the schema can be read");
    found
}

/// Fails with what to do when a migration adds something that nobody registered.
#[track_caller]
pub(in crate::snapshot) fn compare(found: &Tables) {
    let registered: Tables = TABLES
        .iter()
        .map(|table| {
            let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
            let columns: Vec<String> = names(table.columns);
            (
                table.name.to_owned(),
                (columns, names(&table.columns[..table.key])),
            )
        })
        .collect();
    for (name, shape) in found {
        if OF_THE_PLACE.contains(&name.as_str()) {
            assert!(!registered.contains_key(name), "{name} is never copied");
            continue;
        }
        assert_eq!(
            registered.get(name),
            Some(shape),
            "register table {name} in snapshot/tables.rs: its class, its columns in their order, its key first"
        );
    }
    for name in registered.keys() {
        assert!(found.contains_key(name), "no migration makes table {name}");
    }
}

#[test]
fn every_table_of_a_file_is_registered() {
    let folder = tempfile::tempdir().expect("a folder");
    compare(&of_sqlite(&blank(folder.path(), "a.db")));
}

#[test]
fn a_row_is_written_after_what_it_points_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = blank(folder.path(), "a.db");
    let place = |name: &str| TABLES.iter().position(|table| table.name == name);
    for (at, table) in TABLES.iter().enumerate() {
        let sql = r#"select "table" from pragma_foreign_key_list(?1)"#;
        let rows = store
            .read(|tx| tx.query(sql, &[table.name.into()]))
            .expect("its foreign keys");
        for row in rows {
            let target = row.text(0).expect("a name");
            assert!(place(&target) < Some(at), "{target} stands before {}", table.name);
        }
    }
}
