//! How Emma and Paul of one household get in, and what the corridor does not let anybody do.

use shared::codec::{Blob, Hash32};
use shared::ids::{BatchId, ChildId, GuardianId, HouseholdId};
use shared::operation::{
    Actor, Authority, Body, Channel, ChildRecord, FamilyCode, GuardianRecord, HouseholdRecord, LinkPurpose,
    LogInWay, Refusal,
};
use shared::time::UtcMs;
use uuid::Uuid;

use super::replayed::{entries, replay};
use super::{Town, town};
use crate::corridor::CorridorError;
use crate::store::{Read, Row};

const PETIT: HouseholdId = HouseholdId(Uuid::from_u128(0xf1));
const PAUL: GuardianId = GuardianId(Uuid::from_u128(0xa1));
const EMMA: GuardianId = GuardianId(Uuid::from_u128(0xa2));
const MIA: ChildId = ChildId(Uuid::from_u128(0xc1));
const PHC: &str = "$argon2id$";

fn family() -> Town {
    let town = town();
    let guardian = |id, name: &str| GuardianRecord {
        id,
        first_name: name.into(),
        last_name: "Petit".into(),
        email: None,
        phone: None,
        authority: Authority::Full,
    };
    let household = HouseholdRecord {
        id: PETIT,
        name: "Petit".into(),
        guardians: vec![guardian(PAUL, "Paul"), guardian(EMMA, "Emma")],
    };
    let child = ChildRecord {
        symbol: None,
        health: None,
        left_on: None,
        reference: None,
        id: MIA,
        first_name: "Mia".into(),
        last_name: "Petit".into(),
        born: "2018-05-04".parse().unwrap(),
        school: None,
        class: None,
        households: vec![PETIT],
        badges: Vec::new(),
        must_know: None,
        phone: None,
    };
    town.accept(Body::PutHousehold { household });
    town.accept(Body::PutChild { child });
    town
}

impl Town {
    fn by(&self, actor: Actor, body: Body) -> Result<(), Refusal> {
        let operation = self.commune.operation(actor, Channel::Portal, body);
        match self.commune.submit(operation) {
            Ok(_) => Ok(()),
            Err(CorridorError::Refused(refusal)) => Err(refusal),
            Err(error) => panic!("{error}"),
        }
    }

    fn accept(&self, body: Body) {
        self.by(Actor::Host, body).unwrap();
    }

    fn link(&self, n: u8, guardian: GuardianId, purpose: LinkPurpose, address: &str, lives_ms: i64) {
        self.accept(Body::IssueGuardianLink {
            guardian,
            token: Hash32([n; 32]),
            purpose,
            address: address.into(),
            expires_at: self.commune.clock.now().plus_ms(lives_ms),
            pair: None,
        });
    }

    fn head_seq(&self) -> u64 {
        self.commune.head().unwrap().seq
    }

    fn account(&self, guardian: GuardianId) -> Row {
        let sql = "select login, phc, email, deleted_at, second_factor from guardian where id = ?1";
        let row = self.commune.store.read(|tx| tx.first(sql, &[guardian.into()]));
        row.unwrap().unwrap()
    }
}

fn set(guardian: GuardianId, login: &str, link: Option<u8>) -> Body {
    Body::SetGuardianLogin {
        guardian,
        login: login.into(),
        phc: PHC.into(),
        token: link.map(|n| Hash32([n; 32])),
    }
}

