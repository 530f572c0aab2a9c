//! Where the items of CBOR begin, for whoever wants to lie about them.

/// The head of an item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    /// Where it stands.
    pub(crate) at: usize,
    /// How many bytes it takes.
    pub(crate) length: usize,
    /// 0 number, 1 negative, 2 bytes, 3 text, 4 array, 5 map, 6 tag, 7 simple.
    pub(crate) major: u8,
    /// Its number: value, length or count.
    pub(crate) value: u64,
}

/// The heads of well-formed CBOR, up to where it stops being so. Byte strings that begin like an
/// array are looked into as well: frames stand inside frames.
pub(crate) fn heads(bytes: &[u8]) -> Vec<Head> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(head) = head(bytes, at) {
        all.push(head);
        at += head.length;
        let inside = bytes.get(at).is_some_and(|first| first >> 5 == 4);
        if head.major == 3 || (head.major == 2 && !inside) {
            at = at.saturating_add(usize::try_from(head.value).unwrap_or(usize::MAX));
        }
    }
    all
}

fn head(bytes: &[u8], at: usize) -> Option<Head> {
    let first = *bytes.get(at)?;
    let extra = match first & 31 {
        0..=23 => 0,
        n @ 24..=27 => 1 << (n - 24),
        _ => return None,
    };
    let number = bytes.get(at + 1..at + 1 + extra)?;
    let value = if extra == 0 {
        u64::from(first & 31)
    } else {
        number.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    };
    Some(Head {
        at,
        length: 1 + extra,
        major: first >> 5,
        value,
    })
}

/// A head with its number in nine bytes.
pub(crate) fn written(major: u8, value: u64) -> Vec<u8> {
    let mut head = vec![(major << 5) | 0x1b];
    head.extend(value.to_be_bytes());
    head
}
