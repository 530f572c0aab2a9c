//! A parent, on a telephone: from the letter with codes to a password, home, the history, and out for good; and back
//! because the town hall restores it. With scripts and without, by keyboard alone, enlarged, on paper, and under a
//! checker of accessibility.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};
use shared::ids::GuardianId;
use system_tests::smtp_sink::SmtpSink;
use system_tests::tablet::text;
use system_tests::town::{MORNING, SLUG};
use system_tests::{Browser, Server, Town};

use crate::access::passes;
use crate::desk_bookings::{logged_in, pages, printed};
use crate::desk_recovery::record_of;

const PASSWORD: &str = "un préau sous la pluie";
const ADDRESS: &str = "parent@famille.example";
const TAB: char = '\u{E004}';
pub(crate) const ENTER: char = '\u{E007}';

/// Somebody of the town who has no login, in a household where nobody has one.
struct Parent {
    id: GuardianId,
    first_name: String,
}

fn parent(town: &Town) -> Parent {
    let (_host, commune) = record_of(town);
    let sql = "select g.id, g.first_name from guardian g
        join child_household h on h.household = g.household
        where g.household not in (select household from guardian where login is not null)
        order by g.id";
    let row = commune.store.read(|tx| tx.first(sql, &[])).expect("a store");
    let row = row.expect("a household without a login");
    Parent {
        id: GuardianId(row.uuid(0).expect("an id")),
        first_name: row.text(1).expect("a name"),
    }
}

/// The town hall prints a letter for that household: the codes of its first line.
fn letter(desk: &Browser, server: &Server, parent: &Parent) -> [String; 2] {
    desk.visit(&page(
        server,
        &format!("/gestion/comptes/codes?qui={}", parent.id),
    ));
    desk.wait("main form [name=jours]");
    let printed = desk.read_later(
        "const done = arguments[arguments.length - 1];
        const form = document.querySelector('main form');
        fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))})
            .then(answer => answer.text())
            .then(text => {
                const letter = new DOMParser().parseFromString(text, 'text/html');
                done([...letter.querySelectorAll('td.code')].map(cell => cell.textContent.trim()));
            }, cause => done([String(cause)]))",
    );
    let code = |nth: usize| text(&printed[nth]).to_owned();
    [code(0), code(1)]
}

/// A server that mails its letters to a sink.
fn mailing(town: &Town, sink: &SmtpSink) -> Server {
    let options = sink.options();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    Server::start_with(town.options(), town.place("data.log"), MORNING, &options, &[])
}

pub(crate) fn page(server: &Server, path: &str) -> String {
    format!("{}/{SLUG}{path}", server.url())
}

fn send(browser: &Browser) {
    browser.leave("main form .buttons button");
}

/// Codes, a mail, a password: in.
fn get_in(browser: &Browser, server: &Server, sink: &mut SmtpSink, parent: &Parent, codes: &[String; 2]) {
    browser.visit(&page(server, "/connexion"));
    browser.click("main a[href$='/codes']");
    browser.wait("[name=enfant]");
    browser.fill("[name=enfant]", &codes[0]);
    browser.fill("[name=payeur]", &codes[1]);
    send(browser);
    let mine = format!("[name=responsable][value='{}']", parent.id);
    browser.wait(&mine);
    browser.click(&mine);
    browser.fill("[name=adresse]", ADDRESS);
    send(browser);
    browser.wait_words("main", "message");
    let mail = sink.letter_to(ADDRESS);
    assert!(mail.text.contains(&parent.first_name), "{}", mail.text);
    assert!(
        !mail.html.contains("<script") && !mail.html.contains("http-equiv"),
        "{}",
        mail.html
    );
    browser.visit(&format!("{}{}", server.url(), mail.path()));
    browser.wait("[name=mot_de_passe]");
    assert_eq!(
        browser.attribute("[name=identifiant]", "value").as_deref(),
        Some(ADDRESS)
    );
    browser.fill("[name=mot_de_passe]", PASSWORD);
    browser.fill("[name=encore]", PASSWORD);
    send(browser);
    browser.wait(".portal-who .name");
}

fn log_in(browser: &Browser, server: &Server) {
    browser.visit(&page(server, "/connexion"));
    browser.fill("[name=identifiant]", ADDRESS);
    browser.fill("[name=mot_de_passe]", PASSWORD);
    send(browser);
}

