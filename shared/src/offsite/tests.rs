//! What the off-site format promises.

use proptest::prelude::*;
use uuid::Uuid;

use super::sealed::{Head, Kind, seal};
use super::*;
use crate::codec::{Blob, Hash32, encode};
use crate::ids::{BranchId, OperationId};
use crate::journal::{ENTRY_VERSION, Header, commitment, entry_hash};
use crate::operation::{Actor, Channel};
use crate::receipt::Position;
use crate::sign::SigningKey;
use crate::time::UtcMs;
use crate::withdrawal::{Withdrawal, Withdrawn};

const SHIPPING: Hash32 = Hash32([9; 32]);

fn ville() -> Slug {
    "ville".parse().unwrap()
}

fn entry(branch: BranchId, seq: u64, body: &[u8]) -> Shipped {
    let salt = Hash32([seq as u8; 32]);
    Shipped {
        header: Header {
            version: ENTRY_VERSION,
            branch,
            seq,
            received_at: UtcMs(1_795_420_800_000 + seq as i64),
            operation: OperationId(Uuid::from_u128(u128::from(seq))),
            at: UtcMs(1_795_420_800_000),
            actor: Actor::Host,
            channel: Channel::Command,
            kind: "put_site".into(),
            origin: None,
            commitment: commitment(&salt, body, b"done"),
            seen: None,
            first_received_at: None,
        },
        salt: Some(salt),
        body: Some(Blob(body.to_vec())),
        outcome: Blob(b"done".to_vec()),
    }
}

fn segment(before: u64, bodies: &[Vec<u8>]) -> Segment {
    let branch = BranchId(Uuid::from_u128(7));
    Segment {
        branch: BranchBirth {
            id: branch,
            parent: None,
            born_at: UtcMs(1_795_420_000_000),
        },
        before: Position {
            branch,
            seq: before,
            hash: if before == 0 {
                Hash32::ZERO
            } else {
                Hash32([3; 32])
            },
        },
        entries: bodies
            .iter()
            .zip(before + 1..)
            .map(|(body, seq)| entry(branch, seq, body))
            .collect(),
    }
}

fn small() -> Segment {
    segment(41, &[b"one".to_vec(), b"two".to_vec()])
}

#[test]
fn a_segment_comes_back_whole_and_knows_its_end() {
    let segment = small();
    let bytes = segment.seal(&ville(), &SHIPPING, Hash32([1; 32])).unwrap();
    let (read, last) = Segment::open(&ville(), &SHIPPING, &bytes).unwrap();
    assert_eq!(read, segment);
    let linked: Vec<_> = read.linked().collect();
    assert_eq!(linked[0].0, Hash32([3; 32]));
    assert_eq!((linked[1].0, linked[1].2), (linked[0].2, last.hash));
    assert_eq!(last.seq, 43);
    let one = entry_hash(&Hash32([3; 32]), &segment.entries[0].header);
    assert_eq!(last.hash, entry_hash(&one, &segment.entries[1].header));
}

#[test]
fn every_flipped_byte_and_every_cut_is_refused() {
    let bytes = small().seal(&ville(), &SHIPPING, Hash32([1; 32])).unwrap();
    for n in 0..bytes.len() {
        for bit in [1, 0x80] {
            let mut flipped = bytes.clone();
            flipped[n] ^= bit;
            assert!(Segment::open(&ville(), &SHIPPING, &flipped).is_err(), "byte {n}");
        }
        assert!(
            Segment::open(&ville(), &SHIPPING, &bytes[..n]).is_err(),
            "cut at {n}"
        );
    }
    let longer = [&bytes[..], b"x"].concat();
    assert!(Segment::open(&ville(), &SHIPPING, &longer).is_err());
}

#[test]
fn an_object_says_whose_it_is_and_which_key_it_takes() {
    let bytes = small().seal(&ville(), &SHIPPING, Hash32([1; 32])).unwrap();
    let autre: Slug = "autre".parse().unwrap();
    assert_eq!(
        Segment::open(&autre, &SHIPPING, &bytes),
        Err(Refused::Commune(ville()))
    );
    assert_eq!(
        Segment::open(&ville(), &Hash32([8; 32]), &bytes),
        Err(Refused::Key)
    );
    assert_eq!(Withdrawals::open(&ville(), &SHIPPING, &bytes), Err(Refused::Kind));
    let newer = [b"preau-offsite/2\n".as_slice(), &bytes[16..]].concat();
    assert_eq!(Segment::open(&ville(), &SHIPPING, &newer), Err(Refused::Newer(2)));
    for foreign in [
        &b""[..],
        b"preau-offsite/",
        b"preau-offsite/01\n",
        b"preau-snapshot/1\n",
        b"\0\0\0\0",
    ] {
        assert!(matches!(
            Segment::open(&ville(), &SHIPPING, foreign),
            Err(Refused::Damaged(_))
        ));
    }
}

