//! What families are told, through what, and what they choose.

use std::sync::Arc;

use axum::http::StatusCode;
use data_encoding::BASE64URL_NOPAD;
use shared::ids::{BranchId, GuardianId, ReservationId};
use shared::operation::{Actor, Body, Channel, LetterFate, NoticeKind, NoticeRecord, Role};
use shared::time::UtcMs;
use uuid::Uuid;

use super::ground::{CLAIRE, DENIS, EMMA, LOGIN_OF_CLAIRE, PAUL, RITA, TOM, Towns, agent, apply, at};
use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::journal;
use crate::letters::read::{self, Listed};
use crate::notices::{Buzz, Seen, feed, follow};
use crate::web::browser::Browser;

const PAGE: &str = "/ville/compte/notifications";

/// A process that follows the journal from now on.
struct Follower {
    commune: Arc<Commune>,
    seen: Seen,
}

impl Follower {
    fn of(towns: &Towns) -> Self {
        let mut follower = Self {
            commune: towns.commune(at("12:00")),
            seen: Seen::default(),
        };
        follower.looks();
        follower
    }

    fn looks(&mut self) -> Vec<Buzz> {
        follow(&self.commune, &mut self.seen).unwrap()
    }

    fn feed(&self, who: GuardianId) -> Vec<NoticeRecord> {
        let end = UtcMs(i64::MAX);
        self.commune.store.read(|tx| feed(tx, who, end, 50)).unwrap()
    }

    fn letters(&self, fate: LetterFate) -> Vec<Listed> {
        self.commune
            .store
            .read(|tx| read::page(tx, fate, 0, 100))
            .unwrap()
    }

    fn head(&self) -> u64 {
        self.commune.head().unwrap().seq
    }
}

/// The town hall cancels Tom's canteen of two days: one of this week, with the Martins; one of the next, with the
/// Petits.
fn cancel(towns: &Towns) {
    let commune = towns.commune(at("12:00"));
    let reservations = vec![
        ReservationId(Uuid::from_u128(200)),
        ReservationId(Uuid::from_u128(207)),
    ];
    let body = Body::CancelReservations { reservations };
    let by = Actor::Agent(agent(Role::Gestionnaire));
    commune
        .submit(commune.operation(by, Channel::Desk, body))
        .unwrap();
}

fn of<'n>(notice: &'n NoticeRecord, name: &str) -> &'n str {
    let found = notice.facts.iter().find(|fact| fact.name == name);
    found.map_or("", |fact| fact.value.as_str())
}

#[test]
fn each_household_hears_of_its_own_days_and_nobody_else_of_any() {
    let towns = Towns::new();
    let mut follower = Follower::of(&towns);
    let before = follower.head();
    follower.looks();
    assert_eq!(follower.head(), before, "nothing to tell, nothing written");
    cancel(&towns);
    follower.looks();
    for who in [CLAIRE, DENIS, PAUL] {
        let feed = follower.feed(who);
        assert_eq!(feed.len(), 1, "{who:?}");
        assert_eq!((feed[0].kind, feed[0].child), (NoticeKind::Recap, Some(TOM)));
        let day = if who == PAUL {
            "lundi 30 novembre"
        } else {
            "lundi 23 novembre"
        };
        assert_eq!((of(&feed[0], "from"), of(&feed[0], "until")), (day, day));
        assert_eq!((of(&feed[0], "who"), of(&feed[0], "cancelled")), ("Tom", "1"));
    }
    for who in [RITA, EMMA] {
        assert_eq!(
            follower.feed(who),
            [],
            "another family; and one without an account"
        );
    }
    let letters = follower.letters(LetterFate::Queued);
    assert_eq!(letters.len(), 3);
    assert!(letters.iter().any(|letter| letter.to == LOGIN_OF_CLAIRE));
}

#[test]
fn whoever_looks_and_however_often_the_same_is_told_once() {
    let towns = Towns::new();
    let (mut a, mut b) = (Follower::of(&towns), Follower::of(&towns));
    cancel(&towns);
    a.looks();
    let told = a.feed(CLAIRE);
    let head = a.head();
    b.looks();
    a.looks();
    a.seen = Seen::default();
    a.looks();
    assert_eq!(a.head(), head);
    assert_eq!(b.feed(CLAIRE), told);
    assert_eq!(a.letters(LetterFate::Queued).len(), 3);
}

#[test]
fn both_off_means_none_and_it_stands_in_the_feed_all_the_same() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let page = claire.get(PAGE);
    assert_eq!(page.status, StatusCode::OK);
    for kind in ["recap", "closure", "request_answered"] {
        assert!(page.text.contains(&format!("value=\"{kind}\"")), "{kind}");
    }
    assert!(!page.text.contains("child_left"), "the town does not allow it");
    assert!(page.text.contains(LOGIN_OF_CLAIRE), "where mails go");
    let token = page.token();
    let chosen = [
        ("jeton", token.as_str()),
        ("courriel", "closure"),
        ("appareil", "closure"),
        ("courriel", "account"),
        ("adresse_1", "grand-mere@famille.example"),
    ];
    let sent = claire.post(PAGE, &chosen);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let page = claire.get(PAGE);
    assert!(page.text.contains("grand-mere@famille.example"));

    let mut follower = Follower::of(&towns);
    cancel(&towns);
    follower.looks();
    let to: Vec<String> = follower
        .letters(LetterFate::Queued)
        .into_iter()
        .map(|letter| letter.to)
        .collect();
    assert_eq!(to.len(), 2, "Denis and Paul");
    assert!(!to.contains(&LOGIN_OF_CLAIRE.to_owned()));
    assert!(!to.contains(&"grand-mere@famille.example".to_owned()));
    assert_eq!(follower.feed(CLAIRE).len(), 1);
}

