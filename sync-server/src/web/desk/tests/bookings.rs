//! Reservations entered at the desk: Mme Roche books for Tom and his class, M. Faure directs another
//! site.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use shared::ids::{ChildId, ExceptionalDayId};
use shared::operation::{Body, ExceptionalDayRecord, ExceptionalKind, MealEffect};
use uuid::Uuid;

use super::browser::{Browser, Reply};
use super::school::{BASKET, CE1, INES, MEAL, SCHOOL, TOM, UGO, logged_in, town};
use super::town::{EMAIL, Town, apply, at};
use crate::store::Row;

/// What stands for a child: dates and formulas.
fn standing(town: &Town, child: ChildId) -> BTreeSet<(String, Option<Uuid>)> {
    let commune = town.commune(at("12:00"));
    let sql = include_str!("../../../record/reservation/of_child_between.sql");
    let (from, until) = ("2020-01-01".into(), "2030-01-01".into());
    let rows = commune
        .store
        .read(|tx| tx.query(sql, &[child.into(), from, until]))
        .unwrap();
    rows.iter()
        .map(|row| (row.text(3).unwrap(), row.opt(4, Row::uuid).unwrap()))
        .collect()
}

fn page_of(child: ChildId) -> String {
    format!("/ville/gestion/reservations/enfant/{child}")
}

fn class_page() -> String {
    format!("/ville/gestion/reservations/classe/{CE1}")
}

/// The fields of a page's form that are sent unseen.
fn hidden(reply: &Reply) -> Vec<(String, String)> {
    reply
        .text
        .split("<input type=\"hidden\" name=\"")
        .skip(1)
        .filter_map(|part| {
            let (name, rest) = part.split_once("\" value=\"")?;
            let (value, _) = rest.split_once('"')?;
            Some((
                name.to_owned(),
                value.replace("&quot;", "\"").replace("&amp;", "&"),
            ))
        })
        .filter(|(name, _)| name != "jeton")
        .collect()
}

fn send(browser: &mut Browser, path: &str, token: &str, fields: &[(String, String)]) -> Reply {
    let mut all: Vec<(&str, &str)> = vec![("jeton", token)];
    all.extend(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    browser.post(path, &all)
}

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    fields.iter().map(owned).collect()
}

/// The form of a period, without its children.
fn period(from: &str, until: &str, what: &str) -> Vec<(String, String)> {
    pairs(&[
        ("vue", "periode"),
        ("acte", "reserver"),
        ("du", from),
        ("au", until),
        ("jours", "0"),
        ("jours", "1"),
        ("jours", "3"),
        ("jours", "4"),
        ("quoi", what),
        ("geste", "apercu"),
    ])
}

/// Shows what a form comes to; answers the page and the form to carry out.
fn look(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> (Reply, Vec<(String, String)>) {
    let token = browser.get(path).token();
    let preview = send(browser, path, &token, fields);
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.words());
    let mut form = hidden(&preview);
    form.push(("geste".into(), "faire".into()));
    (preview, form)
}

fn carry_out(browser: &mut Browser, path: &str, form: &[(String, String)]) -> Reply {
    let token = browser.get(path).token();
    send(browser, path, &token, form)
}

#[test]
fn a_period_is_shown_first_and_carried_out_once() {
    let town = town();
    let mut desk = town.desk(at("12:00"));
    let before = town.head();
    let fields = period("2026-11-09", "2026-12-31", "repas-midi/repas");
    let (preview, form) = look(&mut desk, &page_of(TOM), &fields);
    let words = preview.words().replace('\u{a0}', " ");
    // Armistice day is a Wednesday in 2026, when there is no lunch anyway.
    let sum = "24 jours à réserver, 1 jour férié laissé de côté, 6 jours de vacances laissés de côté.";
    assert!(words.contains(sum), "{words}");
    assert!(words.contains("Jour férié : Noël"), "{words}");
    assert!(words.contains("Vacances scolaires : "), "{words}");
    assert_eq!(town.head(), before, "looking changes nothing");
    assert!(standing(&town, TOM).is_empty());

    let done = carry_out(&mut desk, &page_of(TOM), &form);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    assert!(done.header("location").contains("fait=enregistre"));
    let booked = standing(&town, TOM);
    assert_eq!(booked.len(), 24);
    assert!(booked.contains(&("2026-11-09".into(), Some(MEAL.0))));
    assert!(!booked.iter().any(|(date, _)| date.as_str() > "2026-12-18"));

    let head = town.head();
    let again = carry_out(&mut desk, &page_of(TOM), &form);
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(
        (town.head(), standing(&town, TOM)),
        (head, booked.clone()),
        "a form sent twice is sent once"
    );
    let (preview, _) = look(&mut desk, &page_of(TOM), &fields);
    assert!(preview.words().contains("24 déjà faits"), "{}", preview.words());
}

