//! An animateur's day through the core of the window, with the town's server behind it: what the
//! gestures make reaches the server and the other tablet, and everybody agrees.

use serde_json::Value;
use shared::fold::State;
use shared::operation::{Actor, Body, Channel};
use shared::screen::{Ask, Day, Deed, Entry, ListRef, Row, Settling, Tap, TapMany, Transfer, Trouble};
use shared::time::UtcMs;
use system_tests::record::{kept_aside, server_marks};
use system_tests::tablet::text;
use system_tests::town::{MONDAY, MORNING, SLUG};
use system_tests::{Tablet, Town};
use tablet_replica::app::App;
use tablet_replica::clock::Clock;
use tokio::runtime::Runtime;

/// A tablet in somebody's hand, without its window.
pub(crate) struct Hand {
    pub(crate) app: App,
    runtime: Runtime,
}

impl Hand {
    pub(crate) fn on(tablet: &Tablet) -> Self {
        let clock = Clock::starting_at(UtcMs::parse(MORNING).expect("an instant"));
        Self {
            app: App::with_clock(tablet.home(), clock).expect("the tablet opens"),
            runtime: Runtime::new().expect("a runtime"),
        }
    }

    /// Waits for a command, which must be done.
    #[track_caller]
    pub(crate) fn done<T>(&self, command: impl Future<Output = Result<T, Trouble>>) -> T {
        self.runtime
            .block_on(command)
            .unwrap_or_else(|trouble| panic!("{trouble:?}"))
    }

    #[track_caller]
    pub(crate) fn held_by(&self, person: &Value) {
        let crew = self.done(self.app.crew());
        let known = crew.people.iter().find(|p| p.name == text(&person["name"]));
        let id = known.expect("of the staff").id.clone();
        let entered = self.done(self.app.enter(id, text(&person["pin"]).to_owned()));
        assert!(matches!(entered, Entry::Right(_)), "{entered:?}");
    }

    pub(crate) fn day(&self, site: &str, activity: &str) -> Day {
        let day = self.done(self.app.day(Ask::default()));
        let site = day.sites.iter().find(|choice| choice.name == site);
        let ask = Ask {
            site: site.map(|choice| choice.id.clone()),
            date: Some(MONDAY.to_owned()),
            activity: None,
        };
        let day = self.done(self.app.day(ask.clone()));
        let tab = day.activities.iter().find(|tab| tab.slug == activity);
        let activity = tab.map(|tab| tab.id.clone());
        self.done(self.app.day(Ask { activity, ..ask }))
    }

    fn tap(&self, list: &ListRef, child: &str, deed: Deed) -> Vec<Row> {
        let ListRef { site, date, activity } = list.clone();
        let tap = Tap {
            site,
            date,
            activity,
            child: child.to_owned(),
            deed,
            reason: None,
            rest_of_day: false,
        };
        self.done(self.app.tap(tap)).rows
    }

    pub(crate) fn sync(&self) {
        assert!(self.done(self.app.sync_now()).online, "the server answers");
    }
}

pub(crate) fn list_of(day: &Day) -> ListRef {
    ListRef {
        site: day.site.id.clone(),
        date: day.date.clone(),
        activity: day.activity.clone().expect("an activity"),
    }
}

/// A director who may point at every site, of the staff in `demo.json`.
pub(crate) fn director(town: &Town) -> Value {
    let staff = town.demo()["staff"].as_array().expect("the staff").clone();
    let found = staff
        .into_iter()
        .find(|person| person["role"] == "directeur" && ["", "jules-ferry"].contains(&text(&person["site"])));
    found.expect("a director")
}

fn row<'d>(day: &'d Day, child: &str) -> &'d Row {
    day.rows
        .iter()
        .find(|row| row.child == child)
        .expect("the child is on the list")
}

/// A town whose staff have the PINs that `demo.json` tells.
pub(crate) fn town_with_pins() -> Town {
    let town = Town::new();
    let host = crate::host(&town, MORNING);
    let commune = host.commune(SLUG).expect("the town is there");
    let staff = commune
        .store
        .read(sync_server::record::staff)
        .expect("its staff is listed");
    let pin_of = |name: &str| {
        let told = town.demo()["staff"].as_array().expect("the staff");
        let person = told.iter().find(|person| person["name"] == name);
        text(&person.expect("everybody is told")["pin"]).to_owned()
    };
    let set = staff
        .iter()
        .filter(|(member, _)| member.role == "directeur")
        .map(|(member, _)| {
            let body = Body::SetStaffPin {
                staff: member.id,
                phc: Some(sync_server::passwords::hash(&pin_of(&member.name))),
            };
            commune.operation(Actor::Host, Channel::Command, body)
        });
    commune.submit_all(set.collect()).expect("the PINs are set");
    host.close();
    town
}