#[test]
fn a_parent_gets_in_by_paper_looks_around_leaves_for_good_and_is_restored() {
    for scripted in [true, false] {
        let town = Town::new();
        let parent = parent(&town);
        let mut sink = SmtpSink::start();
        let server = mailing(&town, &sink);
        let opened = |name: &str| Browser::desk(&town.place(name));
        let desk = logged_in(opened("desk"), &town, &server.url(), "administrateur");
        let codes = letter(&desk, &server, &parent);
        let telephone = Browser::phone(&town.place("telephone"), scripted);
        get_in(&telephone, &server, &mut sink, &parent, &codes);
        assert!(telephone.words(".portal-who").contains(&parent.first_name));
        telephone.wait("main h1");

        let closures = "main [name=courriel][value=closure]";
        telephone.visit(&page(&server, "/compte/notifications"));
        telephone.wait(closures);
        telephone.click(closures);
        send(&telephone);
        telephone.wait(".notice.done");
        assert!(
            telephone.attribute(closures, "checked").is_none(),
            "off stays off"
        );

        telephone.visit(&page(&server, "/compte/historique"));
        telephone.wait_words("main", "web");
        let history = telephone.words("main");
        assert!(!history.contains("administrateur"), "{history}");

        telephone.visit(&page(&server, "/compte/supprimer"));
        telephone.fill("[name=mot]", "SUPPRIMER");
        send(&telephone);
        telephone.wait_words("main", "supprimé");
        log_in(&telephone, &server);
        telephone.wait_words("main", "ne vont pas ensemble");

        desk.visit(&page(&server, &format!("/gestion/comptes/{}", parent.id)));
        desk.click("form[action$='/restaurer'] button");
        desk.wait(".notice.done");
        log_in(&telephone, &server);
        telephone.wait(".portal-who .name");
    }
}

/// Pages that anybody may read, and those of whoever is in.
const OPEN: [&str; 10] = [
    "/",
    "/connexion",
    "/codes",
    "/mot-de-passe",
    "/actualites",
    "/menus",
    "/tarifs",
    "/reglement",
    "/accessibilite",
    "/aide",
];
const WITHIN: [&str; 13] = [
    "/",
    "/fil",
    "/reservations",
    "/factures",
    "/demandes/nouvelle",
    "/dossier",
    "/compte",
    "/compte/contact",
    "/compte/mot-de-passe",
    "/compte/double-authentification",
    "/compte/sessions",
    "/compte/historique",
    "/compte/supprimer",
];

/// The first family of `demo.json` logs in.
pub(crate) fn family(browser: &Browser, town: &Town, server: &Server) {
    family_of(browser, town, server, 0);
}

/// One of them logs in.
pub(crate) fn family_of(browser: &Browser, town: &Town, server: &Server, nth: usize) {
    let guardian = &town.demo()["families"][nth]["guardians"][0];
    browser.visit(&page(server, "/connexion"));
    browser.fill("[name=identifiant]", text(&guardian["email"]));
    browser.fill("[name=mot_de_passe]", text(&guardian["password"]));
    send(browser);
    browser.wait(".portal-who .name");
}

/// What is wider than the window, with how wide it is: whoever enlarges a page scrolls one way only.
pub(crate) fn too_wide(browser: &Browser) -> Value {
    browser.read(
        "const wide = document.scrollingElement.clientWidth;
        return [...document.querySelectorAll('body *')]
            .filter(one => one.getBoundingClientRect().right > wide + 1 && getComputedStyle(one).overflowX === 'visible'
                && !one.closest('.skip, .sr-only, svg, [class*=scroll], [class*=table]'))
            .map(one => one.tagName + '.' + one.className).slice(0, 5);",
        &[],
    )
}

#[test]
fn axe_finds_nothing_and_nothing_is_cut_at_a_telephones_width_or_twice_the_size() {
    let town = Town::new();
    let server = town.server();
    let telephone = Browser::phone(&town.place("telephone"), true);
    for path in OPEN {
        look(&telephone, &server, path);
    }
    family(&telephone, &town, &server);
    for path in WITHIN {
        look(&telephone, &server, path);
    }
}

fn look(browser: &Browser, server: &Server, path: &str) {
    browser.visit(&page(server, path));
    browser.wait("main h1");
    passes(browser, path);
    assert_eq!(too_wide(browser), json!([]), "{path} at 390 px");
    browser.read("document.documentElement.style.fontSize = '200%'", &[]);
    assert_eq!(too_wide(browser), json!([]), "{path} with letters twice as large");
}

