//! An administrator closes reservations and opens them again while a colleague fills a form in; tells
//! families what happens, who read it before they log in; with scripts and without.

use std::fs;

use serde_json::{Value, json};
use system_tests::town::SLUG;
use system_tests::{Browser, Server, Town};

use crate::access::passes;
use crate::desk_bookings::{child, choose, logged_in, set};
use crate::pad::EVENING;

const SAID: &str = "Nous vérifions les réservations jusqu’à demain.";

fn opened(town: &Town, name: &str, scripted: bool) -> Browser {
    let profile = town.place(name);
    if scripted {
        Browser::desk(&profile)
    } else {
        Browser::desk_without_scripts(&profile)
    }
}

fn service(server: &Server) -> String {
    format!("{}/{SLUG}/gestion/service", server.url())
}

fn switch(browser: &Browser, server: &Server, part: &str, state: &str, message: &str) {
    browser.visit(&service(server));
    browser.click(&format!("#service-{part} summary"));
    browser.click(&format!("#service-{part} [value={state}]"));
    browser.fill(&format!("#service-{part} textarea"), message);
    browser.click(&format!("#service-{part} .buttons button"));
    browser.wait(".notice.done");
}

/// Fills in a period for a child, up to the preview.
fn previewed(browser: &Browser, town: &Town, server: &Server) {
    let (child, _) = child(town);
    browser.visit(&format!(
        "{}/{SLUG}/gestion/reservations/enfant/{child}?vue=periode",
        server.url()
    ));
    browser.wait("[name=du]");
    set(browser, "du", "2027-03-08");
    set(browser, "au", "2027-03-12");
    choose(browser, "quoi", "cantine/repas");
    browser.click(".buttons button");
    browser.wait(".plan-sum");
}

#[test]
fn a_colleagues_form_is_refused_while_reservations_are_closed_and_taken_when_they_open() {
    for scripted in [true, false] {
        let town = Town::new();
        let server = town.server_at(EVENING);
        let url = server.url();
        let admin = logged_in(opened(&town, "admin", scripted), &town, &url, "administrateur");
        let agent = logged_in(opened(&town, "agent", scripted), &town, &url, "gestionnaire");
        previewed(&agent, &town, &server);

        admin.visit(&service(&server));
        admin.click("#service-reservation summary");
        admin.click("#service-reservation [value=closed]");
        admin.click("#service-reservation .buttons button");
        admin.wait_words(".errors", "Dites aux familles pourquoi");
        switch(&admin, &server, "reservation", "closed", SAID);

        agent.click(".buttons button");
        agent.wait_words(".errors", SAID);
        assert_eq!(
            agent.words(".plan-sum"),
            "4 jours à réserver.",
            "the form is kept"
        );
        switch(&admin, &server, "reservation", "open", "");
        agent.click(".buttons button[value=faire]");
        agent.wait(".notice.done");

        admin.visit(&service(&server));
        let history = admin.words("#historique");
        let (opened, closed) = (history.find("Réservations ouvertes"), history.find(SAID));
        assert!(opened.is_some() && opened < closed, "{history}");
    }
}

#[test]
fn an_incident_is_told_and_read_before_anybody_logs_in() {
    for scripted in [true, false] {
        let town = Town::new();
        let server = town.server_at(EVENING);
        let url = server.url();
        let admin = logged_in(opened(&town, "admin", scripted), &town, &url, "administrateur");
        admin.visit(&service(&server));
        admin.click("#points .service-head a");
        admin.wait("[name=titre]");
        let title = admin.attribute("[name=titre]", "value").unwrap_or_default();
        assert!(
            title.starts_with("Point de situation du 23 novembre à 16\u{a0}h"),
            "{title}"
        );
        admin.fill("[name=texte]", "La cantine est ouverte. <b>Rien</b> n’est perdu.");
        admin.click(".buttons button");
        admin.wait(".notice.done");
        switch(&admin, &server, "payment", "closed", "Payez à la mairie.");

        let family = opened(&town, "family", scripted);
        family.visit(&format!("{url}/{SLUG}/gestion/connexion"));
        family.click(".notice a[href$=situation]");
        family.wait(".public-post");
        let words = family.words("main");
        assert!(words.contains("<b>Rien</b> n’est perdu."), "{words}");
        assert!(words.contains("Payez à la mairie.") && words.contains("Point de situation du 23 novembre"));
        if scripted {
            passes(&family, "the public page");
            let feed = format!("{url}/{SLUG}/situation.atom");
            assert_eq!(read_as_xml(&admin, &feed), json!([0, 1]), "no fault, one entry");
        }

        admin.visit(&service(&server));
        admin.click("#points form button");
        admin.wait_words("#points", "Incident terminé");
        family.reload();
        family.wait_words(".public-post", "Incident terminé");
    }
}

