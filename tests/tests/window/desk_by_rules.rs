//! Booking by rules at the desk: an agent books for a family beyond a rule, by name, with the keyboard alone; the family's
//! letter and history say who did it. A checker of accessibility finds nothing, and nothing is cut on a narrow screen.

use serde_json::json;
use shared::ids::{ActivityId, HouseholdId};
use system_tests::smtp_sink::SmtpSink;
use system_tests::tablet::text;
use system_tests::town::{MONDAY, MORNING, SLUG};
use system_tests::{Browser, Server, Town};

use crate::access::passes;
use crate::desk_bookings::{logged_in, set};
use crate::desk_recovery::record_of;
use crate::portal::{ENTER, family_of, page, reach, too_wide};

const SPACE: char = ' ';
/// What a rule refuses and whoever is at the desk may book all the same.
const REFUSED: &str = "td[data-state=none] input[name=ajouter]";
const BOOKABLE: &str = "td[data-state=bookable] input[name=ajouter]";
const SEND: &str = "main form .buttons button[value]";
const RECAP: &str = ".booking-recap";
const REASON: &str = "Hospitalisation de la mère";
/// As many families may log in.
const FAMILIES: usize = 20;

/// The household of a family that may log in.
fn household(town: &Town, nth: usize) -> HouseholdId {
    let (_host, commune) = record_of(town);
    let login = text(&town.demo()["families"][nth]["guardians"][0]["email"]).to_owned();
    let sql = "select household from guardian where login = ?1";
    let row = commune.store.read(|tx| tx.first(sql, &[login.as_str().into()]));
    HouseholdId(row.expect("a store").expect("a guardian").uuid(0).expect("an id"))
}

fn canteen(town: &Town) -> ActivityId {
    let (_host, commune) = record_of(town);
    let sql = "select id from activity where slug = 'cantine'";
    let row = commune.store.read(|tx| tx.first(sql, &[]));
    ActivityId(row.expect("a store").expect("a canteen").uuid(0).expect("an id"))
}

fn grid(server: &Server, of: HouseholdId) -> String {
    page(
        server,
        &format!("/gestion/familles/{of}/reservations?date={MONDAY}"),
    )
}

/// A family of which a rule refuses something this week that may be booked beyond it; its grid is shown.
fn refused(browser: &Browser, town: &Town, server: &Server) -> (usize, HouseholdId) {
    (0..FAMILIES)
        .map(|nth| (nth, household(town, nth)))
        .find(|(_, home)| {
            browser.visit(&grid(server, *home));
            browser.wait("main h1");
            browser.has(REFUSED)
        })
        .expect("a family of which a rule refuses something")
}

/// Goes to something by the tabulator, presses a key and waits for what it leads to.
fn press(browser: &Browser, on: &str, key: char, then: &str) {
    browser.wait(on);
    reach(browser, on);
    browser.press(key);
    browser.wait(then);
}

