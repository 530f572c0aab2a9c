//! Rules of booking at the desk: a draft is made, written, tried out and put into force with the keyboard alone, and a
//! checker of accessibility finds nothing on any page of it.

use system_tests::town::SLUG;
use system_tests::{Browser, Server, Town};

use crate::access::passes;
use crate::desk_bookings::{child, logged_in, set};

const ENTER: char = '\u{e007}';

fn pages(server: &Server) -> String {
    format!("{}/{SLUG}/gestion/regles", server.url())
}

/// Moves the focus to what a selector names, and presses Enter.
fn enter(browser: &Browser, selector: &str) {
    browser.wait(selector);
    let focus = format!("document.querySelector({selector:?}).focus(); return null");
    browser.read(&focus, &[]);
    browser.press(ENTER);
}

#[test]
fn axe_finds_nothing_and_rules_go_live_with_the_keyboard() {
    let town = Town::new();
    let server = town.server();
    let browser = logged_in(
        Browser::desk(&town.place("browser")),
        &town,
        &server.url(),
        "gestionnaire",
    );
    let at = pages(&server);
    browser.visit(&at);
    browser.wait(".rules-list");
    passes(&browser, "the list of rules");

    enter(&browser, ".rules-models a[href$=\"modele=vendredi-12h\"]");
    browser.wait("[name=nom]");
    passes(&browser, "new rules");
    enter(&browser, ".form .buttons button");
    browser.wait("#erreurs");
    passes(&browser, "rules about nothing");
    browser.click("[name=activites]");
    set(&browser, "du", "2027-01-04");
    enter(&browser, ".form .buttons button");
    browser.wait(".rules-table");
    passes(&browser, "a draft");
    let draft = browser.read("return location.origin + location.pathname", &[]);
    let draft = draft.as_str().expect("an address").to_owned();

    enter(&browser, "#tarifs a[href$=\"tarifs/nouvelle\"]");
    browser.wait("[name=prix]");
    browser.fill("[name=prix]", "trois");
    enter(&browser, ".form .buttons button");
    browser.wait("#prix-erreur");
    passes(&browser, "a price that is none");
    browser.fill("[name=prix]", "3,60");
    enter(&browser, ".form .buttons button");
    browser.wait(".rules-table");
    assert!(
        browser.words("#tarifs").contains("3,60"),
        "the price is read back"
    );

    enter(&browser, "#ajout a[href$=\"ajout/0\"]");
    browser.wait("#etapes");
    enter(&browser, "#etapes button[value=etape]");
    browser.wait(".rules-stage");
    passes(&browser, "a deadline with what comes after it");
    browser.upright();
    passes(&browser, "a deadline, held upright");
    browser.visit(&draft);
    enter(&browser, "form[action$=\"/en-vigueur\"] button");
    browser.wait_words(".notice.done", "En vigueur.");
    passes(&browser, "rules that went live");
}

#[test]
fn axe_finds_nothing_where_rules_are_tried_out() {
    let town = Town::new();
    let server = town.server();
    let browser = logged_in(
        Browser::desk(&town.place("browser")),
        &town,
        &server.url(),
        "administrateur",
    );
    let at = pages(&server);
    browser.visit(&at);
    browser.click(".rules-list a");
    browser.wait(".rules-table");
    passes(&browser, "live rules");
    let here = browser.read("return location.pathname", &[]);
    let here = here.as_str().expect("a path").to_owned();
    let of = |page: &str| format!("{}{here}{page}", server.url());
    browser.visit(&of("/essai"));
    browser.wait(".filters");
    passes(&browser, "nobody is asked for");
    let (id, _) = child(&town);
    browser.visit(&of(&format!("/essai?enfant={id}")));
    browser.wait("#reponse");
    passes(&browser, "an answer and a month");
    browser.upright();
    passes(&browser, "an answer, held upright");
    browser.visit(&of("/rejouer"));
    browser.wait(".rules-tally");
    passes(&browser, "last year again");
    browser.visit(&of("/version"));
    browser.wait("[name=du]");
    passes(&browser, "a new version");
    browser.visit(&format!("{at}/reglages"));
    browser.wait("[name=minutes]");
    passes(&browser, "how families book");
}
