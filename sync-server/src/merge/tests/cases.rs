use shared::codec::Hash32;
use shared::ids::ReservationId;
use shared::operation::{Actor, Body, Channel, Choice, Fate, Settlement};
use shared::wire::Known;

use super::ground::{
    DAY, Town, all_marks, aside, cancel, child, formula, hands_in, household, id, line, mark, marks, one,
    reserve,
};
use crate::merge::{known_to, resolve};
use crate::store::Value;

/// Where a person's e-mail address stands.
const ADDRESS: &str = "select email from guardian order by id";

fn address(town: &Town) -> Value {
    one(town, ADDRESS)
}

/// A town, and the line of it that is lost: both have the same beginning.
fn parted() -> (Town, Town) {
    let lost = Town::new();
    let live = lost.cut();
    (live, lost)
}

#[test]
fn nothing_lost_is_nothing_written() {
    let (live, lost) = parted();
    let before = live.head();
    let report = live.merges(&lost.lost());
    assert_eq!((report.lost(), report.problems.len()), (0, 0));
    assert_eq!(report.fork, Some(lost.head()));
    assert_eq!(live.head(), before);
}

#[test]
fn what_only_the_lost_line_knew_is_written_as_it_was() {
    let (live, lost) = parted();
    lost.does(household(1, "nouvelle@ville.example"));
    lost.does(child(5, "Ana"));
    lost.does(reserve(vec![line(1, 5, 1, 24)]));
    hands_in(&lost, &[1, 2]);
    live.does(household(2, "autre@ville.example"));
    let report = live.merges(&lost.lost());
    assert_eq!((report.applied, report.lost()), (4, 4));
    assert_eq!(address(&live), address(&lost));
    assert_eq!(all_marks(&live), all_marks(&lost));
    // Each under its own id, with where it stood and when it had been received.
    let merged: Vec<_> = live
        .entries()
        .into_iter()
        .filter(|(entry, _)| entry.header.origin.is_some())
        .collect();
    assert_eq!(merged.len(), 4);
    for ((entry, _), (was, hash)) in merged.iter().zip(&lost.entries()[lost.entries().len() - 4..]) {
        assert_eq!(entry.header.operation, was.header.operation);
        assert_eq!(entry.header.at, was.header.at);
        assert_eq!(entry.header.judged_at(), was.header.received_at);
        assert_eq!(entry.header.origin.map(|at| at.hash), Some(*hash));
    }
    let again = live.merges(&lost.lost());
    assert_eq!((again.applied, again.already_there, again.earlier), (0, 4, 4));
}

#[test]
fn twice_equals_once() {
    let (live, lost) = parted();
    lost.does(household(1, "perdue@ville.example"));
    live.does(household(1, "ici@ville.example"));
    lost.does(reserve(vec![line(1, 1, 1, 24)]));
    lost.does(Body::AgentLoggedIn {
        agent: shared::ids::AgentId(id(71)),
    });
    let first = live.merges(&lost.lost());
    assert_eq!((first.applied, first.to_settle, first.listed), (1, 1, 1));
    let (head, dump) = (live.head(), live.dump());
    let second = live.merges(&lost.lost());
    assert_eq!(live.head(), head, "the second run writes nothing");
    assert!(live.dump() == dump);
    assert_eq!(
        (
            second.applied,
            second.already_there,
            second.to_settle,
            second.listed,
            second.earlier
        ),
        (0, 1, 1, 1, 3)
    );
}

#[test]
fn an_address_changed_on_both_lines_waits_for_a_person() {
    for (choice, found) in [
        (Choice::Keep, "ici@ville.example"),
        (Choice::Take, "perdue@ville.example"),
    ] {
        let (live, lost) = parted();
        lost.does(household(1, "perdue@ville.example"));
        live.does(household(1, "ici@ville.example"));
        let report = live.merges(&lost.lost());
        assert_eq!(report.to_settle, 1);
        assert!(
            report.lines[0]
                .why
                .starts_with("Modifié ici aussi, le 23/11/2026"),
            "{}",
            report.lines[0].why
        );
        assert_eq!(address(&live), Value::Text("ici@ville.example".into()));
        let open = live.open();
        assert_eq!(open[0].title, "Foyer Foyer 1");
        assert_eq!(open[0].fields.len(), 1);
        assert_eq!(open[0].fields[0].name, "Adresses électroniques");
        assert_eq!(
            open[0].fields[0].found.as_deref(),
            Some("Anne : perdue@ville.example")
        );
        assert_eq!(
            open[0].fields[0].here.as_deref(),
            Some("Anne : ici@ville.example")
        );
        live.settles(open[0].at, choice).expect("a decision");
        assert_eq!(address(&live), Value::Text(found.into()));
        assert!(live.open().is_empty());
        assert!(live.settles(open[0].at, choice).is_err(), "it is settled once");
        // The ordinary form writes over it again.
        live.does(household(1, "encore@ville.example"));
        assert_eq!(address(&live), Value::Text("encore@ville.example".into()));
        assert_eq!(live.merges(&lost.lost()).already_there, 1);
    }
}