#[test]
fn a_link_is_for_one_guardian_one_purpose_and_one_use() {
    let town = family();
    town.link(1, EMMA, LinkPurpose::Activate, "emma@famille.example", 3_600_000);
    town.link(2, EMMA, LinkPurpose::Login, "neuf@famille.example", 3_600_000);
    let before = town.head_seq();
    let paul = Actor::Guardian(PAUL);
    let emma = Actor::Guardian(EMMA);
    for (actor, body, refusal) in [
        (paul, set(EMMA, "emma", Some(1)), Refusal::Forbidden),
        (paul, set(PAUL, "emma", Some(1)), Refusal::CodeUnknown),
        (emma, set(EMMA, "emma", Some(2)), Refusal::CodeUnknown),
        (emma, set(EMMA, "emma", Some(9)), Refusal::CodeUnknown),
        (
            emma,
            Body::ConfirmAddress {
                guardian: EMMA,
                token: Hash32([1; 32]),
            },
            Refusal::CodeUnknown,
        ),
    ] {
        assert_eq!(town.by(actor, body), Err(refusal));
    }
    assert_eq!(town.head_seq(), before, "a refusal is no record");
    town.by(emma, set(EMMA, "emma", Some(1))).unwrap();
    assert_eq!(town.by(emma, set(EMMA, "emma", Some(1))), Err(Refusal::CodeUsed));
    assert_eq!(
        town.by(
            emma,
            Body::ConfirmAddress {
                guardian: EMMA,
                token: Hash32([2; 32])
            }
        ),
        Err(Refusal::CodeExpired),
        "whoever held another link of before does not go on with it"
    );
    assert_eq!(town.account(EMMA).text(2).unwrap(), "emma@famille.example");
}

#[test]
fn the_next_link_of_a_purpose_voids_the_one_before_and_all_grow_old() {
    let town = family();
    town.link(1, EMMA, LinkPurpose::Activate, "a@famille.example", 3_600_000);
    town.link(2, EMMA, LinkPurpose::Activate, "b@famille.example", 3_600_000);
    town.link(3, PAUL, LinkPurpose::Activate, "c@famille.example", 0);
    let emma = Actor::Guardian(EMMA);
    assert_eq!(
        town.by(emma, set(EMMA, "emma", Some(1))),
        Err(Refusal::CodeExpired)
    );
    let paul = Actor::Guardian(PAUL);
    assert_eq!(
        town.by(paul, set(PAUL, "paul", Some(3))),
        Err(Refusal::CodeExpired)
    );
    assert_eq!(town.by(emma, set(EMMA, "emma", Some(2))), Ok(()));
}

#[test]
fn a_family_never_changes_a_login_that_stands_nor_takes_anothers() {
    let town = family();
    let (paul, emma) = (Actor::Guardian(PAUL), Actor::Guardian(EMMA));
    town.accept(set(PAUL, "paul@famille.example", None));
    assert_eq!(town.by(paul, set(PAUL, "autre", None)), Err(Refusal::Forbidden));
    assert_eq!(town.by(paul, set(PAUL, "paul@famille.example", None)), Ok(()));
    town.link(1, EMMA, LinkPurpose::Activate, "paul@famille.example", 3_600_000);
    assert_eq!(
        town.by(emma, set(EMMA, "paul@famille.example", Some(1))),
        Err(Refusal::Taken("paul@famille.example".into()))
    );
    for wrong in ["", "deux mots", "  "] {
        let refused = town.by(emma, set(EMMA, wrong, Some(1)));
        assert!(
            matches!(refused, Err(Refusal::Invalid(_))),
            "{wrong}: {refused:?}"
        );
    }
    assert!(town.account(EMMA).is_null(0), "the link was not used up");
    assert_eq!(town.by(emma, set(EMMA, "emma", Some(1))), Ok(()));
}

#[test]
fn a_login_is_changed_by_the_link_of_the_town_hall_and_the_contact_stays() {
    let town = family();
    town.accept(set(PAUL, "paul", None));
    town.accept(set(EMMA, "emma", None));
    town.link(1, PAUL, LinkPurpose::Login, "emma", 3_600_000);
    let confirm = |n| Body::ConfirmAddress {
        guardian: PAUL,
        token: Hash32([n; 32]),
    };
    let paul = Actor::Guardian(PAUL);
    assert_eq!(town.by(paul, confirm(1)), Err(Refusal::Taken("emma".into())));
    town.link(2, PAUL, LinkPurpose::Login, "paul@travail.example", 3_600_000);
    town.by(paul, confirm(2)).unwrap();
    let account = town.account(PAUL);
    assert_eq!(account.text(0).unwrap(), "paul@travail.example");
    assert!(account.is_null(2));
    assert_eq!(account.text(1).unwrap(), PHC);
}

