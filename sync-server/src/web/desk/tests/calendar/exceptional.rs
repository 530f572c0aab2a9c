//! Exceptional days: counted before they are saved, changed, ended, taken back.

use axum::http::StatusCode;
use shared::ids::{SchoolId, ServiceId};
use shared::operation::{ExceptionalKind, MealEffect};
use uuid::Uuid;

use super::super::town::{JAURES, at};
use super::{CP, DAYS, NEW, SCHOOL, days, schooled, send};

/// The service of all activities of the town.
const MEALS: ServiceId = ServiceId(Uuid::from_u128(0x5e));

/// How many reservations stand.
fn standing(town: &super::Town) -> i64 {
    let sql = "select cast(count(*) as bigint) from reservation where cancelled_at is null";
    let row = town.commune(at("12:00")).store.read(|tx| tx.first(sql, &[]));
    row.unwrap().unwrap().int(0).unwrap()
}

#[test]
fn an_outing_is_counted_before_it_is_saved() {
    let town = schooled();
    let mut desk = town.desk(at("12:00"));
    let (cp, classes) = (CP.to_string(), format!("classes-{SCHOOL}"));
    let fields = [
        ("genre", "outing"),
        ("motif", "Sortie au musée"),
        ("du", "2026-11-24"),
        ("au", "2026-11-24"),
        (classes.as_str(), cp.as_str()),
        ("repas", "picnic"),
    ];
    let before = town.head();
    let reply = send(&mut desk, NEW, &fields);
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let words = reply.words();
    for said in [
        "2 enfants",
        "1 classe",
        "2 pique-niques à prévoir",
        "Garderie du soir\u{a0}: 1 reste attendu",
        "le mardi 24 novembre 2026",
        "CP (École Jaurès)",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!words.contains("repas annulé"));
    assert_eq!(
        (town.head(), days(&town).len()),
        (before, 0),
        "nothing is saved by looking"
    );
    let again = send(&mut desk, NEW, &[&fields[..], &[("etape", "corriger")]].concat());
    assert!(again.text.contains("value=\"Sortie au musée\""));
    let reply = send(
        &mut desk,
        NEW,
        &[&fields[..], &[("etape", "enregistrer")]].concat(),
    );
    assert_eq!(
        reply.header("location"),
        "/ville/gestion/calendrier/jours?fait=cree"
    );
    let stored = days(&town).remove(0).0;
    assert_eq!(
        (stored.kind, stored.meals, stored.classes),
        (ExceptionalKind::Outing, MealEffect::Picnic, vec![CP])
    );
    let list = desk.get(DAYS).words();
    assert!(
        list.contains("Sortie au musée") && list.contains("Pique-nique"),
        "{list}"
    );
}

