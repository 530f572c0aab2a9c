//! Sound inputs to begin from, always the same.

use chrono::NaiveDate;
use shared::codec::{Blob, Hash32, encode};
use shared::digest::SheetRef;
use shared::ids::{ActivityId, BranchId, ChildId, DeviceId, MarkId, SiteId};
use shared::mark::{AbsenceScope, Closing, Kind, Mark, Reason, pack};
use shared::receipt::{Position, Receipt, Statement};
use shared::sheet::Sheet;
use shared::sign::SigningKey;
use shared::time::UtcMs;
use shared::wire::{Payload, Proof, SheetUp, SyncRequest};
use uuid::Uuid;

/// The commune's key, and the tablet's.
pub(crate) fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

pub(crate) const AT: UtcMs = UtcMs(1_795_420_800_000);

pub(crate) fn uuid(n: u64) -> Uuid {
    Uuid::from_u128(u128::from(n) << 64 | 7)
}

pub(crate) fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
}

pub(crate) fn sheet_ref() -> SheetRef {
    SheetRef {
        site: SiteId(uuid(5)),
        date: date(),
    }
}

pub(crate) fn mark_id(n: u64) -> MarkId {
    let mut bytes = uuid(n + 1).into_bytes();
    bytes[..6].copy_from_slice(&(AT.0 as u64 + n).to_be_bytes()[2..]);
    MarkId(Uuid::from_bytes(bytes))
}

/// One mark of each kind, in turn.
pub(crate) fn mark(n: u64) -> Mark {
    let kind = match n % 9 {
        0..=2 => Kind::In,
        3 => Kind::Out,
        4 => Kind::Absent {
            scope: AbsenceScope::Session,
            reason: Reason::Illness,
        },
        5 => Kind::Close {
            turned: Closing::Absent,
            children: vec![ChildId(uuid(n)), ChildId(uuid(n + 1))],
        },
        6 => Kind::Correct {
            replaces: mark_id(n - 6),
            at: AT,
            why: None,
        },
        7 => Kind::Void {
            replaces: mark_id(n - 7),
        },
        _ => Kind::Note {
            sealed: vec![9; 40].into(),
        },
    };
    Mark {
        kind,
        child: Some(ChildId(uuid(n % 40))),
        activity: ActivityId(uuid(2)),
        formula: None,
        device: DeviceId(uuid(3)),
        device_seq: n + 1,
        device_time: UtcMs(AT.0 + n.cast_signed() * 5_000),
        mono_ms: n * 5_000,
        boot: 77,
        offset_ms: Some(-12),
        staff: None,
        stated: None,
        after: n.checked_sub(1).map(mark_id).into_iter().collect(),
        clock_doubted: n.is_multiple_of(7),
    }
}

/// A sheet with these marks, and their changes as they were made.
pub(crate) fn sheet(actor: u8, marks: std::ops::Range<u64>) -> (Sheet, Vec<Blob>) {
    let mut sheet = Sheet::new([actor; 16]);
    let mut changes = Vec::new();
    for n in marks {
        let change = sheet.put(mark_id(n), &pack(&mark(n))).expect("a put");
        changes.push(Blob(change.expect("a new mark")));
    }
    (sheet, changes)
}

/// The three forms of one sheet's payload, then one with changes that stand apart from each other.
pub(crate) fn payloads() -> Vec<Payload> {
    let (mut short, changes) = sheet(1, 0..12);
    let (mut long, _) = sheet(2, 0..80);
    let apart = (0..6).map(|n| sheet(10 + n, u64::from(n)..u64::from(n) + 1).1.remove(0));
    vec![
        Payload::Changes(changes),
        Payload::Whole(short.whole()),
        short.packet_since(&[]),
        Payload::Whole(long.whole()),
        long.packet_since(&[]),
        Payload::Changes(apart.collect()),
    ]
}

pub(crate) fn receipt() -> Receipt {
    let statement = Statement {
        device: DeviceId(uuid(3)),
        at: position(),
        window: Hash32([4; 32]),
    };
    Receipt::sign(statement, &key())
}

pub(crate) fn position() -> Position {
    Position {
        branch: BranchId(uuid(1)),
        seq: 4_711,
        hash: Hash32([3; 32]),
    }
}

pub(crate) fn request(sheets: Vec<SheetUp>) -> SyncRequest {
    SyncRequest {
        commune: "ville".parse().expect("a slug"),
        device: DeviceId(uuid(3)),
        known: Some(position()),
        cursor: 4_700,
        from: date(),
        lists_to: 739_985,
        sheets,
        credential: None,
        withdrawals: Some(Vec::new()),
        compare: Some(true),
        proof: Some(Proof {
            receipt: receipt(),
            sheets: Vec::new(),
            newer: vec![mark_id(1)],
        }),
        version: Some("0.1.0".into()),
        owed: Some(12),
        unite: None,
        held: None,
        returned: None,
        addresses: None,
    }
}

pub(crate) fn sheets_up() -> Vec<SheetUp> {
    payloads()
        .into_iter()
        .map(|payload| SheetUp {
            sheet: sheet_ref(),
            heads: vec![Hash32([8; 32])],
            payload,
        })
        .collect()
}

/// As they are encoded.
pub(crate) fn encoded<T: minicbor::Encode<()>>(all: &[T]) -> Vec<Vec<u8>> {
    all.iter().map(encode).collect()
}
