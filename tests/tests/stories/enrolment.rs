//! How a tablet comes to a town, and how it is taken from it.

use shared::codec::{Blob, encode};
use shared::ids::DeviceId;
use shared::operation::{Actor, Body, Channel};
use shared::withdrawal::{Withdrawal, Withdrawn};
use system_tests::record::kept_aside;
use system_tests::tablet::text;
use system_tests::town::{MONDAY, MORNING, SLUG};
use system_tests::{Proxy, Town, Trouble};

#[test]
fn a_code_works_once_for_one_tablet_and_however_it_is_typed() {
    let town = Town::new();
    let server = town.server();
    let code = town.code(&["jules-ferry", "les-tilleuls"]);
    let tablet = town.blank_tablet("a");
    assert!(tablet.run(&["sync"]).stopped(2).contains("Demandez un code"));
    assert!(
        tablet
            .enrol(&server.url(), "demo-2222-2222-2222")
            .stopped(2)
            .contains("code")
    );
    assert!(
        tablet
            .enrol(&server.url(), "n’importe quoi")
            .stopped(2)
            .contains("code")
    );
    assert!(
        tablet
            .enrol(&server.url(), "ailleurs-2222-2222-2222")
            .stopped(2)
            .contains("code")
    );

    let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
    let enrolled = tablet.enrol(&server.url(), &typed).done();
    assert_eq!(
        (&enrolled["commune"], &enrolled["synced"]),
        (&SLUG.into(), &true.into())
    );
    assert_eq!(tablet.status()["sites"].as_array().expect("sites").len(), 2);

    let second = town.blank_tablet("b");
    assert!(second.enrol(&server.url(), &code).stopped(2).contains("servi"));
    let again = tablet.enrol(&server.url(), &town.code(&["jules-ferry"]));
    assert!(again.stopped(2).contains("déjà associée"));
    assert!(
        !tablet.expected(MONDAY, "cantine").is_empty(),
        "and it works as before"
    );
}

#[test]
fn an_answer_to_an_enrolment_that_was_lost_costs_no_code() {
    let town = Town::new();
    let server = town.server();
    let line = Proxy::to(server.address());
    let code = town.code(&["jules-ferry"]);
    let tablet = town.blank_tablet("a");
    line.next(Trouble::LoseAnswer);
    tablet.enrol(&line.url(), &code).stopped(3);
    let thief = town.blank_tablet("thief");
    thief.enrol(&server.url(), &code).stopped(2);
    assert_eq!(tablet.enrol(&line.url(), &code).done()["synced"], true);

    // The enrolment arrives and the lists do not: the tablet is enrolled, and fetches them later.
    let late = town.blank_tablet("late");
    line.next(Trouble::None);
    line.next(Trouble::LoseAnswer);
    let enrolled = late.enrol(&line.url(), &town.code(&["jules-ferry"])).done();
    assert_eq!(enrolled["synced"], false);
    assert!(late.list(MONDAY).is_empty());
    late.sync();
    assert!(late.list(MONDAY) == tablet.list(MONDAY));
}

#[test]
fn a_code_dies_after_seven_days() {
    let town = Town::new();
    let mut server = town.server();
    let code = town.code(&["jules-ferry"]);
    let tablet = town.blank_tablet("a");
    server.stop();
    server.restart_at("2026-12-01T07:00:00+01:00");
    assert!(tablet.enrol(&server.url(), &code).stopped(2).contains("expiré"));
    let fresh = town
        .command_at(
            "2026-12-01T08:00:00+01:00",
            &["enrol", SLUG, "--site", "jules-ferry"],
        )
        .done();
    tablet.enrol(&server.url(), text(&fresh["code"])).done();
}

#[test]
fn a_tablet_that_was_withdrawn_is_told_so_and_keeps_its_taps() {
    let town = Town::new();
    let mut server = town.server();
    let lost = town.tablet("lost", &server.url(), &["jules-ferry"]);
    let kept = town.tablet("kept", &server.url(), &["jules-ferry"]);
    let children = lost.expected(MONDAY, "cantine");
    lost.in_(&children[0], "cantine");
    lost.sync();
    server.stop();
    withdraw(&town, text(&lost.status()["device"]).parse().expect("an id"));
    server.restart();

    lost.in_(&children[1], "cantine");
    for _ in 0..2 {
        assert!(lost.run(&["sync"]).stopped(2).contains("retirée"));
    }
    lost.out(&children[1], "cantine");
    assert_eq!(lost.row(MONDAY, &children[1], "cantine")["state"], "left");
    assert_eq!(lost.status()["pending"], 2);
    kept.sync();
    assert_eq!(
        town.verified_marks(),
        1,
        "nothing of what came after is on the server"
    );
    let aside = kept_aside(&town);
    assert_eq!(aside.len(), 1, "its late taps wait for a person, once");
    assert_eq!(aside[0].reason, "withdrawn_device");

    // An old backup gives the right back to nobody: every tablet carries the withdrawal.
    server.stop();
    town.verify();
}

/// Withdraws a tablet; the server is stopped.
fn withdraw(town: &Town, device: DeviceId) {
    let host = crate::host(town, MORNING);
    let commune = host.commune(SLUG).expect("the town");
    let at = commune.clock.now();
    let withdrawal = Withdrawal::sign(Withdrawn::Device, device.0, at, &commune.keys.signing);
    let body = Body::Withdraw {
        withdrawal: Blob(encode(&withdrawal)),
    };
    commune
        .submit(commune.operation(Actor::Host, Channel::Command, body))
        .expect("a withdrawal");
}

#[test]
fn a_withdrawal_survives_an_old_backup_on_the_tablets_that_stay() {
    let town = Town::new();
    let mut server = town.server();
    let lost = town.tablet("lost", &server.url(), &["jules-ferry"]);
    let kept = town.tablet("kept", &server.url(), &["jules-ferry"]);
    server.stop();
    town.back_up("before");
    withdraw(&town, text(&lost.status()["device"]).parse().expect("an id"));
    server.restart();
    kept.sync();
    server.stop();
    town.put_back("before");
    server.restart();
    kept.sync();
    assert!(lost.run(&["sync"]).stopped(2).contains("retirée"));
}
