//! What does not agree, decided, undone, and sessions that are complete.

use axum::http::StatusCode;
use shared::codec::Blob;
use shared::ids::{ChildId, DeviceId, MarkId, SiteId, mint};
use shared::mark::{AbsenceScope, Kind, Reason};
use shared::operation::Role;
use shared::seal::seal;
use shared::time::UtcMs;
use uuid::Uuid;

use super::browser::{Browser, Reply};
use super::filled::Filled;
use super::town::{CANTEEN, CURIE, EVENING, JAURES, LEA, NOE, Town, ZOE, at};
use crate::discrepancies::{self, Taken, settled_session};

const PAGE: &str = "/ville/gestion/ecarts";
const DECIDE: &str = "/ecarts/decider";

/// Monday evening: nobody closed the canteen's list, Noé came without a reservation, nobody tapped the
/// other two.
fn monday() -> Town {
    let town = Town::founded();
    town.points(JAURES, 0xd1, &[(CANTEEN, NOE, Kind::In, "11:40")]);
    town
}

fn of_kind(page: &Reply, kind: &str) -> Vec<String> {
    let lines = page.text.split("<li class=\"discrepancy\">").skip(1);
    lines
        .filter(|line| line.contains(&format!("</use></svg>{kind}<")))
        .map(|line| {
            let after = line.split("name=\"choix\" value=\"").nth(1).expect("a box");
            after.split('"').next().unwrap().to_owned()
        })
        .collect()
}

fn after(page: &mut Browser, reply: &Reply) -> Reply {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    let there = reply.header("location").to_owned();
    page.get(&there)
}

#[test]
fn each_discrepancy_shows_with_what_shows_it() {
    let town = monday();
    let mut desk = town.desk(at("20:00"));
    let page = desk.get(PAGE);
    assert_eq!(page.status, StatusCode::OK);
    let words = page.words();
    assert!(words.contains("À décider (4)"), "{words}");
    assert!(words.contains("Écarts (4)"), "the link says how many");
    assert_eq!(of_kind(&page, "Présent non réservé").len(), 1);
    assert_eq!(of_kind(&page, "Réservé, aucun pointage").len(), 2);
    assert_eq!(of_kind(&page, "Liste jamais fermée").len(), 1);
    assert!(words.contains("Arrivée 11\u{a0}h\u{a0}40"), "{words}");
    assert!(words.contains("Dupré Noé"));
}

#[test]
fn nothing_is_said_before_the_activity_is_over() {
    let town = monday();
    let mut desk = town.desk(at("13:40"));
    let page = desk.get(PAGE);
    assert_eq!(of_kind(&page, "Réservé, aucun pointage").len(), 0);
    assert_eq!(of_kind(&page, "Liste jamais fermée").len(), 0);
    assert_eq!(
        of_kind(&page, "Présent non réservé").len(),
        1,
        "this is known already"
    );
}

#[test]
fn a_line_is_decided_with_one_click_and_undone() {
    let town = monday();
    let mut desk = town.desk(at("20:00"));
    let page = desk.get(PAGE);
    let noe = of_kind(&page, "Présent non réservé").remove(0);
    let sent = Filled::of(&page, DECIDE)
        .set("un", &format!("reserve {noe}"))
        .send(&mut desk);
    let page = after(&mut desk, &sent);
    assert!(page.words().contains("1 écart décidé."), "{}", page.words());
    assert_eq!(of_kind(&page, "Présent non réservé"), Vec::<String>::new());
    let listed = desk.get("/ville/gestion/jour?site=jaures&date=2026-11-23&activite=cantine");
    assert!(!listed.words().contains("Non réservé"), "{}", listed.words());

    let decided = desk.get(&format!("{PAGE}?vue=decides"));
    assert!(
        decided.words().contains("Réservation créée"),
        "{}",
        decided.words()
    );
    assert!(decided.words().contains("Mme Roche"));
    let sent = Filled::of(&page, "/ecarts/annuler")
        .set("lot", &lot(&page))
        .send(&mut desk);
    let page = after(&mut desk, &sent);
    assert!(page.words().contains("Décision annulée"));
    assert_eq!(of_kind(&page, "Présent non réservé"), vec![noe], "the very same");
}

fn lot(page: &Reply) -> String {
    let after = page
        .text
        .split("name=\"lot\" value=\"")
        .nth(1)
        .expect("an undoing");
    after.split('"').next().unwrap().to_owned()
}

