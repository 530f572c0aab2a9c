//! Whose names, telephones and health stand on which page: nobody's but one's own.

use shared::ids::GuardianId;

use super::super::ground::{
    CLAIRE, DENIS, EMAIL_OF_EMMA, EMMA, LOGIN_OF_CLAIRE, LOGIN_OF_DENIS, LOGIN_OF_LUC, LOGIN_OF_PAUL,
    LOGIN_OF_RITA, LUC, PAUL, PETIT, RITA, Towns, at, phone_of,
};
use super::strangers::nobodies;
use super::table::{TABLE, nothing};
use crate::web::browser::Browser;

/// How to reach each guardian: nobody else's business, the other parent's included.
fn reach() -> Vec<(GuardianId, [String; 2])> {
    [
        (CLAIRE, LOGIN_OF_CLAIRE),
        (DENIS, LOGIN_OF_DENIS),
        (PAUL, LOGIN_OF_PAUL),
        (EMMA, EMAIL_OF_EMMA),
        (RITA, LOGIN_OF_RITA),
        (LUC, LOGIN_OF_LUC),
    ]
    .map(|(who, email)| (who, [email.to_owned(), phone_of(who)]))
    .into()
}

/// Words that stand on no page of somebody, but how to reach `known`.
fn hidden(known: &[GuardianId], more: &[&str]) -> Vec<String> {
    let others = reach().into_iter().filter(|(who, _)| !known.contains(who));
    let mut all: Vec<String> = others.flat_map(|(_, how)| how).collect();
    all.extend(more.iter().map(|word| (*word).to_owned()));
    all
}

/// Every page that somebody gets without a form.
fn read(browser: &Browser, who: &str, hidden: &[String]) {
    let mut read = 0;
    for (method, path, _) in TABLE {
        if *method != "GET" {
            continue;
        }
        let reply = browser.clone().get(&nothing(path));
        read += usize::from(reply.status.is_success());
        for word in hidden {
            assert!(
                !reply.text.contains(word.as_str()),
                "{who} reads « {word} » at {path}"
            );
        }
    }
    assert!(read > 5, "{who} read {read} pages");
}

const CHILDREN: [&str; 4] = ["Léa", "Petit-Martin", "Mia", "Noé"];
const PARENTS: [&str; 5] = ["Claire", "Denis", "Paul", "Emma", "Rita"];
const FILES: [&str; 2] = ["Santé de", "Trousse de"];

#[test]
fn before_log_in_there_is_nobody() {
    let towns = Towns::new();
    let hidden = hidden(
        &[],
        &[&CHILDREN[..], &PARENTS, &FILES, &["Jugement", "Voisin"]].concat(),
    );
    for stranger in nobodies(&towns) {
        read(&stranger.browser, &stranger.name, &hidden);
    }
}

#[test]
fn another_family_is_not_there() {
    let towns = Towns::new();
    let words = [
        &CHILDREN[..3],
        &PARENTS[..4],
        &["de Léa", "de Tom", "de Mia", "Jugement"],
    ]
    .concat();
    read(&towns.family(RITA, at("12:00")), "Rita", &hidden(&[RITA], &words));
}

#[test]
fn the_other_household_of_a_child_is_not_there() {
    let towns = Towns::new();
    // Tom is theirs both; what concerns his sister, her mother's companion or how to reach them is not.
    let words = ["Léa", "Denis", "Leroy", "Noé", "Rita", "Jugement"];
    read(
        &towns.family(PAUL, at("12:00")),
        "Paul",
        &hidden(&[PAUL, EMMA], &words),
    );
    let words = ["Mia", "Emma", "Noé", "Rita", "Jugement"];
    read(
        &towns.family(CLAIRE, at("12:00")),
        "Claire",
        &hidden(&[CLAIRE, DENIS], &words),
    );
}

#[test]
fn without_authority_no_file_is_read() {
    let towns = Towns::new();
    let words = [&FILES[..], &["Mia", "Noé", "Paul", "Emma", "Rita", "Jugement"]].concat();
    read(
        &towns.family(DENIS, at("12:00")),
        "Denis",
        &hidden(&[DENIS, CLAIRE], &words),
    );
}

#[test]
fn codes_on_paper_show_first_names_of_those_who_have_no_login() {
    let towns = Towns::new();
    let words = [
        &CHILDREN[..],
        &FILES,
        &["Claire", "Denis", "Paul", "Rita", "Petit", "Jugement"],
    ]
    .concat();
    read(
        &towns.with_codes(PETIT, at("12:00")),
        "who has the Petits' codes",
        &hidden(&[], &words),
    );
}
