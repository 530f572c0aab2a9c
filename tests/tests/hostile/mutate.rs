//! What is done to an input: blindly, and by whoever knows the format.

use shared::codec::{Blob, decode, encode};
use shared::envelope::{deflate, inflate};
use shared::sheet::MAX_DOCUMENT;
use shared::wire::Payload;
use system_tests::Dice;

use crate::{cbor, chunks};

/// What an input is made of, as far as a mutator may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Bytes of any sort.
    Bytes,
    /// CBOR.
    Cbor,
    /// A [`Payload`], with chunks of the document library in it.
    Payload,
}

/// Longest input made, in bytes.
const LONGEST: usize = 300_000;

/// Numbers at which programs stumble.
const EDGES: [u64; 14] = [
    0,
    1,
    23,
    24,
    127,
    255,
    65_535,
    1 << 31,
    (1 << 32) - 1,
    1 << 32,
    1 << 53,
    1 << 60,
    i64::MAX as u64,
    u64::MAX,
];

/// An input made of one or two others.
pub(crate) fn mutated(dice: &mut Dice, kind: Kind, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = dice.pick(seeds).clone();
    for _ in 0..=dice.below(3) {
        bytes = match kind {
            Kind::Payload if dice.below(8) > 0 => payload(dice, &bytes, seeds),
            Kind::Cbor | Kind::Payload if dice.below(2) == 0 => liar(dice, &bytes),
            _ => blind(dice, bytes, seeds),
        };
        bytes.truncate(LONGEST);
    }
    bytes
}

/// Damage that knows nothing.
pub(crate) fn blind(dice: &mut Dice, mut bytes: Vec<u8>, seeds: &[Vec<u8>]) -> Vec<u8> {
    let at = dice.below(bytes.len());
    let to = (at + 1 + dice.below(32)).min(bytes.len());
    match dice.below(9) {
        _ if bytes.is_empty() => bytes.push(dice.bytes::<1>()[0]),
        0 | 1 => bytes[at] ^= 1 << dice.below(8),
        2 => bytes[at] = dice.bytes::<1>()[0],
        3 => bytes.truncate(at),
        4 => drop(bytes.drain(at..to)),
        5 => {
            let twice = bytes[at..to].to_vec();
            bytes.splice(at..at, twice);
        }
        6 => {
            let other = dice.pick(seeds);
            let cut = dice.below(other.len());
            bytes.truncate(at);
            bytes.extend(&other[cut..]);
        }
        7 => {
            let number = *dice.pick(&EDGES);
            let edge = match dice.below(3) {
                0 => number.to_be_bytes().to_vec(),
                1 => chunks::unsigned(number),
                _ => chunks::signed(number.cast_signed()),
            };
            let end = (at + edge.len()).min(bytes.len());
            bytes.splice(at..end, edge);
        }
        _ => {
            let byte = dice.bytes::<1>()[0];
            bytes.splice(at..at, std::iter::repeat_n(byte, 1 + dice.below(64)));
        }
    }
    bytes
}

/// Lies about counts, lengths and numbers, and items moved, doubled, lost or nested.
fn liar(dice: &mut Dice, bytes: &[u8]) -> Vec<u8> {
    let heads = cbor::heads(bytes);
    if heads.is_empty() {
        return bytes.to_vec();
    }
    let head = *dice.pick(&heads);
    let (before, rest) = bytes.split_at(head.at);
    let (own, after) = rest.split_at(head.length);
    let other = *dice.pick(&heads);
    let changed = match dice.below(8) {
        0 | 1 => cbor::written(head.major, *dice.pick(&EDGES)),
        2 => cbor::written(head.major, head.value.wrapping_add(1)),
        3 => cbor::written(head.major, head.value.wrapping_sub(1)),
        // Null where something stood.
        4 => vec![0xf6],
        // A thousand arrays of one.
        5 => [vec![0x81; 1 + dice.below(2_000)], own.to_vec()].concat(),
        6 => bytes[other.at..other.at + other.length].to_vec(),
        // Without an end, or with one too many.
        _ => vec![*dice.pick(&[0x9f, 0x5f, 0x7f, 0xff, 0xc0, 0xfb])],
    };
    [before, &changed, after].concat()
}

fn payload(dice: &mut Dice, bytes: &[u8], seeds: &[Vec<u8>]) -> Vec<u8> {
    let Ok(payload) = decode::<Payload>(bytes) else {
        return blind(dice, bytes.to_vec(), seeds);
    };
    encode(&match payload {
        Payload::Changes(mut all) => {
            if all.is_empty() {
                all.push(Blob(chunks::change(&[])));
            }
            let nth = dice.below(all.len());
            match dice.below(8) {
                0 => drop(all.remove(nth)),
                1 => all.insert(nth, dice.pick(&all.clone()).clone()),
                2 => {
                    let to = dice.below(all.len());
                    all.swap(nth, to);
                }
                3 => all[nth] = Blob(blind(dice, all[nth].0.clone(), seeds)),
                _ => all[nth] = Blob(refitted(dice, &all[nth].0, seeds)),
            }
            Payload::Changes(all)
        }
        Payload::Whole(packed) => {
            let Ok(document) = inflate(&packed.0, MAX_DOCUMENT) else {
                return blind(dice, bytes.to_vec(), seeds);
            };
            let changed = match dice.below(5) {
                0 => blind(dice, document, seeds),
                _ => refitted(dice, &document, seeds),
            };
            Payload::Whole(Blob(deflate(&changed)))
        }
        Payload::Packets(mut all) => {
            if all.is_empty() {
                return blind(dice, bytes.to_vec(), seeds);
            }
            let nth = dice.below(all.len());
            match dice.below(12) {
                0 => drop(all.remove(nth)),
                1 => all.insert(nth, all[nth].clone()),
                2..=6 => all[nth] = Blob(chunks::packet(&liar(dice, chunks::unchecked(&all[nth].0)))),
                7..=10 => {
                    let inside = chunks::unchecked(&all[nth].0).to_vec();
                    all[nth] = Blob(chunks::packet(&blind(dice, inside, seeds)));
                }
                _ => all[nth] = Blob(blind(dice, all[nth].0.clone(), seeds)),
            }
            Payload::Packets(all)
        }
    })
}

/// A chunk with other data, and the checksum that it should have then.
fn refitted(dice: &mut Dice, bytes: &[u8], seeds: &[Vec<u8>]) -> Vec<u8> {
    let Some((kind, data)) = chunks::opened(bytes) else {
        return blind(dice, bytes.to_vec(), seeds);
    };
    let mut data = data.to_vec();
    for _ in 0..=dice.below(2) {
        data = blind(dice, data, seeds);
    }
    let kind = if dice.below(40) == 0 {
        dice.bytes::<1>()[0] & 3
    } else {
        kind
    };
    chunks::chunk(kind, &data)
}
