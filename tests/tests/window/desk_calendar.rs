//! An agent sets the calendar and enters, ends and takes back exceptional days: in a browser with
//! scripts and in one without, with the keyboard alone, and with a checker of accessibility that
//! finds nothing.

use serde_json::Value;
use system_tests::tablet::text;
use system_tests::town::SLUG;
use system_tests::{Browser, Town};

use crate::access::passes;

const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';

fn agent_at(browser: Browser, town: &Town, server: &str) -> Browser {
    let agents = town.demo()["agents"].as_array().expect("agents");
    let agent = agents
        .iter()
        .find(|agent| agent["role"] == "gestionnaire")
        .expect("one who runs the desk");
    browser.visit(&format!("{server}/{SLUG}/gestion/connexion"));
    browser.fill("[name=email]", text(&agent["email"]));
    browser.fill("[name=mot_de_passe]", text(&agent["password"]));
    browser.click("form.stack button");
    browser.wait(".summary");
    browser
}

/// Sets a value: browsers type dates and hours each in their own order.
fn set(browser: &Browser, name: &str, value: &str) {
    let script = "document.querySelector(`[name='${arguments[0]}']`).value = arguments[1]";
    browser.read(script, &[name.into(), value.into()]);
}

fn page(server: &str, page: &str) -> String {
    format!("{server}/{SLUG}/gestion/calendrier{page}")
}

/// The whole of it, by hand.
fn runs_the_calendar(browser: &Browser, server: &str) {
    browser.visit(&page(server, ""));
    browser.wait(".months");
    assert!(browser.words("main").contains("Vacances de Noël"));
    browser.click("a[rel=next]");
    browser.wait_words("h1", "2027-2028");
    browser.click("a[rel=prev]");
    browser.wait_words("h1", "2026-2027");

    browser.click("a[href$='/calendrier/reglages']");
    browser.wait("[name=region]");
    assert!(!browser.has("[name=vendredi_saint]"));
    browser.click("select[name=region] option[value=alsace_moselle]");
    browser.fill("[name=nom-0]", "Pont de la Toussaint");
    set(browser, "du-0", "2026-11-12");
    browser.click(".buttons button");
    browser.wait(".notice.done");
    browser.click("[name=vendredi_saint]");
    browser.click(".buttons button");
    browser.wait(".months");
    let year = browser.words("main");
    assert!(
        year.contains("Vendredi saint") && year.contains("Pont de la Toussaint"),
        "{year}"
    );
    assert!(browser.has(".day[data-kind=closed]"));

    browser.click("a[href$='/calendrier/jours']");
    browser.wait(".exceptional");
    browser.click("a[href$='/jours/nouveau']");
    browser.wait("[name=genre]");
    browser.click("[name=genre][value=closure]");
    browser.fill("[name=motif]", "Dégât des eaux");
    set(browser, "du", "2026-11-24");
    browser.click("[name=ecoles]");
    browser.click(".buttons button");
    browser.wait(".concerned");
    let preview = browser.words("main");
    assert!(
        preview.contains("jusqu’à nouvel ordre") && preview.contains("enfants"),
        "{preview}"
    );
    browser.leave("button[value=corriger]");
    browser.wait("[name=motif]");
    set(browser, "au", "2026-11-25");
    browser.click(".buttons button");
    browser.wait(".concerned");
    browser.click(".buttons button");
    browser.wait_words(".notice.done", "Créé.");
    assert!(
        browser
            .words("main")
            .contains("du mardi 24 novembre au mercredi 25 novembre 2026")
    );
    let mine = "tr:has(.unseen)";
    assert!(browser.has(mine));
    browser.click("a[href$='/supprimer']");
    browser.wait(".day-card");
    assert!(
        browser.words("main").contains("Dégât des eaux"),
        "the nearest stands first"
    );
    browser.click(".buttons button");
    browser.wait_words(".notice.done", "Supprimé.");
    assert!(!browser.words("main").contains("Dégât des eaux"));
}

#[test]
fn an_agent_runs_the_calendar_with_scripts_and_without() {
    for (folder, scripted) in [("with", true), ("without", false)] {
        let town = Town::new();
        let server = town.server();
        let profile = town.place(folder);
        let browser = if scripted {
            Browser::desk(&profile)
        } else {
            Browser::desk_without_scripts(&profile)
        };
        let browser = agent_at(browser, &town, &server.url());
        runs_the_calendar(&browser, &server.url());
    }
}

#[test]
fn axe_finds_nothing_on_the_pages_of_the_calendar() {
    let town = Town::new();
    let server = town.server();
    let url = server.url();
    let browser = agent_at(Browser::desk(&town.place("browser")), &town, &url);
    for (address, wait, name) in [
        ("", ".months", "the year"),
        ("?annee=2031", ".months", "a year nobody published"),
        ("/reglages", "[name=region]", "the settings"),
        ("/jours", ".exceptional", "exceptional days"),
        ("/jours/nouveau", "[name=genre]", "a new exceptional day"),
    ] {
        browser.visit(&page(&url, address));
        browser.wait(wait);
        passes(&browser, name);
    }
    browser.click(".buttons button");
    browser.wait("#erreurs");
    passes(&browser, "a form with errors");
    browser.fill("[name=motif]", "Sortie au musée");
    set(&browser, "du", "2026-11-24");
    browser.click("[name=ecoles]");
    browser.click(".buttons button");
    browser.wait(".concerned");
    passes(&browser, "what it would change");
    browser.visit(&page(&url, "/jours"));
    browser.click("a[href$='/supprimer']");
    browser.wait(".day-card");
    passes(&browser, "taking one back");
}

/// Goes on with the Tab key until the keyboard stands on something.
#[track_caller]
fn tab_to(browser: &Browser, selector: &str) {
    let there = "return document.activeElement.matches(arguments[0])";
    for _ in 0..120 {
        if browser.read(there, &[selector.into()]) == Value::Bool(true) {
            return;
        }
        browser.press(TAB);
    }
    panic!("the keyboard never comes to {selector}");
}

#[test]
fn an_exceptional_day_is_entered_with_the_keyboard_alone() {
    let town = Town::new();
    let server = town.server();
    let url = server.url();
    let browser = agent_at(Browser::desk(&town.place("browser")), &town, &url);
    browser.visit(&page(&url, "/jours/nouveau"));
    browser.wait("[name=genre]");
    tab_to(&browser, "[name=motif]");
    for key in "Fermeture".chars() {
        browser.press(key);
    }
    tab_to(&browser, "[name=du]");
    // The order of a date field is the browser's: here month, day, year.
    for key in "11242026".chars() {
        browser.press(key);
    }
    tab_to(&browser, "[name=ecoles]");
    browser.press(' ');
    tab_to(&browser, ".buttons button");
    browser.press(ENTER);
    browser.wait(".concerned");
    tab_to(&browser, ".buttons button");
    browser.press(ENTER);
    browser.wait_words(".notice.done", "Créé.");
    assert!(browser.words("main").contains("Sortie de classe"));
}
