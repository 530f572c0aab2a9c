use shared::codec::Hash32;
use shared::ids::{AgentId, DeviceId, ServiceId, SiteId};
use shared::mark::Kind;
use shared::operation::{AgentRecord, Body, Outcome, Refusal, Role, ServiceRecord};
use shared::time::UtcMs;
use uuid::Uuid;

use super::{receive, received, town};
use crate::corridor::CorridorError;

fn service(id: u128, slug: &str, name: &str) -> Body {
    let slug = slug.parse().unwrap();
    Body::PutService {
        service: ServiceRecord {
            retired: false,
            id: ServiceId(Uuid::from_u128(id)),
            slug,
            name: name.into(),
        },
    }
}

fn refusal(result: Result<super::super::Applied, CorridorError>) -> Refusal {
    match result {
        Err(CorridorError::Refused(refusal)) => refusal,
        other => panic!("refused was expected: {other:?}"),
    }
}

#[test]
fn the_same_operation_twice_answers_the_same_and_changes_nothing() {
    let town = town();
    let operation = town.operation(service(1, "restauration", "Restauration"));
    let first = town.commune.submit(operation.clone()).unwrap();
    let before = town.dump();
    let again = town.commune.submit(operation.clone()).unwrap();
    assert_eq!((again.outcome, again.seq), (first.outcome, None));
    assert_eq!(town.dump(), before);
    let mut other = operation;
    other.body = service(1, "restauration", "Cantine");
    assert_eq!(refusal(town.commune.submit(other)), Refusal::IdReused);
    assert_eq!(town.dump(), before);
}

#[test]
fn an_update_carries_the_version_it_saw() {
    let town = town();
    let made = town
        .commune
        .submit(town.operation(service(1, "restauration", "Restauration")))
        .unwrap();
    let Outcome::Version(version) = made.outcome else {
        panic!("a version was expected")
    };
    let mut update = town.operation(service(1, "restauration", "Cantine"));
    assert_eq!(
        refusal(town.commune.submit(update.clone())),
        Refusal::Changed { version }
    );
    update.seen = Some(version);
    town.commune.submit(update).unwrap();
    let mut late = town.operation(service(1, "restauration", "Self"));
    late.seen = Some(version);
    assert!(matches!(
        refusal(town.commune.submit(late)),
        Refusal::Changed { .. }
    ));
}

#[test]
fn what_is_refused_leaves_no_trace() {
    let town = town();
    town.commune
        .submit(town.operation(service(1, "restauration", "Restauration")))
        .unwrap();
    let site = SiteId(Uuid::from_u128(5));
    let agent = AgentId(Uuid::from_u128(6));
    let record = |id: u128| AgentRecord {
        sites: Vec::new(),
        id: AgentId(Uuid::from_u128(id)),
        email: "a@example.fr".into(),
        name: "A".into(),
        role: Role::Lecture,
    };
    town.commune
        .submit(town.operation(Body::PutAgent { agent: record(1) }))
        .unwrap();
    let before = town.dump();
    let code = Hash32([1; 32]);
    let refused = [
        (
            service(2, "restauration", "Autre"),
            Refusal::Taken("restauration".into()),
        ),
        (
            Body::PutAgent { agent: record(2) },
            Refusal::Taken("a@example.fr".into()),
        ),
        (
            Body::IssueAgentLink {
                agent,
                token: code,
                expires_at: UtcMs(0),
            },
            Refusal::NotFound("cet agent"),
        ),
        (Body::AgentLoggedIn { agent }, Refusal::NotFound("cet agent")),
        (
            Body::IssueTabletCode {
                code,
                sites: vec![site],
                expires_at: UtcMs(0),
            },
            Refusal::NotFound("ce site"),
        ),
        (
            Body::EnrolDevice {
                code,
                device: DeviceId(Uuid::from_u128(9)),
                key: [0; 32],
                name: "T".into(),
            },
            Refusal::CodeUnknown,
        ),
    ];
    for (body, expected) in refused {
        assert_eq!(refusal(town.commune.submit(town.operation(body))), expected);
        assert_eq!(town.dump(), before, "a refused operation wrote something");
    }
}

#[test]
fn marks_are_stored_once_and_a_second_value_beside_the_first() {
    let town = town();
    let (device, site) = (DeviceId(Uuid::from_u128(3)), SiteId(Uuid::from_u128(4)));
    let marks = vec![received(device, 1, Kind::In), received(device, 2, Kind::Out)];
    let first = town
        .commune
        .submit(town.operation(receive(device, site, marks.clone())))
        .unwrap();
    assert_eq!(
        first.outcome,
        Outcome::Marks {
            stored: 2,
            already: 0
        }
    );
    let head = town.commune.head().unwrap();
    let again = town
        .commune
        .submit(town.operation(receive(device, site, marks)))
        .unwrap();
    assert_eq!(
        again.outcome,
        Outcome::Marks {
            stored: 0,
            already: 2
        }
    );
    assert_eq!(
        town.commune.head().unwrap(),
        head,
        "a push with nothing new writes no row"
    );
    let twin = vec![received(device, 1, Kind::Out)];
    let second = town
        .commune
        .submit(town.operation(receive(device, site, twin)))
        .unwrap();
    assert_eq!(
        second.outcome,
        Outcome::Marks {
            stored: 1,
            already: 0
        }
    );
}

#[test]
fn operations_that_wait_share_a_commit_and_none_is_lost() {
    let town = town();
    let (device, site) = (DeviceId(Uuid::from_u128(3)), SiteId(Uuid::from_u128(4)));
    std::thread::scope(|scope| {
        for worker in 0..8_u64 {
            let town = &town;
            scope.spawn(move || {
                for n in 0..10 {
                    let mark = received(device, worker * 100 + n, Kind::In);
                    town.commune
                        .submit(town.operation(receive(device, site, vec![mark])))
                        .unwrap();
                }
            });
        }
    });
    let marks = town
        .commune
        .store
        .read(|tx| tx.query("select id from mark", &[]))
        .unwrap();
    assert_eq!(marks.len(), 80);
    let actor = town.commune.sheet_actor;
    let derived = town
        .commune
        .store
        .write(move |tx| crate::sync::derive_sheets(tx, actor));
    derived.unwrap();
    let report = crate::verify::verify(&town.commune).unwrap();
    assert_eq!((report.journal.entries, report.marks), (81, 80));
    assert_eq!(report.problems, Vec::<String>::new());
}
