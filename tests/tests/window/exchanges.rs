//! « Échanges »: what became of each tap, and a contradiction that two tablets made together.

use serde_json::json;
use system_tests::clock::wait_for;
use system_tests::tablet::text;
use system_tests::{Screen, Town};

use crate::access;
use crate::fingers::tab_to;
use crate::pad::{ACTIVITY, EVENING, Pad, SITE, hook, of};

/// What WebDriver calls this key.
const ESCAPE: char = '\u{e00c}';
const ENTER: char = '\u{e007}';

#[test]
fn taps_made_off_line_wait_and_are_accepted_once_the_line_returns() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    let expected = pad.children("expected");

    // Nothing was pointed yet, and the page says what would appear.
    open(&pad);
    pad.window
        .wait_words(&hook("taps-none"), "Aucun pointage n’a encore été fait");
    access::passes(&pad.window, "the exchanges of a new tablet");
    pad.window.click(&hook("exchanges-back"));

    server.kill9();
    pad.tap(&expected[0], "present");
    pad.tap(&expected[1], "present");
    pad.wait_offline();
    pad.filter("present");
    open(&pad);
    stands(&pad, "off");
    pad.window.wait_words(
        &hook("exchanges-line"),
        "Deux pointages en attente d’envoi, tous enregistrés sur la tablette.",
    );
    let told = pad.window.words(&hook("exchanges-line"));
    assert!(
        told.contains("l’envoi reprendra de lui-même"),
        "what to do: {told}"
    );
    assert_eq!(fates(&pad), ["waiting", "waiting"]);
    assert_eq!(pad.window.words(&hook("fate-waiting")), "En attente 2");
    access::passes(&pad.window, "the exchanges of a tablet off line");

    // Trying at once does no harm, and says so.
    pad.window.click(&hook("exchanges-sync"));
    pad.window
        .wait(&format!("{}[aria-disabled=false]", hook("exchanges-sync")));
    stands(&pad, "off");
    assert_eq!(fates(&pad), ["waiting", "waiting"]);

    // The page itself hears that the line is back.
    server.restart_at("2026-11-23T16:40:00+01:00");
    stands(&pad, "whole");
    wait_for("both accepted", || {
        (fates(&pad) == ["accepted", "accepted"]).then_some(())
    });
    assert_eq!(pad.window.words(&hook("fate-accepted")), "Acceptés 2");
    pad.window.click(&hook("fate-waiting"));
    pad.window
        .wait_words(&hook("taps-none"), "Aucun pointage en attente.");
    pad.window.click(&hook("fate-accepted"));
    assert_eq!(fates(&pad).len(), 2);
    pad.window.wait_words(&hook("exchanges-facts"), &server.url());

    // Back at the list it is as it was left.
    pad.window.press(ESCAPE);
    pad.window.wait("main.list:not([hidden])");
    assert!(!pad.window.has(&hook("exchanges")));
    assert_eq!(
        pad.window
            .attribute(&hook("filter-present"), "aria-pressed")
            .as_deref(),
        Some("true")
    );
    assert_eq!(pad.children("present").len(), 2);
}

#[test]
fn two_tablets_contradict_each_other_and_one_touch_settles_it_on_both() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    let mut other = town.tablet("other", &server.url(), &[SITE]);
    other.clock("2026-11-23T16:36:00+01:00");
    let child = pad.children("expected").remove(0);
    let name = pad.window.words(&format!("{} .first", of("row", &child)));

    // Neither tablet knows of the other's tap.
    server.kill9();
    pad.tap(&child, "present");
    pad.wait_offline();
    other.absent(&child, ACTIVITY);
    server.restart_at("2026-11-23T16:40:00+01:00");
    other.sync();
    pad.wait_online();
    pad.window.wait(&hook("notice-conflicts"));

    // One sentence says it, with the child's name and what counts meanwhile.
    open(&pad);
    pad.window.wait(&hook("contradiction"));
    let told = pad.window.words(&hook("contradiction"));
    assert!(told.contains(&name), "whom it is about: {told}");
    assert!(told.contains("absence"), "what is said of the child: {told}");
    assert_eq!(fates(&pad), ["in-conflict"]);
    assert_eq!(pad.window.words(&hook("fate-in-conflict")), "En contradiction 1");
    access::passes(&pad.window, "a contradiction");

    // One touch, here by the keyboard.
    let choices = pad.window.read(
        "return [...document.querySelectorAll('[data-testid=settle]')].map(one => one.innerText)",
        &[],
    );
    assert!(choices.as_array().is_some_and(|all| all.len() >= 2), "{choices}");
    tab_to(&pad, "settle");
    pad.window.press(ENTER);
    wait_for("no contradiction", || {
        (!pad.window.has(&hook("contradiction"))).then_some(())
    });
    assert!(pad.window.words(&hook("said")).contains("Contradiction réglée"));
    // The frame after the one that took the button away.
    wait_for("the keyboard at the head of the page", || {
        (pad.window.read("return document.activeElement.tagName", &[]) == json!("H2")).then_some(())
    });
    wait_for("all accepted", || {
        fates(&pad).iter().all(|fate| fate == "accepted").then_some(())
    });

    // The list and the other tablet agree.
    pad.window.click(&hook("exchanges-back"));
    wait_for("the notice gone", || {
        (!pad.window.has(&hook("notice-conflicts"))).then_some(())
    });
    pad.wait_state(&child, "present");
    pad.wait_online();
    other.sync();
    assert!(other.conflicts().is_empty(), "{:?}", other.conflicts());
    let tablet = pad.off(&town);
    assert!(tablet.conflicts().is_empty());
    assert_eq!(tablet.sheets(), other.sheets());
}

/// Opens the page from the line in the header.
fn open(pad: &Pad) {
    pad.window.click(&hook("sync-open"));
    pad.window.wait(&hook("exchanges-line"));
}

/// Waits until the page says that the line stands so.
#[track_caller]
fn stands(pad: &Pad, stand: &str) {
    pad.window
        .wait(&format!("{}[data-stand={stand}]", hook("exchanges-line")));
}

/// What became of the taps listed.
fn fates(pad: &Pad) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.taps li')].map(tap => tap.dataset.fate)";
    let found = pad.window.look(script, &[]).unwrap_or_default();
    found
        .as_array()
        .into_iter()
        .flatten()
        .map(|fate| text(fate).to_owned())
        .collect()
}
