use shared::operation::Actor;

use super::ground::{Town, all_marks, hands_in, household, line, one, reserve};
use crate::merge::history::History;
use crate::merge::{errand, merge_in};
use crate::store::Value;

/// Merges in chunks of `chunk`, `between` after each.
fn chunked(live: &Town, lost: &Town, chunk: usize, between: impl FnMut() -> bool) -> crate::merge::Report {
    let mut errand = errand(&live.commune, Actor::Host, "test");
    errand.chunk = chunk;
    merge_in(&live.commune, History::of(&lost.lost()), errand, between).expect("a merge")
}

#[test]
fn a_run_that_was_killed_between_two_chunks_is_run_again() {
    let lost = Town::new();
    let live = lost.cut();
    let whole = lost.cut();
    for n in 1..=7 {
        hands_in(&lost, &[n]);
        lost.does(reserve(vec![line(
            u128::from(n),
            1,
            2,
            u32::try_from(n).expect("small"),
        )]));
    }
    whole.merges(&lost.lost());
    let mut left = 2;
    let first = chunked(&live, &lost, 3, || {
        left -= 1;
        left > 0
    });
    assert_eq!(first.applied, 6);
    live.is_sound();
    let second = chunked(&live, &lost, 3, || true);
    assert_eq!((second.earlier, second.applied, second.lost()), (6, 8, 14));
    assert_eq!(all_marks(&live), all_marks(&whole));
    let standing = "select id from reservation where cancelled_at is null order by id";
    assert_eq!(live.rows(standing), whole.rows(standing));
    live.is_sound();
}

#[test]
fn whoever_writes_between_two_chunks_is_asked() {
    let lost = Town::new();
    let live = lost.cut();
    hands_in(&lost, &[1]);
    lost.does(household(1, "un"));
    lost.does(household(1, "deux"));
    let mut chunks = 0;
    let report = chunked(&live, &lost, 2, || {
        chunks += 1;
        if chunks == 1 {
            live.does(household(1, "ici"));
            hands_in(&live, &[2]);
        }
        true
    });
    assert_eq!((report.applied, report.to_settle), (2, 1));
    assert_eq!(
        one(&live, "select email from guardian order by id"),
        Value::Text("ici".into())
    );
    assert_eq!(all_marks(&live).len(), 2);
    live.is_sound();
}

#[test]
fn a_refusal_in_a_chunk_undoes_nothing_of_the_others() {
    let lost = Town::new();
    let live = lost.cut();
    for n in 1..=9 {
        let shared::operation::Body::PutService { mut service } = super::ground::service() else {
            unreachable!("a service")
        };
        service.id = shared::ids::ServiceId(super::ground::id(900 + n));
        service.slug = format!("service-{n}").parse().expect("a slug");
        lost.does(shared::operation::Body::PutService {
            service: service.clone(),
        });
        if n % 2 == 0 {
            service.id = shared::ids::ServiceId(super::ground::id(950 + n));
            live.does(shared::operation::Body::PutService { service });
        }
    }
    for chunk in [1, 4, 100] {
        let copy = live.copy();
        let report = chunked(&copy, &lost, chunk, || true);
        assert_eq!((report.applied, report.to_settle), (5, 4));
    }
}
