//! The desk looks after families' accounts: links for many, codes on paper, one account, and their files.

mod files;

use axum::http::StatusCode;
use shared::ids::{GuardianId, HouseholdId};
use shared::operation::{AgentRecord, Authority, Body, ChildRecord, GuardianRecord, HouseholdRecord, Role};
use uuid::Uuid;

use super::town::{EMAIL, LEA, NOE, ROCHE, Town, apply, at};
use crate::record;
use crate::store::Row;
use crate::web::browser::{Browser, Reply};

const HERE: &str = "/ville/gestion/comptes";
const CLAIRE: GuardianId = GuardianId(Uuid::from_u128(0x61));
const PAUL: GuardianId = GuardianId(Uuid::from_u128(0x62));
const RITA: GuardianId = GuardianId(Uuid::from_u128(0x63));
const MARTIN: HouseholdId = HouseholdId(Uuid::from_u128(0xf1));
const DUPRE: HouseholdId = HouseholdId(Uuid::from_u128(0xf2));

fn guardian(id: GuardianId, first: &str, last: &str, email: Option<&str>) -> GuardianRecord {
    GuardianRecord {
        id,
        first_name: first.into(),
        last_name: last.into(),
        email: email.map(str::to_owned),
        phone: None,
        authority: Authority::Full,
    }
}

/// Claire and Paul Martin are Léa's, with an address; Rita Dupré is Noé's, without.
fn town() -> Town {
    let town = Town::founded();
    let commune = town.commune(at("08:00"));
    let household = |id, name: &str, guardians| Body::PutHousehold {
        household: HouseholdRecord {
            id,
            name: name.into(),
            guardians,
        },
    };
    apply(
        &commune,
        vec![
            household(
                MARTIN,
                "Famille Martin",
                vec![
                    guardian(CLAIRE, "Claire", "Martin", Some("claire@exemple.fr")),
                    guardian(PAUL, "Paul", "Martin", Some("paul@exemple.fr")),
                ],
            ),
            household(
                DUPRE,
                "Famille Dupré",
                vec![guardian(RITA, "Rita", "Dupré", None)],
            ),
        ],
    );
    for (child, home) in [(LEA, MARTIN), (NOE, DUPRE)] {
        let (mut child, version) = commune
            .store
            .read(|tx| record::child(tx, child))
            .unwrap()
            .unwrap();
        child.households = vec![home];
        put(&town, version, child);
    }
    town
}

fn put(town: &Town, seen: i64, child: ChildRecord) {
    let commune = town.commune(at("08:00"));
    let mut operation = commune.operation(
        shared::operation::Actor::Host,
        shared::operation::Channel::Command,
        Body::PutChild { child },
    );
    operation.seen = Some(seen);
    commune.submit(operation).unwrap();
}

fn activate(town: &Town, who: GuardianId, login: &str) {
    let commune = town.commune(at("09:00"));
    apply(
        &commune,
        vec![Body::SetGuardianLogin {
            guardian: who,
            login: login.into(),
            phc: "phc".into(),
            token: None,
        }],
    );
}

fn rows(town: &Town, sql: &str) -> Vec<Row> {
    town.commune(at("12:00"))
        .store
        .read(|tx| tx.query(sql, &[]))
        .unwrap()
}

fn post(desk: &mut Browser, page: &str, to: &str, fields: &[(&str, &str)]) -> Reply {
    let token = desk.get(page).token();
    let mut all = vec![("jeton", token.as_str())];
    all.extend(fields);
    desk.post(to, &all)
}

fn version(page: &Reply) -> String {
    let version = page.text.split("name=\"version\" value=\"").nth(1).unwrap();
    version.split('"').next().unwrap().to_owned()
}

