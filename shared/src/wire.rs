//! Frames between tablet and server: `POST /v1/sync` and `POST /v1/enrol`, CBOR.
//!
//! Both are stateless and idempotent: sending the same frame again changes nothing.

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use crate::addresses::Addresses;
use crate::codec::{Blob, Hash32, at_most, at_most_if_any, date, encode, no_array};
use crate::credential::Credential;
use crate::digest::SheetRef;
use crate::envelope::{Envelope, Header};
use crate::ids::{BranchId, DeviceId, MarkId};
use crate::operation::{Capability, Openness};
use crate::receipt::{Position, Receipt};
use crate::sign::{PublicKey, Purpose, Signature, SigningKey, sha256};
use crate::slug::Slug;
use crate::time::UtcMs;
use crate::withdrawal::Withdrawal;

/// Media type of the frames.
pub const MEDIA_TYPE: &str = "application/cbor";
/// Largest request accepted, in bytes.
pub const MAX_REQUEST: usize = 8 << 20;
/// Largest request for an enrolment, in bytes: anybody may send one.
pub const MAX_ENROLMENT: usize = 16 << 10;
/// Bytes of sheets after which a tablet or server leaves the rest to the next trip.
pub const TRIP_BYTES: usize = 2 << 20;
/// Largest sheet payload accepted, in bytes.
pub const MAX_PAYLOAD: usize = 4 << 20;
/// Most sheets of one request; a tablet with more leaves the rest to the next trip.
pub const MAX_SHEETS: usize = 1_000;
/// Most single changes of one payload.
pub const MAX_CHUNKS: usize = 50_000;
/// Most withdrawals of one request: each costs a look at a signature.
pub const MAX_WITHDRAWALS: usize = 10_000;
/// Most pieces of signed data of other branches in one request: seven weeks of lists of many sites.
pub const MAX_HELD: usize = 2_000;
/// Beyond this many changes a whole, compact document is sent instead.
pub const COMPACT_ABOVE: usize = 60;
/// Sheets of other days than today that a request may hand in and still be one of the day, not a
/// backlog.
pub const DAY_OTHERS: usize = 2;

/// Headers of a request by which a busy server judges it before it reads the body. They are hints:
/// what the body says counts.
pub mod hints {
    /// The commune the request is for.
    pub const COMMUNE: &str = "preau-commune";
    /// How many sheets of other days than today it hands in.
    pub const BACKLOG: &str = "preau-backlog";
}

/// A request and the tablet's signature over it. There is no time window: a wrong clock must not
/// lock anyone out, and replays are harmless.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Signed {
    /// The encoded request.
    #[n(0)]
    pub request: Blob,
    /// By the tablet's key.
    #[n(1)]
    pub signature: Signature,
}

impl Signed {
    /// Encodes and signs a request.
    pub fn new(request: &SyncRequest, key: &SigningKey) -> Self {
        let request = encode(request);
        let signature = key.sign(Purpose::Request, &request);
        Self {
            request: request.into(),
            signature,
        }
    }

    /// Whether the tablet with this key sent it.
    pub fn is_of(&self, device: &PublicKey) -> bool {
        device.verifies(Purpose::Request, &self.request.0, &self.signature)
    }
}

/// An answer and the commune's signature over it and the request it answers, so that whoever
/// stands between, or at an old address, can neither make one up nor play an old one again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SignedAnswer {
    /// The encoded response.
    #[n(0)]
    pub response: Blob,
    /// By the commune's key, over SHA-256 of the request frame and the encoded response.
    #[n(1)]
    pub signature: Signature,
}

impl SignedAnswer {
    /// Encodes and signs a response to the frame of a request.
    pub fn new(frame: &[u8], response: &SyncResponse, key: &SigningKey) -> Self {
        let response = encode(response);
        let signature = key.sign(Purpose::Answer, &answered(frame, &response));
        Self {
            response: response.into(),
            signature,
        }
    }

