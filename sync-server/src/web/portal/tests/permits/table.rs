//! The table, whole: each route with what it asks of whoever comes, and what each kind of stranger gets.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::super::super::permit::Permit;
use super::super::ground::Towns;
use super::routes::written;
use super::strangers::{Class, all, answer, bytes, nobodies};
use crate::web::browser::{Browser, Reply};

/// What a route asks of whoever comes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asks {
    /// A letter of [`answer`] for each class: nobody, codes on paper, a second factor owed, a guardian, an agent who
    /// looks.
    Each(&'static str),
    /// A permit.
    Permit(Permit),
    /// A permit, and that the thing is theirs; the one that is asked for does not exist.
    Own(Permit),
}

use Asks::{Each, Own};

/// Anybody reads it.
const OPEN: Asks = Each("xxxxx");
/// Anybody may send its form, if it is ours.
const OUR_FORM: Asks = Each("rrrrr");
/// A link that was mailed.
const LINK: Asks = Each("uuuuu");

/// A permit, and no more.
const fn with(permit: Permit) -> Asks {
    Asks::Permit(permit)
}

/// Every route. What stands in braces is filled in with what leads to nothing.
pub(super) const TABLE: &[(&str, &str, Asks)] = &[
    ("GET", "/{slug}", OPEN),
    ("GET", "/{slug}/", OPEN),
    ("GET", "/{slug}/{*rest}", Each("nnnnn")),
    ("GET", "/{slug}/fil", with(Permit::Home)),
    ("GET", "/{slug}/reservations", with(Permit::SeeBookings)),
    ("GET", "/{slug}/reservations/periode", with(Permit::Book)),
    ("GET", "/{slug}/reservations/periode/semaine", with(Permit::Book)),
    ("GET", "/{slug}/reservations/periode/copie", with(Permit::Book)),
    ("GET", "/{slug}/reservations/periode/apercu", with(Permit::Book)),
    ("POST", "/{slug}/reservations/periode/apercu", with(Permit::Book)),
    ("GET", "/{slug}/panier", with(Permit::SeeBookings)),
    ("POST", "/{slug}/panier/lignes", with(Permit::Book)),
    ("POST", "/{slug}/panier/valider", with(Permit::Book)),
    ("POST", "/{slug}/panier/vider", with(Permit::Book)),
    (
        "GET",
        "/{slug}/panier/recapitulatif/{id}",
        Own(Permit::SeeBookings),
    ),
    ("GET", "/{slug}/reservations/demandes", with(Permit::SeeBookings)),
    ("POST", "/{slug}/reservations/demandes", with(Permit::Book)),
    (
        "GET",
        "/{slug}/reservations/{date}/{activity}/{child}",
        Own(Permit::SeeBookings),
    ),
    ("GET", "/{slug}/factures", with(Permit::SeeBills)),
    ("GET", "/{slug}/dossier", with(Permit::SeeFile)),
    ("GET", "/{slug}/demandes", with(Permit::SeeRequests)),
    ("GET", "/{slug}/demandes/nouvelle", with(Permit::Ask)),
    ("POST", "/{slug}/demandes/nouvelle", with(Permit::Ask)),
    ("GET", "/{slug}/demandes/{id}", Own(Permit::SeeRequests)),
    ("POST", "/{slug}/demandes/{id}", Own(Permit::Ask)),
    ("GET", "/{slug}/connexion", Each("xxfhh")),
    ("POST", "/{slug}/connexion", OUR_FORM),
    ("POST", "/{slug}/deconnexion", Each("hrrrr")),
    ("GET", "/{slug}/activer/{token}", LINK),
    ("POST", "/{slug}/activer/{token}", LINK),
    ("GET", "/{slug}/mot-de-passe", OPEN),
    ("POST", "/{slug}/mot-de-passe", OUR_FORM),
    ("GET", "/{slug}/mot-de-passe/{token}", LINK),
    ("POST", "/{slug}/mot-de-passe/{token}", LINK),
    ("GET", "/{slug}/adresse/{token}", LINK),
    ("POST", "/{slug}/adresse/{token}", LINK),
    ("GET", "/{slug}/codes", Each("xcxhh")),
    ("POST", "/{slug}/codes", OUR_FORM),
    ("GET", "/{slug}/codes/qui", with(Permit::Claim)),
    ("POST", "/{slug}/codes/qui", with(Permit::Claim)),
    ("GET", "/{slug}/verification", with(Permit::Factor)),
    ("POST", "/{slug}/verification", with(Permit::Factor)),
    ("GET", "/{slug}/compte/mot-de-passe", with(Permit::Secrets)),
    ("POST", "/{slug}/compte/mot-de-passe", with(Permit::Secrets)),
    (
        "GET",
        "/{slug}/compte/double-authentification",
        with(Permit::Secrets),
    ),
    (
        "POST",
        "/{slug}/compte/double-authentification",
        with(Permit::Secrets),
    ),
    ("GET", "/{slug}/compte/sessions", with(Permit::Secrets)),
    ("POST", "/{slug}/compte/sessions", with(Permit::Secrets)),
    ("GET", "/{slug}/compte", with(Permit::SeeAccount)),
    ("GET", "/{slug}/compte/contact", with(Permit::SeeAccount)),
    ("POST", "/{slug}/compte/contact", with(Permit::ChangeAccount)),
    (
        "POST",
        "/{slug}/compte/contact/email",
        with(Permit::ChangeAccount),
    ),
    ("GET", "/{slug}/compte/historique", with(Permit::SeeAccount)),
    ("GET", "/{slug}/compte/donnees", with(Permit::Secrets)),
    ("POST", "/{slug}/compte/donnees", with(Permit::Secrets)),
    ("GET", "/{slug}/compte/supprimer", with(Permit::Secrets)),
    ("POST", "/{slug}/compte/supprimer", with(Permit::Secrets)),
    (
        "POST",
        "/{slug}/compte/franceconnect/delier",
        with(Permit::Secrets),
    ),
    ("GET", "/{slug}/compte/notifications", with(Permit::SeeAccount)),
    (
        "POST",
        "/{slug}/compte/notifications",
        with(Permit::ChangeAccount),
    ),
    ("POST", "/{slug}/push", with(Permit::ChangeAccount)),
    ("POST", "/{slug}/push/retirer", with(Permit::ChangeAccount)),
    ("GET", "/{slug}/sw.js", OPEN),
    ("GET", "/{slug}/actualites", OPEN),
    ("GET", "/{slug}/actualites/{id}", Each("nnnnn")),
    ("GET", "/{slug}/menus", OPEN),
    ("GET", "/{slug}/tarifs", OPEN),
    ("GET", "/{slug}/reglement", OPEN),
    ("POST", "/{slug}/reglement", with(Permit::ChangeAccount)),
    ("GET", "/{slug}/mentions-legales", OPEN),
    ("GET", "/{slug}/conditions", OPEN),
    ("POST", "/{slug}/conditions", with(Permit::ChangeAccount)),
    ("GET", "/{slug}/accessibilite", OPEN),
    ("GET", "/{slug}/donnees-personnelles", OPEN),
    ("GET", "/{slug}/aide", OPEN),
    ("GET", "/{slug}/logo", Each("nnnnn")),
    ("GET", "/{slug}/couleurs.css", OPEN),
    // What this town does not offer does not exist for anybody.
    ("GET", "/{slug}/inscription", Each("nnnnn")),
    ("POST", "/{slug}/inscription", Each("nnnnn")),
    ("GET", "/{slug}/franceconnect", Each("nnnnn")),
    ("GET", "/{slug}/franceconnect/retour", Each("nnnnn")),
    ("GET", "/{slug}/franceconnect/sortie", Each("nnnnn")),
    ("GET", "/{slug}/compte/franceconnect", Each("nnnnn")),
    ("POST", "/{slug}/compte/franceconnect/lier", Each("nnnnn")),
];

