//! The portal as the town hall sets it up, at the desk; and what families see of it.

use axum::http::StatusCode;
use shared::operation::Role;

use super::ground::{CLAIRE, Towns, at};
use crate::web::browser::{Browser, Reply};

const HOME: &str = "/ville/gestion/portail";
/// 320 points wide, 90 high.
const WEBP: &str = "RIFF....WEBPVP8L....\x2f\x3f\x41\x16\0";

/// What stands in the forms of a page, as a browser sends it; boxes and radios only where they are ticked.
fn fields(page: &Reply, action: &str) -> Vec<(String, String)> {
    let form = page
        .text
        .split("<form")
        .find(|form| form.contains(&format!("action=\"{action}\"")) && form.contains("method=\"post\""));
    let form = form.unwrap_or_else(|| panic!("no form for {action}"));
    let form = form.split("</form>").next().unwrap();
    let attribute = |tag: &str, name: &str| {
        let after = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(
            after
                .split('"')
                .next()?
                .replace("&quot;", "\"")
                .replace("&amp;", "&"),
        )
    };
    let mut all = Vec::new();
    for tag in form.split('<').skip(1) {
        let Some(name) = attribute(tag, "name") else {
            continue;
        };
        if tag.starts_with("textarea") {
            let inside = tag.split_once('>').unwrap().1;
            all.push((
                name,
                inside
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&"),
            ));
        } else if tag.starts_with("input") {
            let ticked = tag.contains(" checked");
            let chosen = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
            if !chosen || ticked {
                all.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        }
    }
    all
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.retain(|(n, _)| n != name);
    fields.push((name.into(), value.into()));
}

/// A page without the marks that the drawing leaves between two texts.
fn drawn(reply: &Reply) -> String {
    reply.text.replace("<!>", "")
}

fn send(desk: &mut Browser, path: &str, fields: &[(String, String)]) -> Reply {
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    desk.post(path, &fields)
}

#[test]
fn only_administrators_and_managers_set_the_portal_up() {
    let towns = Towns::new();
    for role in Role::ALL {
        let may = matches!(role, Role::Administrateur | Role::Gestionnaire);
        let mut desk = towns.desk(role, at("12:00"));
        for path in [
            "",
            "/textes",
            "/textes/nouveau?genre=news",
            "/menus",
            "/apercu.css?couleur=1f5f8b",
        ] {
            let reply = desk.get(&format!("{HOME}{path}"));
            let expected = if may {
                StatusCode::OK
            } else {
                StatusCode::FORBIDDEN
            };
            assert_eq!(reply.status, expected, "{role:?} {path}");
        }
    }
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let reply = claire.get(HOME);
    assert!(reply.header("location").starts_with("/ville/gestion/connexion"));
}

#[test]
fn settings_are_tried_saved_and_seen() {
    let towns = Towns::new();
    let mut desk = towns.desk(Role::Gestionnaire, at("12:00"));
    let page = desk.get(HOME);
    let mut form = fields(&page, HOME);
    form.retain(|(name, _)| name != "ouvert_menus" && name != "apercu");
    set(&mut form, "couleur", "#FFE000");
    set(&mut form, "telephone", "01 99 00 10 00");
    set(&mut form, "texte_menus", "À la rentrée.");

    let head = towns.head();
    let mut tried = form.clone();
    set(&mut tried, "apercu", "oui");
    let preview = send(&mut desk, HOME, &tried);
    assert_eq!(
        (preview.status, towns.head()),
        (StatusCode::OK, head),
        "trying saves nothing"
    );
    assert!(
        preview.text.contains("apercu.css?couleur=ffe000"),
        "{}",
        preview.words()
    );
    assert!(preview.text.contains("Corrigé en") && preview.text.contains("value=\"01 99 00 10 00\""));
    let css = desk.get(&format!("{HOME}/apercu.css?couleur=ffe000"));
    assert_eq!(css.header("content-type"), "text/css; charset=utf-8");
    assert!(css.text.contains("[data-theme=\"dark\"]"));

    let saved = send(&mut desk, HOME, &form);
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.words());
    let menus = towns.browser(at("12:00")).get("/ville/menus");
    assert!(menus.text.contains("Pas encore ouvert") && menus.text.contains("À la rentrée."));
    assert!(menus.text.contains("couleurs.css?v=ffe000") && menus.text.contains("tel:0199001000"));

    // The same form again had an older version in view.
    let again = send(&mut desk, HOME, &form);
    assert_eq!(again.status, StatusCode::CONFLICT);
    let mut wrong = fields(&desk.get(HOME), HOME);
    wrong.retain(|(name, _)| name != "apercu");
    for (name, value) in [
        ("couleur", "rouge"),
        ("courriel", "moi"),
        ("restauration", "0"),
        ("historique", "11"),
    ] {
        let mut one = wrong.clone();
        set(&mut one, name, value);
        let reply = send(&mut desk, HOME, &one);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(reply.text.contains(&format!("id=\"{name}-erreur\"")), "{name}");
    }
}

