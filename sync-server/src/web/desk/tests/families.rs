//! Children and families at the desk.

use axum::http::StatusCode;
use shared::ids::HouseholdId;
use shared::operation::{AgentRecord, Authority, Body, GuardianRecord, HouseholdRecord, Role};
use uuid::Uuid;

use super::browser::Browser;
use super::town::{EMAIL, JAURES, LEA, NOE, ROCHE, Town, ZOE, apply, at};
use crate::record;
use shared::ids::{GuardianId, SiteId};

const LIST: &str = "/ville/gestion/enfants";

fn card(child: shared::ids::ChildId) -> String {
    format!("{LIST}/{child}")
}

fn becomes(town: &Town, role: Role, sites: Vec<SiteId>) {
    town.change_agent(AgentRecord {
        id: ROCHE,
        email: EMAIL.into(),
        name: "Mme Roche".into(),
        role,
        sites,
    });
}

/// Gives Noé a father, Hervé.
fn with_father(town: &Town) {
    let commune = town.commune(at("08:00"));
    let id = HouseholdId(Uuid::from_u128(0xf0));
    let household = HouseholdRecord {
        id,
        name: "Famille Dupré".into(),
        guardians: vec![GuardianRecord {
            id: GuardianId(Uuid::from_u128(0x60)),
            first_name: "Hervé".into(),
            last_name: "Quéméneur".into(),
            email: Some("herve@exemple.fr".into()),
            phone: Some("06 39 98 77 66".into()),
            authority: Authority::ByJudgment,
        }],
    };
    apply(&commune, vec![Body::PutHousehold { household }]);
    let (mut child, version) = commune.store.read(|tx| record::child(tx, NOE)).unwrap().unwrap();
    child.households = vec![id];
    let mut operation = commune.operation(
        shared::operation::Actor::Host,
        shared::operation::Channel::Command,
        Body::PutChild { child },
    );
    operation.seen = Some(version);
    commune.submit(operation).unwrap();
}

