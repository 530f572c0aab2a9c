//! What is put in comes out, and sorts alike.

use super::*;

on_both! {
    every_value_comes_back_as_it_was
    text_holds_no_nul
    text_sorts_and_compares_by_its_bytes
    bytes_sort_by_their_bytes
    how_many_rows_changed_is_told
    a_wrong_number_of_parameters_is_refused
}

const PUT_SITE: &str =
    "insert into site (id, slug, name, school, phone, version) values (?1, ?2, ?3, ?4, ?5, ?6)";

fn site(tx: &mut dyn Write, n: u8, name: &str) -> Result<u64, StoreError> {
    let slug = format!("s{n}");
    let params = [
        vec![n].into(),
        slug.into(),
        name.into(),
        Value::Null,
        Value::Null,
        1_i64.into(),
    ];
    tx.execute(PUT_SITE, &params)
}

fn every_value_comes_back_as_it_was(place: &Place) {
    let long = "l’été à l’école 🎒\n".repeat(50_000);
    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let rows: Vec<Vec<Value>> = vec![
        vec![
            vec![].into(),
            "".into(),
            "".into(),
            Value::Null,
            Value::Null,
            i64::MIN.into(),
        ],
        vec![
            vec![0].into(),
            "0".into(),
            long.into(),
            vec![].into(),
            "".into(),
            i64::MAX.into(),
        ],
        vec![
            vec![0, 0].into(),
            "a'b\"c\\d".into(),
            "?1 $1 --".into(),
            bytes.into(),
            "😀".into(),
            0_i64.into(),
        ],
        vec![
            vec![255; 16].into(),
            "null".into(),
            "\u{feff}e\u{301}".into(),
            vec![0; 16].into(),
            Value::Null,
            (-1_i64).into(),
        ],
    ];
    let store = place.store();
    let given = rows.clone();
    store
        .write(move |tx| {
            given
                .iter()
                .try_for_each(|values| tx.execute(PUT_SITE, values).map(drop))
        })
        .unwrap();
    let sql = "select id, slug, name, school, phone, version from site order by id";
    let found = other(place).read(|tx| tx.query(sql, &[])).unwrap();
    assert!(found == rows.iter().map(|values| row(values)).collect::<Vec<_>>());
    let one = "select version from site where id = ?1 and slug = ?2 and version = ?3";
    for values in &rows {
        let params = [values[0].clone(), values[1].clone(), values[5].clone()];
        let found = store.read(|tx| tx.query(one, &params)).unwrap();
        assert_eq!(found, [row(&values[5..])]);
    }
}

fn text_holds_no_nul(place: &Place) {
    let store = place.store();
    let written = store.write(|tx| {
        put(tx, "before", 1)?;
        put(tx, "a\0b", 1)
    });
    assert!(is_refused(&written), "{written:?}");
    let looked: Result<_, StoreError> =
        store.read(|tx| tx.first("select failures from throttle where subject = ?1", &["\0".into()]));
    assert!(is_refused(&looked), "{looked:?}");
    assert_eq!(subjects(&store), [""; 0]);
    saved(&store, "after", 1).unwrap();
    assert_eq!(subjects(&store), ["after"]);
}

fn text_sorts_and_compares_by_its_bytes(place: &Place) {
    let mut words = [
        "",
        " ",
        "-",
        "'",
        "0",
        "10",
        "9",
        "A",
        "Z",
        "Élodie",
        "Zoé",
        "a",
        "ab",
        "a b",
        "a-b",
        "d’Arc",
        "d'Arc",
        "e",
        "e\u{301}",
        "é",
        "œuf",
        "oeuf",
        "z",
        "Œ",
        "ß",
        "ss",
        "\u{feff}",
        "中",
        "🎒",
        "\u{10ffff}",
    ];
    let store = place.store();
    store
        .write(move |tx| words.iter().try_for_each(|word| put(tx, word, 1)))
        .unwrap();
    words.sort_unstable();
    assert_eq!(subjects(&store), words);
    store
        .read(|tx| {
            for bound in words {
                let from = tx
                    .query(
                        "select subject from throttle where subject >= ?1",
                        &[bound.into()],
                    )?
                    .len();
                let wanted = words.iter().filter(|word| **word >= bound).count();
                assert_eq!(from, wanted, "from {bound:?}");
                let same = tx.query("select subject from throttle where subject = ?1", &[bound.into()])?;
                assert_eq!(same.len(), 1, "{bound:?}");
            }
            let last = tx.first("select max(subject), min(subject) from throttle", &[])?;
            assert_eq!(last, Some(row(&["\u{10ffff}".into(), "".into()])));
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn bytes_sort_by_their_bytes(place: &Place) {
    let store = place.store();
    store
        .write(|tx| {
            [128, 0, 255, 1, 127]
                .iter()
                .try_for_each(|n| site(tx, *n, "site").map(drop))
        })
        .unwrap();
    let ids = store
        .read(|tx| tx.query("select id from site order by id", &[]))
        .unwrap();
    let ids: Vec<u8> = ids.iter().map(|row| row.bytes(0).unwrap()[0]).collect();
    assert_eq!(ids, [0, 1, 127, 128, 255]);
}

fn how_many_rows_changed_is_told(place: &Place) {
    place
        .store()
        .write(|tx| {
            assert_eq!(site(tx, 1, "un")?, 1);
            assert_eq!(site(tx, 2, "deux")?, 1);
            assert_eq!(tx.execute("update site set name = 'trois'", &[])?, 2);
            assert_eq!(tx.execute("update site set name = 'trois' where slug = 's9'", &[])?, 0);
            let known = "insert into site (id, slug, name, version) values (?1, 's1', 'x', 1) on conflict (slug) do nothing";
            assert_eq!(tx.execute(known, &[vec![3].into()])?, 0);
            let again = "insert into site (id, slug, name, version) values (?1, 's1', 'x', 1) \
                         on conflict (slug) do update set name = excluded.name";
            assert_eq!(tx.execute(again, &[vec![3].into()])?, 1);
            assert_eq!(tx.execute("delete from site", &[])?, 2);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn a_wrong_number_of_parameters_is_refused(place: &Place) {
    let store = place.store();
    for params in [vec![], vec!["a".into(), "b".into()]] {
        let params: Vec<Value> = params;
        let read: Result<_, StoreError> =
            store.read(|tx| tx.query("select failures from throttle where subject = ?1", &params));
        assert!(is_refused(&read), "{read:?}");
    }
    assert_eq!(subjects(&store), [""; 0]);
}
