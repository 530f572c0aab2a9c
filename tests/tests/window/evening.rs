//! One evening: a list pointed while the server is away, a tablet that dies, a second tablet, an
//! agent who watches. Not a tap is lost on the way.

use std::collections::BTreeMap;

use serde_json::json;
use system_tests::clock::wait_for;
use system_tests::tablet::text;
use system_tests::town::MONDAY;
use system_tests::{Screen, Tablet, Town};

use crate::desk;
use crate::pad::{ACTIVITY, EVENING, Pad, SITE, colleague, hook, of};

#[test]
fn an_evening_off_line_reaches_the_other_tablet_and_the_desk_whole() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    let expected = pad.children("expected");
    assert!(expected.len() > 10, "a garderie with children: {expected:?}");

    // The line goes dead; pointing goes on.
    server.kill9();
    let (first, second, third, ill, mistaken) = (
        &expected[0],
        &expected[1],
        &expected[2],
        &expected[3],
        &expected[4],
    );
    pad.watch(first);
    pad.tap(first, "present");
    let looks = pad.looks();
    assert_eq!(
        looks[0],
        json!(["true", "expected"]),
        "a touch is not yet a mark: {looks}"
    );
    assert_eq!(
        looks.as_array().and_then(|all| all.last()),
        Some(&json!(["", "present"])),
        "{looks}"
    );
    pad.wait_offline();
    pad.tap(second, "present");
    pad.tap(third, "present");
    pad.filter("present");
    pad.tap(first, "left");
    pad.filter("expected");
    pad.window.click(&of("row-absent", ill));
    pad.window.click(&of("reason-illness", ill));
    pad.wait_state(ill, "absent");
    pad.tap(mistaken, "present");
    pad.at_rest(mistaken);
    pad.window.click(&of("row-undo", mistaken));
    pad.wait_state(mistaken, "expected");
    assert_eq!(pad.rows()[ill].1, "Maladie", "the reason stands on the row");
    let waiting = "Sept pointages en attente d’envoi, tous enregistrés sur la tablette.";
    pad.window.wait_words(&hook("link-state"), waiting);
    assert!(
        pad.link().starts_with("Hors ligne depuis 16 h 3"),
        "{}",
        pad.link()
    );

    // The list is closed: those nobody saw are absent.
    pad.window.click(&hook("close-list"));
    pad.window
        .wait_words(&hook("list-status"), "Liste close à 16 h 3");
    pad.window
        .wait_words(&hook("link-state"), "Huit pointages en attente d’envoi");
    pad.wait_state(mistaken, "absent");
    let pointed = pad.rows();
    let absent = pointed.values().filter(|row| row.0 == "absent").count();
    assert_eq!(absent, expected.len() - 3, "all but the three who came");
    assert_eq!(pointed[first].0, "left");

    // The battery is pulled out. What was shown is there.
    pad.kill9();
    let pad = Pad::on(&town, &screen, "2026-11-23T16:45:00+01:00");
    pad.enter(&colleague(&town, "animateur"));
    pad.show_list();
    assert_eq!(pad.rows(), pointed, "every tap is there, as it was");
    pad.wait_offline();
    assert!(pad.link().contains("Huit pointages en attente"), "{}", pad.link());
    assert!(
        pad.window
            .words(&hook("list-status"))
            .contains("Liste close à 16 h 3")
    );

    // The server is back on its port. Nobody has to do anything.
    server.restart_at("2026-11-23T16:46:00+01:00");
    pad.wait_online();
    assert_eq!(pad.rows(), pointed);
    assert!(!pad.window.has(".row .waiting"), "nothing waits any more");

    // Another tablet of the site has it all.
    let mut other = town.tablet("other", &server.url(), &[SITE]);
    other.clock("2026-11-23T16:47:00+01:00");
    other.sync();
    let shown = pointed
        .iter()
        .map(|(child, (state, _))| (child.clone(), state.clone()))
        .collect();
    assert_eq!(listed(&other), shown, "the other tablet lists every tap");

    // So has the agent, who also sees the next tap without doing anything.
    let browser = desk::watching(&town, &server.url());
    let on_tablet = || desk::names(&pad.window, ".rows .row");
    assert_eq!(
        desk::board(&browser),
        on_tablet(),
        "the desk shows what the tablet shows"
    );
    browser.read("window.still_here = true", &[]);
    pad.filter("all");
    pad.tap(second, "left");
    wait_for("the tap at the desk", || {
        (desk::board(&browser) == on_tablet()).then_some(())
    });
    assert_eq!(
        browser.read("return window.still_here", &[]),
        json!(true),
        "the page was not loaded anew"
    );
    browser.reload();
    browser.wait("#board .list");
    assert_eq!(
        desk::board(&browser),
        on_tablet(),
        "loading it anew shows the same"
    );
    drop(browser);

    // Both tablets hold the same sheet, and the server's books are in order.
    pad.wait_online();
    other.sync();
    let tablet = pad.off(&town);
    assert_eq!(tablet.sheets(), other.sheets());
    assert_eq!(tablet.status()["pending"], 0);
    server.kill9();
    assert_eq!(
        town.verified_marks(),
        9,
        "seven taps, the closing, and the last tap"
    );
}

fn listed(tablet: &Tablet) -> BTreeMap<String, String> {
    let rows = tablet.list(MONDAY);
    let of_the_list = rows.iter().filter(|row| row["activity"] == ACTIVITY);
    of_the_list
        .map(|row| (text(&row["child"]).to_owned(), text(&row["state"]).to_owned()))
        .collect()
}
