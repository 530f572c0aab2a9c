//! A town is set up in a browser, with scripts and without, by hand and by keyboard alone; the whole
//! town's board follows a tablet; a checker of accessibility finds nothing on any of it.

use serde_json::Value;
use system_tests::clock::wait_for;
use system_tests::tablet::text;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Browser, Town};

use crate::access::passes;
use crate::desk_bookings::logged_in;
use crate::pad::{ACTIVITY, EVENING, SITE};

const PRIMARY: &str = ".buttons .button[data-kind=primary]";
const PASSWORD: &str = "un préau sous la pluie";
const EMAIL: &str = "maire@neuville.example";
const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';

/// A commune with nothing but its first administrator; answers that person's link.
fn founded(town: &Town, slug: &str) -> String {
    town.command(&["commune", "create", slug, "--name", "Neuville"])
        .done();
    let agent = [
        "agent",
        "create",
        slug,
        "--email",
        EMAIL,
        "--role",
        "administrateur",
    ];
    text(&town.command(&agent).done()["link"]).to_owned()
}

/// Opens the link, chooses a password and logs in; answers the address of the desk.
fn enters(browser: &Browser, server: &str, slug: &str, link: &str) -> String {
    browser.visit(&format!("{server}{link}"));
    browser.fill("[name=mot_de_passe]", PASSWORD);
    browser.fill("[name=encore]", PASSWORD);
    browser.click("form.stack button");
    browser.wait("[name=email]");
    browser.fill("[name=email]", EMAIL);
    browser.fill("[name=mot_de_passe]", PASSWORD);
    browser.click("form.stack button");
    browser.wait(".places");
    format!("{server}/{slug}/gestion")
}

/// Sets a town up from nothing, with a mistake on the way.
fn sets_up(browser: &Browser, desk: &str) {
    let new = |part: &str| {
        browser.visit(&format!("{desk}/reglages/{part}/nouveau"));
        browser.wait("form.form");
    };
    let save = || {
        browser.click(PRIMARY);
        browser.wait(".notice.done");
    };
    browser.visit(&format!("{desk}/reglages"));
    assert!(browser.words("main").contains("Pour commencer"));

    new("ecoles");
    browser.click(PRIMARY);
    browser.wait("#erreurs");
    assert_eq!(
        browser.read("return document.activeElement.id", &[]),
        Value::from("erreurs"),
        "who listens hears the errors first"
    );
    browser.click("#erreurs a");
    assert_eq!(
        browser.read("return document.activeElement.id", &[]),
        Value::from("nom")
    );
    browser.fill("[name=nom]", "École Jean-Jaurès");
    save();

    new("classes");
    browser.fill("[name=nom]", "CE1 – Mme Petit");
    browser.fill("[name=niveau]", "CE1");
    save();

    new("sites");
    browser.fill("[name=nom]", "Accueil Jean-Jaurès");
    save();

    new("services");
    browser.fill("[name=nom]", "Restauration scolaire");
    save();

    new("activites");
    browser.fill("[name=nom]", "Cantine");
    browser.click("input[value=presence]");
    browser.fill("[name=places]", "120");
    browser.click("button[value=formule]");
    browser.wait("[name=formule-0-nom]");
    browser.fill("[name=formule-0-nom]", "Avec repas");
    browser.click("select[name=formule-0-repas] option[value=meal]");
    for (name, time) in [("debut", "11:30"), ("fin", "13:30")] {
        browser.read(
            "document.querySelector(`[name=${arguments[0]}]`).value = arguments[1]",
            &[name.into(), time.into()],
        );
    }
    save();

    new("personnel");
    browser.fill("[name=nom]", "Inès Morel");
    browser.click("input[value=animateur]");
    save();
    browser.click(".records tbody a");
    browser.click("a[href$='/code']");
    browser.wait("[name=code]");
    browser.fill("[name=code]", "1234");
    browser.click(PRIMARY);
    browser.wait("#code-erreur");
    browser.fill("[name=code]", "");
    browser.click(PRIMARY);
    browser.wait("p#code");
    let code = browser.words("p#code");
    assert!(
        code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()),
        "{code}"
    );

    browser.visit(desk);
    browser.wait(".summary");
    let board = browser.words(".summary");
    assert!(
        board.contains("Accueil Jean-Jaurès") && board.contains("Cantine"),
        "{board}"
    );
    browser.visit(&format!("{desk}/reglages"));
    browser.wait(".settings");
    assert!(!browser.words("main").contains("Pour commencer"));
}