    /// Whether the commune answered this frame so.
    pub fn is_of(&self, frame: &[u8], commune: &PublicKey) -> bool {
        commune.verifies(
            Purpose::Answer,
            &answered(frame, &self.response.0),
            &self.signature,
        )
    }
}

fn answered(frame: &[u8], response: &[u8]) -> Vec<u8> {
    [&sha256(&[frame]).0, response].concat()
}

/// What a tablet says and hands in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SyncRequest {
    /// The commune.
    #[n(0)]
    pub commune: Slug,
    /// The tablet.
    #[n(1)]
    pub device: DeviceId,
    /// The point of the journal its newest receipt names.
    #[n(2)]
    pub known: Option<Position>,
    /// The journal entry up to which everything has come down.
    #[n(3)]
    pub cursor: u64,
    /// First date of the sheets it holds.
    #[cbor(n(4), with = "date")]
    pub from: NaiveDate,
    /// Days of its newest day list (as [`crate::codec::date`] numbers them); 0 when it has none.
    #[n(5)]
    pub lists_to: i32,
    /// Sheets with something new, at most [`MAX_SHEETS`].
    #[cbor(n(6), decode_with = "at_most::<MAX_SHEETS, _, _>")]
    pub sheets: Vec<SheetUp>,
    /// Sent when the server did not know the tablet.
    #[n(7)]
    pub credential: Option<Credential>,
    /// Sent after a loss, at most [`MAX_WITHDRAWALS`].
    #[cbor(
        n(8),
        decode_with = "at_most_if_any::<MAX_WITHDRAWALS, _, _>",
        nil = "no_array"
    )]
    pub withdrawals: Option<Vec<Withdrawal>>,
    /// The tablet's digests differ from the server's: tell me yours.
    #[n(9)]
    pub compare: Option<bool>,
    /// Proof of what the server once held.
    #[n(10)]
    pub proof: Option<Proof>,
    /// The version of the tablet's program.
    #[n(11)]
    pub version: Option<String>,
    /// How many taps of its own still lack a receipt, those of this request included.
    #[n(12)]
    pub owed: Option<u64>,
    /// These sheets differ from the server's: each is to be united with the server's document, and
    /// what the tablet lacks of it comes with the answer.
    #[n(13)]
    pub unite: Option<bool>,
    /// Signed data of other branches that the server may have lost, at most [`MAX_HELD`].
    #[cbor(n(14), decode_with = "at_most_if_any::<MAX_HELD, _, _>", nil = "no_array")]
    pub held: Option<Vec<Header>>,
    /// What of it the server wanted, at most [`MAX_HELD`] and about [`TRIP_BYTES`] at a time.
    #[cbor(n(15), decode_with = "at_most_if_any::<MAX_HELD, _, _>", nil = "no_array")]
    pub returned: Option<Vec<Envelope>>,
    /// Where to find the server, when the tablet's list is newer than the one a server that forgot has.
    #[n(16)]
    pub addresses: Option<Addresses>,
}

/// Something new on one sheet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SheetUp {
    /// The sheet.
    #[n(0)]
    pub sheet: SheetRef,
    /// The heads of the tablet's document: the server must hold them before it acknowledges.
    #[n(1)]
    pub heads: Vec<Hash32>,
    /// The changes.
    #[n(2)]
    pub payload: Payload,
}

