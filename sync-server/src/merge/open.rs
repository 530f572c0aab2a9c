//! What is still to settle, with both sides.

use std::collections::BTreeMap;

use shared::codec::decode;
use shared::ids::{BranchId, OperationId};
use shared::operation::{Actor, Body, Channel, decode_body};
use shared::receipt::Position;
use shared::time::UtcMs;

use super::sides::{self, Field};
use super::subjects::{Subject, subjects};
use super::view::Found;
use crate::store::{Read, StoreError};

/// A lost entry that stands against the record, for whoever decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Which: what [`shared::operation::Body::SettleLost`] names.
    pub at: Position,
    /// The operation.
    pub operation: OperationId,
    /// Who asked.
    pub actor: Actor,
    /// Through what.
    pub channel: Channel,
    /// When its maker made it.
    pub made_at: UtcMs,
    /// When the lost server had received it.
    pub received_at: UtcMs,
    /// The name of its body's kind.
    pub kind: String,
    /// Of whom or what it speaks, in French: « Foyer Martin », « Léa Martin, cantine, 24 novembre 2026 ».
    pub title: String,
    /// What it stands against, in French.
    pub why: String,
    /// Both sides, field by field; equal fields are left out.
    pub fields: Vec<Field>,
    /// What is found again can be written over the record (otherwise only keeping it is offered).
    pub takeable: bool,
    /// An older entry of the same subject that is open too: it is to be settled first.
    pub after: Option<Position>,
}

/// Everything that is still to settle, oldest first.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn open(tx: &mut dyn Read) -> Result<Vec<Open>, StoreError> {
    let rows = tx.query(include_str!("../record/lost/open.sql"), &[])?;
    let mut first: BTreeMap<Subject, Position> = BTreeMap::new();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let at = Position {
            branch: BranchId(row.uuid(0)?),
            seq: row.count(1)?,
            hash: row.hash(2)?,
        };
        let shape = |what: &str| StoreError::Shape(what.to_owned());
        let word = row.text(7)?;
        let body: Option<Body> = if row.is_null(9) {
            None
        } else {
            decode_body(&row.bytes(9)?).ok()
        };
        let mut after = None;
        let (mut title, mut fields) = (String::new(), Vec::new());
        if let Some(body) = &body {
            let mut names = Found {
                tx,
                history: None,
                failed: None,
            };
            let about = subjects(body, &mut names);
            names.done()?;
            after = about.iter().find_map(|one| first.get(one).copied());
            for one in about {
                first.entry(one).or_insert(at);
            }
            (title, fields) = sides::of(tx, body)?;
        }
        all.push(Open {
            at,
            operation: OperationId(row.uuid(3)?),
            made_at: UtcMs(row.int(4)?),
            received_at: UtcMs(row.int(5)?),
            actor: decode(&row.bytes(6)?).map_err(|_| shape("actor"))?,
            channel: Channel::named(&word).ok_or_else(|| shape("channel"))?,
            kind: row.text(8)?,
            title,
            why: row.text(10)?,
            fields,
            takeable: body.is_some(),
            after,
        });
    }
    Ok(all)
}