#[test]
fn several_are_justified_at_once_and_one_of_them_is_undone() {
    let town = monday();
    let mut desk = town.desk(at("20:00"));
    let page = desk.get(PAGE);
    let mut form = Filled::of(&page, DECIDE).set("faire", "justify");
    for key in of_kind(&page, "Réservé, aucun pointage") {
        form = form.tick("choix", &key);
    }
    let asks = form.send(&mut desk);
    assert_eq!(asks.status, StatusCode::OK);
    assert!(
        asks.words().contains("La décision porte sur 2 écarts."),
        "{}",
        asks.words()
    );
    let head = town.head();
    let without = Filled::of(&asks, DECIDE).set("faire", "justify").send(&mut desk);
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(town.head(), head, "nothing happened");
    let sent = Filled::of(&asks, DECIDE)
        .set("faire", "justify")
        .set("motif", "illness")
        .set("note", "Gastro dans la classe")
        .send(&mut desk);
    let page = after(&mut desk, &sent);
    assert_eq!(of_kind(&page, "Réservé, aucun pointage"), Vec::<String>::new());
    assert_eq!(town.head(), head + 1, "one operation");
    let (from, until) = (at("20:00"), Reason::Illness);
    assert_eq!(counted(&town, LEA, from), Taken::Absent { reason: until });

    let decided = desk.get(&format!("{PAGE}?vue=decides"));
    assert!(decided.words().contains("Gastro dans la classe"));
    let after_one = decided.text.split("name=\"decision\" value=\"").nth(1).unwrap();
    let one = after_one.split('"').next().unwrap().to_owned();
    let sent = Filled::of(&decided, "/ecarts/annuler")
        .set("decision", &one)
        .send(&mut desk);
    let decided = after(&mut desk, &sent);
    assert!(decided.words().contains("1 écart"), "{}", decided.words());
    let page = desk.get(PAGE);
    assert_eq!(of_kind(&page, "Réservé, aucun pointage").len(), 1);
}

fn counted(town: &Town, child: ChildId, now: UtcMs) -> Taken {
    let commune = town.commune(now);
    let session = (JAURES, now.date_in(commune.zone), CANTEEN);
    let rows = commune
        .store
        .read(|tx| settled_session(tx, commune.zone, session, now))
        .unwrap();
    let row = rows.into_iter().find(|row| row.child == child).expect("a row");
    row.taken
}

#[test]
fn what_is_stated_counts_until_a_late_tablet_says_more() {
    let town = monday();
    let mut desk = town.desk(at("20:00"));
    let page = desk.get(PAGE);
    let keys = of_kind(&page, "Réservé, aucun pointage");
    let asks = Filled::of(&page, DECIDE)
        .set("un", &format!("correct {}", keys[0]))
        .send(&mut desk);
    let early = Filled::of(&asks, DECIDE)
        .set("faire", "correct")
        .set("fait", "present")
        .set("arrivee", "12:00")
        .set("depart", "11:00")
        .send(&mut desk);
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        early.words().contains("Le départ est avant l’arrivée."),
        "{}",
        early.words()
    );
    let sent = Filled::of(&asks, DECIDE)
        .set("faire", "correct")
        .set("fait", "present")
        .set("arrivee", "11:45")
        .send(&mut desk);
    let page = after(&mut desk, &sent);
    assert_eq!(of_kind(&page, "Réservé, aucun pointage").len(), 1);
    let decided = desk.get(&format!("{PAGE}?vue=decides"));
    assert!(
        decided.words().contains("présent à partir de 11\u{a0}h\u{a0}45"),
        "{}",
        decided.words()
    );
    let child = if decided.words().contains("Martin Léa") {
        LEA
    } else {
        ZOE
    };
    let present = Taken::Present {
        from: Some(at("11:45")),
        until: None,
    };
    assert_eq!(counted(&town, child, at("20:00")), present);

    let absent = Kind::Absent {
        scope: AbsenceScope::Session,
        reason: Reason::Illness,
    };
    town.points(JAURES, 0xd2, &[(CANTEEN, child, absent, "12:00")]);
    let told = Taken::Absent {
        reason: Reason::Illness,
    };
    assert_eq!(
        counted(&town, child, at("20:00")),
        told,
        "the late word is another evidence"
    );
}

#[test]
fn a_late_mark_reopens_what_was_decided() {
    let town = monday();
    let mut desk = town.desk(at("20:00"));
    let page = desk.get(PAGE);
    let noe = of_kind(&page, "Présent non réservé").remove(0);
    Filled::of(&page, DECIDE)
        .set("un", &format!("confirm {noe}"))
        .send(&mut desk);
    assert_eq!(of_kind(&desk.get(PAGE), "Présent non réservé").len(), 0);
    town.points(JAURES, 0xd2, &[(CANTEEN, NOE, Kind::In, "11:50")]);
    let again = of_kind(&desk.get(PAGE), "Présent non réservé");
    assert_eq!(again.len(), 1);
    assert_ne!(again[0], noe, "it is another discrepancy");
}

