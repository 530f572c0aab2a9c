//! A damaged payload is never taken by half.

use shared::codec::Hash32;
use shared::sheet::{Sheet, Values, check};
use shared::wire::Payload;

use crate::seeds;

/// What a server that lacks all of it ends up with, when it is told which heads to find.
fn outcome(payload: &Payload, heads: &[Hash32]) -> Option<Values> {
    let checked = check(payload).ok()?;
    let mut sheet = Sheet::new([90; 16]);
    if !sheet.can_take(&checked) {
        return None;
    }
    sheet.apply(checked, heads).ok()?;
    Some(sheet.marks())
}

fn with(payload: &Payload, change: impl Fn(&mut Vec<u8>)) -> Payload {
    let mut payload = payload.clone();
    match &mut payload {
        Payload::Changes(changes) => change(&mut changes[3].0),
        Payload::Whole(bytes) => change(&mut bytes.0),
        Payload::Packets(packets) => change(&mut packets[0].0),
    }
    payload
}

#[test]
fn a_flipped_or_lost_byte_gives_all_or_nothing() {
    let (mut sheet, changes) = seeds::sheet(1, 0..12);
    let (heads, all) = (sheet.heads(), sheet.marks());
    let forms = [
        Payload::Changes(changes),
        Payload::Whole(sheet.whole()),
        sheet.packet_since(&[]),
    ];
    assert!(matches!(forms[2], Payload::Packets(_)));
    for form in forms {
        assert_eq!(outcome(&form, &heads).as_ref(), Some(&all));
        let length = match &form {
            Payload::Changes(changes) => changes[3].0.len(),
            Payload::Whole(bytes) => bytes.0.len(),
            Payload::Packets(packets) => packets[0].0.len(),
        };
        for at in 0..length {
            for bit in [0, 3, 7] {
                let flipped = with(&form, |bytes| bytes[at] ^= 1 << bit);
                let got = outcome(&flipped, &heads);
                assert!(
                    got.is_none() || got.as_ref() == Some(&all),
                    "byte {at}, bit {bit}"
                );
            }
            let cut = outcome(&with(&form, |bytes| bytes.truncate(at)), &heads);
            assert!(cut.is_none(), "cut off at {at}");
        }
    }
}