#[test]
fn a_town_is_set_up_from_nothing_with_scripts_and_without() {
    let town = Town::new();
    let links = [founded(&town, "neuville"), founded(&town, "belleville")];
    let server = town.server_at(EVENING);
    let with = Browser::desk(&town.place("with"));
    let desk = enters(&with, &server.url(), "neuville", &links[0]);
    sets_up(&with, &desk);
    drop(with);
    let without = Browser::desk_without_scripts(&town.place("without"));
    let desk = enters(&without, &server.url(), "belleville", &links[1]);
    sets_up(&without, &desk);
}

/// Presses Tab until something stands there, and says whether it has a ring.
#[track_caller]
fn tab_to(browser: &Browser, selector: &str) {
    for _ in 0..120 {
        browser.press(TAB);
        let here = browser.read(
            "const here = document.activeElement;
            return here.matches(arguments[0]) && getComputedStyle(here).outlineStyle !== 'none'",
            &[selector.into()],
        );
        if here == Value::Bool(true) {
            return;
        }
    }
    panic!("the keyboard does not reach {selector}");
}

#[track_caller]
fn typed(browser: &Browser, selector: &str, words: &str) {
    tab_to(browser, selector);
    for key in words.chars() {
        browser.press(key);
    }
}

#[test]
fn a_town_is_set_up_by_keyboard_alone() {
    let town = Town::new();
    let link = founded(&town, "neuville");
    let server = town.server_at(EVENING);
    let browser = Browser::desk(&town.place("browser"));
    let desk = enters(&browser, &server.url(), "neuville", &link);
    browser.visit(&desk);
    browser.wait(".places");
    let begin = |part: &str| {
        tab_to(&browser, "a[href$='/gestion/reglages']");
        browser.press(ENTER);
        browser.wait(".settings");
        tab_to(&browser, &format!(".setting a[href$='/{part}']"));
        browser.press(ENTER);
        browser.wait("a[href$='/nouveau']");
        tab_to(&browser, "a[href$='/nouveau']");
        browser.press(ENTER);
        browser.wait("form.form");
    };
    let end = || {
        browser.press(ENTER);
        browser.wait(".notice.done");
    };
    begin("ecoles");
    typed(&browser, "[name=nom]", "École Curie");
    end();
    begin("sites");
    typed(&browser, "[name=nom]", "Accueil Curie");
    tab_to(&browser, "[name=maternelle]");
    browser.press(' ');
    end();
    begin("services");
    typed(&browser, "[name=nom]", "Périscolaire");
    end();
    begin("activites");
    typed(&browser, "[name=nom]", "Garderie du matin");
    tab_to(&browser, "[name=mode]");
    browser.press(' ');
    // Digits that mean the same by twelve hours and by twenty-four.
    typed(&browser, "[name=debut]", "0730A");
    typed(&browser, "[name=fin]", "0830A");
    tab_to(&browser, "button[value=formule]");
    browser.press(ENTER);
    browser.wait("[name=formule-0-nom]");
    typed(&browser, "[name=formule-0-nom]", "Matin");
    // The Enter key saves; it does not add a line.
    end();
    begin("personnel");
    typed(&browser, "[name=nom]", "Inès Morel");
    tab_to(&browser, "[name=role]");
    browser.press(' ');
    end();
    tab_to(&browser, ".records tbody a");
    browser.press(ENTER);
    browser.wait("a[href$='/code']");
    tab_to(&browser, "a[href$='/code']");
    browser.press(ENTER);
    browser.wait("[name=code]");
    tab_to(&browser, PRIMARY);
    browser.press(ENTER);
    browser.wait("p#code");
    assert_eq!(browser.words("p#code").len(), 4);
}