/// The fields of the child's form as it stands.
fn fields(desk: &mut Browser, child: shared::ids::ChildId) -> Vec<(String, String)> {
    let page = desk.get(&format!("{}/modifier", card(child)));
    assert_eq!(page.status, StatusCode::OK);
    let version = page.text.split("name=\"version\" value=\"").nth(1).unwrap();
    let version = version.split('"').next().unwrap().to_owned();
    [
        ("jeton", page.token()),
        ("version", version),
        ("nom", "Martin".into()),
        ("prenom", "Léa".into()),
        ("naissance", "2018-05-04".into()),
        ("badge-0", "allergie".into()),
        ("badge-mots-0", "arachide".into()),
        ("a_savoir", "Trousse d’urgence dans le bureau".into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

fn send(
    desk: &mut Browser,
    path: &str,
    fields: &[(String, String)],
    more: &[(&str, &str)],
) -> super::browser::Reply {
    let mut all: Vec<(&str, &str)> = fields
        .iter()
        .filter(|(name, _)| more.iter().all(|(other, _)| other != name))
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    all.extend(more);
    desk.post(path, &all)
}

#[test]
fn a_child_is_found_by_what_somebody_says_on_the_telephone() {
    let town = Town::founded();
    with_father(&town);
    let mut desk = town.desk(at("12:00"));
    for (said, found) in [
        ("", 3),
        ("NOE", 1),
        ("dupre%20no", 1),
        ("quemeneur", 1),
        ("herve%20dupre", 1),
        ("0639987766", 1),
        ("%2B33%206%2039%2098%2077", 1),
        ("herve%40exemple", 1),
        ("quelquun", 0),
        ("06398888", 0),
    ] {
        let page = desk.get(&format!("{LIST}?q={said}"));
        assert_eq!(page.status, StatusCode::OK, "{said}");
        assert_eq!(page.text.matches("class=\"last\"").count(), found, "{said}");
    }
    for nonsense in ["?page=0", "?page=99", "?page=x", "?site=ailleurs", "?ecole=x"] {
        assert_eq!(
            desk.get(&format!("{LIST}{nonsense}")).status,
            StatusCode::NOT_FOUND,
            "{nonsense}"
        );
    }
}

#[test]
fn names_are_text_and_never_markup() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    for path in [
        LIST.to_owned(),
        card(ZOE),
        format!("{}/modifier", card(ZOE)),
        format!("{LIST}?q=%3Cscript%3E%22"),
    ] {
        let page = desk.get(&path);
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            !page.text.contains("<b>Zo") && !page.text.contains("<script>\""),
            "{path}"
        );
    }
}

#[test]
fn the_card_says_what_the_role_may_know() {
    let town = Town::founded();
    with_father(&town);
    let mut desk = town.desk(at("12:00"));
    let words = desk.get(&card(NOE)).words();
    for said in [
        "Dupré Noé",
        "Hervé Quéméneur",
        "Selon jugement",
        "06 39 98 77 66",
        "Santé",
        "Modifié par",
        "Fiche créée par",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let lea = desk.get(&card(LEA)).words();
    assert!(
        lea.contains("lundi 23 novembre") && lea.contains("Cantine") && lea.contains("arachide"),
        "{lea}"
    );

    becomes(&town, Role::Lecture, Vec::new());
    let reply = desk.get(&card(NOE));
    assert!(!reply.words().contains("Santé") && !reply.text.contains("/modifier"));
    assert_eq!(
        desk.get(&format!("{LIST}/{}", Uuid::from_u128(9))).status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        desk.get(&format!("{LIST}/pas-un-numero")).status,
        StatusCode::NOT_FOUND
    );
}

#[test]
fn a_director_sees_the_children_of_its_sites_alone() {
    let town = Town::founded();
    becomes(&town, Role::Directeur, vec![JAURES]);
    let mut desk = town.desk(at("12:00"));
    let list = desk.get(LIST);
    assert_eq!(
        list.text.matches("class=\"last\"").count(),
        2,
        "those booked at Jaurès"
    );
    assert!(!list.words().contains("Dupré"));
    assert_eq!(desk.get(&card(LEA)).status, StatusCode::OK);
    assert_eq!(
        desk.get(&card(NOE)).status,
        StatusCode::NOT_FOUND,
        "not even that Noé exists"
    );
    assert_eq!(
        desk.get(&format!("{LIST}?site=curie")).status,
        StatusCode::NOT_FOUND
    );
}

#[test]
fn whoever_may_not_change_a_child_changes_nothing() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let fields = fields(&mut desk, LEA);
    for role in [Role::Directeur, Role::Regisseur, Role::Mandataire, Role::Lecture] {
        becomes(&town, role, vec![JAURES]);
        let before = town.head();
        let paths = [
            format!("{}/modifier", card(LEA)),
            format!("{LIST}/nouveau"),
            format!("/ville/gestion/foyers/nouveau?enfant={LEA}"),
        ];
        for path in paths {
            assert_eq!(desk.get(&path).status, StatusCode::FORBIDDEN, "{role:?} {path}");
            let reply = send(&mut desk, &path, &fields, &[("prenom", "Lola")]);
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{role:?} {path}");
        }
        assert_eq!(town.head(), before);
    }
    becomes(&town, Role::Gestionnaire, Vec::new());
    let before = town.head();
    let path = format!("{}/modifier", card(LEA));
    let reply = send(
        &mut desk,
        &path,
        &fields,
        &[("jeton", "faux"), ("prenom", "Lola")],
    );
    assert_eq!(reply.status, StatusCode::FORBIDDEN, "a form of somebody else");
    assert_eq!(town.head(), before);
}

#[test]
fn a_child_is_changed_and_a_slip_is_shown_beside_its_field() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let path = format!("{}/modifier", card(LEA));
    let fields = fields(&mut desk, LEA);
    let before = town.head();
    for (field, wrong) in [
        ("nom", ""),
        ("naissance", "hier"),
        ("naissance", "2031-01-01"),
        ("telephone", "12"),
        ("classe", "00000000-0000-0000-0000-000000000001"),
        ("couleur", "red"),
        ("badge-0", "inconnu"),
    ] {
        let reply = send(&mut desk, &path, &fields, &[(field, wrong)]);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {wrong}");
        assert!(
            reply.text.contains("id=\"erreurs\"") && reply.text.contains("value=\"Léa\""),
            "{field}"
        );
    }
    assert_eq!(town.head(), before, "nothing of all that was written");

    let same = send(&mut desk, &path, &fields, &[]);
    assert!(
        same.header("location").ends_with("fait=inchange"),
        "{}",
        same.header("location")
    );
    assert_eq!(town.head(), before, "a form that changes nothing writes nothing");

    let reply = send(
        &mut desk,
        &path,
        &fields,
        &[("prenom", "Léana"), ("couleur", "red"), ("symbole", "cat")],
    );
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    assert_eq!(town.head(), before + 1);
    let page = desk.get(&card(LEA));
    assert!(page.words().contains("Martin Léana") && page.text.contains("symbols.svg#cat"));
    assert!(
        page.words().contains("Modifié par Mme Roche") && page.words().contains("Prénom, Couleur et symbole")
    );

    // Somebody else filled in the same form meanwhile.
    let reply = send(&mut desk, &path, &fields, &[("prenom", "Lilou")]);
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.words().contains("Léana"), "what stands there now is shown");
    assert!(
        desk.get(&card(LEA)).words().contains("Martin Léana"),
        "and was not overwritten"
    );
}

