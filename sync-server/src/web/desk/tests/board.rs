//! The day of a site, as the town hall sees it.

use axum::http::StatusCode;
use shared::ids::ChildId;
use shared::mark::{AbsenceScope, Kind, Reason};
use uuid::Uuid;

use super::town::{CANTEEN, CURIE, DAY, EVENING, JAURES, LEA, NOE, Town, ZOE, at};

const ABSENT: Kind = Kind::Absent {
    scope: AbsenceScope::Session,
    reason: Reason::Illness,
};

#[test]
fn a_tap_on_the_tablet_shows_on_the_board_and_on_the_first_page() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:30"));
    let before = desk.get(DAY).words();
    assert!(
        before.contains("Attendus2") && before.contains("Liste ouverte"),
        "{before}"
    );

    town.points(
        JAURES,
        1,
        &[(CANTEEN, LEA, Kind::In, "12:04"), (CANTEEN, ZOE, ABSENT, "12:06")],
    );
    let page = desk.get(DAY);
    let words = page.words();
    assert!(
        words.contains("Martin Léa") && words.contains("Les lynx · 1er\u{a0}service"),
        "{words}"
    );
    assert!(words.contains("Présent") && words.contains("12\u{a0}h\u{a0}04"));
    assert!(words.contains("Absent") && words.contains("Malade"));
    assert!(words.contains("Allergie arachide"));
    assert!(
        !words.contains("Trousse"),
        "what must be known on site is not spread over a screen of the town hall"
    );
    assert!(
        page.text.contains("http-equiv=\"refresh\""),
        "without scripts the page loads itself again"
    );

    let home = desk.get("/ville/gestion");
    assert!(
        home.text
            .contains("/ville/gestion/jour?site=jaures&amp;date=2026-11-23&amp;activite=cantine"),
        "{}",
        home.text
    );
}

#[test]
fn a_list_that_was_closed_and_pointed_again_says_so() {
    let town = Town::founded();
    let mut desk = town.desk(at("13:00"));
    let close = Kind::Close {
        turned: shared::mark::Closing::Absent,
        children: vec![ZOE],
    };
    town.closes(JAURES, 1, CANTEEN, close, "12:20");
    let words = desk.get(DAY).words();
    assert!(words.contains("Liste close à 12\u{a0}h\u{a0}20"), "{words}");
    assert!(words.contains("Non justifié, à la clôture"));
    town.points(JAURES, 2, &[(CANTEEN, ZOE, Kind::In, "12:40")]);
    assert!(
        desk.get(DAY)
            .words()
            .contains("Close à 12\u{a0}h\u{a0}20, puis pointée de nouveau")
    );
}

#[test]
fn children_nobody_expected_are_shown_apart() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:30"));
    let unknown = ChildId(Uuid::from_u128(0xabc_def));
    town.points(
        JAURES,
        1,
        &[
            (CANTEEN, NOE, Kind::In, "12:04"),
            (CANTEEN, unknown, Kind::In, "12:05"),
        ],
    );
    let words = desk.get(DAY).words();
    assert!(words.contains("2 enfants pointés sans réservation"), "{words}");
    assert!(words.contains("Dupré Noé") && words.contains("Enfant inconnu (fiche …abcdef)"));
}

#[test]
fn tablets_that_disagree_are_told_in_a_sentence() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:30"));
    town.points(JAURES, 1, &[(CANTEEN, LEA, Kind::In, "12:04")]);
    town.points(JAURES, 2, &[(CANTEEN, LEA, ABSENT, "12:06")]);
    let words = desk.get(DAY).words();
    assert!(words.contains("Un pointage à vérifier"), "{words}");
    let sentence = "Martin Léa\u{a0}: une tablette note sa présence à 12\u{a0}h\u{a0}04, une autre son absence à 12\u{a0}h\u{a0}06.";
    assert!(words.contains(sentence), "{words}");
    let curie = desk
        .get("/ville/gestion/jour?site=curie&date=2026-11-23&activite=cantine")
        .words();
    assert!(!curie.contains("à vérifier"), "not the other site's business");
    assert!(
        desk.get("/ville/gestion")
            .words()
            .contains("Pointages contradictoires")
    );
}

#[test]
fn a_departure_without_arrival_and_two_sites_at_once_are_told_too() {
    let town = Town::founded();
    let mut desk = town.desk(at("18:00"));
    town.points(
        JAURES,
        1,
        &[
            (EVENING, NOE, Kind::In, "16:40"),
            (EVENING, LEA, Kind::Out, "17:10"),
        ],
    );
    town.points(CURIE, 2, &[(EVENING, NOE, Kind::In, "16:45")]);
    let words = desk
        .get("/ville/gestion/jour?site=jaures&date=2026-11-23&activite=garderie-soir")
        .words();
    assert!(
        words.contains("départ noté à 17\u{a0}h\u{a0}10, sans arrivée"),
        "{words}"
    );
    assert!(
        words.contains("en même temps à École Jaurès et à École Curie"),
        "{words}"
    );
}

