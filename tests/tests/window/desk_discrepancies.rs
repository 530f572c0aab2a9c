//! Monday evening at the town hall: an agent decides a hundred écarts de pointage of two kinds at once, corrects
//! one, and undoes, in a browser with scripts and in one without, with the keyboard too; and a checker of
//! accessibility finds nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::codec::Blob;
use shared::ids::{ActivityId, ChildId, DeviceId, MarkId, SiteId, mint};
use shared::mark::{Kind, Mark, pack};
use shared::operation::{Actor, Body, Channel, ReceivedMark};
use shared::time::UtcMs;
use sync_server::clock::Clock;
use sync_server::commune::Commune;
use sync_server::host::{Host, Setup};
use sync_server::{day_lists, record};
use system_tests::town::{MONDAY, MORNING, SLUG};
use system_tests::{Browser, Town};
use uuid::Uuid;

use crate::access::passes;
use crate::desk_bookings::logged_in;

const SITE: &str = "jules-ferry";
const NIGHT: &str = "2026-11-23T20:30:00+01:00";
/// Children who came to the evening without a reservation.
const CAME: usize = 60;
const ENTER: char = '\u{E007}';

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

/// Sixty children come to the evening of a site without a reservation; of the others nobody taps anything.
fn unexpected(town: &Town) {
    let (_host, commune) = record_of(town);
    let date: chrono::NaiveDate = MONDAY.parse().expect("a date");
    let (site, evening, children) = commune
        .store
        .read(|tx| {
            let sites = record::sites(tx)?.into_iter();
            let site = sites
                .map(|(site, _)| site)
                .find(|site| site.slug.as_str() == SITE);
            let site: SiteId = site.expect("the site").id;
            let list = day_lists::day_list(tx, site, date)?;
            let evening: ActivityId = list.activity("garderie-soir").expect("the evening").id;
            let listed: BTreeSet<ChildId> = list.rows.iter().map(|row| row.child).collect();
            let children = record::children(tx)?.into_iter().map(|(child, _)| child.id);
            let others: Vec<ChildId> = children.filter(|id| !listed.contains(id)).take(CAME).collect();
            Ok::<_, sync_server::store::StoreError>((site, evening, others))
        })
        .expect("the town can be read");
    assert_eq!(children.len(), CAME);
    let device = DeviceId(Uuid::from_u128(0xd1));
    let start = UtcMs::parse("2026-11-23T16:45:00+01:00").expect("an instant");
    let marks = children.iter().enumerate().map(|(i, child)| {
        let at = start.plus_ms(i64::try_from(i).expect("few") * 1_000);
        let mark = Mark {
            kind: Kind::In,
            child: Some(*child),
            activity: evening,
            formula: None,
            device,
            device_seq: i as u64 + 1,
            device_time: at,
            mono_ms: i as u64 * 1_000,
            boot: 1,
            offset_ms: Some(0),
            staff: None,
            stated: None,
            after: Vec::new(),
            clock_doubted: false,
        };
        ReceivedMark {
            id: MarkId(mint(at, [7; 10])),
            value: Blob(pack(&mark)),
            returned: false,
        }
    });
    let body = Body::ReceiveMarks {
        device,
        site,
        date: chrono::Datelike::num_days_from_ce(&date),
        marks: marks.collect(),
    };
    commune
        .submit(commune.operation(Actor::Device(device), Channel::Tablet, body))
        .expect("the marks are taken in");
}

fn page(server: &str, asked: &str) -> String {
    format!("{server}/{SLUG}/gestion/ecarts?du={MONDAY}&au={MONDAY}&site={SITE}{asked}")
}

/// How many are open under the filter shown.
fn open(browser: &Browser) -> usize {
    let words = browser.words(".discrepancy-views [aria-current]");
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect("a number")
}

