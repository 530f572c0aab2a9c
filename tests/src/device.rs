//! A tablet made by hand: it holds a genuine key and may say what no tablet of ours would.

use std::io::{Read, Write};
use std::net::TcpStream;

use chrono::NaiveDate;
use shared::codec::{Hash32, decode, encode};
use shared::digest::SheetRef;
use shared::ids::{ActivityId, ChildId, DeviceId, MarkId, SiteId, mint};
use shared::mark::{Kind, Mark};
use shared::sign::SigningKey;
use shared::time::UtcMs;
use shared::wire::{
    EnrolRequest, EnrolResponse, MEDIA_TYPE, Payload, SheetUp, Signed, SignedAnswer, SyncRequest,
    SyncResponse,
};

use crate::Dice;

/// An answer as it came.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
}

/// Posts a frame.
///
/// # Panics
/// When nobody answers in HTTP.
pub fn post(address: &str, path: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).expect("somebody listens");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n",
        body.len()
    );
    // A server that refuses early may stop reading: its answer counts all the same.
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body));
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("an answer in HTTP")
        + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .expect("a status");
    Answer {
        status,
        body: bytes[end..].to_vec(),
    }
}

/// A tablet made by hand.
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// Its key.
    pub key: SigningKey,
    /// The town's answer to its enrolment.
    pub enrolment: EnrolResponse,
    /// Device sequence of its newest mark.
    pub seq: u64,
}

impl Device {
    /// Enrols with a code.
    ///
    /// # Panics
    /// When the server does not want it.
    pub fn enrol(address: &str, code: &str, dice: &mut Dice) -> Self {
        let key = SigningKey::from_seed(&dice.bytes());
        let id = DeviceId(mint(UtcMs(1_795_000_000_000), dice.bytes()));
        let request = EnrolRequest::sign(code.to_owned(), id, "à la main".into(), &key);
        let answer = post(address, "/v1/enrol", &encode(&request));
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        let enrolment = decode(&answer.body).expect("an enrolment");
        Self {
            id,
            key,
            enrolment,
            seq: 0,
        }
    }

    /// The first of its sites.
    pub fn site(&self) -> SiteId {
        self.enrolment.credential.grant.sites[0]
    }

    /// A well-formed mark: an arrival.
    pub fn arrival(&mut self, child: ChildId, activity: ActivityId) -> Mark {
        self.seq += 1;
        Mark {
            kind: Kind::In,
            child: Some(child),
            activity,
            formula: None,
            device: self.id,
            device_seq: self.seq,
            device_time: UtcMs(1_795_420_800_000),
            mono_ms: 1_000 * self.seq,
            boot: 7,
            offset_ms: None,
            staff: None,
            stated: None,
            after: Vec::new(),
            clock_doubted: false,
        }
    }

    /// A request that hands in sheets.
    pub fn request(&self, sheets: Vec<SheetUp>) -> SyncRequest {
        SyncRequest {
            owed: None,
            unite: None,
            held: None,
            returned: None,
            addresses: None,
            version: None,
            commune: self.enrolment.credential.grant.commune.clone(),
            device: self.id,
            known: None,
            cursor: 0,
            from: NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date"),
            lists_to: 0,
            sheets,
            credential: None,
            withdrawals: None,
            compare: None,
            proof: None,
        }
    }

    /// Sends a request and takes the answer for what it is.
    pub fn send(&self, address: &str, request: &SyncRequest) -> Answer {
        post(address, "/v1/sync", &encode(&Signed::new(request, &self.key)))
    }

    /// Hands in one sheet.
    ///
    /// # Panics
    /// When the server does not answer with a frame.
    #[track_caller]
    pub fn hand_in(
        &self,
        address: &str,
        sheet: SheetRef,
        heads: Vec<Hash32>,
        payload: Payload,
    ) -> SyncResponse {
        let request = self.request(vec![SheetUp {
            sheet,
            heads,
            payload,
        }]);
        let answer = self.send(address, &request);
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        response_in(&answer.body)
    }
}

/// The response in the body of an answer.
///
/// # Panics
/// When it is no answer of this protocol.
pub fn response_in(body: &[u8]) -> SyncResponse {
    let answer: SignedAnswer = decode(body).expect("an answer of this protocol");
    decode(&answer.response.0).expect("a response of this protocol")
}

/// A fresh mark id.
pub fn mark_id(dice: &mut Dice) -> MarkId {
    MarkId(mint(UtcMs(1_795_420_800_000), dice.bytes()))
}
