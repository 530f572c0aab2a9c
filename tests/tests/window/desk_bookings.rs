//! An agent books for a child and for a class, in a browser with scripts and in one without; prints
//! the lists; all of it can be done with the keyboard, and a checker of accessibility finds nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use system_tests::tablet::text;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Browser, Town};

use crate::access::passes;
use crate::pad::{EVENING, SITE};

/// A browser in which someone of a role has logged in.
pub(crate) fn logged_in(browser: Browser, town: &Town, server: &str, role: &str) -> Browser {
    let agents = town.demo()["agents"].as_array().expect("agents");
    let agent = agents.iter().find(|agent| agent["role"] == role).expect(role);
    browser.visit(&format!("{server}/{SLUG}/gestion/connexion"));
    browser.fill("[name=email]", text(&agent["email"]));
    browser.fill("[name=mot_de_passe]", text(&agent["password"]));
    browser.click("form.stack button");
    browser.wait(".summary");
    browser
}

/// Chooses in a list that opens, as a browser without scripts does too.
pub(crate) fn choose(browser: &Browser, name: &str, value: &str) {
    browser.click(&format!("select[name=\"{name}\"] option[value=\"{value}\"]"));
}

/// A child of the site: what stands in `demo.json`.
pub(crate) fn child(town: &Town) -> (String, String) {
    let families = town.demo()["families"].as_array().expect("families");
    let mut children = families
        .iter()
        .flat_map(|family| family["children"].as_array().expect("children"));
    let child = children
        .find(|child| child["site"] == SITE)
        .expect("a child of the site");
    (
        text(&child["id"]).to_owned(),
        text(&child["last_name"]).to_owned(),
    )
}

/// Books a week away from what stands, looks at the preview, does it, and cancels it again.
fn books_a_period(browser: &Browser, town: &Town, server: &str) {
    let (child, last_name) = child(town);
    browser.visit(&format!("{server}/{SLUG}/gestion/reservations"));
    browser.fill("[name=q]", &last_name);
    browser.click(".filters button");
    browser.click(&format!(".found-list a[href*=\"{child}\"]"));
    browser.wait(".grid");
    browser.click(".ways li:nth-child(3) a");
    browser.wait("[name=du]");
    set(browser, "du", "2027-03-08");
    set(browser, "au", "2027-03-12");
    choose(browser, "quoi", "cantine/repas");
    browser.click(".buttons button");
    browser.wait(".plan-sum");
    assert_eq!(browser.words(".plan-sum"), "4 jours à réserver.");
    browser.click(".buttons button");
    browser.wait(".notice.done");
    assert_eq!(browser.words(".notice.done"), "Enregistré.");

    browser.visit(&format!(
        "{server}/{SLUG}/gestion/reservations/enfant/{child}?vue=semaine&date=2027-03-08"
    ));
    browser.wait(".grid");
    assert!(browser.has("td[data-booked] select[name=\"c.2027-03-09.cantine\"]"));
    assert!(
        !browser.has("select[name=\"c.2027-03-10.cantine\"]"),
        "no canteen on Wednesdays"
    );
    choose(browser, "c.2027-03-09.cantine", "");
    choose(browser, "c.2027-03-11.cantine", "pique-nique");
    browser.click(".buttons button");
    browser.wait(".plan-sum");
    assert_eq!(
        browser.words(".plan-sum"),
        "1 formule changée, 1 réservation à annuler."
    );
    browser.click("button[value=modifier]");
    browser.wait(".grid");
    assert!(browser.has("select[name=\"c.2027-03-11.cantine\"] option[value=\"pique-nique\"][selected]"));
    browser.click(".buttons button");
    browser.wait(".plan-sum");
    browser.click(".buttons button");
    browser.wait(".notice.done");
    assert!(!browser.has("td[data-booked] select[name=\"c.2027-03-09.cantine\"]"));
}

/// Sets a date: browsers type dates each in their own order.
pub(crate) fn set(browser: &Browser, name: &str, value: &str) {
    browser.read(
        "document.querySelector(`[name=${arguments[0]}]`).value = arguments[1]",
        &[name.into(), value.into()],
    );
}

#[test]
fn an_agent_books_a_period_and_changes_a_week_with_scripts_and_without() {
    let town = Town::new();
    let server = town.server_at(EVENING);
    let url = server.url();
    let with = logged_in(Browser::desk(&town.place("with")), &town, &url, "gestionnaire");
    books_a_period(&with, &town, &url);
    assert!(!with.has("[data-print][hidden]"), "the page's scripts run");
    drop(with);
    let second = Town::new();
    let server = second.server_at(EVENING);
    let url = server.url();
    let browser = Browser::desk_without_scripts(&second.place("without"));
    let without = logged_in(browser, &second, &url, "gestionnaire");
    books_a_period(&without, &second, &url);
    assert!(without.has("[data-print][hidden]"), "no script ran");
}

#[test]
fn a_class_is_booked_with_the_keyboard_alone() {
    let town = Town::new();
    let server = town.server_at(EVENING);
    let url = server.url();
    let browser = logged_in(Browser::desk(&town.place("browser")), &town, &url, "gestionnaire");
    browser.visit(&format!("{url}/{SLUG}/gestion/reservations"));
    let class = browser.attribute(".class-list li a", "href").expect("a class");
    browser.visit(&format!("{url}{class}?date=2027-03-08"));
    browser.wait(".grid");
    let field = browser
        .attribute(".grid td select", "name")
        .expect("something can be chosen");
    // From the top of the page, as a keyboard goes: every stop has its ring, and the field is one.
    let reached = tab_to(&browser, &field, 200);
    assert!(reached, "{field} can be reached");
    browser.press('\u{E015}');
    let chosen = browser.read("return document.activeElement.selectedIndex", &[]);
    assert_eq!(chosen, Value::from(1), "the arrow chooses");
    assert!(tab_to(&browser, "geste", 400), "the button can be reached");
    browser.press('\u{E007}');
    browser.wait(".plan-sum");
    assert!(
        browser.words(".plan-sum").contains("à réserver"),
        "{}",
        browser.words(".plan-sum")
    );
}

