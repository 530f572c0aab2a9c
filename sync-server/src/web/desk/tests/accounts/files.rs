//! Families who ask to be known, files that stand twice, who pays, and with whom a child is.

use axum::http::StatusCode;
use shared::ids::{ChildId, RegistrationId};
use shared::operation::{Authority, Body, ChildRecord, RegistrationChild, RegistrationRecord};
use uuid::Uuid;

use super::super::town::{LEA, Town, apply, at};
use super::{CLAIRE, DUPRE, HERE, MARTIN, PAUL, post, put, rows, town, version};
use crate::record;
use crate::web::browser::Browser;

fn register(town: &Town, first: &str, email: &str, child: &str) -> RegistrationId {
    let id = RegistrationId(Uuid::new_v5(&Uuid::NAMESPACE_DNS, email.as_bytes()));
    let commune = town.commune(at("10:00"));
    apply(
        &commune,
        vec![Body::Register {
            registration: RegistrationRecord {
                id,
                first_name: first.into(),
                last_name: "Martin".into(),
                email: email.into(),
                phone: None,
                children: vec![RegistrationChild {
                    first_name: child.into(),
                    last_name: "Martin".into(),
                    born: "2018-05-04".parse().unwrap(),
                    school: "Jaurès".into(),
                }],
                message: "Bonjour".into(),
            },
        }],
    );
    id
}

#[test]
fn a_family_that_asks_is_taken_in_under_one_commit() {
    let town = town();
    let id = register(&town, "Ada", "ada@exemple.fr", "Tom");
    let mut desk = town.desk(at("12:00"));
    assert!(desk.get(HERE).words().contains("1 demande d’inscription"));
    let page = format!("{HERE}/inscriptions/{id}");
    let shown = desk.get(&page);
    assert!(shown.words().contains("ada@exemple.fr") && shown.words().contains("Bonjour"));
    let undecided = post(&mut desk, &page, &page, &[]);
    assert_eq!(undecided.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("qui", "nouveau"), ("enfant-0", "nouveau")];
    let taken = post(&mut desk, &page, &page, &fields);
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.words());
    let found = desk.get("/ville/gestion/enfants?q=tom%20ada");
    assert_eq!(found.text.matches("class=\"last\"").count(), 1);
    let letters = rows(&town, "select kind, address from letter");
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].text(1).unwrap(), "ada@exemple.fr");
    // Sent once more, nothing happens again.
    let head = town.head();
    desk.get(&page);
    let token = desk.get(HERE).token();
    let again = desk.post(
        &page,
        &[("jeton", &token), ("qui", "nouveau"), ("enfant-0", "nouveau")],
    );
    assert_eq!((again.status, town.head()), (StatusCode::SEE_OTHER, head));
}

#[test]
fn whoever_says_to_be_somebody_known_gets_a_link_at_the_address_of_the_record_only() {
    let town = town();
    let id = register(&town, "Claire", "quelquun@ailleurs.example", "Léa");
    let mut desk = town.desk(at("12:00"));
    let page = format!("{HERE}/inscriptions/{id}");
    let claire = CLAIRE.to_string();
    let lea = LEA.to_string();
    let taken = post(&mut desk, &page, &page, &[("qui", &claire), ("enfant-0", &lea)]);
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.words());
    let letters = rows(&town, "select address from letter");
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].text(0).unwrap(), "claire@exemple.fr");
}

#[test]
fn a_refusal_says_why_and_the_family_is_told() {
    let town = town();
    let id = register(&town, "Ada", "ada@exemple.fr", "Tom");
    let mut desk = town.desk(at("12:00"));
    let page = format!("{HERE}/inscriptions/{id}");
    let bare = post(&mut desk, &page, &page, &[("refuser", "oui")]);
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bare.text.matches("id=\"erreurs\"").count(), 1);
    let said = [
        ("refuser", "oui"),
        ("motif", "Cette famille habite une autre commune."),
    ];
    assert_eq!(post(&mut desk, &page, &page, &said).status, StatusCode::SEE_OTHER);
    let letters = rows(&town, "select kind from letter");
    assert_eq!(letters[0].text(0).unwrap(), "registration_refused");
    assert!(
        desk.get(&format!("{HERE}/inscriptions"))
            .words()
            .contains("Aucune demande")
    );
}

