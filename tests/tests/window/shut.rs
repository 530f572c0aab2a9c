//! The town hall closes attendance: the tablet says so, calmly, and points no more; a person who answers for
//! it points all the same until the evening.

use serde_json::json;
use shared::operation::{Actor, Body, Capability, Channel, Openness};
use system_tests::town::SLUG;
use system_tests::{Browser, Screen, Server, Town};

use crate::access;
use crate::desk_bookings::logged_in;
use crate::pad::{EVENING, Pad, colleague, hook, of};

const SAID: &str = "Pointez sur la liste papier.";

/// The town hall, at its desk.
struct Hall {
    browser: Browser,
    page: String,
}

impl Hall {
    fn of(town: &Town, server: &Server) -> Self {
        let url = server.url();
        Self {
            browser: logged_in(Browser::desk(&town.place("hall")), town, &url, "administrateur"),
            page: format!("{url}/{SLUG}/gestion/service"),
        }
    }

    fn says(&self, state: &str) {
        self.browser.visit(&self.page);
        self.browser.click("#service-attendance summary");
        self.browser
            .click(&format!("#service-attendance [value={state}]"));
        self.browser.fill("#service-attendance textarea", SAID);
        self.browser.click("#service-attendance .buttons button");
        self.browser.wait(".notice.done");
    }
}

#[test]
fn a_list_that_is_read_only_takes_no_touch_until_somebody_insists() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    let expected = pad.children("expected");
    pad.tap(&expected[0], "present");
    pad.wait_online();
    let hall = Hall::of(&town, &server);
    hall.says("read_only");
    pad.window.wait_words(&hook("notice-service"), SAID);
    access::passes(&pad.window, "attendance that is read-only");

    pad.at_rest(&expected[1]);
    pad.window.click(&of("row-main", &expected[1]));
    pad.window.wait_words(&hook("refused"), SAID);
    pad.window.wait_words(&of("row", &expected[1]), "Pas enregistré");
    assert_eq!(pad.children("present").len(), 1, "nothing was noted");
    access::passes(&pad.window, "a touch that was refused");
    pad.window
        .click(&format!("{} {}", hook("refused"), hook("anyway")));
    pad.window
        .wait_words(&hook("notice-service"), "vous pointez quand même jusqu’à ce soir");
    pad.tap(&expected[1], "present");
    access::passes(&pad.window, "pointing all the same");

    hall.says("closed");
    pad.window.wait_words(
        &hook("notice-service"),
        "Le pointage est fermé, et vous pointez quand même",
    );
    assert!(!pad.window.has(&hook("shut")), "it holds until the evening");
    pad.tap(&expected[2], "present");
    pad.wait_online();
    drop(hall);
    server.stop();
    assert_eq!(town.verified_marks(), 3, "the server took all of it");
}

#[test]
fn a_list_that_is_closed_gives_way_to_the_message_and_a_restart_remembers_who_insisted() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    let hall = Hall::of(&town, &server);
    hall.says("closed");
    drop(hall);
    pad.window.wait_words(&hook("shut"), SAID);
    let listed = pad
        .window
        .read("return document.querySelector('main.list').hidden", &[]);
    assert_eq!(listed, json!(true), "no list is seen");
    assert!(!pad.window.has(&hook("notice-service")), "once is enough");
    access::passes(&pad.window, "attendance that is closed");
    pad.window.click(&hook("sync-open"));
    pad.window.wait(&hook("exchanges-line"));
    pad.window.click(&hook("sync-open"));
    pad.window.wait(&hook("shut"));
    pad.window.upright();
    access::passes(&pad.window, "attendance that is closed, held upright");

    pad.window.click(&hook("anyway"));
    pad.window
        .wait_words(&hook("notice-service"), "vous pointez quand même");
    let expected = pad.children("expected");
    pad.tap(&expected[0], "present");
    pad.wait_online();
    let pad = {
        drop(pad);
        let again = Pad::on(&town, &screen, EVENING);
        again.enter(&colleague(&town, "animateur"));
        again.show_list();
        again
    };
    pad.window
        .wait_words(&hook("notice-service"), "vous pointez quand même");
    pad.tap(&expected[1], "present");
    pad.wait_online();
    drop(pad);
    server.stop();
    assert_eq!(town.verified_marks(), 2);

    let tomorrow = EVENING.replace("-23T", "-24T");
    let pad = Pad::on(&town, &screen, &tomorrow);
    pad.enter(&colleague(&town, "animateur"));
    pad.window.wait(&hook("shut"));
    opens(&town);
    server.restart_at(&tomorrow);
    pad.show_list();
    assert!(!pad.window.has(&hook("shut")) && !pad.window.has(&hook("notice-service")));
}

/// The host opens attendance again.
fn opens(town: &Town) {
    let (_host, commune) = crate::desk_recovery::record_of(town);
    let parts = commune
        .store
        .read(|tx| sync_server::record::parts(tx))
        .expect("the parts");
    let part = parts
        .into_iter()
        .find(|part| part.capability == Capability::Attendance);
    let body = Body::SetCapability {
        capability: Capability::Attendance,
        state: Openness::Open,
        message: String::new(),
    };
    let mut operation = commune.operation(Actor::Host, Channel::Command, body);
    operation.seen = part.and_then(|part| part.switched).map(|(_, version)| version);
    commune.submit(operation).expect("it opens");
}