/// Changes of a document.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Payload {
    /// Single changes, each a change chunk without compression.
    #[n(0)]
    Changes(#[cbor(n(0), decode_with = "at_most::<MAX_CHUNKS, _, _>")] Vec<Blob>),
    /// A whole document, saved without compression, then deflated.
    #[n(1)]
    Whole(#[n(0)] Blob),
    /// Changes as marks in columns, each a [`crate::sheet::Packet`]: what tablets send. A later one
    /// may stand on an earlier one.
    #[n(2)]
    Packets(#[cbor(n(0), decode_with = "at_most::<MAX_CHUNKS, _, _>")] Vec<Blob>),
}

impl Payload {
    /// Its size in bytes, near enough for budgets.
    pub fn size(&self) -> usize {
        match self {
            Self::Changes(chunks) | Self::Packets(chunks) => chunks.iter().map(|c| c.0.len() + 3).sum(),
            Self::Whole(bytes) => bytes.0.len(),
        }
    }
}

/// The newest receipt and the digests of the sheets it covered, so that marks of other tablets
/// can be told from forgeries after a loss.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Proof {
    /// The receipt.
    #[n(0)]
    pub receipt: Receipt,
    /// Every sheet with a mark, as it stood then.
    #[n(1)]
    pub sheets: Vec<SheetDigest>,
    /// Marks of the sheets sent that came after the receipt.
    #[n(2)]
    pub newer: Vec<MarkId>,
}

/// Digest of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SheetDigest {
    /// The sheet.
    #[n(0)]
    pub sheet: SheetRef,
    /// [`crate::digest::sheet_digest`].
    #[n(1)]
    pub digest: Hash32,
}

/// What the server says and hands down.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SyncResponse {
    /// Server time.
    #[n(0)]
    pub at: UtcMs,
    /// The server's branch.
    #[n(1)]
    pub branch: BranchId,
    /// The journal entry up to which everything has come down with this answer.
    #[n(2)]
    pub cursor: u64,
    /// More is waiting: ask again at once.
    #[n(3)]
    pub more: bool,
    /// The server's word on what it holds, at the head of its journal.
    #[n(4)]
    pub receipt: Receipt,
    /// What became of each sheet sent.
    #[n(5)]
    pub taken: Vec<Taken>,
    /// Sheets with something new.
    #[n(6)]
    pub sheets: Vec<SheetDown>,
    /// Server-owned data with something new.
    #[n(7)]
    pub envelopes: Vec<Envelope>,
    /// Rights taken away since.
    #[n(8)]
    pub withdrawals: Vec<Withdrawal>,
    /// Where to find the server, when the list is newer.
    #[n(9)]
    pub addresses: Option<Addresses>,
    /// The server's sheets of the window: sent when it does not know the tablet's receipt, or
    /// when asked to compare.
    #[n(10)]
    pub states: Option<Vec<SheetState>>,
    /// The newest journal entry in a verified off-site segment of this branch.
    #[n(11)]
    pub backed_up: u64,
    /// Last date of the day lists sent so far (as `lists_to` in the request).
    #[n(12)]
    pub lists_to: i32,
    /// What the server knows of the branches it stands on: sent when it does not know the tablet's
    /// receipt, or the tablet knew another branch. Whatever a tablet holds of another branch, or of
    /// one of these beyond what is known, the server may have lost.
    #[n(13)]
    pub lineage: Option<Vec<Known>>,
    /// Of what the tablet holds of other branches ([`SyncRequest::held`]), that which the server lacks,
    /// by the hash of the content. The rest it has.
    #[n(14)]
    pub wanted: Option<Vec<Hash32>>,
    /// When the oldest off-site snapshot that can still be restored was made.
    #[n(15)]
    pub oldest_backup: Option<UtcMs>,
    /// What was taken away could not be read after a loss: names come down once a person has
    /// confirmed this tablet.
    #[n(16)]
    pub withheld: Option<bool>,
    /// Parts of the service that are not open, and what people are told; nothing while all are.
    #[n(17)]
    pub services: Option<Vec<ServiceState>>,
}

/// How far a part of the service is open.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ServiceState {
    /// Which.
    #[n(0)]
    pub capability: Capability,
    /// How far.
    #[n(1)]
    pub state: Openness,
    /// What people are told.
    #[n(2)]
    pub message: String,
}

/// A branch that a server's history runs through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Known {
    /// The branch.
    #[n(0)]
    pub branch: BranchId,
    /// The last entry of it that the server has.
    #[n(1)]
    pub seq: u64,
}

/// What became of one sheet sent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Taken {
    /// The sheet.
    #[n(0)]
    pub sheet: SheetRef,
    /// The verdict.
    #[n(1)]
    pub verdict: Verdict,
}

