//! What families asked of the town hall, and what was answered.

use shared::codec::decode;
use shared::ids::{ChildId, GuardianId, RequestId};
use shared::operation::{Actor, RequestKind, RequestState};
use shared::time::UtcMs;

use super::{Versioned, shape};
use crate::store::{Read, Row, StoreError};

/// A request as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// Who asks.
    pub guardian: GuardianId,
    /// What it is about.
    pub kind: RequestKind,
    /// Of which child, if of one.
    pub child: Option<ChildId>,
    /// A few words.
    pub title: String,
    /// Where it stands.
    pub state: RequestState,
    /// When it was made.
    pub at: UtcMs,
    /// When anything of it last changed.
    pub changed_at: UtcMs,
}

/// A word of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// When.
    pub at: UtcMs,
    /// Whose.
    pub by: Actor,
    /// What was said.
    pub text: String,
}

/// One request.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn request(tx: &mut dyn Read, id: RequestId) -> Result<Option<Versioned<Request>>, StoreError> {
    let row = tx.first(include_str!("request/one.sql"), &[id.into()])?;
    row.map(|row| Ok((request_of(&row)?, row.int(8)?))).transpose()
}

/// The words of a request, the oldest first.
///
/// # Errors
/// See [`request`].
pub fn request_lines(tx: &mut dyn Read, id: RequestId) -> Result<Vec<RequestLine>, StoreError> {
    let rows = tx.query(include_str!("request/lines.sql"), &[id.into()])?;
    rows.iter()
        .map(|row| {
            Ok(RequestLine {
                at: UtcMs(row.int(0)?),
                by: decode(&row.bytes(1)?).map_err(|_| shape("actor"))?,
                text: row.text(2)?,
            })
        })
        .collect()
}

/// A request from a row that begins with the columns of [`request`].
///
/// # Errors
/// See [`request`].
pub fn request_of(row: &Row) -> Result<Request, StoreError> {
    Ok(Request {
        id: RequestId(row.uuid(0)?),
        guardian: GuardianId(row.uuid(1)?),
        kind: RequestKind::named(&row.text(2)?).ok_or_else(|| shape("request kind"))?,
        child: row.opt(3, Row::uuid)?.map(ChildId),
        title: row.text(4)?,
        state: RequestState::named(&row.text(5)?).ok_or_else(|| shape("request state"))?,
        at: UtcMs(row.int(6)?),
        changed_at: UtcMs(row.int(7)?),
    })
}
