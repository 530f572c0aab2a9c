use shared::operation::{Actor, Body, Channel, Choice, Fate};

use super::ground::{Town, activity, cancel, formula, id, line, reserve};
use crate::store::Row;

fn parted() -> (Town, Town) {
    let lost = Town::new();
    let live = lost.cut();
    (live, lost)
}

/// The children whose reservation stands, by number.
fn standing(town: &Town) -> Vec<Row> {
    town.rows("select child, activity, date, formula from reservation where cancelled_at is null order by child, activity, date")
}

#[test]
fn the_last_place_given_twice_waits_for_a_person() {
    let (live, lost) = parted();
    // Two places: one child came before on both lines, then each line gave the last one.
    lost.does(reserve(vec![line(1, 1, 1, 24), line(2, 2, 1, 24)]));
    live.does(reserve(vec![line(3, 3, 1, 24), line(4, 4, 1, 24)]));
    let report = live.merges(&lost.lost());
    assert_eq!((report.to_settle, report.applied), (1, 0));
    assert_eq!(report.lines[0].why, "Il n’y a plus de place : 2 au plus.");
    assert_eq!(standing(&live).len(), 2);
    let open = live.open();
    assert_eq!(open[0].fields.len(), 2);
    assert_eq!(open[0].title, "2 réservations");
    assert_eq!(
        open[0].fields[0].name,
        "Léa Martin, Activité 1, Accueil 1, 24/11/2026"
    );
    assert_eq!(
        (open[0].fields[0].found.as_deref(), &open[0].fields[0].here),
        (Some("réservée"), &None)
    );
    // Somebody lets them in all the same; an ordinary cancellation undoes it.
    live.settles(open[0].at, Choice::Take).expect("a decision");
    assert_eq!(standing(&live).len(), 4);
    live.does(cancel(1));
    live.does(cancel(2));
    assert_eq!(standing(&live).len(), 2);
}

#[test]
fn twenty_reservations_with_one_clash_are_written_but_for_that_one() {
    let (live, lost) = parted();
    lost.does(activity(2, None));
    let lines: Vec<_> = (1..=20).map(|n| line(u128::from(n), 1, 2, n + 5)).collect();
    lost.does(reserve(lines));
    let at = lost.head();
    let mut clash = line(99, 1, 2, 15);
    clash.formula = Some(formula(20));
    live.does(reserve(vec![clash]));
    let report = live.merges(&lost.lost());
    assert_eq!((report.to_settle, report.already_there), (1, 1));
    assert_eq!(standing(&live).len(), 20);
    let resolved = live
        .commune
        .store
        .read(|tx| crate::merge::resolve(tx, &at))
        .expect("an answer")
        .expect("it is known");
    assert_eq!(resolved.fate, Fate::ToSettle);
    assert!(resolved.entry.is_some(), "a part of it is written");
    let open = live.open();
    assert_eq!((open.len(), open[0].fields.len()), (1, 1));
    assert_eq!(open[0].fields[0].here.as_deref(), Some("réservée, Formule 20"));
    live.settles(open[0].at, Choice::Take).expect("a decision");
    assert_eq!(standing(&live).len(), 20, "what clashed gave way");
    assert!(standing(&live).iter().all(|row| row.is_null(3)));
    live.is_sound();
}

#[test]
fn places_are_counted_within_one_operation_too() {
    let (live, lost) = parted();
    lost.does(reserve(vec![
        line(1, 1, 1, 24),
        line(2, 2, 1, 24),
        line(3, 3, 1, 24),
    ]));
    let report = live.merges(&lost.lost());
    assert_eq!(report.to_settle, 1);
    assert_eq!(standing(&live).len(), 2);
}

#[test]
fn a_reservation_that_both_lines_made_is_there_already() {
    let (live, lost) = parted();
    lost.does(reserve(vec![line(1, 1, 1, 24)]));
    live.does(reserve(vec![line(2, 1, 1, 24)]));
    assert_eq!(live.merges(&lost.lost()).already_there, 1);
    // What came of it on the lost line: somebody made it anew here, and decides.
    lost.does(cancel(1));
    let report = live.merges(&lost.lost());
    assert_eq!((report.already_there, report.to_settle), (1, 1));
    let open = live.open();
    assert_eq!(open[0].fields[0].found.as_deref(), Some("annulée"));
    live.settles(open[0].at, Choice::Take).expect("a decision");
    assert!(standing(&live).is_empty());
}

