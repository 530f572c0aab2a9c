//! What anybody may read, and what a guardian accepts of it.

use axum::http::StatusCode;
use shared::ids::TextId;
use shared::operation::{Body, Dish, MenuRecord, PortalRecord, Role, Tab, TextKind, TextRecord, UnopenedTab};
use shared::time::UtcMs;
use uuid::Uuid;

use super::ground::{CLAIRE, JAURES, Towns, agent, at, monday};
use crate::record;

const RULES: TextId = TextId(Uuid::from_u128(0x7e));

fn text(id: TextId, kind: TextKind, title: &str, words: &str, from: Option<UtcMs>) -> Body {
    let text = TextRecord {
        id,
        kind,
        title: title.into(),
        text: words.into(),
        from,
        until: None,
        pinned: false,
        edition: 1,
        sites: Vec::new(),
    };
    Body::PutText { text }
}

fn news(n: u128, title: &str, words: &str, from: Option<UtcMs>) -> Body {
    text(TextId(Uuid::from_u128(n)), TextKind::News, title, words, from)
}

fn address_of(n: u128) -> String {
    format!("/ville/actualites/{}", Uuid::from_u128(n))
}

#[test]
fn news_are_read_while_they_are_shown_and_are_never_markup() {
    let towns = Towns::new();
    towns.apply(vec![
        news(
            1,
            "Hier",
            "<script>alert(1)</script> et **demain**",
            Some(at("06:00")),
        ),
        news(2, "Demain", "Pas encore.", Some(at("20:00"))),
        news(3, "Brouillon", "Jamais.", None),
    ]);
    let mut anybody = towns.browser(at("12:00"));
    let list = anybody.get("/ville/actualites");
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.text.contains("Hier") && !list.text.contains("Demain") && !list.text.contains("Brouillon"));
    assert!(!list.text.contains("<script"));
    let one = anybody.get(&address_of(1));
    assert!(one.text.contains("&lt;script&gt;") && one.text.contains("<strong>demain</strong>"));
    // What is not shown answers like what does not exist.
    let nowhere = anybody.get(&address_of(9));
    for hidden in [2, 3] {
        let reply = anybody.get(&address_of(hidden));
        assert_eq!(
            (reply.status, &reply.text),
            (StatusCode::NOT_FOUND, &nowhere.text)
        );
    }
    let evening = towns.browser(at("21:00")).get("/ville/actualites");
    assert!(
        evening.text.find("Demain") < evening.text.find("Hier"),
        "the newest first"
    );
}

#[test]
fn a_page_is_kept_for_a_minute_where_nobody_is_in() {
    let towns = Towns::new();
    let mut anybody = towns.browser(at("12:00"));
    for path in [
        "actualites",
        "menus",
        "tarifs",
        "reglement",
        "mentions-legales",
        "conditions",
        "accessibilite",
        "donnees-personnelles",
        "aide",
    ] {
        let path = format!("/ville/{path}");
        let page = anybody.get(&path);
        assert_eq!(
            (page.status, page.header("cache-control")),
            (StatusCode::OK, "public, max-age=60"),
            "{path}"
        );
        assert_eq!(page.header("vary"), "cookie");
        assert!(
            page.header("content-security-policy")
                .contains("default-src 'none'")
        );
        assert!(page.headers.get("set-cookie").is_none(), "{path}");
        let tag = page.header("etag").to_owned();
        let again = anybody.send("GET", &path, String::new(), &[("if-none-match", &tag)]);
        assert_eq!(
            (again.status, again.text.len()),
            (StatusCode::NOT_MODIFIED, 0),
            "{path}"
        );

        let own = towns.family(CLAIRE, at("12:00")).get(&path);
        assert_eq!(
            (own.status, own.header("cache-control")),
            (StatusCode::OK, "no-store"),
            "{path}"
        );
        assert!(own.text.contains("Claire Martin") && own.headers.get("etag").is_none());
    }
}

