use proptest::prelude::*;
use uuid::Uuid;

use super::super::{Sheet, check as checked};
use super::*;
use crate::codec::encode;
use crate::ids::{ChildId, SiteId};
use crate::mark::{AbsenceScope, Because, Closing, Kind, Reason, pack};
use crate::sheet::Fault;
use crate::time::UtcMs;
use crate::wire::Payload;

fn uuid(n: u64) -> Uuid {
    Uuid::from_u128(u128::from(n))
}

fn kind(n: u8, other: MarkId) -> Kind {
    match n % 12 {
        0..=2 => Kind::In,
        3 | 4 => Kind::Out,
        5 => Kind::Reopen,
        6 => Kind::Correct {
            replaces: other,
            at: UtcMs(i64::from(n) * 1_000),
            why: (n > 100).then_some(Because::Clock),
        },
        7 => Kind::Void { replaces: other },
        8 => Kind::Absent {
            scope: AbsenceScope::Session,
            reason: Reason::Illness,
        },
        9 => Kind::Close {
            turned: Closing::Absent,
            children: vec![ChildId(uuid(u64::from(n)))],
        },
        10 => Kind::Note {
            sealed: vec![n; 9].into(),
        },
        _ => Kind::Transfer {
            to: SiteId(uuid(n.into())),
        },
    }
}

prop_compose! {
    fn any_mark()(
        kind_of in any::<u8>(), child in 0..5_u64, device in 1..3_u64, seq in prop_oneof![1..200_u64, any::<u64>()],
        time in prop_oneof![1_795_420_800_000..1_795_430_800_000_i64, any::<i64>()], mono in any::<u64>(),
        stated in any::<Option<i64>>(), seen in prop::collection::vec(0..8_u64, 0..3), doubted in any::<bool>(),
        id in prop_oneof![(0..8_u64).prop_map(uuid), any::<u128>().prop_map(Uuid::from_u128)],
    ) -> (MarkId, Mark) {
        let mark = Mark {
            kind: kind(kind_of, MarkId(uuid(u64::from(kind_of) % 8))),
            child: child.checked_sub(1).map(|n| ChildId(uuid(n))),
            activity: ActivityId(uuid(2)),
            formula: doubted.then(|| FormulaId(uuid(9))),
            device: DeviceId(uuid(device)),
            device_seq: seq,
            device_time: UtcMs(time),
            mono_ms: mono,
            boot: device * 7,
            offset_ms: Some(12),
            staff: None,
            stated: stated.map(UtcMs),
            after: seen.into_iter().map(|n| MarkId(uuid(n))).collect(),
            clock_doubted: doubted,
        };
        (MarkId(id.as_u128().into_uuid()), mark)
    }
}

trait IntoUuid {
    fn into_uuid(self) -> Uuid;
}

impl IntoUuid for u128 {
    fn into_uuid(self) -> Uuid {
        Uuid::from_u128(self)
    }
}

/// Two tablets that point, and hear each other now and then.
fn two_tablets(marks: &[(MarkId, Mark, bool, bool)]) -> (Sheet, Sheet) {
    let mut both = (Sheet::new([1; 16]), Sheet::new([2; 16]));
    for (id, mark, second, meet) in marks {
        let who = if *second { &mut both.1 } else { &mut both.0 };
        who.put(*id, &pack(mark)).unwrap();
        if *meet {
            let (a, b) = (both.0.packet_since(&[]), both.1.packet_since(&[]));
            both.0.apply(checked(&b).unwrap(), &[]).unwrap();
            both.1.apply(checked(&a).unwrap(), &[]).unwrap();
        }
    }
    both
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_document_goes_by_packet_hash_for_hash(
        marks in prop::collection::vec((any_mark(), any::<bool>(), prop::bool::weighted(0.1)), 1..40)
    ) {
        let marks: Vec<_> = marks.into_iter().map(|((id, mark), second, meet)| (id, mark, second, meet)).collect();
        let (mut a, mut b) = two_tablets(&marks);
        let before = b.heads();
        let whole = a.packet_since(&[]);
        prop_assert!(matches!(whole, Payload::Packets(_)));
        let heads = a.heads();
        b.apply(checked(&whole).unwrap(), &heads).unwrap();
        let back = b.packet_since(&heads);
        let heads = b.heads();
        a.apply(checked(&back).unwrap(), &heads).unwrap();
        prop_assert_eq!(a.heads(), b.heads());
        prop_assert_eq!(a.marks(), b.marks());
        let _ = before;
    }

    #[test]
    fn a_packet_read_is_the_packet_written(marks in prop::collection::vec((any_mark(), any::<bool>()), 1..40)) {
        let marks: Vec<_> = marks.into_iter().map(|((id, mark), second)| (id, mark, second, false)).collect();
        let (mut a, _) = two_tablets(&marks);
        let bytes = only(a.packet_since(&[]));
        let packet = Packet::read(&bytes).unwrap();
        prop_assert_eq!(packet.write(), bytes);
        for entry in &packet.entries {
            prop_assert_eq!(entry.mark.as_ref().map(pack), Some(entry.value.clone()));
        }
    }

    #[test]
    fn a_damaged_packet_is_refused_or_says_what_it_says(
        marks in prop::collection::vec((any_mark(), any::<bool>()), 1..12), at in any::<prop::sample::Index>(), bit in 0..8_u8
    ) {
        let marks: Vec<_> = marks.into_iter().map(|((id, mark), _)| (id, mark, false, false)).collect();
        let (mut a, _) = two_tablets(&marks);
        let mut bytes = only(a.packet_since(&[]));
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(Packet::read(&bytes).is_err());
        // Whoever means it gives it the check it should have then.
        let mut meant = bytes[CHECK..].to_vec();
        meant.splice(..0, check(&meant));
        if let Ok(packet) = Packet::read(&meant) {
            let _ = packet.changes();
            prop_assert!(packet.entries.len() <= bytes.len());
        }
        bytes.truncate(at);
        prop_assert!(Packet::read(&bytes).is_err());
    }
}