#[test]
fn all_of_a_filter_are_decided_as_long_as_they_are_what_was_shown() {
    let town = monday();
    let mut desk = town.desk(at("20:00"));
    let filtered = format!("{PAGE}?type=booked_no_mark");
    let page = desk.get(&filtered);
    let form = Filled::of(&page, DECIDE)
        .set("faire", "confirm")
        .set("tout", "oui");
    town.points(JAURES, 0xd2, &[(CANTEEN, LEA, Kind::In, "11:50")]);
    let head = town.head();
    let stale = form.send(&mut desk);
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.words().contains("La liste a changé"), "{}", stale.words());
    assert_eq!(town.head(), head);
    let sent = Filled::of(&stale, DECIDE)
        .set("faire", "confirm")
        .set("tout", "oui")
        .send(&mut desk);
    let page = after(&mut desk, &sent);
    assert_eq!(of_kind(&page, "Réservé, aucun pointage"), Vec::<String>::new());
    let absent = Taken::Absent {
        reason: Reason::Unjustified,
    };
    assert_eq!(counted(&town, ZOE, at("20:00")), absent);
}

#[test]
fn a_decision_that_does_not_fit_decides_nothing() {
    let town = monday();
    let mut desk = town.desk(at("20:00"));
    let page = desk.get(PAGE);
    let head = town.head();
    let all = Filled::of(&page, DECIDE)
        .set("faire", "reserve")
        .set("tout", "oui")
        .send(&mut desk);
    assert_eq!(all.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        all.words().contains("ne convient pas à 3 des 4 écarts"),
        "{}",
        all.words()
    );
    let none = Filled::of(&page, DECIDE).set("faire", "confirm").send(&mut desk);
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.words().contains("Aucun écart n’est coché"));
    let list = of_kind(&page, "Liste jamais fermée").remove(0);
    let bare = Filled::of(&page, DECIDE)
        .set("faire", "ignore")
        .tick("choix", &list)
        .set("dit", "oui")
        .send(&mut desk);
    assert_eq!(
        bare.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "ignoring asks for a reason"
    );
    assert_eq!(town.head(), head);
}

#[test]
fn a_child_nobody_knew_is_recognised() {
    let town = monday();
    let unknown = ChildId(Uuid::from_u128(0x999));
    let commune = town.commune(at("12:00"));
    let id = MarkId(mint(at("11:45"), [7; 10]));
    let sealed = Blob(seal(&commune.keys.notes, id, "Bonnet rouge"));
    drop(commune);
    town.hands_in(
        JAURES,
        0xd1,
        &[
            (id, CANTEEN, unknown, Kind::Stranger { sealed }, "11:45"),
            (
                MarkId(mint(at("11:46"), [8; 10])),
                CANTEEN,
                unknown,
                Kind::In,
                "11:46",
            ),
        ],
    );
    let mut desk = town.desk(at("20:00"));
    let page = desk.get(PAGE);
    assert!(page.words().contains("Bonnet rouge"), "{}", page.words());
    let key = of_kind(&page, "Enfant inconnu").remove(0);
    let sent = Filled::of(&page, DECIDE)
        .set("un", &format!("attach {key}"))
        .send(&mut desk);
    let search = after(&mut desk, &sent);
    assert!(
        search.words().contains("Qui est «\u{a0}Bonnet rouge\u{a0}»"),
        "{}",
        search.words()
    );
    let there = sent.header("location").to_owned();
    let joint = if there.contains('?') { '&' } else { '?' };
    let found = desk.get(&format!("{there}{joint}q=martin"));
    assert!(found.words().contains("Martin Léa"), "{}", found.words());
    let fields = [("jeton", &*found.token()), ("enfant", &LEA.to_string())];
    let sent = desk.post(&there, &fields);
    let page = after(&mut desk, &sent);
    assert_eq!(of_kind(&page, "Enfant inconnu"), Vec::<String>::new());
    assert_eq!(
        of_kind(&page, "Réservé, aucun pointage").len(),
        1,
        "Léa came after all"
    );
}

#[test]
fn a_director_sees_and_decides_own_sites_only() {
    let town = monday();
    town.points(CURIE, 0xd2, &[(EVENING, ZOE, Kind::In, "16:40")]);
    let mut all = town.desk(at("20:00"));
    let page = all.get(PAGE);
    let theirs = of_kind(&page, "Présent non réservé");
    assert_eq!(theirs.len(), 2);
    town.becomes(Role::Directeur, &[CURIE]);
    let mut desk = town.desk(at("20:00"));
    let page = desk.get(PAGE);
    let own = of_kind(&page, "Présent non réservé");
    assert_eq!(own.len(), 1);
    assert!(
        !page.words().contains("Jaurès") && page.words().contains("Écarts (3)"),
        "{}",
        page.words()
    );
    let other = theirs.iter().find(|key| **key != own[0]).unwrap();
    let head = town.head();
    let sent = Filled::of(&page, DECIDE)
        .set("un", &format!("confirm {other}"))
        .send(&mut desk);
    assert_eq!(sent.status, StatusCode::CONFLICT, "for them it is not there");
    assert_eq!(town.head(), head);
    let session = format!("{PAGE}/seance/{CURIE}/2026-11-23/{EVENING}");
    assert_eq!(
        desk.get(&session).status,
        StatusCode::FORBIDDEN,
        "billing is not theirs"
    );

    town.becomes(Role::Lecture, &[]);
    let mut reader = town.desk(at("20:00"));
    let page = reader.get(PAGE);
    assert!(
        !page.text.contains("name=\"choix\""),
        "who may only look gets no box"
    );
}

