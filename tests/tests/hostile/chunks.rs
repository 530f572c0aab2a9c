//! Chunks of the document library, taken apart and put together as an attacker would: with the
//! checksum made to fit.

use shared::sign::sha256;

/// The first bytes of every chunk.
pub(crate) const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// An unsigned number, seven bits a byte.
pub(crate) fn unsigned(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).expect("seven bits");
        number >>= 7;
        if number == 0 {
            out.push(low);
            return out;
        }
        out.push(low | 0x80);
    }
}

/// A signed number, seven bits a byte.
pub(crate) fn signed(mut number: i64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).expect("seven bits");
        number >>= 7;
        if (number == 0 && low & 0x40 == 0) || (number == -1 && low & 0x40 != 0) {
            out.push(low);
            return out;
        }
        out.push(low | 0x80);
    }
}

/// A chunk of this type around this data, with the checksum it should have.
pub(crate) fn chunk(kind: u8, data: &[u8]) -> Vec<u8> {
    let length = unsigned(data.len() as u64);
    let hash = sha256(&[&[kind], &length, data]);
    [&MAGIC[..], &hash.0[..4], &[kind], &length, data].concat()
}

/// Type and data of the chunk at the front; `None` when there is none.
pub(crate) fn opened(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let rest = bytes.strip_prefix(&MAGIC)?.get(4..)?;
    let (kind, mut rest) = rest.split_first()?;
    let mut length = 0_u64;
    for shift in (0..63).step_by(7) {
        let (byte, after) = rest.split_first()?;
        rest = after;
        length |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some((*kind, rest.get(..usize::try_from(length).ok()?)?))
}

/// A change that puts nothing, or whatever its columns say.
pub(crate) fn change(columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let mut data = vec![0];
    data.extend([16; 17]);
    data.extend([1, 1, 0, 0, 0]);
    data.extend(table(columns));
    chunk(1, &data)
}

/// A document without actors, heads or changes, whose operations are these columns.
pub(crate) fn document(columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let mut data = vec![1, 16];
    data.extend([7; 16]);
    data.extend([0, 0]);
    data.extend(table(columns));
    chunk(0, &data)
}

fn table(columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let mut out = unsigned(columns.len() as u64);
    for (specification, bytes) in columns {
        out.extend(unsigned(*specification));
        out.extend(unsigned(bytes.len() as u64));
    }
    for (_, bytes) in columns {
        out.extend(bytes);
    }
    out
}

/// A packet around these bytes, with the check it should have.
pub(crate) fn packet(inside: &[u8]) -> Vec<u8> {
    [&sha256(&[inside]).0[..8], inside].concat()
}

/// What stands behind the check of a packet.
pub(crate) fn unchecked(packet: &[u8]) -> &[u8] {
    packet.get(8..).unwrap_or_default()
}