/// The verdict on a payload.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub enum Verdict {
    /// Every claimed head and every mark is in the server's committed record.
    #[n(0)]
    Accepted,
    /// The server lacks what the changes stand on: send the whole document.
    #[n(1)]
    SendWhole,
    /// Kept aside for a person; its readable marks were stored. The tablet starts again from the
    /// server's document, which comes with this answer.
    #[n(2)]
    Quarantined {
        /// Why: a word of [`crate::sheet::Fault`].
        #[n(0)]
        reason: String,
        /// Marks that were not stored.
        #[n(1)]
        refused: Vec<MarkId>,
    },
}

/// Something new on one sheet of the server.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SheetDown {
    /// The sheet.
    #[n(0)]
    pub sheet: SheetRef,
    /// The changes.
    #[n(1)]
    pub payload: Payload,
}

/// Where the server's copy of a sheet stands.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SheetState {
    /// The sheet.
    #[n(0)]
    pub sheet: SheetRef,
    /// Digest of its marks.
    #[n(1)]
    pub digest: Hash32,
    /// Heads of its document.
    #[n(2)]
    pub heads: Vec<Hash32>,
}

/// A tablet asks to be enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EnrolRequest {
    /// The one-time code, as it was typed; it begins with the commune's slug.
    #[n(0)]
    pub code: String,
    /// The id the tablet chose for this enrolment.
    #[n(1)]
    pub device: DeviceId,
    /// The tablet's key.
    #[n(2)]
    pub key: PublicKey,
    /// What the tablet calls itself, for the desk.
    #[n(3)]
    pub name: String,
    /// By the tablet's key, over the fields above: proof that it holds the key.
    #[n(4)]
    pub signature: Signature,
}

impl EnrolRequest {
    /// Signs a request.
    pub fn sign(code: String, device: DeviceId, name: String, key: &SigningKey) -> Self {
        let public = key.public();
        let signature = key.sign(Purpose::Enrolment, &encode(&(&code, device, public, &name)));
        Self {
            code,
            device,
            key: public,
            name,
            signature,
        }
    }

    /// Whether the sender holds the key.
    pub fn is_genuine(&self) -> bool {
        let message = encode(&(&self.code, self.device, self.key, &self.name));
        self.key.verifies(Purpose::Enrolment, &message, &self.signature)
    }
}

/// The tablet is enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EnrolResponse {
    /// The tablet's credential.
    #[n(0)]
    pub credential: Credential,
    /// The key the tablet trusts from here on.
    #[n(1)]
    pub commune_key: PublicKey,
    /// The commune's name.
    #[n(2)]
    pub commune_name: String,
    /// IANA time zone.
    #[n(3)]
    pub zone: String,
    /// Where to find the server.
    #[n(4)]
    pub addresses: Addresses,
    /// Server time.
    #[n(5)]
    pub at: UtcMs,
}

/// Words a server says instead of a frame, as JSON `{"error": word, "message": sentence}`.
pub mod words {
    /// The commune is not on this server.
    pub const COMMUNE_UNKNOWN: &str = "commune_unknown";
    /// The tablet is not known: send the credential.
    pub const DEVICE_UNKNOWN: &str = "device_unknown";
    /// The tablet's rights were taken away.
    pub const WITHDRAWN: &str = "withdrawn";
    /// The signature does not hold.
    pub const BAD_SIGNATURE: &str = "bad_signature";
    /// The frame cannot be read.
    pub const MALFORMED: &str = "malformed";
    /// The code is not one of this commune's.
    pub const CODE_UNKNOWN: &str = "code_unknown";
    /// The code has been used.
    pub const CODE_USED: &str = "code_used";
    /// The code is too old, or was made before the server went back in time.
    pub const CODE_EXPIRED: &str = "code_expired";
    /// Too many attempts with codes that are none: wait as Retry-After says.
    pub const TOO_MANY: &str = "too_many";
    /// Too many at once: wait.
    pub const BUSY: &str = "busy";
    /// A fault of the server; nothing was changed.
    pub const FAULT: &str = "fault";
}
