//! A nursery school: by class, with the colour and the symbol each child knows.

use serde_json::json;
use system_tests::tablet::text;
use system_tests::{Screen, Town};

use crate::access;
use crate::pad::{Colleague, EVENING, Pad, hook, of};

#[test]
fn a_nursery_lists_tiles_by_class() {
    let town = Town::new();
    let screen = Screen::landscape();
    let server = town.server_at(EVENING);
    let site = nursery(&town);
    let pad = Pad::on(&town, &screen, EVENING);
    pad.enrol(&server.url(), &town.code(&[&site]));
    pad.enter(&of_site(&town, &site));
    pad.window.wait(".day[data-nursery]");
    pad.window
        .wait(".rows[aria-busy=false][data-sort=class] .row:not([hidden])");
    pad.window.wait(".class-head h2");

    // Heads stand in order, each over children of its class only.
    let heads = pad.window.read(
        "return [...document.querySelectorAll('.class-head h2')].map(head => head.textContent)",
        &[],
    );
    let heads = crate::pad::texts(&heads);
    let mut wanted = heads.clone();
    wanted.sort();
    wanted.dedup();
    assert_eq!(heads, wanted);
    let signs = pad.window.read(
        "return [...document.querySelectorAll('.row:not([hidden])')].every(row =>
            row.querySelector('.portrait').dataset.colour && row.querySelector('.symbol use').getAttribute('href').startsWith('symbols.svg#'))",
        &[],
    );
    assert_eq!(signs, json!(true), "each has a colour and a symbol");
    access::passes(&pad.window, "the tiles of a nursery");

    let first = pad.shown().remove(0);
    let next = pad.window.read(
        "return document.querySelector(arguments[0] + ' .unseen:last-child').textContent",
        &[json!(of("row-main", &first))],
    );
    let then = if text(&next).contains("départ") {
        "left"
    } else {
        "present"
    };
    pad.tap(&first, then);
    pad.at_rest(&first);
    pad.window.click(&of("row-undo", &first));
    pad.wait_state(&first, "expected");
    pad.window.upright();
    access::passes(&pad.window, "the tiles of a nursery, upright");
    assert!(pad.window.has(&hook("close-list")));
}

/// The site whose name says that it is one.
fn nursery(town: &Town) -> String {
    let sites = town.demo()["sites"].as_array().expect("sites");
    let found = sites
        .iter()
        .find(|site| text(&site["name"]).to_lowercase().contains("maternelle"));
    text(&found.expect("a nursery school")["slug"]).to_owned()
}

/// Somebody with a PIN at that site.
fn of_site(town: &Town, slug: &str) -> Colleague {
    let staff = town.demo()["staff"].as_array().expect("staff");
    let found = staff.iter().find(|person| {
        let site = text(&person["site"]);
        site == slug || site.is_empty()
    });
    let found = found.expect("somebody works there");
    Colleague {
        name: text(&found["name"]).to_owned(),
        pin: text(&found["pin"]).to_owned(),
    }
}
