//! Frames. Law: what is read is written in one way, and reads the same again.

use minicbor::{Decode, Encode};
use shared::codec::{decode, encode};
use shared::day_list::DayList;
use shared::ids::DeviceId;
use shared::wire::{
    EnrolRequest, MAX_SHEETS, Payload, SheetDown, Signed, SignedAnswer, SyncRequest, SyncResponse, Taken,
    Verdict,
};

use super::Target;
use crate::mutate::Kind;
use crate::seeds::{AT, date, encoded, key, position, receipt, request, sheet_ref, sheets_up, uuid};

pub(super) const SIGNED: Target = Target {
    name: "signed",
    kind: Kind::Cbor,
    seeds: || vec![encode(&Signed::new(&request(sheets_up()), &key()))],
    run: |bytes| {
        // As the server reads it.
        if let Ok((signed, request)) = sync_server::sync::read(bytes) {
            assert!(request.sheets.len() <= MAX_SHEETS);
            signed.is_of(&key().public());
            canonical::<Signed>(bytes);
        }
    },
};

pub(super) const REQUEST: Target = Target {
    name: "request",
    kind: Kind::Cbor,
    seeds: || encoded(&[request(Vec::new()), request(sheets_up())]),
    run: canonical::<SyncRequest>,
};

pub(super) const RESPONSE: Target = Target {
    name: "response",
    kind: Kind::Cbor,
    seeds: || {
        let down = |payload: Payload| SheetDown {
            sheet: sheet_ref(),
            payload,
        };
        let response = SyncResponse {
            at: AT,
            branch: position().branch,
            cursor: 4_711,
            more: false,
            receipt: receipt(),
            taken: vec![Taken {
                sheet: sheet_ref(),
                verdict: Verdict::Quarantined {
                    reason: "damaged".into(),
                    refused: vec![crate::seeds::mark_id(3)],
                },
            }],
            sheets: crate::seeds::payloads().into_iter().take(3).map(down).collect(),
            envelopes: Vec::new(),
            withdrawals: Vec::new(),
            addresses: None,
            states: Some(Vec::new()),
            backed_up: 0,
            lists_to: 739_985,
            lineage: None,
            wanted: None,
            oldest_backup: None,
            withheld: None,
            services: None,
        };
        let answer = SignedAnswer::new(b"request", &response, &key());
        vec![encode(&response), encode(&answer)]
    },
    run: |bytes| {
        canonical::<SyncResponse>(bytes);
        if let Ok(answer) = decode::<SignedAnswer>(bytes) {
            let genuine = answer.is_of(b"request", &key().public());
            let read = decode::<SyncResponse>(&answer.response.0);
            assert!(!genuine || read.is_ok(), "what is signed can be read");
        }
        canonical::<SignedAnswer>(bytes);
    },
};

pub(super) const ENROLMENT: Target = Target {
    name: "enrolment",
    kind: Kind::Cbor,
    seeds: || {
        let code = "ville-3456-789A-BCDE".to_owned();
        let request = EnrolRequest::sign(code, DeviceId(uuid(3)), "Cour".into(), &key());
        encoded(&[request])
    },
    run: |bytes| {
        canonical::<EnrolRequest>(bytes);
        let Ok(request) = decode::<EnrolRequest>(bytes) else {
            return;
        };
        request.is_genuine();
        if let Some((slug, code)) = sync_server::sync::tidy_code(&request.code) {
            let again = sync_server::sync::tidy_code(&code).expect("a tidy code is one");
            assert_eq!(again, (slug, code));
        }
    },
};

pub(super) const DAY_LIST: Target = Target {
    name: "day_list",
    kind: Kind::Cbor,
    seeds: || {
        let list = DayList {
            site: sheet_ref().site,
            date: date(),
            children: Vec::new(),
            rows: Vec::new(),
            aliases: Vec::new(),
            activities: Vec::new(),
            notices: Vec::new(),
        };
        encoded(&[list])
    },
    run: canonical::<DayList>,
};

/// What is read is written in one way, which reads the same and is not much longer: absent fields
/// take a byte each.
pub(super) fn canonical<T>(bytes: &[u8])
where
    T: for<'b> Decode<'b, ()> + Encode<()> + PartialEq + std::fmt::Debug,
{
    let Ok(value) = decode::<T>(bytes) else { return };
    let written = encode(&value);
    assert_eq!(decode::<T>(&written).as_ref(), Ok(&value));
    assert_eq!(encode(&decode::<T>(&written).expect("as before")), written);
    assert!(written.len() <= 2 * bytes.len() + 64, "it grew");
}