/// How many faults the browser's XML parser finds in a feed, and how many entries. Asked on a page of the
/// desk: the public page lets no script fetch anything.
fn read_as_xml(browser: &Browser, feed: &str) -> Value {
    let script = "const request = new XMLHttpRequest();
        request.open('GET', arguments[0], false);
        request.send();
        const feed = new DOMParser().parseFromString(request.responseText, 'application/xml');
        return [feed.getElementsByTagName('parsererror').length, feed.getElementsByTagName('entry').length];";
    browser.read(script, &[feed.into()])
}

#[test]
fn axe_finds_nothing_on_the_pages_of_the_service() {
    let town = Town::new();
    let server = town.server_at(EVENING);
    let url = server.url();
    let admin = logged_in(opened(&town, "admin", true), &town, &url, "administrateur");
    admin.visit(&service(&server));
    passes(&admin, "everything open");
    for (part, state) in [
        ("reservation", "closed"),
        ("consultation", "closed"),
        ("attendance", "read_only"),
    ] {
        switch(&admin, &server, part, state, SAID);
    }
    passes(&admin, "three parts not open");
    admin.visit(&format!("{}/incidents/nouveau", service(&server)));
    admin.fill("[name=titre]", "");
    admin.click(".buttons button");
    admin.wait(".errors");
    passes(&admin, "a post with a flaw");
    admin.fill("[name=titre]", "Point du soir");
    admin.click(".buttons button");
    admin.wait(".notice.done");
    passes(&admin, "a post");
    admin.click("#points a[href$=retirer]");
    admin.wait(".said");
    passes(&admin, "taking a post off");
    admin.visit(&format!("{url}/{SLUG}/gestion"));
    passes(&admin, "a board under the banner");
    let agent = logged_in(opened(&town, "agent", true), &town, &url, "gestionnaire");
    agent.visit(&format!("{url}/{SLUG}/gestion/enfants"));
    agent.wait_words("main", SAID);
    passes(&agent, "files that are closed");
}

#[test]
fn a_page_apart_is_read_from_a_folder() {
    let town = Town::new();
    let shelf = town.place("apart");
    fs::create_dir_all(&shelf).expect("a folder");
    let server = town.server_at(EVENING);
    let admin = logged_in(
        opened(&town, "admin", true),
        &town,
        &server.url(),
        "administrateur",
    );
    switch(&admin, &server, "reservation", "closed", SAID);
    drop((admin, server));
    let host = crate::desk_recovery::record_of(&town);
    let situation = host
        .1
        .store
        .read(|tx| sync_server::web::public::situation(tx, &host.1));
    let situation = situation.expect("what is public");
    let page = server_ui::public::page(&situation, server_ui::public::Shelf::Apart);
    let file = shelf.join(server_ui::public::PAGE_FILE);
    fs::write(&file, page).expect("the page is written");
    let anybody = opened(&town, "anybody", true);
    anybody.visit(&format!("file://{}", file.display()));
    assert!(anybody.words("main").contains(SAID));
    let ground = anybody.read(
        "return getComputedStyle(document.querySelector('.public')).maxWidth",
        &[],
    );
    assert_ne!(ground, json!("none"), "its style is inside");
    passes(&anybody, "the page apart");
}
