//! What families ask, and what the town hall answers.

use axum::http::StatusCode;
use shared::operation::{Channel, Role};

use super::ground::{CLAIRE, LEA, MIA, PAUL, Towns, agent, at};
use crate::web::browser::{Browser, Reply};

const NEW: &str = "/ville/demandes/nouvelle";

/// What stands in a hidden field.
fn hidden(page: &Reply, name: &str) -> String {
    let after = page.text.split(&format!("name=\"{name}\"")).nth(1).expect(name);
    let value = after.split("value=\"").nth(1).expect("a value");
    value.split('"').next().unwrap().to_owned()
}

/// Asks something, and answers where it then stands.
fn ask(browser: &mut Browser, child: &str, title: &str, text: &str) -> Reply {
    let page = browser.get(NEW);
    let (token, id) = (page.token(), hidden(&page, "demande"));
    browser.post(
        NEW,
        &[
            ("jeton", &token),
            ("demande", &id),
            ("sujet", "file"),
            ("enfant", child),
            ("titre", title),
            ("texte", text),
        ],
    )
}

fn path_of(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    reply.header("location").split('?').next().unwrap().to_owned()
}

/// The agent answers at the desk.
fn answer(desk: &mut Browser, path: &str, version: Option<&str>, state: &str, text: &str) -> Reply {
    let address = path.replace("/ville/", "/ville/gestion/");
    let page = desk.get(&address);
    let version = version.map_or_else(|| hidden(&page, "version"), str::to_owned);
    let token = page.token();
    desk.post(
        &address,
        &[
            ("jeton", &token),
            ("version", &version),
            ("etat", state),
            ("texte", text),
        ],
    )
}

#[test]
fn a_request_is_asked_answered_and_asked_again() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let sent = ask(
        &mut claire,
        &LEA.to_string(),
        "Autre numéro",
        "Le 06 39 98 00 00.",
    );
    let path = path_of(&sent);
    let thread = claire.get(&format!("{path}?fait=envoyee"));
    for said in [
        "Autre numéro",
        "Léa",
        "En attente de réponse",
        "Votre demande est envoyée",
    ] {
        assert!(thread.words().contains(said), "{said}");
    }
    assert!(claire.get("/ville/demandes").words().contains("Autre numéro"));

    let mut desk = towns.desk(Role::Gestionnaire, at("12:00"));
    assert!(
        desk.get("/ville/gestion")
            .words()
            .contains("Une demande d’une famille attend")
    );
    let queue = desk.get("/ville/gestion/demandes");
    assert!(queue.words().contains("Autre numéro") && queue.words().contains("Claire Martin"));
    let answered = answer(&mut desk, &path, None, "waiting", "Est-ce un portable ?");
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text);
    assert!(
        !desk
            .get("/ville/gestion")
            .words()
            .contains("demande d’une famille attend")
    );

    let thread = claire.get(&path).words();
    assert!(thread.contains("À vous de répondre") && thread.contains("Est-ce un portable"));
    assert!(
        !thread.contains("M. gestionnaire"),
        "no agent is named to a family"
    );
    assert!(
        claire
            .get("/ville/")
            .words()
            .contains("«\u{a0}Autre numéro\u{a0}»\u{a0}: on attend votre réponse.")
    );
    let token = claire.get(&path).token();
    let more = claire.post(&path, &[("jeton", &token), ("texte", "Oui.")]);
    assert_eq!(more.header("location"), format!("{path}?fait=completee"));
    assert!(claire.get(&path).words().contains("En attente de réponse"));

    let done = answer(&mut desk, &path, None, "done", "C’est fait.");
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert!(claire.get(&path).words().contains("Traitée"));
    let all = desk.get("/ville/gestion/demandes?etat=done");
    assert!(all.words().contains("Autre numéro"));
}

#[test]
fn a_form_that_is_not_filled_in_comes_back_as_it_was_typed() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let before = towns.head();
    let empty = ask(&mut claire, &LEA.to_string(), "Un titre à garder", "  ");
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("Un titre à garder") && empty.text.contains("id=\"texte-erreur\""));
    // A child of somebody else is none that can be chosen.
    let other = ask(&mut claire, &MIA.to_string(), "Un titre", "Un texte");
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!other.words().contains("Mia"));
    assert_eq!(towns.head(), before);
}

#[test]
fn the_same_form_sent_twice_is_one_request() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let page = claire.get(NEW);
    let (token, id) = (page.token(), hidden(&page, "demande"));
    let fields = [
        ("jeton", &*token),
        ("demande", &*id),
        ("sujet", "other"),
        ("titre", "Une question"),
        ("texte", "Une seule fois."),
    ];
    let first = claire.post(NEW, &fields);
    let head = towns.head();
    let second = claire.post(NEW, &fields);
    assert_eq!(first.header("location"), second.header("location"));
    assert_eq!(towns.head(), head, "nothing more is written");
    let thread = claire.get(&path_of(&first));
    assert_eq!(thread.words().matches("Une seule fois.").count(), 1);
}