#[test]
fn a_form_sent_again_after_a_cancellation_brings_nothing_back() {
    let town = town();
    let mut desk = town.desk(at("12:00"));
    let fields = period("2026-11-23", "2026-11-27", "repas-midi/repas");
    let (_, form) = look(&mut desk, &page_of(TOM), &fields);
    carry_out(&mut desk, &page_of(TOM), &form);
    assert_eq!(standing(&town, TOM).len(), 4);

    let mut cancelling = fields.clone();
    cancelling[1].1 = "annuler".into();
    let (preview, cancel) = look(&mut desk, &page_of(TOM), &cancelling);
    assert!(
        preview.words().contains("4 réservations à annuler"),
        "{}",
        preview.words()
    );
    carry_out(&mut desk, &page_of(TOM), &cancel);
    assert!(standing(&town, TOM).is_empty());

    let late = carry_out(&mut desk, &page_of(TOM), &form);
    assert_eq!(late.status, StatusCode::SEE_OTHER);
    assert!(standing(&town, TOM).is_empty());
}

#[test]
fn a_week_shows_what_stands_and_changes_only_what_was_changed() {
    let town = town();
    let mut desk = town.desk(at("12:00"));
    let path = page_of(TOM);
    let (_, form) = look(
        &mut desk,
        &path,
        &period("2026-11-23", "2026-11-27", "repas-midi/repas"),
    );
    carry_out(&mut desk, &path, &form);

    let week = desk.get(&format!("{path}?vue=semaine&date=2026-11-25"));
    assert!(
        week.text.contains("name=\"c.2026-11-23.repas-midi\""),
        "{}",
        week.text
    );
    assert!(
        !week.text.contains("name=\"c.2026-11-25.repas-midi\""),
        "no lunch on Wednesdays"
    );
    let mut fields = hidden(&week);
    fields.extend(pairs(&[
        ("c.2026-11-23.repas-midi", "panier"),
        ("c.2026-11-24.repas-midi", ""),
        ("c.2026-11-26.repas-midi", "repas"),
        ("c.2026-11-27.repas-midi", "repas"),
        ("site.repas-midi", "pasteur"),
        ("geste", "apercu"),
    ]));
    // Meanwhile somebody else cancels Thursday: this form never touched it.
    let (_, other) = look(&mut desk, &path, &{
        let mut cancel = period("2026-11-26", "2026-11-26", "repas-midi/repas");
        cancel[1].1 = "annuler".into();
        cancel
    });
    carry_out(&mut desk, &path, &other);

    let (preview, form) = look(&mut desk, &path, &fields);
    let words = preview.words();
    assert!(
        words.contains("1 formule changée, 1 réservation à annuler"),
        "{words}"
    );
    let done = carry_out(&mut desk, &path, &form);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    let expected = [("2026-11-23", BASKET), ("2026-11-27", MEAL)];
    assert_eq!(
        standing(&town, TOM),
        expected.map(|(date, f)| (date.to_owned(), Some(f.0))).into()
    );
}

#[test]
fn beyond_the_last_place_a_box_must_be_ticked() {
    let town = town();
    let mut desk = town.desk(at("12:00"));
    let path = class_page();
    let mut fields = period("2026-11-23", "2026-11-23", "repas-midi/repas");
    for child in [TOM, INES, UGO] {
        fields.push(("enfant".into(), child.to_string()));
    }
    let (preview, form) = look(&mut desk, &path, &fields);
    let words = preview.words();
    assert!(
        words.contains("2 jours à réserver, 1 au-delà de la capacité"),
        "{words}"
    );
    assert!(words.contains("0 places prises sur 2, 1 en plus"), "{words}");
    carry_out(&mut desk, &path, &form);
    assert!(standing(&town, UGO).is_empty(), "the last child stays out");
    assert_eq!(standing(&town, TOM).len() + standing(&town, INES).len(), 2);

    let alone = period("2026-11-23", "2026-11-23", "repas-midi/repas");
    let (_, form) = look(&mut desk, &page_of(UGO), &alone);
    let head = town.head();
    let refused = carry_out(&mut desk, &page_of(UGO), &form);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.words().contains("Il n’y a plus de place"),
        "{}",
        refused.words()
    );
    assert_eq!(town.head(), head);

    let mut ticked = form.clone();
    ticked.push(("au_dela".into(), "oui".into()));
    let done = carry_out(&mut desk, &page_of(UGO), &ticked);
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&town, UGO).len(), 1);
}