fn upload(desk: &mut Browser, token: &str, words: &str, content: &str) -> Reply {
    let line = "------une-ligne-que-rien-ne-contient";
    let body = format!(
        "--{line}\r\ncontent-disposition: form-data; name=\"jeton\"\r\n\r\n{token}\r\n--{line}\r\n\
         content-disposition: form-data; name=\"mots\"\r\n\r\n{words}\r\n--{line}\r\n\
         content-disposition: form-data; name=\"fichier\"; filename=\"logo.png\"\r\ncontent-type: image/png\r\n\r\n\
         {content}\r\n--{line}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={line}");
    desk.send(
        "POST",
        &format!("{HOME}/logo"),
        body,
        &[("content-type", kind.as_str())],
    )
}

#[test]
fn a_logo_is_taken_for_what_its_bytes_are() {
    let towns = Towns::new();
    let mut desk = towns.desk(Role::Administrateur, at("12:00"));
    let token = desk.get(HOME).token();
    let head = towns.head();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let large = format!("{WEBP}{}", "x".repeat(100 * 1024));
    for (words, content, status) in [
        ("Ville", svg, StatusCode::UNPROCESSABLE_ENTITY),
        ("Ville", "", StatusCode::UNPROCESSABLE_ENTITY),
        ("", WEBP, StatusCode::UNPROCESSABLE_ENTITY),
        ("Ville", &large, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let reply = upload(&mut desk, &token, words, content);
        assert_eq!(reply.status, status, "{}", reply.words());
    }
    assert_eq!(
        upload(&mut desk, "faux", "Ville", WEBP).status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(towns.head(), head);
    assert_eq!(
        towns.browser(at("12:00")).get("/ville/logo").status,
        StatusCode::NOT_FOUND
    );

    let sent = upload(&mut desk, &token, "Ville d’Essai", WEBP);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    let mut anybody = towns.browser(at("12:00"));
    let page = anybody.get("/ville/menus");
    let address = page
        .text
        .split("src=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    assert!(address.starts_with("/ville/logo?v=") && page.text.contains("alt=\"Ville d’Essai\""));
    let logo = anybody.get(&address);
    assert_eq!((logo.header("content-type"), &*logo.text), ("image/webp", WEBP));
    assert_eq!(logo.header("x-content-type-options"), "nosniff");
    assert_eq!(logo.header("cache-control"), "public, max-age=86400");
    let tag = logo.header("etag").to_owned();
    let again = anybody.send("GET", &address, String::new(), &[("if-none-match", &tag)]);
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);

    let gone = desk.post(&format!("{HOME}/logo/retirer"), &[("jeton", &token)]);
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(anybody.get("/ville/logo").status, StatusCode::NOT_FOUND);
}

fn own_page(desk: &mut Browser) -> String {
    let list = desk.get(&format!("{HOME}/textes"));
    let after = list
        .text
        .split(&format!("href=\"{HOME}/textes/"))
        .find(|part| part.as_bytes()[8] == b'-');
    format!("{HOME}/textes/{}", after.unwrap().split('"').next().unwrap())
}

