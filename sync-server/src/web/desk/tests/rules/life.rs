//! From a draft to what families are judged by, and back.

use axum::http::StatusCode;
use shared::operation::Role;

use super::super::filled::Filled;
use super::super::school::logged_in;
use super::super::town::at;
use super::{RULES, done, draft, new_line, press, sets, with_school};

#[test]
fn a_sound_draft_goes_live_and_comes_back() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "vendredi-12h");
    let price = new_line(&mut desk, &place, "tarifs").set("prix", "3,60");
    done(&mut desk, &price);
    let page = press(&mut desk, &place, "/en-vigueur");
    assert!(page.words().contains("Compte aujourd’hui"), "{}", page.words());
    assert!(sets(&town)[0].live);

    // What is live is not changed line by line.
    let form = Filled::of(&desk.get(&format!("{place}/table/tarifs/0")), "tarifs/0").set("prix", "0,01");
    let reply = form.send(&mut desk);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        reply.words().contains("Ces règles sont en vigueur"),
        "{}",
        reply.words()
    );
    assert_eq!(sets(&town)[0].prices[0].cents.0, 360);

    press(&mut desk, &place, "/retirer");
    assert!(!sets(&town)[0].live);
}

#[test]
fn a_contradiction_keeps_rules_from_going_live() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    // Paid when it is booked, and nothing says how much.
    let place = draft(&mut desk, "paye-dans-l-heure");
    let before = town.head();
    let page = desk.get(&place);
    assert!(page.words().contains("À corriger"), "{}", page.words());
    let reply = Filled::of(&page, "/en-vigueur").send(&mut desk);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        reply.words().contains("ne peuvent pas entrer en vigueur"),
        "{}",
        reply.words()
    );
    assert!(!sets(&town)[0].live);
    assert_eq!(town.head(), before);
}

#[test]
fn a_new_version_follows_from_a_date_and_a_copy_stands_beside() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "veille-12h");
    let form = Filled::of(&desk.get(&format!("{place}/version")), "/version");
    let wrong = form.clone().set("du", "jamais").send(&mut desk);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = form.set("du", "2027-01-04");
    done(&mut desk, &form);
    // Sent twice, it is made once.
    done(&mut desk, &form);
    let from: Vec<_> = sets(&town).iter().map(|set| set.from.to_string()).collect();
    assert_eq!(from, ["2026-09-01", "2027-01-04"]);
    assert_eq!(sets(&town)[0].add, sets(&town)[1].add);

    let page = press(&mut desk, &place, "/dupliquer");
    assert!(
        page.words().contains("Midi, veille-12h (copie)"),
        "{}",
        page.words()
    );
}

#[test]
fn a_draft_is_deleted_by_a_word() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "vierge");
    let form = Filled::of(&desk.get(&format!("{place}/supprimer")), "/supprimer");
    let kept = form.clone().set("mot", "oui").send(&mut desk);
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sets(&town).len(), 1);
    done(&mut desk, &form.set("mot", "Supprimer"));
    assert!(sets(&town).is_empty());
    assert_eq!(desk.get(&place).status, StatusCode::NOT_FOUND);
}

#[test]
fn two_agents_who_change_one_set_both_see_what_the_other_did() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "vierge");
    let price = new_line(&mut desk, &place, "tarifs").set("prix", "3,60");
    done(&mut desk, &price);
    let page = desk.get(&format!("{place}/table/tarifs/0"));
    let mine = Filled::of(&page, "tarifs/0").set("prix", "3,80");
    done(&mut desk, &Filled::of(&page, "tarifs/0").set("prix", "3,70"));
    let reply = mine.send(&mut desk);
    assert_eq!(reply.status, StatusCode::CONFLICT, "{}", reply.words());
    assert!(reply.words().contains("3,70") && Filled::of(&reply, "tarifs/0").value("prix") == "3,80");
    assert_eq!(sets(&town)[0].prices[0].cents.0, 370);
    done(&mut desk, &Filled::of(&reply, "tarifs/0"));
    assert_eq!(sets(&town)[0].prices[0].cents.0, 380);

    let page = desk.get(&format!("{place}/modifier"));
    done(&mut desk, &Filled::of(&page, "/modifier").set("nom", "Midi 2026"));
    let late = Filled::of(&page, "/modifier")
        .set("nom", "Midi 2027")
        .send(&mut desk);
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(sets(&town)[0].name, "Midi 2026");
}

#[test]
fn those_who_may_not_change_rules_read_them() {
    let town = with_school();
    let mut desk = town.desk(at("12:00"));
    let place = draft(&mut desk, "veille-12h");
    let id = place.rsplit('/').next().unwrap().to_owned();
    let token = desk.get(&place).token();
    let mut reader = logged_in(&town, "lecture@mairie.example");
    let words = reader.get(&place).words();
    assert!(
        words.contains("Délai pour réserver") && !words.contains("Ajouter une ligne"),
        "{words}"
    );
    assert_eq!(reader.get(RULES).status, StatusCode::OK);
    assert_eq!(reader.get(&format!("{RULES}/reglages")).status, StatusCode::OK);
    let before = town.head();
    for page in [
        "nouvelles".to_owned(),
        format!("{id}/modifier"),
        format!("{id}/version"),
        format!("{id}/supprimer"),
        format!("{id}/table/ajout/0"),
        format!("{id}/essai"),
        format!("{id}/rejouer"),
    ] {
        assert_eq!(
            reader.get(&format!("{RULES}/{page}")).status,
            StatusCode::FORBIDDEN,
            "{page}"
        );
    }
    for page in [
        "en-vigueur",
        "retirer",
        "dupliquer",
        "version",
        "supprimer",
        "modifier",
        "table/ajout/0",
        "table/ajout/0/deplacer",
    ] {
        let reply = reader.post(&format!("{place}/{page}"), &[("jeton", &token)]);
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{page}");
    }
    assert_eq!(town.head(), before);
    assert_ne!(Role::Lecture, Role::Gestionnaire);
}
