//! Every table, line by line.

use axum::http::StatusCode;
use server_ui::desk::rules::{Model, Word};
use shared::codec::Minute;
use shared::money::Cents;
use shared::operation::{
    Condition, Cost, Count, Counted, Entrance, LinkKind, Moment, Payment, Season, Span, Verdict,
};

use super::super::filled::Filled;
use super::super::school::{LUNCH, MEAL, PASTEUR, SCHOOL};
use super::super::town::{CANTEEN, at};
use super::{RULES, done, draft, new_line, sets, with_school};

/// A table, what is typed in it, and the field that is said to be wrong.
type Wrong = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

#[test]
fn each_model_makes_a_draft_that_is_read_back_in_words() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    for (n, (model, word)) in Model::ALL.iter().enumerate() {
        let place = draft(&mut desk, word);
        let page = desk.get(&place);
        assert_eq!(page.status, StatusCode::OK, "{model:?}");
        let words = page.words();
        assert!(words.contains("Brouillon"), "{words}");
        assert!(
            !words.contains("booking-") && !words.contains("desk-rules-"),
            "{words}"
        );
        assert_eq!(sets(&town).len(), n + 1);
    }
    assert!(
        sets(&town)
            .iter()
            .all(|set| !set.live && set.activities == [LUNCH])
    );
    let list = desk.get(RULES).words();
    assert!(
        list.contains("Midi, veille-12h") && list.contains("Personne ne peut réserver en ligne"),
        "{list}"
    );
}

#[test]
fn a_deadline_is_written_with_what_comes_after_it_by_each_way_in() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "vierge");
    let form = new_line(&mut desk, &place, "ajout")
        .set("limite-quoi", "jours")
        .set("limite-nombre", "2")
        .set("limite-heure", "12 h")
        .set("limite-compte", "calendaires")
        .tick("limite-sauf", "5")
        .tick("limite-sauf", "6")
        .set("mots", "Deux jours avant, sans week-end")
        .set("faire", "etape");
    let more = form.send(&mut desk);
    assert_eq!(
        more.status,
        StatusCode::OK,
        "nothing is saved yet: {}",
        more.words()
    );
    assert!(sets(&town)[0].add.is_empty());
    let form = Filled::of(&more, "ajout/nouvelle")
        .set("etape-0-quoi", "debut")
        .set("etape-0-telephone-suite", "accord")
        .set("etape-0-telephone-cout", "ajoute")
        .set("etape-0-telephone-montant", "4,05")
        .set("etape-0-guichet-suite", "demande");
    let words = done(&mut desk, &form).words();
    assert!(words.contains("Enregistré.") && words.contains("4,05"), "{words}");

    let set = &sets(&town)[0];
    let [line] = &set.add[..] else { panic!("{set:?}") };
    let count = Count {
        days: Counted::Calendar,
        skipped: 0b110_0000,
    };
    let until = Moment::Days {
        days: 2,
        count,
        at: Minute::new(12, 0),
    };
    assert_eq!(line.until, until);
    let [stage] = &line.late[..] else {
        panic!("{line:?}")
    };
    let ways: Vec<_> = stage
        .ways
        .iter()
        .map(|way| (way.entrance, way.verdict, way.cost))
        .collect();
    assert_eq!(
        ways,
        [
            (Entrance::Phone, Verdict::Accept, Cost::Adds(Cents(405))),
            (Entrance::Desk, Verdict::Request, Cost::Free),
        ]
    );

    // It is opened again as it was written, and the stage is taken out.
    let page = desk.get(&format!("{place}/table/ajout/0"));
    assert!(page.words().contains("Les familles lisent"), "{}", page.words());
    let form = Filled::of(&page, "ajout/0");
    assert_eq!(form.value("etape-0-telephone-montant"), "4,05");
    let fewer = form.set("faire", "sans-0").send(&mut desk);
    assert_eq!(fewer.status, StatusCode::OK);
    done(&mut desk, &Filled::of(&fewer, "ajout/0"));
    assert!(sets(&town)[0].add[0].late.is_empty());
}

