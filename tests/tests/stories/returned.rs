//! A server comes back from a fire on a new branch: its tablets notice, hand back what it lost, and say
//! when all is back. Lists of before stay on the tablets' screens until the town hall has caught up.

use std::collections::BTreeSet;
use std::path::Path;

use shared::codec::{Hash32, encode};
use shared::ids::AgentId;
use shared::operation::{AgentRecord, Body, Role};
use shared::screen::{Back, ListSource};
use shared::withdrawal::{Subject, Withdrawal, Withdrawn};
use system_tests::record::server_marks;
use system_tests::town::{MONDAY, MORNING, SLUG};
use system_tests::{Proxy, Town, Trouble};
use tempfile::TempDir;
use uuid::Uuid;

use crate::one_process::{
    Hand, Kept, Line, Server, child, comes_back, one_more_expected, scratch, set_up, site,
};

/// A town that burns: two tablets, and a backup that lacks the last changes of two lists and six taps.
struct Fire {
    folder: TempDir,
    backup: Kept,
    line: Line,
    /// Everything that was tapped.
    taps: usize,
}

/// The day of the fire, and its list.
const DAY: u32 = 3;

impl Fire {
    fn breaks_out() -> Self {
        let (folder, line, now) = (scratch(), Line::new(), Kept::nothing());
        now.found();
        now.open(DAY).desk(set_up(1));
        let server = now.open(DAY);
        let new = |name: &str| Hand::enrolled(&folder.path().join(name), DAY, &server, &[site(0)], &line);
        let hands = [new("a"), new("b"), new("late")];
        hands[0].tap(site(0), 0, DAY);
        for hand in &hands {
            meet(hand, &line);
        }
        drop(hands);
        drop(server);
        let backup = now.copied();
        let server = now.open(DAY);
        server.desk(one_more_expected(50, DAY));
        server.desk(one_more_expected(51, 2));
        let (a, b) = (on(folder.path(), "a", &server), on(folder.path(), "b", &server));
        a.taps(site(0), 1..4, DAY);
        b.taps(site(0), 4..6, DAY);
        for hand in [&a, &b, &a] {
            meet(hand, &line);
        }
        let late = on(folder.path(), "late", &server);
        late.tap(site(0), 6, DAY);
        meet(&late, &line);
        drop((a, b, late, server));
        Self {
            folder,
            backup,
            line,
            taps: 7,
        }
    }

    fn hand(&self, name: &str, server: &Server) -> Hand {
        on(self.folder.path(), name, server)
    }

    /// The server is back, on a new branch.
    fn is_back(&self, withdrawals_read: bool) -> Server {
        let server = self.backup.open(DAY);
        server.comes_back(withdrawals_read);
        server
    }
}

fn on(folder: &Path, name: &str, server: &Server) -> Hand {
    let hand = Hand::on(&folder.join(name), DAY);
    hand.finds(&server.address);
    hand
}

fn meet(hand: &Hand, line: &Line) {
    hand.exchange(line).expect("the server answers");
}

/// Who is on the day's list, and where the list comes from.
fn listed(hand: &Hand, n: usize) -> (bool, ListSource) {
    let (list, source) = hand.list(site(0), DAY);
    (list.rows.iter().any(|row| row.child == child(n)), source)
}

#[test]
fn two_tablets_hand_back_the_same_and_nothing_changes_twice() {
    let fire = Fire::breaks_out();
    let server = fire.is_back(true);
    let (a, b) = (fire.hand("a", &server), fire.hand("b", &server));
    let first = a.exchange(&fire.line).expect("the server answers");
    assert_eq!((first.returned.marks, first.returned.lists), (5, 2), "{first:?}");
    assert!(first.round_trips <= 4, "{first:?}");
    let done = Back {
        marks: 5,
        lists: 2,
        done: true,
    };
    assert_eq!(a.back(), Some(done), "one calm line");
    assert_eq!(server.marks().0.len(), fire.taps - 1);

    let (head, returned) = (server.head(), server.returned());
    assert_eq!(returned.len(), 3, "two lists, and the roster");
    let second = b.exchange(&fire.line).expect("the server answers");
    assert_eq!(
        (second.returned.marks, second.returned.lists),
        (0, 0),
        "{second:?}"
    );
    assert_eq!(
        (server.head(), server.returned()),
        (head, returned),
        "nothing is written twice"
    );
    assert_eq!(server.entries("receive_envelopes"), 1);
    let third = fire
        .hand("late", &server)
        .exchange(&fire.line)
        .expect("the server answers");
    assert_eq!(
        (third.returned.marks, third.returned.lists),
        (1, 0),
        "what it alone held"
    );
    for hand in [&a, &b] {
        meet(hand, &fire.line);
        assert_eq!(hand.status().counts.pending, 0);
    }
    assert_eq!(a.sheets(), b.sheets());
    assert_eq!(server.agreed().len(), 3);
    assert_eq!(server.verified(), fire.taps);
}

