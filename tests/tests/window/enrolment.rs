//! The first minute of a tablet's life.

use serde_json::json;
use system_tests::{Screen, Town};

use crate::pad::{EVENING, Pad, SITE, colleague, hook};

#[test]
fn a_wrong_code_is_said_in_a_sentence_and_the_right_one_opens_the_day() {
    let town = Town::new();
    let screen = Screen::landscape();
    let server = town.server_at(EVENING);
    let pad = Pad::on(&town, &screen, EVENING);

    pad.enrol(&server.url(), "demo-AAAA-AAAA-AAAA");
    pad.window
        .wait_words(&hook("enrol-error"), "Ce code n’existe pas.");
    let told = pad.window.words(&hook("enrol-error"));
    assert!(
        told.trim_end().ends_with('.') && told.contains("demandez-en un autre"),
        "{told}"
    );

    // As people type it: small letters, and spaces between the groups.
    let code = town.code(&[SITE]).to_lowercase().replace('-', "- ");
    pad.enrol(&server.url(), &code);
    pad.enter(&colleague(&town, "animateur"));
    pad.window.wait(&format!("{}[aria-current]", hook("tab-etude")));
    assert!(
        !pad.children("expected").is_empty(),
        "the list of the hour has names"
    );
    assert_eq!(pad.window.words(".place h1"), "Groupe scolaire Jules-Ferry");
    assert_eq!(pad.window.words(&hook("date")), "lundi 23 novembre");

    let tablet = pad.off(&town);
    assert_eq!(tablet.status()["sites"], json!([SITE]));
}

#[test]
fn a_server_that_does_not_answer_is_said_and_nothing_typed_is_lost() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    server.kill9();
    let pad = Pad::on(&town, &screen, EVENING);
    let code = town.code(&[SITE]);

    pad.enrol(&server.url(), &code);
    pad.window.wait(&hook("enrol-error"));
    let told = pad.window.words(&hook("enrol-error"));
    assert!(told.contains("Vérifiez l’adresse"), "what to do: {told}");
    assert!(!told.contains("pointages"), "a new tablet has none: {told}");
    let typed = pad
        .window
        .read("return document.querySelector('#enrol-code').value", &[]);
    assert_eq!(typed, json!(code));

    server.restart();
    pad.window.click(&hook("enrol-submit"));
    pad.enter(&colleague(&town, "animateur"));
    pad.show_list();
    assert!(!pad.children("expected").is_empty());
}
