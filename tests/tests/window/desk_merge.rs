//! A lost store was found: an administrator reads it, merges it and settles both ways, in a browser with
//! scripts and in one without; and a checker of accessibility finds nothing.

use std::sync::Arc;

use shared::operation::{Actor, Body, Channel};
use shared::time::UtcMs;
use sync_server::clock::Clock;
use sync_server::commune::Commune;
use sync_server::host::{Host, Setup};
use sync_server::record;
use system_tests::town::{MORNING, SLUG};
use system_tests::{Browser, Server, Town};

use crate::access::passes;
use crate::desk_bookings::logged_in;

/// The town's own record, while no server runs.
fn record_of(town: &Town) -> (Arc<Host>, Arc<Commune>) {
    let mut setup = Setup::folder(&town.data());
    if let Some(url) = town.url() {
        setup.store = url.parse().expect("the address of a store");
    }
    let clock = Clock::starting_at(UtcMs::parse(MORNING).expect("an instant"));
    let host = Host::open(setup, clock).expect("a host");
    let commune = host.commune(SLUG).expect("the town");
    (host, commune)
}

/// Every site gets a telephone that begins so.
fn phones(town: &Town, beginning: &str) {
    let (_host, commune) = record_of(town);
    let agents = commune.store.read(|tx| record::agents(tx)).expect("the agents");
    let agent = agents.first().expect("an agent").0.id;
    let sites = commune.store.read(|tx| record::sites(tx)).expect("the sites");
    for (n, (mut site, version)) in sites.into_iter().enumerate() {
        site.phone = Some(format!("{beginning} {n:02}"));
        let body = Body::PutSite { site };
        let mut operation = commune.operation(Actor::Agent(agent), Channel::Desk, body);
        operation.seen = Some(version);
        commune.submit(operation).expect("a telephone");
    }
}

/// The town went back to its snapshot, and the telephones that it had were changed otherwise since.
fn set_aside(town: &Town) {
    let file = town.place("ville.snapshot");
    let file = file.to_str().expect("a path");
    town.command(&["snapshot", SLUG, "--to", file]).done();
    phones(town, "04 65 71 10");
    town.command(&["restore", SLUG, "--from", file]).done();
    phones(town, "04 65 71 20");
}

fn page(server: &Server) -> String {
    format!("{}/{SLUG}/gestion/fusion", server.url())
}

fn administrator(browser: Browser, town: &Town, server: &Server) -> Browser {
    logged_in(browser, town, &server.url(), "administrateur")
}

/// Reads what the host found, up to the look at what would come of it. Without scripts the page is asked for again by
/// its link.
fn reads(browser: &Browser, scripted: bool) {
    browser.wait(".merge-source button");
    browser.click(".merge-source button");
    arrives(browser, scripted, ".merge-do");
}

fn arrives(browser: &Browser, scripted: bool, at: &str) {
    if scripted {
        browser.wait(at);
        return;
    }
    system_tests::clock::wait_for(at, || {
        if browser.has(at) {
            return Some(());
        }
        browser.reload();
        None
    });
}

fn comes_through(browser: &Browser, server: &Server, scripted: bool) {
    browser.visit(&format!("{}/{SLUG}/gestion/retour-apres-incident", server.url()));
    browser.wait("a[href$='/fusion']");
    browser.click("main a[href$='/fusion']");
    reads(browser, scripted);
    assert!(browser.words("main").contains("À trancher après la fusion"));
    browser.click(".merge-do button[data-kind=primary]");
    arrives(browser, scripted, "a[href$='#trancher']");
    browser.click("a[href$='#trancher']");
    browser.wait("#trancher");
    assert!(browser.words(".merge-sides").contains("04 65 71 10"));
    assert!(browser.words(".merge-sides").contains("04 65 71 20"));
    assert!(browser.words(".places").contains("À trancher ("));
    // Nothing ticked, then one side, then the other, then all that is left.
    browser.click(".merge-foot button[value=coches]");
    browser.wait(".notice[data-kind=alert]");
    browser.leave(".merge-line button[name=prendre]");
    browser.wait(".notice.done");
    browser.fill(".merge-foot [name=note]", "Vu avec la directrice.");
    browser.leave(".merge-line button[name=garder]");
    browser.wait(".notice.done");
    while browser.has("#trancher") {
        let all = browser.has(".merge-foot button[value=tout]");
        browser.leave(if all {
            ".merge-foot button[value=tout]"
        } else {
            ".merge-line button[name=garder]"
        });
        browser.wait(".notice.done");
    }
    assert!(!browser.words(".places").contains("À trancher ("));
    assert!(browser.words("main").contains("Fusions"));
}

#[test]
fn an_administrator_merges_and_settles_with_scripts_and_without() {
    for (folder, scripted) in [("with", true), ("without", false)] {
        let town = Town::new();
        set_aside(&town);
        let mut server = town.server();
        let profile = town.place(folder);
        let browser = if scripted {
            Browser::desk(&profile)
        } else {
            Browser::desk_without_scripts(&profile)
        };
        let browser = administrator(browser, &town, &server);
        comes_through(&browser, &server, scripted);
        drop(browser);
        server.stop();
        let (_host, commune) = record_of(&town);
        let sites = commune.store.read(|tx| record::sites(tx)).expect("the sites");
        let found = |phone: &str| phone.starts_with("04 65 71 10");
        let taken = sites
            .iter()
            .filter(|(site, _)| site.phone.as_deref().is_some_and(found));
        assert_eq!(taken.count(), 1, "one was taken, the others stayed");
        drop(commune);
        town.verify();
    }
}

#[test]
fn axe_finds_nothing_where_a_history_is_merged() {
    let town = Town::new();
    let server = town.server();
    let browser = administrator(Browser::desk(&town.place("quiet")), &town, &server);
    browser.visit(&page(&server));
    browser.wait("#sources");
    passes(&browser, "nothing was found");
    drop(browser);
    drop(server);

    let town = Town::new();
    set_aside(&town);
    let server = town.server();
    let browser = administrator(Browser::desk(&town.place("browser")), &town, &server);
    browser.visit(&page(&server));
    reads(&browser, true);
    passes(&browser, "what is missing here");
    browser.click(".merge-do button[data-kind=primary]");
    arrives(&browser, true, "a[href$='#trancher']");
    passes(&browser, "merged");
    browser.click("a[href$='#trancher']");
    browser.wait("#trancher");
    passes(&browser, "to settle");
    browser.upright();
    passes(&browser, "to settle, held upright");
    browser.click(".merge-foot button[value=coches]");
    browser.wait(".notice[data-kind=alert]");
    passes(&browser, "nothing ticked");
    browser.visit(&format!("{}/familles", page(&server)));
    browser.wait(".empty");
    passes(&browser, "families to tell");
}