#[test]
fn with_the_keyboard_alone_an_agent_books_beyond_a_rule_and_the_family_is_told_by_whom() {
    let town = Town::new();
    let mut sink = SmtpSink::start();
    let server = town.mailing_server(&sink, MORNING);
    let desk = logged_in(
        Browser::desk(&town.place("desk")),
        &town,
        &server.url(),
        "gestionnaire",
    );
    let (nth, _) = refused(&desk, &town, &server);
    press(
        &desk,
        ".booking-by a[href*='par=accueil']",
        ENTER,
        ".booking-by a[href*='par=accueil'][aria-current]",
    );
    press(&desk, REFUSED, SPACE, REFUSED);
    let ticked = desk.read(
        "const tick = document.querySelector(arguments[0]);
        return [tick.checked, tick.closest('label').querySelector('.unseen').textContent]",
        &[REFUSED.into()],
    );
    assert_eq!(ticked[0], json!(true));
    let what = text(&ticked[1]).to_owned();
    press(&desk, SEND, ENTER, "[name=outrepasser]");
    assert!(desk.words("main").contains("Demande reçue à l’accueil."));
    press(&desk, "[name=outrepasser]", SPACE, "[name=raison]");
    // Without a reason nothing is done, and what was ticked stays ticked.
    press(&desk, SEND, ENTER, "#raison-erreur");
    assert!(desk.has("[name=outrepasser]:checked"));
    reach(&desk, "[name=raison]");
    REASON.chars().for_each(|key| desk.press(key));
    press(&desk, SEND, ENTER, RECAP);
    let recap = desk.words("main");
    let agent = desk.words(".booking-named");
    assert!(
        agent.starts_with("Règle outrepassée par ") && agent.ends_with(REASON),
        "{agent}"
    );
    let date = what.rsplit(", ").next().expect("a date");
    assert!(
        recap.contains(date) && recap.contains("Ajouté"),
        "{what}: {recap}"
    );
    let address = desk.read("return location.href", &[]);
    desk.reload();
    desk.wait(RECAP);
    assert_eq!(desk.read("return location.href", &[]), address);
    press(&desk, ".buttons a[data-kind=primary]", ENTER, ".booking-grid");
    assert!(desk.has(".booking-by a[href*='par=accueil'][aria-current]"));
    assert!(!desk.has(&format!("{REFUSED}:checked")));

    let mail = sink.letter(|mail| mail.subject().contains("Récapitulatif"));
    let said = mail.text.replace('\u{a0}', " ");
    for wanted in [
        "Voici ce que votre mairie a enregistré pour vous",
        "Ajouté",
        "exception",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    assert!(!said.contains("Hospitalisation"), "{said}");
    let telephone = Browser::phone(&town.place("telephone"), true);
    family_of(&telephone, &town, &server, nth);
    telephone.visit(&page(&server, "/compte/historique?genre=reservations"));
    telephone.wait("main h1");
    let history = telephone.words("main");
    assert!(
        history.contains("Réservation pour") && history.contains("mairie"),
        "{history}"
    );
    assert!(!history.contains("Hospitalisation"), "{history}");
    telephone.visit(&format!("{}{}", server.url(), mail.path()));
    telephone.wait("main h1");
    let family = telephone.words("main");
    assert!(
        family.contains("Enregistré par l’accueil") && !family.contains("Hospitalisation"),
        "{family}"
    );
    assert_eq!(too_wide(&telephone), json!([]));
}

/// What a checker of accessibility says of a page, lying and upright, and whether something of it is cut.
fn looked_at(wide: &Browser, narrow: &Browser, address: &str, name: &str) {
    for browser in [wide, narrow] {
        browser.visit(address);
        browser.wait("main h1");
        passes(browser, name);
    }
    assert_eq!(too_wide(narrow), json!([]), "{name} at 390 px");
}

#[test]
fn axe_finds_nothing_where_the_desk_books_by_rules() {
    let town = Town::new();
    let server = town.server();
    let url = server.url();
    let wide = logged_in(Browser::desk(&town.place("wide")), &town, &url, "gestionnaire");
    let narrow = logged_in(
        Browser::phone(&town.place("narrow"), true),
        &town,
        &url,
        "gestionnaire",
    );
    let (_, home) = refused(&wide, &town, &server);
    let gestion = format!("{url}/{SLUG}/gestion");
    let of = format!("{gestion}/familles/{home}");
    let canteen = canteen(&town);
    for (address, name) in [
        (grid(&server, home), "a family's week"),
        (
            format!("{of}/reservations?vue=mois&date={MONDAY}&par=accueil"),
            "a family's month",
        ),
        (format!("{of}/regles"), "what rules ask about a family"),
        (format!("{gestion}/demandes-reservations"), "requests"),
        (
            format!("{gestion}/demandes-reservations?sorte=attente"),
            "waiting lists",
        ),
        (
            format!("{gestion}/occupation?date={MONDAY}"),
            "a week's occupancy",
        ),
        (
            format!("{gestion}/occupation?vue=mois&date={MONDAY}"),
            "a month's occupancy",
        ),
        (format!("{gestion}/sans-reservation"), "who has not booked what"),
        (
            format!("{gestion}/sans-reservation?activite={canteen}&du={MONDAY}&au=2026-11-27"),
            "who has not booked",
        ),
    ] {
        looked_at(&wide, &narrow, &address, name);
    }
    for browser in [&wide, &narrow] {
        browser.visit(&grid(&server, home));
        browser.wait(REFUSED);
        browser.click(REFUSED);
        browser.click(BOOKABLE);
        browser.click(SEND);
        browser.wait("[name=outrepasser]");
        passes(browser, "what rules make of it");
    }
    assert_eq!(too_wide(&narrow), json!([]), "the preview at 390 px");
    wide.click(SEND);
    wide.wait(RECAP);
    passes(&wide, "a recap with something refused");
    let recap = wide.read("return location.href", &[]);
    looked_at(&wide, &narrow, text(&recap), "a recap");

    wide.visit(&format!("{gestion}/reservations"));
    let class = wide.attribute(".class-list li a", "href").expect("a class");
    wide.visit(&format!("{url}{class}?vue=periode"));
    wide.wait("[name=du]");
    set(&wide, "du", MONDAY);
    set(&wide, "au", "2026-11-27");
    wide.click("select[name=quoi] option[value='cantine/repas']");
    wide.click(".buttons button");
    wide.wait(".plan-rules");
    passes(&wide, "a class beyond the rules");
}
