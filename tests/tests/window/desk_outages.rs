//! An outage, read and noted in a browser with scripts and in one without; and a checker of accessibility finds
//! nothing.

use system_tests::town::{MONDAY, SLUG};
use system_tests::{Browser, Server, Town};

use crate::access::passes;
use crate::desk_bookings::logged_in;

const SITE: &str = "jules-ferry";

/// A server that was dead for forty minutes, while a tablet went on.
fn after_an_outage(town: &Town) -> Server {
    let mut server = town.server();
    let mut tablet = town.tablet("a", &server.url(), &[SITE]);
    town.tablet("b", &server.url(), &[SITE]);
    let children = tablet.expected(MONDAY, "cantine");
    server.kill9();
    for (n, child) in children.iter().take(4).enumerate() {
        tablet.clock(&format!("2026-11-23T07:{}:00+01:00", 10 + n));
        tablet.in_(child, "cantine");
    }
    server.restart_at("2026-11-23T07:40:00+01:00");
    tablet.clock("2026-11-23T07:41:00+01:00");
    tablet.sync();
    server
}

fn pages(server: &Server) -> String {
    format!("{}/{SLUG}/gestion/pannes", server.url())
}

#[test]
fn an_outage_is_read_and_one_is_noted_with_scripts_and_without() {
    for (folder, scripted) in [("with", true), ("without", false)] {
        let town = Town::new();
        let server = after_an_outage(&town);
        let profile = town.place(folder);
        let browser = if scripted {
            Browser::desk(&profile)
        } else {
            Browser::desk_without_scripts(&profile)
        };
        let browser = logged_in(browser, &town, &server.url(), "administrateur");
        browser.visit(&pages(&server));
        browser.click(".outages tbody th a");
        browser.wait_words(
            ".outages-sentence",
            "4 pointages faits pendant la panne, 4 revenus, le dernier à 7 h 4",
        );
        browser.wait_words(".outages-sum", "Une tablette peut encore en rendre");
        browser.wait_words(".outages-tablets", "Pas entendue depuis");

        browser.visit(&pages(&server));
        browser.click("#noter summary");
        browser.fill("#noter [name=note]", "La pelle du chantier.");
        browser.click("#noter .buttons button");
        browser.wait("#erreurs");
        assert!(
            browser.words("#noter").contains("Indiquez") || browser.has("#noter [aria-invalid=true]"),
            "what is missing is said beside its field"
        );
    }
}

#[test]
fn axe_finds_nothing_on_the_pages_of_outages() {
    let town = Town::new();
    let quiet = town.server();
    let browser = logged_in(
        Browser::desk(&town.place("browser")),
        &town,
        &quiet.url(),
        "administrateur",
    );
    browser.visit(&pages(&quiet));
    browser.wait(".empty");
    passes(&browser, "no outage");
    browser.click("#noter summary");
    passes(&browser, "noting one");
    browser.click("#noter .buttons button");
    browser.wait("#erreurs");
    passes(&browser, "what is missing");
    drop(browser);
    drop(quiet);

    let town = Town::new();
    let server = after_an_outage(&town);
    let browser = logged_in(
        Browser::desk(&town.place("browser")),
        &town,
        &server.url(),
        "administrateur",
    );
    browser.visit(&pages(&server));
    browser.wait(".outages");
    passes(&browser, "the list");
    browser.click(".outages tbody th a");
    browser.wait(".outages-sentence");
    passes(&browser, "an outage");
    browser.upright();
    passes(&browser, "an outage, held upright");
}
