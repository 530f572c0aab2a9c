//! What is opened and closed, and what is said of incidents: versions, messages, history, and the same again
//! from the journal.

use proptest::prelude::*;
use shared::ids::IncidentId;
use shared::operation::{Body, Capability, Cause, IncidentPost, Openness, Operation, Outcome, Refusal};
use shared::time::UtcMs;
use uuid::Uuid;

use super::replayed::{entries, replay};
use super::{Town, dump, town};
use crate::corridor::CorridorError;
use crate::record;

/// What a form had in view.
#[derive(Clone, Copy, Debug)]
enum Seen {
    Newest,
    Older,
    Nothing,
}

const MESSAGES: [&str; 4] = ["", "  ", "Nous vérifions.", "Appelez le 04 65 71 00 00."];

fn gestures() -> impl Strategy<Value = Vec<(usize, usize, usize, Seen)>> {
    let seen = prop_oneof![3 => Just(Seen::Newest), 1 => Just(Seen::Older), 1 => Just(Seen::Nothing)];
    proptest::collection::vec((0..4_usize, 0..3_usize, 0..4_usize, seen), 1..24)
}

impl Town {
    fn head(&self) -> u64 {
        self.commune.head().unwrap().seq
    }

    fn submits(&self, seen: Option<i64>, body: Body) -> Result<Outcome, CorridorError> {
        let operation = Operation {
            seen,
            ..self.operation(body)
        };
        self.commune.submit(operation).map(|applied| applied.outcome)
    }

