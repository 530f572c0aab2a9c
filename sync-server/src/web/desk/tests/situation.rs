//! What the town hall says of an incident, and what is read of it before anybody logs in.

use axum::http::StatusCode;
use shared::operation::Role;

use super::browser::{Browser, Reply};
use super::town::{Town, at};

const NEW: &str = "/ville/gestion/service/incidents/nouveau";
const PAGE: &str = "/ville/situation";
const FEED: &str = "/ville/situation.atom";

fn administered() -> Town {
    let town = Town::founded();
    town.becomes(Role::Administrateur, &[]);
    town
}

fn value(reply: &Reply, name: &str) -> String {
    let after = reply.text.split(&format!("name=\"{name}\"")).nth(1).unwrap();
    let after = after.split("value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

fn publishes(desk: &mut Browser, title: &str, text: &str) -> (Reply, Vec<(String, String)>) {
    let form = desk.get(NEW);
    let fields: Vec<(String, String)> = [
        ("jeton", form.token()),
        ("numero", value(&form, "numero")),
        ("titre", title.into()),
        ("texte", text.into()),
        ("date", "2026-11-24".into()),
        ("heure", "18:00".into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    (send(desk, NEW, &fields), fields)
}

fn send(desk: &mut Browser, path: &str, fields: &[(String, String)]) -> Reply {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    desk.post(path, &fields)
}

/// The address of the only post's own page at the desk.
fn own_page(desk: &mut Browser) -> String {
    let page = desk.get("/ville/gestion/service");
    let after = page
        .text
        .split("/service/incidents/")
        .find(|part| part.as_bytes()[8] == b'-');
    let id = after.unwrap().split(['/', '"']).next().unwrap().to_owned();
    format!("/ville/gestion/service/incidents/{id}")
}

#[test]
fn a_form_begins_with_the_hour_and_publishes_once() {
    let town = administered();
    let mut desk = town.desk(at("18:00"));
    let form = desk.get(NEW);
    assert_eq!(
        value(&form, "titre"),
        "Point de situation du 23 novembre à 18\u{a0}h"
    );
    assert_eq!(
        (value(&form, "date"), value(&form, "heure")),
        ("2026-11-23".into(), "18:00".into())
    );
    let (untitled, _) = publishes(&mut desk, " ", "Des mots.");
    assert_eq!(untitled.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(untitled.text.contains("Des mots."));

    let head = town.head();
    let (done, fields) = publishes(&mut desk, "Point du soir", "La cantine est ouverte.");
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(send(&mut desk, NEW, &fields).status, StatusCode::SEE_OTHER);
    assert_eq!(town.head(), head + 1, "sent twice, published once");
}

#[test]
fn what_is_published_is_read_without_logging_in_until_it_is_over() {
    let town = administered();
    let mut desk = town.desk(at("18:00"));
    let mut family = town.browser(at("18:00"));
    assert!(family.get(PAGE).words().contains("Aucun incident n’est signalé."));
    publishes(
        &mut desk,
        "Point <du> soir",
        "Ouvert.\r\n\r\nRappelez & patientez.",
    );
    let page = family.get(PAGE);
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text.contains("<h3>Point &lt;du&gt; soir</h3>"),
        "{}",
        page.text
    );
    assert!(page.words().contains("mardi 24 novembre 2026 à 18\u{a0}h"));
    assert_eq!(page.header("cache-control"), "public, max-age=60");
    assert_eq!(page.header("set-cookie"), "");
    assert!(
        page.header("content-security-policy")
            .contains("style-src 'self'")
    );
    let login = family.get("/ville/gestion/connexion");
    assert!(
        login.words().contains("Point &lt;du&gt; soir") && login.text.contains("href=\"/ville/situation\"")
    );

    let own = own_page(&mut desk);
    let token = desk.get("/ville/gestion/service").token();
    let version = value(&desk.get(&own), "version");
    let over = [("jeton", token.as_str()), ("version", version.as_str())];
    assert_eq!(
        desk.post(&format!("{own}/termine"), &over).status,
        StatusCode::SEE_OTHER
    );
    let late = desk.post(&format!("{own}/retirer"), &over);
    assert_eq!(
        late.status,
        StatusCode::CONFLICT,
        "somebody wrote it again meanwhile"
    );
    assert!(family.get(PAGE).words().contains("Incident terminé"));
    assert!(
        !family
            .get("/ville/gestion/connexion")
            .text
            .contains("/ville/situation")
    );

    let version = value(&desk.get(&own), "version");
    let off = [("jeton", token.as_str()), ("version", version.as_str())];
    assert_eq!(
        desk.post(&format!("{own}/retirer"), &off).status,
        StatusCode::SEE_OTHER
    );
    assert!(
        !family.get(PAGE).words().contains("du&gt; soir"),
        "nothing of it is left"
    );
    assert_eq!(desk.get(&own).status, StatusCode::NOT_FOUND);
}

#[test]
fn the_feed_is_whole_xml_with_ids_that_stay() {
    let town = administered();
    let mut desk = town.desk(at("18:00"));
    publishes(
        &mut desk,
        "Point \u{1}& <suite>",
        "L’eau est \"coupée\".\r\n\r\n]]> <script>1</script>",
    );
    let mut family = town.browser(at("18:00"));
    let feed = family.get(FEED);
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    let ids = super::atom::judge(&feed.text);
    assert!(!feed.text.contains('\u{1}'));

    let own = own_page(&mut desk);
    let form = desk.get(&own);
    let fields: Vec<(String, String)> = [
        ("jeton", form.token()),
        ("version", value(&form, "version")),
        ("titre", "Point corrigé".into()),
        ("date", "2026-11-24".into()),
        ("heure", "18:00".into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    assert_eq!(send(&mut desk, &own, &fields).status, StatusCode::SEE_OTHER);
    let again = family.get(FEED);
    assert_eq!(super::atom::judge(&again.text), ids);
    assert!(again.text.contains("Point corrigé"));

    let tag = again.header("etag").to_owned();
    let unchanged = family.send("GET", FEED, String::new(), &[("if-none-match", &tag)]);
    assert_eq!(
        (unchanged.status, unchanged.text.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
}

#[test]
fn an_unknown_town_has_a_page_that_says_so() {
    let town = Town::founded();
    let reply = town.browser(at("12:00")).get("/ailleurs/situation");
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert!(reply.header("content-type").starts_with("text/html") && reply.text.contains("<h1>"));
    assert_eq!(reply.header("cache-control"), "no-store");
}
