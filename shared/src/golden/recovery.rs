//! What is written of a return from a loss.

use super::{AT, date, golden, id, key};
use crate::codec::{Blob, Hash32, encode};
use crate::envelope::{Header, Scope};
use crate::ids::{ActivityId, BranchId, ChildId, DeviceId, ReservationId, SiteId};
use crate::operation::{Body, Capability, Cause, Openness, Outcome, ReservationLine, TakenBack};
use crate::wire::Known;
use crate::withdrawal::{Subject, Withdrawn};

fn line() -> ReservationLine {
    ReservationLine {
        id: ReservationId(id(20)),
        child: ChildId(id(7)),
        activity: ActivityId(id(8)),
        site: SiteId(id(5)),
        date: date(),
        formula: None,
        group: None,
        sitting: Some(1),
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    }
}

#[test]
fn operations_of_a_recovery() {
    let device = DeviceId(id(3));
    for (body, expected) in [
        (
            Body::BeginRecovery {
                cause: Cause::Restored,
                source: "s3".into(),
                restored_to: Some(AT),
                withdrawals_read: true,
            },
            "85181d006273331b000001a2076b4400f5",
        ),
        (
            Body::SetCapability {
                capability: Capability::Reservation,
                state: Openness::Closed,
                message: "a".into(),
            },
            "84181e02026161",
        ),
        (
            Body::ReceiveEnvelopes {
                device,
                envelopes: vec![Blob(vec![1, 2])],
            },
            "83181f500303030303030303030303030303030381420102",
        ),
        (
            Body::TakeBackReservations {
                lines: vec![
                    TakenBack::Made {
                        line: line(),
                        proof: Hash32([1; 32]),
                    },
                    TakenBack::Cancelled {
                        reservation: ReservationId(id(21)),
                        proof: Hash32([1; 32]),
                    },
                    TakenBack::Changed {
                        reservation: ReservationId(id(22)),
                        line: line(),
                        proof: Hash32([2; 32]),
                    },
                ],
            },
            "241ae32c8f1bdd77cd54d9f6ef654f738c2a291d4db8330fb3510be002f0b766",
        ),
        (
            Body::ConfirmAfterLoss {
                kind: Withdrawn::Device,
                subject: Subject(id(3).into_bytes()),
            },
            "831821005003030303030303030303030303030303",
        ),
        (
            Body::WaiveDevice {
                device,
                reason: "a".into(),
            },
            "83182250030303030303030303030303030303036161",
        ),
        (
            Body::SignOffRecovery {
                branch: BranchId(id(1)),
                note: "a".into(),
            },
            "83182350010101010101010101010101010101016161",
        ),
        (
            Body::RenameCommune {
                name: "A".into(),
                zone: "b".into(),
                label: "c".into(),
            },
            "841824614161626163",
        ),
    ] {
        golden(&body, expected);
    }
    golden(
        &Outcome::Envelopes {
            stored: 1,
            already: 2,
        },
        "83040102",
    );
}

#[test]
fn what_is_asked_back() {
    let header = Header {
        scope: Scope::Roster,
        branch: BranchId(id(1)),
        seq: 7,
        hash: Hash32([6; 32]),
    };
    golden(
        &vec![header],
        "8184810250010101010101010101010101010101010758200606060606060606060606060606060606060606060606060606060606060606",
    );
    let known = Known {
        branch: BranchId(id(1)),
        seq: 7,
    };
    golden(&vec![known], "8182500101010101010101010101010101010107");
}

/// Fields that were added are not there while they say nothing.
#[test]
fn envelopes_are_kept_as_they_came() {
    let list = crate::day_list::Roster { children: Vec::new() };
    let envelope = crate::envelope::Envelope::seal(Scope::Roster, BranchId(id(1)), 7, &list, &key());
    golden(
        &envelope,
        "8701e7ed7a71e2937b29f0ed097e0742c039dd2cbbaf24f38cdede704505bfed",
    );
    assert_eq!(Blob(encode(&envelope)).0, encode(&envelope));
}
