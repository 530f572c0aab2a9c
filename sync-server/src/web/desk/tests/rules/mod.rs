//! Rules of booking: Mme Roche writes them, tries them out on Tom, and puts them into force.

mod editor;
mod life;
mod simulator;

use axum::http::StatusCode;
use shared::codec::decode;
use shared::operation::RuleSetRecord;

use super::browser::{Browser, Reply};
use super::filled::Filled;
use super::school::{LUNCH, town as with_school};
use super::town::{Town, at};

const RULES: &str = "/ville/gestion/regles";

/// All sets, in the order of their ids.
fn sets(town: &Town) -> Vec<RuleSetRecord> {
    let rows = town
        .commune(at("12:00"))
        .store
        .read(|tx| tx.query(include_str!("../../rules/sql/all.sql"), &[]));
    let mut sets: Vec<RuleSetRecord> = rows
        .unwrap()
        .iter()
        .map(|row| decode(&row.bytes(0).unwrap()).unwrap())
        .collect();
    sets.sort_by_key(|set| set.id);
    sets
}

/// Sends a form that does, and answers the page it leads to.
fn done(desk: &mut Browser, form: &Filled) -> Reply {
    let reply = form.send(desk);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.words());
    let next = reply.header("location").to_owned();
    let page = desk.get(&next);
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    page
}

/// A draft about the midday meal, from a model; answers where it stands.
fn draft(desk: &mut Browser, model: &str) -> String {
    let page = desk.get(&format!("{RULES}/nouvelles?modele={model}"));
    let form = Filled::of(&page, "/nouvelles")
        .set("nom", &format!("Midi, {model}"))
        .set("activites", &LUNCH.to_string())
        .set("du", "2026-09-01");
    done(desk, &form);
    format!("{RULES}/{}", form.value("id"))
}

/// Opens the form of a new line.
fn new_line(desk: &mut Browser, at: &str, table: &str) -> Filled {
    let page = desk.get(&format!("{at}/table/{table}/nouvelle"));
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    Filled::of(&page, &format!("{table}/nouvelle"))
}

/// Presses a button of a page that does, and answers the page it leads to.
fn press(desk: &mut Browser, place: &str, action_ends: &str) -> Reply {
    let form = Filled::of(&desk.get(place), action_ends);
    done(desk, &form)
}

/// Writes a price for everything.
fn priced(desk: &mut Browser, place: &str, price: &str) {
    let form = new_line(desk, place, "tarifs").set("prix", price);
    done(desk, &form);
}
