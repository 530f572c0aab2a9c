//! The server comes back from a fire: one calm line on the tablet. And it comes back elsewhere: somebody
//! types where.

use std::net::TcpListener;

use shared::ids::BranchId;
use shared::operation::{Actor, Body, Cause, Channel};
use shared::time::UtcMs;
use sync_server::clock::{Clock, random};
use sync_server::corridor::journal;
use sync_server::host::{Host, Setup};
use system_tests::clock::wait_for;
use system_tests::town::SLUG;
use system_tests::{Screen, Town};

use crate::access;
use crate::pad::{EVENING, Pad, hook};

#[test]
fn a_server_that_lost_taps_gets_them_back_and_the_tablet_says_so_calmly() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    server.stop();
    town.back_up("before");
    server.restart_at(EVENING);
    let expected = pad.children("expected");
    for child in &expected[..3] {
        pad.tap(child, "present");
    }
    pad.wait_online();
    assert!(
        !pad.window.has(&hook("notice-back")),
        "nothing is said on most days"
    );
    server.stop();
    town.put_back("before");
    comes_back(&town);
    server.restart_at(EVENING);

    pad.window.wait_words(
        &hook("notice-back"),
        "Cette tablette lui a rendu ce qu’il avait perdu : 3 pointages. Tout a été rendu. Rien n’a été perdu ici.",
    );
    assert_eq!(pad.children("present").len(), 3);
    access::passes(&pad.window, "a server that came back");
    pad.window.click(&hook("sync-open"));
    pad.window
        .wait_words(&hook("exchanges-back-from-loss"), "Tout a été rendu");
    server.stop();
    assert_eq!(town.verified_marks(), 3);
}

#[test]
fn a_server_that_came_back_elsewhere_is_found_by_an_address_typed_on_the_tablet() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    server.kill9();
    let expected = pad.children("expected");
    pad.tap(&expected[0], "present");
    pad.wait_offline();
    let server = town.server_at(EVENING);

    pad.window.click(&hook("sync-open"));
    pad.window.click(&hook("address-open"));
    pad.window.click(&hook("address-submit"));
    said(&pad, "Indiquez l’adresse");
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let nobody = free.local_addr().expect("an address").to_string();
    drop(free);
    pad.window.fill(&hook("address-server"), &nobody);
    pad.window.click(&hook("address-submit"));
    said(&pad, "Personne ne répond encore à cette adresse");
    access::passes(&pad.window, "an address where nobody answers");

    pad.window.fill(&hook("address-server"), &server.url());
    pad.window.click(&hook("address-submit"));
    said(&pad, "Le serveur de votre collectivité répond à cette adresse");
    pad.window
        .wait(&format!("{}[data-stand=whole]", hook("exchanges-line")));
    pad.window.upright();
    access::passes(&pad.window, "an address that answered, held upright");
    wait_for("the tap on the server", || {
        (town.verified_marks() == 1).then_some(())
    });
}

#[track_caller]
fn said(pad: &Pad, words: &str) {
    pad.window.wait_words(&hook("address-told"), words);
}

/// What a restore does last: a new branch, and the operation that says why.
fn comes_back(town: &Town) {
    let mut setup = Setup::folder(&town.data());
    if let Some(url) = town.url() {
        setup.store = url.parse().expect("an address");
    }
    let clock = Clock::starting_at(UtcMs::parse(EVENING).expect("an instant"));
    let host = Host::open(setup, clock).expect("the host opens");
    let commune = host.commune(SLUG).expect("the town");
    let (branch, at) = (
        BranchId(uuid::Builder::from_random_bytes(random()).into_uuid()),
        commune.clock.now(),
    );
    let forked = commune
        .store
        .write(move |tx| journal::fork_branch(tx, branch, at).map(|_| ()));
    forked.expect("a new branch");
    let body = Body::BeginRecovery {
        cause: Cause::Restored,
        source: "essai".into(),
        restored_to: None,
        withdrawals_read: true,
    };
    commune
        .submit(commune.operation(Actor::Host, Channel::Command, body))
        .expect("it is noted");
}
