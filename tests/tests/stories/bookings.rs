//! The town hall books and cancels while tablets are at work: a form sent twice is sent once, also
//! when the server dies in between, and no tap is lost to a cancellation.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;

use serde_json::Value;
use system_tests::rows::rows;
use system_tests::tablet::text;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Server, Town};

const SITE: &str = "jules-ferry";
const TUESDAY: &str = "2026-11-24";

/// An agent, or a guardian, who sends forms without a browser.
#[derive(Clone)]
pub(crate) struct Agent {
    root: String,
    cookie: String,
}

pub(crate) type Pairs = Vec<(String, String)>;

pub(crate) fn pairs(fields: &[(&str, &str)]) -> Pairs {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    fields.iter().map(owned).collect()
}

/// Text between two others.
pub(crate) fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

impl Agent {
    pub(crate) fn log_in(town: &Town, server: &str) -> Self {
        let agents = town.demo()["agents"].as_array().expect("agents");
        let one = agents
            .iter()
            .find(|agent| agent["role"] == "gestionnaire")
            .expect("one who runs the desk");
        let mut agent = Self {
            root: format!("{server}/{SLUG}/gestion"),
            cookie: String::new(),
        };
        let (_, page, cookie) = agent.ask("/connexion", None);
        agent.cookie = cookie.expect("a cookie for the form");
        let fields = [
            ("jeton", token(&page)),
            ("email", text(&one["email"])),
            ("mot_de_passe", text(&one["password"])),
        ];
        let (status, said, cookie) = agent.ask("/connexion", Some(&pairs(&fields)));
        assert_eq!(status, 303, "{said}");
        agent.cookie = cookie.expect("a cookie for the session");
        agent
    }

    /// A guardian, at the portal.
    pub(crate) fn family(server: &str, (login, password): (&str, &str)) -> Self {
        let mut guardian = Self {
            root: format!("{server}/{SLUG}"),
            cookie: String::new(),
        };
        let (_, page, cookie) = guardian.ask("/connexion", None);
        guardian.cookie = cookie.expect("a cookie for the form");
        let fields = [
            ("jeton", token(&page)),
            ("identifiant", login),
            ("mot_de_passe", password),
        ];
        let (status, said, cookie) = guardian.ask("/connexion", Some(&pairs(&fields)));
        assert_eq!(status, 303, "{said}");
        guardian.cookie = cookie.expect("a cookie for the session");
        guardian
    }

    /// Asks for a page, or sends a form: status, text, and the cookie that came with it.
    pub(crate) fn ask(&self, path: &str, form: Option<&Pairs>) -> (u16, String, Option<String>) {
        let address = self.root.strip_prefix("http://").expect("an address");
        let (host, folder) = address.split_once('/').expect("a path");
        let body = form.map(encoded).unwrap_or_default();
        let method = if form.is_some() { "POST" } else { "GET" };
        let request = format!(
            "{method} /{folder}{path} HTTP/1.1\r\nhost: {host}\r\ncookie: {}\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        );
        let mut line = TcpStream::connect(host).expect("a server");
        line.write_all(request.as_bytes())
            .expect("a request that goes out");
        let mut answer = String::new();
        line.read_to_string(&mut answer).expect("an answer");
        let (head, text) = answer.split_once("\r\n\r\n").expect("a whole answer");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let cookie = head
            .lines()
            .filter_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next())
            .find(|pair| !pair.ends_with('='))
            .map(str::to_owned);
        (status.expect("a status"), text.to_owned(), cookie)
    }

    /// Looks at what a period would come to; answers the form that carries it out.
    pub(crate) fn plan(&self, child: &str, deed: &str, date: &str) -> (String, Pairs) {
        let path = of(child);
        let (status, page, _) = self.ask(&path, None);
        assert_eq!(status, 200, "{page}");
        let fields = pairs(&[
            ("jeton", token(&page)),
            ("vue", "periode"),
            ("acte", deed),
            ("du", date),
            ("au", date),
            ("jours", "0"),
            ("jours", "1"),
            ("quoi", "cantine/repas"),
            ("geste", "apercu"),
        ]);
        let (status, preview, _) = self.ask(&path, Some(&fields));
        assert_eq!(status, 200, "{preview}");
        let seed = between(&preview, "name=\"graine\" value=\"", "\"").expect("a seed");
        let mut form: Pairs = fields.into_iter().filter(|(name, _)| name != "geste").collect();
        form.extend(pairs(&[("graine", seed), ("geste", "faire")]));
        let sum = between(&preview, "class=\"plan-sum\">", "</p>").expect("a sum");
        (sum.to_owned(), form)
    }

