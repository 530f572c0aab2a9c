//! A tablet that is withdrawn at the desk, and a child sent from one tablet's site to another's.

use shared::screen::{Ask, Transfer};
use system_tests::record::{kept_aside, server_marks};
use system_tests::tablet::{name, text};
use system_tests::town::MONDAY;
use system_tests::{Tablet, Town};

use crate::animateur::{Hand, director, list_of, town_with_pins};
use crate::desk::Desk;

#[test]
fn what_a_withdrawn_tablet_sends_late_waits_for_an_agent_and_then_counts() {
    let town = Town::new();
    let server = town.server();
    let lost = town.tablet("lost", &server.url(), &["jules-ferry"]);
    let kept = town.tablet("kept", &server.url(), &["jules-ferry"]);
    let mut desk = Desk::of(&town, &server, "administrateur");
    let children = lost.expected(MONDAY, "cantine");
    lost.in_(&children[0], "cantine");
    lost.sync();
    let id = text(&lost.status()["device"]).to_owned();
    let page = format!("tablettes/{id}/retirer");
    assert_eq!(
        desk.fill_in(&page, &[("mot", "retire")]),
        422,
        "the word is another"
    );
    assert_eq!(desk.fill_in(&page, &[("mot", "RETIRER")]), 303);

    let late = lost.in_(&children[1], "cantine");
    kept.in_(&children[2], "cantine");
    kept.sync();
    assert!(lost.run(&["sync"]).stopped(2).contains("retirée"));
    assert_eq!(
        lost.row(MONDAY, &children[2], "cantine")["state"],
        "expected",
        "nothing comes down any more"
    );
    assert_eq!(lost.status()["pending"], 1, "it keeps what it could not hand in");
    let late = late.parse().expect("an id");
    assert_eq!(server_marks(&town).len(), 2);
    assert!(!server_marks(&town).contains_key(&late));
    assert_eq!(kept_aside(&town).len(), 1);
    assert_eq!(kept_aside(&town)[0].reason, "withdrawn_device");

    let list = desk.page("quarantaine");
    let start = list.find("quarantaine/").expect("what waits");
    let aside = list[start..].split('"').next().expect("its address").to_owned();
    assert!(
        desk.page(&aside).contains(&children[1]),
        "who it is about can be read"
    );
    let decision = format!("{aside}/decision");
    assert_eq!(desk.send(&aside, &decision, &[("choix", "prendre")]), 303);
    assert!(
        server_marks(&town).contains_key(&late),
        "it is stored as it was made"
    );
    kept.sync();
    for child in &children[..3] {
        assert_eq!(kept.row(MONDAY, child, "cantine")["state"], "present", "{child}");
    }
    assert!(lost.run(&["sync"]).stopped(2).contains("retirée"), "and stays so");
    assert_eq!(
        kept_aside(&town).len(),
        1,
        "handed in again it waits no second time"
    );
    assert_eq!(town.verified_marks(), 3);
}

#[test]
fn a_child_sent_to_another_site_is_a_guest_on_the_tablet_there() {
    let town = town_with_pins();
    let server = town.server();
    let here = town.tablet("here", &server.url(), &["jules-ferry"]);
    let there = town.tablet("there", &server.url(), &["les-tilleuls"]);
    let (one, two) = (Hand::on(&here), Hand::on(&there));
    let nadia = director(&town);
    one.held_by(&nadia);
    let ferry = one.done(one.app.day(Ask::default())).site;
    let day = one.day(&ferry.name, "garderie-soir");
    let other = day
        .other_sites
        .iter()
        .find(|site| site.name.contains("Tilleuls"))
        .expect("a site of the town")
        .clone();
    let child = day.rows[0].clone();
    let called = format!("{} {}", child.last_name, child.first_name);
    let sent = Transfer {
        list: list_of(&day),
        child: child.child.clone(),
        to: other.id.clone(),
    };
    one.done(one.app.transfer(sent));
    one.sync();
    two.sync();
    drop((one, two));

    let of = |tablet: &Tablet| {
        let rows = tablet.list(MONDAY);
        rows.into_iter()
            .find(|row| row["child"] == child.child && row["activity"] == "garderie-soir")
    };
    let guest = of(&there).expect("the child is on the list there");
    assert_eq!(guest["guest_from"], ferry.name, "{guest}");
    assert_eq!(guest["state"], "expected");
    assert_eq!(name(&guest), called);
    assert_eq!(of(&here).expect("and here still")["moved_to"], other.id);

    there.in_(&called, "garderie-soir");
    there.sync();
    here.sync();
    assert_eq!(kept_aside(&town), []);
    assert_eq!(of(&there).expect("the guest")["state"], "present");
    here.close("garderie-soir", MONDAY);
    let closed = here.list(MONDAY);
    assert!(
        closed
            .iter()
            .any(|row| row["activity"] == "garderie-soir" && row["state"] == "absent")
    );
    assert_ne!(
        of(&here).expect("the child that was sent")["state"],
        "absent",
        "closing makes nobody absent who is elsewhere"
    );
    here.sync();
    town.verify();
}