#[test]
fn the_list_of_before_is_shown_until_the_town_hall_has_caught_up() {
    let fire = Fire::breaks_out();
    let server = fire.is_back(true);
    let a = fire.hand("a", &server);
    assert_eq!(listed(&a, 50), (true, ListSource::Confirmed));
    meet(&a, &fire.line);
    assert_eq!(
        listed(&a, 50),
        (true, ListSource::BeforeLoss),
        "nobody is missing in the morning"
    );
    // What touches all days says nothing of this one.
    server.desk(vec![Body::RenameCommune {
        name: "Ville".into(),
        zone: "Europe/Paris".into(),
        label: "mairie".into(),
    }]);
    meet(&a, &fire.line);
    assert_eq!(listed(&a, 50), (true, ListSource::BeforeLoss));
    // The list itself was worked on: its word is the newest, whatever number the lost one had.
    server.desk(one_more_expected(60, DAY));
    meet(&a, &fire.line);
    assert_eq!(listed(&a, 50), (false, ListSource::Confirmed));
    assert_eq!(listed(&a, 60), (true, ListSource::Confirmed));
    let other_day = a.list(site(0), 2);
    assert_eq!(other_day.1, ListSource::BeforeLoss);
    server.signed_off();
    meet(&a, &fire.line);
    assert_eq!(a.list(site(0), 2).1, ListSource::Confirmed, "it is over");
    assert_eq!(server.verified(), 6);
}

#[test]
fn a_tablet_that_returns_months_later_is_heard_all_the_same() {
    let fire = Fire::breaks_out();
    let server = fire.is_back(true);
    meet(&fire.hand("b", &server), &fire.line);
    drop(server);
    let server = fire.backup.open(130);
    let late = fire.hand("late", &server).later(130);
    let outcome = late.exchange(&fire.line).expect("the server answers");
    assert_eq!(outcome.returned.marks, 1, "{outcome:?}");
    assert_eq!((outcome.quarantined, late.status().counts.pending), (0, 0));
    let a = fire.hand("a", &server).later(130);
    meet(&a, &fire.line);
    assert_eq!(a.sheets(), late.sheets());
    assert_eq!(server.verified(), fire.taps);
}

#[test]
fn a_return_that_is_cut_at_any_trip_goes_on_where_it_was() {
    for cut in 0..4 {
        let fire = Fire::breaks_out();
        let server = fire.is_back(true);
        let broken = Proxy::to(&server.address);
        let a = fire.hand("a", &server);
        a.finds(broken.url().trim_start_matches("http://"));
        for _ in 0..cut {
            broken.next(Trouble::None);
        }
        broken.next(Trouble::LoseAnswer);
        let said = a.exchange(&fire.line);
        // Switched off in the middle, and on again.
        let a = a.restarted();
        broken.calm();
        if said.is_err() {
            assert!(listed(&a, 50).0, "cut at {cut}: the list stays");
        }
        meet(&a, &fire.line);
        assert!(
            a.back().is_some_and(|back| back.done),
            "cut at {cut}: {:?}",
            a.back()
        );
        let hashes: BTreeSet<Hash32> = server.returned().into_iter().map(|(hash, _)| hash).collect();
        assert_eq!((hashes.len(), server.returned().len()), (3, 3), "cut at {cut}");
        assert!(server.agreed().contains(&a.status().device));
        assert_eq!(server.verified(), fire.taps - 1, "cut at {cut}");
        let quiet = a.exchange(&fire.line).expect("the server answers");
        assert_eq!(quiet.round_trips, 1, "cut at {cut}: {quiet:?}");
    }
}

#[test]
fn names_wait_for_a_person_where_the_withdrawals_could_not_be_read() {
    let fire = Fire::breaks_out();
    let server = fire.is_back(false);
    let a = fire.hand("a", &server);
    let outcome = a.exchange(&fire.line).expect("the server answers");
    assert_eq!(
        (outcome.returned.marks, outcome.returned.lists),
        (5, 2),
        "it gives"
    );
    assert!(a.status().withheld, "and gets no name");
    server.desk(one_more_expected(60, DAY));
    meet(&a, &fire.line);
    assert!(!listed(&a, 60).0);
    assert!(listed(&a, 50).0, "what it holds stays");
    a.tap(site(0), 7, DAY);
    meet(&a, &fire.line);
    assert_eq!(a.status().counts.pending, 0, "marks go up as ever");
    let device = a.status().device;
    server.desk(vec![Body::ConfirmAfterLoss {
        kind: Withdrawn::Device,
        subject: Subject::from(device.0),
    }]);
    meet(&a, &fire.line);
    assert!(!a.status().withheld);
    assert_eq!(listed(&a, 60), (true, ListSource::Confirmed));
    // A tablet enrolled since is vouched for by its code.
    let new = Hand::enrolled(
        &fire.folder.path().join("new"),
        DAY,
        &server,
        &[site(0)],
        &fire.line,
    );
    meet(&new, &fire.line);
    assert!(listed(&new, 60).0);
}