fn decides(browser: &Browser, server: &str) {
    browser.visit(&page(server, "&type=not_booked"));
    browser.wait(".discrepancy");
    assert_eq!(open(browser), CAME);
    browser.click(".discrepancy-bar [name=tout]");
    browser.click(".discrepancy-bar button[value=reserve]");
    browser.wait(".discrepancy-undo");
    assert_eq!(browser.words(".discrepancy-undo p"), "60 écarts décidés.");
    assert_eq!(open(browser), 0);

    browser.visit(&page(server, "&type=booked_no_mark&activite=cantine"));
    browser.wait(".discrepancy");
    let missing = open(browser);
    assert!(missing >= 40, "{missing}");
    browser.click(".discrepancy-bar [name=tout]");
    browser.click(".discrepancy-bar button[value=justify]");
    browser.wait("[name=motif]");
    browser.click(".form .buttons button");
    browser.wait("#erreurs");
    browser.click("[name=motif][value=school]");
    browser.fill("[name=note]", "Sortie de toute l’école");
    browser.click(".form .buttons button");
    browser.wait(".discrepancy-undo");
    assert_eq!(open(browser), 0);

    browser.visit(&page(server, "&vue=decides"));
    browser.wait(".discrepancy-lot");
    assert!(browser.words("main").contains("Sortie de toute l’école"));
    browser.click(".discrepancy-lot-head button");
    browser.wait(".notice.done");
    assert!(
        browser.words("main").contains("Réservation créée"),
        "the other lot stays"
    );
    browser.visit(&page(server, "&type=booked_no_mark&activite=cantine"));
    browser.wait(".discrepancy");
    assert_eq!(open(browser), missing, "the whole lot is to be decided again");

    // One was there: its line says so.
    browser.click(".discrepancy:first-child .discrepancy-quick button[value^=correct]");
    browser.wait("[name=fait]");
    browser.click("[name=fait][value=present]");
    browser.click(".form .buttons button");
    browser.wait(".discrepancy-undo");
    assert_eq!(open(browser), missing - 1);
    browser.click(".discrepancy-undo button");
    browser.wait(".notice.done");
    assert_eq!(open(browser), missing);
}

#[test]
fn a_hundred_are_decided_with_scripts_and_without() {
    for (folder, scripted) in [("with", true), ("without", false)] {
        let town = Town::new();
        unexpected(&town);
        let server = town.server_at(NIGHT);
        let profile = town.place(folder);
        let browser = if scripted {
            Browser::desk(&profile)
        } else {
            Browser::desk_without_scripts(&profile)
        };
        let browser = logged_in(browser, &town, &server.url(), "gestionnaire");
        decides(&browser, &server.url());
    }
}

#[test]
fn axe_finds_nothing_and_a_line_is_decided_with_the_keyboard() {
    let town = Town::new();
    unexpected(&town);
    let server = town.server_at(NIGHT);
    let browser = logged_in(
        Browser::desk(&town.place("axe")),
        &town,
        &server.url(),
        "gestionnaire",
    );
    let url = server.url();
    browser.visit(&page(&url, "&type=not_booked"));
    browser.wait(".discrepancy");
    passes(&browser, "what is open");
    let focus = "document.querySelector('.discrepancy-quick button').focus()";
    browser.read(&format!("{focus}; return null"), &[]);
    browser.press(ENTER);
    browser.wait(".discrepancy-undo");
    passes(&browser, "one was decided");
    browser.visit(&page(&url, "&type=booked_no_mark"));
    browser.click(".discrepancy:first-child .discrepancy-quick button[value^=correct]");
    browser.wait("[name=fait]");
    browser.click(".form .buttons button");
    browser.wait("#erreurs");
    passes(&browser, "a decision that lacks something");
    browser.visit(&page(&url, "&vue=decides"));
    browser.wait(".discrepancy-lot");
    passes(&browser, "what was decided");
    browser.visit(&page(&url, "&vue=seances"));
    browser.wait(".discrepancy-sessions");
    passes(&browser, "the sessions");
    browser.click(".discrepancy-sessions a[href*=seance]");
    browser.wait("[name=raison]");
    passes(&browser, "a waiver");
}