#[test]
fn only_those_who_manage_accounts_see_them() {
    let town = town();
    // The last administrator cannot become anything else.
    for role in Role::ALL.into_iter().rev() {
        town.change_agent(AgentRecord {
            id: ROCHE,
            email: EMAIL.into(),
            name: "Mme Roche".into(),
            role,
            sites: Vec::new(),
        });
        let mut desk = town.desk(at("12:00"));
        let may = matches!(role, Role::Administrateur | Role::Gestionnaire);
        let wanted = if may {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };
        for page in [
            HERE.to_owned(),
            format!("{HERE}/activations"),
            format!("{HERE}/codes"),
            format!("{HERE}/inscriptions"),
            format!("{HERE}/{CLAIRE}"),
            "/ville/gestion/payeurs".to_owned(),
            "/ville/gestion/payeurs/nouveau".to_owned(),
            format!("/ville/gestion/enfants/{LEA}/garde"),
            "/ville/gestion/doublons".to_owned(),
        ] {
            assert_eq!(desk.get(&page).status, wanted, "{role:?} {page}");
        }
        let seen = desk.get("/ville/gestion").words().contains("Comptes");
        assert_eq!(seen, may, "{role:?}");
    }
}

#[test]
fn the_list_tells_how_far_each_got() {
    let town = town();
    activate(&town, PAUL, "paul@exemple.fr");
    let mut desk = town.desk(at("12:00"));
    let words = desk.get(HERE).words();
    for said in [
        "3 responsables",
        "Aucun compte",
        "Actif depuis le lundi 23 novembre",
        "Sans adresse électronique",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    for (asked, found) in [
        ("?q=lea", 2),
        ("?q=claire@exemple", 1),
        ("?q=dupre%20noe", 1),
        ("?etat=actif", 1),
        ("?etat=aucun", 2),
        ("?etat=sans-adresse", 1),
        ("?q=personne", 0),
    ] {
        let page = desk.get(&format!("{HERE}{asked}"));
        assert_eq!(page.text.matches("class=\"last\"").count(), found, "{asked}");
    }
    for nonsense in ["?page=0", "?page=7", "?ecole=x"] {
        assert_eq!(
            desk.get(&format!("{HERE}{nonsense}")).status,
            StatusCode::NOT_FOUND,
            "{nonsense}"
        );
    }
}

#[test]
fn links_go_once_to_all_who_have_an_address_and_no_account() {
    let town = town();
    activate(&town, PAUL, "paul@exemple.fr");
    let mut desk = town.desk(at("12:00"));
    let page = format!("{HERE}/activations");
    let words = desk.get(&page).words();
    assert!(words.contains("Recevront un premier lien1"), "{words}");
    let sent = post(&mut desk, &page, &page, &[]);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let progress = sent.header("location").to_owned();
    let letters = rows(
        &town,
        "select to_guardian, address, kind, batch from letter order by id",
    );
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].uuid(0).unwrap(), CLAIRE.0);
    assert_eq!(letters[0].text(2).unwrap(), "activation");
    assert_eq!(rows(&town, "select token from guardian_link").len(), 1);
    let shown = desk.get(&progress);
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.words().contains("Encore 1 courriel"), "{}", shown.words());
    // The same again: nobody is left.
    let again = post(&mut desk, &page, &page, &[]);
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.words().contains("Personne n’est à prévenir"));
    assert_eq!(rows(&town, "select id from letter").len(), 1);
    assert!(
        desk.get(HERE)
            .words()
            .contains("Lien envoyé le lundi 23 novembre")
    );
    // Asked for by name, she is sent another, and the first opens nothing.
    let chosen = post(
        &mut desk,
        HERE,
        &page,
        &[("qui", &CLAIRE.to_string()), ("qui", &RITA.to_string())],
    );
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text);
    let links = rows(
        &town,
        "select voided_at from guardian_link order by issued_at, token",
    );
    assert_eq!(links.iter().filter(|row| row.is_null(0)).count(), 1);
    assert_eq!(links.len(), 2);
    // Of a batch that nobody sent there is no page.
    let nowhere = format!("{HERE}/envois/{}", Uuid::from_u128(9));
    assert_eq!(desk.get(&nowhere).status, StatusCode::NOT_FOUND);
}

