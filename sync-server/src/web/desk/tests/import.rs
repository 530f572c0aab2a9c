//! Importing files at the desk.

use axum::http::StatusCode;
use shared::operation::{AgentRecord, Role};

use super::browser::{Browser, Reply};
use super::town::{EMAIL, ROCHE, Town, at};

const IMPORT: &str = "/ville/gestion/import";
pub(super) const FILE: &str = "Nom;Prénom;Date de naissance;Nom responsable 1;Prénom responsable 1;Courriel responsable 1\n\
                    ROY;EVA;01/02/2018;ROY;ANNE;anne@exemple.fr\n\
                    <b>Roy</b>;Noé;01/02/2016;Roy;Anne;anne@exemple.fr\n\
                    Roy;Max;hier;;;\n\
                    =2+2;Tim;demain;;;\n";

fn upload(desk: &mut Browser, token: &str, name: &str, content: &str) -> Reply {
    let line = "------une-ligne-que-rien-ne-contient";
    let body = format!(
        "--{line}\r\ncontent-disposition: form-data; name=\"jeton\"\r\n\r\n{token}\r\n--{line}\r\n\
         content-disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n\
         {content}\r\n--{line}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={line}");
    desk.send("POST", IMPORT, body, &[("content-type", kind.as_str())])
}

/// Sends a file and agrees to what is proposed for its columns.
pub(super) fn previewed(desk: &mut Browser, file: &str) -> (String, Reply) {
    let token = desk.get(IMPORT).token();
    let sent = upload(desk, &token, "eleves.csv", file);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    let columns = sent.header("location").to_owned();
    let page = desk.get(&columns);
    let chosen: Vec<(String, String)> = page
        .text
        .split("<select")
        .skip(1)
        .filter_map(|select| {
            let name = select.split("name=\"").nth(1)?.split('"').next()?;
            let before = select.split("</select").next()?.split(" selected").next()?;
            let value = before.rsplit("value=\"").next()?.split('"').next()?;
            select
                .contains(" selected")
                .then(|| (name.to_owned(), value.to_owned()))
        })
        .collect();
    let mut fields: Vec<(&str, &str)> = chosen.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    fields.push(("jeton", &token));
    let reply = desk.post(&columns, &fields);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.words());
    let address = reply.header("location").to_owned();
    let preview = desk.get(&address);
    (address, preview)
}

pub(super) fn print_of(preview: &Reply) -> String {
    let after = preview.text.split("name=\"empreinte\" value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[test]
fn nothing_is_written_before_it_is_confirmed_and_twice_is_once() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let before = town.head();
    let (address, preview) = previewed(&mut desk, FILE);
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.words());
    let words = preview.words();
    assert!(
        words.contains("2 lignes seront enregistrées")
            && words.contains("«\u{a0}hier\u{a0}» n’est pas une date"),
        "{words}"
    );
    let new = desk.get(&format!("{address}?montrer=nouveaux"));
    assert!(new.text.contains("&lt;b&gt;Roy") && !new.text.contains("<b>Roy"));
    assert_eq!(town.head(), before, "nothing yet");

    let (token, print) = (preview.token(), print_of(&preview));
    let fields = [("jeton", token.as_str()), ("empreinte", &print)];
    let done = desk.post(&address, &fields);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    assert_eq!(town.head(), before + 3, "two children and their household");
    let again = desk.post(&address, &fields);
    assert_eq!(again.header("location"), done.header("location"));
    assert_eq!(town.head(), before + 3, "a second click");
    let report = desk.get(done.header("location")).words();
    assert!(
        report.contains("2 enfants créés") && report.contains("2 lignes ont été laissées de côté"),
        "{report}"
    );

    let skipped = desk.get(&format!("{address}/refusees.csv"));
    assert!(skipped.header("content-disposition").starts_with("attachment"));
    assert!(
        skipped.text.contains("«\u{a0}hier\u{a0}» n’est pas une date") && skipped.text.contains("\"'=2+2\""),
        "{}",
        skipped.text
    );

    let (_, preview) = previewed(&mut desk, FILE);
    assert!(
        preview.words().contains("Aucune ligne n’apporte de changement"),
        "{}",
        preview.words()
    );
    assert_eq!(town.head(), before + 3, "the same file twice");
}