#[test]
fn the_same_change_on_both_lines_is_there_already() {
    let (live, lost) = parted();
    lost.does(household(1, "la-meme@ville.example"));
    live.does(household(1, "la-meme@ville.example"));
    assert_eq!(live.merges(&lost.lost()).already_there, 1);
}

#[test]
fn later_changes_of_one_subject_follow_the_first() {
    let (live, lost) = parted();
    lost.does(household(1, "un@ville.example"));
    lost.does(household(1, "deux@ville.example"));
    live.does(household(1, "ici@ville.example"));
    lost.does(household(2, "libre@ville.example"));
    let report = live.merges(&lost.lost());
    assert_eq!((report.to_settle, report.applied), (2, 1));
    let open = live.open();
    assert_eq!((open[0].after, open[1].after), (None, Some(open[0].at)));
    // What comes of a longer part of the same history follows it too.
    lost.does(household(1, "trois@ville.example"));
    assert_eq!(live.merges(&lost.lost()).to_settle, 3);
}

#[test]
fn what_the_lost_line_made_is_changed_by_it_alone() {
    let (live, lost) = parted();
    for word in ["un", "deux", "trois"] {
        lost.does(household(1, word));
    }
    assert_eq!(live.merges(&lost.lost()).applied, 3);
    assert_eq!(address(&live), Value::Text("trois".into()));
    // Then somebody works on it, and more of the same history is found.
    live.does(household(1, "ici"));
    lost.does(household(1, "quatre"));
    assert_eq!(live.merges(&lost.lost()).to_settle, 1);
    assert_eq!(address(&live), Value::Text("ici".into()));
}

#[test]
fn marks_are_a_union() {
    let (live, lost) = parted();
    hands_in(&lost, &[1, 2, 3]);
    hands_in(&lost, &[4]);
    hands_in(&live, &[3, 4, 5]);
    let report = live.merges(&lost.lost());
    assert_eq!((report.applied, report.already_there), (1, 1));
    assert_eq!(all_marks(&live).len(), 5);
}

#[test]
fn withdrawals_and_payloads_are_a_union() {
    let (live, lost) = parted();
    let gone = |town: &Town, n: u128| {
        let one = shared::withdrawal::Withdrawal::sign(
            shared::withdrawal::Withdrawn::Device,
            id(n),
            super::ground::START,
            &town.commune.keys.signing,
        );
        Body::Withdraw {
            withdrawal: shared::codec::Blob(shared::codec::encode(&one)),
        }
    };
    lost.does(gone(&lost, 1));
    lost.does(gone(&lost, 2));
    live.does(gone(&live, 1));
    lost.does(aside(1));
    lost.does(aside(2));
    live.does(aside(2));
    let forged = shared::withdrawal::Withdrawal::sign(
        shared::withdrawal::Withdrawn::Agent,
        id(71),
        super::ground::START,
        &shared::sign::SigningKey::from_seed(&[9; 32]),
    );
    lost.does(Body::Withdraw {
        withdrawal: shared::codec::Blob(shared::codec::encode(&forged)),
    });
    let report = live.merges(&lost.lost());
    assert_eq!((report.applied, report.already_there, report.listed), (2, 2, 1));
    assert_eq!(live.number("select count(*) from withdrawal"), 2);
    assert_eq!(live.number("select count(*) from quarantine"), 2);
}