#[test]
fn until_the_town_writes_its_own_a_page_says_so_with_its_contact() {
    let towns = Towns::new();
    towns.set_up(PortalRecord {
        phone: Some("01 99 00 10 00".into()),
        ..PortalRecord::default()
    });
    let mut anybody = towns.browser(at("12:00"));
    let legal = anybody.get("/ville/mentions-legales");
    assert!(legal.text.contains("Texte type") && legal.text.contains("Ville d’Essai"));
    assert!(legal.text.contains("01 99 00 10 00"));
    assert!(
        anybody
            .get("/ville/accessibilite")
            .text
            .contains("<strong>non conforme</strong>")
    );

    let id = TextId(Uuid::from_u128(5));
    towns.apply(vec![text(
        id,
        TextKind::Legal,
        "Mentions",
        "Publié par nous.",
        Some(at("06:00")),
    )]);
    let own = towns.browser(at("12:00")).get("/ville/mentions-legales");
    assert!(own.text.contains("Publié par nous.") && !own.text.contains("Texte type"));
}

#[test]
fn a_tab_that_is_not_open_says_what_the_town_says() {
    let towns = Towns::new();
    towns.apply(vec![news(
        1,
        "Secret",
        "Pas pour tout de suite.",
        Some(at("06:00")),
    )]);
    towns.set_up(PortalRecord {
        unopened: vec![UnopenedTab {
            tab: Tab::News,
            text: "Ouverture en **janvier**.".into(),
        }],
        ..PortalRecord::default()
    });
    let mut anybody = towns.browser(at("12:00"));
    for path in ["/ville/actualites".to_owned(), address_of(1)] {
        let page = anybody.get(&path);
        assert!(page.text.contains("Pas encore ouvert") && page.text.contains("<strong>janvier</strong>"));
        assert!(!page.text.contains("Secret"), "{path}");
    }
    assert!(!anybody.get("/ville/menus").text.contains("Pas encore ouvert"));
}