#[test]
fn codes_on_paper_open_their_household_until_others_are_given() {
    let town = family();
    let issue = |n: u8, lives_ms: i64| Body::IssueFamilyCodes {
        codes: vec![FamilyCode {
            pair: Hash32([n; 32]),
            child: MIA,
            household: PETIT,
        }],
        expires_at: town.commune.clock.now().plus_ms(lives_ms),
        batch: BatchId(Uuid::from_u128(1)),
    };
    let ask = |n: u8, pair: u8| Body::IssueGuardianLink {
        guardian: EMMA,
        token: Hash32([n; 32]),
        purpose: LinkPurpose::Activate,
        address: "emma@famille.example".into(),
        expires_at: UtcMs(i64::MAX),
        pair: Some(Hash32([pair; 32])),
    };
    town.accept(issue(101, 3_600_000));
    assert_eq!(town.by(Actor::Host, ask(1, 99)), Err(Refusal::CodeUnknown));
    assert_eq!(town.by(Actor::Host, ask(1, 101)), Ok(()));
    assert_eq!(town.by(Actor::Host, ask(2, 101)), Ok(()), "the other parent too");
    town.accept(issue(102, 0));
    assert_eq!(
        town.by(Actor::Host, ask(3, 102)),
        Err(Refusal::CodeExpired),
        "too old"
    );
    let elsewhere = Body::IssueFamilyCodes {
        codes: vec![FamilyCode {
            pair: Hash32([103; 32]),
            child: MIA,
            household: HouseholdId(Uuid::from_u128(0xdead)),
        }],
        expires_at: UtcMs(i64::MAX),
        batch: BatchId(Uuid::from_u128(2)),
    };
    assert!(matches!(
        town.by(Actor::Host, elsewhere),
        Err(Refusal::NotFound(_))
    ));
}

#[test]
fn a_code_for_a_lost_telephone_is_used_once() {
    let town = family();
    town.accept(set(PAUL, "paul", None));
    let paul = Actor::Guardian(PAUL);
    let log_in = |code: u8, way| Body::GuardianLoggedIn {
        guardian: PAUL,
        way,
        recovery: Some(Hash32([code; 32])),
    };
    let factor = Body::SetSecondFactor {
        guardian: PAUL,
        sealed: Some(Blob(vec![1, 2, 3])),
        recovery: vec![Hash32([7; 32]), Hash32([8; 32])],
    };
    assert_eq!(
        town.by(Actor::Guardian(EMMA), factor.clone()),
        Err(Refusal::Forbidden)
    );
    town.by(paul, factor).unwrap();
    let way = LogInWay::RecoveryCode;
    assert_eq!(town.by(paul, log_in(9, way)), Err(Refusal::CodeUnknown));
    assert_eq!(
        town.by(paul, log_in(7, LogInWay::Password)),
        Err(Refusal::CodeUsed),
        "a code goes with its way"
    );
    assert_eq!(town.by(paul, log_in(7, way)), Ok(()));
    assert_eq!(town.by(paul, log_in(7, way)), Err(Refusal::CodeUsed));
    assert_eq!(town.by(paul, log_in(8, way)), Ok(()));
}

#[test]
fn an_account_is_deleted_restored_and_forgotten() {
    let town = family();
    town.accept(set(PAUL, "paul", None));
    town.link(1, PAUL, LinkPurpose::Reset, "paul@famille.example", 3_600_000);
    let paul = Actor::Guardian(PAUL);
    town.by(paul, Body::DeleteAccount { guardian: PAUL }).unwrap();
    assert!(!town.account(PAUL).is_null(3));
    let logged_in = Body::GuardianLoggedIn {
        guardian: PAUL,
        way: LogInWay::Password,
        recovery: None,
    };
    assert!(matches!(
        town.by(paul, logged_in.clone()),
        Err(Refusal::NotFound(_))
    ));
    assert_eq!(
        town.by(paul, Body::RestoreAccount { guardian: PAUL }),
        Err(Refusal::Forbidden),
        "irreversible for the family"
    );
    town.accept(Body::RestoreAccount { guardian: PAUL });
    assert_eq!(town.by(paul, logged_in), Ok(()));
    assert_eq!(
        town.by(paul, set(PAUL, "paul", Some(1))),
        Err(Refusal::CodeExpired),
        "a link of before opens nothing any more"
    );
    let before = town.head_seq();
    town.accept(Body::ForgetAccount { guardian: PAUL });
    assert_eq!(town.head_seq(), before, "what stands is not forgotten");
    town.by(paul, Body::DeleteAccount { guardian: PAUL }).unwrap();
    town.accept(Body::ForgetAccount { guardian: PAUL });
    let account = town.account(PAUL);
    assert!(account.is_null(0) && account.is_null(1) && account.is_null(3));
    town.accept(set(EMMA, "paul", None));
}