#[test]
fn a_payload_settled_both_ways_waits_for_a_person() {
    let lost = Town::new();
    lost.does(aside(1));
    lost.does(aside(2));
    let live = lost.cut();
    let settle = |n: u8, taken: bool| Body::SettleQuarantine {
        hash: Hash32([n; 32]),
        settlement: if taken {
            Settlement::Taken { marks: vec![mark(9)] }
        } else {
            Settlement::Left
        },
    };
    lost.does(settle(1, true));
    lost.does(settle(2, false));
    live.does(settle(1, false));
    live.does(settle(2, false));
    let report = live.merges(&lost.lost());
    assert_eq!((report.to_settle, report.already_there), (1, 1));
    assert!(all_marks(&live).is_empty());
    live.settles(live.open()[0].at, Choice::Take).expect("a decision");
    assert_eq!(all_marks(&live).len(), 1);
    live.is_sound();
}

#[test]
fn an_unknown_child_attached_to_two_children_waits_for_a_person() {
    let (live, lost) = parted();
    let attach = |unknown: u128, child: u128| Body::AttachChild {
        unknown: shared::ids::ChildId(id(unknown)),
        child: shared::ids::ChildId(id(60 + child)),
    };
    lost.does(attach(7_001, 1));
    lost.does(attach(7_002, 1));
    lost.does(attach(7_003, 1));
    live.does(attach(7_001, 2));
    live.does(attach(7_002, 1));
    let report = live.merges(&lost.lost());
    assert_eq!(
        (report.to_settle, report.already_there, report.applied),
        (1, 1, 1)
    );
    let open = live.open();
    assert_eq!(open[0].fields[0].found.as_deref(), Some("Léa Martin"));
    assert_eq!(open[0].fields[0].here.as_deref(), Some("Tom Martin"));
    live.settles(open[0].at, Choice::Take).expect("a decision");
    let unknown = "select child from alias order by unknown_child";
    assert_eq!(one(&live, unknown), id(61).into());
}

#[test]
fn capabilities_and_log_ins_are_told_and_never_merged() {
    let (live, lost) = parted();
    lost.does(Body::SetCapability {
        capability: shared::operation::Capability::Payment,
        state: shared::operation::Openness::Closed,
        message: "fermé".into(),
    });
    lost.does(Body::IssueTabletCode {
        code: Hash32([3; 32]),
        sites: vec![shared::ids::SiteId(id(21))],
        expires_at: super::ground::START,
    });
    let report = live.merges(&lost.lost());
    assert_eq!(report.listed, 2);
    assert!(report.lines.iter().all(|line| !line.why.is_empty()));
    assert_eq!(live.number("select count(*) from capability"), 0);
    assert_eq!(live.number("select count(*) from tablet_code"), 0);
}

#[test]
fn an_old_receipt_names_what_became_of_its_entry() {
    let (live, lost) = parted();
    lost.does(household(1, "perdue"));
    let clash = lost.head();
    live.does(household(1, "ici"));
    hands_in(&lost, &[1]);
    let kept = lost.head();
    let lineage = |town: &Town| -> Vec<Known> {
        let (current, fork) = (
            town.head().branch,
            town.number("select fork_seq from branch where is_current = 1"),
        );
        let here = vec![
            Known {
                branch: lost.head().branch,
                seq: u64::try_from(fork).expect("a number"),
            },
            Known {
                branch: current,
                seq: town.head().seq,
            },
        ];
        town.commune
            .store
            .read(|tx| known_to(tx, current, here))
            .expect("a lineage")
    };
    let before = lineage(&live)[0].seq;
    assert!(before < kept.seq);
    live.merges(&lost.lost());
    let of = |at| live.commune.store.read(|tx| resolve(tx, &at)).expect("an answer");
    let open = of(clash).expect("it is known");
    assert_eq!(
        (open.fate, open.entry, open.settled_at),
        (Fate::ToSettle, None, None)
    );
    let merged = of(kept).expect("it is known");
    assert_eq!(merged.fate, Fate::Applied);
    let entry = merged.entry.expect("an entry");
    assert_eq!(of(entry).map(|one| one.fate), Some(Fate::AlreadyThere));
    let mut other = kept;
    other.hash = Hash32([0; 32]);
    assert_eq!(of(other), None);
    assert_eq!(
        lineage(&live)[0].seq,
        kept.seq,
        "the lost branch is known up to there"
    );
}

