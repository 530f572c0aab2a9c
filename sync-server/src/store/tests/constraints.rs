//! The tables' own rules are the last word, on both engines.

use super::*;

on_both! {
    what_breaks_a_rule_is_refused_and_undone
    a_rule_over_some_rows_lets_the_others_be
    what_others_refer_to_stays
}

const SCHOOL: &str = "insert into school (id, name, kind, half_days, starts, ends, version) values (?1, 'École', 'public', 8, 510, 990, 1)";
const CLASS: &str = "insert into class (id, school, name, level, version) values (?1, ?2, 'CP', 'CP', 1)";

fn id(n: u8) -> Value {
    vec![n; 16].into()
}

fn what_breaks_a_rule_is_refused_and_undone(place: &Place) {
    let store = place.store();
    let site = "insert into site (id, slug, name, version) values (?1, ?2, 'Site', 1)";
    store
        .write(move |tx| {
            tx.execute(SCHOOL, &[id(1)])?;
            tx.execute(site, &[id(1), "jaures".into()]).map(drop)
        })
        .unwrap();
    let broken: [(&str, &'static str, Vec<Value>); 5] = [
        ("a key twice", SCHOOL, vec![id(1)]),
        ("a short name twice", site, vec![id(2), "jaures".into()]),
        ("a reference to nothing", CLASS, vec![id(3), id(9)]),
        ("nothing where something must be", CLASS, vec![id(3), Value::Null]),
        (
            "a name taken away",
            "update site set name = ?1",
            vec![Value::Null],
        ),
    ];
    for (what, sql, params) in broken {
        let done = store.write(move |tx| {
            put(tx, "beside", 1)?;
            tx.execute(sql, &params)
        });
        assert!(is_refused(&done), "{what}: {done:?}");
        assert_eq!(subjects(&store), [""; 0], "{what}");
    }
    let count =
        "select (select count(*) from school), (select count(*) from site), (select count(*) from class)";
    let counts = store.read(|tx| tx.first(count, &[])).unwrap();
    assert_eq!(counts, Some(row(&[1_i64.into(), 1_i64.into(), 0_i64.into()])));
}

fn a_rule_over_some_rows_lets_the_others_be(place: &Place) {
    let store = place.store();
    let reserve = "insert into reservation (id, child, activity, site, date, cancelled_at, version) \
                   values (?1, ?2, ?2, ?2, '2026-11-24', ?3, 1)";
    store
        .write(move |tx| {
            tx.execute(SCHOOL, &[id(1)])?;
            tx.execute(
                "insert into site (id, slug, name, version) values (?1, 's', 'S', 1)",
                &[id(1)],
            )?;
            tx.execute(
                "insert into service (id, slug, name, version) values (?1, 's', 'S', 1)",
                &[id(1)],
            )?;
            tx.execute(
                "insert into activity (id, slug, name, service, mode, weekdays, opens, closes, version) \
                 values (?1, 'a', 'A', ?1, 'presence', 31, 0, 1, 1)",
                &[id(1)],
            )?;
            tx.execute(
                "insert into child (id, first_name, last_name, born, search_key, sort_key, version) \
                 values (?1, 'Léa', 'Martin', '2018-01-01', 'lea', 'martin', 1)",
                &[id(1)],
            )?;
            tx.execute(reserve, &[id(1), id(1), Value::Null])?;
            tx.execute(reserve, &[id(2), id(1), 5_i64.into()])?;
            tx.execute(reserve, &[id(3), id(1), 6_i64.into()])?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let twice = store.write(move |tx| tx.execute(reserve, &[id(4), id(1), Value::Null]));
    assert!(is_refused(&twice), "{twice:?}");
    let changed = store.write(move |tx| {
        tx.execute(
            include_str!("../../record/reservation/cancel.sql"),
            &[id(1), 7_i64.into(), 2_i64.into()],
        )?;
        tx.execute(reserve, &[id(4), id(1), Value::Null])
    });
    assert_eq!(changed, Ok(1));
}

fn what_others_refer_to_stays(place: &Place) {
    let store = place.store();
    store
        .write(move |tx| {
            tx.execute(SCHOOL, &[id(1)])?;
            tx.execute(CLASS, &[id(1), id(1)])
        })
        .unwrap();
    let removed = store.write(|tx| tx.execute("delete from school", &[]));
    assert!(is_refused(&removed), "{removed:?}");
    let both = store.write(|tx| {
        tx.execute("delete from class", &[])?;
        tx.execute("delete from school", &[])
    });
    assert_eq!(both, Ok(1));
}