#[test]
fn a_new_child_comes_with_a_guardian_and_only_once() {
    let town = Town::founded();
    let mut desk = town.desk(at("12:00"));
    let page = desk.get(&format!("{LIST}/nouveau"));
    let number = page.text.split("name=\"numero\" value=\"").nth(1).unwrap();
    let number = number.split('"').next().unwrap().to_owned();
    let token = page.token();
    let fields = [
        ("jeton", token.as_str()),
        ("numero", &number),
        ("nom", "Roy"),
        ("prenom", "Eva"),
        ("naissance", "01/02/2020"),
        ("resp-nom-0", "Roy"),
        ("resp-prenom-0", "Anne"),
        ("resp-telephone-0", "0639980055"),
        ("resp-autorite-0", "full"),
    ];
    let before = town.head();
    let made = desk.post(&format!("{LIST}/nouveau"), &fields);
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.words());
    let card = made.header("location").split('?').next().unwrap().to_owned();
    let again = desk.post(&format!("{LIST}/nouveau"), &fields);
    assert_eq!(
        again.header("location"),
        card,
        "the same form twice makes one child"
    );
    assert_eq!(town.head(), before + 2, "a household and a child");
    let words = desk.get(&card).words();
    assert!(
        words.contains("Roy Eva") && words.contains("Famille Roy") && words.contains("Anne Roy"),
        "{words}"
    );

    // The household: a row more, a second guardian, then the first one goes.
    let page = desk.get(&card);
    let home = page
        .text
        .split("href=\"")
        .find(|part| part.contains("/foyers/"))
        .unwrap();
    let home = home
        .split('"')
        .next()
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let form = desk.get(&home);
    let field = |name: &str| {
        let after = form
            .text
            .split(&format!("name=\"{name}\" value=\""))
            .nth(1)
            .unwrap_or_default();
        after.split('"').next().unwrap().to_owned()
    };
    let (version, anne) = (field("version"), field("resp-id-0"));
    let known = [
        ("jeton", token.as_str()),
        ("version", &version),
        ("foyer", "Famille Roy"),
        ("resp-id-0", &anne),
        ("resp-nom-0", "Roy"),
        ("resp-prenom-0", "Anne"),
        ("resp-autorite-0", "full"),
    ];
    let before = town.head();
    let more = desk.post(
        &home,
        &[&known[..], &[("lignes", "1"), ("ajouter", "oui")]].concat(),
    );
    assert!(more.status == StatusCode::OK && more.text.contains("resp-nom-1"));
    assert_eq!(town.head(), before, "a row more is not a change");
    let second = [
        ("lignes", "2"),
        ("resp-nom-1", "Roy"),
        ("resp-prenom-1", "Luc"),
        ("resp-autorite-1", "none"),
        ("resp-retirer-0", "oui"),
    ];
    let reply = desk.post(&home, &[&known[..], &second].concat());
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.words());
    let words = desk.get(&card).words();
    assert!(
        words.contains("Luc Roy") && words.contains("Sans autorité parentale") && !words.contains("Anne Roy"),
        "{words}"
    );
}