fn tab_to(browser: &Browser, name: &str, most: usize) -> bool {
    for _ in 0..most {
        browser.press('\u{E004}');
        let here = browser.read("return document.activeElement.getAttribute('name') ?? ''", &[]);
        if here == name {
            return true;
        }
    }
    false
}

#[test]
fn axe_finds_nothing_on_reservations_and_lists() {
    let town = Town::new();
    let server = town.server_at(EVENING);
    let url = server.url();
    let browser = logged_in(Browser::desk(&town.place("browser")), &town, &url, "gestionnaire");
    let (child, last_name) = child(&town);
    let gestion = format!("{url}/{SLUG}/gestion");
    let of_child = format!("{gestion}/reservations/enfant/{child}");
    browser.visit(&format!("{gestion}/reservations"));
    let class = browser.attribute(".class-list li a", "href").expect("a class");
    let class = format!("{url}{class}");
    let pages = [
        (
            format!("{gestion}/reservations?q={last_name}"),
            "whom to book for",
        ),
        (format!("{of_child}?date={MONDAY}"), "a child's week"),
        (format!("{of_child}?vue=mois&date=2026-12-10"), "a child's month"),
        (format!("{of_child}?vue=periode"), "a child's period"),
        (format!("{class}?date={MONDAY}"), "a class's week"),
        (format!("{class}?vue=periode"), "a class's period"),
        (
            format!("{gestion}/listes?site={SITE}&date={MONDAY}&activite=cantine"),
            "a list",
        ),
        (
            format!("{gestion}/listes/papier?site={SITE}&date={MONDAY}"),
            "the lists on paper",
        ),
    ];
    for (page, name) in pages {
        browser.visit(&page);
        browser.wait("main");
        passes(&browser, name);
    }
    browser.visit(&format!("{of_child}?vue=periode"));
    set(&browser, "du", "2026-12-14");
    set(&browser, "au", "2027-01-15");
    browser.click(".buttons button");
    browser.wait(".plan-sum");
    passes(&browser, "what will be done");
    browser.visit(&format!("{of_child}?vue=periode"));
    browser.click(".buttons button");
    browser.wait(".errors");
    passes(&browser, "a form with an error");
}

/// The page that a browser shows, printed to a document by a browser that knows no session: its
/// styles alone make the paper.
pub(crate) fn printed(browser: &Browser, server: &str, folder: &Path) -> PathBuf {
    fs::create_dir_all(folder).expect("a folder for the paper");
    let page = browser.read("return document.documentElement.outerHTML", &[]);
    let whole = text(&page).replace("\"/static/", &format!("\"{server}/static/"));
    let (html, pdf) = (folder.join("listes.html"), folder.join("listes.pdf"));
    fs::write(&html, format!("<!doctype html>{whole}")).expect("a page to print");
    let done = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
        ])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", html.display()))
        .output()
        .expect("chromium");
    assert!(pdf.exists(), "{done:?}");
    pdf
}

/// The words of each page of a document that was printed.
pub(crate) fn pages(file: &Path) -> Vec<String> {
    let said = Command::new("pdftotext")
        .args(["-layout".as_ref(), file.as_os_str(), "-".as_ref()])
        .output()
        .expect("pdftotext");
    let all = String::from_utf8_lossy(&said.stdout).into_owned();
    all.split('\u{c}')
        .filter(|page| !page.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_printed_page_says_what_it_is_and_no_row_is_cut() {
    let town = Town::new();
    let server = town.server_at(EVENING);
    let url = server.url();
    let browser = logged_in(Browser::desk(&town.place("browser")), &town, &url, "gestionnaire");
    browser.visit(&format!(
        "{url}/{SLUG}/gestion/listes/papier?site={SITE}&date={MONDAY}&activite=cantine"
    ));
    browser.wait(".paper-sheet");
    let rows = browser.read(
        "return [...document.querySelectorAll('.paper-child')].map(child => [
            child.querySelector('.paper-last').textContent + ' ' + child.querySelector('.paper-first').textContent,
            child.parentElement.querySelector('.paper-phone').textContent])",
        &[],
    );
    let rows = rows.as_array().expect("rows").clone();
    assert!(rows.len() > 100, "a canteen with children: {}", rows.len());
    let pages = pages(&printed(&browser, &url, &town.place("paper")));
    assert!(pages.len() > 5, "{} pages", pages.len());
    for (n, page) in pages.iter().enumerate() {
        let number = format!("page {} / {}", n + 1, pages.len());
        for said in [
            "Cantine",
            "Groupe scolaire Jules-Ferry",
            "Ville de Démonstration",
            "lundi 23 novembre",
            "Imprimé le",
            number.as_str(),
        ] {
            assert!(page.contains(said), "{said} on page {}:\n{page}", n + 1);
        }
    }
    for row in &rows {
        let (name, phone) = (text(&row[0]), text(&row[1]));
        let last = name.split(['-', ' ']).next().unwrap_or_default();
        let whole = pages.iter().any(|page| {
            let mut lines = page.lines();
            lines.any(|line| line.contains(phone)) && page.contains(last)
        });
        assert!(whole, "{name} and {phone} stand on one page");
    }
}