#[test]
fn what_is_printed_is_the_page_and_nothing_around_it() {
    let town = Town::new();
    let server = town.server();
    let browser = Browser::desk(&town.place("paper"));
    family(&browser, &town, &server);
    for (path, said) in [
        ("/menus", "Menus"),
        ("/reservations", "Mes réservations"),
        ("/compte/historique", "Historique"),
    ] {
        browser.visit(&page(&server, path));
        browser.wait("main h1");
        let paper = pages(&printed(&browser, &server.url(), &town.place("printed"))).concat();
        assert!(paper.contains(said), "{path}: {paper}");
        assert!(
            !paper.contains("Se déconnecter") && !paper.contains("Mentions légales"),
            "{path}: {paper}"
        );
    }
}

#[test]
fn with_the_keyboard_alone_a_parent_logs_in_and_out() {
    let town = Town::new();
    let server = town.server();
    let browser = Browser::desk(&town.place("keyboard"));
    browser.visit(&page(&server, "/connexion"));
    let guardian = &town.demo()["families"][0]["guardians"][0];
    reach(&browser, "[name=identifiant]");
    type_in(&browser, text(&guardian["email"]));
    reach(&browser, "[name=mot_de_passe]");
    type_in(&browser, text(&guardian["password"]));
    browser.press(ENTER);
    browser.wait(".portal-who .name");
    browser.press(TAB);
    let first = browser.read("return document.activeElement.className", &[]);
    assert_eq!(first, json!("skip"), "the first stop leads past the tabs");
    reach(&browser, "form.portal-who button");
    browser.press(ENTER);
    browser.wait("a[href$='/connexion']");
}

/// Goes on by the tabulator until something has the focus, and the focus can be seen.
pub(crate) fn reach(browser: &Browser, selector: &str) {
    let at = "return document.activeElement?.matches(arguments[0]) ?? false";
    for _ in 0..300 {
        if browser.read(at, &[selector.into()]) == json!(true) {
            let seen = "const style = getComputedStyle(document.activeElement);
                return style.outlineStyle !== 'none' || style.boxShadow !== 'none'";
            assert_eq!(
                browser.read(seen, &[]),
                json!(true),
                "the focus on {selector} can be seen"
            );
            return;
        }
        browser.press(TAB);
    }
    panic!("no tabulator leads to {selector}");
}

fn type_in(browser: &Browser, text: &str) {
    text.chars().for_each(|key| browser.press(key));
}

/// What a server answers to a browser that has nothing kept: every byte of it, head included, and its body as text.
fn fetch(server: &Server, path: &str) -> (usize, String) {
    let mut line = TcpStream::connect(server.address()).expect("a server that listens");
    let host = server.address();
    write!(
        line,
        "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
    )
    .expect("a request");
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).expect("an answer");
    let text = String::from_utf8_lossy(&answer).into_owned();
    assert!(text.starts_with("HTTP/1.1 200 "), "{path}: {text}");
    (answer.len(), text)
}

/// The bytes and requests of a first visit: the page, and each file that it names.
fn first_visit(server: &Server, path: &str) -> (usize, usize) {
    let (mut bytes, html) = fetch(server, path);
    let mut requests = 1;
    let named = ["<link", "<script", "<img"];
    let tags = html
        .split_inclusive('>')
        .filter_map(|text| text.rfind('<').map(|at| &text[at..]));
    for tag in tags.filter(|tag| named.iter().any(|name| tag.starts_with(name))) {
        let address = ["href=\"", "src=\""]
            .iter()
            .find_map(|name| tag.split(name).nth(1));
        let address = address
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default();
        bytes += fetch(server, &address.replace("&amp;", "&")).0;
        requests += 1;
    }
    (bytes, requests)
}

#[test]
fn a_first_visit_is_light_and_whole_without_any_script() {
    let town = Town::new();
    let server = town.server();
    for path in ["/", "/connexion", "/menus", "/aide"] {
        let (bytes, requests) = first_visit(&server, &format!("/{SLUG}{path}"));
        assert!(
            bytes < 60_000 && requests <= 8,
            "{path}: {bytes} bytes in {requests} requests"
        );
    }
    let bare = Browser::phone(&town.place("bare"), false);
    bare.visit(&page(&server, "/"));
    assert!(bare.words("main").len() > 20, "{}", bare.words("main"));
}
