//! A server that stops for a while, and a school whose line is dead: tablets go on, and the town hall reads
//! afterwards what they did meanwhile and whether all of it is back.

use system_tests::town::{MONDAY, SLUG};
use system_tests::{Server, Tablet, Town};

use crate::desk::Desk;

const SITE: &str = "jules-ferry";
const AFTERWARDS: &str = "2026-11-23T07:40:00+01:00";

/// What a page says, without its marks.
fn words(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap_or(page);
    let mut words = String::new();
    let mut inside = false;
    for c in main.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                words.push(' ');
            }
            c if !inside => words.push(c),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The addresses of the outages on the list, newest first.
fn listed(desk: &mut Desk) -> Vec<String> {
    let page = desk.page("pannes");
    let start = format!("href=\"/{SLUG}/gestion/pannes/");
    page.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|id| format!("pannes/{id}"))
        .collect()
}

fn taps(tablet: &mut Tablet, minute: u32, children: &[String]) {
    for (child, n) in children.iter().zip(minute..) {
        tablet.clock(&format!("2026-11-23T07:{n:02}:00+01:00"));
        tablet.in_(child, "cantine");
    }
}

fn hands_in(tablet: &mut Tablet, at: &str) {
    tablet.clock(at);
    tablet.sync();
}

/// Two tablets at work while the server lies dead for forty minutes.
fn forty_minutes(town: &Town) -> (Server, [Tablet; 2]) {
    let mut server = town.server();
    let mut a = town.tablet("a", &server.url(), &[SITE]);
    let mut b = town.tablet("b", &server.url(), &[SITE]);
    let children = a.expected(MONDAY, "cantine");
    server.kill9();
    taps(&mut a, 10, &children[..3]);
    taps(&mut b, 20, &children[3..5]);
    server.restart_at(AFTERWARDS);
    (server, [a, b])
}

#[test]
fn after_forty_minutes_without_a_server_the_page_says_what_was_done_and_that_it_is_back() {
    let town = Town::new();
    let (mut server, [mut a, mut b]) = forty_minutes(&town);
    let mut desk = Desk::of(&town, &server, "gestionnaire");
    let all = listed(&mut desk);
    assert_eq!(all.len(), 1, "found by the server itself");
    let list = words(&desk.page("pannes"));
    assert!(
        list.contains("Le serveur était arrêté") && list.contains("minutes"),
        "{list}"
    );

    hands_in(&mut a, "2026-11-23T07:41:00+01:00");
    let said = words(&desk.page(&all[0]));
    assert!(
        said.contains("3 pointages faits pendant la panne, 3 revenus, le dernier à 7 h 4"),
        "{said}"
    );
    assert!(said.contains("Une tablette peut encore en rendre"), "{said}");
    assert!(said.contains("de 7 h 10 à 7 h 12"), "{said}");

    hands_in(&mut b, "2026-11-23T07:42:00+01:00");
    let said = words(&desk.page(&all[0]));
    assert!(
        said.contains("5 pointages faits pendant la panne, 5 revenus, le dernier à 7 h 4"),
        "{said}"
    );
    assert!(said.contains("n’ont plus rien à rendre"), "{said}");
    let file = desk.page(&format!("{}/fichier", all[0]));
    assert_eq!(file.lines().count(), 3, "a head and two tablets: {file}");

    // Started again at once, twice over: nothing more to tell.
    server.stop();
    server.restart_at("2026-11-23T07:43:00+01:00");
    let mut desk = Desk::of(&town, &server, "directeur");
    assert_eq!(listed(&mut desk).len(), 1);
    let said = words(&desk.page(&all[0]));
    assert!(
        said.contains("5 pointages faits") || said.contains("pointages faits"),
        "{said}"
    );
    let mut reader = Desk::of(&town, &server, "lecture");
    assert_eq!(reader.status("pannes"), 403);
    server.stop();
    town.verify();
}

