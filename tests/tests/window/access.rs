//! The screens through the eyes of a checker of accessibility.

use std::fs;
use std::path::Path;

use serde_json::Value;
use system_tests::{Browser, Screen, Town};

use crate::desk;
use crate::pad::{EVENING, Pad, SITE, colleague, hook, of};

#[test]
fn axe_finds_nothing_on_the_tablet_nor_at_the_desk() {
    let town = Town::new();
    let screen = Screen::landscape();
    let server = town.server_at(EVENING);
    let pad = Pad::on(&town, &screen, EVENING);
    pad.window.wait(&hook("enrol-submit"));
    passes(&pad.window, "enrolment");

    pad.enrol(&server.url(), &town.code(&[SITE]));
    pad.touch_name(&colleague(&town, "animateur"));
    pad.window.wait(&hook("key-1"));
    passes(&pad.window, "who are you");
    pad.window.click(&hook("welcome-open"));
    pad.window.wait(&hook("welcome-name"));
    passes(&pad.window, "a substitute");
    pad.enter(&colleague(&town, "animateur"));
    pad.show_list();
    pad.wait_online();
    passes(&pad.window, "a list nobody has pointed");

    let expected = pad.children("expected");
    pad.tap(&expected[0], "present");
    pad.tap(&expected[1], "present");
    pad.tap(&expected[1], "left");
    pad.window.click(&of("row-absent", &expected[2]));
    pad.window.wait(&of("reason-illness", &expected[2]));
    pad.filter("all");
    passes(&pad.window, "a list with every state and the reasons open");
    pad.window.click(&hook("many"));
    pad.window.click(&of("row-main", &expected[4]));
    passes(&pad.window, "rows being chosen");
    pad.window.click(&hook("many-close"));
    pad.window.click(&of("row-more", &expected[1]));
    pad.window.wait(&format!("{} .event", hook("timeline")));
    passes(&pad.window, "a card");
    pad.window.click(&hook("back"));
    pad.window.click(&hook("find-open"));
    pad.window.fill(&hook("find-query"), "ma");
    pad.window.wait(&hook("found"));
    passes(&pad.window, "a child that is not on the list");
    pad.window.click(&hook("back"));
    pad.window.click(&hook("sun"));
    passes(&pad.window, "a list in the sun");
    pad.window.upright();
    passes(&pad.window, "a list held upright, in the sun");
    pad.window.click(&hook("change"));
    pad.window.wait(&hook("who"));
    passes(&pad.window, "who are you, in the sun");

    let browser = desk::watching(&town, &server.url());
    passes(&browser, "the desk's list");
}

fn axe() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target-tools/axe.min.js");
    let read = fs::read_to_string(&file);
    read.unwrap_or_else(|error| panic!("{}: {error}. Run: scripts/setup.sh tests.", file.display()))
}

/// Fails with what axe found, where, and why it matters.
#[track_caller]
pub(crate) fn passes(browser: &Browser, screen: &str) {
    browser.read(&axe(), &[]);
    let found = browser.read_later(
        "const done = arguments[arguments.length - 1];
        axe.run(document, {resultTypes: ['violations']}).then(
            found => done(found.violations.map(v => `${v.id} (${v.impact}): ${v.help}\\n    `
                + v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).slice(0, 5).join('\\n    '))),
            cause => done([String(cause)]))",
    );
    let found: Vec<&str> = found
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(found.is_empty(), "axe on {screen}:\n{}", found.join("\n"));
}
