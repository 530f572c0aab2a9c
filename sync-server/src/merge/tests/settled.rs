//! What somebody takes over finds its place, and ordinary forms undo it.

use shared::codec::Hash32;
use shared::ids::{ActivityId, ChildId, SettlementId, SiteId};
use shared::operation::{Body, Choice, Decision, DiscrepancyKind, SettledDiscrepancy};

use super::ground::{Town, date, id, line, reserve};

fn decide(n: u128, decision: Decision) -> Body {
    Body::SettleDiscrepancies {
        lines: vec![SettledDiscrepancy {
            id: SettlementId(id(n)),
            kind: DiscrepancyKind::NotBooked,
            site: SiteId(id(21)),
            date: date(24),
            activity: ActivityId(id(42)),
            child: Some(ChildId(id(61))),
            evidence: Hash32([4; 32]),
            decision,
            note: "vu".into(),
        }],
    }
}

#[test]
fn a_discrepancy_decided_on_both_lines_waits_for_a_person() {
    let lost = Town::new();
    let live = lost.cut();
    lost.does(decide(
        5_001,
        Decision::Reserve {
            line: line(1, 1, 2, 24),
        },
    ));
    live.does(decide(5_002, Decision::Ignore));
    let report = live.merges(&lost.lost());
    assert_eq!(report.to_settle, 1);
    let open = live.open();
    assert_eq!(open[0].title, "Écarts de pointage");
    assert_eq!(open[0].fields[0].found.as_deref(), Some("réservation faite"));
    assert_eq!(open[0].fields[0].here.as_deref(), Some("laissé ainsi"));
    live.settles(open[0].at, Choice::Take).expect("a decision");
    assert_eq!(
        live.number("select count(*) from settlement where undone_seq is null"),
        1
    );
    assert_eq!(
        live.number("select count(*) from reservation where cancelled_at is null"),
        1
    );
    // As any decision, it is taken back.
    live.does(Body::UndoSettlements {
        settlements: vec![SettlementId(id(5_001))],
        reason: "erreur".into(),
    });
    assert_eq!(
        live.number("select count(*) from reservation where cancelled_at is null"),
        0
    );
}

#[test]
fn the_same_decision_on_both_lines_is_there_already() {
    let lost = Town::new();
    let live = lost.cut();
    lost.does(decide(5_001, Decision::Confirm));
    live.does(decide(5_002, Decision::Confirm));
    assert_eq!(live.merges(&lost.lost()).already_there, 1);
}

#[test]
fn what_stood_here_under_the_same_number_is_taken_under_another() {
    let lost = Town::new();
    let live = lost.cut();
    lost.does(reserve(vec![line(1, 1, 2, 24)]));
    live.does(reserve(vec![line(1, 1, 2, 24)]));
    live.does(super::ground::cancel(1));
    let report = live.merges(&lost.lost());
    assert_eq!(report.to_settle, 1);
    live.settles(live.open()[0].at, Choice::Take).expect("a decision");
    assert_eq!(
        live.number("select count(*) from reservation where cancelled_at is null"),
        1
    );
    // The whole record reads back the same.
    let copy = live.copy();
    assert!(live.dump() == copy.dump());
}

#[test]
fn what_follows_something_open_may_be_taken_in_order() {
    let lost = Town::new();
    let live = lost.cut();
    for word in ["un", "deux"] {
        lost.does(super::ground::household(1, word));
    }
    live.does(super::ground::household(1, "ici"));
    live.merges(&lost.lost());
    for _ in 0..2 {
        let open = live.open();
        live.settles(open[0].at, Choice::Take).expect("a decision");
    }
    let address = super::ground::one(&live, "select email from guardian order by id");
    assert_eq!(address, crate::store::Value::Text("deux".into()));
    // A longer part of the same history follows what was decided: a person decided today.
    lost.does(super::ground::household(1, "trois"));
    assert_eq!(live.merges(&lost.lost()).to_settle, 1);
}
