//! What is opened and closed at the desk, and what that takes from whom.

use axum::http::StatusCode;
use shared::operation::{Capability, Openness, Role};

use super::browser::{Browser, Reply};
use super::school::{TOM, agent, logged_in, town};
use super::town::{DAY, Town, apply, at};
use crate::record;

const PAGE: &str = "/ville/gestion/service";
const CHILDREN: &str = "/ville/gestion/enfants";

/// Mme Roche, the administrator, and a manager.
fn two(town: &Town) -> (Browser, Browser) {
    let manager = agent(0xe4, "gestion@mairie.example", Role::Gestionnaire, Vec::new());
    apply(&town.commune(at("11:00")), manager);
    town.becomes(Role::Administrateur, &[]);
    (town.desk(at("12:00")), logged_in(town, "gestion@mairie.example"))
}

fn version(reply: &Reply, part: &str) -> Option<String> {
    let card = reply
        .text
        .split(&format!("id=\"service-{part}\""))
        .nth(1)
        .unwrap();
    let card = card.split("id=\"service-").next().unwrap();
    let after = card.split("name=\"version\" value=\"").nth(1)?;
    Some(after.split('"').next().unwrap().to_owned())
}

fn switch(desk: &mut Browser, part: &str, state: &str, message: &str, preset: &str) -> Reply {
    let page = desk.get(PAGE);
    let seen = version(&page, part);
    send(desk, part, state, message, preset, seen)
}

fn send(
    desk: &mut Browser,
    part: &str,
    state: &str,
    message: &str,
    preset: &str,
    seen: Option<String>,
) -> Reply {
    let token = desk.get(PAGE).token();
    let (etat, texte, modele) = (
        format!("etat_{part}"),
        format!("message_{part}"),
        format!("modele_{part}"),
    );
    let mut fields = vec![
        ("jeton", token.as_str()),
        (etat.as_str(), state),
        (texte.as_str(), message),
        (modele.as_str(), preset),
    ];
    if let Some(seen) = &seen {
        fields.push(("version", seen));
    }
    desk.post(&format!("{PAGE}/{part}"), &fields)
}

fn state_of(town: &Town, capability: Capability) -> (Openness, String) {
    let parts = town
        .commune(at("12:00"))
        .store
        .read(|tx| record::parts(tx))
        .unwrap();
    let part = parts
        .into_iter()
        .find(|part| part.capability == capability)
        .unwrap();
    (part.state, part.message)
}

#[test]
fn a_part_is_closed_with_a_message_and_opened_again_and_both_are_remembered() {
    let town = town();
    let (mut desk, _) = two(&town);
    let head = town.head();
    let silent = switch(&mut desk, "reservation", "closed", " ", "");
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        silent.words().contains("Dites aux familles pourquoi"),
        "{}",
        silent.words()
    );
    let stateless = switch(&mut desk, "reservation", "entrouvert", "Bientôt.", "");
    assert_eq!(stateless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stateless.text.contains("Bientôt."), "what was typed is kept");
    assert_eq!(town.head(), head);

    let taken = switch(&mut desk, "reservation", "closed", "Nous vérifions.", "");
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert!(taken.header("location").starts_with(PAGE));
    let page = desk.get(PAGE).words();
    assert!(
        page.contains("Depuis ") && page.contains(", par Mme Roche"),
        "{page}"
    );
    let elsewhere = desk.get("/ville/gestion/calendrier").words();
    assert!(elsewhere.contains("Réservations fermées.") && !elsewhere.contains("Nous vérifions."));

    assert_eq!(
        switch(&mut desk, "reservation", "open", "", "").status,
        StatusCode::SEE_OTHER
    );
    let history = desk.get(PAGE).text;
    let history = history.split("id=\"historique\"").nth(1).unwrap();
    assert!(history.find("Réservations ouvertes").unwrap() < history.find("Nous vérifions.").unwrap());
    assert_eq!(history.matches("Mme Roche").count(), 2);
    assert!(!desk.get("/ville/gestion/calendrier").words().contains("fermées"));
}

#[test]
fn a_suggested_message_stands_in_for_one_that_was_left_empty() {
    let town = town();
    let (mut desk, _) = two(&town);
    switch(&mut desk, "payment", "closed", "", "guichet");
    let (state, message) = state_of(&town, Capability::Payment);
    assert!(
        state == Openness::Closed && message.contains("payer à la mairie"),
        "{message}"
    );
    switch(&mut desk, "payment", "closed", "Le mien.", "guichet");
    assert_eq!(state_of(&town, Capability::Payment).1, "Le mien.");
}

