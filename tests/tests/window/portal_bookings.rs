//! A parent books on a telephone: every Tuesday of a school year in a few taps, with scripts and without, and takes one
//! day back; a tablet's list follows each time. A checker of accessibility finds nothing, and all of it can be done
//! with the keyboard alone.

use serde_json::{Value, json};
use system_tests::tablet::text;
use system_tests::town::SLUG;
use system_tests::{Browser, Server, Tablet, Town};

use crate::access::passes;
use crate::desk_recovery::record_of;
use crate::portal::{ENTER, family, family_of, page, reach, too_wide};

/// What is booked: nothing excludes it, and not every child has it.
const ACTIVITY: &str = "garderie-matin";
/// A Tuesday that lists reach and no deadline does.
const TUESDAY: &str = "2026-12-08";
/// The one after it.
const NEXT_TUESDAY: &str = "2026-12-15";
const SPACE: char = ' ';
/// Taps from home to the recap.
const MOST_TAPS: usize = 7;

const PERIOD: &str = "main a[href*='/reservations/periode']";
const YEAR: &str = "button[name=sur][value=annee]";
const SEND: &str = ".period-send button";
const VALIDATE: &str = "form[action$='/panier/valider'] button";
const RECAP: &str = ".recap-part";

/// A child of a family of which nothing is booked in the morning on two Tuesdays, and the site it goes to.
struct Child {
    family: usize,
    id: String,
    first_name: String,
    site: String,
}

/// The first of the families that may log in.
fn child(town: &Town) -> Child {
    let (_host, commune) = record_of(town);
    let booked = |id: &str| {
        let sql = "select r.id from reservation r join activity a on a.id = r.activity
            where r.child = ?1 and a.slug = ?2 and r.date in (?3, ?4) and r.cancelled_at is null";
        let id: uuid::Uuid = id.parse().expect("an id");
        let params = [
            shared::ids::ChildId(id).into(),
            ACTIVITY.into(),
            TUESDAY.into(),
            NEXT_TUESDAY.into(),
        ];
        let row = commune.store.read(|tx| tx.first(sql, &params)).expect("a store");
        row.is_some()
    };
    let demo = town.demo();
    let families = demo["families"].as_array().expect("families");
    for (nth, family) in families.iter().enumerate() {
        for child in family["children"].as_array().expect("children") {
            if child["site"].is_string() && !booked(text(&child["id"])) {
                return Child {
                    family: nth,
                    id: text(&child["id"]).to_owned(),
                    first_name: text(&child["first_name"]).to_owned(),
                    site: text(&child["site"]).to_owned(),
                };
            }
        }
    }
    panic!("a child that does not come on Tuesday mornings");
}

/// Whether a tablet expects a child on a morning.
fn expected(tablet: &Tablet, date: &str, child: &Child) -> bool {
    tablet.list(date).iter().any(|row| {
        row["child"] == json!(child.id) && row["activity"] == json!(ACTIVITY) && row["booked"] == json!(true)
    })
}

/// Taps, counted.
struct Hand<'a> {
    browser: &'a Browser,
    taps: usize,
}

impl Hand<'_> {
    /// Taps on something, and waits for what it leads to.
    fn tap(&mut self, on: &str, then: &str) {
        self.browser.wait(on);
        self.browser.click(on);
        self.taps += 1;
        self.browser.wait(then);
    }
}

fn ticked(name: &str, value: &str) -> String {
    format!("[name={name}][value='{value}']")
}

/// From home to the recap: whoever begins at one child's panel has no other child's box to clear.
fn books_the_year(browser: &Browser, server: &Server, child: &Child, children: usize) -> usize {
    browser.visit(&page(server, "/"));
    let mut hand = Hand { browser, taps: 0 };
    let panel = format!(".home-child a[data-kind=primary][href$='enfant={}']", child.id);
    hand.tap(&panel, PERIOD);
    hand.tap(PERIOD, YEAR);
    let boxes = browser.read(
        "return [...document.querySelectorAll('[name=enfant][type=checkbox]')].map(one => [one.value, one.checked])",
        &[],
    );
    let boxes = boxes.as_array().expect("boxes").clone();
    assert_eq!(boxes.len(), if children > 1 { children } else { 0 });
    for child_box in &boxes {
        let is_meant = child_box[0] == json!(child.id);
        assert_eq!(child_box[1], json!(is_meant), "{boxes:?}");
    }
    hand.tap(&ticked("activite", ACTIVITY), YEAR);
    hand.tap(&ticked("jour", "1"), YEAR);
    hand.tap(YEAR, SEND);
    let preview = browser.words("main");
    for said in ["Vacances de Noël", "19 décembre – 3 janvier", &child.first_name] {
        assert!(preview.contains(said), "{said}: {preview}");
    }
    hand.tap(SEND, VALIDATE);
    hand.tap(VALIDATE, RECAP);
    hand.taps
}

