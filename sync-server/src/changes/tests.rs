//! Two processes over one store: what one writes, the listeners of the other hear.

use shared::ids::AgentId;
use shared::operation::AgentRecord;
use shared::operation::{Actor, Body, Channel, Role};
use shared::time::UtcMs;

use tokio::runtime::Runtime;

use super::*;
use crate::clock::random;
use crate::jobs::ground::Ground;

const NOON: UtcMs = UtcMs(1_795_345_200_000);

/// The town as two processes hold it open, on each engine. Stores are called outside of async code,
/// as everywhere.
fn processes() -> [(Ground, Arc<Commune>, Arc<Commune>); 2] {
    Ground::both(NOON).map(|ground| {
        let (a, b) = (ground.process(NOON), ground.process(NOON));
        (ground, a, b)
    })
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// What is heard next; `None` when the process is about to stop.
fn hear(runtime: &Runtime, listener: &mut Listener) -> Option<u64> {
    runtime.block_on(listener.next()).map(|head| head.seq)
}

fn write(commune: &Commune) -> u64 {
    let id = AgentId(uuid::Uuid::from_bytes(random()));
    let agent = AgentRecord {
        sites: Vec::new(),
        id,
        email: format!("{id}@mairie.example"),
        name: "Agent".into(),
        role: Role::Lecture,
    };
    let operation = commune.operation(Actor::Host, Channel::Command, Body::PutAgent { agent });
    commune.submit(operation).unwrap().seq.unwrap()
}

#[test]
fn whoever_listens_is_told_the_newest_point_at_once_and_again_when_it_comes_back() {
    for (_ground, commune, _) in processes() {
        let runtime = runtime();
        let _here = runtime.enter();
        let seq = write(&commune);
        for _ in 0..2 {
            let mut listener = commune.listen();
            assert_eq!(hear(&runtime, &mut listener).unwrap(), seq);
        }
    }
}

/// Nobody carries words between these two: the watcher finds what was written.
#[test]
fn what_one_process_writes_the_listeners_of_another_hear() {
    for (_ground, a, b) in processes() {
        let runtime = runtime();
        let _here = runtime.enter();
        let mut listeners = [b.listen(), b.listen(), a.listen()];
        for listener in &mut listeners {
            hear(&runtime, listener).unwrap();
        }
        let seq = write(&a);
        for listener in &mut listeners {
            assert_eq!(hear(&runtime, listener), Some(seq));
        }
    }
}

#[test]
fn a_word_of_the_engine_is_heard_without_waiting_for_the_watcher() {
    for (_ground, a, b) in processes() {
        let runtime = runtime();
        let _here = runtime.enter();
        let mut listener = b.listen();
        hear(&runtime, &mut listener).unwrap();
        let seq = write(&a);
        b.look();
        let head = *listener.newest.as_ref().unwrap().borrow();
        assert_eq!(head.map(|head| head.seq), Some(seq));
        assert_eq!(hear(&runtime, &mut listener).unwrap(), seq);
    }
}

#[test]
fn a_slow_listener_is_told_just_the_newest() {
    for (_ground, commune, _) in processes() {
        let runtime = runtime();
        let _here = runtime.enter();
        let mut listener = commune.listen();
        hear(&runtime, &mut listener).unwrap();
        let last = (0..50).fold(0, |_, _| write(&commune));
        assert_eq!(hear(&runtime, &mut listener).unwrap(), last);
    }
}

#[test]
fn two_writers_that_tell_in_the_wrong_order_take_nothing_back() {
    for (_ground, commune, _) in processes() {
        let runtime = runtime();
        let _here = runtime.enter();
        let mut listener = commune.listen();
        let before = runtime.block_on(listener.next()).unwrap();
        let seq = write(&commune);
        commune.announce(before);
        assert_eq!(hear(&runtime, &mut listener).unwrap(), seq);
        let told = *listener.newest.as_ref().unwrap().borrow();
        assert_eq!(told.unwrap().seq, seq);
    }
}

#[test]
fn a_process_that_is_about_to_stop_lets_everyone_go() {
    for (_ground, commune, _) in processes() {
        let runtime = runtime();
        let _here = runtime.enter();
        let mut listener = commune.listen();
        hear(&runtime, &mut listener).unwrap();
        let waits = runtime.spawn(async move { (listener.next().await, listener) });
        commune.close();
        assert_eq!(runtime.block_on(waits).unwrap().0, None);
        let mut late = commune.listen();
        assert!(
            hear(&runtime, &mut late).is_some(),
            "it is told where things stand"
        );
        assert_eq!(hear(&runtime, &mut late), None, "and to come again elsewhere");
    }
}

#[test]
fn there_is_one_watcher_while_somebody_listens_and_none_afterwards() {
    for (_ground, commune, _) in processes() {
        let runtime = runtime();
        let _here = runtime.enter();
        let others = Arc::strong_count(&commune);
        let many: Vec<Listener> = (0..50).map(|_| commune.listen()).collect();
        assert_eq!(commune.changes().listeners(), 50);
        assert_eq!(
            Arc::strong_count(&commune),
            others + 50 + 1,
            "one watcher for all"
        );
        drop(many);
        assert_eq!(commune.changes().listeners(), 0);
        while Arc::strong_count(&commune) > others {
            std::thread::yield_now();
        }
        drop(commune.listen());
        assert!(
            commune.changes().state().watched,
            "the next listener starts another"
        );
    }
}
