//! What is written of a merge, of incidents and of discrepancies.

use super::{AT, date, golden, id};
use crate::codec::{Blob, Hash32};
use crate::ids::{
    ActivityId, AgentId, BranchId, ChildId, IncidentId, OperationId, OutageId, ReservationId, SettlementId,
    SiteId,
};
use crate::mark::Reason;
use crate::operation::{
    Actor, Body, Capability, Channel, Choice, Decision, DiscrepancyKind, Fate, IncidentPost, LostEntry,
    Openness, OutageCause, OutageRecord, ReservationLine, SettledDiscrepancy, Stated,
};
use crate::receipt::Position;
use crate::wire::ServiceState;

fn lost_at() -> Position {
    Position {
        branch: BranchId(id(1)),
        seq: 7,
        hash: Hash32([2; 32]),
    }
}

fn settled(decision: Decision) -> SettledDiscrepancy {
    SettledDiscrepancy {
        id: SettlementId(id(30)),
        kind: DiscrepancyKind::NotBooked,
        site: SiteId(id(5)),
        date: date(),
        activity: ActivityId(id(8)),
        child: Some(ChildId(id(7))),
        evidence: Hash32([3; 32]),
        decision,
        note: "a".into(),
    }
}

#[test]
fn operations_of_a_merge() {
    golden(
        &Body::BeginMerge {
            source: "a".into(),
            end: lost_at(),
            entries: 3,
        },
        "8418256161835001010101010101010101010101010101075820020202020202020202020202020202020202020202020202020202020202020203",
    );
    golden(
        &Body::NoteLost {
            lost: vec![LostEntry {
                at: lost_at(),
                operation: OperationId(id(2)),
                made_at: AT,
                received_at: AT,
                actor: Actor::Agent(AgentId(id(3))),
                channel: Channel::Desk,
                kind: "put_child".into(),
                fate: Fate::ToSettle,
                body: Some(Blob(vec![1])),
                why: "a".into(),
            }],
        },
        "5d8a6b44ca6e2e31ebdf8d4496ab58721b52470e3e9b17ad8411cb523e8e9f0b",
    );
    golden(
        &Body::SettleLost {
            lost: lost_at(),
            choice: Choice::Take,
            note: "a".into(),
        },
        "8418278350010101010101010101010101010101010758200202020202020202020202020202020202020202020202020202020202020202016161",
    );
}

#[test]
fn operations_on_incidents() {
    golden(
        &Body::PostIncident {
            post: IncidentPost {
                id: IncidentId(id(31)),
                published_at: AT,
                title: "a".into(),
                text: "b".into(),
                over: false,
            },
        },
        "82182885501f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1b000001a2076b440061616162f4",
    );
    golden(
        &Body::RemoveIncident {
            post: IncidentId(id(31)),
        },
        "821829501f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f",
    );
    golden(
        &Body::PutOutage {
            outage: OutageRecord {
                id: OutageId(id(32)),
                from: AT,
                until: None,
                site: Some(SiteId(id(5))),
                cause: OutageCause::Line,
                note: "a".into(),
            },
        },
        "82182d8650202020202020202020202020202020201b000001a2076b4400f65005050505050505050505050505050505026161",
    );
}

#[test]
fn operations_on_discrepancies() {
    let line = ReservationLine {
        id: ReservationId(id(20)),
        child: ChildId(id(7)),
        activity: ActivityId(id(8)),
        site: SiteId(id(5)),
        date: date(),
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    };
    let all = [
        Decision::Confirm,
        Decision::Correct {
            stated: Stated::Present {
                from: Some(AT),
                until: None,
            },
        },
        Decision::Correct {
            stated: Stated::Absent {
                reason: Reason::Illness,
            },
        },
        Decision::Justify {
            reason: Reason::Family,
        },
        Decision::Reserve { line },
        Decision::Attach {
            child: ChildId(id(9)),
        },
        Decision::Ignore,
    ];
    golden(
        &Body::SettleDiscrepancies {
            lines: all.map(settled).to_vec(),
        },
        "39113736440c6732d2992d5ef949b0be8ee388316eabbe18882ee56f4cf5dde7",
    );
    golden(
        &Body::UndoSettlements {
            settlements: vec![SettlementId(id(30))],
            reason: "a".into(),
        },
        "83182b81501e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e6161",
    );
    golden(
        &Body::WaiveSession {
            site: SiteId(id(5)),
            date: 739_943,
            activity: ActivityId(id(8)),
            reason: Some("a".into()),
        },
        "85182c50050505050505050505050505050505051a000b4a6750080808080808080808080808080808086161",
    );
}

#[test]
fn what_tablets_are_told_of_closed_parts() {
    golden(
        &ServiceState {
            capability: Capability::Attendance,
            state: Openness::ReadOnly,
            message: "a".into(),
        },
        "8301016161",
    );
}

/// A merged entry's hash covers when it was first received; any other's is as it was before there
/// were any.
#[test]
fn a_merged_entry_has_this_hash_for_ever() {
    let mut header = crate::journal::Header {
        version: crate::journal::ENTRY_VERSION,
        branch: BranchId(id(1)),
        seq: 8,
        received_at: AT,
        operation: OperationId(id(2)),
        at: AT,
        actor: Actor::Host,
        channel: Channel::Command,
        kind: "put_child".into(),
        origin: Some(lost_at()),
        commitment: Hash32([4; 32]),
        seen: None,
        first_received_at: Some(AT.plus_ms(-1)),
    };
    let hash = crate::journal::entry_hash(&Hash32::ZERO, &header).hex();
    assert_eq!(
        hash,
        "2cb4cc74f8e4e85644e513046d5a95b526940ae3976bf7ac925294c0d256e733"
    );
    header.first_received_at = None;
    assert_ne!(crate::journal::entry_hash(&Hash32::ZERO, &header).hex(), hash);
}