#[test]
fn the_last_administrator_stays_withdrawn_where_only_a_tablet_remembers() {
    let fire = Fire::breaks_out();
    let server = fire.is_back(true);
    let agent = AgentId(Uuid::from_u128(0xa9));
    server.desk(vec![Body::PutAgent {
        agent: AgentRecord {
            id: agent,
            email: "a@exemple.fr".into(),
            name: "A".into(),
            role: Role::Administrateur,
            sites: Vec::new(),
        },
    }]);
    let a = fire.hand("a", &server);
    let at = server.commune.clock.now();
    a.carries(&Withdrawal::sign(
        Withdrawn::Agent,
        agent.0,
        at,
        &server.commune.keys.signing,
    ));
    meet(&a, &fire.line);
    assert_eq!(
        server.entries("withdraw"),
        1,
        "its exchange is not refused for that"
    );
    assert_eq!(server.verified(), fire.taps - 1);
}

#[test]
fn what_the_commune_did_not_sign_is_left_out_and_the_rest_is_kept() {
    let fire = Fire::breaks_out();
    let server = fire.is_back(true);
    let a = fire.hand("a", &server);
    a.spoils_a_list(site(0), 2);
    let outcome = a.exchange(&fire.line).expect("the server answers");
    assert_eq!(outcome.returned.lists, 1, "{outcome:?}");
    assert_eq!(server.returned().len(), 2, "the other list, and the roster");
    assert_eq!(outcome.returned.marks, 5);
    let quiet = a.exchange(&fire.line).expect("the server answers");
    assert_eq!(quiet.round_trips, 1, "it is not asked for without end: {quiet:?}");
}

#[test]
fn the_newest_signed_list_of_addresses_wins_over_an_old_record() {
    use shared::addresses::{Addresses, Places};
    let fire = Fire::breaks_out();
    let server = fire.is_back(true);
    let a = fire.hand("a", &server);
    let places = Places {
        commune: server.commune.slug.clone(),
        at: server.commune.clock.now().plus_ms(3_600_000),
        servers: vec![format!("http://{}", server.address)],
        fallback: None,
    };
    let list = Addresses::sign(places, &server.commune.keys.signing);
    a.carried(&encode(&list));
    meet(&a, &fire.line);
    let held = server.commune.store.read(|tx| sync_server::sync::addresses(tx));
    assert_eq!(held.expect("the record"), Some(list.clone()));
    let b = fire.hand("b", &server);
    meet(&b, &fire.line);
    assert_eq!(b.addresses(), Some(list), "and reaches the others");
}

#[test]
fn a_tablet_killed_between_two_trips_of_its_return_goes_on_and_says_what_it_gave() {
    for killed in 0..3 {
        let town = Town::new();
        let mut server = town.server();
        let line = Proxy::to(server.address());
        let a = town.tablet("a", &line.url(), &["jules-ferry"]);
        let children = a.expected(MONDAY, "cantine");
        a.sync();
        server.stop();
        town.back_up("before");
        server.restart();
        let taps: Vec<String> = children[..3]
            .iter()
            .map(|child| a.in_(child, "cantine"))
            .collect();
        a.sync();
        server.stop();
        town.put_back("before");
        let host = crate::host(&town, MORNING);
        comes_back(&host.commune(SLUG).expect("the town"), true);
        drop(host);
        server.restart();

        for _ in 0..killed {
            line.next(Trouble::None);
        }
        let (hold, answered, go_on) = Trouble::hold();
        line.next(hold);
        let mut sync = a.start(&["sync"]);
        answered.recv().expect("so many trips");
        sync.kill().expect("it dies");
        sync.wait().expect("it is dead");
        drop(go_on);
        line.calm();

        a.sync();
        let status = a.status();
        assert_eq!(
            (&status["pending"], &status["returned"]["done"]),
            (&0.into(), &true.into()),
            "killed at {killed}: {status:#}"
        );
        let back = server_marks(&town);
        assert!(
            taps.iter()
                .all(|tap| back.contains_key(&tap.parse().expect("an id")))
        );
        let head = town.verify()["journal"].clone();
        let quiet = a.sync();
        assert_eq!(quiet["round_trips"], 1, "killed at {killed}: {quiet}");
        assert_eq!(town.verify()["journal"], head, "killed at {killed}");
        assert_eq!(quiet["returned"], serde_json::json!({"marks": 0, "lists": 0}));
        server.stop();
        assert_eq!(town.verified_marks(), taps.len());
    }
}