    fn replays(&self) {
        let again = replay(self, entries(self)).unwrap().read(dump).unwrap();
        for ((table, was), (_, now)) in self.dump().into_iter().zip(again) {
            assert_eq!(was, now, "{table}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_switch_is_taken_once_by_whoever_saw_the_last_one_and_is_remembered(gestures in gestures()) {
        let town = town();
        let mut known: [(Openness, &str, Option<i64>); 4] = [(Openness::Open, "", None); 4];
        let mut history = Vec::new();
        for (part, state, message, seen) in gestures {
            let (capability, state, message) = (Capability::ALL[part], Openness::ALL[state], MESSAGES[message]);
            let (was, said, version) = known[part];
            let seen = match seen {
                Seen::Newest => version,
                Seen::Older => Some(version.unwrap_or(2) - 1),
                Seen::Nothing => None,
            };
            let head = town.head();
            let body = Body::SetCapability { capability, state, message: message.to_owned() };
            let came = town.submits(seen, body);
            if state != Openness::Open && message.trim().is_empty() {
                prop_assert!(matches!(came, Err(CorridorError::Refused(Refusal::Invalid(_)))));
                prop_assert_eq!(town.head(), head);
            } else if (was, said) == (state, message) {
                prop_assert!(came.is_ok());
                prop_assert_eq!(town.head(), head, "nothing new is nothing written");
            } else if version.is_some() && seen != version {
                let Err(CorridorError::Refused(refusal)) = came else { panic!("not refused") };
                prop_assert_eq!(refusal, Refusal::Changed { version: version.unwrap() });
                prop_assert_eq!(town.head(), head);
            } else {
                let seq = i64::try_from(head + 1).unwrap();
                prop_assert_eq!(came.unwrap(), Outcome::Version(seq));
                known[part] = (state, message, Some(seq));
                history.push((capability, state, message.to_owned()));
            }
        }
        let (parts, switches) = town
            .commune
            .store
            .read(|tx| Ok::<_, crate::store::StoreError>((record::parts(tx)?, record::switches(tx, 100)?)))
            .unwrap();
        for (part, (state, message, version)) in parts.iter().zip(known) {
            prop_assert_eq!((part.state, part.message.as_str()), (state, message));
            prop_assert_eq!(part.switched.map(|(_, version)| version), version);
        }
        let told: Vec<_> = switches
            .into_iter()
            .rev()
            .map(|one| (one.capability, one.state, one.message))
            .collect();
        prop_assert_eq!(told, history);
        town.replays();
    }
}

#[test]
fn what_a_recovery_closes_stands_in_the_history_as_such() {
    let town = town();
    let body = Body::BeginRecovery {
        cause: Cause::Restored,
        source: "essai".into(),
        restored_to: None,
        withdrawals_read: true,
    };
    town.submits(None, body).unwrap();
    let read = || town.commune.store.read(|tx| record::switches(tx, 10)).unwrap();
    let closed: Vec<_> = read()
        .iter()
        .map(|one| (one.capability, one.state, one.recovery))
        .collect();
    assert_eq!(
        closed,
        [
            (Capability::Payment, Openness::Closed, true),
            (Capability::Reservation, Openness::Closed, true)
        ]
    );
    let version = i64::try_from(town.head()).unwrap();
    let open = Body::SetCapability {
        capability: Capability::Payment,
        state: Openness::Open,
        message: String::new(),
    };
    town.submits(Some(version), open).unwrap();
    assert!(!read()[0].recovery && read()[0].state == Openness::Open);
    town.replays();
}

fn post(title: &str, over: bool) -> IncidentPost {
    IncidentPost {
        id: IncidentId(Uuid::from_u128(0x1c)),
        published_at: UtcMs(1_795_420_800_000),
        title: title.into(),
        text: "La cantine est ouverte.".into(),
        over,
    }
}

fn titles(town: &Town) -> Vec<(String, bool)> {
    let all = town.commune.store.read(|tx| record::incidents(tx)).unwrap();
    all.into_iter()
        .map(|((post, _), _)| (post.title, post.over))
        .collect()
}

#[test]
fn a_post_is_written_once_and_again_by_whoever_saw_it() {
    let town = town();
    let first = town.operation(Body::PostIncident {
        post: post("Premier", false),
    });
    let applied = town.commune.submit(first.clone()).unwrap();
    let seen = i64::try_from(applied.seq.unwrap()).unwrap();
    let head = town.head();
    assert_eq!(town.commune.submit(first).unwrap().outcome, applied.outcome);
    let same = town.submits(
        None,
        Body::PostIncident {
            post: post("Premier", false),
        },
    );
    assert_eq!(
        same.unwrap(),
        Outcome::Version(seen),
        "a form sent twice publishes once"
    );
    assert_eq!(town.head(), head);

    let blind = town.submits(
        None,
        Body::PostIncident {
            post: post("Second", false),
        },
    );
    let Err(CorridorError::Refused(Refusal::Changed { version })) = blind else {
        panic!("{blind:?}");
    };
    assert_eq!((version, town.head()), (seen, head));
    town.submits(
        Some(seen),
        Body::PostIncident {
            post: post("Second", true),
        },
    )
    .unwrap();
    assert_eq!(titles(&town), [("Second".to_owned(), true)]);
    town.replays();
}

#[test]
fn what_is_taken_off_is_read_nowhere_and_taken_off_once() {
    let town = town();
    let id = post("", false).id;
    let head = town.head();
    let nowhere = town.submits(None, Body::RemoveIncident { post: id });
    assert!(
        matches!(nowhere, Err(CorridorError::Refused(Refusal::NotFound(_)))),
        "{nowhere:?}"
    );
    let untitled = town.submits(
        None,
        Body::PostIncident {
            post: post(" ", false),
        },
    );
    assert!(matches!(
        untitled,
        Err(CorridorError::Refused(Refusal::Invalid(_)))
    ));
    assert_eq!(town.head(), head);

    town.submits(
        None,
        Body::PostIncident {
            post: post("Dit", false),
        },
    )
    .unwrap();
    let seen = i64::try_from(town.head()).unwrap();
    let late = town.submits(Some(seen - 1), Body::RemoveIncident { post: id });
    assert!(matches!(
        late,
        Err(CorridorError::Refused(Refusal::Changed { .. }))
    ));
    town.submits(Some(seen), Body::RemoveIncident { post: id })
        .unwrap();
    let head = town.head();
    town.submits(Some(seen), Body::RemoveIncident { post: id })
        .unwrap();
    assert_eq!(town.head(), head, "it is off already");
    assert!(titles(&town).is_empty());

    let removed = Some(i64::try_from(head).unwrap());
    town.submits(
        removed,
        Body::PostIncident {
            post: post("De nouveau", false),
        },
    )
    .unwrap();
    assert_eq!(titles(&town), [("De nouveau".to_owned(), false)]);
    town.replays();
}