#[test]
fn a_sending_that_was_interrupted_goes_on_with_whom_is_left() {
    let town = town();
    let mut desk = town.desk(at("12:00"));
    let page = format!("{HERE}/activations");
    let sent = post(&mut desk, &page, &page, &[]);
    let progress = sent.header("location").to_owned();
    assert_eq!(rows(&town, "select id from letter").len(), 2);
    // Somebody gets an address meanwhile: as good as a process that stopped before them.
    let commune = town.commune(at("12:00"));
    let (mut home, seen) = commune
        .store
        .read(|tx| record::household(tx, DUPRE))
        .unwrap()
        .unwrap();
    home.guardians[0].email = Some("rita@exemple.fr".into());
    let mut operation = commune.operation(
        shared::operation::Actor::Host,
        shared::operation::Channel::Command,
        Body::PutHousehold { household: home },
    );
    operation.seen = Some(seen);
    commune.submit(operation).unwrap();
    let shown = desk.get(&progress);
    assert!(shown.words().contains("il reste 1 personne"), "{}", shown.words());
    let batch = progress
        .split("/envois/")
        .nth(1)
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    for _ in 0..2 {
        let on = post(&mut desk, &progress, &page, &[("lot", &batch)]);
        assert_eq!(on.status, StatusCode::SEE_OTHER);
        let of_batch = rows(&town, "select distinct batch from letter");
        assert_eq!(
            (of_batch.len(), rows(&town, "select id from letter").len()),
            (1, 3)
        );
    }
}

/// The codes of a file, as they are printed.
fn codes_in(file: &str) -> Vec<String> {
    file.split("class=\"code\">")
        .skip(1)
        .map(|after| after.split('<').next().unwrap().to_owned())
        .collect()
}

#[test]
fn codes_stand_in_the_file_alone() {
    let town = town();
    activate(&town, PAUL, "paul@exemple.fr");
    let mut desk = town.desk(at("12:00"));
    let page = format!("{HERE}/codes");
    let shown = desk.get(&page);
    assert!(shown.words().contains("donne de nouveaux codes"));
    // Where somebody gets in already there is no letter unless it is asked for.
    let file = post(&mut desk, &page, &page, &[("jours", "120")]);
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    assert!(
        file.header("content-disposition")
            .starts_with("attachment; filename=\"codes-")
    );
    assert_eq!(file.text.matches("class=\"letter\"").count(), 1);
    assert!(file.text.contains("Noé Dupré") && !file.text.contains("Léa Martin"));
    assert!(file.text.contains("Ville d’Essai") && file.text.contains("http://localhost:8080/ville/codes"));
    assert!(
        !file.text.contains("href=") && !file.text.contains("src="),
        "whole in itself"
    );
    let both = post(&mut desk, &page, &page, &[("jours", "30"), ("tous", "oui")]);
    assert_eq!(both.text.matches("class=\"letter\"").count(), 2);
    let (first, second) = (codes_in(&file.text), codes_in(&both.text));
    assert_eq!((first.len(), second.len()), (2, 4));
    assert!(first.iter().all(|code| code.len() == 9 && !second.contains(code)));
    // Those of before open nothing any more.
    let stand = rows(&town, "select pair from family_code where voided_at is null");
    assert_eq!(stand.len(), 2);
    // In no page, and not in the journal.
    let journal = rows(&town, "select body from journal");
    for code in first.iter().chain(&second) {
        let plain = code.replace('-', "");
        for row in &journal {
            let body = row.bytes(0).unwrap_or_default();
            assert!(!body.windows(plain.len()).any(|part| part == plain.as_bytes()));
        }
        for page in [HERE.to_owned(), page.clone(), format!("{HERE}/{RITA}")] {
            assert!(!desk.get(&page).text.contains(code.as_str()), "{page}");
        }
    }
    let nobody = post(&mut desk, &page, &page, &[("jours", "3")]);
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let counted = post(
        &mut desk,
        &page,
        &page,
        &[("jours", "120"), ("tous", "oui"), ("compter", "oui")],
    );
    assert!(
        counted.words().contains("Lettres : 2. Enfants : 2."),
        "{}",
        counted.words()
    );
    let stand = rows(&town, "select pair from family_code");
    assert_eq!(stand.len(), 3, "counting draws none");
}