#[test]
fn a_name_cannot_become_a_tag() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:30"));
    town.points(JAURES, 1, &[(CANTEEN, ZOE, Kind::Out, "12:04")]);
    let page = desk.get(DAY);
    assert!(
        page.text.contains("&lt;b&gt;Zoé&lt;/b&gt;") && page.text.contains("O’Brien &amp; \"fils\""),
        "{}",
        page.text
    );
    assert!(!page.text.contains("<b>"));
}

#[test]
fn a_script_gets_the_board_alone() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:30"));
    let part = desk.send("GET", DAY, String::new(), &[("x-fragment", "board")]);
    assert_eq!(part.status, StatusCode::OK);
    assert!(part.text.starts_with("<div id=\"board\""), "{}", part.text);
    assert!(part.text.contains("Martin") && !part.text.contains("<html") && !part.text.contains("jeton"));
    let whole = desk.get(DAY);
    assert!(
        whole.text.contains(&part.text),
        "the page holds the very same part"
    );
    assert_eq!(part.header("cache-control"), "no-store");
}

#[test]
fn changes_are_announced_to_those_logged_in_only() {
    let town = Town::founded();
    let path = "/ville/gestion/evenements";
    let mut desk = town.desk(at("12:30"));
    let reply = desk.send("GET", path, String::new(), &[("accept", "text/event-stream")]);
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (StatusCode::OK, "text/event-stream")
    );
    let mut nobody = town.browser(at("12:30"));
    let reply = nobody.send("GET", path, String::new(), &[("accept", "text/event-stream")]);
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
}

#[test]
fn filters_stay_in_the_address_and_what_is_left_out_is_chosen() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:30"));
    let page = desk.get(DAY);
    for day in ["2026-11-22", "2026-11-24"] {
        assert!(
            page.text
                .contains(&format!("site=jaures&amp;date={day}&amp;activite=cantine")),
            "{day}"
        );
    }
    let page = desk.get("/ville/gestion/jour");
    assert!(
        page.text.contains(
            "data-address=\"/ville/gestion/jour?site=curie&amp;date=2026-11-23&amp;activite=cantine\""
        ),
        "{}",
        page.text
    );
    let mut evening = town.desk(at("16:45"));
    assert!(
        evening
            .get("/ville/gestion/jour?site=jaures")
            .text
            .contains("activite=garderie-soir\" data-head")
    );
    let sunday = desk.get("/ville/gestion/jour?site=jaures&date=2026-11-22&activite=cantine");
    assert_eq!(sunday.status, StatusCode::OK);
    assert!(sunday.words().contains("Aucune activité ce jour"));
}

#[test]
fn an_activity_pointed_on_a_day_it_should_not_take_place_is_not_hidden() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:30"));
    town.points_of_day("2026-11-22", JAURES, 1, &[(CANTEEN, LEA, Kind::In, "12:04")]);
    let words = desk
        .get("/ville/gestion/jour?site=jaures&date=2026-11-22&activite=cantine")
        .words();
    assert!(
        words.contains("Martin Léa") && words.contains("Présent"),
        "{words}"
    );
}

#[test]
fn the_first_page_is_live_like_the_board() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:30"));
    let page = desk.get("/ville/gestion");
    assert!(
        page.text.contains("data-events=\"/ville/gestion/evenements\""),
        "{}",
        page.text
    );
    assert!(page.text.contains("/static/desk.js") && page.text.contains("http-equiv=\"refresh\""));
    let part = desk.send("GET", "/ville/gestion", String::new(), &[("x-fragment", "board")]);
    assert!(part.text.starts_with("<div id=\"board\" "), "{}", part.text);
    assert!(
        page.text.contains(&part.text),
        "the page holds the very same part"
    );
    town.points(JAURES, 1, &[(CANTEEN, LEA, Kind::In, "12:04")]);
    let later = desk.send("GET", "/ville/gestion", String::new(), &[("x-fragment", "board")]);
    assert_ne!(later.text, part.text);
}

#[test]
fn a_director_sees_its_own_sites() {
    let town = Town::founded();
    town.becomes(shared::operation::Role::Directeur, &[JAURES]);
    let mut desk = town.desk(at("12:30"));
    let home = desk.get("/ville/gestion").words();
    assert!(
        home.contains("École Jaurès") && !home.contains("École Curie"),
        "{home}"
    );
    let board = desk.get("/ville/gestion/jour");
    assert_eq!(board.status, StatusCode::OK);
    assert!(board.words().contains("École Jaurès") && !board.words().contains("École Curie"));
    let other = desk.get("/ville/gestion/jour?site=curie");
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    assert!(!other.words().contains("Curie"));
}

#[test]
fn a_child_sent_elsewhere_and_one_nobody_knows_are_told_in_words() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:30"));
    let unknown = ChildId(Uuid::from_u128(0xabc_def));
    let sent = Kind::Transfer { to: CURIE };
    town.points(
        JAURES,
        1,
        &[
            (CANTEEN, ZOE, sent, "12:02"),
            (CANTEEN, unknown, Kind::In, "12:05"),
        ],
    );
    let words = desk.get(DAY).words();
    assert!(words.contains("Passé à École Curie"), "{words}");
    assert!(words.contains("Attendus1"), "{words}");
    let there = desk
        .get("/ville/gestion/jour?site=curie&date=2026-11-23&activite=cantine")
        .words();
    assert!(there.contains("Vient de École Jaurès"), "{there}");
}