#[test]
fn the_journal_gives_the_same_accounts_again() {
    let town = family();
    town.link(1, EMMA, LinkPurpose::Activate, "emma@famille.example", 3_600_000);
    let emma = Actor::Guardian(EMMA);
    town.by(emma, set(EMMA, "emma", Some(1))).unwrap();
    town.accept(Body::IssueFamilyCodes {
        codes: vec![FamilyCode {
            pair: Hash32([5; 32]),
            child: MIA,
            household: PETIT,
        }],
        expires_at: UtcMs(i64::MAX),
        batch: BatchId(Uuid::from_u128(1)),
    });
    town.by(
        emma,
        Body::SetSecondFactor {
            guardian: EMMA,
            sealed: Some(Blob(vec![1])),
            recovery: vec![Hash32([7; 32])],
        },
    )
    .unwrap();
    town.by(
        emma,
        Body::GuardianLoggedIn {
            guardian: EMMA,
            way: LogInWay::RecoveryCode,
            recovery: Some(Hash32([7; 32])),
        },
    )
    .unwrap();
    let tables = |tx: &mut dyn Read| {
        [
            "guardian",
            "guardian_link",
            "family_code",
            "second_factor_code",
            "household",
        ]
        .into_iter()
        .map(|table| tx.query(&format!("select * from {table} order by 1, 2"), &[]))
        .collect::<Result<Vec<_>, _>>()
    };
    let again = replay(&town, entries(&town)).unwrap();
    assert_eq!(
        again.read(tables).unwrap(),
        town.commune.store.read(tables).unwrap()
    );
}

#[test]
fn a_guardian_asks_for_nothing_but_what_families_may() {
    let town = super::town();
    let guardian = Actor::Guardian(shared::ids::GuardianId(uuid::Uuid::from_u128(1)));
    let wanted = town.commune.operation(
        guardian,
        Channel::Portal,
        Body::RenameCommune {
            name: "Autre".into(),
            zone: "Europe/Paris".into(),
            label: "mairie".into(),
        },
    );
    let refused = town.commune.submit(wanted);
    assert!(matches!(
        refused,
        Err(crate::corridor::CorridorError::Refused(Refusal::Forbidden))
    ));
}

#[test]
fn codes_on_paper_open_no_login_that_stands() {
    let town = family();
    let pair = Hash32([104; 32]);
    town.accept(Body::IssueFamilyCodes {
        codes: vec![FamilyCode {
            pair,
            child: MIA,
            household: PETIT,
        }],
        expires_at: UtcMs(i64::MAX),
        batch: BatchId(Uuid::from_u128(1)),
    });
    town.accept(set(EMMA, "emma", None));
    let ask = || Body::IssueGuardianLink {
        guardian: EMMA,
        token: Hash32([1; 32]),
        purpose: LinkPurpose::Activate,
        address: "quelqu-un@ailleurs.example".into(),
        expires_at: UtcMs(i64::MAX),
        pair: Some(pair),
    };
    assert_eq!(town.by(Actor::System, ask()), Err(Refusal::CodeUnknown));
    town.accept(Body::DeleteAccount { guardian: EMMA });
    assert_eq!(
        town.by(Actor::System, ask()),
        Err(Refusal::CodeUnknown),
        "a deleted one is the town hall's to restore"
    );
}
