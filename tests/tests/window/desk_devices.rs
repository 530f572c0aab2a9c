//! An administrator gives a new tablet its code, withdraws a tablet and takes in what it sends
//! afterwards: in a browser with scripts and in one without, with the keyboard alone, and with a
//! checker of accessibility that finds nothing on any of the pages.

use serde_json::Value;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Browser, Server, Tablet, Town};

use crate::access::passes;
use crate::desk_bookings::logged_in;

const SITE: &str = "jules-ferry";
const ACTIVITY: &str = "cantine";
const PRIMARY: &str = ".buttons button";
const REVOKE: &str = "a[href$='/retirer']";
const TAKE: &str = "button[value=prendre]";
const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';

fn page(server: &Server, page: &str) -> String {
    format!("{}/{SLUG}/gestion/{page}", server.url())
}

fn administrator(browser: Browser, town: &Town, server: &Server) -> Browser {
    logged_in(browser, town, &server.url(), "administrateur")
}

/// A tablet at work that holds a tap nobody else has seen.
fn tablet_with_a_tap(town: &Town, server: &Server) -> Tablet {
    let tablet = town.tablet("a", &server.url(), &[SITE]);
    let child = tablet.expected(MONDAY, ACTIVITY).remove(0);
    tablet.in_(&child, ACTIVITY);
    tablet
}

/// Sends what the tablet still holds, to a server that no longer knows it.
fn sends_late(tablet: &Tablet) {
    assert!(tablet.run(&["sync"]).stopped(2).contains("retirée"));
}

/// The square is drawn, square by square, and large enough for a camera.
#[track_caller]
fn shows_a_code(browser: &Browser) {
    browser.wait(".qr path");
    let width = browser.read(
        "return document.querySelector('.qr').getBoundingClientRect().width",
        &[],
    );
    assert!(width.as_f64().expect("a width") >= 160.0, "{width}");
    assert!(
        browser
            .attribute(".qr path", "d")
            .is_some_and(|path| path.len() > 1_000)
    );
    let code = browser.words(".given .code");
    assert!(code.starts_with(&format!("{SLUG}-")), "{code}");
}

/// The whole of it, by hand.
fn runs_the_tablets(browser: &Browser, town: &Town, server: &Server) {
    let tablet = tablet_with_a_tap(town, server);
    browser.visit(&page(server, "tablettes"));
    browser.wait(REVOKE);
    browser.click("a[href$='/tablettes/code']");
    browser.wait("[name=site]");
    browser.click(PRIMARY);
    browser.wait("#erreurs");
    browser.click("[name=site]");
    browser.click(PRIMARY);
    shows_a_code(browser);
    let code = browser.words(".given .code");
    let new = town.blank_tablet("new");
    assert_eq!(
        new.enrol(&server.url(), &code).done()["synced"],
        true,
        "the code is good"
    );

    browser.visit(&page(server, "tablettes"));
    let status = tablet.status();
    let id = status["device"].as_str().expect("its id");
    browser.click(&format!("a[href*='{id}']"));
    browser.wait("[name=mot]");
    browser.fill("[name=mot]", "SUPPRIMER");
    browser.click(PRIMARY);
    browser.wait("#erreurs");
    browser.fill("[name=mot]", "RETIRER");
    browser.click(PRIMARY);
    browser.wait(".notice.done");
    browser.wait(".gone");

    sends_late(&tablet);
    browser.visit(&page(server, "quarantaine"));
    browser.click(".aside-list .doing a");
    browser.wait_words(".aside-lines", "Arrivée");
    browser.click(TAKE);
    browser.wait(".notice.done");
    assert!(!browser.words("main").contains("Examiner"), "nothing waits");
}

#[test]
fn an_administrator_runs_the_tablets_with_scripts_and_without() {
    for (folder, scripted) in [("with", true), ("without", false)] {
        let town = Town::new();
        let server = town.server();
        let profile = town.place(folder);
        let browser = if scripted {
            Browser::desk(&profile)
        } else {
            Browser::desk_without_scripts(&profile)
        };
        let browser = administrator(browser, &town, &server);
        runs_the_tablets(&browser, &town, &server);
    }
}

#[test]
fn axe_finds_nothing_on_the_pages_of_the_tablets() {
    let town = Town::new();
    let server = town.server();
    let tablet = tablet_with_a_tap(&town, &server);
    let browser = administrator(Browser::desk(&town.place("browser")), &town, &server);
    browser.visit(&page(&server, "quarantaine"));
    browser.wait(".empty");
    passes(&browser, "nothing kept aside");
    browser.visit(&page(&server, "tablettes"));
    browser.wait(REVOKE);
    passes(&browser, "the tablets");
    browser.visit(&page(&server, "tablettes/code"));
    browser.wait("[name=site]");
    passes(&browser, "the sites of a new tablet");
    browser.click(PRIMARY);
    browser.wait("#erreurs");
    passes(&browser, "no site chosen");
    browser.click("[name=site]");
    browser.click(PRIMARY);
    shows_a_code(&browser);
    passes(&browser, "a code");
    browser.upright();
    passes(&browser, "a code on a narrow screen");

    browser.visit(&page(&server, "tablettes"));
    browser.click(REVOKE);
    browser.wait("[name=mot]");
    passes(&browser, "withdrawing");
    browser.click(PRIMARY);
    browser.wait("#erreurs");
    passes(&browser, "withdrawing without the word");
    browser.fill("[name=mot]", "RETIRER");
    browser.click(PRIMARY);
    browser.wait(".gone");
    passes(&browser, "a tablet that was withdrawn");

    sends_late(&tablet);
    browser.visit(&page(&server, "quarantaine"));
    browser.wait(".aside-list");
    passes(&browser, "something kept aside");
    browser.click(".aside-list .doing a");
    browser.wait(TAKE);
    passes(&browser, "what was kept aside");
    browser.click(TAKE);
    browser.wait(".notice.done");
    passes(&browser, "what was taken in");
    browser.click(".aside-list .doing a");
    browser.wait(".aside-lines");
    passes(&browser, "what was settled");
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
fn a_code_is_given_and_a_tablet_withdrawn_with_the_keyboard_alone() {
    let town = Town::new();
    let server = town.server();
    let tablet = tablet_with_a_tap(&town, &server);
    let browser = administrator(Browser::desk(&town.place("browser")), &town, &server);
    let enter = |on: &str, then: &str| {
        tab_to(&browser, on);
        browser.press(ENTER);
        browser.wait(then);
    };
    browser.visit(&page(&server, "tablettes"));
    browser.wait(REVOKE);
    enter("a[href$='/tablettes/code']", "[name=site]");
    tab_to(&browser, "[name=site]");
    browser.press(' ');
    enter(PRIMARY, ".qr");
    shows_a_code(&browser);

    browser.visit(&page(&server, "tablettes"));
    browser.wait(REVOKE);
    enter(REVOKE, "[name=mot]");
    tab_to(&browser, "[name=mot]");
    for key in "RETIRER".chars() {
        browser.press(key);
    }
    enter(PRIMARY, ".gone");

    sends_late(&tablet);
    browser.visit(&page(&server, "quarantaine"));
    browser.wait(".aside-list");
    enter(".aside-list .doing a", TAKE);
    enter(TAKE, ".notice.done");
}