#[test]
fn a_class_is_booked_but_for_those_unticked_and_seen_at_a_glance() {
    let town = town();
    let mut desk = town.desk(at("12:00"));
    let page = desk.get(&format!("{}?date=2026-11-23", class_page()));
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("CE1 &lt;i&gt;Petit"), "names are text");
    let mut fields = hidden(&page);
    fields.extend(pairs(&[
        ("c.2026-11-24.repas-midi", "repas"),
        ("enfant", &TOM.to_string()),
        ("enfant", &UGO.to_string()),
        ("geste", "apercu"),
    ]));
    let (_, form) = look(&mut desk, &class_page(), &fields);
    carry_out(&mut desk, &class_page(), &form);
    let tuesday = BTreeSet::from([("2026-11-24".to_owned(), Some(MEAL.0))]);
    assert_eq!(
        (standing(&town, TOM), standing(&town, INES), standing(&town, UGO)),
        (tuesday.clone(), BTreeSet::new(), tuesday)
    );
    let page = desk.get(&format!("{}?date=2026-11-23", class_page()));
    assert!(page.words().contains("2 sur 3"), "{}", page.words());

    let mut nobody = hidden(&page);
    nobody.extend(pairs(&[
        ("c.2026-11-26.repas-midi", "repas"),
        ("geste", "apercu"),
    ]));
    let refused = send(&mut desk, &class_page(), &page.token(), &nobody);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn closed_days_are_grey_and_say_why() {
    let town = town();
    let day = |from: &str, kind, words: &str| Body::PutExceptionalDay {
        day: ExceptionalDayRecord {
            id: ExceptionalDayId(Uuid::new_v5(&Uuid::NAMESPACE_DNS, words.as_bytes())),
            kind,
            from: from.parse().unwrap(),
            until: Some(from.parse().unwrap()),
            schools: vec![SCHOOL],
            classes: Vec::new(),
            words: words.into(),
            meals: MealEffect::Kept,
            minimum_service: None,
            sites: Vec::new(),
            services: Vec::new(),
            cancels: false,
        },
    };
    apply(
        &town.commune(at("11:30")),
        vec![
            day("2026-11-24", ExceptionalKind::Closure, "Travaux de chauffage"),
            day("2026-11-26", ExceptionalKind::Outing, "Sortie au musée"),
        ],
    );
    let mut desk = town.desk(at("12:00"));
    let page = desk.get(&format!("{}?vue=semaine&date=2026-11-23", page_of(TOM)));
    assert!(page.words().contains("Travaux de chauffage") && page.words().contains("Sortie au musée"));
    assert!(!page.text.contains("name=\"c.2026-11-24.repas-midi\""));
    assert!(page.text.contains("name=\"c.2026-11-26.repas-midi\""));
    let fields = period("2026-11-23", "2026-11-27", "repas-midi/repas");
    let (preview, form) = look(&mut desk, &page_of(TOM), &fields);
    let words = preview.words().replace('\u{a0}', " ");
    assert!(
        words.contains("3 jours à réserver, 1 jour de fermeture laissé de côté"),
        "{words}"
    );
    assert!(words.contains("École fermée : Travaux de chauffage"), "{words}");
    assert!(words.contains("Jours particuliers"), "{words}");
    carry_out(&mut desk, &page_of(TOM), &form);
    assert!(!standing(&town, TOM).iter().any(|(date, _)| date == "2026-11-24"));
    let holidays = desk.get(&format!("{}?vue=mois&date=2026-12-10", page_of(TOM)));
    assert!(holidays.words().contains("Noël"), "{}", holidays.words());
}

#[test]
fn a_director_reaches_only_its_own_children_and_sites() {
    let town = town();
    let mut director = logged_in(&town, "faure@mairie.example");
    let found = director.get("/ville/gestion/reservations?q=abel");
    assert_eq!(found.status, StatusCode::OK);
    assert!(!found.text.contains(&TOM.to_string()), "Tom is not of Curie");
    let head = town.head();
    for path in [page_of(TOM), class_page()] {
        assert_eq!(director.get(&path).status, StatusCode::FORBIDDEN);
        let token = found.token();
        let mut fields = period("2026-11-23", "2026-11-23", "repas-midi/repas");
        fields.push(("enfant".into(), TOM.to_string()));
        let refused = send(&mut director, &path, &token, &fields);
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(town.head(), head);

    // Once Tom comes to Curie, its director may book for him there, and there only.
    let mut desk = town.desk(at("12:00"));
    let mut there = period("2026-11-23", "2026-11-23", "repas-midi/repas");
    there.push(("site".into(), "curie".into()));
    let (_, form) = look(&mut desk, &page_of(TOM), &there);
    carry_out(&mut desk, &page_of(TOM), &form);
    let mut elsewhere = period("2026-11-24", "2026-11-24", "repas-midi/repas");
    elsewhere.push(("site".into(), "pasteur".into()));
    let head = town.head();
    let token = director.get(&page_of(TOM)).token();
    let refused = send(&mut director, &page_of(TOM), &token, &elsewhere);
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.words()
    );
    assert_eq!(town.head(), head);
    let own = period("2026-11-24", "2026-11-24", "repas-midi/panier");
    let (_, form) = look(&mut director, &page_of(TOM), &own);
    assert_eq!(
        carry_out(&mut director, &page_of(TOM), &form).status,
        StatusCode::SEE_OTHER
    );
    assert!(standing(&town, TOM).contains(&("2026-11-24".into(), Some(BASKET.0))));
}

