//! What the host knows of spans without a server, written into the record of each commune, once.

use shared::codec::encode;
use shared::ids::{OperationId, OutageId};
use shared::operation::{Actor, Body, Channel, Operation, OutageCause, OutageRecord};
use shared::time::UtcMs;
use uuid::Uuid;

use super::{OUTAGE_MS, Silence};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::returns;
use crate::store::{Read, StoreError};

/// The minute that was noted last may be so old when a process dies, in ms.
const STALE_MS: i64 = 3 * 60 * 1000;

/// Writes those that the commune went through and does not know yet. Said twice, or by two processes at a time, it is
/// written once: its id and that of the operation follow from the span.
///
/// # Errors
/// [`CorridorError`].
pub fn tell(commune: &Commune, silences: &[Silence]) -> Result<(), CorridorError> {
    let mut new = Vec::new();
    commune.store.read(|tx| {
        for silence in silences {
            if let Some(from) = began(tx, silence)? {
                new.push((*silence, from));
            }
        }
        Ok::<_, StoreError>(())
    })?;
    for (silence, from) in new {
        let operation = Operation {
            id: OperationId(named("operation", &silence)),
            at: silence.until,
            actor: Actor::System,
            channel: Channel::Job,
            seen: None,
            body: Body::PutOutage {
                outage: OutageRecord {
                    id: OutageId(named("outage", &silence)),
                    from,
                    until: Some(silence.until),
                    site: None,
                    cause: OutageCause::Server,
                    note: String::new(),
                },
            },
        };
        commune.submit(operation)?;
        tracing::info!(
            commune = %commune.slug, %from, until = %silence.until,
            "no server ran: this is noted as an outage"
        );
    }
    Ok(())
}

fn named(what: &str, silence: &Silence) -> Uuid {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"outage.preau");
    Uuid::new_v5(&namespace, &encode(&(what, silence.from, silence.until)))
}

/// When the span began for a commune that went through it and does not know it yet: at the last thing it heard of a
/// tablet or a person, if that was after the last minute that was noted.
fn began(tx: &mut dyn Read, silence: &Silence) -> Result<Option<UtcMs>, StoreError> {
    let id = OutageId(named("outage", silence));
    if tx
        .first(include_str!("../record/outage/version.sql"), &[id.into()])?
        .is_some()
    {
        return Ok(None);
    }
    let last = tx.first(include_str!("sql/wrote_last.sql"), &[silence.until.into()])?;
    let last = last.map(|row| row.int(0)).transpose()?.map(UtcMs);
    let from = last.map_or(silence.from, |last| last.max(silence.from));
    // It was served elsewhere meanwhile, and came here afterwards; or it is none.
    if from > silence.from.plus_ms(STALE_MS) || silence.until.0.saturating_sub(from.0) < OUTAGE_MS {
        return Ok(None);
    }
    // It was not there yet.
    let before = tx.first(include_str!("sql/wrote_before.sql"), &[from.into()])?;
    if before.is_none() {
        return Ok(None);
    }
    // The loss that began in it is an outage of its own, and a longer one.
    let lost = returns::recoveries(tx)?
        .into_iter()
        .any(|recovery| recovery.began_at >= silence.from && recovery.began_at <= silence.until);
    Ok((!lost).then_some(from))
}
