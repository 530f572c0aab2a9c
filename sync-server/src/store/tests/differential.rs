//! The same work on a file and on a server comes to the same.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::store::Kind;

/// One statement of a job.
#[derive(Clone, Debug)]
enum Step {
    School(u8, String),
    Class(u8, u8),
    Site(u8, String, Option<String>, Option<i64>),
    Rename(String, String),
    Forget(&'static str, u8),
    Look(String),
}

const SCHOOL: &str = "insert into school (id, name, kind, half_days, starts, ends, version) values (?1, ?2, 'public', 8, 1, 2, 1) \
                      on conflict (id) do update set name = excluded.name, version = school.version + 1";
const CLASS: &str = "insert into class (id, school, name, level, version) values (?1, ?2, 'CP', 'CP', 1)";
const SITE: &str = "insert into site (id, slug, name, phone, version) values (?1, ?2, ?2, ?3, coalesce(cast(?4 as bigint), 7))";
const FORGET: [&str; 3] = [
    "delete from school where id = ?1",
    "delete from class where id = ?1",
    "delete from site where id = ?1",
];
const LOOK: &str = "select s.id, s.slug, s.phone, s.version, cast(length(s.name) as bigint), coalesce(c.name, '') \
                    from site s left join class c on c.id = s.id \
                    where s.slug >= ?1 or s.phone is null order by s.phone nulls first, s.slug desc";
const DUMPS: [&str; 3] = [
    "select id, name, version from school order by name, id",
    "select id, school, name from class order by id",
    "select id, slug, name, school, phone, version from site order by slug, id",
];

/// What a step came to: how many rows it changed, or those it found.
#[derive(Debug, PartialEq)]
enum Came {
    Changed(u64),
    Found(Vec<Row>),
}

fn take(tx: &mut dyn Write, step: &Step) -> Result<Came, StoreError> {
    let id = |n: u8| Value::from(vec![n; 2]);
    match step {
        Step::School(n, name) => tx.execute(SCHOOL, &[id(*n), name.as_str().into()]),
        Step::Class(n, school) => tx.execute(CLASS, &[id(*n), id(*school)]),
        Step::Site(n, slug, phone, version) => {
            let params = [
                id(*n),
                slug.as_str().into(),
                phone.clone().into(),
                (*version).into(),
            ];
            tx.execute(SITE, &params)
        }
        Step::Rename(from, to) => tx.execute(
            "update site set slug = ?2 where slug = ?1",
            &[from.as_str().into(), to.as_str().into()],
        ),
        Step::Forget(sql, n) => tx.execute(sql, &[id(*n)]),
        Step::Look(from) => return tx.query(LOOK, &[from.as_str().into()]).map(Came::Found),
    }
    .map(Came::Changed)
}

/// Which kind of error, without its words.
fn sort(error: &StoreError) -> &'static str {
    match error {
        StoreError::Engine(_) => "engine",
        StoreError::Shape(_) => "mine",
        StoreError::Unavailable(_) => "unavailable",
        StoreError::Damaged(_) | StoreError::Moved | StoreError::TooNew { .. } => "other",
    }
}

fn job(store: &Store, steps: &[Step], keep: bool, heedless: bool) -> Result<Vec<Option<Came>>, &'static str> {
    let steps = steps.to_vec();
    let done = store.write(move |tx| {
        let mut came = Vec::new();
        for step in &steps {
            match take(tx, step) {
                Ok(all) => came.push(Some(all)),
                Err(_) if heedless => came.push(None),
                Err(error) => return Err(error),
            }
        }
        if keep {
            Ok(came)
        } else {
            Err(StoreError::Shape("mine".into()))
        }
    });
    done.map_err(|error| sort(&error))
}

fn dump(store: &Store) -> Vec<Vec<Row>> {
    store
        .read(|tx| {
            DUMPS
                .iter()
                .map(|sql| tx.query(sql, &[]))
                .collect::<Result<_, StoreError>>()
        })
        .unwrap()
}

fn clear(store: &Store) {
    let tables = ["delete from class", "delete from school", "delete from site"];
    store
        .write(move |tx| tables.iter().try_for_each(|sql| tx.execute(sql, &[]).map(drop)))
        .unwrap();
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["a", "b", "é", "e", "É", "z", "œ", "", "A", "a b", "d’a", "🎒"]).prop_map(str::to_owned),
        2 => "\\PC{0,5}",
        1 => Just("nul\0".to_owned()),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    let n = 0..4_u8;
    let number = prop::option::of(prop_oneof![Just(i64::MIN), Just(i64::MAX), -2..3_i64]);
    prop_oneof![
        2 => (n.clone(), words()).prop_map(|(n, name)| Step::School(n, name)),
        2 => (n.clone(), n.clone()).prop_map(|(n, school)| Step::Class(n, school)),
        3 => (n.clone(), words(), prop::option::of(words()), number)
            .prop_map(|(n, slug, phone, version)| Step::Site(n, slug, phone, version)),
        2 => (words(), words()).prop_map(|(from, to)| Step::Rename(from, to)),
        2 => (prop::sample::select(FORGET.to_vec()), n).prop_map(|(sql, n)| Step::Forget(sql, n)),
        2 => words().prop_map(Step::Look),
    ]
}

#[test]
fn a_file_and_a_server_come_to_the_same() {
    let places = [Place::on(Kind::Sqlite), Place::on(Kind::Postgres)];
    let [file, server] = [places[0].store(), places[1].store()];
    let jobs = (
        prop::collection::vec(steps(), 0..6),
        prop::bool::weighted(0.85),
        prop::bool::weighted(0.15),
    );
    let config = Config {
        cases: 64,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&prop::collection::vec(jobs, 1..12), |jobs| {
            clear(&file);
            clear(&server);
            for (steps, keep, heedless) in &jobs {
                let on_file = job(&file, steps, *keep, *heedless);
                let on_server = job(&server, steps, *keep, *heedless);
                prop_assert_eq!(on_file, on_server);
                prop_assert_eq!(dump(&file), dump(&server));
            }
            Ok(())
        })
        .unwrap();
}