#[test]
fn whoever_saw_an_older_state_is_shown_both() {
    let town = town();
    let (mut desk, _) = two(&town);
    switch(&mut desk, "payment", "closed", "Premier.", "");
    let seen = version(&desk.get(PAGE), "payment");
    send(&mut desk, "payment", "read_only", "Deuxième.", "", seen.clone());
    let late = send(&mut desk, "payment", "closed", "Troisième.", "", seen);
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("Troisième.") && late.words().contains("Deuxième."));
    assert_eq!(
        state_of(&town, Capability::Payment),
        (Openness::ReadOnly, "Deuxième.".into())
    );
}

#[test]
fn a_manager_sees_the_page_and_switches_nothing() {
    let town = town();
    let (_, mut manager) = two(&town);
    let page = manager.get(PAGE);
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("etat_payment"));
    let head = town.head();
    let reply = send(&mut manager, "payment", "closed", "Fermé.", "", None);
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert_eq!(
        manager.get(&format!("{PAGE}/incidents/nouveau")).status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(town.head(), head);
}

#[test]
fn closed_files_are_for_administrators_alone() {
    let town = town();
    let (mut desk, mut manager) = two(&town);
    let card = format!("{CHILDREN}/{TOM}");
    switch(
        &mut desk,
        "consultation",
        "closed",
        "Nous vérifions les fiches.",
        "",
    );
    for page in [
        CHILDREN.to_owned(),
        card.clone(),
        format!("{card}/modifier"),
        "/ville/gestion/import".into(),
    ] {
        let reply = manager.get(&page);
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{page}");
        let words = reply.words();
        assert!(
            words.contains("Nous vérifions les fiches.") && !words.contains("Abel"),
            "{page}"
        );
        assert_eq!(desk.get(&page).status, StatusCode::OK, "{page}");
    }
    assert_eq!(manager.get(DAY).status, StatusCode::OK, "the day stays");
    assert_eq!(manager.get("/ville/gestion/listes").status, StatusCode::OK);

    switch(
        &mut desk,
        "consultation",
        "read_only",
        "On regarde, on ne touche pas.",
        "",
    );
    let reply = manager.get(&card);
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.words().contains("On regarde, on ne touche pas."));
    assert!(!reply.text.contains("/modifier"), "nothing leads to a form");
    assert_eq!(
        manager.get(&format!("{card}/modifier")).status,
        StatusCode::FORBIDDEN
    );
}

#[test]
fn a_form_of_a_file_that_was_closed_meanwhile_is_handed_back_and_taken_later() {
    let town = town();
    let (mut desk, mut manager) = two(&town);
    let form = format!("{CHILDREN}/nouveau");
    let token = manager.get(&form).token();
    switch(&mut desk, "consultation", "read_only", "Nous vérifions.", "");
    let head = town.head();
    let fields = [
        ("jeton", token.as_str()),
        ("nom", "Dé <b>"),
        ("prenom", "Lou"),
        ("naissance", "2019-02-03"),
    ];
    let back = manager.post(&form, &fields);
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.words().contains("Nous vérifions."));
    assert!(
        back.text.contains("name=\"nom\" value=\"Dé &lt;b&gt;\""),
        "{}",
        back.text
    );
    assert!(back.text.contains(&format!("action=\"{form}\"")));
    assert_eq!(town.head(), head, "nothing was written");

    switch(&mut desk, "consultation", "open", "", "");
    let again = manager.post(&form, &fields);
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.words());
    assert_eq!(town.head(), head + 2, "the switch, and Lou");
}

#[test]
fn closed_reservations_are_refused_to_all_with_the_form_kept() {
    let town = town();
    let (mut desk, mut manager) = two(&town);
    let grid = format!("/ville/gestion/reservations/enfant/{TOM}");
    switch(
        &mut desk,
        "reservation",
        "read_only",
        "Nous vérifions les réservations.",
        "",
    );
    let looked_at = manager.get(&grid);
    assert_eq!(looked_at.status, StatusCode::OK);
    assert!(looked_at.words().contains("Nous vérifions les réservations."));
    assert!(
        !looked_at.text.contains("<form class=\"form\""),
        "there is nothing to send"
    );
    switch(
        &mut desk,
        "reservation",
        "closed",
        "Appelez le 04 65 71 00 00.",
        "",
    );
    let closed = manager.get(&grid);
    assert_eq!(closed.status, StatusCode::FORBIDDEN);
    assert!(closed.words().contains("04 65 71 00 00") && !closed.words().contains("Tom"));
    assert_eq!(desk.get(&grid).status, StatusCode::OK, "an administrator checks");
    assert_eq!(manager.get("/ville/gestion/calendrier").status, StatusCode::OK);
}

#[test]
fn the_board_says_that_attendance_is_closed_and_stays() {
    let town = town();
    let (mut desk, mut manager) = two(&town);
    switch(&mut desk, "attendance", "closed", "Pointez sur papier.", "");
    let board = manager.get(DAY);
    assert_eq!(board.status, StatusCode::OK);
    let words = board.words();
    assert!(words.contains("Pointage fermé.") && words.contains("Pointez sur papier."));
}
