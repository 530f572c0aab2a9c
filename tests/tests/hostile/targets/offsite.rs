//! What lies off-site, where anybody may have put anything.

use shared::codec::{Hash32, decode, encode};
use shared::offsite::{BranchBirth, Kind as Holds, Name, Refused, Segment, Withdrawals, open, seal};
use shared::slug::Slug;

use super::Target;
use crate::mutate::Kind;
use crate::seeds::{AT, position};

const SHIPPING: Hash32 = Hash32([9; 32]);

fn ville() -> Slug {
    "ville".parse().expect("a slug")
}

/// Law: only what was sealed with the key opens, whatever its head claims.
pub(super) const OFFSITE_OBJECT: Target = Target {
    name: "offsite_object",
    kind: Kind::Bytes,
    seeds: || vec![sealed()],
    run: |bytes| {
        if let Ok(content) = open(&SHIPPING, &ville(), Holds::Withdrawals, bytes) {
            assert_eq!(
                content,
                encode(&Withdrawals::default()),
                "nobody else has the key"
            );
        }
        // Without a key nothing is known but whose it claims to be.
        let wrong = open(&Hash32([8; 32]), &ville(), Holds::Withdrawals, bytes);
        assert!(wrong.is_err());
    },
};

fn sealed() -> Vec<u8> {
    let head = shared::offsite::Head::new(ville(), &SHIPPING, Hash32([1; 32]), Holds::Withdrawals);
    seal(&SHIPPING, &head, &encode(&Withdrawals::default())).expect("it is small")
}

/// Law: a segment that is a chain is sealed, opened and found the same; one that is none is refused both ways.
pub(super) const OFFSITE_SEGMENT: Target = Target {
    name: "offsite_segment",
    kind: Kind::Cbor,
    seeds: || vec![encode(&segment())],
    run: |bytes| {
        let Ok(segment) = decode::<Segment>(bytes) else {
            return;
        };
        match segment.seal(&ville(), &SHIPPING, Hash32([2; 32])) {
            Ok(sealed) => {
                let (read, last) = Segment::open(&ville(), &SHIPPING, &sealed).expect("it opens");
                assert_eq!(segment.linked().last().map(|(.., hash)| hash), Some(last.hash));
                assert_eq!(read, segment);
            }
            Err(Refused::Chain(_) | Refused::Newer(_) | Refused::Damaged(_)) => {
                assert!(
                    segment.check().is_err() || encode(&segment).len() > shared::offsite::LARGEST_CONTENT
                );
            }
            Err(other) => panic!("{other}"),
        }
    },
};

fn segment() -> Segment {
    use shared::codec::Blob;
    use shared::journal::{ENTRY_VERSION, Header, commitment};
    use shared::operation::{Actor, Channel};

    let before = position();
    let salt = Hash32([6; 32]);
    let entry = shared::offsite::Shipped {
        header: Header {
            version: ENTRY_VERSION,
            branch: before.branch,
            seq: before.seq + 1,
            received_at: AT,
            operation: shared::ids::OperationId(uuid::Uuid::from_u128(2)),
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
    };
    Segment {
        branch: BranchBirth {
            id: before.branch,
            parent: None,
            born_at: AT,
        },
        before,
        entries: vec![entry],
    }
}

/// Law: a name that is read is written the same; any other is none of ours.
pub(super) const OFFSITE_NAME: Target = Target {
    name: "offsite_name",
    kind: Kind::Bytes,
    seeds: || {
        let last = position();
        [
            Name::segment(1, &last),
            Name::snapshot(&last, AT),
            Name::withdrawals(&Hash32([4; 32])),
            Name::Addresses,
            Name::List {
                site: ville(),
                date: chrono::NaiveDate::default(),
                seq: 7,
            },
            Name::Page,
            Name::Feed,
        ]
        .map(|name| name.path(&ville()).into_bytes())
        .to_vec()
    },
    run: |bytes| {
        if let Ok(path) = std::str::from_utf8(bytes)
            && let Some((commune, name)) = Name::parse(path)
        {
            assert_eq!(name.path(&commune), path);
        }
    },
};