#[test]
fn a_hole_in_what_was_found_is_not_known() {
    let (live, lost) = parted();
    for n in 1..=5 {
        hands_in(&lost, &[n]);
    }
    let mut found = lost.lost();
    let hole = found.entries.len() - 3;
    found.entries.remove(hole);
    found.problems.push("Une opération est illisible.".into());
    let report = live.merges(&found);
    assert_eq!((report.applied, report.problems.len()), (4, 1));
    let here = vec![
        Known {
            branch: lost.head().branch,
            seq: report.fork.expect("a fork").seq,
        },
        Known {
            branch: live.head().branch,
            seq: live.head().seq,
        },
    ];
    let current = live.head().branch;
    let known = live
        .commune
        .store
        .read(|tx| known_to(tx, current, here.clone()))
        .expect("a lineage");
    assert_eq!(known, here);
    // The hole is found elsewhere.
    assert_eq!(live.merges(&lost.lost()).applied, 1);
    let known = live
        .commune
        .store
        .read(|tx| known_to(tx, current, here))
        .expect("a lineage");
    assert_eq!(known[0].seq, lost.head().seq);
}

#[test]
fn an_entry_that_was_tampered_with_is_left_out_and_told() {
    let (live, lost) = parted();
    hands_in(&lost, &[1]);
    hands_in(&lost, &[2]);
    let mut found = lost.lost();
    let last = found.entries.len() - 1;
    found.entries[last].0.outcome = vec![0x81, 0];
    let report = live.merges(&found);
    assert_eq!((report.applied, report.problems.len()), (1, 1));
    assert_eq!(all_marks(&live).len(), 1);
}

#[test]
fn a_town_that_was_rebuilt_has_no_entry_in_common_with_what_is_found() {
    let lost = Town::new();
    lost.does(household(1, "perdue"));
    hands_in(&lost, &[1, 2]);
    let live = Town::new();
    let report = live.merges(&lost.lost());
    assert_eq!(report.fork, None);
    // Its founding is told; what both made alike is there; what a person here made otherwise waits.
    assert_eq!(report.listed, 1);
    assert!(report.already_there >= 13, "{report:?}");
    assert_eq!(all_marks(&live).len(), 2);
    assert_eq!(report.by_kind["put_household"].to_settle, 1);
}

#[test]
fn what_a_merge_of_then_had_brought_counts_by_its_operation() {
    // The lost server had merged another history, which is merged here too.
    let first = Town::new();
    let second = first.cut();
    let live = first.cut();
    hands_in(&first, &[1, 2]);
    first.does(reserve(vec![line(1, 1, 1, 24)]));
    second.merges(&first.lost());
    hands_in(&second, &[3]);
    live.merges(&first.lost());
    let report = live.merges(&second.lost());
    assert_eq!((report.applied, report.already_there, report.listed), (1, 2, 1));
    assert_eq!(all_marks(&live).len(), 3);
}

#[test]
fn what_the_machine_wrote_gives_way_to_what_is_found() {
    let (live, lost) = parted();
    lost.does(household(1, "retrouvee"));
    live.by(Actor::System, Channel::Job, household(1, "de la liste"))
        .expect("an operation");
    assert_eq!(live.merges(&lost.lost()).applied, 1);
    assert_eq!(address(&live), Value::Text("retrouvee".into()));
}

#[test]
fn the_last_administrator_stays_whatever_is_found() {
    let (live, lost) = parted();
    let lower = super::ground::agent(1, "Camille", shared::operation::Role::Lecture);
    lost.does(lower);
    let report = live.merges(&lost.lost());
    assert_eq!(report.to_settle, 1);
    assert!(
        live.settles(live.open()[0].at, Choice::Take).is_err(),
        "nobody would be left"
    );
    live.settles(live.open()[0].at, Choice::Keep).expect("a decision");
}

#[test]
fn a_day_on_which_everything_went_both_ways() {
    let (live, lost) = parted();
    lost.does(reserve(vec![line(1, 1, 2, 24), line(2, 2, 2, 24)]));
    lost.does(cancel(1));
    let mut other = line(3, 2, 2, 24);
    other.formula = Some(formula(20));
    live.does(reserve(vec![other]));
    let report = live.merges(&lost.lost());
    assert_eq!((report.applied, report.to_settle), (1, 1), "{report:?}");
    let standing = live.rows("select id from reservation where cancelled_at is null");
    assert_eq!(standing.len(), 1);
    assert_eq!(standing[0].uuid(0).ok(), Some(ReservationId(id(1_003)).0));
    assert_eq!(DAY, 739_943);
    drop(marks(&[]));
}