#[test]
fn a_request_of_somebody_else_is_as_one_that_does_not_exist() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let path = path_of(&ask(&mut claire, "", "Secrète", "Rien que pour nous."));
    let mut paul = towns.family(PAUL, at("12:00"));
    let nowhere = "/ville/demandes/00000000-0000-0000-0000-00000000dead";
    let (there, nothing) = (paul.get(&path), paul.get(nowhere));
    assert_eq!(there.status, StatusCode::NOT_FOUND);
    assert_eq!(there.text, nothing.text);
    let token = paul.get(NEW).token();
    let head = towns.head();
    let added = paul.post(&path, &[("jeton", &token), ("texte", "Moi aussi")]);
    assert_eq!(added.status, StatusCode::NOT_FOUND);
    // Nor by its id in the form of a new one.
    let id = path.rsplit('/').next().unwrap();
    let fields = [
        ("jeton", &*token),
        ("demande", id),
        ("sujet", "other"),
        ("titre", "Moi"),
        ("texte", "Moi aussi"),
    ];
    let slipped = paul.post(NEW, &fields);
    assert_eq!(slipped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(towns.head(), head);
    assert!(!paul.get("/ville/demandes").words().contains("Secrète"));
}

#[test]
fn an_answer_to_what_has_changed_meanwhile_is_not_sent_unseen() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let path = path_of(&ask(&mut claire, "", "Urgent", "Pouvez-vous ?"));
    let mut desk = towns.desk(Role::Gestionnaire, at("12:00"));
    let seen = hidden(&desk.get(&path.replace("/ville/", "/ville/gestion/")), "version");
    let token = claire.get(&path).token();
    claire.post(&path, &[("jeton", &token), ("texte", "Finalement non.")]);
    let head = towns.head();
    let late = answer(&mut desk, &path, Some(&seen), "done", "C’est fait.");
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.words().contains("Finalement non.") && late.text.contains("C’est fait."));
    assert_eq!(towns.head(), head);
    let again = answer(&mut desk, &path, None, "refused", "Bien noté.");
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}

#[test]
fn a_request_made_on_the_telephone_stands_in_the_familys_space() {
    let towns = Towns::new();
    let mut desk = towns.desk(Role::Gestionnaire, at("12:00"));
    let search = desk.get("/ville/gestion/demandes/nouvelle?q=martin");
    let form = format!("/ville/gestion/demandes/nouvelle?responsable={CLAIRE}");
    assert!(search.text.contains(&form), "{}", search.words());
    let page = desk.get(&form);
    let (token, id) = (page.token(), hidden(&page, "demande"));
    let noted = desk.post(
        "/ville/gestion/demandes/nouvelle",
        &[
            ("jeton", &token),
            ("demande", &id),
            ("responsable", &CLAIRE.to_string()),
            ("sujet", "booking"),
            ("enfant", &LEA.to_string()),
            ("titre", "Annuler vendredi"),
            ("texte", "Léa est chez sa grand-mère."),
        ],
    );
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.text);
    let thread = towns
        .family(CLAIRE, at("12:00"))
        .get(&format!("/ville/demandes/{id}"));
    assert!(
        thread.words().contains("Vous, au téléphone (mairie)"),
        "{}",
        thread.words()
    );
    let commune = towns.commune(at("12:00"));
    let sql = "select channel from journal order by seq desc limit 1";
    let row = commune.store.read(|tx| tx.first(sql, &[])).unwrap().unwrap();
    assert_eq!(row.text(0).unwrap(), Channel::Phone.as_str());
}

#[test]
fn only_those_who_answer_see_the_queue() {
    let towns = Towns::new();
    for role in Role::ALL {
        let reply = towns.desk(role, at("12:00")).get("/ville/gestion/demandes");
        let may = matches!(role, Role::Administrateur | Role::Gestionnaire);
        let wanted = if may {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };
        assert_eq!(reply.status, wanted, "{role:?}");
    }
    let mut looking = towns.seen_as(agent(Role::Gestionnaire), CLAIRE, at("12:00"));
    assert_eq!(looking.get(NEW).status, StatusCode::FORBIDDEN);
}

#[test]
fn nobody_floods_the_town_hall() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    for n in 0..20 {
        path_of(&ask(&mut claire, "", &format!("Demande {n}"), "Bonjour."));
    }
    let head = towns.head();
    let one_more = ask(&mut claire, "", "Encore une", "Bonjour.");
    assert_eq!(one_more.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(one_more.words().contains("Vingt de vos demandes attendent"));
    assert_eq!(towns.head(), head);
    // Paul is not kept from asking.
    let mut paul = towns.family(PAUL, at("12:00"));
    path_of(&ask(&mut paul, "", "La mienne", "Bonjour."));
}
