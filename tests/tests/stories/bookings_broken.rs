//! Families book while many others do: with real processes, by HTTP.

use std::sync::{Arc, Barrier};
use std::thread;

use shared::codec::decode;
use shared::operation::{Actor, Body, Channel, Places, RuleSetRecord};
use system_tests::Town;
use system_tests::rows::rows;
use system_tests::tablet::text;
use system_tests::town::{MORNING, SLUG};

use super::bookings::{Agent, Pairs, between, pairs};

const SITE: &str = "jules-ferry";
/// A Tuesday so far ahead that nobody is booked for it.
const DAY: &str = "2027-06-08";
const PLACES: usize = 3;

/// A guardian with a browser, and a child.
#[derive(Clone)]
struct Parent {
    browser: Agent,
    token: String,
    child: String,
}

impl Parent {
    /// Everybody who can log in and has a child at the school.
    fn all(town: &Town, server: &str) -> Vec<Self> {
        let families = town.demo()["families"].as_array().expect("families");
        let mut all = Vec::new();
        for family in families {
            let children = family["children"].as_array().expect("children");
            let guardian = &family["guardians"][0];
            let Some(child) = children.iter().find(|child| child["site"] == SITE) else {
                continue;
            };
            let login = (text(&guardian["email"]), text(&guardian["password"]));
            let browser = Agent::family(server, login);
            let (_, page, _) = browser.ask("/reservations", None);
            let token = between(&page, "name=\"jeton\" value=\"", "\"").expect("a form");
            all.push(Self {
                token: token.to_owned(),
                child: text(&child["id"]).to_owned(),
                browser,
            });
        }
        all
    }

    fn send(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let mut form: Pairs = pairs(&[("jeton", &self.token)]);
        form.extend(pairs(fields));
        let (status, page, _) = self.browser.ask(path, Some(&form));
        (status, page)
    }

    /// Puts the canteen of the day into the cart; answers what the form that validates it holds, where there is one.
    fn chooses(&self) -> Option<(String, String)> {
        let line = format!("{}.cantine..{DAY}.", self.child);
        let (status, page) = self.send("/panier/lignes", &[("sorte", "ajout"), ("ligne", &line)]);
        assert_eq!(status, 303, "{page}");
        let (status, page, _) = self.browser.ask("/panier", None);
        assert_eq!(status, 200);
        let held = |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"").map(str::to_owned);
        Some((held("panier")?, held("vu")?))
    }

    fn validates(&self, (cart, seen): &(String, String)) -> (u16, String) {
        self.send("/panier/valider", &[("panier", cart), ("vu", seen)])
    }
}

/// The canteen of that Tuesday has three places.
fn few_places(town: &Town) {
    let host = crate::host(town, MORNING);
    let commune = host.commune(SLUG).expect("the town");
    let all = rows(town, "select encoded, version from rule_set where live = 1", &[]);
    let cantine = all.iter().find_map(|row| {
        let set: RuleSetRecord = decode(row.bytes(0)).expect("rules");
        set.name.starts_with("Cantine").then(|| (set, row.int(1)))
    });
    let (mut rules, version) = cantine.expect("the canteen has rules");
    let day = DAY.parse().expect("a day");
    rules.places = vec![Places {
        case: shared::operation::Case::all(),
        group: None,
        from: Some(day),
        until: Some(day),
        places: u32::try_from(PLACES).expect("few"),
    }];
    let mut operation = commune.operation(Actor::Host, Channel::Command, Body::PutRules { rules });
    operation.seen = Some(version);
    commune.submit(operation).expect("they are sound");
}

fn booked(town: &Town) -> usize {
    let sql = "select child from reservation where date = ?1 and cancelled_at is null";
    rows(town, sql, &[DAY.to_owned().into()]).len()
}

fn bookings(town: &Town) -> i64 {
    let sql = "select cast(count(*) as bigint) from journal where kind = 'book'";
    rows(town, sql, &[])[0].int(0)
}

#[test]
fn as_many_are_booked_as_there_are_places_however_many_click_at_once() {
    let town = Town::new();
    few_places(&town);
    let before = bookings(&town);
    let mut server = town.server();
    let parents = Parent::all(&town, &server.url());
    assert!(parents.len() > PLACES, "more than there are places");
    let start = Arc::new(Barrier::new(parents.len()));
    let clicks: Vec<_> = parents
        .into_iter()
        .map(|parent| {
            let start = Arc::clone(&start);
            thread::spawn(move || {
                start.wait();
                let form = parent.chooses()?;
                // An impatient thumb: each click is the same form.
                let clicks: Vec<_> = (0..3)
                    .map(|_| {
                        let (parent, form) = (parent.clone(), form.clone());
                        thread::spawn(move || parent.validates(&form).0)
                    })
                    .collect();
                let answers: Vec<u16> = clicks
                    .into_iter()
                    .map(|one| one.join().expect("an answer"))
                    .collect();
                Some(answers)
            })
        })
        .collect();
    let mut won = 0;
    for one in clicks {
        let Some(answers) = one.join().expect("an answer") else {
            continue;
        };
        assert!(answers.iter().all(|status| *status == answers[0]), "{answers:?}");
        assert!(matches!(answers[0], 303 | 409 | 422), "{answers:?}");
        won += usize::from(answers[0] == 303);
    }
    assert_eq!((won, booked(&town)), (PLACES, PLACES));
    assert_eq!(bookings(&town), before + 3, "each once");
    server.stop();
    assert!(!server.log().contains("panicked"), "{}", server.log());
    town.verify();
}
