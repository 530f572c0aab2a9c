//! The server has done its part and the line breaks: nobody may notice but for the delay.

use system_tests::town::MONDAY;
use system_tests::{Proxy, Town, Trouble};

#[test]
fn an_answer_that_was_lost_is_asked_for_again_and_nothing_counts_twice() {
    let town = Town::new();
    let server = town.server();
    let line = Proxy::to(server.address());
    let tablet = town.tablet("a", &line.url(), &["jules-ferry"]);
    let other = town.tablet("b", &server.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    other.in_(&children[9], "cantine");
    other.sync();
    for child in &children[..3] {
        tablet.in_(child, "cantine");
    }

    line.next(Trouble::LoseAnswer);
    assert!(tablet.run(&["sync"]).stopped(3).contains("Rien n’est perdu"));
    let after = town.verify();
    assert_eq!(after["marks"], 4, "the server had committed");
    assert_eq!(
        tablet.status()["pending"],
        3,
        "without a receipt nothing is accepted"
    );

    let again = tablet.sync();
    assert_eq!(
        (&again["accepted"], &again["received"]),
        (&3.into(), &1.into()),
        "{again}"
    );
    assert_eq!(
        town.verify()["journal"],
        after["journal"],
        "a push with nothing new writes nothing"
    );
    let quiet = tablet.sync();
    assert_eq!((&quiet["accepted"], &quiet["received"]), (&0.into(), &0.into()));
    assert_eq!(quiet["round_trips"], 1);
    other.sync();
    assert_eq!(tablet.sheets(), other.sheets());
}

#[test]
fn a_tap_made_while_the_answer_is_on_its_way_waits_for_the_next_exchange() {
    let town = Town::new();
    let server = town.server();
    let line = Proxy::to(server.address());
    let tablet = town.tablet("a", &line.url(), &["jules-ferry"]);
    let children = tablet.expected(MONDAY, "cantine");
    tablet.in_(&children[0], "cantine");

    let (hold, answered, go_on) = Trouble::hold();
    line.next(hold);
    let sync = tablet.start(&["sync"]);
    answered.recv().expect("the server answers");
    tablet.in_(&children[1], "cantine");
    tablet.out(&children[0], "cantine");
    go_on.send(()).expect("the line still holds the answer");
    let said = system_tests::Said::of(sync.wait_with_output().expect("the exchange ends"));
    assert_eq!(said.done()["accepted"], 1);
    assert_eq!(tablet.status()["pending"], 2);
    assert_eq!(tablet.sync()["accepted"], 2);
    assert_eq!(town.verified_marks(), 3);
}

#[test]
fn a_server_that_has_too_much_to_do_is_a_server_that_is_not_there() {
    let town = Town::new();
    let server = town.server();
    let line = Proxy::to(server.address());
    let tablet = town.tablet("a", &line.url(), &["jules-ferry"]);
    let child = tablet.expected(MONDAY, "cantine").remove(0);
    tablet.in_(&child, "cantine");
    // Refused for now, broken, or somebody else's page on the way: nothing is lost in any case.
    for status in [429, 500, 502, 503, 504, 404, 511] {
        line.next(Trouble::Instead(status));
        assert!(
            tablet.run(&["sync"]).stopped(3).contains("Rien n’est perdu"),
            "{status}"
        );
    }
    assert_eq!(tablet.status()["pending"], 1);
    assert_eq!(tablet.sync()["accepted"], 1);
}
