//! What lies off-site: it is kept for years, and the newest program must read the oldest.

use uuid::Uuid;

use super::{AT, date, golden, id, key, position};
use crate::codec::{Blob, Hash32};
use crate::ids::{BranchId, OperationId, SiteId};
use crate::journal::{ENTRY_VERSION, Header, commitment};
use crate::offsite::{BranchBirth, Name, Printed, PrintedList, Segment, Shipped, Withdrawals};
use crate::operation::{Actor, Channel};
use crate::receipt::Position;
use crate::withdrawal::{Withdrawal, Withdrawn};

const SHIPPING: Hash32 = Hash32([9; 32]);

fn segment() -> Segment {
    let salt = Hash32([6; 32]);
    let branch = BranchId(id(11));
    Segment {
        branch: BranchBirth {
            id: branch,
            parent: Some(position()),
            born_at: AT,
        },
        before: position(),
        entries: vec![Shipped {
            header: Header {
                version: ENTRY_VERSION,
                branch,
                seq: 1_001,
                received_at: AT,
                operation: OperationId(Uuid::from_u128(2)),
                at: AT,
                actor: Actor::Host,
                channel: Channel::Command,
                kind: "put_site".into(),
                origin: None,
                commitment: commitment(&salt, b"body", b"outcome"),
                seen: None,
                first_received_at: None,
            },
            salt: Some(salt),
            body: Some(Blob(b"body".to_vec())),
            outcome: Blob(b"outcome".to_vec()),
        }],
    }
}

#[test]
fn segments() {
    golden(
        &segment(),
        "831ff75d0dfc8f041ddc29a1b2f794e178a26e05e07131b23251aa4ebfc3b154",
    );
    let slug = "ville".parse().unwrap();
    let bytes = segment().seal(&slug, &SHIPPING, Hash32([10; 32])).unwrap();
    assert!(bytes.starts_with(b"preau-offsite/1\n"));
    assert_eq!(
        data_encoding::HEXLOWER.encode(&bytes[16..69]),
        "0033846576696c6c6548b8d87671a7c5556158200a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a00"
    );
    let (read, last) = Segment::open(&slug, &SHIPPING, &bytes).unwrap();
    assert_eq!(read, segment());
    assert_eq!(
        last.hash.hex(),
        "42ae70a1ba593c61edc41e281d488205687d40f892e8f78681ba5d88b952e1fe"
    );
    assert_eq!(
        Name::segment(1_001, &last).path(&slug),
        "ville/journal/0b0b0b0b-0b0b-0b0b-0b0b-0b0b0b0b0b0b/000000001001-000000001001-42ae70a1ba593c61.segment"
    );
}

#[test]
fn a_segment_sealed_once_opens_for_ever() {
    let sealed = "70726561752d6f6666736974652f310a0033846576696c6c6548b8d87671a7c5556158200a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a004c8528cba4a340bc60a5b6a04b4e5b47a3d2fc66783a6770b0cd4d4650df155ee0e4ef08fa38f3cebf381394fe46fedf6a16ae93fa49f7baf821be45ef829d5fab5d1ea8bcd507a349fcb5534bc8ca2ef5e05772ecbf927981653af40cc67f91c09004474a3207c7a1cab86e480f7aed122a2aa94fd4708383b28c10e3e24409650e5d";
    let bytes = data_encoding::HEXLOWER.decode(sealed.as_bytes()).unwrap();
    let read = Segment::open(&"ville".parse().unwrap(), &SHIPPING, &bytes);
    assert_eq!(read.map(|(segment, _)| segment), Ok(segment()));
}

#[test]
fn withdrawals() {
    let set = Withdrawals::of([Withdrawal::sign(Withdrawn::Device, id(3), AT, &key())]);
    golden(
        &set,
        "8181840050030303030303030303030303030303031b000001a2076b44005840638f65ffc691d468e94826c04d81e716bd472e0d5d0c07595bb17855d0658bcc99bb13bf6b40fe928332be18a4f96e6abdd978ac4fe77d09c3cece366b197200",
    );
    assert_eq!(
        set.digest().hex(),
        "a4260bb67811e636e792b8e2cd3df454c6d43104132e337b0dfa521818ea5e31"
    );
    let slug = "ville".parse().unwrap();
    assert_eq!(
        Name::withdrawals(&set.digest()).path(&slug),
        "ville/withdrawals/a4260bb67811e636e792b8e2cd3df454.withdrawals"
    );
    let at = Position {
        seq: 12,
        ..position()
    };
    assert_eq!(
        Name::snapshot(&at, AT).path(&slug),
        "ville/snapshots/000000000012-0101010101010101-20261123T080000Z.snapshot"
    );
}

fn list() -> PrintedList {
    let printed = Printed {
        site: SiteId(id(4)),
        slug: "jules-ferry".parse().expect("a slug"),
        date: date(),
        made_at: AT,
        at: position(),
        zone: "Europe/Paris".into(),
        html: "<!doctype html>".into(),
    };
    PrintedList::sign(printed, &key())
}

#[test]
fn printed_lists() {
    golden(
        &list(),
        "8dd0bf6310c1dc2fc8715ff823d0569931eb79c194c8e070c9746a2886f59a8e",
    );
    let name = Name::List {
        site: "jules-ferry".parse().unwrap(),
        date: date(),
        seq: 1_001,
    };
    let slug = "ville".parse().unwrap();
    assert_eq!(
        name.path(&slug),
        "ville/lists/2026-11-23/jules-ferry-000000001001.list"
    );
    assert_eq!(Name::Page.path(&slug), "ville/public/index.html");
    assert_eq!(Name::Feed.path(&slug), "ville/public/feed.atom");
}

#[test]
fn a_list_sealed_once_opens_for_ever() {
    let slug = "ville".parse().unwrap();
    let sealed = "70726561752d6f6666736974652f310a0033846576696c6c6548b8d87671a7c5556158200a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a02193e443a9e563497a86d75c307e80cb4950d9b12cbb04a5153d713e7b3dc93221e937950e355423f63d5afa43a60919af26aeab3bc816ffd32f0728a4d058612c55149bc6f1e3b4981634a35d187047ac518e163f75f1fd02ddab886b3fddd7249a5cbf0f296ea2eedcb06136bcb97bfc05318d46488394f6fd087d2989b60f64bdcbf7c84485ef68f08124e0e48b1c7634cb83b01bc19b03c7d7457689bce93c4";
    let bytes = data_encoding::HEXLOWER.decode(sealed.as_bytes()).unwrap();
    let read = PrintedList::open(&slug, &SHIPPING, &key().public(), &bytes);
    assert_eq!(read, Ok(list()));
}
