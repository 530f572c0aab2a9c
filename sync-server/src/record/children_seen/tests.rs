//! Two households, a child of both, and what each guardian sees.

use std::sync::Arc;

use shared::ids::{ChildId, GuardianId, HouseholdId};
use shared::operation::{
    Actor, Authority, AuthorityOver, Body, Channel, ChildRecord, CustodyException, CustodyRecord,
    GuardianRecord, HolidaySharing, HouseholdRecord, Sharing,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::*;
use crate::clock::Clock;
use crate::commune::Commune;
use crate::store::testing::Place;

const CAMILLE: GuardianId = GuardianId(Uuid::from_u128(11));
const DOMINIQUE: GuardianId = GuardianId(Uuid::from_u128(12));
/// Camille's new partner, who decides for nobody.
const SACHA: GuardianId = GuardianId(Uuid::from_u128(13));
const LEA: ChildId = ChildId(Uuid::from_u128(21));
const TOM: ChildId = ChildId(Uuid::from_u128(22));
const OF_CAMILLE: HouseholdId = HouseholdId(Uuid::from_u128(1));
const OF_DOMINIQUE: HouseholdId = HouseholdId(Uuid::from_u128(2));

struct Town {
    _place: Place,
    commune: Arc<Commune>,
}

fn guardian(id: GuardianId, first_name: &str, authority: Authority) -> GuardianRecord {
    GuardianRecord {
        id,
        first_name: first_name.into(),
        last_name: "Morel".into(),
        email: None,
        phone: None,
        authority,
    }
}

fn child(id: ChildId, first_name: &str, born: &str, households: Vec<HouseholdId>) -> ChildRecord {
    ChildRecord {
        id,
        first_name: first_name.into(),
        last_name: "Morel".into(),
        born: born.parse().expect("a date"),
        school: None,
        class: None,
        households,
        badges: Vec::new(),
        must_know: None,
        phone: None,
        symbol: None,
        health: None,
        reference: None,
        left_on: None,
    }
}

fn custody(sharing: Option<Sharing>) -> CustodyRecord {
    CustodyRecord {
        child: LEA,
        sharing,
        exceptions: Vec::new(),
        authorities: Vec::new(),
        note: String::new(),
    }
}

/// Léa belongs to both households, Tom to Camille's and Sacha's alone.
fn town() -> Town {
    let place = Place::new();
    let clock = Clock::starting_at(UtcMs::parse("2026-11-22T12:00:00Z").expect("an instant"));
    let slug = "ville".parse().expect("a slug");
    let commune = place
        .host(clock)
        .create(&slug, "Ville", "Europe/Paris", "mairie")
        .expect("a commune");
    let town = Town {
        _place: place,
        commune,
    };
    town.put(Body::PutHousehold {
        household: HouseholdRecord {
            id: OF_CAMILLE,
            name: "Morel".into(),
            guardians: vec![
                guardian(CAMILLE, "Camille", Authority::Full),
                guardian(SACHA, "Sacha", Authority::None),
            ],
        },
    });
    town.put(Body::PutHousehold {
        household: HouseholdRecord {
            id: OF_DOMINIQUE,
            name: "Morel".into(),
            guardians: vec![guardian(DOMINIQUE, "Dominique", Authority::ByJudgment)],
        },
    });
    town.put(Body::PutChild {
        child: child(LEA, "Léa", "2018-03-02", vec![OF_CAMILLE, OF_DOMINIQUE]),
    });
    town.put(Body::PutChild {
        child: child(TOM, "Tom", "2016-05-09", vec![OF_CAMILLE]),
    });
    town
}

impl Town {
    fn put(&self, body: Body) {
        let operation = self.commune.operation(Actor::Host, Channel::Command, body);
        self.commune.submit(operation).expect("taken");
    }

    fn seen(&self, by: GuardianId) -> Vec<SeenChild> {
        let found = self.commune.store.read(|tx| children_seen(tx, by));
        found.expect("children")
    }

    /// First names, and whether the file is seen.
    fn names(&self, by: GuardianId) -> Vec<(String, bool)> {
        let all = self.seen(by);
        all.iter()
            .map(|one| (one.first_name.clone(), one.file()))
            .collect()
    }

    fn lea(&self, by: GuardianId) -> SeenChild {
        let all = self.seen(by);
        all.into_iter().find(|one| one.id == LEA).expect("Léa")
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn a_guardian_sees_the_children_of_its_household_the_eldest_first() {
    let town = town();
    let both = [("Tom".to_owned(), true), ("Léa".to_owned(), true)];
    assert_eq!(town.names(CAMILLE), both);
    assert_eq!(town.names(DOMINIQUE), [("Léa".to_owned(), true)]);
    assert_eq!(town.names(GuardianId(Uuid::from_u128(99))), []);
}

#[test]
fn who_has_no_authority_sees_names_and_no_file() {
    let town = town();
    let both = [("Tom".to_owned(), false), ("Léa".to_owned(), false)];
    assert_eq!(town.names(SACHA), both);
}

#[test]
fn what_is_said_of_one_child_stands_over_a_guardians_own_file() {
    let town = town();
    let over = |guardian, authority| AuthorityOver { guardian, authority };
    town.put(Body::PutCustody {
        custody: CustodyRecord {
            authorities: vec![
                over(SACHA, Authority::Full),
                over(DOMINIQUE, Authority::None),
                over(CAMILLE, Authority::ByJudgment),
            ],
            ..custody(None)
        },
    });
    assert_eq!(
        town.names(SACHA),
        [("Tom".to_owned(), false), ("Léa".to_owned(), true)]
    );
    assert_eq!(town.names(DOMINIQUE), [("Léa".to_owned(), false)]);
    assert_eq!(town.lea(CAMILLE).authority, Authority::ByJudgment);
    assert!(town.lea(CAMILLE).file());
}

#[test]
fn a_day_of_a_shared_child_belongs_to_one_household() {
    let town = town();
    let monday = date("2026-11-23");
    for by in [CAMILLE, DOMINIQUE] {
        assert!(town.lea(by).is_ours_on(None, monday), "not shared yet");
        assert!(!town.lea(by).is_shared());
    }
    let agreed = CustodyException {
        from: date("2026-11-25"),
        until: date("2026-11-25"),
        household: OF_DOMINIQUE,
    };
    town.put(Body::PutCustody {
        custody: CustodyRecord {
            exceptions: vec![agreed],
            ..custody(Some(Sharing {
                first: OF_CAMILLE,
                second: OF_DOMINIQUE,
                anchor: monday,
                holidays: HolidaySharing::AsWeeks,
            }))
        },
    });
    for (day, of_camille) in [
        ("2026-11-23", true),
        ("2026-11-25", false),
        ("2026-11-29", true),
        ("2026-11-30", false),
        ("2026-12-07", true),
    ] {
        let day = date(day);
        assert_eq!(town.lea(CAMILLE).is_ours_on(None, day), of_camille, "{day}");
        assert_eq!(town.lea(SACHA).is_ours_on(None, day), of_camille, "{day}");
        assert_eq!(town.lea(DOMINIQUE).is_ours_on(None, day), !of_camille, "{day}");
        let tom = town.seen(CAMILLE).into_iter().find(|one| one.id == TOM);
        assert!(tom.expect("Tom").is_ours_on(None, day), "{day}");
    }
    assert!(town.lea(CAMILLE).is_shared());
}

#[test]
fn a_child_of_another_household_is_as_one_that_does_not_exist() {
    let town = town();
    let look = |by, child| {
        let found = town.commune.store.read(|tx| child_seen(tx, by, child));
        found.expect("a look").map(|one| one.first_name)
    };
    assert_eq!(look(CAMILLE, TOM).as_deref(), Some("Tom"));
    assert_eq!(look(DOMINIQUE, TOM), None);
    assert_eq!(look(DOMINIQUE, ChildId(Uuid::from_u128(77))), None);
}
