//! A whole day by keyboard, and what a screen reader is told.

use serde_json::json;
use system_tests::{Screen, Town};

use crate::fingers::tab_to;
use crate::pad::{EVENING, Pad, SITE, colleague, hook};

const ENTER: char = '\u{e007}';

#[test]
fn a_day_goes_by_without_a_finger_on_the_glass() {
    let town = Town::new();
    let screen = Screen::landscape();
    let server = town.server_at(EVENING);
    let pad = Pad::on(&town, &screen, EVENING);
    pad.enrol(&server.url(), &town.code(&[SITE]));
    let marie = colleague(&town, "animateur");

    // Who am I: the name by Tab, the PIN by the digits of the keyboard.
    pad.touch_name(&marie);
    pad.window.wait(&format!("{}:focus", hook("pin")));
    for digit in marie.pin.chars() {
        pad.window.press(digit);
    }
    pad.window.press(ENTER);
    pad.window.wait(".bar:not([hidden])");

    // The list, an arrival, the card and the way back.
    tab_to(&pad, "tab-garderie-soir");
    pad.window.press(ENTER);
    pad.window
        .wait(&format!("{}[aria-current]", hook("tab-garderie-soir")));
    pad.window.wait(".rows[aria-busy=false]");
    let first = pad.shown().remove(0);
    tab_to(&pad, &format!("row-main-{first}"));
    pad.window.press(ENTER);
    pad.wait_state(&first, "present");
    pad.window.wait_words(&hook("said"), "notée à 16 h 3");
    pad.at_rest(&first);
    tab_to(&pad, &format!("row-more-{first}"));
    pad.window.press(ENTER);
    pad.window.wait(".card-columns:not([hidden])");
    assert_eq!(pad.window.focus(), "back", "the page is read from its top");
    pad.window.press(ENTER);
    pad.window.wait(".list:not([hidden])");
    assert_eq!(pad.window.focus(), format!("row-more-{first}"));

    // An unexpected child, then closing, by keys as well.
    pad.window
        .read("document.querySelector('[data-testid=many]').focus()", &[]);
    tab_to(&pad, "find-open");
    pad.window.press(ENTER);
    pad.window.wait(&format!("{}:focus", hook("find-query")));
    tab_back(&pad);
    pad.window.press(ENTER);
    pad.window.wait(".list:not([hidden])");
    tab_to(&pad, "close-list");
    pad.window.press(ENTER);
    pad.window.wait_words(&hook("list-status"), "Liste close");
    pad.window.wait_words(&hook("said"), "liste close");

    // What a screen reader is told: landmarks, names and states.
    let told = pad.window.read(
        "const names = [...document.querySelectorAll('button:not([hidden]), a[href], input, select')]
            .filter(one => one.offsetParent !== null)
            .filter(one => !(one.getAttribute('aria-label') || one.innerText || one.labels?.length));
        return [names.map(one => one.outerHTML.slice(0, 80)),
            document.querySelectorAll('main:not([hidden])').length,
            document.querySelectorAll('nav[aria-label]').length > 1,
            document.querySelector('h1') !== null,
            document.querySelector('.rows').getAttribute('role')]",
        &[],
    );
    assert_eq!(told, json!([[], 1, true, true, "region"]));
}

fn tab_back(pad: &Pad) {
    pad.window
        .read("document.querySelector('[data-testid=back]').focus()", &[]);
    assert_eq!(pad.window.focus(), "back");
}