/// What each permit comes to for the five classes.
const PERMITS: [(Permit, &str); 12] = [
    (Permit::Home, "lcfxx"),
    (Permit::SeeBookings, "lcfxx"),
    (Permit::Book, "lcfxo"),
    (Permit::SeeBills, "lcfxx"),
    (Permit::SeeRequests, "lcfxx"),
    (Permit::Ask, "lcfxo"),
    (Permit::SeeFile, "lcfxx"),
    (Permit::SeeAccount, "lcfxx"),
    (Permit::ChangeAccount, "lcfxo"),
    (Permit::Secrets, "lcfxo"),
    (Permit::Claim, "lxfho"),
    (Permit::Factor, "lcxho"),
];

/// What stands there for a class.
fn expected(method: &str, asks: Asks, class: Class) -> char {
    let of = |letters: &str| letters.chars().nth(class as usize).unwrap();
    let permit = |wanted: Permit| of(PERMITS.iter().find(|(one, _)| *one == wanted).unwrap().1);
    match asks {
        Each(letters) => of(letters),
        // A form without its token shows how far somebody got.
        Asks::Permit(wanted) if method == "POST" && permit(wanted) == 'x' => 'r',
        Asks::Permit(wanted) => permit(wanted),
        Own(wanted) if permit(wanted) == 'x' => {
            if method == "POST" {
                'r'
            } else {
                'n'
            }
        }
        Own(wanted) => permit(wanted),
    }
}