#[test]
fn a_strike_counts_cancelled_meals_and_offers_a_minimum_service() {
    let town = schooled();
    let mut desk = town.desk(at("12:00"));
    let (school, site) = (SCHOOL.to_string(), JAURES.to_string());
    let mut fields = vec![
        ("genre", "strike"),
        ("motif", "Grève du 24 novembre"),
        ("du", "2026-11-24"),
        ("au", "2026-11-24"),
        ("ecoles", school.as_str()),
        ("repas", "cancelled"),
        ("sma_site", site.as_str()),
        ("sma_ouvre", "8 h 30"),
        ("sma_ferme", "16:30"),
    ];
    let words = send(&mut desk, NEW, &fields).words();
    for said in [
        "3 enfants",
        "2 classes",
        "3 repas annulés",
        "2 restent attendus",
        "8\u{a0}h\u{a0}30",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    fields.push(("etape", "enregistrer"));
    assert_eq!(send(&mut desk, NEW, &fields).status, StatusCode::SEE_OTHER);
    let (stored, _) = days(&town).remove(0);
    let service = stored.minimum_service.unwrap();
    let edit = format!("{DAYS}/{}", stored.id);
    assert!(desk.get(&edit).text.contains("value=\"08:30\""));
    fields[1] = ("motif", "Grève");
    assert_eq!(send(&mut desk, &edit, &fields).status, StatusCode::SEE_OTHER);
    let (changed, _) = days(&town).remove(0);
    assert_eq!(changed.words, "Grève");
    assert_eq!(
        changed.minimum_service.unwrap().activity,
        service.activity,
        "marks keep their activity"
    );
}

#[test]
fn a_closure_may_stay_open_and_be_ended_and_taken_back() {
    let town = schooled();
    let mut desk = town.desk(at("12:00"));
    let school = SCHOOL.to_string();
    let mut fields = vec![
        ("genre", "closure"),
        ("motif", "Dégât des eaux"),
        ("du", "2026-11-23"),
        ("au", ""),
        ("ecoles", school.as_str()),
    ];
    let words = send(&mut desk, NEW, &fields).words();
    for said in [
        "jusqu’à nouvel ordre",
        "7 réservations hors des listes",
        "3 repas annulés",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    fields.push(("etape", "enregistrer"));
    send(&mut desk, NEW, &fields);
    let (stored, _) = days(&town).remove(0);
    let edit = format!("{DAYS}/{}", stored.id);
    fields[3] = ("au", "2026-11-23");
    send(&mut desk, &edit, &fields);
    assert_eq!(days(&town)[0].0.until, Some("2026-11-23".parse().unwrap()));
    let removal = format!("{edit}/supprimer");
    let asked = desk.get(&removal).words();
    assert!(asked.contains("les réservations n’ont pas changé"), "{asked}");
    let reply = send(&mut desk, &removal, &[]);
    assert_eq!(
        reply.header("location"),
        "/ville/gestion/calendrier/jours?fait=supprime"
    );
    assert!(days(&town).is_empty());
    assert_eq!(desk.get(&edit).status, StatusCode::NOT_FOUND);
}

#[test]
fn a_day_that_does_not_do_is_shown_again_and_changes_nothing() {
    let town = schooled();
    let mut desk = town.desk(at("12:00"));
    let before = town.head();
    let site = JAURES.to_string();
    let fields = [
        ("genre", "outing"),
        ("motif", ""),
        ("du", "2026-11-24"),
        ("au", "2026-11-23"),
        ("repas", "kept"),
        ("sma_site", site.as_str()),
        ("sma_ouvre", "16:30"),
        ("sma_ferme", "8:30"),
        ("etape", "enregistrer"),
    ];
    let reply = send(&mut desk, NEW, &fields);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = reply.words();
    for said in [
        "Remplissez ce champ",
        "ne peut pas précéder le premier",
        "Cochez au moins une école",
        "n’existe qu’en cas de grève",
        "ne peut pas précéder l’ouverture",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let unknown = SchoolId(Uuid::from_u128(0x999)).to_string();
    let fields = [
        ("genre", "strike"),
        ("motif", "x"),
        ("du", "2026-11-24"),
        ("ecoles", unknown.as_str()),
        ("repas", "kept"),
    ];
    assert_eq!(
        send(&mut desk, NEW, &fields).status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!((town.head(), days(&town).len()), (before, 0));
}

#[test]
fn a_day_changed_meanwhile_is_not_overwritten() {
    let town = schooled();
    let mut desk = town.desk(at("12:00"));
    let school = SCHOOL.to_string();
    let of = |words: &'static str| {
        [
            ("genre", "teacher_absent"),
            ("motif", words),
            ("du", "2026-11-24"),
            ("au", "2026-11-24"),
            ("ecoles", school.as_str()),
            ("repas", "kept"),
            ("etape", "enregistrer"),
        ]
    };
    send(&mut desk, NEW, &of("Absence"));
    let (stored, version) = days(&town).remove(0);
    let edit = format!("{DAYS}/{}", stored.id);
    send(&mut desk, &edit, &of("Absence de Mme Petit"));
    let before = town.head();
    let token = desk.get(&edit).token();
    let version = version.to_string();
    let stale = [
        &[("jeton", token.as_str()), ("version", version.as_str())],
        &of("Autre")[..],
    ]
    .concat();
    let reply = desk.post(&edit, &stale);
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(
        reply
            .words()
            .contains("Enregistré entre-temps\u{a0}: Absence de Mme Petit")
    );
    let removal = format!("{edit}/supprimer");
    let stale = [("jeton", token.as_str()), ("version", version.as_str())];
    assert_eq!(desk.post(&removal, &stale).status, StatusCode::CONFLICT);
    assert_eq!(
        (town.head(), days(&town)[0].0.words.as_str()),
        (before, "Absence de Mme Petit")
    );
}

/// The canteen of Tuesday is closed, for all: what is met is counted, cancelled, told, and given back.
#[test]
fn a_closed_service_says_how_many_it_meets_cancels_them_and_gives_them_back() {
    let town = schooled();
    let mut desk = town.desk(at("12:00"));
    let (service, site) = (MEALS.to_string(), JAURES.to_string());
    let mut fields = vec![
        ("genre", "closure"),
        ("motif", "Panne de chaudière"),
        ("du", "2026-11-24"),
        ("au", "2026-11-24"),
        ("services", service.as_str()),
        ("lieux", site.as_str()),
        ("sort", "annuler"),
    ];
    let before = town.head();
    let words = send(&mut desk, NEW, &fields).words();
    for said in [
        "3 enfants",
        "5 réservations seront annulées",
        "Restauration, École Jaurès",
        "sont rendues aux familles",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert_eq!(town.head(), before, "nothing is saved by looking");
    fields.push(("etape", "enregistrer"));
    assert_eq!(send(&mut desk, NEW, &fields).status, StatusCode::SEE_OTHER);
    assert_eq!(standing(&town), 2, "Monday’s two");
    let (stored, _) = days(&town).remove(0);
    assert!(desk.get(DAYS).words().contains("Annule les réservations"));
    let edit = format!("{DAYS}/{}", stored.id);
    fields.pop();
    fields[2] = ("du", "2026-11-25");
    fields[3] = ("au", "2026-11-25");
    let words = send(&mut desk, &edit, &fields).words();
    assert!(words.contains("5 réservations seront rendues"), "{words}");
    let removal = format!("{edit}/supprimer");
    let asked = desk.get(&removal).words();
    assert!(asked.contains("5 réservations seront rendues"), "{asked}");
    send(&mut desk, &removal, &[]);
    assert_eq!(standing(&town), 7);
}

#[test]
fn only_a_closure_is_about_services_or_cancels() {
    let town = schooled();
    let mut desk = town.desk(at("12:00"));
    let before = town.head();
    let (service, school) = (MEALS.to_string(), SCHOOL.to_string());
    let fields = [
        ("genre", "strike"),
        ("motif", "Grève"),
        ("du", "2026-11-24"),
        ("au", "2026-11-24"),
        ("ecoles", school.as_str()),
        ("services", service.as_str()),
        ("sort", "annuler"),
        ("repas", "kept"),
        ("etape", "enregistrer"),
    ];
    let reply = send(&mut desk, NEW, &fields);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.words().contains("pour une fermeture seulement"));
    assert_eq!((town.head(), days(&town).len(), standing(&town)), (before, 0, 7));
}