#[test]
fn a_reservation_cancelled_on_one_side_is_cancelled() {
    let lost = Town::new();
    lost.does(reserve(vec![line(1, 1, 1, 24), line(2, 2, 1, 24)]));
    let live = lost.cut();
    lost.does(cancel(1));
    live.does(cancel(2));
    lost.does(cancel(2));
    let report = live.merges(&lost.lost());
    assert_eq!((report.applied, report.already_there), (1, 1));
    assert!(standing(&live).is_empty());
}

#[test]
fn a_reservation_cancelled_here_is_not_made_again_by_itself() {
    let lost = Town::new();
    lost.does(reserve(vec![line(1, 1, 1, 24)]));
    let live = lost.cut();
    // The lost line changed how it is taken; here it was cancelled.
    lost.does(cancel(1));
    let mut other = line(2, 1, 1, 24);
    other.formula = Some(formula(10));
    lost.does(reserve(vec![other]));
    live.does(cancel(1));
    let report = live.merges(&lost.lost());
    assert_eq!((report.already_there, report.to_settle), (1, 1));
    assert!(
        report.lines[1].why.starts_with("Annulée ici le 23/11/2026"),
        "{}",
        report.lines[1].why
    );
    assert!(standing(&live).is_empty());
    live.settles(live.open()[0].at, Choice::Take).expect("a decision");
    assert_eq!(standing(&live).len(), 1);
}

#[test]
fn a_reservation_that_came_and_went_bothers_nobody() {
    let (live, lost) = parted();
    lost.does(reserve(vec![line(1, 1, 1, 24)]));
    lost.does(cancel(1));
    live.does(reserve(vec![line(3, 3, 1, 24), line(4, 4, 1, 24)]));
    let report = live.merges(&lost.lost());
    assert_eq!((report.already_there, report.to_settle), (2, 0), "{report:?}");
    assert_eq!(standing(&live).len(), 2);
}

#[test]
fn what_the_machine_took_back_from_older_proof_is_cancelled_as_it_was() {
    let (live, lost) = parted();
    lost.does(reserve(vec![line(1, 1, 1, 24)]));
    lost.does(cancel(1));
    live.by(Actor::System, Channel::Job, reserve(vec![line(2, 1, 1, 24)]))
        .expect("an operation");
    let report = live.merges(&lost.lost());
    assert_eq!((report.already_there, report.applied), (1, 1));
    assert!(standing(&live).is_empty());
}

#[test]
fn a_reservation_of_somebody_unknown_waits_and_can_only_be_kept_out() {
    let lost = Town::new();
    let live = Town::new();
    lost.does(super::ground::child(9, "Inès"));
    lost.does(reserve(vec![line(1, 9, 1, 24)]));
    let mut found = lost.lost();
    let nth = found.entries.len() - 2;
    found.entries.remove(nth);
    let report = live.merges(&found);
    let last = report.lines.last().expect("a line");
    assert_eq!(
        (last.fate, last.why.as_str()),
        (Fate::ToSettle, "Introuvable ici : cet enfant.")
    );
    let at = last.at;
    assert!(live.settles(at, Choice::Take).is_err());
    live.settles(at, Choice::Keep).expect("a decision");
}

#[test]
fn a_name_that_is_taken_here_is_said() {
    let (live, lost) = parted();
    let named = |n: u128| {
        let Body::PutService { mut service } = super::ground::service() else {
            unreachable!("a service")
        };
        service.id = shared::ids::ServiceId(id(n));
        service.slug = "etude".parse().expect("a slug");
        Body::PutService { service }
    };
    lost.does(named(901));
    lost.does(reserve(vec![line(1, 1, 2, 24)]));
    live.does(named(902));
    let report = live.merges(&lost.lost());
    assert_eq!((report.to_settle, report.applied), (1, 1));
    assert_eq!(
        report.lines[0].why,
        "« etude » est déjà pris. Choisissez un autre nom."
    );
}