#[test]
fn a_bomb_is_not_inflated() {
    let head = Head::new(ville(), &SHIPPING, Hash32([1; 32]), Kind::Segment);
    assert!(seal(&SHIPPING, &head, &vec![0; LARGEST_CONTENT + 1]).is_err());
    // What is just within the bound deflates to little, opens, and is no segment.
    let bytes = seal(&SHIPPING, &head, &vec![0; LARGEST_CONTENT]).unwrap();
    assert!(bytes.len() < LARGEST_CONTENT / 100);
    assert_eq!(
        open(&SHIPPING, &ville(), Kind::Segment, &bytes).unwrap().len(),
        LARGEST_CONTENT
    );
    assert!(matches!(
        Segment::open(&ville(), &SHIPPING, &bytes),
        Err(Refused::Damaged(_))
    ));
    // One that inflates to more is stopped at the bound, whoever sealed it.
    let bomb = sealed::seal_deflated(
        &SHIPPING,
        &head,
        &crate::envelope::deflate(&vec![0; LARGEST_CONTENT + 1]),
    );
    assert!(matches!(
        open(&SHIPPING, &ville(), Kind::Segment, &bomb),
        Err(Refused::Damaged(_))
    ));
}

#[test]
fn entries_that_are_no_piece_of_one_branch_are_refused() {
    let spoiled = |spoil: &dyn Fn(&mut Segment)| {
        let mut segment = small();
        spoil(&mut segment);
        segment.check()
    };
    let other = BranchId(Uuid::from_u128(8));
    let wrong: [&dyn Fn(&mut Segment); 9] = [
        &|segment| segment.entries.clear(),
        &|segment| segment.entries.swap(0, 1),
        &|segment| segment.before.seq -= 1,
        &|segment| segment.before.branch = other,
        &|segment| segment.entries[1].header.branch = other,
        &|segment| segment.entries[1].body = Some(Blob(b"too".to_vec())),
        &|segment| segment.entries[1].body = None,
        &|segment| segment.entries[1].outcome = Blob(b"don".to_vec()),
        &|segment| {
            segment.branch.parent = Some(Position {
                seq: 42,
                ..segment.before
            });
        },
    ];
    for spoil in wrong {
        assert!(matches!(spoiled(spoil), Err(Refused::Chain(_))));
    }
    assert_eq!(
        spoiled(&|segment| segment.entries[0].header.version = 2),
        Err(Refused::Newer(2))
    );
    assert!(segment(0, &[b"first".to_vec()]).check().is_ok());
    // A branch's first entry stands on its parent as it stands there.
    let fork = Position {
        branch: other,
        ..small().before
    };
    let first = |before: Position| {
        spoiled(&|segment: &mut Segment| {
            segment.branch.parent = Some(fork);
            segment.before = before;
        })
    };
    assert!(first(fork).is_ok());
    assert!(first(small().before).is_err());
    // An erased body keeps its place.
    let erased = spoiled(&|segment| (segment.entries[0].body, segment.entries[0].salt) = (None, None));
    assert_eq!(erased, small().check());
}

#[test]
fn withdrawals_are_a_set() {
    let key = SigningKey::from_seed(&[42; 32]);
    let member = |n: u128| Withdrawal::sign(Withdrawn::Device, Uuid::from_u128(n), UtcMs(5), &key);
    let (a, b, c) = (member(1), member(2), member(3));
    let set = Withdrawals::of([b, a, b]);
    assert_eq!(set.all().len(), 2);
    assert_eq!(set.digest(), Withdrawals::of([a, b]).digest());
    assert_ne!(set.digest(), Withdrawals::of([a]).digest());
    let both = set.with(&Withdrawals::of([c, a]));
    assert_eq!(both, Withdrawals::of([c, b, a]));
    let bytes = set.seal(&ville(), &SHIPPING, Hash32([2; 32])).unwrap();
    assert_eq!(Withdrawals::open(&ville(), &SHIPPING, &bytes), Ok(set.clone()));
    let stranger = Withdrawal::sign(
        Withdrawn::Agent,
        Uuid::from_u128(4),
        UtcMs(5),
        &SigningKey::from_seed(&[1; 32]),
    );
    assert_eq!(
        set.with(&Withdrawals::of([stranger])).signed_by(&key.public()),
        set
    );
}

#[test]
fn what_is_no_name_of_ours_is_not_taken_for_one() {
    let last = small().check().unwrap();
    let name = Name::segment(42, &last);
    let path = name.path(&ville());
    assert_eq!(Name::parse(&path), Some((ville(), name.clone())));
    assert!(name.may_be_at(&last) && !name.may_be_at(&small().before));
    for wrong in [
        path.replace(".segment", ".SEGMENT"),
        path.replace("000000000042", "42"),
        path.replace("000000000042", "+00000000042"),
        path.replacen('-', "", 1),
        path.to_uppercase(),
        format!("{path}/x"),
        format!("/{path}"),
        format!("x/{path}"),
        "ville".into(),
        "ville/".into(),
        "ville/addresses/x".into(),
        "Ville/addresses".into(),
        "ville/snapshots/000000000001-0101010101010101-20261123T080000.snapshot".into(),
        "ville/snapshots/000000000001-0101010101010101-20261323T080000Z.snapshot".into(),
        "ville/withdrawals/00.withdrawals".into(),
        "ville/lists/2026-11-23/jules-ferry-12.list".into(),
        "ville/lists/2026-11-3/jules-ferry-000000000012.list".into(),
        "ville/lists/2026-11-23/Jules-000000000012.list".into(),
        "ville/lists/2026-11-23/000000000012.list".into(),
        "ville/lists/jules-ferry-000000000012.list".into(),
        "ville/public/autre.html".into(),
        "ville/public".into(),
    ] {
        assert_eq!(Name::parse(&wrong), None, "{wrong}");
    }
}