    pub(crate) fn carry_out(&self, child: &str, form: &Pairs) -> u16 {
        let (status, said, _) = self.ask(&of(child), Some(form));
        assert_eq!(status, 303, "{said}");
        status
    }
}

fn of(child: &str) -> String {
    format!("/reservations/enfant/{child}")
}

fn token(page: &str) -> &str {
    between(page, "name=\"jeton\" value=\"", "\"").expect("a page with a form")
}

fn encoded(fields: &Pairs) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect();
    pairs.join("&")
}

/// How often anything was reserved.
fn reserved(town: &Town) -> i64 {
    let count = "select cast(count(*) as bigint) from journal where kind = 'reserve'";
    rows(town, count, &[])[0].int(0)
}

/// The id of the first child expected at the canteen.
pub(crate) fn expected(list: &[Value]) -> String {
    let row = list
        .iter()
        .find(|row| row["activity"] == "cantine" && row["state"] == "expected");
    text(&row.expect("a child")["child"]).to_owned()
}

/// Whether a child stands on a list of the tablet with a reservation.
fn booked(list: &[Value], child: &str) -> bool {
    list.iter()
        .any(|row| row["child"] == child && row["activity"] == "cantine" && row["booked"] == true)
}

#[test]
fn a_form_sent_twice_is_sent_once_though_the_server_dies_in_between() {
    let town = Town::new();
    let mut server = town.server();
    let agent = Agent::log_in(&town, &server.url());
    let tablet = town.tablet("a", &server.url(), &[SITE]);
    let child = expected(&tablet.list(TUESDAY));

    let (sum, cancel) = agent.plan(&child, "annuler", TUESDAY);
    assert!(sum.contains("1 réservation à annuler"), "{sum}");
    agent.carry_out(&child, &cancel);
    tablet.sync();
    assert!(
        !booked(&tablet.list(TUESDAY), &child),
        "the tablet's list follows"
    );

    let (sum, form) = agent.plan(&child, "reserver", TUESDAY);
    assert!(sum.contains("1 jour à réserver"), "{sum}");
    let before = reserved(&town);
    let twice: Vec<_> = (0..2)
        .map(|_| {
            let (agent, child, form) = (agent.clone(), child.clone(), form.clone());
            thread::spawn(move || agent.carry_out(&child, &form))
        })
        .collect();
    for one in twice {
        assert_eq!(one.join().expect("an answer"), 303);
    }
    server.kill9();
    server.restart();
    let agent = Agent {
        root: format!("{}/{SLUG}/gestion", server.url()),
        ..agent
    };
    agent.carry_out(&child, &form);
    assert_eq!(reserved(&town), before + 1, "one operation, three times sent");
    tablet.sync();
    let list = tablet.list(TUESDAY);
    let rows = list
        .iter()
        .filter(|row| row["child"] == child.as_str() && row["activity"] == "cantine");
    assert_eq!(rows.count(), 1);
    assert!(booked(&list, &child));
}

#[test]
fn a_reservation_cancelled_while_a_tablet_was_off_line_costs_no_tap() {
    let town = Town::new();
    let mut server: Server = town.server();
    let agent = Agent::log_in(&town, &server.url());
    let tablet = town.tablet("a", &server.url(), &[SITE]);
    let child = expected(&tablet.list(MONDAY));
    let (_, cancel) = agent.plan(&child, "annuler", MONDAY);
    agent.carry_out(&child, &cancel);
    server.stop();
    // The tablet knows of nothing: the child is on its list, and eats.
    assert!(booked(&tablet.list(MONDAY), &child));
    tablet.in_(&child, "cantine");
    server.restart();
    let synced = tablet.sync();
    assert_eq!(synced["quarantined"], 0);
    let list = tablet.list(MONDAY);
    let mut rows = list.iter();
    let row = rows.find(|row| row["child"] == child.as_str() && row["activity"] == "cantine");
    let row = row.expect("the child stays on the list: it was pointed");
    assert_eq!(
        (&row["state"], &row["booked"]),
        (&"present".into(), &false.into())
    );
    assert_eq!(town.verified_marks(), 1, "the tap is kept");
}