/// Takes a day back by its page, through the cart.
fn cancels(browser: &Browser, server: &Server, child: &Child) {
    browser.visit(&page(
        server,
        &format!("/reservations?du={TUESDAY}&enfant={}", child.id),
    ));
    let cell = format!("a[href*='/reservations/{TUESDAY}/{ACTIVITY}/{}']", child.id);
    browser.wait(&cell);
    browser.click(&cell);
    let cancel = "form:has([name=sorte][value=annulation]) button";
    browser.wait(cancel);
    browser.leave(cancel);
    browser.visit(&page(server, "/panier"));
    browser.wait(VALIDATE);
    browser.click(VALIDATE);
    browser.wait(RECAP);
    let recap = browser.words("main");
    assert!(recap.contains("8 décembre"), "{recap}");
}

#[test]
fn a_parent_books_every_tuesday_in_seven_taps_and_the_tablets_list_follows() {
    for scripted in [true, false] {
        let town = Town::new();
        let server = town.server();
        let child = child(&town);
        let tablet = town.tablet("tablet", &server.url(), &[&child.site]);
        let children = town.demo()["families"][child.family]["children"]
            .as_array()
            .expect("children")
            .len();
        let telephone = Browser::phone(&town.place("telephone"), scripted);
        family_of(&telephone, &town, &server, child.family);
        let taps = books_the_year(&telephone, &server, &child, children);
        assert!(taps <= MOST_TAPS, "{taps} taps");
        let recap = telephone.words("main");
        for said in [child.first_name.as_str(), "8 décembre", "29 juin"] {
            assert!(recap.contains(said), "{said}: {recap}");
        }
        assert!(
            !recap.contains("22 décembre"),
            "nobody comes in the holidays: {recap}"
        );
        let address = telephone.read("return location.href", &[]);
        telephone.reload();
        telephone.wait(RECAP);
        assert_eq!(telephone.read("return location.href", &[]), address);

        tablet.sync();
        assert!(expected(&tablet, TUESDAY, &child) && expected(&tablet, NEXT_TUESDAY, &child));

        cancels(&telephone, &server, &child);
        tablet.sync();
        assert!(
            !expected(&tablet, TUESDAY, &child),
            "{} at {} is expected no longer",
            child.first_name,
            child.site
        );
        assert!(expected(&tablet, NEXT_TUESDAY, &child));
    }
}

/// The pages by which families book; what stands for the child is filled in.
const PAGES: [&str; 8] = [
    "/reservations",
    "/reservations?vue=mois&enfant=ENFANT",
    "/reservations/2026-12-08/garderie-matin/ENFANT",
    "/reservations/periode?enfant=ENFANT",
    "/reservations/periode/semaine?enfant=ENFANT",
    "/reservations/periode/copie?enfant=ENFANT",
    "/reservations/periode/apercu?enfant=ENFANT&activite=garderie-matin&jour=0&jour=1&sur=periode",
    "/reservations/demandes",
];

#[test]
fn axe_finds_nothing_where_families_book_and_nothing_is_cut_on_a_telephone() {
    let town = Town::new();
    let server = town.server();
    let telephone = Browser::phone(&town.place("telephone"), true);
    let Child {
        family, id: child, ..
    } = child(&town);
    family_of(&telephone, &town, &server, family);
    for path in PAGES {
        let path = path.replace("ENFANT", &child);
        looked_at(&telephone, &server, &path);
    }
    // With something in the cart, and what came of it.
    telephone.visit(&page(&server, &PAGES[6].replace("ENFANT", &child)));
    telephone.wait(SEND);
    telephone.click(SEND);
    telephone.wait(VALIDATE);
    passes(&telephone, "the cart");
    assert_eq!(too_wide(&telephone), json!([]), "the cart");
    telephone.click(VALIDATE);
    telephone.wait(RECAP);
    passes(&telephone, "the recap");
    assert_eq!(too_wide(&telephone), json!([]), "the recap");
}

fn looked_at(browser: &Browser, server: &Server, path: &str) {
    browser.visit(&page(server, path));
    browser.wait("main h1");
    passes(browser, path);
    assert_eq!(too_wide(browser), json!([]), "{path} at 390 px");
}

#[test]
fn with_the_keyboard_alone_a_parent_books_a_period() {
    let town = Town::new();
    let server = town.server();
    let browser = Browser::desk(&town.place("keyboard"));
    family(&browser, &town, &server);
    browser.visit(&format!("{}/{SLUG}/reservations", server.url()));
    browser.wait("main h1");
    press(&browser, PERIOD, ENTER, YEAR);
    press(&browser, &ticked("activite", ACTIVITY), SPACE, YEAR);
    press(&browser, &ticked("jour", "3"), SPACE, YEAR);
    assert_eq!(
        browser.read(
            "return document.querySelector('[name=jour][value=\"3\"]').checked",
            &[]
        ),
        Value::Bool(true)
    );
    press(&browser, "button[name=sur][value=periode]", ENTER, SEND);
    press(&browser, SEND, ENTER, VALIDATE);
    press(&browser, VALIDATE, ENTER, RECAP);
}

/// Goes to something by the tabulator, presses a key and waits for what it leads to.
fn press(browser: &Browser, on: &str, key: char, then: &str) {
    browser.wait(on);
    reach(browser, on);
    browser.press(key);
    browser.wait(then);
}