#[test]
fn a_tap_that_another_tablet_brings_is_told_with_its_bearer() {
    let town = Town::new();
    let (server, [a, mut b]) = forty_minutes(&town);
    // The first tablet is lost; what it exported onto a stick comes in through the second.
    let file = town.place("stick.preau");
    let file = file.to_str().expect("a path");
    a.run(&["export", file]).done();
    b.clock("2026-11-23T07:45:00+01:00");
    b.run(&["import", file]).done();
    b.sync();
    let mut desk = Desk::of(&town, &server, "administrateur");
    let all = listed(&mut desk);
    let said = words(&desk.page(&all[0]));
    assert!(
        said.contains("5 pointages faits pendant la panne, 5 revenus"),
        "{said}"
    );
    assert!(said.contains("dont 3 par"), "{said}");
    assert!(
        said.contains("Une tablette peut encore en rendre"),
        "the first was not heard of: {said}"
    );
}

#[test]
fn the_dead_line_of_a_school_is_noted_changed_and_never_lost() {
    let town = Town::new();
    let server = town.server_at(AFTERWARDS);
    let mut desk = Desk::of(&town, &server, "gestionnaire");
    assert_eq!(listed(&mut desk), [""; 0]);
    let page = desk.page("pannes");
    let site = page
        .split("<option value=\"")
        .filter_map(|rest| rest.split_once('"'))
        .find(|(id, rest)| !id.is_empty() && rest.contains("Ferry"))
        .map(|(id, _)| id.to_owned())
        .expect("the site");
    let fields = |until: &'static str, hour: &'static str| {
        [
            ("site", site.clone()),
            ("du", MONDAY.to_owned()),
            ("du_heure", "07:10".to_owned()),
            ("au", until.to_owned()),
            ("au_heure", hour.to_owned()),
            ("cause", "line".to_owned()),
            ("note", "La pelle du chantier.".to_owned()),
        ]
    };
    let send = |desk: &mut Desk, from: &str, to: &str, until, hour| {
        let owned = fields(until, hour);
        let fields: Vec<(&str, &str)> = owned
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        desk.send(from, to, &fields)
    };
    assert_eq!(
        send(&mut desk, "pannes", "pannes", MONDAY, "07:05"),
        422,
        "it ends before it begins"
    );
    assert_eq!(
        send(&mut desk, "pannes", "pannes", MONDAY, ""),
        422,
        "an end without its hour"
    );
    assert_eq!(
        send(&mut desk, "pannes", "pannes", "2026-11-24", "07:00"),
        422,
        "it is to come"
    );
    assert_eq!(listed(&mut desk), [""; 0], "nothing was written");
    assert_eq!(send(&mut desk, "pannes", "pannes", "", ""), 303);
    let all = listed(&mut desk);
    let said = words(&desk.page(&all[0]));
    assert!(
        said.contains("Elle dure encore") && said.contains("La pelle du chantier."),
        "{said}"
    );
    assert!(said.contains("Aucun pointage connu"), "{said}");

    // Two people end it: the second sees that the first did.
    let edit = format!("{}/modifier", all[0]);
    let stale = desk.page(&edit);
    assert_eq!(send(&mut desk, &edit, &edit, MONDAY, "07:30"), 303);
    let version = stale
        .split("name=\"version\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a version")
        .to_owned();
    let mut owned = fields(MONDAY, "07:35").to_vec();
    owned.push(("version", version));
    let fields: Vec<(&str, &str)> = owned
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(desk.send("pannes", &edit, &fields), 409);
    let said = words(&desk.page(&all[0]));
    assert!(said.contains("20 minutes"), "{said}");
    // One that touched every site.
    let everywhere = [
        ("site", ""),
        ("du", MONDAY),
        ("du_heure", "07:00"),
        ("cause", "other"),
        ("note", ""),
    ];
    assert_eq!(desk.send("pannes", "pannes", &everywhere), 303);
    assert_eq!(listed(&mut desk).len(), 2);
    assert_eq!(desk.status("pannes/00000000-0000-0000-0000-000000000000"), 404);
}
