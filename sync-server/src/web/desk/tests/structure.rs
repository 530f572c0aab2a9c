//! A town is set up from nothing, by forms alone.

use axum::http::StatusCode;
use shared::mode::Mode;
use shared::operation::Meal;
use uuid::Uuid;

use super::browser::{Browser, Reply};
use super::filled::Filled;
use super::town::{Town, at};
use crate::day_lists;
use crate::record;

const SETTINGS: &str = "/ville/gestion/reglages";

/// The form of a new record.
fn new(desk: &mut Browser, part: &str) -> Filled {
    let page = desk.get(&format!("{SETTINGS}/{part}/nouveau"));
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    Filled::of(&page, &format!("{part}/nouveau"))
}

/// Sends a form that does, and answers the page it leads to.
fn done(desk: &mut Browser, form: &Filled) -> Reply {
    let reply = form.send(desk);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.words());
    let next = reply.header("location").to_owned();
    let page = desk.get(&next);
    assert_eq!(page.status, StatusCode::OK);
    page
}

#[test]
fn a_sign_that_no_store_keeps_is_left_out() {
    let town = Town::bare();
    let mut desk = town.desk(at("09:00"));
    let school = new(&mut desk, "ecoles").set("nom", "École\0 Jean-\0Jaurès");
    let page = done(&mut desk, &school);
    assert!(page.words().contains("École Jean-Jaurès"), "{}", page.words());
}

#[test]
fn a_town_is_set_up_from_nothing_by_forms_alone() {
    let town = Town::bare();
    let mut desk = town.desk(at("09:00"));
    let words = desk.get(SETTINGS).words();
    assert!(
        words.contains("Pour commencer") && words.contains("Rien encore"),
        "{words}"
    );

    let school = new(&mut desk, "ecoles").set("nom", "École Jean-Jaurès");
    let page = done(&mut desk, &school);
    assert!(page.words().contains("Créé.") && page.words().contains("École Jean-Jaurès"));

    let class = new(&mut desk, "classes");
    assert_eq!(
        class.value("ecole"),
        school.value("id"),
        "the only school is chosen already"
    );
    let page = done(
        &mut desk,
        &class.set("nom", "CE1 – Mme Petit").set("niveau", "ce1"),
    );
    assert!(page.words().contains("CE1 – Mme Petit"), "{}", page.words());

    let site = new(&mut desk, "sites");
    let site = site
        .set("nom", "Accueil Jean-Jaurès")
        .set("ecole", school.value("id"))
        .set("telephone", "04 65 71 00 01")
        .set("maternelle", "oui");
    done(&mut desk, &site);

    let service = new(&mut desk, "services");
    done(&mut desk, &service.set("nom", "Restauration scolaire"));

    let activity = new(&mut desk, "activites");
    let activity = activity
        .set("nom", "Cantine")
        .set("mode", "presence")
        .set("debut", "11 h 30")
        .set("fin", "13:30")
        .set("places", "120")
        .set("faire", "formule");
    let page = activity.send(&mut desk);
    assert_eq!(
        page.status,
        StatusCode::OK,
        "nothing is saved yet: {}",
        page.words()
    );
    let activity = Filled::of(&page, "activites/nouveau");
    assert_eq!(
        (activity.value("nom"), activity.value("debut")),
        ("Cantine", "11 h 30")
    );
    let activity = activity
        .set("formule-0-nom", "Avec repas")
        .set("formule-0-repas", "meal");
    done(&mut desk, &activity);

    let member = new(&mut desk, "personnel");
    assert_eq!(
        member.value("sites"),
        site.value("id"),
        "the only site is ticked already"
    );
    let member = member.set("nom", "Inès Morel").set("role", "animateur");
    done(&mut desk, &member);
    let code = desk.get(&format!("{SETTINGS}/personnel/{}/code", member.value("id")));
    let given = Filled::of(&code, "/code").set("code", "7294").send(&mut desk);
    assert_eq!(given.status, StatusCode::OK);
    assert!(given.words().contains("7294") && given.words().contains("il ne sera plus jamais affiché"));

    let words = desk.get(SETTINGS).words();
    assert!(!words.contains("Pour commencer"), "{words}");

    // What a tablet of the site would be given.
    let commune = town.commune(at("10:00"));
    let card = commune
        .store
        .read(|tx| {
            let (site, _) = record::sites(tx)?.remove(0);
            let key = shared::codec::Hash32::ZERO;
            day_lists::site_card(tx, site.id, (&commune.name, commune.zone), key, commune.today())
        })
        .unwrap();
    assert_eq!((card.slug.as_str(), card.nursery), ("accueil-jean-jaures", true));
    let [canteen] = &card.activities[..] else {
        panic!("{:?}", card.activities)
    };
    assert_eq!(
        (
            canteen.activity.slug.as_str(),
            canteen.activity.mode,
            canteen.weekdays
        ),
        ("cantine", Mode::Presence, 0b1_1011)
    );
    assert_eq!(canteen.activity.formulas[0].slug.as_str(), "avec-repas");
    let [ines] = &card.staff[..] else {
        panic!("{:?}", card.staff)
    };
    assert_eq!(
        (ines.name.as_str(), ines.role.as_str()),
        ("Inès Morel", "animateur")
    );
    assert!(
        ines.pin
            .as_deref()
            .is_some_and(|pin| pin.starts_with("$argon2id$v=19$m=8192,t=2,p=1$"))
    );
    let (activities, schools) = commune
        .store
        .read(|tx| Ok::<_, crate::store::StoreError>((record::activities(tx)?, record::schools(tx)?)))
        .unwrap();
    assert_eq!(
        (activities[0].0.capacity, activities[0].0.formulas[0].meal),
        (Some(120), Meal::Meal)
    );
    assert_eq!(schools[0].0.id.0, school.value("id").parse::<Uuid>().unwrap());
}

