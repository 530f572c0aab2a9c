//! Packing: `[version, mark]`, canonical CBOR.

use minicbor::{Decode, Encode};

use super::Mark;
use crate::codec::{Unreadable, decode, encode};

/// The newest version written by this program; a mark that an older one can hold is written as that.
pub const MARK_VERSION: u32 = 2;

/// Largest packed mark accepted, in bytes: a list of 2,000 children can still be closed.
pub const MAX_PACKED: usize = 40_000;

#[derive(Encode)]
struct Writing<'a>(#[n(0)] u32, #[n(1)] &'a Mark);

#[derive(Decode)]
struct Reading(#[n(1)] Mark);

/// The packed form of a mark.
pub fn pack(mark: &Mark) -> Vec<u8> {
    encode(&Writing(mark.kind.version(), mark))
}

/// Reads a packed mark back.
///
/// # Errors
/// [`Unreadable`] when the bytes are damaged, too large, of a newer version, or not the one
/// encoding of the mark they hold.
pub fn unpack(bytes: &[u8]) -> Result<Mark, Unreadable> {
    if bytes.len() > MAX_PACKED {
        return Err(Unreadable::TooLarge(bytes.len()));
    }
    let mut head = minicbor::Decoder::new(bytes);
    let version = head
        .array()
        .and_then(|_| head.u32())
        .map_err(|e| Unreadable::Malformed(e.to_string()))?;
    if version > MARK_VERSION {
        return Err(Unreadable::Newer(version));
    }
    let Reading(mark) = decode(bytes)?;
    if pack(&mark) != bytes {
        return Err(Unreadable::Malformed("not the canonical encoding".into()));
    }
    Ok(mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ActivityId, ChildId, DeviceId, MarkId, SiteId, StaffId};
    use crate::mark::{AbsenceScope, Because, Closing, Kind, Reason};
    use crate::time::UtcMs;
    use uuid::Uuid;

    fn id(n: u8) -> Uuid {
        Uuid::from_bytes([n; 16])
    }

    fn sample(kind: Kind) -> Mark {
        Mark {
            kind,
            child: Some(ChildId(id(1))),
            activity: ActivityId(id(2)),
            formula: None,
            device: DeviceId(id(3)),
            device_seq: 7,
            device_time: UtcMs(1_795_420_800_000),
            mono_ms: 12_345,
            boot: 99,
            offset_ms: Some(-250),
            staff: None,
            stated: None,
            after: vec![MarkId(id(4))],
            clock_doubted: false,
        }
    }

    #[test]
    fn a_packed_mark_has_these_bytes_for_ever() {
        assert_eq!(
            data_encoding::HEXLOWER.encode(&pack(&sample(Kind::In))),
            "82018e8100500101010101010101010101010101010150020202020202020202020202020202\
             02f65003030303030303030303030303030303071b000001a2076b4400193039186338f9f6f6\
             815004040404040404040404040404040404f4"
        );
    }

    #[test]
    fn what_version_2_added_has_these_bytes_for_ever() {
        let hex = |kind| data_encoding::HEXLOWER.encode(&pack(&sample(kind)));
        let head = |kind| {
            let whole = hex(kind);
            whole[..whole.find("500101").unwrap_or(whole.len())].to_owned()
        };
        assert_eq!(
            head(Kind::Transfer { to: SiteId(id(10)) }),
            "82028e820a500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"
        );
        assert_eq!(
            head(Kind::Stranger {
                sealed: vec![2].into()
            }),
            "82028e82094102"
        );
        assert_eq!(
            head(Kind::Welcome {
                staff: StaffId(id(9)),
                sealed: vec![1].into()
            }),
            "82028e830850090909090909090909090909090909094101"
        );
        assert_eq!(
            head(Kind::Correct {
                replaces: MarkId(id(5)),
                at: UtcMs(5),
                why: Some(Because::Family)
            }),
            "82028e840550050505050505050505050505050505050502"
        );
    }

    #[test]
    fn every_kind_comes_back_as_it_was() {
        for kind in [
            Kind::In,
            Kind::Out,
            Kind::Absent {
                scope: AbsenceScope::RestOfDay,
                reason: Reason::Illness,
            },
            Kind::Close {
                turned: Closing::Absent,
                children: vec![ChildId(id(8))],
            },
            Kind::Reopen,
            Kind::Correct {
                replaces: MarkId(id(5)),
                at: UtcMs(5),
                why: None,
            },
            Kind::Correct {
                replaces: MarkId(id(5)),
                at: UtcMs(5),
                why: Some(Because::Family),
            },
            Kind::Welcome {
                staff: StaffId(id(9)),
                sealed: vec![1].into(),
            },
            Kind::Stranger {
                sealed: vec![2].into(),
            },
            Kind::Transfer { to: SiteId(id(10)) },
            Kind::Void {
                replaces: MarkId(id(6)),
            },
            Kind::Note {
                sealed: vec![1, 2, 3].into(),
            },
        ] {
            let mark = sample(kind);
            assert_eq!(unpack(&pack(&mark)), Ok(mark));
        }
    }

    #[test]
    fn a_newer_version_is_told_from_damage() {
        let mut bytes = pack(&sample(Kind::In));
        bytes[1] = 3;
        assert_eq!(unpack(&bytes), Err(Unreadable::Newer(3)));
        // Version 2 is for what version 1 cannot hold: a mark has one encoding only.
        bytes[1] = 2;
        assert!(unpack(&bytes).is_err());
        bytes[1] = 1;
        bytes.push(0);
        assert!(unpack(&bytes).is_err());
        bytes.truncate(bytes.len() - 2);
        assert!(unpack(&bytes).is_err());
    }
}
