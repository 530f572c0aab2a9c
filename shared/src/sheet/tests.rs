use std::collections::BTreeSet;

use uuid::Uuid;

use super::*;
use crate::ids::{ActivityId, ChildId, DeviceId};
use crate::mark::{Kind, Mark, pack};
use crate::time::UtcMs;

fn mark(device: u128, seq: u64) -> (MarkId, Vec<u8>) {
    let id = MarkId(Uuid::from_u128((device << 64) | u128::from(seq)));
    let mark = Mark {
        kind: Kind::In,
        child: Some(ChildId(Uuid::from_u128(u128::from(seq) * 7919))),
        activity: ActivityId(Uuid::from_u128(2)),
        formula: None,
        device: DeviceId(Uuid::from_u128(device)),
        device_seq: seq,
        device_time: UtcMs(1_795_420_800_000 + i64::try_from(seq).unwrap() * 5_000),
        mono_ms: seq * 5_000,
        boot: 77,
        offset_ms: Some(12),
        staff: None,
        stated: None,
        after: vec![],
        clock_doubted: false,
    };
    (id, pack(&mark))
}

fn sheet(device: u128, marks: std::ops::Range<u64>) -> (Sheet, Vec<Vec<u8>>) {
    let mut sheet = Sheet::new(Uuid::from_u128(device * 1_000).into_bytes());
    let mut changes = Vec::new();
    for seq in marks {
        let (id, packed) = mark(device, seq);
        changes.push(sheet.put(id, &packed).unwrap().unwrap());
    }
    (sheet, changes)
}

#[test]
fn two_tablets_unite_by_changes_and_by_document() {
    let (mut a, _) = sheet(1, 0..30);
    let (mut b, _) = sheet(2, 0..200);
    let heads = b.heads();
    let payload = b.since(&[], COMPACT_ABOVE);
    assert!(matches!(payload, Payload::Whole(_)));
    a.apply(check(&payload).unwrap(), &heads).unwrap();
    let heads = a.heads();
    let payload = a.since(&b.heads(), COMPACT_ABOVE);
    assert!(matches!(payload, Payload::Changes(_)));
    b.apply(check(&payload).unwrap(), &heads).unwrap();
    assert_eq!(a.marks(), b.marks());
    assert_eq!(a.marks().len(), 230);
    assert_eq!(a.heads(), b.heads());
}

#[test]
fn what_was_saved_comes_back_with_the_changes_since() {
    let (mut a, changes) = sheet(1, 0..5);
    let actor = [9; 16];
    let mut again = Sheet::load(None, &changes, actor).unwrap();
    assert_eq!(again.marks(), a.marks());
    let saved = a.save();
    let (id, packed) = mark(1, 6);
    let change = a.put(id, &packed).unwrap().unwrap();
    let mut later = Sheet::load(Some(&saved), &[change], actor).unwrap();
    assert_eq!(later.heads(), a.heads());
    assert!(later.put(id, &packed).unwrap().is_none(), "a mark is put once");
    again.put(id, &packed).unwrap();
    assert_eq!(again.marks(), a.marks());
}

#[test]
fn one_more_change_is_small() {
    let (mut a, _) = sheet(1, 0..30);
    let before = a.heads();
    let (id, packed) = mark(1, 31);
    a.put(id, &packed).unwrap();
    let size = a.since(&before, COMPACT_ABOVE).size();
    assert!(size <= 330, "{size} bytes for one tap");
}

/// Every single flipped bit and every cut of a payload is told from a good one.
#[test]
fn damage_is_never_taken_for_a_payload() {
    let (mut a, _) = sheet(1, 0..3);
    let Payload::Changes(chunks) = a.since(&[], COMPACT_ABOVE) else {
        panic!("three changes are few")
    };
    for i in 0..chunks[1].0.len() {
        let mut bad = chunks.clone();
        bad[1].0[i] ^= 0x10;
        assert!(check(&Payload::Changes(bad)).is_err(), "byte {i}");
        let mut cut = chunks.clone();
        cut[1].0.truncate(i);
        assert!(check(&Payload::Changes(cut)).is_err(), "cut at {i}");
    }
    let Payload::Whole(whole) = a.since(&[], 0) else {
        panic!("asked for a whole document")
    };
    let good = check(&Payload::Whole(whole.clone())).unwrap();
    assert_eq!(good.marks.len(), 3);
    for i in 0..whole.0.len() {
        let mut bad = whole.clone();
        bad.0[i] ^= 0x10;
        // A flip in deflate's padding may change nothing at all; a document that differs must not pass.
        if let Ok(checked) = check(&Payload::Whole(bad)) {
            assert_eq!(ids(&checked), ids(&good), "byte {i}");
        }
    }
}

fn ids(checked: &Checked) -> BTreeSet<(MarkId, Vec<u8>)> {
    checked
        .marks
        .iter()
        .map(|(id, value, _)| (*id, value.clone()))
        .collect()
}