fn sealed(written: &Written) -> Vec<u8> {
    let written = encode(written);
    [&check(&written)[..], &written].concat()
}

fn only(payload: Payload) -> Vec<u8> {
    match payload {
        Payload::Packets(packets) if packets.len() == 1 => packets[0].0.clone(),
        other => panic!("one packet, not {other:?}"),
    }
}

fn plain(n: u64) -> (MarkId, Mark) {
    let at = UtcMs(1_795_420_800_000 + i64::try_from(n).unwrap() * 5_000);
    let mark = Mark {
        kind: Kind::In,
        child: Some(ChildId(Uuid::from_u128(u128::from(n % 100) << 64))),
        activity: ActivityId(uuid(2)),
        formula: None,
        device: DeviceId(uuid(3)),
        device_seq: n + 1,
        device_time: at,
        mono_ms: n * 5_000,
        boot: 77,
        offset_ms: Some(12),
        staff: None,
        stated: None,
        after: vec![],
        clock_doubted: false,
    };
    let tail = n.to_be_bytes();
    let random = [
        0, 0, tail[0], tail[1], tail[2], tail[3], tail[4], tail[5], tail[6], tail[7],
    ];
    (MarkId(crate::ids::mint(at, random)), mark)
}

fn tapped(count: u64) -> Sheet {
    let mut sheet = Sheet::new([7; 16]);
    for (id, mark) in (0..count).map(plain) {
        sheet.put(id, &pack(&mark)).unwrap();
    }
    sheet
}

#[test]
fn a_packet_has_these_bytes_for_ever() {
    let bytes = only(tapped(2).packet_since(&[]));
    assert_eq!(
        data_encoding::HEXLOWER.encode(&bytes),
        "e9c8e31474dbe2fc\
         8a0181500707070707070707070707070707070781875000000000000000000000000000000003\
         184d5000000000000000000000000000000002f60cf6f458200000000000000000000000000000\
         000000000000000000010000000000000000547000800000000000000070008000000000000001\
         8d42040049038090daf6c068904e4803ff8fdaf6c0680042040042040043030204420400420400\
         4204004204004204004204004303020040404080"
    );
}

#[test]
fn a_mark_weighs_what_cannot_be_foretold() {
    let (one, many) = (tapped(100).packet_since(&[]), tapped(200).packet_since(&[]));
    // The second hundred are of the same children: ten bytes of each id, one for the child.
    let grown = many.size() - one.size();
    assert!(grown <= 100 * 13, "{grown} bytes for a hundred marks");
    assert!(
        one.size() <= 100 * 29 + 200,
        "{} bytes for the first hundred",
        one.size()
    );
}

#[test]
fn a_mark_of_a_newer_program_goes_as_it_is() {
    let mut sheet = tapped(3);
    let newer = encode(&(99_u32, "what nobody knows yet"));
    sheet.put(MarkId(uuid(5)), &newer).unwrap();
    let (id, mark) = plain(4);
    sheet.put(id, &pack(&mark)).unwrap();
    let payload = sheet.packet_since(&[]);
    let packet = Packet::read(&only(payload.clone())).unwrap();
    assert_eq!(
        (packet.entries[3].mark.as_ref(), &packet.entries[3].value),
        (None, &newer)
    );
    let unsound = checked(&payload).unwrap_err();
    assert_eq!((unsound.fault, unsound.marks.len()), (Fault::MalformedMark, 4));
}

#[test]
fn a_packet_cannot_announce_more_than_it_brings() {
    let bytes = only(tapped(2).packet_since(&[]));
    let written: Written = crate::codec::decode(&bytes[CHECK..]).unwrap();
    for column in 0..COLUMNS {
        let mut more: Written = crate::codec::decode(&bytes[CHECK..]).unwrap();
        // A run of 2^40 numbers: refused, and nothing made of it.
        let mut run = Vec::new();
        columns::put(&mut run, 1 << 40);
        columns::put(&mut run, 1 << 40);
        more.columns[column] = Blob(run);
        assert_eq!(
            Packet::read(&sealed(&more)),
            Err(Fault::Damaged),
            "column {column}"
        );
    }
    let mut long = written;
    long.tails = Blob(vec![0; (MAX_CHANGES + 1) * 10]);
    assert_eq!(Packet::read(&sealed(&long)), Err(Fault::TooLarge));
}
