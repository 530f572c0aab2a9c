//! Codes of the staff and accounts of agents.

use axum::http::StatusCode;
use shared::ids::StaffId;
use shared::operation::{Body, Role, StaffRecord};
use uuid::Uuid;

use super::filled::Filled;
use super::town::{CURIE, EMAIL, JAURES, PASSWORD, ROCHE, Town, apply, at};
use crate::record;

const STAFF: &str = "/ville/gestion/reglages/personnel";
const AGENTS: &str = "/ville/gestion/reglages/agents";
const INES: StaffId = StaffId(Uuid::from_u128(0x57));
const PAUL: StaffId = StaffId(Uuid::from_u128(0x58));

fn member(id: StaffId, name: &str, sites: Vec<shared::ids::SiteId>) -> Body {
    let staff = StaffRecord {
        id,
        name: name.into(),
        role: "animateur".into(),
        sites,
        until: None,
    };
    Body::PutStaff { staff }
}

fn with_staff() -> Town {
    let town = Town::founded();
    let staff = vec![
        member(INES, "Inès Morel", vec![JAURES]),
        member(PAUL, "Paul Garnier", vec![CURIE]),
    ];
    apply(&town.commune(at("08:00")), staff);
    town
}

fn has_code(town: &Town, staff: StaffId) -> bool {
    let with = town
        .commune(at("08:00"))
        .store
        .read(|tx| record::staff_with_pin(tx));
    with.unwrap().contains(&staff)
}

#[test]
fn a_code_is_drawn_shown_once_and_stored_as_a_hash() {
    let town = with_staff();
    let mut desk = town.desk(at("09:00"));
    let path = format!("{STAFF}/{INES}/code");
    let answer = Filled::of(&desk.get(&path), "/code").send(&mut desk);
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let code = answer.text_of("code");
    assert!(
        code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()),
        "{code}"
    );
    assert!(has_code(&town, INES));
    for page in [STAFF.to_owned(), format!("{STAFF}/{INES}"), path.clone()] {
        let page = desk.get(&page);
        assert!(!page.words().contains(&code), "{}", page.words());
    }
    assert!(
        desk.get(&format!("{STAFF}/{INES}"))
            .words()
            .contains("bloqué après six essais")
    );

    let removed = Filled::of(&desk.get(&path), "/enlever").send(&mut desk);
    assert_eq!(removed.status, StatusCode::SEE_OTHER);
    assert!(!has_code(&town, INES));
}

#[test]
fn a_code_that_anybody_would_try_is_refused() {
    let town = with_staff();
    let mut desk = town.desk(at("09:00"));
    let before = town.head();
    let path = format!("{STAFF}/{INES}/code");
    for (typed, said) in [
        ("0000", "se devine trop vite"),
        ("1234", "se devine trop vite"),
        ("12", "de 4 à 6 chiffres"),
    ] {
        let form = Filled::of(&desk.get(&path), "/code").set("code", typed);
        let page = form.send(&mut desk);
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.words().contains(said), "{}", page.words());
    }
    assert_eq!(town.head(), before);
}

