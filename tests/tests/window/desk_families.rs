//! An agent takes in a workbook and a text file of another age, finds the children on the telephone
//! and mends a card: with scripts, without, by keyboard, and under a checker of accessibility.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;
use system_tests::tablet::text;
use system_tests::town::SLUG;
use system_tests::{Browser, Town};

use crate::access::passes;

/// A browser in which someone of a role has logged in.
fn logged_in(browser: Browser, town: &Town, server: &str, role: &str) -> Browser {
    let agents = town.demo()["agents"].as_array().expect("agents");
    let agent = agents.iter().find(|agent| agent["role"] == role).expect(role);
    browser.visit(&format!("{server}/{SLUG}/gestion/connexion"));
    browser.fill("[name=email]", text(&agent["email"]));
    browser.fill("[name=mot_de_passe]", text(&agent["password"]));
    browser.click("form.stack button");
    browser.wait(".summary");
    browser
}

/// A list of pupils as a school's office keeps it.
fn workbook(path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headers = [
        "Nom",
        "Prénom",
        "Date de naissance",
        "Classe",
        "Nom responsable 1",
        "Prénom responsable 1",
        "Téléphone responsable 1",
    ];
    for (column, header) in (0_u16..).zip(headers) {
        sheet.write(0, column, header).expect("a cell");
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (row, (first_name, year)) in (1_u32..).zip([("Éloïse", 2018), ("Anaëlle", 2016)]) {
        let born = ExcelDateTime::from_ymd(year, 3, 4).expect("a date");
        sheet.write(row, 0, "D’Œuvray").expect("a cell");
        sheet.write(row, 1, first_name).expect("a cell");
        sheet.write_with_format(row, 2, &born, &day).expect("a cell");
        sheet.write(row, 3, "CP des lions").expect("a cell");
        sheet.write(row, 4, "D’Œuvray").expect("a cell");
        sheet.write(row, 5, "Maëlys").expect("a cell");
        sheet.write(row, 6, 639_980_077).expect("a cell");
    }
    book.save(path).expect("a workbook");
}

/// The same family as an old program writes it, with two slips: Windows-1252, semicolons, capitals.
fn old_text(path: &Path) {
    let lines: [&[u8]; 5] = [
        b"Nom \xe9l\xe8ve;Pr\xe9nom \xe9l\xe8ve;Date naissance;T\xe9l\xe9phone responsable 1;Nom responsable 1;Pr\xe9nom responsable 1",
        b"D'\x8cUVRAY;\xc9LO\xcfSE;04/03/2018;06.39.98.00.78;D'\x8cUVRAY;MA\xcbLYS",
        b"B\xc9ROUD;TH\xc9O;31/02/2019;;;",
        b"B\xc9ROUD;ZO\xc9;01/02/2019;12;B\xc9ROUD;PAUL",
        b"B\xc9ROUD;NO\xc9;01/02/2017;;;",
    ];
    fs::write(path, lines.join(&b"\r\n"[..])).expect("a text file");
}

fn sends(browser: &Browser, desk: &str, file: &Path) {
    browser.visit(&format!("{desk}/import"));
    browser.fill("#fichier", file.to_str().expect("a path in UTF-8"));
    browser.click("form.form .buttons button");
    browser.wait(".mapping");
}

/// Takes both files in, twice, and finds whom they brought.
fn takes_files_in(browser: &Browser, town: &Town, desk: &str) {
    let (book, old) = (town.place("eleves.xlsx"), town.place("ancien.csv"));
    workbook(&book);
    old_text(&old);
    sends(browser, desk, &book);
    // The class is not there yet, and the file names no school.
    browser.click("form.form .buttons button");
    browser.wait(".import-lines");
    assert!(
        browser
            .words(".import-verdict")
            .contains("Aucune ligne n’apporte de changement")
    );
    browser.click(".import-verdict a.button");
    browser.wait(".mapping");
    browser.click("#creer_classes");
    browser.click("#ecole option:nth-child(2)");
    browser.click("form.form .buttons button");
    browser.wait("#confirmer");
    assert!(
        browser
            .words(".import-verdict")
            .contains("Classes créées : CP des lions.")
    );
    browser.click("#confirmer");
    browser.wait(".report");
    assert!(browser.words(".report").contains("2 enfants créés"));

    sends(browser, desk, &old);
    browser.click("form.form .buttons button");
    browser.wait("#confirmer");
    assert!(
        browser
            .words(".import-lines")
            .contains("« 31/02/2019 » n’est pas une date")
    );
    browser.click("[data-tone=changed]");
    browser.wait_words(
        ".import-lines",
        "Téléphone : 06 39 98 00 78, au lieu de 06 39 98 00 77",
    );
    browser.click("#confirmer");
    browser.wait(".report");
    assert!(
        browser
            .words("main")
            .contains("2 lignes ont été laissées de côté")
    );

    sends(browser, desk, &old);
    browser.click("form.form .buttons button");
    browser.wait(".import-lines");
    assert!(!browser.has("#confirmer"), "the same file twice changes nothing");

    // On the telephone: the number, then a part of a name without its accents.
    for said in ["0639980078", "oeuvray eloise", "maelys"] {
        browser.visit(&format!("{desk}/enfants"));
        browser.fill("[name=q]", said);
        browser.click(".filters button");
        browser.wait_words(".children", "Éloïse");
    }
}

#[test]
fn files_are_taken_in_with_scripts_and_without() {
    let town = Town::new();
    let server = town.server();
    let desk = format!("{}/{SLUG}/gestion", server.url());
    let with = logged_in(
        Browser::desk(&town.place("with")),
        &town,
        &server.url(),
        "gestionnaire",
    );
    takes_files_in(&with, &town, &desk);
    drop((with, server));
    town.verify();

    let town = Town::new();
    let server = town.server();
    let desk = format!("{}/{SLUG}/gestion", server.url());
    let browser = Browser::desk_without_scripts(&town.place("without"));
    let without = logged_in(browser, &town, &server.url(), "gestionnaire");
    takes_files_in(&without, &town, &desk);
    drop((without, server));
    town.verify();
}

#[test]
fn axe_finds_nothing_on_the_pages_of_families_and_imports() {
    let town = Town::new();
    let server = town.server();
    let desk = format!("{}/{SLUG}/gestion", server.url());
    let browser = logged_in(
        Browser::desk(&town.place("axe")),
        &town,
        &server.url(),
        "gestionnaire",
    );
    browser.visit(&format!("{desk}/enfants?q=martin"));
    passes(&browser, "the list of children");
    let card = browser.attribute(".children th a", "href").expect("a child");
    let card = format!("{}{card}", server.url());
    for (page, name) in [
        (card.clone(), "a card"),
        (format!("{card}/modifier"), "the form of a child"),
        (format!("{desk}/enfants/nouveau"), "the form of a new child"),
        (format!("{desk}/import"), "the first page of an import"),
    ] {
        browser.visit(&page);
        passes(&browser, name);
    }
    browser.visit(&card);
    browser.click(".home .buttons:last-child a");
    browser.wait("#responsable-0");
    passes(&browser, "the form of a household");
    let old = town.place("ancien.csv");
    old_text(&old);
    sends(&browser, &desk, &old);
    passes(&browser, "the columns of a file");
    browser.click("form.form .buttons button");
    browser.wait(".import-lines");
    passes(&browser, "what a file would do");
    browser.click("#confirmer");
    browser.wait(".report");
    passes(&browser, "what a file did");
}

/// The Tab key, as WebDriver writes it.
const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';

/// Walks with the Tab key until something has the focus.
fn walk_to(browser: &Browser, selector: &str) {
    let there = |browser: &Browser| {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false";
        browser.read(script, &[selector.into()]) == Value::Bool(true)
    };
    for _ in 0..80 {
        if there(browser) {
            return;
        }
        browser.press(TAB);
    }
    panic!("{selector} cannot be reached with the Tab key");
}

#[test]
fn a_card_is_found_and_mended_by_keyboard_alone() {
    let town = Town::new();
    let server = town.server();
    let desk = format!("{}/{SLUG}/gestion", server.url());
    let browser = logged_in(
        Browser::desk(&town.place("keys")),
        &town,
        &server.url(),
        "gestionnaire",
    );
    browser.visit(&format!("{desk}/enfants"));
    walk_to(&browser, "[name=q]");
    for key in "martin".chars() {
        browser.press(key);
    }
    browser.press(ENTER);
    browser.wait(".children");
    walk_to(&browser, ".children th a");
    browser.press(ENTER);
    browser.wait(".card");
    walk_to(&browser, ".doing a");
    browser.press(ENTER);
    browser.wait("[name=a_savoir]");
    walk_to(&browser, "[name=a_savoir]");
    for key in "Lunettes".chars() {
        browser.press(key);
    }
    walk_to(&browser, ".form .buttons button");
    browser.press(ENTER);
    browser.wait(".card");
    assert!(browser.words(".identity").contains("Lunettes"));
    assert_eq!(browser.words(".notice.done"), "Enregistré.");
}
