//! « Qui êtes-vous ? »: nothing of the day is shown before somebody says so.

use serde_json::json;
use system_tests::clock::wait_for;
use system_tests::{Screen, Town};

use crate::pad::{Colleague, EVENING, Pad, SITE, colleague, hook, of};

/// So many wrong PINs in a row lock a person.
const ATTEMPTS: usize = 6;

#[test]
fn a_person_says_who_they_are_and_six_wrong_pins_ask_for_a_director() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::on(&town, &screen, EVENING);
    pad.enrol(&server.url(), &town.code(&[SITE]));
    let (marie, head) = (colleague(&town, "animateur"), colleague(&town, "directeur"));
    pad.touch_name(&marie);
    assert!(!pad.window.has(".row"), "no name of a child is on the page yet");
    // All of it works with the server gone.
    server.kill9();

    let wrong = other_pin(&marie.pin);
    for left in (1..ATTEMPTS).rev() {
        pad.type_pin(&wrong);
        let said = match left {
            5 => "Encore cinq essais",
            4 => "Encore quatre essais",
            3 => "Encore trois essais",
            2 => "Encore deux essais",
            _ => "Encore un essai, puis le code est bloqué",
        };
        pad.window.wait_words(&hook("pin-error"), said);
    }
    pad.type_pin(&wrong);
    pad.window
        .wait_words(&hook("pin-locked"), "est bloqué sur cette tablette");
    assert!(
        pad.window
            .words(&hook("pin-locked"))
            .contains("Une directrice, un directeur ou la mairie"),
        "it says who helps"
    );
    assert!(!pad.window.has(".row"), "still no name");

    pad.window.click(&hook("unlock-open"));
    pad.window.wait(".who-title");
    pad.type_pin(&other_pin(&head.pin));
    pad.window.wait_words(&hook("pin-error"), "Code faux");
    pad.type_pin(&head.pin);
    pad.window.wait_words("label[for=pin]", &marie.name);
    pad.type_pin(&marie.pin);
    pad.show_list();
    assert_eq!(pad.window.words(&hook("holder")), marie.name);

    // Handing the tablet on takes one touch, and hides every name.
    pad.window.click(&hook("change"));
    pad.window.wait(&hook("who"));
    assert!(
        !pad.window.words("body").contains("Toucher"),
        "no row is to be read"
    );
    pad.enter(&head);
    assert_eq!(pad.window.words(&hook("holder")), head.name);
}

#[test]
fn a_director_takes_on_a_substitute_off_line_whose_marks_bear_the_name() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::on(&town, &screen, EVENING);
    pad.enrol(&server.url(), &town.code(&[SITE]));
    pad.window.wait(&hook("welcome-open"));
    server.kill9();
    let head = colleague(&town, "directeur");
    pad.window.click(&hook("welcome-open"));

    let sent = |name: &str, pin: &str, again: &str, director: &str| {
        pad.window.fill(&hook("welcome-name"), name);
        pad.window.fill(&hook("welcome-pin"), pin);
        pad.window.fill(&hook("welcome-again"), again);
        pad.window.fill(&hook("director-pin"), director);
        pad.window.click(&hook("welcome-submit"));
    };
    sent("Nora Petit", "4826", "4862", &head.pin);
    pad.window.wait_words(&hook("pin-error"), "ne sont pas les mêmes");
    choose_director(&pad, &head);
    sent("Nora Petit", "4826", "4826", &other_pin(&head.pin));
    pad.window.wait_words(&hook("pin-error"), "Code faux");
    sent("Nora Petit", "4826", "4826", &head.pin);
    pad.window.wait_words("label[for=pin]", "Nora Petit");
    pad.type_pin("4826");
    pad.show_list();
    assert_eq!(pad.window.words(&hook("holder")), "Nora Petit");

    let child = pad.children("expected").remove(0);
    pad.tap(&child, "present");
    pad.window.click(&of("row-more", &child));
    pad.window.wait_words(&hook("timeline"), "Nora Petit");
}

#[test]
fn a_tablet_left_alone_hides_the_names_and_the_list_comes_back_where_it_was() {
    let town = Town::new();
    let screen = Screen::landscape();
    let server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    pad.filter("all");
    pad.window.fill(&hook("search"), "a");
    let names = pad.names();
    assert!(!names.is_empty());

    // Six minutes pass on the window's clock.
    let later = "const now = Date.now; const ahead = arguments[0] * 60000; Date.now = () => now() + ahead";
    pad.window.read(later, &[json!(6)]);
    pad.window.wait(&hook("who"));
    assert!(
        !pad.window.words("body").contains("Toucher"),
        "no row is to be read"
    );

    pad.enter(&colleague(&town, "animateur"));
    assert_eq!(pad.names(), names, "the same part of the same list");
    let typed = || {
        pad.window.read(
            "return document.querySelector(arguments[0]).value",
            &[json!(hook("search"))],
        )
    };
    wait_for("what was searched for", || (typed() == json!("a")).then_some(()));
}

/// A PIN of four digits that is not that one.
fn other_pin(pin: &str) -> String {
    let wrong = pin.chars().map(|digit| if digit == '9' { '0' } else { '9' });
    wrong.collect()
}

fn choose_director(pad: &Pad, head: &Colleague) {
    let script = "const select = document.querySelector(arguments[0]);
        select.value = [...select.options].find(option => option.textContent === arguments[1]).value;
        select.dispatchEvent(new Event('change', {bubbles: true}))";
    pad.window
        .read(script, &[json!(hook("director")), json!(head.name)]);
}
