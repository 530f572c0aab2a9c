//! A confirmed plan as operations.

use shared::codec::encode;
use shared::ids::OperationId;
use shared::operation::Body;
use uuid::Uuid;

use super::plan::Plan;

/// One operation of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its id: the same for the same change of the same version, so that a second try changes
    /// nothing.
    pub id: OperationId,
    /// What is asked.
    pub body: Body,
    /// The version that was in view.
    pub seen: Option<i64>,
    /// The lines that ask for it, as places in [`Plan::lines`].
    pub lines: Vec<usize>,
}

/// The operations of a plan, in an order in which each finds what it refers to.
pub fn of(plan: &Plan, namespace: Uuid) -> Vec<Planned> {
    let classes = plan.classes.iter().map(|task| {
        let class = task.record.clone();
        (Body::PutClass { class }, task.seen, &task.lines)
    });
    let households = plan.households.iter().map(|task| {
        let household = task.record.clone();
        (Body::PutHousehold { household }, task.seen, &task.lines)
    });
    let children = plan.children.iter().map(|task| {
        let child = task.record.clone();
        (Body::PutChild { child }, task.seen, &task.lines)
    });
    classes
        .chain(households)
        .chain(children)
        .map(|(body, seen, lines)| Planned {
            id: OperationId(id(namespace, &body, seen)),
            body,
            seen,
            lines: lines.clone(),
        })
        .collect()
}

fn id(namespace: Uuid, body: &Body, seen: Option<i64>) -> Uuid {
    let mut name = encode(body);
    name.extend(seen.unwrap_or(-1).to_le_bytes());
    Uuid::new_v5(&namespace, &name)
}

/// What tells two plans apart: the ids of all they would do.
pub fn fingerprint(operations: &[Planned]) -> String {
    let ids: Vec<&[u8]> = operations
        .iter()
        .map(|planned| &planned.id.as_bytes()[..])
        .collect();
    shared::sign::sha256(&ids).hex()
}
