//! `POST /v1/sync`: what a tablet hands in is checked, stored and found again before a receipt is
//! given; what it lacks goes down. Stateless and idempotent.

mod absorb;
mod aside;
mod contact;
mod device;
mod down;
mod enrol;
mod lost;
mod proof;
mod sheets;
mod shelf;

pub use aside::MAX_ASIDE;
pub use enrol::{addresses, code_hash, enrol, new_code, tidy_code};
pub(crate) use lost::is_ours;
pub use sheets::{catch_up_behind, derive as derive_sheets, derive_since, follow_settlement};
pub(crate) use sheets::{derived, one_change};
pub use shelf::Shelf;

use shared::codec::decode;
use shared::ids::MarkId;
use shared::ids::OperationId;
use shared::mark::Mark;
use shared::operation::{Actor, Body, Channel, Refusal};
use shared::sheet::{Checked, Unsound, check, read_packets};
use shared::slug::Slug;
use shared::wire::{MAX_PAYLOAD, Payload, SheetUp, Signed, SyncRequest, SyncResponse};
use std::sync::Arc;

use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::store::StoreError;
use absorb::Ground;
use contact::Contact;

/// Why a tablet gets no answer.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The frame cannot be read.
    #[error("{0}")]
    Malformed(String),
    /// The tablet is not known; its credential would help.
    #[error("unknown device")]
    DeviceUnknown,
    /// The tablet's rights were taken away.
    #[error("withdrawn device")]
    Withdrawn,
    /// The signature is not the tablet's.
    #[error("bad signature")]
    BadSignature,
    /// An operation was refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was stored is not what was handed in: nothing is acknowledged.
    #[error("the rows and the sheet of {0} differ")]
    Disagree(String),
}

impl From<CorridorError> for SyncError {
    fn from(error: CorridorError) -> Self {
        match error {
            CorridorError::Refused(refusal) => Self::Refused(refusal),
            CorridorError::Store(error) => Self::Store(error),
            CorridorError::Replay { .. } => Self::Malformed(error.to_string()),
        }
    }
}

/// A sheet handed in, with the verdict of the check that needs no store.
struct HandedIn {
    up: SheetUp,
    checked: HandedInMarks,
    /// Ids under which its operations are journaled, drawn before any store is touched.
    receive: OperationId,
    quarantine: OperationId,
}

/// What the check found.
enum HandedInMarks {
    /// Sound packets, of which only the marks were read.
    Packets(Vec<(MarkId, Vec<u8>, Mark)>),
    /// The changes too.
    Checked(Box<Result<Checked, Unsound>>),
}

impl HandedInMarks {
    fn of(payload: &Payload) -> Self {
        let Payload::Packets(packets) = payload else {
            return Self::Checked(Box::new(check(payload)));
        };
        if payload.size() > MAX_PAYLOAD {
            return Self::Checked(Box::new(check(payload)));
        }
        match read_packets(packets) {
            Ok(marks) => Self::Packets(marks),
            Err(unsound) => Self::Checked(Box::new(Err(unsound))),
        }
    }

    /// The marks that could be read.
    fn marks(&self) -> &[(MarkId, Vec<u8>, Mark)] {
        match self {
            Self::Packets(marks) => marks,
            Self::Checked(checked) => match checked.as_ref() {
                Ok(checked) => &checked.marks,
                Err(unsound) => &unsound.marks,
            },
        }
    }
}

/// Reads the commune a signed frame is for.
///
/// # Errors
/// [`SyncError::Malformed`].
pub fn read(bytes: &[u8]) -> Result<(Signed, SyncRequest), SyncError> {
    let signed: Signed = decode(bytes).map_err(|e| SyncError::Malformed(e.to_string()))?;
    let request = decode(&signed.request.0).map_err(|e| SyncError::Malformed(e.to_string()))?;
    Ok((signed, request))
}

/// The commune a request names.
pub fn commune_of(request: &SyncRequest) -> &Slug {
    &request.commune
}

/// Answers a tablet. Blocks: call it on the blocking pool.
///
/// # Errors
/// [`SyncError`]; nothing was acknowledged then, though marks may have been stored.
pub fn answer(
    commune: &Arc<Commune>,
    signed: &Signed,
    mut request: SyncRequest,
) -> Result<SyncResponse, SyncError> {
    device::merge_withdrawals(commune, request.withdrawals.take().unwrap_or_default())?;
    let device = device::identify(commune, signed, &request)?;
    let now = commune.clock.now();
    let contact = Contact::new(device.id, now, request.version.as_deref(), request.owed)
        .agreed(contact::agreed_at(&request));
    let covered = proof::read(request.proof.take(), &device, &commune.keys.signing.public());
    let handed_in: Vec<HandedIn> = std::mem::take(&mut request.sheets)
        .into_iter()
        .map(|up| {
            let op = || {
                commune
                    .operation(Actor::Device(device.id), Channel::Tablet, nothing())
                    .id
            };
            HandedIn {
                checked: HandedInMarks::of(&up.payload),
                receive: op(),
                quarantine: op(),
                up,
            }
        })
        .collect();
    let (answers, own_until) = if handed_in.is_empty() {
        contact.keep(commune)?;
        (Vec::new(), u64::MAX)
    } else {
        let ground = Ground {
            known: request.known,
            unite: request.unite == Some(true),
        };
        absorb::absorb(commune, &device, covered, handed_in, contact, ground)?
    };
    lost::take_addresses(commune, device.id, request.addresses.take())?;
    lost::take_envelopes(commune, device.id, request.returned.take().unwrap_or_default())?;
    down::answer(commune, &device, &request, answers, own_until)
}

fn nothing() -> Body {
    Body::CancelReservations {
        reservations: Vec::new(),
    }
}
