//! A day list whose signature does not hold. The tablet keeps the one it has, says so, and gets
//! the right one at the next exchange; taps go on all the while.

use shared::codec::decode;
use shared::envelope::Scope;
use shared::wire::SyncResponse;
use system_tests::town::MONDAY;
use system_tests::{Proxy, Tablet, Town, Trouble};

/// Where the content of Monday's list begins in an answer, and how long it is.
fn monday_in(answer: &[u8]) -> (usize, usize) {
    let response: SyncResponse = decode(answer).expect("an answer of this protocol");
    let is_monday = |scope: Scope| matches!(scope, Scope::DayList { date, .. } if date.to_string() == MONDAY);
    let envelope = response
        .envelopes
        .iter()
        .find(|e| is_monday(e.header.scope))
        .expect("Monday's list");
    let packed = &envelope.packed.0;
    let at = answer
        .windows(packed.len())
        .position(|window| window == &packed[..])
        .expect("as it was sent");
    (at, packed.len())
}

/// A tablet that is enrolled and has no list yet, and the answer that would have brought them.
fn without_lists(town: &Town, line: &Proxy) -> (Tablet, Vec<u8>) {
    let tablet = town.blank_tablet("a");
    line.next(Trouble::None);
    line.next(Trouble::LoseAnswer);
    tablet.enrol(&line.url(), &town.code(&["jules-ferry"])).done();
    let answer = line.take_seen().pop().expect("the answer that was lost").down;
    (tablet, answer)
}

#[test]
fn a_list_with_a_broken_signature_is_refused_and_fetched_again() {
    let town = Town::new();
    let server = town.server();
    let line = Proxy::to(server.address());
    let honest = town.tablet("honest", &server.url(), &["jules-ferry"]);
    let (tablet, answer) = without_lists(&town, &line);
    let (at, length) = monday_in(&answer);

    line.next(Trouble::DamageDown(vec![(at + length / 2, 0x10)]));
    let said = tablet.run(&["sync"]);
    let sentence = said.stopped(2);
    assert!(
        sentence.contains("signée") && sentence.contains("23"),
        "which list, and why: {sentence}"
    );
    let proposed = tablet.list(MONDAY);
    assert!(
        proposed.iter().all(|row| row["confirmed"] == false),
        "at most the last Monday's is proposed"
    );
    assert!(
        tablet.list("2026-11-24") == honest.list("2026-11-24"),
        "the rest was taken"
    );

    tablet.sync();
    assert!(
        tablet.list(MONDAY) == honest.list(MONDAY),
        "the next exchange brings it"
    );
}

#[test]
fn a_broken_list_does_not_hold_up_the_taps_nor_replace_the_list_held() {
    let town = Town::new();
    let mut server = town.server();
    let line = Proxy::to(server.address());
    let mut tablet = town.tablet("a", &line.url(), &["jules-ferry"]);
    line.take_seen();

    // A day later the tablet is owed one more day; the line breaks the signature of that list.
    server.stop();
    server.restart_at("2026-11-24T07:00:00+01:00");
    tablet.clock("2026-11-24T07:30:00+01:00");
    line.next(Trouble::LoseAnswer);
    tablet.run(&["sync"]).stopped(3);
    let answer = line.take_seen().pop().expect("the answer that was lost").down;
    let response: SyncResponse = decode(&answer).expect("an answer of this protocol");
    let packed = &response
        .envelopes
        .first()
        .expect("the list of one more day")
        .packed
        .0;
    let at = answer
        .windows(packed.len())
        .position(|window| window == &packed[..])
        .expect("as it was sent");
    let child = tablet.expected("2026-11-24", "cantine").remove(0);
    let own = tablet.in_(&child, "cantine");
    line.next(Trouble::DamageDown(vec![(at + 40, 0x01)]));
    let said = tablet.run(&["sync"]);
    assert!(matches!(said.code, Some(2)), "{said:#?}");
    assert!(tablet.list(MONDAY).iter().all(|row| row["confirmed"] == true));
    tablet.undo(&own);
    let synced = tablet.sync();
    assert_eq!(synced["quarantined"], 0);
    assert_eq!(tablet.status()["pending"], 0);
    assert_eq!(town.verified_marks(), 2);
}