#[test]
fn a_text_is_drawn_before_it_is_published_and_asks_again_as_a_new_edition() {
    let towns = Towns::new();
    let mut desk = towns.desk(Role::Gestionnaire, at("12:00"));
    let new = format!("{HOME}/textes/nouveau?genre=rules");
    let mut form = fields(&desk.get(&new), &new);
    form.retain(|(name, _)| name != "apercu");
    set(&mut form, "titre", "Règlement");
    set(&mut form, "texte", "# Retards\nOn **prévient**. <b>x</b>");

    let head = towns.head();
    let mut tried = form.clone();
    set(&mut tried, "apercu", "oui");
    let preview = send(&mut desk, &new, &tried);
    assert_eq!((preview.status, towns.head()), (StatusCode::OK, head));
    let seen = drawn(&preview);
    assert!(seen.contains("<h2>Retards</h2>") && seen.contains("<strong>prévient</strong>"));
    assert!(
        seen.contains("&lt;b&gt;x&lt;/b&gt;") && !seen.contains("<b>x</b>"),
        "{seen}"
    );

    let mut draft = form.clone();
    set(&mut draft, "etat", "brouillon");
    assert_eq!(send(&mut desk, &new, &draft).status, StatusCode::SEE_OTHER);
    assert!(
        towns
            .browser(at("12:00"))
            .get("/ville/reglement")
            .text
            .contains("n’est pas encore publié")
    );

    let page = own_page(&mut desk);
    let mut form = fields(&desk.get(&page), &page);
    form.retain(|(name, _)| name != "apercu");
    set(&mut form, "etat", "publie");
    let older = form.clone();
    assert_eq!(send(&mut desk, &page, &form).status, StatusCode::SEE_OTHER);
    let shown = towns.browser(at("12:01")).get("/ville/reglement");
    assert!(drawn(&shown).contains("On <strong>prévient</strong>.") && shown.text.contains("Édition 1"));
    assert_eq!(send(&mut desk, &page, &older).status, StatusCode::CONFLICT);

    let mut form = fields(&desk.get(&page), &page);
    form.retain(|(name, _)| name != "apercu");
    set(&mut form, "nouvelle_edition", "oui");
    assert_eq!(send(&mut desk, &page, &form).status, StatusCode::SEE_OTHER);
    assert!(
        towns
            .browser(at("12:01"))
            .get("/ville/reglement")
            .text
            .contains("Édition 2")
    );

    let removal = format!("{page}/retirer");
    let form = fields(&desk.get(&removal), &removal);
    assert_eq!(send(&mut desk, &removal, &form).status, StatusCode::SEE_OTHER);
    assert!(
        towns
            .browser(at("12:01"))
            .get("/ville/reglement")
            .text
            .contains("n’est pas encore publié")
    );
    assert_eq!(desk.get(&page).status, StatusCode::NOT_FOUND);
}

#[test]
fn a_week_of_menus_is_written_drawn_and_taken_over() {
    let towns = Towns::new();
    let mut desk = towns.desk(Role::Gestionnaire, at("12:00"));
    let home = format!("{HOME}/menus");
    let mut form = fields(&desk.get(&home), &home);
    form.retain(|(name, _)| name != "apercu" && name != "copier");
    set(&mut form, "jour_0", "Riz ; plumes");
    let wrong = send(&mut desk, &home, &form);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("jour_0-erreur") && wrong.text.contains("plumes"));

    set(&mut form, "jour_0", "Riz au lait ; lait ; bio\nPomme");
    let mut tried = form.clone();
    set(&mut tried, "apercu", "oui");
    let head = towns.head();
    let preview = send(&mut desk, &home, &tried);
    assert_eq!((preview.status, towns.head()), (StatusCode::OK, head));
    assert!(preview.text.contains("Allergènes\u{a0}: lait"));
    assert_eq!(send(&mut desk, &home, &form).status, StatusCode::SEE_OTHER);
    assert!(
        towns
            .browser(at("12:00"))
            .get("/ville/menus")
            .text
            .contains("Riz au lait")
    );
    // Whoever had the empty week in view does not write over it.
    assert_eq!(
        send(
            &mut desk,
            &home,
            &tried
                .iter()
                .filter(|(n, _)| n != "apercu")
                .map(|(n, v)| (n.clone(), v.replace("Pomme", "Poire")))
                .collect::<Vec<_>>()
        )
        .status,
        StatusCode::CONFLICT
    );

    let next = format!("{home}?semaine=2026-11-30&site=");
    let mut form = fields(&desk.get(&next), &home);
    form.retain(|(name, _)| name != "apercu");
    set(&mut form, "copier", "oui");
    let copied = send(&mut desk, &home, &form);
    let mut form = fields(&copied, &home);
    form.retain(|(name, _)| name != "apercu" && name != "copier");
    assert!(
        form.contains(&("jour_0".into(), "Riz au lait ; lait ; bio\nPomme".into())),
        "{form:?}"
    );
    assert_eq!(send(&mut desk, &home, &form).status, StatusCode::SEE_OTHER);
    let page = towns.browser(at("12:00")).get("/ville/menus?semaine=2026-11-30");
    assert!(page.text.contains("Riz au lait"));
}