/// The path with what leads to nothing in its braces.
pub(super) fn nothing(path: &str) -> String {
    let token = super::super::ground::nobodys_link();
    path.split('/')
        .map(|word| match word {
            "{slug}" => "ville".to_owned(),
            "{token}" => token.clone(),
            word if word.starts_with('{') => Uuid::from_u128(0xdead).to_string(),
            word => word.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// Asks for a route as it stands in the table; a form is sent without its token.
pub(super) fn ask(browser: &mut Browser, method: &str, path: &str) -> Reply {
    match method {
        "GET" => browser.get(path),
        _ => browser.post(path, &[]),
    }
}

#[test]
fn every_route_stands_in_the_table_and_every_permit_has_its_line() {
    let listed: BTreeSet<_> = TABLE
        .iter()
        .map(|(method, path, _)| (*method, (*path).to_owned()))
        .collect();
    let written = written();
    let absent: Vec<_> = written.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&written).collect();
    assert!(absent.is_empty(), "say who may come there: {absent:#?}");
    assert!(gone.is_empty(), "these are routes no more: {gone:#?}");
    assert_eq!(listed.len(), TABLE.len(), "a route stands there once");
    assert_eq!(PERMITS.map(|(permit, _)| permit), Permit::ALL);
}

#[test]
fn every_stranger_gets_what_the_table_says_and_changes_nothing() {
    let towns = Towns::new();
    let strangers = all(&towns);
    let before = towns.written();
    let mut wrong = Vec::new();
    for (method, path, asks) in TABLE {
        let address = nothing(path);
        for stranger in &strangers {
            // Asked in a copy: a page that ends a session ends it for its own row alone.
            let reply = ask(&mut stranger.browser.clone(), method, &address);
            let (wanted, got) = (expected(method, *asks, stranger.class), answer(&reply));
            if wanted != got {
                let to = reply.header("location").to_owned();
                wrong.push(format!(
                    "{method} {path}, {}: {got} instead of {wanted} ({} {to})",
                    stranger.name, reply.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(towns.written(), before, "nobody wrote anything");
}

#[test]
fn whoever_is_not_in_gets_the_same_bytes_whatever_else_they_hold() {
    let towns = Towns::new();
    let mut strangers = nobodies(&towns);
    let mut nobody = strangers.remove(0).browser;
    for (method, path, asks) in TABLE {
        // A page with a form carries the token of its own browser; one behind a permit is never drawn.
        if matches!(asks, Each(_)) && *method == "GET" {
            continue;
        }
        let address = nothing(path);
        let first = bytes(&ask(&mut nobody, method, &address));
        for stranger in &strangers {
            let other = bytes(&ask(&mut stranger.browser.clone(), method, &address));
            assert_eq!(other, first, "{method} {path}, {}", stranger.name);
        }
    }
}
