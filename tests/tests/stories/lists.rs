//! A day list whose signature does not hold. The tablet keeps the one it has, says so, and gets
//! the right one at the next exchange; taps go on all the while.

use shared::codec::encode;
use shared::envelope::Scope;
use shared::wire::{SignedAnswer, SyncResponse};
use sync_server::keys::Keys;
use system_tests::device::response_in;
use system_tests::proxy::Seen;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Proxy, Tablet, Town, Trouble};

/// The answer of an exchange, harmed and signed again as only the town's own server could.
fn harmed(town: &Town, seen: &Seen, harm: impl FnOnce(&mut SyncResponse)) -> Trouble {
    let mut response = response_in(&seen.down);
    harm(&mut response);
    let slug = SLUG.parse().expect("a slug");
    let keys = Keys::load(&town.data().join("keys"), &slug).expect("the town's key");
    Trouble::Body(encode(&SignedAnswer::new(&seen.up, &response, &keys.signing)))
}

fn break_list_of(date: &'static str) -> impl FnOnce(&mut SyncResponse) {
    move |response| {
        let list = response
            .envelopes
            .iter_mut()
            .find(|e| matches!(e.header.scope, Scope::DayList { date: of, .. } if of.to_string() == date))
            .expect("the list of that date");
        let middle = list.packed.0.len() / 2;
        list.packed.0[middle] ^= 0x10;
    }
}

/// A tablet that is enrolled and has no list yet, and the exchange that would have brought them.
fn without_lists(town: &Town, line: &Proxy) -> (Tablet, Seen) {
    let tablet = town.blank_tablet("a");
    line.next(Trouble::None);
    line.next(Trouble::LoseAnswer);
    tablet.enrol(&line.url(), &town.code(&["jules-ferry"])).done();
    let lost = line
        .take_seen()
        .pop()
        .expect("the exchange whose answer was lost");
    (tablet, lost)
}

#[test]
fn a_list_with_a_broken_signature_is_refused_and_fetched_again() {
    let town = Town::new();
    let server = town.server();
    let line = Proxy::to(server.address());
    let honest = town.tablet("honest", &server.url(), &["jules-ferry"]);
    let (tablet, lost) = without_lists(&town, &line);

    line.next(harmed(&town, &lost, break_list_of(MONDAY)));
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
    let child = tablet.expected("2026-11-24", "cantine").remove(0);
    let own = tablet.in_(&child, "cantine");
    line.next(Trouble::LoseAnswer);
    tablet.run(&["sync"]).stopped(3);
    let lost = line
        .take_seen()
        .pop()
        .expect("the exchange whose answer was lost");
    line.next(harmed(&town, &lost, break_list_of("2027-01-05")));
    let said = tablet.run(&["sync"]);
    assert!(matches!(said.code, Some(2)), "{said:#?}");
    assert!(tablet.list(MONDAY).iter().all(|row| row["confirmed"] == true));
    tablet.undo(&own);
    let synced = tablet.sync();
    assert_eq!(synced["quarantined"], 0);
    assert_eq!(tablet.status()["pending"], 0);
    assert_eq!(town.verified_marks(), 2);
}

#[test]
fn an_answer_to_another_request_is_not_believed() {
    let town = Town::new();
    let server = town.server();
    let line = Proxy::to(server.address());
    let tablet = town.tablet("a", &line.url(), &["jules-ferry"]);
    let earlier = line.take_seen().pop().expect("the first exchange");
    let child = tablet.expected(MONDAY, "cantine").remove(0);
    tablet.in_(&child, "cantine");

    line.next(Trouble::Body(earlier.down));
    assert!(tablet.run(&["sync"]).stopped(2).contains("signée"));
    assert_eq!(tablet.status()["pending"], 1, "nothing was taken for accepted");
    tablet.sync();
    assert_eq!(tablet.status()["pending"], 0);
    assert_eq!(town.verified_marks(), 1);
}
