//! What is written of a return from a loss, what is refused, and the same again from the journal.

use chrono::NaiveDate;
use shared::codec::{Blob, Hash32, Minute, encode};
use shared::day_list::Roster;
use shared::envelope::{Envelope, Scope};
use shared::ids::{ActivityId, BranchId, ChildId, DeviceId, ReservationId, ServiceId, SiteId};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, Body, Capability, Cause, ChildRecord, Openness, Operation, Outcome, Refusal,
    ReservationLine, ServiceRecord, SiteRecord, TakenBack,
};
use shared::withdrawal::{Subject, Withdrawal, Withdrawn};
use uuid::Uuid;

use super::replayed::{entries, replay};
use super::{Town, dump, town};
use crate::corridor::CorridorError;

const SITE: SiteId = SiteId(Uuid::from_u128(0x51));
const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(0xa1));
const LEA: ChildId = ChildId(Uuid::from_u128(0xc1));
const NOBODY: ChildId = ChildId(Uuid::from_u128(0xcf));
const TABLET: DeviceId = DeviceId(Uuid::from_u128(0xd1));
const AGENT: [u8; 16] = [7; 16];

fn line(id: u128, child: ChildId) -> ReservationLine {
    ReservationLine {
        id: ReservationId(Uuid::from_u128(id)),
        child,
        activity: CANTEEN,
        site: SITE,
        date: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    }
}

impl Town {
    fn does(&self, body: Body) -> Outcome {
        let applied = self.commune.submit(self.operation(body));
        applied.expect("it is taken").outcome
    }

    fn sees(&self, seen: i64, body: Body) -> Result<Outcome, CorridorError> {
        let operation = Operation {
            seen: Some(seen),
            ..self.operation(body)
        };
        self.commune.submit(operation).map(|applied| applied.outcome)
    }

    /// Refused, and nothing happened.
    #[track_caller]
    fn refuses(&self, body: Body) -> Refusal {
        let before = self.dump();
        let Err(CorridorError::Refused(refusal)) = self.commune.submit(self.operation(body)) else {
            panic!("it was not refused");
        };
        assert!(before == self.dump(), "nothing changes");
        refusal
    }

    fn standing(&self) -> Vec<ChildId> {
        let sql = "select child from reservation where cancelled_at is null order by child";
        let rows = self.commune.store.read(|tx| tx.query(sql, &[])).unwrap();
        rows.iter().map(|row| ChildId(row.uuid(0).unwrap())).collect()
    }
}

fn begin(withdrawals_read: bool) -> Body {
    Body::BeginRecovery {
        cause: Cause::Restored,
        source: "essai".into(),
        restored_to: None,
        withdrawals_read,
    }
}

/// A child with a reservation, a tablet, and a return from a loss with one piece of proof.
fn after_a_loss() -> (Town, Hash32) {
    let town = town();
    let code = Hash32([9; 32]);
    let expires_at = town.commune.clock.now().plus_ms(60_000);
    for body in [
        Body::PutSite {
            site: SiteRecord {
                id: SITE,
                slug: "jaures".parse().unwrap(),
                name: "École Jaurès".into(),
                school: None,
                phone: None,
                retired: false,
                nursery: false,
            },
        },
        Body::PutService {
            service: ServiceRecord {
                id: ServiceId(Uuid::from_u128(0x5e)),
                slug: "restauration".parse().unwrap(),
                name: "Restauration".into(),
                retired: false,
            },
        },
        Body::PutActivity {
            activity: ActivityRecord {
                id: CANTEEN,
                slug: "cantine".parse().unwrap(),
                name: "Cantine".into(),
                service: ServiceId(Uuid::from_u128(0x5e)),
                mode: Mode::Presence,
                weekdays: 0b1_1011,
                opens: Minute::new(11, 30),
                closes: Minute::new(13, 30),
                sites: vec![SITE],
                formulas: Vec::new(),
                retired: false,
                capacity: None,
            },
        },
        Body::PutChild {
            child: ChildRecord {
                id: LEA,
                first_name: "Léa".into(),
                last_name: "Martin".into(),
                born: NaiveDate::from_ymd_opt(2018, 5, 4).unwrap(),
                school: None,
                class: None,
                households: Vec::new(),
                badges: Vec::new(),
                must_know: None,
                phone: None,
                symbol: None,
                health: None,
                reference: None,
                left_on: None,
            },
        },
        Body::Reserve {
            lines: vec![line(1, LEA)],
        },
        Body::IssueTabletCode {
            code,
            sites: vec![SITE],
            expires_at,
        },
        Body::EnrolDevice {
            code,
            device: TABLET,
            key: [1; 32],
            name: "Cantine 1".into(),
        },
        begin(false),
    ] {
        town.does(body);
    }
    let roster = Roster { children: Vec::new() };
    let key = &town.commune.keys.signing;
    let envelope = Envelope::seal(Scope::Roster, BranchId(Uuid::from_u128(5)), 900, &roster, key);
    town.does(Body::ReceiveEnvelopes {
        device: TABLET,
        envelopes: vec![Blob(encode(&envelope)), Blob(encode(&envelope))],
    });
    (town, envelope.header.hash)
}

