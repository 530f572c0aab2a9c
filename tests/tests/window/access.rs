//! The screens through the eyes of a checker of accessibility.

use std::fs;
use std::path::Path;

use serde_json::Value;
use system_tests::{Browser, Screen, Server, Town};

use crate::desk;
use crate::pad::{EVENING, Pad, SITE, hook, of};

#[test]
fn axe_finds_nothing_on_the_tablet_nor_at_the_desk() {
    let town = Town::new();
    let screen = Screen::landscape();
    let server = Server::start(&town.data(), EVENING);
    let pad = Pad::on(&town, &screen, EVENING);
    pad.window.wait(&hook("enrol-submit"));
    passes(&pad.window, "enrolment");

    pad.enrol(&server.url(), &town.code(&[SITE]));
    pad.show_list();
    pad.wait_online();
    passes(&pad.window, "a list nobody has pointed");

    let expected = pad.children("expected");
    pad.tap(&expected[0], "present");
    pad.tap(&expected[1], "present");
    pad.tap(&expected[1], "left");
    pad.window.click(&of("row-absent", &expected[2]));
    pad.window.wait(&of("reason-illness", &expected[2]));
    pad.window.click(&of("row-more", &expected[3]));
    pad.filter("all");
    passes(
        &pad.window,
        "a list with every state, a card and the reasons open",
    );

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