#[test]
fn a_director_reaches_the_staff_of_its_own_sites() {
    let town = with_staff();
    town.becomes(Role::Directeur, &[JAURES]);
    let mut desk = town.desk(at("09:00"));
    let before = town.head();
    let list = desk.get(STAFF).words();
    assert!(
        list.contains("Inès Morel") && !list.contains("Paul Garnier"),
        "{list}"
    );
    assert_eq!(desk.get(&format!("{STAFF}/{PAUL}")).status, StatusCode::FORBIDDEN);
    assert_eq!(
        desk.get(&format!("{STAFF}/{PAUL}/code")).status,
        StatusCode::FORBIDDEN
    );
    let form = Filled::of(&desk.get(&format!("{STAFF}/{INES}/code")), "/code");
    let stolen = Filled {
        action: format!("{STAFF}/{PAUL}/code"),
        ..form.clone()
    };
    assert_eq!(stolen.send(&mut desk).status, StatusCode::FORBIDDEN);
    let page = desk.get(&format!("{STAFF}/{INES}"));
    assert!(
        !page.words().contains("École Curie"),
        "only its own sites are offered"
    );
    let sent_away = Filled::of(&page, &INES.to_string()).tick("sites", &CURIE.to_string());
    assert_eq!(sent_away.send(&mut desk).status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(town.head(), before);
    assert_eq!(form.send(&mut desk).status, StatusCode::OK);
    assert!(has_code(&town, INES) && !has_code(&town, PAUL));
}

#[test]
fn a_director_leaves_what_a_member_does_elsewhere_as_it_is() {
    let town = Town::founded();
    apply(
        &town.commune(at("08:00")),
        vec![member(INES, "Inès Morel", vec![JAURES, CURIE])],
    );
    town.becomes(Role::Directeur, &[JAURES]);
    let mut desk = town.desk(at("09:00"));
    let page = desk.get(&format!("{STAFF}/{INES}"));
    let form = Filled::of(&page, &INES.to_string()).set("nom", "Inès Morel-Petit");
    assert_eq!(form.send(&mut desk).status, StatusCode::SEE_OTHER);
    let found = town
        .commune(at("10:00"))
        .store
        .read(|tx| record::staff_member(tx, INES));
    let (mut ines, _) = found.unwrap().unwrap();
    ines.sites.sort();
    assert_eq!(
        (ines.name.as_str(), ines.sites),
        ("Inès Morel-Petit", vec![JAURES, CURIE])
    );
}

#[test]
fn an_agent_is_invited_chooses_a_password_and_is_dismissed() {
    let town = Town::founded();
    town.becomes(Role::Administrateur, &[]);
    let mut desk = town.desk(at("09:00"));
    let page = desk.get(&format!("{AGENTS}/nouveau"));
    let form = Filled::of(&page, "agents/nouveau")
        .set("nom", "M. Faure")
        .set("courriel", "Faure@mairie.example")
        .set("role", "directeur");
    let page = form.send(&mut desk);
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.words().contains("Cochez au moins un site"),
        "{}",
        page.words()
    );
    let form = Filled::of(&page, "agents/nouveau").tick("sites", &JAURES.to_string());
    let page = form.send(&mut desk);
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let link = page.text_of("lien");
    let path = link
        .strip_prefix("http://localhost:8080")
        .expect("a whole address")
        .to_owned();
    assert!(desk.get(AGENTS).words().contains("Invité, sans mot de passe"));

    let mut faure = town.browser(at("09:30"));
    let door = faure.get(&path);
    let password = "un préau sous la pluie";
    let fields = [
        ("mot_de_passe", password),
        ("encore", password),
        ("jeton", &door.token()),
    ];
    assert_eq!(faure.post(&path, &fields).status, StatusCode::SEE_OTHER);
    assert_eq!(
        faure.log_in("faure@mairie.example", password).status,
        StatusCode::SEE_OTHER
    );
    let home = faure.get("/ville/gestion").words();
    assert!(
        home.contains("École Jaurès") && !home.contains("École Curie"),
        "{home}"
    );

    let id = form.value("id");
    let ask = desk.get(&format!("{AGENTS}/{id}/revoquer"));
    let refused = Filled::of(&ask, "/revoquer").set("mot", "oui").send(&mut desk);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        faure.get("/ville/gestion").status,
        StatusCode::OK,
        "nothing happened"
    );
    let gone = Filled::of(&ask, "/revoquer")
        .set("mot", "révoquer")
        .send(&mut desk);
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(faure.get("/ville/gestion").status, StatusCode::SEE_OTHER);
    assert!(desk.get(AGENTS).words().contains("Révoqué"));
}

#[test]
fn the_last_administrator_stays() {
    let town = Town::bare();
    let mut desk = town.desk(at("09:00"));
    let before = town.head();
    let page = desk.get(&format!("{AGENTS}/{ROCHE}"));
    let demoted = Filled::of(&page, &ROCHE.to_string())
        .set("role", "lecture")
        .send(&mut desk);
    assert_eq!(demoted.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        demoted.words().contains("dernier administrateur"),
        "{}",
        demoted.words()
    );
    let ask = desk.get(&format!("{AGENTS}/{ROCHE}/revoquer"));
    let gone = Filled::of(&ask, "/revoquer")
        .set("mot", "RÉVOQUER")
        .send(&mut desk);
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        gone.words().contains("dernier administrateur"),
        "{}",
        gone.words()
    );
    assert_eq!(town.head(), before);
    assert_eq!(desk.log_in(EMAIL, PASSWORD).status, StatusCode::SEE_OTHER);
}
