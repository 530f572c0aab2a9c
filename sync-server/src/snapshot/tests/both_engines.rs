//! The same in a database: its tables are those of the registry, and a snapshot goes either way.

use proptest::prelude::*;
use test_postgres::Cluster;

use super::any_store::{drawn, fill, round_trip};
use super::registry::{Tables, compare};
use super::{SHIPPING, blank, blank_in, found, put, snapshot};
use crate::snapshot::{check, restore_into};
use crate::store::Value;

#[test]
fn every_table_of_a_database_is_registered() {
    let database = Cluster::shared().database();
    let _store = blank_in(&database, "ville");
    let mut client = database.client();
    let mut found = Tables::new();
    let columns = "select table_name::text, column_name::text from information_schema.columns
        where table_schema = 'commune_ville' order by table_name, ordinal_position";
    for row in client.query(columns, &[]).expect("the columns") {
        found.entry(row.get(0)).or_default().0.push(row.get(1));
    }
    let keys = "select tc.table_name::text, k.column_name::text from information_schema.table_constraints tc
        join information_schema.key_column_usage k using (constraint_schema, constraint_name)
        where tc.table_schema = 'commune_ville' and tc.constraint_type = 'PRIMARY KEY'
        order by tc.table_name, k.ordinal_position";
    for row in client.query(keys, &[]).expect("the keys") {
        found.entry(row.get(0)).or_default().1.push(row.get(1));
    }
    found.entry("journal_writer".into()).or_default();
    compare(&found);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_snapshot_goes_from_either_engine_into_the_other(drawn in drawn()) {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Cluster::shared().database();
        let (file, back) = (blank(folder.path(), "from.db"), blank(folder.path(), "back.db"));
        let (schema, second) = (blank_in(&database, "ville"), blank_in(&database, "autre"));
        found(&file);
        fill(&file, &file, &drawn);
        round_trip(&file, &schema)?;
        round_trip(&schema, &second)?;
        round_trip(&second, &back)?;
    }
}

#[test]
fn texts_and_bytes_stand_in_the_same_order_in_both() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = Cluster::shared().database();
    let (file, schema) = (blank(folder.path(), "from.db"), blank_in(&database, "ville"));
    let texts = [
        "", "B", "a", "a b", "ab", "É", "e", "z", "œ", "🏫", "Z-", "_", "~", "à",
    ];
    for store in [&file, &schema] {
        found(store);
        for (n, text) in texts.iter().rev().enumerate() {
            let sql = "insert into throttle (subject, failures, locked_until, last_at) values (?1, 0, 0, ?2)";
            put(store, sql, vec![(*text).into(), Value::Int(n as i64)]);
            let sql =
                "insert into session (token, agent, csrf, started_at, seen_at) values (?1, ?2, ?3, 0, 0)";
            let token = [text.as_bytes(), &[0xff; 2][..n % 3]].concat();
            put(store, sql, vec![token.into(), vec![7; 16].into(), (*text).into()]);
        }
    }
    let ((_, in_file), (bytes, in_schema)) = (snapshot(&file), snapshot(&schema));
    assert_eq!(in_file, in_schema, "taken from either engine, the same");
    assert_eq!(check(&bytes[..], &SHIPPING).expect("it reads"), in_schema);
    let refused = restore_into(&schema, &bytes[..], &SHIPPING);
    assert!(refused.is_err(), "a schema that holds rows is not filled");
}
