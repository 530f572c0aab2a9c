//! Golden bytes: what is on disks and wires out there must be read for ever, and written the same.

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use minicbor::{Decode, Encode};
use uuid::Uuid;

use crate::addresses::{Addresses, Places};
use crate::codec::{Blob, Hash32, Minute, decode, encode};
use crate::credential::{Credential, Grant};
use crate::day_list::{
    Badge, BadgeKind, DayList, ListedActivity, ListedChild, ListedFormula, ListedRow, Roster, RosterChild,
};
use crate::digest::SheetRef;
use crate::envelope::{Header, Scope};
use crate::ids::{ActivityId, BranchId, ChildId, DeviceId, FormulaId, HouseholdId, MarkId, SiteId};
use crate::mode::Mode;
use crate::operation::{Actor, Body, Outcome, ReceivedMark};
use crate::receipt::{Position, Receipt, Statement};
use crate::sign::{SigningKey, sha256};
use crate::time::UtcMs;
use crate::wire::{Payload, SheetUp, SignedAnswer, SyncRequest, SyncResponse, Taken, Verdict};
use crate::withdrawal::{Withdrawal, Withdrawn};

mod bookings;
mod families;
mod merge;
mod offsite;
mod recovery;
mod snapshot;
mod town;

fn id(n: u8) -> Uuid {
    Uuid::from_bytes([n; 16])
}

fn key() -> SigningKey {
    SigningKey::from_seed(&[42; 32])
}

fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
}

const AT: UtcMs = UtcMs(1_795_420_800_000);

/// Checks the bytes, and that they read back as the value.
#[track_caller]
fn golden<T>(value: &T, expected: &str)
where
    T: Encode<()> + for<'b> Decode<'b, ()> + PartialEq + std::fmt::Debug,
{
    let bytes = encode(value);
    let shown = if bytes.len() <= 100 {
        HEXLOWER.encode(&bytes)
    } else {
        sha256(&[&bytes]).hex()
    };
    assert_eq!(shown, expected);
    assert_eq!(decode::<T>(&bytes).as_ref(), Ok(value));
}

fn position() -> Position {
    Position {
        branch: BranchId(id(1)),
        seq: 1_000,
        hash: Hash32([2; 32]),
    }
}

#[test]
fn receipts() {
    let statement = Statement {
        device: DeviceId(id(3)),
        at: position(),
        window: Hash32([4; 32]),
    };
    let receipt = Receipt::sign(statement, &key());
    assert!(receipt.is_of(&key().public()));
    golden(
        &receipt,
        "9ab295c5836a39f45093666b0b2ac0a799ffebaf1e0502780210d03f65b0bc2c",
    );
}

#[test]
fn envelope_headers() {
    let header = Header {
        scope: Scope::DayList {
            site: SiteId(id(5)),
            date: date(),
        },
        branch: BranchId(id(1)),
        seq: 7,
        hash: Hash32([6; 32]),
    };
    golden(
        &header,
        "84830050050505050505050505050505050505051a000b4a6750010101010101010101010101010101010758200606060606060606060606060606060606060606060606060606060606060606",
    );
    golden(
        &Scope::Site { site: SiteId(id(5)) },
        "82015005050505050505050505050505050505",
    );
    golden(&Scope::Roster, "8102");
}

#[test]
fn credentials_withdrawals_and_addresses() {
    let grant = Grant {
        commune: "ville".parse().unwrap(),
        device: DeviceId(id(3)),
        key: key().public(),
        sites: vec![SiteId(id(5))],
        since: AT,
    };
    let credential = Credential::sign(grant, &key());
    assert!(credential.is_of(&key().public()));
    golden(
        &credential,
        "92d265cba1404c9e4ab52e56c56c2de8e314d06e9e43ae187c15c58a5e1643a9",
    );
    let withdrawal = Withdrawal::sign(Withdrawn::Device, id(3), AT, &key());
    assert!(withdrawal.is_of(&key().public()));
    golden(
        &withdrawal,
        "840050030303030303030303030303030303031b000001a2076b44005840638f65ffc691d468e94826c04d81e716bd472e0d5d0c07595bb17855d0658bcc99bb13bf6b40fe928332be18a4f96e6abdd978ac4fe77d09c3cece366b197200",
    );
    let places = Places {
        commune: "ville".parse().unwrap(),
        at: AT,
        servers: vec!["https://preau.example.fr".into()],
        fallback: None,
    };
    let addresses = Addresses::sign(places, &key());
    assert!(addresses.is_of(&key().public()));
    golden(
        &addresses,
        "afe3953fd2700248f9b748b1b9687f0ce036743c4b4f6549277dc5b84412253b",
    );
}