#[test]
fn a_guardian_accepts_the_edition_that_was_read() {
    let towns = Towns::new();
    towns.apply(vec![text(
        RULES,
        TextKind::Rules,
        "Règlement",
        "On prévient.",
        Some(at("06:00")),
    )]);
    let anybody = towns.browser(at("12:00")).get("/ville/reglement");
    assert!(anybody.text.contains("Édition 1") && !anybody.text.contains("<form class=\"pages-accept"));

    let mut claire = towns.family(CLAIRE, at("12:00"));
    let page = claire.get("/ville/reglement");
    assert!(page.text.contains("pages-accept"));
    let id = RULES.to_string();
    let token = page.token();
    let head = towns.head();
    for (fields, status) in [
        (
            vec![("jeton", "faux"), ("texte", id.as_str()), ("edition", "1")],
            StatusCode::FORBIDDEN,
        ),
        (
            vec![("jeton", token.as_str()), ("texte", "x"), ("edition", "1")],
            StatusCode::BAD_REQUEST,
        ),
        (
            vec![
                ("jeton", token.as_str()),
                ("texte", id.as_str()),
                ("edition", "2"),
            ],
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    ] {
        assert_eq!(
            claire.post("/ville/reglement", &fields).status,
            status,
            "{fields:?}"
        );
    }
    assert_eq!(towns.head(), head, "nothing was written down");
    let sent = claire.post(
        "/ville/reglement",
        &[("jeton", &token), ("texte", &id), ("edition", "1")],
    );
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    let done = claire.get("/ville/reglement");
    assert!(
        done.text
            .contains("Vous avez accepté cette édition le lundi 23 novembre 2026")
    );
    let expected = |tx: &mut dyn crate::store::Read| record::texts_to_accept(tx, CLAIRE, at("12:00"));
    assert!(
        towns
            .commune(at("12:00"))
            .store
            .read(expected)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn nobody_accepts_for_somebody_else() {
    let towns = Towns::new();
    towns.apply(vec![text(
        RULES,
        TextKind::Rules,
        "Règlement",
        "On prévient.",
        Some(at("06:00")),
    )]);
    let head = towns.head();
    let id = RULES.to_string();
    let fields = [("jeton", ""), ("texte", id.as_str()), ("edition", "1")];
    let nobody = towns.browser(at("12:00")).post("/ville/reglement", &fields);
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
    assert!(nobody.header("location").starts_with("/ville/connexion"));
    let mut looks = towns.seen_as(agent(Role::Gestionnaire), CLAIRE, at("12:00"));
    let page = looks.get("/ville/reglement");
    assert!(page.text.contains("On prévient.") && !page.text.contains("name=\"edition\""));
    let token = page.token();
    let sent = looks.post(
        "/ville/reglement",
        &[("jeton", &token), ("texte", &id), ("edition", "1")],
    );
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    assert_eq!(towns.head(), head);
}

fn menu(site: bool, name: &str) -> MenuRecord {
    let site = site.then_some(JAURES);
    MenuRecord {
        id: record::menu_id(monday(), site),
        date: monday(),
        sites: site.into_iter().collect(),
        dishes: vec![Dish {
            name: name.into(),
            allergens: vec![1, 7, 14],
            signs: 0b11,
        }],
        note: String::new(),
    }
}

#[test]
fn menus_name_allergens_in_words_for_each_site_and_week() {
    let towns = Towns::new();
    towns.apply(vec![Body::PutMenus {
        menus: vec![menu(false, "Gratin <b>du jour</b>"), menu(true, "Soupe")],
    }]);
    let mut anybody = towns.browser(at("12:00"));
    let common = anybody.get("/ville/menus");
    assert!(
        common.text.contains("Gratin &lt;b&gt;du jour&lt;/b&gt;"),
        "{}",
        common.text
    );
    assert!(common.text.contains("Allergènes\u{a0}: gluten, lait, mollusques"));
    assert!(common.text.contains(">bio<") && common.text.contains(">local<"));
    assert!(common.text.contains("École Jaurès"), "the site can be chosen");
    let own = anybody.get("/ville/menus?site=jaures");
    assert!(own.text.contains("Soupe") && !own.text.contains("Gratin"));
    assert!(
        own.text.contains("semaine=2026-11-30&amp;site=jaures"),
        "the next week stays at the site"
    );
    let next = anybody.get("/ville/menus?semaine=2026-12-02");
    assert!(next.text.contains("Menu non publié") && next.text.contains("30 novembre"));
    for strange in [
        "?semaine=demain",
        "?semaine=9999-12-31",
        "?site=%3Cb%3E",
        "?semaine=-1&site=inconnu",
    ] {
        let reply = anybody.get(&format!("/ville/menus{strange}"));
        assert_eq!(
            (reply.status, reply.text.contains("Gratin")),
            (StatusCode::OK, true),
            "{strange}"
        );
    }
}

#[test]
fn the_help_has_a_part_for_each_page() {
    let towns = Towns::new();
    let mut anybody = towns.browser(at("12:00"));
    let help = anybody.get("/ville/aide");
    for path in ["actualites", "menus", "tarifs", "reglement"] {
        let page = anybody.get(&format!("/ville/{path}"));
        assert!(
            page.text.contains(&format!("href=\"/ville/aide#{path}\"")),
            "{path}"
        );
        assert!(help.text.contains(&format!("id=\"{path}\"")), "{path}");
    }
}

#[test]
fn the_colour_is_a_stylesheet_that_changes_its_address() {
    let towns = Towns::new();
    let none = towns.browser(at("12:00")).get("/ville/couleurs.css");
    assert_eq!((none.status, &*none.text), (StatusCode::OK, ""));
    towns.set_up(PortalRecord {
        accent: Some("#ffe000".into()),
        ..PortalRecord::default()
    });
    let mut anybody = towns.browser(at("12:00"));
    let page = anybody.get("/ville/menus");
    assert!(page.text.contains("href=\"/ville/couleurs.css?v=ffe000\""));
    let css = anybody.get("/ville/couleurs.css?v=ffe000");
    assert_eq!(css.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(css.header("cache-control"), "public, max-age=86400");
    assert!(css.text.contains("--accent:#") && !css.text.contains("--accent:#ffe000;--accent-deep:#bf"));
    let older = anybody.get("/ville/couleurs.css?v=1f5f8b");
    assert_eq!(older.header("cache-control"), "public, max-age=60");
}