#[test]
fn a_form_with_errors_comes_back_as_it_was_filled_in() {
    let town = Town::bare();
    let mut desk = town.desk(at("09:00"));
    let before = town.head();
    let form = new(&mut desk, "ecoles");
    let form = form.set("nom", "  ").set("debut", "16:30").set("fin", "midi");
    let page = form.send(&mut desk);
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = page.words();
    for said in [
        "Rien n’est enregistré\u{a0}: 2 points sont à corriger.",
        "Remplissez ce champ.",
        "Écrivez une heure, par exemple 8:30.",
        "Erreur – Nouvelle école",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(page.text.contains("href=\"#nom\"") && page.text.contains("value=\"midi\""));
    assert!(
        page.text
            .contains("aria-invalid=\"true\" aria-describedby=\"nom-aide nom-erreur\""),
        "{}",
        page.text
    );
    let again = Filled::of(&page, "ecoles/nouveau")
        .set("nom", "École")
        .set("fin", "8:00");
    let page = again.send(&mut desk);
    assert!(
        page.words().contains("L’heure de fin doit suivre"),
        "{}",
        page.words()
    );
    assert_eq!(town.head(), before);
}

#[test]
fn two_people_at_one_record_overwrite_nothing() {
    let town = Town::founded();
    let mut roche = town.desk(at("09:00"));
    let mut petit = town.desk(at("09:00"));
    let path = format!("{SETTINGS}/sites/{}", super::town::JAURES);
    let hers = Filled::of(&roche.get(&path), &path).set("nom", "Accueil Jaurès");
    let his = Filled::of(&petit.get(&path), &path)
        .set("nom", "Jean-Jaurès")
        .set("telephone", "04 65 71 00 02");
    done(&mut petit, &his);

    let page = hers.send(&mut roche);
    assert_eq!(page.status, StatusCode::CONFLICT);
    let words = page.words();
    for said in [
        "Quelqu’un d’autre vient de modifier cette fiche",
        "Enregistré entre-temps\u{a0}: Jean-Jaurès",
        "Enregistré entre-temps\u{a0}: 04 65 71 00 02",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let merged = Filled::of(&page, &path);
    assert_eq!(merged.value("nom"), "Accueil Jaurès", "what she typed stands");
    done(&mut roche, &merged.set("telephone", "04 65 71 00 02"));
    let commune = town.commune(at("10:00"));
    let (site, _) = commune
        .store
        .read(|tx| record::site(tx, super::town::JAURES))
        .unwrap()
        .unwrap();
    assert_eq!(
        (site.name.as_str(), site.phone.as_deref()),
        ("Accueil Jaurès", Some("04 65 71 00 02"))
    );
}

#[test]
fn a_form_sent_twice_makes_one_record() {
    let town = Town::bare();
    let mut desk = town.desk(at("09:00"));
    let form = new(&mut desk, "services").set("nom", "Périscolaire");
    done(&mut desk, &form);
    let page = done(&mut desk, &form);
    assert!(page.words().contains("Créé."));
    let services = town
        .commune(at("10:00"))
        .store
        .read(|tx| record::services(tx))
        .unwrap();
    assert_eq!(services.len(), 1);

    let second = new(&mut desk, "services").set("nom", "Périscolaire");
    done(&mut desk, &second);
    let third = new(&mut desk, "services")
        .set("nom", "Autre")
        .set("identifiant", "periscolaire");
    let page = third.send(&mut desk);
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.words().contains("Ce nom est déjà pris"), "{}", page.words());
}

#[test]
fn what_is_retired_is_offered_no_more_and_can_be_put_back() {
    let town = Town::founded();
    let mut desk = town.desk(at("09:00"));
    let path = format!("{SETTINGS}/sites/{}", super::town::CURIE);
    let page = desk.get(&path);
    let list = done(&mut desk, &Filled::of(&page, "/retirer"));
    assert!(list.words().contains("Une fiche retirée"), "{}", list.words());
    let activity = desk.get(&format!("{SETTINGS}/activites/nouveau"));
    assert!(!activity.words().contains("École Curie") && activity.words().contains("École Jaurès"));
    let canteen = desk.get(&format!("{SETTINGS}/activites/{}", super::town::CANTEEN));
    assert!(canteen.words().contains("École Curie"), "what has it keeps it");

    let page = desk.get(&path);
    assert!(page.words().contains("Cette fiche est retirée"));
    done(&mut desk, &Filled::of(&page, "/remettre"));
    assert!(
        desk.get(&format!("{SETTINGS}/activites/nouveau"))
            .words()
            .contains("École Curie")
    );
}

#[test]
fn formulas_come_and_go_and_keep_their_names_for_reservations() {
    let town = Town::founded();
    let mut desk = town.desk(at("09:00"));
    let path = format!("{SETTINGS}/activites/{}", super::town::CANTEEN);
    let mut form = Filled::of(&desk.get(&path), &path);
    for (n, name) in ["Journée", "Matin", "Après-midi"].into_iter().enumerate() {
        let page = form.set("faire", "formule").send(&mut desk);
        assert_eq!(page.status, StatusCode::OK);
        form = Filled::of(&page, &path).set(&format!("formule-{n}-nom"), name);
    }
    let page = form.clone().set("faire", "sans-1").send(&mut desk);
    let form = Filled::of(&page, &path);
    assert_eq!(form.value("formule-1-nom"), "Après-midi");
    done(&mut desk, &form);

    let renamed = Filled::of(&desk.get(&path), &path).set("formule-0-nom", "Toute la journée");
    done(&mut desk, &renamed);
    let (activity, _) = town
        .commune(at("10:00"))
        .store
        .read(|tx| record::activity(tx, super::town::CANTEEN))
        .unwrap()
        .unwrap();
    let told: Vec<(&str, &str)> = activity
        .formulas
        .iter()
        .map(|f| (f.slug.as_str(), f.name.as_str()))
        .collect();
    assert_eq!(
        told,
        [("journee", "Toute la journée"), ("apres-midi", "Après-midi")]
    );
}

#[test]
fn a_reader_sees_the_set_up_and_changes_nothing() {
    let town = Town::founded();
    let mut desk = town.desk(at("09:00"));
    let page = desk.get(&format!("{SETTINGS}/ecoles/nouveau"));
    let school = Filled::of(&page, "ecoles/nouveau").set("nom", "École");
    let page = desk.get(&format!("{SETTINGS}/sites/{}", super::town::CURIE));
    let retire = Filled::of(&page, "/retirer");
    town.becomes(shared::operation::Role::Lecture, &[]);
    let before = town.head();
    for form in [school, retire] {
        let reply = form.send(&mut desk);
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(town.head(), before);
    for part in ["ecoles", "sites", "classes", "services", "activites", "personnel"] {
        let list = desk.get(&format!("{SETTINGS}/{part}"));
        assert_eq!(list.status, StatusCode::OK, "{part}");
        assert!(!list.text.contains("/nouveau\""), "{part}");
        assert_eq!(
            desk.get(&format!("{SETTINGS}/{part}/nouveau")).status,
            StatusCode::FORBIDDEN
        );
    }
    assert_eq!(
        desk.get(&format!("{SETTINGS}/agents")).status,
        StatusCode::FORBIDDEN
    );
}

#[test]
fn a_form_of_another_session_or_site_changes_nothing() {
    let town = Town::founded();
    let mut desk = town.desk(at("09:00"));
    let before = town.head();
    let form = new(&mut desk, "ecoles").set("nom", "École");
    let reply = form.clone().set("jeton", &"0".repeat(64)).send(&mut desk);
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let mut elsewhere = desk.clone();
    elsewhere.headers.push(("sec-fetch-site", "cross-site".into()));
    assert_eq!(form.send(&mut elsewhere).status, StatusCode::FORBIDDEN);
    let unknown = desk.get(&format!("{SETTINGS}/sites/{}", Uuid::from_u128(9)));
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(
        desk.get(&format!("{SETTINGS}/sites/rien")).status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(town.head(), before);
}