fn capability(state: Openness, message: &str) -> Body {
    Body::SetCapability {
        capability: Capability::Reservation,
        state,
        message: message.into(),
    }
}

fn confirm(kind: Withdrawn, subject: [u8; 16]) -> Body {
    Body::ConfirmAfterLoss {
        kind,
        subject: Subject(subject),
    }
}

#[test]
fn a_return_from_a_loss_is_the_same_after_a_replay() {
    let (town, proof) = after_a_loss();
    let branch = town.commune.branch().unwrap();
    let made = ReservationLine {
        sitting: Some(2),
        ..line(2, LEA)
    };
    town.does(Body::TakeBackReservations {
        lines: vec![TakenBack::Changed {
            reservation: ReservationId(Uuid::from_u128(1)),
            line: made,
            proof,
        }],
    });
    assert_eq!(town.standing(), [LEA]);
    town.does(confirm(Withdrawn::Agent, AGENT));
    town.does(Body::WaiveDevice {
        device: TABLET,
        reason: "Écran cassé".into(),
    });
    town.does(Body::RenameCommune {
        name: "Ville Nouvelle".into(),
        zone: "Indian/Reunion".into(),
        label: "mairie".into(),
    });
    let seen = i64::try_from(town.commune.head().unwrap().seq).unwrap();
    assert!(town.sees(seen, capability(Openness::Open, "")).is_err());
    let recovery = town
        .commune
        .store
        .read(|tx| crate::returns::newest(tx))
        .unwrap()
        .unwrap();
    town.sees(recovery.version, capability(Openness::Open, ""))
        .unwrap();
    let sign = Body::SignOffRecovery {
        branch,
        note: "Vu".into(),
    };
    town.sees(recovery.version, sign).unwrap();
    let copy = replay(&town, entries(&town)).unwrap();
    for (original, copied) in town.dump().into_iter().zip(copy.read(dump).unwrap()) {
        assert!(original == copied, "table {} differs after a replay", original.0);
    }
}

#[test]
fn what_a_list_cannot_prove_or_the_record_does_not_have_is_refused() {
    let (town, proof) = after_a_loss();
    let take = |line| Body::TakeBackReservations { lines: vec![line] };
    let refused = town.refuses(take(TakenBack::Made {
        line: line(2, LEA),
        proof: Hash32([1; 32]),
    }));
    assert!(matches!(refused, Refusal::NotFound(what) if what.contains("prouve")));
    let lost = TakenBack::Made {
        line: line(2, NOBODY),
        proof,
    };
    assert_eq!(town.refuses(take(lost)), Refusal::NotFound("cet enfant"));
    let gone = TakenBack::Cancelled {
        reservation: ReservationId(Uuid::from_u128(77)),
        proof,
    };
    assert_eq!(town.refuses(take(gone)), Refusal::NotFound("cette réservation"));
    let other = TakenBack::Changed {
        reservation: ReservationId(Uuid::from_u128(1)),
        line: ReservationLine {
            date: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
            ..line(2, LEA)
        },
        proof,
    };
    assert!(matches!(town.refuses(take(other)), Refusal::Invalid(_)));
}

