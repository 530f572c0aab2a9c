//! The table `about` against the journal.

use std::collections::BTreeSet;

use shared::codec::Hash32;
use shared::ids::{ChildId, GuardianId, HouseholdId, RequestId};
use shared::operation::{
    Actor, Authority, Body, Channel, ChildRecord, GuardianRecord, HouseholdRecord, LogInWay, RequestKind,
    RequestRecord, RequestState,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::{fill, fill_some, first_since, is_behind, newest, speaks_of};
use crate::clock::Clock;
use crate::commune::Commune;
use crate::store::testing::Place;

const CLAIRE: GuardianId = GuardianId(Uuid::from_u128(0x91));
const RITA: GuardianId = GuardianId(Uuid::from_u128(0x92));
const MARTIN: HouseholdId = HouseholdId(Uuid::from_u128(0xf1));
const LEA: ChildId = ChildId(Uuid::from_u128(0xc1));

fn noon() -> UtcMs {
    UtcMs::parse("2026-11-23T12:00:00+01:00").unwrap()
}

fn apply(commune: &Commune, body: Body) {
    commune
        .submit(commune.operation(Actor::Host, Channel::Command, body))
        .unwrap();
}

fn town(place: &Place) -> std::sync::Arc<Commune> {
    let host = place.host(Clock::starting_at(noon()));
    host.create(&"ville".parse().unwrap(), "Ville", "Europe/Paris", "mairie")
        .unwrap();
    let commune = host.commune("ville").unwrap();
    let guardian = |id, name: &str| GuardianRecord {
        id,
        first_name: name.into(),
        last_name: "Martin".into(),
        email: None,
        phone: None,
        authority: Authority::Full,
    };
    let household = HouseholdRecord {
        id: MARTIN,
        name: "Martin".into(),
        guardians: vec![guardian(CLAIRE, "Claire"), guardian(RITA, "Rita")],
    };
    apply(&commune, Body::PutHousehold { household });
    let child = ChildRecord {
        symbol: None,
        health: None,
        left_on: None,
        reference: None,
        id: LEA,
        first_name: "Léa".into(),
        last_name: "Martin".into(),
        born: "2018-05-04".parse().unwrap(),
        school: None,
        class: None,
        households: vec![MARTIN],
        badges: Vec::new(),
        must_know: None,
        phone: None,
    };
    apply(&commune, Body::PutChild { child });
    commune
}

/// The kinds that speak of some people, newest first.
fn kinds(commune: &Commune, people: &[Uuid], before: u64, limit: u64) -> (Vec<&'static str>, Option<u64>) {
    let people: BTreeSet<_> = people.iter().copied().collect();
    let (found, more) = commune
        .store
        .read(|tx| newest(tx, &people, 1..before, limit))
        .unwrap();
    (found.iter().map(|one| one.body.kind()).collect(), more)
}

const LAST: u64 = i64::MAX as u64;

#[test]
fn entries_are_found_by_whom_they_speak_of() {
    let place = Place::new();
    let commune = town(&place);
    let request = RequestId(Uuid::from_u128(0x7e));
    let asked = RequestRecord {
        id: request,
        guardian: CLAIRE,
        kind: RequestKind::Other,
        child: None,
        title: "Une question".into(),
        text: "Laquelle ?".into(),
    };
    apply(&commune, Body::SendRequest { request: asked });
    let operation = commune.operation(
        Actor::Agent(shared::ids::AgentId(Uuid::from_u128(1))),
        Channel::Desk,
        Body::AnswerRequest {
            request,
            state: RequestState::Done,
            text: "Oui.".into(),
        },
    );
    commune.submit(operation).unwrap();
    assert!(commune.store.read(is_behind).unwrap());
    fill(&commune, || true).unwrap();
    assert!(!commune.store.read(is_behind).unwrap());
    assert_eq!(
        kinds(&commune, &[CLAIRE.0], LAST, 9),
        (vec!["answer_request", "send_request", "put_household"], None),
        "an answer is found though it only names the request"
    );
    assert_eq!(kinds(&commune, &[RITA.0], LAST, 9).0, ["put_household"]);
    assert_eq!(kinds(&commune, &[LEA.0], LAST, 9).0, ["put_child"]);
    let nobody = Uuid::from_u128(0xdead);
    assert!(kinds(&commune, &[nobody], LAST, 9).0.is_empty());
    fill(&commune, || true).unwrap();
    assert_eq!(
        kinds(&commune, &[LEA.0, MARTIN.0], LAST, 9).0,
        ["put_child", "put_household"]
    );
}

#[test]
fn pages_follow_each_other_without_a_gap_or_an_overlap() {
    let place = Place::new();
    let commune = town(&place);
    for _ in 0..13 {
        let guardian = CLAIRE;
        let body = Body::GuardianLoggedIn {
            guardian,
            way: LogInWay::Password,
            recovery: None,
        };
        apply(&commune, body);
        apply(&commune, Body::ExportData { guardian: RITA });
    }
    fill(&commune, || true).unwrap();
    let people = [CLAIRE.0, MARTIN.0, LEA.0];
    let whole = kinds(&commune, &people, LAST, 100).0;
    assert_eq!(whole.len(), 15);
    for size in 1..=16 {
        let (mut pages, mut before) = (Vec::new(), LAST);
        loop {
            let (page, more) = kinds(&commune, &people, before, size);
            assert!(page.len() as u64 <= size);
            pages.extend(page);
            match more {
                Some(next) => before = next,
                None => break,
            }
        }
        assert_eq!(pages, whole, "pages of {size}");
    }
}

#[test]
fn a_long_journal_is_looked_through_in_steps() {
    let place = Place::new();
    let commune = town(&place);
    for _ in 0..450 {
        apply(&commune, Body::ExportData { guardian: CLAIRE });
    }
    fill_some(&commune, 1).unwrap();
    assert!(
        commune.store.read(is_behind).unwrap(),
        "one step is not all of it"
    );
    let some = kinds(&commune, &[CLAIRE.0], LAST, 1_000).0.len();
    assert!((100..450).contains(&some), "{some}");
    fill_some(&commune, 25).unwrap();
    assert!(!commune.store.read(is_behind).unwrap());
    assert_eq!(kinds(&commune, &[CLAIRE.0], LAST, 1_000).0.len(), 451);
}

#[test]
fn the_first_entry_of_a_day_is_found_by_halves() {
    let place = Place::new();
    let commune = town(&place);
    for _ in 0..9 {
        apply(&commune, Body::ExportData { guardian: CLAIRE });
    }
    let head = commune.head().unwrap().seq;
    let since = |at: UtcMs| commune.store.read(|tx| first_since(tx, at)).unwrap();
    assert_eq!(since(UtcMs(0)), 1);
    assert_eq!(since(noon()), 1, "all of it came after");
    assert_eq!(since(noon().plus_ms(3_600_000)), head + 1);
}

#[test]
fn what_families_are_told_is_no_deed_of_theirs() {
    let letters = Body::NoteLetters { notes: Vec::new() };
    assert_eq!(speaks_of(&letters), super::Spoken::default());
    let identity = Some(Hash32([1; 32]));
    let spoken = speaks_of(&Body::LinkIdentity {
        guardian: CLAIRE,
        identity,
    });
    assert_eq!(spoken.people, [CLAIRE.0].into());
}