#[test]
fn what_cannot_be_an_address_is_said_and_nothing_is_kept() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let token = claire.get(PAGE).token();
    let head = towns.head();
    let sent = claire.post(PAGE, &[("jeton", &token), ("adresse_2", "pas une adresse")]);
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.text.contains("pas une adresse"), "filled in as it was");
    assert!(claire.post(PAGE, &[("jeton", "faux")]).status.is_client_error());
    assert_eq!(towns.head(), head);
}

fn subscribe(browser: &mut Browser, endpoint: &str) -> StatusCode {
    let token = browser.get(PAGE).token();
    let key = BASE64URL_NOPAD.encode(&[4; 65]);
    let secret = BASE64URL_NOPAD.encode(&[7; 16]);
    let fields = [
        ("jeton", token.as_str()),
        ("adresse", endpoint),
        ("cle", key.as_str()),
        ("secret", secret.as_str()),
    ];
    browser.post("/ville/push", &fields).status
}

#[test]
fn a_device_takes_messages_until_it_is_removed_by_its_own_guardian() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    assert_eq!(
        subscribe(&mut claire, "http://service.example/1"),
        StatusCode::BAD_REQUEST,
        "in clear"
    );
    assert_eq!(
        subscribe(&mut claire, "https://service.example/1"),
        StatusCode::SEE_OTHER
    );
    let page = claire.get(PAGE);
    let device = page
        .text
        .split("value=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|value| {
            value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()) && *value != page.token()
        })
        .expect("a device")
        .to_owned();

    let mut follower = Follower::of(&towns);
    cancel(&towns);
    let buzzes = follower.looks();
    assert_eq!(buzzes.len(), 1);
    assert_eq!(buzzes[0].to.endpoint, "https://service.example/1");

    let mut paul = towns.family(PAUL, at("12:00"));
    let token = paul.get(PAGE).token();
    paul.post("/ville/push/retirer", &[("jeton", &token), ("appareil", &device)]);
    assert!(claire.get(PAGE).text.contains(&device), "it is not Paul's");
    let token = claire.get(PAGE).token();
    let gone = claire.post("/ville/push/retirer", &[("jeton", &token), ("appareil", &device)]);
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(!claire.get(PAGE).text.contains(&device));
}

#[test]
fn the_worker_reaches_its_own_town_and_nobody_needs_to_be_in() {
    let towns = Towns::new();
    let worker = towns.browser(at("12:00")).get("/ville/sw.js");
    assert_eq!(worker.status, StatusCode::OK);
    assert!(worker.header("content-type").starts_with("text/javascript"));
    assert!(
        worker
            .header("content-security-policy")
            .contains("worker-src 'self'")
    );
    let nobody = towns.browser(at("12:00")).get(PAGE);
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
    assert!(nobody.header("location").starts_with("/ville/connexion"));
}

#[test]
fn what_came_back_from_a_loss_is_told_and_its_letters_wait_for_a_person() {
    let towns = Towns::new();
    let mut follower = Follower::of(&towns);
    cancel(&towns);
    follower.looks();
    // Something more, which nobody looked at before the history was cut.
    let commune = towns.commune(at("12:00"));
    let reservations = vec![ReservationId(Uuid::from_u128(201))];
    apply_as_agent(&commune, Body::CancelReservations { reservations });
    let branch = BranchId(Uuid::from_bytes(random()));
    commune
        .store
        .write(move |tx| journal::fork_branch(tx, branch, at("12:30")))
        .unwrap();
    let mut after = Follower {
        commune: towns.commune(at("13:00")),
        seen: Seen::default(),
    };
    after.looks();
    assert_eq!(after.feed(CLAIRE).len(), 2, "it stands in the feed");
    assert_eq!(after.letters(LetterFate::Queued).len(), 0);
    let held = after.letters(LetterFate::Held);
    assert_eq!(
        held.len(),
        5,
        "three of before the cut, two that were found after it"
    );

    let mut desk = towns.desk(Role::Gestionnaire, at("13:00"));
    let page = desk.get("/ville/gestion/envois");
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("Tout envoyer"));
    let one = held[0].id.to_string();
    let token = page.token();
    let fields = [
        ("jeton", token.as_str()),
        ("etat", "held"),
        ("geste", "envoyer"),
        ("courriel", &one),
    ];
    assert_eq!(
        desk.post("/ville/gestion/envois", &fields).status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(after.letters(LetterFate::Queued).len(), 1);
    let fields = [
        ("jeton", token.as_str()),
        ("etat", "held"),
        ("geste", "ecarter-tout"),
    ];
    assert_eq!(
        desk.post("/ville/gestion/envois", &fields).status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(after.letters(LetterFate::Held).len(), 0);
    assert_eq!(after.letters(LetterFate::Dropped).len(), 4);
    let fields = [("jeton", token.as_str()), ("etat", "held"), ("geste", "envoyer")];
    let nothing = desk.post("/ville/gestion/envois", &fields);
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
}

fn apply_as_agent(commune: &Commune, body: Body) {
    let by = Actor::Agent(agent(Role::Gestionnaire));
    commune
        .submit(commune.operation(by, Channel::Desk, body))
        .unwrap();
}

#[test]
fn what_touches_the_account_is_always_mailed() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let token = claire.get(PAGE).token();
    claire.post(PAGE, &[("jeton", &token)]);
    let mut follower = Follower::of(&towns);
    apply(
        &follower.commune,
        vec![Body::LinkIdentity {
            guardian: CLAIRE,
            identity: Some(shared::codec::Hash32([9; 32])),
        }],
    );
    follower.looks();
    assert_eq!(follower.feed(CLAIRE)[0].kind, NoticeKind::Account);
    assert_eq!(follower.letters(LetterFate::Queued).len(), 1);
}
