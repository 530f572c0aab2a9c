//! Day lists at the desk: on screen, on paper, as a file.

use axum::http::StatusCode;

use super::school::{logged_in, town};
use super::town::{Town, at};

const LISTS: &str = "/ville/gestion/listes?site=jaures&date=2026-11-23&activite=cantine";
const PAPER: &str = "/ville/gestion/listes/papier?site=jaures&date=2026-11-23";
const FILE: &str = "/ville/gestion/listes/fichier?site=jaures&date=2026-11-23&activite=cantine";

#[test]
fn a_list_counts_its_children_and_names_what_must_be_known() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let page = desk.get(LISTS);
    assert_eq!(page.status, StatusCode::OK);
    let words = page.words();
    assert!(
        words.contains("Les lynx") && words.contains("Allergie"),
        "{words}"
    );
    assert!(page.text.contains("<td class=\"number\">2</td>"), "{}", page.text);
}

#[test]
fn every_sheet_of_paper_says_what_it_is_and_what_to_do_with_it() {
    let town = Town::founded();
    let mut desk = town.desk(at("07:05"));
    let page = desk.get(PAPER);
    assert_eq!(page.status, StatusCode::OK);
    let words = page.words().replace('\u{a0}', " ");
    for said in [
        "École Jaurès",
        "Ville d’Essai",
        "lundi 23 novembre",
        "Imprimé le lundi 23 novembre à 7 h 05",
        "2 attendus",
        "Trousse d’urgence dans le bureau",
        "Enfants inattendus",
        "à jeter ou détruire après la journée",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!page.text.contains("<b>Zo"), "names are text");
    assert_eq!(page.text.matches("class=\"paper-blank\"").count() % 4, 0);
}

#[test]
fn who_may_not_see_health_does_not_print_it() {
    let town = town();
    let mut reader = logged_in(&town, "lecture@mairie.example");
    let page = reader.get(PAPER);
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.words().contains("Allergie"));
    assert!(!page.words().contains("Trousse"), "{}", page.words());
    assert!(!reader.get(FILE).text.contains("Trousse"));
}

#[test]
fn a_director_prints_only_its_own_sites() {
    let town = town();
    let mut director = logged_in(&town, "faure@mairie.example");
    for path in [LISTS, PAPER, FILE] {
        assert_eq!(director.get(path).status, StatusCode::NOT_FOUND, "{path}");
        let own = path.replace("jaures", "curie");
        assert_eq!(director.get(&own).status, StatusCode::OK, "{own}");
    }
    let page = director.get("/ville/gestion/listes");
    assert!(page.text.contains("École Curie") && !page.text.contains("École Jaurès"));
}

#[test]
fn a_file_is_for_spreadsheets_and_named_after_its_list() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let file = desk.get(FILE);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"liste-jaures-2026-11-23-cantine.csv\""
    );
    assert!(file.text.starts_with('\u{feff}'));
    assert_eq!(file.text.lines().count(), 3, "{}", file.text);
    assert!(
        file.text.contains("\"O’Brien & \"\"fils\"\"\";\"<b>Zoé</b>\""),
        "{}",
        file.text
    );
}

#[test]
fn what_no_list_is_asked_for_leads_nowhere() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    for path in [
        "/ville/gestion/listes?site=inconnu",
        "/ville/gestion/listes?site=jaures&date=demain",
        "/ville/gestion/listes/papier?site=jaures&date=9999-12-31",
        "/ville/gestion/listes/fichier?site=inconnu",
    ] {
        assert_eq!(desk.get(path).status, StatusCode::NOT_FOUND, "{path}");
    }
    let none = desk.get("/ville/gestion/listes?site=jaures&activite=inconnue");
    assert_eq!(none.status, StatusCode::OK);
    assert!(none.words().contains("Aucune activité"), "{}", none.words());
    let mut nobody = town.browser(at("12:00"));
    assert_eq!(nobody.get(PAPER).status, StatusCode::SEE_OTHER);
}