#[test]
fn a_day_of_all_gestures_reaches_the_server_and_the_other_tablet() {
    let town = town_with_pins();
    let server = town.server();
    let (first, second) = (
        town.tablet("a", &server.url(), &["jules-ferry", "les-tilleuls"]),
        town.tablet("b", &server.url(), &["jules-ferry", "les-tilleuls"]),
    );
    let (one, two) = (Hand::on(&first), Hand::on(&second));
    let nadia = director(&town);
    let locked = one
        .runtime
        .block_on(one.app.day(Ask::default()))
        .expect_err("nobody holds it");
    assert!(locked.locked);
    one.held_by(&nadia);
    let sites = one.done(one.app.day(Ask::default())).sites;
    let (ferry, tilleuls) = (&sites[0].name, &sites[1]);
    let day = one.day(ferry, "garderie-soir");
    let list = list_of(&day);
    let children: Vec<String> = day.rows.iter().map(|row| row.child.clone()).take(6).collect();

    let many = TapMany {
        list: list.clone(),
        children: children[..4].to_vec(),
        deed: Deed::In,
        reason: None,
    };
    assert_eq!(one.done(one.app.tap_many(many)).rows.len(), 4);
    one.tap(&list, &children[0], Deed::Out);
    one.done(one.app.transfer(Transfer {
        list: list.clone(),
        child: children[4].clone(),
        to: tilleuls.id.clone(),
    }));
    let unknown = one.done(one.app.stranger(list.clone(), "Fille, manteau jaune".into()));
    let unknown = unknown.rows[0].child.clone();
    one.done(
        one.app
            .note(list.clone(), children[1].clone(), "Parapluie oublié".into()),
    );
    one.done(one.app.welcome("Ana Silva".into(), "4321".into()));
    one.sync();
    two.sync();

    let crew = two.done(two.app.crew());
    assert!(
        crew.people
            .iter()
            .any(|p| p.name == "Ana Silva" && p.role == "remplacant")
    );
    let ana = serde_json::json!({ "name": "Ana Silva", "pin": "4321" });
    two.held_by(&ana);
    let seen = two.day(ferry, "garderie-soir");
    assert_eq!(row(&seen, &children[0]).state, State::Left);
    assert_eq!(row(&seen, &children[1]).memo.as_deref(), Some("Parapluie oublié"));
    assert_eq!(row(&seen, &unknown).first_name, "Fille, manteau jaune");
    assert_eq!(
        row(&seen, &children[4]).moved_to.as_deref(),
        Some(tilleuls.name.as_str())
    );
    let there = two.day(&tilleuls.name, "garderie-soir");
    assert_eq!(
        row(&there, &children[4]).guest_from.as_deref(),
        Some(ferry.as_str()),
        "the server's list or the tablet's own says so"
    );
    two.tap(&list_of(&there), &children[4], Deed::In);
    two.sync();
    one.sync();
    let there = one.day(&tilleuls.name, "garderie-soir");
    assert_eq!(row(&there, &children[4]).state, State::Present);
    let card = one.done(one.app.card(list_of(&there), children[4].clone()));
    assert_eq!(
        card.timeline
            .last()
            .and_then(|event| event.author.clone())
            .as_deref(),
        Some("Ana Silva")
    );
    assert_eq!(kept_aside(&town), []);
    drop((one, two));
    assert_eq!(first.sheets(), second.sheets());
    assert_eq!(first.status()["pending"], 0);
    town.verify();
}

#[test]
fn a_contradiction_is_settled_on_one_tablet_and_gone_from_the_other() {
    let town = town_with_pins();
    let server = town.server();
    let (first, second) = (
        town.tablet("a", &server.url(), &["jules-ferry"]),
        town.tablet("b", &server.url(), &["jules-ferry"]),
    );
    let (one, two) = (Hand::on(&first), Hand::on(&second));
    let nadia = director(&town);
    one.held_by(&nadia);
    two.held_by(&nadia);
    let ferry = one.done(one.app.day(Ask::default())).site.name;
    let day = one.day(&ferry, "garderie-soir");
    let (list, child) = (list_of(&day), day.rows[0].child.clone());
    one.tap(&list, &child, Deed::In);
    two.tap(&list, &child, Deed::Absent);
    one.sync();
    two.sync();
    one.sync();
    let page = one.done(one.app.sync_page());
    assert_eq!(page.link.conflicts, 1);
    let told = &page.contradictions[0];
    assert!(
        told.sentence
            .contains(&format!("{} {}", day.rows[0].first_name, day.rows[0].last_name)),
        "{}",
        told.sentence
    );
    assert!(told.sentence.contains(text(&nadia["name"])), "{}", told.sentence);
    let choice = told.choices[1].id.clone();
    let page = one.done(one.app.settle(Settling { choice }));
    assert_eq!(page.contradictions, []);
    one.sync();
    two.sync();
    assert_eq!(two.done(two.app.sync_page()).contradictions, []);
    assert_eq!(
        row(&two.day(&ferry, "garderie-soir"), &child).state,
        State::Absent
    );
    drop((one, two));
    assert_eq!((first.conflicts(), second.conflicts()), (Vec::new(), Vec::new()));
    town.verify();
}

#[test]
fn thirty_arrivals_and_thirty_departures_weigh_less_than_eight_kilobytes() {
    let town = town_with_pins();
    let server = town.server();
    let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
    let mut sent = 0;
    for deed in [Deed::In, Deed::Out] {
        let hand = Hand::on(&tablet);
        hand.held_by(&director(&town));
        let ferry = hand.done(hand.app.day(Ask::default())).site.name;
        let day = hand.day(&ferry, "cantine");
        for row in day.rows.iter().take(30) {
            hand.tap(&list_of(&day), &row.child, deed);
        }
        drop(hand);
        sent += tablet.sync()["bytes_up"].as_u64().expect("bytes");
    }
    assert_eq!(server_marks(&town).len(), 60);
    assert!(sent <= 8 * 1024, "{sent} bytes were sent");
}
