//! What became of a lost history that was found again.

use shared::codec::{decode, encode};
use shared::ids::{AgentId, ReservationId, SettlementId};
use shared::journal::Header;
use shared::operation::{
    Ask, Body, BookingRecord, Choice, Decided, Decision, Fate, LostEntry, Outcome, Refusal, ReservationLine,
    Role, SettledDiscrepancy, TakenBack, decode_body,
};
use shared::receipt::Position;
use shared::withdrawal::{Withdrawal, Withdrawn};
use uuid::Uuid;

use super::{CorridorError, Effect, Stage, agents, apply, bookings, discrepancies};
use crate::store::{Row, Value};

type Done = Result<Effect, CorridorError>;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 2_000;

pub(super) fn begin(stage: &mut Stage<'_>, source: &str, end: &Position, entries: u64) -> Done {
    let params = [
        stage.seq.into(),
        source.into(),
        end.branch.into(),
        end.seq.into(),
        entries.into(),
        stage.context.now.into(),
        encode(&stage.operation.actor).into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/merge/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

/// A merged entry says itself what became of the lost one.
pub(super) fn applied(stage: &mut Stage<'_>, header: &Header) -> Result<(), CorridorError> {
    let Some(origin) = header.origin else {
        return Ok(());
    };
    let entry = LostEntry {
        at: origin,
        operation: header.operation,
        made_at: header.at,
        received_at: header.judged_at(),
        actor: header.actor,
        channel: header.channel,
        kind: header.kind.clone(),
        fate: Fate::Applied,
        body: None,
        why: String::new(),
    };
    put(stage, &entry, Some(header.seq))
}

fn put(stage: &mut Stage<'_>, entry: &LostEntry, seq: Option<u64>) -> Result<(), CorridorError> {
    let params = [
        entry.at.branch.into(),
        entry.at.seq.into(),
        entry.at.hash.into(),
        entry.operation.into(),
        entry.made_at.into(),
        entry.received_at.into(),
        encode(&entry.actor).into(),
        entry.channel.as_str().into(),
        entry.kind.as_str().into(),
        entry.fate.as_str().into(),
        seq.into(),
        entry.body.as_ref().map(|body| body.0.clone()).into(),
        entry.why.as_str().into(),
        stage.seq.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/lost/put.sql"), &params)?;
    Ok(())
}

/// Noted again, nothing changes.
pub(super) fn note(stage: &mut Stage<'_>, lost: &[LostEntry]) -> Done {
    let mut new = false;
    for entry in lost {
        let row = find(stage, &entry.at)?;
        let known = row.as_ref().map(|row| row.text(0)).transpose()?;
        // Of an entry that is written in part, the rest may still have to be settled.
        let goes_on = known.as_deref() == Some(Fate::Applied.as_str()) && entry.fate == Fate::ToSettle;
        if known.is_some() && !goes_on {
            continue;
        }
        let written = row.map(|row| row.opt(1, Row::count)).transpose()?.flatten();
        put(stage, entry, written)?;
        new = true;
    }
    Ok(if new {
        Effect::Changed(Outcome::Done)
    } else {
        Effect::Nothing(Outcome::Done)
    })
}

fn find(stage: &mut Stage<'_>, at: &Position) -> Result<Option<Row>, CorridorError> {
    let key: [Value; 3] = [at.branch.into(), at.seq.into(), at.hash.into()];
    Ok(stage.tx.first(include_str!("../record/lost/get.sql"), &key)?)
}

/// What was found again is written over the record as it was accepted then, or stays out of it.
pub(super) fn settle(stage: &mut Stage<'_>, lost: &Position, choice: Choice, note: &str) -> Done {
    if note.chars().count() > LONGEST_NOTE {
        return Err(Refusal::Invalid(format!(
            "Ce texte est trop long : {LONGEST_NOTE} caractères au plus."
        ))
        .into());
    }
    let row = find(stage, lost)?.ok_or(Refusal::NotFound("cette opération retrouvée"))?;
    if row.text(0)? != Fate::ToSettle.as_str() {
        return Err(Refusal::NotFound("cette opération à trancher").into());
    }
    if !row.is_null(3) {
        let said = "Quelqu’un a déjà tranché. Rechargez la page.";
        return Err(Refusal::Invalid(said.into()).into());
    }
    let mut outcome = Outcome::Done;
    if choice == Choice::Take {
        let body = row
            .opt(2, Row::bytes)?
            .ok_or(Refusal::NotFound("le contenu de cette opération"))?;
        let body = decode_body(&body).map_err(|_| {
            Refusal::Invalid("Cette opération ne peut pas être lue par cette version.".into())
        })?;
        outcome = take(stage, &body)?;
    }
    let params = [
        lost.branch.into(),
        lost.seq.into(),
        lost.hash.into(),
        choice.as_str().into(),
        stage.context.now.into(),
        encode(&stage.operation.actor).into(),
        note.into(),
        stage.seq.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/lost/settle.sql"), &params)?;
    Ok(Effect::Changed(outcome))
}

/// Whoever settles has judged: what stands against it gives way. What cannot be written at all is still
/// refused.
fn take(stage: &mut Stage<'_>, body: &Body) -> Result<Outcome, CorridorError> {
    if matches!(body, Body::SettleLost { .. }) {
        return Err(Refusal::NotFound("le contenu de cette opération").into());
    }
    if stage.live() {
        keeps_an_administrator(stage, body)?;
    }
    let seed = stage.operation.id.0;
    let mut context = stage.context;
    context.mode = super::Mode::Recorded;
    let mut operation = stage.operation.clone();
    let mut inner = Stage {
        tx: &mut *stage.tx,
        seq: stage.seq,
        branch: stage.branch,
        context,
        operation: stage.operation,
        merged: true,
    };
    operation.body = make_room(&mut inner, seed, body)?;
    let mut inner = Stage {
        operation: &operation,
        ..inner
    };
    let (Effect::Changed(outcome) | Effect::Nothing(outcome)) = apply(&mut inner)?;
    Ok(outcome)
}

fn keeps_an_administrator(stage: &mut Stage<'_>, body: &Body) -> Result<(), CorridorError> {
    match body {
        Body::PutAgent { agent } if agent.role != Role::Administrateur => {
            agents::leaves_an_administrator(stage, agent.id)
        }
        Body::Withdraw { withdrawal } => match decode::<Withdrawal>(&withdrawal.0) {
            Ok(one) if one.kind == Withdrawn::Agent => {
                agents::leaves_an_administrator(stage, AgentId(one.subject_id()))
            }
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Ends what holds the place of what is taken. What was here under the same number and ended gets another.
fn make_room(stage: &mut Stage<'_>, seed: Uuid, body: &Body) -> Result<Body, CorridorError> {
    Ok(match body {
        Body::Reserve { lines } => Body::Reserve {
            lines: lines
                .iter()
                .map(|line| free_place(stage, seed, line))
                .collect::<Result<_, _>>()?,
        },
        Body::TakeBackReservations { lines } => {
            let mut made = Vec::new();
            for line in lines {
                match line {
                    TakenBack::Made { line, .. } => made.push(free_place(stage, seed, line)?),
                    TakenBack::Cancelled { reservation, .. } => {
                        bookings::cancel_all(stage, &[*reservation])?;
                    }
                    TakenBack::Changed {
                        reservation, line, ..
                    } => {
                        bookings::cancel_all(stage, &[*reservation])?;
                        made.push(free_place(stage, seed, line)?);
                    }
                }
            }
            Body::Reserve { lines: made }
        }
        Body::Book { booking } => {
            let mut lines = Vec::new();
            for line in &booking.lines {
                let mut line = line.clone();
                if let (Ask::Add { line: made, .. }, Decided::Booked { .. }) = (&mut line.ask, &line.decided)
                {
                    *made = free_place(stage, seed, made)?;
                }
                lines.push(line);
            }
            Body::Book {
                booking: BookingRecord {
                    lines,
                    ..booking.clone()
                },
            }
        }
        Body::SettleDiscrepancies { lines } => {
            let mut decided = Vec::new();
            for line in lines {
                decided.push(free_decision(stage, seed, line)?);
            }
            Body::SettleDiscrepancies { lines: decided }
        }
        other => other.clone(),
    })
}

fn free_place(
    stage: &mut Stage<'_>,
    seed: Uuid,
    line: &ReservationLine,
) -> Result<ReservationLine, CorridorError> {
    let key = [
        line.date.into(),
        line.site.into(),
        line.activity.into(),
        line.child.into(),
    ];
    let standing = include_str!("../record/reservation/standing.sql");
    if let Some(row) = stage.tx.first(standing, &key)? {
        bookings::cancel_all(stage, &[ReservationId(row.uuid(0)?)])?;
    }
    let mut line = line.clone();
    let exists = include_str!("../record/reservation/exists.sql");
    if stage.tx.first(exists, &[line.id.into()])?.is_some() {
        line.id = ReservationId(Uuid::new_v5(&seed, line.id.0.as_bytes()));
    }
    Ok(line)
}

fn free_decision(
    stage: &mut Stage<'_>,
    seed: Uuid,
    line: &SettledDiscrepancy,
) -> Result<SettledDiscrepancy, CorridorError> {
    const NOBODY: &[u8] = &[];
    let key = [
        line.site.into(),
        line.date.into(),
        line.activity.into(),
        line.child.map_or_else(|| NOBODY.into(), Value::from),
        line.kind.as_str().into(),
        line.evidence.into(),
    ];
    let standing = include_str!("../record/settlement/standing.sql");
    if let Some(row) = stage.tx.first(standing, &key)? {
        let said = "Une décision retrouvée a été reprise à la place.";
        discrepancies::undo(stage, &[SettlementId(row.uuid(0)?)], said)?;
    }
    let mut line = line.clone();
    if let Decision::Reserve { line: made } = &mut line.decision {
        *made = free_place(stage, seed, made)?;
    }
    let known = include_str!("../record/settlement/get.sql");
    if stage.tx.first(known, &[line.id.into()])?.is_some() {
        line.id = SettlementId(Uuid::new_v5(&seed, line.id.0.as_bytes()));
    }
    Ok(line)
}
