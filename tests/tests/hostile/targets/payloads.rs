//! Sheets and marks: what tablets hand in.

use std::collections::{BTreeMap, BTreeSet};

use shared::codec::{Hash32, decode, encode};
use shared::ids::MarkId;
use shared::mark::{MAX_PACKED, Mark, pack, unpack};
use shared::seal;
use shared::sheet::{Checked, Fault, Sheet, Values, check};
use shared::wire::{COMPACT_ABOVE, Payload};

use super::Target;
use crate::mutate::Kind;
use crate::seeds;

type Marks = [(MarkId, Vec<u8>, Mark)];

/// Law: what is checked is what a sheet then holds, no more and no less, and such a sheet can be
/// saved, loaded, handed on in every form and tapped on. What is not sound keeps every mark of
/// every single change that is.
pub(super) const PAYLOAD: Target = Target {
    name: "payload",
    kind: Kind::Payload,
    seeds: || seeds::encoded(&seeds::payloads()),
    run: |bytes| {
        let Ok(payload) = decode::<Payload>(bytes) else {
            return;
        };
        match check(&payload) {
            Ok(checked) => sound(&payload, &checked),
            Err(unsound) => {
                well_formed(&unsound.marks);
                if unsound.fault != Fault::TooLarge {
                    readable(&payload, &unsound.marks);
                }
            }
        }
    },
};

/// Law: one encoding only.
pub(super) const MARK: Target = Target {
    name: "mark",
    kind: Kind::Cbor,
    seeds: || (0..9).map(|n| pack(&seeds::mark(n))).collect(),
    run: |bytes| {
        if let Ok(mark) = unpack(bytes) {
            assert!(bytes.len() <= MAX_PACKED);
            assert_eq!(pack(&mark), bytes);
        }
    },
};

/// Law: only what was sealed opens.
pub(super) const NOTE: Target = Target {
    name: "note",
    kind: Kind::Bytes,
    seeds: || {
        vec![seal::seal(
            &Hash32([5; 32]),
            seeds::mark_id(1),
            "venir chercher à 16 h",
        )]
    },
    run: |bytes| {
        if let Some(text) = seal::open(&Hash32([5; 32]), seeds::mark_id(1), bytes) {
            assert_eq!(bytes, seal::seal(&Hash32([5; 32]), seeds::mark_id(1), &text));
            assert_eq!(text, "venir chercher à 16 h");
        }
    },
};

fn well_formed(marks: &Marks) {
    for (_, value, mark) in marks {
        assert_eq!(&pack(mark), value);
    }
}

fn values(marks: &Marks) -> Values {
    let mut all: Values = BTreeMap::new();
    for (id, value, _) in marks {
        all.entry(*id).or_default().insert(value.clone());
    }
    all
}

fn sound(payload: &Payload, checked: &Checked) {
    well_formed(&checked.marks);
    let again = check(payload).expect("what was sound is sound");
    assert_eq!(again.marks, checked.marks);
    assert_eq!(again.tips(), checked.tips());
    let mut alone = Sheet::new([90; 16]);
    if taken(&mut alone, checked) {
        assert_eq!(alone.marks(), values(&checked.marks), "no more and no less");
        goes_on(&mut alone);
    }
    // Beside marks of others, one of which the payload may have too.
    let (mut beside, _) = seeds::sheet(3, 0..5);
    let mut expected = beside.marks();
    for (id, values) in values(&checked.marks) {
        expected.entry(id).or_default().extend(values);
    }
    if taken(&mut beside, checked) {
        assert_eq!(beside.marks(), expected);
        goes_on(&mut beside);
    }
}

/// Whether a sheet takes it; it finds the heads then that it was told to find.
fn taken(sheet: &mut Sheet, checked: &Checked) -> bool {
    if !sheet.can_take(checked) {
        return false;
    }
    let tips = checked.tips();
    let taken = sheet.apply(checked.clone(), &tips).is_ok();
    assert!(!taken || sheet.has(&tips));
    taken
}

/// The sheet can be saved and loaded, handed on in every form, and tapped on.
fn goes_on(sheet: &mut Sheet) {
    let (heads, marks) = (sheet.heads(), sheet.marks());
    let saved = sheet.save();
    let mut loaded = Sheet::load(Some(&saved), &[], [91; 16]).expect("what was saved");
    assert_eq!((loaded.heads(), loaded.marks()), (heads.clone(), marks.clone()));
    let forms = [
        sheet.since(&[], usize::MAX),
        sheet.since(&[], COMPACT_ABOVE),
        Payload::Whole(sheet.whole()),
        sheet.packet_since(&[]),
    ];
    for form in forms {
        let form: Payload = decode(&encode(&form)).expect("a payload");
        let checked = check(&form).expect("what a sheet hands on is sound");
        let mut other = Sheet::new([92; 16]);
        other.apply(checked, &heads).expect("it is taken");
        assert_eq!((other.heads(), other.marks()), (heads.clone(), marks.clone()));
    }
    let id = seeds::mark_id(9_999);
    let packed = pack(&seeds::mark(9_999));
    let change = sheet.put(id, &packed).expect("the next tap");
    assert!(change.is_some());
    assert!(sheet.marks()[&id].contains(&packed));
}

/// Every sound change of a payload that is not sound as a whole keeps its marks.
fn readable(payload: &Payload, kept: &Marks) {
    let Payload::Changes(changes) = payload else {
        return;
    };
    let kept: BTreeSet<(MarkId, &Vec<u8>)> = kept.iter().map(|(id, value, _)| (*id, value)).collect();
    for change in changes {
        if let Ok(alone) = check(&Payload::Changes(vec![change.clone()])) {
            for (id, value, _) in &alone.marks {
                assert!(kept.contains(&(*id, value)), "a readable mark was dropped");
            }
        }
    }
}
