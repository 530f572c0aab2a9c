//! Fingers in a hurry, and a keyboard instead of them.

use serde_json::json;
use system_tests::{Screen, Town};

use crate::pad::{ACTIVITY, EVENING, Pad, hook, of};

/// What WebDriver calls these keys.
const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';

#[test]
fn ten_taps_in_one_instant_make_ten_marks_though_each_is_a_double_tap() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    let ten: Vec<String> = pad.children("expected").into_iter().take(10).collect();

    let script =
        "const rows = arguments[0].map(id => document.querySelector(`[data-testid=\"row-main-${id}\"]`));
        for (const row of rows) { row.click(); row.click(); }";
    pad.window.read(script, &[json!(ten)]);
    for child in &ten {
        pad.wait_state(child, "present");
    }
    pad.wait_online();
    let mut here = pad.children("present");
    here.sort();
    let mut wanted = ten.clone();
    wanted.sort();
    assert_eq!(here, wanted);
    assert_eq!(pad.window.words(&hook("filter-present")), "Présents 10");

    let tablet = pad.off(&town);
    assert_eq!(tablet.sheets()[0]["marks"], 10);
    server.kill9();
    assert_eq!(town.verified_marks(), 10);
}

#[test]
fn a_list_is_pointed_with_the_keyboard_alone() {
    let town = Town::new();
    let screen = Screen::landscape();
    let server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    let first = pad.children("expected").remove(0);
    let row = format!("row-main-{first}");

    tab_to(&pad, &row);
    pad.window.press(ENTER);
    pad.wait_state(&first, "present");
    assert_eq!(pad.window.focus(), row, "the keyboard stays on the row");

    // The way back is the next stop, and leads back to the row.
    pad.at_rest(&first);
    tab_to(&pad, &format!("row-undo-{first}"));
    pad.window.press(ENTER);
    pad.wait_state(&first, "expected");
    assert_eq!(pad.window.focus(), row, "the keyboard stays on the row");
    assert!(pad.window.has(&format!("{}:not([hidden])", of("row", &first))));

    // Another list, by keyboard too.
    let tab = format!("tab-{ACTIVITY}");
    pad.window.read("document.activeElement.blur()", &[]);
    tab_to(&pad, &tab);
}

pub(crate) fn tab_to(pad: &Pad, goal: &str) {
    let mut stops = Vec::new();
    for _ in 0..60 {
        pad.window.press(TAB);
        stops.push(pad.window.focus());
        if stops.last().is_some_and(|stop| stop == goal) {
            return;
        }
    }
    panic!("the keyboard does not reach {goal}; it went by {stops:?}");
}