#[test]
fn sound_changes_beside_a_damaged_one_are_still_read() {
    let (mut a, _) = sheet(1, 0..3);
    let Payload::Changes(mut chunks) = a.since(&[], COMPACT_ABOVE) else {
        panic!("three changes are few")
    };
    chunks[1].0[20] ^= 1;
    let unsound = check(&Payload::Changes(chunks)).unwrap_err();
    assert_eq!((unsound.fault, unsound.marks.len()), (Fault::Damaged, 2));
}

#[test]
fn forged_heads_are_not_found() {
    let (mut a, _) = sheet(1, 0..3);
    let payload = a.since(&[], COMPACT_ABOVE);
    let mut server = Sheet::new([1; 16]);
    assert_eq!(
        server.apply(check(&payload).unwrap(), &[Hash32([5; 32])]),
        Err(Fault::HeadMissing)
    );
}

#[test]
fn overwriting_deleting_and_nesting_are_forbidden() {
    type Deed = fn(&mut AutoCommit);
    let deeds: [Deed; 4] = [
        |doc| {
            doc.put(ROOT, mark(1, 0).0.key(), ScalarValue::Bytes(mark(1, 5).1))
                .unwrap();
        },
        |doc| doc.delete(ROOT, mark(1, 0).0.key()).unwrap(),
        |doc| {
            drop(
                doc.put_object(ROOT, mark(1, 9).0.key(), automerge::ObjType::Map)
                    .unwrap(),
            );
        },
        |doc| doc.put(ROOT, "title", "Mardi").unwrap(),
    ];
    for deed in deeds {
        let (mut a, _) = sheet(1, 0..1);
        let before = a.heads();
        deed(&mut a.doc);
        a.doc.commit();
        let fault = check(&a.since(&before, COMPACT_ABOVE)).unwrap_err().fault;
        assert!(
            matches!(fault, Fault::ForbiddenChange | Fault::MalformedMark),
            "{fault:?}"
        );
        assert!(check(&a.since(&[], 0)).is_err(), "in a whole document too");
    }
}

#[test]
fn a_clone_that_writes_under_the_same_actor_is_told() {
    let (mut a, _) = sheet(1, 0..3);
    let (mut clone, _) = sheet(1, 0..2);
    let (id, packed) = mark(1, 40);
    clone.put(id, &packed).unwrap();
    let payload = clone.since(&[], COMPACT_ABOVE);
    assert_eq!(
        a.apply(check(&payload).unwrap(), &clone.heads()),
        Err(Fault::DuplicateSequence)
    );
}

#[test]
fn changes_whose_ground_is_missing_are_asked_for_whole() {
    let (mut a, _) = sheet(1, 0..3);
    let before = a.heads();
    let (id, packed) = mark(1, 9);
    a.put(id, &packed).unwrap();
    let checked = check(&a.since(&before, COMPACT_ABOVE)).unwrap();
    let mut server = Sheet::new([1; 16]);
    assert!(!server.can_take(&checked));
    let whole = check(&a.since(&before, 0)).unwrap();
    assert!(server.can_take(&whole));
}

#[test]
fn a_sheet_made_again_from_the_rows_holds_both_values_of_an_id() {
    let (id, first) = mark(1, 1);
    let (_, second) = mark(1, 2);
    let rows = Values::from([
        (id, BTreeSet::from([first, second])),
        (mark(2, 3).0, BTreeSet::from([mark(2, 3).1])),
    ]);
    let mut made = Sheet::new([4; 16]);
    assert!(made.complete(&rows).unwrap());
    assert!(made.agrees(&rows));
    assert!(!made.complete(&rows).unwrap(), "nothing is missing any more");
    let mut other = Sheet::new([6; 16]);
    other
        .apply(check(&made.since(&[], 0)).unwrap(), &made.heads())
        .unwrap();
    assert!(other.agrees(&rows));
}

#[test]
fn a_change_that_waits_inside_a_document_is_not_taken_with_it() {
    let (mut other, _) = sheet(2, 0..2);
    let (first, second) = {
        let changes = other.doc.get_changes(&[]);
        (changes[0].clone(), changes[1].clone())
    };
    let (mut carrier, _) = sheet(1, 0..100);
    carrier.doc.apply_changes([second]).unwrap();
    let checked = check(&Payload::Whole(carrier.whole())).unwrap();
    assert_eq!(checked.marks.len(), 100);
    let mut fresh = Sheet::new([9; 16]);
    fresh.apply(checked, &carrier.heads()).unwrap();
    fresh.doc.apply_changes([first]).unwrap();
    assert_eq!(
        fresh.marks().len(),
        101,
        "what was never checked does not come up"
    );
}

#[test]
fn an_empty_sheet_that_took_a_whole_document_writes_under_its_own_actor() {
    let (mut other, _) = sheet(1, 0..100);
    let mut fresh = Sheet::new([9; 16]);
    fresh
        .apply(check(&Payload::Whole(other.whole())).unwrap(), &other.heads())
        .unwrap();
    assert_eq!((fresh.heads(), fresh.marks()), (other.heads(), other.marks()));
    let (id, packed) = mark(3, 1);
    let change = fresh.put(id, &packed).unwrap().unwrap();
    let change = Change::from_bytes(change).unwrap();
    assert_eq!(change.actor_id().to_bytes(), [9; 16]);
    assert!(fresh.agrees(&fresh.marks()));
}
