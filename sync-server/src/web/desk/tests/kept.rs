//! An agent's session that ends in a form: nothing typed is lost.

use axum::http::StatusCode;

use super::browser::Browser;
use super::filled::Filled;
use super::town::{EMAIL, PASSWORD, Town, at};
use crate::record;

const NEW: &str = "/ville/gestion/reglages/services/nouveau";

fn says_where(browser: &mut Browser) {
    browser.headers.push(("sec-fetch-site", "same-origin".into()));
}

fn services(town: &Town) -> Vec<String> {
    let found = town
        .commune(at("12:00"))
        .store
        .read(|tx| record::services(tx))
        .unwrap();
    found.into_iter().map(|(service, _)| service.name).collect()
}

#[test]
fn what_was_typed_waits_on_the_log_in_page_and_is_sent_after_it() {
    let town = Town::bare();
    let mut desk = town.desk(at("09:00"));
    says_where(&mut desk);
    let form = Filled::of(&desk.get(NEW), "/nouveau").set("nom", "Étude <surveillée>");

    // Lunch was long.
    let mut later = town.browser(at("18:00"));
    later.cookies = desk.cookies.clone();
    says_where(&mut later);
    let door = form.send(&mut later);
    assert_eq!(door.status, StatusCode::UNAUTHORIZED);
    assert!(
        door.words().contains("Ce que vous aviez saisi est gardé"),
        "{}",
        door.words()
    );
    assert!(services(&town).is_empty());

    let log_in = Filled::of(&door, "/connexion").set("email", EMAIL);
    let wrong = log_in
        .clone()
        .set("mot_de_passe", "un autre mot de passe")
        .send(&mut later);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let log_in = Filled::of(&wrong, "/connexion").set("mot_de_passe", PASSWORD);
    let resumed = log_in.send(&mut later);
    assert_eq!(resumed.status, StatusCode::OK, "{}", resumed.words());
    assert!(services(&town).is_empty(), "nothing is sent behind her back");

    let sent = Filled::of(&resumed, "/nouveau").send(&mut later);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    assert_eq!(services(&town), ["Étude <surveillée>"]);
}

#[test]
fn a_form_of_another_site_is_not_kept() {
    let town = Town::bare();
    for header in [
        Some(("sec-fetch-site", "cross-site")),
        Some(("origin", "https://ailleurs.example")),
        None,
    ] {
        let mut nobody = town.browser(at("09:00"));
        nobody
            .headers
            .extend(header.map(|(name, value)| (name, value.to_owned())));
        let reply = nobody.post(NEW, &[("nom", "Étude")]);
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{header:?}");
        assert!(reply.header("location").starts_with("/ville/gestion/connexion"));
    }
}

#[test]
fn secrets_are_never_kept_and_the_path_is_judged_again() {
    let town = Town::bare();
    let mut nobody = town.browser(at("09:00"));
    says_where(&mut nobody);
    let path = "/ville/gestion/reglages/personnel/0190b7a4-0000-7000-8000-000000000051/code";
    let door = nobody.post(path, &[("code", "7294"), ("autre", "gardé")]);
    assert!(
        door.text.contains("gardé") && !door.text.contains("7294"),
        "{}",
        door.text
    );

    for path in [
        "https://ailleurs.example/",
        "/ville/gestion/connexion",
        "//ailleurs.example",
    ] {
        let log_in = Filled::of(&door, "/connexion")
            .set("envoi", path)
            .set("email", EMAIL)
            .set("mot_de_passe", PASSWORD);
        let reply = log_in.send(&mut nobody);
        assert_eq!(
            (reply.status, reply.header("location")),
            (StatusCode::SEE_OTHER, "/ville/gestion"),
            "{path}"
        );
    }
    let large = "é".repeat(9_000);
    let reply = nobody.clone_without_session().post(NEW, &[("nom", &large)]);
    assert!(!reply.text.contains("garde"), "too large to be carried along");
}