#[test]
fn day_lists_and_rosters() {
    let (child, activity, formula) = (ChildId(id(7)), ActivityId(id(8)), FormulaId(id(9)));
    let list = DayList {
        aliases: Vec::new(),
        notices: Vec::new(),
        site: SiteId(id(5)),
        date: date(),
        activities: vec![ListedActivity {
            id: activity,
            slug: "cantine".parse().unwrap(),
            name: "Cantine".into(),
            mode: Mode::Presence,
            opens: Minute::new(11, 45),
            closes: Minute::new(13, 30),
            formulas: vec![ListedFormula {
                id: formula,
                slug: "repas".parse().unwrap(),
                name: "Repas".into(),
            }],
        }],
        children: vec![ListedChild {
            contacts: Vec::new(),
            health: None,
            symbol: None,
            id: child,
            first_name: "Léa".into(),
            last_name: "Martin".into(),
            born: date(),
            school: None,
            class: Some("CP".into()),
            households: vec![HouseholdId(id(10))],
            badges: vec![Badge {
                kind: BadgeKind::Allergy,
                text: "arachide".into(),
            }],
            must_know: Some("Stylo dans l’armoire.".into()),
            phone: None,
        }],
        rows: vec![ListedRow {
            note: None,
            standing: None,
            child,
            activity,
            formula: Some(formula),
            group: None,
            sitting: Some(1),
            table: Some("Table 4".into()),
            expected_in: None,
            expected_out: None,
            comes_from: None,
            goes_to: None,
        }],
    };
    golden(
        &list,
        "316c8c25d88c677f06908ca0f3b4c072bbc9d31f9a5d593c2460b35a4ae278d1",
    );
    let known = RosterChild {
        id: child,
        first_name: "Léa".into(),
        last_name: "Martin".into(),
        birth_year: 2020,
        school: None,
        allergy: None,
        phone: None,
    };
    golden(
        &Roster {
            children: vec![known],
        },
        "8181845007070707070707070707070707070707644cc3a961664d617274696e1907e4",
    );
}

#[test]
fn requests() {
    let request = SyncRequest {
        owed: None,
        unite: None,
        held: None,
        returned: None,
        addresses: None,
        version: None,
        commune: "ville".parse().unwrap(),
        device: DeviceId(id(3)),
        known: Some(position()),
        cursor: 1_000,
        from: date(),
        lists_to: 739_985,
        sheets: vec![SheetUp {
            sheet: SheetRef {
                site: SiteId(id(5)),
                date: date(),
            },
            heads: vec![Hash32([9; 32])],
            payload: Payload::Changes(vec![Blob(vec![1, 2, 3])]),
        }],
        credential: None,
        withdrawals: None,
        compare: None,
        proof: None,
    };
    golden(
        &request,
        "3405a364f7ef32df471bb6080d8a44ecc6c59f72d78b6ec2d009c60bbb008a0b",
    );
    golden(&Payload::Whole(Blob(vec![1])), "82014101");
}

#[test]
fn operations() {
    let marks = vec![ReceivedMark {
        id: MarkId(id(11)),
        value: Blob(vec![1]),
        returned: false,
    }];
    let (device, site) = (DeviceId(id(3)), SiteId(id(5)));
    golden(
        &Body::ReceiveMarks {
            device,
            site,
            date: 739_943,
            marks,
        },
        "8513500303030303030303030303030303030350050505050505050505050505050505051a000b4a678183500b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b4101f4",
    );
    golden(
        &Outcome::Marks {
            stored: 1,
            already: 0,
        },
        "83030100",
    );
    golden(&Actor::Device(device), "82035003030303030303030303030303030303");
}

#[test]
fn answers() {
    let statement = Statement {
        device: DeviceId(id(3)),
        at: position(),
        window: Hash32([4; 32]),
    };
    let response = SyncResponse {
        at: AT,
        branch: BranchId(id(1)),
        cursor: 1_000,
        more: false,
        receipt: Receipt::sign(statement, &key()),
        taken: vec![Taken {
            sheet: SheetRef {
                site: SiteId(id(5)),
                date: date(),
            },
            verdict: Verdict::Accepted,
        }],
        sheets: vec![],
        envelopes: vec![],
        withdrawals: vec![],
        addresses: None,
        states: None,
        backed_up: 0,
        lists_to: 739_985,
        lineage: None,
        wanted: None,
        oldest_backup: None,
        withheld: None,
        services: None,
    };
    golden(
        &response,
        "505a8a2f015e2c354ac25d65dc64ac515ea9e40b87ccb2a145786a92a5c29e56",
    );
    let answer = SignedAnswer::new(b"request", &response, &key());
    assert!(answer.is_of(b"request", &key().public()));
    assert!(!answer.is_of(b"another", &key().public()));
    golden(
        &answer,
        "87510e27df331cce0e0097a66ab06846daaf9e38f225a56f1b3749d6b5611895",
    );
}