#[test]
fn a_session_is_complete_when_nothing_is_open_or_owed_or_is_waived_by_name() {
    let town = monday();
    town.has_tablet(0xd1, JAURES);
    let mut desk = town.desk(at("20:00"));
    let sessions = format!("{PAGE}?vue=seances");
    let page = desk.get(&sessions);
    let words = page.words();
    assert!(
        words.contains("Incomplète") && words.contains("4 écarts à décider"),
        "{words}"
    );
    assert!(words.contains("n’a pas encore été vue"), "{words}");
    let link = page.text.split("/ecarts/seance/").nth(1).unwrap();
    let path = format!("{PAGE}/seance/{}", link.split('"').next().unwrap());
    let form = desk.get(&path);
    let bare = Filled::of(&form, &path).send(&mut desk);
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = Filled::of(&form, &path)
        .set("raison", "Tablette perdue")
        .send(&mut desk);
    let page = after(&mut desk, &sent);
    assert!(
        page.words()
            .contains("Facturable sans attendre\u{a0}: Tablette perdue"),
        "{}",
        page.words()
    );
    let sent = Filled::of(&desk.get(&path), &path).send(&mut desk);
    assert!(after(&mut desk, &sent).words().contains("attend de nouveau"));

    town.heard_of(0xd1, at("19:00"), 2);
    let owes = desk.get(&sessions).words();
    assert!(owes.contains("doit encore 2 pointages"), "{owes}");
    town.heard_of(0xd1, at("19:30"), 0);
    for kind in ["booked_no_mark", "not_booked", "never_closed"] {
        let page = desk.get(&format!("{PAGE}?type={kind}"));
        let sent = Filled::of(&page, DECIDE)
            .set("faire", "confirm")
            .set("tout", "oui")
            .send(&mut desk);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }
    let page = desk.get(&sessions);
    assert!(page.words().contains("Complète"), "{}", page.words());
    let commune = town.commune(at("20:00"));
    let session = (JAURES, at("20:00").date_in(commune.zone), CANTEEN);
    let found = commune
        .store
        .read(|tx| discrepancies::completeness(tx, commune.zone, session, at("20:00")))
        .unwrap();
    assert!(found.complete && found.waived.is_none(), "{found:?}");
    town.heard_of(0xd1, at("12:00"), 0);
    let found = commune
        .store
        .read(|tx| discrepancies::completeness(tx, commune.zone, session, at("20:00")))
        .unwrap();
    assert!(!found.complete, "not heard of since the session's end");
    assert_eq!(found.owed[0].device, DeviceId(Uuid::from_u128(0xd1)));
}

/// What lies in the tables is what judging everything anew finds.
#[test]
fn what_is_kept_is_what_is_found_from_scratch() {
    let town = monday();
    let commune = town.commune(at("20:00"));
    let today = commune.today();
    let same = |what: &str| {
        let left = discrepancies::refresh::refresh(&commune, (today, today), 10).unwrap();
        assert_eq!(left, 0);
        let kept: Vec<_> = commune
            .store
            .read(|tx| {
                tx.query(
                    include_str!("../../../record/discrepancy/of_date.sql"),
                    &[today.into()],
                )
            })
            .unwrap()
            .iter()
            .map(|row| {
                let site = SiteId(row.uuid(0).unwrap());
                (site, row.text(3).unwrap(), row.hash(4).unwrap())
            })
            .collect();
        let facts = commune
            .store
            .read(|tx| discrepancies::load(tx, commune.zone, today, commune.clock.now()))
            .unwrap();
        let mut fresh: Vec<_> = discrepancies::find(&facts)
            .into_iter()
            .map(|one| (one.site, one.kind.as_str().to_owned(), one.digest))
            .collect();
        let mut kept = kept;
        kept.sort();
        fresh.sort();
        assert_eq!(kept, fresh, "{what}");
        fresh.len()
    };
    let first = same("at first");
    town.points(JAURES, 0xd2, &[(CANTEEN, LEA, Kind::In, "11:50")]);
    assert_eq!(same("after a mark"), first - 1);
    town.points(CURIE, 0xd3, &[(CANTEEN, LEA, Kind::In, "11:52")]);
    assert!(same("at two sites") > first);
}
