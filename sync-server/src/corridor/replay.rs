//! Mode *recorded*: a journal read into an empty store gives the same store.

use shared::codec::{Hash32, encode};
use shared::operation::{Operation, decode_body};

use super::journal::{self, Entry};
use super::{Context, CorridorError, Effect, Mode, Stage, apply, merge};
use crate::store::Write;

/// Applies one recorded entry and appends it as it was.
///
/// # Errors
/// [`CorridorError::Replay`] when the entry does not follow the head, its body was erased or
/// cannot be read, or its outcome differs.
pub fn recorded(tx: &mut dyn Write, entry: &Entry, claimed: Hash32) -> Result<(), CorridorError> {
    let seq = entry.header.seq;
    let fail = |why: String| CorridorError::Replay { seq, why };
    let branch = journal::current_branch(tx)?;
    let head = journal::head(tx, branch)?;
    if head.seq + 1 != seq
        || entry.previous != head.hash
        || entry.hash() != claimed
        || !entry.keeps_its_word()
    {
        return Err(fail("it does not follow the entry before".into()));
    }
    let bytes = entry
        .body
        .as_deref()
        .ok_or_else(|| fail("its body was erased".into()))?;
    let operation = Operation {
        id: entry.header.operation,
        at: entry.header.at,
        actor: entry.header.actor,
        channel: entry.header.channel,
        seen: entry.header.seen,
        body: decode_body(bytes).map_err(|e| fail(e.to_string()))?,
    };
    let context = Context {
        now: entry.header.judged_at(),
        mode: Mode::Recorded,
    };
    let mut stage = Stage {
        tx,
        seq,
        branch,
        context,
        operation: &operation,
        merged: entry.header.origin.is_some(),
    };
    let (Effect::Changed(outcome) | Effect::Nothing(outcome)) = apply(&mut stage)?;
    if encode(&outcome) != entry.outcome {
        return Err(fail("its outcome differs from the one recorded".into()));
    }
    merge::applied(&mut stage, &entry.header)?;
    journal::append(stage.tx, entry)?;
    Ok(())
}
