//! Puts what was planned through the corridor.

use std::collections::BTreeSet;

use shared::operation::{Actor, Body, Cause, Channel, Operation, Refusal, TakenBack};

use super::plan::{Proposal, Weight, proposals, spoken_of};
use super::read::{Ground, ground};
use super::recoveries::newest;
use super::things::{Planned, Wanted, things};
use crate::commune::Commune;
use crate::corridor::CorridorError;

/// Operations under one commit: others get their turn between two.
const CHUNK: usize = 200;
/// Reservations in one operation.
const LINES: usize = 500;

/// Writes what tablets handed back into the record of a commune that is rebuilt from nothing, and
/// answers how many operations that took. Nothing where the commune came back otherwise, or somebody
/// signed the recovery off. Idempotent; call it whenever signed data was received. Blocks: call it on
/// the blocking pool.
///
/// # Errors
/// [`CorridorError`] of the store; what was written before stands. What is refused is left out: the
/// next call tries again.
pub fn rebuild(commune: &Commune) -> Result<usize, CorridorError> {
    let is_rebuilt = commune.store.read(|tx| {
        let recovery = newest(tx)?;
        Ok::<_, crate::store::StoreError>(
            recovery.is_some_and(|r| r.cause == Cause::Rebuilt && r.signed_off.is_none()),
        )
    })?;
    if !is_rebuilt {
        return Ok(0);
    }
    let mut ground = commune.store.read(|tx| ground(tx))?;
    // What the machine wrote as a whole is nobody's decision either.
    ground.held.taken_back.extend(&ground.machine);
    let planned = things(
        &ground.evidence,
        &ground.held,
        &ground.machine,
        Wanted::Everything,
    );
    let renamed = planned
        .iter()
        .any(|p| matches!(p.body, Body::RenameCommune { .. }));
    let mut written = submit(commune, &planned)?;
    if renamed && written > 0 {
        commune.outdate();
    }
    let lines: Vec<TakenBack> = proposals(&ground.evidence.lists, &ground.held)
        .into_iter()
        .filter(|proposal| proposal.weight == Weight::Proven)
        .map(|proposal| proposal.taken_back)
        .collect();
    let taken: Vec<Planned> = lines
        .chunks(LINES)
        .map(|lines| Planned {
            seen: None,
            body: Body::TakeBackReservations {
                lines: lines.to_vec(),
            },
        })
        .collect();
    written += submit(commune, &taken)?;
    Ok(written)
}

fn operation(commune: &Commune, actor: Actor, planned: &Planned) -> Operation {
    Operation {
        id: planned.id(),
        at: commune.clock.now(),
        actor,
        channel: Channel::Job,
        seen: planned.seen,
        body: planned.body.clone(),
    }
}

/// In chunks; where one of a chunk is refused, the others still go in.
fn submit(commune: &Commune, planned: &[Planned]) -> Result<usize, CorridorError> {
    let make = |planned: &Planned| operation(commune, Actor::System, planned);
    let mut written = 0;
    for chunk in planned.chunks(CHUNK) {
        match commune.submit_all(chunk.iter().map(make).collect()) {
            Ok(()) => written += chunk.len(),
            Err(CorridorError::Refused(_)) => {
                for one in chunk {
                    match commune.submit(make(one)) {
                        Ok(_) => written += 1,
                        Err(CorridorError::Refused(refusal)) => {
                            tracing::warn!(kind = one.body.kind(), %refusal, "left out of the rebuilt record");
                        }
                        Err(error) => return Err(error),
                    }
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(written)
}

/// What came of accepting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Proposals that were taken.
    pub taken: usize,
    /// Names that are no proposal any more: somebody was faster, or decided otherwise.
    pub gone: usize,
}

/// Takes proposals back by their names ([`Proposal::name`]), or all that are proven; what the record
/// lacks of children and activities is made again first, under the same commit. Blocks: call it on the
/// blocking pool.
///
/// # Errors
/// [`CorridorError`]; nothing changed then.
pub fn accept(
    commune: &Commune,
    actor: Actor,
    chosen: Option<&BTreeSet<String>>,
    within: impl Fn(&Proposal) -> bool,
) -> Result<Accepted, CorridorError> {
    let ground = commune.store.read(|tx| ground(tx))?;
    let (asked, planned) = take(&ground, chosen, within);
    if asked == 0 {
        return Ok(Accepted {
            taken: 0,
            gone: chosen.map_or(0, BTreeSet::len),
        });
    }
    let operations = planned
        .iter()
        .map(|planned| Operation {
            channel: if matches!(planned.body, Body::TakeBackReservations { .. }) {
                Channel::Desk
            } else {
                Channel::Job
            },
            ..operation(commune, actor, planned)
        })
        .collect();
    match commune.submit_all(operations) {
        Ok(()) => {}
        // The same form, sent twice or by two people at once.
        Err(CorridorError::Refused(Refusal::IdReused)) => {
            return Ok(Accepted {
                taken: 0,
                gone: asked,
            });
        }
        Err(error) => return Err(error),
    }
    Ok(Accepted {
        taken: asked,
        gone: chosen.map_or(0, |chosen| chosen.len().saturating_sub(asked)),
    })
}

/// The operations that take proposals back, with how many that are.
pub(super) fn take(
    ground: &Ground,
    chosen: Option<&BTreeSet<String>>,
    within: impl Fn(&Proposal) -> bool,
) -> (usize, Vec<Planned>) {
    let taken: Vec<Proposal> = proposals(&ground.evidence.lists, &ground.held)
        .into_iter()
        .filter(|proposal| match chosen {
            Some(names) => names.contains(&proposal.name()),
            None => proposal.weight == Weight::Proven,
        })
        .filter(within)
        .collect();
    let (children, activities) = spoken_of(&taken);
    let sites = taken.iter().map(|proposal| proposal.line.site).collect();
    let formulas = taken
        .iter()
        .filter_map(|proposal| proposal.line.formula)
        .collect();
    let wanted = Wanted::Missing {
        children: &children,
        activities: &activities,
        sites: &sites,
        formulas: &formulas,
    };
    let mut planned = things(&ground.evidence, &ground.held, &ground.machine, wanted);
    let lines: Vec<TakenBack> = taken.into_iter().map(|proposal| proposal.taken_back).collect();
    let count = lines.len();
    planned.extend(lines.chunks(LINES).map(|lines| Planned {
        seen: None,
        body: Body::TakeBackReservations {
            lines: lines.to_vec(),
        },
    }));
    (count, planned)
}