#[test]
fn every_other_table_takes_a_line() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "vierge");
    let lunch = LUNCH.to_string();
    let canteen = CANTEEN.to_string();
    let lines: [(&str, &[(&str, &str)]); 9] = [
        (
            "ouverture",
            &[
                ("ouvre-quoi", "periode"),
                ("ouvre-nombre", "42"),
                ("ouvre-heure", "8:00"),
                ("saison", "vacances"),
            ],
        ),
        (
            "annulation",
            &[
                ("limite-quoi", "heures"),
                ("limite-nombre", "48"),
                ("limite-compte", "ouvres"),
            ],
        ),
        ("conditions", &[("quoi", "niveaux"), ("niveaux", "cp, ce1")]),
        ("limites", &[("nombre", "3"), ("par", "semaine")]),
        (
            "liens",
            &[("activite", &lunch), ("lien", "exclut"), ("autre", &canteen)],
        ),
        ("groupes", &[("nom", "Petits"), ("avant", "6 ans")]),
        ("places", &[("places", "12"), ("groupe", "Petits")]),
        ("attente", &[("attente", "oui"), ("minutes", "1440")]),
        ("tarifs", &[("prix", "3,60")]),
    ];
    for (table, fields) in lines {
        let form = fields
            .iter()
            .fold(new_line(&mut desk, &place, table), |form, (name, value)| {
                form.set(name, value)
            });
        done(&mut desk, &form);
    }
    let form = Filled::of(&desk.get(&format!("{place}/table/paiement/0")), "paiement/0");
    let form = form
        .set("paiement", "comptant")
        .set("minutes", "60")
        .set("avoir", "oui");
    done(&mut desk, &form);

    let set = &sets(&town)[0];
    assert_eq!(set.openings[0].case.season, Season::Holidays);
    assert!(
        matches!(set.cancel[0].until, Moment::Hours { hours: 48, count } if count.days == Counted::Worked)
    );
    assert_eq!(
        set.conditions[0].condition,
        Condition::Levels(vec!["CP".into(), "CE1".into()])
    );
    assert_eq!((set.limits[0].most, set.limits[0].per), (3, Span::Week));
    assert_eq!(
        (set.links[0].kind, set.links[0].other),
        (LinkKind::Excludes, CANTEEN)
    );
    assert_eq!(set.groups[0].under_months, Some(72));
    assert_eq!(
        (set.places[0].places, set.places[0].group.as_deref()),
        (12, Some("Petits"))
    );
    assert_eq!(set.waiting.unwrap().offer_minutes, 1_440);
    assert_eq!(set.prices[0].cents, Cents(360));
    let paid = Payment::AtBooking {
        within_minutes: 60,
        credited: true,
    };
    assert_eq!(set.payment, paid);
}

#[test]
fn each_condition_is_kept_as_it_was_written() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let settings = Filled::of(&desk.get(&format!("{RULES}/reglages")), "/reglages");
    done(
        &mut desk,
        &settings.set("pieces", "Assurance\n\nFiche sanitaire\nAssurance"),
    );
    let place = draft(&mut desk, "vierge");
    let school = SCHOOL.to_string();
    let conditions: [&[(&str, &str)]; 5] = [
        &[
            ("quoi", "age"),
            ("des", "3 ans"),
            ("avant", "30 mois 2 ans"),
            ("le", "rentree"),
        ],
        &[("quoi", "ecoles"), ("ecoles", &school)],
        &[("quoi", "commune"), ("communes", "01004, 2a004")],
        &[("quoi", "pieces"), ("pieces", "Fiche sanitaire")],
        &[("quoi", "impayes"), ("impayes", "50")],
    ];
    for fields in conditions {
        let form = fields.iter().fold(
            new_line(&mut desk, &place, "conditions"),
            |form, (name, value)| form.set(name, value),
        );
        done(&mut desk, &form);
    }
    let set = &sets(&town)[0];
    let kept: Vec<_> = set.conditions.iter().map(|one| one.condition.clone()).collect();
    assert!(
        matches!(
            kept[0],
            Condition::Age {
                from_months: Some(36),
                under_months: Some(54),
                ..
            }
        ),
        "{kept:?}"
    );
    assert_eq!(kept[1], Condition::Schools(vec![SCHOOL]));
    assert_eq!(
        kept[2],
        Condition::Residence(vec!["01004".into(), "2A004".into()])
    );
    assert_eq!(kept[3], Condition::Documents(vec!["Fiche sanitaire".into()]));
    assert_eq!(kept[4], Condition::UnpaidAtMost(Cents(5_000)));
}

