//! Children nobody waits for: of the site, of the town, and one whom nobody knows.

use serde_json::json;
use system_tests::tablet::text;
use system_tests::{Screen, Town};

use crate::pad::{Pad, SITE, hook, of};

#[test]
fn an_unexpected_child_takes_two_touches_and_its_first_letters() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(crate::pad::EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    server.kill9();
    let listed = pad.names();

    // From the town's roster: a child of another site.
    let stranger = of_another_site(&town);
    pad.window.click(&hook("find-open"));
    pad.window.wait(&hook("find-query"));
    assert_eq!(
        pad.window.focus(),
        "find-query",
        "the letters can be typed at once"
    );
    pad.window.fill(&hook("find-query"), &stranger.1);
    let found = of("found", &stranger.0);
    pad.window.wait(&found);
    let known = pad.window.words(&found);
    assert!(known.contains("De la commune"), "{known}");
    assert!(
        known.contains("06") || known.contains("07"),
        "a number to call: {known}"
    );
    pad.window.click(&found);
    pad.wait_state(&stranger.0, "present");
    pad.window.wait_words(&of("row", &stranger.0), "Non prévu");
    pad.at_rest(&stranger.0);

    // It goes as it came.
    pad.window.click(&of("row-undo", &stranger.0));
    pad.window.wait(".rows[aria-busy=false]");
    let gone = format!("{}[data-state=present]", of("row", &stranger.0));
    system_tests::clock::wait_for("the row to go", || (!pad.window.has(&gone)).then_some(()));

    // Nobody in the town answers: the child is added as what is known of it.
    pad.window.click(&hook("find-open"));
    pad.window.fill(&hook("find-query"), "Zébulon");
    pad.window.wait(&hook("find-nobody"));
    pad.window.click(&hook("stranger-open"));
    pad.window.wait(&format!("{}:focus", hook("stranger")));
    let typed = pad
        .window
        .read("return document.querySelector('#stranger').value", &[]);
    assert_eq!(typed, json!("Zébulon"), "nothing is typed twice");
    pad.window.fill(&hook("stranger"), "Zébulon, CP, anorak rouge");
    pad.window.click(&hook("stranger-submit"));
    pad.window.wait_words(".rows", "Zébulon");
    pad.window.wait_words(".rows", "À identifier");
    assert_eq!(pad.names().len(), listed.len() + 1);
}

/// Id and name of a child of the town whom this tablet does not list.
fn of_another_site(town: &Town) -> (String, String) {
    let families = town.demo()["families"].as_array().expect("families");
    let children = families
        .iter()
        .flat_map(|family| family["children"].as_array().expect("children"));
    let other = children.clone().find(|child| {
        let site = text(&child["site"]);
        site != SITE && !site.is_empty()
    });
    let other = other.expect("a child of another site");
    (
        text(&other["id"]).to_owned(),
        format!("{} {}", text(&other["last_name"]), text(&other["first_name"])),
    )
}