#[test]
fn what_is_written_is_what_was_previewed() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let (address, preview) = previewed(&mut desk, FILE);
    let fields = (preview.token(), print_of(&preview));
    // Another window takes the same file in first.
    let (other, twin) = previewed(&mut desk, FILE);
    let print = print_of(&twin);
    desk.post(&other, &[("jeton", &fields.0), ("empreinte", &print)]);
    let head = town.head();
    let late = desk.post(&address, &[("jeton", &fields.0), ("empreinte", &fields.1)]);
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.words().contains("Des fiches ont changé"), "{}", late.words());
    assert_eq!(town.head(), head);
}

#[test]
fn files_that_are_none_are_said_to_be_none() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let before = town.head();
    let token = desk.get(IMPORT).token();
    for (content, said) in [
        ("", "Choisissez un fichier"),
        ("Nom;Prénom\n", "titres de colonnes"),
        ("\u{0}\u{1}\u{2}", "ni un texte ni un classeur"),
        ("PK\u{3}\u{4}", "abîmé ou protégé"),
    ] {
        let name = if content.is_empty() { "" } else { "x.csv" };
        let reply = upload(&mut desk, &token, name, content);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{content:?}");
        assert!(reply.words().contains(said), "{said}: {}", reply.words());
    }
    let large = upload(&mut desk, &token, "x.csv", &"a;b\n".repeat(4_300_000));
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.words().contains("plus de 16 Mo"), "{}", large.words());
    let larger = upload(&mut desk, &token, "x.csv", &"a".repeat(66 * 1024 * 1024));
    assert_eq!(larger.status, StatusCode::PAYLOAD_TOO_LARGE);
    let foreign = upload(&mut desk, "faux", "x.csv", FILE);
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert_eq!(town.head(), before);
}

#[test]
fn columns_must_make_sense() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let token = desk.get(IMPORT).token();
    let sent = upload(&mut desk, &token, "x.csv", FILE);
    let columns = sent.header("location").to_owned();
    for (fields, said) in [
        (
            vec![("colonne-0", "nom")],
            "Choisissez la colonne qui dit\u{a0}: Prénom",
        ),
        (
            vec![
                ("colonne-0", "nom"),
                ("colonne-1", "prenom"),
                ("colonne-2", "nom"),
            ],
            "disent la même chose",
        ),
        (
            vec![
                ("colonne-0", "nom"),
                ("colonne-1", "prenom"),
                ("colonne-5", "resp1_courriel"),
            ],
            "Responsable 1 – Nom",
        ),
        (vec![("colonne-0", "n’importe quoi")], "Choisissez"),
    ] {
        let reply = desk.post(&columns, &[&fields[..], &[("jeton", token.as_str())]].concat());
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(reply.words().contains(said), "{said}: {}", reply.words());
    }
}

#[test]
fn a_draft_is_its_agents_own_for_a_day_and_nobody_else_may_import() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let (address, preview) = previewed(&mut desk, FILE);
    let (token, print) = (preview.token(), print_of(&preview));
    let before = town.head();
    for role in [Role::Directeur, Role::Regisseur, Role::Mandataire, Role::Lecture] {
        town.change_agent(AgentRecord {
            id: ROCHE,
            email: EMAIL.into(),
            name: "Mme Roche".into(),
            role,
            sites: Vec::new(),
        });
        for path in [
            IMPORT,
            &address,
            &format!("{address}/colonnes"),
            &format!("{address}/refusees.csv"),
        ] {
            assert_eq!(desk.get(path).status, StatusCode::FORBIDDEN, "{role:?} {path}");
        }
        let reply = desk.post(&address, &[("jeton", &token), ("empreinte", &print)]);
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
        assert_eq!(
            upload(&mut desk, &token, "x.csv", FILE).status,
            StatusCode::FORBIDDEN
        );
    }
    town.change_agent(AgentRecord {
        id: ROCHE,
        email: EMAIL.into(),
        name: "Mme Roche".into(),
        role: Role::Gestionnaire,
        sites: Vec::new(),
    });
    assert_eq!(town.head(), before + 5, "the changes of role alone");
    let abandoned = desk.post(&format!("{address}/abandon"), &[("jeton", &token)]);
    assert_eq!(abandoned.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.get(&address).status, StatusCode::NOT_FOUND);

    let (address, _) = previewed(&mut desk, FILE);
    let tomorrow = at("12:00").plus_ms(25 * 60 * 60 * 1000);
    let mut late = town.desk(tomorrow);
    assert_eq!(late.get(&address).status, StatusCode::NOT_FOUND, "kept for a day");
}