#[test]
fn a_reservation_that_ended_meanwhile_is_not_changed_back() {
    let (town, proof) = after_a_loss();
    let recovery = town.commune.store.read(|tx| crate::returns::newest(tx)).unwrap();
    town.sees(recovery.unwrap().version, capability(Openness::Open, ""))
        .unwrap();
    let one = ReservationId(Uuid::from_u128(1));
    town.does(Body::CancelReservations {
        reservations: vec![one],
    });
    let outcome = town.does(Body::TakeBackReservations {
        lines: vec![TakenBack::Changed {
            reservation: one,
            line: line(2, LEA),
            proof,
        }],
    });
    assert!(
        matches!(outcome, Outcome::Reserved { changed: 0, .. }),
        "{outcome:?}"
    );
    assert_eq!(town.standing(), []);
}

#[test]
fn closed_means_closed_until_somebody_who_saw_it_opens_it() {
    let (town, _) = after_a_loss();
    let reserve = Body::Reserve {
        lines: vec![line(3, LEA)],
    };
    assert!(matches!(town.refuses(reserve), Refusal::Closed(_)));
    assert!(matches!(
        town.refuses(capability(Openness::Open, "")),
        Refusal::Changed { .. }
    ));
    assert!(matches!(
        town.refuses(capability(Openness::Closed, "  ")),
        Refusal::Invalid(_)
    ));
    assert!(matches!(
        town.refuses(capability(Openness::Closed, &"a".repeat(2_001))),
        Refusal::Invalid(_)
    ));
}

#[test]
fn a_withdrawal_is_stronger_than_a_word_and_a_new_code_is_one() {
    let (town, _) = after_a_loss();
    let gone = Withdrawal::sign(
        Withdrawn::Agent,
        Uuid::from_bytes(AGENT),
        town.commune.clock.now(),
        &town.commune.keys.signing,
    );
    // A tablet carries it: the record never knew that agent.
    let body = Body::Withdraw {
        withdrawal: Blob(encode(&gone)),
    };
    let carried = town.commune.operation(
        shared::operation::Actor::System,
        shared::operation::Channel::Tablet,
        body,
    );
    town.commune.submit(carried).unwrap();
    assert_eq!(town.refuses(confirm(Withdrawn::Agent, AGENT)), Refusal::Withdrawn);

    let kept_out = |device: DeviceId| {
        town.commune
            .store
            .read(|tx| crate::returns::withheld(tx, Withdrawn::Device, *device.as_bytes()))
            .unwrap()
    };
    assert!(kept_out(TABLET), "it was there before");
    let (code, new) = (Hash32([10; 32]), DeviceId(Uuid::from_u128(0xd2)));
    let expires_at = town.commune.clock.now().plus_ms(60_000);
    town.does(Body::IssueTabletCode {
        code,
        sites: vec![SITE],
        expires_at,
    });
    town.does(Body::EnrolDevice {
        code,
        device: new,
        key: [2; 32],
        name: "Neuve".into(),
    });
    assert!(!kept_out(new), "its code was given after the loss");
}

#[test]
fn tablets_are_given_up_with_a_reason_and_reports_signed_by_who_read_them() {
    let (town, _) = after_a_loss();
    let waive = |device, reason: &str| Body::WaiveDevice {
        device,
        reason: reason.into(),
    };
    assert!(matches!(town.refuses(waive(TABLET, " ")), Refusal::Invalid(_)));
    let unknown = DeviceId(Uuid::from_u128(0xdd));
    assert_eq!(
        town.refuses(waive(unknown, "Perdue")),
        Refusal::NotFound("cette tablette")
    );
    town.does(waive(TABLET, "Perdue"));
    let at = town.commune.head().unwrap();
    town.does(waive(TABLET, "Perdue"));
    assert_eq!(town.commune.head().unwrap(), at, "twice is once");

    let sign = |branch| Body::SignOffRecovery {
        branch,
        note: "Vu".into(),
    };
    let branch = town.commune.branch().unwrap();
    assert!(matches!(town.refuses(sign(branch)), Refusal::Changed { .. }));
    assert!(matches!(
        town.refuses(sign(BranchId(Uuid::from_u128(99)))),
        Refusal::NotFound(_)
    ));
    town.does(begin(true));
    assert_eq!(town.commune.head().unwrap(), at, "a recovery begins once");
}