#[test]
fn who_may_only_look_changes_nothing() {
    let town = town();
    let mut desk = logged_in(&town, EMAIL);
    let mut reader = logged_in(&town, "lecture@mairie.example");
    let page = reader.get(&page_of(TOM));
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        !page.text.contains("Voir ce qui sera fait") && !page.text.contains("<select"),
        "nothing to fill in"
    );
    let head = town.head();
    let fields = period("2026-11-23", "2026-11-23", "repas-midi/repas");
    let refused = send(&mut reader, &page_of(TOM), &page.token(), &fields);
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let mut nobody = town.browser(at("12:00"));
    assert_eq!(nobody.get(&page_of(TOM)).status, StatusCode::SEE_OTHER);
    let forged = send(&mut desk, &page_of(TOM), "autre", &fields);
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(town.head(), head);
}

#[test]
fn what_does_not_fit_is_said_beside_its_field_and_kept() {
    let town = town();
    let mut desk = town.desk(at("12:00"));
    let head = town.head();
    let token = desk.get(&page_of(TOM)).token();
    let cases: [(usize, &str, &str); 7] = [
        (2, "", "du"),
        (2, "2019-01-01", "du"),
        (3, "2026-11-01", "au"),
        (3, "2030-01-01", "du"),
        (8, "inconnue/repas", "quoi"),
        (8, "repas-midi/oui", "quoi"),
        (1, "danser", "acte"),
    ];
    for (place, value, field) in cases {
        let mut fields = period("2026-11-23", "2026-11-27", "repas-midi/repas");
        fields[place].1 = value.to_owned();
        fields.push(("groupe".into(), "Les \"lynx\" <b>".into()));
        let reply = send(&mut desk, &page_of(TOM), &token, &fields);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
        assert!(
            reply.text.contains(&format!("href=\"#{field}\"")),
            "{value}: {}",
            reply.words()
        );
        assert!(
            reply.text.contains("Les &quot;lynx&quot; &lt;b&gt;")
                || reply.text.contains("Les &quot;lynx&quot; <b>"),
            "what was typed is kept: {}",
            reply.text
        );
    }
    let mut fields = period("2026-11-23", "2026-11-27", "repas-midi/repas");
    fields.extend(pairs(&[("geste", "faire"), ("graine", "pas-un-numero")]));
    fields.retain(|pair| pair != &("geste".to_owned(), "apercu".to_owned()));
    let reply = send(&mut desk, &page_of(TOM), &token, &fields);
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    for path in [
        "/ville/gestion/reservations/enfant/rien",
        "/ville/gestion/reservations/enfant/00000000-0000-0000-0000-000000000001",
        "/ville/gestion/reservations/classe/00000000-0000-0000-0000-000000000001",
    ] {
        assert_eq!(desk.get(path).status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(town.head(), head);
}

#[test]
fn names_are_text_wherever_they_stand() {
    let town = town();
    let mut desk = town.desk(at("12:00"));
    let (preview, form) = look(
        &mut desk,
        &page_of(INES),
        &period("2026-11-23", "2026-11-23", "repas-midi/repas"),
    );
    carry_out(&mut desk, &page_of(INES), &form);
    let pages = [
        desk.get("/ville/gestion/reservations?q=in%C3%A8s"),
        desk.get("/ville/gestion/reservations?q=%3Cscript%3E"),
        desk.get(&page_of(INES)),
        desk.get(&class_page()),
        desk.get(&format!("{}?vue=periode", class_page())),
        preview,
        desk.get("/ville/gestion/listes?site=pasteur&date=2026-11-23"),
        desk.get("/ville/gestion/listes/papier?site=pasteur&date=2026-11-23"),
    ];
    for page in pages {
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text.contains("<b>Bo"), "{}", page.text);
        assert!(!page.text.contains("<script>"), "{}", page.text);
        assert!(!page.text.contains("<i>Petit"), "{}", page.text);
    }
}
