//! After an incident: an administrator sees what came back, takes reservations back, opens a service,
//! gives a tablet up and signs, in a browser with scripts and in one without, with the keyboard alone;
//! and a checker of accessibility finds nothing.

use std::sync::Arc;

use shared::codec::{Blob, encode};
use shared::envelope::{Envelope, Scope};
use shared::ids::{BranchId, DeviceId};
use shared::operation::{Actor, Body, Channel};
use shared::time::UtcMs;
use sync_server::clock::Clock;
use sync_server::commune::Commune;
use sync_server::host::{Host, Setup};
use sync_server::{day_lists, record};
use system_tests::tablet::text;
use system_tests::town::{MONDAY, MORNING, SLUG};
use system_tests::{Browser, Server, Town};
use uuid::Uuid;

use crate::access::passes;
use crate::desk_bookings::logged_in;

const SITE: &str = "jules-ferry";
const LOST: BranchId = BranchId(Uuid::from_u128(0x1057));
const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';

/// The town's own record, while no server runs.
pub(crate) fn record_of(town: &Town) -> (Arc<Host>, Arc<Commune>) {
    let mut setup = Setup::folder(&town.data());
    if let Some(url) = town.url() {
        setup.store = url.parse().expect("the address of a store");
    }
    let clock = Clock::starting_at(UtcMs::parse(MORNING).expect("an instant"));
    let host = Host::open(setup, clock).expect("a host");
    let commune = host.commune(SLUG).expect("the town");
    (host, commune)
}

/// A tablet was at work; then the town came back from its snapshot, and the tablet's list of Monday says
/// that three children were no longer booked.
fn incident(town: &Town) {
    let mut server = town.server();
    let tablet = town.tablet("a", &server.url(), &[SITE]);
    let device: DeviceId = text(&tablet.status()["device"]).parse().expect("the tablet's id");
    server.stop();
    let file = town.place("ville.snapshot");
    let file = file.to_str().expect("a path");
    town.command(&["snapshot", SLUG, "--to", file]).done();
    town.command(&["restore", SLUG, "--from", file]).done();
    let (_host, commune) = record_of(town);
    let date = MONDAY.parse().expect("a date");
    let sites = commune.store.read(|tx| record::sites(tx)).expect("the sites");
    let (site, _) = sites
        .into_iter()
        .find(|(site, _)| site.slug.as_str() == SITE)
        .expect("the site");
    let mut list = commune
        .store
        .read(|tx| day_lists::day_list(tx, site.id, date))
        .expect("its list");
    list.rows.drain(..3);
    let scope = Scope::DayList { site: site.id, date };
    let envelope = Envelope::seal(scope, LOST, 900_000, &list, &commune.keys.signing);
    let body = Body::ReceiveEnvelopes {
        device,
        envelopes: vec![Blob(encode(&envelope))],
    };
    commune
        .submit(commune.operation(Actor::Device(device), Channel::Tablet, body))
        .expect("the list is kept");
}

fn page(server: &Server) -> String {
    format!("{}/{SLUG}/gestion/retour-apres-incident", server.url())
}

fn administrator(browser: Browser, town: &Town, server: &Server) -> Browser {
    logged_in(browser, town, &server.url(), "administrateur")
}

/// The whole of it, by hand.
fn comes_through(browser: &Browser, server: &Server) {
    browser.wait(".recovery-banner a");
    browser.click(".recovery-banner a");
    browser.wait("#propositions");
    assert!(browser.words("main").contains("pas vue depuis l’incident"));

    browser.click("#prouvees button[value=choix]");
    browser.wait("#erreurs");
    browser.click("#prouvees [name=proposition]");
    browser.click("#prouvees button[value=choix]");
    browser.wait(".notice.done");
    browser.leave("#prouvees button[value=tout]");
    browser.wait(".notice.done");
    browser.wait_words("#propositions", "Rien à reprendre");

    browser.click("#service-reservation summary");
    browser.click("#service-reservation [value=open]");
    browser.leave("#service-reservation .buttons button");
    browser.wait(".notice.done");
    browser.wait_words("#service-reservation", "Ouvert");

    browser.click(".recovery-waive");
    browser.wait("[name=raison]");
    browser.fill("[name=raison]", "Écran cassé");
    browser.click(".buttons button");
    browser.wait(".notice.done");
    browser.wait_words("#board", "On ne l’attend plus");

    browser.fill("#signature [name=note]", "Tout est vérifié.");
    browser.click("#signature .buttons button");
    browser.wait_words("main", "Tout est vérifié.");
    browser.visit(&format!("{}/{SLUG}/gestion", server.url()));
    browser.wait(".summary");
    assert!(!browser.has(".recovery-banner"), "nothing is left to say");
}

#[test]
fn an_administrator_comes_through_with_scripts_and_without() {
    for (folder, scripted) in [("with", true), ("without", false)] {
        let town = Town::new();
        incident(&town);
        let server = town.server();
        let profile = town.place(folder);
        let browser = if scripted {
            Browser::desk(&profile)
        } else {
            Browser::desk_without_scripts(&profile)
        };
        let browser = administrator(browser, &town, &server);
        comes_through(&browser, &server);
    }
}

#[test]
fn axe_finds_nothing_after_an_incident() {
    let town = Town::new();
    let server = town.server();
    let browser = administrator(Browser::desk(&town.place("quiet")), &town, &server);
    browser.visit(&page(&server));
    browser.wait(".empty");
    passes(&browser, "no incident");
    drop(browser);
    drop(server);

    let town = Town::new();
    incident(&town);
    let server = town.server();
    let browser = administrator(Browser::desk(&town.place("browser")), &town, &server);
    passes(&browser, "the first page under the banner");
    browser.visit(&page(&server));
    browser.wait("#propositions");
    passes(&browser, "what came back");
    browser.click("#service-reservation summary");
    browser.wait("#service-reservation textarea");
    passes(&browser, "the form of a service");
    browser.upright();
    passes(&browser, "what came back, held upright");
    browser.click("#prouvees button[value=choix]");
    browser.wait("#erreurs");
    passes(&browser, "nothing ticked");
    browser.click(".recovery-waive");
    browser.wait("[name=raison]");
    passes(&browser, "giving a tablet up");
    browser.visit(&format!("{}/{SLUG}/gestion/reservations", server.url()));
    browser.wait(".notice[data-kind=care]");
    passes(&browser, "reservations while they are closed");
}

/// Presses Tab until something is reached.
#[track_caller]
fn tab_to(browser: &Browser, selector: &str) {
    for _ in 0..120 {
        browser.press(TAB);
        let here = browser.read(
            "return !!document.activeElement && document.activeElement.matches(arguments[0])",
            &[selector.into()],
        );
        if here.as_bool() == Some(true) {
            return;
        }
    }
    panic!("{selector} is never reached");
}

#[test]
fn all_is_taken_back_with_the_keyboard_alone() {
    let town = Town::new();
    incident(&town);
    let server = town.server();
    let browser = administrator(Browser::desk(&town.place("browser")), &town, &server);
    browser.visit(&page(&server));
    browser.wait("#propositions");
    tab_to(&browser, "#prouvees [name=proposition]");
    browser.press(' ');
    tab_to(&browser, "#prouvees button[value=tout]");
    browser.press(ENTER);
    browser.wait(".notice.done");
    browser.wait_words("#propositions", "Rien à reprendre");
}
