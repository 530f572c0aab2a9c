//! What pointing costs a person and a line: touches, letters, seconds and bytes. The counts are
//! asserted, the seconds only told: `scripts/test.sh --test window -- usability --nocapture`.
//! The figures stand in `docs/usability.md`.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};
use system_tests::clock::Stopwatch;
use system_tests::tablet::text;
use system_tests::town::MONDAY;
use system_tests::{Proxy, Screen, Server, Town};

use crate::pad::{ACTIVITY, EVENING, Pad, SITE, colleague, hook, of};

/// Children that arrive and leave, the unexpected one included.
const CHILDREN: usize = 30;
/// What thirty arrivals may send, in bytes of requests.
const BYTES: usize = 8_000;

/// What somebody did, and what it took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Effort {
    touches: u64,
    letters: u64,
    time: Duration,
}

/// Counts real touches and keys of the page.
struct Counter<'p> {
    pad: &'p Pad,
    watch: Stopwatch,
}

impl<'p> Counter<'p> {
    fn start(pad: &'p Pad) -> Self {
        let script = "window.effort = {touches: 0, letters: 0};
            if (!window.counting) {
                window.counting = true;
                addEventListener('click', ev => { if (ev.isTrusted) effort.touches += 1; }, true);
                addEventListener('beforeinput', ev => { if (ev.isTrusted) effort.letters += 1; }, true);
            }";
        pad.window.read(script, &[]);
        Self {
            pad,
            watch: Stopwatch::start(),
        }
    }

    fn stop(self) -> Effort {
        let time = self.watch.elapsed();
        let counted = self.pad.window.read("return window.effort", &[]);
        let of = |what: &str| counted[what].as_u64().expect("a count");
        Effort {
            touches: of("touches"),
            letters: of("letters"),
            time,
        }
    }
}

#[test]
fn thirty_children_in_and_out_with_a_mistake_and_an_unexpected_child() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let line = Proxy::to(server.address());
    let pad = Pad::enrolled(&town, &screen, &line.url());
    let expected = pad.children("expected");
    let unexpected = not_listed(&town, &server);
    line.take_seen();

    // Twenty-nine arrive: a touch each.
    let counter = Counter::start(&pad);
    let (arrive, rest) = expected.split_at(CHILDREN - 1);
    for child in arrive {
        pad.tap(child, "present");
    }
    let arrivals = counter.stop();
    assert_eq!(arrivals.touches, 29, "one touch a child");

    // A mistake: a touch that was wrong, and one that takes it back.
    let mistaken = &rest[0];
    pad.tap(mistaken, "present");
    pad.at_rest(mistaken);
    let counter = Counter::start(&pad);
    pad.window.click(&of("row-undo", mistaken));
    pad.wait_state(mistaken, "expected");
    let mistake = counter.stop();
    assert_eq!(mistake.touches, 1, "a mistake costs one touch");

    // Somebody who is not on the list.
    let counter = Counter::start(&pad);
    pad.window.click(&hook("find-open"));
    pad.window.fill(&hook("find-query"), &unexpected.letters);
    pad.window.click(&of("found", &unexpected.child));
    pad.wait_state(&unexpected.child, "present");
    let surprise = counter.stop();
    assert!(surprise.touches <= 3, "{surprise:?}");

    pad.wait_online();
    let sent_in = sent(&line);

    // All thirty leave.
    let counter = Counter::start(&pad);
    pad.filter("present");
    for child in arrive.iter().chain([&unexpected.child]) {
        pad.tap(child, "left");
    }
    let departures = counter.stop();
    assert_eq!(
        departures.touches, 31,
        "one touch a child, and one for the filter"
    );
    pad.wait_online();
    let sent_out = sent(&line);

    tell("29 arrivals", arrivals);
    tell("a mistake taken back", mistake);
    tell("an unexpected child", surprise);
    tell("30 departures and the filter", departures);
    println!("sent for thirty arrivals and the mistake: {sent_in}");
    println!("sent for thirty departures: {sent_out}");
    assert!(sent_in.bytes <= BYTES, "{sent_in}");
    assert!(sent_out.bytes <= BYTES, "{sent_out}");

    let tablet = pad.off(&town);
    assert_eq!(tablet.status()["pending"], 0);
    server.kill9();
    assert_eq!(
        town.verified_marks(),
        62,
        "thirty in, a mistake and its undoing, thirty out"
    );
}

#[test]
fn ten_touches_in_a_second_make_ten_marks() {
    let town = Town::new();
    let screen = Screen::landscape();
    let server = town.server_at(EVENING);
    let pad = Pad::enrolled(&town, &screen, &server.url());
    let ten: Vec<String> = pad.children("expected").into_iter().take(10).collect();

    // As fast as two hands go: a touch every tenth of a second, whatever the page is doing.
    let script = "arguments[0].forEach((child, nth) => setTimeout(
        () => document.querySelector(`[data-testid=\"row-main-${child}\"]`).click(), nth * 100))";
    pad.window.read(script, &[json!(ten)]);
    for child in &ten {
        pad.wait_state(child, "present");
    }
    assert_eq!(pad.children("present").len(), 10);
    let tablet = pad.off(&town);
    assert_eq!(tablet.sheets()[0]["marks"], 10);
}

#[test]
fn a_row_that_turned_green_is_there_after_a_power_cut() {
    let town = Town::new();
    let screen = Screen::landscape();
    let mut server = town.server_at(EVENING);
    let mut pad = Pad::enrolled(&town, &screen, &server.url());
    server.kill9();
    let expected = pad.children("expected");
    for cut in 1..=3 {
        pad.window.click(&of("row-main", &expected[cut]));
        pad.wait_state(&expected[cut], "present");
        pad.kill9();
        pad = Pad::on(&town, &screen, EVENING);
        pad.enter(&colleague(&town, "animateur"));
        pad.show_list();
        let mut here = pad.children("present");
        here.sort();
        let mut pointed = expected[1..=cut].to_vec();
        pointed.sort();
        assert_eq!(here, pointed, "after cut {cut}");
    }
}

/// A child of the site that is not on the list, and the first letters of its name.
struct Unexpected {
    child: String,
    letters: String,
}

fn not_listed(town: &Town, server: &Server) -> Unexpected {
    let tablet = town.tablet("looked-up", &server.url(), &[SITE]);
    let rows = tablet.list(MONDAY);
    let on_list: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row["activity"] == ACTIVITY)
        .map(|row| text(&row["child"]))
        .collect();
    let stranger = |row: &&Value| !on_list.contains(text(&row["child"]));
    let row = rows
        .iter()
        .find(stranger)
        .expect("a child of the site who goes home");
    let letters = |name: &Value| text(name).chars().take(3).collect::<String>();
    Unexpected {
        child: text(&row["child"]).to_owned(),
        letters: format!("{} {}", letters(&row["last_name"]), letters(&row["first_name"])).to_lowercase(),
    }
}

/// What went up the line.
#[derive(Clone, Copy)]
struct Sent {
    requests: usize,
    /// Heads of the requests included.
    bytes: usize,
}

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes in {} requests", self.bytes, self.requests)
    }
}

fn sent(line: &Proxy) -> Sent {
    let seen = line.take_seen();
    Sent {
        requests: seen.len(),
        bytes: seen.iter().map(|exchange| exchange.sent).sum(),
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the figures of docs/usability.md are read here"
)]
fn tell(what: &str, effort: Effort) {
    println!(
        "{what}: {} touches, {} letters, {:.1} s",
        effort.touches,
        effort.letters,
        effort.time.as_secs_f64()
    );
}