#[test]
fn what_is_typed_wrong_is_said_beside_its_field_and_nothing_changes() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "vierge");
    let before = town.head();
    let wrong: [Wrong; 14] = [
        ("tarifs", &[("prix", "quatre")], "prix"),
        ("tarifs", &[("prix", "")], "prix"),
        ("tarifs", &[("prix", "-4")], "prix"),
        ("tarifs", &[("prix", "4"), ("saison", "hiver")], "saison"),
        ("tarifs", &[("prix", "4"), ("formules", "abc")], "formules"),
        ("ajout", &[("limite-quoi", "")], "limite-quoi"),
        (
            "ajout",
            &[("limite-quoi", "jours"), ("limite-nombre", "2")],
            "limite-heure",
        ),
        (
            "ajout",
            &[("limite-quoi", "jours"), ("limite-heure", "12:00")],
            "limite-nombre",
        ),
        (
            "ajout",
            &[
                ("limite-quoi", "semaine"),
                ("limite-nombre", "1"),
                ("limite-heure", "12:00"),
            ],
            "limite-semaine",
        ),
        (
            "ajout",
            &[
                ("limite-quoi", "date"),
                ("limite-heure", "12:00"),
                ("limite-date", "hier"),
            ],
            "limite-date",
        ),
        ("conditions", &[("quoi", "age"), ("des", "six")], "des"),
        (
            "conditions",
            &[("quoi", "commune"), ("communes", "Paris")],
            "communes",
        ),
        (
            "groupes",
            &[("nom", "Grands"), ("des", "8"), ("avant", "6")],
            "avant",
        ),
        ("places", &[("places", "-1")], "places"),
    ];
    for (table, fields, flawed) in wrong {
        let form = fields
            .iter()
            .fold(new_line(&mut desk, &place, table), |form, (name, value)| {
                form.set(name, value)
            });
        let reply = form.send(&mut desk);
        assert_eq!(
            reply.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{table} {fields:?}: {}",
            reply.words()
        );
        let beside = format!("id=\"{flawed}-erreur\"");
        assert!(
            reply.text.contains(&beside),
            "{table} {fields:?}: {}",
            reply.words()
        );
        for (name, value) in fields.iter().filter(|(name, _)| *name == "prix") {
            assert_eq!(
                Filled::of(&reply, "/nouvelle").value(name),
                *value,
                "filled in as it was"
            );
        }
    }
    assert_eq!(town.head(), before);
}

#[test]
fn lines_are_moved_and_taken_out() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "vierge");
    for (formula, price) in [(Some(MEAL), "3,60"), (None, "0,80")] {
        let mut form = new_line(&mut desk, &place, "tarifs").set("prix", price);
        if let Some(formula) = formula {
            form = form.set("formules", &formula.to_string());
        }
        if price == "0,80" {
            form = form.set("sites", &PASTEUR.to_string());
        }
        done(&mut desk, &form);
    }
    let prices = |town| -> Vec<i64> { sets(town)[0].prices.iter().map(|one| one.cents.0).collect() };
    assert_eq!(prices(&town), [360, 80]);
    let page = desk.get(&place);
    let form = Filled::of(&page, "tarifs/1/deplacer").set("faire", "monter");
    done(&mut desk, &form);
    assert_eq!(prices(&town), [80, 360]);
    // The page of before is stale: the line it meant may be another by now.
    let stale = form.set("faire", "supprimer").send(&mut desk);
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.words());
    assert_eq!(prices(&town), [80, 360]);
    let form = Filled::of(&desk.get(&place), "tarifs/0/deplacer").set("faire", "supprimer");
    done(&mut desk, &form);
    assert_eq!(prices(&town), [360]);
}

#[test]
fn how_families_book_is_set_up() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let form = Filled::of(&desk.get(&format!("{RULES}/reglages")), "/reglages");
    let wrong = form
        .clone()
        .set("minutes", "0")
        .set("telephone", "abc")
        .send(&mut desk);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("minutes-erreur") && wrong.text.contains("telephone-erreur"));
    let form = form.set("minutes", "30").set("telephone", "04 65 71 00 00");
    done(&mut desk, &form);
    let page = desk.get(&format!("{RULES}/reglages"));
    let form = Filled::of(&page, "/reglages");
    assert_eq!(
        (form.value("minutes"), form.value("telephone")),
        ("30", "04 65 71 00 00")
    );
}