#[test]
fn two_files_of_a_child_are_shown_side_by_side_and_united_by_a_word() {
    let town = town();
    let commune = town.commune(at("08:00"));
    let (lea, _) = commune.store.read(|tx| record::child(tx, LEA)).unwrap().unwrap();
    let twin = ChildId(Uuid::from_u128(0xc9));
    let child = ChildRecord {
        id: twin,
        first_name: lea.first_name.to_uppercase(),
        households: vec![DUPRE],
        ..lea
    };
    apply(&commune, vec![Body::PutChild { child }]);
    let mut desk = town.desk(at("12:00"));
    let list = desk.get("/ville/gestion/doublons");
    assert!(list.words().contains("1 paire") && list.words().contains("mêmes nom et date de naissance"));
    let page = format!("/ville/gestion/doublons/comparer?genre=enfants&un={LEA}&deux={twin}");
    let shown = desk.get(&page);
    assert!(shown.words().contains("Famille Martin") && shown.words().contains("Famille Dupré"));
    let (un, deux, seen) = (LEA.to_string(), twin.to_string(), version(&shown));
    let send = |desk: &mut Browser, word: &str| {
        let fields = [
            ("genre", "enfants"),
            ("un", &un),
            ("deux", &deux),
            ("garder", &un),
            ("mot", word),
            ("version", &seen),
        ];
        post(desk, &page, "/ville/gestion/doublons", &fields)
    };
    let head = town.head();
    assert_eq!(send(&mut desk, "oui").status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(town.head(), head);
    let united = send(&mut desk, "reunir");
    assert_eq!(united.status, StatusCode::SEE_OTHER, "{}", united.words());
    let card = desk.get(&format!("/ville/gestion/enfants/{LEA}")).words();
    assert!(card.contains("Famille Martin") && card.contains("Famille Dupré"));
    assert_eq!(
        desk.get(&format!("/ville/gestion/enfants/{twin}")).status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(desk.get(&page).status, StatusCode::NOT_FOUND);
    assert!(
        desk.get("/ville/gestion/doublons")
            .words()
            .contains("Aucune fiche")
    );
}

#[test]
fn who_pays_is_written_from_the_childs_card() {
    let town = town();
    let mut desk = town.desk(at("12:00"));
    let card = format!("/ville/gestion/enfants/{LEA}");
    assert!(desk.get(&card).words().contains("Aucun payeur"));
    let new = format!("/ville/gestion/payeurs/nouveau?enfant={LEA}");
    let shown = desk.get(&new);
    let number = shown.text.split("name=\"numero\" value=\"").nth(1).unwrap();
    let number = number.split('"').next().unwrap().to_owned();
    let (lea, martin, claire) = (LEA.to_string(), MARTIN.to_string(), CLAIRE.to_string());
    let fields = |from: &'static str| {
        vec![
            ("numero", number.clone()),
            ("enfant", lea.clone()),
            ("genre", "person".into()),
            ("nom", "Claire Martin".into()),
            ("foyer", martin.clone()),
            ("responsable", claire.clone()),
            ("enfant-0", lea.clone()),
            ("du-0", from.into()),
            ("au-0", "2026-12-31".into()),
        ]
    };
    let send = |desk: &mut Browser, from| {
        let fields = fields(from);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        post(desk, &new, "/ville/gestion/payeurs/nouveau", &fields)
    };
    assert_eq!(
        send(&mut desk, "2027-01-01").status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "backwards"
    );
    let made = send(&mut desk, "2026-09-01");
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.words());
    assert_eq!(
        send(&mut desk, "2026-09-01").status,
        StatusCode::SEE_OTHER,
        "once"
    );
    assert_eq!(rows(&town, "select id from payer").len(), 1);
    let words = desk.get(&card).words();
    assert!(
        words.contains("Claire Martin") && words.contains("du 01/09/2026 au 31/12/2026"),
        "{words}"
    );
    assert!(
        desk.get("/ville/gestion/payeurs?q=claire")
            .words()
            .contains("1 payeur")
    );
}

#[test]
fn custody_is_shared_and_previewed_before_it_is_saved() {
    let town = town();
    let commune = town.commune(at("08:00"));
    let (mut lea, seen) = commune.store.read(|tx| record::child(tx, LEA)).unwrap().unwrap();
    lea.households = vec![MARTIN, DUPRE];
    put(&town, seen, lea);
    let mut desk = town.desk(at("12:00"));
    let page = format!("/ville/gestion/enfants/{LEA}/garde");
    let (martin, dupre) = (MARTIN.to_string(), DUPRE.to_string());
    let over = format!("autorite-{PAUL}");
    let base = [
        ("partage", "alternance"),
        ("premier", martin.as_str()),
        ("debut", "2026-11-23"),
        ("vacances", "semaines"),
        ("du-0", "2026-11-25"),
        ("au-0", "2026-11-25"),
        ("chez-0", dupre.as_str()),
        (over.as_str(), "none"),
    ];
    let with = |second: &'static str, dupre: &str, more: &[(&'static str, &'static str)]| {
        let mut all: Vec<(String, String)> = base.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        let second = if second == "dupre" {
            dupre.to_owned()
        } else {
            martin.clone()
        };
        all.push(("second".into(), second));
        all.extend(more.iter().map(|(n, v)| ((*n).into(), (*v).into())));
        all
    };
    let send = |desk: &mut Browser, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        post(desk, &page, &page, &fields)
    };
    let same = send(&mut desk, with("martin", &dupre, &[]));
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    let head = town.head();
    let preview = send(&mut desk, with("dupre", &dupre, &[("apercu", "oui")]));
    assert_eq!((preview.status, town.head()), (StatusCode::OK, head));
    assert!(preview.words().contains("Les huit prochaines semaines"));
    let weeks = preview.text.split("accounts-weeks").nth(1).unwrap();
    assert_eq!(weeks.matches("data-home=").count(), 56);
    // This week with the first but for Wednesday; the next with the second: 4 weeks each, and one day moved.
    assert_eq!(weeks.matches("data-home=\"1\"").count(), 29);
    let saved = send(&mut desk, with("dupre", &dupre, &[]));
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.words());
    let card = desk.get(&format!("/ville/gestion/enfants/{LEA}")).words();
    assert!(
        card.contains("aujourd’hui Famille Martin, dans une semaine Famille Dupré"),
        "{card}"
    );
    let (custody, _) = commune
        .store
        .read(|tx| record::custody(tx, LEA))
        .unwrap()
        .unwrap();
    assert_eq!(custody.authorities.len(), 1);
    assert_eq!(custody.authorities[0].authority, Authority::None);
}