fn names() -> impl Strategy<Value = Name> {
    let seq = 0..1_000_000_000_000_u64;
    prop_oneof![
        (any::<u128>(), seq.clone(), seq.clone(), any::<[u8; 8]>()).prop_map(
            |(branch, first, last, hash)| {
                Name::Segment {
                    branch: BranchId(Uuid::from_u128(branch)),
                    first,
                    last,
                    hash,
                }
            }
        ),
        (seq, any::<[u8; 8]>(), 0..253_402_300_799_i64).prop_map(|(seq, branch, at)| Name::Snapshot {
            seq,
            branch,
            made_at: UtcMs(at * 1000),
        }),
        any::<[u8; 16]>().prop_map(|digest| Name::Withdrawals { digest }),
        Just(Name::Addresses),
        Just(Name::Page),
        Just(Name::Feed),
        (
            "[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}",
            0..9_000_i64,
            0..1_000_000_000_000_u64
        )
            .prop_map(|(site, day, seq)| Name::List {
                site: site.parse().unwrap(),
                date: chrono::DateTime::from_timestamp(day * 86_400, 0)
                    .unwrap()
                    .date_naive(),
                seq,
            }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn names_read_back(name in names()) {
        prop_assert_eq!(Name::parse(&name.path(&ville())), Some((ville(), name)));
    }

    #[test]
    fn any_text_is_read_or_left(path in "[a-z]{1,5}/(journal|snapshots|withdrawals|lists|public)?/?.{0,80}") {
        if let Some((commune, name)) = Name::parse(&path) {
            prop_assert_eq!(name.path(&commune), path);
        }
    }

    #[test]
    fn segments_come_back(before in 0..1_000_u64, bodies in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 1..20), salt in any::<[u8; 32]>()) {
        let segment = segment(before, &bodies);
        let bytes = segment.seal(&ville(), &SHIPPING, Hash32(salt)).unwrap();
        let (read, last) = Segment::open(&ville(), &SHIPPING, &bytes).unwrap();
        prop_assert_eq!(last.seq, before + bodies.len() as u64);
        prop_assert_eq!(read, segment);
    }

    #[test]
    fn whatever_else_is_there_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300), sealed in any::<bool>()) {
        let head = Head::new(ville(), &SHIPPING, Hash32([1; 32]), Kind::Segment);
        let bytes = if sealed { seal(&SHIPPING, &head, &bytes).unwrap() } else { bytes };
        prop_assert!(Segment::open(&ville(), &SHIPPING, &bytes).is_err());
    }
}

#[test]
fn a_segment_of_the_largest_number_of_entries_is_small_enough() {
    let bodies = vec![vec![5; 700]; MAX_ENTRIES];
    let segment = segment(0, &bodies);
    let weight: usize = segment.entries.iter().map(Shipped::weight).sum();
    assert!(weight > SEGMENT_BYTES && encode(&segment).len() < 2 * SEGMENT_BYTES);
    assert!(segment.seal(&ville(), &SHIPPING, Hash32([1; 32])).is_ok());
}

#[test]
fn a_printed_list_is_believed_if_the_commune_signed_it() {
    let (key, another) = (SigningKey::from_seed(&[7; 32]), SigningKey::from_seed(&[8; 32]));
    let printed = Printed {
        site: crate::ids::SiteId(Uuid::from_u128(1)),
        slug: "jules-ferry".parse().unwrap(),
        date: chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        made_at: UtcMs(5),
        at: small().before,
        zone: "Europe/Paris".into(),
        html: "<!doctype html>".into(),
    };
    let list = PrintedList::sign(printed.clone(), &key);
    let mut bytes = list.seal(&ville(), &SHIPPING, Hash32([2; 32])).unwrap();
    let open = |bytes: &[u8]| PrintedList::open(&ville(), &SHIPPING, &key.public(), bytes);
    assert_eq!(open(&bytes), Ok(list));
    let forged = PrintedList::sign(printed, &another);
    let forged = forged.seal(&ville(), &SHIPPING, Hash32([3; 32])).unwrap();
    assert_eq!(open(&forged), Err(Refused::Signature));
    assert_eq!(
        PrintedList::open(&ville(), &Hash32([1; 32]), &key.public(), &bytes),
        Err(Refused::Key)
    );
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    assert!(matches!(open(&bytes), Err(Refused::Damaged(_))));
    let set = Withdrawals::of([])
        .seal(&ville(), &SHIPPING, Hash32([4; 32]))
        .unwrap();
    assert_eq!(open(&set), Err(Refused::Kind));
}
