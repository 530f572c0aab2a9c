//! The desk as an agent sees it, in a browser.

use std::collections::BTreeMap;

use serde_json::Value;
use system_tests::tablet::text;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Browser, Town};

use crate::pad::{ACTIVITY, SITE};

/// How often each name stands in each state.
pub(crate) type Board = BTreeMap<(String, String), usize>;

/// A browser in which an agent looks at the list of the evening.
pub(crate) fn watching(town: &Town, server: &str) -> Browser {
    let agents = town.demo()["agents"].as_array().expect("agents");
    let agent = agents
        .iter()
        .find(|agent| agent["role"] == "gestionnaire")
        .expect("one who runs the desk");
    let browser = Browser::desk(&town.place("browser"));
    browser.visit(&format!("{server}/{SLUG}/gestion/connexion"));
    browser.fill("[name=email]", text(&agent["email"]));
    browser.fill("[name=mot_de_passe]", text(&agent["password"]));
    browser.click("form.stack button");
    browser.wait("a[href$='/gestion/jour'], .summary, #board");
    browser.visit(&format!(
        "{server}/{SLUG}/gestion/jour?site={SITE}&date={MONDAY}&activite={ACTIVITY}"
    ));
    browser.wait("#board .list");
    browser
}

/// What the page shows.
pub(crate) fn board(browser: &Browser) -> Board {
    names(browser, "#board .list tbody tr[data-state]")
}

/// Names and states of rows, in the tablet's window as at the desk.
pub(crate) fn names(browser: &Browser, rows: &str) -> Board {
    let script = "return [...document.querySelectorAll(arguments[0])].map(row => [
        row.querySelector('.last').textContent + ' ' + row.querySelector('.first').textContent,
        row.dataset.state])";
    let found = browser.look(script, &[rows.into()]).unwrap_or_default();
    let mut board = Board::new();
    for row in found.as_array().into_iter().flatten() {
        *board
            .entry((name(&row[0]), text(&row[1]).to_owned()))
            .or_default() += 1;
    }
    board
}

fn name(value: &Value) -> String {
    text(value).trim().to_owned()
}