/// The numbers of a list on the whole town's board: expected, present, left, absent, unexpected.
fn numbers(browser: &Browser) -> Vec<u64> {
    let found = browser.look(
        "const row = document.getElementById(arguments[0])?.closest('tr');
        return row ? [...row.querySelectorAll('.number')].map(cell => Number(cell.textContent)) : []",
        &[format!("{SITE}-{ACTIVITY}").into()],
    );
    let found = found.unwrap_or_default();
    let all = found.as_array().cloned().unwrap_or_default();
    all.iter().filter_map(Value::as_u64).collect()
}

#[test]
fn the_towns_board_follows_a_tablet() {
    let town = Town::new();
    let server = town.server_at(EVENING);
    let url = server.url();
    let with = logged_in(Browser::desk(&town.place("with")), &town, &url, "gestionnaire");
    let without = Browser::desk_without_scripts(&town.place("without"));
    let without = logged_in(without, &town, &url, "lecture");
    let before = numbers(&with);
    assert_eq!(before, numbers(&without));
    assert!(before[0] > 10 && before[1] == 0, "{before:?}");
    assert!(without.has("meta[http-equiv=refresh]"), "it loads itself again");

    let mut tablet = town.tablet("tablet", &url, &[SITE]);
    tablet.clock(EVENING);
    let list = tablet
        .run(&["list", "--date", MONDAY, "--activity", ACTIVITY])
        .done();
    let child = text(&list[0]["child"]);
    tablet.in_(child, ACTIVITY);
    tablet.run(&["sync"]).done();
    let after = vec![before[0] - 1, 1, before[2], before[3], before[4]];
    wait_for("the arrival on the town's board", || {
        (numbers(&with) == after).then_some(())
    });
    with.reload();
    with.wait(".summary");
    assert_eq!(numbers(&with), after, "right when it is loaded anew");
    without.reload();
    without.wait(".summary");
    assert_eq!(numbers(&without), after);
}

#[test]
fn axe_finds_nothing_on_the_pages_of_the_set_up() {
    let town = Town::new();
    let server = town.server_at(EVENING);
    let url = server.url();
    let browser = logged_in(
        Browser::desk(&town.place("browser")),
        &town,
        &url,
        "administrateur",
    );
    let desk = format!("{url}/{SLUG}/gestion");
    browser.visit(&desk);
    browser.wait(".summary");
    passes(&browser, "the whole town's board");
    browser.visit(&format!("{desk}/reglages"));
    browser.wait(".settings");
    passes(&browser, "the settings");
    for part in [
        "ecoles",
        "classes",
        "sites",
        "services",
        "activites",
        "personnel",
        "agents",
    ] {
        browser.visit(&format!("{desk}/reglages/{part}"));
        browser.wait(".records");
        passes(&browser, &format!("the list of {part}"));
        browser.click(".records tbody a");
        browser.wait("form.form");
        passes(&browser, &format!("a record of {part}"));
        browser.visit(&format!("{desk}/reglages/{part}/nouveau"));
        browser.wait("form.form");
        browser.click(PRIMARY);
        browser.wait("#erreurs");
        passes(&browser, &format!("a form of {part} with errors"));
    }
    browser.visit(&format!("{desk}/reglages/personnel"));
    browser.click(".records tbody a");
    browser.click("a[href$='/code']");
    browser.wait("[name=code]");
    passes(&browser, "a code that is asked for");
    browser.click(PRIMARY);
    browser.wait("p#code");
    passes(&browser, "a code that was given");
    browser.visit(&format!("{desk}/reglages/agents"));
    browser.click(".records tbody a");
    browser.wait("a[href$='/revoquer']");
    browser.click("a[href$='/revoquer']");
    browser.wait("[name=mot]");
    passes(&browser, "an agent about to be dismissed");
}