#[test]
fn a_new_login_waits_for_its_link_and_leaves_the_old_one_until_then() {
    let town = town();
    activate(&town, CLAIRE, "claire");
    activate(&town, PAUL, "paul@exemple.fr");
    let mut desk = town.desk(at("12:00"));
    let page = format!("{HERE}/{CLAIRE}");
    let to = format!("{page}/identifiant");
    for wrong in ["", "claire sans arobase", "paul@exemple.fr"] {
        let reply = post(&mut desk, &page, &to, &[("identifiant", wrong)]);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert_eq!(reply.text.matches("id=\"erreurs\"").count(), 1, "{wrong}");
    }
    assert!(rows(&town, "select id from letter").is_empty());
    let sent = post(
        &mut desk,
        &page,
        &to,
        &[("identifiant", "claire.martin@exemple.fr")],
    );
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let letters = rows(&town, "select kind, address from letter");
    assert_eq!(letters[0].text(0).unwrap(), "login");
    assert_eq!(letters[0].text(1).unwrap(), "claire.martin@exemple.fr");
    let login = rows(&town, "select login from guardian where login = 'claire'");
    assert_eq!(login.len(), 1, "the old one still works");
}

#[test]
fn the_desk_does_for_an_account_what_it_is_asked_on_the_telephone() {
    let town = town();
    let mut desk = town.desk(at("12:00"));
    let page = format!("{HERE}/{CLAIRE}");
    let act = |desk: &mut Browser, deed: &str, fields: &[(&str, &str)]| {
        post(desk, &page, &format!("{page}/{deed}"), fields).status
    };
    assert_eq!(act(&mut desk, "activation", &[]), StatusCode::SEE_OTHER);
    assert_eq!(
        act(&mut desk, "mot-de-passe", &[]),
        StatusCode::UNPROCESSABLE_ENTITY,
        "no login yet"
    );
    activate(&town, CLAIRE, "claire@exemple.fr");
    assert_eq!(
        act(&mut desk, "activation", &[]),
        StatusCode::UNPROCESSABLE_ENTITY,
        "has one"
    );
    assert_eq!(act(&mut desk, "mot-de-passe", &[]), StatusCode::SEE_OTHER);
    assert_eq!(act(&mut desk, "debloquer", &[]), StatusCode::SEE_OTHER);
    assert_eq!(act(&mut desk, "sessions", &[]), StatusCode::SEE_OTHER);
    assert_eq!(
        act(&mut desk, "supprimer", &[("mot", "oui")]),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        act(&mut desk, "supprimer", &[("mot", "supprimer")]),
        StatusCode::SEE_OTHER
    );
    assert!(desk.get(&page).words().contains("Supprimé, à restaurer avant le"));
    assert_eq!(
        act(&mut desk, "voir", &[]),
        StatusCode::UNPROCESSABLE_ENTITY,
        "there is nothing to see"
    );
    // Too late a month and a day later.
    let mut late = town.desk(shared::time::UtcMs(at("12:00").0 + 31 * 86_400_000));
    assert!(!late.get(&page).text.contains("/restaurer"));
    assert_eq!(act(&mut late, "restaurer", &[]), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(act(&mut desk, "restaurer", &[]), StatusCode::SEE_OTHER);
    assert!(desk.get(&page).words().contains("Actif depuis"));
    let kinds: Vec<String> = rows(&town, "select kind from letter order by queued_at, id")
        .iter()
        .map(|row| row.text(0).unwrap())
        .collect();
    assert_eq!(kinds, ["activation", "reset", "deleted"]);
    let nobody = format!("{HERE}/{}", GuardianId(Uuid::from_u128(1)));
    assert_eq!(desk.get(&nobody).status, StatusCode::NOT_FOUND);
}

#[test]
fn the_desk_sees_the_portal_as_a_family_and_this_is_journaled() {
    let town = town();
    activate(&town, CLAIRE, "claire@exemple.fr");
    let mut desk = town.desk(at("12:00"));
    let page = format!("{HERE}/{CLAIRE}");
    let seen = post(&mut desk, &page, &format!("{page}/voir"), &[]);
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    assert_eq!(seen.header("location"), "/ville/");
    assert!(desk.cookies.contains_key("famille-ville"));
    assert!(desk.cookies.contains_key("preau-ville"), "still at the desk");
    let kinds = rows(&town, "select kind from journal order by seq desc limit 1");
    assert_eq!(kinds[0].text(0).unwrap(), "seen_as");
    let sessions = rows(&town, "select guardian, agent from portal_session");
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0].uuid(0).unwrap(), CLAIRE.0);
    assert_eq!(sessions[0].uuid(1).unwrap(), ROCHE.0);
    // Not among the family's own devices.
    assert!(desk.get(&page).words().contains("Appareils connectésAucun"));
}
